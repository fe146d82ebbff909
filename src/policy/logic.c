/* logic.c - see logic.h. A claim becomes choices, one of which must be made, each of them some sentences that are so or are not; then they
 * are tried in turn. Rules are small; one that is not is given up, and counts as possible.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/logic.h"

#include <string.h>

#define STEPS_MOST 20000

const struct logic_relation logic_relations[] = {
	{ "sender is {role}", "sender is known", false },
	{ "sender holds office {office}", "sender is known", false },
	{ "sender holds office {office}", "it comes from office {office}", false },
	{ "sender belongs to group {word}", "sender is known", false },
	{ "sender is of the council", "sender is known", false },
	{ "sender is councillor", "sender is of the council", false },
	{ "sender is officer", "sender is of the council", false },
	{ "mail is outgoing", "mail is incoming", true },
	{ "mail is outgoing", "mail is internal", true },
	{ "mail is incoming", "mail is internal", true },
	{ "every addressee is {role}", "an addressee is {role}", false },
	{ "a recipient is a third party", "a recipient is outside the council", false },
	{ "every recipient is of the council", "a recipient is outside the council", true },
	{ "every recipient is of the council", "a recipient is a third party", true },
	{ "every outside recipient is {role}", "a recipient is outside the council", false },
	{ "this recipient is a third party", "this recipient is outside the council", false },
	{ "this recipient is outside the council", "a recipient is outside the council", false },
	{ "this recipient is a third party", "a recipient is a third party", false },
	{ "this recipient is {role}", "a recipient is {role}", false },
	{ "every hidden councillor is made clear", "a hidden councillor is not made clear", true },
	{ "a hidden councillor is not made clear", "a councillor is hidden", false },
	{ "the author states {family}", "the author says {family}", false },
	{ "the author says {family}", "it is about {family}", false },
	{ "the subject says {family}", "it is about {family}", false },
	{ NULL, NULL, false },
};

struct literal {
	size_t atom;
	bool so;
};
struct choice {
	struct literal *literals;
	size_t count;
};
struct choices { /* one of them must be made */
	struct choice *items;
	size_t count;
};

enum state { OPEN, SO, NOT_SO };

struct solver {
	struct arena *arena;
	const struct term **atoms;
	const char **sentences; /* of the atoms, filled in */
	size_t atom_count;
	struct choices *all;
	size_t count;
	enum state *states;
	size_t *set; /* atoms that are not open, in the order in which they were set */
	size_t set_count;
	size_t steps;
};

void claim_add(struct claims *claims, const struct condition *condition, bool holds)
{
	*ARENA_PUSH(claims->arena, claims->items, claims->count) = (struct claim){ condition, holds != condition->turned };
}

void claim_all(struct claims *claims, const struct condition *const *conditions, bool holds)
{
	for (; conditions != NULL && *conditions != NULL; conditions++)
		claim_add(claims, *conditions, holds);
}

static size_t atom_of(struct solver *solver, const struct term *term)
{
	for (size_t i = 0; i < solver->atom_count; i++)
		if (term_is_same(solver->atoms[i], term))
			return i;
	*ARENA_PUSH(solver->arena, solver->atoms, solver->atom_count) = term;
	return solver->atom_count - 1;
}

/* ---- claims as choices -------------------------------------------------------------------------------------- */

static struct choices *new_choices(struct solver *solver)
{
	return ARENA_PUSH(solver->arena, solver->all, solver->count);
}

static void add_choice(struct solver *solver, struct choices *choices, const struct literal *literals, size_t count)
{
	struct literal *copy = arena_array(solver->arena, count, sizeof *copy);
	memcpy(copy, literals, count * sizeof *copy);
	*ARENA_PUSH(solver->arena, choices->items, choices->count) = (struct choice){ copy, count };
}

static struct literal literal_of(struct solver *solver, const struct term *term, bool holds)
{
	return (struct literal){ atom_of(solver, term), holds != term->negated };
}

/* One of its alternatives. */
static void add_holding(struct solver *solver, const struct condition *condition)
{
	struct choices *choices = new_choices(solver);
	for (size_t i = 0; i < condition->count; i++) {
		const struct alternative *alternative = &condition->alternatives[i];
		struct literal *literals = arena_array(solver->arena, alternative->count, sizeof *literals);
		for (size_t k = 0; k < alternative->count; k++)
			literals[k] = literal_of(solver, &alternative->terms[k], true);
		add_choice(solver, choices, literals, alternative->count);
	}
}

