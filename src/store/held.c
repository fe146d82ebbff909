/* held.c - held messages: listing, finding, reading, and a reviewer's deeds as compare and set.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "database.h"
#include "detail.h"
#include "late_notice.h"

static const char *const state_names[] = {
	[HOLD_HELD] = "held",         [HOLD_RELEASING] = "releasing", [HOLD_RELEASED] = "released",
	[HOLD_RETURNED] = "returned", [HOLD_IN_DOUBT] = "in-doubt",   [HOLD_VOID] = "void",
};

const char *hold_state_name(enum hold_state state)
{
	return state_names[state];
}

static bool hold_state_parse(const char *name, enum hold_state *out)
{
	for (size_t i = 0; name != NULL && i < sizeof state_names / sizeof state_names[0]; i++) {
		if (strcmp(name, state_names[i]) == 0) {
			*out = (enum hold_state)i;
			return true;
		}
	}
	return false;
}

static enum openness column_openness(sqlite3_stmt *query, int column)
{
	if (sqlite3_column_type(query, column) == SQLITE_NULL)
		return OPENNESS_UNKNOWN;
	return sqlite3_column_int(query, column) != 0 ? OPENNESS_OPEN : OPENNESS_HIDDEN;
}

static bool load_recipients(struct store *store, struct arena *arena, struct held *held, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store,
			    "SELECT address, state, last_reply, changed_by, changed_at, outcome, open FROM recipient WHERE message = ? ORDER BY position",
			    VALUES(value_text(held->id)), &query, err))
		return false;
	struct held_recipient *kept = NULL;
	const char **all = NULL;
	struct addressed *addressed = NULL;
	size_t count = 0;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found) {
		enum hold_state state;
		*ARENA_PUSH(arena, all, held->all_recipient_count) = column_text(arena, query, 0);
		*ARENA_PUSH(arena, addressed, count) = (struct addressed){ column_text(arena, query, 5), column_openness(query, 6) };
		if (hold_state_parse((const char *)sqlite3_column_text(query, 1), &state))
			*ARENA_PUSH(arena, kept, held->recipient_count) = (struct held_recipient){
				.address = all[held->all_recipient_count - 1],
				.state = state,
				.last_reply = column_text(arena, query, 2),
				.changed_by = column_text(arena, query, 3),
				.changed_at = sqlite3_column_int64(query, 4),
			};
	}
	held->recipients = kept;
	held->all_recipients = all;
	held->addressed = addressed;
	database_finish(&query);
	return good;
}

static bool load_findings(struct store *store, struct arena *arena, struct held *held, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store,
			    "SELECT rule, clause, action, mode, explanation, evidence FROM finding WHERE message = ? ORDER BY position",
			    VALUES(value_text(held->id)), &query, err))
		return false;
	struct finding_record *findings = NULL;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, findings, held->finding_count) = (struct finding_record){
			.rule = column_text(arena, query, 0),
			.clause = column_text(arena, query, 1),
			.action = column_text(arena, query, 2),
			.mode = column_text(arena, query, 3),
			.explanation = column_text(arena, query, 4),
			.evidence = column_text(arena, query, 5),
		};
	held->findings = findings;
	database_finish(&query);
	return good;
}

static const char *const *lines_of(struct arena *arena, const char *joined, size_t *count_out)
{
	const char **lines = NULL;
	*count_out = 0;
	while (joined != NULL && *joined != '\0') {
		size_t length = strcspn(joined, "\n");
		*ARENA_PUSH(arena, lines, *count_out) = arena_string_of(arena, (struct bytes){ joined, length });
		joined += length + (joined[length] == '\n');
	}
	return lines;
}

static bool load_message(struct store *store, struct arena *arena, const char *id, struct held **out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store,
			    "SELECT id, at, envelope_from, auth, client, sender_name, sender_address, header_from, message_id, subject,"
			    " direction, outcome, footers, size, escalated, marked, thread, concerned, traces, line FROM message WHERE id = ? AND disposed = 0",
			    VALUES(value_text(id)), &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	*out = good && found ? arena_alloc(arena, sizeof **out) : NULL;
	if (*out != NULL)
		**out = (struct held){
			.id = column_text(arena, query, 0),
			.at = sqlite3_column_int64(query, 1),
			.from = column_text(arena, query, 2),
			.auth = column_text(arena, query, 3),
			.client = column_text(arena, query, 4),
			.sender_name = column_text(arena, query, 5),
			.sender_address = column_text(arena, query, 6),
			.header_from = column_text(arena, query, 7),
			.message_id = column_text(arena, query, 8),
			.subject = column_text(arena, query, 9),
			.direction = column_text(arena, query, 10),
			.outcome = column_text(arena, query, 11),
			.footers = column_text(arena, query, 12),
			.size = (size_t)sqlite3_column_int64(query, 13),
			.escalated = sqlite3_column_int(query, 14) != 0,
			.marked = sqlite3_column_int(query, 15) != 0,
			.thread = column_text(arena, query, 16),
			.traces = column_bytes(arena, query, 18),
			.line = column_text(arena, query, 19),
		};
	if (*out != NULL)
		(*out)->concerned = lines_of(arena, column_text(arena, query, 17), &(*out)->concerned_count);
	database_finish(&query);
	return good;
}

bool held_load(struct store *store, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	struct held *held = NULL;
	if (!load_message(store, arena, id, &held, err))
		return false;
	*out = held;
	return held == NULL || (load_recipients(store, arena, held, err) && load_findings(store, arena, held, err));
}

static bool select_ids(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t value_count,
		       const char ***ids_out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store, sql, values, value_count, &query, err))
		return false;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *ids_out, *count_out) = column_text(arena, query, 0);
	database_finish(&query);
	return good;
}

static bool list_within(struct store *store, struct arena *arena, bool all, struct held_list *out, struct error *err)
{
	static const char every[] = "SELECT id FROM message WHERE disposed = 0 AND id IN (SELECT message FROM recipient WHERE state IS NOT NULL) ORDER BY at, id";
	static const char waiting[] = "SELECT id FROM message WHERE id IN (SELECT message FROM recipient"
				      " WHERE state IN ('held','releasing','in-doubt')) ORDER BY at, id";
	const char **ids = NULL;
	size_t count = 0;
	if (!select_ids(store, arena, all ? every : waiting, NULL, 0, &ids, &count, err))
		return false;
	struct held *items = arena_array(arena, count, sizeof *items);
	for (size_t i = 0; i < count; i++) {
		const struct held *held = NULL;
		if (!held_load(store, arena, ids[i], &held, err))
			return false;
		items[i] = *held;
	}
	*out = (struct held_list){ items, count };
	return true;
}

bool store_list_held(struct store *store, struct arena *arena, bool all, struct held_list *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, list_within(store, arena, all, out, err), err);
}

/* An id that is whole wins over others that begin with it. */
static bool find_within(struct store *store, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	const char **ids = NULL;
	size_t count = 0;
	*out = NULL;
	if (!select_ids(store, arena,
			/* the bounds find them by the index */
			"SELECT id FROM message WHERE id >= ?1 AND id < ?1 || char(1114111) AND substr(id, 1, length(?1)) = ?1 AND ?1 <> ''"
			" AND disposed = 0 AND EXISTS (SELECT 1 FROM recipient WHERE message = id AND state IS NOT NULL) ORDER BY id LIMIT 2",
			VALUES(value_text(id)), &ids, &count, err))
		return false;
	if (count == 0)
		return true;
	if (count > 1 && strcmp(ids[0], id) != 0)
		return error_set(err, ERROR_INPUT, "\"%s\" fits several held messages; give more of the reference", id);
	return held_load(store, arena, ids[0], out, err);
}

