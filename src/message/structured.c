/* structured.c - a cursor over structured header fields: blanks, comments, tokens, quoted strings.
 *
 * Works on the raw value, folds included; comments are followed by a counter, never by recursion.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"

bool cursor_done(const struct cursor *cursor)
{
	return cursor->at >= cursor->text.length;
}

static char here(const struct cursor *cursor)
{
	return cursor->text.data[cursor->at];
}

static void skip_comment(struct cursor *cursor)
{
	size_t depth = 0;
	cursor->commented = true;
	for (; !cursor_done(cursor); cursor->at++) {
		char c = here(cursor);
		if (c == '\\')
			cursor->at++;
		else if (c == '(' && ++depth > cursor->comment_depth)
			break;
		else if (c == ')' && --depth == 0) {
			cursor->at++;
			return;
		}
	}
	cursor->malformed = true;
	cursor->at = cursor->text.length;
}

void cursor_skip(struct cursor *cursor)
{
	while (!cursor_done(cursor)) {
		if (here(cursor) == '(')
			skip_comment(cursor);
		else if (strchr(" \t\r\n", here(cursor)) != NULL && here(cursor) != '\0')
			cursor->at++;
		else
			return;
	}
}

bool cursor_take(struct cursor *cursor, char wanted)
{
	if (cursor_done(cursor) || here(cursor) != wanted)
		return false;
	cursor->at++;
	return true;
}

static bool is_token_char(char c)
{
	return c > 32 && c < 127 && strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

struct bytes cursor_token(struct cursor *cursor)
{
	size_t start = cursor->at;
	while (!cursor_done(cursor) && is_token_char(here(cursor)))
		cursor->at++;
	return bytes_slice(cursor->text, start, cursor->at);
}

/* One past the last byte inside the quotes that open before `at`. */
static size_t quoted_end(const struct cursor *cursor, size_t at)
{
	while (at < cursor->text.length && cursor->text.data[at] != '"')
		at += cursor->text.data[at] == '\\' ? 2 : 1;
	return at < cursor->text.length ? at : cursor->text.length;
}

struct bytes cursor_quoted(struct cursor *cursor, struct arena *arena, bool *escaped_out)
{
	size_t start = cursor->at + 1, end = quoted_end(cursor, start), length = 0;
	char *value = arena_alloc(arena, end - start + 1);
	*escaped_out = false;
	for (size_t i = start; i < end; i++) {
		char c = cursor->text.data[i];
		if (c == '\r' || c == '\n') {
			*escaped_out = true; /* a fold inside quotes: its blank stays, but some clients keep all of it */
			continue;
		}
		if (c == '\\' && i + 1 < end) {
			*escaped_out = true;
			c = cursor->text.data[++i];
		}
		value[length++] = c;
	}
	cursor->at = end + 1;
	if (end >= cursor->text.length) {
		cursor->malformed = true;
		cursor->at = end;
	}
	return (struct bytes){ value, length };
}

char *lower_string(struct arena *arena, struct bytes bytes)
{
	char *string = arena_string_of(arena, bytes);
	for (size_t i = 0; i < bytes.length; i++)
		string[i] = ascii_lower(string[i]);
	return string;
}
