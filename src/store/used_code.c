/* used_code.c - see used_code.h. Steps of no use to anybody any more go whenever one is noted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/used_code.h"

#include "database.h"

bool store_code_used(struct store *store, const char *login, int64_t oldest, int64_t newest, int64_t *step_out, struct error *err)
{
	*step_out = 0;
	if (!database_begin_read(store, err))
		return false;
	return database_end(store,
			    database_number(store, "SELECT step FROM used_code WHERE login = ? AND step BETWEEN ? AND ?",
					    VALUES(value_text(login), value_integer(oldest), value_integer(newest)), step_out, err),
			    err);
}

/* A step later than any that serves was noted by a clock that was wrong. */
static bool claim_within(struct store *store, const char *login, int64_t step, int64_t oldest, int64_t newest, bool *mine_out, struct error *err)
{
	if (!database_run(store, "DELETE FROM used_code WHERE step NOT BETWEEN ? AND ?", VALUES(value_integer(oldest), value_integer(newest)), err) ||
	    !database_run(store,
			  "INSERT INTO used_code (login, step) VALUES (?, ?)"
			  " ON CONFLICT (login) DO UPDATE SET step = excluded.step WHERE excluded.step > used_code.step",
			  VALUES(value_text(login), value_integer(step)), err))
		return false;
	*mine_out = database_changes(store) > 0;
	return true;
}

bool store_code_claim(struct store *store, const char *login, int64_t step, int64_t oldest, int64_t newest, bool *mine_out, struct error *err)
{
	*mine_out = false;
	if (!database_begin_write(store, err))
		return false;
	bool good = database_end(store, claim_within(store, login, step, oldest, newest, mine_out, err), err);
	*mine_out = good && *mine_out;
	return good;
}
