/* duty.c - see store/duty.h. The rows that could be meant are few, those for which one waits; which are is told here.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/duty.h"

#include <stdlib.h>
#include <string.h>

#include "duty_steps.h"
#include "detail.h"

struct running { /* a duty for which somebody waits, and which has not ended */
	const char *id, *message_id, *thread, *topic, *owner, *matter;
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

static bool select_running(struct store *store, struct arena *arena, const char *rule, const char *waiting, int64_t at, struct running **out,
			   size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	*count_out = 0;
	if (!database_query(store,
			    "SELECT message, message_id, thread, topic, owner, matter FROM duty WHERE waiting = ?1 AND rule = ?2"
			    " AND started <= ?3 AND (lapses = 0 OR lapses > ?3) AND met_at IS NULL AND void = 0 ORDER BY started, message",
			    VALUES(value_text(waiting), value_text(rule), value_integer(at)), &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *out, *count_out) = (struct running){
			column_text(arena, query, 0), column_text(arena, query, 1), column_text(arena, query, 2), column_text(arena, query, 3),
			column_text(arena, query, 4), column_text(arena, query, 5),
		};
	database_finish(&query);
	return good;
}

/* --- starting --- */

static bool waits_already(struct store *store, struct arena *arena, const struct duty_start *start, int64_t at, bool *answer_out, struct error *err)
{
	struct running *running = NULL;
	size_t count = 0;
	int64_t same = 0;
	if (!database_number(store, "SELECT count(*) FROM duty WHERE rule = ? AND key = ? AND waiting = ? AND void = 0",
			     VALUES(value_text(start->rule), value_text(start->key), value_text(start->waiting)), &same, err) ||
	    !select_running(store, arena, start->rule, start->waiting, at, &running, &count, err))
		return false;
	*answer_out = same > 0;
	for (size_t i = 0; i < count; i++)
		*answer_out |= is_among(running[i].owner, start->owners, start->owner_count) &&
			       is_in_conversation(&running[i], start->references, start->reference_count, start->topic);
	return true;
}

static bool start_one(struct store *store, struct arena *arena, const struct duty_start *start, const char *id, int64_t at, struct error *err)
{
	bool waits = false;
	if (!waits_already(store, arena, start, at, &waits, err))
		return false;
	return waits || database_run(store,
				     "INSERT OR IGNORE INTO duty (message, rule, waiting, owner, message_id, key, thread, topic, matter, started,"
				     " contact_due, due, contact_reminder, reminder, deputy_reminder, lapses) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
				     VALUES(value_text(id), value_text(start->rule), value_text(start->waiting), value_text(start->owner),
					    value_text(start->message_id), value_text(start->key), value_text(start->thread),
					    value_text(start->topic), value_text(start->matter), value_integer(at),
					    value_integer(start->contact_due), value_integer(start->due),
					    value_integer(start->contact_reminder), value_integer(start->reminder),
					    value_integer(start->deputy_reminder), value_integer(start->lapses)),
				     err);
}

/* --- ending --- */

static bool journal_deed(struct store *store, const char *id, const struct duty_deed *deed, int64_t at, struct error *err)
{
	/* An answer is somebody's own; what anybody may do is none. */
	const char *kind = deed->holding ? "holding reply" : deed->by_anybody ? "deed" : "answer";
	char *detail = detail_text(DETAILS({ "rule", deed->rule }, { "kind", kind }));
	bool good = journal_append(store, "reply-seen", id, "copyhold", detail, at, err);
	free(detail);
	return good;
}

/* One duty of the message `of`, for whoever waits. */
struct meant {
	const char *of, *waiting;
};

static bool end_one(struct store *store, const struct meant *meant, const struct duty_deed *deed, const char *id, int64_t at, struct error *err)
{
	if (!deed->holding)
		return database_run(store, "UPDATE duty SET met_at = ?, met_by = ? WHERE message = ? AND rule = ? AND waiting = ?",
				    VALUES(value_integer(at), value_text(id), value_text(meant->of), value_text(deed->rule),
					   value_text(meant->waiting)), err);
	if (!database_run(store,
			  "UPDATE duty SET contacted_at = ?, contacted_by = ? WHERE message = ? AND rule = ? AND waiting = ?"
			  " AND contacted_at IS NULL",
			  VALUES(value_integer(at), value_text(id), value_text(meant->of), value_text(deed->rule), value_text(meant->waiting)),
			  err))
		return false;
	return deed->promised == 0 ||
	       database_run(store,
			    "UPDATE duty SET earlier_promised_at = promised_at, earlier_promised = promised, earlier_promised_by = promised_by,"
			    " earlier_reminder = reminder, earlier_reminded_at = reminded_at,"
			    " promised_at = ?, promised = ?, promised_by = ?, reminder = ?, reminded_at = NULL"
			    " WHERE message = ? AND rule = ? AND waiting = ?",
			    VALUES(value_integer(at), value_integer(deed->promised), value_text(id), value_integer(deed->promised_reminder),
				   value_text(meant->of), value_text(deed->rule), value_text(meant->waiting)),
			    err);
}

/* By the conversation, by what the rule says it is about, or because all of them are. */
static bool is_meant(const struct running *running, const struct duty_deed *deed)
{
	if (!deed->by_anybody && !is_among(running->owner, deed->owners, deed->owner_count))
		return false;
	return deed->any_matter || is_among(running->matter, deed->matters, deed->matter_count) ||
	       is_in_conversation(running, deed->references, deed->reference_count, deed->topic);
}

/* `by`: the record of the deed; NULL only asks whether there is something to end. What a message lays on it does not do itself. */
static bool end_for(struct store *store, struct arena *arena, const struct duty_changes *changes, const struct duty_deed *deed,
		    const char *waiting, const char *by, bool *any, struct error *err)
{
	struct running *running = NULL;
	size_t count = 0;
	if (!select_running(store, arena, deed->rule, waiting, changes->at, &running, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!is_meant(&running[i], deed) || strcmp(running[i].id, changes->id) == 0 || (by != NULL && strcmp(running[i].id, by) == 0))
			continue;
		*any = true;
		if (by != NULL && (!end_one(store, &(struct meant){ running[i].id, waiting }, deed, by, changes->at, err) ||
				   !journal_deed(store, running[i].id, deed, changes->at, err)))
			return false;
	}
	return true;
}

static bool end_all(struct store *store, struct arena *arena, const struct duty_changes *changes, const char *by, bool *any, struct error *err)
{
	for (size_t i = 0; i < changes->deed_count; i++)
		for (size_t j = 0; j < changes->deeds[i].waiting_count; j++)
			if (!end_for(store, arena, changes, &changes->deeds[i], changes->deeds[i].waiting[j], by, any, err))
				return false;
	return true;
}

bool duties_end_any(struct store *store, struct arena *arena, const struct duty_changes *changes, bool *any_out, struct error *err)
{
	*any_out = false;
	return end_all(store, arena, changes, NULL, any_out, err);
}

bool duties_end(struct store *store, struct arena *arena, const struct duty_changes *changes, const char *id, struct error *err)
{
	bool any = false;
	return end_all(store, arena, changes, id, &any, err);
}

bool duties_change(struct store *store, struct arena *arena, const struct duty_changes *changes, const char *id, struct error *err)
{
	if (changes == NULL)
		return true;
	for (size_t i = 0; i < changes->start_count; i++)
		if (!start_one(store, arena, &changes->starts[i], id, changes->at, err))
			return false;
	return duties_end(store, arena, changes, id, err);
}

/* --- taken back, and come again --- */

/* The lines of what was seen stay; these say that it did not come to pass. */
static bool journal_taken_back(struct store *store, const char *id, int64_t at, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	if (!database_query(store, "SELECT message, rule FROM duty WHERE ? IN (met_by, contacted_by, promised_by) ORDER BY message, rule, waiting",
			    VALUES(value_text(id)), &query, err))
		return false;
	while (good && (good = database_row(store, query, &found, err)) && found) {
		char *detail = detail_text(DETAILS({ "rule", (const char *)sqlite3_column_text(query, 1) }));
		good = journal_append(store, "reply-taken-back", (const char *)sqlite3_column_text(query, 0), "copyhold", detail, at, err);
		free(detail);
	}
	database_finish(&query);
	return good;
}

bool duties_void(struct store *store, const char *id, int64_t at, struct error *err)
{
	static const char *const steps[] = {
		"UPDATE duty SET void = 1 WHERE message = ?",
		"UPDATE duty SET met_at = NULL, met_by = NULL WHERE met_by = ?",
		"UPDATE duty SET contacted_at = NULL, contacted_by = NULL WHERE contacted_by = ?",
		("UPDATE duty SET promised_at = earlier_promised_at, promised = earlier_promised, promised_by = earlier_promised_by,"
		 " reminder = coalesce(earlier_reminder, reminder), reminded_at = earlier_reminded_at WHERE promised_by = ?"),
	};
	if (!journal_taken_back(store, id, at, err))
		return false;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (!database_run(store, steps[i], VALUES(value_text(id)), err))
			return false;
	return true;
}

bool duties_revive(struct store *store, const char *id, struct error *err)
{
	return database_run(store, "UPDATE duty SET void = 0 WHERE message = ?", VALUES(value_text(id)), err);
}

/* --- looking, marking, reminding --- */

#define SELECT_DUTIES \
	"SELECT message, rule, d.message_id, waiting, owner, envelope_from, matter, started, contact_due, due, contact_reminder, reminder," \
	" deputy_reminder, lapses, contacted_at, promised_at, promised, contact_reminded_at, reminded_at, deputy_reminded_at, met_at" \
	" FROM duty AS d JOIN message AS m ON m.id = message WHERE d.void = 0"

/* `value` is ?1 of the conditions. */
static bool list_within(struct store *store, struct arena *arena, const char *select, struct value value, struct duty_list *out,
			struct error *err)
{
	sqlite3_stmt *query = NULL;
	struct duty *items = NULL;
	bool found = false, good = true;
	if (!database_query(store, select, &value, 1, &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct duty *duty = ARENA_PUSH(arena, items, out->count);
		*duty = (struct duty){
			.id = column_text(arena, query, 0), .rule = column_text(arena, query, 1), .message_id = column_text(arena, query, 2),
			.waiting = column_text(arena, query, 3), .owner = column_text(arena, query, 4), .from = column_text(arena, query, 5),
			.matter = column_text(arena, query, 6),
		};
		int64_t *const numbers[] = { &duty->started, &duty->contact_due, &duty->due, &duty->contact_reminder, &duty->reminder,
					     &duty->deputy_reminder, &duty->lapses, &duty->contacted_at, &duty->promised_at, &duty->promised,
					     &duty->contact_reminded_at, &duty->reminded_at, &duty->deputy_reminded_at, &duty->met_at };
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
			*numbers[i] = sqlite3_column_int64(query, 7 + (int)i);
	}
	database_finish(&query);
	out->items = items;
	return good;
}

/* What came after `at` had not happened then. */
static bool running_within(struct store *store, struct arena *arena, int64_t at, struct duty_list *out, struct error *err)
{
	if (!list_within(store, arena, SELECT_DUTIES " AND started <= ?1 AND (lapses = 0 OR lapses > ?1) AND (met_at IS NULL OR met_at > ?1)"
			 " ORDER BY started, message, rule, waiting",
			 value_integer(at), out, err))
		return false;
	struct duty *items = arena_array(arena, out->count, sizeof *items);
	for (size_t i = 0; i < out->count; i++) {
		items[i] = out->items[i];
		items[i].met_at = 0;
		if (items[i].contacted_at > at)
			items[i].contacted_at = 0;
		if (items[i].promised_at > at)
			items[i].promised_at = items[i].promised = 0;
	}
	out->items = items;
	return true;
}

bool store_duties_running(struct store *store, struct arena *arena, int64_t at, struct duty_list *out, struct error *err)
{
	*out = (struct duty_list){ NULL, 0 };
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, running_within(store, arena, at, out, err), err);
}

bool store_duties_of(struct store *store, struct arena *arena, const char *id, struct duty_list *out, struct error *err)
{
	*out = (struct duty_list){ NULL, 0 };
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, list_within(store, arena, SELECT_DUTIES " AND message = ?1 ORDER BY rule, waiting", value_text(id), out, err), err);
}

