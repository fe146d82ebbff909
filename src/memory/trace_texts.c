/* trace_texts.c - the prints of a message's letters and of the files attached to them: what their authors wrote, without greetings,
 * labels, signatures, boilerplate and the lines that introduce a quoted letter.
 *
 * Plain text and HTML of one letter are one text: what both say counts once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace_parts.h"

#include <stdlib.h>
#include <string.h>

#include "memory/print.h"
#include "reading/greeting.h"

#define GREETING_WORDS 5
#define LABEL_WORDS 6
#define TEXTS_MOST ((size_t)1000)

/* A text with its prints, before they are put behind each other. */
struct found_text {
	struct traced_text text;
	const struct part *part;
	struct print_words words;
	struct print_set prints;
};

struct work {
	struct arena *arena;
	const struct courtesies *courtesies;
	struct found_text *texts;
	size_t count;
};

/* A line that is nothing but a marking: many letters have it. */
static bool is_label(const struct letter *letter, struct bytes plain)
{
	for (size_t i = 0; i < letter->marking_count; i++)
		if (letter->markings[i].place == MARKING_IN_TEXT && bytes_equal_nocase(bytes_trim(plain), bytes_trim(bytes_of(letter->markings[i].words))))
			return bytes_words(plain) <= LABEL_WORDS;
	return false;
}

static bool counts(const struct letter *letter, const struct line *line)
{
	if (line->zone != ZONE_AUTHOR || line->plain.length == 0)
		return false;
	bool greeting = bytes_words(line->plain) <= GREETING_WORDS && greeting_of(line->plain) != GREETING_NONE;
	return !greeting && !is_label(letter, line->plain);
}

static void add_lines(struct print_words *words, const struct letter *letter, const struct passage *passage)
{
	for (size_t i = 0; i < passage->line_count; i++)
		if (counts(letter, &passage->lines[i]))
			print_add_line(words, passage->lines[i].plain);
}

static const char *place_of(struct arena *arena, const struct part *part, bool attachment)
{
	if (part == NULL || part->number[0] == '\0')
		return "text";
	return attachment ? trace_file_place(arena, part) : arena_printf(arena, "part %s", part->number);
}

/* A file's pages follow each other; the alternatives of a letter stand side by side. */
static struct found_text *text_for(struct work *work, const struct letter *letter, const struct passage *passage)
{
	struct found_text *last = work->count == 0 ? NULL : &work->texts[work->count - 1];
	if (last != NULL && last->text.letter == letter && last->text.attachment == passage->attachment &&
	    (!passage->attachment || last->part == passage->part))
		return last;
	if (work->count >= TEXTS_MOST)
		return NULL;
	struct found_text *text = ARENA_PUSH(work->arena, work->texts, work->count);
	text->text = (struct traced_text){ .letter = letter, .attachment = passage->attachment,
					   .where = place_of(work->arena, passage->part, passage->attachment) };
	text->part = passage->part;
	text->prints.arena = work->arena;
	text->words = (struct print_words){ .arena = work->arena, .courtesies = work->courtesies };
	return text;
}

static void end_words(struct found_text *text)
{
	print_make(&text->words, &text->prints);
	text->words = (struct print_words){ .arena = text->words.arena, .courtesies = text->words.courtesies };
}

static void take_letter(struct work *work, const struct letter *letter, bool attachments)
{
	for (size_t i = 0; i < letter->passage_count; i++) {
		const struct passage *passage = &letter->passages[i];
		struct found_text *text = passage->attachment == attachments ? text_for(work, letter, passage) : NULL;
		if (text == NULL)
			continue;
		add_lines(&text->words, letter, passage);
		bool goes_on = attachments && i + 1 < letter->passage_count && letter->passages[i + 1].part == passage->part;
		if (!goes_on)
			end_words(text);
	}
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

/* Where there are too many, the least numbers stay: of a passage two texts share, the same ones do. */
static uint64_t greatest_kept(struct work *work, size_t total)
{
	if (total <= TRACE_PRINTS_MOST)
		return UINT64_MAX;
	uint64_t *all = arena_array(work->arena, total, sizeof *all);
	size_t count = 0;
	for (size_t i = 0; i < work->count; i++) {
		const struct print_set *prints = &work->texts[i].prints;
		memcpy(all + count, prints->items, prints->count * sizeof *all);
		count += prints->count;
	}
	qsort(all, total, sizeof *all, by_number);
	/* What several texts have may stand at the border: all of it stays out. */
	return all[TRACE_PRINTS_MOST] - 1;
}

static void put_together(struct work *work, struct trace *trace)
{
	size_t total = 0;
	for (size_t i = 0; i < work->count; i++)
		total += work->texts[i].prints.count;
	uint64_t most = greatest_kept(work, total);
	uint64_t *prints = arena_array(work->arena, total < TRACE_PRINTS_MOST ? total : TRACE_PRINTS_MOST, sizeof *prints);
	struct traced_text *texts = arena_array(work->arena, work->count, sizeof *texts);
	for (size_t i = 0; i < work->count; i++) {
		const struct print_set *found = &work->texts[i].prints;
		texts[i] = work->texts[i].text;
		texts[i].first = trace->print_count;
		for (size_t j = 0; j < found->count; j++)
			if (found->items[j] <= most)
				prints[trace->print_count++] = found->items[j];
		texts[i].count = trace->print_count - texts[i].first;
	}
	trace->prints = prints;
	trace->texts = texts;
	trace->text_count = work->count;
}

void trace_take_texts(struct arena *arena, const struct reading *reading, struct trace *trace)
{
	struct work work = { .arena = arena, .courtesies = courtesies_make(arena) };
	for (size_t i = 0; i < reading->letter_count; i++)
		for (int attachments = 0; attachments < 2; attachments++)
			take_letter(&work, reading->letters[i], attachments);
	put_together(&work, trace);
}
