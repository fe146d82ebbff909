/* predicates_lineage.c - conditions on confidential correspondence that a message carries on (facts, lineage). The evidence is the chain: which
 * letter, of when, from whom to whom, through whose hands, and how much of it is here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include <string.h>

#include "base/text.h"

#define READERS_NAMED ((size_t)3)

static bool is_of_council(const struct question *question, const struct person *person)
{
	struct party party = { .person = person };
	return person->is_list || party_has_role(&party, ROLE_COUNCILLOR, question->facts->on) ||
	       party_has_role(&party, ROLE_OFFICER, question->facts->on);
}

/* Councillors and officers: who else had it is not for a report. */
static const char *readers_of(const struct question *question, const struct ancestor *ancestor)
{
	struct text names = TEXT_INIT;
	size_t count = 0;
	for (size_t i = 0; i < ancestor->reader_count; i++) {
		if (!is_of_council(question, ancestor->readers[i]))
			continue;
		if (count < READERS_NAMED)
			text_printf(&names, "%s%s", count == 0 ? " to " : ", ", ancestor->readers[i]->name);
		count++;
	}
	if (count > READERS_NAMED)
		text_printf(&names, " and %zu more", count - READERS_NAMED);
	return arena_string_of(question->arena, text_to_arena(&names, question->arena));
}

static const char *day_of(const struct question *question, int64_t at)
{
	return clock_format_day(question->arena, clock_date_of(at));
}

/* "a letter marked confidential of 2 March 2026 from Ruth Ames to Carl Moss (CH-20260302-3F7KQ2XM)" */
static const char *letter_words(const struct question *question, const struct ancestor *ancestor)
{
	const char *to = readers_of(question, ancestor), *day = day_of(question, ancestor->at);
	if ((ancestor->kinds & MEMORY_MARKED) == 0)
		return arena_printf(question->arena, "the Monitoring Officer's advice of %s%s (%s)", day, to, ancestor->id);
	return arena_printf(question->arena, "a letter marked confidential of %s%s%s%s (%s)", day, ancestor->author == NULL ? "" : " from ",
			    ancestor->author == NULL ? "" : ancestor->author->name, to, ancestor->id);
}

/* ", which Carl Moss passed on on 3 March 2026 (CH-...)" */
static const char *via_words(const struct question *question, const struct ancestor *via)
{
	if (via == NULL)
		return "";
	return arena_printf(question->arena, ", which %s passed on on %s (%s)", via->author == NULL ? "somebody" : via->author->name,
			    day_of(question, via->at), via->id);
}

/* "part 1 repeats 7 of 9 passages of"; the words themselves never: they may be what is confidential. */
static const char *amount_words(const struct question *question, const struct lineage *lineage)
{
	const char *where = lineage->where == NULL ? "it" : strcmp(lineage->where, "text") == 0 ? "its text" : lineage->where;
	if (lineage->matched == 0)
		return arena_printf(question->arena, "%s %s", where, lineage->file ? "came with" : "is");
	return arena_printf(question->arena, "%s %srepeats %zu of %zu passages of", where, lineage->file ? "came with and " : "", lineage->matched,
			    lineage->ancestor->of);
}

static void show(struct question *question, const struct lineage *lineage, const char *how)
{
	const struct ancestor *ancestor = lineage->ancestor;
	question_evidence(question, "memory", "%s%s %s%s", how, amount_words(question, lineage), letter_words(question, ancestor),
			  via_words(question, ancestor->via));
}

static enum answer find(struct question *question, bool (*wanted)(const struct lineage *lineage), const char *how)
{
	enum answer answer = NO;
	for (size_t i = 0; i < question->facts->lineage_count; i++)
		if (wanted(&question->facts->lineage[i])) {
			show(question, &question->facts->lineage[i], how);
			answer = YES;
		}
	return answer;
}

static bool in_any_way(const struct lineage *lineage)
{
	return true;
}

static bool by_thread(const struct lineage *lineage)
{
	return lineage->thread;
}

static bool passed_on(const struct lineage *lineage)
{
	return lineage->passed_on;
}

static bool by_file(const struct lineage *lineage)
{
	return lineage->file;
}

static bool by_words(const struct lineage *lineage)
{
	return lineage->words;
}

static enum answer carries(struct question *question, const struct argument *arguments)
{
	return find(question, in_any_way, "");
}

static enum answer answers_it(struct question *question, const struct argument *arguments)
{
	return find(question, by_thread, "in its thread, ");
}

static enum answer passes_it_on(struct question *question, const struct argument *arguments)
{
	return find(question, passed_on, "passed on: ");
}

static enum answer has_its_file(struct question *question, const struct argument *arguments)
{
	return find(question, by_file, "");
}

static enum answer repeats_it(struct question *question, const struct argument *arguments)
{
	return find(question, by_words, "");
}

/* Whose advice it is decides what they do with it. */
static enum answer own_advice(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->lineage_count; i++)
		if (!facts->lineage[i].own_advice)
			return NO;
	return answer_of(facts->lineage_count > 0);
}

const struct predicate predicates_lineage[] = {
	{ "it carries confidential correspondence", false, false, carries,
	  "words or files of correspondence remembered as confidential, marked here or not, and not published by who may" },
	{ "it answers confidential correspondence and carries it", false, false, answers_it,
	  "References or Thread-Index lead to it, and words or a file of it are here" },
	{ "it passes on confidential correspondence", false, false, passes_it_on,
	  "it is attached as a message, or words of it stand in a letter shown as its author's" },
	{ "it carries a file of confidential correspondence", false, false, has_its_file, "the same file, under whatever name" },
	{ "it repeats the words of confidential correspondence", false, false, repeats_it, "some passages, by whatever way they came here" },
	{ "all of that is the Monitoring Officer's advice to the sender", false, false, own_advice,
	  "what it carries was not marked, and is advice the sender was given" },
	{ 0 },
};
