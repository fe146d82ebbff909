/* splice_quoted.c - splicing into quoted-printable (RFC 2045 section 6.7): finding the encoded place of a decoded
 * offset, encoding what goes in, and mending the line that was cut.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/splice.h"

/* What stands at one place of an encoded body. */
struct token {
	size_t length; /* encoded */
	size_t bytes;  /* decoded */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t line_end_length(struct bytes encoded, size_t at)
{
	if (bytes_starts_with(bytes_slice(encoded, at, at + 2), BYTES("\r\n")))
		return 2;
	return at < encoded.length && encoded.data[at] == '\n' ? 1 : 0;
}

/* Blanks from `at` on that end a line: transport padding, which decodes to nothing. */
static size_t padding_length(struct bytes encoded, size_t at)
{
	size_t end = at;
	while (end < encoded.length && is_blank(encoded.data[end]))
		end++;
	return line_end_length(encoded, end) > 0 ? end - at : 0;
}

static struct token token_at(struct bytes encoded, size_t at)
{
	size_t line_end = line_end_length(encoded, at);
	if (line_end > 0)
		return (struct token){ line_end, line_end };
	if (encoded.data[at] == '=') {
		if (encoded.length - at >= 3 && ascii_hex_value(encoded.data[at + 1]) >= 0 && ascii_hex_value(encoded.data[at + 2]) >= 0)
			return (struct token){ 3, 1 };
		size_t end = line_end_length(encoded, at + 1);
		if (end > 0 || at + 1 == encoded.length)
			return (struct token){ 1 + end, 0 };
	}
	return (struct token){ 1, 1 };
}

/* The encoded end of the decoded byte before `at`, and the encoded start of the one at `at`: what lies between decodes to
 * nothing. At the very end both are the same, and what follows stays as it is. */
static bool locate(struct bytes encoded, size_t at, size_t *before_out, size_t *after_out)
{
	size_t place = 0, decoded = 0, before = 0;
	while (place < encoded.length) {
		/* Looked for once a run of blanks, or a long run would cost its square. */
		bool run_begins = is_blank(encoded.data[place]) && (place == 0 || !is_blank(encoded.data[place - 1]));
		size_t padding = run_begins ? padding_length(encoded, place) : 0;
		struct token token = padding > 0 ? (struct token){ padding, 0 } : token_at(encoded, place);
		if (decoded == at && token.bytes > 0) {
			*before_out = before;
			*after_out = place;
			return true;
		}
		place += token.length;
		decoded += token.bytes;
		if (token.bytes > 0)
			before = place;
	}
	*before_out = *after_out = before;
	return decoded == at;
}

static size_t column_of(struct bytes encoded, size_t at)
{
	size_t start = at;
	while (start > 0 && encoded.data[start - 1] != '\n')
		start--;
	return at - start;
}

static size_t rest_of_line(struct bytes encoded, size_t at)
{
	size_t end = at;
	while (end < encoded.length && line_end_length(encoded, end) == 0)
		end++;
	return end - at;
}

static size_t character_length(struct bytes utf8, size_t at)
{
	unsigned char lead = (unsigned char)utf8.data[at];
	size_t wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
	size_t length = 1;
	while (length < wanted && at + length < utf8.length && ((unsigned char)utf8.data[at + length] & 0xc0) == 0x80)
		length++;
	return length;
}

static bool must_be_escaped(struct bytes utf8, size_t at)
{
	unsigned char c = (unsigned char)utf8.data[at];
	if (is_blank((char)c)) /* at the end of a line it would be taken for padding */
		return at + 1 == utf8.length || utf8.data[at + 1] == '\r' || utf8.data[at + 1] == '\n';
	return c < '!' || c > '~' || c == '=';
}

/* As the escapes of the body are; where they are all of figures, as the standard wants them. */
static bool has_small_escapes(struct bytes encoded)
{
	for (size_t at = bytes_find_char(encoded, '=', 0); at != (size_t)-1; at = bytes_find_char(encoded, '=', at + 1)) {
		struct bytes digits = bytes_slice(encoded, at + 1, at + 3);
		if (digits.length == 2 && ascii_hex_value(digits.data[0]) >= 0 && ascii_hex_value(digits.data[1]) >= 0 &&
		    (digits.data[0] >= 'a' || digits.data[1] >= 'a'))
			return true;
	}
	return false;
}

size_t quoted_printable_encode(struct text *out, struct bytes utf8, size_t column, const struct quoting *quoting)
{
	for (size_t at = 0; at < utf8.length;) {
		size_t line_end = line_end_length(utf8, at);
		if (line_end > 0) {
			text_add_bytes(out, bytes_slice(utf8, at, at + line_end));
			at += line_end;
			column = 0;
			continue;
		}
		size_t length = character_length(utf8, at);
		size_t width = length > 1 || must_be_escaped(utf8, at) ? 3 * length : 1;
		if (column > 0 && column + width > ENCODED_LINE_LENGTH - 1) {
			text_add_char(out, '=');
			text_add_bytes(out, quoting->eol);
			column = 0;
		}
		for (size_t i = at; i < at + length; i++) {
			if (width > 1)
				text_printf(out, quoting->small ? "=%02x" : "=%02X", (unsigned)(unsigned char)utf8.data[i]);
			else
				text_add_char(out, utf8.data[i]);
		}
		column += width;
		at += length;
	}
	return column;
}

bool splice_quoted_printable(struct arena *arena, struct bytes encoded, size_t at, struct bytes inserted, struct splice *out)
{
	size_t before, after;
	if (!locate(encoded, at, &before, &after))
		return false;
	struct text text = TEXT_INIT;
	struct quoting quoting = { line_end_near(encoded, before), has_small_escapes(encoded) };
	size_t start = before;
	bool left_open = bytes_equal(bytes_slice(encoded, before, encoded.length), BYTES("="));
	if (left_open) {
		/* Some read it as a sign, some as a soft break without its line end: with that it is one for all. */
		start = before = after = encoded.length;
		text_add_bytes(&text, quoting.eol);
	} else if (line_end_length(inserted, 0) > 0 && before > 0 && is_blank(encoded.data[before - 1])) {
		/* A blank that was inside a line would come to stand at its end. */
		start = before - 1;
		quoted_printable_encode(&text, bytes_slice(encoded, start, before), column_of(encoded, start), &quoting);
	}
	size_t column = left_open ? 0 : column_of(encoded, before) + (start < before ? 2 : 0);
	column = quoted_printable_encode(&text, inserted, column, &quoting);
	size_t rest = rest_of_line(encoded, after);
	if (column > 0 && rest > 0 && column + rest > ENCODED_LINE_LENGTH) {
		text_add_char(&text, '=');
		text_add_bytes(&text, quoting.eol);
	}
	*out = (struct splice){ start, after, text_to_arena(&text, arena) };
	return true;
}
