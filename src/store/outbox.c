/* outbox.c - own mail that waits: put there in the transaction that caused it, sent by whoever takes the lease.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/text.h"
#include "database.h"
#include "detail.h"

#define DAY ((int64_t)86400)

/* What was taken back has told nobody. `topic` NULL: any of those that tell of a judgement. */
static bool count_told(struct store *store, const char *to, const char *topic, int64_t at, int64_t *count_out, struct error *err)
{
	return database_number(store,
			       "SELECT count(*) FROM outbox WHERE recipient = ?1 AND made_at > ?2 AND state <> 'withdrawn'"
			       " AND (kind IN ('held','annotated','advice') OR kind = 'companion' AND topic IS NOT NULL) AND (?3 IS NULL OR topic = ?3)",
			       VALUES(value_text(to), value_integer(at - DAY), value_text(topic)), count_out, err);
}

static bool leave_out(struct store *store, const struct notice *notice, const char *id, const char *why, int64_t at, struct error *err)
{
	char *detail = detail_text(DETAILS({ "kind", notice_kind_name(notice->kind) }, { "to", notice->to }, { "why", why }));
	bool good = journal_append(store, "notice-left-out", id, "copyhold", detail, at, err);
	free(detail);
	return good;
}

static bool insert_with_topic(struct store *store, const struct notice *notice, const char *id, const char *topic, int64_t not_before,
			      struct error *err)
{
	return database_run(store,
			    "INSERT INTO outbox (message, kind, recipient, octets, made_at, not_before, topic) VALUES (?1,?2,?3,?4,?5,?5,?6)",
			    VALUES(value_text(id), value_text(notice_kind_name(notice->kind)), value_text(notice->to),
				   value_blob(notice->message), value_integer(not_before), value_text(topic)),
			    err);
}

/* A companion notice about a rule is a note beside somebody else's message: strangers can cause any number of them. */
static bool tells_of_a_judgement(const struct notice *notice)
{
	return notice->kind == NOTICE_HELD || notice->kind == NOTICE_ANNOTATED || notice->kind == NOTICE_ADVICE ||
	       (notice->kind == NOTICE_COMPANION && notice->rule != NULL);
}

bool outbox_insert_once(struct store *store, const struct notice *notice, const char *id, const struct told_before *before, int64_t not_before,
			struct error *err)
{
	struct text topic = TEXT_INIT;
	int64_t same = 0, all = 0;
	if (!tells_of_a_judgement(notice))
		return outbox_insert(store, notice, id, not_before, err);
	if (notice->rule != NULL && before->thread != NULL)
		text_printf(&topic, "%s %s", notice->rule, before->thread);
	else if (notice->kind == NOTICE_COMPANION)
		text_printf(&topic, "%s %s", notice->rule, id);
	const char *about = topic.length == 0 ? NULL : text_string(&topic);
	bool good = (about == NULL || count_told(store, notice->to, about, before->at, &same, err)) &&
		    (before->most == 0 || count_told(store, notice->to, NULL, before->at, &all, err));
	if (good && same > 0)
		good = leave_out(store, notice, id, "told of this rule in this conversation within a day", before->at, err);
	else if (good && before->most > 0 && all >= before->most)
		good = leave_out(store, notice, id, "as many notices within a day as the limit allows", before->at, err);
	else if (good)
		good = insert_with_topic(store, notice, id, about, not_before, err);
	text_release(&topic);
	return good;
}

bool outbox_insert(struct store *store, const struct notice *notice, const char *id, int64_t not_before, struct error *err)
{
	return insert_with_topic(store, notice, id, NULL, not_before, err);
}

/* Its octets have an id of their own; what came twice within a second has it twice. */
bool outbox_remove_private(struct store *store, const struct notice *notice, int64_t not_before, struct error *err)
{
	return database_run(store,
			    "DELETE FROM outbox WHERE number = (SELECT max(number) FROM outbox WHERE message IS NULL AND kind = ? AND recipient = ?"
			    " AND made_at = ? AND octets = ? AND state = 'waiting')",
			    VALUES(value_text(notice_kind_name(notice->kind)), value_text(notice->to), value_integer(not_before),
				   value_blob(notice->message)),
			    err);
}

