/* queue.c - `copyhold queue`: what is held, and a reviewer's deeds on it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/queue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/reviewing.h"
#include "review/duties_due.h"
#include "review/tend.h"

static const struct option_row queue_rows[] = {
	{ "by", OPTION_VALUE, offsetof(struct queue_flags, by), "REVIEWER", "who decides: an address or login of the directory" },
	{ "reason", OPTION_VALUE, offsetof(struct queue_flags, reason), "TEXT", "why; kept in the journal" },
	{ "rcpt", OPTION_MANY, offsetof(struct queue_flags, rcpt), "ADDRESS", "with release: only to this held recipient; may be repeated" },
	{ "open", OPTION_FLAG, offsetof(struct queue_flags, open), NULL, "with release: with the line that makes a hidden copy plain" },
	{ "later", OPTION_FLAG, offsetof(struct queue_flags, later), NULL, "with release, return and confirm: only after the time to undo" },
	{ "rule", OPTION_VALUE, offsetof(struct queue_flags, rule), "RULE", "with mark: of which finding" },
	{ "judged", OPTION_VALUE, offsetof(struct queue_flags, judged), "WORD", "with mark: wrong, right, or none to take it back" },
	{ "all", OPTION_FLAG, offsetof(struct queue_flags, all), NULL, "with list: decided ones too" },
	{ "raw", OPTION_FLAG, offsetof(struct queue_flags, raw), NULL, "with show: the message itself; needs --by and --reason" },
	{ "json", OPTION_FLAG, offsetof(struct queue_flags, json), NULL, "with list and show: JSON" },
	{ "at", OPTION_VALUE, offsetof(struct queue_flags, at), "TIME", "RFC 3339 time of the deed; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct queue_flags, state), "DIR", "a folder written by check --state; nothing is sent" },
};

static void print_results(const struct decision_answer *answer)
{
	for (size_t i = 0; i < answer->result_count; i++) {
		printf("%s%s  ", hold_state_name(answer->results[i].state), answer->results[i].already ? " before" : "");
		queue_print_foreign(answer->results[i].recipient);
		printf("  ");
		queue_print_foreign(answer->results[i].reply);
		putchar('\n');
	}
}

/* What waits is told in a sentence; what was done, recipient by recipient. */
static void print_answer(struct queue_call *call, const struct decision_answer *answer)
{
	if (answer->decision != NULL && answer->decision->state <= DECISION_DOING)
		queue_print_decision(answer->decision, call->arena);
	else
		print_results(answer);
}

static struct wish wish_of(const struct queue_call *call, enum decision_deed deed)
{
	return (struct wish){
		.id = call->id, .deed = deed, .recipients = call->flags->rcpt.items, .recipient_count = call->flags->rcpt.count,
		.why = call->deed, .at_once = !call->flags->later,
	};
}

static bool queue_release_one(struct queue_call *call, struct error *err)
{
	struct wish wish = wish_of(call, call->flags->open ? DEED_RELEASE_OPEN : DEED_RELEASE);
	struct decision_answer answer;
	bool good = decide_make(call->desk, call->arena, &wish, &answer, err);
	print_answer(call, &answer);
	return good;
}

static bool queue_return_one(struct queue_call *call, struct error *err)
{
	struct wish wish = wish_of(call, DEED_RETURN);
	struct decision_answer answer;
	if (!decide_make(call->desk, call->arena, &wish, &answer, err))
		return false;
	if (answer.already || answer.decision->state <= DECISION_DOING)
		print_answer(call, &answer);
	else
		printf("%s returned to its sender.\n", call->id);
	return true;
}

static bool queue_escalate_one(struct queue_call *call, struct error *err)
{
	struct wish wish = wish_of(call, DEED_PASS);
	struct decision_answer answer;
	if (!decide_make(call->desk, call->arena, &wish, &answer, err))
		return false;
	printf("%s passed to the second reviewer%s.\n", call->id, answer.already ? " before" : "");
	return true;
}

static bool decision_number(const struct queue_call *call, int64_t *out, struct error *err)
{
	char *end;
	errno = 0;
	long long number = strtoll(call->id, &end, 10);
	if (errno != 0 || *end != '\0' || number < 1)
		return error_set(err, ERROR_USAGE, "\"%s\" is no number of a decision; queue show ID lists them", call->id);
	*out = number;
	return true;
}

static bool queue_undo(struct queue_call *call, struct error *err)
{
	struct decision_answer answer;
	int64_t number = 0;
	if (!decision_number(call, &number, err) || !decide_undo(call->desk, call->arena, number, &call->deed, &answer, err))
		return false;
	queue_print_decision(answer.decision, call->arena);
	return true;
}

