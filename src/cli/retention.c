/* retention.c - `copyhold retention`: the schedule, legal holds, a run now, and the certificate of what was disposed of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/command.h"
#include "cli/judge.h"
#include "review/retention.h"

struct retention_flags {
	bool dry_run, json, all;
	const char *at, *state, *person, *by, *reason, *review, *number, *from, *to;
};

static const struct option_row retention_rows[] = {
	{ "dry-run", OPTION_FLAG, offsetof(struct retention_flags, dry_run), NULL, "with run: count what would go, change nothing" },
	{ "person", OPTION_VALUE, offsetof(struct retention_flags, person), "A", "with keep and unkeep: all entries of this person, by address, login or name" },
	{ "all", OPTION_FLAG, offsetof(struct retention_flags, all), NULL, "with keep and unkeep: everything" },
	{ "number", OPTION_VALUE, offsetof(struct retention_flags, number), "N", "with unkeep: the legal hold of that number, as show lists it" },
	{ "by", OPTION_VALUE, offsetof(struct retention_flags, by), "WHO", "with keep and unkeep: who orders it" },
	{ "reason", OPTION_VALUE, offsetof(struct retention_flags, reason), "TEXT", "with keep and unkeep: why; kept in the journal" },
	{ "review", OPTION_VALUE, offsetof(struct retention_flags, review), "DATE", "with keep: when the hold is to be looked at again, as 2026-12-31" },
	{ "from", OPTION_VALUE, offsetof(struct retention_flags, from), "TIME", "with certificate: its beginning; default: the first line" },
	{ "to", OPTION_VALUE, offsetof(struct retention_flags, to), "TIME", "with certificate: its end; default: now" },
	{ "json", OPTION_FLAG, offsetof(struct retention_flags, json), NULL, "with show and run: JSON" },
	{ "at", OPTION_VALUE, offsetof(struct retention_flags, at), "TIME", "RFC 3339 time of the deed; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct retention_flags, state), "DIR", "a folder written by check --state" },
};

#define EXPIRED_AT_ONCE ((size_t)5000)
#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)

struct retention_call {
	struct arena *arena;
	const struct retention_flags *flags;
	const struct snapshot *snapshot;
	struct store *store;
	const char *id; /* or NULL */
	int64_t at;
};

static void print_json(json_t *json)
{
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(json);
}

static const char *review_date(struct arena *arena, int32_t review)
{
	return review == 0 ? NULL : arena_printf(arena, "%04d-%02d-%02d", review / 10000, review / 100 % 100, review % 100);
}

static json_t *time_json(struct arena *arena, int64_t at)
{
	return at == 0 ? json_null() : json_text(clock_format_rfc3339(arena, at));
}

static json_t *holds_json(struct retention_call *call, const struct legal_hold *holds, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:o}", "number", (json_int_t)holds[i].number, "scope",
						      json_text(holds[i].scope), "what", json_text(holds[i].what), "by", json_text(holds[i].by),
						      "reason", json_text(holds[i].reason), "at", json_text(clock_format_rfc3339(call->arena, holds[i].at)),
						      "review", json_text(review_date(call->arena, holds[i].review))));
	return list;
}

static void show_json(struct retention_call *call, const struct retention_last *last, const struct legal_hold *holds, size_t count)
{
	json_t *schedule = json_object();
	const struct memory_terms *terms = &call->snapshot->memory_terms;
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++)
		json_object_set_new(schedule, retention_rule_of((enum retention_class)i)->name,
				    json_text(period_format(call->arena, call->snapshot->retention.keep[i])));
	json_t *remembered = !call->snapshot->memory_kept ? json_null() :
		json_pack("{s:I,s:I,s:I}", "reunion_hours", (json_int_t)(terms->reunion / HOUR), "correspondence_days",
			  (json_int_t)(terms->correspondence / DAY), "issued_days", (json_int_t)(terms->issued / DAY));
	print_json(json_pack("{s:i,s:o,s:o,s:{s:o,s:o,s:I},s:o}", "v", 1, "schedule", schedule, "remembered", remembered, "last_run", "at", time_json(call->arena, last->at),
			     "next_at", time_json(call->arena, last->next_at), "removed", (json_int_t)last->removed, "legal_holds",
			     holds_json(call, holds, count)));
}

