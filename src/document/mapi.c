/* mapi.c - an Outlook message read: its properties as a letter or text, its labels, and its attachments.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/mapi.h"

#include <string.h>

#include "document/codepage.h"
#include "document/compound.h"
#include "document/little_endian.h"
#include "document/properties.h"
#include "message/header.h"

const struct mapi_property *mapi_find(const struct mapi_properties *properties, enum mapi_id id)
{
	for (size_t i = 0; i < properties->count; i++)
		if (properties->items[i].id == id)
			return &properties->items[i];
	return NULL;
}

long mapi_number(const struct mapi_properties *properties, enum mapi_id id)
{
	const struct mapi_property *property = mapi_find(properties, id);
	uint32_t number;
	uint16_t small;
	if (property == NULL)
		return -1;
	if (read_u32(property->value, 0, &number))
		return (long)number;
	return read_u16(property->value, 0, &small) ? small : -1;
}

long mapi_codepage(const struct mapi_properties *properties)
{
	if (properties->codepage > 0)
		return properties->codepage;
	long codepage = mapi_number(properties, MAPI_MESSAGE_CODEPAGE);
	if (codepage <= 0)
		codepage = mapi_number(properties, MAPI_INTERNET_CODEPAGE);
	return codepage > 0 ? codepage : 1252;
}

static const char *string_of(struct arena *arena, const struct mapi_property *property, long codepage)
{
	int type = property->type & ~MAPI_MANY;
	if (type != MAPI_STRING8 && type != MAPI_UNICODE)
		return NULL;
	struct bytes text = type == MAPI_UNICODE ? utf16le_to_utf8(arena, property->value) : codepage_to_utf8(arena, property->value, codepage);
	text = bytes_trim(document_clean(arena, text));
	return text.length == 0 ? NULL : arena_string_of(arena, text);
}

const char *mapi_string(struct arena *arena, const struct mapi_properties *properties, enum mapi_id id)
{
	const struct mapi_property *property = mapi_find(properties, id);
	return property == NULL ? NULL : string_of(arena, property, mapi_codepage(properties));
}

static const char *sensitivity_of(const struct mapi_properties *properties)
{
	static const char *const values[] = { NULL, "Personal", "Private", "Company-Confidential" };
	long value = mapi_number(properties, MAPI_SENSITIVITY);
	return value > 0 && (size_t)value < sizeof values / sizeof *values ? values[value] : NULL;
}

/* Fields in which gateways and Microsoft's own labels say how a message is to be kept. */
static const char *const label_fields[] = { "msip_labels", "X-Protective-Marking", "X-Classification", "Keywords" };

static void add_label(struct documents *documents, const char *place, struct properties *properties, const char *name, const char *value)
{
	if (value == NULL)
		return;
	if (bytes_equal_nocase(bytes_of(name), BYTES("msip_labels")))
		documents_add_aside(documents, document_place(documents->arena, place, "properties"), bytes_of(value), DOCUMENT_SENSITIVITY);
	else
		properties_add(properties, bytes_of(name), bytes_of(value));
}

static void read_labels(struct documents *documents, const char *place, const struct mapi_message *message, struct properties *properties)
{
	struct arena *arena = documents->arena;
	const char *headers = mapi_string(arena, &message->properties, MAPI_TRANSPORT_HEADERS);
	struct message *fields = headers == NULL ? NULL : message_scan(arena, message_to_crlf(arena, bytes_of(headers)), &MESSAGE_LIMITS_DEFAULT);
	for (size_t i = 0; i < sizeof label_fields / sizeof *label_fields; i++) {
		if (fields != NULL)
			add_label(documents, place, properties, label_fields[i], header_text_of(arena, fields->root, label_fields[i]));
		for (size_t k = 0; k < message->properties.count; k++) {
			const struct mapi_property *property = &message->properties.items[k];
			if (property->name != NULL && bytes_equal_nocase(bytes_of(property->name), bytes_of(label_fields[i])))
				add_label(documents, place, properties, label_fields[i], string_of(arena, property, mapi_codepage(&message->properties)));
		}
	}
}

static const char *subject_of(struct arena *arena, const struct mapi_properties *properties)
{
	static const enum mapi_id ids[] = { MAPI_SUBJECT, MAPI_NORMALIZED_SUBJECT, MAPI_CONVERSATION_TOPIC };
	const char *subject = NULL;
	for (size_t i = 0; subject == NULL && i < sizeof ids / sizeof *ids; i++)
		subject = mapi_string(arena, properties, ids[i]);
	/* A first character of value 1 or so says how long "RE: " is (MS-OXCMSG 2.2.1.9). */
	if (subject != NULL && (unsigned char)subject[0] < ' ')
		subject = subject[1] == '\0' ? NULL : subject + 2;
	return subject;
}

