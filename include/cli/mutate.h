/* mutate.h - whether the tests of a policy would notice if a part of it went missing. */
#ifndef COPYHOLD_CLI_MUTATE_H
#define COPYHOLD_CLI_MUTATE_H

#include "gateway/gateway.h"

struct mutated {
	size_t tried, noticed;
};
/* Damages the policy in every way of policy/mutation.h, one at a time, and runs the tests on each; prints what none of them notices and,
 * `verbose`, which test notices the rest. Several snapshots are configurations of tests for one policy, each for some of its rules: a
 * change is noticed when a test of any of them does. One that does not use `pack` (NULL: none) is of another pack: it only helps to notice
 * changes of what both have from a library. The tests must hold as they are. Leaves the policies whole. The readers must be open. */
bool mutate_all(struct snapshot *const *snapshots, size_t count, const char *pack, bool verbose, struct mutated *out, struct error *err) MUST_CHECK;

#endif
