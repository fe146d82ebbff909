/* tending.c - what the clock does to messages nobody decides on: found, and noted as done once each.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "database.h"
#include "detail.h"
#include "store/decision.h"

/* A decision that only awaits a second person is none yet. ?1: what. */
#define STILL_WAITS \
	"void = 0 AND NOT EXISTS (SELECT 1 FROM tended WHERE message = id AND what = ?1)" \
	" AND NOT EXISTS (SELECT 1 FROM decision WHERE message = id AND state IN ('waiting','doing'))"
/* In the words of the index of those who wait, so that it is used. */
#define WAITING_RECIPIENT "state IN ('held','releasing','in-doubt')"

static const struct {
	const char *what, *message, *recipient; /* conditions of both */
} rows[] = {
	[TEND_LOOK] = { "look", "escalated = 0", "state <> 'releasing'" },
	[TEND_ESCALATE] = { "escalate", "escalated = 0", "state <> 'releasing'" },
	/* What may have arrived already is a person's to decide. */
	[TEND_EXPIRE] = { "expire", "1", "state = 'held'" },
};

static bool due_within(struct store *store, struct arena *arena, enum tending what, int64_t before, size_t limit, const char ***ids_out,
		       size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	const char *sql = arena_printf(arena,
				       "SELECT id FROM message WHERE id IN (SELECT message FROM recipient WHERE " WAITING_RECIPIENT " AND %s)"
				       " AND at < ?2 AND %s AND " STILL_WAITS " ORDER BY at, id LIMIT ?3",
				       rows[what].recipient, rows[what].message);
	if (!database_query(store, sql,
			    VALUES(value_text(rows[what].what), value_integer(before), value_integer((int64_t)limit)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *ids_out, *count_out) = column_text(arena, query, 0);
	database_finish(&query);
	return good;
}

bool store_tending_due(struct store *store, struct arena *arena, enum tending what, int64_t before, size_t limit, const char *const **ids_out,
		       size_t *count_out, struct error *err)
{
	const char **ids = NULL;
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = due_within(store, arena, what, before, limit, &ids, count_out, err);
	*ids_out = ids;
	return database_end(store, good, err);
}

/* Nobody confirmed in time: the first person's word alone does not count. */
static bool withdraw_unconfirmed(struct store *store, const char *id, const struct deed *deed, struct error *err)
{
	if (!database_run(store, "UPDATE decision SET state = 'undone', undone_by = ?, undone_at = ? WHERE message = ? AND state = 'confirming'",
			  VALUES(value_text(deed->by), value_integer(deed->at), value_text(id)), err))
		return false;
	return database_changes(store) == 0 || journal_append(store, "decision-undone", id, deed->by, "{\"reason\":\"not confirmed in time\"}",
							      deed->at, err);
}

static bool expire(struct store *store, const char *id, const struct deed *deed, const struct decision *decision, struct error *err)
{
	int64_t number = 0;
	char *detail = detail_text(DETAILS({ "reason", deed->reason }));
	bool good = journal_append(store, "expired", id, deed->by, detail, deed->at, err);
	free(detail);
	if (!good || decision == NULL)
		return good && database_run(store, "UPDATE message SET escalated = 1 WHERE id = ?", VALUES(value_text(id)), err);
	return withdraw_unconfirmed(store, id, deed, err) && decision_insert(store, decision, &number, err);
}

static bool done_within(struct store *store, const char *id, enum tending what, const struct deed *deed, const struct decision *decision,
			const struct notice *notices, size_t notice_count, bool *moved_out, struct error *err)
{
	struct arena *arena = arena_new();
	int64_t waits = 0;
	const char *sql = arena_printf(arena,
				       "SELECT count(*) FROM message WHERE id = ?2 AND EXISTS (SELECT 1 FROM recipient WHERE message = id AND %s"
				       " AND " WAITING_RECIPIENT ") AND %s AND " STILL_WAITS,
				       rows[what].recipient, rows[what].message);
	bool good = database_number(store, sql, VALUES(value_text(rows[what].what), value_text(id)), &waits, err);
	arena_free(&arena);
	*moved_out = good && waits > 0;
	if (!*moved_out)
		return good;
	good = database_run(store, "INSERT INTO tended (message, what, at) VALUES (?,?,?)",
			    VALUES(value_text(id), value_text(rows[what].what), value_integer(deed->at)), err) &&
	       (what != TEND_ESCALATE || held_escalate(store, id, deed, err)) && (what != TEND_EXPIRE || expire(store, id, deed, decision, err));
	for (size_t i = 0; good && i < notice_count; i++)
		good = outbox_insert(store, &notices[i], id, deed->at, err);
	return good;
}

bool store_tending_done(struct store *store, const char *id, enum tending what, const struct deed *deed, const struct decision *decision,
			const struct notice *notices, size_t notice_count, bool *moved_out, struct error *err)
{
	*moved_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, done_within(store, id, what, deed, decision, notices, notice_count, moved_out, err), err);
}
