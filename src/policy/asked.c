/* asked.c - which families of phrases a policy asks for, and which of them only take another's meaning away: a library has more than a pack uses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/mutation.h"

#include <string.h>

#include "policy/condition.h"
#include "policy/ruleset.h"
#include "reading/lexicon.h"
#include "reading/reading.h"

struct asked_families {
	struct arena *arena;
	const struct lexicon *lexicon;
	const char **names;
	size_t count;
};

static void add(struct asked_families *all, const char *name)
{
	if (name == NULL || !lexicon_has(all->lexicon, name))
		return;
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->names[i], name) == 0)
			return;
	*ARENA_PUSH(all->arena, all->names, all->count) = name;
}

/* Of a sentence's slots those that are families, in order. */
static void add_term(struct asked_families *all, const struct term *term)
{
	size_t slot = 0;
	for (const char *at = strchr(term->predicate->sentence, '{'); at != NULL && slot < PREDICATE_SLOTS; at = strchr(at + 1, '{'), slot++)
		if (strncmp(at, "{family}", strlen("{family}")) == 0)
			add(all, term->arguments[slot].word);
}

static void add_conditions(struct asked_families *all, const struct condition *const *conditions)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		for (size_t i = 0; i < (*conditions)->count; i++)
			for (size_t k = 0; k < (*conditions)->alternatives[i].count; k++)
				add_term(all, &(*conditions)->alternatives[i].terms[k]);
}

static void add_rule(struct asked_families *all, const struct rule *rule)
{
	const struct condition *const *const lists[] = { rule->when,		       rule->unless,	     rule->provided, rule->otherwise_provided,
							 rule->also_provided, rule->duty == NULL ? NULL : rule->duty->met_when };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		add_conditions(all, lists[i]);
	if (rule->clock != NULL) {
		add(all, rule->clock->holding);
		add(all, rule->clock->automatic);
	}
}

static void add_list(struct asked_families *all, const char *const *names)
{
	for (; names != NULL && *names != NULL; names++)
		add(all, *names);
}

const char *const *policy_families(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon)
{
	struct asked_families all = { .arena = arena, .lexicon = lexicon };
	for (size_t i = 0; i < policy->count; i++)
		if (policy->rules[i].mode != MODE_OFF)
			add_rule(&all, &policy->rules[i]);
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		add_conditions(&all, policy->remember[i]);
	add_list(&all, reading_families);
	for (size_t i = 0; i < all.count; i++) { /* grows as it goes */
		struct lexicon_family family;
		if (!lexicon_family_of(lexicon, arena, all.names[i], &family))
			continue;
		add_list(&all, family.unless);
		add_list(&all, family.unless_before);
		add_list(&all, family.unless_in_clause);
	}
	*ARENA_PUSH(arena, all.names, all.count) = NULL;
	return all.names;
}
