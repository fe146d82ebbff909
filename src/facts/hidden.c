/* hidden.c - recipients whom To and Cc do not name, as people: addresses of one person are one, lists are expanded on both sides,
 * the sender is never hidden from themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

struct finder {
	struct gathering *gathering;
	struct person_set found;
	struct hidden *items;
};

static void add_hidden(struct finder *finder, const struct person *person, const char *recipient, const struct person *via)
{
	struct facts *facts = finder->gathering->facts;
	if (person_set_has(&finder->gathering->senders, person) || person_set_has(&finder->gathering->visible, person))
		return;
	if (!person_set_add(&finder->found, person))
		return;
	*ARENA_PUSH(finder->gathering->arena, finder->items, facts->hidden_count) =
		(struct hidden){ .person = person,
				 .role = role_on(person, facts->on),
				 .offices = person_offices(person, facts->on),
				 .recipient = recipient,
				 .via_list = via };
	facts->hidden_public_count += !person_serves(person, facts->on);
}

static bool reaches_all_councillors(const struct finder *finder, struct person_list members)
{
	const struct facts *facts = finder->gathering->facts;
	struct person_list all = directory_with_role(finder->gathering->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	struct person_set reached = person_set_new(finder->gathering->arena, facts->directory);
	for (size_t i = 0; i < members.count; i++)
		person_set_add(&reached, members.items[i]);
	for (size_t i = 0; i < all.count; i++)
		if (!person_set_has(&reached, all.items[i]))
			return false;
	return all.count > 0;
}

static void add_list(struct finder *finder, const struct person *list, const char *recipient)
{
	struct facts *facts = finder->gathering->facts;
	bool reaches_public, archive;
	struct person_list members =
		list_members(finder->gathering->arena, facts->directory, list, facts->on, &reaches_public, &archive);
	for (size_t i = 0; i < members.count; i++)
		add_hidden(finder, members.items[i], recipient, list);
	facts->hidden_public_count += reaches_public;
	if (facts->hidden_all_list == NULL && reaches_all_councillors(finder, members))
		facts->hidden_all_list = list;
}

static bool is_sender_address(const struct gathering *gathering, const char *address)
{
	const char *a = comparable_address(gathering->arena, address);
	const char *b = comparable_address(gathering->arena, gathering->facts->sender.address);
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

void gather_hidden(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct finder finder = { .gathering = gathering };
	finder.found = person_set_new(gathering->arena, facts->directory);
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct recipient *recipient = &facts->recipients[i];
		const struct party *party = &recipient->party;
		if (recipient->visible)
			continue;
		if (party->person == NULL)
			facts->hidden_public_count += party->third_party && !is_sender_address(gathering, party->address);
		else if (party->person->is_list)
			add_list(&finder, party->person, facts->envelope->recipients[i]);
		else
			add_hidden(&finder, party->person, facts->envelope->recipients[i], NULL);
	}
	gathering->hidden = finder.items;
	facts->hidden = finder.items;
}

bool facts_is_hidden_councillor(const struct hidden *hidden)
{
	return hidden->role == ROLE_COUNCILLOR;
}
