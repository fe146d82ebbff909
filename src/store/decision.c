/* decision.c - what reviewers decided: made, confirmed, taken back, claimed and ended, each as compare and set with its journal
 * line in one transaction.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/decision.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "database.h"
#include "detail.h"

#define OPEN_STATES "('confirming','waiting','doing')"
#define COLUMNS \
	"SELECT number, message, deed, by, at, due_at, reason, note, lines, state, second_by, second_at, undone_by, undone_at, tries," \
	" text, done_at, rule FROM decision "

static const char *const deed_names[] = {
	[DEED_RELEASE] = "release", [DEED_RELEASE_OPEN] = "release-open",           [DEED_RETURN] = "return",
	[DEED_PASS] = "pass",       [DEED_RELEASE_ANNOTATED] = "release-annotated",
};
static const char *const state_names[] = {
	[DECISION_CONFIRMING] = "confirming", [DECISION_WAITING] = "waiting", [DECISION_DOING] = "doing",
	[DECISION_DONE] = "done",             [DECISION_UNDONE] = "undone",   [DECISION_FAILED] = "failed",
};
static const struct {
	enum decision_state from, to;
} moves[] = {
	{ DECISION_CONFIRMING, DECISION_WAITING }, { DECISION_CONFIRMING, DECISION_UNDONE }, { DECISION_WAITING, DECISION_DOING },
	{ DECISION_WAITING, DECISION_UNDONE },     { DECISION_DOING, DECISION_DONE },        { DECISION_DOING, DECISION_FAILED },
	{ DECISION_DOING, DECISION_WAITING },
};

const char *decision_deed_name(enum decision_deed deed)
{
	return deed_names[deed];
}

static bool index_of(const char *name, const char *const *names, size_t count, size_t *out)
{
	for (size_t i = 0; name != NULL && i < count; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}

bool decision_deed_parse(const char *name, enum decision_deed *out)
{
	size_t index = 0;
	bool known = index_of(name, deed_names, DEED_COUNT, &index);
	*out = (enum decision_deed)index;
	return known;
}

bool decision_deed_releases(enum decision_deed deed)
{
	return deed == DEED_RELEASE || deed == DEED_RELEASE_OPEN || deed == DEED_RELEASE_ANNOTATED;
}

const char *decision_state_name(enum decision_state state)
{
	return state_names[state];
}

bool decision_move_is_legal(enum decision_state from, enum decision_state to)
{
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
		if (moves[i].from == from && moves[i].to == to)
			return true;
	return false;
}

/* --- reading --- */

static void split_lines(struct arena *arena, const char *joined, struct decision *decision)
{
	const char **lines = NULL;
	struct bytes line, whole = bytes_of(joined);
	size_t offset = 0;
	while (bytes_next_line(whole, &offset, &line))
		*ARENA_PUSH(arena, lines, decision->line_count) = arena_string_of(arena, line);
	decision->lines = lines;
}

static struct decision decision_of(struct arena *arena, sqlite3_stmt *query)
{
	size_t deed = 0, state = 0;
	struct decision decision = {
		.number = sqlite3_column_int64(query, 0),
		.id = column_text(arena, query, 1),
		.by = column_text(arena, query, 3),
		.at = sqlite3_column_int64(query, 4),
		.due_at = sqlite3_column_int64(query, 5),
		.reason = column_text(arena, query, 6),
		.note = column_text(arena, query, 7),
		.second_by = column_text(arena, query, 10),
		.second_at = sqlite3_column_int64(query, 11),
		.undone_by = column_text(arena, query, 12),
		.undone_at = sqlite3_column_int64(query, 13),
		.tries = sqlite3_column_int(query, 14),
		.text = column_text(arena, query, 15),
		.done_at = sqlite3_column_int64(query, 16),
		.rule = column_text(arena, query, 17),
	};
	/* Others are kept out by the table's own checks. */
	index_of((const char *)sqlite3_column_text(query, 2), deed_names, DEED_COUNT, &deed);
	index_of((const char *)sqlite3_column_text(query, 9), state_names, DECISION_STATE_COUNT, &state);
	decision.deed = (enum decision_deed)deed;
	decision.state = (enum decision_state)state;
	split_lines(arena, (const char *)sqlite3_column_text(query, 8), &decision);
	return decision;
}

