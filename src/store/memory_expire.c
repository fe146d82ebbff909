/* memory_expire.c - what is past its time goes in small steps, so that nobody waits long for it; and how much there is.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_lane.h"

/* Prints of all messages together: some 600 megabytes. Beyond it the oldest go early. */
#define PRINTS_MOST ((int64_t)20000000)
/* Free pages given back to the file system with each step. */
#define PAGES_BACK "64"

/* One more message that may go, the one that ends first; or, when there is too much, the oldest. */
static bool next_to_go(struct memory_lane *lane, int64_t now, int64_t *prints, bool *found_out, int64_t *number_out, int64_t *weight_out,
		       struct error *err)
{
	static const char *const past = "SELECT number, print_count FROM message WHERE until <= ?1 ORDER BY until LIMIT 1";
	static const char *const oldest = "SELECT number, print_count FROM message ORDER BY at, number LIMIT 1";
	struct value value = value_integer(now);
	for (int pass = 0; pass < 2; pass++) {
		sqlite3_stmt *query = NULL;
		if (pass == 1 && *prints <= PRINTS_MOST)
			break;
		if (!database_query(lane->database, pass == 0 ? past : oldest, &value, pass == 0 ? 1 : 0, &query, err))
			return false;
		bool good = database_row(lane->database, query, found_out, err);
		if (good && *found_out) {
			*number_out = sqlite3_column_int64(query, 0);
			*weight_out = sqlite3_column_int64(query, 1);
			*prints -= *weight_out;
		}
		database_finish(&query);
		if (!good || *found_out)
			return good;
	}
	return true;
}

static bool expire_messages(struct memory_lane *lane, int64_t now, int64_t prints, int64_t room, bool *more_out, struct error *err)
{
	for (;;) {
		bool found = false;
		int64_t number = 0, weight = 0;
		if (!next_to_go(lane, now, &prints, &found, &number, &weight, err))
			return false;
		if (!found || room <= 0) {
			*more_out |= found;
			return true;
		}
		if (!memory_remove(lane, number, err))
			return false;
		room -= 1 + weight;
	}
}

static bool expire_rows(struct memory_lane *lane, const char *sql, int64_t now, int64_t *room, struct error *err)
{
	if (!database_run(lane->database, sql, VALUES(value_integer(now), value_integer(*room)), err))
		return false;
	*room -= database_changes(lane->database);
	return true;
}

/* A key goes with the last thing it was used for; marks of copies may be under any. */
static bool drop_keys(struct memory_lane *lane, struct error *err)
{
	static const char *const sql = "DELETE FROM secret WHERE number < (SELECT max(number) FROM secret)"
				       " AND NOT EXISTS (SELECT 1 FROM message WHERE message.secret = secret.number) AND NOT EXISTS (SELECT 1 FROM copy)";
	return database_run(lane->database, sql, NULL, 0, err);
}

/* A row for each page, and each is moved only when it is asked for. */
static bool give_pages_back(struct memory_lane *lane, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool good = true, more = true;
	if (!database_query(lane->database, "PRAGMA incremental_vacuum(" PAGES_BACK ")", NULL, 0, &query, err))
		return false;
	while (good && more)
		good = database_row(lane->database, query, &more, err);
	database_finish(&query);
	return good;
}

static bool expire_all(struct memory_lane *lane, int64_t now, int64_t prints, int64_t room, bool *more_out, struct error *err)
{
	if (!expire_rows(lane, "DELETE FROM copy WHERE (same, recipient) IN (SELECT same, recipient FROM copy WHERE until <= ?1 LIMIT ?2)", now, &room, err) ||
	    !expire_rows(lane, "DELETE FROM told WHERE (same, who, of) IN (SELECT same, who, of FROM told WHERE until <= ?1 LIMIT ?2)", now, &room, err))
		return false;
	*more_out = room <= 0;
	return expire_messages(lane, now, prints, room, more_out, err) && drop_keys(lane, err) && give_pages_back(lane, err);
}

/* Asked beside whoever remembers: mostly there is nothing to do. */
static bool is_due(struct memory *memory, int64_t now, int64_t *due_out, int64_t *prints_out, struct error *err)
{
	static const char *const due = "SELECT EXISTS (SELECT 1 FROM message WHERE until <= ?1) OR EXISTS (SELECT 1 FROM copy WHERE until <= ?1)"
				       " OR EXISTS (SELECT 1 FROM told WHERE until <= ?1)";
	struct shelf *shelf = NULL;
	if (!memory_begin(memory, false, &shelf, err))
		return false;
	struct store *database = ((struct memory_lane *)shelf)->database;
	bool good = database_number(database, due, VALUES(value_integer(now)), due_out, err) &&
		    database_number(database, "SELECT coalesce(sum(print_count), 0) FROM message", NULL, 0, prints_out, err);
	return memory_end(shelf, good, err);
}

bool memory_expire_some(struct memory *memory, int64_t now, size_t most, bool *more_out, struct error *err)
{
	struct shelf *shelf = NULL;
	int64_t due = 0, prints = 0;
	if (!is_due(memory, now, &due, &prints, err))
		return false;
	if (due == 0 && prints <= PRINTS_MOST)
		return true;
	if (!memory_begin(memory, true, &shelf, err))
		return false;
	bool good = expire_all((struct memory_lane *)shelf, now, prints, (int64_t)most, more_out, err);
	return memory_end(shelf, good, err);
}

bool memory_count(struct memory *memory, struct memory_figures *out, struct error *err)
{
	struct shelf *shelf = NULL;
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!memory_begin(memory, false, &shelf, err))
		return false;
	struct store *database = ((struct memory_lane *)shelf)->database;
	bool good = database_query(database,
				   "SELECT count(*), coalesce(sum(print_count), 0), coalesce(sum(file_count), 0), coalesce(min(at), 0),"
				   " (SELECT count(*) FROM copy) FROM message",
				   NULL, 0, &query, err) &&
		    database_row(database, query, &found, err);
	if (good && found)
		*out = (struct memory_figures){
			.messages = sqlite3_column_int64(query, 0),
			.prints = sqlite3_column_int64(query, 1),
			.files = sqlite3_column_int64(query, 2),
			.oldest = sqlite3_column_int64(query, 3),
			.envelopes = sqlite3_column_int64(query, 4),
		};
	database_finish(&query);
	out->octets = memory_octets(memory);
	return memory_end(shelf, good, err);
}
