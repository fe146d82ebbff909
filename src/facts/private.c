/* private.c - private mailboxes: neither the Council's nor any other body's, and marked mail that goes to one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "message/address.h"

/* Domains of public bodies, whoever is listed there. */
static bool is_public_body(struct bytes domain)
{
	static const char *const endings[] = {
		".gov.uk", ".gov.wales", ".llyw.cymru", ".gov.scot", ".nhs.uk", ".nhs.wales", ".police.uk", ".ac.uk", ".sch.uk", ".mod.uk",
		"parliament.uk", "parliament.scot", "senedd.wales", "senedd.cymru",
	};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (bytes_ends_with(domain, bytes_of(endings[i])))
			return true;
	return false;
}

static bool is_of_people(enum role role)
{
	return role == ROLE_NONE || role == ROLE_RESIDENT || role == ROLE_COMPLAINANT || role == ROLE_COUNCILLOR || role == ROLE_OFFICER ||
	       role == ROLE_LIST;
}

/* The directory knows a body there: another council, a contractor, the press. */
static bool is_of_a_body(const struct facts *facts, struct bytes domain)
{
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *person = directory_at(facts->directory, i);
		for (size_t j = 0; j < person->address_count; j++)
			if (bytes_equal_nocase(address_domain(person->addresses[j]), domain) && !is_of_people(person_role(person, facts->on)))
				return true;
	}
	return false;
}

bool party_is_private(const struct facts *facts, const struct party *party)
{
	struct bytes domain = address_domain(party->address);
	return domain.length > 0 && !directory_is_council_domain(facts->directory, party->address) && !is_public_body(domain) &&
	       !is_of_a_body(facts, domain);
}

static bool council_marked(const struct facts *facts)
{
	for (size_t i = 0; i < facts->marked_count; i++)
		if (marked_counts(&facts->marked[i]) && facts->marked[i].council_author)
			return true;
	return false;
}

bool facts_marked_to_private(const struct facts *facts, size_t recipient)
{
	const struct party *party = &facts->recipients[recipient].party;
	return (party->role == ROLE_COUNCILLOR || party->role == ROLE_OFFICER) && council_marked(facts) && party_is_private(facts, party);
}
