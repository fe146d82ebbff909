/* gateway.c - one message from end to end. The flow of DESIGN 2 as one page of calls: message, reading, facts,
 * verdict, plan; then, apart, what is made durable.
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

bool gateway_judge(struct arena *arena, const struct snapshot *snapshot, const struct envelope *envelope, struct bytes raw,
		   struct pattern_scratch *scratch, const struct judgement **out, struct error *err)
{
	struct judgement *judgement = arena_alloc(arena, sizeof *judgement);
	judgement->envelope = envelope;
	judgement->message = message_scan(arena, raw, &snapshot->limits);
	judgement->id = reference_id(arena, envelope, judgement->message);
	if (!read_message(arena, snapshot, scratch, judgement, err))
		return false;

	judgement->facts = facts_gather(arena, envelope, judgement->reading, snapshot->directory, &snapshot->council,
					snapshot->lexicon, scratch);
	judgement->verdict = policy_judge(arena, snapshot->policy, judgement->facts, snapshot->lexicon, scratch);

	struct plan_options options = snapshot_plan_options(snapshot, judgement->id, envelope->at);
	if (snapshot->console.address != NULL) {
		judgement->own_token = own_token_make(arena);
		options.own_link = arena_printf(arena, "%s/own/%s", snapshot->console.address, judgement->own_token);
	}
	judgement->plan = plan_make(arena, judgement->verdict, judgement->facts, judgement->message, &options);
	*out = judgement;
	return true;
}

/* Of mail that is marked only the envelope's evidence is kept, and where in the text the rest stands: the words themselves are
 * what somebody asked to keep from sight (DOMAIN 5.1, Appendix B 7). */
static const char *words_to_keep(const struct evidence *evidence, bool marked)
{
	static const char *const open_places[] = { "envelope", "To", "Cc", "From", "Sender", "signature", "message" };
	for (size_t i = 0; i < sizeof open_places / sizeof *open_places; i++)
		if (strcmp(evidence->where, open_places[i]) == 0)
			return evidence->text;
	return marked ? "(words withheld: the message is marked)" : evidence->text;
}

/* The evidence as the JSON array the journal and the report keep. */
static const char *evidence_json(struct arena *arena, const struct opinion *opinion, bool marked)
{
	json_t *list = json_array();
	for (size_t i = 0; i < opinion->evidence_count; i++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "where", opinion->evidence[i].where, "text",
						      words_to_keep(&opinion->evidence[i], marked)));
	char *dump = json_dumps(list, JSON_COMPACT);
	const char *kept = arena_string(arena, dump == NULL ? "[]" : dump);
	free(dump);
	json_decref(list);
	return kept;
}

static const struct finding_record *finding_records(struct arena *arena, const struct plan *plan, bool marked)
{
	struct finding_record *records = arena_array(arena, plan->finding_count, sizeof *records);
	for (size_t i = 0; i < plan->finding_count; i++) {
		const struct opinion *opinion = plan->findings[i];
		records[i] = (struct finding_record){
			.rule = opinion->rule->id,
			.clause = opinion->rule->clause,
			.action = action_name(opinion->action),
			.mode = mode_name(opinion->rule->mode),
			.explanation = opinion->explanation,
			.evidence = evidence_json(arena, opinion, marked),
		};
	}
	return records;
}

/* A subject is kept only where it is nobody's secret: not of marked mail (DOMAIN 5.1). */
static const char *subject_to_keep(const struct judgement *judgement)
{
	return judgement->facts->marked_count > 0 ? NULL : judgement->reading->outer->subject;
}

static const enum openness *openness_of(struct arena *arena, const struct facts *facts)
{
	enum openness *openness = arena_array(arena, facts->recipient_count, sizeof *openness);
	for (size_t i = 0; i < facts->recipient_count; i++)
		openness[i] = facts->recipients[i].visible ? OPENNESS_OPEN : OPENNESS_HIDDEN;
	return openness;
}

static const char *footers_text(struct arena *arena, const struct plan *plan)
{
	if (!plan->footer_added)
		return NULL;
	struct text lines = TEXT_INIT;
	for (size_t i = 0; i < plan->footer_count; i++)
		text_printf(&lines, "%s%s", i > 0 ? "\n" : "", plan->footers[i]);
	return text_to_arena(&lines, arena).data;
}

static bool holds_anything(const struct plan *plan, size_t recipient_count)
{
	for (size_t i = 0; i < recipient_count; i++)
		if (plan->recipients[i] == OUTCOME_HOLD)
			return true;
	return false;
}

bool gateway_commit(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
		    bool *duplicate_out, const char **id_out, struct error *err)
{
	const struct plan *plan = judgement->plan;
	const struct facts *facts = judgement->facts;
	*duplicate_out = false;
	*id_out = judgement->id;
	if (plan->finding_count == 0 && judgement->verdict->exception_count == 0 && plan->notice_count == 0 && plan->outcome < OUTCOME_HOLD)
		return true;
	const struct person *sender = facts->sender_known ? facts->sender.person : NULL;
	struct record record = {
		.id = judgement->id,
		.content_key = reference_content_key(arena, judgement->envelope, judgement->message),
		.at = judgement->envelope->at,
		.envelope = judgement->envelope,
		.sender_name = sender == NULL ? NULL : sender->name,
		.sender_address = plan_sender_address(facts),
		.header_from = facts->header_from.address,
		.direction = direction_name(facts->direction),
		.outcome = outcome_name(plan->outcome),
		.message_id = judgement->reading->message_id,
		.thread = reference_thread(arena, judgement->message),
		.subject = subject_to_keep(judgement),
		.marked = facts->marked_count > 0,
		.raw = holds_anything(plan, judgement->envelope->recipient_count) ? judgement->message->raw : BYTES_EMPTY,
		.recipient_outcomes = plan->recipients,
		.openness = openness_of(arena, facts),
		.findings = finding_records(arena, plan, facts->marked_count > 0),
		.finding_count = plan->finding_count,
		.exceptions = judgement->verdict->exceptions,
		.exception_count = judgement->verdict->exception_count,
		.notices_a_day = snapshot->notices_a_day,
		.own_token = judgement->own_token,
		.own_deeds = plan->own_deeds,
		.notices = plan->notices,
		.notice_count = plan->notice_count,
		.policy_digest = snapshot->digest, /* rules and phrases, as the files had them */
		.directory_digest = directory_digest(snapshot->directory),
		.footers = footers_text(arena, plan),
	};
	return store_record(store, arena, &record, snapshot->retry_days, duplicate_out, id_out, err);
}

struct tally gateway_tally(const struct judgement *judgement)
{
	struct tally tally = { .examined = 1, .unreadable = judgement->reading->unreadable_count > 0 };
	switch (judgement->plan->outcome) {
	case OUTCOME_DELIVER:
		tally.delivered = 1;
		break;
	case OUTCOME_ANNOTATE:
		tally.annotated = 1;
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
