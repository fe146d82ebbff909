/* record.c - what a foreign list says of one person, made fit to stand in people.csv.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <stdarg.h>
#include <string.h>

#include "base/name_title.h"
#include "base/text.h"
#include "base/unicode.h"
#include "message/address.h"

#define NOTES_MOST 5000 /* of one list; more help nobody */

void records_note(struct records *records, enum import_heading heading, const char *format, ...)
{
	va_list args;
	if (records->note_count >= NOTES_MOST)
		return;
	va_start(args, format);
	const char *text = arena_vprintf(records->arena, format, args);
	va_end(args);
	*ARENA_PUSH(records->arena, records->notes, records->note_count) = (struct import_note){ heading, text };
}

struct record *records_add(struct records *records, int line, struct error *err)
{
	if (records->count >= IMPORT_MAX_RECORDS) {
		error_set(err, ERROR_INPUT, "%s:%d: more than %zu people", records->options->name, line, IMPORT_MAX_RECORDS);
		return NULL;
	}
	if (arena_used(records->arena) > IMPORT_MAX_MEMORY) {
		error_set(err, ERROR_INPUT, "%s:%d: too much to read", records->options->name, line);
		return NULL;
	}
	struct record *record = ARENA_PUSH(records->arena, records->items, records->count);
	record->line = line;
	return record;
}

const char *record_clean(struct records *records, struct bytes value)
{
	struct text clean = TEXT_INIT;
	if (value.length > IMPORT_MAX_VALUE)
		return NULL;
	value = unicode_plain(records->arena, unicode_repair(records->arena, value));
	for (size_t i = 0; i < value.length; i++) {
		char c = value.data[i];
		bool blank = ascii_is_space(c) || (unsigned char)c < 0x20 || c == 0x7f;
		if (!blank)
			text_add_char(&clean, c);
		else if (clean.length > 0 && clean.data[clean.length - 1] != ' ')
			text_add_char(&clean, ' ');
	}
	struct bytes left = text_bytes(&clean);
	while (left.length > 0 && strchr("=+-@ ", left.data[0]) != NULL)
		left = bytes_slice(left, 1, left.length);
	left = bytes_trim(left);
	const char *kept = left.length == 0 ? NULL : arena_string_of(records->arena, left);
	text_release(&clean);
	return kept;
}

void record_set(struct records *records, struct record *record, enum column column, struct bytes value)
{
	const char *clean = record_clean(records, value);
	if (clean != NULL && (record->fields[column] == NULL || record->fields[column][0] == '\0'))
		record->fields[column] = clean;
}

bool next_part(const char **cursor, struct bytes *out)
{
	while (**cursor != '\0') {
		size_t length = strcspn(*cursor, ";");
		*out = bytes_trim((struct bytes){ *cursor, length });
		*cursor += length + ((*cursor)[length] == ';');
		if (out->length > 0)
			return true;
	}
	return false;
}

bool next_in_cell(struct bytes cell, const char *separators, size_t *offset, struct bytes *out)
{
	while (*offset < cell.length) {
		size_t from = *offset;
		while (*offset < cell.length && strchr(separators, cell.data[*offset]) == NULL)
			(*offset)++;
		*out = bytes_trim(bytes_slice(cell, from, (*offset)++));
		if (out->length > 0)
			return true;
	}
	return false;
}

const char *next_string(struct arena *arena, const char **cursor)
{
	struct bytes part;
	return next_part(cursor, &part) ? arena_string_of(arena, part) : NULL;
}

static bool has_part(const char *field, const char *wanted)
{
	struct bytes part;
	while (next_part(&field, &part))
		if (bytes_equal(part, bytes_of(wanted)))
			return true;
	return false;
}

static bool has_address_column(const struct record *record)
{
	return record->fields[COLUMN_ADDRESSES] != NULL && record->fields[COLUMN_ADDRESSES][0] != '\0';
}

void record_add_address(struct records *records, struct record *record, struct bytes value, bool first)
{
	const char *written = record_clean(records, value);
	const char *normal = written == NULL ? NULL : address_normal(records->arena, written);
	if (written == NULL && bytes_trim(value).length == 0)
		return;
	/* What stands behind a ';' would be another address; what begins like a formula is one to a spreadsheet. */
	if (normal == NULL || strchr(normal, ';') != NULL || strchr("=+-@", bytes_trim(value).data[0]) != NULL) {
		records_note(records, IMPORT_UNREADABLE, "line %d: \"%s\" is no mail address that could be taken", record->line,
			     written == NULL ? "" : written);
		return;
	}
	const char *before = record->fields[COLUMN_ADDRESSES];
	if (has_address_column(record) && has_part(before, normal))
		return;
	if (record->address_count++ >= IMPORT_MAX_ADDRESSES)
		records_note(records, IMPORT_UNREADABLE, "line %d: more than %d addresses of one entry", record->line, IMPORT_MAX_ADDRESSES);
	else if (!has_address_column(record))
		record->fields[COLUMN_ADDRESSES] = normal;
	else
		record->fields[COLUMN_ADDRESSES] = first ? arena_printf(records->arena, "%s;%s", normal, before)
							 : arena_printf(records->arena, "%s;%s", before, normal);
}

void record_add_proxy(struct records *records, struct record *record, struct bytes value)
{
	size_t colon = bytes_find_char(value, ':', 0);
	struct bytes kind = colon == (size_t)-1 ? BYTES("smtp") : bytes_trim(bytes_slice(value, 0, colon));
	struct bytes address = colon == (size_t)-1 ? value : bytes_slice(value, colon + 1, value.length);
	if (bytes_equal_nocase(kind, BYTES("smtp")))
		record_add_address(records, record, address, bytes_equal(kind, BYTES("SMTP")));
}

/* "Khan, Amir" turned round; what may be a firm or a post ("Hollis Audit LLP, external auditor") stays. */
static const char *given_name_first(struct arena *arena, const char *name)
{
	const char *comma = strchr(name, ',');
	if (comma == NULL || strchr(comma + 1, ',') != NULL)
		return name;
	struct bytes surname = bytes_trim((struct bytes){ name, (size_t)(comma - name) }), given = bytes_trim(bytes_of(comma + 1));
	bool capital = given.length > 0 && given.data[0] >= 'A' && given.data[0] <= 'Z';
	if (!capital || bytes_words(given) > 2 || bytes_words(surname) > 2)
		return name;
	return arena_printf(arena, "%.*s %.*s", (int)given.length, given.data, (int)surname.length, surname.data);
}

void record_finish(struct records *records, struct record *record)
{
	const char *given = record->given, *surname = record->surname, *whole = record->written;
	/* Directories that sort by surname show "Khan, Amir". */
	if (given != NULL && surname != NULL &&
	    (whole == NULL || bytes_starts_with_nocase(bytes_of(whole), bytes_of(arena_printf(records->arena, "%s,", surname)))))
		whole = arena_printf(records->arena, "%s %s", given, surname);
	if (whole == NULL)
		whole = surname != NULL ? surname : given;
	else if (!record->is_list && !record->is_mailbox)
		whole = given_name_first(records->arena, whole);
	if (whole != NULL)
		record_set(records, record, COLUMN_NAME, name_behind_councillor(bytes_of(whole)));
}

const char *records_mapped(const struct records *records, const char *word)
{
	for (size_t i = 0; i < records->options->map_count; i++)
		if (bytes_equal_nocase(bytes_of(records->options->maps[i].from), bytes_of(word)))
			return records->options->maps[i].to;
	return NULL;
}
