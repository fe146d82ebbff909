/* server.c - see server.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "console/form.h"

#define MEMORY_OF_CONNECTION ((size_t)65536) /* request line and headers; more is refused by the library */
#define STACK_OF_THREAD ((size_t)1 << 20)
#define UPLOAD_MOST ((size_t)1 << 20)        /* read and thrown away before we hang up, so that a browser sees why */

/* One that is open. */
struct connection {
	int fd;
	int64_t since; /* seconds: its start, or its last answer's end */
	struct connection *next, **whence;
};

struct server {
	const struct console *console;
	struct MHD_Daemon *daemon;
	int request_seconds;
	pthread_mutex_t lock; /* over what follows */
	struct connection *connections;
	size_t busy;          /* requests under way */
};

/* One request, from its first line to the end of its answer. */
struct incoming {
	struct arena *arena;
	const char *target;
	struct text body;
	size_t uploaded;
	bool begun, counted;
};

static int64_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* The target as it came; the library would cut it at an encoded NUL. */
static void *request_begins(void *self, const char *target, struct MHD_Connection *connection)
{
	struct incoming *incoming = memory_must(calloc(1, sizeof *incoming));
	incoming->arena = arena_new();
	incoming->target = arena_string(incoming->arena, target);
	return incoming;
}

static void count_busy(struct server *server, struct incoming *incoming, bool busy)
{
	pthread_mutex_lock(&server->lock);
	if (busy != incoming->counted)
		server->busy += busy ? 1 : (size_t)-1;
	incoming->counted = busy;
	pthread_mutex_unlock(&server->lock);
}

static void request_ends(void *self, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode why)
{
	struct server *server = self;
	struct incoming *incoming = *context;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *open = info != NULL ? info->socket_context : NULL;
	*context = NULL;
	if (incoming != NULL) {
		count_busy(server, incoming, false);
		text_release(&incoming->body);
		arena_free(&incoming->arena);
		free(incoming);
	}
	if (open != NULL) {
		pthread_mutex_lock(&server->lock);
		open->since = seconds();
		pthread_mutex_unlock(&server->lock);
	}
}

static void connection_changes(void *self, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what)
{
	struct server *server = self;
	struct connection *open = *context;
	pthread_mutex_lock(&server->lock);
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		open = memory_must(calloc(1, sizeof *open));
		open->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		open->since = seconds();
		open->next = server->connections;
		open->whence = &server->connections;
		if (open->next != NULL)
			open->next->whence = &open->next;
		server->connections = open;
		*context = open;
	} else if (open != NULL) {
		*open->whence = open->next;
		if (open->next != NULL)
			open->next->whence = open->whence;
		free(open);
		*context = NULL;
	}
	pthread_mutex_unlock(&server->lock);
}

void server_watch(struct server *server)
{
	int64_t now = seconds();
	pthread_mutex_lock(&server->lock);
	for (struct connection *open = server->connections; open != NULL; open = open->next)
		if (now - open->since > server->request_seconds)
			shutdown(open->fd, SHUT_RDWR);
	pthread_mutex_unlock(&server->lock);
}

struct header_list {
	struct arena *arena;
	struct http_header *items;
	size_t count;
};

static enum MHD_Result add_header(void *self, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct header_list *list = self;
	*ARENA_PUSH(list->arena, list->items, list->count) = (struct http_header){ name, value != NULL ? value : "" };
	return MHD_YES;
}

static const char *peer_of(struct MHD_Connection *connection, struct arena *arena)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address = info != NULL ? info->client_addr : NULL;
	char *shown = arena_alloc(arena, INET6_ADDRSTRLEN);
	if (address != NULL && address->sa_family == AF_INET)
		return inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, shown, INET6_ADDRSTRLEN);
	if (address != NULL && address->sa_family == AF_INET6)
		return inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, shown, INET6_ADDRSTRLEN);
	return NULL;
}

/* A proxy would keep connections open for later, and in time all that there may be: on one machine, a new one costs nothing. */
static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct answer *answer, bool last)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(answer->body.length, (void *)(uintptr_t)answer->body.data, MHD_RESPMEM_MUST_COPY);
	if (response == NULL)
		return MHD_NO;
	for (size_t i = 0; i < answer->header_count; i++)
		if (MHD_add_response_header(response, answer->headers[i].name, answer->headers[i].value) != MHD_YES)
			log_warning("cannot send the header %s", answer->headers[i].name);
	if (last && MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") != MHD_YES)
		log_warning("cannot ask the proxy to close the connection");
	enum MHD_Result sent = MHD_queue_response(connection, (unsigned)answer->status, response);
	MHD_destroy_response(response);
	return sent;
}

