/* main.c - copyhold-desk: reads the command line and the configuration, opens the socket, gives up root, serves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/account.h"
#include "base/log.h"
#include "base/service_options.h"
#include "desk/service.h"

static const char usage[] =
	"Usage: copyhold-desk [-f] [-c FILE] [--socket PATH]\n"
	"       copyhold-desk -t [-c FILE]\n"
	"\n"
	"  -c, --config FILE   the configuration (default " SYSCONFDIR "/copyhold/copyhold.conf)\n"
	"  -t, --test          read the configuration, complain or say nothing: exit 0 or 78\n"
	"  -f, --foreground    stay in the foreground (always so)\n"
	"      --socket PATH   another socket than the configured one\n"
	"      --version\n"
	"      --help\n"
	"\n"
	"SIGHUP reads the configuration again; a bad one is refused and the old one stays.\n"
	"SIGTERM finishes the calls under way and ends.\n";

static const struct service_command command = { "copyhold-desk", usage, "socket", true };

/* "unix:" and the path from the root, whatever folder we were started in: a socket's own functions take no other. */
static const char *socket_place(struct arena *arena, const char *path, struct error *err)
{
	if (path[0] == '/')
		return arena_printf(arena, "unix:%s", path);
	char *here = getcwd(NULL, 0);
	if (here == NULL) {
		error_set(err, ERROR_RETRY, "the folder that \"%s\" is in cannot be told: %s", path, strerror(errno));
		return NULL;
	}
	const char *place = arena_printf(arena, "unix:%s/%s", here, path);
	free(here);
	return place;
}

/* The socket is opened as root, if we are root; all after it runs as the configured user. */
static bool prepare(const struct service_options *options, const struct snapshot *snapshot, struct listener *listener, struct error *err)
{
	struct account account;
	struct arena *arena = arena_new();
	const char *where = socket_place(arena, options->own != NULL ? options->own : snapshot->desk.socket, err);
	bool has_account = snapshot->user != NULL && account_find(snapshot->user, &account, err);
	bool good = where != NULL && (snapshot->user == NULL || has_account);
	if (good && !listener_inherit(listener, err))
		good = err->kind == ERROR_NONE && listener_open(where, snapshot->desk.group, has_account ? &account : NULL, listener, err);
	if (good && has_account && !account_become(&account, err)) {
		listener_withdraw(listener);
		good = false;
	}
	arena_free(&arena);
	return good;
}

static int run(const struct service_options *options, const struct snapshot *snapshot, struct error *err)
{
	struct listener listener;
	struct house *house = NULL;
	bool idle = true;
	int exit_code;
	if (options->test)
		return EX_OK;
	if (!prepare(options, snapshot, &listener, err))
		return error_exit_code(err->kind);
	if (house_open(options->conf, &house, err)) {
		exit_code = service_run(house, &listener, snapshot->desk.group, &idle);
	} else {
		exit_code = error_exit_code(err->kind);
		listener_withdraw(&listener);
	}
	if (idle)
		house_close(&house); /* else calls that did not end in time still use it: it ends with the process */
	return exit_code;
}

int main(int argc, char **argv)
{
	struct service_options options = service_options_read(&command, argc, argv);
	if (options.exit_code != -1)
		return options.exit_code;
	log_open("copyhold-desk", LOG_FORM_PLAIN, LOG_LEVEL_INFO);
	service_block_signals();
	struct error err = ERROR_INIT;
	struct snapshot *snapshot = NULL;
	int exit_code;
	bool good = sodium_init() >= 0 &&
		    (options.test ? snapshot_load(options.conf, &snapshot, &err) : snapshot_load_to_start(options.conf, &snapshot, &err));
	if (good) {
		log_open("copyhold-desk", (enum log_form)snapshot->log_form, (enum log_level)snapshot->log_level);
		for (size_t i = 0; i < snapshot->warning_count; i++)
			log_warning("%s", snapshot->warnings[i]);
		if (snapshot->people_trouble != NULL)
			log_error("%s", snapshot->people_trouble);
		exit_code = run(&options, snapshot, &err);
		if (err.kind != ERROR_NONE)
			log_error("%s", error_text(&err));
		snapshot_drop(&snapshot);
	} else {
		log_error("%s", error_text(&err));
		exit_code = err.kind == ERROR_NONE ? EX_OSERR : error_exit_code(err.kind);
	}
	error_release(&err);
	return exit_code;
}
