/* card.c - see card.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "message/card.h"

#include "message/decode.h"

#define LINE_MOST ((size_t)1 << 20)
#define HEAD_MOST ((size_t)1000) /* a name and its parameters */

static bool split(struct bytes whole, struct card_line *out)
{
	size_t colon = 0;
	for (bool quoted = false; colon < whole.length && (quoted || whole.data[colon] != ':'); colon++)
		quoted = quoted != (whole.data[colon] == '"');
	if (colon == whole.length)
		return false;
	struct bytes head = bytes_slice(whole, 0, colon);
	size_t end = bytes_find_char(head, ';', 0);
	end = end == (size_t)-1 ? head.length : end;
	out->name = bytes_slice(head, 0, end);
	out->parameters = bytes_slice(head, end, head.length);
	out->value = bytes_slice(whole, colon + 1, whole.length);
	size_t dot = bytes_find_char(out->name, '.', 0);
	if (dot != (size_t)-1)
		out->name = bytes_slice(out->name, dot + 1, out->name.length);
	return true;
}

static const char *charset_of(struct arena *arena, struct bytes parameters)
{
	size_t at = bytes_find_nocase(parameters, BYTES(";CHARSET="), 0);
	if (at == (size_t)-1)
		return NULL;
	size_t from = at + strlen(";CHARSET="), to = bytes_find_char(parameters, ';', from);
	return arena_string_of(arena, bytes_slice(parameters, from, to));
}

static bool is_quoted_printable(struct bytes parameters)
{
	return bytes_find_nocase(parameters, BYTES("QUOTED-PRINTABLE"), 0) != (size_t)-1;
}

struct bytes card_value(struct arena *arena, const struct card_line *line)
{
	bool clean;
	struct bytes value = line->value;
	if (is_quoted_printable(line->parameters))
		value = quoted_printable_to_bytes(arena, value, &clean);
	return charset_to_utf8(arena, value, charset_of(arena, line->parameters), &clean);
}

static void give_out(struct card_reader *reader)
{
	struct text empty = reader->whole;
	reader->whole = reader->unfolded;
	reader->unfolded = empty;
	text_truncate(&reader->unfolded, 0);
}

/* A line goes on in the next where that begins with a blank, or behind the "=" of quoted-printable. */
static bool next_whole(struct card_reader *reader)
{
	struct bytes line;
	while (bytes_next_line(reader->content, &reader->at, &line)) {
		bool folded = line.length > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
		bool complete = !reader->soft && !folded && reader->unfolded.length > 0;
		if (complete)
			give_out(reader);
		if (reader->soft)
			text_add(&reader->unfolded, "\r\n");
		if (reader->unfolded.length < LINE_MOST)
			text_add_bytes(&reader->unfolded, folded && !reader->soft ? bytes_slice(line, 1, line.length) : line);
		struct card_line head;
		reader->soft = bytes_ends_with(line, BYTES("=")) && split(bytes_slice(text_bytes(&reader->unfolded), 0, HEAD_MOST), &head) &&
			       is_quoted_printable(head.parameters);
		if (complete)
			return true;
	}
	give_out(reader);
	return reader->whole.length > 0;
}

bool card_next(struct card_reader *reader, struct card_line *out)
{
	while (next_whole(reader))
		if (split(text_bytes(&reader->whole), out))
			return true;
	return false;
}

void card_end(struct card_reader *reader)
{
	text_release(&reader->unfolded);
	text_release(&reader->whole);
}
