/* other_readings.c - see other_readings.h. Only markings are taken from them: what a letter says, and who signed it, is what
 * the usual reading gives.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/other_readings.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "message/decode.h"
#include "reading/attached.h"

/* The labels that every client shows, whichever letter they stand in. */
static struct markings labels_shown(struct reading_work *work)
{
	struct markings labels = { .arena = work->arena, .wording = &work->wording };
	for (size_t i = 0; i < work->draft_count; i++) {
		const struct markings *of = &work->drafts[i]->markings;
		for (size_t n = 0; n < of->count; n++)
			if (of->items[n].strength == MARKING_EXPLICIT)
				*ARENA_PUSH(work->arena, labels.items, labels.count) = of->items[n];
	}
	return labels;
}

static void take_lines(struct reading_work *work, const struct markings *shown, const struct text_lines *lines, const char *where)
{
	size_t letters;
	struct found_letter **found = letters_find(work->arena, lines, false, LETTERS_MOST, &letters);
	for (size_t n = 0; n < letters; n++) {
		boilerplate_mark(work->arena, &work->wording, found[n]);
		work->other_text_marked |= markings_of_other_text(&work->drafts[0]->markings, shown, found[n], where);
	}
	work->other_lines_left -= lines->count;
}

/* What could be markup is read as that too: a tag inside a word hides it from whoever reads the source. */
static void take_text(struct reading_work *work, const struct markings *shown, const struct other_text *other)
{
	struct bytes text = utf8_clip(other->utf8, work->other_bytes_left);
	const char *where = work_place(work->arena, other->part, arena_printf(work->arena, " %s", other->how));
	struct text_lines lines = lines_of_plain(work->arena, text, work->other_lines_left);
	bool cut = text.length < other->utf8.length || lines.cut;
	take_lines(work, shown, &lines, where);
	if (other->html) {
		struct html_text html = html_read(work->arena, text);
		lines = lines_of_html(work->arena, &html, work->other_lines_left);
		cut |= html.truncated || lines.cut;
		take_lines(work, shown, &lines, where);
	}
	work->other_bytes_left -= text.length;
	if (cut)
		unread_add(&work->unread, other->part, "text too long to examine to the end");
}

static void take_file(struct reading_work *work, struct draft *main, const struct message *message, const struct other_file *file)
{
	struct part *part = arena_alloc(work->arena, sizeof *part);
	*part = *message->root;
	part->number = file->part;
	part->type = "application";
	part->subtype = "octet-stream";
	part->file_name = file->name != NULL && file->name[0] != '\0' ? file->name : "file in the text";
	part->enclosed = NULL;
	markings_of_file_name(&main->markings, part->file_name, part->number);
	attached_take(work, main, part, file->content);
}

/* By what they say; of equal ones, the first to be found stands first. */
static int by_text(const void *a, const void *b)
{
	const struct other_text *const *x = a, *const *y = b;
	if ((*x)->html != (*y)->html)
		return (*x)->html ? 1 : -1;
	if ((*x)->utf8.length != (*y)->utf8.length)
		return (*x)->utf8.length < (*y)->utf8.length ? -1 : 1;
	int order = (*x)->utf8.length == 0 ? 0 : memcmp((*x)->utf8.data, (*y)->utf8.data, (*x)->utf8.length);
	return order != 0 ? order : (*x > *y) - (*x < *y);
}

static bool says_the_same(const struct other_text *a, const struct other_text *b)
{
	return a->html == b->html && bytes_equal(a->utf8, b->utf8);
}

/* Whether each says what one before it said: broken mail gives the same text in hundreds of ways, and once is enough to read it. */
static const bool *find_repeats(struct arena *arena, const struct other_readings *others)
{
	bool *repeats = arena_array(arena, others->text_count, sizeof *repeats);
	const struct other_text **sorted = arena_array(arena, others->text_count, sizeof *sorted);
	for (size_t i = 0; i < others->text_count; i++)
		sorted[i] = &others->texts[i];
	if (others->text_count > 1)
		qsort(sorted, others->text_count, sizeof *sorted, by_text);
	for (size_t i = 1; i < others->text_count; i++)
		repeats[sorted[i] - others->texts] = says_the_same(sorted[i - 1], sorted[i]);
	return repeats;
}

void other_readings_take(struct reading_work *work, struct draft *main, const struct message *message)
{
	struct other_readings others;
	struct markings shown = labels_shown(work);
	message_other_readings(work->arena, message, &others);
	const bool *repeats = find_repeats(work->arena, &others);
	for (size_t i = 0; i < others.text_count; i++)
		if (!repeats[i])
			take_text(work, &shown, &others.texts[i]);
	for (size_t i = 0; i < others.file_count; i++)
		take_file(work, main, message, &others.files[i]);
}
