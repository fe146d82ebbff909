/* pdf_slanted.c - see pdf_slanted.h.
 *
 * A slanted letter's rectangle is exact along the side of the page that its line is nearer to: there each begins where the one before
 * it ends, and a gap is a blank.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/pdf_slanted.h"

#include "base/text.h"

#define LINE_MOST 4      /* letters that poppler may leave together */
#define LETTERS_LEAST 4  /* of a word worth telling */
#define LETTERS_MOST 500
#define NEAR 0.6         /* of the letters' size, to the next letter */
#define BLANK 0.1

struct letter {
	struct bytes utf8;
	PopplerRectangle place;
	size_t index;   /* in the page's text */
	double size;
	bool taken;
};

struct letters {
	struct letter *items;
	size_t count;
};

static size_t visible_in(struct bytes line)
{
	size_t count = 0;
	for (size_t i = 0; i < line.length; i++)
		count += !ascii_is_space(line.data[i]) && ((unsigned char)line.data[i] & 0xC0) != 0x80;
	return count;
}

static void add_line(struct arena *arena, struct letters *letters, struct bytes line, size_t index, const PopplerRectangle *places, size_t count)
{
	bool few = visible_in(line) <= LINE_MOST;
	for (size_t at = 0; at < line.length; index++) {
		size_t next = at + 1;
		while (next < line.length && ((unsigned char)line.data[next] & 0xC0) == 0x80)
			next++;
		if (few && index < count && !ascii_is_space(line.data[at]) && letters->count < LETTERS_MOST)
			*ARENA_PUSH(arena, letters->items, letters->count) =
				(struct letter){ .utf8 = bytes_slice(line, at, next), .place = places[index], .index = index };
		at = next;
	}
}

/* The letters of short lines. */
static struct letters gather(struct arena *arena, struct bytes text, const PopplerRectangle *places, size_t count)
{
	struct letters letters = { NULL, 0 };
	size_t index = 0;
	for (size_t at = 0; at < text.length;) {
		size_t end = bytes_find_char(text, '\n', at);
		end = end == (size_t)-1 ? text.length : end;
		struct bytes line = bytes_slice(text, at, end);
		add_line(arena, &letters, line, index, places, count);
		for (size_t i = 0; i < line.length; i++)
			index += ((unsigned char)line.data[i] & 0xC0) != 0x80;
		index++; /* the line end */
		at = end + 1;
	}
	return letters;
}

static void measure(struct letters *letters, PopplerPage *page)
{
	GList *attributes = poppler_page_get_text_attributes(page);
	const GList *now = attributes;
	for (size_t i = 0; i < letters->count; i++) {
		while (now != NULL && (size_t)((const PopplerTextAttributes *)now->data)->end_index < letters->items[i].index)
			now = now->next;
		letters->items[i].size = now == NULL ? 0 : ((const PopplerTextAttributes *)now->data)->font_size;
	}
	poppler_page_free_text_attributes(attributes);
}

/* Along which side the line runs, and which way. Letters that poppler took for one word share their extent in the other direction. */
enum way { RIGHTWARDS, UPWARDS, DOWNWARDS, WAYS };

static double start_of(const struct letter *letter, enum way way)
{
	return way == RIGHTWARDS ? letter->place.x1 : way == UPWARDS ? -letter->place.y2 : letter->place.y1;
}