static enum MHD_Result answer_request(struct server *server, struct MHD_Connection *connection, struct incoming *incoming, const char *method)
{
	struct header_list list = { .arena = incoming->arena };
	MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, &list);
	struct request request = {
		.method = method,
		.target = incoming->target,
		.headers = list.items,
		.header_count = list.count,
		.body = text_bytes(&incoming->body),
		.body_too_long = incoming->uploaded > FORM_LONGEST,
		.peer = peer_of(connection, incoming->arena),
	};
	struct answer answer;
	count_busy(server, incoming, true);
	console_answer(server->console, &request, incoming->arena, &answer);
	if (answer.status >= 500)
		log_warning("answered %d to %s", answer.status, method);
	return send_answer(connection, &answer, server->console->behind_proxy);
}

/* Called once when the headers are there, then for each piece of the body, then once more. */
static enum MHD_Result request_comes(void *self, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
				     const char *piece, size_t *piece_size, void **context)
{
	struct incoming *incoming = *context;
	if (incoming == NULL)
		return MHD_NO;
	if (!incoming->begun) {
		incoming->begun = true;
		return MHD_YES;
	}
	if (*piece_size == 0)
		return answer_request(self, connection, incoming, method);
	incoming->uploaded += *piece_size;
	if (incoming->uploaded > FORM_LONGEST)
		text_release(&incoming->body);
	else
		text_add_bytes(&incoming->body, (struct bytes){ piece, *piece_size });
	*piece_size = 0;
	return incoming->uploaded > UPLOAD_MOST ? MHD_NO : MHD_YES;
}

static size_t leave_encoded(void *self, struct MHD_Connection *connection, char *words)
{
	return strlen(words);
}

static void complain(void *self, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static void complain(void *self, const char *format, va_list args)
{
	struct text line = TEXT_INIT;
	text_vprintf(&line, format, args);
	struct bytes words = bytes_trim(text_bytes(&line));
	log_line(LOG_LEVEL_DEBUG, "libmicrohttpd: %.*s", (int)words.length, words.data);
	text_release(&line);
}

static struct MHD_Daemon *start_daemon(struct server *server, const struct server_options *options)
{
	bool tls = options->certificate != NULL;
	struct MHD_OptionItem secure[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)options->certificate },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)options->key },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE" },
		{ MHD_OPTION_END, 0, NULL },
	};
	struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };
	unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC | MHD_USE_ERROR_LOG;
	return MHD_start_daemon(flags | (tls ? (unsigned)MHD_USE_TLS : 0), 0, NULL, NULL, request_comes, server,
				MHD_OPTION_EXTERNAL_LOGGER, complain, NULL,
				MHD_OPTION_LISTEN_SOCKET, options->fd,
				MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
				MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->alone ? (unsigned)CONNECTIONS_OF_ONE_ADDRESS : 0U,
				MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
				MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_OF_CONNECTION,
				MHD_OPTION_THREAD_STACK_SIZE, STACK_OF_THREAD,
				MHD_OPTION_STRICT_FOR_CLIENT, 1,
				MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
				MHD_OPTION_URI_LOG_CALLBACK, request_begins, server,
				MHD_OPTION_NOTIFY_COMPLETED, request_ends, server,
				MHD_OPTION_NOTIFY_CONNECTION, connection_changes, server,
				MHD_OPTION_ARRAY, tls ? secure : plain,
				MHD_OPTION_END);
}

bool server_start(const struct console *console, const struct server_options *options, struct server **out, struct error *err)
{
	struct server *server = memory_must(calloc(1, sizeof *server));
	server->console = console;
	server->request_seconds = options->request_seconds;
	pthread_mutex_init(&server->lock, NULL);
	server->daemon = start_daemon(server, options);
	if (server->daemon == NULL) {
		pthread_mutex_destroy(&server->lock);
		free(server);
		return error_set(err, ERROR_SETTINGS, "cannot serve%s", options->certificate != NULL ?
				 ": the certificate and key do not fit each other or are not PEM (log.level = \"debug\" says more)" : "");
	}
	*out = server;
	return true;
}

void server_stop(struct server **server)
{
	struct server *ending = *server;
	MHD_socket listening = MHD_quiesce_daemon(ending->daemon);
	for (int tenths = 0; tenths < STOP_SECONDS * 10; tenths++) {
		pthread_mutex_lock(&ending->lock);
		size_t busy = ending->busy;
		pthread_mutex_unlock(&ending->lock);
		if (busy == 0)
			break;
		nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
	}
	MHD_stop_daemon(ending->daemon);
	if (listening != MHD_INVALID_SOCKET)
		close(listening);
	pthread_mutex_destroy(&ending->lock);
	free(ending);
	*server = NULL;
}
