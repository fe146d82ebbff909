/* ruleset.h - what a policy is made of; for the files of this layer only. */
#ifndef COPYHOLD_POLICY_RULESET_H
#define COPYHOLD_POLICY_RULESET_H

#include "policy/condition.h"

struct policy {
	struct arena *arena;
	struct rule *rules;
	size_t count;
	struct rule *shared; /* of libraries; in force only as a rule of the same id */
	size_t shared_count;
	enum unknown_means unknown;
	const struct condition *const *remember[REMEMBER_COUNT]; /* NULL: nothing is said of that kind */
	const char *digest;
	const struct ground *ground; /* testimony.h */
	size_t ground_count;
};

/* Its ground (testimony.h). */
void policy_find_ground(struct policy *policy);

/* Which kinds of message it is, to be remembered as (verdict.remember). */
unsigned remember_kinds_of(const struct policy *policy, const struct question *about, struct memo_list *memos);

#endif
