/* answers.c - see answers.h. A rulebook is kept once, for as long as an answer refers to it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answers.h"

#include "database.h"

bool answers_insert(struct store *store, const struct record *record, struct error *err)
{
	if (record->answers == NULL)
		return true;
	return database_run(store, "INSERT OR IGNORE INTO rulebook (digest, rules) VALUES (?,?)",
			    VALUES(value_text(record->rulebook_digest), value_text(record->rulebook)), err) &&
	       database_run(store, "INSERT OR REPLACE INTO answer (message, rulebook, answers) VALUES (?,?,?)",
			    VALUES(value_text(record->id), value_text(record->rulebook_digest), value_text(record->answers)), err);
}

bool store_answers(struct store *store, struct arena *arena, const char *id, struct kept_answers *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	*out = (struct kept_answers){ 0 };
	if (!database_begin_read(store, err))
		return false;
	bool good = database_query(store, "SELECT rules, answers FROM answer JOIN rulebook ON digest = rulebook WHERE message = ?",
				   VALUES(value_text(id)), &query, err) &&
		    database_row(store, query, &found, err);
	if (good && found)
		*out = (struct kept_answers){ column_text(arena, query, 0), column_text(arena, query, 1) };
	database_finish(&query);
	return database_end(store, good, err);
}
