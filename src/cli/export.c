/* export.c - `copyhold export`: all that the store has on one person, others masked, for a request of access or of information.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/command.h"
#include "review/export.h"

struct export_flags {
	bool redact, own_only, marked_words;
	const char *person, *by, *reason, *form, *at, *state;
};

static const struct option_row export_rows[] = {
	{ "person", OPTION_VALUE, offsetof(struct export_flags, person), "A", "whose entries: an address, login or name" },
	{ "reason", OPTION_VALUE, offsetof(struct export_flags, reason), "TEXT", "why, such as the number of the request; kept in the journal" },
	{ "by", OPTION_VALUE, offsetof(struct export_flags, by), "WHO", "who makes it; default: the account that asks" },
	{ "form", OPTION_VALUE, offsetof(struct export_flags, form), "WORD", "json, text or html; default: text" },
	{ "redact", OPTION_FLAG, offsetof(struct export_flags, redact), NULL, "for the public: only councillors and senior officers are named" },
	{ "own-only", OPTION_FLAG, offsetof(struct export_flags, own_only), NULL, "leave out what they only decided on as a reviewer" },
	{ "marked-words", OPTION_FLAG, offsetof(struct export_flags, marked_words), NULL, "with the words kept of marked mail that they wrote" },
	{ "at", OPTION_VALUE, offsetof(struct export_flags, at), "TIME", "RFC 3339 time it is made; default: now" },
	{ "state", OPTION_VALUE, offsetof(struct export_flags, state), "DIR", "a folder written by check --state" },
};

static const char *account_name(struct arena *arena)
{
	const struct passwd *account = getpwuid(getuid());
	return account == NULL ? arena_printf(arena, "account %ld", (long)getuid()) : arena_printf(arena, "account %s", account->pw_name);
}

static bool request_of(struct arena *arena, const struct export_flags *flags, struct export_request *out, struct error *err)
{
	if (flags->person == NULL || flags->person[0] == '\0' || flags->reason == NULL || flags->reason[0] == '\0')
		return error_set(err, ERROR_USAGE, "export needs --person A and --reason TEXT: both are kept in the journal");
	*out = (struct export_request){
		.person = flags->person,
		.by = flags->by != NULL ? flags->by : account_name(arena),
		.reason = flags->reason,
		.form = EXPORT_TEXT,
		.redact = flags->redact,
		.own_only = flags->own_only,
		.marked_words = flags->marked_words,
	};
	if (flags->form != NULL && !export_form_parse(flags->form, &out->form))
		return error_set(err, ERROR_USAGE, "--form wants json, text or html, not \"%s\"", flags->form);
	return command_time(flags->at, &out->at, err);
}

static bool export_run(struct invocation *invocation, struct error *err)
{
	struct export_flags flags = { 0 };
	struct export_request request;
	struct export_document document;
	struct opened opened;
	const char *const *operands;
	if (!options_parse(invocation->arena, export_rows, sizeof export_rows / sizeof *export_rows, invocation->argc, invocation->argv, &flags,
			   &operands, err) ||
	    !command_operands(operands, 0, "no operand", err) || !request_of(invocation->arena, &flags, &request, err) ||
	    !command_open(invocation, flags.state, &opened, err))
		return false;
	request.council = opened.snapshot->council.name;
	bool good = export_make(opened.store, opened.snapshot->directory, invocation->arena, &request, &document, err);
	if (good)
		fwrite(document.document.data, 1, document.document.length, stdout);
	command_close(&opened);
	return good;
}

const struct command export_command = {
	.name = "export",
	.summary = "all that is kept on one person, others masked, for a request of access or of information",
	.options = export_rows,
	.option_count = sizeof export_rows / sizeof *export_rows,
	.run = export_run,
};
