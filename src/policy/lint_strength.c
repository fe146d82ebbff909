/* lint_strength.c - whether a rule does more than its evidence bears.
 *
 * Words alone may not hold mail; what holds must also know who writes to whom, or see a marking. Which sentences are about words is told by
 * their slot: only they name a family. And each rule of the catalogue has an action that it should not go beyond.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lint_parts.h"

#include <string.h>

/* The strongest action a rule of the catalogue should be given, whatever its mode. */
static const struct {
	const char *id;
	enum action most;
} caps[] = {
	{ "silent-copy", ACTION_HOLD },
	{ "copied-councillor", ACTION_NOTIFY },
	{ "silent-forward", ACTION_NOTIFY },
	{ "copy-footer", ACTION_FOOTER },
	{ "confidential-third-party", ACTION_HOLD },
	{ "confidential-lineage", ACTION_HOLD },
	{ "confidential-unexplained", ACTION_NOTIFY },
	{ "group-confidence", ACTION_HOLD },
	{ "group-nonmember", ACTION_NOTIFY },
	{ "disclosure-indicated", ACTION_NOTIFY },
	{ "obligation-by-councillor", ACTION_HOLD },
	{ "financial-commitment-by-councillor", ACTION_HOLD },
	{ "official-letter-by-councillor", ACTION_NOTIFY },
	{ "obligation-unsigned", ACTION_NOTIFY },
	{ "officer-name-by-proxy", ACTION_NOTIFY },
	{ "instruction-to-staff", ACTION_NOTIFY },
	{ "direct-contact-with-staff", ACTION_REPORT },
	{ "info-request-route", ACTION_NOTIFY },
	{ "need-to-know-unstated", ACTION_NOTIFY },
	{ "planning-influence", ACTION_REPORT },
	{ "appointment-influence", ACTION_REPORT },
	{ "press-contact", ACTION_NOTIFY },
	{ "press-release-approval", ACTION_HOLD },
	{ "political-statement-by-officer", ACTION_HOLD },
	{ "publicity-heightened", ACTION_NOTIFY },
	{ "group-advice-parity", ACTION_NOTIFY },
	{ "group-report-content", ACTION_NOTIFY },
	{ "party-business-request", ACTION_FLAG },
	{ "group-demand", ACTION_FLAG },
	{ "party-use-of-resources", ACTION_NOTIFY },
	{ "conduct-in-public", ACTION_NOTIFY },
	{ "officer-complaint-routing", ACTION_NOTIFY },
	{ "code-complaint-routing", ACTION_FOOTER },
	{ "officer-personal-matter", ACTION_NOTIFY },
	{ "dispute-language", ACTION_NOTIFY },
	{ "dispute-by-email", ACTION_NOTIFY },
	{ "unreadable", ACTION_HOLD },
	{ "reply-due", ACTION_REPORT },
	{ "ward-member-stage2", ACTION_REPORT },
};

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

static enum action strongest(const struct rule *rule)
{
	bool ladder = conditions_count(rule->provided) > 0;
	enum action most = ladder && rule->otherwise > rule->action ? rule->otherwise : rule->action;
	for (enum action action = ACTION_REPORT; action < ACTION_COUNT; action++)
		if ((rule->also & 1u << action) != 0 && action > most)
			most = action;
	bool adds_line = rule->action == ACTION_FOOTER || (ladder && rule->otherwise == ACTION_FOOTER) || (rule->also & 1u << ACTION_FOOTER) != 0;
	return adds_line && rule->fallback == FALLBACK_HOLD && most < ACTION_HOLD ? ACTION_HOLD : most;
}

void lint_strength(const struct policy_linting *linting, const struct rule *rule)
{
	bool by_words = all_by_words(rule->when);
	if ((holds(rule->action) && by_words && all_by_words(rule->provided)) ||
	    (holds(rule->otherwise) && by_words && rule->provided != NULL && all_by_words(rule->otherwise_provided)))
		findings_add(linting->findings, &policy_classes[POLICY_WORDS_HOLD], rule->file, rule->line,
			     "rule \"%s\" can %s mail by words alone", rule->id, action_name(holds(rule->action) ? rule->action : rule->otherwise));
	for (size_t i = 0; i < sizeof caps / sizeof *caps; i++)
		if (strcmp(caps[i].id, rule->id) == 0 && strongest(rule) > caps[i].most)
			findings_add(linting->findings, &policy_classes[POLICY_TOO_STRONG], rule->file, rule->line,
				     "rule \"%s\": its action is %s; what it goes by bears %s at most", rule->id, action_name(strongest(rule)),
				     action_name(caps[i].most));
}
