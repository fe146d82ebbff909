/* parameter.c - parameters of Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2231).
 *
 * Sections (name*0, name*1*) are joined in the order of their numbers; where a plain and an extended form stand
 * side by side the extended one is taken, as RFC 6266 advises for file names.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "internal.h"
#include "message/decode.h"

#define SECTION_PLAIN (-1) /* name=value */
#define SECTION_MOST 9999

struct piece {
	const char *name; /* lower case, without section and asterisks */
	struct bytes value;
	int section;
	bool encoded; /* percent encoding, charset'language' in the first section */
	bool escaped;
	bool used;
};

struct pieces {
	struct piece *items;
	size_t count;
};

/* What stands up to the next semicolon, for values that are neither token nor quoted string. */
static struct bytes loose_value(struct cursor *cursor, size_t start)
{
	size_t end = bytes_find_char(cursor->text, ';', start);
	if (end == NOT_FOUND)
		end = cursor->text.length;
	cursor->at = end;
	cursor->malformed = true;
	return bytes_trim(bytes_slice(cursor->text, start, end));
}

static struct bytes read_value(struct cursor *cursor, struct arena *arena, bool *escaped_out)
{
	size_t start = cursor->at;
	*escaped_out = false;
	bool quoted = !cursor_done(cursor) && cursor->text.data[start] == '"';
	struct bytes value = quoted ? cursor_quoted(cursor, arena, escaped_out) : cursor_token(cursor);
	cursor_skip(cursor);
	if (cursor_done(cursor) || cursor->text.data[cursor->at] == ';') {
		if (value.length == 0 && !quoted)
			cursor->malformed = true;
		return value;
	}
	struct bytes loose = loose_value(cursor, start);
	return quoted ? value : loose;
}

/* "filename*1*" -> filename, section 1, encoded. False when the asterisks make no sense. */
static bool split_name(struct arena *arena, struct bytes written, struct piece *piece)
{
	size_t star = bytes_find_char(written, '*', 0);
	piece->section = SECTION_PLAIN;
	piece->name = lower_string(arena, bytes_slice(written, 0, star == NOT_FOUND ? written.length : star));
	if (star == NOT_FOUND)
		return true;
	struct bytes rest = bytes_slice(written, star + 1, written.length);
	piece->encoded = rest.length == 0 || rest.data[rest.length - 1] == '*';
	if (rest.length > 0 && piece->encoded)
		rest.length--;
	piece->section = 0;
	for (size_t i = 0; i < rest.length; i++) {
		if (!ascii_is_digit(rest.data[i]) || piece->section > SECTION_MOST)
			return false;
		piece->section = piece->section * 10 + (rest.data[i] - '0');
	}
	return true;
}

static struct pieces read_pieces(struct arena *arena, struct cursor *cursor, size_t most)
{
	struct pieces pieces = { 0 };
	for (cursor_skip(cursor); !cursor_done(cursor); cursor_skip(cursor)) {
		if (!cursor_take(cursor, ';')) {
			cursor->malformed = true;
			cursor_take(cursor, ',');
		}
		cursor_skip(cursor);
		if (cursor_done(cursor))
			break; /* a closing semicolon: harmless and common */
		struct bytes name = cursor_token(cursor);
		cursor_skip(cursor);
		if (name.length == 0 || !cursor_take(cursor, '=') || pieces.count == most) {
			loose_value(cursor, cursor->at);
			continue;
		}
		cursor_skip(cursor);
		struct piece piece = { 0 };
		bool sensible = split_name(arena, name, &piece);
		piece.value = read_value(cursor, arena, &piece.escaped);
		if (sensible)
			*ARENA_PUSH(arena, pieces.items, pieces.count) = piece;
		else
			cursor->malformed = true;
	}
	return pieces;
}

static void add_percent_decoded(struct text *text, struct bytes value)
{
	for (size_t i = 0; i < value.length; i++) {
		int high = -1, low = -1;
		if (value.data[i] == '%' && i + 2 < value.length) {
			high = ascii_hex_value(value.data[i + 1]);
			low = ascii_hex_value(value.data[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			text_add_char(text, (char)(high << 4 | low));
			i += 2;
		} else {
			text_add_char(text, value.data[i]);
		}
	}
}

/* Takes "charset'language'" off the front of the first section. */
static const char *take_charset(struct arena *arena, struct bytes *value)
{
	size_t first = bytes_find_char(*value, '\'', 0);
	size_t second = first == NOT_FOUND ? NOT_FOUND : bytes_find_char(*value, '\'', first + 1);
	if (second == NOT_FOUND)
		return NULL;
	const char *charset = first == 0 ? NULL : lower_string(arena, bytes_slice(*value, 0, first));
	*value = bytes_slice(*value, second + 1, value->length);
	return charset;
}

static struct piece *find_piece(const struct pieces *pieces, const char *name, int section)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (pieces->items[i].section == section && strcmp(pieces->items[i].name, name) == 0)
			return &pieces->items[i];
	return NULL;
}

static const char *to_string(struct arena *arena, struct bytes value, const char *charset)
{
	bool clean;
	return arena_string_of(arena, charset_to_utf8(arena, value, charset, &clean));
}

/* The value of every piece of that name. Marks them used. */
static const char *join(struct arena *arena, struct pieces *pieces, const char *name, struct cursor *cursor)
{
	const struct piece *plain = NULL;
	for (size_t i = 0; i < pieces->count; i++) {
		struct piece *piece = &pieces->items[i];
		if (strcmp(piece->name, name) != 0)
			continue;
		piece->used = true;
		if (piece->section != SECTION_PLAIN)
			continue;
		if (plain != NULL && !bytes_equal(plain->value, piece->value))
			cursor->malformed = true;
		else if (plain == NULL)
			plain = piece;
	}
	const struct piece *piece = find_piece(pieces, name, 0);
	if (piece == NULL)
		return plain == NULL ? "" : to_string(arena, plain->value, NULL);
	struct text joined = TEXT_INIT;
	const char *charset = NULL;
	for (int section = 0; piece != NULL; piece = find_piece(pieces, name, ++section)) {
		struct bytes value = piece->value;
		if (section == 0 && piece->encoded)
			charset = take_charset(arena, &value);
		if (piece->encoded)
			add_percent_decoded(&joined, value);
		else
			text_add_bytes(&joined, value);
	}
	return to_string(arena, text_to_arena(&joined, arena), charset);
}

static void find_boundary(struct pieces *pieces, struct parameter_set *set)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];
		if (strcmp(piece->name, "boundary") != 0)
			continue;
		if (set->boundary.length == 0)
			set->boundary = piece->value;
		else
			set->boundary_doubtful = true;
		set->boundary_doubtful |= piece->escaped || piece->section != SECTION_PLAIN;
	}
}

struct parameter_set parameters_read(struct arena *arena, struct cursor *cursor, size_t most)
{
	struct parameter_set set = { 0 };
	struct pieces pieces = read_pieces(arena, cursor, most);
	find_boundary(&pieces, &set);
	for (size_t i = 0; i < pieces.count; i++) {
		if (pieces.items[i].used)
			continue;
		struct parameter *parameter = ARENA_PUSH(arena, set.items, set.count);
		parameter->name = pieces.items[i].name;
		parameter->value = join(arena, &pieces, pieces.items[i].name, cursor);
		if (set.boundary_doubtful && strcmp(parameter->name, "boundary") == 0 &&
		    find_piece(&pieces, "boundary", SECTION_PLAIN) == NULL)
			set.boundary = bytes_of(parameter->value); /* in RFC 2231 form only */
	}
	return set;
}
