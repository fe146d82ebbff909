/* predicates_recipients.c - conditions on whom the mail is addressed to and whom the envelope reaches.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include "base/unicode.h"
#include "reading/lexicon.h"

static enum answer to_one_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (facts->to_councillor_count != 1)
		return NO;
	question_evidence(question, "To", "addressed to %s", facts->to_councillors[0]->name);
	return YES;
}

static enum answer to_councillors(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->to_councillor_count >= (size_t)arguments->number);
}

static enum answer every_addressee(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		if (!party_has_role(&facts->visible[i], arguments->role, facts->on))
			return NO;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		question_evidence(question, "To", "%s, %s", party_name(&facts->visible[i]), role_name(arguments->role));
	return answer_of(facts->visible_to_count > 0);
}

static bool is_elected_elsewhere(const struct party *party, calendar_date on)
{
	return party_has_role(party, ROLE_MINISTER, on) ||
	       (party_has_role(party, ROLE_AUTHORITY, on) && party->person != NULL && (person_offices(party->person, on) & OFFICE_ELECTED) != 0);
}

static enum answer to_elected(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		if (!is_elected_elsewhere(&facts->visible[i], facts->on))
			return NO;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		question_evidence(question, "To", "%s", party_name(&facts->visible[i]));
	return answer_of(facts->visible_to_count > 0);
}

static enum answer some_addressee(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->visible_to_count; i++)
		if (party_has_role(&facts->visible[i], arguments->role, facts->on)) {
			question_evidence(question, "To", "%s, %s", party_name(&facts->visible[i]), role_name(arguments->role));
			return YES;
		}
	return NO;
}

static enum answer some_recipient(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (party_has_role(&facts->recipients[i].party, arguments->role, facts->on)) {
			question_evidence(question, "envelope", "%s, %s", party_name(&facts->recipients[i].party),
					  role_name(arguments->role));
			return YES;
		}
	return NO;
}

/* Lists expanded. */
static enum answer reaches_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct argument councillor = { .role = ROLE_COUNCILLOR };
	bool reached = facts->visible_councillor_count > 0;
	for (size_t i = 0; i < facts->hidden_count; i++)
		reached |= facts->hidden[i].role == ROLE_COUNCILLOR;
	return reached ? YES : some_recipient(question, &councillor);
}

static enum answer some_outside(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (party_is_outside(&facts->recipients[i].party)) {
			question_evidence(question, "envelope", "sent to %s", party_name(&facts->recipients[i].party));
			answer = YES;
		}
	return answer;
}

static enum answer some_third_party(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (facts->recipients[i].party.third_party)
			return YES;
	return NO;
}

static enum answer goes_to_public_list(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct person *person = facts->recipients[i].party.person;
		if (person != NULL && person->is_list && list_is_public(question->arena, facts, person))
			return YES;
	}
	return NO;
}

/* A list of the public is any number of them. */
static enum answer reaches_many_outside(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	size_t count = 0;
	if (goes_to_public_list(question, arguments) == YES)
		return YES;
	for (size_t i = 0; i < facts->recipient_count; i++)
		count += party_is_outside(&facts->recipients[i].party);
	if (count < (size_t)arguments->number)
		return NO;
	question_evidence(question, "envelope", "%zu recipients are outside the Council", count);
	return YES;
}

static enum answer address_says(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->recipient_count && answer != YES; i++) {
		struct phrase_match match;
		const char *address = facts->recipients[i].party.address;
		struct bytes plain = unicode_plain(question->arena, bytes_of(address == NULL ? "" : address));
		enum answer said = lexicon_says(question->lexicon, question->scratch, arguments->word, plain, &match);
		if (said == YES)
			question_evidence(question, "envelope", "sent to %s", address);
		answer = answer_or(answer, said);
	}
	return answer;
}

static enum answer every_of_council(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (party_is_outside(&facts->recipients[i].party))
			return NO;
	return answer_of(facts->recipient_count > 0);
}

/* True of nobody outside: then there is nobody to exempt. */
static enum answer every_outside(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	bool any = false;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		if (!party_is_outside(party))
			continue;
		if (!party_has_role(party, arguments->role, facts->on))
			return NO;
		question_evidence(question, "envelope", "%s, %s", party_name(party), role_name(arguments->role));
		any = true;
	}
	return answer_of(any);
}

static enum answer somebody_visible(struct question *question, const struct argument *arguments)
{
	return answer_of(!question->facts->visible_only_sender);
}

