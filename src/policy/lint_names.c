/* lint_names.c - names that rules use and that nobody answers to: roles and offices without a person, families without phrases, and
 * families that nobody asks for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lint_parts.h"
#include "policy/ruleset.h"
#include "reading/lexicon.h"

/* ---- roles and offices -------------------------------------------------------------------------------------- */

static bool in_force(const struct tenure *tenure, calendar_date on)
{
	return tenure->to == DATE_NONE || tenure->to >= on;
}

/* Somebody has it on that day or will have. */
static bool somebody_has(const struct policy_linting *linting, enum role role, unsigned office)
{
	for (size_t i = 0; i < directory_count(linting->directory); i++) {
		const struct person *person = directory_at(linting->directory, i);
		for (size_t k = 0; k < person->tenure_count; k++) {
			const struct tenure *tenure = &person->tenures[k];
			if (in_force(tenure, linting->on) && (office != 0 ? (tenure->offices & office) == office : tenure->role == role))
				return true;
		}
	}
	return false;
}

/* One role or office, and the rules that ask for it. */
struct wanted {
	enum role role;
	unsigned office; /* 0: a role */
	const char *word;
	const struct condition *first;
	const struct rule *last;
	struct text rules;
	size_t count;
};

struct names_of {
	const struct policy_linting *linting;
	struct arena *arena;
	const struct rule *rule;
	struct wanted **wanted;
	size_t count;
};

#define RULES_NAMED ((size_t)3)

static void want(struct names_of *names, enum role role, unsigned office, const char *word, const struct condition *at)
{
	struct wanted *wanted = NULL;
	for (size_t i = 0; i < names->count && wanted == NULL; i++)
		if (names->wanted[i]->role == role && names->wanted[i]->office == office)
			wanted = names->wanted[i];
	if (wanted == NULL) {
		wanted = arena_alloc(names->arena, sizeof *wanted);
		*wanted = (struct wanted){ .role = role, .office = office, .word = word, .first = at, .rules = TEXT_INIT };
		*ARENA_PUSH(names->arena, names->wanted, names->count) = wanted;
	}
	if (wanted->last == names->rule)
		return;
	wanted->last = names->rule;
	if (wanted->count++ < RULES_NAMED)
		text_printf(&wanted->rules, "%s\"%s\"", wanted->count > 1 ? ", " : "", names->rule->id);
}

static void note_names(void *context, const struct condition *condition, const struct term *term)
{
	struct names_of *names = context;
	if (term->negated)
		return;
	if (lint_has_slot(term, "{role}") && term->arguments[0].role != ROLE_NONE)
		want(names, term->arguments[0].role, 0, term->arguments[0].word, condition);
	else if (lint_has_slot(term, "{office}") && term->arguments[0].office != 0)
		want(names, ROLE_NONE, term->arguments[0].office, term->arguments[0].word, condition);
}

static void tell_nobody(const struct names_of *names, struct wanted *wanted)
{
	if (!somebody_has(names->linting, wanted->role, wanted->office)) {
		bool more = wanted->count > RULES_NAMED;
		const char *others = more ? arena_printf(names->arena, " and %zu more", wanted->count - RULES_NAMED) : "";
		findings_add(names->linting->findings, &policy_classes[POLICY_NOBODY], wanted->first->file, wanted->first->line,
			     "nobody in the directory %s %s, which is asked for by rule%s %s%s", wanted->office == 0 ? "is" : "holds the office of",
			     wanted->word, wanted->count == 1 ? "" : "s", text_string(&wanted->rules), others);
	}
	text_release(&wanted->rules);
}

static void check_nobody(const struct policy_linting *linting, struct arena *arena)
{
	struct names_of names = { .linting = linting, .arena = arena };
	for (size_t i = 0; i < policy_count(linting->policy); i++) {
		names.rule = policy_at(linting->policy, i);
		for (size_t k = 0; names.rule->mode != MODE_OFF && k < CONDITION_LISTS; k++)
			lint_each_term(lint_list(names.rule, k), note_names, &names);
	}
	for (size_t i = 0; i < names.count; i++)
		tell_nobody(&names, names.wanted[i]);
}

