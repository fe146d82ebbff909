/* commit.c - what of a judgement is written down, and what must not be: words of marked mail, and whoever is not to be listed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/answers.h"
#include "gateway/due.h"
#include "gateway/gateway.h"
#include "gateway/past.h"
#include "gateway/reference.h"
#include "gateway/unlisted.h"
#include "policy/explanation.h"
#include "store/answers.h"
#include "store/passing.h"

/* Of mail that is marked only the envelope's evidence is kept, and where in the text the rest stands: the words themselves are
 * what somebody asked to keep from sight (DOMAIN 5.1, Appendix B 7). */
static const char *words_to_keep(const struct evidence *evidence, const char *withheld)
{
	static const char *const open_places[] = { "envelope", "To", "Cc", "Bcc", "From", "Sender", "signature", "message", "memory" };
	for (size_t i = 0; i < sizeof open_places / sizeof *open_places; i++)
		if (strcmp(evidence->where, open_places[i]) == 0)
			return evidence->text;
	return withheld != NULL ? withheld : evidence->text;
}

/* A rule of which only the outline is kept, or nothing, is about something that is not to be read again in a report; so is what is only
 * counted there. */
static bool is_kept_short(const struct plan *plan)
{
	for (size_t i = 0; i < plan->finding_count; i++)
		if (plan->findings[i]->rule->kept != KEPT_WHOLE || plan->findings[i]->counted)
			return true;
	return false;
}

/* The evidence as the JSON array the journal and the report keep. */
static const char *evidence_json(struct arena *arena, const struct opinion *opinion, const char *withheld, const struct unlisted *unlisted)
{
	json_t *list = json_array();
	for (size_t i = 0; i < opinion->evidence_count; i++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "where", opinion->evidence[i].where, "text",
						      unlisted_text(arena, unlisted, words_to_keep(&opinion->evidence[i], withheld))));
	char *dump = json_dumps(list, JSON_COMPACT);
	const char *kept = arena_string(arena, dump == NULL ? "[]" : dump);
	free(dump);
	json_decref(list);
	return kept;
}

/* Put in place of the words that made rules fire; NULL: they are kept. It does not say which it is: of some rules not even that they fired
 * is to be known. */
static const char *why_withheld(const struct judgement *judgement, const struct unlisted *unlisted)
{
	if (facts_is_confidential(judgement->facts) || unlisted->anybody || is_kept_short(judgement->plan))
		return "(words withheld: the message is marked, to somebody protected, or of a kind whose words are not kept)";
	return NULL;
}

/* What only counts says nothing; words that are withheld from the evidence do not stand here either. */
static const char *explanation_to_keep(struct arena *arena, const struct facts *facts, const struct opinion *opinion, const char *withheld)
{
	if (opinion->counted)
		return "";
	return withheld == NULL ? opinion->explanation : explanation_without_words(arena, opinion->rule->says_en, facts, opinion, false);
}

static const struct finding_record *finding_records(struct arena *arena, const struct judgement *judgement, const struct plan *plan, const char *withheld,
						    const struct unlisted *unlisted)
{
	struct finding_record *records = arena_array(arena, plan->finding_count + 1, sizeof *records);
	for (size_t i = 0; i < plan->finding_count; i++) {
		const struct opinion *opinion = plan->findings[i];
		records[i] = (struct finding_record){
			.rule = opinion->rule->id,
			.clause = opinion->rule->clause,
			.action = past_action(opinion),
			.mode = mode_name(opinion->rule->mode),
			.explanation = unlisted_text(arena, unlisted, explanation_to_keep(arena, judgement->facts, opinion, withheld)),
			.evidence = evidence_json(arena, opinion, withheld, unlisted),
		};
	}
	return records;
}

/* A subject is kept only where it is nobody's secret: not of marked mail (DOMAIN 5.1), nor of mail that a protected person has part in. */
static const char *subject_to_keep(const struct judgement *judgement, const struct unlisted *unlisted)
{
	return why_withheld(judgement, unlisted) != NULL ? NULL : judgement->reading->outer->subject;
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

/* Who lacks the line (store/store.h). */
static const char *line_text(struct arena *arena, const struct plan *plan)
{
	const char *const parts[] = {
		plan->untouched != TOUCHED ? untouched_code(plan->untouched) : NULL,
		plan->companion_sent ? "companion" : NULL,
		plan->told_late ? "late-told" : NULL,
		plan->late_untold ? "late-untold" : NULL,
	};
	const char *words = NULL;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i] != NULL)
			words = arena_printf(arena, "%s%s%s", words == NULL ? "" : words, words == NULL ? "" : " ", parts[i]);
	return words;
}

