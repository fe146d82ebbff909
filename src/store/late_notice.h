/* late_notice.h - companion notices that wait until a held copy has been released (action/plan.h); within a write transaction. */
#ifndef COPYHOLD_STORE_LATE_NOTICE_H
#define COPYHOLD_STORE_LATE_NOTICE_H

#include "database.h"

/* Goes out at once when the copy has been released meanwhile, and not at all when it was returned or is not held. */
bool late_notice_insert(struct store *store, const struct deferred_notice *deferred, const char *id, int64_t at, struct error *err) MUST_CHECK;
/* The copy has gone out. */
bool late_notice_due(struct store *store, const char *after_id, const char *after_recipient, int64_t at, struct error *err) MUST_CHECK;
/* It was returned; `after_recipient` NULL: all copies of that message. */
bool late_notice_drop(struct store *store, const char *after_id, const char *after_recipient, struct error *err) MUST_CHECK;

#endif
