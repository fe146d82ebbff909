/* check.c - `copyhold check` and `copyhold explain`: judge message files as the daemon would, one or many.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/harmless.h"
#include "cli/batch.h"
#include "cli/command.h"
#include "cli/judge.h"

struct check_options {
	bool json;
	const char *from, *auth, *client, *at, *state, *output, *batch, *output_dir;
	struct option_values rcpt;
};

static const struct option_row check_rows[] = {
	{ "json", OPTION_FLAG, offsetof(struct check_options, json), NULL, "one JSON line instead of text" },
	{ "from", OPTION_VALUE, offsetof(struct check_options, from), "ADDRESS", "envelope sender; default: Return-Path, else From" },
	{ "rcpt", OPTION_MANY, offsetof(struct check_options, rcpt), "ADDRESS", "envelope recipient, may be repeated; default: To and Cc" },
	{ "auth", OPTION_VALUE, offsetof(struct check_options, auth), "USER", "name the sender authenticated with; default: a stranger" },
	{ "client", OPTION_VALUE, offsetof(struct check_options, client), "IP", "address of the SMTP client" },
	{ "at", OPTION_VALUE, offsetof(struct check_options, at), "TIME", "RFC 3339 time of the message; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct check_options, state), "DIR", "remember, hold and journal there; nothing is sent" },
	{ "output", OPTION_VALUE, offsetof(struct check_options, output), "FILE", "write what the recipients that are not held get" },
	{ "batch", OPTION_VALUE, offsetof(struct check_options, batch), "CASES", "judge each line of a JSON Lines file (with --json)" },
	{ "output-dir", OPTION_VALUE, offsetof(struct check_options, output_dir), "DIR", "with --batch: write ID.eml for each case" },
};
/* explain has the options that describe the transaction, and none of the others. */
#define EXPLAIN_FIRST 1
#define EXPLAIN_COUNT 5

static bool commit_to_state(struct arena *arena, const struct snapshot *snapshot, struct state *state,
			    const struct judgement *judgement, struct error *err)
{
	bool duplicate;
	const char *id;
	if (state == NULL)
		return true;
	struct tally tally = gateway_tally(judgement);
	if (judgement->plan->outcome == OUTCOME_RETRY) {
		/* As the daemon does: what is put off is known again. */
		return !judgement->facts->put_off || (gateway_remember(arena, state->memory, judgement, err) &&
						      store_tally_add(state->store, judgement->envelope->at, &tally, err));
	}
	return gateway_commit(arena, snapshot, state->store, judgement, &duplicate, &id, err) &&
	       gateway_keep_plain(arena, snapshot, state->store, judgement, err) &&
	       (state->memory == NULL || gateway_remember(arena, state->memory, judgement, err)) &&
	       store_tally_add(state->store, judgement->envelope->at, &tally, err);
}

static bool state_open(const struct snapshot *snapshot, const char *directory, struct state *state, struct error *err)
{
	return store_open(directory, &state->store, err) &&
	       (!snapshot->memory_kept || command_memory(snapshot, state->store, &state->memory, err));
}

static bool request_of(const struct check_options *options, const char *message, struct judge_request *request, struct error *err)
{
	*request = (struct judge_request){
		.message = message,
		.from = options->from,
		.recipients = options->rcpt.items,
		.recipient_count = options->rcpt.count,
		.auth = options->auth,
		.client = options->client,
	};
	return command_time(options->at, &request->at, err);
}