static enum answer visible_all_council(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->visible_all_council);
}

static enum answer visible_list(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->visible_list);
}

static enum answer visible_public_list(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->visible_count; i++) {
		const struct person *person = facts->visible[i].person;
		if (person != NULL && person->is_list && list_is_public(question->arena, facts, person))
			return YES;
	}
	return NO;
}

static enum answer this_third_party(struct question *question, const struct argument *arguments)
{
	const struct party *party = &question->facts->recipients[question->recipient].party;
	struct shared_mailbox shared;
	if (party_is_shared(question->facts, party, &shared)) {
		question_evidence(question, "envelope", "%s is a mailbox that %s shares with %s, who is neither councillor nor officer", party_name(party),
				  shared.serving->name, shared.other);
		return YES;
	}
	if (party->third_party) {
		/* What the press has is everybody's: a reviewer is to see that at once. */
		question_evidence(question, "envelope", "%s%s is neither councillor nor officer", party_name(party),
				  party->role == ROLE_PRESS ? ", of the press," : "");
		return YES;
	}
	if (party->exempt != NULL)
		question->exempt = arena_printf(question->arena, "%s, %s", party_name(party), party->exempt);
	return NO;
}

static enum answer this_outside(struct question *question, const struct argument *arguments)
{
	const struct party *party = &question->facts->recipients[question->recipient].party;
	if (!party_is_outside(party))
		return NO;
	question_evidence(question, "envelope", "sent to %s", party_name(party));
	return YES;
}

static enum answer this_has_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct party *party = &facts->recipients[question->recipient].party;
	if (!party_has_role(party, arguments->role, facts->on))
		return NO;
	question_evidence(question, "envelope", "%s, %s", party_name(party), role_name(arguments->role));
	return YES;
}

static enum answer this_hidden(struct question *question, const struct argument *arguments)
{
	return answer_of(!question->facts->recipients[question->recipient].visible);
}

const struct predicate predicates_recipients[] = {
	{ "addressed to one councillor", false, false, to_one_councillor, "exactly one councillor stands in To, lists not counted" },
	{ "addressed to at least {number} councillors", false, false, to_councillors, "so many councillors stand in To" },
	{ "an addressee is {role}", false, false, some_addressee, "somebody in To has that role" },
	{ "every addressee is {role}", false, true, every_addressee, "everybody in To has that role, and there is somebody" },
	{ "every addressee is minister or elected representative of another authority", false, true, to_elected,
	  "everybody in To is a minister, or of another authority or a parliament and holds office elected" },
	{ "a recipient is {role}", false, false, some_recipient, "somebody the envelope reaches has that role" },
	{ "it reaches a councillor", false, false, reaches_councillor, "a councillor is a recipient, by themselves or on a list" },
	{ "a recipient is outside the council", false, false, some_outside, "a third party, or somebody exempt, is a recipient" },
	{ "a recipient is a third party", false, false, some_third_party, "a recipient is no councillor, no officer and not exempt" },
	{ "it reaches at least {number} people outside the council", false, false, reaches_many_outside,
	  "so many recipients are no councillor and no officer, or a list reaches people outside the council" },
	{ "a recipient's address says {family}", false, false, address_says, "a phrase of the family in the address of somebody it reaches" },
	{ "every recipient is of the council", false, false, every_of_council, "everybody the envelope reaches is a councillor or an officer" },
	{ "it goes to a list of the public", false, false, goes_to_public_list, "a recipient is a list that reaches people outside the council" },
	{ "every outside recipient is {role}", false, true, every_outside, "all recipients outside the council have that role" },
	{ "somebody besides the sender is visible", false, false, somebody_visible, "To and Cc name more than the sender" },
	{ "every visible recipient is of the council", false, false, visible_all_council,
	  "To and Cc name councillors, officers and lists of only those" },
	{ "a list is visible", false, false, visible_list, "a list of the directory stands in To or Cc" },
	{ "a list of the public is visible", false, false, visible_public_list, "a list in To or Cc reaches people outside the council" },
	{ "this recipient is a third party", true, false, this_third_party, "this one is no councillor, no officer and not exempt" },
	{ "this recipient is outside the council", true, false, this_outside, "this one is no councillor and no officer" },
	{ "this recipient is hidden", true, false, this_hidden, "To and Cc do not name this one, as a person" },
	{ "this recipient is {role}", true, false, this_has_role, "this one has that role in the directory on that day" },
	{ 0 },
};
