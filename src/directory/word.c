/* word.c - the words of people.csv for roles and offices.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/directory.h"

#include <string.h>

/* In the order of enum role, without ROLE_NONE. */
const char *const role_words[] = {
	"councillor", "officer",     "press",      "minister", "authority", "adviser", "auditor", "oversight",
	"protected",  "complainant", "contractor", "resident", "bank",      "list",    NULL,
};
_Static_assert(sizeof role_words / sizeof *role_words == ROLE_COUNT, "a word for each role");

const char *const office_words[] = {
	"clerk",      "deputy-clerk", "rfo",    "head-of-service", "monitoring-officer", "chair",
	"vice-chair", "mayor",        "leader", "committee-chair", "bank-signatory",     "spokesperson",
	"group-leader", "elected",
	NULL,
};

static const unsigned office_bits[] = {
	OFFICE_CLERK,      OFFICE_DEPUTY_CLERK,          OFFICE_RFO,    OFFICE_HEAD_OF_SERVICE, OFFICE_MONITORING_OFFICER, OFFICE_CHAIR,
	OFFICE_VICE_CHAIR, OFFICE_MAYOR | OFFICE_CHAIR, OFFICE_LEADER, OFFICE_COMMITTEE_CHAIR, OFFICE_BANK_SIGNATORY,     OFFICE_SPOKESPERSON,
	OFFICE_GROUP_LEADER, OFFICE_ELECTED,
};
_Static_assert(sizeof office_words / sizeof *office_words == sizeof office_bits / sizeof *office_bits + 1, "bits for each word");

/* The index of a word, or -1. Case does not count, nor whether words are joined by a hyphen or a blank. */
static int word_index(const char *word, const char *const *words)
{
	struct bytes wanted = bytes_trim(bytes_of(word));
	for (int i = 0; words[i] != NULL; i++) {
		struct bytes known = bytes_of(words[i]);
		size_t same = 0;
		while (same < known.length && same < wanted.length &&
		       ascii_lower(wanted.data[same] == ' ' ? '-' : wanted.data[same]) == known.data[same])
			same++;
		if (same == known.length && same == wanted.length)
			return i;
	}
	return -1;
}

bool role_is_protected(enum role role)
{
	return role == ROLE_OVERSIGHT || role == ROLE_AUDITOR || role == ROLE_PROTECTED;
}

const char *role_name(enum role role)
{
	return role > ROLE_NONE && role < ROLE_COUNT ? role_words[role - 1] : "nobody";
}

bool role_parse(const char *word, enum role *out)
{
	int index = word_index(word, role_words);
	if (index < 0)
		return false;
	*out = (enum role)(index + 1);
	return true;
}

bool office_parse(const char *word, unsigned *bits_out)
{
	int index = word_index(word, office_words);
	if (index < 0)
		return false;
	*bits_out = office_bits[index];
	return true;
}
