/* summary.c - what the report counts: the hourly tally, findings by rule, exemptions used, own mail waiting.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "database.h"

#include <string.h>

#define HOUR ((int64_t)3600)

bool store_tally_add(struct store *store, int64_t at, const struct tally *more, struct error *err)
{
	if (!database_begin_write(store, err))
		return false;
	bool good = database_run(
		store,
		"INSERT INTO tally VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (hour) DO UPDATE SET"
		" examined = examined + excluded.examined, delivered = delivered + excluded.delivered,"
		" annotated = annotated + excluded.annotated, held = held + excluded.held, returned = returned + excluded.returned,"
		" retried = retried + excluded.retried, unreadable = unreadable + excluded.unreadable,"
		" internal = internal + excluded.internal, outgoing = outgoing + excluded.outgoing,"
		" incoming = incoming + excluded.incoming, split = split + excluded.split, reunited = reunited + excluded.reunited,"
		" reunited_late = reunited_late + excluded.reunited_late, not_reunited = not_reunited + excluded.not_reunited,"
		" marked_private = marked_private + excluded.marked_private",
		VALUES(value_integer(at - at % HOUR), value_integer(more->examined), value_integer(more->delivered),
		       value_integer(more->annotated), value_integer(more->held), value_integer(more->returned),
		       value_integer(more->retried), value_integer(more->unreadable), value_integer(more->internal),
		       value_integer(more->outgoing), value_integer(more->incoming),
		       value_integer(more->split), value_integer(more->reunited), value_integer(more->reunited_late),
		       value_integer(more->not_reunited), value_integer(more->marked_private)),
		err);
	return database_end(store, good, err);
}

static bool each_row(struct store *store, struct arena *arena, const char *sql, const struct value *values, size_t count,
		     void (*take)(struct arena *, sqlite3_stmt *, struct summary *), struct summary *summary, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store, sql, values, count, &query, err))
		return false;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found)
		take(arena, query, summary);
	database_finish(&query);
	return good;
}

static void take_tally(struct arena *arena, sqlite3_stmt *query, struct summary *summary)
{
	summary->tally = (struct tally){
		.examined = sqlite3_column_int64(query, 0),
		.delivered = sqlite3_column_int64(query, 1),
		.annotated = sqlite3_column_int64(query, 2),
		.held = sqlite3_column_int64(query, 3),
		.returned = sqlite3_column_int64(query, 4),
		.retried = sqlite3_column_int64(query, 5),
		.unreadable = sqlite3_column_int64(query, 6),
		.internal = sqlite3_column_int64(query, 7),
		.outgoing = sqlite3_column_int64(query, 8),
		.incoming = sqlite3_column_int64(query, 9),
		.split = sqlite3_column_int64(query, 10),
		.reunited = sqlite3_column_int64(query, 11),
		.reunited_late = sqlite3_column_int64(query, 12),
		.not_reunited = sqlite3_column_int64(query, 13),
		.marked_private = sqlite3_column_int64(query, 14),
	};
}

static void take_rule(struct arena *arena, sqlite3_stmt *query, struct summary *summary)
{
	struct rule_count *rules = (struct rule_count *)summary->rules;
	*ARENA_PUSH(arena, rules, summary->rule_count) = (struct rule_count){
		.rule = column_text(arena, query, 0),
		.clause = column_text(arena, query, 1),
		.action = column_text(arena, query, 2),
		.count = sqlite3_column_int64(query, 3),
	};
	summary->rules = rules;
}

static void push_exception(struct arena *arena, sqlite3_stmt *query, const struct exception_count **list, size_t *count)
{
	struct exception_count *exceptions = (struct exception_count *)*list;
	*ARENA_PUSH(arena, exceptions, *count) = (struct exception_count){
		.rule = column_text(arena, query, 0),
		.sentence = column_text(arena, query, 1),
		.count = sqlite3_column_int64(query, 2),
	};
	*list = exceptions;
}

static void take_exception(struct arena *arena, sqlite3_stmt *query, struct summary *summary)
{
	push_exception(arena, query, &summary->exceptions, &summary->exception_count);
}

static void take_reason(struct arena *arena, sqlite3_stmt *query, struct summary *summary)
{
	push_exception(arena, query, &summary->reasons, &summary->reason_count);
}

static void take_outbox(struct arena *arena, sqlite3_stmt *query, struct summary *summary)
{
	summary->outbox_waiting = sqlite3_column_int64(query, 0);
	summary->outbox_oldest = sqlite3_column_int64(query, 1);
}

/* Which findings, as message and position; their messages are loaded once each. */
struct finding_place {
	const char *id;
	size_t position;
};

