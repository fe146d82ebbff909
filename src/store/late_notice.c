/* late_notice.c - see late_notice.h. Whether the judgement that made one was taken back is asked when it is due.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "late_notice.h"

#include <stdlib.h>
#include <string.h>

static bool state_of_copy(struct store *store, const struct deferred_notice *deferred, char **state_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	*state_out = NULL;
	bool good = database_query(store,
				   "SELECT state FROM recipient JOIN message ON message.id = message WHERE message = ? AND address = ? COLLATE NOCASE"
				   " AND state IS NOT NULL AND void = 0",
				   VALUES(value_text(deferred->after_id), value_text(deferred->after_recipient)), &query, err) &&
		    database_row(store, query, &found, err);
	if (good && found && (*state_out = strdup((const char *)sqlite3_column_text(query, 0))) == NULL)
		abort();
	database_finish(&query);
	return good;
}

static bool is_kept_back(const char *state)
{
	return strcmp(state, hold_state_name(HOLD_HELD)) == 0 || strcmp(state, hold_state_name(HOLD_RELEASING)) == 0 ||
	       strcmp(state, hold_state_name(HOLD_IN_DOUBT)) == 0;
}

bool late_notice_insert(struct store *store, const struct deferred_notice *deferred, const char *id, int64_t at, struct error *err)
{
	const struct notice *notice = &deferred->notice;
	char *state = NULL;
	if (!state_of_copy(store, deferred, &state, err))
		return false;
	bool good = true;
	if (state != NULL && strcmp(state, hold_state_name(HOLD_RELEASED)) == 0)
		good = outbox_insert(store, notice, id, at + STORE_NOTICE_DELAY, err);
	else if (state != NULL && is_kept_back(state))
		good = database_run(store,
				    "INSERT INTO late_notice (message, after_message, after_recipient, kind, recipient, octets) VALUES (?,?,?,?,?,?)",
				    VALUES(value_text(id), value_text(deferred->after_id), value_text(deferred->after_recipient),
					   value_text(notice_kind_name(notice->kind)), value_text(notice->to), value_blob(notice->message)),
				    err);
	free(state);
	return good;
}

bool late_notice_due(struct store *store, const char *after_id, const char *after_recipient, int64_t at, struct error *err)
{
	return database_run(store,
			    "INSERT INTO outbox (message, kind, recipient, octets, made_at, not_before) SELECT n.message, n.kind, n.recipient, n.octets,"
			    " ?3, ?3 FROM late_notice AS n JOIN message AS m ON m.id = n.message WHERE n.after_message = ?1"
			    " AND n.after_recipient = ?2 COLLATE NOCASE AND m.void = 0",
			    VALUES(value_text(after_id), value_text(after_recipient), value_integer(at)), err) &&
	       late_notice_drop(store, after_id, after_recipient, err);
}

bool late_notice_drop(struct store *store, const char *after_id, const char *after_recipient, struct error *err)
{
	return database_run(store, "DELETE FROM late_notice WHERE after_message = ?1 AND (?2 IS NULL OR after_recipient = ?2 COLLATE NOCASE)",
			    VALUES(value_text(after_id), value_text(after_recipient)), err);
}
