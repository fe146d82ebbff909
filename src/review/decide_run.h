/* decide_run.h - carrying out a decision that is due, and what the files of decisions share. Private to src/review. */
#ifndef COPYHOLD_REVIEW_DECIDE_RUN_H
#define COPYHOLD_REVIEW_DECIDE_RUN_H

#include "review/decide.h"

struct run {
	const struct decision *decision; /* as it stands afterwards */
	const struct queue_result *results;
	size_t result_count;
};
/* Claims the decision (0: any) if it is due at `now`, and carries it out; *found_out is false when there is none. `final`: what
 * cannot be done now has failed, else it is tried again later. False on trouble with the store, and when the deed was not done: then
 * out->decision says what became of it. */
bool decision_run(struct desk *desk, struct arena *arena, int64_t number, int64_t now, bool final, bool *found_out, struct run *out,
		  struct error *err) MUST_CHECK;
/* The rule of a finding, as the configuration has it now; NULL when it has none of that name. */
const struct rule *rule_of_finding(const struct desk *desk, const struct finding_record *finding);
/* The key of one of a rule's reasons, and of any other. */
const char *reason_key(struct arena *arena, const struct rule *rule, size_t index);
#define REASON_OTHER "other"
/* Did this finding hold the message, or can it have? */
bool finding_holds(const struct desk *desk, const struct finding_record *finding);

#endif
