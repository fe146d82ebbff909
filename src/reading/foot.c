/* foot.c - see foot.h. Above the first history that no line of the author follows; at the end when there is none. Of texts shown
 * one after the other only one gets a foot, in each of its alternatives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/foot.h"

#include "message/header.h"

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

/* How much a text looks like the place where the letter ends. */
enum closeness {
	CLOSENESS_NONE,
	CLOSENESS_OTHER,  /* a format nobody types a letter in */
	CLOSENESS_SILENT, /* no words of the author's own */
	CLOSENESS_SPEAKS,
	CLOSENESS_CLOSES, /* signs, or has the history below it */
};

static enum closeness closeness_of(const struct foot_page *page)
{
	const struct found_letter *letter = page->letter;
	bool closes = letter->child_count > 0, words = false;
	if (!page->html && !part_is(page->part, "text", "plain"))
		return CLOSENESS_OTHER;
	for (size_t i = 0; i < letter->line_count; i++) {
		closes = closes || letter->lines[i].zone == ZONE_SIGNATURE;
		words = words || (letter->lines[i].zone == ZONE_AUTHOR && !line_is_blank(letter->lines[i].line));
	}
	return closes ? CLOSENESS_CLOSES : words ? CLOSENESS_SPEAKS : CLOSENESS_SILENT;
}

/* The pages of a message and what is chosen among them. */
struct choice {
	struct arena *arena;
	const struct foot_page *pages;
	enum closeness *closeness; /* of each */
	size_t page_count;
	struct foot *feet;
	size_t foot_count;
};

static bool is_under(const struct part *part, const struct part *above)
{
	while (part != NULL && part != above)
		part = part->parent;
	return part != NULL;
}

static enum closeness closest_under(const struct choice *choice, const struct part *part)
{
	enum closeness most = CLOSENESS_NONE;
	for (size_t n = 0; n < choice->page_count; n++)
		if (choice->closeness[n] > most && is_under(choice->pages[n].part, part))
			most = choice->closeness[n];
	return most;
}

/* Of texts shown one after the other: the last one that closes the letter, else the first of those that come closest. */
static const struct part *closing_part(const struct choice *choice, const struct part *above)
{
	const struct part *closing = NULL;
	enum closeness most = CLOSENESS_NONE;
	for (const struct part *part = above->first_child; part != NULL; part = part->next) {
		enum closeness closeness = closest_under(choice, part);
		if (closeness > most || (closeness == CLOSENESS_CLOSES && most == CLOSENESS_CLOSES)) {
			closing = part;
			most = closeness;
		}
	}
	return closing;
}

static struct bytes without_brackets(struct bytes id)
{
	id = bytes_trim(id);
	return bytes_starts_with(id, BYTES("<")) && bytes_ends_with(id, BYTES(">")) ? bytes_slice(id, 1, id.length - 1) : id;
}

/* What a multipart/related shows (RFC 2387): the rest of it is pictures and frames, even where they are texts. */
static const struct part *root_of_related(const struct part *above)
{
	const char *start = part_parameter(above, "start");
	for (const struct part *part = start == NULL ? NULL : above->first_child; part != NULL; part = part->next) {
		const struct header *id = header_find(part, "Content-ID", 0);
		if (id != NULL && bytes_equal(without_brackets(id->value), without_brackets(bytes_of(start))))
			return part;
	}
	return above->first_child;
}

static const struct part *shown_part(const struct choice *choice, const struct part *above)
{
	if (part_is(above, "multipart", "related") && closest_under(choice, root_of_related(above)) != CLOSENESS_NONE)
		return root_of_related(above);
	return closing_part(choice, above);
}

static void choose(struct choice *choice, const struct part *part)
{
	if (part->first_child == NULL) {
		for (size_t n = 0; n < choice->page_count; n++)
			if (choice->pages[n].part == part)
				*ARENA_PUSH(choice->arena, choice->feet, choice->foot_count) = foot_of(&choice->pages[n]);
	} else if (part_is(part, "multipart", "alternative")) {
		for (const struct part *face = part->first_child; face != NULL; face = face->next)
			choose(choice, face);
	} else {
		const struct part *shown = shown_part(choice, part);
		if (shown != NULL)
			choose(choice, shown);
	}
}

const struct foot *feet_of(struct arena *arena, const struct foot_page *pages, size_t page_count, size_t *count_out)
{
	struct choice choice = { .arena = arena, .pages = pages, .page_count = page_count };
	*count_out = 0;
	if (page_count == 0)
		return NULL;
	choice.closeness = arena_array(arena, page_count, sizeof *choice.closeness);
	for (size_t n = 0; n < page_count; n++)
		choice.closeness[n] = closeness_of(&pages[n]);
	choose(&choice, pages[0].part->message->root);
	*count_out = choice.foot_count;
	return choice.feet;
}
