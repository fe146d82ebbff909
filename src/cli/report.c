/* report.c - `copyhold report`: the clerk's report on the screen, in a file, or by mail to the reviewers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/clock.h"
#include "cli/command.h"
#include "review/report.h"

#define DAY_SECONDS ((int64_t)24 * 60 * 60)

struct report_flags {
	bool json, html, mail, due;
	const char *at, *state, *days;
};

static const struct option_row report_rows[] = {
	{ "json", OPTION_FLAG, offsetof(struct report_flags, json), NULL, "as JSON, version 1" },
	{ "html", OPTION_FLAG, offsetof(struct report_flags, html), NULL, "as one HTML page that prints" },
	{ "mail", OPTION_FLAG, offsetof(struct report_flags, mail), NULL, "send it to the configured reviewers" },
	{ "due", OPTION_FLAG, offsetof(struct report_flags, due), NULL, "with --json: carry the replies that are overdue" },
	{ "days", OPTION_VALUE, offsetof(struct report_flags, days), "N", "days it covers; default: report.days" },
	{ "at", OPTION_VALUE, offsetof(struct report_flags, at), "TIME", "RFC 3339 time it is made for; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct report_flags, state), "DIR", "a folder written by check --state" },
};

static bool mail_to(struct invocation *invocation, const struct snapshot *snapshot, struct store *store,
		    struct report_options *options, const char *to, struct error *err)
{
	struct bytes mail;
	const char *reply;
	options->reader = to;
	if (!report_mail(store, snapshot->directory, invocation->arena, options, to, snapshot->notice_from, &mail, err))
		return false;
	if (release_send(invocation->arena, &snapshot->release, "", to, mail, &reply) != RELEASE_ACCEPTED)
		return error_set(err, ERROR_UNAVAILABLE, "the report to %s was not accepted: %s", to, reply);
	printf("Report sent to %s.\n", to);
	return true;
}

/* Every reviewer gets their own: what one may not review is only counted in theirs. One failure does not rob the others. */
static bool mail_all(struct invocation *invocation, const struct snapshot *snapshot, struct store *store,
		     struct report_options *options, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < snapshot->reviewer_count; i++)
		good &= mail_to(invocation, snapshot, store, options, snapshot->reviewers[i], err);
	if (snapshot->second_reviewer != NULL)
		good &= mail_to(invocation, snapshot, store, options, snapshot->second_reviewer, err);
	if (snapshot->reviewer_count == 0 && snapshot->second_reviewer == NULL)
		return error_set(err, ERROR_SETTINGS, "%s: nobody to send the report to: set reviewers", snapshot->path);
	return good;
}

static bool print_report(struct invocation *invocation, const struct snapshot *snapshot, struct store *store,
			 const struct report_options *options, enum report_form form, struct error *err)
{
	struct bytes page;
	if (!report_make(store, snapshot->directory, invocation->arena, options, form, &page, err))
		return false;
	fwrite(page.data, 1, page.length, stdout);
	return true;
}

static bool report_options_of(const struct snapshot *snapshot, const struct report_flags *flags, struct report_options *options,
			      struct error *err)
{
	long days = snapshot->report_days;
	char extra;
	if (!command_time(flags->at, &options->now, err))
		return false;
	if (flags->days != NULL && (sscanf(flags->days, "%ld%c", &days, &extra) != 1 || days < 1 || days > 3660))
		return error_set(err, ERROR_USAGE, "--days wants a whole number of days from 1 to 3660, not \"%s\"", flags->days);
	options->council_name = snapshot->council.name;
	options->mode = snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode);
	options->to = options->now + 1; /* what happened this very second counts */
	options->from = options->now - days * DAY_SECONDS;
	options->escalate_hours = snapshot->escalate_hours;
	return true;
}

static bool report_run(struct invocation *invocation, struct error *err)
{
	struct report_flags flags = { 0 };
	struct report_options options = { 0 };
	struct snapshot *snapshot = NULL;
	struct store *store = NULL;
	const char *const *operands;
	if (!options_parse(invocation->arena, report_rows, sizeof report_rows / sizeof *report_rows, invocation->argc, invocation->argv,
			   &flags, &operands, err) ||
	    !command_operands(operands, 0, "no operand", err))
		return false;
	if (flags.json + flags.html + flags.mail > 1)
		return error_set(err, ERROR_USAGE, "one of --json, --html, --mail at a time");
	if (!snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	bool good = report_options_of(snapshot, &flags, &options, err) && command_store(snapshot, flags.state, &store, err);
	if (good && flags.mail)
		good = mail_all(invocation, snapshot, store, &options, err);
	else if (good)
		good = print_report(invocation, snapshot, store, &options,
				    flags.json ? REPORT_JSON : flags.html ? REPORT_HTML : REPORT_TEXT, err);
	store_close(&store);
	snapshot_drop(&snapshot);
	return good;
}

const struct command report_command = {
	.name = "report",
	.summary = "the clerk's report: what waits, what was found, what was done",
	.options = report_rows,
	.option_count = sizeof report_rows / sizeof *report_rows,
	.run = report_run,
};
