/* exchange.c - whether the letter answered went between one councillor and officers alone, and who is new.
 *
 * Only a block that shows its To line can tell, or memory. "On Friday X wrote:" does not say who else had the letter, and then
 * nothing is claimed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

/* Those of a letter. */
struct company {
	struct person_set people;           /* lists expanded */
	const struct person *councillor;    /* the only one, when `alone` */
	bool officer;
	bool alone;                         /* one councillor, and otherwise officers only */
};

static void join(struct gathering *gathering, struct company *company, const struct person *person)
{
	calendar_date on = gathering->facts->on;
	if (person == NULL) {
		company->alone = false;
		return;
	}
	if (!person_set_reach(&company->people, gathering->arena, gathering->facts, person))
		return;
	if (person->is_list) {
		company->alone = false;
	} else if (person_has_role(person, ROLE_COUNCILLOR, on)) {
		company->alone &= company->councillor == NULL;
		company->councillor = person;
	} else if (person_has_role(person, ROLE_OFFICER, on)) {
		company->officer = true;
	} else {
		company->alone = false;
	}
}

static void join_letter(struct gathering *gathering, struct company *company, const struct letter *letter)
{
	const struct mailbox_list *lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->count; j++)
			join(gathering, company, person_of_mailbox(gathering, &lists[i]->items[j]));
}

static const struct letter *newest_below(const struct reading *reading)
{
	for (size_t i = 0; i < reading->letter_count; i++)
		if (letter_is_below(reading->letters[i]))
			return reading->letters[i]->kind == LETTER_ENCLOSED ? NULL : reading->letters[i];
	return NULL;
}

static bool is_visible(const struct facts *facts, const struct person *person)
{
	for (size_t i = 0; i < facts->visible_councillor_count; i++)
		if (facts->visible_councillors[i] == person)
			return true;
	return false;
}

static bool is_of_thread(const struct ancestor *ancestor, unsigned kinds)
{
	return (ancestor->kinds & kinds) != 0 && ancestor_is_of_thread(ancestor);
}

/* The newest councillor's letter that this one answers, as memory knows its readers. */
static const struct ancestor *remembered_letter(const struct facts *facts, const struct person *author)
{
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		if (is_of_thread(&facts->recall->ancestors[i], MEMORY_LETTER) && (author == NULL || facts->recall->ancestors[i].author == author))
			return &facts->recall->ancestors[i];
	return NULL;
}

static void join_readers(struct gathering *gathering, struct company *company, const struct ancestor *ancestor)
{
	join(gathering, company, ancestor->author);
	for (size_t i = 0; i < ancestor->reader_count; i++)
		join(gathering, company, ancestor->readers[i]);
}

/* Whom the letter answered went to: by its block, or where that shows no To line, by memory. */
static bool join_answered(struct gathering *gathering, struct company *company)
{
	const struct letter *newest = newest_below(gathering->facts->reading);
	bool shown = newest != NULL && newest->from.count > 0;
	if (shown && newest->to.count > 0) {
		join_letter(gathering, company, newest);
		return true;
	}
	const struct person *author = shown ? person_of_mailbox(gathering, &newest->from.items[0]) : NULL;
	const struct ancestor *letter = shown && author == NULL ? NULL : remembered_letter(gathering->facts, author);
	if (letter == NULL || letter->author == NULL || letter->reader_count == 0)
		return false;
	join_readers(gathering, company, letter);
	return true;
}

/* Everybody who has had part in the thread, as its blocks and memory show. */
static void join_thread(struct gathering *gathering, struct company *company)
{
	const struct facts *facts = gathering->facts;
	for (size_t i = 0; i < facts->reading->letter_count; i++)
		if (facts->reading->letters[i]->kind != LETTER_OUTER)
			join_letter(gathering, company, facts->reading->letters[i]);
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		if (is_of_thread(&facts->recall->ancestors[i], MEMORY_LETTER | MEMORY_OPENED))
			join_readers(gathering, company, &facts->recall->ancestors[i]);
}

void gather_exchange(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct company company = { .people = person_set_new(gathering->arena, facts->directory), .alone = true };
	if (!join_answered(gathering, &company) || !company.alone || company.councillor == NULL || !company.officer ||
	    !is_visible(facts, company.councillor))
		return;
	facts->exchange_with = company.councillor;
	join_thread(gathering, &company);
	const struct person **added = NULL;
	for (size_t i = 0; i < facts->visible_councillor_count; i++)
		if (!person_set_has(&company.people, facts->visible_councillors[i]) &&
		    !person_set_has(&gathering->senders, facts->visible_councillors[i]))
			*ARENA_PUSH(gathering->arena, added, facts->exchange_added_count) = facts->visible_councillors[i];
	facts->exchange_added = added;
}
