/* needle_sets.c - see needle_sets.h: which sets tell most, and the few that are kept.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "needle_sets.h"

#include <stdlib.h>
#include <string.h>

/* Nearly every letter to or from a council has them, so they tell little. */
static bool is_common(struct bytes letters)
{
	static const struct bytes words[] = {
		BYTES("the"), BYTES("for"), BYTES("you"), BYTES("your"), BYTES("that"), BYTES("this"), BYTES("with"), BYTES("have"), BYTES("has"),
		BYTES("are"), BYTES("and"), BYTES("not"), BYTES("our"), BYTES("was"), BYTES("will"), BYTES("from"), BYTES("council"),
		BYTES("town"), BYTES("parish"), BYTES("as"), BYTES("an"), BYTES("at"), BYTES("be"), BYTES("by"), BYTES("if"), BYTES("in"),
		BYTES("is"), BYTES("it"), BYTES("of"), BYTES("on"), BYTES("or"), BYTES("to"), BYTES("we"),
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].length == letters.length && memcmp(words[i].data, letters.data, letters.length) == 0)
			return true;
	return false;
}

/* How telling a set is: by the shortest of its needles, the edge of a word being as good as a letter. */
static size_t weight(const struct growing_set *set)
{
	size_t least = NEEDLE_LENGTH + 2;
	for (size_t i = 0; i < set->count; i++) {
		const struct needle *needle = &set->items[i];
		size_t tells = needle->letters.length + (needle->edges & NEEDLE_BEGINS_WORD) + (needle->edges & NEEDLE_ENDS_WORD) / 2;
		if (is_common(needle->letters))
			tells = needle->letters.length < 3 ? 2 : 3;
		if (tells < least)
			least = tells;
	}
	return least;
}

const struct growing_set *needle_sets_best(const struct set_list *list)
{
	const struct growing_set *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < list->count; i++) {
		size_t tells = weight(&list->items[i]);
		if (best != NULL && (tells != most ? tells < most : list->items[i].count >= best->count))
			continue;
		best = &list->items[i];
		most = tells;
	}
	return best;
}

void needle_add(struct arena *arena, struct growing_set *set, struct needle needle)
{
	for (size_t i = 0; i < set->count; i++)
		if (bytes_equal(set->items[i].letters, needle.letters)) {
			set->items[i].edges &= needle.edges;
			return;
		}
	*ARENA_PUSH(arena, set->items, set->count) = needle;
}

void needles_close(struct set_list *list, enum behind behind)
{
	for (size_t s = 0; s < list->count; s++)
		for (size_t i = 0; i < list->items[s].count; i++) {
			struct needle *needle = &list->items[s].items[i];
			bool ends = behind == BEHIND_GAP || (behind == BEHIND_EDGE && ascii_is_word(needle->letters.data[needle->letters.length - 1]));
			if ((needle->edges & NEEDLE_OPEN) != 0)
				needle->edges = (uint8_t)((needle->edges & ~NEEDLE_OPEN) | (ends ? NEEDLE_ENDS_WORD : 0));
		}
}

/* The sets that tell most, best first. */
static size_t choose(struct set_list *list, struct growing_set chosen[NEEDLE_SETS_MOST])
{
	size_t count = 0;
	while (count < NEEDLE_SETS_MOST && list->count > 0) {
		size_t best = (size_t)(needle_sets_best(list) - list->items);
		if (count > 0 && weight(&list->items[best]) < 3)
			break; /* a second set is to thin out the first: "of" does not */
		chosen[count++] = list->items[best];
		list->items[best] = list->items[--list->count];
	}
	return count;
}

/* All in one block: the sets, their needles, the letters. */
static struct needles *pack(const struct growing_set *sets, size_t count)
{
	size_t items = 0, letters = 0;
	for (size_t s = 0; s < count; s++) {
		items += sets[s].count;
		for (size_t i = 0; i < sets[s].count; i++)
			letters += sets[s].items[i].letters.length;
	}
	struct needles *needles = calloc(1, sizeof *needles + items * sizeof(struct needle) + letters);
	if (needles == NULL)
		abort();
	struct needle *item = (struct needle *)(needles + 1);
	char *letter = (char *)(item + items);
	needles->count = count;
	for (size_t s = 0; s < count; s++) {
		needles->sets[s] = (struct needle_set){ item, sets[s].count };
		for (size_t i = 0; i < sets[s].count; i++, item++) {
			const struct needle *found = &sets[s].items[i];
			*item = (struct needle){ { letter, found->letters.length }, (uint8_t)(found->edges & ~NEEDLE_OPEN) };
			letter = mempcpy(letter, found->letters.data, item->letters.length);
		}
	}
	return needles;
}

struct needles *needle_sets_keep(struct set_list *list)
{
	struct growing_set chosen[NEEDLE_SETS_MOST];
	return pack(chosen, choose(list, chosen));
}
