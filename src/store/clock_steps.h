/* clock_steps.h - what recording, taking back and reviving a message do to clocks (store/reply_clock.h). Private to src/store; each within
 * a write transaction. */
#ifndef COPYHOLD_STORE_CLOCK_STEPS_H
#define COPYHOLD_STORE_CLOCK_STEPS_H

#include "database.h"
#include "store/reply_clock.h"

/* `id` is the record's, which the clocks that start belong to. NULL changes nothing. */
bool clocks_change(struct store *store, struct arena *arena, const struct clock_changes *changes, const char *id, struct error *err) MUST_CHECK;
/* The message was taken back: what it started does not run, what it ended runs on. */
bool clocks_void(struct store *store, const char *id, struct error *err) MUST_CHECK;
bool clocks_revive(struct store *store, const char *id, struct error *err) MUST_CHECK;

#endif
