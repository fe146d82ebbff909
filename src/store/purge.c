/* purge.c - disposal by class, in small transactions that each carry their proof; see purge.h.
 *
 * A class is a row: which items are due, what is done to one, what may stop it. Whoever adds a table that names people or
 * messages adds its step to the class it goes with; test_purge holds the tables of the schema against these rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/digest.h"
#include "detail.h"
#include "purge_order.h"

#define BATCH_OCTETS ((int64_t)16 << 20)
#define PAUSE_NANOSECONDS 10000000L
#define CLAIM_SECONDS ((int64_t)3600)
/* Content that was taken back may come again within 30 days at most (report.retry_days), and is then revived. */
#define REVIVAL_SECONDS ((int64_t)31 * 86400)

struct item {
	const char *key; /* the message's id, or a number */
	int64_t at, octets;
};
typedef bool spare_function(struct store *store, struct arena *arena, const struct purge_order *order, const struct holds *holds,
			    const struct item *item, bool *answer_out, struct error *err);
static spare_function spare_entry, spare_notice, spare_nothing;

/* Of `select`: ?1 the time before which, ?2 and ?3 the last item looked at, ?4 how many, ?5 the time before which nothing is revived. */
#define WAITS_FOR_NOBODY \
	" AND NOT EXISTS (SELECT 1 FROM recipient WHERE message = m.id AND state IN ('held','releasing','in-doubt'))" \
	" AND NOT EXISTS (SELECT 1 FROM decision WHERE message = m.id AND state IN ('confirming','waiting','doing'))" \
	" AND m.at < ?1 AND (SELECT coalesce(max(changed_at), 0) FROM recipient WHERE message = m.id) < ?1"
#define IN_ORDER " AND (m.at, m.id) > (?2, ?3) ORDER BY m.at, m.id LIMIT ?4"

#define DROP_RULEBOOKS \
	"DELETE FROM rulebook WHERE ?1 <> '' AND NOT EXISTS (SELECT 1 FROM answer WHERE rulebook = digest)" \
	" AND NOT EXISTS (SELECT 1 FROM plain_facts WHERE rulebook = digest)"

