/* memory_shelf.c - the shelf of memory.db: what is put on it, found and removed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_lane.h"

#include <string.h>

#define SHELF_ROWS_MOST_TEXT "32"
_Static_assert(SHELF_ROWS_MOST == 32, "the statements say how many rows");

static const char *const statements[MEMORY_STATEMENT_COUNT] = {
	[MEMORY_SECRETS] = "SELECT number, since, octets FROM secret ORDER BY number DESC",
	[MEMORY_SECRET_PUT] = "INSERT INTO secret (number, since, octets) VALUES (?1, ?2, ?3)",
	[MEMORY_COPIES] = "SELECT recipient, id, at, delivered FROM copy WHERE same = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY at, recipient",
	[MEMORY_TOLD] = "SELECT who, of FROM told WHERE same = ?1 AND at BETWEEN ?2 AND ?3",
	[MEMORY_COPY_PUT] = "INSERT INTO copy (same, recipient, id, at, delivered, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
			    " ON CONFLICT (same, recipient) DO UPDATE SET id = excluded.id, at = excluded.at, delivered = excluded.delivered,"
			    " until = excluded.until"
			    " WHERE excluded.delivered > delivered OR (excluded.delivered = delivered AND excluded.at < at) OR excluded.at > until",
	[MEMORY_TOLD_PUT] = "INSERT INTO told (same, who, of, at, until) VALUES (?1, ?2, ?3, ?4, ?5)"
			    " ON CONFLICT (same, who, of) DO UPDATE SET at = excluded.at, until = excluded.until WHERE excluded.at > until",
	[MEMORY_WITH_MARK] = "SELECT message FROM mark WHERE octets = ?1 LIMIT " SHELF_ROWS_MOST_TEXT,
	[MEMORY_WITH_PRINT] = "SELECT message FROM print WHERE octets = ?1 LIMIT " SHELF_ROWS_MOST_TEXT,
	[MEMORY_PRINT_ISSUED] = "SELECT 1 FROM issued_print WHERE octets = ?1 AND until > ?2",
	[MEMORY_MARK_ISSUED] = "SELECT 1 FROM issued_mark WHERE octets = ?1 AND until > ?2",
	[MEMORY_ENTRY] = "SELECT id, at, until, cleared_from, kinds, secret, same, author, political_group, family, print_count, readers"
			 " FROM message WHERE number = ?1",
	[MEMORY_NUMBER_OF] = "SELECT message FROM name WHERE id = ?1 ORDER BY message DESC LIMIT 1",
	[MEMORY_NUMBER_SAME] = "SELECT number FROM message WHERE same = ?1 ORDER BY number DESC LIMIT 1",
	[MEMORY_PARENTS] = "SELECT parent FROM parent WHERE message = ?1",
	[MEMORY_ENTRY_PUT] = "INSERT INTO message (id, at, until, kinds, secret, same, author, political_group, family, print_count, file_count, readers)"
			     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING number",
	[MEMORY_CONTENTS_PUT] = "INSERT INTO contents (message, issued, marks, prints) VALUES (?1, ?2, ?3, ?4)",
	[MEMORY_MARK_PUT] = "INSERT OR IGNORE INTO mark (octets, message) SELECT ?1, ?2"
			    " WHERE (SELECT count(*) FROM (SELECT 1 FROM mark WHERE octets = ?1 LIMIT " SHELF_ROWS_MOST_TEXT ")) < " SHELF_ROWS_MOST_TEXT,
	[MEMORY_PRINT_PUT] = "INSERT OR IGNORE INTO print (octets, message) SELECT ?1, ?2"
			     " WHERE (SELECT count(*) FROM (SELECT 1 FROM print WHERE octets = ?1 LIMIT " SHELF_ROWS_MOST_TEXT ")) < " SHELF_ROWS_MOST_TEXT,
	[MEMORY_MARK_ISSUE] = "INSERT INTO issued_mark (octets, until) VALUES (?1, ?2)"
			      " ON CONFLICT (octets) DO UPDATE SET until = excluded.until WHERE excluded.until > until",
	[MEMORY_PRINT_ISSUE] = "INSERT INTO issued_print (octets, until) VALUES (?1, ?2)"
			       " ON CONFLICT (octets) DO UPDATE SET until = excluded.until WHERE excluded.until > until",
	[MEMORY_ENTRY_WIDEN] = "UPDATE message SET kinds = ?2, until = ?3, readers = ?4 WHERE number = ?1",
	[MEMORY_ENTRY_CLEAR] = "UPDATE message SET cleared_from = ?2 WHERE number = ?1",
	[MEMORY_NAME_PUT] = "INSERT OR IGNORE INTO name (id, message) VALUES (?1, ?2)",
	[MEMORY_PARENT_PUT] = "INSERT OR IGNORE INTO parent (message, parent) VALUES (?1, ?2)",
	[MEMORY_FIND_ID] = "SELECT id FROM name WHERE id >= ?1 AND id < ?1 || char(1114111)"
			   " UNION SELECT id FROM copy WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2",
	[MEMORY_NAMESAKES] = "SELECT other.id FROM name AS mine JOIN name AS other ON other.message = mine.message WHERE mine.id = ?1"
			     " ORDER BY other.id",
	[MEMORY_CONTENTS] = "SELECT issued, until, marks, prints FROM message JOIN contents ON message = number WHERE number = ?1",
	[MEMORY_MARK_TAKE] = "DELETE FROM mark WHERE octets = ?1 AND message = ?2",
	[MEMORY_PRINT_TAKE] = "DELETE FROM print WHERE octets = ?1 AND message = ?2",
	[MEMORY_MARK_UNISSUE] = "DELETE FROM issued_mark WHERE octets = ?1 AND until <= ?2",
	[MEMORY_PRINT_UNISSUE] = "DELETE FROM issued_print WHERE octets = ?1 AND until <= ?2",
};

static struct memory_lane *lane_of(struct shelf *shelf)
{
	return (struct memory_lane *)shelf;
}

bool memory_ask(struct memory_lane *lane, enum memory_statement which, const struct value *values, size_t count, sqlite3_stmt **out,
		struct error *err)
{
	sqlite3_stmt **kept = &lane->statements[which];
	if (*kept == NULL && !database_query(lane->database, statements[which], NULL, 0, kept, err))
		return false;
	sqlite3_reset(*kept);
	*out = *kept;
	return database_bind(lane->database, *kept, values, count, err);
}

bool memory_run(struct memory_lane *lane, enum memory_statement which, const struct value *values, size_t count, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!memory_ask(lane, which, values, count, &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	sqlite3_reset(query);
	return true;
}

/* The one number it yields. */
static bool one_number(struct memory_lane *lane, enum memory_statement which, const struct value *values, size_t count, bool *found_out,
		       int64_t *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	*found_out = false;
	if (!memory_ask(lane, which, values, count, &query, err) || !database_row(lane->database, query, found_out, err))
		return false;
	if (*found_out)
		*out = sqlite3_column_int64(query, 0);
	sqlite3_reset(query);
	return true;
}

