/* gateway.c - one message from end to end. The flow of DESIGN 2 as one page of calls: message, reading, facts,
 * verdict, plan. What of it is made durable: commit.c.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/gateway.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/reference.h"
#include "reading/headers.h"
#include "store/own_link.h"

/* The reading, or what the headers alone say when the reader failed on the message. */
static bool read_message(struct arena *arena, const struct snapshot *snapshot, struct pattern_scratch *scratch, struct judgement *judgement,
			 struct error *err)
{
	const char *why = NULL;
	switch (snapshot->reader->read(snapshot->reader, arena, judgement->message, scratch, &judgement->reading, &why)) {
	case READER_READ:
		return true;
	case READER_FAILED:
		judgement->reader_failure = why;
		judgement->reading = reading_of_headers(arena, judgement->message, snapshot->lexicon, scratch, why);
		return true;
	case READER_AWAY:
		break;
	}
	return error_set(err, ERROR_RETRY, "nobody to read it: %s", why);
}

/* From what was read to what is to be done. */
static void decide(struct arena *arena, const struct snapshot *snapshot, const struct policy *policy, struct pattern_scratch *scratch,
		   struct judgement *judgement)
{
	judgement->facts = facts_gather(arena, judgement->envelope, judgement->reading, judgement->recall, snapshot->directory, &snapshot->council,
					snapshot->lexicon, scratch);
	judgement->verdict = policy_judge(arena, policy, judgement->facts, snapshot->lexicon, scratch);

	struct plan_options options = snapshot_plan_options(snapshot, judgement->id, judgement->envelope->at);
	if (snapshot->console.address != NULL) {
		judgement->own_token = own_token_make(arena);
		options.own_link = arena_printf(arena, "%s/link/%s", snapshot->console.address, judgement->own_token);
	}
	judgement->plan = plan_make(arena, judgement->verdict, judgement->facts, judgement->message, &options);
}

bool gateway_judge(struct arena *arena, const struct snapshot *snapshot, struct memory *memory, const struct envelope *envelope,
		   struct bytes raw, struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	struct judgement *judgement = arena_alloc(arena, sizeof *judgement);
	judgement->envelope = envelope;
	judgement->message = message_scan(arena, raw, &snapshot->limits);
	judgement->id = reference_id(arena, envelope, judgement->message);
	if (!read_message(arena, snapshot, scratch, judgement, err))
		return false;

	judgement->trace = trace_make(arena, judgement->message, judgement->reading);
	judgement->principal = facts_principal(arena, envelope, judgement->reading, snapshot->directory, &snapshot->council);
	struct recall *recall = memory == NULL ? NULL : arena_alloc(arena, sizeof *recall);
	if (recall != NULL &&
	    !memory_recall(memory, arena, snapshot->directory, judgement->trace, judgement->principal, envelope->at, recall, err))
		return false;
	judgement->recall = recall;
	decide(arena, snapshot, snapshot->policy, scratch, judgement);
	*out = judgement;
	return true;
}

const struct judgement *gateway_judge_again(struct arena *arena, const struct snapshot *snapshot, const struct policy *policy,
					    const struct judgement *before, struct pattern_scratch *scratch)
{
	struct judgement *judgement = arena_alloc(arena, sizeof *judgement);
	*judgement = *before;
	decide(arena, snapshot, policy, scratch, judgement);
	return judgement;
}

/* Envelopes of one message that have come so far without this one. */
static size_t envelopes_before(const struct recall *recall)
{
	size_t count = 0;
	for (size_t i = 0; i < recall->sibling_count; i++) {
		bool known = false;
		for (size_t k = 0; k < i && !known; k++)
			known = strcmp(recall->siblings[k].id, recall->siblings[i].id) == 0;
		count += !known;
	}
	return count;
}

static bool is_reunited(const struct facts *facts)
{
	bool hidden = false, shown = false;
	for (size_t i = 0; i < facts->hidden_count; i++)
		hidden |= facts->hidden[i].elsewhere && facts_is_hidden_councillor(&facts->hidden[i]);
	for (size_t i = 0; i < facts->recipient_count; i++)
		shown |= facts->recipients[i].visible;
	return hidden && shown;
}

/* Besides the sender. */
static bool somebody_was_told(const struct facts *facts)
{
	for (size_t i = 0; i < facts->recall->told_count; i++)
		if (directory_by_address(facts->directory, facts->recall->told[i].who) != facts->sender.person)
			return true;
	return false;
}

/* Each message once: whatever came of it later adds nothing, and who was awaited and has come is taken off again. */
static void tally_envelopes(const struct judgement *judgement, struct tally *tally)
{
	const struct facts *facts = judgement->facts;
	bool vouched = facts->copies_partly_known;
	tally->split = facts->elsewhere_count > 0 && envelopes_before(facts->recall) == 1 && !facts->retried;
	if (!somebody_was_told(facts) && !facts->put_off) {
		tally->reunited_late = judgement->plan->told_late;
		tally->reunited = !judgement->plan->told_late && judgement->plan->footer_added && is_reunited(facts);
	}
	if (vouched && judgement->reading->message_id == NULL)
		tally->not_reunited = 1;
	else if (vouched)
		tally->not_reunited = (facts->awaited_count > 0) - (facts->awaited_before > 0);
}

/* A note beside a message leaves it as it came. */
static bool has_line(const struct plan *plan)
{
	return plan->footer_added || plan->companion_sent || plan->told_late;
}

/* What is kept back has not come there. */
static bool reaches_private(const struct judgement *judgement)
{
	for (size_t i = 0; i < judgement->facts->recipient_count; i++)
		if (judgement->plan->recipients[i] <= OUTCOME_ANNOTATE && facts_marked_to_private(judgement->facts, i))
			return true;
	return false;
}

struct tally gateway_tally(const struct judgement *judgement)
{
	struct tally tally = { .retried = judgement->facts->put_off };
	tally_envelopes(judgement, &tally);
	if (judgement->facts->put_off)
		return tally; /* it is examined when it comes again */
	tally.examined = 1;
	tally.unreadable = judgement->reading->unreadable_count > 0;
	tally.marked_private = reaches_private(judgement);
	switch (judgement->plan->outcome) {
	case OUTCOME_DELIVER:
		tally.delivered = 1;
		break;
	case OUTCOME_ANNOTATE:
		tally.annotated = has_line(judgement->plan);
		tally.delivered = !has_line(judgement->plan);
		break;
	case OUTCOME_HOLD:
		tally.held = 1;
		break;
	case OUTCOME_RETURN:
		tally.returned = 1;
		break;
	case OUTCOME_RETRY:
		tally.retried = 1;
		break;
	}
	switch (judgement->facts->direction) {
	case DIRECTION_OUTGOING:
		tally.outgoing = 1;
		break;
	case DIRECTION_INCOMING:
		tally.incoming = 1;
		break;
	case DIRECTION_INTERNAL:
		tally.internal = 1;
		break;
	}
	return tally;
}
