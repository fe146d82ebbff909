/* report.c - `copyhold report`: the clerk's report on the screen, in a file, or by mail to the reviewers; and the figures of a period, for
 * committees and auditors, without persons.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/command.h"
#include "review/report.h"

#define DAY_SECONDS ((int64_t)24 * 60 * 60)

struct report_flags {
	bool json, html, mail, due;
	const char *at, *state, *days, *from, *to, *form;
};

static const struct option_row report_rows[] = {
	{ "json", OPTION_FLAG, offsetof(struct report_flags, json), NULL, "as JSON, version 1" },
	{ "html", OPTION_FLAG, offsetof(struct report_flags, html), NULL, "as one HTML page that prints" },
	{ "mail", OPTION_FLAG, offsetof(struct report_flags, mail), NULL, "send it to the configured reviewers" },
	{ "due", OPTION_FLAG, offsetof(struct report_flags, due), NULL, "replies and other duties that are due, by service; with --json, among the rest" },
	{ "form", OPTION_VALUE, offsetof(struct report_flags, form), "FORM", "figures without persons: text, html, json, csv, pdf, annual, annual-pdf" },
	{ "days", OPTION_VALUE, offsetof(struct report_flags, days), "N", "days it covers; default: report.days" },
	{ "from", OPTION_VALUE, offsetof(struct report_flags, from), "DATE", "first day it covers, or an RFC 3339 time" },
	{ "to", OPTION_VALUE, offsetof(struct report_flags, to), "DATE", "last day it covers, or the RFC 3339 time before which" },
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

/* A day, which begins in London, or an instant. Of a last day the end counts. */
static bool boundary(const char *option, const char *written, bool last, int64_t *out, struct error *err)
{
	struct error ignored = ERROR_INIT;
	calendar_date day;
	bool is_day = clock_parse_date(written, &day, &ignored), good = is_day;
	error_release(&ignored);
	if (is_day)
		*out = clock_day_start(last ? clock_date_add(day, 1) : day);
	else
		good = clock_parse_rfc3339(written, out, &ignored);
	error_release(&ignored);
	return good || error_set(err, ERROR_USAGE, "%s wants a date like 2026-04-01 or a time like 2026-04-01T00:00:00Z, not \"%s\"", option, written);
}

/* What happened this very second counts. */
static bool period_of(const struct report_flags *flags, long days, int64_t now, int64_t *from, int64_t *to, struct error *err)
{
	char extra;
	if (flags->days != NULL && (sscanf(flags->days, "%ld%c", &days, &extra) != 1 || days < 1 || days > 3660))
		return error_set(err, ERROR_USAGE, "--days wants a whole number of days from 1 to 3660, not \"%s\"", flags->days);
	if (flags->days != NULL && flags->from != NULL)
		return error_set(err, ERROR_USAGE, "--days and --from say the same in two ways: give one");
	*to = now + 1;
	if (flags->to != NULL && !boundary("--to", flags->to, true, to, err))
		return false;
	*from = (flags->to == NULL ? now : *to) - days * DAY_SECONDS;
	if (flags->from != NULL && !boundary("--from", flags->from, false, from, err))
		return false;
	return *from <= *to || error_set(err, ERROR_USAGE, "the period ends before it begins");
}

/* An annual report covers a year unless told otherwise. */
static bool report_options_of(const struct snapshot *snapshot, const struct report_flags *flags, struct report_options *options,
			      enum statistics_form *form, struct error *err)
{
	*form = STATISTICS_TEXT;
	if (flags->form != NULL && !statistics_form_parse(flags->form, form))
		return error_set(err, ERROR_USAGE, "--form wants text, html, json, csv, pdf, annual or annual-pdf, not \"%s\"", flags->form);
	if ((*form == STATISTICS_PDF || *form == STATISTICS_ANNUAL_PDF) && isatty(STDOUT_FILENO))
		return error_set(err, ERROR_USAGE, "a PDF is not for a terminal: send it to a file, as in --form %s > report.pdf", flags->form);
	bool annual = *form == STATISTICS_ANNUAL || *form == STATISTICS_ANNUAL_PDF;
	if (!command_time(flags->at, &options->now, err) ||
	    !period_of(flags, annual ? 365 : snapshot->report_days, options->now, &options->from, &options->to, err))
		return false;
	options->council_name = snapshot->council.name;
	options->mode = snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode);
	options->escalate_hours = snapshot->escalate_hours;
	options->words_cy = snapshot->words_cy;
	options->welsh_first = snapshot->welsh_first;
	options->calendar = snapshot->council.calendar;
	return true;
}

static bool write_out(struct bytes content, struct error *err)
{
	bool good = fwrite(content.data, 1, content.length, stdout) == content.length && fflush(stdout) == 0;
	return good || error_set(err, ERROR_UNAVAILABLE, "the report could not be written in full");
}

static bool print_figures(struct invocation *invocation, const struct snapshot *snapshot, struct store *store,
			  const struct report_options *asked, enum statistics_form form, struct error *err)
{
	struct statistics_document document;
	struct statistics_options options = snapshot_statistics_options(snapshot, asked->from, asked->to, asked->now);
	return statistics_make(store, invocation->arena, &options, form, &document, err) && write_out(document.content, err);
}

static bool report_run(struct invocation *invocation, struct error *err)
{
	struct report_flags flags = { 0 };
	struct report_options options = { 0 };
	enum statistics_form form;
	struct snapshot *snapshot = NULL;
	struct store *store = NULL;
	const char *const *operands;
	if (!options_parse(invocation->arena, report_rows, sizeof report_rows / sizeof *report_rows, invocation->argc, invocation->argv,
			   &flags, &operands, err) ||
	    !command_operands(operands, 0, "no operand", err))
		return false;
	if (flags.json + flags.html + flags.mail + (flags.form != NULL) > 1)
		return error_set(err, ERROR_USAGE, "one of --json, --html, --mail, --form at a time");
	if (flags.due && (flags.form != NULL || flags.html || flags.mail))
		return error_set(err, ERROR_USAGE, "--due goes alone or with --json: figures name no message");
	if (!snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	bool good = report_options_of(snapshot, &flags, &options, &form, err) && command_store(snapshot, flags.state, &store, err);
	if (good && flags.form != NULL)
		good = print_figures(invocation, snapshot, store, &options, form, err);
	else if (good && flags.mail)
		good = mail_all(invocation, snapshot, store, &options, err);
	else if (good)
		good = print_report(invocation, snapshot, store, &options,
				    flags.json ? REPORT_JSON : flags.html ? REPORT_HTML : flags.due ? REPORT_DUE : REPORT_TEXT, err);
	store_close(&store);
	snapshot_drop(&snapshot);
	return good;
}

const struct command report_command = {
	.name = "report",
	.summary = "the clerk's report: what waits, what was found, what was done; or figures",
	.options = report_rows,
	.option_count = sizeof report_rows / sizeof *report_rows,
	.run = report_run,
};
