/* content.c - what a part says about its content: type, encoding, disposition, boundary (RFC 2045, 2046, 2183).
 *
 * Everything is read as the tolerant majority of mail clients would; whatever needed tolerance is noted, because
 * the minority shows something else.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "internal.h"
#include "message/header.h"

#define BOUNDARY_MOST 70 /* RFC 2046 5.1.1 */

static void note(const struct part *part, enum defect_kind kind)
{
	message_note(tree_of(part->message)->arena, part, kind);
}

static struct cursor cursor_on(const struct part *part, const struct header *header)
{
	return (struct cursor){ .text = header->value,
				.comment_depth = tree_of(part->message)->limits.comment_depth };
}

static void set_default_type(struct part *part)
{
	bool digest = part->parent != NULL && part_is(part->parent, "multipart", "digest");
	part->type = digest ? "message" : "text";
	part->subtype = digest ? "rfc822" : "plain";
}

static bool is_boundary_char(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

static void check_boundary(struct part *part, const struct parameter_set *set)
{
	struct bytes boundary = set->boundary;
	bool doubtful = set->boundary_doubtful || boundary.length == 0 || boundary.length > BOUNDARY_MOST ||
			bytes_starts_with(boundary, BYTES("=?"));
	for (size_t i = 0; i < boundary.length; i++)
		doubtful |= !is_boundary_char(boundary.data[i]);
	while (boundary.length > 0 && strchr(" \t", boundary.data[boundary.length - 1]) != NULL) {
		boundary.length--; /* blanks at the end of a delimiter line do not count */
		doubtful = true;
	}
	record_of(part)->boundary = boundary;
	if (doubtful)
		note(part, DEFECT_BOUNDARY_PARAMETER);
}

/* Of any other a client may make text, an attachment, or what the name is nearest to. */
static bool is_known_type(const char *type)
{
	static const char *const known[] = { "text", "multipart", "message", "application", "image", "audio", "video", "font", "model", "chemical",
					     "drawing", "example" };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(type, known[i]) == 0)
			return true;
	return strncmp(type, "x-", 2) == 0;
}

static void read_type(struct part *part, const struct header *header)
{
	struct arena *arena = tree_of(part->message)->arena;
	struct cursor cursor = cursor_on(part, header);
	cursor_skip(&cursor);
	struct bytes type = cursor_token(&cursor);
	cursor_skip(&cursor);
	bool slash = cursor_take(&cursor, '/');
	cursor_skip(&cursor);
	struct bytes subtype = slash ? cursor_token(&cursor) : BYTES_EMPTY;
	if (type.length == 0 || subtype.length == 0) {
		note(part, DEFECT_CONTENT_TYPE);
		return;
	}
	part->type = lower_string(arena, type);
	part->subtype = lower_string(arena, subtype);
	part->type_declared = true;

	struct parameter_set set = parameters_read(arena, &cursor, tree_of(part->message)->limits.parameters);
	part->parameters = set.items;
	part->parameter_count = set.count;
	const char *charset = part_parameter(part, "charset");
	if (charset != NULL && *charset != '\0')
		part->charset = lower_string(arena, bytes_trim(bytes_of(charset)));
	if (cursor.malformed || cursor.commented || !is_known_type(part->type))
		note(part, DEFECT_CONTENT_TYPE);
	if (part_is_multipart(part))
		check_boundary(part, &set);
}

static enum transfer_encoding encoding_named(struct bytes name)
{
	static const struct {
		const char *name;
		enum transfer_encoding encoding;
	} names[] = {
		{ "7bit", ENCODING_7BIT },
		{ "8bit", ENCODING_8BIT },
		{ "binary", ENCODING_BINARY },
		{ "quoted-printable", ENCODING_QUOTED_PRINTABLE },
		{ "base64", ENCODING_BASE64 },
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (bytes_equal_nocase(name, bytes_of(names[i].name)))
			return names[i].encoding;
	return ENCODING_UNKNOWN;
}

static void read_encoding(struct part *part, const struct header *header)
{
	struct cursor cursor = cursor_on(part, header);
	bool quoted = false, escaped;
	cursor_skip(&cursor);
	struct bytes name;
	if (!cursor_done(&cursor) && cursor.text.data[cursor.at] == '"') {
		name = cursor_quoted(&cursor, tree_of(part->message)->arena, &escaped);
		quoted = true;
	} else {
		name = cursor_token(&cursor);
	}
	cursor_skip(&cursor);
	bool folded = bytes_find_char(header->value, '\n', 0) != NOT_FOUND;
	part->encoding = encoding_named(name);
	part->encoding_declared = true;
	if (part->encoding == ENCODING_UNKNOWN || quoted || folded || cursor.commented || cursor.malformed ||
	    !cursor_done(&cursor))
		note(part, DEFECT_ENCODING_UNKNOWN);
}

/* RFC 2045 6.4 and RFC 2046 5.2 allow no encoding here; message/global may have one (RFC 6532 3.5). */
static void check_composite(struct part *part)
{
	bool encoded = part->encoding == ENCODING_BASE64 || part->encoding == ENCODING_QUOTED_PRINTABLE;
	if (!encoded)
		return;
	if (part_is_multipart(part) || part_is(part, "message", "rfc822") || part_is(part, "message", "partial") ||
	    part_is(part, "message", "external-body"))
		note(part, DEFECT_ENCODING_COMPOSITE);
}

static void read_disposition(struct part *part, const struct header *header)
{
	struct arena *arena = tree_of(part->message)->arena;
	struct cursor cursor = cursor_on(part, header);
	cursor_skip(&cursor);
	struct bytes kind = cursor_token(&cursor);
	if (kind.length > 0)
		part->disposition = lower_string(arena, kind);
}

const struct header *content_field(const struct part *part, const char *name)
{
	size_t count = tree_of(part->message)->last_fields ? header_occurrences(part, name) : 1;
	return count == 0 ? NULL : header_find(part, name, count - 1);
}

void content_read(struct part *part)
{
	const struct header *type = content_field(part, "Content-Type");
	const struct header *encoding = content_field(part, "Content-Transfer-Encoding");
	const struct header *disposition = content_field(part, "Content-Disposition");
	set_default_type(part);
	if (type != NULL)
		read_type(part, type);
	if (encoding != NULL)
		read_encoding(part, encoding);
	if (disposition != NULL)
		read_disposition(part, disposition);
	file_name_read(part);
	check_composite(part);
	if (part_is(part, "message", "partial") || part_is(part, "message", "external-body"))
		note(part, DEFECT_PARTIAL);
}
