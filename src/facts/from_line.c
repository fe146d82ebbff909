/* from_line.c - a From line that does not go with who sent the message: nothing is concluded from it, but somebody should know.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "base/name_title.h"

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

/* More than "Cllr Khan" or "Amir", which many are called. */
static bool is_full_name(struct bytes written)
{
	size_t words = 0;
	for (size_t at = 0; at < written.length; words++) {
		size_t end = bytes_find_char(written, ' ', at);
		if (end == (size_t)-1)
			end = written.length;
		if (end == at || (words == 0 && name_title_of(bytes_slice(written, at, end)) != NULL))
			words--;
		at = end + 1;
	}
	return words > 1;
}

/* Whose name a stranger bears at an address that the directory does not have: a relative of the same name, a mailbox of theirs that is not
 * listed, or somebody who wants to be taken for them. */
static const struct person *borrowed_name(struct arena *arena, const struct facts *facts)
{
	const struct mailbox_list *from = &facts->reading->outer->from;
	if (from->count == 0 || from->items[0].name == NULL || facts->header_from.person != NULL)
		return NULL;
	struct bytes written = bytes_of(from->items[0].name);
	size_t address = bytes_find(written, BYTES(" <"), 0); /* one of theirs, shown in front of the true one */
	written = bytes_slice(written, 0, address == (size_t)-1 ? written.length : address);
	size_t comma = bytes_find(written, BYTES(", "), 0); /* "Amir Khan, Mayor", but "Khan, Amir" */
	struct bytes before = bytes_slice(written, 0, comma == (size_t)-1 ? written.length : comma);
	if (!is_full_name(written))
		return NULL;
	const char *name = arena_string_of(arena, is_full_name(before) ? before : written);
	for (enum role role = ROLE_COUNCILLOR; role <= ROLE_OFFICER; role++) {
		struct person_list found = directory_by_name(arena, facts->directory, name, role, facts->on);
		if (found.count > 0)
			return found.items[0];
	}
	return NULL;
}

static const char *note_of_stranger(struct arena *arena, const struct facts *facts)
{
	const char *address = facts->header_from.address;
	if (address == NULL)
		return NULL;
	if (facts->header_from.council_domain)
		return arena_printf(arena, "From gives %s, but nobody signed in or vouches for the sender: it is taken for nobody's of the Council", address);
	const struct person *bearer = borrowed_name(arena, facts);
	if (bearer == NULL)
		return NULL;
	return arena_printf(arena, "From gives the name of %s, but %s is no address of theirs that is known: it is taken for a stranger's", bearer->name, address);
}

/* Protected correspondents are in no log. */
static const char *note(struct arena *arena, const struct facts *facts)
{
	if (facts_sender_is_protected(facts) || facts_is_protected_only(facts))
		return NULL;
	if (!facts->sender_known)
		return note_of_stranger(arena, facts);
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
