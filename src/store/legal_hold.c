/* legal_hold.c - legal holds: set, lifted, listed; each deed is in the journal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "detail.h"
#include "purge_order.h"

bool holds_load(struct store *store, struct arena *arena, struct holds *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct legal_hold *items = NULL;
	bool found = false, good = true;
	*out = (struct holds){ 0 };
	if (!database_query(store,
			    "SELECT number, scope, what, addresses, by, reason, at, review FROM legal_hold WHERE lifted_at IS NULL"
			    " ORDER BY number",
			    NULL, 0, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, items, out->count) = (struct legal_hold){
			.number = sqlite3_column_int64(query, 0),
			.scope = column_text(arena, query, 1),
			.what = column_text(arena, query, 2),
			.addresses = column_text(arena, query, 3),
			.by = column_text(arena, query, 4),
			.reason = column_text(arena, query, 5),
			.at = sqlite3_column_int64(query, 6),
			.review = sqlite3_column_int(query, 7),
		};
	database_finish(&query);
	out->items = items;
	return good;
}

bool store_legal_holds(struct store *store, struct arena *arena, const struct legal_hold **out, size_t *count_out, struct error *err)
{
	struct holds holds = { 0 };
	if (!database_begin_read(store, err))
		return false;
	bool good = holds_load(store, arena, &holds, err);
	*out = holds.items;
	*count_out = holds.count;
	return database_end(store, good, err);
}

/* The whole reference, or a beginning that fits only one; delivered messages count too. */
static bool find_message(struct store *store, struct arena *arena, const char *written, const char **id_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	const char **ids = NULL;
	size_t count = 0;
	bool found = false, good = true;
	if (!database_query(store, "SELECT id FROM message WHERE substr(id, 1, length(?1)) = ?1 AND disposed = 0 ORDER BY id LIMIT 2",
			    VALUES(value_text(written)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, ids, count) = column_text(arena, query, 0);
	database_finish(&query);
	if (!good)
		return false;
	if (count == 0)
		return error_set(err, ERROR_INPUT, "there is no message %s, or its time was over", written);
	if (count > 1 && strcmp(ids[0], written) != 0)
		return error_set(err, ERROR_INPUT, "\"%s\" fits several messages; give more of the reference", written);
	*id_out = ids[0];
	return true;
}

static char *detail_of(struct arena *arena, const struct legal_hold *hold, const char *id, int64_t number)
{
	const char *review = hold->review == 0 ? NULL : arena_printf(arena, "%04d-%02d-%02d", hold->review / 10000, hold->review / 100 % 100,
								      hold->review % 100);
	return detail_text(DETAILS({ "number", arena_printf(arena, "%lld", (long long)number) }, { "scope", hold->scope },
				   { "what", id != NULL ? NULL : hold->what }, { "reason", hold->reason }, { "review", review }));
}

static bool add_within(struct store *store, struct arena *arena, const struct legal_hold *hold, int64_t *number_out, struct error *err)
{
	const char *id = NULL;
	if (strcmp(hold->scope, "message") == 0 && !find_message(store, arena, hold->what, &id, err))
		return false;
	if (!database_run(store, "INSERT INTO legal_hold (scope, what, addresses, by, reason, at, review) VALUES (?,?,?,?,?,?,?)",
			  VALUES(value_text(hold->scope), value_text(id != NULL ? id : hold->what), value_text(hold->addresses),
				 value_text(hold->by), value_text(hold->reason), value_integer(hold->at), value_integer(hold->review)),
			  err) ||
	    !database_number(store, "SELECT last_insert_rowid()", NULL, 0, number_out, err))
		return false;
	char *detail = detail_of(arena, hold, id, *number_out);
	bool good = journal_append(store, "legal-hold", id, hold->by, detail, hold->at, err);
	free(detail);
	return good;
}

bool store_legal_hold_add(struct store *store, const struct legal_hold *hold, int64_t *number_out, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	struct arena *arena = arena_new();
	bool good = add_within(store, arena, hold, number_out, err);
	arena_free(&arena);
	return database_end(store, good, err);
}

/* The message the hold is on, so that lifting it stands in that message's own history; NULL for one on a person or a time. */
static bool find_held(struct store *store, struct arena *arena, int64_t number, const char **id_out, struct error *err)
{
	struct holds holds;
	*id_out = NULL;
	if (!holds_load(store, arena, &holds, err))
		return false;
	for (size_t i = 0; i < holds.count; i++)
		if (holds.items[i].number == number && strcmp(holds.items[i].scope, "message") == 0)
			*id_out = holds.items[i].what;
	return true;
}

static bool lift_within(struct store *store, struct arena *arena, int64_t number, const struct deed *deed, bool *lifted_out, struct error *err)
{
	const char *id = NULL;
	if (!find_held(store, arena, number, &id, err) ||
	    !database_run(store, "UPDATE legal_hold SET lifted_at = ? WHERE number = ? AND lifted_at IS NULL",
			  VALUES(value_integer(deed->at), value_integer(number)), err))
		return false;
	*lifted_out = database_changes(store) > 0;
	if (!*lifted_out)
		return true;
	char *detail = detail_text(DETAILS({ "number", arena_printf(arena, "%lld", (long long)number) }, { "reason", deed->reason }));
	bool good = journal_append(store, "legal-hold-lifted", id, deed->by, detail, deed->at, err);
	free(detail);
	return good;
}

bool store_legal_hold_lift(struct store *store, int64_t number, const struct deed *deed, bool *lifted_out, struct error *err)
{
	*lifted_out = false;
	if (!database_begin_write(store, err))
		return false;
	struct arena *arena = arena_new();
	bool good = lift_within(store, arena, number, deed, lifted_out, err);
	arena_free(&arena);
	return database_end(store, good, err);
}
