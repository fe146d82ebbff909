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

/* In one sentence; who reads or writes it is meant by "you" and "I". */
static enum answer says_of_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct reading *reading = facts->reading;
	struct person_list people = directory_with_role(question->arena, facts->directory, arguments[1].role, facts->on);
	struct phrase_match match;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->sentence_count && answer != YES; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		bool named = false;
		for (size_t j = 0; sentence->zone == ZONE_AUTHOR && j < people.count && !named; j++)
			named = !takes_part(facts, people.items[j]) && text_names_familiarly(question->arena, sentence->plain, people.items[j]);
		if (named)
			answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, arguments[0].word, sentence->plain, &match));
	}
	return answer;
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

/* ---- how often ---------------------------------------------------------------------------------------------- */

#define DAY ((int64_t)86400)

/* Of one conversation alone, as memory knows it by its references: who else writes to whom, and how often, is nobody's business. */
static enum answer letters_of_conversation(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const unsigned by_thread = 1u << DESCENT_REFERENCES | 1u << DESCENT_THREAD_INDEX;
	long count = facts->sender_known && party_has_role(&facts->sender, ROLE_COUNCILLOR, facts->on);
	for (size_t i = 0; i < facts->recall->ancestor_count; i++) {
		const struct ancestor *ancestor = &facts->recall->ancestors[i];
		bool recent = ancestor->at >= facts->envelope->at - arguments[1].number * DAY;
		count += recent && (ancestor->kinds & MEMORY_LETTER) != 0 && (ancestor->hows & by_thread) != 0;
	}
	if (count < arguments[0].number)
		return NO;
	question_evidence(question, "memory", "%ld letters of a councillor in this conversation within %ld days", count, arguments[1].number);
	return YES;
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

/* Those of the directory, with the words that the Council has given for them. */
static const struct ward *wards_of(struct question *question, size_t *count_out)
{
	const struct facts *facts = question->facts;
	const struct conduct *conduct = &facts->council->conduct;
	struct person_list councillors = directory_with_role(question->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	struct ward *wards = NULL;
	*count_out = 0;
	for (size_t i = 0; i < conduct->ward_count; i++)
		*ARENA_PUSH(question->arena, wards, *count_out) = conduct->wards[i];
	for (size_t i = 0; i < councillors.count; i++) {
		const char *name = person_ward(councillors.items[i], facts->on);
		bool known = name == NULL;
		for (size_t k = 0; k < *count_out && !known; k++)
			known = bytes_equal_nocase(bytes_of(wards[k].name), bytes_of(name));
		if (!known)
			*ARENA_PUSH(question->arena, wards, *count_out) = (struct ward){ .name = name };
	}
	return wards;
}

static enum answer names_ward(struct question *question, const struct argument *arguments)
{
	size_t count;
	const struct ward *wards = wards_of(question, &count);
	for (size_t i = 0; i < count; i++)
		if (is_about_ward(question, &wards[i])) {
			question_evidence(question, "directory", "%s ward", wards[i].name);
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
	size_t count;
	const struct ward *wards = wards_of(question, &count);
	for (size_t i = 0; i < count; i++)
		if (is_about_ward(question, &wards[i]) && reaches_ward(question->facts, &wards[i]))
			return YES;
	return NO;
}

static enum answer names_ward_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	size_t count;
	const struct ward *wards = wards_of(question, &count);
	struct person_list councillors = directory_with_role(question->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; is_about_ward(question, &wards[i]) && j < councillors.count; j++)
			if (is_of_ward(councillors.items[j], &wards[i], facts->on) && author_names(question, councillors.items[j]))
				return YES;
	return NO;
}

const struct predicate predicates_conduct[] = {
	{ "it names {role} who has no part in it", false, false, names_role,
	  "the subject or the author's text names somebody of that role, by full name or title, who neither wrote it nor stands in To or Cc" },
	{ "it names the holder of office {office}", false, false, names_office, "the same of whoever holds that office on that day, with part in it or not" },
	{ "the author says {family} of {role}", false, false, says_of_role,
	  "a phrase of the family in a sentence that names somebody of that role, by full name, title or first name, who has no part in it" },
	{ "it reaches the standards authority", false, false, reaches_standards,
	  "it goes to council.standards; where that is not set, to whoever holds the office of monitoring-officer" },
	{ "a recipient holds office {office}", false, false, recipient_holds, "somebody the envelope reaches holds that office" },
	{ "it keeps to the route of complaints about officers, by default to the {office}", false, false, keeps_to_officers_route,
	  "all who get it are named by council.complaints.about_officers, or else hold that office; advisers, auditors and oversight may always get it" },
	{ "it keeps to the route of complaints about the clerk, by default to the {office}", false, false, keeps_to_clerks_route,
	  "the same of council.complaints.about_clerk" },
	{ "the conversation has at least {number} letters of a councillor within {number} days", false, false, letters_of_conversation,
	  "so many of a councillor's letters to officers are in this conversation, this one too, as memory knows them; no other one is counted" },
	{ "it names a ward", false, false, names_ward, "a word of council.wards, or \"Mill ward\" of a ward of the directory, stands in it or in a letter it answers" },
	{ "it reaches a councillor of the ward it names", false, false, reaches_ward_councillor, "by themselves, on a list or hidden" },
	{ "it names a councillor of the ward it names", false, false, names_ward_councillor, "as somebody it speaks of" },
	{ 0 },
};
