/* why.c - `copyhold why ID`: what every rule said of a message that has an entry, in plain English, the nearest miss included.
 *
 * It tells what was answered then, by the rules of then, whatever the configuration says now. No words of the message are in it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/command.h"
#include "store/answers.h"
#include "store/browse.h"

struct why_options {
	const char *state;
};

static const struct option_row why_rows[] = {
	{ "state", OPTION_VALUE, offsetof(struct why_options, state), "DIR", "a folder written by check --state" },
};

/* One rule with its letters: letters[0] whether it fired, then one a question. */
struct heard_rule {
	const char *id, *clause, *action, *mode;
	const json_t *questions;
	const char *letters;
	size_t against; /* answers that kept it from firing */
};

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text == NULL ? "" : text;
}

/* What an answer did to the rule, or NULL when it was as the rule wants it. */
static const char *said_against(const char *part, char letter)
{
	if (strcmp(part, "when") == 0 && letter != 'Y')
		return letter == 'N' ? "did not hold" : "could not be told";
	if (strcmp(part, "unless") == 0 && letter != 'N')
		return letter == 'Y' ? "is an exception, and held" : "is an exception, and could not be told";
	return NULL;
}

static size_t count_against(const struct heard_rule *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(rule->questions); i++)
		count += said_against(text_of(json_array_get(rule->questions, i), "part"), rule->letters[i + 1]) != NULL;
	return count;
}

static void print_fired(const struct heard_rule *rule)
{
	bool reached = true;
	printf("\n%s fired (%s, %s).\n  Clause: %s\n", rule->id, rule->action, rule->mode, rule->clause);
	for (size_t i = 0; i < json_array_size(rule->questions); i++) {
		const json_t *question = json_array_get(rule->questions, i);
		const char *part = text_of(question, "part");
		if (strcmp(part, "when") == 0)
			printf("  because   %s\n", text_of(question, "sentence"));
		if (strcmp(part, "provided") == 0 && rule->letters[i + 1] != 'Y') {
			printf("  milder    as this %s: %s\n", rule->letters[i + 1] == 'N' ? "did not hold" : "could not be told", text_of(question, "sentence"));
			reached = false;
		}
	}
	if (!reached)
		printf("  so that the rule's first action, %s, was not taken\n", rule->action);
}

static void print_missed(const struct heard_rule *rule, bool nearest)
{
	printf("\n%s %s.%s\n  Clause: %s\n", rule->id, rule->letters[0] == 'U' ? "could not be answered" : "did not fire",
	       nearest ? " It came nearest." : "", rule->clause);
	for (size_t i = 0; i < json_array_size(rule->questions); i++) {
		const json_t *question = json_array_get(rule->questions, i);
		const char *against = said_against(text_of(question, "part"), rule->letters[i + 1]);
		if (against != NULL)
			printf("  %s: %s\n", against, text_of(question, "sentence"));
	}
	if (rule->against == 0)
		printf("  each condition held, but not all of them for one and the same recipient\n");
	if (nearest && rule->against > 0)
		printf("  It would have fired, had %s been otherwise.\n", rule->against == 1 ? "that" : "all of these");
}

/* False when the two do not belong together. */
static bool hear(struct arena *arena, const json_t *rulebook, const char *answers, struct heard_rule **out, size_t *count_out)
{
	*count_out = json_array_size(rulebook);
	*out = arena_array(arena, *count_out + 1, sizeof **out);
	const char *at = answers;
	for (size_t i = 0; i < *count_out; i++) {
		const json_t *rule = json_array_get(rulebook, i);
		size_t length = strcspn(at, " ");
		(*out)[i] = (struct heard_rule){ .id = text_of(rule, "id"), .clause = text_of(rule, "clause"), .action = text_of(rule, "action"),
						 .mode = text_of(rule, "mode"), .questions = json_object_get(rule, "questions"),
						 .letters = arena_string_of(arena, (struct bytes){ at, length }) };
		if (length != json_array_size((*out)[i].questions) + 1)
			return false;
		(*out)[i].against = count_against(&(*out)[i]);
		at += length + strspn(at + length, " ");
	}
	return *at == '\0';
}

/* Of those that did not fire, the one with the fewest answers against it. */
static size_t nearest_miss(const struct heard_rule *rules, size_t count)
{
	size_t best = count;
	for (size_t i = 0; i < count; i++)
		if (rules[i].letters[0] != 'Y' && (best == count || rules[i].against < rules[best].against))
			best = i;
	return best;
}

static void print_rules(const struct heard_rule *rules, size_t count)
{
	size_t nearest = nearest_miss(rules, count);
	for (size_t i = 0; i < count; i++)
		if (rules[i].letters[0] == 'Y')
			print_fired(&rules[i]);
	for (size_t i = 0; i < count; i++)
		if (rules[i].letters[0] != 'Y')
			print_missed(&rules[i], i == nearest);
}

static bool tell(struct arena *arena, struct store *store, const struct held *message, struct error *err)
{
	struct kept_answers kept;
	struct heard_rule *rules;
	size_t count;
	if (!store_answers(store, arena, message->id, &kept, err))
		return false;
	printf("%s: %s mail of %s; outcome %s.\n", message->id, message->direction, clock_format_local(arena, message->at), message->outcome);
	if (kept.rulebook == NULL)
		return error_set(err, ERROR_REFUSED, "%s: what each rule answered is not kept (any more)", message->id);
	json_t *rulebook = json_loads(kept.rulebook, 0, NULL);
	const json_t *book = json_is_object(rulebook) ? json_object_get(rulebook, "rules") : rulebook; /* a list in version 1 */
	bool good = hear(arena, book, kept.answers, &rules, &count);
	if (good)
		print_rules(rules, count);
	json_decref(rulebook);
	return good || error_set(err, ERROR_RETRY, "%s: the answers kept do not fit the rules kept", message->id);
}

static bool why_run(struct invocation *invocation, struct error *err)
{
	struct why_options options = { 0 };
	const char *const *operands;
	struct opened opened;
	const struct held *const *messages = NULL;
	if (!options_parse(invocation->arena, why_rows, sizeof why_rows / sizeof *why_rows, invocation->argc, invocation->argv, &options, &operands,
			   err) ||
	    !command_operands(operands, 1, "the reference of one message: CH-...", err) ||
	    !command_open(invocation, options.state, &opened, err))
		return false;
	bool good = store_messages(opened.store, invocation->arena, operands, 1, &messages, err);
	if (good && messages[0] == NULL)
		good = error_set(err, ERROR_INPUT, "there is no entry %s: only messages with a finding, an exception or a notice have one", operands[0]);
	if (good)
		good = tell(invocation->arena, opened.store, messages[0], err);
	command_close(&opened);
	return good;
}

const struct command why_command = {
	.name = "why",
	.operands = "ID",
	.summary = "say of every rule why it fired on a past message or did not",
	.options = why_rows,
	.option_count = sizeof why_rows / sizeof *why_rows,
	.run = why_run,
};