static bool load_recipients(struct store *store, struct arena *arena, struct decision *decision, struct error *err)
{
	sqlite3_stmt *query = NULL;
	const char **addresses = NULL;
	bool found = false, good = true;
	if (!database_query(store, "SELECT address FROM decision_recipient WHERE decision = ? ORDER BY position",
			    VALUES(value_integer(decision->number)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, addresses, decision->recipient_count) = column_text(arena, query, 0);
	decision->recipients = addresses;
	database_finish(&query);
	return good;
}

static bool select_decisions(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t value_count,
			     struct decision_list *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct decision *items = NULL;
	size_t count = 0;
	bool found = false, good = true;
	if (!database_query(store, sql, values, value_count, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, items, count) = decision_of(arena, query);
	database_finish(&query);
	for (size_t i = 0; good && i < count; i++)
		good = load_recipients(store, arena, &items[i], err);
	*out = (struct decision_list){ items, count };
	return good;
}

static bool find_within(struct store *store, struct arena *arena, int64_t number, const struct decision **out, struct error *err)
{
	struct decision_list list;
	*out = NULL;
	if (!select_decisions(store, arena, COLUMNS "WHERE number = ?", VALUES(value_integer(number)), &list, err))
		return false;
	*out = list.count == 0 ? NULL : &list.items[0];
	return true;
}

bool store_decision_find(struct store *store, struct arena *arena, int64_t number, const struct decision **out, struct error *err)
{
	*out = NULL;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, find_within(store, arena, number, out, err), err);
}

bool store_decision_list(struct store *store, struct arena *arena, const char *id, struct decision_list *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store,
			    select_decisions(store, arena, COLUMNS "WHERE message = ? ORDER BY number DESC", VALUES(value_text(id)), out, err),
			    err);
}

bool store_decision_open(struct store *store, struct arena *arena, struct decision_list *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, select_decisions(store, arena, COLUMNS "WHERE state IN " OPEN_STATES " ORDER BY number", NULL, 0, out, err),
			    err);
}

/* --- making --- */

/* The journal outlives the message: it has the reason, as every deed's line has, and not the note. */
static bool journal_decision(struct store *store, const char *what, const char *id, int64_t number, const struct deed *deed,
			     const struct detail *details, size_t count, struct error *err)
{
	struct detail all[8];
	struct text digits = TEXT_INIT;
	text_printf(&digits, "%lld", (long long)number);
	all[0] = (struct detail){ "decision", text_string(&digits) };
	for (size_t i = 0; i < count && i < sizeof all / sizeof all[0] - 1; i++)
		all[i + 1] = details[i];
	char *detail = detail_text(all, count + 1);
	bool good = journal_append(store, what, id, deed->by, detail, deed->at, err);
	free(detail);
	text_release(&digits);
	return good;
}

static bool insert_recipients(struct store *store, const struct decision *decision, int64_t number, struct error *err)
{
	for (size_t i = 0; i < decision->recipient_count; i++)
		if (!database_run(store, "INSERT INTO decision_recipient (decision, position, address) VALUES (?,?,?)",
				  VALUES(value_integer(number), value_integer((int64_t)i), value_text(decision->recipients[i])), err))
			return false;
	return true;
}

static bool insert_row(struct store *store, const struct decision *decision, struct error *err)
{
	struct text lines = TEXT_INIT;
	for (size_t i = 0; i < decision->line_count; i++)
		text_printf(&lines, "%s\n", decision->lines[i]);
	bool good = database_run(store,
				 "INSERT INTO decision (message, deed, by, at, due_at, reason, note, lines, state, done_at, rule)"
				 " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
				 VALUES(value_text(decision->id), value_text(deed_names[decision->deed]), value_text(decision->by),
					value_integer(decision->at), value_integer(decision->due_at), value_text(decision->reason),
					value_text(decision->note), value_text(decision->line_count == 0 ? NULL : text_string(&lines)),
					value_text(state_names[decision->state]),
					value_integer(decision->state == DECISION_DONE ? decision->at : 0), value_text(decision->rule)),
				 err);
	text_release(&lines);
	return good;
}

bool decision_insert(struct store *store, const struct decision *decision, int64_t *number_out, struct error *err)
{
	struct deed deed = { decision->by, decision->reason, decision->at };
	struct arena *arena = arena_new();
	const char *due = decision->due_at == 0 ? NULL : clock_format_rfc3339(arena, decision->due_at);
	bool good = insert_row(store, decision, err) && database_number(store, "SELECT last_insert_rowid()", NULL, 0, number_out, err) &&
		    insert_recipients(store, decision, *number_out, err) &&
		    journal_decision(store, "decided", decision->id, *number_out, &deed,
				     DETAILS({ "deed", deed_names[decision->deed] }, { "state", state_names[decision->state] }, { "due", due },
					     { "reason", decision->reason }),
				     err) &&
		    (decision->deed != DEED_PASS || held_escalate(store, decision->id, &deed, err));
	arena_free(&arena);
	return good;
}

