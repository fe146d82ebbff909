/* policy.c - see policy.h. The rules of all files, merged by id.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "policy/rule.h"
#include "policy/ruleset.h"

const char *action_name(enum action action)
{
	return action_words[action];
}

const char *remedy_name(enum remedy remedy)
{
	return remedy_words[remedy];
}

const char *fallback_name(enum fallback fallback)
{
	return fallback_words[fallback];
}

const char *mode_name(enum mode mode)
{
	return mode_words[mode];
}

struct policy *policy_new(void)
{
	struct policy *policy = calloc(1, sizeof *policy);
	if (policy == NULL)
		abort();
	policy->arena = arena_new();
	return policy;
}

void policy_free(struct policy **policy)
{
	if (*policy == NULL)
		return;
	arena_free(&(*policy)->arena);
	free(*policy);
	*policy = NULL;
}

static struct rule *find_rule(struct rule *rules, size_t count, const char *id)
{
	for (size_t i = 0; i < count && id != NULL; i++)
		if (strcmp(rules[i].id, id) == 0)
			return &rules[i];
	return NULL;
}

/* An id may stand once in a file; a second one would silently change the first. */
static bool id_is_first(const struct settings_node *rules, size_t index, const char *id, struct error *err)
{
	for (size_t i = 0; i < index; i++) {
		const struct settings_node *other = settings_find(settings_at(rules, i), "id");
		if (other != NULL && settings_string(other) != NULL && strcmp(settings_string(other), id) == 0)
			return settings_complain(settings_at(rules, index), err,
						 "rule \"%s\" stands twice in this file (first on line %d): keep one of them", id,
						 settings_line(settings_at(rules, i)));
	}
	return true;
}

static bool add_one(struct policy *policy, bool to_share, const struct settings_node *rules, size_t index, const struct lexicon *lexicon,
		    struct error *err)
{
	const struct settings_node *node = settings_at(rules, index);
	const struct settings_node *id_node = settings_find(node, "id");
	const char *id = id_node == NULL ? NULL : settings_string(id_node);
	struct rule *shared = find_rule(policy->shared, policy->shared_count, id);
	struct rule *old = to_share ? shared : find_rule(policy->rules, policy->count, id);
	const struct rule *base = old == NULL ? shared : old;
	struct rule rule = base == NULL ? rule_empty() : *base;
	if (!rule_read(policy->arena, &rule, node, arena_string(policy->arena, settings_file_of(rules)), lexicon, err))
		return false;
	/* One that nobody knows yet is the first, unless an earlier one was refused and the next mistakes are looked for. */
	if ((old != NULL || error_gathered(err)) && !id_is_first(rules, index, rule.id, err))
		return false;
	if (old == NULL)
		old = to_share ? ARENA_PUSH(policy->arena, policy->shared, policy->shared_count)
				 : ARENA_PUSH(policy->arena, policy->rules, policy->count);
	*old = rule;
	return true;
}

static bool add_all(struct policy *policy, bool to_share, const struct settings_node *rules, const struct lexicon *lexicon, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < settings_count(rules); i++) {
		good &= add_one(policy, to_share, rules, i, lexicon, err);
		if (!good && !error_gathered(err))
			return false;
	}
	return good;
}

bool policy_add(struct policy *policy, const struct settings_node *rules, const struct lexicon *lexicon, struct error *err)
{
	return add_all(policy, false, rules, lexicon, err);
}

bool policy_add_shared(struct policy *policy, const struct settings_node *rules, const struct lexicon *lexicon, struct error *err)
{
	return add_all(policy, true, rules, lexicon, err);
}

void policy_take(struct policy *policy, const struct rule *rule)
{
	*ARENA_PUSH(policy->arena, policy->rules, policy->count) = *rule;
}

struct arena *policy_arena(struct policy *policy)
{
	return policy->arena;
}

enum unknown_means policy_unknown(const struct policy *policy)
{
	return policy->unknown;
}

/* ---- finishing ---------------------------------------------------------------------------------------------- */

/* A rule that lacks nearly everything is mostly a misspelt id of a rule to be changed. */
static bool complain_incomplete(const struct policy *policy, const struct rule *rule, struct error *err)
{
	const char **others = calloc(policy->count + policy->shared_count + 1, sizeof *others);
	if (others == NULL)
		abort();
	size_t count = 0;
	for (size_t i = 0; i < policy->count; i++)
		if (&policy->rules[i] != rule)
			others[count++] = policy->rules[i].id;
	for (size_t i = 0; i < policy->shared_count; i++)
		others[count++] = policy->shared[i].id;
	struct error problem = ERROR_INIT;
	const char *close = rule->clause == NULL ? settings_suggest(rule->id, others) : NULL;
	if (!rule_is_complete(rule, &problem) && close != NULL)
		error_set(err, ERROR_SETTINGS, "%s (did you mean to change \"%s\"?)", error_text(&problem), close);
	else
		error_set(err, ERROR_SETTINGS, "%s", error_text(&problem));
	error_release(&problem);
	free(others);
	return false;
}

