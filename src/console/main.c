/* main.c - copyhold-console: reads its group of the configuration, opens its socket, serves until it is told to end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/account.h"
#include "base/clock.h"
#include "base/console_settings.h"
#include "base/file.h"
#include "base/listener.h"
#include "base/log.h"
#include "base/service_manager.h"
#include "base/service_options.h"
#include "console/server.h"
#include "desk/client.h"

#define DESK_SOCKET "/run/copyhold/desk.sock"
#define DESK_MILLISECONDS 90000 /* the release service may take a minute */
#define PEM_LONGEST ((size_t)1 << 20)
#define BACKLOG 64

static const char usage[] =
	"Usage: copyhold-console [-c FILE] [--user NAME]\n"
	"       copyhold-console -t [-c FILE]\n"
	"\n"
	"  -c, --config FILE   the configuration (default " SYSCONFDIR "/copyhold/copyhold.conf)\n"
	"  -t, --test          read the configuration, complain or say nothing: exit 0 or 78\n"
	"      --user NAME     become that user once the socket is open\n"
	"      --version\n"
	"      --help\n"
	"\n"
	"SIGTERM finishes the requests under way and ends.\n";

static const struct service_command command = { "copyhold-console", usage, "user", false };

/* What the console takes from the configuration. */
struct setup {
	struct console_settings settings;
	const char *council, *desk;
	const char *certificate, *key; /* their texts */
};

/* A string of a group; NULL when either is not there. */
static const char *string_at(const struct settings_node *root, struct arena *arena, const char *group, const char *key)
{
	const struct settings_node *found = settings_find(root, group);
	found = found != NULL && settings_is_group(found) ? settings_find(found, key) : NULL;
	return found != NULL ? arena_string(arena, settings_string(found)) : NULL;
}

static void read_log(const struct settings_node *root, struct arena *arena)
{
	static const char *const forms[] = { [LOG_FORM_PLAIN] = "plain", [LOG_FORM_SYSLOG] = "syslog", [LOG_FORM_JSON] = "json" };
	static const char *const levels[] = { [LOG_LEVEL_DEBUG] = "debug", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_WARNING] = "warning",
					      [LOG_LEVEL_ERROR] = "error" };
	const char *form = string_at(root, arena, "log", "form"), *level = string_at(root, arena, "log", "level");
	enum log_form chosen = LOG_FORM_PLAIN;
	enum log_level least = LOG_LEVEL_INFO;
	for (size_t i = 0; form != NULL && i < sizeof forms / sizeof *forms; i++)
		if (strcmp(form, forms[i]) == 0)
			chosen = (enum log_form)i;
	for (size_t i = 0; level != NULL && i < sizeof levels / sizeof *levels; i++)
		if (strcmp(level, levels[i]) == 0)
			least = (enum log_level)i;
	log_open("copyhold-console", chosen, least);
}

static bool read_pem(struct arena *arena, const char *path, const char **out, struct error *err)
{
	struct bytes content;
	if (path == NULL)
		return true;
	if (!file_read(arena, path, PEM_LONGEST, ERROR_SETTINGS, &content, err))
		return false;
	*out = arena_string_of(arena, content);
	return true;
}

static bool read_groups(const struct settings_file *file, const char *conf, struct arena *arena, struct setup *out, struct error *err)
{
	const struct settings_node *root = settings_root(file), *console = settings_find(root, "console");
	if (console == NULL)
		return error_set(err, ERROR_SETTINGS, "%s has no group \"console\", so there is nothing to serve; see copyhold-console(8)", conf);
	if (!console_settings_read(console, arena, &out->settings, err))
		return false;
	const char *council = string_at(root, arena, "council", "name"), *desk = string_at(root, arena, "desk", "socket");
	out->council = council != NULL ? council : "Copyhold";
	out->desk = file_beside(arena, conf, desk != NULL ? desk : DESK_SOCKET);
	read_log(root, arena);
	return read_pem(arena, out->settings.certificate, &out->certificate, err) && read_pem(arena, out->settings.key, &out->key, err);
}

static bool read_setup(const char *conf, struct arena *arena, struct setup *out, struct error *err)
{
	struct settings_file *file = NULL;
	if (!settings_open(conf, &file, err))
		return false;
	bool good = read_groups(file, conf, arena, out, err);
	settings_close(&file);
	return good;
}

