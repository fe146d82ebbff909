/* lint_parts.h - what the files of lint share. */
#ifndef COPYHOLD_POLICY_LINT_PARTS_H
#define COPYHOLD_POLICY_LINT_PARTS_H

#include "policy/lint.h"
#include "policy/logic.h"
#include "policy/rule.h"

enum policy_class {
	POLICY_CONTRADICTION,
	POLICY_SWALLOWED,
	POLICY_IDLE_EXCEPTION,
	POLICY_IDLE_ALTERNATIVE,
	POLICY_TWICE,
	POLICY_ACTION_UNREACHABLE,
	POLICY_OTHERWISE_UNREACHABLE,
	POLICY_SHADOWED,
	POLICY_RULES_CONTRADICT,
	POLICY_WORDS_HOLD,
	POLICY_TOO_STRONG,
	POLICY_MODE_OVERRIDDEN,
	POLICY_NOBODY,
	POLICY_UNUSED_FAMILY,
	POLICY_EMPTY_FAMILY,
};

/* All of `when`, none of `unless`. */
void lint_claim_fires(struct claims *claims, const struct rule *rule);

/* One rule; false when it cannot fire, so that nothing more need be said of it. */
bool lint_rule(const struct policy_linting *linting, const struct rule *rule);
void lint_pairs(const struct policy_linting *linting, const bool *alive);
void lint_strength(const struct policy_linting *linting, const struct rule *rule);
void lint_names(const struct policy_linting *linting);

#endif