static bool queue_confirm(struct queue_call *call, struct error *err)
{
	struct decision_answer answer = { 0 };
	int64_t number = 0;
	if (!decision_number(call, &number, err))
		return false;
	bool good = decide_confirm(call->desk, call->arena, number, &call->deed, !call->flags->later, &answer, err);
	if (answer.result_count > 0)
		print_results(&answer);
	else if (good)
		queue_print_decision(answer.decision, call->arena);
	return good;
}

static bool queue_mark(struct queue_call *call, struct error *err)
{
	static const char *const words[] = { [JUDGED_NONE] = "none", [JUDGED_WRONG] = "wrong", [JUDGED_RIGHT] = "right" };
	if (call->flags->rule == NULL || call->flags->judged == NULL)
		return error_set(err, ERROR_USAGE, "queue mark needs --rule RULE and --judged wrong, right or none");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i], call->flags->judged) == 0)
			return decide_mark(call->desk, call->arena, call->id, call->flags->rule, (enum judged)i, &call->deed, err);
	return error_set(err, ERROR_USAGE, "--judged \"%s\" is neither wrong, right nor none", call->flags->judged);
}

/* What is due was done by telephone, say, or is not wanted any more. */
static bool queue_answered(struct queue_call *call, struct error *err)
{
	if (!due_mark(call->desk, call->arena, call->id, &call->deed, err))
		return false;
	printf("%s: nothing is due of it any more.\n", call->id);
	return true;
}

static bool queue_tend(struct queue_call *call, struct error *err)
{
	struct tended tended;
	size_t digests = 0;
	bool good = tend_run(call->desk, call->deed.at, &tended, err) && digest_run(call->digest, call->deed.at, &digests, err);
	printf("decisions carried out: %zu, failed: %zu, put off: %zu; messages passed on: %zu, expired: %zu; digests made: %zu;"
	       " reminders of what is due: %zu\n",
	       tended.carried_out, tended.failed, tended.put_off, tended.escalated, tended.expired, digests, tended.reminded);
	return good;
}

static const struct verb {
	const char *name;
	const char *operand; /* NULL: none */
	bool is_deed;
	bool (*run)(struct queue_call *call, struct error *err);
} verbs[] = {
	{ "list", NULL, false, queue_list },
	{ "show", "one ID, as queue list shows it", false, queue_show_one },
	{ "release", "one ID, as queue list shows it", true, queue_release_one },
	{ "return", "one ID, as queue list shows it", true, queue_return_one },
	{ "escalate", "one ID, as queue list shows it", true, queue_escalate_one },
	{ "undo", "the NUMBER of a decision, as queue show tells it", true, queue_undo },
	{ "confirm", "the NUMBER of a decision, as queue show tells it", true, queue_confirm },
	{ "mark", "one ID, as queue list shows it", true, queue_mark },
	{ "answered", "one ID, as report --due shows it", true, queue_answered },
	{ "met", "one ID, as report --due shows it", true, queue_answered },
	{ "tend", NULL, false, queue_tend },
};

static const struct verb *find_verb(const char *const *operands, struct error *err)
{
	for (size_t i = 0; operands[0] != NULL && i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(verbs[i].name, operands[0]) == 0)
			return &verbs[i];
	error_set(err, ERROR_USAGE,
		  "queue wants one of: list, show ID, release ID, return ID, escalate ID, undo NUMBER, confirm NUMBER, mark ID, answered ID, tend");
	return NULL;
}

static bool check_call(const struct verb *verb, const struct queue_flags *flags, const char *const *operands, struct error *err)
{
	if (!command_operands(operands + 1, verb->operand != NULL ? 1 : 0, verb->operand != NULL ? verb->operand : "no ID", err))
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
	struct opened opened;
	const char *const *operands;
	if (!options_parse(invocation->arena, queue_rows, sizeof queue_rows / sizeof *queue_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err))
		return false;
	const struct verb *verb = find_verb(operands, err);
	if (verb == NULL || !check_call(verb, &flags, operands, err) || !command_time(flags.at, &call.deed.at, err) ||
	    !command_open(invocation, flags.state, &opened, err))
		return false;
	struct desk desk = reviewing_desk(opened.snapshot, opened.store, flags.state == NULL);
	struct digest_job digest = reviewing_digest(opened.snapshot, &desk);
	call.desk = &desk;
	call.digest = &digest;
	call.id = operands[1];
	call.deed.by = flags.by;
	call.deed.reason = flags.reason;
	bool good = verb->run(&call, err);
	command_close(&opened);
	return good;
}

const struct command queue_command = {
	.name = "queue",
	.operands = "list|show|release|return|escalate|undo|confirm|mark|answered|met|tend [ID|NUMBER]",
	.summary = "held messages, and a reviewer's decisions on them",
	.options = queue_rows,
	.option_count = sizeof queue_rows / sizeof *queue_rows,
	.run = queue_run,
};