/* Of each of its alternatives, one term fails. */
static void add_failing(struct solver *solver, const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++) {
		struct choices *choices = new_choices(solver);
		for (size_t k = 0; k < condition->alternatives[i].count; k++) {
			struct literal literal = literal_of(solver, &condition->alternatives[i].terms[k], false);
			add_choice(solver, choices, &literal, 1);
		}
	}
}

/* ---- what sentences say of each other ----------------------------------------------------------------------- */

bool term_reads(struct arena *arena, const struct term *term, const char *sentence)
{
	return strcmp(term->predicate->sentence, sentence) == 0 || strcmp(term_sentence(arena, term), sentence) == 0;
}

static bool atom_reads(const struct solver *solver, size_t atom, const char *sentence)
{
	return strcmp(solver->atoms[atom]->predicate->sentence, sentence) == 0 || strcmp(solver->sentences[atom], sentence) == 0;
}

static bool slots_agree(const struct logic_relation *relation, const struct term *one, const struct term *other)
{
	bool both = strchr(relation->one, '{') != NULL && strchr(relation->other, '{') != NULL;
	return !both || strcmp(one->arguments[0].word, other->arguments[0].word) == 0;
}

static void relate(struct solver *solver, const struct logic_relation *relation, size_t one, size_t other)
{
	struct choices *choices = new_choices(solver);
	const struct literal literals[] = { { one, false }, { other, !relation->excludes } };
	add_choice(solver, choices, &literals[0], 1);
	add_choice(solver, choices, &literals[1], 1);
}

static void add_relations(struct solver *solver)
{
	solver->sentences = arena_array(solver->arena, solver->atom_count + 1, sizeof *solver->sentences);
	for (size_t i = 0; i < solver->atom_count; i++)
		solver->sentences[i] = term_sentence(solver->arena, solver->atoms[i]);
	for (const struct logic_relation *relation = logic_relations; relation->one != NULL; relation++)
		for (size_t i = 0; i < solver->atom_count; i++) {
			if (!atom_reads(solver, i, relation->one))
				continue;
			for (size_t k = 0; k < solver->atom_count; k++)
				if (k != i && atom_reads(solver, k, relation->other) &&
				    slots_agree(relation, solver->atoms[i], solver->atoms[k]))
					relate(solver, relation, i, k);
		}
}

/* ---- trying ------------------------------------------------------------------------------------------------- */

static bool fits(const struct solver *solver, const struct choice *choice)
{
	for (size_t i = 0; i < choice->count; i++) {
		enum state state = solver->states[choice->literals[i].atom];
		if (state != OPEN && (state == SO) != choice->literals[i].so)
			return false;
	}
	return true;
}

static bool try_from(struct solver *solver, size_t index);

static bool try_choice(struct solver *solver, const struct choice *choice, size_t index)
{
	size_t before = solver->set_count;
	bool good = true;
	for (size_t i = 0; good && i < choice->count; i++) {
		const struct literal *literal = &choice->literals[i];
		enum state wanted = literal->so ? SO : NOT_SO;
		if (solver->states[literal->atom] == OPEN) {
			solver->states[literal->atom] = wanted;
			solver->set[solver->set_count++] = literal->atom;
		}
		good = solver->states[literal->atom] == wanted; /* an alternative may contradict itself */
	}
	good = good && try_from(solver, index + 1);
	while (solver->set_count > before)
		solver->states[solver->set[--solver->set_count]] = OPEN;
	return good;
}

static bool try_from(struct solver *solver, size_t index)
{
	if (index == solver->count || ++solver->steps > STEPS_MOST)
		return true;
	for (size_t i = 0; i < solver->all[index].count; i++)
		if (fits(solver, &solver->all[index].items[i]) && try_choice(solver, &solver->all[index].items[i], index))
			return true;
	return false;
}

/* What leaves no choice comes first. */
static void order_choices(struct solver *solver)
{
	for (size_t i = 1; i < solver->count; i++) {
		struct choices moved = solver->all[i];
		size_t at = i;
		for (; at > 0 && solver->all[at - 1].count > moved.count; at--)
			solver->all[at] = solver->all[at - 1];
		solver->all[at] = moved;
	}
}

bool claims_possible(const struct claims *claims)
{
	struct solver solver = { .arena = arena_new() };
	for (size_t i = 0; i < claims->count; i++)
		if (claims->items[i].holds)
			add_holding(&solver, claims->items[i].condition);
		else
			add_failing(&solver, claims->items[i].condition);
	add_relations(&solver);
	order_choices(&solver);
	solver.states = arena_array(solver.arena, solver.atom_count + 1, sizeof *solver.states);
	solver.set = arena_array(solver.arena, solver.atom_count + 1, sizeof *solver.set);
	bool possible = try_from(&solver, 0);
	arena_free(&solver.arena);
	return possible;
}