static bool check_one(struct invocation *invocation, const struct snapshot *snapshot, struct state *state,
		      const struct check_options *options, const char *message, struct error *err)
{
	struct judge_request request;
	const struct judgement *judgement;
	struct pattern_scratch *scratch = pattern_scratch_new();
	bool good = request_of(options, message, &request, err) &&
		    judge_file(invocation->arena, snapshot, state == NULL ? NULL : state->memory, &request, scratch, &judgement, err) &&
		    commit_to_state(invocation->arena, snapshot, state, judgement, err);
	if (good && options->output != NULL)
		good = judgement_write(invocation->arena, judgement, options->output, err);
	if (good && options->json) {
		json_t *json = judgement_json(judgement, NULL);
		json_dumpf(json, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(json);
	} else if (good) {
		judgement_print(invocation->arena, judgement);
	}
	pattern_scratch_free(&scratch);
	return good;
}

static bool check_batch(struct invocation *invocation, const struct snapshot *snapshot, struct state *state,
			const struct check_options *options, struct error *err)
{
	struct batch batch = {
		.path = options->batch,
		.output_dir = options->output_dir,
		.snapshot = snapshot,
		.state = state,
		.commit = commit_to_state,
	};
	if (!options->json)
		return error_set(err, ERROR_USAGE, "--batch answers in JSON Lines: give --json too");
	return batch_run(&batch, err);
}

/* Each line of a batch describes its own message. */
static bool check_combination(const struct check_options *options, struct error *err)
{
	const struct {
		const char *name;
		bool given;
	} single[] = {
		{ "from", options->from != NULL },     { "rcpt", options->rcpt.count > 0 }, { "auth", options->auth != NULL },
		{ "client", options->client != NULL }, { "at", options->at != NULL },	    { "output", options->output != NULL },
	};
	if (options->output_dir != NULL && options->batch == NULL)
		return error_set(err, ERROR_USAGE, "--output-dir goes with --batch; for one message use --output");
	for (size_t i = 0; options->batch != NULL && i < sizeof single / sizeof *single; i++)
		if (single[i].given)
			return error_set(err, ERROR_USAGE, "--%s is for one message; with --batch each line says it for itself", single[i].name);
	return true;
}

static bool check_run(struct invocation *invocation, struct error *err)
{
	struct check_options options = { 0 };
	const char *const *operands;
	struct snapshot *snapshot = NULL;
	struct state state = { 0 }, *used = NULL;
	if (!options_parse(invocation->arena, check_rows, sizeof check_rows / sizeof *check_rows, invocation->argc, invocation->argv,
			   &options, &operands, err) ||
	    !command_operands(operands, options.batch == NULL ? 1 : 0, options.batch == NULL ? "one MESSAGE (a file, or - for standard input)" : "no MESSAGE beside --batch", err))
		return false;
	if (!check_combination(&options, err) || !command_snapshot_to_judge(invocation->configuration, &snapshot, err))
		return false;
	bool good = options.state == NULL || state_open(snapshot, options.state, &state, err);
	if (good && options.state != NULL)
		used = &state;
	if (good && options.batch != NULL)
		good = check_batch(invocation, snapshot, used, &options, err);
	else if (good)
		good = check_one(invocation, snapshot, used, &options, operands[0], err);
	memory_close(&state.memory);
	store_close(&state.store);
	snapshot_drop(&snapshot);
	return good;
}

const struct command check_command = {
	.name = "check",
	.operands = "MESSAGE",
	.summary = "judge a message file as the daemon would, without side effects",
	.options = check_rows,
	.option_count = sizeof check_rows / sizeof *check_rows,
	.run = check_run,
};

static const char *const answer_words[] = { [NO] = "no", [YES] = "yes", [UNKNOWN] = "cannot tell" };
static const char *const asked_words[] = { [ASKED_WHEN] = "when", [ASKED_UNLESS] = "unless", [ASKED_PROVIDED] = "provided",
					   [ASKED_OTHERWISE] = "or else", [ASKED_ALSO] = "also" };

static void explain_opinion(struct arena *arena, const struct opinion *opinion)
{
	const struct rule *rule = opinion->rule;
	const char *word = opinion->fires == YES ? "FIRES" : opinion->fires == NO ? "does not fire" : "cannot be answered";
	printf("\n%s %s  (%s:%d, %s, %s)\n  Clause: %s\n", rule->id, word, rule->file, rule->line, action_name(rule->action), mode_name(rule->mode),
	       rule->clause);
	for (size_t i = 0; i < opinion->asked_count; i++) {
		const struct asked *asked = &opinion->asked[i];
		printf("  %-8s %-58s %s\n", asked_words[asked->part], asked->sentence, answer_words[asked->answer]);
		for (size_t n = 0; n < asked->evidence_count; n++)
			printf("             %s: %s\n", harmless_line(arena, bytes_of(asked->evidence[n].where)),
			       harmless_line(arena, bytes_of(asked->evidence[n].text)));
	}
	if (opinion->fires == YES)
		printf("  So: %s; %s\n", action_name(opinion->action), harmless_line(arena, bytes_of(opinion->explanation)));
}

static bool explain_run(struct invocation *invocation, struct error *err)
{
	struct check_options options = { 0 };
	struct judge_request request;
	const char *const *operands;
	const struct judgement *judgement;
	struct snapshot *snapshot = NULL;
	if (!options_parse(invocation->arena, check_rows + EXPLAIN_FIRST, EXPLAIN_COUNT, invocation->argc, invocation->argv, &options,
			   &operands, err) ||
	    !command_operands(operands, 1, "one MESSAGE (a file, or - for standard input)", err) ||
	    !request_of(&options, operands[0], &request, err) || !command_snapshot_to_judge(invocation->configuration, &snapshot, err))
		return false;
	struct pattern_scratch *scratch = pattern_scratch_new();
	bool good = judge_file(invocation->arena, snapshot, NULL, &request, scratch, &judgement, err);
	if (good) {
		judgement_print(invocation->arena, judgement);
		for (size_t i = 0; i < judgement->verdict->opinion_count; i++)
			explain_opinion(invocation->arena, &judgement->verdict->opinions[i]);
	}
	pattern_scratch_free(&scratch);
	snapshot_drop(&snapshot);
	return good;
}

const struct command explain_command = {
	.name = "explain",
	.operands = "MESSAGE",
	.summary = "say of every rule why it fires on a message or does not",
	.options = check_rows + EXPLAIN_FIRST,
	.option_count = EXPLAIN_COUNT,
	.run = explain_run,
};