/* Beyond loopback: only ever with TLS of our own, which console_settings_read has seen to. */
static bool open_public(const char *address, int port, int *fd_out, struct error *err)
{
	union {
		struct sockaddr any;
		struct sockaddr_in four;
		struct sockaddr_in6 six;
	} where = { .four = { .sin_family = AF_INET, .sin_port = htons((in_port_t)port) } };
	socklen_t size = sizeof where.four;
	if (inet_pton(AF_INET, address, &where.four.sin_addr) != 1) {
		where.six = (struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port) };
		size = sizeof where.six;
		if (inet_pton(AF_INET6, address, &where.six.sin6_addr) != 1)
			return error_set(err, ERROR_SETTINGS, "\"%s\" is no IP address", address);
	}
	int on = 1, fd = socket(where.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 && bind(fd, &where.any, size) == 0 && listen(fd, BACKLOG) == 0) {
		*fd_out = fd;
		return true;
	}
	error_set(err, errno == EADDRINUSE ? ERROR_UNAVAILABLE : ERROR_SETTINGS, "cannot listen on %s port %d: %s", address, port, strerror(errno));
	if (fd >= 0)
		close(fd);
	return false;
}

static bool open_listener(const struct console_settings *settings, struct arena *arena, const struct account *owner, struct listener *out,
			  struct error *err)
{
	const char *address;
	int port;
	if (listener_inherit(out, err))
		return true;
	if (err->kind != ERROR_NONE)
		return false;
	if (!console_settings_part(arena, settings->listen, &address, &port))
		return listener_open(settings->listen, settings->group, owner, out, err);
	if (console_settings_loopback(address))
		return listener_open(arena_printf(arena, "inet:%d@%s", port, address), NULL, owner, out, err);
	*out = (struct listener){ -1, NULL };
	return open_public(address, port, &out->fd, err);
}

static bool ask_desk(void *self, const json_t *request, json_t **answer_out, struct error *err)
{
	if (desk_call(self, request, DESK_MILLISECONDS, answer_out, err))
		return true;
	log_warning("%s", error_text(err));
	return false;
}

/* Serves until told to end. */
static void serve(struct server *server)
{
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	service_manager_tell("READY=1");
	while (sigtimedwait(&ends, NULL, &(struct timespec){ .tv_sec = 1 }) < 0)
		server_watch(server);
	service_manager_tell("STOPPING=1");
}

static bool run(const struct service_options *options, const struct setup *setup, struct arena *arena, struct error *err)
{
	struct account account;
	struct listener listener;
	struct server *server;
	struct console console = {
		.council = setup->council,
		.style = style_path(arena),
		.address = setup->settings.address,
		.https = setup->settings.https,
		.behind_proxy = setup->settings.behind_proxy,
		.desk = { ask_desk, (void *)(uintptr_t)setup->desk },
		.now = clock_now,
	};
	if (options->own != NULL && !account_find(options->own, &account, err))
		return false;
	if (!open_listener(&setup->settings, arena, options->own != NULL ? &account : NULL, &listener, err))
		return false;
	if (options->own != NULL && !account_become(&account, err)) {
		listener_withdraw(&listener);
		return false;
	}
	randombytes_buf(console.key, sizeof console.key);
	if (geteuid() == 0)
		log_warning("running as root, which nothing here needs; give --user");
	bool alone = !setup->settings.behind_proxy && setup->certificate != NULL;
	if (!server_start(&console, &(struct server_options){ listener.fd, REQUEST_SECONDS, alone, setup->certificate, setup->key }, &server, err)) {
		listener_withdraw(&listener);
		return false;
	}
	log_info("serving %s on %s", console.address, setup->settings.listen);
	serve(server);
	listener_withdraw(&listener);
	server_stop(&server);
	return true;
}

/* Before any thread: only the one that serves hears the signals, and a browser that has gone ends nothing. */
static void block_signals(void)
{
	sigset_t blocked;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGHUP);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
	struct service_options options = service_options_read(&command, argc, argv);
	if (options.exit_code != -1)
		return options.exit_code;
	log_open("copyhold-console", LOG_FORM_PLAIN, LOG_LEVEL_INFO);
	block_signals();
	json_object_seed(0); /* before there are threads */
	struct error err = ERROR_INIT;
	struct arena *arena = arena_new();
	struct setup setup = { .council = NULL };
	bool good = sodium_init() >= 0 && read_setup(options.conf, arena, &setup, &err) && (options.test || run(&options, &setup, arena, &err));
	if (!good)
		log_error("%s", err.kind != ERROR_NONE ? error_text(&err) : "libsodium does not start");
	int exit_code = good ? EX_OK : error_exit_code(err.kind);
	error_release(&err);
	arena_free(&arena);
	return exit_code;
}