static const struct class {
	const char *name, *select;
	const char *steps[15]; /* ?1 the item's key */
	spare_function *spare;
} classes[PURGE_CLASS_COUNT] = {
	[PURGE_BODIES] = { "bodies",
		"SELECT m.id, m.at, length(octets) FROM raw JOIN message AS m ON m.id = raw.message"
		" WHERE (m.void = 0 OR m.at < ?5)" WAITS_FOR_NOBODY IN_ORDER,
		{ "DELETE FROM raw WHERE message = ?1" }, spare_entry },
	[PURGE_NOTICES] = { "notices",
		"SELECT number, coalesce(done_at, made_at) AS done, length(octets) FROM outbox WHERE state <> 'waiting'"
		" AND (state <> 'withdrawn' OR made_at < ?5) AND done < ?1 AND (done, number) > (?2, ?3) ORDER BY done, number LIMIT ?4",
		{ "DELETE FROM outbox WHERE number = ?1" }, spare_notice },
	[PURGE_OBSERVATIONS] = { "observations",
		"SELECT m.id, m.at, 0 FROM message AS m WHERE m.disposed = 0 AND m.at < ?5" WAITS_FOR_NOBODY IN_ORDER,
		{ "UPDATE message SET envelope_from = '', auth = NULL, client = NULL, sender_name = NULL, sender_address = NULL,"
		  " header_from = NULL, message_id = NULL, subject = NULL, footers = NULL, thread = NULL, concerned = NULL, traces = NULL,"
		  " disposed = 1 WHERE id = ?1",
		  "UPDATE recipient SET address = '', last_reply = NULL, changed_by = NULL WHERE message = ?1",
		  "UPDATE finding SET explanation = NULL, evidence = NULL WHERE message = ?1",
		  "UPDATE decision SET by = '', reason = '', note = NULL, lines = NULL, second_by = NULL, undone_by = NULL, text = NULL, rule = NULL"
		  " WHERE message = ?1",
		  "DELETE FROM decision_recipient WHERE decision IN (SELECT number FROM decision WHERE message = ?1)",
		  "UPDATE finding_mark SET by = '', reason = '' WHERE message = ?1",
		  "DELETE FROM own_link WHERE message = ?1", "DELETE FROM late_notice WHERE ?1 IN (message, after_message)", "DELETE FROM sender_reply WHERE message = ?1",
		  "DELETE FROM duty WHERE message = ?1",
		  "DELETE FROM answer WHERE message = ?1",
		  DROP_RULEBOOKS,
		  "DELETE FROM raw WHERE message = ?1",
		  "DELETE FROM outbox WHERE message = ?1" }, /* a notice that has waited for so long is no news */ spare_entry },
	[PURGE_MEMORY] = { "memory",
		"SELECT m.id, m.at, 0 FROM message AS m WHERE m.content_key <> '' AND m.at < ?5" WAITS_FOR_NOBODY IN_ORDER,
		{ "UPDATE message SET content_key = '' WHERE id = ?1" }, spare_entry },
	[PURGE_REMAINS] = { "remains",
		"SELECT m.id, m.at, 0 FROM message AS m WHERE m.disposed = 1 AND m.content_key = '' AND m.at < ?5" WAITS_FOR_NOBODY IN_ORDER,
		{ "DELETE FROM exemption WHERE message = ?1", "DELETE FROM finding WHERE message = ?1",
		  "DELETE FROM recipient WHERE message = ?1", "DELETE FROM message WHERE id = ?1" }, spare_entry },
	[PURGE_COUNTS] = { "counts",
		"SELECT hour, hour, 0 FROM tally WHERE hour < ?1 AND hour < ?5 AND (hour, hour) > (?2, ?3) ORDER BY hour LIMIT ?4",
		{ "DELETE FROM tally WHERE hour = ?1", "DELETE FROM exemption_tally WHERE day <= ?1",
		  "DELETE FROM reason_tally WHERE hour <= ?1" }, spare_nothing },
	[PURGE_FACTS] = { "facts",
		"SELECT DISTINCT day, day, 0 FROM plain_facts WHERE day < ?1 AND day < ?5 AND (day, day) > (?2, ?3) ORDER BY day LIMIT ?4",
		{ "DELETE FROM plain_facts WHERE day = ?1", DROP_RULEBOOKS }, spare_nothing },
	[PURGE_PAST] = { "past",
		"SELECT id, at, 0 FROM past_message WHERE at < ?1 AND at < ?5 AND (at, id) > (?2, ?3) ORDER BY at, id LIMIT ?4",
		{ "DELETE FROM past_message WHERE id = ?1" }, spare_nothing },
	[PURGE_HOLDS] = { "holds",
		"SELECT number, lifted_at, 0 FROM legal_hold WHERE lifted_at < ?1 AND lifted_at < ?5 AND (lifted_at, number) > (?2, ?3)"
		" ORDER BY lifted_at, number LIMIT ?4",
		{ "DELETE FROM legal_hold WHERE number = ?1" }, spare_nothing },
};

const char *purge_class_name(enum purge_class class)
{
	return classes[class].name;
}

void purge_pause(const struct purge_order *order)
{
	if (!order->dry)
		nanosleep(&(struct timespec){ 0, PAUSE_NANOSECONDS }, NULL);
}

bool purge_untidy(struct store *store, struct error *err)
{
	return database_run(store, "UPDATE disposal SET untidy = 1 WHERE untidy = 0", NULL, 0, err);
}

static bool spare_entry(struct store *store, struct arena *arena, const struct purge_order *order, const struct holds *holds,
			const struct item *item, bool *answer_out, struct error *err)
{
	const struct held *held = NULL;
	if (!held_load(store, arena, item->key, &held, err))
		return false;
	*answer_out = held != NULL && order->sparing.entry(order->sparing.context, holds->items, holds->count, held);
	return true;
}

/* By the message it belongs to, and by whom it went to. */
static bool spare_notice(struct store *store, struct arena *arena, const struct purge_order *order, const struct holds *holds,
			 const struct item *item, bool *answer_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	const struct held *held = NULL;
	bool found = false;
	if (!database_query(store, "SELECT coalesce(message, ''), recipient FROM outbox WHERE number = ?", VALUES(value_text(item->key)), &query, err))
		return false;
	bool good = database_row(store, query, &found, err);
	const char *id = good && found ? column_text(arena, query, 0) : "", *recipient = good && found ? column_text(arena, query, 1) : "";
	database_finish(&query);
	if (!good || !held_load(store, arena, id, &held, err))
		return false;
	struct held notice = { .id = id, .from = "", .all_recipients = &recipient, .all_recipient_count = 1 };
	*answer_out = (held != NULL && order->sparing.entry(order->sparing.context, holds->items, holds->count, held)) ||
		      order->sparing.entry(order->sparing.context, holds->items, holds->count, &notice);
	return true;
}

