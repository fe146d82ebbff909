/* cases_journal.c - the cases of a period as the journal alone tells them, line by line for each message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

/* A release or return, from when it was decided, or confirmed by a second person, until it is done. */
struct replayed_decision {
	int64_t number, at;
	bool done;
};

/* One message on its way through the journal. */
struct replay {
	struct judged_case judged;
	int64_t counts[HOLD_VOID + 1]; /* copies in each state */
	bool known, taken_back;
	struct replayed_decision *decisions;
	size_t decision_count;
};

static bool state_parse(const char *name, enum hold_state *out)
{
	for (int i = 0; name != NULL && i <= HOLD_VOID; i++) {
		if (strcmp(name, hold_state_name((enum hold_state)i)) == 0) {
			*out = (enum hold_state)i;
			return true;
		}
	}
	return false;
}

static bool stands_among(const char *word, size_t length, const char *words)
{
	for (const char *at = words; at != NULL && *at != '\0';) {
		size_t run = strcspn(at, " ");
		if (run == length && memcmp(at, word, run) == 0)
			return true;
		at += run + strspn(at + run, " ");
	}
	return false;
}

static void take_rules(struct arena *arena, struct judged_case *judged, const char *rules, const char *holding)
{
	struct case_rule *list = NULL;
	for (const char *at = rules == NULL ? "" : rules + strspn(rules, " "); *at != '\0';) {
		size_t length = strcspn(at, " ");
		*ARENA_PUSH(arena, list, judged->rule_count) = (struct case_rule){
			.rule = arena_string_of(arena, (struct bytes){ at, length }),
			.clause = "",
			.holds = holding == NULL || stands_among(at, length, holding),
		};
		at += length + strspn(at + length, " ");
	}
	judged->rules = list;
}

/* The first judgement, or one that was taken back and is in force again under the same id. A line written before copies were
 * counted speaks of one at least. */
static void take_judgement(struct arena *arena, struct replay *replay, const struct journal_line *line, json_t *detail)
{
	const char *copies = json_string_value(json_object_get(detail, "copies"));
	const char *outcome = json_string_value(json_object_get(detail, "outcome"));
	replay->judged.at = line->at;
	if (replay->known) {
		replay->counts[HOLD_HELD] += replay->counts[HOLD_VOID];
		replay->counts[HOLD_VOID] = 0;
		replay->taken_back = false;
		return;
	}
	replay->known = true;
	replay->counts[HOLD_HELD] = copies != NULL ? atoll(copies) : outcome != NULL && strcmp(outcome, "hold") == 0;
	take_rules(arena, &replay->judged, json_string_value(json_object_get(detail, "rules")),
		   json_string_value(json_object_get(detail, "holding")));
}

static void settle(struct replay *replay, int64_t at)
{
	if (at > replay->judged.settled_at)
		replay->judged.settled_at = at;
}

static void take_move(struct replay *replay, const struct journal_line *line, const char *from_name, enum hold_state to)
{
	enum hold_state from;
	if (state_parse(from_name, &from)) {
		replay->counts[from] -= replay->counts[from] > 0;
		replay->counts[to]++;
	} else if (to == HOLD_RETURNED) { /* all that was undecided */
		replay->counts[HOLD_RETURNED] += replay->counts[HOLD_HELD] + replay->counts[HOLD_IN_DOUBT];
		replay->counts[HOLD_HELD] = replay->counts[HOLD_IN_DOUBT] = 0;
	} else {
		return;
	}
	if (to == HOLD_RELEASED || to == HOLD_RETURNED)
		settle(replay, line->at);
}

static void decide(struct arena *arena, struct replay *replay, const struct journal_line *line, json_t *detail)
{
	const char *deed = json_string_value(json_object_get(detail, "deed")), *state = json_string_value(json_object_get(detail, "state"));
	const char *number = json_string_value(json_object_get(detail, "decision"));
	if (deed == NULL || state == NULL || number == NULL || strcmp(deed, "pass") == 0)
		return;
	*ARENA_PUSH(arena, replay->decisions, replay->decision_count) =
		(struct replayed_decision){ atoll(number), line->at, strcmp(state, "done") == 0 };
}

