/* browse.c - see browse.h. Every list is bounded and follows an index, so that ten thousand held messages cost milliseconds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/browse.h"

#include <string.h>
#include <sys/statvfs.h>

#include "base/text.h"
#include "database.h"

#define THREAD_MOST 50
#define HISTORY_MOST 500
#define VALUES_MOST ((size_t)400) /* parameters of one statement; SQLite allows more */

const char *const browse_state_words[] = { "all", "waiting", "released", "returned", "annotated", NULL };

static bool waiting_within(struct store *store, struct arena *arena, const struct waiting_message **out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct waiting_message *items = NULL;
	bool found = false, good = true;
	if (!database_query(store,
			    "SELECT id, at, escalated FROM message WHERE id IN (SELECT message FROM recipient"
			    " WHERE state IN ('held','releasing','in-doubt')) ORDER BY at, id",
			    NULL, 0, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, items, *count_out) = (struct waiting_message){
			column_text(arena, query, 0), sqlite3_column_int64(query, 1), sqlite3_column_int(query, 2) != 0
		};
	database_finish(&query);
	*out = items;
	return good;
}

bool store_waiting(struct store *store, struct arena *arena, const struct waiting_message **out, size_t *count_out, struct error *err)
{
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, waiting_within(store, arena, out, count_out, err), err);
}

static bool messages_within(struct store *store, struct arena *arena, const char *const *ids, size_t count, const struct held **items,
			    struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!held_load(store, arena, ids[i], &items[i], err))
			return false;
	return true;
}

bool store_messages(struct store *store, struct arena *arena, const char *const *ids, size_t count, const struct held *const **out,
		    struct error *err)
{
	const struct held **items = arena_array(arena, count, sizeof *items);
	*out = items;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, messages_within(store, arena, ids, count, items, err), err);
}

/* --- looking for messages --- */

struct clauses { /* of one statement that is being put together */
	struct text sql;
	struct value values[VALUES_MOST];
	size_t count;
};

static void add_value(struct clauses *clauses, struct value value)
{
	clauses->values[clauses->count++] = value;
	text_printf(&clauses->sql, "?%zu", clauses->count);
}

/* What somebody typed is text, not a pattern. */
static const char *like_pattern(struct arena *arena, const char *typed)
{
	struct text pattern = TEXT_INIT;
	text_add_char(&pattern, '%');
	for (const char *c = typed; *c != '\0'; c++) {
		if (strchr("%_\\", *c) != NULL)
			text_add_char(&pattern, '\\');
		text_add_char(&pattern, *c);
	}
	text_add_char(&pattern, '%');
	return text_to_arena(&pattern, arena).data;
}

static void add_text(struct clauses *clauses, struct arena *arena, const char *typed)
{
	text_add(&clauses->sql, " AND (EXISTS (SELECT 1 FROM (SELECT ");
	add_value(clauses, value_text(like_pattern(arena, typed)));
	text_add(&clauses->sql, " AS wanted) WHERE m.id LIKE wanted ESCAPE '\\' OR m.subject LIKE wanted ESCAPE '\\'"
				" OR EXISTS (SELECT 1 FROM finding WHERE message = m.id AND (clause LIKE wanted ESCAPE '\\'"
				" OR explanation LIKE wanted ESCAPE '\\'))))");
}

static void add_list(struct clauses *clauses, const struct browse *browse)
{
	text_add(&clauses->sql, " COLLATE NOCASE IN (");
	for (size_t i = 0; i < browse->address_count && clauses->count < VALUES_MOST - 8; i++) {
		text_add(&clauses->sql, i == 0 ? "" : ",");
		add_value(clauses, value_text(browse->addresses[i]));
	}
	text_add(&clauses->sql, ")");
}