/* The newest decision of the message that fits, for one recipient or (NULL) at all. */
static bool select_number(struct store *store, const struct decision *wish, const char *recipient, const char *fits, int64_t *out,
			  struct error *err)
{
	struct text sql = TEXT_INIT;
	text_printf(&sql,
		    "SELECT max(number) FROM decision WHERE message = ?1 AND %s AND (?2 IS NULL OR EXISTS"
		    " (SELECT 1 FROM decision_recipient WHERE decision = number AND address = ?2))",
		    fits);
	bool good = database_number(store, text_string(&sql), VALUES(value_text(wish->id), value_text(recipient)), out, err);
	text_release(&sql);
	return good;
}

static bool count_waiting(struct store *store, const char *id, const char *recipient, int64_t *out, struct error *err)
{
	return database_number(store,
			       "SELECT count(*) FROM recipient WHERE message = ?1 AND (?2 IS NULL OR address = ?2) AND state IN ('held','in-doubt')",
			       VALUES(value_text(id), value_text(recipient)), out, err);
}

/* Is this recipient (NULL: the message) free to be decided on? *earlier_out is who was before, 0 when nobody is known. */
static bool is_free(struct store *store, const struct decision *wish, const char *recipient, bool *free_out, int64_t *earlier_out,
		    struct error *err)
{
	int64_t waiting = 0;
	*free_out = false;
	if (!select_number(store, wish, recipient, "state IN " OPEN_STATES, earlier_out, err) || *earlier_out != 0)
		return *earlier_out != 0;
	if (!count_waiting(store, wish->id, recipient, &waiting, err))
		return false;
	*free_out = waiting > 0;
	return *free_out || select_number(store, wish, recipient, "state = 'done'", earlier_out, err);
}

static bool all_are_free(struct store *store, const struct decision *wish, bool *free_out, int64_t *earlier_out, struct error *err)
{
	if (wish->deed == DEED_PASS) {
		if (!is_free(store, wish, NULL, free_out, earlier_out, err))
			return false;
		if (!*free_out)
			return true;
		if (!select_number(store, wish, NULL, "deed = 'pass' AND state = 'done'", earlier_out, err))
			return false;
		*free_out = *earlier_out == 0;
		return true;
	}
	*free_out = wish->recipient_count > 0;
	for (size_t i = 0; i < wish->recipient_count && *free_out; i++)
		if (!is_free(store, wish, wish->recipients[i], free_out, earlier_out, err))
			return false;
	return true;
}

static bool make_within(struct store *store, struct arena *arena, const struct decision *wish, const struct notice *notices,
			size_t notice_count, bool *made_out, const struct decision **made_decision_out,
			const struct decision **earlier_out, struct error *err)
{
	int64_t number = 0;
	bool is_open = false;
	if (!all_are_free(store, wish, &is_open, &number, err))
		return false;
	if (!is_open)
		return number == 0 || find_within(store, arena, number, earlier_out, err);
	*made_out = true;
	for (size_t i = 0; i < notice_count; i++)
		if (!outbox_insert(store, &notices[i], wish->id, wish->at, err))
			return false;
	return decision_insert(store, wish, &number, err) && find_within(store, arena, number, made_decision_out, err);
}

bool store_decision_make(struct store *store, struct arena *arena, const struct decision *wish, const struct notice *notices,
			 size_t notice_count, bool *made_out, const struct decision **made_decision_out,
			 const struct decision **earlier_out, struct error *err)
{
	*made_out = false;
	*made_decision_out = *earlier_out = NULL;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, make_within(store, arena, wish, notices, notice_count, made_out, made_decision_out, earlier_out, err), err);
}

/* --- moving --- */

static bool confirm_within(struct store *store, int64_t number, const struct deed *deed, int64_t due_at, bool *moved_out, struct error *err)
{
	struct arena *arena = arena_new();
	const struct decision *decision = NULL;
	bool good = database_run(store,
				 "UPDATE decision SET state = 'waiting', second_by = ?, second_at = ?, due_at = ? WHERE number = ? AND state = 'confirming'",
				 VALUES(value_text(deed->by), value_integer(deed->at), value_integer(due_at), value_integer(number)), err);
	*moved_out = good && database_changes(store) > 0;
	if (*moved_out)
		good = find_within(store, arena, number, &decision, err) &&
		       journal_decision(store, "decision-confirmed", decision->id, number, deed,
					DETAILS({ "due", clock_format_rfc3339(arena, due_at) }, { "reason", deed->reason }), err);
	arena_free(&arena);
	return good;
}

bool store_decision_confirm(struct store *store, int64_t number, const struct deed *deed, int64_t due_at, bool *moved_out, struct error *err)
{
	*moved_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, confirm_within(store, number, deed, due_at, moved_out, err), err);
}