static bool spare_nothing(struct store *store, struct arena *arena, const struct purge_order *order, const struct holds *holds,
			  const struct item *item, bool *answer_out, struct error *err)
{
	(void)store, (void)arena, (void)order, (void)holds, (void)item, (void)err;
	*answer_out = false;
	return true;
}

/* A hold on everything is no question of what it is. */
static bool is_spared(struct store *store, struct arena *arena, const struct class *class, const struct purge_order *order,
		      const struct holds *holds, const struct item *item, bool *answer_out, struct error *err)
{
	*answer_out = true;
	for (size_t i = 0; i < holds->count; i++)
		if (strcmp(holds->items[i].scope, "all") == 0)
			return true;
	*answer_out = false;
	return holds->count == 0 || class->spare(store, arena, order, holds, item, answer_out, err);
}

struct batch {
	const struct class *class;
	const struct purge_order *order;
	struct item cursor;
	char *cursor_key; /* owned */
	int64_t removed, spared;
	bool more;
};

static bool select_due(struct store *store, struct arena *arena, const struct batch *batch, struct item **out, size_t *count_out,
		       struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false, good = true;
	if (!database_query(store, batch->class->select,
			    VALUES(value_integer(batch->order->before), value_integer(batch->cursor.at), value_text(batch->cursor_key),
				   value_integer(PURGE_MOST), value_integer(batch->order->now - REVIVAL_SECONDS)),
			    &query, err))
		return false;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *out, *count_out) =
			(struct item){ column_text(arena, query, 0), sqlite3_column_int64(query, 1), sqlite3_column_int64(query, 2) };
	database_finish(&query);
	return good;
}

static bool remove_item(struct store *store, const struct class *class, const struct item *item, struct error *err)
{
	for (size_t i = 0; i < sizeof class->steps / sizeof *class->steps && class->steps[i] != NULL; i++)
		if (!database_run(store, class->steps[i], VALUES(value_text(item->key)), err))
			return false;
	return true;
}

static bool write_proof(struct store *store, struct arena *arena, const struct batch *batch, int64_t count, struct digest *ids, struct error *err)
{
	char *detail = detail_text(DETAILS({ "class", batch->class->name }, { "count", arena_printf(arena, "%lld", (long long)count) },
					   { "before", clock_format_rfc3339(arena, batch->order->before) },
					   { "ids", digest_end(ids, arena) }));
	bool good = purge_untidy(store, err) && journal_append(store, "disposed", NULL, batch->order->by, detail, batch->order->now, err);
	free(detail);
	return good;
}

static void move_cursor(struct batch *batch, const struct item *item)
{
	free(batch->cursor_key);
	batch->cursor_key = memory_must(strdup(item->key));
	batch->cursor.at = item->at;
}

static bool batch_within(struct store *store, struct arena *arena, struct batch *batch, struct error *err)
{
	struct holds holds;
	struct item *items = NULL;
	size_t count = 0, looked_at = 0;
	int64_t removed = 0, octets = 0;
	struct digest ids;
	digest_begin(&ids);
	if (!holds_load(store, arena, &holds, err) || !select_due(store, arena, batch, &items, &count, err))
		return false;
	for (; looked_at < count && octets < BATCH_OCTETS; looked_at++) {
		const struct item *item = &items[looked_at];
		bool spared = false;
		if (!is_spared(store, arena, batch->class, batch->order, &holds, item, &spared, err))
			return false;
		if (spared) {
			batch->spared++;
			continue;
		}
		if (!batch->order->dry && !remove_item(store, batch->class, item, err))
			return false;
		digest_add_field(&ids, bytes_of(item->key));
		octets += item->octets;
		removed++;
	}
	batch->more = count == PURGE_MOST || looked_at < count;
	if (looked_at > 0)
		move_cursor(batch, &items[looked_at - 1]);
	batch->removed += removed;
	return removed == 0 || batch->order->dry || write_proof(store, arena, batch, removed, &ids, err);
}