static bool select_places(struct store *store, struct arena *arena, int64_t from, int64_t to, size_t limit,
			  struct finding_place **places_out, size_t *count_out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	if (!database_query(store,
			    "SELECT message, row_number() OVER (PARTITION BY message ORDER BY position) - 1 FROM finding"
			    " JOIN message ON message.id = finding.message WHERE at >= ? AND at < ? AND void = 0 AND disposed = 0"
			    " ORDER BY at DESC, message, position LIMIT ?",
			    VALUES(value_integer(from), value_integer(to), value_integer((int64_t)limit)), &query, err))
		return false;
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(arena, *places_out, *count_out) =
			(struct finding_place){ column_text(arena, query, 0), (size_t)sqlite3_column_int64(query, 1) };
	database_finish(&query);
	return good;
}

static bool load_entries(struct store *store, struct arena *arena, const struct finding_place *places, size_t count,
			 struct summary *out, struct error *err)
{
	struct finding_entry *entries = arena_array(arena, count, sizeof *entries);
	const struct held *message = NULL;
	for (size_t i = 0; i < count; i++) {
		if ((message == NULL || strcmp(message->id, places[i].id) != 0) && !held_load(store, arena, places[i].id, &message, err))
			return false;
		entries[i] = (struct finding_entry){ &message->findings[places[i].position], message };
	}
	out->findings = entries;
	out->finding_count = count;
	return true;
}

/* "This would be a rare exception": how rare, is seen over the quarter. */
static bool count_quarter(struct store *store, struct summary *out, int64_t to, struct error *err)
{
	struct exception_count *exceptions = (struct exception_count *)out->exceptions;
	for (size_t i = 0; i < out->exception_count; i++)
		if (!exemptions_this_quarter(store, exceptions[i].rule, exceptions[i].sentence, to, &exceptions[i].quarter, err))
			return false;
	return true;
}

static bool summary_within(struct store *store, struct arena *arena, int64_t from, int64_t to, size_t limit, struct summary *out,
			   struct error *err)
{
	static const struct {
		const char *sql;
		void (*take)(struct arena *, sqlite3_stmt *, struct summary *);
	} parts[] = {
		{ "SELECT total(examined), total(delivered), total(annotated), total(held), total(returned), total(retried),"
		  " total(unreadable), total(internal), total(outgoing), total(incoming), total(split), total(reunited), total(reunited_late),"
		  " max(total(not_reunited), 0), total(marked_private) FROM tally WHERE hour >= ? AND hour < ?",
		  take_tally },
		{ "SELECT rule, clause, action, count(*) FROM finding JOIN message ON message.id = finding.message"
		  " WHERE at >= ? AND at < ? AND void = 0 GROUP BY rule, clause, action ORDER BY count(*) DESC, rule",
		  take_rule },
		{ "SELECT rule, sentence, sum(times) FROM (SELECT rule, sentence, 1 AS times FROM exemption JOIN message ON message.id ="
		  " exemption.message WHERE at >= ?1 AND at < ?2 AND void = 0 UNION ALL SELECT rule, sentence, count FROM exemption_tally"
		  " WHERE day > ?1 - 86400 AND day < ?2) GROUP BY rule, sentence ORDER BY rule, sentence",
		  take_exception },
		{ "SELECT rule, reason, sum(count) FROM reason_tally WHERE hour >= ? AND hour < ? GROUP BY rule, reason ORDER BY rule, reason", take_reason },
	};
	*out = (struct summary){ 0 };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (!each_row(store, arena, parts[i].sql, VALUES(value_integer(from), value_integer(to)), parts[i].take, out, err))
			return false;
	struct finding_place *places = NULL;
	size_t count = 0;
	return each_row(store, arena, "SELECT count(*), coalesce(min(made_at), 0) FROM outbox WHERE state = 'waiting'", NULL, 0,
			take_outbox, out, err) &&
	       count_quarter(store, out, to, err) && select_places(store, arena, from, to, limit, &places, &count, err) &&
	       load_entries(store, arena, places, count, out, err);
}

bool store_summary(struct store *store, struct arena *arena, int64_t from, int64_t to, size_t limit, struct summary *out,
		   struct error *err)
{
	if (!database_begin_read(store, err))
		return false;
	return database_end(store, summary_within(store, arena, from, to, limit, out, err), err);
}
