/* server.h - requests off the wire and answers onto it, by libmicrohttpd: a bounded number of connections, each with a thread of its
 * own, because a question to the desk may take seconds and must not keep others waiting; each bounded in octets and in time. */
#ifndef COPYHOLD_CONSOLE_SERVER_H
#define COPYHOLD_CONSOLE_SERVER_H

#include "base/error.h"
#include "console/console.h"

#define CONNECTIONS_MOST 256
#define CONNECTIONS_OF_ONE_ADDRESS 16 /* when no proxy stands before us */
#define IDLE_SECONDS 30
#define REQUEST_SECONDS 120           /* from a connection's start, or its last answer, to the next answer's end */
#define STOP_SECONDS 10               /* for requests under way, at the end */

struct server_options {
	int fd;                     /* listening; the server's from then on */
	int request_seconds;        /* REQUEST_SECONDS, or less in a test */
	bool alone;                 /* no proxy before us: one address gets only so many connections */
	const char *certificate, *key; /* PEM texts, or NULL */
};
struct server;

bool server_start(const struct console *console, const struct server_options *options, struct server **out, struct error *err) MUST_CHECK;
/* Hangs up on whoever takes too long; to be called every second or so. */
void server_watch(struct server *server);
/* Takes no more connections, lets requests under way finish, ends. */
void server_stop(struct server **server);

#endif
