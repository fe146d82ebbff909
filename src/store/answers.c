/* answers.c - see answers.h. A rulebook is kept once, for as long as an answer refers to it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answers.h"

#include "base/digest.h"
#include "database.h"

#define DAY ((int64_t)24 * 3600)

static bool rulebook_insert(struct store *store, const char *digest, const char *rulebook, struct error *err)
{
	int64_t known = 0;
	/* It is long: look before it is written. */
	if (!database_number(store, "SELECT count(*) FROM rulebook WHERE digest = ?", VALUES(value_text(digest)), &known, err))
		return false;
	return known > 0 || database_run(store, "INSERT INTO rulebook (digest, rules) VALUES (?,?)",
					 VALUES(value_text(digest), value_text(rulebook)), err);
}

bool answers_insert(struct store *store, const struct record *record, struct error *err)
{
	if (record->answers == NULL)
		return true;
	return rulebook_insert(store, record->rulebook_digest, record->rulebook, err) &&
	       database_run(store, "INSERT OR REPLACE INTO answer (message, rulebook, answers, facts, conclusion) VALUES (?,?,?,?,?)",
			    VALUES(value_text(record->id), value_text(record->rulebook_digest), value_text(record->answers), value_text(record->facts),
				   value_text(record->conclusion)),
			    err);
}

const char *answers_seal(struct arena *arena, const struct kept_answers *answers)
{
	const char *const fields[] = { answers->rulebook_digest, answers->answers, answers->facts, answers->conclusion };
	struct digest digest;
	digest_begin(&digest);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		digest_add_field(&digest, bytes_of(fields[i]));
	return digest_end(&digest, arena);
}

bool store_answers(struct store *store, struct arena *arena, const char *id, struct kept_answers *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	*out = (struct kept_answers){ 0 };
	if (!database_begin_read(store, err))
		return false;
	bool good = database_query(store,
				   "SELECT digest, rules, answers, facts, conclusion FROM answer JOIN rulebook ON digest = rulebook WHERE message = ?",
				   VALUES(value_text(id)), &query, err) &&
		    database_row(store, query, &found, err);
	if (good && found)
		*out = (struct kept_answers){ column_text(arena, query, 0), column_text(arena, query, 1), column_text(arena, query, 2),
					      column_text(arena, query, 3), column_text(arena, query, 4) };
	database_finish(&query);
	return database_end(store, good, err);
}

int64_t plain_day(int64_t at)
{
	return at - at % DAY;
}

static bool plain_within(struct store *store, const struct plain_facts *items, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!rulebook_insert(store, items[i].rulebook_digest, items[i].rulebook, err) ||
		    !database_run(store,
				  "INSERT INTO plain_facts (day, rulebook, facts, count) VALUES (?,?,?,?)"
				  " ON CONFLICT (day, rulebook, facts) DO UPDATE SET count = count + excluded.count",
				  VALUES(value_integer(items[i].day), value_text(items[i].rulebook_digest), value_text(items[i].facts),
					 value_integer(items[i].count)),
				  err))
			return false;
	return true;
}

bool store_plain_add(struct store *store, const struct plain_facts *items, size_t count, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, plain_within(store, items, count, err), err);
}

/* ---- going through all -------------------------------------------------------------------------------------- */

bool store_kept_count(struct store *store, int64_t from, int64_t *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	bool good = database_number(store,
				    "SELECT (SELECT count(*) FROM message WHERE at >= ?1 AND void = 0 AND EXISTS"
				    " (SELECT 1 FROM answer WHERE message = id)) + (SELECT count(*) FROM plain_facts WHERE day >= ?1)",
				    VALUES(value_integer(from)), out, err);
	return database_end(store, good, err);
}

static const char entries[] = "SELECT id, at, rulebook, facts, 1 FROM message JOIN answer ON message = id"
			      " WHERE at >= ?1 AND void = 0 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT ?5";
static const char plain[] = "SELECT NULL, day, rulebook, facts, count FROM plain_facts"
			    " WHERE day >= ?1 AND (day, rulebook, facts) > (?2, ?3, ?4) ORDER BY day, rulebook, facts LIMIT ?5";

static const char *text_or_nothing(const char *text)
{
	return text == NULL ? "" : text;
}

static bool next_within(struct store *store, struct arena *arena, int64_t from, struct kept_cursor *cursor, size_t most,
			struct kept_decision **out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	if (!database_query(store, cursor->plain ? plain : entries,
			    VALUES(value_integer(from), value_integer(cursor->id == NULL ? INT64_MIN : cursor->at), value_text(text_or_nothing(cursor->id)),
				   value_text(text_or_nothing(cursor->facts)), value_integer((int64_t)most)),
			    &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *out, *count_out) = (struct kept_decision){
			.id = column_text(arena, query, 0), .at = sqlite3_column_int64(query, 1), .rulebook_digest = column_text(arena, query, 2),
			.facts = column_text(arena, query, 3), .count = sqlite3_column_int64(query, 4),
		};
	database_finish(&query);
	return good;
}

static void move_on(struct kept_cursor *cursor, const struct kept_decision *last)
{
	*cursor = (struct kept_cursor){ last->id == NULL, last->at, last->id == NULL ? last->rulebook_digest : last->id, last->facts };
}

bool store_kept_next(struct store *store, struct arena *arena, int64_t from, struct kept_cursor *cursor, size_t most, const struct kept_decision **out,
		     size_t *count_out, struct error *err)
{
	struct kept_decision *items = NULL;
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = next_within(store, arena, from, cursor, most, &items, count_out, err);
	if (good && *count_out == 0 && !cursor->plain) {
		*cursor = (struct kept_cursor){ .plain = true };
		good = next_within(store, arena, from, cursor, most, &items, count_out, err);
	}
	if (good && *count_out > 0)
		move_on(cursor, &items[*count_out - 1]);
	*out = items;
	return database_end(store, good, err);
}

bool store_rulebook(struct store *store, struct arena *arena, const char *digest, const char **out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	*out = NULL;
	if (!database_begin_read(store, err))
		return false;
	bool good = database_query(store, "SELECT rules FROM rulebook WHERE digest = ?", VALUES(value_text(digest)), &query, err) &&
		    database_row(store, query, &found, err);
	if (good && found)
		*out = column_text(arena, query, 0);
	database_finish(&query);
	return database_end(store, good, err);
}
