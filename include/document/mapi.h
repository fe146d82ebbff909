/* mapi.h - a message as Outlook keeps it: properties by number (MS-OXPROPS), from a .msg file or winmail.dat. */
#ifndef COPYHOLD_DOCUMENT_MAPI_H
#define COPYHOLD_DOCUMENT_MAPI_H

#include <stdint.h>

#include "document/document.h"

enum mapi_type {
	MAPI_SHORT = 0x0002,
	MAPI_LONG = 0x0003,
	MAPI_BOOLEAN = 0x000B,
	MAPI_OBJECT = 0x000D,
	MAPI_STRING8 = 0x001E,
	MAPI_UNICODE = 0x001F,
	MAPI_BINARY = 0x0102,
	MAPI_MANY = 0x1000, /* a bit: several values */
};

enum mapi_id {
	MAPI_MESSAGE_CLASS = 0x001A,
	MAPI_SENSITIVITY = 0x0036,
	MAPI_SUBJECT = 0x0037,
	MAPI_REPRESENTING_NAME = 0x0042,
	MAPI_REPRESENTING_ADDRESS_TYPE = 0x0064,
	MAPI_REPRESENTING_ADDRESS = 0x0065,
	MAPI_CONVERSATION_TOPIC = 0x0070,
	MAPI_TRANSPORT_HEADERS = 0x007D,
	MAPI_RECIPIENT_TYPE = 0x0C15,
	MAPI_SENDER_NAME = 0x0C1A,
	MAPI_SENDER_ADDRESS_TYPE = 0x0C1E,
	MAPI_SENDER_ADDRESS = 0x0C1F,
	MAPI_DISPLAY_CC = 0x0E03,
	MAPI_DISPLAY_TO = 0x0E04,
	MAPI_NORMALIZED_SUBJECT = 0x0E1D,
	MAPI_BODY = 0x1000,
	MAPI_RTF_COMPRESSED = 0x1009,
	MAPI_HTML = 0x1013,
	MAPI_DISPLAY_NAME = 0x3001,
	MAPI_ADDRESS_TYPE = 0x3002,
	MAPI_EMAIL_ADDRESS = 0x3003,
	MAPI_ATTACH_DATA = 0x3701,
	MAPI_ATTACH_FILENAME = 0x3704,
	MAPI_ATTACH_METHOD = 0x3705,
	MAPI_ATTACH_LONG_FILENAME = 0x3707,
	MAPI_ATTACH_MIME_TYPE = 0x370E,
	MAPI_SMTP_ADDRESS = 0x39FE,
	MAPI_INTERNET_CODEPAGE = 0x3FDE,
	MAPI_MESSAGE_CODEPAGE = 0x3FFD,
	MAPI_SENDER_SMTP = 0x5D01,
	MAPI_REPRESENTING_SMTP = 0x5D02,
	MAPI_RECIPIENT_NAME = 0x5FF6,
};

struct mapi_property {
	uint16_t id, type;
	struct bytes value; /* as stored; several values are several properties */
	const char *name;   /* of one that has a name instead of a number of its own; NULL */
};

struct mapi_properties {
	struct mapi_property *items;
	size_t count;
	long codepage; /* of its 8-bit strings; 0: not told */
};

struct compound;
struct mapi_message;
struct mapi_attachment {
	struct mapi_properties properties;
	struct mapi_message *message; /* the message it is; NULL for a file */
	const struct compound *folder; /* an Office document kept as a folder of the .msg; NULL */
	struct bytes data;
};

struct mapi_message {
	struct mapi_properties properties;
	struct mapi_properties *recipients;
	size_t recipient_count;
	struct mapi_attachment *attachments;
	size_t attachment_count;
};

const struct mapi_property *mapi_find(const struct mapi_properties *properties, enum mapi_id id);
/* A string property as UTF-8, ends trimmed; NULL when absent or empty. */
const char *mapi_string(struct arena *arena, const struct mapi_properties *properties, enum mapi_id id);
/* -1 when absent. */
long mapi_number(const struct mapi_properties *properties, enum mapi_id id);
long mapi_codepage(const struct mapi_properties *properties);

/* mapi_body.c: plain text and HTML; what stands beside them in the RTF goes to the documents. */
struct mapi_body {
	struct bytes plain, html;
};
struct mapi_body mapi_body_read(struct documents *documents, const char *place, const struct mapi_properties *properties);
/* MS-OXRTFCP; false when it is damaged: what could be had is given all the same. */
bool mapi_rtf_unpack(struct documents *documents, const char *place, struct bytes packed, struct bytes *rtf_out);

/* mapi_people.c: header field values; NULL when nobody is named. */
const char *mapi_from(struct arena *arena, const struct mapi_properties *properties);
const char *mapi_recipients(struct arena *arena, const struct mapi_message *message, long type, enum mapi_id shown);

/* Reads it into the documents: as a letter, or (winmail.dat, which is the very message it comes with) as a text, and its
 * attachments. */
void mapi_message_read(struct documents *documents, const char *place, const struct mapi_message *message, bool letter);

#endif
