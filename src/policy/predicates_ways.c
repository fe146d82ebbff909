/* predicates_ways.c - conditions on the ways mail takes: private addresses, lists of addresses that everybody sees, mailboxes that pass
 * mail on by themselves, whose letter it hands on, and in which capacity it is signed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "directory/post.h"
#include "policy/party.h"
#include "policy/predicate.h"
#include "reading/lexicon.h"

/* ---- addresses ---------------------------------------------------------------------------------------------- */

static bool serves(const struct party *party, const struct facts *facts)
{
	return party_has_role(party, ROLE_COUNCILLOR, facts->on) || party_has_role(party, ROLE_OFFICER, facts->on);
}

static enum answer this_outside_domains(struct question *question, const struct argument *arguments)
{
	const struct party *party = &question->facts->recipients[question->recipient].party;
	return answer_of(party->address != NULL && !directory_is_council_domain(question->facts->directory, party->address));
}

static enum answer this_private(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct party *party = &facts->recipients[question->recipient].party;
	if (!serves(party, facts) || !party_is_private(facts, party))
		return NO;
	question_evidence(question, "envelope", "sent to a private address of %s", party_name(party));
	return YES;
}

/* From says so; nobody vouches for it. */
static enum answer from_private(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (facts->header_from.address == NULL || !serves(&facts->header_from, facts) || !party_is_private(facts, &facts->header_from))
		return NO;
	question_evidence(question, "From", "from a private address of %s", party_name(&facts->header_from));
	return YES;
}

/* ---- who can see whom --------------------------------------------------------------------------------------- */

static bool is_private_person(const struct facts *facts, const struct party *party)
{
	bool person = party->role == ROLE_NONE || party->role == ROLE_RESIDENT || party->role == ROLE_COMPLAINANT;
	return party->third_party && person && party_is_private(facts, party);
}

/* Those whose letter is answered to all chose to be seen, or were shown before. */
static bool stands_in_quoted_letter(const struct facts *facts, const char *address)
{
	const struct reading *reading = facts->reading;
	for (size_t i = 0; i < reading->letter_count; i++)
		if (reading->letters[i]->kind != LETTER_OUTER && letter_shows_address(reading->letters[i], address))
			return true;
	return false;
}

static enum answer public_visible(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	long count = 0;
	for (size_t i = 0; i < facts->visible_count; i++) {
		const struct party *party = &facts->visible[i];
		bool known = false;
		for (size_t j = 0; j < i && !known; j++)
			known = facts->visible[j].address != NULL && party->address != NULL &&
				bytes_equal_nocase(bytes_of(facts->visible[j].address), bytes_of(party->address));
		count += !known && is_private_person(facts, party) && !stands_in_quoted_letter(facts, party->address);
	}
	if (count < arguments->number)
		return NO;
	question_evidence(question, "To", "%ld private addresses stand in To and Cc", count);
	return YES;
}

static enum answer other_officer_hidden(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	struct person_list same = { 0 };
	if (facts->sender.person != NULL)
		same = post_holders(question->arena, facts->directory, facts->sender.person, facts->on);
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct hidden *hidden = &facts->hidden[i];
		bool shares = false;
		for (size_t j = 0; j < same.count; j++)
			shares |= same.items[j] == hidden->person;
		if (hidden->role != ROLE_OFFICER || shares || hidden->in_text || hidden->in_foot)
			continue;
		question_evidence(question, "envelope", "%s has a copy that To and Cc do not show", hidden->person->name);
		answer = YES;
	}
	return answer;
}

/* ---- passed on ---------------------------------------------------------------------------------------------- */

static enum answer passes_by_itself(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->reading->auto_forwarded);
}

/* "Jo Vale MP <jo.vale.mp@parliament.uk>" */
static enum answer quoted_from(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		for (size_t j = 0; letter_is_below(letter) && j < letter->from.count; j++) {
			const struct mailbox *from = &letter->from.items[j];
			struct phrase_match match;
			const char *text = arena_printf(question->arena, "%s <%s>", from->name == NULL ? "" : from->name, from->address);
			answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, arguments->word,
								unicode_plain(question->arena, bytes_of(text)), &match));
		}
	}
	return answer;
}

/* ---- signatures --------------------------------------------------------------------------------------------- */

struct hats {
	struct text seen; /* the words found, a line each */
	long count;
	bool doubt;       /* a pattern gave up: there may be more */
};

/* Two phrases that are the same words are one: "Cllr Carl Moss / Councillor for Mill" has one hat by a family that gives it once. */
static void add_hats(struct question *question, struct bytes text, const char *family, struct hats *hats)
{
	struct phrase_match match;
	enum answer more = NO;
	for (size_t at = 0; at < text.length;) {
		more = lexicon_next(question->lexicon, question->scratch, family, text, at, &match);
		if (more != YES)
			break;
		const char *words = unicode_key(question->arena, bytes_slice(text, match.span.start, match.span.end));
		if (bytes_find(text_bytes(&hats->seen), bytes_of(words), 0) == (size_t)-1) {
			text_printf(&hats->seen, "%s\n", words);
			hats->count++;
		}
		at = match.span.end > at ? match.span.end : at + 1;
	}
	hats->doubt |= more == UNKNOWN;
}

static enum answer signature_says(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	struct hats hats = { .seen = TEXT_INIT };
	for (size_t i = 0; i < outer->signature_count; i++)
		if (outer->signatures[i].text != NULL)
			add_hats(question, unicode_plain(question->arena, bytes_of(outer->signatures[i].text)), arguments[1].word, &hats);
	text_release(&hats.seen);
	if (outer->signature_count > 0 && hats.count >= arguments[0].number)
		return YES;
	return hats.doubt ? UNKNOWN : NO;
}

static enum answer is_signed(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->reading->outer->signature_count > 0);
}

const struct predicate predicates_ways[] = {
	{ "this recipient is at an address outside the council's domains", true, false, this_outside_domains, "whoever it belongs to" },
	{ "this recipient is somebody of the council at a private address", true, false, this_private,
	  "a councillor or officer, at an address that is neither the Council's nor another body's of the directory" },
	{ "it comes from a private address of somebody of the council", false, false, from_private,
	  "From gives such an address of a councillor or officer: no proof" },
	{ "at least {number} members of the public can see each other's addresses", false, false, public_visible,
	  "so many private people's addresses stand in To and Cc and in no letter that is answered" },
	{ "an officer of another post is hidden", false, false, other_officer_hidden,
	  "a hidden officer who does not share the sender's post, and is not made clear in text or foot" },
	{ "a mailbox passes it on by itself", false, false, passes_by_itself, "its fields say that a mailbox's rule forwarded or redirected it" },
	{ "a quoted letter comes from {family}", false, false, quoted_from,
	  "name or address in the From of a letter quoted, forwarded or enclosed have a phrase of the family" },
	{ "it is signed", false, false, is_signed, "there is a signature with a name or an office" },
	{ "the signature has at least {number} different {family}", false, false, signature_says,
	  "so many phrases of the family, each in other words, stand in the author's signature" },
	{ 0 },
};
