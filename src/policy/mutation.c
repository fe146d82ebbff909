/* mutation.c - see mutation.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/mutation.h"

#include "policy/condition.h"
#include "policy/ruleset.h"

#define OF_DUTY sizeof(struct rule)

/* What a kind does to a list of conditions, and how it is said. */
static const struct {
	size_t list; /* offset of the list in struct rule; of its duty's own list, past the end of that */
	bool turns;
	const char *words;
} kinds[] = {
	[MUTATION_CONDITION_GONE] = { offsetof(struct rule, when), false, "without the condition" },
	[MUTATION_CONDITION_TURNED] = { offsetof(struct rule, when), true, "with its condition turned round" },
	[MUTATION_EXCEPTION_GONE] = { offsetof(struct rule, unless), false, "without the exception" },
	[MUTATION_EXCEPTION_TURNED] = { offsetof(struct rule, unless), true, "with its exception turned round" },
	[MUTATION_PROVISO_GONE] = { offsetof(struct rule, provided), false, "whose action does not depend any more on" },
	[MUTATION_MILDER_GONE] = { offsetof(struct rule, otherwise_provided), false, "whose milder action does not depend any more on" },
	[MUTATION_BESIDES_GONE] = { offsetof(struct rule, also_provided), false, "whose further actions do not depend any more on" },
	[MUTATION_MEETING_GONE] = { OF_DUTY, false, "whose duty is met without the condition" },
	[MUTATION_MEETING_TURNED] = { OF_DUTY, true, "whose duty is met with its condition turned round" },
};

static const struct condition *const **list_of(struct rule *rule, enum mutation_kind kind)
{
	return (const struct condition *const **)(void *)((char *)rule + kinds[kind].list);
}

static const struct condition *const *conditions(const struct rule *rule, enum mutation_kind kind)
{
	struct rule copy = *rule;
	if (kinds[kind].list == OF_DUTY)
		return rule->duty == NULL ? NULL : rule->duty->met_when;
	return *list_of(&copy, kind);
}

struct collecting {
	struct arena *arena;
	struct mutation *items;
	size_t count;
};

static void add(struct collecting *all, struct mutation mutation)
{
	*ARENA_PUSH(all->arena, all->items, all->count) = mutation;
}

static void add_rule(struct collecting *all, const struct policy *policy, size_t index)
{
	const struct rule *rule = &policy->rules[index];
	add(all, (struct mutation){ .kind = MUTATION_RULE_GONE, .rule = index });
	for (enum mutation_kind kind = MUTATION_CONDITION_GONE; kind <= MUTATION_MEETING_TURNED; kind++) {
		size_t count = conditions_count(conditions(rule, kind));
		/* Without its only condition a rule says nothing at all. */
		for (size_t i = 0; i < count && !(kind == MUTATION_CONDITION_GONE && count == 1); i++)
			add(all, (struct mutation){ .kind = kind, .rule = index, .condition = i });
	}
}

const struct mutation *mutations_of(struct arena *arena, const struct policy *policy, const char *const *families, size_t *count_out)
{
	struct collecting all = { .arena = arena };
	for (size_t i = 0; i < policy->count; i++)
		if (policy->rules[i].mode != MODE_OFF)
			add_rule(&all, policy, i);
	for (; *families != NULL; families++)
		add(&all, (struct mutation){ .kind = MUTATION_FAMILY_GONE, .family = *families });
	*count_out = all.count;
	return all.items;
}

/* ---- carrying it out ---------------------------------------------------------------------------------------- */

static const struct condition *turned(struct arena *arena, const struct condition *condition)
{
	struct condition *out = arena_alloc(arena, sizeof *out);
	*out = *condition;
	out->turned = !condition->turned;
	return out;
}

static const struct condition *const *changed(struct arena *arena, const struct condition *const *list, size_t index, bool turns)
{
	size_t count = conditions_count(list), kept = 0;
	const struct condition **out = arena_array(arena, count + 1, sizeof *out);
	for (size_t i = 0; i < count; i++) {
		if (i != index)
			out[kept++] = list[i];
		else if (turns)
			out[kept++] = turned(arena, list[i]);
	}
	return out;
}

struct policy *mutation_apply(const struct policy *policy, const struct mutation *mutation)
{
	if (mutation->kind == MUTATION_FAMILY_GONE)
		return NULL;
	struct policy *out = policy_in_mode(policy, MODE_OFF);
	struct rule *rule = &out->rules[mutation->rule];
	if (mutation->kind == MUTATION_RULE_GONE) {
		rule->mode = MODE_OFF;
		return out;
	}
	if (kinds[mutation->kind].list == OF_DUTY) {
		struct rule_duty *duty = arena_alloc(out->arena, sizeof *duty);
		*duty = *rule->duty;
		duty->met_when = changed(out->arena, duty->met_when, mutation->condition, kinds[mutation->kind].turns);
		rule->duty = duty;
		return out;
	}
	const struct condition *const **list = list_of(rule, mutation->kind);
	*list = changed(out->arena, *list, mutation->condition, kinds[mutation->kind].turns);
	return out;
}

static const char *in_words(struct arena *arena, const struct policy *policy, const struct mutation *mutation)
{
	const struct rule *rule = &policy->rules[mutation->rule];
	if (mutation->kind == MUTATION_RULE_GONE)
		return arena_printf(arena, "%s being off", rule->id);
	return arena_printf(arena, "%s %s \"%s\"", rule->id, kinds[mutation->kind].words,
			    conditions(rule, mutation->kind)[mutation->condition]->sentence);
}

const char *mutation_key(struct arena *arena, const struct policy *policy, const struct mutation *mutation)
{
	if (mutation->kind == MUTATION_FAMILY_GONE)
		return arena_printf(arena, "the family \"%s\" finding nothing", mutation->family);
	return in_words(arena, policy, mutation);
}

const char *mutation_sentence(struct arena *arena, const struct policy *policy, const struct mutation *mutation)
{
	const char *words = mutation_key(arena, policy, mutation);
	if (mutation->kind == MUTATION_FAMILY_GONE)
		return words;
	const struct rule *rule = &policy->rules[mutation->rule];
	return arena_printf(arena, "%s:%d: %s", rule->file, rule->line, words);
}
