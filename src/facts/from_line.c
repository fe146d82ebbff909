/* from_line.c - a From line that does not go with who sent the message: nothing is concluded from it, but somebody should know.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

static bool is_of_council(const struct facts *facts, const struct party *party)
{
	return party->person != NULL && (person_serves(party->person, facts->on) || (party->person->is_list && party->council_domain));
}

/* On one of the two's list, or its keeper. */
static bool shares_mailbox(struct arena *arena, const struct facts *facts, const struct person *mailbox, const struct person *person)
{
	if (!mailbox->is_list)
		return false;
	const struct circle circle = { .people = &mailbox, .count = 1 };
	return circle_has(arena, facts->directory, &circle, person, facts->on) ||
	       (mailbox->owner != NULL && directory_by_address(facts->directory, mailbox->owner) == person);
}

static const struct party *another(struct arena *arena, const struct facts *facts)
{
	const struct party *from = &facts->header_from;
	const struct person *sender = facts->sender.person;
	if (!facts->sender_known || sender == NULL || !is_of_council(facts, from) || from->person == sender)
		return NULL;
	if (shares_mailbox(arena, facts, from->person, sender) || shares_mailbox(arena, facts, sender, from->person))
		return NULL;
	return from;
}

static bool is_granted(struct arena *arena, const struct facts *facts, const struct person *as)
{
	for (size_t i = 0; i < facts->permission_count; i++) {
		const struct permission *permission = facts->permissions[i];
		if (permission->kind == PERMISSION_SEND_AS &&
		    circle_has(arena, facts->directory, &permission->who, facts->sender.person, facts->on) &&
		    circle_has(arena, facts->directory, &permission->with, as, facts->on))
			return true;
	}
	return false;
}

/* Protected correspondents are in no log. */
static const char *note(struct arena *arena, const struct facts *facts)
{
	if (facts_sender_is_protected(facts) || facts_is_protected_only(facts))
		return NULL;
	if (!facts->sender_known)
		return facts->header_from.address == NULL || !facts->header_from.council_domain ?
			       NULL :
			       arena_printf(arena, "From gives %s, but nobody signed in or vouches for the sender: it is taken for nobody's of the Council",
					    facts->header_from.address);
	if (facts->from_another == NULL || is_granted(arena, facts, facts->from_another->person))
		return NULL;
	return arena_printf(arena, "%s sent it, but From gives %s, which is not theirs, and no permission to send as that one is in force",
			    facts->sender.person->name, facts->from_another->address);
}

void gather_from_line(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	facts->from_another = another(gathering->arena, facts);
	facts->from_note = note(gathering->arena, facts);
}
