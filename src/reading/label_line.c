/* label_line.c - see label_line.h.
 *
 * A label stands among the first lines or alone on a line; under a name only as mail programs put it. It is none in the heading of a
 * disclaimer or of an agenda's section, among labels to choose from, or where the sentence above goes on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/label_line.h"

#include <string.h>

#include "reading/greeting.h"
#include "reading/lettering.h"

#define FIRST_BYTES 600     /* a line of HTML is a whole paragraph */
#define GREETING_MOST 60
#define FULL_LINE 45        /* a shorter line was ended by its author, not by a wrap */
#define LIST_LINE ((size_t)60)  /* of a list of labels */
#define SECTION_LINES ((size_t)6) /* between the heading of an agenda's section and its words on the public */
#define LIST_MOST 5             /* lines between one of them and another */
#define NOWHERE ((size_t)-1)

static bool greets(struct bytes plain)
{
	return plain.length < GREETING_MOST && greeting_of(plain) != GREETING_NONE;
}

size_t label_first_lines_end(const struct found_letter *letter)
{
	size_t lines = 0, bytes = 0;
	for (size_t i = 0; i < letter->line_count; i++) {
		const struct letter_line *line = &letter->lines[i];
		bool own = line->zone == ZONE_AUTHOR || line->zone == ZONE_SIGNATURE;
		if (!own || line_is_blank(line->line) || greets(line->line->plain))
			continue;
		if (lines == LABEL_EDGE_LINES || (lines > 0 && bytes + line->line->plain.length > FIRST_BYTES))
			return i;
		bytes += line->line->plain.length;
		lines++;
	}
	return letter->line_count;
}

static bool stands_apart(const struct found_letter *letter, size_t n)
{
	bool above = n == 0 || line_is_blank(letter->lines[n - 1].line) || letter->lines[n - 1].zone != letter->lines[n].zone;
	bool below = n + 1 == letter->line_count || line_is_blank(letter->lines[n + 1].line) ||
		     letter->lines[n + 1].zone != letter->lines[n].zone;
	return above && below;
}

static bool begins_small(const struct letter_line *line)
{
	return !line_is_blank(line->line) && line->line->plain.data[0] >= 'a' && line->line->plain.data[0] <= 'z';
}

/* A word or two that a wrap left at the start of a line: the sentence above goes on. */
static bool goes_on_from_above(const struct found_letter *letter, size_t n)
{
	if (n == 0 || letter->lines[n - 1].zone != letter->lines[n].zone || line_is_blank(letter->lines[n - 1].line))
		return false;
	struct bytes above = letter->lines[n - 1].line->plain;
	if (strchr(".:!?-_=*,", above.data[above.length - 1]) != NULL)
		return false;
	bool goes_on_below = begins_small(&letter->lines[n]) && n + 1 < letter->line_count && begins_small(&letter->lines[n + 1]);
	return above.length >= FULL_LINE || goes_on_below;
}

/* The heading of a disclaimer says nothing of the letter. */
static bool heads_disclaimer(const struct found_letter *letter, size_t n)
{
	for (size_t i = n + 1; i < letter->line_count && letter->lines[i].zone != ZONE_HEADER; i++)
		if (!line_is_blank(letter->lines[i].line))
			return letter->lines[i].zone == ZONE_DISCLAIMER;
	return false;
}

bool label_has_odd_letters(struct arena *arena, const struct found_letter *letter)
{
	for (size_t i = 0; i < letter->line_count; i++) {
		struct bytes plain = letter->lines[i].line->plain;
		bool broken = plain.length > 1 && plain.data[plain.length - 1] == '-' && ascii_is_alpha(plain.data[plain.length - 2]);
		if (broken || lettering_read(arena, plain).data != plain.data)
			return true;
	}
	return false;
}

/* The line as the eye reads it, with the rest of a word that goes on below. */
static struct bytes line_as_read(const struct markings *markings, const struct found_letter *letter, size_t n)
{
	struct bytes plain = letter->lines[n].line->plain;
	if (!markings->odd_letters)
		return plain;
	if (n + 1 < letter->line_count && letter->lines[n + 1].zone == letter->lines[n].zone)
		plain = lettering_join(markings->arena, plain, letter->lines[n + 1].line->plain);
	return lettering_read(markings->arena, plain);
}

