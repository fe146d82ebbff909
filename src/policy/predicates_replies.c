/* predicates_replies.c - conditions on what asks for an answer: whose answer it would be, and whether something is asked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/addressed.h"
#include "policy/predicate.h"

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
	for (size_t i = 0; i < reading->sentence_count; i++) {
		struct phrase_match match;
		const struct sentence *sentence = &reading->sentences[i];
		if (!is_authors_question(sentence) ||
		    lexicon_says(question->lexicon, question->scratch, arguments->word, sentence->plain, &match) == YES)
			continue;
		question_evidence(question, sentence->where, "a question");
		return YES;
	}
	return NO;
}

const struct predicate predicates_replies[] = {
	{ "addressed to one officer", false, false, to_one_officer,
	  "To names one officer, one mailbox that officers share, or the two halves of a job share; no other officer, and no list of them all" },
	{ "it reaches most councillors", false, false, to_most_councillors,
	  "it goes to more than half of the councillors besides the sender, and at least two, lists and hidden copies included" },
	{ "the author asks a question other than {family}", false, false, asks_question,
	  "a sentence of the author's own text ends in a question mark and has no phrase of the family" },
	{ 0 },
};