static double end_of(const struct letter *letter, enum way way)
{
	return way == RIGHTWARDS ? letter->place.x2 : way == UPWARDS ? -letter->place.y1 : letter->place.y2;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static double across(const struct letter *a, const struct letter *b, enum way way)
{
	return way == RIGHTWARDS ? larger(b->place.y1 - a->place.y2, a->place.y1 - b->place.y2)
				 : larger(b->place.x1 - a->place.x2, a->place.x1 - b->place.x2);
}

static double middle_x(const struct letter *letter)
{
	return (letter->place.x1 + letter->place.x2) / 2;
}

static double middle_y(const struct letter *letter)
{
	return (letter->place.y1 + letter->place.y2) / 2;
}

static bool follows(const struct letter *last, const struct letter *letter, enum way way)
{
	double gap = start_of(letter, way) - end_of(last, way);
	return !letter->taken && letter->size == last->size && gap >= -BLANK * last->size && gap <= NEAR * last->size &&
	       across(last, letter, way) <= NEAR * last->size && middle_x(letter) >= middle_x(last);
}

static struct letter *next_letter(struct letters *letters, const struct letter *last, enum way way)
{
	struct letter *best = NULL;
	for (struct letter *letter = letters->items; letter < letters->items + letters->count; letter++)
		if (letter != last && follows(last, letter, way) && (best == NULL || start_of(letter, way) < start_of(best, way)))
			best = letter;
	return best;
}

/* Words of a list or table that happen to touch at the corners go on level, then jump; a slanted line climbs every letter or two. */
static bool is_aslant(struct letter *const *run, size_t count)
{
	const struct letter *first = run[0], *last = run[count - 1];
	double down = middle_y(last) - middle_y(first);
	size_t pieces = 1, alphabetic = 0;
	for (size_t i = 0; i < count; i++) {
		alphabetic += ascii_is_alpha(run[i]->utf8.data[0]) || (unsigned char)run[i]->utf8.data[0] >= 0x80;
		pieces += i > 0 && (middle_y(run[i]) != middle_y(run[i - 1]) && middle_x(run[i]) != middle_x(run[i - 1]));
	}
	return middle_x(last) - middle_x(first) > first->size / 2 && (down > first->size / 2 || down < -first->size / 2) &&
	       pieces >= LETTERS_LEAST - 1 && pieces * 2 >= count && alphabetic >= LETTERS_LEAST - 1;
}

/* The letters are taken while the run lasts, so that it never comes back to one, and given back unless it is a slanted line. */
static void read_run(struct letters *letters, struct letter *first, enum way way, struct letter **run, struct text *out)
{
	struct text text = TEXT_INIT;
	struct letter *last = first;
	size_t count = 0;
	for (struct letter *letter = first; letter != NULL; letter = next_letter(letters, letter, way)) {
		if (count > 0 && start_of(letter, way) - end_of(last, way) > BLANK * last->size)
			text_add_char(&text, ' ');
		text_add_bytes(&text, letter->utf8);
		letter->taken = true;
		run[count++] = last = letter;
	}
	bool kept = count >= LETTERS_LEAST && is_aslant(run, count);
	if (kept) {
		text_add_char(&text, '\n');
		text_add_bytes(out, text_bytes(&text));
	}
	for (size_t i = 0; i < count; i++)
		run[i]->taken = kept;
	text_release(&text);
}

static bool begins(struct letters *letters, const struct letter *letter, enum way way)
{
	for (size_t i = 0; i < letters->count; i++)
		if (&letters->items[i] != letter && !letters->items[i].taken && follows(&letters->items[i], letter, way))
			return false;
	return true;
}

struct bytes pdf_slanted_text(struct arena *arena, PopplerPage *page, const char *text, const PopplerRectangle *places, size_t count)
{
	struct letters letters = gather(arena, bytes_of(text), places, count);
	if (letters.count < LETTERS_LEAST)
		return BYTES_EMPTY;
	measure(&letters, page);
	struct text out = TEXT_INIT;
	struct letter **run = arena_array(arena, letters.count, sizeof *run);
	for (enum way way = RIGHTWARDS; way < WAYS; way++)
		for (size_t i = 0; i < letters.count; i++)
			if (!letters.items[i].taken && begins(&letters, &letters.items[i], way))
				read_run(&letters, &letters.items[i], way, run, &out);
	struct bytes found = text_to_arena(&out, arena);
	text_release(&out);
	return found;
}