static bool mark_within(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err)
{
	if (!database_run(store,
			  "UPDATE duty SET met_at = ?, met_by = ? WHERE message = ? AND void = 0 AND started <= ?1 AND met_at IS NULL",
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

bool store_duty_mark(struct store *store, const char *id, const struct deed *deed, size_t *ended_out, struct error *err)
{
	*ended_out = 0;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, mark_within(store, id, deed, ended_out, err), err);
}

static bool note_reminded(struct store *store, const struct duty *duty, enum duty_part part, int64_t at, struct error *err)
{
	static const char *const notes[] = {
		[DUTY_CONTACT] = "UPDATE duty SET contact_reminded_at = ? WHERE message = ? AND rule = ? AND waiting = ?"
				 " AND contact_reminded_at IS NULL AND contacted_at IS NULL AND met_at IS NULL AND void = 0",
		[DUTY_DEED] = "UPDATE duty SET reminded_at = ? WHERE message = ? AND rule = ? AND waiting = ? AND reminded_at IS NULL"
			      " AND met_at IS NULL AND void = 0",
		[DUTY_DEPUTY] = "UPDATE duty SET deputy_reminded_at = ? WHERE message = ? AND rule = ? AND waiting = ?"
				" AND deputy_reminded_at IS NULL AND met_at IS NULL AND void = 0",
	};
	return database_run(store, notes[part], VALUES(value_integer(at), value_text(duty->id), value_text(duty->rule), value_text(duty->waiting)),
			    err);
}

static bool reminded_within(struct store *store, const struct duty *duties, size_t count, const struct duty_reminder *reminder, bool *done_out,
			    struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		for (enum duty_part each = reminder->from; each <= reminder->part; each++)
			if (!note_reminded(store, &duties[i], each, reminder->at, err))
				return false;
		*done_out |= database_changes(store) > 0; /* of the last one noted, which is `part` */
	}
	for (size_t i = 0; *done_out && i < reminder->notice_count; i++)
		if (!outbox_insert(store, &reminder->notices[i], duties[0].id, reminder->at, err))
			return false;
	return true;
}

bool store_duties_reminded(struct store *store, const struct duty *duties, size_t count, const struct duty_reminder *reminder, bool *done_out,
			   struct error *err)
{
	*done_out = false;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, reminded_within(store, duties, count, reminder, done_out, err), err);
}