bool store_purge(struct store *store, enum purge_class class, const struct purge_order *order, int64_t *removed_out, int64_t *spared_out,
		 struct error *err)
{
	struct batch batch = { .class = &classes[class], .order = order, .cursor = { .at = INT64_MIN }, .more = true };
	batch.cursor_key = memory_must(strdup(""));
	bool good = true;
	while (good && batch.more) {
		struct arena *arena = arena_new();
		batch.more = false;
		good = order->dry ? database_begin_read(store, err) : database_begin_write(store, err);
		good = good && database_end(store, batch_within(store, arena, &batch, err), err);
		arena_free(&arena);
		if (good && batch.more)
			purge_pause(order);
	}
	free(batch.cursor_key);
	*removed_out = batch.removed;
	*spared_out = batch.spared;
	return good;
}

/* --- a run as a whole --- */

bool store_purge_claim(struct store *store, int64_t due_before, int64_t now, bool *claimed_out, struct error *err)
{
	*claimed_out = false;
	if (!database_begin_write(store, err))
		return false;
	/* A claim that ends later than any made now would was made by a clock that was wrong. */
	bool good = database_run(store,
				 "UPDATE disposal SET claimed_until = ?1 + ?3 WHERE (last_at < ?2 OR last_at > ?1)"
				 " AND (claimed_until <= ?1 OR claimed_until > ?1 + ?3)",
				 VALUES(value_integer(now), value_integer(due_before), value_integer(CLAIM_SECONDS)), err);
	bool claimed = good && database_changes(store) > 0;
	good = database_end(store, good, err);
	*claimed_out = good && claimed;
	return good;
}

bool store_purge_done(struct store *store, const char *by, const char *detail, int64_t removed, int64_t now, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	bool good = database_run(store, "UPDATE disposal SET last_at = ?, removed = ?, claimed_until = 0",
				 VALUES(value_integer(now), value_integer(removed)), err) &&
		    journal_append(store, "retention-run", NULL, by, detail, now, err);
	return database_end(store, good, err);
}

bool store_purge_last(struct store *store, struct purge_last *out, struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	bool good = database_number(store, "SELECT last_at FROM disposal", NULL, 0, &out->at, err) &&
		    database_number(store, "SELECT removed FROM disposal", NULL, 0, &out->removed, err);
	return database_end(store, good, err);
}

static bool measure(struct store *store, int64_t *untidy_out, int64_t *octets_out, struct error *err)
{
	int64_t pages = 0, free_pages = 0, page = 0;
	if (!database_begin_read(store, err))
		return false;
	bool good = database_number(store, "SELECT untidy FROM disposal", NULL, 0, untidy_out, err) &&
		    database_number(store, "PRAGMA page_count", NULL, 0, &pages, err) &&
		    database_number(store, "PRAGMA freelist_count", NULL, 0, &free_pages, err) &&
		    database_number(store, "PRAGMA page_size", NULL, 0, &page, err);
	*octets_out = (pages - free_pages) * page;
	return database_end(store, good, err);
}

bool store_tidy(struct store *store, struct error *err)
{
	int64_t untidy = 0, octets = 0;
	if (!measure(store, &untidy, &octets, err))
		return false;
	if (untidy == 0)
		return true;
	if (!database_rewrite(store, octets <= TIDY_MOST, err) || !database_begin_write(store, err))
		return false;
	return database_end(store, database_run(store, "UPDATE disposal SET untidy = 0", NULL, 0, err), err);
}

bool store_entries(struct store *store, struct arena *arena, int64_t after_at, const char *after_id, size_t most, const struct held **out,
		   size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	const char **ids = NULL;
	bool found = false, good = true;
	*count_out = 0;
	if (!database_begin_read(store, err))
		return false;
	good = database_query(store, "SELECT id FROM message WHERE disposed = 0 AND (at, id) > (?, ?) ORDER BY at, id LIMIT ?",
			      VALUES(value_integer(after_at), value_text(after_id), value_integer((int64_t)most)), &query, err);
	while (good && (good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, ids, *count_out) = column_text(arena, query, 0);
	database_finish(&query);
	struct held *items = arena_array(arena, *count_out, sizeof *items);
	for (size_t i = 0; good && i < *count_out; i++) {
		const struct held *held = NULL;
		if ((good = held_load(store, arena, ids[i], &held, err)))
			items[i] = *held;
	}
	*out = items;
	return database_end(store, good, err);
}
