/* due_message.h - the message that a clock belongs to, whether it was held or not. Private to src/review. */
#ifndef COPYHOLD_REVIEW_DUE_MESSAGE_H
#define COPYHOLD_REVIEW_DUE_MESSAGE_H

#include "review/queue.h"

/* By its whole reference; NULL in *out when there is none, or nobody is named in it any more. */
bool due_message(struct desk *desk, struct arena *arena, const char *id, const struct held **out, struct error *err) MUST_CHECK;

#endif
