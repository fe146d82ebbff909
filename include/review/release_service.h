/* release_service.h - handing a message to the MTA past the gate (libcurl SMTP).
 *
 * The service is a unix-socket smtpd of Postfix without milters that only Copyhold's user can reach (DESIGN 8). One recipient
 * a transaction, dot-stuffed by libcurl, SMTPUTF8 when offered and needed (libcurl cannot say BODY=8BITMIME; Postfix takes
 * 8-bit content without it). Only a 2xx to the final dot for that recipient is success; a connection lost after the message
 * was sent and before the answer is "in doubt". */
#ifndef COPYHOLD_REVIEW_RELEASE_SERVICE_H
#define COPYHOLD_REVIEW_RELEASE_SERVICE_H

#include "base/arena.h"
#include "base/bytes.h"

enum release_answer {
	RELEASE_ACCEPTED,  /* 2xx */
	RELEASE_LATER,     /* 4xx, or no connection: nothing was taken */
	RELEASE_REFUSED,   /* 5xx */
	RELEASE_IN_DOUBT,  /* the reply to the final dot was lost */
};

struct release_service {
	const char *socket;   /* path of the unix socket; or NULL and: */
	const char *host;     /* loopback host and port, for tests and MTAs without unix sockets */
	int port;
	int timeout;          /* seconds for the whole transaction */
	const char *helo;
};

/* `from` and `to` are paths without brackets ("" for the null sender); `message` has CRLF line ends (a lone LF is sent as
 * CRLF, a missing last one is added).
 * *reply_out is the last reply line or a sentence of what happened, in the arena. Paths with control characters or
 * spaces are refused before a connection is made. */
enum release_answer release_send(struct arena *arena, const struct release_service *service, const char *from, const char *to,
				 struct bytes message, const char **reply_out);
/* Connects, EHLO, NOOP, QUIT: is the path there? */
enum release_answer release_probe(struct arena *arena, const struct release_service *service, const char **reply_out);

#endif