static bool undo_within(struct store *store, int64_t number, const struct deed *deed, bool *moved_out, struct error *err)
{
	struct arena *arena = arena_new();
	const struct decision *decision = NULL;
	bool good = database_run(store,
				 "UPDATE decision SET state = 'undone', undone_by = ?, undone_at = ? WHERE number = ? AND state IN ('confirming','waiting')",
				 VALUES(value_text(deed->by), value_integer(deed->at), value_integer(number)), err);
	*moved_out = good && database_changes(store) > 0;
	if (*moved_out)
		good = find_within(store, arena, number, &decision, err) &&
		       journal_decision(store, "decision-undone", decision->id, number, deed, DETAILS({ "reason", deed->reason }), err);
	arena_free(&arena);
	return good;
}

bool store_decision_undo(struct store *store, int64_t number, const struct deed *deed, bool *moved_out, struct error *err)
{
	*moved_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, undo_within(store, number, deed, moved_out, err), err);
}

static bool claim_within(struct store *store, struct arena *arena, int64_t number, int64_t now, int64_t lease, bool *found_out,
			 const struct decision **out, struct error *err)
{
	int64_t due = 0;
	struct deed deed = { "copyhold", NULL, now };
	if (!database_number(store,
			     "SELECT number FROM decision WHERE (?1 = 0 OR number = ?1) AND"
			     " ((state = 'waiting' AND (due_at <= ?2 OR ?1 <> 0)) OR (state = 'doing' AND lease_until <= ?2))"
			     " ORDER BY due_at, number LIMIT 1",
			     VALUES(value_integer(number), value_integer(now)), &due, err))
		return false;
	*found_out = due != 0;
	return due == 0 || (database_run(store, "UPDATE decision SET state = 'doing', tries = tries + 1, lease_until = ? WHERE number = ?",
					 VALUES(value_integer(now + lease), value_integer(due)), err) &&
			    find_within(store, arena, due, out, err) &&
			    journal_decision(store, "decision-begun", (*out)->id, due, &deed, NULL, 0, err));
}

bool store_decision_claim(struct store *store, struct arena *arena, int64_t number, int64_t now, int64_t lease, bool *found_out,
			  const struct decision **out, struct error *err)
{
	*found_out = false;
	*out = NULL;
	if (!database_begin_write(store, err))
		return false;
	bool good = database_end(store, claim_within(store, arena, number, now, lease, found_out, out, err), err);
	*found_out = good && *found_out;
	return good;
}

/* One message released in two steps for one reason is one use of it. */
static bool count_reason(struct store *store, const struct decision *done, struct error *err)
{
	if (done->rule == NULL || !decision_deed_releases(done->deed))
		return true;
	return database_run(store,
			    "INSERT INTO reason_tally SELECT at - at % 3600, ?1, ?2, 1 FROM message WHERE id = ?3 AND NOT EXISTS"
			    " (SELECT 1 FROM decision WHERE message = ?3 AND number <> ?4 AND state = 'done' AND rule = ?1 AND reason = ?2"
			    "  AND deed IN ('release','release-open','release-annotated'))"
			    " ON CONFLICT (hour, rule, reason) DO UPDATE SET count = count + 1",
			    VALUES(value_text(done->rule), value_text(done->reason), value_text(done->id), value_integer(done->number)), err);
}

static bool finish_within(struct store *store, const struct decision *claimed, const struct decision_end *end, bool *moved_out,
			  struct error *err)
{
	static const char *const words[] = {
		[DECISION_DONE] = "decision-done", [DECISION_FAILED] = "decision-failed", [DECISION_WAITING] = "decision-put-off",
	};
	struct deed deed = { "copyhold", NULL, end->at };
	if (!database_run(store,
			  "UPDATE decision SET state = ?, text = ?, due_at = CASE WHEN ?3 = 0 THEN due_at ELSE ?3 END, done_at = ?"
			  " WHERE number = ? AND state = 'doing' AND tries = ?",
			  VALUES(value_text(state_names[end->to]), value_text(end->text),
				 value_integer(end->to == DECISION_WAITING ? end->due_at : 0),
				 value_integer(end->to == DECISION_WAITING ? 0 : end->at), value_integer(claimed->number),
				 value_integer(claimed->tries)),
			  err))
		return false;
	*moved_out = database_changes(store) > 0;
	if (*moved_out && end->to == DECISION_DONE && !count_reason(store, claimed, err))
		return false;
	for (size_t i = 0; *moved_out && i < end->notice_count; i++)
		if (!outbox_insert(store, &end->notices[i], claimed->id, end->at, err))
			return false;
	return !*moved_out || journal_decision(store, words[end->to], claimed->id, claimed->number, &deed, DETAILS({ "text", end->text }), err);
}

bool store_decision_finish(struct store *store, const struct decision *claimed, const struct decision_end *end, bool *moved_out,
			   struct error *err)
{
	*moved_out = false;
	if (!decision_move_is_legal(DECISION_DOING, end->to))
		return error_set(err, ERROR_REFUSED, "decision %lld: doing cannot become %s", (long long)claimed->number, state_names[end->to]);
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, finish_within(store, claimed, end, moved_out, err), err);
}
