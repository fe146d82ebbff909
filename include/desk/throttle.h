/* throttle.h - growing waits between log-ins that fail.
 *
 * Two counts. One for each client address (an IPv6 network of /64 is one client): after CLIENT_FREE failures it waits, longer each
 * time. One for each login, from wherever it is tried: after LOGIN_FREE failures everybody waits who has not logged in with it from the
 * same client before. So a stranger who keeps on guessing slows down other strangers, and locks nobody out who comes from where they
 * usually come. A count is forgotten an hour after its last failure; that of a login ends with a log-in, or when `copyhold user unlock`
 * says so. An attempt counts as failed from its beginning, so that many at once gain nothing. In memory; shared by threads. */
#ifndef COPYHOLD_DESK_THROTTLE_H
#define COPYHOLD_DESK_THROTTLE_H

#include <stdint.h>

#include "base/arena.h"

#define CLIENT_FREE 10
#define LOGIN_FREE 5
#define LOGIN_LONGEST_WAIT 300
#define CLIENT_LONGEST_WAIT 900

struct throttle;

struct throttle *throttle_new(void);
void throttle_free(struct throttle **throttle);
/* 0: go on, and this counts as a failure until throttle_succeed; else seconds to wait, and nothing is counted. `unlocked_at`: failures of the
 * login before do not count. */
int64_t throttle_begin(struct throttle *throttle, const char *login, const char *client, int64_t unlocked_at, int64_t now);
/* The attempt was none: the password was right, and its code is yet to come. */
void throttle_forgive(struct throttle *throttle, const char *login, const char *client, int64_t now);
void throttle_succeed(struct throttle *throttle, const char *login, const char *client, int64_t now);

#endif
