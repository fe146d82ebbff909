/* lint.c - see lint.h: the classes, and one rule by itself.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "lint_parts.h"

const struct finding_class policy_classes[] = {
	[POLICY_CONTRADICTION] = { "contradiction", "the conditions of a rule cannot hold together, so that it never fires",
				   "Take one of them out, or turn it round." },
	[POLICY_SWALLOWED] = { "exception-swallows-rule", "an exception holds whenever the rule would fire, so that it never does",
			       "Make the exception narrower: join it to a condition of its own with and:." },
	[POLICY_IDLE_EXCEPTION] = { "idle-exception", "an exception can never hold where the rule fires, so that it excepts nobody",
				    "Take it out, or correct it: whom it was to except is not excepted." },
	[POLICY_IDLE_ALTERNATIVE] = { "idle-alternative", "what stands before or behind an or: can never hold where it is asked",
				      "Take it out, or correct it." },
	[POLICY_TWICE] = { "said-twice", "a list has the same condition twice", "Take one of the two out." },
	[POLICY_ACTION_UNREACHABLE] = { "action-out-of-reach", "what the action depends on can never hold where the rule fires",
					"Correct `provided`, or make the milder action the action." },
	[POLICY_OTHERWISE_UNREACHABLE] = { "otherwise-out-of-reach", "the milder action can never be reached",
					   "Take otherwise_provided out, or give the action a condition in `provided`." },
	[POLICY_SHADOWED] = { "shadowed-rule", "wherever a rule fires another one does, for the same clause, and does as much",
			      "Take it out, or give it what the other one has not: a narrower clause, a stronger action." },
	[POLICY_RULES_CONTRADICT] = { "contradictory-rules", "two rules want on the same message what cannot both be done",
				      "Except from one what the other is about, or give both the same action and on_expiry." },
	[POLICY_WORDS_HOLD] = { "held-by-words-alone", "a rule can hold mail by words alone, whoever wrote it to whom",
				"Add a condition on who writes to whom, or let the action be notify: words alone prove nothing." },
	[POLICY_TOO_STRONG] = { "too-strong", "a rule is given a stronger action than its `most` allows, which is not done",
				"Take back the action to what the reason says." },
	[POLICY_MODE_OVERRIDDEN] = { "mode-overridden", "a rule is given a mode, but another one at the top of the file is in force for all that are not off",
				     "Take one of the two out: without a mode at the top, each rule goes by its own." },
	[POLICY_NOBODY] = { "nobody-holds", "a rule asks for a role or an office that nobody in the directory has",
			    "Add the row to the people file, or take the condition out." },
	[POLICY_UNUSED_FAMILY] = { "unused-family", "no rule and no other family asks for a family of phrases",
				   "Correct its name if it was to add to another one; otherwise take it out." },
	[POLICY_EMPTY_FAMILY] = { "empty-family", "a rule asks for a family that has no phrases, so that the condition never holds",
				  "Give the family phrases, or take the condition out." },
	{ NULL, NULL, NULL },
};

void lint_claim_fires(struct claims *claims, const struct rule *rule)
{
	claim_all(claims, rule->when, true);
	claim_all(claims, rule->unless, false);
}

/* One look at claims in an arena of its own. */
struct trial {
	struct claims claims;
};

static struct trial trial_begin(void)
{
	return (struct trial){ { .arena = arena_new() } };
}

static bool trial_end(struct trial *trial)
{
	bool possible = claims_possible(&trial->claims);
	arena_free(&trial->claims.arena);
	return possible;
}

static void tell(const struct policy_linting *linting, enum policy_class class, const struct rule *rule, const struct condition *at,
		 const char *format, ...) __attribute__((format(printf, 5, 6)));

static void tell(const struct policy_linting *linting, enum policy_class class, const struct rule *rule, const struct condition *at,
		 const char *format, ...)
{
	struct arena *arena = arena_new();
	va_list args;
	va_start(args, format);
	const char *words = arena_vprintf(arena, format, args);
	va_end(args);
	bool placed = at != NULL && at->file != NULL;
	findings_add(linting->findings, &policy_classes[class], placed ? at->file : rule->file, placed ? at->line : rule->line,
		     "rule \"%s\": %s", rule->id, words);
	arena_free(&arena);
}

/* ---- a rule that cannot fire -------------------------------------------------------------------------------- */

/* Two conditions that will not go together are easier to see than all of them. */
static void tell_contradiction(const struct policy_linting *linting, const struct rule *rule)
{
	for (size_t i = 0; rule->when[i] != NULL; i++)
		for (size_t k = 0; k <= i; k++) {
			struct trial trial = trial_begin();
			claim_add(&trial.claims, rule->when[i], true);
			claim_add(&trial.claims, rule->when[k], true);
			if (trial_end(&trial))
				continue;
			if (i == k)
				tell(linting, POLICY_CONTRADICTION, rule, rule->when[i], "\"%s\" contradicts itself", rule->when[i]->sentence);
			else
				tell(linting, POLICY_CONTRADICTION, rule, rule->when[i], "\"%s\" cannot hold where \"%s\" does", rule->when[i]->sentence,
				     rule->when[k]->sentence);
			return;
		}
	tell(linting, POLICY_CONTRADICTION, rule, NULL, "its conditions cannot all hold together");
}

static bool excepts_all(const struct rule *rule, const struct condition *exception)
{
	struct trial trial = trial_begin();
	claim_all(&trial.claims, rule->when, true);
	claim_add(&trial.claims, exception, false);
	return !trial_end(&trial);
}

