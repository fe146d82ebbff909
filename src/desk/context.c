/* context.c - see context.h. The sentence as rules see it comes first; markings stand in lines of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "context.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define ELLIPSIS "\xe2\x80\xa6"

static size_t word_before(struct bytes text, size_t at)
{
	while (at > 0 && ascii_is_space(text.data[at - 1]))
		at--;
	while (at > 0 && !ascii_is_space(text.data[at - 1]))
		at--;
	return at;
}

static size_t word_behind(struct bytes text, size_t at)
{
	while (at < text.length && ascii_is_space(text.data[at]))
		at++;
	while (at < text.length && !ascii_is_space(text.data[at]))
		at++;
	return at;
}

static bool is_inside_character(struct bytes text, size_t at)
{
	return at < text.length && ((unsigned char)text.data[at] & 0xc0) == 0x80;
}

/* Half of the words before, and behind whatever is left of them. */
static struct bytes window_around(struct bytes text, size_t start, size_t end, size_t *from_out)
{
	size_t from = start, to = end;
	int words = 0;
	for (; words < CONTEXT_WORDS / 2 && from > 0; words++)
		from = word_before(text, from);
	for (; words < CONTEXT_WORDS && to < text.length; words++)
		to = word_behind(text, to);
	if (start - from > CONTEXT_OCTETS)
		for (from = start - CONTEXT_OCTETS; is_inside_character(text, from); from++)
			;
	if (to - end > CONTEXT_OCTETS)
		for (to = end + CONTEXT_OCTETS; is_inside_character(text, to); to--)
			;
	*from_out = from;
	return bytes_slice(text, from, to);
}

static bool show(struct arena *arena, struct bytes text, const char *words, struct context *out)
{
	struct bytes clean = bytes_trim(arena_without_nul(arena, unicode_repair(arena, text)));
	struct bytes sought = bytes_trim(bytes_strip(bytes_of(words), "." ELLIPSIS " "));
	size_t from, at = sought.length < 2 ? (size_t)-1 : bytes_find_nocase(clean, sought, 0);
	if (at == (size_t)-1)
		return false;
	struct bytes around = window_around(clean, at, at + sought.length, &from);
	const char *before = from > 0 ? ELLIPSIS " " : "", *behind = from + around.length < clean.length ? " " ELLIPSIS : "";
	struct bytes kept = bytes_trim(around);
	size_t skipped = (size_t)(kept.data - around.data);
	out->text = arena_printf(arena, "%s%.*s%s", before, (int)kept.length, kept.data, behind);
	out->start = strlen(before) + at - from - skipped;
	out->length = sought.length;
	return true;
}

static bool find_in_sentences(struct arena *arena, const struct reading *reading, const char *where, const char *words, struct context *out)
{
	for (size_t i = 0; i < reading->sentence_count; i++)
		if (strcmp(reading->sentences[i].where, where) == 0 && show(arena, reading->sentences[i].plain, words, out))
			return true;
	return false;
}

/* "text, line 3" of a message of one part, "part 1.2, line 3" of one of several. */
static bool parse_line(struct arena *arena, const char *where, const char **part_out, size_t *line_out)
{
	static const char between[] = ", line ";
	const char *at = strstr(where, between);
	char *end = NULL;
	if (at == NULL || (strncmp(where, "text", 4) != 0 && strncmp(where, "part ", 5) != 0))
		return false;
	*part_out = where[0] == 't' ? "" : arena_printf(arena, "%.*s", (int)(at - where - 5), where + 5);
	*line_out = strtoul(at + strlen(between), &end, 10);
	return *end == '\0' && *line_out > 0;
}

static bool find_in_lines(struct arena *arena, const struct reading *reading, const char *where, const char *words, struct context *out)
{
	const char *part;
	size_t line;
	if (!parse_line(arena, where, &part, &line))
		return false;
	for (size_t i = 0; i < reading->letter_count; i++)
		for (size_t k = 0; k < reading->letters[i]->passage_count; k++) {
			const struct passage *passage = &reading->letters[i]->passages[k];
			if (strcmp(passage->part->number, part) == 0 && line <= passage->line_count &&
			    show(arena, passage->lines[line - 1].plain, words, out))
				return true;
		}
	return false;
}

bool context_of(struct arena *arena, const struct reading *reading, const char *where, const char *words, struct context *out)
{
	const char *subject = reading->outer->subject;
	if (strcmp(where, "subject") == 0)
		return subject != NULL && show(arena, bytes_of(subject), words, out);
	return find_in_sentences(arena, reading, where, words, out) || find_in_lines(arena, reading, where, words, out);
}
