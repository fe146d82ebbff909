/* drafts.c - texts become letters: each alternative is cut by itself, and what is one letter is put together again (drafts.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drafts.h"

#include <string.h>

#include "base/text.h"
#include "reading/headers.h"
#include "reading/signature.h"

static const struct mailboxes_way with_opinion = { mailboxes_of };

struct draft *draft_add(struct reading_work *work, enum letter_kind kind, const struct letter *parent)
{
	struct draft *draft = arena_alloc(work->arena, sizeof *draft);
	draft->letter.kind = kind;
	draft->letter.parent = parent;
	draft->markings.arena = work->arena;
	draft->markings.wording = &work->wording;
	*ARENA_PUSH(work->arena, work->drafts, work->draft_count) = draft;
	return draft;
}

struct draft *draft_of_message(struct reading_work *work, const struct message *message, enum letter_kind kind,
			       const struct letter *parent)
{
	struct draft *draft = draft_add(work, kind, parent);
	letter_of_headers(&draft->markings, message, with_opinion, &draft->letter);
	return draft;
}

static bool same_people(const struct mailbox_list *a, const struct mailbox_list *b)
{
	if (a->count == 0 || b->count == 0)
		return a->count == b->count;
	struct bytes x = bytes_of(a->items[0].address), y = bytes_of(b->items[0].address);
	if (x.length > 0 && y.length > 0)
		return bytes_equal_nocase(x, y);
	return bytes_equal_nocase(bytes_of(a->items[0].name), bytes_of(b->items[0].name));
}

/* The letter that another alternative showed already, or a new one. */
static struct draft *draft_of_found(struct reading_work *work, const struct found_letter *found, const struct letter *parent,
				    size_t first)
{
	for (size_t i = first; i < work->draft_count; i++) {
		struct draft *draft = work->drafts[i];
		if (draft->letter.parent == parent && draft->letter.kind == found->kind && draft->matched_in != work->text_count &&
		    same_people(&draft->letter.from, &found->intro.from)) {
			draft->matched_in = work->text_count;
			return draft;
		}
	}
	struct draft *draft = draft_add(work, found->kind, parent);
	draft->matched_in = work->text_count;
	draft->letter.from = found->intro.from;
	draft->letter.to = found->intro.to;
	draft->letter.cc = found->intro.cc;
	draft->letter.date = found->intro.date;
	letter_take_subject(work->arena, &draft->letter, found->intro.subject);
	if (found->kind == LETTER_FORWARDED)
		draft->letter.is_forward = true;
	markings_of_subject(&draft->markings, found->intro.subject);
	return draft;
}

static void add_passage(struct reading_work *work, struct draft *draft, const struct source *source, const struct found_letter *found)
{
	struct line *lines = arena_array(work->arena, found->line_count, sizeof *lines);
	for (size_t i = 0; i < found->line_count; i++) {
		const struct text_line *line = found->lines[i].line;
		lines[i] = (struct line){ line->text, line->plain, found->lines[i].zone, line->offset, line->end };
	}
	*ARENA_PUSH(work->arena, draft->passages, draft->letter.passage_count) =
		(struct passage){ source->part, source->html, !source->shown, lines, found->line_count };
}

static void take_signatures(struct reading_work *work, struct letter *letter, const struct found_letter *found)
{
	size_t count;
	const struct signature *signatures = signature_read(work->arena, &work->wording, found, &count);
	bool named = letter->signature_count > 0 && letter->signatures[0].name != NULL;
	if (count == 0 || named || (letter->signature_count > 0 && signatures[0].name == NULL))
		return;
	letter->signatures = signatures;
	letter->signature_count = count;
}

static void take_letter(struct reading_work *work, struct draft *draft, struct found_letter *found, const struct source *source)
{
	struct letter *letter = &draft->letter;
	const char *from_name = letter->from.count == 0 ? NULL : letter->from.items[0].name;
	boilerplate_mark(work->arena, &work->wording, found);
	signature_mark(work->arena, &work->wording, found, from_name);
	add_passage(work, draft, source, found);
	if (source->shown)
		take_signatures(work, letter, found);
	if (source->file != NULL)
		markings_of_document(&draft->markings, found, source->file, source->place, source->number);
	else
		markings_of_text(&draft->markings, found, source->number);
	if (letter->kind == LETTER_OUTER && source->shown)
		work_take_sentences(work, letter, work_place(work->arena, source->number, ""), found);
}

void drafts_take(struct reading_work *work, struct draft *main, size_t first, const struct source *source)
{
	size_t count;
	/* Quotation marks in an attached file are its own affair: a diff, a listing. */
	size_t most = source->shown && work->draft_count < LETTERS_MOST ? LETTERS_MOST - work->draft_count : 0;
	struct found_letter **found = letters_find(work->arena, &source->lines, main->letter.is_forward, most, &count);
	struct draft **drafts = arena_array(work->arena, count, sizeof *drafts);
	found[0]->kind = main->letter.kind;
	work->text_count++;
	for (size_t i = 0; i < count; i++) {
		drafts[i] = main;
		for (size_t k = 0; i > 0 && k < i; k++)
			if (found[k] == found[i]->parent)
				drafts[i] = draft_of_found(work, found[i], &drafts[k]->letter, first);
		take_letter(work, drafts[i], found[i], source);
	}
	if (main->letter.kind != LETTER_OUTER || !source->shown)
		return;
	struct text_lines *lines = arena_alloc(work->arena, sizeof *lines);
	*lines = source->lines;
	*ARENA_PUSH(work->arena, work->pages, work->page_count) =
		(struct foot_page){ source->part, source->html, source->source, source->end, lines, found[0] };
}

const struct letter *draft_settle(struct draft *draft)
{
	struct letter *letter = &draft->letter;
	letter->passages = draft->passages;
	letter->markings = draft->markings.items;
	letter->marking_count = draft->markings.count;
	/* Who labels a message and says elsewhere that something is not confidential has not taken the label away. */
	letter->unmarked = draft->markings.unmarked;
	for (size_t i = 0; i < letter->marking_count; i++) {
		const struct marking *marking = &letter->markings[i];
		bool in_file = marking->place == MARKING_IN_DOCUMENT || marking->place == MARKING_IN_FILE_NAME;
		bool stands = marking->place != MARKING_IN_OTHER_TEXT && !(in_file && draft->markings.unmarked_attached);
		if (marking->strength == MARKING_EXPLICIT && !marking->inherited && stands)
			letter->unmarked = false;
	}
	return letter;
}
