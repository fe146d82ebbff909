/* text_line.c - see text_line.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/text_line.h"

#include "base/unicode.h"

struct bytes utf8_clip(struct bytes utf8, size_t most)
{
	if (utf8.length <= most)
		return utf8;
	while (most > 0 && ((unsigned char)utf8.data[most] & 0xc0) == 0x80)
		most--;
	return bytes_slice(utf8, 0, most);
}

/* ">> words" wherever it stands, but not ">> NEWS <<", a heading. */
static bool is_quotation(struct bytes text)
{
	return bytes_starts_with(text, BYTES(">>")) && !bytes_ends_with(text, BYTES("<<"));
}

/* Counts the ">" before a line: "> > x", ">>x", "> x". A lone ">From" is mbox's doing, and ">:" the end of a wrapped
 * "On ... <address>:". */
static size_t quote_marks(struct bytes line, unsigned *depth_out)
{
	size_t at = 0, end = 0;
	unsigned depth = 0;
	while (at < line.length) {
		char c = line.data[at];
		if (c == '>') {
			depth++;
			end = at + 1;
		} else if (c != ' ' && c != '\t') {
			break;
		}
		if (c != '>' && at - end >= 3 && !is_quotation(bytes_trim(bytes_slice(line, at, line.length))))
			break; /* far indented: code, a table */
		at++;
	}
	struct bytes rest = bytes_slice(line, end, line.length);
	if (depth == 1 && (bytes_starts_with(rest, BYTES("From ")) || bytes_equal(bytes_trim(rest), BYTES(":")))) {
		depth = 0;
		end = 0;
	}
	if (depth > 0 && end < line.length && line.data[end] == ' ')
		end++;
	*depth_out = depth;
	return end;
}

static struct text_line make_line(struct arena *arena, struct bytes text)
{
	/* NUL shows as nothing, wherever it stands in a word. */
	struct text_line line = { .text = text, .plain = bytes_trim(unicode_plain(arena, arena_without_nul(arena, text))) };
	line.indented = text.length > 0 && ascii_is_space(text.data[0]);
	return line;
}

struct text_lines lines_of_plain(struct arena *arena, struct bytes utf8, size_t most)
{
	struct text_lines lines = { NULL, 0, false };
	struct bytes whole;
	size_t at = bytes_starts_with(utf8, BYTES("\xef\xbb\xbf")) ? 3 : 0;
	for (size_t start = at; bytes_next_line(utf8, &at, &whole); start = at) {
		if (lines.count == most) {
			lines.cut = true;
			break;
		}
		unsigned depth;
		size_t marks = quote_marks(whole, &depth);
		struct text_line line = make_line(arena, bytes_slice(whole, marks, whole.length));
		line.depth = depth;
		line.offset = line.place = start;
		line.end = start + whole.length;
		*ARENA_PUSH(arena, lines.items, lines.count) = line;
	}
	lines_take_other_marks(&lines);
	return lines;
}

/* The deepest depth that its visible characters share: a container may begin on the blank before them. */
static unsigned depth_of(const struct html_text *html, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (!ascii_is_space(html->shown.data[i]))
			return html->quote_depth[i];
	return start < html->shown.length ? html->quote_depth[start] : 0;
}

struct text_lines lines_of_html(struct arena *arena, const struct html_text *html, size_t most)
{
	struct text_lines lines = { NULL, 0, false };
	struct bytes whole;
	size_t at = 0;
	for (size_t start = 0; bytes_next_line(html->shown, &at, &whole); start = at) {
		if (lines.count == most) {
			lines.cut = true;
			break;
		}
		unsigned depth; /* marks may have been typed, or come from a plain text made HTML */
		size_t marks = quote_marks(whole, &depth);
		struct text_line line = make_line(arena, bytes_slice(whole, marks, whole.length));
		size_t end = start + whole.length;
		line.depth = depth_of(html, start, end) + depth;
		line.offset = html->source[start];
		line.end = end > start ? html->source[end - 1] + 1 : line.offset;
		line.place = lines.count < html->line_count ? html->line_places[lines.count] : line.offset;
		*ARENA_PUSH(arena, lines.items, lines.count) = line;
	}
	return lines;
}
