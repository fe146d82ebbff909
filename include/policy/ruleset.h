/* ruleset.h - what a policy is made of; for the files of this layer only. */
#ifndef COPYHOLD_POLICY_RULESET_H
#define COPYHOLD_POLICY_RULESET_H

#include "policy/policy.h"

struct policy {
	struct arena *arena;
	struct rule *rules;
	size_t count;
	enum unknown_means unknown;
	const char *digest;
};

#endif
