/* title.c - see title.h. The longest row wins, so "Clerk to the Mayor" and "Mayor's Secretary" are officers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/title.h"

#include <string.h>

#include "base/name_title.h"

/* What stands before a name is name_titles (base/name_title.h). */
struct row {
	const char *words;
	enum title_kind kind;
	const char *office;
};

static const struct row rows[] = {
	/* offices of councillors */
	{ "City Mayor", TITLE_COUNCILLOR, "mayor" },
	{ "Lord Mayor", TITLE_COUNCILLOR, "mayor" },
	{ "Lady Mayor", TITLE_COUNCILLOR, "mayor" },
	{ "Mayor and Chair", TITLE_COUNCILLOR, "mayor" },
	{ "Maer", TITLE_COUNCILLOR, "mayor" },
	{ "Maer y Dref", TITLE_COUNCILLOR, "mayor" },
	{ "Deputy Mayor", TITLE_COUNCILLOR, NULL },
	{ "Deputy Town Mayor", TITLE_COUNCILLOR, NULL },
	{ "Dirprwy Faer", TITLE_COUNCILLOR, NULL },
	{ "Chair", TITLE_COUNCILLOR, "chair" },
	{ "Chairman", TITLE_COUNCILLOR, "chair" },
	{ "Chairwoman", TITLE_COUNCILLOR, "chair" },
	{ "Chairperson", TITLE_COUNCILLOR, "chair" },
	{ "Chair of the Council", TITLE_COUNCILLOR, "chair" },
	{ "Chairman of the Council", TITLE_COUNCILLOR, "chair" },
	{ "Chair of the Town Council", TITLE_COUNCILLOR, "chair" },
	{ "Chair of the Parish Council", TITLE_COUNCILLOR, "chair" },
	{ "Chairman of the Parish Council", TITLE_COUNCILLOR, "chair" },
	{ "Chair of", TITLE_COUNCILLOR, "committee-chair" },
	{ "Chairman of", TITLE_COUNCILLOR, "committee-chair" },
	{ "Chairwoman of", TITLE_COUNCILLOR, "committee-chair" },
	{ "Committee Chair", TITLE_COUNCILLOR, "committee-chair" },
	{ "Committee Chairman", TITLE_COUNCILLOR, "committee-chair" },
	{ "Cadeirydd", TITLE_COUNCILLOR, "chair" },
	{ "Cadeirydd y Cyngor", TITLE_COUNCILLOR, "chair" },
	{ "Cadeirydd y Pwyllgor", TITLE_COUNCILLOR, "committee-chair" },
	{ "Vice Chair", TITLE_COUNCILLOR, "vice-chair" },
	{ "Vice-Chair", TITLE_COUNCILLOR, "vice-chair" },
	{ "Vice Chairman", TITLE_COUNCILLOR, "vice-chair" },
	{ "Vice-Chairman", TITLE_COUNCILLOR, "vice-chair" },
	{ "Deputy Chair", TITLE_COUNCILLOR, "vice-chair" },
	{ "Is-gadeirydd", TITLE_COUNCILLOR, "vice-chair" },
	{ "Leader", TITLE_COUNCILLOR, "leader" },
	{ "Leader of the Council", TITLE_COUNCILLOR, "leader" },
	{ "Council Leader", TITLE_COUNCILLOR, "leader" },
	{ "Arweinydd", TITLE_COUNCILLOR, "leader" },
	{ "Arweinydd y Cyngor", TITLE_COUNCILLOR, "leader" },
	{ "Deputy Leader", TITLE_COUNCILLOR, NULL },
	{ "Dirprwy Arweinydd", TITLE_COUNCILLOR, NULL },
	{ "Group Leader", TITLE_COUNCILLOR, NULL },
	{ "Leader of the Opposition", TITLE_COUNCILLOR, NULL },
	{ "Portfolio Holder", TITLE_COUNCILLOR, NULL },
	{ "Cabinet Member", TITLE_COUNCILLOR, NULL },
	{ "Executive Member", TITLE_COUNCILLOR, NULL },
	{ "Aelod Cabinet", TITLE_COUNCILLOR, NULL },
	{ "Aelod o'r Cabinet", TITLE_COUNCILLOR, NULL },
	{ "Town Councillor", TITLE_COUNCILLOR, NULL },
	{ "Parish Councillor", TITLE_COUNCILLOR, NULL },
	{ "District Councillor", TITLE_COUNCILLOR, NULL },
	{ "County Councillor", TITLE_COUNCILLOR, NULL },
	{ "Community Councillor", TITLE_COUNCILLOR, NULL },
	{ "Cynghorydd Tref", TITLE_COUNCILLOR, NULL },
	{ "Cynghorydd Sir", TITLE_COUNCILLOR, NULL },
	{ "Ward Councillor", TITLE_WARD, NULL },
	{ "Ward Member", TITLE_WARD, NULL },
	{ "Councillor for", TITLE_WARD, NULL },
	{ "Ward Councillor for", TITLE_WARD, NULL },
	{ "Member for", TITLE_WARD, NULL },
	{ "Ward Member for", TITLE_WARD, NULL },
	{ "Local Member", TITLE_WARD, NULL },
	{ "Aelod dros", TITLE_WARD, NULL },
	{ "Aelod Ward", TITLE_WARD, NULL },
	{ "Cynghorydd dros", TITLE_WARD, NULL },
	/* officers */
	{ "Clerk", TITLE_OFFICER, "clerk" },
	{ "Town Clerk", TITLE_OFFICER, "clerk" },
	{ "Parish Clerk", TITLE_OFFICER, "clerk" },
	{ "Council Clerk", TITLE_OFFICER, "clerk" },
	{ "Clerk to the Council", TITLE_OFFICER, "clerk" },
	{ "Clerk of the Council", TITLE_OFFICER, "clerk" },
	{ "Clerk & RFO", TITLE_OFFICER, "clerk" },
	{ "Clerk and RFO", TITLE_OFFICER, "clerk" },
	{ "Town Clerk and Chief Executive", TITLE_OFFICER, "clerk" },
	{ "Town Clerk & Chief Executive", TITLE_OFFICER, "clerk" },
	{ "Locum Clerk", TITLE_OFFICER, "clerk" },
	{ "Locum Town Clerk", TITLE_OFFICER, "clerk" },
	{ "Acting Clerk", TITLE_OFFICER, "clerk" },
	{ "Acting Town Clerk", TITLE_OFFICER, "clerk" },
	{ "Interim Clerk", TITLE_OFFICER, "clerk" },
	{ "Proper Officer", TITLE_OFFICER, "clerk" },
	{ "Clerc", TITLE_OFFICER, "clerk" },
	{ "Clerc y Dref", TITLE_OFFICER, "clerk" },
	{ "Clerc y Cyngor", TITLE_OFFICER, "clerk" },
	{ "Deputy Clerk", TITLE_OFFICER, "deputy-clerk" },
	{ "Deputy Town Clerk", TITLE_OFFICER, "deputy-clerk" },
	{ "Assistant Clerk", TITLE_OFFICER, "deputy-clerk" },
	{ "Assistant Town Clerk", TITLE_OFFICER, "deputy-clerk" },
	{ "Dirprwy Glerc", TITLE_OFFICER, "deputy-clerk" },
	{ "Committee Clerk", TITLE_OFFICER, NULL },
	{ "Clerk to the Mayor", TITLE_OFFICER, NULL },
	{ "Clerk to the Trustees", TITLE_NONE, NULL },
	{ "Clerk to the Governors", TITLE_NONE, NULL },
	{ "RFO", TITLE_OFFICER, "rfo" },
	{ "Responsible Finance Officer", TITLE_OFFICER, "rfo" },
	{ "Responsible Financial Officer", TITLE_OFFICER, "rfo" },
	{ "Section 151 Officer", TITLE_OFFICER, "rfo" },
	{ "Swyddog Cyllid Cyfrifol", TITLE_OFFICER, "rfo" },
	{ "Swyddog Ariannol Cyfrifol", TITLE_OFFICER, "rfo" },
	{ "Monitoring Officer", TITLE_OFFICER, "monitoring-officer" },
	{ "Swyddog Monitro", TITLE_OFFICER, "monitoring-officer" },
	{ "Head of", TITLE_OFFICER, "head-of-service" },
	{ "Director of", TITLE_OFFICER, "head-of-service" },
	{ "Head of Paid Service", TITLE_OFFICER, NULL },
	{ "Head of Service", TITLE_OFFICER, "head-of-service" },
	{ "Pennaeth", TITLE_OFFICER, "head-of-service" },
	{ "Chief Executive", TITLE_OFFICER, NULL },
	{ "Chief Officer", TITLE_OFFICER, NULL },
	{ "Prif Weithredwr", TITLE_OFFICER, NULL },
	{ "Officer", TITLE_OFFICER, NULL },
	{ "Swyddog", TITLE_OFFICER, NULL },
	{ "Manager", TITLE_OFFICER, NULL },
	{ "Rheolwr", TITLE_OFFICER, NULL },
	{ "Administrator", TITLE_OFFICER, NULL },
	{ "Admin Assistant", TITLE_OFFICER, NULL },
	{ "Administrative Assistant", TITLE_OFFICER, NULL },
	{ "Administration Assistant", TITLE_OFFICER, NULL },
	{ "Personal Assistant", TITLE_OFFICER, NULL },
	{ "Personal Assistant to the Mayor", TITLE_OFFICER, NULL },
	{ "Personal Assistant to the Leader", TITLE_OFFICER, NULL },
	{ "PA to the Mayor", TITLE_OFFICER, NULL },
	{ "PA to the Leader", TITLE_OFFICER, NULL },
	{ "Secretary to the Mayor", TITLE_OFFICER, NULL },
	{ "Secretary to the Leader", TITLE_OFFICER, NULL },
	{ "Mayor's Secretary", TITLE_OFFICER, NULL },
	{ "Mayor's Office", TITLE_OFFICER, NULL },
	{ "Mayor's PA", TITLE_OFFICER, NULL },
	{ "Mayor's Parlour", TITLE_OFFICER, NULL },
	{ "Mayoral Secretary", TITLE_OFFICER, NULL },
	{ "Leader's Office", TITLE_OFFICER, NULL },
	{ "Office of the Mayor", TITLE_OFFICER, NULL },
	{ "Mayor's Charity", TITLE_NONE, NULL },
	{ "Team Leader", TITLE_OFFICER, NULL },
	{ "Former Mayor", TITLE_NONE, NULL },
	{ "Past Mayor", TITLE_NONE, NULL },
	{ "Chair of Trustees", TITLE_NONE, NULL },
	{ "Chair of the Trustees", TITLE_NONE, NULL },
	{ "Chairman of the Trustees", TITLE_NONE, NULL },
	{ "Chair of Governors", TITLE_NONE, NULL },
	{ "Chair of the Governors", TITLE_NONE, NULL },
	{ "Trustee", TITLE_NONE, NULL },
	/* letters behind a name */
	{ "BEM", TITLE_LETTERS, NULL },    { "MBE", TITLE_LETTERS, NULL },
	{ "OBE", TITLE_LETTERS, NULL },    { "CBE", TITLE_LETTERS, NULL },
	{ "JP", TITLE_LETTERS, NULL },     { "DL", TITLE_LETTERS, NULL },
	{ "MA", TITLE_LETTERS, NULL },     { "BA", TITLE_LETTERS, NULL },
	{ "BSc", TITLE_LETTERS, NULL },    { "MSc", TITLE_LETTERS, NULL },
	{ "PhD", TITLE_LETTERS, NULL },    { "LLB", TITLE_LETTERS, NULL },
	{ "PSLCC", TITLE_LETTERS, NULL },  { "FSLCC", TITLE_LETTERS, NULL },
	{ "CiLCA", TITLE_LETTERS, NULL },  { "FCCA", TITLE_LETTERS, NULL },
	{ "ACCA", TITLE_LETTERS, NULL },   { "CPFA", TITLE_LETTERS, NULL },
	{ "MRTPI", TITLE_LETTERS, NULL },  { "Hons", TITLE_LETTERS, NULL },
	{ "FILCM", TITLE_LETTERS, NULL },  { "MILCM", TITLE_LETTERS, NULL },
	{ "FRSA", TITLE_LETTERS, NULL },   { "QC", TITLE_LETTERS, NULL },
	{ "KC", TITLE_LETTERS, NULL },     { "MP", TITLE_LETTERS, NULL },
	{ "MS", TITLE_LETTERS, NULL },     { "AS", TITLE_LETTERS, NULL },
	{ "Esq", TITLE_LETTERS, NULL },    { "RN", TITLE_LETTERS, NULL },
};

