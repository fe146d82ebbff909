/* past.h - a decision as it is kept, and as it is gone through again: text of letters, without names or words.
 *
 * Facts: blank-separated words. The first are switches of the message (struct outlook), the second, behind "=", the letters of testimony that
 * speak of the whole message, then one for each recipient: its prospect as a digit, and its letters. The conclusion is lines: the outcome,
 * each recipient's, what the sender hears, each rule that fired with its deeds and whom it concerns, each exemption used. */
#ifndef COPYHOLD_GATEWAY_PAST_H
#define COPYHOLD_GATEWAY_PAST_H

#include "action/outlook.h"
#include "action/plan.h"
#include "gateway/rulebook.h"

/* What of a judgement may be kept or named anywhere: as if there were no rules of whose findings nothing is. Where none is in force both are
 * those given; else the plan is made again (plan_make_again), and has no more than that. */
struct keepable {
	const struct verdict *verdict;
	const struct plan *plan;
};
struct keepable past_keepable(struct arena *arena, const struct verdict *verdict, const struct plan *plan);

/* `kept`, by recipient: who is not left out (unlisted.h); NULL: nobody is. */
const char *past_facts(struct arena *arena, const struct policy *policy, const struct verdict *verdict, const struct outlook *outlook,
		       const bool *kept);
/* Of a message without an entry: recipients who are alike count as one, in no order, so that many messages have the same. */
const char *past_plain_facts(struct arena *arena, const struct policy *policy, const struct verdict *verdict, const struct outlook *outlook);
/* The action of a finding as its entry has it: FINDING_COUNTED (store.h), or its own. */
const char *past_action(const struct opinion *opinion);
const char *past_conclusion(struct arena *arena, const struct keepable *keepable, size_t recipient_count, const bool *kept);

struct past {
	struct outlook outlook;
	struct testimony testimony;
	bool left_out;  /* of somebody who is left out there is a last recipient, of whom nothing is known */
};
/* Facts that were kept with that rulebook. */
bool past_read(struct arena *arena, const struct rulebook *rulebook, const char *facts, struct past *out, struct error *err) MUST_CHECK;

/* A decision gone through again, by the rules of then or by others. */
struct revisited {
	const struct verdict *verdict;
	const struct plan *plan;
	bool open;      /* something a rule depends on was not asked: what becomes of the message cannot be told */
};
struct revisited past_revisit(struct arena *arena, const struct policy *policy, const size_t *places, const struct past *past);
/* As past_conclusion, of all who are not left out. */
const char *past_conclusion_of(struct arena *arena, const struct revisited *revisited, const struct past *past);

#endif
