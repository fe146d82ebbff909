/* predicates_conduct.c - conditions on complaints: whom they speak of, and whether they go where the Council wants them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/unicode.h"
#include "policy/named.h"
#include "policy/party.h"
#include "policy/predicate.h"
#include "policy/wards.h"
#include "reading/lexicon.h"

/* ---- who and what is spoken of ------------------------------------------------------------------------------ */

/* Pieces of the message as one text: no name goes on from one to the next. */
struct pieces {
	struct arena *arena;
	struct text plain, key;
};

static void add_piece(struct pieces *pieces, struct bytes plain)
{
	text_add_bytes(&pieces->plain, plain);
	text_add_char(&pieces->plain, '\n');
	text_add(&pieces->key, unicode_key(pieces->arena, plain));
	text_add_char(&pieces->key, '\n');
}

static struct naming_text pieces_end(struct pieces *pieces)
{
	struct bytes plain = text_to_arena(&pieces->plain, pieces->arena);
	return (struct naming_text){ plain, text_to_arena(&pieces->key, pieces->arena) };
}

/* The subject and the author's own sentences. */
static struct naming_text authors_text(struct question *question)
{
	size_t count;
	const struct sentence *const *own = authors_sentences(question, &count);
	struct pieces pieces = { .arena = question->arena };
	add_piece(&pieces, unicode_plain(question->arena, bytes_of(question->facts->reading->outer->subject)));
	for (size_t i = 0; i < count; i++)
		add_piece(&pieces, own[i]->plain);
	return pieces_end(&pieces);
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
	const struct naming_text text = authors_text(question);
	struct called_list called = called_of(question->arena, people);
	for (size_t i = 0; i < called.count; i++)
		if (!(besides_parties && takes_part(question->facts, people->items[i])) &&
		    person_is_named(question->facts, &called.items[i], &text, NAMED_IN_FULL))
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

#define LOOK_ON 2 /* sentences without name or pronoun that may lie between a name and its pronoun */

/* Which sentences are of somebody: those that name them, by full name, title or first name. */
struct manner {
	bool partaking;  /* who reads or writes it, too; else they are meant by "you" and "I" */
	bool by_surname;
	bool followed;   /* from a name, in the subject too, on by pronouns */
};

static bool names_any(struct question *question, struct called_list *called, struct bytes plain, struct manner manner)
{
	const struct facts *facts = question->facts;
	const struct naming_text text = naming_text(question->arena, plain);
	for (size_t i = 0; i < called->count; i++)
		if ((manner.partaking || !takes_part(facts, called->items[i].person)) &&
		    (person_is_named(facts, &called->items[i], &text, NAMED_FAMILIARLY) ||
		     (manner.by_surname && person_is_named(facts, &called->items[i], &text, NAMED_BY_ANYTHING))))
			return true;
	return false;
}

static enum answer says_of(struct question *question, const char *family, struct person_list people, struct manner manner)
{
	size_t count, since = LOOK_ON + 1;
	const struct sentence *const *own = authors_sentences(question, &count);
	struct called_list called = called_of(question->arena, &people);
	const char *subject = question->facts->reading->outer->subject;
	struct phrase_match match;
	enum answer answer = NO;
	if (manner.followed && subject != NULL && names_any(question, &called, unicode_plain(question->arena, bytes_of(subject)), manner))
		since = 0;
	for (size_t i = 0; i < count && answer != YES; i++) {
		bool meant = names_any(question, &called, own[i]->plain, manner) ||
			     (manner.followed && since <= LOOK_ON && text_has_pronoun(question->arena, own[i]->plain));
		since = meant ? 0 : since + 1;
		if (meant)
			answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, family, own[i]->plain, &match));
	}
	return answer;
}

static enum answer says_of_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	return says_of(question, arguments[0].word, directory_with_role(question->arena, facts->directory, arguments[1].role, facts->on),
		       (struct manner){ 0 });
}

/* "Ruth says I may" */
static enum answer says_of_holder(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	return says_of(question, arguments[0].word, directory_with_office(question->arena, facts->directory, arguments[1].office, facts->on),
		       (struct manner){ .partaking = true });
}

