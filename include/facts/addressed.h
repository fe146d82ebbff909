/* addressed.h - whose answer a message asks for, as its To shows. */
#ifndef COPYHOLD_FACTS_ADDRESSED_H
#define COPYHOLD_FACTS_ADDRESSED_H

#include "facts/facts.h"

/* The officer or the mailbox of officers (directory/post.h) that To names; of a job share either half. NULL when To names no officer,
 * several posts, or a list that reaches a whole group of officers: then nobody knows whose it is to answer. */
const struct person *addressed_officer(struct arena *arena, const struct facts *facts);

/* A letter that goes round: openly or not, by themselves or by lists, it reaches more than half of the councillors besides its sender,
 * and at least two. */
bool addressed_to_most_councillors(struct arena *arena, const struct facts *facts);

#endif