static bool stands_at(struct bytes text, size_t at, struct bytes words)
{
	size_t end = at + words.length;
	return end <= text.length && bytes_equal_nocase(bytes_slice(text, at, end), words) && (end == text.length || !utf8_is_word(text.data[end]));
}

/* Letters behind a name are written as they are: "as" and "ma" are words. */
static bool fits(struct bytes text, size_t at, const struct row *row)
{
	struct bytes words = bytes_of(row->words);
	return stands_at(text, at, words) && (row->kind != TITLE_LETTERS || bytes_equal(bytes_slice(text, at, at + words.length), words));
}

/* "Ms" comes before, "MS" behind. */
static bool fits_before(struct bytes text, size_t at, const struct name_title *title)
{
	struct bytes words = bytes_of(title->words);
	return stands_at(text, at, words) && (strcmp(title->words, "ms") != 0 || text.data[at + 1] == 's');
}

static struct title title_before(const struct name_title *title)
{
	return (struct title){
		.kind = title->kind == NAME_TITLE_HONORIFIC ? TITLE_HONORIFIC : TITLE_COUNCILLOR,
		.office = title->kind == NAME_TITLE_MAYOR ? "mayor" : NULL,
		.before_name = true,
	};
}

size_t title_at(struct bytes text, size_t at, struct title *out)
{
	size_t longest = 0;
	if (at >= text.length || (at > 0 && utf8_is_word(text.data[at - 1])))
		return 0;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strlen(rows[i].words) > longest && fits(text, at, &rows[i])) {
			longest = strlen(rows[i].words);
			*out = (struct title){ rows[i].kind, rows[i].office, false };
		}
	for (const struct name_title *title = name_titles; title->words != NULL; title++)
		if (strlen(title->words) > longest && fits_before(text, at, title)) {
			longest = strlen(title->words);
			*out = title_before(title);
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
