/* segment.c - whatever looks like the head of a part, read as one.
 *
 * Most quarrels about structure are about which lines divide: which of two boundaries holds, how it is unquoted, whether a
 * delimiter may go on. One reading settles all of them in the sender's disfavour: wherever lines stand that say Content-Type or
 * Content-Transfer-Encoding, the lines behind them are decoded as they say, up to the next line that could divide.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "others.h"

#define SEGMENTS_MOST 300

static bool is_content_field(struct bytes line)
{
	return bytes_starts_with_nocase(line, BYTES("Content-T")) && bytes_find_char(line, ':', 0) != NOT_FOUND;
}

static bool could_divide(struct bytes line)
{
	return line.length > 2 && bytes_starts_with(line, BYTES("--")) && line.data[2] != ' ' && line.data[2] != '\t';
}

/* Where the segment ends whose head begins at `start`: before the next line that could divide, but behind its own head. */
static size_t segment_end(struct bytes bytes, size_t start)
{
	struct bytes line;
	bool in_head = true;
	for (size_t at = start, here = start; bytes_next_line(bytes, &at, &line); here = at) {
		in_head = in_head && bytes_trim(line).length > 0;
		if (!in_head && (could_divide(line) || is_content_field(line)))
			return here;
	}
	return bytes.length;
}

/* Fields of one head may stand in any order: a head begins where the lines before it are no fields. */
static size_t head_start(struct bytes bytes, size_t line_start, size_t not_before)
{
	size_t start = line_start;
	while (start > not_before) {
		size_t previous = start - 1;
		while (previous > not_before && bytes.data[previous - 1] != '\n')
			previous--;
		struct bytes line = bytes_trim(bytes_slice(bytes, previous, start));
		if (line.length == 0 || could_divide(line) || line_start - previous > 4096)
			break;
		start = previous;
	}
	return start;
}

bool mentions_content_field(struct bytes bytes)
{
	/* As it is written by nearly everybody, and by the rest: much faster than comparing without regard to case. */
	static const char *const spellings[] = { "ontent-T", "ontent-t", "ONTENT-T" };
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		if (bytes_find(bytes, bytes_of(spellings[i]), 0) != NOT_FOUND)
			return true;
	/* Any other mixture has at least its ends. */
	for (size_t at = bytes_find(bytes, BYTES("\nc"), 0); at != NOT_FOUND; at = bytes_find(bytes, BYTES("\nc"), at + 1))
		if (is_content_field(bytes_slice(bytes, at + 1, at + 40)))
			return true;
	for (size_t at = bytes_find(bytes, BYTES("\nC"), 0); at != NOT_FOUND; at = bytes_find(bytes, BYTES("\nC"), at + 1))
		if (is_content_field(bytes_slice(bytes, at + 1, at + 40)))
			return true;
	return is_content_field(bytes_slice(bytes, 0, 40));
}

void segments_take(struct collector *collector, const struct part *part, struct bytes bytes)
{
	struct bytes line;
	size_t count = 0, done = 0;
	if (!mentions_content_field(bytes))
		return;
	for (size_t at = 0, here = 0; !collector->spent && bytes_next_line(bytes, &at, &line); here = at) {
		if (!is_content_field(line))
			continue;
		if (count++ == SEGMENTS_MOST) {
			message_note(collector->arena, collector->base->root, DEFECT_PARTS);
			return;
		}
		size_t start = head_start(bytes, here, done), end = segment_end(bytes, here);
		others_view(collector, part, "as a part of its own", bytes_slice(bytes, start, end), VIEW_PART);
		done = at = end;
	}
}
