/* main.c - copyhold-milter: reads the command line and the configuration, opens the socket, gives up root.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/account.h"
#include "base/listener.h"
#include "base/log.h"
#include "config.h"
#include "gateway/snapshot.h"
#include "milter/supervisor.h"

static const char usage[] =
	"Usage: copyhold-milter [-c FILE] [--socket WHERE]\n"
	"       copyhold-milter -t [-c FILE]\n"
	"\n"
	"  -c, --config FILE   the configuration (default " SYSCONFDIR "/copyhold/copyhold.conf)\n"
	"  -t, --test          read the configuration, complain or say nothing: exit 0 or 78\n"
	"  -f, --foreground    stay in the foreground (always so)\n"
	"      --socket WHERE  unix:/path or inet:PORT@127.0.0.1 instead of the configured one\n"
	"      --version\n"
	"      --help\n"
	"\n"
	"SIGHUP reads the configuration again; a bad one is refused and the old one stays.\n"
	"SIGTERM finishes the messages under way and ends.\n";

struct options {
	const char *conf, *socket;
	bool test;
	int exit_code; /* when there is nothing to run: --help, a usage error; else -1 */
};

enum { OPTION_SOCKET = 256, OPTION_VERSION, OPTION_HELP };

static struct options read_options(int argc, char **argv)
{
	static const struct option known[] = {
		{ "config", required_argument, NULL, 'c' },	  { "test", no_argument, NULL, 't' },
		{ "foreground", no_argument, NULL, 'f' },	  { "socket", required_argument, NULL, OPTION_SOCKET },
		{ "version", no_argument, NULL, OPTION_VERSION }, { "help", no_argument, NULL, OPTION_HELP },
		{ NULL, 0, NULL, 0 },
	};
	struct options options = { .conf = SYSCONFDIR "/copyhold/copyhold.conf", .exit_code = -1 };
	int got;
	while ((got = getopt_long(argc, argv, "c:tf", known, NULL)) != -1) {
		switch (got) {
		case 'c':
			options.conf = optarg;
			break;
		case 't':
			options.test = true;
			break;
		case 'f':
			break;
		case OPTION_SOCKET:
			options.socket = optarg;
			break;
		case OPTION_VERSION:
			printf("copyhold-milter %s\n", PACKAGE_VERSION);
			options.exit_code = EX_OK;
			return options;
		case OPTION_HELP:
			fputs(usage, stdout);
			options.exit_code = EX_OK;
			return options;
		default:
			options.exit_code = EX_USAGE;
			return options;
		}
	}
	if (optind < argc) {
		fprintf(stderr, "copyhold-milter: unexpected \"%s\"\n%s", argv[optind], usage);
		options.exit_code = EX_USAGE;
	}
	return options;
}

/* The socket is opened as root, if we are root; all after it runs as the configured user. */
static bool prepare(const struct options *options, const struct snapshot *snapshot, struct listener *listener, struct error *err)
{
	struct account account;
	bool has_account = snapshot->user != NULL && account_find(snapshot->user, &account, err);
	if (snapshot->user != NULL && !has_account)
		return false;
	const char *where = options->socket != NULL ? options->socket : snapshot->socket;
	if (!listener_inherit(listener, err)) {
		if (err->kind != ERROR_NONE || !listener_open(where, snapshot->socket_group, has_account ? &account : NULL, listener, err))
			return false;
	}
	if (!has_account || account_become(&account, err))
		return true;
	listener_withdraw(listener);
	return false;
}

static int run(const struct options *options, const struct snapshot *snapshot, struct error *err)
{
	const char *where = options->socket != NULL ? options->socket : snapshot->socket;
	struct listener listener;
	if (!listener_check(where, err))
		return error_exit_code(err->kind);
	if (options->test)
		return EX_OK;
	if (!prepare(options, snapshot, &listener, err))
		return error_exit_code(err->kind);
	return supervisor_run(&listener, snapshot);
}

int main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	if (options.exit_code != -1)
		return options.exit_code;
	log_open("copyhold-milter", LOG_FORM_PLAIN, LOG_LEVEL_INFO);
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	int exit_code;
	if (snapshot_load(options.conf, &snapshot, &err)) {
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