static void show_text(struct retention_call *call, const struct retention_last *last, const struct legal_hold *holds, size_t count)
{
	printf("Kept for\n");
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++)
		printf("  %-13s %-10s %s\n", retention_rule_of((enum retention_class)i)->name,
		       period_format(call->arena, call->snapshot->retention.keep[i]), retention_rule_of((enum retention_class)i)->meaning);
	const struct memory_terms *terms = &call->snapshot->memory_terms;
	if (call->snapshot->memory_kept)
		printf("Remembered, beside that, in memory.db (digests under a secret key; no words, no names)\n"
		       "  envelopes     %lld hours, with their recipients: the copies of one message are joined\n"
		       "  letters       %lld days: confidential ones and councillors' are known again\n"
		       "  issued        %lld days: what was issued openly is known to be no secret\n",
		       (long long)(terms->reunion / HOUR), (long long)(terms->correspondence / DAY), (long long)(terms->issued / DAY));
	if (last->at == 0)
		printf("\nNothing has been disposed of yet: the first run is still to come.\n");
	else
		printf("\nLast run %s: %lld removed. The next one follows after %s.\n", clock_format_local(call->arena, last->at),
		       (long long)last->removed, clock_format_local(call->arena, last->next_at));
	printf("\nLegal holds: %s\n", count == 0 ? "none" : "");
	for (size_t i = 0; i < count; i++) {
		const char *review = review_date(call->arena, holds[i].review);
		printf("  %lld  %s %s, by %s on %s: %s", (long long)holds[i].number, holds[i].scope, holds[i].what == NULL ? "" : holds[i].what,
		       holds[i].by, clock_format_local(call->arena, holds[i].at), holds[i].reason);
		if (review == NULL)
			printf(" (no date set to look at it again)\n");
		else
			printf(" (%s %s)\n", holds[i].review < clock_date_of(call->at) ? "was to be looked at again on" : "to be looked at again on", review);
	}
}

static bool retention_show(struct retention_call *call, struct error *err)
{
	struct retention_last last;
	const struct legal_hold *holds = NULL;
	size_t count = 0;
	if (!retention_last_run(call->store, &last, err) || !retention_holds(call->store, call->arena, &holds, &count, err))
		return false;
	(call->flags->json ? show_json : show_text)(call, &last, holds, count);
	return true;
}

/* The account that asks, when nobody is named. */
static const char *who_asks(struct retention_call *call)
{
	const struct passwd *account = getpwuid(getuid());
	if (call->flags->by != NULL)
		return call->flags->by;
	return account == NULL ? arena_printf(call->arena, "account %ld", (long)getuid()) : arena_printf(call->arena, "account %s", account->pw_name);
}

/* Memory keeps its own time (copyhold.conf(5)). */
static bool expire_memory(struct retention_call *call, int64_t *removed_out, struct error *err)
{
	struct memory *memory = NULL;
	struct memory_figures before, after;
	bool more = true;
	if (!command_memory(call->snapshot, call->store, &memory, err))
		return false;
	bool good = memory_figures(memory, &before, err);
	while (good && more)
		good = memory_expire(memory, call->at, EXPIRED_AT_ONCE, &more, err);
	good = good && memory_figures(memory, &after, err);
	if (good)
		*removed_out = before.messages + before.envelopes - after.messages - after.envelopes;
	memory_close(&memory);
	return good;
}

static bool retention_run_now(struct retention_call *call, struct error *err)
{
	struct retention_result result;
	int64_t forgotten = 0;
	if (call->at > clock_now() && call->flags->state == NULL && !call->flags->dry_run)
		return error_set(err, ERROR_USAGE, "--at: what is due only later must not go now; --dry-run shows what would");
	if (!retention_run(call->store, call->snapshot->directory, &call->snapshot->retention, who_asks(call), call->at, call->flags->dry_run,
			   &result, err) ||
	    (!call->flags->dry_run && !expire_memory(call, &forgotten, err)))
		return false;
	json_t *removed = json_object();
	for (size_t i = 0; i < RETENTION_CLASS_COUNT; i++) {
		const char *name = retention_rule_of((enum retention_class)i)->name;
		json_object_set_new(removed, name, json_integer(result.removed[i]));
		if (!call->flags->json)
			printf("%-13s %lld %s\n", name, (long long)result.removed[i], call->flags->dry_run ? "would go" : "removed");
	}
	if (!call->flags->json && !call->flags->dry_run)
		printf("%-13s %lld forgotten, of what was seen before\n", "memory.db", (long long)forgotten);
	if (!call->flags->json)
		printf("%lld kept by a legal hold\n", (long long)result.kept_by_hold);
	json_t *whole = json_pack("{s:i,s:b,s:o,s:I,s:I}", "v", 1, "dry_run", call->flags->dry_run, "removed", removed, "kept_by_hold",
				  (json_int_t)result.kept_by_hold, "forgotten", (json_int_t)forgotten);
	if (call->flags->json)
		print_json(whole);
	else
		json_decref(whole);
	return true;
}