/* What is said of an earlier decision; true when it was of one. */
static bool go_on(struct replay *replay, const struct journal_line *line, json_t *detail)
{
	const char *number = json_string_value(json_object_get(detail, "decision"));
	if (number == NULL || strncmp(line->what, "decision-", 9) != 0)
		return false;
	for (size_t i = 0; i < replay->decision_count; i++) {
		struct replayed_decision *decision = &replay->decisions[i];
		if (decision->number != atoll(number))
			continue;
		if (strcmp(line->what, "decision-confirmed") == 0 && line->at > decision->at)
			decision->at = line->at;
		decision->done = decision->done || strcmp(line->what, "decision-done") == 0;
	}
	return true;
}

static void take_line(struct arena *arena, struct replay *replay, const struct journal_line *line)
{
	json_t *detail = json_loads(line->detail, 0, NULL);
	enum hold_state to;
	bool judges = strcmp(line->what, "held") == 0 || strcmp(line->what, "recorded") == 0;
	if (judges && json_object_get(detail, "content") != NULL) {
		take_judgement(arena, replay, line, detail);
	} else if (strcmp(line->what, "decided") == 0) {
		decide(arena, replay, line, detail);
	} else if (go_on(replay, line, detail)) {
		/* nothing more of it */
	} else if (strcmp(line->what, "void") == 0) {
		replay->taken_back = true;
		replay->counts[HOLD_VOID] = replay->counts[HOLD_HELD];
		replay->counts[HOLD_HELD] = 0;
	} else if (state_parse(line->what, &to)) {
		take_move(replay, line, json_string_value(json_object_get(detail, "from")), to);
	}
	json_decref(detail);
}

static void finish(struct arena *arena, const struct replay *replay, int64_t from, int64_t to, struct case_list *out)
{
	const int64_t *counts = replay->counts;
	if (!replay->known || replay->taken_back || replay->judged.at < from || replay->judged.at >= to)
		return;
	struct judged_case *judged = ARENA_PUSH(arena, out->items, out->count);
	*judged = replay->judged;
	int64_t decided_at = 0;
	for (size_t i = 0; i < replay->decision_count; i++)
		if (replay->decisions[i].done && replay->decisions[i].at > decided_at)
			decided_at = replay->decisions[i].at;
	if (decided_at != 0)
		judged->settled_at = decided_at;
	for (int i = 0; i < HOLD_VOID; i++)
		judged->copies += counts[i];
	judged->released = counts[HOLD_RELEASED];
	judged->returned = counts[HOLD_RETURNED];
	judged->in_doubt = counts[HOLD_IN_DOUBT];
}

static bool each_line(struct store *store, struct arena *arena, sqlite3_stmt *query, int64_t from, int64_t to, struct case_list *out,
		      struct error *err)
{
	struct replay replay = { .judged.id = "" };
	bool found = false, good = true;
	while ((good = database_row(store, query, &found, err)) && found) {
		struct journal_line line = {
			.at = sqlite3_column_int64(query, 1),
			.what = (const char *)sqlite3_column_text(query, 2),
			.detail = (const char *)sqlite3_column_text(query, 3),
		};
		const char *id = (const char *)sqlite3_column_text(query, 0);
		if (strcmp(id, replay.judged.id) != 0) {
			finish(arena, &replay, from, to, out);
			replay = (struct replay){ .judged.id = arena_string(arena, id) };
		}
		take_line(arena, &replay, &line);
	}
	finish(arena, &replay, from, to, out);
	return good;
}

bool cases_replay(struct store *store, struct arena *arena, int64_t from, int64_t to, int64_t last, struct case_list *out, struct error *err)
{
	sqlite3_stmt *query = NULL;
	*out = (struct case_list){ 0 };
	bool good = database_query(store, "SELECT id, at, what, detail FROM journal WHERE id IS NOT NULL AND number <= ? ORDER BY id, number",
				   VALUES(value_integer(last)), &query, err) &&
		    each_line(store, arena, query, from, to, out, err);
	database_finish(&query);
	return good;
}
