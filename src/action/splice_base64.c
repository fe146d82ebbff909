/* splice_base64.c - splicing into base64 (RFC 2045 section 6.8): the encoded lines before the place stay, as far as whole
 * groups of four reach; from there on the body is encoded anew in lines as long as they were.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>

#include "action/splice.h"

/* The last line that begins at or before decoded offset `at` with a whole group behind it, and with no line before it that is too
 * long for mail: those are not sent on. */
static void locate(struct bytes encoded, size_t at, size_t *line_out, size_t *decoded_out)
{
	size_t digits = 0, offset = 0;
	*line_out = *decoded_out = 0;
	for (;;) {
		size_t start = offset;
		struct bytes line;
		bool line_begins = start > 0 && encoded.data[start - 1] == '\n';
		if (line_begins && digits % 4 == 0 && digits / 4 * 3 <= at && digits / 4 * 3 > *decoded_out) {
			*line_out = start;
			*decoded_out = digits / 4 * 3;
		}
		if (digits / 4 * 3 > at || !bytes_next_line(encoded, &offset, &line))
			return;
		if (line.length > MAIL_LINE_LENGTH)
			return;
		line = bytes_trim(line);
		if (bytes_find_char(line, '=', 0) != (size_t)-1)
			return;
		digits += line.length;
	}
}

/* Of the first of several lines; a body of one line tells nothing. */
static size_t line_length(struct bytes encoded)
{
	size_t offset = 0;
	struct bytes first, second;
	if (!bytes_next_line(encoded, &offset, &first) || !bytes_next_line(encoded, &offset, &second) || second.length == 0)
		return ENCODED_LINE_LENGTH;
	size_t length = bytes_trim(first).length;
	return length >= 4 && length <= ENCODED_LINE_LENGTH && length % 4 == 0 ? length : ENCODED_LINE_LENGTH;
}

static void encode(struct text *out, struct bytes bytes, size_t width, struct bytes eol)
{
	char line[ENCODED_LINE_LENGTH + 1];
	size_t step = width / 4 * 3;
	for (size_t at = 0; at < bytes.length; at += step) {
		struct bytes piece = bytes_slice(bytes, at, at + step);
		if (at > 0)
			text_add_bytes(out, eol);
		text_add(out, sodium_bin2base64(line, sizeof line, (const unsigned char *)piece.data, piece.length,
						sodium_base64_VARIANT_ORIGINAL));
	}
}

bool splice_base64(struct arena *arena, struct bytes encoded, struct bytes decoded, size_t at, struct bytes inserted,
		   struct splice *out)
{
	size_t start, kept, end = encoded.length;
	locate(encoded, at, &start, &kept);
	while (end > start && ascii_is_space(encoded.data[end - 1]))
		end--;
	struct text fresh = TEXT_INIT, text = TEXT_INIT;
	text_add_bytes(&fresh, bytes_slice(decoded, kept, at));
	text_add_bytes(&fresh, inserted);
	text_add_bytes(&fresh, bytes_slice(decoded, at, decoded.length));
	encode(&text, text_bytes(&fresh), line_length(encoded), line_end_near(encoded, start));
	text_release(&fresh);
	if (start > 0 && start == encoded.length) /* behind the last line end: the body goes on ending with one */
		text_add_bytes(&text, line_end_near(encoded, start));
	*out = (struct splice){ start, end, text_to_arena(&text, arena) };
	return true;
}
