/* predicates_letters.c - conditions on the letters below the author's own: quoted, forwarded, enclosed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include "base/text.h"
#include "reading/lexicon.h"

/* What its author wrote, lines joined: a phrase may break across them. */
static struct bytes own_text(struct arena *arena, const struct letter *letter)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < letter->passage_count; i++)
		for (size_t j = 0; j < letter->passages[i].line_count; j++)
			if (letter->passages[i].lines[j].zone == ZONE_AUTHOR) {
				text_add_bytes(&text, letter->passages[i].lines[j].plain);
				text_add_char(&text, '\n');
			}
	return text_to_arena(&text, arena);
}

static enum answer letter_says(struct question *question, const struct letter *letter, const char *family)
{
	struct phrase_match match;
	struct bytes text = own_text(question->arena, letter);
	return lexicon_find(question->lexicon, question->scratch, family, text, &match);
}

static enum answer quoted_says(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->letter_count; i++)
		if (letter_is_below(reading->letters[i]))
			answer = answer_or(answer, letter_says(question, reading->letters[i], arguments->word));
	return answer;
}

static bool from_officer(struct question *question, const struct letter *letter)
{
	const struct facts *facts = question->facts;
	if (letter->from.count == 0)
		return false;
	const struct person *person = facts_person_of(question->arena, facts, &letter->from.items[0], ROLE_OFFICER);
	return person != NULL && person_has_role(person, ROLE_OFFICER, facts->on);
}

/* Some officer is a recipient, and nobody outside the council. */
static bool stays_with_officers(const struct facts *facts)
{
	bool officer = false;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		if (party_is_outside(party))
			return false;
		officer |= party_has_role(party, ROLE_OFFICER, facts->on);
	}
	return officer;
}

/* The second signature that small councils ask of a councillor. The office is the directory's; the quoted list only tells a
 * signature from an order. */
static enum answer signatory_answers(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct reading *reading = facts->reading;
	if (!facts->sender_known || (facts->sender.offices & OFFICE_BANK_SIGNATORY) == 0 || !stays_with_officers(facts))
		return NO;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		if (letter->kind == LETTER_QUOTED && (letter->from.count == 0 || from_officer(question, letter)))
			answer = answer_or(answer, letter_says(question, letter, arguments->word));
	}
	if (answer == YES)
		question_evidence(question, "envelope", "%s, bank signatory", party_name(&facts->sender));
	return answer;
}

const struct predicate predicates_letters[] = {
	{ "a quoted letter says {family}", false, false, quoted_says, "a phrase of the family in a letter quoted, forwarded or enclosed" },
	{ "a bank signatory answers an officer about {family}", false, true, signatory_answers,
	  "the sender holds that office, only the council gets it, and the officer's quoted letter says the family" },
	{ 0 },
};