static bool can_fire(const struct policy_linting *linting, const struct rule *rule)
{
	struct trial trial = trial_begin();
	claim_all(&trial.claims, rule->when, true);
	if (!trial_end(&trial)) {
		tell_contradiction(linting, rule);
		return false;
	}
	bool told = false;
	for (size_t i = 0; i < conditions_count(rule->unless); i++)
		if (excepts_all(rule, rule->unless[i])) {
			tell(linting, POLICY_SWALLOWED, rule, rule->unless[i], "the exception \"%s\" holds whenever the rule would fire",
			     rule->unless[i]->sentence);
			told = true;
		}
	trial = trial_begin();
	lint_claim_fires(&trial.claims, rule);
	if (trial_end(&trial))
		return true;
	if (!told)
		tell(linting, POLICY_SWALLOWED, rule, NULL, "its exceptions together leave nothing of it");
	return false;
}

/* ---- parts that do nothing ---------------------------------------------------------------------------------- */

static void check_exceptions(const struct policy_linting *linting, const struct rule *rule)
{
	for (size_t i = 0; i < conditions_count(rule->unless); i++) {
		struct trial trial = trial_begin();
		claim_all(&trial.claims, rule->when, true);
		claim_add(&trial.claims, rule->unless[i], true);
		if (!trial_end(&trial))
			tell(linting, POLICY_IDLE_EXCEPTION, rule, rule->unless[i], "the exception \"%s\" can never hold where the conditions do",
			     rule->unless[i]->sentence);
	}
}

static void check_alternatives(const struct policy_linting *linting, const struct rule *rule, const struct condition *const *list)
{
	for (size_t i = 0; i < conditions_count(list); i++)
		for (size_t k = 0; list[i]->count > 1 && k < list[i]->count; k++) {
			const struct condition one = { .alternatives = &list[i]->alternatives[k], .count = 1 };
			struct trial trial = trial_begin();
			claim_all(&trial.claims, rule->when, true);
			claim_add(&trial.claims, &one, true);
			if (!trial_end(&trial))
				tell(linting, POLICY_IDLE_ALTERNATIVE, rule, list[i], "of \"%s\", number %zu can never hold where the conditions do",
				     list[i]->sentence, k + 1);
		}
}

static void check_twice(const struct policy_linting *linting, const struct rule *rule, const struct condition *const *list)
{
	for (size_t i = 1; i < conditions_count(list); i++)
		for (size_t k = 0; k < i; k++)
			if (bytes_equal_nocase(bytes_of(list[i]->sentence), bytes_of(list[k]->sentence)))
				tell(linting, POLICY_TWICE, rule, list[i], "\"%s\" stands there already", list[i]->sentence);
}

static bool possible_where_fires(const struct rule *rule, const struct condition *const *list)
{
	struct trial trial = trial_begin();
	lint_claim_fires(&trial.claims, rule);
	claim_all(&trial.claims, list, true);
	return trial_end(&trial);
}

/* Where each of `provided` follows from the rule's firing, what else would be done never is. */
static bool always_provided(const struct rule *rule)
{
	for (size_t i = 0; i < conditions_count(rule->provided); i++) {
		struct trial trial = trial_begin();
		lint_claim_fires(&trial.claims, rule);
		claim_add(&trial.claims, rule->provided[i], false);
		if (trial_end(&trial))
			return false;
	}
	return true;
}

static void check_ladder(const struct policy_linting *linting, const struct rule *rule)
{
	const struct condition *const *provided = rule->provided, *const *otherwise = rule->otherwise_provided;
	if (conditions_count(provided) > 0 && !possible_where_fires(rule, provided))
		tell(linting, POLICY_ACTION_UNREACHABLE, rule, provided[0], "%s is never done: `provided` cannot hold where the rule fires",
		     action_name(rule->action));
	else if (conditions_count(provided) > 0 && always_provided(rule))
		tell(linting, POLICY_OTHERWISE_UNREACHABLE, rule, provided[0], "%s is never done: `provided` always holds where the rule fires",
		     action_name(rule->otherwise));
	if (conditions_count(otherwise) > 0 && (conditions_count(provided) == 0 || !possible_where_fires(rule, otherwise)))
		tell(linting, POLICY_OTHERWISE_UNREACHABLE, rule, otherwise[0], "%s is never done: %s", action_name(rule->otherwise),
		     conditions_count(provided) == 0 ? "the action depends on nothing" : "`otherwise_provided` cannot hold where the rule fires");
}

bool lint_rule(const struct policy_linting *linting, const struct rule *rule)
{
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		check_twice(linting, rule, rule_conditions(rule, part));
	if (!can_fire(linting, rule))
		return false;
	check_exceptions(linting, rule);
	check_alternatives(linting, rule, rule->when);
	check_alternatives(linting, rule, rule->unless);
	check_ladder(linting, rule);
	return true;
}

void policy_lint(const struct policy_linting *linting)
{
	struct arena *arena = arena_new();
	bool *alive = arena_array(arena, policy_count(linting->policy) + 1, sizeof *alive);
	for (size_t i = 0; i < policy_count(linting->policy); i++) {
		const struct rule *rule = policy_at(linting->policy, i);
		if (rule->mode == MODE_OFF)
			continue;
		alive[i] = lint_rule(linting, rule);
		lint_strength(linting, rule);
	}
	lint_pairs(linting, alive);
	lint_names(linting);
	arena_free(&arena);
}
