/* lineage.c - confidential correspondence that this message carries although its marking may be gone: memory says what it descends from,
 * and here it is weighed how much of that it has, in whose letter, and whether somebody made it public who may.
 *
 * A thread alone is nothing: an answer that repeats no word of what it answers carries nothing on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#define CONFIDENTIAL ((unsigned)(MEMORY_MARKED | MEMORY_ADVICE))

/* Passages of one ancestor, by whose letter they stand in. */
struct weighed {
	size_t own;   /* the sender's, or a file's that they attach */
	size_t named; /* in a letter shown as the ancestor's author's */
	size_t other;
	const struct traced_text *best; /* the text with most of them */
};

struct weigher {
	struct gathering *gathering;
	const struct party *only; /* the only third party who gets it, or NULL */
	bool outside;             /* some third party gets it */
	struct lineage *items;
	const struct ancestor **reissued;
};

static const struct mailbox *author_of(const struct letter *letter)
{
	return letter->kind != LETTER_OUTER && letter->from.count > 0 ? &letter->from.items[0] : NULL;
}

static bool is_person(struct gathering *gathering, const struct mailbox *mailbox, const struct person *person)
{
	return person != NULL && mailbox != NULL && person_of_mailbox(gathering, mailbox) == person;
}

/* The words are given back to who wrote them. */
static bool is_their_own(const struct weigher *weigher, const struct letter *letter)
{
	const struct mailbox *author = author_of(letter);
	struct arena *arena = weigher->gathering->arena;
	if (weigher->only == NULL || author == NULL)
		return false;
	if (weigher->only->person != NULL)
		return is_person(weigher->gathering, author, weigher->only->person);
	const char *wrote = comparable_address(arena, author->address), *gets = comparable_address(arena, weigher->only->address);
	return wrote != NULL && gets != NULL && strcmp(wrote, gets) == 0;
}

static struct weighed weigh_passages(const struct weigher *weigher, const struct ancestor *ancestor)
{
	const struct trace *trace = weigher->gathering->facts->recall->trace;
	struct weighed weighed = { 0 };
	size_t most = 0;
	for (size_t i = 0; trace != NULL && i < trace->text_count; i++) {
		const struct traced_text *text = &trace->texts[i];
		size_t count = 0;
		for (size_t k = 0; ancestor->prints != NULL && k < ancestor->matched; k++)
			count += ancestor->prints[k] - text->first < text->count;
		if (count == 0 || is_their_own(weigher, text->letter))
			continue;
		if (text->letter->kind == LETTER_OUTER)
			weighed.own += count;
		else if (is_person(weigher->gathering, author_of(text->letter), ancestor->author))
			weighed.named += count;
		else
			weighed.other += count;
		if (count > most)
			weighed.best = text;
		most = count > most ? count : most;
	}
	return weighed;
}

static bool sender_had_it(const struct facts *facts, const struct ancestor *ancestor)
{
	for (size_t i = 0; i < ancestor->reader_count; i++)
		if (ancestor->readers[i] == facts->sender.person)
			return true;
	return false;
}

static struct lineage lineage_of(const struct weigher *weigher, const struct ancestor *ancestor, const struct weighed *weighed)
{
	const struct facts *facts = weigher->gathering->facts;
	size_t all = weighed->own + weighed->named + weighed->other;
	struct lineage lineage = { .ancestor = ancestor, .matched = all };
	lineage.file = (ancestor->hows & 1u << DESCENT_FILE) != 0;
	lineage.thread = ancestor_is_of_thread(ancestor) && (lineage.file || passages_tell_beside(all, ancestor));
	/* An answer to it that is attached does not show it. */
	bool enclosed = (ancestor->hows & 1u << DESCENT_ENCLOSED) != 0 && (ancestor->via == NULL || passages_tell_beside(all, ancestor));
	lineage.passed_on = enclosed || passages_tell_beside(weighed->named, ancestor);
	lineage.words = passages_tell_alone(all, ancestor);
	lineage.own_advice = (ancestor->kinds & CONFIDENTIAL) == MEMORY_ADVICE && sender_had_it(facts, ancestor);
	lineage.where = lineage.file || weighed->best == NULL ? ancestor->where : weighed->best->where;
	return lineage;
}

/* Who wrote it may publish it: as their own words or file, in a message of its own. What stands below as a letter that was in
 * confidence, or was forwarded, may have been left there by mistake. */
static bool is_reissue(const struct weigher *weigher, const struct lineage *lineage, const struct weighed *weighed)
{
	const struct facts *facts = weigher->gathering->facts;
	bool author = lineage->ancestor->author != NULL && lineage->ancestor->author == facts->sender.person;
	bool officer = party_is_council(&facts->sender) && facts->sender.role == ROLE_OFFICER;
	if (!facts->sender_known)
		return false;
	if (facts->reading->outer->unmarked && (author || officer))
		return true;
	return author && weigher->outside && !facts->reading->outer->is_forward && !lineage->passed_on && !passages_are_several(weighed->named + weighed->other);
}

/* All of it, or nearly: what was confidential is so no longer. A part published is known by its own prints. */
static bool is_whole(const struct facts *facts, const struct lineage *lineage, const struct weighed *weighed)
{
	return facts->reading->outer->unmarked || lineage->file || passages_are_half(weighed->own, lineage->ancestor);
}

static void take(struct weigher *weigher, const struct ancestor *ancestor)
{
	struct facts *facts = weigher->gathering->facts;
	struct arena *arena = weigher->gathering->arena;
	struct weighed weighed = weigh_passages(weigher, ancestor);
	struct lineage lineage = lineage_of(weigher, ancestor, &weighed);
	if (!lineage.thread && !lineage.passed_on && !lineage.file && !lineage.words)
		return;
	if (!is_reissue(weigher, &lineage, &weighed))
		*ARENA_PUSH(arena, weigher->items, facts->lineage_count) = lineage;
	else if (is_whole(facts, &lineage, &weighed))
		*ARENA_PUSH(arena, weigher->reissued, facts->reissued_count) = ancestor;
}

static void find_third_parties(struct weigher *weigher)
{
	const struct facts *facts = weigher->gathering->facts;
	const struct party *first = NULL;
	bool several = false;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct party *party = &facts->recipients[i].party;
		if (!party->third_party)
			continue;
		several |= first != NULL && !party_is_same(weigher->gathering->arena, first, party);
		first = party;
	}
	weigher->outside = first != NULL;
	weigher->only = several ? NULL : first;
}

void gather_lineage(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	struct weigher weigher = { .gathering = gathering };
	find_third_parties(&weigher);
	for (size_t i = 0; i < facts->recall->ancestor_count; i++)
		if ((facts->recall->ancestors[i].kinds & CONFIDENTIAL) != 0)
			take(&weigher, &facts->recall->ancestors[i]);
	facts->lineage = weigher.items;
	facts->reissued = weigher.reissued;
}

bool facts_is_confidential(const struct facts *facts)
{
	return facts->marked_count > 0 || facts->lineage_count > 0;
}
