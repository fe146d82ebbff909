/* mutate.h - whether the tests of a policy would notice if a part of it went missing. */
#ifndef COPYHOLD_CLI_MUTATE_H
#define COPYHOLD_CLI_MUTATE_H

#include "gateway/gateway.h"

struct mutated {
	size_t tried, noticed;
};
/* Damages the snapshot's policy in every way of policy/mutation.h, one at a time, and runs its tests on each; prints what none of them
 * notices and, `verbose`, which test notices the rest. The tests must hold as they are. Leaves the policy whole. The reader must be open. */
bool mutate_all(struct snapshot *snapshot, bool verbose, struct mutated *out, struct error *err) MUST_CHECK;

#endif
