/* hidden.c - recipients whom To and Cc do not name, as people: addresses of one person are one, lists are expanded on both sides,
 * the sender is never hidden from themselves. Whoever is hidden in another envelope of the same message, or named in a Bcc field that the
 * sender's program left in, is hidden here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

struct finder {
	struct gathering *gathering;
	struct person_set found;
	struct hidden *items;
	bool elsewhere, in_bcc; /* where the recipient now looked at was found */
};

static void mark_in_bcc(struct finder *finder, const struct person *person)
{
	for (size_t i = 0; i < finder->gathering->facts->hidden_count; i++)
		finder->items[i].in_bcc |= finder->items[i].person == person;
}

static void add_hidden(struct finder *finder, const struct person *person, const char *recipient, const struct person *via)
{
	struct facts *facts = finder->gathering->facts;
	if (finder->in_bcc)
		mark_in_bcc(finder, person);
	if (person_set_has(&finder->gathering->senders, person) || person_set_has(&finder->gathering->visible, person))
		return;
	if (!person_set_add(&finder->found, person))
		return;
	*ARENA_PUSH(finder->gathering->arena, finder->items, facts->hidden_count) =
		(struct hidden){ .person = person,
				 .role = role_on(person, facts->on),
				 .offices = person_offices(person, facts->on),
				 .recipient = recipient,
				 .via_list = via,
				 .elsewhere = finder->elsewhere,
				 .in_bcc = finder->in_bcc };
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

static void see_recipient(struct finder *finder, const struct party *party, const char *recipient)
{
	struct facts *facts = finder->gathering->facts;
	if (party->person == NULL)
		facts->hidden_public_count += party->third_party && !is_sender_address(finder->gathering, party->address);
	else if (party->person->is_list)
		add_list(finder, party->person, recipient);
	else
		add_hidden(finder, party->person, recipient, NULL);
}

/* Whom the directory knows; anybody else is counted where an envelope reaches them. Of a stranger's mail a Bcc field says nothing. */
static void see_bcc(struct finder *finder)
{
	const struct facts *facts = finder->gathering->facts;
	const struct mailbox_list *bcc = &facts->reading->bcc;
	finder->elsewhere = false;
	finder->in_bcc = true;
	for (size_t i = 0; facts->sender_known && i < bcc->count; i++) {
		const char *address = bcc->items[i].address;
		struct party party = party_of_address(finder->gathering->arena, facts, address);
		if (address[0] != '\0' && party.person != NULL && !gather_is_visible(finder->gathering, &party))
			see_recipient(finder, &party, address);
	}
}

void gather_hidden(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct finder finder = { .gathering = gathering };
	finder.found = person_set_new(gathering->arena, facts->directory);
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (!facts->recipients[i].visible)
			see_recipient(&finder, &facts->recipients[i].party, facts->envelope->recipients[i]);
	finder.elsewhere = true;
	for (size_t i = 0; i < facts->elsewhere_count; i++)
		if (!facts->elsewhere[i].visible)
			see_recipient(&finder, &facts->elsewhere[i].party, facts->elsewhere[i].sibling->recipient);
	see_bcc(&finder);
	gathering->hidden = finder.items;
	facts->hidden = finder.items;
}

bool facts_is_hidden_councillor(const struct hidden *hidden)
{
	return hidden->role == ROLE_COUNCILLOR;
}
