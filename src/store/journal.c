/* journal.c - the append-only journal: each line carries the SHA-256 of the line before it and its own fields.
 *
 * What is hashed: the previous hash in hex (nothing for line 1), then number, at, what, id, by and detail, each as
 * "LENGTH:octets," (a netstring), or "-," when absent. An auditor can repeat it with any tool. A line past its time keeps its hash
 * under a seal (reduce.c); verify.c walks the whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "chain.h"

static void add_netstring(struct text *line, const char *field)
{
	if (field == NULL)
		text_add(line, "-,");
	else
		text_printf(line, "%zu:%s,", strlen(field), field);
}

static void add_number(struct text *line, int64_t number)
{
	struct text digits = TEXT_INIT;
	text_printf(&digits, "%lld", (long long)number);
	add_netstring(line, text_string(&digits));
	text_release(&digits);
}

const char *line_hash(struct arena *arena, const struct journal_line *line, const char *previous)
{
	struct text canonical = TEXT_INIT;
	text_add(&canonical, previous);
	add_number(&canonical, line->number);
	add_number(&canonical, line->at);
	add_netstring(&canonical, line->what);
	add_netstring(&canonical, line->id);
	add_netstring(&canonical, line->by);
	add_netstring(&canonical, line->detail);
	const char *hash = digest_of(arena, text_bytes(&canonical));
	text_release(&canonical);
	return hash;
}

struct journal_line line_of(sqlite3_stmt *query)
{
	return (struct journal_line){
		.number = sqlite3_column_int64(query, 0),
		.at = sqlite3_column_int64(query, 1),
		.what = (const char *)sqlite3_column_text(query, 2),
		.id = (const char *)sqlite3_column_text(query, 3),
		.by = (const char *)sqlite3_column_text(query, 4),
		.detail = (const char *)sqlite3_column_text(query, 5),
		.hash = (const char *)sqlite3_column_text(query, 6),
	};
}

struct journal_line line_copy(struct arena *arena, const struct journal_line *line)
{
	struct journal_line copy = *line;
	copy.what = arena_string(arena, line->what);
	copy.id = arena_string(arena, line->id);
	copy.by = arena_string(arena, line->by);
	copy.detail = arena_string(arena, line->detail);
	copy.hash = arena_string(arena, line->hash);
	return copy;
}

static bool select_lines(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t value_count,
			 struct journal_line **out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store, sql, values, value_count, &query, err))
		return false;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct journal_line line = line_of(query);
		*ARENA_PUSH(arena, *out, *count_out) = line_copy(arena, &line);
	}
	database_finish(&query);
	return good;
}

bool journal_head(struct store *store, struct arena *arena, struct journal_line *out, struct error *err)
{
	struct journal_line *lines = NULL;
	size_t count = 0;
	if (!select_lines(store, arena, LINE_COLUMNS "ORDER BY number DESC LIMIT 1", NULL, 0, &lines, &count, err))
		return false;
	*out = count == 0 ? (struct journal_line){ .hash = "" } : lines[0];
	return true;
}

static bool append_after(struct store *store, struct arena *arena, const struct journal_line *head, struct journal_line *line,
			 struct error *err)
{
	line->number = head->number + 1;
	line->hash = line_hash(arena, line, head->hash);
	return database_run(store, "INSERT INTO journal (number, at, what, id, by, detail, hash) VALUES (?,?,?,?,?,?,?)",
			    VALUES(value_integer(line->number), value_integer(line->at), value_text(line->what), value_text(line->id),
				   value_text(line->by), value_text(line->detail), value_text(line->hash)),
			    err);
}

bool journal_append(struct store *store, const char *what, const char *id, const char *by, const char *detail, int64_t at,
		    struct error *err)
{
	struct arena *arena = arena_new();
	struct journal_line head, line = { .at = at, .what = what, .id = id, .by = by, .detail = detail == NULL ? "{}" : detail };
	bool good = journal_head(store, arena, &head, err) && append_after(store, arena, &head, &line, err);
	arena_free(&arena);
	return good;
}

bool store_journal(struct store *store, const char *what, const char *id, const char *by, const char *detail, int64_t at,
		   struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, journal_append(store, what, id, by, detail, at, err), err);
}

bool store_journal_head(struct store *store, struct arena *arena, struct journal_line *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, journal_head(store, arena, out, err), err);
}

bool store_journal_list(struct store *store, struct arena *arena, int64_t from, int64_t to, const struct journal_line **out,
			size_t *count_out, struct error *err)
{
	struct journal_line *lines = NULL;
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = select_lines(store, arena, LINE_COLUMNS "WHERE at >= ? AND at < ? ORDER BY number",
				 VALUES(value_integer(from), value_integer(to)), &lines, count_out, err);
	*out = lines;
	return database_end(store, good, err);
}

bool store_journal_of(struct store *store, struct arena *arena, const char *what, const struct journal_line **out, size_t *count_out,
		      struct error *err)
{
	struct journal_line *lines = NULL;
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = select_lines(store, arena, LINE_COLUMNS "WHERE what = ? ORDER BY number", VALUES(value_text(what)), &lines, count_out, err);
	*out = lines;
	return database_end(store, good, err);
}

bool store_journal_reload(struct store *store, struct arena *arena, const char *what, const char *by, struct journal_line *out, struct error *err)
{
	struct journal_line *lines = NULL;
	size_t count = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = select_lines(store, arena,
				 LINE_COLUMNS "WHERE what IN ('reload', 'reload-refused') AND what = ? AND by = ? ORDER BY number DESC LIMIT 1",
				 VALUES(value_text(what), value_text(by)), &lines, &count, err);
	*out = count == 0 ? (struct journal_line){ .hash = "" } : lines[0];
	return database_end(store, good, err);
}

bool store_journal_is_reduced(struct store *store, int64_t from, bool *answer_out, struct error *err)
{
	int64_t count = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = database_number(store, "SELECT count(*) FROM journal WHERE at >= ? AND substr(detail, 1, 11) = '{\"reduced\":'",
				    VALUES(value_integer(from)), &count, err);
	*answer_out = count > 0;
	return database_end(store, good, err);
}

bool store_journal_line(struct store *store, struct arena *arena, int64_t number, struct journal_line *out, struct error *err)
{
	struct journal_line *lines = NULL;
	size_t count = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = select_lines(store, arena, LINE_COLUMNS "WHERE number = ?", VALUES(value_integer(number)), &lines, &count, err);
	*out = count == 0 ? (struct journal_line){ .hash = "" } : lines[0];
	return database_end(store, good, err);
}
