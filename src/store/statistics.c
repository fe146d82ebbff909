/* statistics.c - cases, hourly counts and exemptions of a period, counted by week, rule, clause and quarter.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statistics.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cases.h"

/* The messages behind one count of fates. */
struct tray {
	struct fates fates;
	int64_t *seconds; /* how long each took that was decided */
	size_t decided;
	const struct judged_case *last; /* counted last: a second finding of one message adds nothing */
};

struct rule_tray {
	struct statistics_rule row;
	struct tray tray;
	int64_t *weekly_findings, *weekly_held;
};

struct rule_trays {
	struct rule_tray *items;
	size_t count;
};

struct counting {
	struct arena *arena;
	struct statistics *out;
	struct statistics_week *weeks;
	struct rule_trays by_clause, plain;
	struct tray all;
};

/* --- weeks --- */

static bool make_weeks(struct counting *counting, struct error *err)
{
	const struct statistics *out = counting->out;
	calendar_date day = clock_date_of(out->from);
	day = clock_date_add(day, -clock_weekday(day));
	size_t count = 0;
	for (int64_t start; out->from < out->to && (start = clock_day_start(day)) < out->to; day = clock_date_add(day, 7)) {
		if (count == STATISTICS_WEEKS_MOST)
			return error_set(err, ERROR_INPUT, "a period of more than %d weeks is too long to count", STATISTICS_WEEKS_MOST);
		*ARENA_PUSH(counting->arena, counting->weeks, count) = (struct statistics_week){ .start = start };
	}
	counting->out->weeks = counting->weeks;
	counting->out->week_count = count;
	return true;
}

