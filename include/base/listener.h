/* listener.h - the socket on which a service takes connections.
 *
 * Made before the process gives up root. A unix socket is open to one group only; an inet one listens on loopback only: the
 * milter's port, for one, lets whoever reaches it have mail judged as anybody's. */
#ifndef COPYHOLD_BASE_LISTENER_H
#define COPYHOLD_BASE_LISTENER_H

#include "base/error.h"
#include "base/account.h"

struct listener {
	int fd;
	char *path; /* of the socket we made, to be withdrawn; NULL for inet and inherited sockets */
};

/* `where` is "unix:/path" or "inet:PORT@ADDRESS" with a loopback address. Refused: a path that is no socket, one that
 * somebody still answers on. A socket nobody answers on is left from a process that was killed, and replaced. `group`
 * (may be NULL) is who may connect; `owner` (may be NULL) the account the daemon will run as. */
bool listener_open(const char *where, const char *group, const struct account *owner, struct listener *out, struct error *err) MUST_CHECK;
/* Whether `where` could be listened on, as far as its words tell. */
bool listener_check(const char *where, struct error *err) MUST_CHECK;
/* The socket a service manager hands over (LISTEN_FDS). False without one, or with more than one or no stream socket:
 * then err is set. */
bool listener_inherit(struct listener *out, struct error *err) MUST_CHECK;
/* No new connections: takes the path away, where it is ours. */
void listener_withdraw(struct listener *listener);

#endif
