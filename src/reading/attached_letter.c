/* attached_letter.c - documents in the form of a letter: somebody is greeted, and somebody signs (attached.h).
 *
 * "Please find attached my letter" says nothing itself; what is promised or ordered stands in the file. What a report, a form or
 * minutes say is nobody's letter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/attached.h"

#include <string.h>

#include "base/text.h"
#include "reading/greeting.h"
#include "reading/signature.h"

#define LETTER_BYTES ((size_t)40 << 10) /* a longer document is no letter */
#define LETTER_LINES 1500
#define TEXTS_MOST 100
#define GREETING_MOST 80

void attached_keep(struct reading_work *work, const struct draft *main, const char *where, struct bytes utf8)
{
	struct attached_text *last = work->attached_count == 0 ? NULL : &work->attached[work->attached_count - 1];
	if (main->letter.kind != LETTER_OUTER)
		return;
	bool goes_on = last != NULL && strcmp(last->where, where) == 0;
	if (goes_on && last->utf8.length <= LETTER_BYTES) {
		struct text joined = TEXT_INIT;
		text_add_bytes(&joined, bytes_slice(last->utf8, 0, LETTER_BYTES + 1));
		text_add_char(&joined, '\n');
		text_add_bytes(&joined, bytes_slice(utf8, 0, LETTER_BYTES + 1));
		last->utf8 = text_to_arena(&joined, work->arena);
	} else if (!goes_on && work->attached_count < TEXTS_MOST) {
		*ARENA_PUSH(work->arena, work->attached, work->attached_count) = (struct attached_text){ where, utf8 };
	}
}

static bool greets(struct bytes plain)
{
	return plain.length < GREETING_MOST && greeting_of(plain) == GREETING_FORMAL;
}

static bool somebody_is_greeted(const struct found_letter *letter)
{
	for (size_t i = 0; i < letter->line_count; i++)
		if (letter->lines[i].zone == ZONE_AUTHOR && greets(letter->lines[i].line->plain))
			return true;
	return false;
}

static void take_letter(struct reading_work *work, const struct attached_text *text)
{
	size_t count, signature_count;
	struct text_lines lines = lines_of_plain(work->arena, text->utf8, LETTER_LINES);
	struct found_letter *letter = letters_find(work->arena, &lines, false, 0, &count)[0];
	boilerplate_mark(work->arena, &work->wording, letter);
	signature_mark(work->arena, &work->wording, letter, NULL);
	const struct signature *signatures = signature_read(work->arena, &work->wording, letter, &signature_count);
	if (signature_count == 0 || !somebody_is_greeted(letter))
		return;
	struct draft *draft = draft_add(work, LETTER_ATTACHED, &work->drafts[0]->letter);
	draft->letter.signatures = signatures;
	draft->letter.signature_count = signature_count;
	work_take_sentences(work, &draft->letter, text->where, letter);
}

void attached_letters(struct reading_work *work)
{
	for (size_t i = 0; i < work->attached_count && work->draft_count < LETTERS_MOST; i++)
		if (work->attached[i].utf8.length <= LETTER_BYTES)
			take_letter(work, &work->attached[i]);
}
