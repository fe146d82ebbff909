/* party.c - an address as the directory knows it, and whether it is a third party's (DESIGN 8): a person, not a domain.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <limits.h>
#include <string.h>

#include "message/address.h"

struct person_set person_set_new(struct arena *arena, const struct directory *directory)
{
	return (struct person_set){ directory, arena_alloc(arena, directory_count(directory) / CHAR_BIT + 1), 0 };
}

bool person_set_has(const struct person_set *set, const struct person *person)
{
	size_t index = directory_index(set->directory, person);
	return (set->bits[index / CHAR_BIT] >> index % CHAR_BIT & 1) != 0;
}

bool person_set_add(struct person_set *set, const struct person *person)
{
	size_t index = directory_index(set->directory, person);
	if (person_set_has(set, person))
		return false;
	set->bits[index / CHAR_BIT] |= (unsigned char)(1u << index % CHAR_BIT);
	set->count++;
	return true;
}

const char *comparable_address(struct arena *arena, const char *address)
{
	const char *normal = address_normal(arena, address);
	return normal == NULL ? NULL : address_without_tag(arena, normal);
}

enum role role_on(const struct person *person, calendar_date on)
{
	static const enum role first[] = { ROLE_COUNCILLOR, ROLE_OFFICER, ROLE_COMPLAINANT };
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		if (person_has_role(person, first[i], on))
			return first[i];
	return person_role(person, on);
}

struct person_list members_of(struct arena *arena, const struct facts *facts, const struct person *list)
{
	bool reaches_public, archive;
	return list_members(arena, facts->directory, list, facts->on, &reaches_public, &archive);
}

bool person_set_reach(struct person_set *set, struct arena *arena, const struct facts *facts, const struct person *person)
{
	if (!person_set_add(set, person))
		return false;
	struct person_list members = { 0 };
	if (person->is_list)
		members = members_of(arena, facts, person);
	for (size_t i = 0; i < members.count; i++)
		person_set_add(set, members.items[i]);
	return true;
}

static bool role_is_exempt(enum role role)
{
	return role == ROLE_ADVISER || role == ROLE_AUDITOR || role == ROLE_OVERSIGHT || role == ROLE_PROTECTED;
}

static void judge_role(struct party *party, enum role role)
{
	if (role_is_exempt(role))
		party->exempt = role_name(role);
	else if (role != ROLE_COUNCILLOR && role != ROLE_OFFICER)
		party->third_party = true;
}

/* A list is as its members are; one that reaches nobody, an archive, is no third party. */
static void judge_list(struct arena *arena, const struct facts *facts, struct party *party)
{
	bool reaches_public, archive;
	struct person_list members = list_members(arena, facts->directory, party->person, facts->on, &reaches_public, &archive);
	for (size_t i = 0; i < members.count; i++)
		judge_role(party, role_on(members.items[i], facts->on));
	party->third_party |= reaches_public;
	if (party->third_party)
		party->exempt = NULL;
}

struct party party_of_person(struct arena *arena, const struct facts *facts, const struct person *person, const char *address)
{
	struct party party = { .address = address, .person = person };
	party.council_domain = address != NULL && directory_is_council_domain(facts->directory, address);
	party.role = role_on(person, facts->on);
	party.offices = person_offices(person, facts->on);
	if (person->is_list)
		judge_list(arena, facts, &party);
	else
		judge_role(&party, party.role);
	return party;
}

struct party party_of_address(struct arena *arena, const struct facts *facts, const char *address)
{
	const struct person *person = directory_by_address(facts->directory, address);
	if (person != NULL)
		return party_of_person(arena, facts, person, address);
	/* An unlisted mailbox of the council is a fault of the directory, not somebody outside. */
	bool council_domain = directory_is_council_domain(facts->directory, address);
	return (struct party){ .address = address, .council_domain = council_domain, .third_party = !council_domain };
}

const struct person *facts_person_of(struct arena *arena, const struct facts *facts, const struct mailbox *mailbox, enum role role)
{
	const struct person *person = mailbox->address[0] == '\0' ? NULL : directory_by_address(facts->directory, mailbox->address);
	if (person != NULL || mailbox->name == NULL)
		return person;
	struct person_list found = directory_by_name(arena, facts->directory, mailbox->name, role, facts->on);
	return found.count == 1 ? found.items[0] : NULL;
}

const struct person *person_of_mailbox(struct gathering *gathering, const struct mailbox *mailbox)
{
	return facts_person_of(gathering->arena, gathering->facts, mailbox, ROLE_NONE);
}

bool party_is_protected(const struct party *party)
{
	if (party->person == NULL || !party->person->is_list)
		return party->person != NULL && role_is_protected(party->role);
	for (enum role role = ROLE_NONE; role < ROLE_COUNT; role++)
		if (role_is_protected(role) && party->exempt != NULL && strcmp(party->exempt, role_name(role)) == 0)
			return true;
	return false;
}

bool facts_sender_is_protected(const struct facts *facts)
{
	if (facts->sender_known)
		return party_is_protected(&facts->sender);
	const struct person *person = directory_by_address(facts->directory, facts->envelope->from);
	return (person != NULL && !person->is_list && role_is_protected(role_on(person, facts->on))) || party_is_protected(&facts->header_from);
}

bool facts_has_protected(const struct facts *facts)
{
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (party_is_protected(&facts->recipients[i].party))
			return true;
	for (size_t i = 0; i < facts->elsewhere_count; i++)
		if (party_is_protected(&facts->elsewhere[i].party))
			return true;
	for (size_t i = 0; i < facts->visible_count; i++)
		if (party_is_protected(&facts->visible[i]))
			return true;
	return (facts->sender_known && party_is_protected(&facts->sender)) || party_is_protected(&facts->header_from);
}

bool facts_is_protected_only(const struct facts *facts)
{
	const struct person *sender = facts->sender_known ? facts->sender.person : NULL;
	bool any = false, others = false;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		any |= party_is_protected(party);
		others |= !party_is_protected(party) && (sender == NULL || party->person != sender);
	}
	return any && !others;
}

bool party_is_same(struct arena *arena, const struct party *a, const struct party *b)
{
	if (a->person != NULL || b->person != NULL)
		return a->person == b->person;
	const char *first = comparable_address(arena, a->address), *second = comparable_address(arena, b->address);
	return first != NULL && second != NULL && strcmp(first, second) == 0;
}

bool party_is_council(const struct party *party)
{
	if (party->person == NULL)
		return false;
	if (party->person->is_list)
		return !party->third_party && party->exempt == NULL;
	return party->role == ROLE_COUNCILLOR || party->role == ROLE_OFFICER;
}
