/* reviewing.h - a reviewer's desk under one configuration: all that review/ needs of a snapshot. */
#ifndef COPYHOLD_GATEWAY_REVIEWING_H
#define COPYHOLD_GATEWAY_REVIEWING_H

#include "gateway/snapshot.h"
#include "review/decide.h"
#include "review/digest.h"

/* Borrows both. `sends`: released messages go out; else they are recorded as if they had. Its opener starts the snapshot's reader when
 * it is first needed and not open: then by one thread at a time. */
struct desk reviewing_desk(struct snapshot *snapshot, struct store *store, bool sends);

/* The digests of that desk. */
struct digest_job reviewing_digest(const struct snapshot *snapshot, struct desk *desk);

#endif
