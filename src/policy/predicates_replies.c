/* predicates_replies.c - conditions on what asks for an answer: whose answer it would be, and whether something is asked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/addressed.h"
#include "policy/predicate.h"

#include "base/unicode.h"
#include "reading/lexicon.h"

static enum answer to_one_officer(struct question *question, const struct argument *arguments)
{
	const struct person *officer = addressed_officer(question->arena, question->facts);
	if (officer == NULL)
		return NO;
	question_evidence(question, "To", "addressed to %s", officer->name);
	return YES;
}

static enum answer to_most_councillors(struct question *question, const struct argument *arguments)
{
	return answer_of(addressed_to_most_councillors(question->arena, question->facts));
}

static bool is_authors_question(const struct sentence *sentence)
{
	return sentence->question && sentence->zone == ZONE_AUTHOR && sentence->letter->kind != LETTER_ATTACHED;
}

/* "How are you?" wants no reply of the Council. Evidence is where it stands, not what it says: that is between the two. */
static enum answer asks_question(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->sentence_count && answer != YES; i++) {
		struct phrase_match match;
		const struct sentence *sentence = &reading->sentences[i];
		if (!is_authors_question(sentence))
			continue;
		enum answer other = answer_not(lexicon_says(question->lexicon, question->scratch, arguments->word, sentence->plain, &match));
		if (other == YES)
			question_evidence(question, sentence->where, "a question");
		answer = answer_or(answer, other);
	}
	return answer;
}

/* The whole subject: "Automatic reply:" counts as a prefix like "Re:" where a subject is compared. */
static enum answer machine_wrote(struct question *question, const struct argument *arguments)
{
	const struct reading *reading = question->facts->reading;
	const char *subject = reading->outer->subject;
	struct phrase_match match;
	enum answer answer = answer_of(reading->auto_submitted);
	if (answer != YES && subject != NULL)
		answer = lexicon_says(question->lexicon, question->scratch, arguments->word, unicode_plain(question->arena, bytes_of(subject)), &match);
	for (size_t i = 0; i < reading->sentence_count && answer != YES; i++)
		if (reading->sentences[i].letter == reading->outer && reading->sentences[i].zone == ZONE_AUTHOR)
			answer = answer_or(answer, lexicon_says(question->lexicon, question->scratch, arguments->word,
								reading->sentences[i].plain, &match));
	return answer;
}

static enum answer calendar_sent(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->reading->of_calendar);
}

const struct predicate predicates_replies[] = {
	{ "addressed to one officer", false, false, to_one_officer,
	  "To names one officer, one mailbox that officers share, or the two halves of a job share; no other officer, and no list of them all" },
	{ "it reaches most councillors", false, false, to_most_councillors,
	  "it goes to more than half of the councillors besides the sender, and at least two, lists and hidden copies included" },
	{ "the author asks a question other than {family}", false, false, asks_question,
	  "a sentence of the author's own text ends in a question mark and has no phrase of the family" },
	{ "a machine wrote it, by its headers or {family}", false, false, machine_wrote,
	  "its headers say auto-reply, report or receipt, or its subject, prefixes included, or the author's own text has a phrase of the family" },
	{ "a calendar sent it", false, false, calendar_sent, "it is an invitation to a meeting, or the answer to one; what stands in it may be anybody's words" },
	{ 0 },
};
