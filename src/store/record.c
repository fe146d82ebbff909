/* record.c - keeping a judged message, and taking it back. One transaction each: after it the MTA may be told that the
 * message is ours.
 *
 * The MTA may die between our commit and our answer; its client then tries again. The same content is known by its key
 * (ENGINEERING B.6). It counts as held already only when every recipient that is to be held now is waiting there: were
 * the earlier entry narrower, or decided, answering "held" would lose somebody's copy.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cases.h"
#include "duty_steps.h"
#include "detail.h"
#include "late_notice.h"
#include "store/answers.h"
#include "store/own_link.h"

#define DAY ((int64_t)86400)

/* Where a recipient's copy is after the judgement; NULL: with the MTA. */
static const char *first_state(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_HOLD:
		return hold_state_name(HOLD_HELD);
	case OUTCOME_RETURN:
		return hold_state_name(HOLD_RETURNED);
	default:
		return NULL;
	}
}

static bool is_kept(const struct record *record)
{
	for (size_t i = 0; i < record->envelope->recipient_count; i++)
		if (first_state(record->recipient_outcomes[i]) != NULL)
			return true;
	return false;
}

/* No line end stands in an address; none at all is NULL. */
static bool insert_message(struct store *store, const struct record *record, struct error *err)
{
	const struct envelope *envelope = record->envelope;
	return database_run(store,
			    "INSERT INTO message (id, content_key, at, envelope_from, auth, client, sender_name, sender_address,"
			    " header_from, direction, outcome, message_id, subject, footers, policy_digest, directory_digest, size,"
			    " marked, thread, line, traces) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
			    VALUES(value_text(record->id), value_text(record->content_key), value_integer(record->at),
				   value_text(envelope->from), value_text(envelope->auth), value_text(envelope->client),
				   value_text(record->sender_name), value_text(record->sender_address), value_text(record->header_from),
				   value_text(record->direction), value_text(record->outcome), value_text(record->message_id),
				   value_text(record->subject), value_text(record->footers), value_text(record->policy_digest),
				   value_text(record->directory_digest), value_integer((int64_t)record->raw.length), value_integer(record->marked),
				   value_text(record->thread), value_text(record->line), record->traces.length == 0 ? value_text(NULL) : value_blob(record->traces)),
			    err);
}

static bool insert_raw(struct store *store, const struct record *record, struct error *err)
{
	return !is_kept(record) || database_run(store, "INSERT INTO raw (message, octets) VALUES (?,?)",
						VALUES(value_text(record->id), value_blob(record->raw)), err);
}

static struct value value_openness(const struct record *record, size_t recipient)
{
	enum openness openness = record->openness == NULL ? OPENNESS_UNKNOWN : record->openness[recipient];
	return openness == OPENNESS_UNKNOWN ? value_text(NULL) : value_integer(openness == OPENNESS_OPEN);
}

static bool insert_recipients(struct store *store, const struct record *record, struct error *err)
{
	for (size_t i = 0; i < record->envelope->recipient_count; i++) {
		enum outcome outcome = record->recipient_outcomes[i];
		if (!database_run(store, "INSERT INTO recipient (message, position, address, outcome, state, changed_at, open) VALUES (?,?,?,?,?,?,?)",
				  VALUES(value_text(record->id), value_integer((int64_t)i), value_text(record->envelope->recipients[i]),
					 value_text(outcome_name(outcome)), value_text(first_state(outcome)), value_integer(record->at), value_openness(record, i)),
				  err))
			return false;
	}
	return true;
}

static bool insert_findings(struct store *store, const struct record *record, struct error *err)
{
	for (size_t i = 0; i < record->finding_count; i++) {
		const struct finding_record *finding = &record->findings[i];
		if (!database_run(store,
				  "INSERT INTO finding (message, position, rule, clause, action, mode, explanation, evidence)"
				  " VALUES (?,?,?,?,?,?,?,?)",
				  VALUES(value_text(record->id), value_integer((int64_t)i), value_text(finding->rule),
					 value_text(finding->clause), value_text(finding->action), value_text(finding->mode),
					 value_text(finding->explanation), value_text(finding->evidence)),
				  err))
			return false;
	}
	if (!answers_insert(store, record, err))
		return false;
	for (size_t i = 0; i < record->exception_count; i++)
		if (!database_run(store, "INSERT INTO exemption (message, position, rule, sentence) VALUES (?,?,?,?)",
				  VALUES(value_text(record->id), value_integer((int64_t)i), value_text(record->exceptions[i].rule),
					 value_text(record->exceptions[i].sentence)),
				  err))
			return false;
	return true;
}

