/* cases.c - the cases of a period as the tables tell them: those that are whole, and what purged ones left behind.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases.h"

#include <stdlib.h>
#include <string.h>

struct copy_row {
	const char *id, *state;
	int64_t at, changed_at;
};

struct finding_row {
	const char *id, *rule, *clause, *action, *mode;
	int64_t at;
};

struct decision_row {
	const char *id;
	int64_t at, decided_at;
};

struct case_rows {
	struct decision_row *decisions;
	size_t decision_count;
	struct copy_row *copies;
	size_t copy_count;
	struct finding_row *findings;
	size_t finding_count;
};

static void take_copy(struct arena *arena, sqlite3_stmt *query, struct case_rows *rows)
{
	*ARENA_PUSH(arena, rows->copies, rows->copy_count) = (struct copy_row){
		.id = column_text(arena, query, 0),
		.at = sqlite3_column_int64(query, 1),
		.state = column_text(arena, query, 2),
		.changed_at = sqlite3_column_int64(query, 3),
	};
}

static void take_finding(struct arena *arena, sqlite3_stmt *query, struct case_rows *rows)
{
	*ARENA_PUSH(arena, rows->findings, rows->finding_count) = (struct finding_row){
		.id = column_text(arena, query, 0),
		.at = sqlite3_column_int64(query, 1),
		.rule = column_text(arena, query, 2),
		.clause = column_text(arena, query, 3),
		.action = column_text(arena, query, 4),
		.mode = column_text(arena, query, 5),
	};
}

static void take_decision(struct arena *arena, sqlite3_stmt *query, struct case_rows *rows)
{
	*ARENA_PUSH(arena, rows->decisions, rows->decision_count) = (struct decision_row){
		.id = column_text(arena, query, 0),
		.at = sqlite3_column_int64(query, 1),
		.decided_at = sqlite3_column_int64(query, 2),
	};
}

/* A message and what hangs on it may have been purged at different times, so each is sought in both places, the rarer one
 * first. */
#define IN_PERIOD " WHERE m.at >= ? AND m.at < ? AND m.void = 0"
#define WITH(first, second) " FROM " first " CROSS JOIN " second
#define COPIES(places) "SELECT m.id, m.at, c.state, c.changed_at" places " ON c.message = m.id" IN_PERIOD " AND c.outcome = 'hold'"
#define FINDINGS(places) "SELECT m.id, m.at, f.rule, f.clause, f.action, f.mode" places " ON f.message = m.id" IN_PERIOD

static const struct {
	const char *sql;
	void (*take)(struct arena *, sqlite3_stmt *, struct case_rows *);
} places[] = {
	{ COPIES(WITH("message AS m", "recipient AS c")), take_copy },
	{ COPIES(WITH("past_recipient AS c", "message AS m")), take_copy },
	{ COPIES(WITH("past_message AS m", "recipient AS c")), take_copy },
	{ COPIES(WITH("past_message AS m", "past_recipient AS c")), take_copy },
	{ FINDINGS(WITH("message AS m", "finding AS f")), take_finding },
	{ FINDINGS(WITH("past_finding AS f", "message AS m")), take_finding },
	{ FINDINGS(WITH("past_message AS m", "finding AS f")), take_finding },
	{ FINDINGS(WITH("past_message AS m", "past_finding AS f")), take_finding },
	{ "SELECT m.id, m.at, max(d.at, d.second_at)" WITH("message AS m", "decision AS d") " ON d.message = m.id" IN_PERIOD
	  " AND d.state = 'done' AND d.deed <> 'pass'", take_decision },
};

static bool read_rows(struct store *store, struct arena *arena, int64_t from, int64_t to, struct case_rows *rows, struct error *err)
{
	bool good = true;
	for (size_t i = 0; good && i < sizeof places / sizeof places[0]; i++) {
		sqlite3_stmt *query = NULL;
		bool found = false;
		good = database_query(store, places[i].sql, VALUES(value_integer(from), value_integer(to)), &query, err);
		while (good && (good = database_row(store, query, &found, err)) && found)
			places[i].take(arena, query, rows);
		database_finish(&query);
	}
	return good;
}

/* Rows come nearly in this order; numbers are compared sooner than words. */
static int compare_places(int64_t first_at, const char *first_id, int64_t second_at, const char *second_id)
{
	return first_at != second_at ? (first_at > second_at) - (first_at < second_at) : strcmp(first_id, second_id);
}

static int compare_copies(const void *a, const void *b)
{
	const struct copy_row *first = a, *second = b;
	return compare_places(first->at, first->id, second->at, second->id);
}

static int compare_decisions(const void *a, const void *b)
{
	const struct decision_row *first = a, *second = b;
	return compare_places(first->at, first->id, second->at, second->id);
}

