/* answers.h - what every rule was asked about one message and answered, small enough to be kept with its entry.
 *
 * The questions are those of the rulebook (rulebook.h), the answers one letter a question: no words of the message are among them. Both are
 * the store's to keep (store.h) and `copyhold why` tells them in plain English. */
#ifndef COPYHOLD_GATEWAY_ANSWERS_H
#define COPYHOLD_GATEWAY_ANSWERS_H

#include "policy/policy.h"

/* A word for each opinion of the verdict, in order: whether the rule fires, then the answer to each question; Y, N or U. Only of a verdict
 * that may be kept (past_keepable). Of a past message (policy/testimony.h) also "?": it cannot be told any more. */
const char *answers_of(struct arena *arena, const struct verdict *verdict);

#endif
