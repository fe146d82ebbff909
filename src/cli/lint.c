/* lint.c - `copyhold lint`, `rules` and `predicates`: what the configuration says, and whether it can be trusted.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "desk/accounts.h"
#include "policy/condition.h"
#include "reader/pool.h"

static bool load_without_options(struct invocation *invocation, struct snapshot **out, struct error *err)
{
	const char *const *operands;
	return options_parse(invocation->arena, NULL, 0, invocation->argc, invocation->argv, NULL, &operands, err) &&
	       command_operands(operands, 0, "no operand", err) && snapshot_load(invocation->configuration, out, err);
}

/* The gate does not start by it; who decides on what is held can do so all the same, so that no other command asks. */
static bool check_reader(const struct snapshot *snapshot, struct arena *arena, struct error *err)
{
	const char *program;
	return snapshot->reader_program == NULL || pool_find_program(arena, snapshot->reader_program, &program, err) ||
	       error_context(err, "%s", snapshot->path);
}

/* Who lints as somebody else may not be able to see the accounts: that is no fault of the configuration. */
static size_t lint_accounts(const struct snapshot *snapshot, struct arena *arena)
{
	struct accounts accounts;
	struct error why = ERROR_INIT;
	size_t warnings = 0;
	if (access(snapshot->desk.accounts, R_OK) != 0)
		return 0;
	if (!accounts_read(arena, snapshot->desk.accounts, &accounts, &why)) {
		accounts.count = 0;
		printf("warning: %s\n", error_text(&why));
		warnings++;
	}
	for (size_t i = 0; i < accounts.count; i++) {
		if (!account_fits(snapshot, &accounts.items[i], &why)) {
			printf("warning: %s\n", error_text(&why));
			warnings++;
		}
	}
	error_release(&why);
	return warnings;
}

static bool lint_run(struct invocation *invocation, struct error *err)
{
	struct snapshot *snapshot = NULL;
	if (!load_without_options(invocation, &snapshot, err))
		return false;
	for (size_t i = 0; i < snapshot->warning_count; i++)
		printf("warning: %s\n", snapshot->warnings[i]);
	size_t warnings = snapshot->warning_count + lint_accounts(snapshot, invocation->arena);
	if (!check_reader(snapshot, invocation->arena, err)) {
		snapshot_drop(&snapshot);
		return false;
	}
	printf("%s: good; %zu rules, %zu people and lists, %zu warning%s\n", snapshot->path, policy_count(snapshot->policy),
	       directory_count(snapshot->directory), warnings, warnings == 1 ? "" : "s");
	snapshot_drop(&snapshot);
	return true;
}

const struct command lint_command = {
	.name = "lint",
	.summary = "check configuration, rules and directory; the first error has file, line and a hint",
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
	putchar('\n');
	print_conditions("met when", duty->met_when);
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
