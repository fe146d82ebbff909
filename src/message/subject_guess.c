/* subject_guess.c - a Subject as the most lenient client would show it: control characters gone instead of blanks, encoded
 * words in charsets nobody knows, without an end, with blanks inside, or inside each other, all decoded.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "message/header.h"
#include "others.h"

#define CHARSET_MOST 64

/* "=?charset?b?" at `at`: gives where its text begins; 0 when there is none. */
static size_t word_start(struct bytes value, size_t at, bool *base64)
{
	if (!bytes_starts_with(bytes_slice(value, at, value.length), BYTES("=?")))
		return 0;
	size_t charset_end = bytes_find_char(bytes_slice(value, 0, at + CHARSET_MOST), '?', at + 2);
	if (charset_end == NOT_FOUND || charset_end + 2 >= value.length || value.data[charset_end + 2] != '?')
		return 0;
	char encoding = ascii_lower(value.data[charset_end + 1]);
	*base64 = encoding == 'b';
	return encoding == 'b' || encoding == 'q' ? charset_end + 3 : 0;
}

static struct bytes decoded_word(struct arena *arena, struct bytes word, bool base64)
{
	struct text text = TEXT_INIT;
	bool clean;
	for (size_t i = 0; i < word.length; i++)
		if (!ascii_is_space(word.data[i]))
			text_add_char(&text, word.data[i] == '_' && !base64 ? ' ' : word.data[i]);
	if (!base64)
		text_add(&text, "=20"); /* keeps a blank at the end */
	struct bytes encoded = text_to_arena(&text, arena);
	struct bytes bytes = base64 ? base64_to_bytes(arena, encoded, &clean) : quoted_printable_to_bytes(arena, encoded, &clean);
	return base64 || bytes.length == 0 ? bytes : bytes_slice(bytes, 0, bytes.length - 1);
}

static struct bytes decoded_once(struct arena *arena, struct bytes value)
{
	struct text out = TEXT_INIT;
	bool base64, after_word = false;
	for (size_t i = 0; i < value.length;) {
		size_t start = word_start(value, i, &base64);
		if (start == 0) {
			after_word = after_word && ascii_is_space(value.data[i]);
			text_add_char(&out, value.data[i++]);
			continue;
		}
		size_t end = bytes_find(value, BYTES("?="), start);
		end = end == NOT_FOUND ? value.length : end;
		while (after_word && out.length > 0 && ascii_is_space(out.data[out.length - 1]))
			text_truncate(&out, out.length - 1);
		text_add_bytes(&out, decoded_word(arena, bytes_slice(value, start, end), base64));
		after_word = true;
		i = end + 2;
	}
	return text_to_arena(&out, arena);
}

/* Without NUL and carriage returns; UTF-16 in a word leaves NULs behind, which go the same way. */
static struct bytes without_controls(struct arena *arena, struct bytes value)
{
	char *data = arena_alloc(arena, value.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < value.length; i++)
		if (strchr("\r\n", value.data[i]) == NULL) /* finds NUL too */
			data[length++] = value.data[i];
	return (struct bytes){ data, length };
}

const char *subject_leniently(struct arena *arena, const struct header *header)
{
	bool clean, damaged = false;
	struct bytes unfolded = header_unfolded(arena, header), value = without_controls(arena, bytes_trim(header->value));
	const char *usual = header_decode_words(arena, unfolded, &damaged);
	if (!damaged && value.length == unfolded.length && strstr(usual, "=?") == NULL)
		return NULL;
	for (int round = 0; round < 2 && bytes_find(value, BYTES("=?"), 0) != NOT_FOUND; round++)
		value = without_controls(arena, decoded_once(arena, value));
	const char *lenient = arena_string_of(arena, charset_to_utf8(arena, value, NULL, &clean));
	return strcmp(lenient, usual) == 0 ? NULL : lenient;
}