static void add_people(struct clauses *clauses, struct arena *arena, const struct browse *browse)
{
	static const char *const columns[] = { "m.auth", "m.sender_address", "m.header_from", "m.envelope_from" };
	text_add(&clauses->sql, " AND (0");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		text_printf(&clauses->sql, " OR %s", columns[i]);
		add_list(clauses, browse);
	}
	text_add(&clauses->sql, " OR EXISTS (SELECT 1 FROM recipient WHERE message = m.id AND address");
	add_list(clauses, browse);
	text_add(&clauses->sql, ")");
	if (browse->named != NULL) {
		text_add(&clauses->sql, " OR EXISTS (SELECT 1 FROM finding WHERE message = m.id AND (explanation LIKE ");
		add_value(clauses, value_text(like_pattern(arena, browse->named)));
		text_printf(&clauses->sql, " ESCAPE '\\' OR evidence LIKE ?%zu ESCAPE '\\'))", clauses->count);
	}
	text_add(&clauses->sql, ")");
}

static void add_state(struct clauses *clauses, enum browse_state state)
{
	static const char *const conditions[] = {
		[BROWSE_ALL] = "",
		[BROWSE_WAITING] = " AND m.id IN (SELECT message FROM recipient WHERE state IN ('held','releasing','in-doubt'))",
		[BROWSE_RELEASED] = " AND EXISTS (SELECT 1 FROM recipient WHERE message = m.id AND state = 'released')",
		[BROWSE_RETURNED] = " AND EXISTS (SELECT 1 FROM recipient WHERE message = m.id AND state = 'returned')",
		[BROWSE_ANNOTATED] = " AND EXISTS (SELECT 1 FROM recipient WHERE message = m.id AND outcome = 'annotate')",
	};
	text_add(&clauses->sql, conditions[state]);
}

static void compose(struct clauses *clauses, struct arena *arena, const struct browse *browse)
{
	text_add(&clauses->sql, "SELECT m.id FROM message AS m WHERE m.void = 0 AND m.disposed = 0");
	if (browse->from != 0) {
		text_add(&clauses->sql, " AND m.at >= ");
		add_value(clauses, value_integer(browse->from));
	}
	if (browse->to != 0) {
		text_add(&clauses->sql, " AND m.at < ");
		add_value(clauses, value_integer(browse->to));
	}
	if (browse->rule != NULL) {
		text_add(&clauses->sql, " AND EXISTS (SELECT 1 FROM finding WHERE message = m.id AND rule = ");
		add_value(clauses, value_text(browse->rule));
		text_add(&clauses->sql, ")");
	}
	if (browse->address_count > 0)
		add_people(clauses, arena, browse);
	if (browse->text != NULL)
		add_text(clauses, arena, browse->text);
	add_state(clauses, browse->state);
	text_add(&clauses->sql, " ORDER BY m.at DESC, m.id LIMIT ");
	add_value(clauses, value_integer((int64_t)browse->most + 1));
}

static bool ids_within(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t value_count,
		       const char *const **ids_out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	const char **ids = NULL;
	bool found = false, good = true;
	*count_out = 0;
	if (!database_query(store, sql, values, value_count, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, ids, *count_out) = column_text(arena, query, 0);
	database_finish(&query);
	*ids_out = ids;
	return good;
}

bool store_browse(struct store *store, struct arena *arena, const struct browse *browse, const char *const **ids_out, size_t *count_out,
		  bool *more_out, struct error *err)
{
	struct clauses *clauses = arena_alloc(arena, sizeof *clauses);
	compose(clauses, arena, browse);
	bool good = database_begin_read(store, err) &&
		    database_end(store, ids_within(store, arena, text_string(&clauses->sql), clauses->values, clauses->count, ids_out,
						   count_out, err), err);
	text_release(&clauses->sql);
	*more_out = good && *count_out > browse->most;
	if (*more_out)
		*count_out = browse->most;
	return good;
}

bool store_thread(struct store *store, struct arena *arena, const struct held *message, const char *const **ids_out, size_t *count_out,
		  struct error *err)
{
	*count_out = 0;
	*ids_out = NULL;
	if (message->thread == NULL)
		return true;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, ids_within(store, arena, "SELECT id FROM message WHERE thread = ? AND id <> ? AND void = 0 ORDER BY at, id LIMIT ?",
					      VALUES(value_text(message->thread), value_text(message->id), value_integer(THREAD_MOST)), ids_out,
					      count_out, err), err);
}

