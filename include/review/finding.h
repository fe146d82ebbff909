/* finding.h - which of a message's findings is the one to name. The desk, the digest and every notice ask here, so that all of them say
 * the same. */
#ifndef COPYHOLD_REVIEW_FINDING_H
#define COPYHOLD_REVIEW_FINDING_H

#include "store/store.h"

/* The finding that kept it back: the first of the strictest that were enforced. NULL when none did, as when it was delivered, or when a
 * rule could not be answered. For a sender: a rule that only observes is never named to them. */
const struct finding_record *finding_that_held(const struct held *held);
/* For who may see everything: the same, else what best explains why it is here: the first of the strictest, what was done before what
 * was only observed. NULL when it has no finding. */
const struct finding_record *finding_leading(const struct held *held);
/* Its rule did something, and did not only observe. */
bool finding_is_acted_on(const struct finding_record *finding);

#endif
