/* milter_wire.h - the MTA's side of the milter protocol (version 6), enough of it to send whole messages to a filter.
 *
 * One `struct wire` is one connection, as Postfix's smtpd would keep for one SMTP session. Blocking; used by one thread. */
#ifndef COPYHOLD_TESTS_BENCH_MILTER_WIRE_H
#define COPYHOLD_TESTS_BENCH_MILTER_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wire {
	int fd;
	uint32_t actions, protocol; /* as negotiated */
	char *room;                 /* of the last packet read */
	size_t room_size;
	char *out;                  /* packets not yet written */
	size_t out_length, out_size;
};

/* What the filter did with one message. */
struct wire_result {
	char verdict;               /* 'a' accept, 'c' continue, 'd' discard, 't' tempfail, 'r' reject, 'y' replied with a code */
	unsigned headers_changed, bodies_replaced, recipients_removed;
};

struct wire_message {
	const char *from, *auth, *client;
	const char *const *recipients;
	size_t recipient_count;
	const char *data;           /* CRLF message */
	size_t length, body;        /* offset of the body */
};

/* False with a word on stderr when the filter cannot be reached or does not speak the protocol. */
bool wire_open(struct wire *wire, const char *socket_path, const char *client);
bool wire_send(struct wire *wire, const struct wire_message *message, struct wire_result *result);
void wire_close(struct wire *wire);

#endif