static bool insert_own_link(struct store *store, struct arena *arena, const struct record *record, struct error *err)
{
	if (record->own_token == NULL || record->own_deeds == 0 || record->sender_address == NULL)
		return true;
	struct own_link link = { .message = record->id, .person = record->sender_address, .deeds = record->own_deeds, .made_at = record->at };
	return own_link_insert(store, arena, record->own_token, &link, err);
}

static bool insert_private_notices(struct store *store, const struct record *record, struct error *err)
{
	for (size_t i = 0; i < record->notice_count; i++)
		if (record->notices[i].private && !outbox_insert(store, &record->notices[i], NULL, record->at + STORE_NOTICE_DELAY, err))
			return false;
	return true;
}

static bool insert_notices(struct store *store, const struct record *record, struct error *err)
{
	struct told_before before = { record->thread, record->at, record->notices_a_day };
	if (!insert_private_notices(store, record, err))
		return false;
	for (size_t i = 0; i < record->notice_count; i++)
		if (!record->notices[i].private &&
		    !outbox_insert_once(store, &record->notices[i], record->id, &before, record->at + STORE_NOTICE_DELAY, err))
			return false;
	for (size_t i = 0; i < record->deferred_count; i++)
		if (!late_notice_insert(store, &record->deferred[i], record->id, record->at, err))
			return false;
	return true;
}

/* The rules, and those of them that hold. */
static void name_rules(const struct record *record, struct text *rules, struct text *holding)
{
	struct arena *arena = arena_new();
	size_t count = record->finding_count;
	const char **actions = arena_array(arena, count, sizeof *actions), **modes = arena_array(arena, count, sizeof *modes);
	bool *holds = arena_array(arena, count, sizeof *holds);
	for (size_t i = 0; i < count; i++) {
		actions[i] = record->findings[i].action;
		modes[i] = record->findings[i].mode;
	}
	cases_mark_holding(actions, modes, count, holds);
	for (size_t i = 0; i < count; i++) {
		text_printf(rules, "%s%s", i == 0 ? "" : " ", record->findings[i].rule);
		if (holds[i])
			text_printf(holding, "%s%s", holding->length == 0 ? "" : " ", record->findings[i].rule);
	}
	arena_free(&arena);
}

static size_t held_copies(const struct record *record)
{
	size_t count = 0;
	for (size_t i = 0; i < record->envelope->recipient_count; i++)
		count += record->recipient_outcomes[i] == OUTCOME_HOLD;
	return count;
}

/* The journal names rules and numbers, never people or words: it outlives the message, and counts can be made anew from it. */
static bool journal_record(struct store *store, const char *what, const char *id, const struct record *record, struct error *err)
{
	struct text rules = TEXT_INIT, holding = TEXT_INIT, copies = TEXT_INIT;
	struct arena *arena = arena_new();
	const struct kept_answers answers = { record->rulebook_digest, NULL, record->answers, record->facts, record->conclusion };
	const char *seal = record->answers == NULL ? NULL : answers_seal(arena, &answers);
	size_t count = held_copies(record);
	name_rules(record, &rules, &holding);
	text_printf(&copies, "%zu", count);
	char *detail = detail_text(DETAILS({ "outcome", record->outcome }, { "rules", text_string(&rules) },
					   { "holding", count > 0 ? text_string(&holding) : NULL }, { "copies", text_string(&copies) },
					   { "content", record->content_key }, { "policy", record->policy_digest },
					   { "directory", record->directory_digest },
					   { "answers", seal }));
	arena_free(&arena);
	bool good = journal_append(store, what, id, "copyhold", detail, record->at, err);
	free(detail);
	text_release(&rules);
	text_release(&holding);
	text_release(&copies);
	return good;
}

