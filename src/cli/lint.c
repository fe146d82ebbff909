/* lint.c - `copyhold lint`, `rules` and `predicates`: what the configuration says, and whether it can be trusted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/findings.h"
#include "desk/accounts.h"
#include "gateway/lint.h"
#include "policy/condition.h"
#include "reader/pool.h"

static bool load_without_options(struct invocation *invocation, struct snapshot **out, struct error *err)
{
	const char *const *operands;
	return options_parse(invocation->arena, NULL, 0, invocation->argc, invocation->argv, NULL, &operands, err) &&
	       command_operands(operands, 0, "no operand", err) && snapshot_load(invocation->configuration, out, err);
}

struct lint_options {
	bool json, strict, classes;
};
static const struct option_row lint_rows[] = {
	{ "strict", OPTION_FLAG, offsetof(struct lint_options, strict), NULL, "warnings count: exit with 1 when there is one" },
	{ "json", OPTION_FLAG, offsetof(struct lint_options, json), NULL, "one JSON object with every finding" },
	{ "classes", OPTION_FLAG, offsetof(struct lint_options, classes), NULL, "list what is looked for, and read nothing" },
};

/* The gate does not start by it; who decides on what is held can do so all the same, so that no other command asks. */
static void lint_reader(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	const char *program;
	struct error why = ERROR_INIT;
	if (snapshot->reader_program == NULL || pool_find_program(arena, snapshot->reader_program, &program, &why))
		return;
	findings_add_error(found, &gateway_classes[GATEWAY_MISTAKE], snapshot->path, error_text(&why));
	error_release(&why);
}

/* Who lints as somebody else may not be able to see the accounts: that is no fault of the configuration. */
static void lint_accounts(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	struct accounts accounts;
	struct error why = ERROR_INIT;
	const char *path = snapshot->desk.accounts;
	if (access(path, R_OK) != 0)
		return;
	if (!accounts_read(arena, path, &accounts, &why)) {
		accounts.count = 0;
		findings_add(found, &gateway_classes[GATEWAY_ACCOUNT], path, 0, "%s", error_text(&why));
	}
	for (size_t i = 0; i < accounts.count; i++)
		if (!account_fits(snapshot, &accounts.items[i], &why))
			findings_add(found, &gateway_classes[GATEWAY_ACCOUNT], path, 0, "%s", error_text(&why));
	error_release(&why);
}