static int compare_findings(const void *a, const void *b)
{
	const struct finding_row *first = a, *second = b;
	int order = compare_places(first->at, first->id, second->at, second->id);
	return order != 0 ? order : strcmp(first->rule, second->rule);
}

static bool is(const char *word, const char *wanted)
{
	return word != NULL && strcmp(word, wanted) == 0;
}

void cases_mark_holding(const char *const *actions, const char *const *modes, size_t count, bool *holds)
{
	size_t holding = 0, enforced = 0;
	for (size_t i = 0; i < count; i++) {
		enforced += is(modes[i], "enforce");
		holding += is(modes[i], "enforce") && is(actions[i], "hold");
	}
	for (size_t i = 0; i < count; i++)
		holds[i] = holding > 0    ? is(modes[i], "enforce") && is(actions[i], "hold")
			   : enforced > 0 ? is(modes[i], "enforce")
					  : true;
}

static void add_copies(struct judged_case *judged, const struct case_rows *rows, size_t *next)
{
	for (; *next < rows->copy_count && strcmp(rows->copies[*next].id, judged->id) == 0; (*next)++) {
		const struct copy_row *copy = &rows->copies[*next];
		bool settled = is(copy->state, "released") || is(copy->state, "returned");
		judged->copies++;
		judged->released += is(copy->state, "released");
		judged->returned += is(copy->state, "returned");
		judged->in_doubt += is(copy->state, "in-doubt");
		if (settled && copy->changed_at > judged->settled_at)
			judged->settled_at = copy->changed_at;
	}
}

/* What was decided some minutes before it was done counts from when it was decided. */
static void add_decisions(struct judged_case *judged, const struct case_rows *rows, size_t *next)
{
	int64_t decided_at = 0;
	for (; *next < rows->decision_count; (*next)++) {
		const struct decision_row *row = &rows->decisions[*next];
		int order = compare_places(row->at, row->id, judged->at, judged->id);
		if (order > 0)
			break;
		if (order == 0 && row->decided_at > decided_at)
			decided_at = row->decided_at;
	}
	if (decided_at != 0)
		judged->settled_at = decided_at;
}

static void add_rules(struct arena *arena, struct judged_case *judged, const struct case_rows *rows, size_t *next)
{
	size_t first = *next;
	while (*next < rows->finding_count && strcmp(rows->findings[*next].id, judged->id) == 0)
		(*next)++;
	size_t count = *next - first;
	struct case_rule *rules = arena_array(arena, count, sizeof *rules);
	const char **actions = arena_array(arena, count, sizeof *actions), **modes = arena_array(arena, count, sizeof *modes);
	bool *holds = arena_array(arena, count, sizeof *holds);
	for (size_t i = 0; i < count; i++) {
		actions[i] = rows->findings[first + i].action;
		modes[i] = rows->findings[first + i].mode;
	}
	cases_mark_holding(actions, modes, count, holds);
	for (size_t i = 0; i < count; i++) {
		const struct finding_row *row = &rows->findings[first + i];
		rules[i] = (struct case_rule){ row->rule, row->clause == NULL ? "" : row->clause, holds[i] };
	}
	judged->rules = rules;
	judged->rule_count = count;
}

/* Both runs of rows are in one order; whichever comes first opens the next case. */
static void merge(struct arena *arena, const struct case_rows *rows, struct case_list *out)
{
	for (size_t copy = 0, finding = 0, decision = 0; copy < rows->copy_count || finding < rows->finding_count;) {
		const struct copy_row *held = &rows->copies[copy];
		const struct finding_row *found = &rows->findings[finding];
		bool by_copy = finding == rows->finding_count ||
			       (copy < rows->copy_count && compare_places(held->at, held->id, found->at, found->id) <= 0);
		struct judged_case *judged = ARENA_PUSH(arena, out->items, out->count);
		judged->id = by_copy ? held->id : found->id;
		judged->at = by_copy ? held->at : found->at;
		add_copies(judged, rows, &copy);
		add_decisions(judged, rows, &decision);
		add_rules(arena, judged, rows, &finding);
	}
}

bool cases_load(struct store *store, struct arena *arena, int64_t from, int64_t to, struct case_list *out, struct error *err)
{
	struct case_rows rows = { 0 };
	*out = (struct case_list){ 0 };
	if (!read_rows(store, arena, from, to, &rows, err))
		return false;
	if (rows.copy_count > 0)
		qsort(rows.copies, rows.copy_count, sizeof *rows.copies, compare_copies);
	if (rows.decision_count > 0)
		qsort(rows.decisions, rows.decision_count, sizeof *rows.decisions, compare_decisions);
	if (rows.finding_count > 0)
		qsort(rows.findings, rows.finding_count, sizeof *rows.findings, compare_findings);
	merge(arena, &rows, out);
	return true;
}
