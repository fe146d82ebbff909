/* explanation.h - the words of a rule with the names of a message filled in.
 *
 * Slots: %{hidden} %{unclear} %{visible} %{recipients} %{marking} %{act} %{name} %{sender} %{council} %{unreadable} %{foot}
 * %{writer} %{reader} %{group} %{standards} %{route} %{clerks-route}.
 * Filling is one pass: a name that looks like a slot stays as it is. */
#ifndef COPYHOLD_POLICY_EXPLANATION_H
#define COPYHOLD_POLICY_EXPLANATION_H

#include "policy/policy.h"

/* Every slot is known and closed; the error names the one that is not, and what was meant. NULL is fine. */
bool explanation_check(const char *words, struct error *err) MUST_CHECK;

/* What the slots are filled from. */
struct explanation_of {
	const struct facts *facts;
	const bool *concerns;             /* per envelope recipient */
	const struct evidence *evidence;  /* of the rule that fired */
	size_t evidence_count;
	bool welsh;
	const struct rule *rule;          /* whose words they are: it may say where complaints go that the Council has said nothing of; or NULL */
};
/* NULL for NULL. */
const char *explanation_fill(struct arena *arena, const char *words, const struct explanation_of *of);
/* For readers who are not to learn what the message says: "..." stands where its words would. `opinion`: of the rule whose words they are. NULL
 * for NULL. */
const char *explanation_without_words(struct arena *arena, const char *words, const struct facts *facts, const struct opinion *opinion, bool welsh);

#endif