static void lint_snapshot(const struct snapshot *snapshot, struct arena *arena, struct findings *found)
{
	snapshot_lint(snapshot, found);
	lint_accounts(snapshot, arena, found);
	lint_reader(snapshot, arena, found);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

/* The first error again for the exit, as every other command has it. */
static bool conclude(const struct findings *found, struct arena *arena, bool strict, struct error *err)
{
	size_t errors = findings_errors(found), warnings = found->count - errors;
	if (errors > 1)
		return error_set(err, ERROR_SETTINGS, "%s (and %zu more)", finding_sentence(arena, &found->items[0]), errors - 1);
	if (errors > 0)
		return error_set(err, ERROR_SETTINGS, "%s", finding_sentence(arena, &found->items[0]));
	return !strict || warnings == 0 || error_set(err, ERROR_REFUSED, "%zu warning%s", warnings, plural(warnings));
}

static bool lint_configuration(struct invocation *invocation, const struct lint_options *options, struct error *err)
{
	struct findings found = { .arena = invocation->arena };
	struct snapshot *snapshot = NULL;
	snapshot_examine(invocation->configuration, &found, &snapshot);
	if (snapshot != NULL)
		lint_snapshot(snapshot, invocation->arena, &found);
	findings_sort(&found);
	size_t errors = findings_errors(&found), warnings = found.count - errors;
	if (options->json)
		findings_print_json(&found, invocation->configuration);
	else
		findings_print(&found);
	if (!options->json && errors == 0)
		printf("%s: good; %zu rules, %zu people and lists, %zu warning%s\n", snapshot->path, policy_count(snapshot->policy),
		       directory_count(snapshot->directory), warnings, plural(warnings));
	else if (!options->json)
		printf("%s: %zu error%s, %zu warning%s\n", invocation->configuration, errors, plural(errors), warnings, plural(warnings));
	snapshot_drop(&snapshot);
	return conclude(&found, invocation->arena, options->strict, err);
}

static bool lint_run(struct invocation *invocation, struct error *err)
{
	struct lint_options options = { 0 };
	const char *const *operands;
	if (!options_parse(invocation->arena, lint_rows, sizeof lint_rows / sizeof *lint_rows, invocation->argc, invocation->argv, &options,
			   &operands, err) ||
	    !command_operands(operands, 0, "no operand", err))
		return false;
	if (!options.classes)
		return lint_configuration(invocation, &options, err);
	findings_print_classes(lint_classes);
	return true;
}

const struct command lint_command = {
	.name = "lint",
	.summary = "check configuration, rules and directory: every finding with file, line, reason and remedy",
	.options = lint_rows,
	.option_count = sizeof lint_rows / sizeof *lint_rows,
	.run = lint_run,
};

static void print_conditions(const char *label, const struct condition *const *conditions)
{
	for (; conditions != NULL && *conditions != NULL; conditions++, label = "")
		printf("  %-9s %s\n", label, (*conditions)->sentence);
}

static void print_reminder(const char *of, int day)
{
	if (day > 0)
		printf(", reminder of %s on day %d", of, day);
}

static void print_clock(const struct rule_clock *clock)
{
	if (clock == NULL)
		return;
	if (clock->contact_days == 0 || clock->response_days == 0) {
		printf("  %-9s without days\n", "clock");
		return;
	}
	printf("  %-9s contact within %d open day%s, answer within %d day%s", "clock", clock->contact_days, clock->contact_days == 1 ? "" : "s",
	       clock->response_days, clock->response_days == 1 ? "" : "s");
	print_reminder("contact", clock->contact_reminder);
	print_reminder("the answer", clock->response_reminder);
	putchar('\n');
}

static void print_duty(const struct rule_duty *duty)
{
	if (duty == NULL)
		return;
	printf("  %-9s of the %s, %sdue within %d %sday%s", "duty", duty_owner_words[duty->owner],
	       duty->each == DUTY_EACH_GROUP ? "to each other group, " : "", duty->days, duty->calendar ? "" : "open ", duty->days == 1 ? "" : "s");
	if (duty->remind > 0)
		printf(", reminder on day %d", duty->remind);
	if (duty->deputy > 0)
		printf(", the deputy is told on day %d", duty->deputy);
	putchar('\n');
	print_conditions("met when", duty->met_when);
	print_conditions("at large", duty->at_large_when);
}

static bool rules_run(struct invocation *invocation, struct error *err)
{
	struct snapshot *snapshot = NULL;
	if (!load_without_options(invocation, &snapshot, err))
		return false;
	for (size_t i = 0; i < policy_count(snapshot->policy); i++) {
		const struct rule *rule = policy_at(snapshot->policy, i);
		printf("%s%s: %s, %s  (%s:%d)\n  clause    %s\n", i > 0 ? "\n" : "", rule->id, action_name(rule->action), mode_name(rule->mode),
		       rule->file, rule->line, rule->clause);
		print_conditions("when", rule->when);
		print_conditions("unless", rule->unless);
		print_conditions("provided", rule->provided);
		print_conditions("or else", rule->otherwise_provided);
		print_conditions("also, if", rule->also_provided);
		print_clock(rule->clock);
		print_duty(rule->duty);
	}
	snapshot_drop(&snapshot);
	return true;
}

const struct command rules_command = {
	.name = "rules",
	.summary = "list the rules in force, packs and the Council's own merged",
	.run = rules_run,
};

static bool predicates_run(struct invocation *invocation, struct error *err)
{
	const char *const *operands;
	if (!options_parse(invocation->arena, NULL, 0, invocation->argc, invocation->argv, NULL, &operands, err) ||
	    !command_operands(operands, 0, "no operand", err))
		return false;
	const struct predicate *predicate;
	for (size_t i = 0; (predicate = predicate_at(i)) != NULL; i++)
		printf("%s\n    %s%s\n", predicate->sentence, predicate->meaning,
		       predicate->exemption ? " (an exemption: each use is listed)" : "");
	return true;
}

const struct command predicates_command = {
	.name = "predicates",
	.summary = "list the sentences rules can be written with",
	.run = predicates_run,
};
