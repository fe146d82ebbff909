/* queue_view.c - held messages and what was decided on them, as text and as JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/judge.h"
#include "cli/queue.h"

static json_t *decision_json(const struct decision *decision, struct arena *arena)
{
	json_t *recipients = json_array(), *lines = json_array();
	for (size_t i = 0; i < decision->recipient_count; i++)
		json_array_append_new(recipients, json_text(decision->recipients[i]));
	for (size_t i = 0; i < decision->line_count; i++)
		json_array_append_new(lines, json_text(decision->lines[i]));
	const char *due = decision->due_at == 0 ? NULL : clock_format_rfc3339(arena, decision->due_at);
	return json_pack("{s:I,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "number", (json_int_t)decision->number, "deed",
			 decision_deed_name(decision->deed), "state", decision_state_name(decision->state), "by", json_text(decision->by), "at",
			 json_text(clock_format_rfc3339(arena, decision->at)), "due", json_text(due), "reason", json_text(decision->reason),
			 "second_by", json_text(decision->second_by), "undone_by", json_text(decision->undone_by), "recipients", recipients,
			 "lines", lines, "text", json_text(decision->text));
}

static json_t *held_json(const struct held *held, const struct decision_list *decisions)
{
	struct arena *arena = arena_new();
	json_t *recipients = json_array(), *findings = json_array(), *decided = json_array();
	for (size_t i = 0; i < decisions->count; i++)
		json_array_append_new(decided, decision_json(&decisions->items[i], arena));
	for (size_t i = 0; i < held->recipient_count; i++)
		json_array_append_new(recipients, json_pack("{s:o,s:s,s:o}", "rcpt", json_text(held->recipients[i].address), "state",
							    hold_state_name(held->recipients[i].state), "reply",
							    json_text(held->recipients[i].last_reply)));
	for (size_t i = 0; i < held->finding_count; i++)
		json_array_append_new(findings, json_pack("{s:o,s:o,s:o}", "rule", json_text(held->findings[i].rule), "clause",
							  json_text(held->findings[i].clause), "explanation",
							  json_text(held->findings[i].explanation)));
	json_t *object = json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:I,s:b,s:o,s:o,s:o}", "v", 1, "id", json_text(held->id), "at",
				   json_text(clock_format_rfc3339(arena, held->at)), "from", json_text(held->from), "auth",
				   json_text(held->auth), "sender", json_text(held->sender_name), "message_id", json_text(held->message_id),
				   "subject", json_text(held->subject), "octets", (json_int_t)held->size, "escalated", held->escalated,
				   "recipients", recipients, "findings", findings, "decisions", decided);
	arena_free(&arena);
	return object;
}

static void print_json(json_t *json)
{
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(json);
}

void queue_print_foreign(const char *string)
{
	for (const unsigned char *c = (const unsigned char *)(string == NULL ? "-" : string); *c != '\0'; c++)
		if (*c < 0x20 || *c == 0x7f)
			printf("\\x%02x", *c);
		else
			putchar(*c);
}

void queue_print_decision(const struct decision *decision, struct arena *arena)
{
	printf("decision %lld: ", (long long)decision->number);
	queue_print_foreign(decision_in_words(arena, decision));
	putchar('\n');
}

static void print_held(const struct held *held, const struct decision_list *decisions, struct arena *arena, int64_t now)
{
	printf("%s  %s, %lld hours waiting%s\n  from ", held->id, clock_format_local(arena, held->at), (long long)(now - held->at) / 3600,
	       held->escalated ? ", escalated" : "");
	queue_print_foreign(held->sender_name == NULL ? held->from : held->sender_name);
	printf("\n  subject ");
	queue_print_foreign(held->subject == NULL ? "(not shown)" : held->subject);
	putchar('\n');
	for (size_t i = 0; i < held->recipient_count; i++) {
		printf("  %-9s ", hold_state_name(held->recipients[i].state));
		queue_print_foreign(held->recipients[i].address);
		if (held->recipients[i].last_reply != NULL) {
			printf("  (");
			queue_print_foreign(held->recipients[i].last_reply);
			printf(")");
		}
		putchar('\n');
	}
	for (size_t i = 0; i < held->finding_count; i++) {
		printf("  %s (%s): ", held->findings[i].rule, held->findings[i].clause);
		queue_print_foreign(held->findings[i].explanation);
		putchar('\n');
	}
	for (size_t i = 0; i < decisions->count; i++) {
		printf("  ");
		queue_print_decision(&decisions->items[i], arena);
	}
}

static bool print_one(struct queue_call *call, const struct held *held, struct error *err)
{
	struct decision_list decisions;
	if (!store_decision_list(call->desk->store, call->arena, held->id, &decisions, err))
		return false;
	if (call->flags->json)
		print_json(held_json(held, &decisions));
	else
		print_held(held, &decisions, call->arena, call->deed.at);
	return true;
}

bool queue_list(struct queue_call *call, struct error *err)
{
	struct held_list list;
	if (!store_list_held(call->desk->store, call->arena, call->flags->all, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (!print_one(call, &list.items[i], err))
			return false;
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

bool queue_show_one(struct queue_call *call, struct error *err)
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
		return true;
	}
	return print_one(call, held, err);
}