static bool insert_all(struct store *store, struct arena *arena, const struct record *record, const char **id_out, struct error *err)
{
	*id_out = arena_string(arena, record->id);
	return insert_message(store, record, err) && insert_raw(store, record, err) && insert_recipients(store, record, err) &&
	       insert_findings(store, record, err) && insert_notices(store, record, err) && insert_own_link(store, arena, record, err) &&
	       duties_change(store, arena, record->duties, record->id, err) &&
	       journal_record(store, is_kept(record) ? "held" : "recorded", record->id, record, err);
}

/* ids of earlier messages with this content, newest first */
static bool select_same_content(struct store *store, struct arena *arena, const struct record *record, int retry_days, bool voided,
				const char ***ids_out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store, "SELECT id FROM message WHERE content_key = ? AND at >= ? AND void = ? ORDER BY at DESC, id LIMIT 50",
			    VALUES(value_text(record->content_key), value_integer(record->at - retry_days * DAY), value_integer(voided)),
			    &query, err))
		return false;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *ids_out, *count_out) = column_text(arena, query, 0);
	database_finish(&query);
	return good;
}

/* Does the earlier message wait for every recipient that is to be held now? */
static bool waits_for_all(struct store *store, const char *earlier, const struct record *record, bool *answer_out, struct error *err)
{
	*answer_out = false;
	bool any = false;
	for (size_t i = 0; i < record->envelope->recipient_count; i++) {
		if (record->recipient_outcomes[i] == OUTCOME_RETURN)
			return true;
		if (record->recipient_outcomes[i] != OUTCOME_HOLD)
			continue;
		int64_t waiting = 0;
		if (!database_number(store,
				     "SELECT count(*) FROM recipient WHERE message = ? AND address = ?"
				     " AND state IN ('held','releasing','in-doubt')",
				     VALUES(value_text(earlier), value_text(record->envelope->recipients[i])), &waiting, err))
			return false;
		if (waiting == 0)
			return true;
		any = true;
	}
	*answer_out = any;
	return true;
}

/* Is it the same content of the same second, which has one id, judged alike? What is held was asked for before, and may have
 * been decided since. */
static bool is_of_this_second(struct store *store, const char *earlier, const struct record *record, bool *answer_out, struct error *err)
{
	int64_t count = 0;
	*answer_out = false;
	if (strcmp(earlier, record->id) != 0)
		return true;
	for (size_t i = 0; i < record->envelope->recipient_count; i++)
		if (record->recipient_outcomes[i] == OUTCOME_HOLD)
			return true;
	if (!database_number(store, "SELECT count(*) FROM message WHERE id = ? AND outcome IS ? AND policy_digest IS ? AND directory_digest IS ?",
			     VALUES(value_text(earlier), value_text(record->outcome), value_text(record->policy_digest),
				    value_text(record->directory_digest)),
			     &count, err))
		return false;
	*answer_out = count > 0;
	return true;
}

/* Was the earlier, voided one judged alike for every recipient? */
static bool was_judged_alike(struct store *store, const char *earlier, const struct record *record, bool *answer_out, struct error *err)
{
	*answer_out = false;
	int64_t count = 0;
	if (!database_number(store,
			     "SELECT count(*) FROM recipient WHERE message = (SELECT id FROM message WHERE id = ? AND outcome IS ?"
			     " AND policy_digest IS ? AND directory_digest IS ?)",
			     VALUES(value_text(earlier), value_text(record->outcome), value_text(record->policy_digest),
				    value_text(record->directory_digest)),
			     &count, err))
		return false;
	if (count != (int64_t)record->envelope->recipient_count)
		return true;
	for (size_t i = 0; i < record->envelope->recipient_count; i++) {
		const char *state = first_state(record->recipient_outcomes[i]);
		if (!database_number(store,
				     "SELECT count(*) FROM recipient WHERE message = ? AND address = ? AND outcome = ?"
				     " AND state IS (CASE WHEN ? THEN NULL ELSE 'void' END)",
				     VALUES(value_text(earlier), value_text(record->envelope->recipients[i]),
					    value_text(outcome_name(record->recipient_outcomes[i])), value_integer(state == NULL)),
				     &count, err))
			return false;
		if (count == 0)
			return true;
	}
	*answer_out = true;
	return true;
}

