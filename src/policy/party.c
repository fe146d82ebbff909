/* party.c - see party.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"

bool party_has_role(const struct party *party, enum role role, calendar_date on)
{
	if (party->role == role)
		return role != ROLE_NONE;
	return party->person != NULL && role != ROLE_NONE && person_has_role(party->person, role, on);
}

bool party_is_outside(const struct party *party)
{
	return party->third_party || party->exempt != NULL;
}

const char *party_name(const struct party *party)
{
	if (party->person != NULL && party->role != ROLE_NONE)
		return party->person->name;
	return party->address == NULL ? "" : party->address;
}

bool party_is_shared(const struct facts *facts, const struct party *party, struct shared_mailbox *out)
{
	return party->third_party && party->person != NULL && shared_mailbox_of(facts->directory, party->person, facts->on, out);
}

enum answer facts_found(const struct facts *facts, bool found)
{
	return found ? YES : facts->undecided_pattern ? UNKNOWN : NO;
}

bool list_is_public(struct arena *arena, const struct facts *facts, const struct person *list)
{
	bool reaches_public = false, is_archive = false;
	list_members(arena, facts->directory, list, facts->on, &reaches_public, &is_archive);
	return reaches_public;
}

bool hidden_counts(struct arena *arena, const struct facts *facts, const struct hidden *hidden)
{
	if (!facts_is_hidden_councillor(hidden))
		return false;
	return hidden->via_list == NULL || !list_is_public(arena, facts, hidden->via_list);
}

bool list_is_officers(struct arena *arena, const struct facts *facts, const struct person *list)
{
	bool reaches_public = false, is_archive = false;
	struct person_list members = list_members(arena, facts->directory, list, facts->on, &reaches_public, &is_archive);
	for (size_t i = 0; i < members.count; i++)
		if (!person_has_role(members.items[i], ROLE_OFFICER, facts->on))
			return false;
	return members.count > 0 && !reaches_public;
}
