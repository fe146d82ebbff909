/* statistics_json.c - the figures of a period for programs and for the desk. null says "not measured" or "none yet".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "paper.h"

static void set(json_t *object, const char *key, json_t *value)
{
	if (value == NULL || json_object_set_new(object, key, value) != 0)
		abort();
}

static void append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value) != 0)
		abort();
}

static void set_text(struct arena *arena, json_t *object, const char *key, const char *text)
{
	struct bytes good = unicode_repair(arena, bytes_of(text));
	set(object, key, text == NULL ? json_null() : json_stringn(good.length == 0 ? "" : good.data, good.length));
}

static void set_count(json_t *object, const char *key, int64_t count)
{
	set(object, key, count == STATISTICS_NONE ? json_null() : json_integer(count));
}

static void set_fates(json_t *object, const struct fates *fates)
{
	set_count(object, "held", fates->held);
	set_count(object, "released", fates->released);
	set_count(object, "returned", fates->returned);
	set_count(object, "waiting", fates->waiting);
	set_count(object, "in_doubt", fates->in_doubt);
	set_count(object, "median_minutes", fates->median_minutes);
}

static json_t *weeks_json(const struct statistics *statistics)
{
	json_t *array = json_array();
	for (size_t i = 0; i < statistics->week_count; i++) {
		const struct statistics_week *week = &statistics->weeks[i];
		json_t *item = json_object();
		set(item, "start", json_integer(week->start));
		set_count(item, "examined", week->examined);
		set_count(item, "findings", week->findings);
		set_count(item, "held", week->held);
		append(array, item);
	}
	return array;
}

static json_t *counts_json(const int64_t *counts, size_t count)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++)
		append(array, json_integer(counts[i]));
	return array;
}

static json_t *rules_json(struct arena *arena, const struct statistics *statistics)
{
	json_t *array = json_array();
	for (size_t i = 0; i < statistics->rule_count; i++) {
		const struct statistics_rule *rule = &statistics->rules[i];
		json_t *item = json_object(), *weekly = json_object();
		set_text(arena, item, "rule", rule->rule);
		set_text(arena, item, "clause", rule->clause);
		set_count(item, "findings", rule->findings);
		set_fates(item, &rule->fates);
		set_count(item, "wrong", rule->wrong);
		set(weekly, "findings", counts_json(rule->weekly_findings, statistics->week_count));
		set(weekly, "held", counts_json(rule->weekly_held, statistics->week_count));
		set(item, "weekly", weekly);
		append(array, item);
	}
	return array;
}

static json_t *exceptions_json(struct arena *arena, const struct statistics_exception *list, size_t count)
{
	json_t *array = json_array();
	for (size_t i = 0; i < count; i++) {
		const struct statistics_exception *exception = &list[i];
		json_t *item = json_object();
		set(item, "quarter", json_string(arena_printf(arena, "%04d-Q%d", exception->year, exception->quarter)));
		set_text(arena, item, "rule", exception->rule);
		set_text(arena, item, "sentence", exception->sentence);
		set_count(item, "count", exception->count);
		append(array, item);
	}
	return array;
}

static json_t *tally_json(const struct tally *tally)
{
	const struct {
		const char *key;
		int64_t count;
	} counts[] = {
		{ "examined", tally->examined }, { "delivered", tally->delivered }, { "annotated", tally->annotated },
		{ "held", tally->held },         { "returned", tally->returned },   { "retried", tally->retried },
		{ "unreadable", tally->unreadable }, { "internal", tally->internal }, { "outgoing", tally->outgoing },
		{ "incoming", tally->incoming },       { "split", tally->split },         { "reunited", tally->reunited },
		{ "reunited_late", tally->reunited_late }, { "not_reunited", tally->not_reunited },
		{ "marked_private", tally->marked_private },
	};
	json_t *object = json_object();
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		set_count(object, counts[i].key, counts[i].count);
	return object;
}

/* Messages that came in several envelopes (DESIGN 5). Nothing examined is nothing measured. */
static json_t *reunion_json(const struct tally *tally)
{
	if (tally->examined == 0)
		return json_null();
	json_t *object = json_object();
	set_count(object, "split", tally->split);
	set_count(object, "in_time", tally->reunited);
	set_count(object, "late", tally->reunited_late);
	set_count(object, "not", tally->not_reunited);
	return object;
}

