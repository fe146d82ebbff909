/* reply_clock.c - see store/reply_clock.h. The rows that could be meant are few, those of one member; which are is told here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reply_clock.h"

#include <stdlib.h>
#include <string.h>

#include "clock_steps.h"
#include "detail.h"

struct running { /* a clock of one member that has not ended */
	const char *id, *message_id, *thread, *topic, *officer;
};

static bool is_among(const char *text, const char *const *texts, size_t count)
{
	for (size_t i = 0; text != NULL && i < count; i++)
		if (strcmp(text, texts[i]) == 0)
			return true;
	return false;
}

/* A conversation is told by its ids; where a mail program gives none, by its subject. */
static bool is_in_conversation(const struct running *running, const char *const *references, size_t count, const char *topic)
{
	return is_among(running->message_id, references, count) || is_among(running->thread, references, count) ||
	       (topic != NULL && running->topic != NULL && strcmp(topic, running->topic) == 0);
}

static bool select_running(struct store *store, struct arena *arena, const char *rule, const char *member, int64_t at, struct running **out,
			   size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	*count_out = 0;
	if (!database_query(store,
			    "SELECT message, message_id, thread, topic, officer FROM reply_clock WHERE member = ? AND rule = ?"
			    " AND started <= ? AND answered_at IS NULL AND void = 0 ORDER BY started, message",
			    VALUES(value_text(member), value_text(rule), value_integer(at)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *out, *count_out) = (struct running){
			column_text(arena, query, 0), column_text(arena, query, 1), column_text(arena, query, 2), column_text(arena, query, 3),
			column_text(arena, query, 4),
		};
	database_finish(&query);
	return good;
}

/* --- starting --- */

static bool waits_already(struct store *store, struct arena *arena, const struct clock_start *start, int64_t at, bool *answer_out, struct error *err)
{
	struct running *running = NULL;
	size_t count = 0;
	int64_t same = 0;
	if (!database_number(store, "SELECT count(*) FROM reply_clock WHERE rule = ? AND key = ? AND void = 0",
			     VALUES(value_text(start->rule), value_text(start->key)), &same, err) ||
	    !select_running(store, arena, start->rule, start->member, at, &running, &count, err))
		return false;
	*answer_out = same > 0;
	for (size_t i = 0; i < count; i++)
		*answer_out |= is_among(running[i].officer, start->officers, start->officer_count) &&
			       is_in_conversation(&running[i], start->references, start->reference_count, start->topic);
	return true;
}

static bool start_one(struct store *store, struct arena *arena, const struct clock_start *start, const char *id, int64_t at, struct error *err)
{
	bool waits = false;
	if (!waits_already(store, arena, start, at, &waits, err))
		return false;
	return waits || database_run(store,
				     "INSERT OR IGNORE INTO reply_clock (message, rule, message_id, key, thread, topic, member, officer, started,"
				     " contact_due, response_due, contact_reminder, response_reminder) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
				     VALUES(value_text(id), value_text(start->rule), value_text(start->message_id), value_text(start->key),
					    value_text(start->thread), value_text(start->topic), value_text(start->member),
					    value_text(start->officer), value_integer(at), value_integer(start->contact_due),
					    value_integer(start->response_due), value_integer(start->contact_reminder),
					    value_integer(start->response_reminder)),
				     err);
}

/* --- ending --- */

static bool journal_reply(struct store *store, const char *id, const struct clock_reply *reply, int64_t at, struct error *err)
{
	char *detail = detail_text(DETAILS({ "rule", reply->rule }, { "kind", reply->holding ? "holding reply" : "answer" }));
	bool good = journal_append(store, "reply-seen", id, "copyhold", detail, at, err);
	free(detail);
	return good;
}

static bool end_one(struct store *store, const char *clock, const struct clock_reply *reply, const char *id, int64_t at, struct error *err)
{
	if (!reply->holding)
		return database_run(store, "UPDATE reply_clock SET answered_at = ?, answered_by = ? WHERE message = ? AND rule = ?",
				    VALUES(value_integer(at), value_text(id), value_text(clock), value_text(reply->rule)), err);
	if (!database_run(store,
			  "UPDATE reply_clock SET contacted_at = ?, contacted_by = ? WHERE message = ? AND rule = ? AND contacted_at IS NULL",
			  VALUES(value_integer(at), value_text(id), value_text(clock), value_text(reply->rule)), err))
		return false;
	return reply->promised == 0 ||
	       database_run(store,
			    "UPDATE reply_clock SET promised_at = ?, promised = ?, promised_by = ?, response_reminder = ?, response_reminded_at = NULL"
			    " WHERE message = ? AND rule = ?",
			    VALUES(value_integer(at), value_integer(reply->promised), value_text(id), value_integer(reply->promised_reminder),
				   value_text(clock), value_text(reply->rule)),
			    err);
}

/* `by`: the record of the reply; NULL only asks whether there is something to end. */
static bool end_of_member(struct store *store, struct arena *arena, const struct clock_changes *changes, const struct clock_reply *reply,
			  const char *member, const char *by, bool *any, struct error *err)
{
	struct running *running = NULL;
	size_t count = 0;
	if (!select_running(store, arena, reply->rule, member, changes->at, &running, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!is_among(running[i].officer, reply->officers, reply->officer_count) ||
		    !is_in_conversation(&running[i], reply->references, reply->reference_count, reply->topic))
			continue;
		*any = true;
		if (by != NULL && (!end_one(store, running[i].id, reply, by, changes->at, err) ||
			      !journal_reply(store, running[i].id, reply, changes->at, err)))
			return false;
	}
	return true;
}

static bool end_all(struct store *store, struct arena *arena, const struct clock_changes *changes, const char *by, bool *any, struct error *err)
{
	for (size_t i = 0; i < changes->reply_count; i++)
		for (size_t j = 0; j < changes->replies[i].member_count; j++)
			if (!end_of_member(store, arena, changes, &changes->replies[i], changes->replies[i].members[j], by, any, err))
				return false;
	return true;
}

bool store_clock_replies(struct store *store, struct arena *arena, const struct clock_changes *changes, struct error *err)
{
	bool any = false;
	if (!database_begin_read(store, err) || !database_end(store, end_all(store, arena, changes, NULL, &any, err), err))
		return false;
	if (!any)
		return true;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, end_all(store, arena, changes, changes->id, &any, err), err);
}

bool clocks_change(struct store *store, struct arena *arena, const struct clock_changes *changes, const char *id, struct error *err)
{
	bool any = false;
	if (changes == NULL)
		return true;
	for (size_t i = 0; i < changes->start_count; i++)
		if (!start_one(store, arena, &changes->starts[i], id, changes->at, err))
			return false;
	return end_all(store, arena, changes, id, &any, err);
}

/* --- taken back, and come again --- */

bool clocks_void(struct store *store, const char *id, struct error *err)
{
	return database_run(store, "UPDATE reply_clock SET void = 1 WHERE message = ?", VALUES(value_text(id)), err) &&
	       database_run(store, "UPDATE reply_clock SET answered_at = NULL, answered_by = NULL WHERE answered_by = ?", VALUES(value_text(id)), err) &&
	       database_run(store, "UPDATE reply_clock SET contacted_at = NULL, contacted_by = NULL WHERE contacted_by = ?", VALUES(value_text(id)), err) &&
	       database_run(store, "UPDATE reply_clock SET promised_at = NULL, promised = NULL, promised_by = NULL WHERE promised_by = ?",
			    VALUES(value_text(id)), err);
}

bool clocks_revive(struct store *store, const char *id, struct error *err)
{
	return database_run(store, "UPDATE reply_clock SET void = 0 WHERE message = ?", VALUES(value_text(id)), err);
}

/* --- looking, marking, reminding --- */

#define SELECT_CLOCKS \
	"SELECT message, rule, clock.message_id, member, officer, envelope_from, started, contact_due, response_due, contact_reminder," \
	" response_reminder, contacted_at, promised_at, promised, contact_reminded_at, response_reminded_at, answered_at" \
	" FROM reply_clock AS clock JOIN message AS m ON m.id = message WHERE clock.void = 0"

/* `value` is ?1 of the conditions. */
static bool list_within(struct store *store, struct arena *arena, const char *select, struct value value, struct reply_clock_list *out,
			struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct reply_clock *items = NULL;
	bool found = false, good = true;
	if (!database_query(store, select, &value, 1, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct reply_clock *clock = ARENA_PUSH(arena, items, out->count);
		*clock = (struct reply_clock){
			.id = column_text(arena, query, 0), .rule = column_text(arena, query, 1), .message_id = column_text(arena, query, 2),
			.member = column_text(arena, query, 3), .officer = column_text(arena, query, 4), .from = column_text(arena, query, 5),
		};
		int64_t *const numbers[] = { &clock->started, &clock->contact_due, &clock->response_due, &clock->contact_reminder,
					     &clock->response_reminder, &clock->contacted_at, &clock->promised_at, &clock->promised,
					     &clock->contact_reminded_at, &clock->response_reminded_at, &clock->answered_at };
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
			*numbers[i] = sqlite3_column_int64(query, 6 + (int)i);
	}
	database_finish(&query);
	out->items = items;
	return good;
}

/* What came after `at` had not happened then. */
static bool running_within(struct store *store, struct arena *arena, int64_t at, struct reply_clock_list *out, struct error *err)
{
	if (!list_within(store, arena, SELECT_CLOCKS " AND started <= ?1 AND (answered_at IS NULL OR answered_at > ?1) ORDER BY started, message, rule",
			 value_integer(at), out, err))
		return false;
	struct reply_clock *items = arena_array(arena, out->count, sizeof *items);
	for (size_t i = 0; i < out->count; i++) {
		items[i] = out->items[i];
		items[i].answered_at = 0;
		if (items[i].contacted_at > at)
			items[i].contacted_at = 0;
		if (items[i].promised_at > at)
			items[i].promised_at = items[i].promised = 0;
	}
	out->items = items;
	return true;
}

bool store_clocks_running(struct store *store, struct arena *arena, int64_t at, struct reply_clock_list *out, struct error *err)
{
	*out = (struct reply_clock_list){ NULL, 0 };
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, running_within(store, arena, at, out, err), err);
}

bool store_clocks_of(struct store *store, struct arena *arena, const char *id, struct reply_clock_list *out, struct error *err)
{
	*out = (struct reply_clock_list){ NULL, 0 };
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, list_within(store, arena, SELECT_CLOCKS " AND message = ?1 ORDER BY rule", value_text(id), out, err), err);
}

