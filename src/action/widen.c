/* widen.c - see widen.h. The value of a Content-Type is looked at here by itself, in its raw bytes: what does not follow the
 * plain grammar (comments, RFC 2231 charset, duplicates) is not changed at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/widen.h"

#include <string.h>

#include "action/edits.h"
#include "message/header.h"

struct span {
	size_t start, end; /* in raw */
};

static void skip_blanks(struct bytes raw, size_t *at, size_t end)
{
	while (*at < end && ascii_is_space(raw.data[*at]))
		(*at)++;
}

/* RFC 2045: any CHAR except SPACE, CTLs and tspecials. */
static bool read_token(struct bytes raw, size_t *at, size_t end, struct span *out)
{
	out->start = *at;
	while (*at < end && raw.data[*at] > ' ' && raw.data[*at] < 0x7f && strchr("()<>@,;:\\\"/[]?=", raw.data[*at]) == NULL)
		(*at)++;
	out->end = *at;
	return out->end > out->start;
}

static bool read_sign(struct bytes raw, size_t *at, size_t end, char sign)
{
	skip_blanks(raw, at, end);
	if (*at >= end || raw.data[*at] != sign)
		return false;
	(*at)++;
	skip_blanks(raw, at, end);
	return true;
}

static bool read_value(struct bytes raw, size_t *at, size_t end, struct span *out)
{
	if (*at >= end || raw.data[*at] != '"')
		return read_token(raw, at, end, out);
	out->start = (*at)++;
	while (*at < end && raw.data[*at] != '"' && raw.data[*at] != '\\')
		(*at)++;
	if (*at >= end || raw.data[*at] != '"')
		return false;
	out->end = ++(*at);
	return true;
}

/* Where the charset's value stands; an empty span behind the subtype when there is none. */
static bool find_charset(struct bytes raw, size_t at, size_t end, struct span *out)
{
	struct span word, name;
	bool found = false;
	skip_blanks(raw, &at, end);
	if (!read_token(raw, &at, end, &word) || !read_sign(raw, &at, end, '/') || !read_token(raw, &at, end, &word))
		return false;
	*out = (struct span){ word.end, word.end };
	while (read_sign(raw, &at, end, ';')) {
		if (at == end)
			break;
		if (!read_token(raw, &at, end, &name) || !read_sign(raw, &at, end, '=') || !read_value(raw, &at, end, &word))
			return false;
		struct bytes written = bytes_slice(raw, name.start, name.end);
		if (!bytes_starts_with_nocase(written, BYTES("charset")))
			continue;
		if (found || written.length > strlen("charset"))
			return false;
		*out = word;
		found = true;
	}
	return at == end;
}

/* The value of a field as a place in raw: from behind the colon to before the line end. */
static struct span value_of(struct bytes raw, const struct header *header)
{
	size_t colon = bytes_find_char(bytes_slice(raw, 0, header->end), ':', header->start);
	if (colon == (size_t)-1)
		return (struct span){ header->end, header->end };
	return (struct span){ colon + 1, header->end };
}

static void change(struct arena *arena, const struct message *message, const struct part *part, const struct header *header,
		   struct span span, struct bytes bytes, struct edit_list *edits)
{
	if (part->parent == NULL)
		edits_change_field(arena, edits, message, header, span.start, span.end - span.start, bytes);
	else
		edits_add_body(arena, edits, span.start, span.end - span.start, bytes);
}

/* A field the part has not got, at the top of its header block, which must end in an empty line. */
static bool add_field(struct arena *arena, const struct message *message, const struct part *part, const char *name,
		      const char *value, struct edit_list *edits)
{
	if (part->parent == NULL) {
		edits_insert_field(arena, edits, name, value);
		return true;
	}
	if (part->body_start <= part->start || message->raw.data[part->body_start - 1] != '\n')
		return false;
	edits_add_body(arena, edits, part->start, 0, bytes_of(arena_printf(arena, "%s: %s\r\n", name, value)));
	return true;
}

static bool widen_charset(struct arena *arena, const struct message *message, const struct part *part, struct edit_list *edits)
{
	const struct header *header = header_find(part, "Content-Type", 0);
	if (header == NULL)
		return add_field(arena, message, part, "Content-Type", "text/plain; charset=utf-8", edits);
	struct span value = value_of(message->raw, header), charset;
	if (!part->type_declared || header_occurrences(part, "Content-Type") > 1 ||
	    !find_charset(message->raw, value.start, value.end, &charset))
		return false;
	change(arena, message, part, header, charset,
	       charset.start == charset.end ? BYTES("; charset=utf-8") : BYTES("utf-8"), edits);
	return true;
}

static bool widen_encoding(struct arena *arena, const struct message *message, const struct part *part, struct edit_list *edits)
{
	const struct header *header = header_find(part, "Content-Transfer-Encoding", 0);
	if (header == NULL)
		return add_field(arena, message, part, "Content-Transfer-Encoding", "8bit", edits);
	struct span value = value_of(message->raw, header);
	skip_blanks(message->raw, &value.start, value.end);
	while (value.end > value.start && ascii_is_space(message->raw.data[value.end - 1]))
		value.end--;
	if (header_occurrences(part, "Content-Transfer-Encoding") > 1 ||
	    !bytes_equal_nocase(bytes_slice(message->raw, value.start, value.end), BYTES("7bit")))
		return false;
	if (!edits_have(edits, part->parent == NULL ? header->start : value.start,
			part->parent == NULL ? header->end - header->start : value.end - value.start))
		change(arena, message, part, header, value, BYTES("8bit"), edits);
	return true;
}

bool widen_part(struct arena *arena, const struct message *message, const struct part *part, bool charset, bool eight_bit,
		struct edit_list *edits)
{
	bool encoding = eight_bit && part->encoding == ENCODING_7BIT;
	if (charset && !widen_charset(arena, message, part, edits))
		return false;
	if (encoding && !widen_encoding(arena, message, part, edits))
		return false;
	for (const struct part *around = part->parent; eight_bit && around != NULL; around = around->parent)
		if (around->encoding_declared && around->encoding == ENCODING_7BIT &&
		    !widen_encoding(arena, message, around, edits))
			return false;
	/* Without MIME-Version the fields would mean nothing (RFC 2045 section 4). */
	if ((charset || encoding) && part->parent == NULL && header_find(part, "MIME-Version", 0) == NULL)
		edits_insert_field(arena, edits, "MIME-Version", "1.0");
	return true;
}
