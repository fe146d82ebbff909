/* mutation.h - small damages to a policy, to see whether its tests notice.
 *
 * Each takes away or turns round one thing an administrator wrote: a rule, a condition, an exception, a condition of the action, or a whole
 * family of phrases. A test suite that passes all the same says nothing about that thing. */
#ifndef COPYHOLD_POLICY_MUTATION_H
#define COPYHOLD_POLICY_MUTATION_H

#include "policy/policy.h"

enum mutation_kind {
	MUTATION_RULE_GONE,
	MUTATION_CONDITION_GONE,    /* of `when` */
	MUTATION_CONDITION_TURNED,  /* must not hold any more */
	MUTATION_EXCEPTION_GONE,    /* of `unless` */
	MUTATION_EXCEPTION_TURNED,  /* excepts whom it did not */
	MUTATION_PROVISO_GONE,      /* of `provided`: what the action depends on */
	MUTATION_MILDER_GONE,       /* of `otherwise_provided` */
	MUTATION_BESIDES_GONE,      /* of `also_provided` */
	MUTATION_MEETING_GONE,      /* of `met_when` of its duty */
	MUTATION_MEETING_TURNED,
	MUTATION_FAMILY_GONE,       /* of phrases: it finds nothing */
};
struct mutation {
	enum mutation_kind kind;
	size_t rule, condition; /* which of the policy, which of its list; not for families */
	const char *family;
};

/* The families that rules ask for (those that are off, too, or not), `remember` and the reader, and those that take their meaning away; the list
 * ends in NULL. */
const char *const *policy_families(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon, bool off_too);
/* All there are, rules that are off left out. Families: those that `families` (NULL-terminated) names. */
const struct mutation *mutations_of(struct arena *arena, const struct policy *policy, const char *const *families, size_t *count_out);
/* The policy with it; NULL for a family's, which the lexicon carries out (lexicon_mute). Borrows from `policy`, which must outlive it. */
struct policy *mutation_apply(const struct policy *policy, const struct mutation *mutation);
/* The same for what is the same change of two policies that have a rule, or its conditions, from one library. */
const char *mutation_key(struct arena *arena, const struct policy *policy, const struct mutation *mutation);
/* "FILE:LINE: silent-copy without the exception "a list of the public is visible"" */
const char *mutation_sentence(struct arena *arena, const struct policy *policy, const struct mutation *mutation);

#endif
