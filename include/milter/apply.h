/* apply.h - a plan's changes, said in the milter protocol.
 *
 * The mail server applies each change as it arrives, so after a failure the only safe answer is a 4xx. */
#ifndef COPYHOLD_MILTER_APPLY_H
#define COPYHOLD_MILTER_APPLY_H

#include <libmilter/mfapi.h>

#include "gateway/gateway.h"
#include "milter/session.h"

/* Takes the recipients off whose outcome is hold or stricter. */
bool apply_recipients(SMFICTX *context, const struct session *session, const struct plan *plan, struct error *err) MUST_CHECK;
/* Header fields and body, as the plan has them. */
bool apply_edits(SMFICTX *context, struct arena *arena, const struct judgement *judgement, struct error *err) MUST_CHECK;
/* Only the fields to be removed: for a message we have seen in part. */
bool apply_removals(SMFICTX *context, struct arena *arena, const struct judgement *judgement, struct error *err) MUST_CHECK;

#endif
