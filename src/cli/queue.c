/* queue.c - `copyhold queue`: what is held, and a reviewer's deeds on it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/command.h"
#include "cli/judge.h"

struct queue_flags {
	bool json, all, raw;
	const char *by, *reason, *at, *state;
	struct option_values rcpt;
};

static const struct option_row queue_rows[] = {
	{ "by", OPTION_VALUE, offsetof(struct queue_flags, by), "REVIEWER", "who decides: an address or login of the directory" },
	{ "reason", OPTION_VALUE, offsetof(struct queue_flags, reason), "TEXT", "why; kept in the journal" },
	{ "rcpt", OPTION_MANY, offsetof(struct queue_flags, rcpt), "ADDRESS", "with release: only to this held recipient; may be repeated" },
	{ "all", OPTION_FLAG, offsetof(struct queue_flags, all), NULL, "with list: decided ones too" },
	{ "raw", OPTION_FLAG, offsetof(struct queue_flags, raw), NULL, "with show: the message itself; needs --by and --reason" },
	{ "json", OPTION_FLAG, offsetof(struct queue_flags, json), NULL, "with list and show: JSON" },
	{ "at", OPTION_VALUE, offsetof(struct queue_flags, at), "TIME", "RFC 3339 time of the deed; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct queue_flags, state), "DIR", "a folder written by check --state; nothing is sent" },
};

struct queue_call {
	struct arena *arena;
	const struct queue_flags *flags;
	struct desk *desk;
	struct deed deed;
	const char *id;
};

static json_t *held_json(const struct held *held)
{
	struct arena *arena = arena_new();
	json_t *recipients = json_array(), *findings = json_array();
	for (size_t i = 0; i < held->recipient_count; i++)
		json_array_append_new(recipients, json_pack("{s:o,s:s,s:o}", "rcpt", json_text(held->recipients[i].address), "state",
							    hold_state_name(held->recipients[i].state), "reply",
							    json_text(held->recipients[i].last_reply)));
	for (size_t i = 0; i < held->finding_count; i++)
		json_array_append_new(findings, json_pack("{s:o,s:o,s:o}", "rule", json_text(held->findings[i].rule), "clause",
							  json_text(held->findings[i].clause), "explanation",
							  json_text(held->findings[i].explanation)));
	json_t *object = json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:I,s:b,s:o,s:o}", "v", 1, "id", json_text(held->id), "at",
				   json_text(clock_format_rfc3339(arena, held->at)), "from", json_text(held->from), "auth",
				   json_text(held->auth), "sender", json_text(held->sender_name), "message_id", json_text(held->message_id),
				   "subject", json_text(held->subject), "octets", (json_int_t)held->size, "escalated", held->escalated,
				   "recipients", recipients, "findings", findings);
	arena_free(&arena);
	return object;
}

static void print_json(json_t *json)
{
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(json);
}

/* Foreign text on a terminal: control characters are shown, not obeyed. */
static void print_foreign(const char *string)
{
	for (const unsigned char *c = (const unsigned char *)(string == NULL ? "-" : string); *c != '\0'; c++)
		if (*c < 0x20 || *c == 0x7f)
			printf("\\x%02x", *c);
		else
			putchar(*c);
}

static void print_held(const struct held *held, struct arena *arena, int64_t now)
{
	printf("%s  %s, %lld hours waiting%s\n  from ", held->id, clock_format_local(arena, held->at), (long long)(now - held->at) / 3600,
	       held->escalated ? ", escalated" : "");
	print_foreign(held->sender_name == NULL ? held->from : held->sender_name);
	printf("\n  subject ");
	print_foreign(held->subject == NULL ? "(not shown)" : held->subject);
	putchar('\n');
	for (size_t i = 0; i < held->recipient_count; i++) {
		printf("  %-9s ", hold_state_name(held->recipients[i].state));
		print_foreign(held->recipients[i].address);
		if (held->recipients[i].last_reply != NULL) {
			printf("  (");
			print_foreign(held->recipients[i].last_reply);
			printf(")");
		}
		putchar('\n');
	}
	for (size_t i = 0; i < held->finding_count; i++) {
		printf("  %s (%s): ", held->findings[i].rule, held->findings[i].clause);
		print_foreign(held->findings[i].explanation);
		putchar('\n');
	}
}

