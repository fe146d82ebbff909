/* foot.c - see foot.h. Above the first history that no line of the author follows; at the end when there is none.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/foot.h"

#define NOWHERE ((size_t)-1)

static size_t index_of(const struct foot_page *page, const struct letter_line *line)
{
	return (size_t)(line->line - page->lines->items);
}

/* The last line the author wrote or signed; boilerplate under the history does not count. */
static size_t last_own(const struct foot_page *page)
{
	size_t last = NOWHERE;
	for (size_t i = 0; i < page->letter->line_count; i++) {
		const struct letter_line *line = &page->letter->lines[i];
		if ((line->zone == ZONE_AUTHOR || line->zone == ZONE_SIGNATURE) && !line_is_blank(line->line))
			last = index_of(page, line);
	}
	return last;
}

static size_t first_line(const struct foot_page *page, const struct found_letter *letter)
{
	size_t first = NOWHERE;
	for (size_t i = 0; i < letter->line_count; i++)
		if (!line_is_blank(letter->lines[i].line) && index_of(page, &letter->lines[i]) < first)
			first = index_of(page, &letter->lines[i]);
	for (size_t i = 0; i < letter->child_count; i++) {
		size_t below = first_line(page, letter->children[i]);
		if (below < first)
			first = below;
	}
	return first;
}

static size_t trailing_history(const struct foot_page *page)
{
	size_t own = last_own(page), found = NOWHERE;
	for (size_t i = 0; i < page->letter->child_count; i++) {
		size_t first = first_line(page, page->letter->children[i]);
		if (first != NOWHERE && (own == NOWHERE || first > own) && first < found)
			found = first;
	}
	return found;
}

struct foot foot_of(const struct foot_page *page)
{
	struct foot foot = { .part = page->part, .html = page->html, .at = page->end, .at_end = true };
	size_t history = trailing_history(page);
	if (history != NOWHERE) {
		foot.at = page->lines->items[history].place;
		foot.at_end = false;
	}
	foot.line_open = !page->html && foot.at > 0 && page->source.data[foot.at - 1] != '\n';
	return foot;
}

/* The multipart/alternative that a part is one face of, or the part itself. */
static const struct part *choice_of(const struct part *part)
{
	const struct part *choice = part;
	for (const struct part *above = part->parent; above != NULL; above = above->parent)
		if (part_is(above, "multipart", "alternative"))
			choice = above;
	return choice;
}

/* The text that closes the letter: the last one with a signature or history, else the first with words of its own. */
static const struct part *closing_choice(const struct foot_page *pages, size_t page_count)
{
	const struct part *signs = NULL, *speaks = NULL;
	for (size_t n = 0; n < page_count; n++) {
		const struct found_letter *letter = pages[n].letter;
		bool closes = letter->child_count > 0, words = false;
		for (size_t i = 0; i < letter->line_count; i++) {
			closes = closes || letter->lines[i].zone == ZONE_SIGNATURE;
			words = words || (letter->lines[i].zone == ZONE_AUTHOR && !line_is_blank(letter->lines[i].line));
		}
		if (closes)
			signs = choice_of(pages[n].part);
		if (words && speaks == NULL)
			speaks = choice_of(pages[n].part);
	}
	if (signs != NULL)
		return signs;
	return speaks != NULL || page_count == 0 ? speaks : choice_of(pages[0].part);
}

const struct foot *feet_of(struct arena *arena, const struct foot_page *pages, size_t page_count, size_t *count_out)
{
	struct foot *feet = NULL;
	const struct part *choice = closing_choice(pages, page_count);
	*count_out = 0;
	for (size_t n = 0; n < page_count; n++)
		if (choice_of(pages[n].part) == choice)
			*ARENA_PUSH(arena, feet, *count_out) = foot_of(&pages[n]);
	return feet;
}