static json_t *blind_json(const struct statistics *statistics)
{
	json_t *object = json_object();
	const struct tally *tally = &statistics->tally;
	set(object, "internal_unseen", tally->examined == 0 ? json_null() : json_boolean(tally->internal == 0));
	set_count(object, "internal", tally->internal);
	set_count(object, "unreadable", tally->unreadable);
	set(object, "reunion", reunion_json(tally));
	return object;
}

static json_t *measured_json(const struct statistics *statistics)
{
	json_t *object = json_object();
	set(object, "since", statistics->first_hour == 0 ? json_null() : json_integer(statistics->first_hour));
	set(object, "mail", json_boolean(statistics->tally.examined > 0));
	set(object, "wrong", json_boolean(statistics->wrong != STATISTICS_NONE));
	set(object, "reunion", json_boolean(statistics->tally.examined > 0));
	return object;
}

static json_t *journal_json(struct arena *arena, const struct statistics *statistics)
{
	json_t *object = json_object();
	set(object, "number", json_integer(statistics->journal.number));
	set_text(arena, object, "hash", statistics->journal.hash);
	return object;
}

json_t *statistics_json(struct arena *arena, const struct statistics *statistics)
{
	json_t *root = json_object();
	set(root, "from", json_integer(statistics->from));
	set(root, "to", json_integer(statistics->to));
	set(root, "tally", tally_json(&statistics->tally));
	set_count(root, "findings", statistics->findings);
	set_fates(root, &statistics->fates);
	set_count(root, "returned_at_once", statistics->returned_at_once);
	set_count(root, "wrong", statistics->wrong);
	set(root, "share_released",
	    statistics->share_released == STATISTICS_NONE ? json_null() : json_real((double)statistics->share_released / 1000.0));
	set(root, "weeks", weeks_json(statistics));
	set(root, "rules", rules_json(arena, statistics));
	set(root, "exceptions", exceptions_json(arena, statistics->exceptions, statistics->exception_count));
	set(root, "reasons", exceptions_json(arena, statistics->reasons, statistics->reason_count));
	set(root, "blind", blind_json(statistics));
	set(root, "measured", measured_json(statistics));
	set(root, "journal", journal_json(arena, statistics));
	return root;
}

static void set_time(struct arena *arena, json_t *object, const char *key, int64_t at)
{
	set(object, key, at == 0 ? json_null() : json_string(clock_format_rfc3339(arena, at)));
}

static json_t *retention_json(struct arena *arena, const struct retention_runs *runs)
{
	json_t *object = json_object();
	set_count(object, "runs", runs->count);
	set_time(arena, object, "first", runs->first);
	set_time(arena, object, "last", runs->last);
	return object;
}

/* "v" changes when a key changes its meaning. */
struct bytes paper_as_json(const struct paper *paper)
{
	struct arena *arena = paper->arena;
	const struct statistics_options *options = paper->options;
	json_t *root = statistics_json(arena, paper->statistics), *authority = json_object();
	set(root, "v", json_integer(1));
	set_text(arena, root, "council", options->council_name);
	set_text(arena, root, "mode", options->mode);
	set_text(arena, authority, "minute", options->authority_minute);
	set_text(arena, authority, "date", options->authority_date);
	set(root, "authority", authority);
	set_text(arena, root, "directory_reviewed", options->directory_reviewed);
	set_time(arena, root, "made", options->now);
	set(root, "retention", retention_json(arena, &paper->statistics->retention));
	set(root, "chain", json_boolean(paper->journal_broken_at == 0));
	char *written = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(4));
	if (written == NULL)
		abort();
	struct bytes bytes = bytes_of(arena_printf(arena, "%s\n", written));
	free(written);
	json_decref(root);
	return bytes;
}
