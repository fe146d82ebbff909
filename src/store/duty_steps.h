/* duty_steps.h - what recording, taking back and reviving a message do to duties (store/duty.h). Private to src/store; each within
 * a write transaction. */
#ifndef COPYHOLD_STORE_DUTY_STEPS_H
#define COPYHOLD_STORE_DUTY_STEPS_H

#include "database.h"
#include "store/duty.h"

/* `id` is the record's, to which belong the duties that begin. NULL changes nothing. */
bool duties_change(struct store *store, struct arena *arena, const struct duty_changes *changes, const char *id, struct error *err) MUST_CHECK;
/* The deeds alone. */
bool duties_end(struct store *store, struct arena *arena, const struct duty_changes *changes, const char *id, struct error *err) MUST_CHECK;
/* Whether they would end anything; a look is enough for it. */
bool duties_end_any(struct store *store, struct arena *arena, const struct duty_changes *changes, bool *any_out, struct error *err) MUST_CHECK;
/* The message was taken back: what it laid on is not asked for, what it ended stands again. */
bool duties_void(struct store *store, const char *id, int64_t at, struct error *err) MUST_CHECK;
bool duties_revive(struct store *store, const char *id, struct error *err) MUST_CHECK;

#endif
