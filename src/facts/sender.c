/* sender.c - who sends, by authentication or a trusted relay's word, and which way the mail goes (DESIGN 8, Identity).
 *
 * From is never asked who somebody is, but through a relay the council trusts with that very question.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

const char *direction_name(enum direction direction)
{
	static const char *const names[] = { "outgoing", "incoming", "internal" };
	return names[direction];
}

static const struct trusted_relay *relay_of(const struct council *council, const char *client)
{
	for (size_t i = 0; client != NULL && i < council->trusted_count; i++)
		for (size_t j = 0; j < council->trusted[i].network_count; j++)
			if (network_contains(council->trusted[i].networks[j], client))
				return &council->trusted[i];
	return NULL;
}

/* The address a relay vouches for; several From mailboxes say nothing. */
static const char *vouched_address(const struct gathering *gathering, const struct trusted_relay *relay)
{
	const struct mailbox_list *from = &gathering->facts->reading->outer->from;
	if (relay->identity == VOUCH_ENVELOPE_FROM)
		return gathering->facts->envelope->from;
	return from->count == 1 ? from->items[0].address : NULL;
}

/* The envelope's address when it is the person's own, else the first the directory has. */
static const char *address_for(const struct facts *facts, const struct person *person, const char *fallback)
{
	const char *from = facts->envelope->from;
	if (from != NULL && directory_by_address(facts->directory, from) == person)
		return from;
	return person->address_count > 0 ? person->addresses[0] : fallback;
}

static void become_known(struct gathering *gathering, const struct person *person, const char *address, const char *by)
{
	struct facts *facts = gathering->facts;
	facts->sender_known = true;
	facts->sender_by = by;
	facts->sender = party_of_person(gathering->arena, facts, person, address);
	person_set_add(&gathering->senders, person);
	if (!person->is_list)
		return;
	/* A mailbox that only officers share is an officer's, whichever of them it is. */
	struct person_list members = members_of(gathering->arena, facts, person);
	size_t officers = 0;
	for (size_t i = 0; i < members.count; i++) {
		person_set_add(&gathering->senders, members.items[i]);
		officers += role_on(members.items[i], facts->on) == ROLE_OFFICER;
	}
	if (members.count > 0 && officers == members.count && party_is_council(&facts->sender))
		facts->sender.role = ROLE_OFFICER;
}

static void become_stranger(struct gathering *gathering, const char *address)
{
	struct facts *facts = gathering->facts;
	facts->sender = (struct party){ .address = address == NULL ? "" : address };
	facts->sender.council_domain = directory_is_council_domain(facts->directory, facts->sender.address);
	facts->sender.third_party = true;
}

static void vouch(struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	const struct trusted_relay *relay = relay_of(facts->council, facts->envelope->client);
	const char *address = relay == NULL ? NULL : vouched_address(gathering, relay);
	const struct person *person = NULL;
	if (address != NULL && directory_is_council_domain(facts->directory, address))
		person = directory_by_address(facts->directory, address);
	gathering->relay = relay;
	if (person != NULL)
		become_known(gathering, person, address, "trusted relay");
	else
		become_stranger(gathering, facts->envelope->from);
}

static struct party header_party(struct gathering *gathering, const struct mailbox_list *mailboxes)
{
	if (mailboxes->count == 0 || mailboxes->items[0].address[0] == '\0')
		return (struct party){ 0 };
	return party_of_address(gathering->arena, gathering->facts, mailboxes->items[0].address);
}

void gather_sender(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const char *auth = facts->envelope->auth;
	facts->header_from = header_party(gathering, &facts->reading->outer->from);
	facts->header_sender = header_party(gathering, &facts->reading->sender);
	const struct person *person = auth == NULL || auth[0] == '\0' ? NULL : directory_by_login(facts->directory, auth);
	if (person != NULL)
		become_known(gathering, person, address_for(facts, person, auth), "authentication");
	else
		vouch(gathering); /* a connector signs in under a name of its own */
}

void gather_direction(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	size_t inside = 0;
	for (size_t i = 0; i < facts->recipient_count; i++)
		inside += facts->recipients[i].party.council_domain;
	if (!facts->sender_known)
		facts->direction = inside > 0 ? DIRECTION_INCOMING : DIRECTION_OUTGOING;
	else
		facts->direction = inside == facts->recipient_count ? DIRECTION_INTERNAL : DIRECTION_OUTGOING;
}

const char *facts_principal(struct arena *arena, const struct envelope *envelope, const struct reading *reading,
			    const struct directory *directory, const struct council *council)
{
	struct facts facts = { .envelope = envelope, .reading = reading, .directory = directory, .council = council,
			       .on = clock_date_of(envelope->at) };
	struct gathering gathering = { .arena = arena, .facts = &facts, .senders = person_set_new(arena, directory) };
	gather_sender(&gathering);
	if (!facts.sender_known)
		return NULL;
	const struct person *person = facts.sender.person;
	return arena_printf(arena, "%s %s", facts.sender_by, person->id != NULL ? person->id : person->addresses[0]);
}
