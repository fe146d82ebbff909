/* logic.h - what can be said of conditions without any message: whether they can hold together at all.
 *
 * Each sentence of a condition counts as something that may be so or not, whatever the others are, except where two sentences of the
 * table say so of each other ("sender is councillor" and "sender is of the council": logic_relations). So "cannot" is certain, and
 * "can" means that nothing written here forbids it. */
#ifndef COPYHOLD_POLICY_LOGIC_H
#define COPYHOLD_POLICY_LOGIC_H

#include "policy/condition.h"

/* Whenever `one` holds, `other` does too, or, where it excludes, does not. A slot stands for any word, the same in both. */
struct logic_relation {
	const char *one, *other;
	bool excludes;
};
extern const struct logic_relation logic_relations[]; /* the last one has no sentence */

/* What is asked to hold at once. */
struct claim {
	const struct condition *condition;
	bool holds; /* or not */
};
struct claims {
	struct arena *arena;
	struct claim *items;
	size_t count;
};
void claim_add(struct claims *claims, const struct condition *condition, bool holds);
void claim_all(struct claims *claims, const struct condition *const *conditions, bool holds);

/* False when they certainly cannot. */
bool claims_possible(const struct claims *claims);

/* The sentence of a relation is its row of the table, or the row with the words in its slots. */
bool term_reads(struct arena *arena, const struct term *term, const char *sentence);

#endif
