/* session.h - what the mail server has told us of the message in progress.
 *
 * Callbacks only collect; nothing is decided before the end of the message. libmilter may call for one session from
 * any thread, one at a time, so all state hangs here. The bytes are put together exactly as the mail server has them
 * (CRLF line ends). Nothing here knows libmilter. */
#ifndef COPYHOLD_MILTER_SESSION_H
#define COPYHOLD_MILTER_SESSION_H

#include <stdatomic.h>

#include "base/text.h"
#include "facts/facts.h"
#include "gateway/snapshot.h"

/* Octets of all messages in progress, over all sessions. */
struct budget {
	atomic_size_t used;
};

struct session {
	struct budget *budget;
	char *client;                /* IP address as text; NULL when unknown */

	/* Of the message in progress; zero between messages. */
	struct snapshot *snapshot;   /* what it is judged by, held; whoever set it drops it */
	struct arena *arena;
	const char *from, *auth;
	bool local;                  /* handed over by a program of this machine, not by SMTP */
	const char **recipients;     /* paths without brackets */
	size_t recipient_count;
	const char **arguments;      /* parallel: as the mail server gave them, for it to recognise */
	size_t argument_count;
	struct text raw;
	size_t reserved;             /* of the budget */
	bool headers_ended;
	bool truncated;              /* longer than snapshot->max_message: raw is its beginning */
	bool starved;                /* the budget did not suffice: raw is not all */
	bool in_flight;              /* counted among those a drain waits for */
};

struct session *session_new(struct budget *budget, const char *client);
void session_free(struct session **session);

/* MAIL FROM. Ends a message in progress; session->snapshot must be set after it. */
void session_begin(struct session *session, const char *argument, const char *auth, bool local);
void session_add_recipient(struct session *session, const char *argument);
/* `value` with its leading blanks and LF between folded lines, as the milter protocol has it. */
void session_add_header(struct session *session, const char *name, const char *value);
void session_end_headers(struct session *session);
void session_add_body(struct session *session, struct bytes chunk);
/* Forgets the message, gives its share of the budget back. The snapshot must have been dropped. */
void session_reset(struct session *session);

/* "<ann@example>" or "ann@example" -> "ann@example" */
const char *path_without_brackets(struct arena *arena, const char *argument);
struct envelope session_envelope(const struct session *session, int64_t at);
/* The message so far, its header block closed. */
struct bytes session_message(struct session *session);

#endif