/* --- the journal --- */

static bool lines_within(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t value_count,
			 const struct journal_line **out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct journal_line *lines = NULL;
	bool found = false, good = true;
	*count_out = 0;
	if (!database_query(store, sql, values, value_count, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, lines, *count_out) = (struct journal_line){
			.number = sqlite3_column_int64(query, 0),
			.at = sqlite3_column_int64(query, 1),
			.what = column_text(arena, query, 2),
			.id = column_text(arena, query, 3),
			.by = column_text(arena, query, 4),
			.detail = column_text(arena, query, 5),
			.hash = column_text(arena, query, 6),
		};
	database_finish(&query);
	*out = lines;
	return good;
}

bool store_history(struct store *store, struct arena *arena, const char *id, const struct journal_line **out, size_t *count_out,
		   struct error *err)
{
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, lines_within(store, arena,
						"SELECT number, at, what, id, by, detail, hash FROM journal WHERE id = ? ORDER BY number LIMIT ?",
						VALUES(value_text(id), value_integer(HISTORY_MOST)), out, count_out, err), err);
}

bool store_journal_page(struct store *store, struct arena *arena, int64_t before, size_t most, const struct journal_line **out,
			size_t *count_out, struct error *err)
{
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, lines_within(store, arena,
						"SELECT number, at, what, id, by, detail, hash FROM journal WHERE number < ?"
						" ORDER BY number DESC LIMIT ?",
						VALUES(value_integer(before == 0 ? INT64_MAX : before), value_integer((int64_t)most)), out,
						count_out, err), err);
}

bool store_journal_last(struct store *store, struct arena *arena, const char *what, struct journal_line *out, struct error *err)
{
	const struct journal_line *lines = NULL;
	size_t count = 0;
	if (!database_begin_read(store, err) ||
	    !database_end(store, lines_within(store, arena,
					      "SELECT number, at, what, id, by, detail, hash FROM journal WHERE what = ? ORDER BY number DESC LIMIT 1",
					      VALUES(value_text(what)), &lines, &count, err), err))
		return false;
	*out = count > 0 ? lines[0] : (struct journal_line){ 0 };
	return true;
}

static bool counts_within(struct store *store, struct store_size *out, struct error *err)
{
	int64_t pages = 0, page_size = 0;
	if (!database_number(store, "PRAGMA page_count", NULL, 0, &pages, err) ||
	    !database_number(store, "PRAGMA page_size", NULL, 0, &page_size, err))
		return false;
	out->octets = pages * page_size;
	return database_number(store, "SELECT count(*) FROM message", NULL, 0, &out->messages, err) &&
	       database_number(store, "SELECT count(DISTINCT message) FROM recipient WHERE state IN ('held','releasing','in-doubt')", NULL, 0,
			       &out->waiting, err) &&
	       database_number(store, "SELECT coalesce(max(number), 0) FROM journal", NULL, 0, &out->journal_lines, err) &&
	       database_number(store, "SELECT max(coalesce((SELECT max(at) FROM message), 0), coalesce((SELECT max(hour) FROM tally WHERE examined > 0), 0))",
			       NULL, 0, &out->last_message_at, err);
}

bool store_measure(struct store *store, struct store_size *out, struct error *err)
{
	struct statvfs room;
	*out = (struct store_size){ 0 };
	if (statvfs(database_path(store), &room) == 0)
		out->free_octets = (int64_t)room.f_bavail * (int64_t)room.f_frsize;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, counts_within(store, out, err), err);
}
