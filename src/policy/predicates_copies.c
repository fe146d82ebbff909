/* predicates_copies.c - conditions on hidden copies and on what the foot of the letter says of them.
 *
 * A pattern that ran into its limit while facts were gathered may have hidden a copy line from us: then nobody is said
 * to have been left out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

/* Walks the hidden councillors; NULL at the end. *at starts from 0. */
static const struct hidden *next_hidden(const struct question *question, size_t *at)
{
	const struct facts *facts = question->facts;
	while (*at < facts->hidden_count) {
		const struct hidden *hidden = &facts->hidden[(*at)++];
		if (hidden_counts(question->arena, facts, hidden))
			return hidden;
	}
	return NULL;
}

static void show_hidden(struct question *question, const struct hidden *hidden)
{
	if (hidden->in_bcc)
		question_evidence(question, "Bcc", "%s is named in a Bcc field that the sender's program left in", hidden->person->name);
	else if (hidden->elsewhere)
		question_evidence(question, "envelope", "%s is a recipient of another envelope of this message, and To and Cc do not name them",
				  hidden->person->name);
	else if (hidden->via_list != NULL)
		question_evidence(question, "envelope", "%s is reached by the list %s, which To and Cc do not name",
				  hidden->person->name, hidden->via_list->name);
	else
		question_evidence(question, "envelope", "%s is a recipient whom To and Cc do not name", hidden->person->name);
}

static enum answer councillor_hidden(struct question *question, const struct argument *arguments)
{
	enum answer answer = NO;
	size_t at = 0;
	for (const struct hidden *hidden; (hidden = next_hidden(question, &at)) != NULL; answer = YES)
		show_hidden(question, hidden);
	return answer;
}

static bool is_clear(const struct hidden *hidden)
{
	return hidden->in_text || hidden->in_foot;
}

static bool is_in_foot(const struct hidden *hidden)
{
	return hidden->in_foot;
}

/* Some hidden councillor is not `told` of. */
static enum answer some_untold(struct question *question, bool (*told)(const struct hidden *hidden))
{
	enum answer answer = NO;
	size_t at = 0;
	for (const struct hidden *hidden; (hidden = next_hidden(question, &at)) != NULL;) {
		if (told(hidden))
			continue;
		show_hidden(question, hidden);
		answer = question->facts->undecided_pattern ? UNKNOWN : YES;
	}
	return answer;
}

static enum answer some_unclear(struct question *question, const struct argument *arguments)
{
	return some_untold(question, is_clear);
}

static enum answer every_clear(struct question *question, const struct argument *arguments)
{
	return answer_not(some_untold(question, is_clear));
}

static enum answer some_not_in_foot(struct question *question, const struct argument *arguments)
{
	return some_untold(question, is_in_foot);
}

/* Where a relay splits envelopes, who else was copied cannot be told from one of them. */
static enum answer foot_names_uncopied(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->copy_line_count && !facts->copies_partly_known; i++)
		for (size_t j = 0; j < facts->copy_lines[i].not_copied_count; j++) {
			question_evidence(question, facts->copy_lines[i].where, "the foot names %s, who is no recipient",
					  facts->copy_lines[i].not_copied[j]);
			answer = YES;
		}
	return answer;
}

static enum answer foot_doubtful(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = NO;
	for (size_t i = 0; i < facts->copy_line_count; i++)
		for (size_t j = 0; j < facts->copy_lines[i].doubtful_count; j++) {
			question_evidence(question, facts->copy_lines[i].where, "\"%s\" fits more than one councillor",
					  facts->copy_lines[i].doubtful[j]);
			answer = YES;
		}
	return answer;
}

static enum answer hidden_has_role(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct hidden *hidden = &facts->hidden[i];
		if (hidden->role == arguments->role ||
		    (hidden->person != NULL && person_has_role(hidden->person, arguments->role, facts->on)))
			return YES;
	}
	return NO;
}

static enum answer hidden_has_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->hidden_count; i++)
		if ((facts->hidden[i].offices & arguments->office) != 0)
			return YES;
	return NO;
}

static bool is_public_list(const struct question *question, const struct party *party)
{
	return party->person != NULL && party->person->is_list && list_is_public(question->arena, question->facts, party->person);
}

/* In whichever envelope of the message. */
static bool public_list_hidden(const struct question *question)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->elsewhere_count; i++)
		if (!facts->elsewhere[i].visible && is_public_list(question, &facts->elsewhere[i].party))
			return true;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (!facts->recipients[i].visible && is_public_list(question, &facts->recipients[i].party))
			return true;
	return false;
}

/* A newsletter with some councillors among its readers, not a copy of a letter. */
static enum answer mostly_public(struct question *question, const struct argument *arguments)
{
	if (public_list_hidden(question))
		return YES;
	size_t councillors = 0, at = 0;
	while (next_hidden(question, &at) != NULL)
		councillors++;
	size_t others = question->facts->hidden_public_count;
	return answer_of(others >= (size_t)arguments->number && others > councillors);
}

static enum answer copied_into_exchange(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	if (facts->exchange_with == NULL || facts->exchange_added_count == 0)
		return NO;
	question_evidence(question, "quoted letter", "it went between officers and %s alone", facts->exchange_with->name);
	for (size_t i = 0; i < facts->exchange_added_count; i++)
		question_evidence(question, "To and Cc", "%s is new in them", facts->exchange_added[i]->name);
	return YES;
}

const struct predicate predicates_copies[] = {
	{ "a councillor is hidden", false, false, councillor_hidden,
	  "the envelope, or another of the same message, reaches a councillor whom To and Cc do not name, as a person; or a Bcc field left in"
	  " names one" },
	{ "a hidden councillor is not made clear", false, false, some_unclear,
	  "neither the author's text nor the foot says that a hidden councillor has a copy" },
	{ "every hidden councillor is made clear", false, false, every_clear, "the text or the foot names them all, or none is hidden" },
	{ "a hidden councillor is not named at the foot", false, false, some_not_in_foot,
	  "no copy line in the foot names a hidden councillor beyond doubt" },
	{ "the foot names a councillor who is not copied", false, false, foot_names_uncopied,
	  "a copy line names somebody whom no envelope of the message seen so far reaches" },
	{ "the foot names somebody doubtfully", false, false, foot_doubtful, "a name in a copy line fits several councillors" },
	{ "a hidden person is {role}", false, false, hidden_has_role, "somebody hidden has that role" },
	{ "a hidden person holds office {office}", false, false, hidden_has_office, "somebody hidden holds that office" },
	{ "another councillor is copied into an exchange with one", false, false, copied_into_exchange,
	  "the letter answered went between officers and one councillor alone, and To or Cc name another who had no part in the thread" },
	{ "hidden copies go mostly to the public, at least {number}", false, false, mostly_public,
	  "so many hidden recipients are of the public and more than councillors, or a list of the public is hidden" },
	{ 0 },
};
