/* sessions.h - who is logged in, in the desk's memory: a restart ends all sessions.
 *
 * A session is known by a token of 256 random bits, which only its holder has: what is kept is its digest. It ends by log-out, after
 * `idle` seconds without a call, `absolute` seconds after its log-in, when its login has `most` newer ones, or when the account is no
 * longer what it was (another stamp). Shared by threads. */
#ifndef COPYHOLD_DESK_SESSIONS_H
#define COPYHOLD_DESK_SESSIONS_H

#include <stdint.h>

#include "base/arena.h"
#include "desk/accounts.h"

struct sessions;

struct session_terms {
	int64_t idle, absolute;
	size_t most; /* of one login */
};
struct session {
	const char *login, *client;
	int64_t made_at, seen_at;
	int64_t expires_at; /* if nothing more is asked */
};

struct sessions *sessions_new(void);
void sessions_free(struct sessions **sessions);
/* A new session; its token, in the arena. */
const char *sessions_open(struct sessions *sessions, struct arena *arena, const struct session_terms *terms, const struct login *login,
			  const char *client, int64_t now);
/* The session of that token, seen now; false when there is none, or none any longer. */
bool sessions_find(struct sessions *sessions, struct arena *arena, const struct session_terms *terms, const char *token, int64_t now,
		   struct session *out);
/* Is it of the account as it is now? One that is not is ended, with all of its login made under another stamp; `login` NULL: the
 * account is gone. */
bool sessions_still_of(struct sessions *sessions, const struct session *session, const struct login *login);
void sessions_end(struct sessions *sessions, const char *token);
size_t sessions_count(struct sessions *sessions);

#endif
