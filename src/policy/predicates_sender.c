/* predicates_sender.c - conditions on who sends, which way the mail goes, and in whose name it is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

static enum answer sender_known(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->sender_known);
}

static const char *sender_words(const struct question *question)
{
	const struct facts *facts = question->facts;
	return facts->sender.person != NULL ? facts->sender.person->name : facts->sender.address;
}

/* A stranger is nobody, whatever From says. */
static enum answer sender_has_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (!facts->sender_known || !party_has_role(&facts->sender, arguments->role, facts->on))
		return NO;
	question_evidence(question, "envelope", "sent by %s, %s", sender_words(question), role_name(arguments->role));
	return YES;
}

static enum answer sender_has_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	return answer_of(facts->sender_known && (facts->sender.offices & arguments->office) != 0);
}

/* Unproved where nobody vouches: From and the envelope name one person. */
static enum answer comes_from_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (facts->sender_known)
		return sender_has_office(question, arguments);
	const struct person *person = facts->header_from.person;
	return answer_of(person != NULL && (facts->header_from.offices & arguments->office) != 0 &&
			 directory_by_address(facts->directory, facts->envelope->from) == person);
}

static enum answer sender_of_council(struct question *question, const struct argument *arguments)
{
	const struct argument councillor = { .role = ROLE_COUNCILLOR }, officer = { .role = ROLE_OFFICER };
	return answer_or(sender_has_role(question, &councillor), sender_has_role(question, &officer));
}

static enum answer sender_in_group(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (!facts->sender_known || facts->sender.person == NULL)
		return NO;
	const char *group = person_group(facts->sender.person, facts->on);
	return answer_of(group != NULL && bytes_equal_nocase(bytes_of(group), bytes_of(arguments->word)));
}

static enum answer is_outgoing(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->direction == DIRECTION_OUTGOING);
}

static enum answer is_incoming(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->direction == DIRECTION_INCOMING);
}

static enum answer is_internal(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->direction == DIRECTION_INTERNAL);
}

static const char *name_where(enum name_source source)
{
	return source == NAME_FROM_SIGNATURE ? "signature" : source == NAME_FROM_SENDER ? "Sender" : "From";
}

/* Only councillors and officers sign for a council. */
static enum answer name_has_role(struct question *question, const struct argument *arguments)
{
	const struct in_name_of *name = &question->facts->name;
	bool councillor = arguments->role == ROLE_COUNCILLOR && name->councillor;
	bool officer = arguments->role == ROLE_OFFICER && name->officer;
	if (!councillor && !officer)
		return NO;
	question_evidence(question, name_where(name->source), "%s", name->text == NULL ? role_name(arguments->role) : name->text);
	return YES;
}

static enum answer name_has_office(struct question *question, const struct argument *arguments)
{
	return answer_of((question->facts->name.offices & arguments->office) != 0);
}

static enum answer signed_for_council(struct question *question, const struct argument *arguments)
{
	const struct in_name_of *name = &question->facts->name;
	if (!name->for_council)
		return NO;
	question_evidence(question, "signature", "%s", name->text == NULL ? "on behalf of the Council" : name->text);
	return YES;
}

static enum answer signed_for_other_body(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->name.for_other_body);
}

static enum answer signed_personally(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->name.personal);
}

static enum answer from_is_sender(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	return answer_of(facts->sender_known && facts->sender.person != NULL && facts->header_from.person == facts->sender.person);
}

static enum answer from_is_another(struct question *question, const struct argument *arguments)
{
	const struct party *another = question->facts->from_another;
	if (another == NULL)
		return NO;
	question_evidence(question, "From", "%s, and %s sent it", another->address, sender_words(question));
	return YES;
}

/* "ruth.ames@", "cllr.moss@": a word of the name stands before the @. */
static bool address_tells_name(const char *address, const char *name)
{
	struct bytes whole = bytes_of(address), words = bytes_of(name);
	size_t end = bytes_find_char(whole, '@', 0);
	struct bytes local = bytes_slice(whole, 0, end == (size_t)-1 ? whole.length : end);
	for (size_t from = 0, at = 0; at <= words.length; at++) {
		if (at < words.length && words.data[at] != ' ')
			continue;
		if (at - from > 2 && bytes_find_nocase(local, bytes_slice(words, from, at), 0) != (size_t)-1)
			return true;
		from = at + 1;
	}
	return false;
}

/* No signature names anybody, and nor does From: neither its name nor its address. */
static enum answer in_nobodys_name(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct mailbox_list *from = &facts->reading->outer->from;
	if (facts->name.source == NAME_FROM_SIGNATURE || from->count == 0)
		return NO;
	const char *shown = from->items[0].name;
	const struct person *person = facts->header_from.person;
	if (shown != NULL && directory_by_name(question->arena, facts->directory, shown, ROLE_NONE, facts->on).count > 0)
		return NO;
	if (person != NULL && !person->is_list && address_tells_name(from->items[0].address, person->name))
		return NO;
	question_evidence(question, "From", "%s, and nobody signs", from->items[0].address);
	return YES;
}

const struct predicate predicates_sender[] = {
	{ "sender is known", false, false, sender_known, "the sender authenticated, or a trusted relay vouches for them" },
	{ "sender is of the council", false, false, sender_of_council, "the sender is a councillor or an officer" },
	{ "sender is {role}", false, false, sender_has_role, "the sender has that role in the directory on that day" },
	{ "sender holds office {office}", false, false, sender_has_office, "the sender holds that office on that day" },
	{ "it comes from office {office}", false, false, comes_from_office,
	  "the sender holds that office, or From and the envelope of a stranger's mail say so: no proof" },
	{ "sender belongs to group {word}", false, false, sender_in_group, "the sender's group in the directory" },
	{ "mail is outgoing", false, false, is_outgoing, "a known sender writes to somebody outside the council's domains" },
	{ "mail is incoming", false, false, is_incoming, "a stranger writes to the council" },
	{ "mail is internal", false, false, is_internal, "a known sender writes to council addresses only" },
	{ "it is in the name of {role}", false, false, name_has_role,
	  "councillor or officer: as the signature says, else From, else Sender; a joint letter is in the name of both" },
	{ "it is in the name of the {office}", false, false, name_has_office, "the councillor in whose name it is holds that office" },
	{ "From is the sender", false, false, from_is_sender, "an address of the known sender stands first in From" },
	{ "From is somebody else of the council", false, false, from_is_another,
	  "the first address in From is a councillor's, an officer's or a shared mailbox's, and the known sender neither has nor keeps it" },
	{ "it is in nobody's name", false, false, in_nobodys_name,
	  "no signature of a person or an office, and neither the name nor the address in From tells who it is" },
	{ "the signature speaks for the council", false, false, signed_for_council,
	  "it says \"on behalf of the Council\" or gives an office of the council" },
	{ "the signature speaks for another body", false, false, signed_for_other_body, "a trustee, director ... of something else" },
	{ "the signature is personal", false, false, signed_personally, "a personal capacity or ward member only is stated" },
	{ 0 },
};
