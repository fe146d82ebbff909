/* remember.c - what of a judged message later ones are judged by. Which correspondence is worth remembering is said here and in the
 * configuration; how it is kept is the memory's own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/remembering.h"

static const bool *delivered_to(struct arena *arena, const struct judgement *judgement)
{
	bool *delivered = arena_array(arena, judgement->envelope->recipient_count, sizeof *delivered);
	for (size_t i = 0; i < judgement->envelope->recipient_count; i++)
		delivered[i] = judgement->plan->recipients[i] <= OUTCOME_ANNOTATE;
	return delivered;
}

/* Whom it went to, as people; a list by itself. Who was not sent it, or not yet, is none of them. */
static const struct person *const *readers_of(struct arena *arena, const struct judgement *judgement, size_t *count_out)
{
	const struct facts *facts = judgement->facts;
	const struct person **readers = arena_array(arena, facts->recipient_count, sizeof *readers);
	*count_out = 0;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (facts->recipients[i].party.person != NULL && judgement->plan->recipients[i] <= OUTCOME_ANNOTATE)
			readers[(*count_out)++] = facts->recipients[i].party.person;
	return readers;
}

/* Those who are listed nowhere, not even for the hours in which copies are reunited. */
static const struct person *const *unlisted_of_envelope(struct arena *arena, const struct facts *facts)
{
	const struct person **unlisted = arena_array(arena, facts->recipient_count + 1, sizeof *unlisted);
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (party_is_protected(&facts->recipients[i].party))
			unlisted[i] = facts->recipients[i].party.person;
	return unlisted;
}

static struct remembering remembering_begin(struct arena *arena, const struct judgement *judgement)
{
	struct remembering remembering = { .arena = arena, .judgement = judgement };
	remembering.texts = arena_array(arena, judgement->trace->text_count, sizeof *remembering.texts);
	remembering.files = arena_array(arena, judgement->trace->file_count, sizeof *remembering.files);
	remembering.author = judgement->facts->sender_known ? judgement->facts->sender.person : NULL;
	return remembering;
}

/* What who may has made public: one by the remembrance itself, further ones by name. */
static bool clear_others(struct memory *memory, const struct judgement *judgement, size_t count, struct error *err)
{
	const struct facts *facts = judgement->facts;
	bool found;
	for (size_t i = 1; i < count; i++)
		if (!memory_declassify(memory, facts->reissued[i]->id, judgement->envelope->at, &found, err))
			return false;
	return true;
}

bool gateway_remember(struct arena *arena, struct memory *memory, const struct judgement *judgement, struct error *err)
{
	struct remembering remembering = remembering_begin(arena, judgement);
	remember_confidential(&remembering);
	remember_letters(&remembering);
	size_t cleared = remembering_cleared(judgement);
	struct remembrance remembrance = {
		.trace = remembering_trace(&remembering),
		.id = judgement->id,
		.at = judgement->envelope->at,
		.principal = judgement->principal,
		.recipients = judgement->envelope->recipients,
		.delivered = delivered_to(arena, judgement),
		.unlisted = unlisted_of_envelope(arena, judgement->facts),
		.recipient_count = judgement->envelope->recipient_count,
		.told = judgement->plan->told,
		.told_count = judgement->plan->told_count,
		.kinds = remembering.kinds,
		.author = remembering.author,
		.group = remembering.group,
		.parents = judgement->facts->recall->ancestors,
		.parent_count = judgement->facts->recall->ancestor_count,
		.clears = cleared > 0 ? judgement->facts->reissued[0]->id : NULL,
	};
	remembrance.readers = readers_of(arena, judgement, &remembrance.reader_count);
	return memory_remember(memory, &remembrance, err) && clear_others(memory, judgement, cleared, err);
}
