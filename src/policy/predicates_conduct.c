/* predicates_conduct.c - conditions on complaints: whom they speak of, and whether they go where the Council wants them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/unicode.h"
#include "policy/naming.h"
#include "policy/party.h"
#include "policy/predicate.h"
#include "reading/lexicon.h"

/* ---- who and what is spoken of ------------------------------------------------------------------------------ */

/* Some sentence of the author's own, or the subject. */
static bool author_names(struct question *question, const struct person *person)
{
	const struct reading *reading = question->facts->reading;
	const char *subject = reading->outer->subject;
	if (subject != NULL && text_names(question->arena, unicode_plain(question->arena, bytes_of(subject)), person))
		return true;
	for (size_t i = 0; i < reading->sentence_count; i++)
		if (reading->sentences[i].zone == ZONE_AUTHOR && text_names(question->arena, reading->sentences[i].plain, person))
			return true;
	return false;
}

/* The writer's own name stands under most letters, and the reader's above them. */
static bool takes_part(const struct facts *facts, const struct person *person)
{
	bool part = facts->sender.person == person || facts->header_from.person == person;
	for (size_t i = 0; i < facts->visible_count; i++)
		part |= facts->visible[i].person == person;
	return part;
}

static bool names_one_of(struct question *question, const struct person_list *people, bool besides_parties)
{
	for (size_t i = 0; i < people->count; i++)
		if (!(besides_parties && takes_part(question->facts, people->items[i])) && author_names(question, people->items[i]))
			return true;
	return false;
}

/* No evidence: whom a complaint names is not to be read in a report. */
static enum answer names_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	struct person_list people = directory_with_role(question->arena, facts->directory, arguments->role, facts->on);
	return answer_of(names_one_of(question, &people, true));
}

static enum answer names_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	struct person_list people = directory_with_office(question->arena, facts->directory, arguments->office, facts->on);
	return answer_of(names_one_of(question, &people, false));
}

/* ---- where it goes ------------------------------------------------------------------------------------------ */

static bool is_among(const struct string_list *addresses, const struct facts *facts, const struct party *party)
{
	for (size_t i = 0; i < addresses->count; i++) {
		const struct person *person = directory_by_address(facts->directory, addresses->items[i]);
		if ((person != NULL && person == party->person) ||
		    (party->address != NULL && bytes_equal_nocase(bytes_of(party->address), bytes_of(addresses->items[i]))))
			return true;
	}
	return false;
}

static bool is_standards(const struct facts *facts, const struct party *party)
{
	const struct string_list *addresses = &facts->council->conduct.standards;
	return addresses->count > 0 ? is_among(addresses, facts, party) : (party->offices & OFFICE_MONITORING_OFFICER) != 0;
}

static enum answer reaches_standards(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (is_standards(facts, &facts->recipients[i].party)) {
			question_evidence(question, "envelope", "sent to %s", party_name(&facts->recipients[i].party));
			return YES;
		}
	return NO;
}

/* Everybody who gets it is whom it is for; advisers and oversight may always have it. */
static enum answer keeps_to(struct question *question, const struct route *route, unsigned usual)
{
	const struct facts *facts = question->facts;
	unsigned offices = route->words != NULL ? route->offices : usual;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		if (party->exempt == NULL && (party->offices & offices) == 0 && !is_among(&route->addresses, facts, party) &&
		    party->person != facts->sender.person)
			return NO;
	}
	return answer_of(facts->recipient_count > 0);
}

static enum answer keeps_to_officers_route(struct question *question, const struct argument *arguments)
{
	return keeps_to(question, &question->facts->council->conduct.about_officers, arguments->office);
}

static enum answer keeps_to_clerks_route(struct question *question, const struct argument *arguments)
{
	return keeps_to(question, &question->facts->council->conduct.about_clerk, arguments->office);
}

static enum answer recipient_holds(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if ((facts->recipients[i].party.offices & arguments->office) != 0)
			return YES;
	return NO;
}

/* ---- wards -------------------------------------------------------------------------------------------------- */

static bool letter_names_ward(struct arena *arena, const struct letter *letter, const struct ward *ward)
{
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t j = 0; j < letter->passages[i].line_count; j++)
			if (letter->passages[i].lines[j].zone == ZONE_AUTHOR &&
			    text_names_ward(arena, letter->passages[i].lines[j].plain, ward))
				return true;
	return false;
}

