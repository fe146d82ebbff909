/* needle_sets.h - the sets of needles of an expression while it is read (needles.c): gathered, closed, and the most telling kept. */
#ifndef COPYHOLD_BASE_NEEDLE_SETS_H
#define COPYHOLD_BASE_NEEDLE_SETS_H

#include "base/arena.h"
#include "base/needles.h"
#include "base/text.h"

#define NEEDLE_OPEN 4 /* beside the edges of a needle: it ends where the reader stands */

/* A needle_set that grows. */
struct growing_set {
	struct needle *items;
	size_t count;
};

struct set_list {
	struct growing_set *items;
	size_t count;
};

/* The same letters twice have the edges that both have. */
void needle_add(struct arena *arena, struct growing_set *set, struct needle needle);

enum behind { BEHIND_UNKNOWN, BEHIND_GAP, BEHIND_EDGE };
/* What stands behind the needles that are open, which they are no longer. */
void needles_close(struct set_list *list, enum behind behind);

/* The most telling one; NULL of none. */
const struct growing_set *needle_sets_best(const struct set_list *list);

/* The most telling ones, best first, in one block of memory; free() it. The list is used up. */
struct needles *needle_sets_keep(struct set_list *list);

#endif