static void read_as_letter(struct documents *documents, const char *place, const struct mapi_message *message, struct mapi_body body)
{
	struct arena *arena = documents->arena;
	struct document_letter *letter = documents_add_letter(documents, place);
	if (letter == NULL)
		return;
	letter->from = mapi_from(arena, &message->properties);
	letter->to = mapi_recipients(arena, message, 1, MAPI_DISPLAY_TO);
	letter->cc = mapi_recipients(arena, message, 2, MAPI_DISPLAY_CC);
	letter->subject = subject_of(arena, &message->properties);
	letter->sensitivity = sensitivity_of(&message->properties);
	letter->plain = body.plain;
	letter->html = body.html;
}

static void read_as_text(struct documents *documents, const char *place, const struct mapi_message *message, struct mapi_body body,
			 struct properties *properties)
{
	properties_add(properties, BYTES("Subject"), bytes_of(subject_of(documents->arena, &message->properties)));
	properties_add(properties, BYTES("Sensitivity"), bytes_of(sensitivity_of(&message->properties)));
	documents_add_text(documents, place, body.plain, false);
	documents_add_text(documents, place, body.html, true);
}

static const char *name_of(struct arena *arena, const struct mapi_properties *attachment)
{
	static const enum mapi_id ids[] = { MAPI_ATTACH_LONG_FILENAME, MAPI_ATTACH_FILENAME, MAPI_DISPLAY_NAME };
	const char *name = NULL;
	for (size_t i = 0; name == NULL && i < sizeof ids / sizeof *ids; i++)
		name = mapi_string(arena, attachment, ids[i]);
	return name;
}

/* A signed message is kept as the one attachment of an empty one: multipart/signed as it came. */
static void read_signed(struct documents *documents, const char *place, struct bytes data)
{
	struct document_letter *letter = documents_add_letter(documents, place);
	if (letter != NULL)
		letter->raw = arena_bytes(documents->arena, data);
}

static void read_attachment(struct documents *documents, const char *place, const struct mapi_attachment *attachment)
{
	struct arena *arena = documents->arena;
	const char *name = name_of(arena, &attachment->properties);
	const char *type = mapi_string(arena, &attachment->properties, MAPI_ATTACH_MIME_TYPE);
	const char *where = document_place(arena, place, name == NULL ? attachment->message != NULL ? "attached message" : "attachment" : name);
	if (attachment->message != NULL) {
		if (documents->left.depth == 0) {
			documents_add_trouble(documents, where, "files packed in files too deeply to examine");
			return;
		}
		documents->left.depth--;
		mapi_message_read(documents, where, attachment->message, true);
		documents->left.depth++;
	} else if (attachment->folder != NULL)
		office97_read(documents, where, attachment->folder);
	else if (bytes_ends_with(bytes_of(name), BYTES(".rpmsg")))
		documents_add_trouble(documents, where, "encrypted");
	else if (type != NULL && bytes_equal_nocase(bytes_of(type), BYTES("multipart/signed")))
		read_signed(documents, where, attachment->data);
	else if (attachment->data.length > 0)
		(void)document_read(documents, where, attachment->data, name, type);
}

/* IPM.Note.SMIME is encrypted, or signed in the way that packs the text up with the signature. */
static bool is_sealed(const char *class)
{
	return class != NULL && bytes_starts_with_nocase(bytes_of(class), BYTES("IPM.Note.SMIME")) &&
	       !bytes_equal_nocase(bytes_of(class), BYTES("IPM.Note.SMIME.MultipartSigned"));
}

void mapi_message_read(struct documents *documents, const char *place, const struct mapi_message *message, bool letter)
{
	struct properties properties = PROPERTIES_INIT;
	struct mapi_body body = mapi_body_read(documents, place, &message->properties);
	if (letter)
		read_as_letter(documents, place, message, body);
	else
		read_as_text(documents, place, message, body, &properties);
	read_labels(documents, place, message, &properties);
	properties_end(&properties, documents, place);
	if (is_sealed(mapi_string(documents->arena, &message->properties, MAPI_MESSAGE_CLASS)))
		documents_add_trouble(documents, place, "encrypted");
	for (size_t i = 0; i < message->attachment_count; i++)
		read_attachment(documents, place, &message->attachments[i]);
}
