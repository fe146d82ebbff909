/* title.c - see title.h. The longest row wins, so "Clerk to the Mayor" and "Mayor's Secretary" are officers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/title.h"

struct row {
	const char *words;
	struct title title;
};

#define BEFORE true
#define ALONE false

static const struct row rows[] = {
	/* how a councillor is addressed */
	{ "Cllr", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Cllrs", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Councillor", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Councillors", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Coun", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Alderman", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Cyng", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Cyngh", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Cynghorydd", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Y Cynghorydd", { TITLE_COUNCILLOR, NULL, BEFORE } },
	{ "Y Cyng", { TITLE_COUNCILLOR, NULL, BEFORE } },
	/* offices of councillors */
	{ "Mayor", { TITLE_COUNCILLOR, "mayor", BEFORE } },
	{ "Town Mayor", { TITLE_COUNCILLOR, "mayor", BEFORE } },
	{ "City Mayor", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Lord Mayor", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Lady Mayor", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Mayor and Chair", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Maer", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Maer y Dref", { TITLE_COUNCILLOR, "mayor", ALONE } },
	{ "Deputy Mayor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Deputy Town Mayor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Dirprwy Faer", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Chair", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chairman", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chairwoman", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chairperson", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chair of the Council", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chairman of the Council", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chair of the Town Council", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chair of the Parish Council", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chairman of the Parish Council", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Chair of", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Chairman of", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Chairwoman of", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Committee Chair", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Committee Chairman", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Cadeirydd", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Cadeirydd y Cyngor", { TITLE_COUNCILLOR, "chair", ALONE } },
	{ "Cadeirydd y Pwyllgor", { TITLE_COUNCILLOR, "committee-chair", ALONE } },
	{ "Vice Chair", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Vice-Chair", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Vice Chairman", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Vice-Chairman", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Deputy Chair", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Is-gadeirydd", { TITLE_COUNCILLOR, "vice-chair", ALONE } },
	{ "Leader", { TITLE_COUNCILLOR, "leader", ALONE } },
	{ "Leader of the Council", { TITLE_COUNCILLOR, "leader", ALONE } },
	{ "Council Leader", { TITLE_COUNCILLOR, "leader", ALONE } },
	{ "Arweinydd", { TITLE_COUNCILLOR, "leader", ALONE } },
	{ "Arweinydd y Cyngor", { TITLE_COUNCILLOR, "leader", ALONE } },
	{ "Deputy Leader", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Dirprwy Arweinydd", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Group Leader", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Leader of the Opposition", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Portfolio Holder", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Cabinet Member", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Executive Member", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Aelod Cabinet", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Aelod o'r Cabinet", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Town Councillor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Parish Councillor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "District Councillor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "County Councillor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Community Councillor", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Cynghorydd Tref", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Cynghorydd Sir", { TITLE_COUNCILLOR, NULL, ALONE } },
	{ "Ward Councillor", { TITLE_WARD, NULL, ALONE } },
	{ "Ward Member", { TITLE_WARD, NULL, ALONE } },
	{ "Councillor for", { TITLE_WARD, NULL, ALONE } },
	{ "Ward Councillor for", { TITLE_WARD, NULL, ALONE } },
	{ "Member for", { TITLE_WARD, NULL, ALONE } },
	{ "Ward Member for", { TITLE_WARD, NULL, ALONE } },
	{ "Local Member", { TITLE_WARD, NULL, ALONE } },
	{ "Aelod dros", { TITLE_WARD, NULL, ALONE } },
	{ "Aelod Ward", { TITLE_WARD, NULL, ALONE } },
	{ "Cynghorydd dros", { TITLE_WARD, NULL, ALONE } },
	/* officers */
	{ "Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Town Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Parish Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Council Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerk to the Council", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerk of the Council", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerk & RFO", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerk and RFO", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Town Clerk and Chief Executive", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Town Clerk & Chief Executive", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Locum Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Locum Town Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Acting Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Acting Town Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Interim Clerk", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Proper Officer", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerc", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerc y Dref", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Clerc y Cyngor", { TITLE_OFFICER, "clerk", ALONE } },
	{ "Deputy Clerk", { TITLE_OFFICER, "deputy-clerk", ALONE } },
	{ "Deputy Town Clerk", { TITLE_OFFICER, "deputy-clerk", ALONE } },
	{ "Assistant Clerk", { TITLE_OFFICER, "deputy-clerk", ALONE } },
	{ "Assistant Town Clerk", { TITLE_OFFICER, "deputy-clerk", ALONE } },
	{ "Dirprwy Glerc", { TITLE_OFFICER, "deputy-clerk", ALONE } },
	{ "Committee Clerk", { TITLE_OFFICER, NULL, ALONE } },
	{ "Clerk to the Mayor", { TITLE_OFFICER, NULL, ALONE } },
	{ "Clerk to the Trustees", { TITLE_NONE, NULL, ALONE } },
	{ "Clerk to the Governors", { TITLE_NONE, NULL, ALONE } },
	{ "RFO", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Responsible Finance Officer", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Responsible Financial Officer", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Section 151 Officer", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Swyddog Cyllid Cyfrifol", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Swyddog Ariannol Cyfrifol", { TITLE_OFFICER, "rfo", ALONE } },
	{ "Monitoring Officer", { TITLE_OFFICER, "monitoring-officer", ALONE } },
	{ "Swyddog Monitro", { TITLE_OFFICER, "monitoring-officer", ALONE } },
	{ "Head of", { TITLE_OFFICER, "head-of-service", ALONE } },
	{ "Director of", { TITLE_OFFICER, "head-of-service", ALONE } },
	{ "Head of Paid Service", { TITLE_OFFICER, NULL, ALONE } },
	{ "Head of Service", { TITLE_OFFICER, "head-of-service", ALONE } },
	{ "Pennaeth", { TITLE_OFFICER, "head-of-service", ALONE } },
	{ "Chief Executive", { TITLE_OFFICER, NULL, ALONE } },
	{ "Chief Officer", { TITLE_OFFICER, NULL, ALONE } },
	{ "Prif Weithredwr", { TITLE_OFFICER, NULL, ALONE } },
	{ "Officer", { TITLE_OFFICER, NULL, ALONE } },
	{ "Swyddog", { TITLE_OFFICER, NULL, ALONE } },
	{ "Manager", { TITLE_OFFICER, NULL, ALONE } },
	{ "Rheolwr", { TITLE_OFFICER, NULL, ALONE } },
	{ "Administrator", { TITLE_OFFICER, NULL, ALONE } },
	{ "Admin Assistant", { TITLE_OFFICER, NULL, ALONE } },
	{ "Administrative Assistant", { TITLE_OFFICER, NULL, ALONE } },
	{ "Administration Assistant", { TITLE_OFFICER, NULL, ALONE } },
	{ "Personal Assistant", { TITLE_OFFICER, NULL, ALONE } },
	{ "Personal Assistant to the Mayor", { TITLE_OFFICER, NULL, ALONE } },
	{ "Personal Assistant to the Leader", { TITLE_OFFICER, NULL, ALONE } },
	{ "PA to the Mayor", { TITLE_OFFICER, NULL, ALONE } },
	{ "PA to the Leader", { TITLE_OFFICER, NULL, ALONE } },
	{ "Secretary to the Mayor", { TITLE_OFFICER, NULL, ALONE } },
	{ "Secretary to the Leader", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayor's Secretary", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayor's Office", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayor's PA", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayor's Parlour", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayoral Secretary", { TITLE_OFFICER, NULL, ALONE } },
	{ "Leader's Office", { TITLE_OFFICER, NULL, ALONE } },
	{ "Office of the Mayor", { TITLE_OFFICER, NULL, ALONE } },
	{ "Mayor's Charity", { TITLE_NONE, NULL, ALONE } },
	{ "Team Leader", { TITLE_OFFICER, NULL, ALONE } },
	{ "Former Mayor", { TITLE_NONE, NULL, ALONE } },
	{ "Past Mayor", { TITLE_NONE, NULL, ALONE } },
	{ "Chair of Trustees", { TITLE_NONE, NULL, ALONE } },
	{ "Chair of the Trustees", { TITLE_NONE, NULL, ALONE } },
	{ "Chairman of the Trustees", { TITLE_NONE, NULL, ALONE } },
	{ "Chair of Governors", { TITLE_NONE, NULL, ALONE } },
	{ "Chair of the Governors", { TITLE_NONE, NULL, ALONE } },
	{ "Trustee", { TITLE_NONE, NULL, ALONE } },
	/* how anybody is addressed */
	{ "Mr", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Mrs", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Ms", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Miss", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Mx", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Dr", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Prof", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Professor", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Rev", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Revd", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Reverend", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Sir", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Dame", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Lady", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Hon", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Major", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Captain", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Colonel", { TITLE_HONORIFIC, NULL, BEFORE } },
	{ "Parch", { TITLE_HONORIFIC, NULL, BEFORE } },
	/* letters behind a name */
	{ "BEM", { TITLE_LETTERS, NULL, ALONE } },    { "MBE", { TITLE_LETTERS, NULL, ALONE } },
	{ "OBE", { TITLE_LETTERS, NULL, ALONE } },    { "CBE", { TITLE_LETTERS, NULL, ALONE } },
	{ "JP", { TITLE_LETTERS, NULL, ALONE } },     { "DL", { TITLE_LETTERS, NULL, ALONE } },
	{ "MA", { TITLE_LETTERS, NULL, ALONE } },     { "BA", { TITLE_LETTERS, NULL, ALONE } },
	{ "BSc", { TITLE_LETTERS, NULL, ALONE } },    { "MSc", { TITLE_LETTERS, NULL, ALONE } },
	{ "PhD", { TITLE_LETTERS, NULL, ALONE } },    { "LLB", { TITLE_LETTERS, NULL, ALONE } },
	{ "PSLCC", { TITLE_LETTERS, NULL, ALONE } },  { "FSLCC", { TITLE_LETTERS, NULL, ALONE } },
	{ "CiLCA", { TITLE_LETTERS, NULL, ALONE } },  { "FCCA", { TITLE_LETTERS, NULL, ALONE } },
	{ "ACCA", { TITLE_LETTERS, NULL, ALONE } },   { "CPFA", { TITLE_LETTERS, NULL, ALONE } },
	{ "MRTPI", { TITLE_LETTERS, NULL, ALONE } },  { "Hons", { TITLE_LETTERS, NULL, ALONE } },
	{ "FILCM", { TITLE_LETTERS, NULL, ALONE } },  { "MILCM", { TITLE_LETTERS, NULL, ALONE } },
	{ "FRSA", { TITLE_LETTERS, NULL, ALONE } },   { "QC", { TITLE_LETTERS, NULL, ALONE } },
	{ "KC", { TITLE_LETTERS, NULL, ALONE } },     { "MP", { TITLE_LETTERS, NULL, ALONE } },
	{ "MS", { TITLE_LETTERS, NULL, ALONE } },     { "AS", { TITLE_LETTERS, NULL, ALONE } },
	{ "Esq", { TITLE_LETTERS, NULL, ALONE } },    { "RN", { TITLE_LETTERS, NULL, ALONE } },
};

static bool fits(struct bytes text, size_t at, struct bytes words, const struct title *title)
{
	size_t end = at + words.length;
	if (end > text.length || !bytes_equal_nocase(bytes_slice(text, at, end), words) ||
	    (end < text.length && utf8_is_word(text.data[end])))
		return false;
	/* Letters behind a name are written as they are: "as" and "ma" are words. "Ms" comes before, "MS" behind. */
	return (title->kind != TITLE_LETTERS && !bytes_equal(words, BYTES("Ms"))) ||
	       bytes_equal(bytes_slice(text, at, end), words);
}

size_t title_at(struct bytes text, size_t at, struct title *out)
{
	size_t longest = 0;
	if (at >= text.length || (at > 0 && utf8_is_word(text.data[at - 1])))
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bytes words = bytes_of(rows[i].words);
		if (words.length > longest && fits(text, at, words, &rows[i].title)) {
			longest = words.length;
			*out = rows[i].title;
		}
	}
	return longest;
}

bool title_makes_capacity(const struct title *title)
{
	return title->kind == TITLE_COUNCILLOR || title->kind == TITLE_WARD || title->kind == TITLE_OFFICER;
}

bool title_find(struct bytes text, size_t from, size_t *at_out, size_t *length_out, struct title *out)
{
	for (size_t at = from; at < text.length; at++) {
		struct title title;
		size_t length = title_at(text, at, &title);
		if (length == 0)
			continue;
		if (title_makes_capacity(&title)) {
			*at_out = at;
			*length_out = length;
			*out = title;
			return true;
		}
		at += length - 1; /* a longer title that makes none hides those inside it */
	}
	return false;
}