static bool is_open_label(const struct markings *markings, struct bytes plain)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	struct phrase_match match;
	return stock_find(wording->stock, wording->scratch, STOCK_OPEN_LABEL, plain, &span) ||
	       (lexicon_find(wording->lexicon, wording->scratch, "marking-open", plain, &match) == YES &&
		standing_of(wording, plain, &match.span) == STANDS_ALONE);
}

/* One of several labels under each other, of which the reader is told or asked to choose: one that anybody may read is among them. */
static bool stands_in_list(const struct markings *markings, const struct found_letter *letter, size_t n)
{
	for (int step = -1; step <= 1; step += 2) {
		size_t i = n;
		for (int far = 0; far < LIST_MOST; far++) {
			if ((step < 0 && i == 0) || (step > 0 && i + 1 == letter->line_count))
				break;
			i += (size_t)step;
			if (line_is_blank(letter->lines[i].line) || letter->lines[i].line->plain.length > LIST_LINE)
				break;
			if (is_open_label(markings, letter->lines[i].line->plain))
				return true;
		}
	}
	return false;
}

static bool says_any(struct bytes plain, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_find_nocase(plain, bytes_of(words[i]), 0) != NOWHERE)
			return true;
	return false;
}

/* "The press and public will be excluded", a few lines above or below. */
static bool excludes_public_near(const struct found_letter *letter, size_t n)
{
	static const char *const exclusions[] = { "exclu", "withdraw", "eithrio", "gwahardd" }, *const people[] = { "public", "press", "cyhoedd" };
	size_t from = n > SECTION_LINES ? n - SECTION_LINES : 0, to = n + SECTION_LINES < letter->line_count ? n + SECTION_LINES : letter->line_count - 1;
	for (size_t i = from; i <= to; i++) {
		struct bytes plain = letter->lines[i].line->plain;
		if (says_any(plain, exclusions, sizeof exclusions / sizeof *exclusions) && says_any(plain, people, sizeof people / sizeof *people))
			return true;
	}
	return false;
}

/* "PART II - CONFIDENTIAL" in an agenda, which says what of it is taken without the public: the heading labels those items, not the agenda. */
static bool heads_agenda_section(const struct found_letter *letter, size_t n)
{
	static const char *const sections[] = { "part ii", "part 2", "part two", "part b", "item", "business", "session", "section", "rhan ", "eitem" };
	static const char *const agendas[] = { "agenda", "summons", "summoned", "rhaglen" };
	if (!says_any(letter->lines[n].line->plain, sections, sizeof sections / sizeof *sections) || !excludes_public_near(letter, n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (letter->lines[i].zone == letter->lines[n].zone && letter->lines[i].line->plain.length <= LIST_LINE &&
		    says_any(letter->lines[i].line->plain, agendas, sizeof agendas / sizeof *agendas))
			return true;
	return false;
}

bool label_line_at(const struct markings *markings, const struct found_letter *letter, size_t n, bool first, struct bytes *text_out,
		   struct pattern_span *span_out)
{
	const struct letter_line *line = &letter->lines[n];
	bool own = line->zone == ZONE_AUTHOR || (first && line->zone == ZONE_SIGNATURE);
	if (line->zone == ZONE_HEADER || line_is_blank(line->line) || line->line->plain.length > LABEL_LINE || goes_on_from_above(letter, n))
		return false;
	*text_out = line_as_read(markings, letter, n);
	enum standing standing = markings_best(markings, *text_out, span_out);
	/* Under the name, as mail programs put the label they were told. */
	bool below = line->zone == ZONE_SIGNATURE && standing == STANDS_LABEL && is_unmistakable(bytes_slice(*text_out, span_out->start, span_out->end)) &&
		     stands_apart(letter, n) && !heads_disclaimer(letter, n);
	bool alone = standing == STANDS_ALONE && (own || (stands_apart(letter, n) && !heads_disclaimer(letter, n)));
	bool labels = alone || below || (own && standing == STANDS_LABEL && (first || stands_apart(letter, n)));
	return labels && !markings_cancelled(markings, *text_out) && !stands_in_list(markings, letter, n) && !heads_agenda_section(letter, n);
}
