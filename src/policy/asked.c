/* asked.c - which families of phrases a policy asks for, and which of them only take another's meaning away: a library has more than a pack uses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/mutation.h"

#include <string.h>

#include "policy/rule.h"
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

static void add_term(void *context, const struct condition *condition, const struct term *term)
{
	for (size_t i = 0; i < PREDICATE_SLOTS; i++)
		if (term_has_slot(term, i, "{family}"))
			add(context, term->arguments[i].word);
}

static void add_rule(struct asked_families *all, const struct rule *rule)
{
	rule_each_term(rule, add_term, all);
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

const char *const *policy_families(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon, bool off_too)
{
	struct asked_families all = { .arena = arena, .lexicon = lexicon };
	for (size_t i = 0; i < policy->count; i++)
		if (off_too || policy->rules[i].mode != MODE_OFF)
			add_rule(&all, &policy->rules[i]);
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		conditions_each_term(policy->remember[i], add_term, &all);
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
