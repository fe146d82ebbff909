/* visible.c - whom To and Cc name, and whom the envelope reaches.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void add_visible(struct gathering *gathering, const struct mailbox_list *mailboxes, struct party **parties)
{
	struct facts *facts = gathering->facts;
	for (size_t i = 0; i < mailboxes->count; i++) {
		const char *address = mailboxes->items[i].address;
		if (address[0] == '\0')
			continue;
		*ARENA_PUSH(gathering->arena, *parties, facts->visible_count) = party_of_address(gathering->arena, facts, address);
	}
}

static void see_councillor(struct gathering *gathering, const struct person ***seen, const struct person *person)
{
	struct facts *facts = gathering->facts;
	if (person_has_role(person, ROLE_COUNCILLOR, facts->on))
		*ARENA_PUSH(gathering->arena, *seen, facts->visible_councillor_count) = person;
}

/* Fills the set of visible people and lists, lists expanded. */
static void see_people(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct person **councillors = NULL;
	for (size_t i = 0; i < facts->visible_count; i++) {
		const struct person *person = facts->visible[i].person;
		if (person == NULL || !person_set_add(&gathering->visible, person))
			continue;
		if (!person->is_list) {
			see_councillor(gathering, &councillors, person);
			continue;
		}
		facts->visible_list = true;
		struct person_list members = members_of(gathering->arena, facts, person);
		for (size_t j = 0; j < members.count; j++)
			if (person_set_add(&gathering->visible, members.items[j]))
				see_councillor(gathering, &councillors, members.items[j]);
	}
	facts->visible_councillors = councillors;
}

static void find_addressees(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct person_set seen = person_set_new(gathering->arena, facts->directory);
	const struct person **councillors = NULL;
	for (size_t i = 0; i < facts->visible_to_count; i++) {
		const struct party *party = &facts->visible[i];
		if (party->role == ROLE_COUNCILLOR && person_set_add(&seen, party->person))
			*ARENA_PUSH(gathering->arena, councillors, facts->to_councillor_count) = party->person;
	}
	facts->to_councillors = councillors;
}

static bool is_sender(const struct gathering *gathering, const struct party *party)
{
	if (party->person != NULL)
		return person_set_has(&gathering->senders, party->person);
	const char *ours = gathering->facts->sender.address;
	const char *a = comparable_address(gathering->arena, ours), *b = comparable_address(gathering->arena, party->address);
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

void gather_visible(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct party *parties = NULL;
	add_visible(gathering, &facts->reading->outer->to, &parties);
	facts->visible_to_count = facts->visible_count;
	add_visible(gathering, &facts->reading->outer->cc, &parties);
	facts->visible = parties;
	see_people(gathering);
	find_addressees(gathering);
	facts->visible_only_sender = true;
	facts->visible_all_council = facts->visible_count > 0;
	for (size_t i = 0; i < facts->visible_count; i++) {
		facts->visible_only_sender &= is_sender(gathering, &parties[i]);
		facts->visible_all_council &= party_is_council(&parties[i]);
	}
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void gather_addresses(struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	const char **addresses = arena_array(gathering->arena, facts->visible_count + 1, sizeof *addresses);
	size_t count = 0;
	for (size_t i = 0; i < facts->visible_count; i++) {
		const char *address = comparable_address(gathering->arena, facts->visible[i].address);
		if (address != NULL)
			addresses[count++] = address;
	}
	if (count > 1)
		qsort(addresses, count, sizeof *addresses, compare_strings);
	gathering->visible_addresses = addresses;
	gathering->visible_address_count = count;
}

bool gather_is_visible(const struct gathering *gathering, const struct party *party)
{
	if (party->person != NULL && person_set_has(&gathering->visible, party->person))
		return true;
	const char *address = comparable_address(gathering->arena, party->address);
	return address != NULL && gathering->visible_address_count > 0 &&
	       bsearch(&address, gathering->visible_addresses, gathering->visible_address_count, sizeof address, compare_strings) != NULL;
}

void gather_reach(struct gathering *gathering, const struct person *person)
{
	if (person != NULL)
		person_set_reach(&gathering->recipients, gathering->arena, gathering->facts, person);
}

void gather_recipients(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct envelope *envelope = facts->envelope;
	struct recipient *recipients = arena_array(gathering->arena, envelope->recipient_count, sizeof *recipients);
	gather_addresses(gathering);
	for (size_t i = 0; i < envelope->recipient_count; i++) {
		recipients[i].party = party_of_address(gathering->arena, facts, envelope->recipients[i]);
		recipients[i].visible = gather_is_visible(gathering, &recipients[i].party);
		gather_reach(gathering, recipients[i].party.person);
	}
	gathering->writable_recipients = recipients;
	facts->recipients = recipients;
	facts->recipient_count = envelope->recipient_count;
}
