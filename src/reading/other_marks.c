/* other_marks.c - quotation by other marks than ">": "# ", "| ", "--]", "RA> " of those who set their mail program so. They mean nothing
 * by themselves; below "... wrote:" two lines that begin alike do, or one that begins with somebody's initials.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/text_line.h"

#include "reading/intro_words.h"

#define INITIALS_MOST 12
#define MARK_MOST 4
#define LINES_LEAST 2

/* "RA>" */
static size_t initials_at(struct bytes plain)
{
	size_t at = 0;
	while (at < plain.length && ascii_is_alpha(plain.data[at]))
		at++;
	return at > 0 && at <= INITIALS_MOST && at < plain.length && plain.data[at] == '>' ? at + 1 : 0;
}

/* "#", "|", "--]": followed by a blank or nothing, and no dash or star of a list. */
static size_t signs_at(struct bytes plain)
{
	size_t at = 0;
	while (at < plain.length && bytes_find_char(BYTES("#|:%!=-~])}>"), plain.data[at], 0) != (size_t)-1)
		at++;
	if (at == 0 || at > MARK_MOST || (at < plain.length && !ascii_is_space(plain.data[at]) && plain.data[at - 1] != ']'))
		return 0;
	return bytes_find_char(BYTES("-=~"), plain.data[at - 1], 0) == (size_t)-1 ? at : 0;
}

static struct bytes mark_of(struct bytes plain, bool *initials_out)
{
	size_t length = initials_at(plain);
	*initials_out = length > 0;
	return bytes_slice(plain, 0, length > 0 ? length : signs_at(plain));
}

static bool ends_attribution(struct bytes plain)
{
	size_t verb, verb_end;
	return bytes_ends_with(plain, BYTES(":")) && intro_find_verb(plain, &verb, &verb_end);
}

/* The first full line below an attribution's last, where a mark may be learnt; `count` when there is none. */
static size_t line_below(const struct text_lines *lines, size_t at)
{
	if (!ends_attribution(lines->items[at].plain))
		return lines->count;
	size_t next = at + 1;
	while (next < lines->count && next < at + 3 && line_is_blank(&lines->items[next]))
		next++;
	return next < lines->count && lines->items[next].depth == lines->items[at].depth ? next : lines->count;
}

/* How many lines from `at` on begin with the mark before one that does not. */
static size_t lines_alike(const struct text_lines *lines, size_t at, struct bytes mark)
{
	size_t alike = 0;
	for (; at < lines->count && bytes_starts_with(lines->items[at].plain, mark); at++)
		alike++;
	return alike;
}

static void strip(struct bytes *text, struct bytes mark)
{
	size_t at = 0;
	while (at < text->length && ascii_is_space(text->data[at]))
		at++;
	if (bytes_starts_with(bytes_slice(*text, at, text->length), mark))
		*text = bytes_slice(*text, at + mark.length + (at + mark.length < text->length && text->data[at + mark.length] == ' '), text->length);
}

static void quote_by(struct text_lines *lines, size_t from, struct bytes mark)
{
	unsigned depth = lines->items[from].depth;
	for (size_t i = from; i < lines->count; i++) {
		struct text_line *line = &lines->items[i];
		if (line->depth != depth || !bytes_starts_with(line->plain, mark))
			continue;
		line->depth++;
		strip(&line->text, mark);
		line->plain = bytes_trim(bytes_slice(line->plain, mark.length, line->plain.length));
	}
}

/* "RA> Carl Moss wrote:", "| -----Original Message-----": quoted themselves. */
static bool is_quoted_intro(struct bytes plain)
{
	bool initials, forwards;
	struct bytes mark = mark_of(plain, &initials);
	if (mark.length == 0)
		return false;
	struct bytes rest = bytes_trim(bytes_slice(plain, mark.length, plain.length));
	size_t words = 0;
	while (words < rest.length && (rest.data[words] == '-' || rest.data[words] == ' '))
		words++;
	return (initials && ends_attribution(plain)) || (words >= 2 && intro_is_marker(bytes_slice(rest, words, rest.length), &forwards));
}

void lines_take_other_marks(struct text_lines *lines)
{
	for (size_t at = 0; at < lines->count; at++) {
		bool initials;
		if (is_quoted_intro(lines->items[at].plain))
			quote_by(lines, at, mark_of(lines->items[at].plain, &initials));
		size_t below = line_below(lines, at);
		if (below == lines->count)
			continue;
		struct bytes mark = mark_of(lines->items[below].plain, &initials);
		if (mark.length > 0 && (initials || lines_alike(lines, below, mark) >= LINES_LEAST))
			quote_by(lines, below, mark);
	}
}
