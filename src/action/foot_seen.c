/* foot_seen.c - see foot_seen.h. A comment, a title, a hidden element or a quotation that the writer left open takes in whatever
 * follows it; so the changed HTML is read again as a person sees it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/foot_seen.h"

#include "action/foot_text.h"
#include "action/obstacle.h"
#include "base/text.h"
#include "base/unicode.h"

static void add_letters(struct text *out, struct bytes text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!ascii_is_space(text.data[i]))
			text_add_char(out, text.data[i]);
}

/* What is seen, and nothing else, without blanks: HTML does not keep those. */
static bool reads_as(struct arena *arena, struct bytes seen, const char *const *lines, size_t line_count)
{
	struct text wanted = TEXT_INIT, got = TEXT_INIT;
	for (size_t i = 0; i < line_count; i++)
		add_letters(&wanted, unicode_plain(arena, bytes_of(foot_line_clean(arena, bytes_of(lines[i])))));
	add_letters(&got, unicode_plain(arena, seen));
	bool same = bytes_equal(text_bytes(&wanted), text_bytes(&got));
	text_release(&wanted);
	text_release(&got);
	return same;
}

static bool is_inside(const struct html_text *read, size_t i, size_t at, size_t length)
{
	return read->source[i] >= at && read->source[i] - at < length && !ascii_is_space(read->shown.data[i]);
}

/* The lines stand together, begin and end lines of what is seen, and count as no quotation. */
static bool shows(struct arena *arena, const struct html_text *read, size_t at, size_t length, const char *const *lines, size_t line_count)
{
	size_t first = 0, end = read->shown.length;
	while (first < end && !is_inside(read, first, at, length))
		first++;
	while (end > first && !is_inside(read, end - 1, at, length))
		end--;
	if (first == end || read->quote_depth[first] > 0)
		return false;
	if ((first > 0 && read->shown.data[first - 1] != '\n') || (end < read->shown.length && read->shown.data[end] != '\n'))
		return false;
	return reads_as(arena, bytes_slice(read->shown, first, end), lines, line_count);
}

static enum untouched why_armoured(const struct html_text *read)
{
	size_t offset = 0, start = 0;
	struct bytes line;
	for (; bytes_next_line(read->shown, &offset, &line); start = offset) {
		enum untouched why = read->quote_depth[start] > 0 ? TOUCHED : obstacle_in_line(line);
		if (why != TOUCHED)
			return why;
	}
	return TOUCHED;
}

enum untouched foot_is_seen(const struct html_viewer *viewer, struct bytes html, size_t at, size_t length, const char *const *lines, size_t line_count)
{
	struct arena *arena = arena_new();
	struct html_text read;
	enum untouched why = UNTOUCHED_NOT_SHOWN;
	if (viewer != NULL && viewer->view(viewer, arena, html, &read))
		why = why_armoured(&read);
	if (why == TOUCHED && !shows(arena, &read, at, length, lines, line_count))
		why = UNTOUCHED_NOT_SHOWN;
	arena_free(&arena);
	return why;
}