static bool holds_anything(const struct plan *plan, size_t recipient_count)
{
	for (size_t i = 0; i < recipient_count; i++)
		if (plan->recipients[i] == OUTCOME_HOLD)
			return true;
	return false;
}

/* Besides those of which nothing is kept. */
static bool tells_openly(const struct plan *plan)
{
	for (size_t i = 0; i < plan->notice_count; i++)
		if (!plan->notices[i].private)
			return true;
	return false;
}

/* Mail between a person and protected correspondents alone has none, and no more has what else they are in on for no other reason
 * than that they are exempt. */
static bool has_no_entry(const struct judgement *judgement, const struct keepable *keepable, const struct unlisted *unlisted)
{
	if (!unlisted->anybody || judgement->plan->outcome >= OUTCOME_HOLD)
		return false;
	return unlisted->wholly || (keepable->plan->finding_count == 0 && !tells_openly(judgement->plan));
}

/* Those of the envelope who may be listed; the copies of others are never kept back (plan.c), so nothing is lost with them. */
static const bool *recipients_to_list(struct arena *arena, const struct unlisted *unlisted, const struct plan *plan, size_t count)
{
	bool *kept = arena_array(arena, count + 1, sizeof *kept);
	for (size_t i = 0; i < count; i++)
		kept[i] = !unlisted->anybody || !unlisted->recipients[i] || plan->recipients[i] >= OUTCOME_HOLD;
	return kept;
}

static void leave_out(struct arena *arena, const bool *listed, struct record *record)
{
	size_t count = record->envelope->recipient_count, kept = 0;
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	const char **recipients = arena_array(arena, count + 1, sizeof *recipients);
	enum outcome *outcomes = arena_array(arena, count + 1, sizeof *outcomes);
	enum openness *openness = arena_array(arena, count + 1, sizeof *openness);
	for (size_t i = 0; i < count; i++) {
		if (!listed[i])
			continue;
		recipients[kept] = record->envelope->recipients[i];
		outcomes[kept] = record->recipient_outcomes[i];
		openness[kept++] = record->openness[i];
	}
	*envelope = *record->envelope;
	envelope->recipients = recipients;
	envelope->recipient_count = kept;
	record->envelope = envelope;
	record->recipient_outcomes = outcomes;
	record->openness = openness;
}

static bool needs_entry(const struct judgement *judgement, const struct keepable *keepable)
{
	return keepable->plan->finding_count > 0 || keepable->verdict->exception_count > 0 || tells_openly(judgement->plan) ||
	       judgement->plan->outcome >= OUTCOME_HOLD;
}

static bool passes(const struct judgement *judgement, const struct keepable *keepable, const struct unlisted *unlisted)
{
	return !needs_entry(judgement, keepable) || has_no_entry(judgement, keepable, unlisted);
}

static struct passing told_in_private(struct arena *arena, const struct judgement *judgement)
{
	const struct plan *plan = judgement->plan;
	struct passing passing = { .id = judgement->id, .at = judgement->envelope->at };
	struct notice *notices = arena_array(arena, plan->notice_count, sizeof *notices);
	for (size_t i = 0; i < plan->notice_count; i++)
		if (plan->notices[i].private)
			notices[passing.notice_count++] = plan->notices[i];
	passing.notices = notices;
	return passing;
}

/* Whoever is to be told is told in private, and that is all there will ever be. */
static struct passing passing_of(struct arena *arena, const struct judgement *judgement, const struct keepable *keepable,
				 const struct unlisted *unlisted, const struct duty_changes *duties)
{
	struct passing passing = told_in_private(arena, judgement);
	if (unlisted->wholly)
		passing.notice_count = 0;
	passing.duties = duties;
	passing.exceptions = keepable->verdict->exceptions;
	passing.exception_count = keepable->verdict->exception_count;
	return passing;
}

/* Of what a protected correspondent has part in, and of what a rule has fired on that keeps nothing, nothing at all. */
const char *gateway_plain_facts(struct arena *arena, const struct snapshot *snapshot, const struct judgement *judgement)
{
	struct keepable keepable = past_keepable(arena, judgement->verdict, judgement->plan);
	if (needs_entry(judgement, &keepable) || judgement->plan->finding_count > 0 || judgement->facts->put_off ||
	    unlisted_of(arena, judgement->facts).anybody)
		return NULL;
	return past_plain_facts(arena, snapshot->policy, judgement->verdict, judgement->plan->outlook);
}

