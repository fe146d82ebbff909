/* lint_strength.c - whether a rule does more than its evidence bears.
 *
 * Words alone may not hold mail; what holds must also know who writes to whom, or see a marking. Which sentences are about words is told by
 * their slot: only they name a family. And a rule may say itself which action is the most that it bears.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lint_parts.h"

#include <string.h>

static bool is_about_words(const struct term *term)
{
	return strstr(term->predicate->sentence, "{family}") != NULL && strstr(term->predicate->sentence, "marked") == NULL &&
	       strstr(term->predicate->sentence, "unreadable") == NULL;
}

/* Some way for it to hold asks for words and nothing else. A sentence turned round finds nobody, and so proves nothing either. */
static bool holds_by_words(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++) {
		bool words = true;
		for (size_t k = 0; k < condition->alternatives[i].count; k++)
			words &= condition->alternatives[i].terms[k].negated || is_about_words(&condition->alternatives[i].terms[k]);
		if (words)
			return true;
	}
	return false;
}

static bool all_by_words(const struct condition *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		if (!holds_by_words(*list))
			return false;
	return true;
}

static bool holds(enum action action)
{
	return action >= ACTION_HOLD;
}

void lint_strength(const struct policy_linting *linting, const struct rule *rule)
{
	bool by_words = all_by_words(rule->when);
	if ((holds(rule->action) && by_words && all_by_words(rule->provided)) ||
	    (holds(rule->otherwise) && by_words && rule->provided != NULL && all_by_words(rule->otherwise_provided)))
		findings_add(linting->findings, &policy_classes[POLICY_WORDS_HOLD], rule->file, rule->line,
			     "rule \"%s\" can %s mail by words alone", rule->id, action_name(holds(rule->action) ? rule->action : rule->otherwise));
}

void policy_tell_capped(const struct policy *policy, struct findings *found)
{
	for (size_t i = 0; i < policy_count(policy); i++) {
		const struct rule *rule = policy_at(policy, i);
		if (rule->mode != MODE_OFF && rule->wanted > rule->most)
			findings_add(found, &policy_classes[POLICY_TOO_STRONG], rule->file, rule->line,
				     "rule \"%s\" asks for %s; what it goes by bears %s at most, and no more is done", rule->id,
				     action_name(rule->wanted), action_name(rule->most));
	}
}

void policy_tell_overridden(const struct policy *policy, const char *file, struct findings *found)
{
	for (size_t i = 0; i < policy_count(policy); i++) {
		const struct rule *rule = policy_at(policy, i);
		if (rule->mode_file != NULL && strcmp(rule->mode_file, file) == 0 && rule->mode != rule->mode_wanted)
			findings_add(found, &policy_classes[POLICY_MODE_OVERRIDDEN], rule->mode_file, rule->mode_line,
				     "rule \"%s\" is given mode %s here, but is in mode %s, which stands at the top of the file", rule->id,
				     mode_name(rule->mode_wanted), mode_name(rule->mode));
	}
}
