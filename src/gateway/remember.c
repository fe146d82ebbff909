/* remember.c - what of a judged message later ones are judged by. Which correspondence is worth remembering is said here; how it is kept
 * is the memory's own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/gateway.h"

static const bool *delivered_to(struct arena *arena, const struct judgement *judgement)
{
	bool *delivered = arena_array(arena, judgement->envelope->recipient_count, sizeof *delivered);
	for (size_t i = 0; i < judgement->envelope->recipient_count; i++)
		delivered[i] = judgement->plan->recipients[i] <= OUTCOME_ANNOTATE;
	return delivered;
}

bool gateway_remember(struct arena *arena, struct memory *memory, const struct judgement *judgement, struct error *err)
{
	struct remembrance remembrance = {
		.trace = judgement->trace,
		.id = judgement->id,
		.at = judgement->envelope->at,
		.principal = judgement->principal,
		.recipients = judgement->envelope->recipients,
		.delivered = delivered_to(arena, judgement),
		.recipient_count = judgement->envelope->recipient_count,
		.told = judgement->plan->told,
		.told_count = judgement->plan->told_count,
		.author = judgement->facts->sender_known ? judgement->facts->sender.person : NULL,
		.parents = judgement->facts->recall->ancestors,
		.parent_count = judgement->facts->recall->ancestor_count,
	};
	return memory_remember(memory, &remembrance, err);
}
