/* file_name.c - the name of the file in a part, and the names other clients would show for it.
 *
 * Two fields can name it, each plainly, in sections (RFC 2231) or as an encoded word, rightly or not, and clients disagree about
 * which one holds. The first name the standards give is the name; every other is kept, because a marking in any of them is seen by somebody.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "internal.h"
#include "message/decode.h"
#include "message/header.h"

#define NAMES_MOST 16
#define FIELDS_MOST 4
#define LOOSE_MOST 300 /* characters of a name that follows no grammar */

struct section {
	unsigned number;
	struct bytes value;
};

struct names {
	struct part *part;
	struct arena *arena;
	const char **others;
	struct section sections[NAMES_MOST]; /* of all fields, in the order in which they stand */
	size_t section_count;
};

/* A parameter read without grammar. */
struct loose {
	bool percent, section;
	unsigned number;
	struct bytes value;
};

static void add(struct names *names, const char *name)
{
	struct part *part = names->part;
	if (name == NULL || *name == '\0' || part->other_name_count == NAMES_MOST || (part->file_name != NULL && strcmp(part->file_name, name) == 0))
		return;
	if (part->file_name == NULL) {
		part->file_name = name;
		return;
	}
	for (size_t i = 0; i < part->other_name_count; i++)
		if (strcmp(names->others[i], name) == 0)
			return;
	*ARENA_PUSH(names->arena, names->others, part->other_name_count) = name;
}

static const char *decoded(struct names *names, struct bytes value)
{
	bool damaged = false;
	return header_decode_words(names->arena, value, &damaged);
}

static void add_parameter(struct names *names, const struct parameter *items, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i].name, wanted) == 0)
			add(names, decoded(names, bytes_of(items[i].value)));
}

static void add_strict(struct names *names)
{
	const struct part *part = names->part;
	const struct tree *tree = tree_of(part->message);
	const struct header *disposition = content_field(part, "Content-Disposition");
	if (disposition != NULL) {
		struct cursor cursor = { .text = disposition->value, .comment_depth = tree->limits.comment_depth };
		cursor_skip(&cursor);
		cursor_token(&cursor);
		struct parameter_set set = parameters_read(names->arena, &cursor, tree->limits.parameters);
		add_parameter(names, set.items, set.count, "filename");
	}
	add_parameter(names, part->parameters, part->parameter_count, "name");
}

/* Between "name" and "=": asterisks and the number of a section. False when no value follows. */
static bool loose_head(struct bytes value, size_t *at, struct loose *loose)
{
	size_t i = *at;
	for (; i < value.length && strchr("0123456789* \t\r\n", value.data[i]) != NULL && value.data[i] != '\0'; i++) {
		loose->section |= ascii_is_digit(value.data[i]);
		if (ascii_is_digit(value.data[i]) && loose->number < 1000)
			loose->number = loose->number * 10 + (unsigned)(value.data[i] - '0');
		loose->percent = value.data[i] == '*';
	}
	*at = i + 1;
	return i < value.length && value.data[i] == '=';
}

/* Up to the semicolon that ends it, without quotes and escapes; when nothing but the name follows the semicolon, to the end. */
static void loose_value(struct arena *arena, struct bytes value, size_t *at, struct loose *loose)
{
	struct text text = TEXT_INIT;
	bool quoted = false;
	size_t i = *at;
	for (; i < value.length && text.length < LOOSE_MOST; i++) {
		char c = value.data[i];
		if (c == '\\' && i + 1 < value.length)
			text_add_char(&text, value.data[++i]);
		else if (c == '"')
			quoted = !quoted;
		else if (c == ';' && !quoted && bytes_find_char(bytes_slice(value, i, i + LOOSE_MOST), '=', 0) != NOT_FOUND)
			break;
		else if (c != '\r' && c != '\n')
			text_add_char(&text, c);
	}
	*at = i;
	loose->value = bytes_trim(text_to_arena(&text, arena));
	while (loose->value.length > 0 && loose->value.data[loose->value.length - 1] == ';')
		loose->value.length--;
}

