/* sentences.c - what an author says in all texts of a message, each sentence once (drafts.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/drafts.h"

#include <stdint.h>

#include "reading/sentence.h"

#define SENTENCES_MOST 20000

static size_t hash_of(struct bytes text)
{
	uint64_t hash = 1469598103934665603u;
	for (size_t i = 0; i < text.length; i++)
		if (!ascii_is_space(text.data[i]))
			hash = (hash ^ (unsigned char)ascii_lower(text.data[i])) * 1099511628211u;
	return (size_t)(hash ^ hash >> 29);
}

/* The same words, however they are spaced. */
static bool says_the_same(struct bytes a, struct bytes b)
{
	size_t i = 0, k = 0;
	for (;;) {
		while (i < a.length && ascii_is_space(a.data[i]))
			i++;
		while (k < b.length && ascii_is_space(b.data[k]))
			k++;
		if (i == a.length || k == b.length)
			return i == a.length && k == b.length;
		if (ascii_lower(a.data[i++]) != ascii_lower(b.data[k++]))
			return false;
	}
}

/* The slot that holds the sentence, or the free one where it goes. */
static size_t *slot_of(struct reading_work *work, struct bytes plain)
{
	size_t slot = hash_of(plain) & (work->seen_size - 1);
	while (work->seen[slot] != 0 && !says_the_same(work->sentences[work->seen[slot] - 1].plain, plain))
		slot = (slot + 1) & (work->seen_size - 1);
	return &work->seen[slot];
}

static void make_room(struct reading_work *work)
{
	if (2 * (work->sentence_count + 1) < work->seen_size)
		return;
	work->seen_size = work->seen_size == 0 ? 64 : work->seen_size * 2;
	work->seen = arena_array(work->arena, work->seen_size, sizeof *work->seen);
	for (size_t i = 0; i < work->sentence_count; i++)
		*slot_of(work, work->sentences[i].plain) = i + 1;
}

const char *work_place(struct arena *arena, const char *part, const char *what)
{
	return part[0] == '\0' ? arena_printf(arena, "text%s", what) : arena_printf(arena, "part %s%s", part, what);
}

void work_take_sentences(struct reading_work *work, const struct letter *letter, const char *where, const struct found_letter *found)
{
	size_t count;
	struct said *said = sentences_of(work->arena, found, true, &count);
	for (size_t i = 0; i < count; i++) {
		make_room(work);
		size_t *slot = slot_of(work, said[i].plain);
		if (*slot != 0)
			continue; /* another alternative said it already */
		if (work->sentence_count == SENTENCES_MOST) {
			unread_add(&work->unread, "", "more sentences than are examined");
			return;
		}
		*slot = work->sentence_count + 1;
		*ARENA_PUSH(work->arena, work->sentences, work->sentence_count) = (struct sentence){
			.letter = letter,
			.where = arena_printf(work->arena, "%s, line %zu", where, said[i].line + 1),
			.plain = said[i].plain,
			.zone = said[i].zone,
			.question = said[i].question,
		};
	}
}
