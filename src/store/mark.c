/* mark.c - what reviewers said of single findings: wrong or right. A wrong one is a false alarm, and is counted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "database.h"
#include "detail.h"
#include "store/decision.h"

static const char *const judged_names[] = { [JUDGED_NONE] = NULL, [JUDGED_WRONG] = "wrong", [JUDGED_RIGHT] = "right" };

const char *judged_name(enum judged judged)
{
	return judged_names[judged];
}

static bool has_finding(struct store *store, const char *id, const char *rule, struct error *err)
{
	int64_t count = 0;
	if (!database_number(store, "SELECT count(*) FROM finding WHERE message = ? AND rule = ?", VALUES(value_text(id), value_text(rule)),
			     &count, err))
		return false;
	return count > 0 || error_set(err, ERROR_INPUT, "%s has no finding of rule \"%s\"", id, rule);
}

static bool write_mark(struct store *store, const char *id, const char *rule, enum judged judged, const struct deed *deed, struct error *err)
{
	if (judged == JUDGED_NONE)
		return database_run(store, "DELETE FROM finding_mark WHERE message = ? AND rule = ?", VALUES(value_text(id), value_text(rule)), err);
	return database_run(store,
			    "INSERT INTO finding_mark (message, rule, judged, by, at, reason) VALUES (?,?,?,?,?,?) ON CONFLICT (message, rule)"
			    " DO UPDATE SET judged = excluded.judged, by = excluded.by, at = excluded.at, reason = excluded.reason",
			    VALUES(value_text(id), value_text(rule), value_text(judged_names[judged]), value_text(deed->by),
				   value_integer(deed->at), value_text(deed->reason)),
			    err);
}

static bool mark_within(struct store *store, const char *id, const char *rule, enum judged judged, const struct deed *deed, struct error *err)
{
	if (!has_finding(store, id, rule, err) || !write_mark(store, id, rule, judged, deed, err))
		return false;
	char *detail = detail_text(DETAILS({ "rule", rule }, { "judged", judged == JUDGED_NONE ? "none" : judged_names[judged] },
					   { "reason", deed->reason }));
	bool good = journal_append(store, "marked", id, deed->by, detail, deed->at, err);
	free(detail);
	return good;
}

bool store_mark(struct store *store, const char *id, const char *rule, enum judged judged, const struct deed *deed, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, mark_within(store, id, rule, judged, deed, err), err);
}

static enum judged judged_of(sqlite3_stmt *query, int column)
{
	return strcmp((const char *)sqlite3_column_text(query, column), "wrong") == 0 ? JUDGED_WRONG : JUDGED_RIGHT;
}

static bool list_within(struct store *store, struct arena *arena, const char *id, const struct finding_mark **out, size_t *count_out,
			struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct finding_mark *marks = NULL;
	bool found = false, good = true;
	if (!database_query(store, "SELECT rule, judged, by, reason, at FROM finding_mark WHERE message = ? ORDER BY rule", VALUES(value_text(id)),
			    &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, marks, *count_out) = (struct finding_mark){
			.rule = column_text(arena, query, 0),
			.judged = judged_of(query, 1),
			.by = column_text(arena, query, 2),
			.reason = column_text(arena, query, 3),
			.at = sqlite3_column_int64(query, 4),
		};
	database_finish(&query);
	*out = marks;
	return good;
}

bool store_mark_list(struct store *store, struct arena *arena, const char *id, const struct finding_mark **out, size_t *count_out,
		     struct error *err)
{
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, list_within(store, arena, id, out, count_out, err), err);
}

static bool counts_within(struct store *store, struct arena *arena, int64_t from, int64_t to, const struct mark_count **out,
			  size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct mark_count *counts = NULL;
	bool found = false, good = true;
	if (!database_query(store,
			    "SELECT rule, sum(judged = 'wrong'), sum(judged = 'right') FROM finding_mark JOIN message ON id = message"
			    " WHERE message.at >= ? AND message.at < ? AND void = 0 GROUP BY rule ORDER BY rule",
			    VALUES(value_integer(from), value_integer(to)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, counts, *count_out) = (struct mark_count){
			column_text(arena, query, 0), sqlite3_column_int64(query, 1), sqlite3_column_int64(query, 2),
		};
	database_finish(&query);
	*out = counts;
	return good;
}

bool store_mark_counts(struct store *store, struct arena *arena, int64_t from, int64_t to, const struct mark_count **out, size_t *count_out,
		       struct error *err)
{
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, counts_within(store, arena, from, to, out, count_out, err), err);
}