/* The last week that begins no later; what is asked for lies in the period, so there is one. */
static size_t week_of(const struct counting *counting, int64_t at)
{
	size_t low = 0, high = counting->out->week_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (counting->weeks[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* --- cases --- */

static void add_to_tray(struct arena *arena, struct tray *tray, const struct judged_case *judged)
{
	if (judged->copies == 0 || tray->last == judged)
		return;
	tray->last = judged;
	tray->fates.held++;
	tray->fates.in_doubt += judged->in_doubt > 0;
	if (judged->released + judged->returned < judged->copies) {
		tray->fates.waiting++;
		return;
	}
	tray->fates.released += judged->released > 0;
	tray->fates.returned += judged->released == 0;
	*ARENA_PUSH(arena, tray->seconds, tray->decided) = judged->settled_at > judged->at ? judged->settled_at - judged->at : 0;
}

static int compare_seconds(const void *a, const void *b)
{
	int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
	return (first > second) - (first < second);
}

static void close_tray(struct tray *tray)
{
	tray->fates.median_minutes = STATISTICS_NONE;
	if (tray->decided == 0)
		return;
	qsort(tray->seconds, tray->decided, sizeof *tray->seconds, compare_seconds);
	int64_t low = tray->seconds[(tray->decided - 1) / 2], high = tray->seconds[tray->decided / 2];
	tray->fates.median_minutes = (low + (high - low) / 2 + 30) / 60;
}

static struct rule_tray *tray_of(struct counting *counting, struct rule_trays *trays, const char *rule, const char *clause)
{
	for (size_t i = 0; i < trays->count; i++)
		if (strcmp(trays->items[i].row.rule, rule) == 0 && strcmp(trays->items[i].row.clause, clause) == 0)
			return &trays->items[i];
	struct rule_tray *added = ARENA_PUSH(counting->arena, trays->items, trays->count);
	added->row = (struct statistics_rule){ .rule = arena_string(counting->arena, rule), .clause = arena_string(counting->arena, clause),
					       .wrong = STATISTICS_NONE };
	added->weekly_findings = arena_array(counting->arena, counting->out->week_count, sizeof(int64_t));
	added->weekly_held = arena_array(counting->arena, counting->out->week_count, sizeof(int64_t));
	return added;
}

static void count_finding(struct counting *counting, struct rule_tray *rule, const struct judged_case *judged, bool holds, size_t week)
{
	rule->row.findings++;
	rule->weekly_findings[week]++;
	if (!holds || judged->copies == 0)
		return;
	rule->weekly_held[week] += rule->tray.last != judged;
	add_to_tray(counting->arena, &rule->tray, judged);
}

static void count_case(struct counting *counting, const struct judged_case *judged)
{
	size_t week = week_of(counting, judged->at);
	counting->weeks[week].held += judged->copies > 0;
	counting->weeks[week].findings += (int64_t)judged->rule_count;
	counting->out->findings += (int64_t)judged->rule_count;
	add_to_tray(counting->arena, &counting->all, judged);
	for (size_t i = 0; i < judged->rule_count; i++) {
		const struct case_rule *rule = &judged->rules[i];
		count_finding(counting, tray_of(counting, &counting->by_clause, rule->rule, rule->clause), judged, rule->holds, week);
		count_finding(counting, tray_of(counting, &counting->plain, rule->rule, ""), judged, rule->holds, week);
	}
}

static int compare_rules(const void *a, const void *b)
{
	const struct statistics_rule *first = a, *second = b;
	int order = strcmp(first->rule, second->rule);
	return order != 0 ? order : strcmp(first->clause, second->clause);
}

static struct statistics_rule *close_rules(struct counting *counting, struct rule_trays *trays)
{
	struct statistics_rule *rows = arena_array(counting->arena, trays->count, sizeof *rows);
	for (size_t i = 0; i < trays->count; i++) {
		struct rule_tray *rule = &trays->items[i];
		close_tray(&rule->tray);
		rows[i] = rule->row;
		rows[i].fates = rule->tray.fates;
		rows[i].weekly_findings = rule->weekly_findings;
		rows[i].weekly_held = rule->weekly_held;
	}
	if (trays->count > 0)
		qsort(rows, trays->count, sizeof *rows, compare_rules);
	return rows;
}

static void close_counting(struct counting *counting)
{
	struct statistics *out = counting->out;
	close_tray(&counting->all);
	out->fates = counting->all.fates;
	out->rules = close_rules(counting, &counting->by_clause);
	out->rule_count = counting->by_clause.count;
	out->plain_rules = close_rules(counting, &counting->plain);
	out->plain_rule_count = counting->plain.count;
	int64_t decided = out->fates.released + out->fates.returned;
	out->share_released = decided == 0 ? STATISTICS_NONE : (out->fates.released * 2000 + decided) / (2 * decided);
}

static void count_cases(struct counting *counting, const struct case_list *cases)
{
	for (size_t i = 0; i < cases->count; i++)
		count_case(counting, &cases->items[i]);
}

/* --- what is counted elsewhere --- */

static void add_hour(struct counting *counting, sqlite3_stmt *query)
{
	struct tally *tally = &counting->out->tally;
	int64_t *const counts[] = { &tally->examined,   &tally->delivered, &tally->annotated, &tally->held,     &tally->returned,
				    &tally->retried, &tally->unreadable, &tally->internal, &tally->outgoing, &tally->incoming,
				    &tally->split, &tally->reunited, &tally->reunited_late, &tally->not_reunited, &tally->marked_private };
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		*counts[i] += sqlite3_column_int64(query, (int)i + 1);
	counting->weeks[week_of(counting, sqlite3_column_int64(query, 0))].examined += sqlite3_column_int64(query, 1);
}

static bool count_mail(struct store *store, struct counting *counting, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	bool good = database_query(store,
				   "SELECT hour, examined, delivered, annotated, held, returned, retried, unreadable, internal, outgoing, incoming,"
				   " split, reunited, reunited_late, not_reunited, marked_private FROM tally WHERE hour >= ? AND hour < ?",
				   VALUES(value_integer(counting->out->from), value_integer(counting->out->to)), &query, err);
	while (good && (good = database_row(store, query, &found, err)) && found)
		add_hour(counting, query);
	database_finish(&query);
	/* Who came in the next period is taken off there. */
	if (counting->out->tally.not_reunited < 0)
		counting->out->tally.not_reunited = 0;
	return good && database_number(store, "SELECT min(hour) FROM tally", NULL, 0, &counting->out->first_hour, err);
}

static bool count_returned_at_once(struct store *store, struct statistics *out, struct error *err)
{
	return database_number(store,
			       "SELECT count(*) FROM (SELECT id FROM message WHERE at >= ?1 AND at < ?2 AND void = 0 AND outcome = 'return'"
			       " UNION ALL SELECT id FROM past_message WHERE at >= ?1 AND at < ?2 AND void = 0 AND outcome = 'return')",
			       VALUES(value_integer(out->from), value_integer(out->to)), &out->returned_at_once, err);
}

static bool count_retention(struct store *store, struct statistics *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	bool found = false;
	bool good = database_query(store, "SELECT count(*), min(at), max(at) FROM journal WHERE what = 'retention-run' AND at >= ? AND at < ?",
				   VALUES(value_integer(out->from), value_integer(out->to)), &query, err) &&
		    database_row(store, query, &found, err);
	if (good && found)
		out->retention = (struct retention_runs){ sqlite3_column_int64(query, 0), sqlite3_column_int64(query, 1), sqlite3_column_int64(query, 2) };
	database_finish(&query);
	return good;
}

#define MARKS(mark, message, finding) \
	"SELECT f.rule, f.clause, k.message FROM " mark " AS k CROSS JOIN " message " AS m ON m.id = k.message CROSS JOIN " finding \
	" AS f ON f.message = k.message AND f.rule = k.rule WHERE m.at >= ?1 AND m.at < ?2 AND m.void = 0 AND k.judged = 'wrong'"

/* A finding may have gone before its message, and a mark goes with the message. */
static bool count_marks(struct store *store, struct counting *counting, struct error *err)
{
	struct statistics *out = counting->out;
	sqlite3_stmt *query = NULL;
	bool found = false;
	out->wrong = 0;
	for (size_t i = 0; i < counting->by_clause.count; i++)
		counting->by_clause.items[i].row.wrong = 0;
	for (size_t i = 0; i < counting->plain.count; i++)
		counting->plain.items[i].row.wrong = 0;
	bool good = database_query(store,
				   MARKS("finding_mark", "message", "finding") " UNION " MARKS("finding_mark", "message", "past_finding") " UNION "
				   MARKS("past_mark", "past_message", "past_finding") " UNION " MARKS("past_mark", "past_message", "finding"),
				   VALUES(value_integer(out->from), value_integer(out->to)), &query, err);
	while (good && (good = database_row(store, query, &found, err)) && found) {
		const char *rule = (const char *)sqlite3_column_text(query, 0), *clause = (const char *)sqlite3_column_text(query, 1);
		tray_of(counting, &counting->by_clause, rule, clause == NULL ? "" : clause)->row.wrong++;
		tray_of(counting, &counting->plain, rule, "")->row.wrong++;
		out->wrong++;
	}
	database_finish(&query);
	return good;
}

#define EXEMPTIONS(first, second) \
	"SELECT rule, sentence, 1 AS times FROM " first " CROSS JOIN " second " ON e.message = m.id WHERE m.at >= ?1 AND m.at < ?2 AND m.void = 0"

#define ALL_EXEMPTIONS \
	"(" EXEMPTIONS("message AS m", "exemption AS e") " UNION ALL " EXEMPTIONS("past_exemption AS e", "message AS m") " UNION ALL " \
	EXEMPTIONS("past_message AS m", "exemption AS e") " UNION ALL " EXEMPTIONS("past_message AS m", "past_exemption AS e") \
	" UNION ALL SELECT rule, sentence, count FROM exemption_tally WHERE day >= ?1 AND day < ?2)"

static const char exemptions_sql[] = "SELECT rule, sentence, sum(times) FROM " ALL_EXEMPTIONS " GROUP BY rule, sentence ORDER BY rule, sentence";
static const char reasons_sql[] =
	"SELECT rule, reason, sum(count) FROM reason_tally WHERE hour >= ?1 AND hour < ?2 GROUP BY rule, reason ORDER BY rule, reason";

struct quarter {
	calendar_date first;
	int64_t from, to; /* what of it lies in the period */
};

static bool count_exceptions(struct store *store, struct counting *counting, const char *sql, const struct quarter *quarter,
			     const struct statistics_exception **list, size_t *count, struct error *err)
{
	struct statistics_exception *exceptions = (struct statistics_exception *)*list;
	sqlite3_stmt *query = NULL;
	bool found = false;
	bool good = database_query(store, sql, VALUES(value_integer(quarter->from), value_integer(quarter->to)), &query, err);
	while (good && (good = database_row(store, query, &found, err)) && found)
		*ARENA_PUSH(counting->arena, exceptions, *count) = (struct statistics_exception){
			.year = quarter->first / 10000,
			.quarter = (quarter->first / 100 % 100 + 2) / 3,
			.rule = column_text(counting->arena, query, 0),
			.sentence = column_text(counting->arena, query, 1),
			.count = sqlite3_column_int64(query, 2),
		};
	database_finish(&query);
	*list = exceptions;
	return good;
}

/* The first day of the quarter a date lies in, and of the next. */
static calendar_date quarter_start(calendar_date date)
{
	return date / 10000 * 10000 + ((date / 100 % 100 - 1) / 3 * 3 + 1) * 100 + 1;
}

static calendar_date quarter_after(calendar_date start)
{
	return start / 100 % 100 == 10 ? (start / 10000 + 1) * 10000 + 101 : start + 300;
}

bool exemptions_this_quarter(struct store *store, const char *rule, const char *sentence, int64_t to, int64_t *out, struct error *err)
{
	int64_t from = clock_day_start(quarter_start(clock_date_of(to - 1)));
	return database_number(store, "SELECT coalesce(sum(times), 0) FROM " ALL_EXEMPTIONS " WHERE rule = ?3 AND sentence = ?4",
			       VALUES(value_integer(from), value_integer(to), value_text(rule), value_text(sentence)), out, err);
}

static bool count_quarters(struct store *store, struct counting *counting, struct error *err)
{
	struct statistics *out = counting->out;
	if (out->from >= out->to)
		return true;
	for (calendar_date first = quarter_start(clock_date_of(out->from)); clock_day_start(first) < out->to; first = quarter_after(first)) {
		int64_t from = clock_day_start(first), to = clock_day_start(quarter_after(first));
		struct quarter quarter = { first, from > out->from ? from : out->from, to < out->to ? to : out->to };
		if (!count_exceptions(store, counting, exemptions_sql, &quarter, &out->exceptions, &out->exception_count, err) ||
		    !count_exceptions(store, counting, reasons_sql, &quarter, &out->reasons, &out->reason_count, err))
			return false;
	}
	return true;
}

/* --- together --- */

static bool start(struct counting *counting, struct arena *arena, int64_t from, int64_t to, struct statistics *out, struct error *err)
{
	*counting = (struct counting){ .arena = arena, .out = out };
	*out = (struct statistics){ .from = from, .to = to, .wrong = STATISTICS_NONE };
	if (to < from)
		return error_set(err, ERROR_INPUT, "a period ends after it begins");
	return make_weeks(counting, err);
}

static bool statistics_within(struct store *store, struct counting *counting, struct error *err)
{
	struct statistics *out = counting->out;
	struct case_list cases;
	if (!cases_load(store, counting->arena, out->from, out->to, &cases, err))
		return false;
	count_cases(counting, &cases);
	if (!count_marks(store, counting, err))
		return false;
	close_counting(counting);
	return count_retention(store, out, err) && count_mail(store, counting, err) && count_returned_at_once(store, out, err) &&
	       count_quarters(store, counting, err) && journal_head(store, counting->arena, &out->journal, err);
}

bool store_statistics(struct store *store, struct arena *arena, int64_t from, int64_t to, struct statistics *out, struct error *err)
{
	struct counting counting;
	if (!start(&counting, arena, from, to, out, err) || !database_begin_read(store, err))
		return false;
	return database_end(store, statistics_within(store, &counting, err), err);
}

static bool replay_within(struct store *store, struct counting *counting, int64_t last, struct error *err)
{
	struct case_list cases;
	if (!cases_replay(store, counting->arena, counting->out->from, counting->out->to, last, &cases, err))
		return false;
	count_cases(counting, &cases);
	close_counting(counting);
	return true;
}

bool store_statistics_replay(struct store *store, struct arena *arena, int64_t from, int64_t to, int64_t last, struct statistics *out,
			     struct error *err)
{
	struct counting counting;
	if (!start(&counting, arena, from, to, out, err) || !database_begin_read(store, err))
		return false;
	return database_end(store, replay_within(store, &counting, last, err), err);
}
