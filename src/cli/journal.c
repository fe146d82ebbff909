/* journal.c - `copyhold journal verify|list`: the append-only record of what was done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/command.h"
#include "review/statistics.h"

#define REPORT_MOST ((size_t)64 << 20)

struct journal_flags {
	const char *state, *report;
};

static const struct option_row journal_rows[] = {
	{ "report", OPTION_VALUE, offsetof(struct journal_flags, report), "FILE", "with verify: a report of figures to hold against the journal" },
	{ "state", OPTION_VALUE, offsetof(struct journal_flags, state), "DIR", "a folder written by check --state" },
};

static bool journal_verify(struct arena *arena, struct store *store, struct error *err)
{
	int64_t lines = 0, broken_at = 0;
	struct journal_line head = { 0 };
	if (!store_journal_verify(store, &lines, &broken_at, err) || !store_journal_head(store, arena, &head, err))
		return false;
	if (broken_at != 0)
		return error_set(err, ERROR_REFUSED, "the journal's chain is broken at line %lld; %lld lines before it hold", (long long)broken_at, (long long)lines);
	printf("The journal's chain holds: %lld lines, head %s\n", (long long)lines, head.hash == NULL ? "(none yet)" : head.hash);
	return true;
}

static bool verify_report(struct arena *arena, struct store *store, const char *path, struct error *err)
{
	struct bytes document;
	const char *told = NULL;
	if (!file_read(arena, path, REPORT_MOST, ERROR_INPUT, &document, err) || !statistics_verify(store, arena, document, &told, err))
		return false;
	fputs(told, stdout);
	return true;
}

static bool journal_list(struct arena *arena, struct store *store, struct error *err)
{
	const struct journal_line *lines;
	size_t count;
	if (!store_journal_list(store, arena, 0, INT64_MAX, &lines, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		printf("%lld %s %s %s %s %s\n", (long long)lines[i].number, clock_format_rfc3339(arena, lines[i].at), lines[i].what,
		       lines[i].id == NULL ? "-" : lines[i].id, lines[i].by == NULL ? "-" : lines[i].by, lines[i].detail);
	return true;
}

static bool journal_run(struct invocation *invocation, struct error *err)
{
	struct journal_flags flags = { 0 };
	struct opened opened;
	const char *const *operands;
	if (!options_parse(invocation->arena, journal_rows, sizeof journal_rows / sizeof *journal_rows, invocation->argc, invocation->argv,
			   &flags, &operands, err) ||
	    !command_operands(operands, 1, "journal verify or journal list", err))
		return false;
	bool verify = strcmp(operands[0], "verify") == 0;
	if (!verify && strcmp(operands[0], "list") != 0)
		return error_set(err, ERROR_USAGE, "journal wants verify or list, not \"%s\"", operands[0]);
	if (flags.report != NULL && !verify)
		return error_set(err, ERROR_USAGE, "--report goes with journal verify");
	if (!command_open(invocation, flags.state, &opened, err))
		return false;
	bool good;
	if (flags.report != NULL)
		good = verify_report(invocation->arena, opened.store, flags.report, err);
	else
		good = verify ? journal_verify(invocation->arena, opened.store, err) : journal_list(invocation->arena, opened.store, err);
	command_close(&opened);
	return good;
}

const struct command journal_command = {
	.name = "journal",
	.operands = "verify|list",
	.summary = "the append-only record of holds, deeds and views",
	.options = journal_rows,
	.option_count = sizeof journal_rows / sizeof *journal_rows,
	.run = journal_run,
};
