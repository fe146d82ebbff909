/* answers.h - what every rule was asked about one message and answered, small enough to be kept with its entry.
 *
 * The rulebook is one text for each policy, the answers one letter a question: no words of the message are among them. Both are the
 * store's to keep (store.h) and `copyhold why` tells them in plain English. */
#ifndef COPYHOLD_GATEWAY_ANSWERS_H
#define COPYHOLD_GATEWAY_ANSWERS_H

#include "policy/policy.h"

/* JSON: of each rule that is not off its id, clause, action, mode and the questions in order, each with its part ("when", "unless",
 * "provided", "otherwise") and sentence. */
const char *answers_rulebook(struct arena *arena, const struct policy *policy);
/* A word for each rule of the rulebook, in order: whether it fires, then the answer to each question; Y, N or U. */
const char *answers_of(struct arena *arena, const struct verdict *verdict);

#endif
