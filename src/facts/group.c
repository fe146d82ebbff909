/* group.c - political groups: which the directory defines on the day, what is sent to one, and what of a group's a message carries.
 *
 * A letter is a group's when it went to the group's list, or to several of its members under a subject that names the group's meeting
 * or business, and to no councillor of another. Ward colleagues of one party, or a committee that happens to be, are no group.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

static bool is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && bytes_equal_nocase(bytes_of(a), bytes_of(b));
}

const char *group_of_list(const struct facts *facts, const struct person *list)
{
	const char *group = list->is_list ? person_group(list, facts->on) : NULL;
	return group == NULL || group_is_fixed(group) ? NULL : group;
}

/* One member makes no group, unless there is a list. */
static void find_groups(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const char **groups = NULL, **once = NULL;
	size_t once_count = 0;
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *person = directory_at(facts->directory, i);
		bool councillor = person_has_role(person, ROLE_COUNCILLOR, facts->on), seen = !councillor, found = false;
		const char *group = person->is_list ? group_of_list(facts, person) : councillor ? person_group(person, facts->on) : NULL;
		for (size_t j = 0; j < once_count; j++)
			seen |= is_same(once[j], group);
		for (size_t j = 0; j < facts->group_count; j++)
			found |= is_same(groups[j], group);
		if (group != NULL && seen && !found)
			*ARENA_PUSH(gathering->arena, groups, facts->group_count) = group;
		else if (group != NULL && !seen)
			*ARENA_PUSH(gathering->arena, once, once_count) = group;
	}
	facts->groups = groups;
}

static void find_reached(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct person **reached = NULL;
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *person = directory_at(facts->directory, i);
		if (!person->is_list && person_set_has(&gathering->recipients, person) && !person_set_has(&gathering->senders, person) &&
		    (person_has_role(person, ROLE_COUNCILLOR, facts->on) || person_has_role(person, ROLE_PRESS, facts->on)))
			*ARENA_PUSH(gathering->arena, reached, facts->reached_count) = person;
	}
	facts->reached = reached;
}

const char *facts_only_group(const struct facts *facts)
{
	const char *group = NULL;
	for (size_t i = 0; i < facts->reached_count; i++) {
		if (!person_has_role(facts->reached[i], ROLE_COUNCILLOR, facts->on))
			continue;
		const char *theirs = person_group(facts->reached[i], facts->on);
		if (theirs == NULL || (group != NULL && !is_same(group, theirs)))
			return NULL;
		group = theirs;
	}
	return group;
}

/* ---- whose letter it is -------------------------------------------------------------------------------------- */

struct company {
	const char *group;   /* that all its councillors are of */
	size_t councillors;
	bool list, mixed;
};

static void join(struct gathering *gathering, struct company *company, const struct person *person)
{
	const struct facts *facts = gathering->facts;
	const char *group = person->is_list ? group_of_list(facts, person) : person_group(person, facts->on);
	if (person->is_list && group == NULL) {
		struct person_list members = members_of(gathering->arena, facts, person);
		for (size_t i = 0; i < members.count; i++)
			company->mixed |= person_has_role(members.items[i], ROLE_COUNCILLOR, facts->on);
		return;
	}
	if (!person->is_list && !person_has_role(person, ROLE_COUNCILLOR, facts->on))
		return;
	company->mixed |= group == NULL || (company->group != NULL && !is_same(company->group, group));
	company->group = group;
	company->list |= person->is_list;
	company->councillors += !person->is_list;
}

static bool names_group_business(const char *subject, const char *group)
{
	static const char *const words[] = { "group meeting", "group agenda", "group minutes", "group briefing", "group business", "group only",
					     "group confidential", "pre-meeting of the group", "cyfarfod grŵp", "cyfarfod y grŵp" };
	if (subject == NULL)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_find_nocase(bytes_of(subject), bytes_of(words[i]), 0) != (size_t)-1)
			return true;
	for (size_t at = 0; (at = bytes_find_nocase(bytes_of(subject), bytes_of(group), at)) != (size_t)-1; at++)
		if (bytes_starts_with_nocase(bytes_trim(bytes_of(subject + at + strlen(group))), BYTES("group")))
			return true;
	return false;
}

static const char *group_of(const struct company *company, const char *subject)
{
	if (company->group == NULL || company->mixed)
		return NULL;
	if (!company->list && (company->councillors < 2 || !names_group_business(subject, company->group)))
		return NULL;
	return company->group;
}

static void join_letter(struct gathering *gathering, struct company *company, const struct letter *letter)
{
	const struct mailbox_list *lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < lists[i]->count; j++) {
			const struct person *person = person_of_mailbox(gathering, &lists[i]->items[j]);
			if (person != NULL)
				join(gathering, company, person);
		}
}

static bool is_officer(const struct facts *facts, const struct person *person)
{
	return person != NULL && person_has_role(person, ROLE_OFFICER, facts->on);
}

static void find_addressed_group(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct company company = { 0 };
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (facts->recipients[i].party.person != NULL)
			join(gathering, &company, facts->recipients[i].party.person);
	const struct person *sender = facts->sender_known ? facts->sender.person : facts->header_from.person;
	if (sender != NULL && !sender->is_list && !is_officer(facts, sender))
		join(gathering, &company, sender);
	facts->to_group = group_of(&company, facts->reading->outer->subject);
	facts->to_group_list = facts->to_group != NULL && company.list;
}

static bool is_officers_mailbox(const struct facts *facts, const struct person *person)
{
	return person != NULL && (is_officer(facts, person) || (facts->sender.person == person && facts->sender.role == ROLE_OFFICER));
}

void gather_groups(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct group_matter *matters = NULL;
	find_groups(gathering);
	find_reached(gathering);
	find_addressed_group(gathering);
	for (size_t i = 0; i < facts->reading->letter_count; i++) {
		const struct letter *letter = facts->reading->letters[i];
		struct company company = { 0 };
		if (!letter_is_below(letter))
			continue;
		join_letter(gathering, &company, letter);
		const char *group = group_of(&company, letter->subject);
		if (group == NULL)
			continue;
		const struct person *author = letter->from.count == 1 ? person_of_mailbox(gathering, &letter->from.items[0]) : NULL;
		*ARENA_PUSH(gathering->arena, matters, facts->group_matter_count) =
			(struct group_matter){ .group = group, .author = author, .by_officer = is_officers_mailbox(facts, author), .letter = letter };
	}
	for (size_t i = 0; i < facts->recall->ancestor_count; i++) {
		const struct ancestor *ancestor = &facts->recall->ancestors[i];
		bool carried = ancestor_is_carried(facts, ancestor) || (ancestor->hows & 1u << DESCENT_FILE) != 0;
		if ((ancestor->kinds & MEMORY_GROUP) != 0 && ancestor->group != NULL && carried)
			*ARENA_PUSH(gathering->arena, matters, facts->group_matter_count) =
				(struct group_matter){ .group = ancestor->group, .author = ancestor->author,
						       .by_officer = is_officers_mailbox(facts, ancestor->author), .ancestor = ancestor };
	}
	facts->group_matters = matters;
}
