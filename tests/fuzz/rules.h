/* rules.h - phrases and rules of settings, as a configuration without packs has them. */
#ifndef COPYHOLD_TESTS_FUZZ_RULES_H
#define COPYHOLD_TESTS_FUZZ_RULES_H

#include "base/settings.h"
#include "fuzz.h"
#include "policy/policy.h"

/* `mode`: as policy_finish takes it. */
static inline bool rules_of_settings(const struct settings_node *root, int mode, struct lexicon *lexicon, struct policy *policy, struct error *err)
{
	const struct settings_node *phrases = settings_find(root, "phrases"), *rules = settings_find(root, "rules");
	return (phrases == NULL || lexicon_add(lexicon, phrases, err)) && lexicon_check(lexicon, err) &&
	       (rules == NULL || policy_add(policy, rules, lexicon, err)) && policy_finish(policy, mode, UNKNOWN_HOLDS, err);
}

#endif