static enum answer says_of_role_or_pronoun(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	return says_of(question, arguments[0].word, directory_with_role(question->arena, facts->directory, arguments[1].role, facts->on),
		       (struct manner){ .by_surname = true, .followed = true });
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

static enum answer keeps_to_either_route(struct question *question, const struct argument *arguments)
{
	return keeps_to(question, &question->facts->council->conduct.about_officers, arguments[0].office | arguments[1].office);
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

static void add_letter(struct pieces *pieces, const struct letter *letter)
{
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t j = 0; j < letter->passages[i].line_count; j++)
			if (letter->passages[i].lines[j].zone == ZONE_AUTHOR)
				add_piece(pieces, letter->passages[i].lines[j].plain);
}

/* Those that the message or a letter it answers is about: the complainant's own letter gives the street. */
static struct known_wards wards_named(struct question *question)
{
	const struct reading *reading = question->facts->reading;
	struct pieces pieces = { .arena = question->arena };
	add_piece(&pieces, unicode_plain(question->arena, bytes_of(reading->outer->subject)));
	for (size_t i = 0; i < reading->sentence_count; i++)
		add_piece(&pieces, reading->sentences[i].plain);
	for (size_t i = 0; i < reading->letter_count; i++)
		add_letter(&pieces, reading->letters[i]);
	const struct naming_text text = pieces_end(&pieces);
	struct known_wards wards = wards_of(question->arena, question->facts);
	size_t named = 0;
	for (size_t i = 0; i < wards.count; i++)
		if (ward_is_named(&wards.items[i], text.key))
			wards.items[named++] = wards.items[i];
	wards.count = named;
	return wards;
}

static bool is_of_ward(const struct person *person, const struct known_ward *ward, calendar_date on)
{
	const char *theirs = person == NULL || !person_has_role(person, ROLE_COUNCILLOR, on) ? NULL : person_ward(person, on);
	return theirs != NULL && bytes_equal_nocase(bytes_of(theirs), bytes_of(ward->name));
}

static enum answer names_ward(struct question *question, const struct argument *arguments)
{
	struct known_wards wards = wards_named(question);
	if (wards.count > 0)
		question_evidence(question, "directory", "%s ward", wards.items[0].name);
	return answer_of(wards.count > 0);
}

/* Lists expanded, hidden copies too. */
static bool reaches_ward(const struct facts *facts, const struct known_ward *ward)
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
	struct known_wards wards = wards_named(question);
	for (size_t i = 0; i < wards.count; i++)
		if (reaches_ward(question->facts, &wards.items[i]))
			return YES;
	return NO;
}

static enum answer names_ward_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	struct known_wards wards = wards_named(question);
	const struct naming_text text = authors_text(question);
	struct person_list councillors = directory_with_role(question->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	struct called_list called = called_of(question->arena, &councillors);
	for (size_t i = 0; i < wards.count; i++)
		for (size_t j = 0; j < called.count; j++)
			if (is_of_ward(called.items[j].person, &wards.items[i], facts->on) &&
			    person_is_named(facts, &called.items[j], &text, NAMED_IN_FULL))
				return YES;
	return NO;
}

const struct predicate predicates_conduct[] = {
	{ "it names {role} who has no part in it", false, false, names_role,
	  "the subject or the author's text names somebody of that role, by full name or title, who neither wrote it nor stands in To or Cc" },
	{ "it names the holder of office {office}", false, false, names_office, "the same of whoever holds that office on that day, with part in it or not" },
	{ "the author says {family} of {role}", false, false, says_of_role,
	  "a phrase of the family in a sentence that names somebody of that role, by full name, title or first name, who has no part in it" },
	{ "the author says {family} of {role}, by name or pronoun", false, false, says_of_role_or_pronoun,
	  "the same, by surname too, and in a sentence with \"he\" or \"she\" that follows one, or the subject, that names them" },
	{ "the author says {family} of the holder of office {office}", false, false, says_of_holder,
	  "a phrase of the family in a sentence that names whoever holds that office on that day, by full name, title or first name" },
	{ "it reaches the standards authority", false, false, reaches_standards,
	  "it goes to council.standards; where that is not set, to whoever holds the office of monitoring-officer" },
	{ "a recipient holds office {office}", false, false, recipient_holds, "somebody the envelope reaches holds that office" },
	{ "it keeps to the route of complaints about officers, by default to the {office}", false, false, keeps_to_officers_route,
	  "all who get it are named by council.complaints.about_officers, or else hold that office; advisers, auditors and oversight may always get it" },
	{ "it keeps to the route of complaints about officers, by default to the {office} or {office}", false, false, keeps_to_either_route,
	  "the same, where a protocol names two" },
	{ "it keeps to the route of complaints about the clerk, by default to the {office}", false, false, keeps_to_clerks_route,
	  "the first of these of council.complaints.about_clerk" },
	{ "the conversation has at least {number} letters of a councillor within {number} days", false, false, letters_of_conversation,
	  "so many of a councillor's letters to officers are in this conversation, this one too, as memory knows them; no other one is counted" },
	{ "it names a ward", false, false, names_ward, "a word of council.wards, or \"Mill ward\" of a ward of the directory, stands in it or in a letter it answers" },
	{ "it reaches a councillor of the ward it names", false, false, reaches_ward_councillor, "by themselves, on a list or hidden" },
	{ "it names a councillor of the ward it names", false, false, names_ward_councillor, "as somebody it speaks of" },
	{ 0 },
};