/* In the message or the letters it answers: the complainant's own letter gives the street. */
static bool is_about_ward(struct question *question, const struct ward *ward)
{
	const struct reading *reading = question->facts->reading;
	const char *subject = reading->outer->subject;
	if (subject != NULL && text_names_ward(question->arena, unicode_plain(question->arena, bytes_of(subject)), ward))
		return true;
	for (size_t i = 0; i < reading->sentence_count; i++)
		if (text_names_ward(question->arena, reading->sentences[i].plain, ward))
			return true;
	for (size_t i = 0; i < reading->letter_count; i++)
		if (letter_names_ward(question->arena, reading->letters[i], ward))
			return true;
	return false;
}

static bool is_of_ward(const struct person *person, const struct ward *ward, calendar_date on)
{
	const char *theirs = person == NULL || !person_has_role(person, ROLE_COUNCILLOR, on) ? NULL : person_ward(person, on);
	return theirs != NULL && bytes_equal_nocase(bytes_of(theirs), bytes_of(ward->name));
}

static enum answer names_ward(struct question *question, const struct argument *arguments)
{
	const struct conduct *conduct = &question->facts->council->conduct;
	for (size_t i = 0; i < conduct->ward_count; i++)
		if (is_about_ward(question, &conduct->wards[i])) {
			question_evidence(question, "directory", "%s ward", conduct->wards[i].name);
			return YES;
		}
	return NO;
}

/* Lists expanded, hidden copies too. */
static bool reaches_ward(const struct facts *facts, const struct ward *ward)
{
	bool reached = false;
	for (size_t i = 0; i < facts->recipient_count; i++)
		reached |= is_of_ward(facts->recipients[i].party.person, ward, facts->on);
	for (size_t i = 0; i < facts->reached_count; i++)
		reached |= is_of_ward(facts->reached[i], ward, facts->on);
	return reached;
}

static enum answer reaches_ward_councillor(struct question *question, const struct argument *arguments)
{
	const struct conduct *conduct = &question->facts->council->conduct;
	for (size_t i = 0; i < conduct->ward_count; i++)
		if (is_about_ward(question, &conduct->wards[i]) && reaches_ward(question->facts, &conduct->wards[i]))
			return YES;
	return NO;
}

static enum answer names_ward_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct conduct *conduct = &facts->council->conduct;
	struct person_list councillors = directory_with_role(question->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	for (size_t i = 0; i < conduct->ward_count; i++)
		for (size_t j = 0; is_about_ward(question, &conduct->wards[i]) && j < councillors.count; j++)
			if (is_of_ward(councillors.items[j], &conduct->wards[i], facts->on) && author_names(question, councillors.items[j]))
				return YES;
	return NO;
}

const struct predicate predicates_conduct[] = {
	{ "it names {role} who has no part in it", false, false, names_role,
	  "the subject or the author's text names somebody of that role, by full name or title, who neither wrote it nor stands in To or Cc" },
	{ "it names the holder of office {office}", false, false, names_office, "the same of whoever holds that office on that day, with part in it or not" },
	{ "it reaches the standards authority", false, false, reaches_standards,
	  "it goes to council.standards; where that is not set, to whoever holds the office of monitoring-officer" },
	{ "a recipient holds office {office}", false, false, recipient_holds, "somebody the envelope reaches holds that office" },
	{ "it keeps to the route of complaints about officers, by default to the {office}", false, false, keeps_to_officers_route,
	  "all who get it are named by council.complaints.about_officers, or else hold that office; advisers, auditors and oversight may always get it" },
	{ "it keeps to the route of complaints about the clerk, by default to the {office}", false, false, keeps_to_clerks_route,
	  "the same of council.complaints.about_clerk" },
	{ "it names a ward", false, false, names_ward, "a word of council.wards, or the ward's name, stands in it or in a letter it answers" },
	{ "it reaches a councillor of the ward it names", false, false, reaches_ward_councillor, "by themselves, on a list or hidden" },
	{ "it names a councillor of the ward it names", false, false, names_ward_councillor, "as somebody it speaks of" },
	{ 0 },
};
