/* mapi_people.c - who wrote an Outlook message and to whom, as header fields would say it.
 *
 * Inside one Exchange the address is a directory path (type "EX"), which says nothing to anybody: then only a property that
 * holds the SMTP address counts, or nothing but the name is known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/mapi.h"

#include "base/text.h"

#define RECIPIENTS_MOST 2000

static void add_quoted(struct text *text, const char *name)
{
	text_add_char(text, '"');
	for (const char *c = name; *c != '\0'; c++) {
		if (*c == '"' || *c == '\\')
			text_add_char(text, '\\');
		text_add_char(text, (unsigned char)*c < ' ' ? ' ' : *c);
	}
	text_add_char(text, '"');
}

static void add_mailbox(struct text *text, const char *name, const char *address)
{
	if (name == NULL && address == NULL)
		return;
	if (text->length > 0)
		text_add(text, ", ");
	if (name != NULL && (address == NULL || strcmp(name, address) != 0)) {
		add_quoted(text, name);
		text_add_char(text, ' ');
	}
	text_add_char(text, '<');
	for (const char *c = address == NULL ? "" : address; *c != '\0'; c++)
		if (strchr("<>,", *c) == NULL && (unsigned char)*c > ' ')
			text_add_char(text, *c);
	text_add_char(text, '>');
}

struct address_ids {
	enum mapi_id smtp, type, address;
};

static const char *address_of(struct arena *arena, const struct mapi_properties *properties, struct address_ids ids)
{
	const char *smtp = mapi_string(arena, properties, ids.smtp);
	if (smtp != NULL)
		return smtp;
	const char *type = mapi_string(arena, properties, ids.type);
	const char *address = mapi_string(arena, properties, ids.address);
	bool readable = type == NULL || bytes_equal_nocase(bytes_of(type), BYTES("SMTP"));
	return readable && address != NULL && strchr(address, '@') != NULL ? address : NULL;
}

static const char *finish(struct arena *arena, struct text *text)
{
	const char *value = text->length == 0 ? NULL : arena_string(arena, text_string(text));
	text_release(text);
	return value;
}

/* Whom the letter is from is the person it represents; the other may be an assistant. */
const char *mapi_from(struct arena *arena, const struct mapi_properties *properties)
{
	struct text text = TEXT_INIT;
	const char *name = mapi_string(arena, properties, MAPI_REPRESENTING_NAME);
	const char *address = address_of(arena, properties, (struct address_ids){
		MAPI_REPRESENTING_SMTP, MAPI_REPRESENTING_ADDRESS_TYPE, MAPI_REPRESENTING_ADDRESS });
	if (name == NULL && address == NULL) {
		name = mapi_string(arena, properties, MAPI_SENDER_NAME);
		address = address_of(arena, properties, (struct address_ids){ MAPI_SENDER_SMTP, MAPI_SENDER_ADDRESS_TYPE, MAPI_SENDER_ADDRESS });
	}
	add_mailbox(&text, name, address);
	return finish(arena, &text);
}

/* "Ann Lee; Bob Hill", where the table of recipients is missing. */
static void add_shown(struct text *text, struct arena *arena, const char *shown)
{
	struct bytes left = bytes_of(shown);
	for (size_t i = 0; left.length > 0 && i < RECIPIENTS_MOST; i++) {
		size_t end = bytes_find_char(left, ';', 0);
		if (end == (size_t)-1)
			end = left.length;
		const char *name = arena_string_of(arena, bytes_trim(bytes_slice(left, 0, end)));
		if (name[0] != '\0')
			add_mailbox(text, name, strchr(name, '@') != NULL ? name : NULL);
		left = bytes_slice(left, end + 1, left.length);
	}
}

const char *mapi_recipients(struct arena *arena, const struct mapi_message *message, long type, enum mapi_id shown)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < message->recipient_count && i < RECIPIENTS_MOST; i++) {
		const struct mapi_properties *recipient = &message->recipients[i];
		if (mapi_number(recipient, MAPI_RECIPIENT_TYPE) != type)
			continue;
		const char *name = mapi_string(arena, recipient, MAPI_DISPLAY_NAME);
		if (name == NULL)
			name = mapi_string(arena, recipient, MAPI_RECIPIENT_NAME);
		add_mailbox(&text, name, address_of(arena, recipient, (struct address_ids){ MAPI_SMTP_ADDRESS, MAPI_ADDRESS_TYPE, MAPI_EMAIL_ADDRESS }));
	}
	if (text.length == 0)
		add_shown(&text, arena, mapi_string(arena, &message->properties, shown));
	return finish(arena, &text);
}
