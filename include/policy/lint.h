/* lint.h - whether rules that can be read can also be trusted.
 *
 * What follows from how conditions are put together is decided exactly (logic.h): a rule that cannot fire, an exception that swallows its
 * rule or can never hold, an action out of reach, a rule that another one makes useless. What a condition means is not looked into
 * any further than that. Rules that are off are left out. Pure. */
#ifndef COPYHOLD_POLICY_LINT_H
#define COPYHOLD_POLICY_LINT_H

#include "base/finding.h"
#include "policy/policy.h"

extern const struct finding_class policy_classes[]; /* the last one has no name */

struct policy_linting {
	struct findings *findings;
	const struct policy *policy;
	const struct lexicon *lexicon;
	const struct directory *directory;
	calendar_date on;                  /* who holds a role or office from that day on */
	struct string_list libraries;      /* files whose phrases are for others to use: a family that nobody uses is no mistake there */
};
/* The rules that are held back by their `most`; told at every start, so that policy_lint leaves it out. */
void policy_tell_capped(const struct policy *policy, struct findings *found);
/* Rules to which `file`, the Council's own, gives another mode than the one at its top, which is in force; told likewise. After policy_finish. */
void policy_tell_overridden(const struct policy *policy, const char *file, struct findings *found);
void policy_lint(const struct policy_linting *linting);

#endif
