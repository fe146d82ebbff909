/* outbox_run.c - sending own mail that waits; see queue.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/queue.h"

#define FIRST_PAUSE ((int64_t)60)
#define LONGEST_PAUSE ((int64_t)4 * 3600)
#define GIVE_UP_AFTER ((int64_t)5 * 86400)
/* When the service takes nothing, the rest would only wait for its timeouts. */
#define VAIN_MOST 3

static int64_t next_try(const struct outgoing *outgoing, int64_t now)
{
	int64_t pause = FIRST_PAUSE;
	for (int i = 1; i < outgoing->tries && pause < LONGEST_PAUSE; i++)
		pause *= 2;
	pause = pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
	return now - outgoing->made_at >= GIVE_UP_AFTER ? 0 : now + pause;
}

/* A notice whose answer was lost is sent again: a second copy does no harm. */
static bool send_one(struct store *store, struct arena *arena, const struct release_service *service, const struct outgoing *outgoing,
		     int64_t now, bool *sent_out, struct error *err)
{
	const char *reply = NULL;
	*sent_out = release_send(arena, service, "", outgoing->to, outgoing->message, &reply) == RELEASE_ACCEPTED;
	if (*sent_out)
		return store_outbox_sent(store, outgoing->number, reply, now, err);
	return store_outbox_failed(store, outgoing->number, reply, next_try(outgoing, now), now, err);
}

/* One due message; false when there is none, or on trouble with the store. */
static bool run_one(struct store *store, const struct release_service *service, int64_t now, bool *sent_out, struct error *err)
{
	struct arena *arena = arena_new();
	struct outgoing outgoing;
	bool found = false;
	int lease = service->timeout * 2 + 60;
	bool good = store_outbox_take(store, arena, now, lease, &found, &outgoing, err) && found &&
		    send_one(store, arena, service, &outgoing, now, sent_out, err);
	arena_free(&arena);
	return good;
}

size_t outbox_run(struct store *store, const struct release_service *service, int64_t now, struct error *err)
{
	size_t gone = 0;
	int vain = 0;
	bool sent = false;
	while (vain < VAIN_MOST && run_one(store, service, now, &sent, err)) {
		gone += sent;
		vain = sent ? 0 : vain + 1;
	}
	return gone;
}
