/* condition_ask.c - asking conditions of a message (condition.h): answers and how they are joined, evidence, and the memos by which a
 * sentence is asked once, however many rules have it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/condition.h"

#include <string.h>

#define MEMOS_AT_FIRST ((size_t)256)

/* ---- answers ------------------------------------------------------------------------------------------------ */

enum answer answer_of(bool yes)
{
	return yes ? YES : NO;
}

enum answer answer_not(enum answer answer)
{
	return answer == YES || answer == NO ? answer_of(answer == NO) : answer;
}

enum answer answer_and(enum answer a, enum answer b)
{
	if (a == NO || b == NO)
		return NO;
	if (a == UNHEARD || b == UNHEARD)
		return UNHEARD;
	return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
}

enum answer answer_or(enum answer a, enum answer b)
{
	return answer_not(answer_and(answer_not(a), answer_not(b)));
}

/* ---- memos -------------------------------------------------------------------------------------------------- */

const struct memo *memo_find(const struct memo_list *memos, const struct term *term)
{
	for (size_t at = (size_t)term->key; memos->room > 0; at++) {
		uint32_t number = memos->places[at & (memos->room - 1)];
		if (number == 0)
			break;
		if (term_is_same(&memos->items[number - 1].term, term))
			return &memos->items[number - 1];
	}
	return NULL;
}

static void place(struct memo_list *memos, size_t index)
{
	size_t at = (size_t)memos->items[index].term.key;
	while (memos->places[at & (memos->room - 1)] != 0)
		at++;
	memos->places[at & (memos->room - 1)] = (uint32_t)index + 1;
}

void memo_add(struct arena *arena, struct memo_list *memos, struct memo memo)
{
	*ARENA_PUSH(arena, memos->items, memos->count) = memo;
	if (memos->count * 2 <= memos->room) {
		place(memos, memos->count - 1);
		return;
	}
	memos->room = memos->room == 0 ? MEMOS_AT_FIRST : memos->room * 2;
	memos->places = arena_array(arena, memos->room, sizeof *memos->places);
	for (size_t i = 0; i < memos->count; i++)
		place(memos, i);
}

/* ---- asking ------------------------------------------------------------------------------------------------- */

/* Where its answer is, or will be. */
static struct said *said_of(const struct term *term, const struct question *question, struct memo_list *memos)
{
	bool each = term->predicate->per_recipient;
	const struct memo *memo = memo_find(memos, term);
	struct said *said = memo != NULL ? memo->said : arena_array(question->arena, each ? question->facts->recipient_count : 1, sizeof *said);
	if (memo == NULL)
		memo_add(question->arena, memos, (struct memo){ *term, said });
	return &said[each ? question->recipient : 0];
}

/* The predicate's own answer, with its evidence: an old one or a new one. */
static struct said answer_term(const struct term *term, struct question *question, struct memo_list *memos)
{
	if (memos->closed && memo_find(memos, term) == NULL)
		return (struct said){ .answer = UNHEARD };
	struct said *said = said_of(term, question, memos);
	if (said->asked)
		return *said;
	if (memos->closed)
		return (struct said){ .answer = UNHEARD };
	struct question alone = *question;
	alone.evidence = NULL;
	alone.evidence_count = 0;
	alone.exempt = NULL;
	said->asked = true;
	said->answer = term->predicate->ask(&alone, term->arguments);
	said->evidence = alone.evidence;
	said->evidence_count = alone.evidence_count;
	said->exempt = alone.exempt;
	return *said;
}

void question_evidence(struct question *question, const char *where, const char *format, ...)
{
	if (question->evidence_count == EVIDENCE_MOST)
		return;
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(question->arena, format, args);
	va_end(args);
	for (size_t i = 0; i < question->evidence_count; i++)
		if (strcmp(question->evidence[i].where, where) == 0 && strcmp(question->evidence[i].text, text) == 0)
			return;
	*ARENA_PUSH(question->arena, question->evidence, question->evidence_count) = (struct evidence){ where, text };
}

static enum answer ask_term(const struct term *term, struct question *question, struct memo_list *memos)
{
	struct said said = answer_term(term, question, memos);
	enum answer answer = term->negated ? answer_not(said.answer) : said.answer;
	for (size_t i = 0; answer == YES && !term->negated && i < said.evidence_count; i++)
		question_evidence(question, said.evidence[i].where, "%s", said.evidence[i].text);
	if (answer == NO && said.exempt != NULL)
		question->exempt = said.exempt;
	return answer;
}

/* Reading costs most: what the words say is not asked once the alternative cannot hold any more. Such terms exempt nobody. */
static bool is_about_words(const struct predicate *predicate)
{
	return strstr(predicate->sentence, "{family}") != NULL;
}

/* All terms of one alternative; its evidence counts only when it holds. */
static enum answer ask_alternative(const struct alternative *alternative, struct question *question, struct memo_list *memos,
				   bool *exempting_out)
{
	struct question alone = *question;
	alone.evidence = NULL;
	alone.evidence_count = 0;
	enum answer all = YES;
	*exempting_out = false;
	for (size_t i = 0; i < alternative->count; i++) {
		const struct term *term = &alternative->terms[i];
		if (all != NO || !is_about_words(term->predicate))
			all = answer_and(all, ask_term(term, &alone, memos));
		*exempting_out |= term->predicate->exemption && !term->negated;
	}
	question->exempt = alone.exempt;
	for (size_t i = 0; all == YES && i < alone.evidence_count; i++)
		question_evidence(question, alone.evidence[i].where, "%s", alone.evidence[i].text);
	return all;
}

enum answer condition_ask(const struct condition *condition, struct question *question, struct memo_list *memos,
			  bool *by_exemption_out)
{
	enum answer any = NO;
	*by_exemption_out = false;
	for (size_t i = 0; i < condition->count; i++) {
		bool exempting;
		enum answer all = ask_alternative(&condition->alternatives[i], question, memos, &exempting);
		any = answer_or(any, all);
		*by_exemption_out |= all == YES && exempting;
	}
	return condition->turned ? answer_not(any) : any;
}