bool gateway_keep_plain(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
			struct error *err)
{
	const char *facts = gateway_plain_facts(arena, snapshot, judgement);
	struct plain_facts plain = {
		.day = plain_day(judgement->envelope->at),
		.rulebook_digest = snapshot->rulebook_digest,
		.rulebook = snapshot->rulebook,
		.facts = facts,
		.count = 1,
	};
	return facts == NULL || store_plain_add(store, &plain, 1, err);
}

bool gateway_commit(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
		    bool *duplicate_out, const char **id_out, struct error *err)
{
	const struct plan *plan = judgement->plan;
	const struct facts *facts = judgement->facts;
	*duplicate_out = false;
	*id_out = judgement->id;
	struct keepable keepable = past_keepable(arena, judgement->verdict, plan);
	const struct duty_changes *duties = due_changes(arena, snapshot, judgement);
	struct unlisted unlisted = unlisted_of(arena, facts);
	if (passes(judgement, &keepable, &unlisted)) {
		const struct passing passing = passing_of(arena, judgement, &keepable, &unlisted, duties);
		return store_pass(store, arena, &passing, err);
	}
	const bool *kept = recipients_to_list(arena, &unlisted, plan, judgement->envelope->recipient_count);
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
		.outcome = outcome_name(keepable.plan->outcome),
		.message_id = judgement->reading->message_id,
		.thread = reference_thread(arena, judgement->message),
		.subject = subject_to_keep(judgement, &unlisted),
		.marked = facts_is_confidential(facts),
		.raw = holds_anything(plan, judgement->envelope->recipient_count) ? judgement->message->raw : BYTES_EMPTY,
		.recipient_outcomes = keepable.plan->recipients,
		.openness = openness_of(arena, facts),
		.findings = finding_records(arena, judgement, keepable.plan, why_withheld(judgement, &unlisted), &unlisted),
		.finding_count = keepable.plan->finding_count,
		.exceptions = keepable.verdict->exceptions,
		.exception_count = keepable.verdict->exception_count,
		.notices_a_day = snapshot->notices_a_day,
		.own_token = judgement->own_token,
		.own_deeds = plan->own_deeds,
		.notices = plan->notices,
		.notice_count = plan->notice_count,
		.deferred = plan->deferred,
		.deferred_count = plan->deferred_count,
		.policy_digest = snapshot->digest, /* rules and phrases, as the files had them */
		.directory_digest = directory_digest(snapshot->directory),
		.rulebook_digest = snapshot->rulebook_digest,
		.rulebook = snapshot->rulebook,
		.answers = answers_of(arena, keepable.verdict),
		.facts = past_facts(arena, snapshot->policy, judgement->verdict, plan->outlook, kept),
		.conclusion = past_conclusion(arena, &keepable, judgement->envelope->recipient_count, kept),
		.footers = footers_text(arena, plan),
		.line = line_text(arena, plan),
		.duties = duties,
	};
	record.traces = queue_traces(arena, snapshot->directory, record.id, judgement->reading->outer, record.at);
	leave_out(arena, kept, &record);
	return store_record(store, arena, &record, snapshot->retry_days, duplicate_out, id_out, err);
}

static bool store_take_back(struct arena *arena, const struct snapshot *snapshot, struct store *store, const struct judgement *judgement,
			    const char *id, int64_t at, struct error *err)
{
	const struct keepable keepable = past_keepable(arena, judgement->verdict, judgement->plan);
	const struct unlisted unlisted = unlisted_of(arena, judgement->facts);
	if (passes(judgement, &keepable, &unlisted)) {
		const struct passing passing = passing_of(arena, judgement, &keepable, &unlisted, due_changes(arena, snapshot, judgement));
		return store_pass_take_back(store, &passing, at, err);
	}
	const struct passing beside = told_in_private(arena, judgement);
	return store_void(store, id, at, err) && store_pass_take_back(store, &beside, at, err);
}

bool gateway_take_back(struct arena *arena, const struct snapshot *snapshot, struct store *store, struct memory *memory,
		       const struct judgement *judgement, const char *id, int64_t at, struct error *err)
{
	return store_take_back(arena, snapshot, store, judgement, id, at, err) &&
	       (memory == NULL || memory_take_back(memory, judgement->id, judgement->envelope->at, err));
}