static bool mark_within(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err)
{
	if (!database_run(store,
			  "UPDATE reply_clock SET answered_at = ?, answered_by = ? WHERE message = ? AND void = 0 AND started <= ?1"
			  " AND answered_at IS NULL",
			  VALUES(value_integer(deed->at), value_text(deed->by), value_text(id)), err))
		return false;
	*ended_out = (size_t)database_changes(store);
	if (*ended_out == 0)
		return true;
	char *detail = detail_text(DETAILS({ "reason", deed->reason }));
	bool good = journal_append(store, "reply-marked", id, deed->by, detail, deed->at, err);
	free(detail);
	return good;
}

bool store_clock_mark(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err)
{
	*ended_out = 0;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, mark_within(store, id, deed, ended_out, err), err);
}

static bool reminded_within(struct store *store, const struct reply_clock *clock, enum clock_part part, const struct notice *notice, int64_t at,
			    bool *done_out, struct error *err)
{
	static const char *const notes[] = {
		[CLOCK_CONTACT] = "UPDATE reply_clock SET contact_reminded_at = ? WHERE message = ? AND rule = ? AND contact_reminded_at IS NULL"
				  " AND contacted_at IS NULL AND answered_at IS NULL AND void = 0",
		[CLOCK_RESPONSE] = "UPDATE reply_clock SET response_reminded_at = ? WHERE message = ? AND rule = ? AND response_reminded_at IS NULL"
				   " AND answered_at IS NULL AND void = 0",
	};
	if (!database_run(store, notes[part], VALUES(value_integer(at), value_text(clock->id), value_text(clock->rule)), err))
		return false;
	*done_out = database_changes(store) > 0;
	return !*done_out || notice == NULL || outbox_insert(store, notice, clock->id, at, err);
}

bool store_clock_reminded(struct store *store, const struct reply_clock *clock, enum clock_part part, const struct notice *notice, int64_t at,
			  bool *done_out, struct error *err)
{
	*done_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, reminded_within(store, clock, part, notice, at, done_out, err), err);
}