static void digest_text(struct digest *digest, const char *text)
{
	digest_add_field(digest, bytes_of(text == NULL ? "-" : text));
}

static void digest_conditions(struct digest *digest, const struct condition *const *conditions)
{
	for (size_t i = 0; conditions != NULL && conditions[i] != NULL; i++)
		digest_text(digest, conditions[i]->sentence);
	digest_text(digest, "");
}

static void digest_clock(struct digest *digest, const struct rule_clock *clock)
{
	char days[64] = "";
	if (clock == NULL)
		return;
	snprintf(days, sizeof days, "%d %d %d %d", clock->contact_days, clock->response_days, clock->contact_reminder, clock->response_reminder);
	digest_text(digest, days);
	digest_text(digest, clock->holding);
	digest_text(digest, clock->automatic);
}

static void digest_duty(struct digest *digest, const struct rule_duty *duty)
{
	char numbers[112] = "";
	if (duty == NULL)
		return;
	snprintf(numbers, sizeof numbers, "%d %d %d %d %d %d %d %d %d", duty->owner, duty->each, duty->matter, duty->days, duty->calendar, duty->remind,
		 duty->deputy, duty->lapse_days, duty->silent);
	digest_text(digest, numbers);
	digest_conditions(digest, duty->met_when);
	digest_conditions(digest, duty->at_large_when);
	digest_text(digest, duty->asks_en);
	digest_text(digest, duty->asks_cy);
	digest_text(digest, duty->draft_en);
	digest_text(digest, duty->draft_cy);
}

/* All that decides or is told, in a fixed order; not where it stands. */
static void digest_rule(struct digest *digest, const struct rule *rule)
{
	const char *const words[] = { rule->id,	     rule->clause,  rule->quote,    rule->says_en,
				      rule->says_cy, rule->remedy_en, rule->remedy_cy, action_name(rule->action),
				      action_name(rule->otherwise), fallback_name(rule->fallback), mode_name(rule->mode), on_expiry_words[rule->on_expiry] };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		digest_text(digest, words[i]);
	for (enum asked_part part = 0; part < ASKED_PARTS; part++)
		digest_conditions(digest, rule_conditions(rule, part));
	char switches[64];
	snprintf(switches, sizeof switches, "%u %d %d %d %u %d %d", rule->also, rule->whole_message, rule->discreet, rule->two_persons,
		 rule->remedies, (int)rule->kept, rule->otherwise_counted);
	digest_text(digest, switches);
	digest_clock(digest, rule->clock);
	digest_duty(digest, rule->duty);
	for (size_t i = 0; i < rule->reasons.count; i++)
		digest_text(digest, rule->reasons.items[i]);
}

bool policy_finish(struct policy *policy, int override, enum unknown_means unknown, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < policy->count; i++) {
		struct rule *rule = &policy->rules[i];
		good &= rule_is_complete(rule, NULL) || complain_incomplete(policy, rule, err);
		if (!good && !error_gathered(err))
			return false;
		if (good)
			rule_cap(rule);
		if (override >= 0 && rule->mode != MODE_OFF)
			rule->mode = (enum mode)override;
	}
	if (!good)
		return false;
	policy->unknown = unknown;
	struct digest digest;
	digest_begin(&digest);
	for (size_t i = 0; i < policy->count; i++)
		digest_rule(&digest, &policy->rules[i]);
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		digest_conditions(&digest, policy->remember[i]);
	policy->digest = digest_end(&digest, policy->arena);
	policy_find_ground(policy);
	return true;
}

struct policy *policy_in_mode(const struct policy *policy, enum mode mode)
{
	struct policy *out = policy_new();
	out->rules = arena_array(out->arena, policy->count, sizeof *out->rules);
	out->count = policy->count;
	out->unknown = policy->unknown;
	out->digest = policy->digest;
	out->ground = policy->ground;
	out->ground_count = policy->ground_count;
	for (size_t i = 0; i < policy->count; i++) {
		out->rules[i] = policy->rules[i];
		if (mode != MODE_OFF && out->rules[i].mode != MODE_OFF)
			out->rules[i].mode = mode;
	}
	return out;
}

size_t policy_count(const struct policy *policy)
{
	return policy->count;
}

const struct rule *policy_at(const struct policy *policy, size_t index)
{
	return &policy->rules[index];
}

const char *policy_digest(const struct policy *policy)
{
	return policy->digest;
}
