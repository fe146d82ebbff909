/* main.c - copyhold-milter: reads the command line and the configuration, opens the socket, gives up root.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sysexits.h>

#include "base/account.h"
#include "base/listener.h"
#include "base/log.h"
#include "base/service_options.h"
#include "gateway/policy_test.h"
#include "milter/supervisor.h"

static const char usage[] =
	"Usage: copyhold-milter [-c FILE] [--socket WHERE]\n"
	"       copyhold-milter -t [-c FILE]\n"
	"\n"
	"  -c, --config FILE   the configuration (default " SYSCONFDIR "/copyhold/copyhold.conf)\n"
	"  -t, --test          read the configuration and run its tests, complain or say nothing: exit 0 or 78\n"
	"  -f, --foreground    stay in the foreground (always so)\n"
	"      --socket WHERE  unix:/path or inet:PORT@127.0.0.1 instead of the configured one\n"
	"      --version\n"
	"      --help\n"
	"\n"
	"SIGHUP reads the configuration again; a bad one is refused and the old one stays.\n"
	"SIGTERM finishes the messages under way and ends.\n";

static const struct service_command command = { "copyhold-milter", usage, "socket", true };

/* The socket is opened as root, if we are root; all after it runs as the configured user. */
static bool prepare(const struct service_options *options, const struct snapshot *snapshot, struct listener *listener, struct error *err)
{
	struct account account;
	bool has_account = snapshot->user != NULL && account_find(snapshot->user, &account, err);
	if (snapshot->user != NULL && !has_account)
		return false;
	const char *where = options->own != NULL ? options->own : snapshot->socket;
	if (!listener_inherit(listener, err)) {
		if (err->kind != ERROR_NONE || !listener_open(where, snapshot->socket_group, has_account ? &account : NULL, listener, err))
			return false;
	}
	if (!has_account || account_become(&account, err))
		return true;
	listener_withdraw(listener);
	return false;
}

static int run(const struct service_options *options, struct snapshot *snapshot, struct error *err)
{
	const char *where = options->own != NULL ? options->own : snapshot->socket;
	struct listener listener;
	if (!listener_check(where, err))
		return error_exit_code(err->kind);
	if (options->test)
		return snapshot_open_reader(snapshot, 1, NULL, err) && policy_tests_run(snapshot->tests, snapshot, err) ? EX_OK : error_exit_code(err->kind);
	if (!prepare(options, snapshot, &listener, err))
		return error_exit_code(err->kind);
	return supervisor_run(&listener, snapshot);
}

int main(int argc, char **argv)
{
	struct service_options options = service_options_read(&command, argc, argv);
	if (options.exit_code != -1)
		return options.exit_code;
	log_open("copyhold-milter", LOG_FORM_PLAIN, LOG_LEVEL_INFO);
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	int exit_code;
	if (options.test ? snapshot_load(options.conf, &snapshot, &err) : snapshot_load_to_start(options.conf, &snapshot, &err)) {
		log_open("copyhold-milter", (enum log_form)snapshot->log_form, (enum log_level)snapshot->log_level);
		for (size_t i = 0; i < snapshot->warning_count; i++)
			log_warning("%s", snapshot->warnings[i]);
		exit_code = run(&options, snapshot, &err);
		if (err.kind != ERROR_NONE)
			log_error("%s", error_text(&err));
		snapshot_drop(&snapshot);
	} else {
		log_error("%s", error_text(&err));
		exit_code = error_exit_code(err.kind);
	}
	error_release(&err);
	return exit_code;
}