static bool queue_list(struct queue_call *call, struct error *err)
{
	struct held_list list;
	if (!store_list_held(call->desk->store, call->arena, call->flags->all, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (call->flags->json)
			print_json(held_json(&list.items[i]));
		else
			print_held(&list.items[i], call->arena, call->deed.at);
	if (list.count == 0 && !call->flags->json)
		printf("Nothing is held.\n");
	return true;
}

/* Without a reviewer's name the account that asks is journalled, and sees what it could list. */
static bool glance(struct queue_call *call, const struct held **held, struct error *err)
{
	const struct passwd *account = getpwuid(getuid());
	const char *by = account == NULL ? arena_printf(call->arena, "account %ld", (long)getuid())
					 : arena_printf(call->arena, "account %s", account->pw_name);
	struct deed deed = { by, "queue show", call->deed.at };
	return queue_glance(call->desk, call->arena, call->id, &deed, held, err);
}

static bool queue_show_one(struct queue_call *call, struct error *err)
{
	const struct held *held;
	struct bytes raw;
	if (call->flags->by == NULL && call->flags->raw)
		return error_set(err, ERROR_USAGE, "show --raw opens the message itself: give --by REVIEWER and --reason TEXT");
	if (call->flags->by == NULL ? !glance(call, &held, err) : !queue_show(call->desk, call->arena, call->id, &call->deed, &held, err))
		return false;
	if (call->flags->raw) {
		if (!store_read_raw(call->desk->store, call->arena, held->id, &raw, err))
			return false;
		fwrite(raw.data, 1, raw.length, stdout);
	} else if (call->flags->json) {
		print_json(held_json(held));
	} else {
		print_held(held, call->arena, call->deed.at);
	}
	return true;
}

static bool queue_release_one(struct queue_call *call, struct error *err)
{
	const struct queue_result *results = NULL;
	size_t count = 0;
	bool good = queue_release(call->desk, call->arena, call->id, call->flags->rcpt.items, call->flags->rcpt.count, &call->deed,
				  &results, &count, err);
	for (size_t i = 0; i < count; i++) {
		printf("%s%s  ", hold_state_name(results[i].state), results[i].already ? " before" : "");
		print_foreign(results[i].recipient);
		printf("  ");
		print_foreign(results[i].reply);
		putchar('\n');
	}
	return good;
}

static bool queue_return_one(struct queue_call *call, struct error *err)
{
	if (!queue_return(call->desk, call->arena, call->id, &call->deed, err))
		return false;
	printf("%s returned to its sender.\n", call->id);
	return true;
}

static bool queue_escalate_one(struct queue_call *call, struct error *err)
{
	if (!queue_escalate(call->desk, call->arena, call->id, &call->deed, err))
		return false;
	printf("%s passed to the second reviewer.\n", call->id);
	return true;
}

static const struct verb {
	const char *name;
	bool takes_id, is_deed;
	bool (*run)(struct queue_call *call, struct error *err);
} verbs[] = {
	{ "list", false, false, queue_list },
	{ "show", true, false, queue_show_one },
	{ "release", true, true, queue_release_one },
	{ "return", true, true, queue_return_one },
	{ "escalate", true, true, queue_escalate_one },
};

static const struct verb *find_verb(const char *const *operands, struct error *err)
{
	for (size_t i = 0; operands[0] != NULL && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, operands[0]) == 0)
			return &verbs[i];
	error_set(err, ERROR_USAGE, "queue wants one of: list, show ID, release ID, return ID, escalate ID");
	return NULL;
}

static bool check_call(const struct verb *verb, const struct queue_flags *flags, const char *const *operands, struct error *err)
{
	if (!command_operands(operands + 1, verb->takes_id ? 1 : 0, verb->takes_id ? "one ID, as queue list shows it" : "no ID", err))
		return false;
	if (!verb->is_deed)
		return true;
	if (flags->by == NULL || flags->by[0] == '\0')
		return error_set(err, ERROR_USAGE, "queue %s needs --by REVIEWER", verb->name);
	if (flags->reason == NULL || flags->reason[0] == '\0')
		return error_set(err, ERROR_USAGE, "queue %s needs --reason TEXT: it is kept in the journal", verb->name);
	return true;
}

static bool queue_run(struct invocation *invocation, struct error *err)
{
	struct queue_flags flags = { 0 };
	struct queue_call call = { .arena = invocation->arena, .flags = &flags };
	struct snapshot *snapshot = NULL;
	struct store *store = NULL;
	const char *const *operands;
	if (!options_parse(invocation->arena, queue_rows, sizeof queue_rows / sizeof *queue_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err))
		return false;
	const struct verb *verb = find_verb(operands, err);
	if (verb == NULL || !check_call(verb, &flags, operands, err) || !command_time(flags.at, &call.deed.at, err) ||
	    !snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	bool good = command_store(snapshot, flags.state, &store, err);
	if (good) {
		struct desk desk = {
			.store = store,
			.directory = snapshot->directory,
			.service = flags.state == NULL ? &snapshot->release : NULL,
			.reviewers = snapshot->reviewers,
			.reviewer_count = snapshot->reviewer_count,
			.second_reviewer = snapshot->second_reviewer,
			.notices = snapshot_plan_options(snapshot, operands[1], call.deed.at),
		};
		call.desk = &desk;
		call.id = operands[1];
		call.deed.by = flags.by;
		call.deed.reason = flags.reason;
		good = verb->run(&call, err);
	}
	store_close(&store);
	snapshot_drop(&snapshot);
	return good;
}

const struct command queue_command = {
	.name = "queue",
	.operands = "list|show|release|return|escalate [ID]",
	.summary = "held messages, and a reviewer's decisions on them",
	.options = queue_rows,
	.option_count = sizeof queue_rows / sizeof *queue_rows,
	.run = queue_run,
};