bool store_find_held(struct store *store, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, find_within(store, arena, id, out, err), err);
}

static bool read_raw_within(struct store *store, struct arena *arena, const char *id, struct bytes *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store, "SELECT octets FROM raw WHERE message = ?", VALUES(value_text(id)), &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	if (good && !found)
		good = error_set(err, ERROR_INPUT, "no content is kept of %s", id);
	if (good)
		*out = column_bytes(arena, query, 0);
	database_finish(&query);
	return good;
}

bool store_read_raw(struct store *store, struct arena *arena, const char *id, struct bytes *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, read_raw_within(store, arena, id, out, err), err);
}

static bool journal_deed(struct store *store, const char *what, const char *id, const struct deed *deed, const struct detail *details,
			 size_t count, struct error *err)
{
	char *detail = detail_text(details, count);
	bool good = journal_append(store, what, id, deed->by, detail, deed->at, err);
	free(detail);
	return good;
}

static bool move_within(struct store *store, const char *id, const char *recipient, enum hold_state from, enum hold_state to,
			const struct deed *deed, const char *reply, bool *moved_out, struct error *err)
{
	if (!database_run(store,
			  "UPDATE recipient SET state = ?, last_reply = coalesce(?, last_reply), changed_by = ?, changed_at = ?"
			  " WHERE message = ? AND address = ? AND state = ?",
			  VALUES(value_text(hold_state_name(to)), value_text(reply), value_text(deed->by), value_integer(deed->at),
				 value_text(id), value_text(recipient), value_text(hold_state_name(from))),
			  err))
		return false;
	*moved_out = database_changes(store) > 0;
	if (*moved_out && to == HOLD_RELEASED && !late_notice_due(store, id, recipient, deed->at, err))
		return false;
	if (*moved_out && to == HOLD_RETURNED && !late_notice_drop(store, id, recipient, err))
		return false;
	return !*moved_out || journal_deed(store, hold_state_name(to), id, deed,
					   DETAILS({ "recipient", recipient }, { "from", hold_state_name(from) },
						   { "reason", deed->reason }, { "reply", reply }),
					   err);
}

