/* header.c - finding and unfolding fields of a part.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "message/header.h"

#include <string.h>

#include "internal.h"

const struct header *header_find(const struct part *part, const char *name, size_t n)
{
	struct bytes wanted = bytes_of(name);
	for (size_t i = 0; i < part->header_count; i++)
		if (bytes_equal_nocase(part->headers[i].name, wanted) && n-- == 0)
			return &part->headers[i];
	return NULL;
}

size_t header_occurrences(const struct part *part, const char *name)
{
	size_t count = 0;
	for (size_t i = 0; i < part->header_count; i++)
		count += bytes_equal_nocase(part->headers[i].name, bytes_of(name));
	return count;
}

struct bytes header_unfolded(struct arena *arena, const struct header *header)
{
	struct bytes value = bytes_trim(header->value);
	if (bytes_find_char(value, '\n', 0) == NOT_FOUND)
		return value;
	char *data = arena_alloc(arena, value.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < value.length; i++) {
		bool ends_line = value.data[i] == '\n' ||
				 (value.data[i] == '\r' && i + 1 < value.length && value.data[i + 1] == '\n');
		if (!ends_line)
			data[length++] = value.data[i];
	}
	return (struct bytes){ data, length };
}

const char *header_text(struct arena *arena, const struct part *part, const struct header *header)
{
	bool damaged = false;
	const char *text = header_decode_words(arena, header_unfolded(arena, header), &damaged);
	if (damaged && part != NULL)
		message_note(arena, part, DEFECT_ENCODED_WORD);
	return text;
}

const char *header_text_of(struct arena *arena, const struct part *part, const char *name)
{
	const struct header *header = header_find(part, name, 0);
	return header == NULL ? NULL : header_text(arena, part, header);
}