/* All the numbers it yields. */
static bool numbers(struct memory_lane *lane, struct arena *arena, enum memory_statement which, struct value value, struct shelf_numbers *out,
		    struct error *err)
{
	sqlite3_stmt *query = NULL;
	int64_t *items = NULL;
	size_t count = 0;
	bool found = false;
	if (!memory_ask(lane, which, &value, 1, &query, err))
		return false;
	for (;;) {
		if (!database_row(lane->database, query, &found, err))
			return false;
		if (!found)
			break;
		*ARENA_PUSH(arena, items, count) = sqlite3_column_int64(query, 0);
	}
	*out = (struct shelf_numbers){ items, count };
	return true;
}

static struct value value_mark(const struct mark *mark)
{
	return value_blob((struct bytes){ (const char *)mark->octets, MARK_LENGTH });
}

static struct value value_print(uint64_t print)
{
	return value_integer((int64_t)print);
}

static bool column_mark(sqlite3_stmt *query, int column, struct mark *out)
{
	const void *octets = sqlite3_column_blob(query, column);
	if (octets == NULL || (size_t)sqlite3_column_bytes(query, column) != MARK_LENGTH)
		return false;
	memcpy(out->octets, octets, MARK_LENGTH);
	return true;
}

static bool keys(struct shelf *shelf, struct arena *arena, const struct memory_key **out, size_t *count_out, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	struct memory_key *items = NULL;
	sqlite3_stmt *query = NULL;
	bool found = false;
	*count_out = 0;
	if (!memory_ask(lane, MEMORY_SECRETS, NULL, 0, &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	while (found) {
		const void *octets = sqlite3_column_blob(query, 2);
		if (octets != NULL && (size_t)sqlite3_column_bytes(query, 2) == MEMORY_SECRET_LENGTH) {
			struct memory_key *key = ARENA_PUSH(arena, items, *count_out);
			key->number = sqlite3_column_int64(query, 0);
			key->from = sqlite3_column_int64(query, 1);
			memcpy(key->secret, octets, MEMORY_SECRET_LENGTH);
		}
		if (!database_row(lane->database, query, &found, err))
			return false;
	}
	*out = items;
	return true;
}

static bool key_put(struct shelf *shelf, const struct memory_key *key, struct error *err)
{
	struct bytes octets = { (const char *)key->secret, MEMORY_SECRET_LENGTH };
	return memory_run(lane_of(shelf), MEMORY_SECRET_PUT, VALUES(value_integer(key->number), value_integer(key->from), value_blob(octets)), err);
}

static bool copies(struct shelf *shelf, struct arena *arena, const struct mark *same, int64_t from, int64_t to, struct shelf_copies *out,
		   struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	const struct value values[] = { value_mark(same), value_integer(from), value_integer(to) };
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!memory_ask(lane, MEMORY_COPIES, values, 3, &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	while (found) {
		*ARENA_PUSH(arena, out->items, out->count) = (struct sibling){ column_text(arena, query, 0), column_text(arena, query, 1),
									       sqlite3_column_int64(query, 2), sqlite3_column_int(query, 3) != 0 };
		if (!database_row(lane->database, query, &found, err))
			return false;
	}
	if (!memory_ask(lane, MEMORY_TOLD, values, 3, &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	while (found) {
		*ARENA_PUSH(arena, out->told, out->told_count) = (struct told){ column_text(arena, query, 0), column_text(arena, query, 1) };
		if (!database_row(lane->database, query, &found, err))
			return false;
	}
	return true;
}

static bool copy_put(struct shelf *shelf, const struct mark *same, const struct sibling *copy, int64_t until, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_COPY_PUT,
			  VALUES(value_mark(same), value_text(copy->recipient), value_text(copy->id), value_integer(copy->at),
				 value_integer(copy->delivered), value_integer(until)),
			  err);
}

static bool told_put(struct shelf *shelf, const struct mark *same, const struct told *told, int64_t at, int64_t until, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_TOLD_PUT,
			  VALUES(value_mark(same), value_text(told->who), value_text(told->of), value_integer(at), value_integer(until)), err);
}

static bool copies_unsend(struct shelf *shelf, const char *id, int64_t at, struct error *err)
{
	struct store *database = lane_of(shelf)->database;
	return database_run(database, "DELETE FROM told WHERE at = ?2 AND same IN (SELECT same FROM copy WHERE id = ?1)",
			    VALUES(value_text(id), value_integer(at)), err) &&
	       database_run(database, "UPDATE copy SET delivered = 0 WHERE id = ?1", VALUES(value_text(id)), err);
}

static bool with_mark(struct shelf *shelf, struct arena *arena, const struct mark *mark, struct shelf_numbers *out, struct error *err)
{
	return numbers(lane_of(shelf), arena, MEMORY_WITH_MARK, value_mark(mark), out, err);
}

static bool with_print(struct shelf *shelf, uint64_t print, int64_t *out, size_t *count_out, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	sqlite3_stmt *query = NULL;
	bool found = false;
	*count_out = 0;
	if (!memory_ask(lane, MEMORY_WITH_PRINT, VALUES(value_print(print)), &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	while (found && *count_out < SHELF_ROWS_MOST) {
		out[(*count_out)++] = sqlite3_column_int64(query, 0);
		if (!database_row(lane->database, query, &found, err))
			return false;
	}
	return true;
}

static bool print_is_issued(struct shelf *shelf, uint64_t print, int64_t at, bool *answer_out, struct error *err)
{
	int64_t one = 0;
	return one_number(lane_of(shelf), MEMORY_PRINT_ISSUED, VALUES(value_print(print), value_integer(at)), answer_out, &one, err);
}

static bool mark_is_issued(struct shelf *shelf, const struct mark *mark, int64_t at, bool *answer_out, struct error *err)
{
	int64_t one = 0;
	return one_number(lane_of(shelf), MEMORY_MARK_ISSUED, VALUES(value_mark(mark), value_integer(at)), answer_out, &one, err);
}

static bool entry(struct shelf *shelf, struct arena *arena, int64_t number, bool *found_out, struct shelf_entry *out, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	sqlite3_stmt *query = NULL;
	if (!memory_ask(lane, MEMORY_ENTRY, VALUES(value_integer(number)), &query, err) || !database_row(lane->database, query, found_out, err))
		return false;
	if (!*found_out)
		return true;
	*out = (struct shelf_entry){
		.number = number,
		.id = column_text(arena, query, 0),
		.at = sqlite3_column_int64(query, 1),
		.until = sqlite3_column_int64(query, 2),
		.cleared_from = sqlite3_column_int64(query, 3),
		.kinds = (unsigned)sqlite3_column_int64(query, 4),
		.key = sqlite3_column_int64(query, 5),
		.family = sqlite3_column_int64(query, 9),
		.print_count = (size_t)sqlite3_column_int64(query, 10),
	};
	column_mark(query, 6, &out->same);
	out->has_author = column_mark(query, 7, &out->author);
	out->has_group = column_mark(query, 8, &out->group);
	struct bytes readers = column_bytes(arena, query, 11);
	out->readers = (const struct mark *)(const void *)readers.data;
	out->reader_count = readers.length / MARK_LENGTH;
	return true;
}

static bool number_of(struct shelf *shelf, const char *id, bool *found_out, int64_t *out, struct error *err)
{
	return one_number(lane_of(shelf), MEMORY_NUMBER_OF, VALUES(value_text(id)), found_out, out, err);
}

static bool number_same(struct shelf *shelf, const struct mark *same, bool *found_out, int64_t *out, struct error *err)
{
	return one_number(lane_of(shelf), MEMORY_NUMBER_SAME, VALUES(value_mark(same)), found_out, out, err);
}

static bool parents(struct shelf *shelf, struct arena *arena, int64_t number, struct shelf_numbers *out, struct error *err)
{
	return numbers(lane_of(shelf), arena, MEMORY_PARENTS, value_integer(number), out, err);
}

/* Least octet first, on every machine. */
static struct bytes prints_blob(struct arena *arena, const struct shelf_marks *marks)
{
	char *octets = arena_array(arena, marks->print_count + 1, 8);
	for (size_t i = 0; i < marks->print_count; i++)
		for (size_t n = 0; n < 8; n++)
			octets[8 * i + n] = (char)(unsigned char)(marks->prints[i] >> (8 * n));
	return (struct bytes){ octets, 8 * marks->print_count };
}

static uint64_t print_of(const unsigned char *octets)
{
	uint64_t print = 0;
	for (size_t n = 0; n < 8; n++)
		print |= (uint64_t)octets[n] << (8 * n);
	return print;
}

static bool put_contents(struct memory_lane *lane, int64_t number, int64_t until, const struct shelf_marks *marks, struct error *err)
{
	struct arena *arena = arena_new();
	struct bytes octets = { (const char *)marks->marks, MARK_LENGTH * marks->mark_count };
	bool good = memory_run(lane, MEMORY_CONTENTS_PUT,
			       VALUES(value_integer(number), value_integer(marks->issued), value_blob(octets), value_blob(prints_blob(arena, marks))), err);
	arena_free(&arena);
	struct value second = value_integer(marks->issued ? until : number);
	for (size_t i = 0; good && i < marks->mark_count; i++)
		good = memory_run(lane, marks->issued ? MEMORY_MARK_ISSUE : MEMORY_MARK_PUT, VALUES(value_mark(&marks->marks[i]), second), err);
	for (size_t i = 0; good && i < marks->print_count; i++)
		good = memory_run(lane, marks->issued ? MEMORY_PRINT_ISSUE : MEMORY_PRINT_PUT, VALUES(value_print(marks->prints[i]), second), err);
	return good;
}

static struct value value_marks(const struct mark *marks, size_t count)
{
	return value_blob((struct bytes){ (const char *)marks, MARK_LENGTH * count });
}

static bool entry_put(struct shelf *shelf, const struct shelf_entry *entry, const struct shelf_marks *marks, int64_t *number_out,
		      struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	bool found = false;
	return one_number(lane, MEMORY_ENTRY_PUT,
			  VALUES(value_text(entry->id), value_integer(entry->at), value_integer(entry->until), value_integer(entry->kinds),
				 value_integer(entry->key), value_mark(&entry->same), entry->has_author ? value_mark(&entry->author) : value_text(NULL),
				 entry->has_group ? value_mark(&entry->group) : value_text(NULL), value_integer(entry->family),
				 value_integer((int64_t)marks->print_count), value_integer((int64_t)marks->file_count),
				 value_marks(entry->readers, entry->reader_count)),
			  &found, number_out, err) &&
	       put_contents(lane, *number_out, entry->until, marks, err);
}

static bool entry_widen(struct shelf *shelf, const struct shelf_entry *entry, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_ENTRY_WIDEN,
			  VALUES(value_integer(entry->number), value_integer(entry->kinds), value_integer(entry->until),
				 value_marks(entry->readers, entry->reader_count)),
			  err);
}

static bool entry_clear(struct shelf *shelf, int64_t number, int64_t from, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_ENTRY_CLEAR, VALUES(value_integer(number), value_integer(from)), err);
}

static bool name_put(struct shelf *shelf, const char *id, int64_t number, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_NAME_PUT, VALUES(value_text(id), value_integer(number)), err);
}

static bool parent_put(struct shelf *shelf, int64_t number, int64_t parent, struct error *err)
{
	return memory_run(lane_of(shelf), MEMORY_PARENT_PUT, VALUES(value_integer(number), value_integer(parent)), err);
}

static bool find_id(struct shelf *shelf, struct arena *arena, const char *prefix, const char **out, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	sqlite3_stmt *query = NULL;
	bool found = false;
	*out = NULL;
	if (!memory_ask(lane, MEMORY_FIND_ID, VALUES(value_text(prefix)), &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	if (!found)
		return true;
	const char *first = column_text(arena, query, 0);
	if (!database_row(lane->database, query, &found, err))
		return false;
	if (found && strcmp(first, prefix) != 0)
		return error_set(err, ERROR_INPUT, "\"%s\" fits several messages, among them %s and %s", prefix, first, column_text(arena, query, 0));
	*out = first;
	return true;
}

static bool namesakes(struct shelf *shelf, struct arena *arena, const char *id, struct shelf_names *out, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!memory_ask(lane, MEMORY_NAMESAKES, VALUES(value_text(id)), &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	while (found) {
		shelf_names_add(arena, out, column_text(arena, query, 0));
		if (!database_row(lane->database, query, &found, err))
			return false;
	}
	return true;
}

static bool take_contents(struct memory_lane *lane, struct arena *arena, int64_t number, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!memory_ask(lane, MEMORY_CONTENTS, VALUES(value_integer(number)), &query, err) || !database_row(lane->database, query, &found, err))
		return false;
	if (!found)
		return true;
	bool issued = sqlite3_column_int64(query, 0) != 0;
	struct value second = value_integer(issued ? sqlite3_column_int64(query, 1) : number);
	struct bytes marks = column_bytes(arena, query, 2), prints = column_bytes(arena, query, 3);
	bool good = true;
	for (size_t i = 0; good && i < marks.length / MARK_LENGTH; i++)
		good = memory_run(lane, issued ? MEMORY_MARK_UNISSUE : MEMORY_MARK_TAKE,
				  VALUES(value_blob(bytes_slice(marks, i * MARK_LENGTH, (i + 1) * MARK_LENGTH)), second), err);
	for (size_t i = 0; good && i < prints.length / 8; i++)
		good = memory_run(lane, issued ? MEMORY_PRINT_UNISSUE : MEMORY_PRINT_TAKE,
				  VALUES(value_print(print_of((const unsigned char *)prints.data + 8 * i)), second), err);
	return good;
}

bool memory_remove(struct memory_lane *lane, int64_t number, struct error *err)
{
	static const char *const tables[] = {
		"DELETE FROM contents WHERE message = ?1", "DELETE FROM name WHERE message = ?1", "DELETE FROM parent WHERE message = ?1",
		"DELETE FROM parent WHERE parent = ?1",    "DELETE FROM message WHERE number = ?1",
	};
	struct arena *arena = arena_new();
	bool good = take_contents(lane, arena, number, err);
	arena_free(&arena);
	for (size_t i = 0; good && i < sizeof tables / sizeof *tables; i++)
		good = database_run(lane->database, tables[i], VALUES(value_integer(number)), err);
	return good;
}

static bool remove_id(struct shelf *shelf, const char *id, struct error *err)
{
	struct memory_lane *lane = lane_of(shelf);
	for (;;) {
		bool found = false;
		int64_t number = 0;
		if (!number_of(shelf, id, &found, &number, err))
			return false;
		if (!found)
			break;
		if (!memory_remove(lane, number, err))
			return false;
	}
	return database_run(lane->database, "DELETE FROM copy WHERE id = ?1", VALUES(value_text(id)), err);
}

const struct shelf_verbs memory_shelf_verbs = {
	memory_begin, memory_end, keys, key_put, copies, copy_put, told_put, copies_unsend, with_mark, with_print, print_is_issued, mark_is_issued,
	entry, number_of,
	number_same, parents, entry_put, entry_widen, entry_clear, name_put, parent_put, find_id, namesakes, remove_id, memory_expire_some, memory_count,
	memory_store_close,
};