/* The notices composed then name its id, so they are what is sent; one that had gone out already is not sent again. Private ones name none,
 * and nothing was kept of them (store_pass_take_back). */
static bool revive(struct store *store, struct arena *arena, const char *id, const struct record *record, struct error *err)
{
	return database_run(store, "UPDATE message SET void = 0, at = ? WHERE id = ?", VALUES(value_integer(record->at), value_text(id)), err) &&
	       database_run(store,
			    "UPDATE recipient SET state = CASE outcome WHEN 'return' THEN 'returned' ELSE 'held' END, changed_at = ?"
			    " WHERE message = ? AND state = 'void'",
			    VALUES(value_integer(record->at), value_text(id)), err) &&
	       database_run(store, "UPDATE outbox SET state = 'waiting', not_before = ? WHERE message = ? AND state = 'withdrawn'",
			    VALUES(value_integer(record->at + STORE_NOTICE_DELAY), value_text(id)), err) &&
	       insert_private_notices(store, record, err) && duties_revive(store, id, err) && duties_change(store, arena, record->duties, id, err) &&
	       journal_record(store, is_kept(record) ? "held" : "recorded", id, record, err);
}

/* The newest earlier message the function says yes to; NULL when there is none. */
static bool find_earlier(struct store *store, struct arena *arena, const struct record *record, int retry_days, bool voided,
			 bool (*fits)(struct store *, const char *, const struct record *, bool *, struct error *),
			 const char **id_out, struct error *err)
{
	const char **ids = NULL;
	size_t count = 0;
	*id_out = NULL;
	if (!select_same_content(store, arena, record, retry_days, voided, &ids, &count, err))
		return false;
	for (size_t i = 0; i < count && *id_out == NULL; i++) {
		bool answer = false;
		if (!fits(store, ids[i], record, &answer, err))
			return false;
		*id_out = answer ? ids[i] : NULL;
	}
	return true;
}

static bool record_within(struct store *store, struct arena *arena, const struct record *record, int retry_days, bool *duplicate_out,
			  const char **id_out, struct error *err)
{
	const char *earlier = NULL;
	const char *what = "held-again";
	if (!find_earlier(store, arena, record, retry_days, false, waits_for_all, &earlier, err))
		return false;
	if (earlier == NULL) {
		what = "recorded-again";
		if (!find_earlier(store, arena, record, retry_days, false, is_of_this_second, &earlier, err))
			return false;
	}
	*duplicate_out = earlier != NULL;
	if (earlier != NULL) {
		*id_out = earlier;
		return journal_record(store, what, earlier, record, err);
	}
	if (!find_earlier(store, arena, record, retry_days, true, was_judged_alike, &earlier, err))
		return false;
	if (earlier != NULL) {
		*id_out = earlier;
		return revive(store, arena, earlier, record, err);
	}
	return insert_all(store, arena, record, id_out, err);
}

bool store_record(struct store *store, struct arena *arena, const struct record *record, int retry_days, bool *duplicate_out,
		  const char **id_out, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, record_within(store, arena, record, retry_days, duplicate_out, id_out, err), err);
}

/* Only what nobody has touched since: a reviewer's deed stands. */
static bool void_within(struct store *store, const char *id, int64_t at, struct error *err)
{
	if (!database_run(store, "UPDATE message SET void = 1 WHERE id = ?", VALUES(value_text(id)), err))
		return false;
	if (database_changes(store) == 0)
		return true;
	return database_run(store,
			    "UPDATE recipient SET state = 'void', changed_at = ? WHERE message = ? AND changed_by IS NULL"
			    " AND state IN ('held','returned')",
			    VALUES(value_integer(at), value_text(id)), err) &&
	       database_run(store, "UPDATE outbox SET state = 'withdrawn' WHERE message = ? AND state = 'waiting'",
			    VALUES(value_text(id)), err) &&
	       duties_void(store, id, at, err) && journal_append(store, "void", id, "copyhold", NULL, at, err);
}

bool store_void(struct store *store, const char *id, int64_t at, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, void_within(store, id, at, err), err);
}