bool store_outbox_add(struct store *store, const struct notice *notice, const char *id, int64_t not_before, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, outbox_insert(store, notice, id, not_before, err), err);
}

static bool select_due(struct store *store, struct arena *arena, int64_t now, bool *found_out, struct outgoing *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store,
			    "SELECT number, message, kind, recipient, octets, tries, made_at FROM outbox"
			    " WHERE state = 'waiting' AND not_before <= ? ORDER BY not_before, number LIMIT 1",
			    VALUES(value_integer(now)), &query, err))
		return false;
	bool good = database_row(store, query, found_out, err);
	if (good && *found_out)
		*out = (struct outgoing){
			.number = sqlite3_column_int64(query, 0),
			.id = column_text(arena, query, 1),
			.kind = column_text(arena, query, 2),
			.to = column_text(arena, query, 3),
			.message = column_bytes(arena, query, 4),
			.tries = sqlite3_column_int(query, 5) + 1,
			.made_at = sqlite3_column_int64(query, 6),
		};
	database_finish(&query);
	return good;
}

/* The lease is a later not_before: whoever took it and died is followed by somebody else. */
static bool take_due(struct store *store, struct arena *arena, int64_t now, int lease, bool *found_out, struct outgoing *out,
		     struct error *err)
{
	if (!select_due(store, arena, now, found_out, out, err))
		return false;
	return !*found_out || database_run(store, "UPDATE outbox SET not_before = ?, tries = tries + 1 WHERE number = ?",
					   VALUES(value_integer(now + lease), value_integer(out->number)), err);
}

bool store_outbox_take(struct store *store, struct arena *arena, int64_t now, int lease, bool *found_out, struct outgoing *out,
		       struct error *err)
{
	*found_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, take_due(store, arena, now, lease, found_out, out, err), err);
}

/* Told in private and of no message: of that nothing is kept, not even that it was said. */
static bool forget_private(struct store *store, int64_t number, struct error *err)
{
	return database_run(store, "DELETE FROM outbox WHERE number = ? AND message IS NULL AND kind IN ('advice','companion')",
			    VALUES(value_integer(number)), err);
}

static bool journal_outgoing(struct store *store, const char *what, int64_t number, const char *reply, int64_t at, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	if (!database_query(store, "SELECT message, kind, recipient FROM outbox WHERE number = ?", VALUES(value_integer(number)),
			    &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	if (good && found) {
		const char *id = (const char *)sqlite3_column_text(query, 0);
		char *detail = detail_text(DETAILS({ "kind", (const char *)sqlite3_column_text(query, 1) },
						   { "to", (const char *)sqlite3_column_text(query, 2) }, { "reply", reply }));
		good = journal_append(store, what, id, "outbox", detail, at, err);
		free(detail);
	}
	database_finish(&query);
	return good;
}

/* What is done with needs its octets no longer. */
static bool finish_outgoing(struct store *store, const char *state, const char *what, int64_t number, const char *reply, int64_t at,
			    struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	bool good = database_run(store,
				 "UPDATE outbox SET state = ?, last_reply = ?, done_at = ?, octets = zeroblob(0)"
				 " WHERE number = ? AND state IN ('waiting','withdrawn')",
				 VALUES(value_text(state), value_text(reply), value_integer(at), value_integer(number)), err);
	bool done = good && database_changes(store) > 0;
	good = good && forget_private(store, number, err);
	if (good && done && database_changes(store) == 0)
		good = journal_outgoing(store, what, number, reply, at, err);
	return database_end(store, good, err);
}

bool store_outbox_sent(struct store *store, int64_t number, const char *reply, int64_t at, struct error *err)
{
	return finish_outgoing(store, "sent", "notice-sent", number, reply, at, err);
}

bool store_outbox_failed(struct store *store, int64_t number, const char *reply, int64_t retry_at, int64_t at, struct error *err)
{
	if (retry_at == 0)
		return finish_outgoing(store, "given-up", "notice-given-up", number, reply, at, err);
	if (!database_begin_write(store, err))
		return false;
	return database_end(store,
			    database_run(store, "UPDATE outbox SET not_before = ?, last_reply = ? WHERE number = ? AND state = 'waiting'",
					 VALUES(value_integer(retry_at), value_text(reply), value_integer(number)), err),
			    err);
}
