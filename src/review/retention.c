/* retention.c - disposal by schedule: each class in its turn, the run as a whole, and what legal holds mean for an entry.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/retention.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "recusal.h"
#include "store/purge.h"

#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)
#define QUIET_HOUR 3 /* UTC */

/* Whose entries stay: by the directory as it is now, and by the addresses they had when the hold was set. */
static bool concerns_person(const struct directory *directory, const struct legal_hold *hold, const struct held *held)
{
	struct arena *arena = arena_new();
	struct reviewer who = reviewer_resolve(directory, hold->what);
	bool concerned = recusal_reason(directory, held, &who) != NULL;
	const char *rest = hold->addresses == NULL ? "" : hold->addresses;
	while (!concerned && *rest != '\0') {
		size_t length = strcspn(rest, " ");
		who = reviewer_resolve(directory, arena_string_of(arena, (struct bytes){ rest, length }));
		concerned = recusal_reason(directory, held, &who) != NULL;
		for (size_t i = 0; i < held->recipient_count && !concerned; i++)
			concerned = reviewer_has_address(directory, &who, held->recipients[i].changed_by);
		rest += length + (rest[length] == ' ');
	}
	arena_free(&arena);
	return concerned;
}

static bool covers(const struct directory *directory, const struct legal_hold *hold, const struct held *held)
{
	if (strcmp(hold->scope, "message") == 0)
		return strcmp(hold->what, held->id) == 0;
	return strcmp(hold->scope, "all") == 0 || concerns_person(directory, hold, held);
}

static bool entry_stays(void *context, const struct legal_hold *holds, size_t count, const struct held *held)
{
	for (size_t i = 0; i < count; i++)
		if (covers(context, &holds[i], held))
			return true;
	return false;
}

/* A line stays with its entry, and where it names the person itself. */
static bool line_names(const struct directory *directory, const struct legal_hold *hold, const struct journal_line *line)
{
	struct finding_record words = { .explanation = line->detail };
	struct held named = { .id = "", .from = line->by == NULL ? "" : line->by, .auth = line->by, .findings = &words, .finding_count = 1 };
	return strcmp(hold->scope, "person") == 0 && concerns_person(directory, hold, &named);
}

static bool line_stays(void *context, const struct legal_hold *holds, size_t count, const struct journal_line *line, const struct held *held)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(holds[i].scope, "all") == 0 || (held != NULL && covers(context, &holds[i], held)) ||
		    line_names(context, &holds[i], line))
			return true;
		if (line->id != NULL && strcmp(holds[i].scope, "message") == 0 && strcmp(holds[i].what, line->id) == 0)
			return true;
	}
	return false;
}

bool retention_hold_on(struct store *store, const struct directory *directory, struct arena *arena, const struct held *held,
		       const struct legal_hold **out, struct error *err)
{
	const struct legal_hold *holds = NULL;
	size_t count = 0;
	*out = NULL;
	if (!store_legal_holds(store, arena, &holds, &count, err))
		return false;
	for (size_t i = 0; i < count && *out == NULL; i++)
		*out = covers(directory, &holds[i], held) ? &holds[i] : NULL;
	return true;
}

/* In this order: an entry must not lose its words before its message is gone, nor its rows before its fingerprint. */
static const struct turn {
	enum purge_class class;
	enum retention_class schedule;
} turns[] = {
	{ PURGE_BODIES, RETENTION_BODIES },   { PURGE_NOTICES, RETENTION_NOTICES }, { PURGE_OBSERVATIONS, RETENTION_OBSERVATIONS },
	{ PURGE_FACTS, RETENTION_OBSERVATIONS },
	{ PURGE_MEMORY, RETENTION_MEMORY },   { PURGE_REMAINS, RETENTION_JOURNAL }, { PURGE_HOLDS, RETENTION_JOURNAL },
	{ PURGE_COUNTS, RETENTION_COUNTS },   { PURGE_PAST, RETENTION_COUNTS },
};

static bool take_turns(struct store *store, const struct retention_schedule *schedule, struct purge_order *order,
		       struct retention_result *out, struct error *err)
{
	int64_t removed = 0, spared = 0;
	for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
		order->before = period_before(schedule->keep[turns[i].schedule], order->now);
		if (!store_purge(store, turns[i].class, order, &removed, &spared, err))
			return false;
		out->removed[turns[i].schedule] += removed;
		out->kept_by_hold += turns[i].class == PURGE_OBSERVATIONS || turns[i].class == PURGE_BODIES ? spared : 0;
	}
	order->before = period_before(schedule->keep[RETENTION_JOURNAL], order->now);
	if (!store_purge_journal(store, order, &removed, &spared, err))
		return false;
	out->removed[RETENTION_JOURNAL] += removed;
	return true;
}

static bool finish(struct store *store, const char *by, int64_t now, const struct retention_result *result, struct error *err)
{
	int64_t all = 0;
	json_t *detail = json_object(), *removed = json_object();
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++) {
		json_object_set_new(removed, retention_rule_of((enum retention_class)i)->name, json_integer(result->removed[i]));
		all += result->removed[i];
	}
	json_object_set_new(detail, "removed", removed);
	json_object_set_new(detail, "kept_by_hold", json_integer(result->kept_by_hold));
	char *text = json_dumps(detail, JSON_COMPACT);
	json_decref(detail);
	bool good = store_purge_done(store, by, memory_must(text), all, now, err);
	free(text);
	return good && (store_tidy(store, err) || error_context(err, "all that was due is disposed of, but traces may be left on the disk until the next run"));
}

bool retention_run(struct store *store, const struct directory *directory, const struct retention_schedule *schedule, const char *by,
		   int64_t now, bool dry, struct retention_result *out, struct error *err)
{
	struct purge_order order = { .now = now, .by = by, .dry = dry, .sparing = { entry_stays, line_stays, (void *)directory } };
	*out = (struct retention_result){ 0 };
	return take_turns(store, schedule, &order, out, err) && (dry || finish(store, by, now, out, err));
}

/* --- once a day --- */

/* The beginning of the quiet hour that was last, at `now`: 3 or 4 o'clock in the morning by the clock on the wall. */
static int64_t last_quiet_hour(int64_t now)
{
	return now - ((now - QUIET_HOUR * HOUR) % DAY + DAY) % DAY;
}

bool retention_tend(struct store *store, const struct directory *directory, const struct retention_schedule *schedule, int64_t now,
		    bool *ran_out, struct error *err)
{
	struct purge_last last;
	struct retention_result result;
	int64_t due = last_quiet_hour(now);
	*ran_out = false;
	/* Nearly always the answer is no: ask without the write lock. */
	if (!store_purge_last(store, &last, err))
		return false;
	if (last.at >= due && last.at <= now)
		return true;
	if (!store_purge_claim(store, due, now, ran_out, err))
		return false;
	return !*ran_out || retention_run(store, directory, schedule, "copyhold", now, false, &result, err);
}

bool retention_last_run(struct store *store, struct retention_last *out, struct error *err)
{
	struct purge_last last;
	*out = (struct retention_last){ 0 };
	if (!store_purge_last(store, &last, err))
		return false;
	out->at = last.at;
	out->removed = last.removed;
	out->next_at = last.at == 0 ? 0 : last_quiet_hour(last.at) + DAY;
	return true;
}
