/* conclude.h - the end of a message: judged, made durable, then done. */
#ifndef COPYHOLD_MILTER_CONCLUDE_H
#define COPYHOLD_MILTER_CONCLUDE_H

#include <libmilter/mfapi.h>

#include "milter/gate.h"

/* The answer for the mail server. Whatever fails, the answer is a 4xx and nothing else happened. `queue_id` is the mail
 * server's name for the message, or NULL. */
sfsistat conclude(SMFICTX *context, struct gate *gate, struct session *session, const char *queue_id);

#endif