bool store_move(struct store *store, const char *id, const char *recipient, enum hold_state from, enum hold_state to,
		const struct deed *deed, const char *reply, bool *moved_out, struct error *err)
{
	*moved_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, move_within(store, id, recipient, from, to, deed, reply, moved_out, err), err);
}

static bool return_within(struct store *store, const char *id, const struct deed *deed, const struct notice *notice, size_t *moved_out,
			  struct error *err)
{
	if (!database_run(store,
			  "UPDATE recipient SET state = 'returned', changed_by = ?, changed_at = ?"
			  " WHERE message = ? AND state IN ('held','in-doubt')",
			  VALUES(value_text(deed->by), value_integer(deed->at), value_text(id)), err))
		return false;
	*moved_out = (size_t)database_changes(store);
	return *moved_out == 0 ||
	       (late_notice_drop(store, id, NULL, err) && outbox_insert(store, notice, id, deed->at, err) &&
		journal_deed(store, hold_state_name(HOLD_RETURNED), id, deed, DETAILS({ "reason", deed->reason }), err));
}

bool store_return(struct store *store, const char *id, const struct deed *deed, const struct notice *notice, size_t *moved_out,
		  struct error *err)
{
	*moved_out = 0;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, return_within(store, id, deed, notice, moved_out, err), err);
}

bool held_escalate(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	return database_run(store, "UPDATE message SET escalated = 1 WHERE id = ?", VALUES(value_text(id)), err) &&
	       journal_deed(store, "escalated", id, deed, DETAILS({ "reason", deed->reason }), err);
}

bool store_escalate(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, held_escalate(store, id, deed, err), err);
}

bool store_view(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, journal_deed(store, "viewed", id, deed, DETAILS({ "reason", deed->reason }), err), err);
}
