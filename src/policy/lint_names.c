/* lint_names.c - names that rules use and that nobody answers to: roles and offices without a person, families without phrases, and
 * families that nobody asks for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lint_parts.h"
#include "policy/mutation.h"
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
	for (size_t i = 0; i < PREDICATE_SLOTS && !term->negated; i++) {
		const struct argument *argument = &term->arguments[i];
		if (term_has_slot(term, i, "{role}") && argument->role != ROLE_NONE)
			want(names, argument->role, 0, argument->word, condition);
		else if (term_has_slot(term, i, "{office}") && argument->office != 0)
			want(names, ROLE_NONE, argument->office, argument->word, condition);
	}
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
		if (names.rule->mode != MODE_OFF)
			rule_each_term(names.rule, note_names, &names);
	}
	for (size_t i = 0; i < names.count; i++)
		tell_nobody(&names, names.wanted[i]);
}

/* ---- families ----------------------------------------------------------------------------------------------- */

struct asking {
	const struct policy_linting *linting;
	const struct rule *rule;
};

static void check_phrases(void *context, const struct condition *condition, const struct term *term)
{
	const struct asking *asking = context;
	for (size_t i = 0; i < PREDICATE_SLOTS; i++) {
		const char *family = term_has_slot(term, i, "{family}") ? term->arguments[i].word : NULL;
		if (family != NULL && lexicon_phrase_count(asking->linting->lexicon, family) == 0)
			findings_add(asking->linting->findings, &policy_classes[POLICY_EMPTY_FAMILY], condition->file, condition->line,
				     "rule \"%s\": the family \"%s\" in \"%s\" has no phrases", asking->rule->id, family, condition->sentence);
	}
}

static void check_empty(const struct policy_linting *linting)
{
	for (size_t i = 0; i < policy_count(linting->policy); i++) {
		struct asking asking = { linting, policy_at(linting->policy, i) };
		if (asking.rule->mode != MODE_OFF)
			rule_each_term(asking.rule, check_phrases, &asking);
	}
}

static bool is_listed(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static size_t count_of(const char *const *names)
{
	size_t count = 0;
	while (names[count] != NULL)
		count++;
	return count;
}

/* Rules that are off ask, too: who switches one on wants its words. */
static void check_unused(const struct policy_linting *linting, struct arena *arena)
{
	const char *const *asked = policy_families(arena, linting->policy, linting->lexicon, true);
	const struct string_list *shared = &linting->libraries;
	for (const char *const *name = lexicon_families(linting->lexicon); *name != NULL; name++) {
		struct lexicon_phrase phrase;
		if (is_listed(asked, count_of(asked), *name) || lexicon_fills_others(linting->lexicon, *name) ||
		    !lexicon_phrase_at(linting->lexicon, arena, *name, 0, &phrase) || phrase.file == NULL ||
		    is_listed(shared->items, shared->count, phrase.file))
			continue;
		const char *close = settings_suggest(*name, asked);
		findings_add(linting->findings, &policy_classes[POLICY_UNUSED_FAMILY], phrase.file, phrase.line, "nothing asks for the family \"%s\"%s%s%s", *name,
			     close == NULL ? "" : " (did you mean to add to \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
	}
}

void lint_names(const struct policy_linting *linting)
{
	struct arena *arena = arena_new();
	check_nobody(linting, arena);
	check_empty(linting);
	check_unused(linting, arena);
	arena_free(&arena);
}
