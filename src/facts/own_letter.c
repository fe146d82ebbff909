/* own_letter.c - whether an attached letter is the author's own, or somebody else's that is only passed on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/facts.h"

#include <string.h>

#include "base/unicode.h"

/* By the last word of a signature, which is a surname, and what a mailbox or the directory calls the author. */
static bool has_surname(struct arena *arena, const char *called, const char *signature)
{
	const char *key = unicode_key(arena, bytes_of(signature)), *blank = strrchr(key, ' ');
	const char *surname = blank == NULL ? key : blank + 1;
	return called != NULL && *surname != '\0' && bytes_have_words(bytes_of(unicode_key(arena, bytes_of(called))), bytes_of(surname));
}

static bool is_called(struct arena *arena, const struct person *person, const char *signature)
{
	return person != NULL && (has_surname(arena, person->name, signature) || has_surname(arena, person->welsh_name, signature));
}

/* What the outer letter says of its author: From, its own signature, and who signed in. */
static bool is_authors_name(struct arena *arena, const struct facts *facts, const char *signature)
{
	const struct letter *outer = facts->reading->outer;
	bool own = is_called(arena, facts->sender.person, signature) || is_called(arena, facts->name.person, signature) ||
		   is_called(arena, facts->header_from.person, signature);
	for (size_t i = 0; i < outer->from.count && !own; i++)
		own = has_surname(arena, outer->from.items[i].name, signature);
	for (size_t i = 0; i < outer->signature_count && !own; i++)
		own = has_surname(arena, outer->signatures[i].name, signature);
	return own;
}

/* Nothing tells who wrote the message, and so nothing that it was somebody else than who signs the letter. */
static bool is_nameless(const struct facts *facts)
{
	const struct letter *outer = facts->reading->outer;
	bool nameless = facts->sender.person == NULL && facts->name.person == NULL && facts->header_from.person == NULL && outer->signature_count == 0;
	for (size_t i = 0; i < outer->from.count && nameless; i++)
		nameless = outer->from.items[i].name == NULL || outer->from.items[i].name[0] == '\0';
	return nameless;
}

/* "Town Clerk" and no name: of whoever is that. */
static bool is_authors_office(const struct facts *facts, const char *office)
{
	unsigned bits = 0;
	return office != NULL && facts->sender.person != NULL && office_parse(office, &bits) && (person_offices(facts->sender.person, facts->on) & bits) != 0;
}

static bool is_somebody_else(struct arena *arena, const struct facts *facts, const struct signature *signature)
{
	const struct mailbox mailbox = { .name = signature->name, .address = "" };
	return signature->name == NULL || facts_person_of(arena, facts, &mailbox, ROLE_NONE) != NULL;
}

bool facts_is_authors_letter(struct arena *arena, const struct facts *facts, const struct letter *letter)
{
	if (letter->kind != LETTER_ATTACHED)
		return letter == facts->reading->outer;
	bool others = false;
	for (size_t i = 0; i < letter->signature_count; i++) {
		const struct signature *signature = &letter->signatures[i];
		if (signature->name != NULL ? is_authors_name(arena, facts, signature->name) : is_authors_office(facts, signature->office))
			return true;
		others |= is_somebody_else(arena, facts, signature);
	}
	return !others && is_nameless(facts);
}