/* What keep and unkeep are about: exactly one of ID, --person, --all (or, for unkeep, --number). */
static bool order_of(struct retention_call *call, bool with_number, struct keep_order *out, struct error *err)
{
	const struct retention_flags *flags = call->flags;
	int given = (call->id != NULL) + (flags->person != NULL) + flags->all + (with_number && flags->number != NULL);
	if (given != 1)
		return error_set(err, ERROR_USAGE, "say what: one of ID, --person A, --all%s", with_number ? " and --number N" : "");
	if (flags->by == NULL || flags->by[0] == '\0' || flags->reason == NULL || flags->reason[0] == '\0')
		return error_set(err, ERROR_USAGE, "a legal hold needs --by WHO and --reason TEXT: both are kept in the journal");
	*out = (struct keep_order){
		.scope = flags->all ? KEEP_ALL : flags->person != NULL ? KEEP_PERSON : KEEP_MESSAGE,
		.what = flags->person != NULL ? flags->person : call->id,
		.by = flags->by,
		.reason = flags->reason,
		.at = call->at,
	};
	if (flags->review == NULL || clock_parse_date(flags->review, &out->review, err))
		return true;
	err->kind = ERROR_USAGE;
	return error_context(err, "--review");
}

static bool retention_keep_one(struct retention_call *call, struct error *err)
{
	struct keep_order order;
	int64_t number = 0;
	if (!order_of(call, false, &order, err) || !retention_keep(call->store, call->snapshot->directory, call->arena, &order, &number, err))
		return false;
	printf("Legal hold %lld is in force: nothing of %s is disposed of until it is lifted.\n", (long long)number,
	       order.scope == KEEP_ALL ? "anything" : order.what);
	return true;
}

static bool retention_unkeep_one(struct retention_call *call, struct error *err)
{
	struct keep_order order;
	char *end = NULL;
	if (!order_of(call, true, &order, err))
		return false;
	long long number = call->flags->number == NULL ? 0 : strtoll(call->flags->number, &end, 10);
	if (call->flags->number != NULL && (number < 1 || *end != '\0'))
		return error_set(err, ERROR_USAGE, "--number wants a number as retention show lists it, not \"%s\"", call->flags->number);
	if (!retention_unkeep(call->store, call->snapshot->directory, call->arena, &order, number, err))
		return false;
	printf("Lifted; disposal by schedule goes on with the next run.\n");
	return true;
}

static bool period_end(const char *option, const char *name, int64_t *out, struct error *err)
{
	if (option == NULL || clock_parse_rfc3339(option, out, err))
		return true;
	err->kind = ERROR_USAGE;
	return error_context(err, "%s", name);
}

static bool retention_certify(struct retention_call *call, struct error *err)
{
	int64_t from = 0, to = call->at;
	struct bytes page;
	if (!period_end(call->flags->from, "--from", &from, err) || !period_end(call->flags->to, "--to", &to, err))
		return false;
	if (!retention_certificate(call->store, call->arena, call->snapshot->council.name, from, to + 1, call->at, &page, err))
		return false;
	fwrite(page.data, 1, page.length, stdout);
	return true;
}

static const struct verb {
	const char *name;
	bool takes_id; /* perhaps */
	bool (*run)(struct retention_call *call, struct error *err);
} verbs[] = {
	{ "show", false, retention_show },           { "run", false, retention_run_now },
	{ "keep", true, retention_keep_one },        { "unkeep", true, retention_unkeep_one },
	{ "certificate", false, retention_certify },
};

static const struct verb *find_verb(const char *const *operands, struct error *err)
{
	for (size_t i = 0; operands[0] != NULL && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, operands[0]) == 0 &&
		    (operands[1] == NULL || command_operands(operands + 1, verbs[i].takes_id, verbs[i].takes_id ? "at most one ID" : "no more", err)))
			return &verbs[i];
	if (err->kind == ERROR_NONE)
		error_set(err, ERROR_USAGE, "retention wants one of: show, run, keep, unkeep, certificate");
	return NULL;
}

static bool retention_command_run(struct invocation *invocation, struct error *err)
{
	struct retention_flags flags = { 0 };
	struct retention_call call = { .arena = invocation->arena, .flags = &flags };
	struct opened opened;
	const char *const *operands;
	if (!options_parse(invocation->arena, retention_rows, sizeof retention_rows / sizeof *retention_rows, invocation->argc, invocation->argv,
			   &flags, &operands, err))
		return false;
	const struct verb *verb = find_verb(operands, err);
	if (verb == NULL || !command_time(flags.at, &call.at, err) || !command_open(invocation, flags.state, &opened, err))
		return false;
	call.snapshot = opened.snapshot;
	call.store = opened.store;
	call.id = operands[1];
	bool good = verb->run(&call, err);
	command_close(&opened);
	return good;
}

const struct command retention_command = {
	.name = "retention",
	.operands = "show|run|keep|unkeep|certificate [ID]",
	.summary = "how long things are kept, legal holds, and proof of what was disposed of",
	.options = retention_rows,
	.option_count = sizeof retention_rows / sizeof *retention_rows,
	.run = retention_command_run,
};