/* ---- families ----------------------------------------------------------------------------------------------- */

struct asking {
	struct arena *arena;
	const char **families; /* each of those asked for */
	size_t count;
	const struct policy_linting *linting;
	const struct rule *rule;
};

static void ask_for(struct asking *asking, const char *family)
{
	if (family != NULL)
		*ARENA_PUSH(asking->arena, asking->families, asking->count) = family;
}

static void note_family(void *context, const struct condition *condition, const struct term *term)
{
	struct asking *asking = context;
	if (!lint_has_slot(term, "{family}"))
		return;
	const char *family = term->arguments[strstr(term->predicate->sentence, "{family}") == strchr(term->predicate->sentence, '{') ? 0 : 1].word;
	ask_for(asking, family);
	if (asking->rule != NULL && asking->rule->mode != MODE_OFF && lexicon_phrase_count(asking->linting->lexicon, family) == 0)
		findings_add(asking->linting->findings, &policy_classes[POLICY_EMPTY_FAMILY], condition->file, condition->line,
			     "rule \"%s\": the family \"%s\" in \"%s\" has no phrases", asking->rule->id, family, condition->sentence);
}

/* Off or not: who switches a rule on wants its words. */
static void note_all(struct asking *asking)
{
	const struct policy *policy = asking->linting->policy;
	for (size_t i = 0; i < policy_count(policy); i++) {
		asking->rule = policy_at(policy, i);
		for (size_t k = 0; k < CONDITION_LISTS; k++)
			lint_each_term(lint_list(asking->rule, k), note_family, asking);
		if (asking->rule->clock != NULL) {
			ask_for(asking, asking->rule->clock->holding);
			ask_for(asking, asking->rule->clock->automatic);
		}
	}
	asking->rule = NULL;
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		lint_each_term(policy->remember[i], note_family, asking);
	for (const char *const *name = asking->linting->reader_families; *name != NULL; name++)
		ask_for(asking, *name);
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* What takes the meaning away from a family that is asked for is asked for as well. */
static void note_weakening(struct asking *asking)
{
	const struct lexicon *lexicon = asking->linting->lexicon;
	for (size_t i = 0; i < asking->count; i++) {
		struct lexicon_family family;
		if (!lexicon_family_of(lexicon, asking->arena, asking->families[i], &family))
			continue;
		const char *const *const lists[] = { family.unless, family.unless_before, family.unless_in_clause };
		for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
			for (const char *const *name = lists[k]; *name != NULL; name++)
				if (!is_listed(asking->families, asking->count, *name))
					ask_for(asking, *name);
	}
}

/* The nearest name among those in use: what was probably meant. */
static const char *meant(struct asking *asking, const char *name)
{
	const char **others = arena_array(asking->arena, asking->count + 1, sizeof *others);
	memcpy(others, asking->families, asking->count * sizeof *others);
	return settings_suggest(name, others);
}

static void check_families(const struct policy_linting *linting, struct arena *arena)
{
	const char *const *shared = linting->libraries.items;
	size_t shared_count = linting->libraries.count;
	struct asking asking = { .arena = arena, .linting = linting };
	note_all(&asking);
	note_weakening(&asking);
	for (const char *const *name = lexicon_families(linting->lexicon); *name != NULL; name++) {
		struct lexicon_phrase phrase;
		if (is_listed(asking.families, asking.count, *name) || lexicon_fills_others(linting->lexicon, *name) ||
		    !lexicon_phrase_at(linting->lexicon, arena, *name, 0, &phrase) || phrase.file == NULL || is_listed(shared, shared_count, phrase.file))
			continue;
		const char *close = meant(&asking, *name);
		findings_add(linting->findings, &policy_classes[POLICY_UNUSED_FAMILY], phrase.file, phrase.line, "nothing asks for the family \"%s\"%s%s%s", *name,
			     close == NULL ? "" : " (did you mean to add to \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
	}
}

void lint_names(const struct policy_linting *linting)
{
	struct arena *arena = arena_new();
	check_nobody(linting, arena);
	check_families(linting, arena);
	arena_free(&arena);
}
