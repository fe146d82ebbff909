/* exchange.c - whether the newest letter quoted below went between one councillor and officers alone, and who is new.
 *
 * Only a block that shows its To line can tell. "On Friday X wrote:" does not say who else had the letter, and then nothing is
 * claimed: one message shows what it shows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

static const struct person *person_of(struct gathering *gathering, const struct mailbox *mailbox)
{
	const struct facts *facts = gathering->facts;
	const struct person *person = NULL;
	if (mailbox->address[0] != '\0')
		person = directory_by_address(facts->directory, mailbox->address);
	if (person != NULL || mailbox->name == NULL)
		return person;
	struct person_list found = directory_by_name(gathering->arena, facts->directory, mailbox->name, ROLE_NONE, facts->on);
	return found.count == 1 ? found.items[0] : NULL;
}

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
	if (!person_set_add(&company->people, person))
		return;
	if (person->is_list) {
		struct person_list members = members_of(gathering->arena, gathering->facts, person);
		for (size_t i = 0; i < members.count; i++)
			person_set_add(&company->people, members.items[i]);
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
			join(gathering, company, person_of(gathering, &lists[i]->items[j]));
}

static const struct letter *newest_below(const struct reading *reading)
{
	for (size_t i = 0; i < reading->letter_count; i++)
		if (reading->letters[i]->kind != LETTER_OUTER && reading->letters[i]->kind != LETTER_ATTACHED)
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

void gather_exchange(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct letter *newest = newest_below(facts->reading);
	if (newest == NULL || newest->from.count == 0 || newest->to.count == 0)
		return;
	struct company company = { .people = person_set_new(gathering->arena, facts->directory), .alone = true };
	join_letter(gathering, &company, newest);
	if (!company.alone || company.councillor == NULL || !company.officer || !is_visible(facts, company.councillor))
		return;
	facts->exchange_with = company.councillor;
	for (size_t i = 0; i < facts->reading->letter_count; i++)
		if (facts->reading->letters[i]->kind != LETTER_OUTER)
			join_letter(gathering, &company, facts->reading->letters[i]);
	const struct person **added = NULL;
	for (size_t i = 0; i < facts->visible_councillor_count; i++)
		if (!person_set_has(&company.people, facts->visible_councillors[i]) &&
		    !person_set_has(&gathering->senders, facts->visible_councillors[i]))
			*ARENA_PUSH(gathering->arena, added, facts->exchange_added_count) = facts->visible_councillors[i];
	facts->exchange_added = added;
}
