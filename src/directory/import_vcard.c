/* import_vcard.c - contact cards of an address book (RFC 6350; vCard 3.0 and 2.1) as records.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/text.h"
#include "message/card.h"

static const struct part_word properties[] = {
	{ "fn", COLUMN_NAME },
	{ "email", COLUMN_ADDRESSES },
	{ "title", PART_POST },
	{ "role", PART_POST },
	{ "kind", PART_KIND },
	{ "xaddressbookserverkind", PART_KIND },
	{ "uid", PART_KEY },
	{ "member", PART_MEMBER },
	{ "xaddressbookservermember", PART_MEMBER },
	{ "categories", PART_GROUP },
	{ NULL, PART_NONE },
};

/* Backslashes before commas, semicolons and line ends undone (RFC 6350 3.4). */
static struct bytes unescaped(struct arena *arena, struct bytes value)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < value.length; i++) {
		i += value.data[i] == '\\' && i + 1 < value.length;
		text_add_char(&text, value.data[i]);
	}
	return text_to_arena(&text, arena);
}

/* The part of a value before the next separator that has no backslash before it. */
static struct bytes next_component(struct bytes value, char separator, size_t *offset)
{
	size_t from = *offset, at = from;
	while (at < value.length && value.data[at] != separator)
		at += value.data[at] == '\\' ? 2 : 1;
	*offset = at < value.length ? at + 1 : value.length;
	return bytes_slice(value, from, at);
}

/* "Surname;Given;Middle;Prefix;Suffix" (RFC 6350 6.2.2) */
static void read_name(struct records *records, struct record *record, struct bytes value)
{
	size_t offset = 0;
	record_put(records, record, PART_SURNAME, unescaped(records->arena, next_component(value, ';', &offset)));
	record_put(records, record, PART_GIVEN, unescaped(records->arena, next_component(value, ';', &offset)));
}

static void read_categories(struct records *records, struct record *record, struct bytes value)
{
	for (size_t offset = 0; offset < value.length;)
		record_put(records, record, PART_GROUP, unescaped(records->arena, next_component(value, ',', &offset)));
}

static void read_property(struct records *records, struct record *record, const struct card_line *line)
{
	int part = part_of(properties, line->name);
	bool is_name = bytes_equal_nocase(line->name, BYTES("N"));
	if (part == PART_NONE && !is_name)
		return;
	struct bytes value = card_value(records->arena, line);
	if (is_name)
		read_name(records, record, value);
	else if (part == PART_GROUP)
		read_categories(records, record, value);
	else if (part == COLUMN_ADDRESSES && bytes_find_nocase(line->parameters, BYTES("PREF"), 0) != (size_t)-1)
		record_put(records, record, PART_PRIMARY, unescaped(records->arena, value));
	else
		record_put(records, record, part, unescaped(records->arena, value));
}

static bool read_cards(struct records *records, struct card_reader *cards, struct error *err)
{
	struct card_line line;
	struct record *record = NULL;
	int number = 0; /* of the card: folded lines have no number that anybody could find */
	while (card_next(cards, &line)) {
		bool begins = bytes_equal_nocase(line.name, BYTES("BEGIN")), ends = bytes_equal_nocase(line.name, BYTES("END"));
		if ((begins || ends) && record != NULL)
			record_finish(records, record);
		if (begins && (record = records_add(records, ++number, err)) == NULL)
			return false;
		if (ends)
			record = NULL;
		else if (!begins && record != NULL)
			read_property(records, record, &line);
	}
	return record == NULL || error_set(err, ERROR_INPUT, "%s: cut off: card %d has no end", records->options->name, number);
}

bool import_vcard(struct records *records, struct bytes content, struct error *err)
{
	struct card_reader cards = { .content = import_text(records->arena, content) };
	bool good = read_cards(records, &cards, err);
	card_end(&cards);
	if (good && records->count == 0)
		return error_set(err, ERROR_INPUT, "%s: no contact cards: nothing begins with BEGIN:VCARD", records->options->name);
	return good;
}