static struct bytes unpercented(struct arena *arena, struct bytes value)
{
	char *data = arena_alloc(arena, value.length + 1);
	size_t length = 0, tick = bytes_find_char(value, '\'', 0);
	tick = tick == NOT_FOUND ? tick : bytes_find_char(value, '\'', tick + 1);
	for (size_t i = tick == NOT_FOUND ? 0 : tick + 1; i < value.length; i++) {
		bool coded = value.data[i] == '%' && i + 2 < value.length && ascii_hex_value(value.data[i + 1]) >= 0 && ascii_hex_value(value.data[i + 2]) >= 0;
		char c = coded ? (char)(ascii_hex_value(value.data[i + 1]) << 4 | ascii_hex_value(value.data[i + 2])) : value.data[i];
		i += coded ? 2 : 0;
		if (c != '\0')
			data[length++] = c;
	}
	return (struct bytes){ data, length };
}

static void add_loose_one(struct names *names, struct loose *loose)
{
	bool clean;
	struct bytes value = loose->percent ? unpercented(names->arena, loose->value) : loose->value;
	value = charset_to_utf8(names->arena, value, NULL, &clean);
	if (!loose->section)
		add(names, decoded(names, value));
	else if (names->section_count < NAMES_MOST)
		names->sections[names->section_count++] = (struct section){ loose->number, value };
}

/* Each parameter of a field by itself, without grammar. */
static void add_loose(struct names *names, const struct header *header)
{
	struct bytes value = bytes_slice(header->value, 0, 8192);
	size_t at = bytes_find_nocase(value, BYTES("name"), 0);
	for (size_t pieces = 0; at != NOT_FOUND && pieces < 4 * NAMES_MOST; pieces++) {
		struct loose loose = { 0 };
		at += 4;
		if (loose_head(value, &at, &loose)) {
			loose_value(names->arena, value, &at, &loose);
			add_loose_one(names, &loose);
		}
		at = bytes_find_nocase(value, BYTES("name"), at);
	}
}

static void add_joined(struct names *names, const struct section *sections)
{
	struct text joined = TEXT_INIT;
	for (size_t i = 0; i < names->section_count; i++)
		text_add_bytes(&joined, sections[i].value);
	add(names, decoded(names, text_to_arena(&joined, names->arena)));
}

/* The sections one after another as they are numbered, and as they stand. */
static void add_sections(struct names *names)
{
	struct section numbered[NAMES_MOST];
	for (size_t i = 0; i < names->section_count; i++) {
		size_t k = i;
		for (; k > 0 && numbered[k - 1].number > names->sections[i].number; k--)
			numbered[k] = numbered[k - 1];
		numbered[k] = names->sections[i];
	}
	add_joined(names, numbered);
	add_joined(names, names->sections);
}

/* One name in full, and the same with letters lost on clients that know no other alphabets, is one name. */
static bool differs(const char *a, const char *b)
{
	for (; *a != '\0' || *b != '\0';) {
		if ((unsigned char)*a >= 0x80 || (unsigned char)*b >= 0x80)
			return false;
		if (*a != *b)
			return true;
		a++;
		b++;
	}
	return false;
}

void file_name_read(struct part *part)
{
	static const char *const fields[] = { "Content-Disposition", "Content-Type" };
	struct names names = { .part = part, .arena = tree_of(part->message)->arena };
	add_strict(&names);
	for (size_t i = 0; i < 2; i++)
		for (size_t n = 0; n < FIELDS_MOST && n < header_occurrences(part, fields[i]); n++)
			add_loose(&names, header_find(part, fields[i], n));
	if (names.section_count > 0)
		add_sections(&names);
	part->other_names = names.others;
	for (size_t i = 0; i < part->other_name_count; i++)
		if (differs(part->file_name, names.others[i]))
			message_note(names.arena, part, DEFECT_FILE_NAME);
}
