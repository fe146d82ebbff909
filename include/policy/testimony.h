/* testimony.h - what each sentence of a policy was answered about one message, without the message: enough to go down the ladder again.
 *
 * The sentences of a policy with their slots filled, each once, in a fixed order, are its ground. Testimony is a letter for each: Y, N, U
 * (unknown), X (no, and only because the directory exempts somebody), - (not asked: it could change nothing then). What is asked of each
 * recipient has a letter for each of them. There are no names and no words in it. */
#ifndef COPYHOLD_POLICY_TESTIMONY_H
#define COPYHOLD_POLICY_TESTIMONY_H

#include "policy/condition.h"
#include "policy/policy.h"

struct ground {
	const char *sentence;  /* as in the table of predicates, with the words for its slots */
	const char *families[PREDICATE_SLOTS]; /* of phrases that it asks about; NULL where there is none */
	bool per_recipient;
	bool reads;            /* its answer may rest on the text, and so on the phrases that reading uses */
	struct term term;
};
/* Of a finished policy: of its rules that are not off, and of `remember`; what meets a duty is asked of later messages, and has no part in what
 * became of this one. Rules of whose findings nothing is kept have no part in anything
 * here: what only they ask is in no testimony, and they are not gone through again. */
const struct ground *policy_ground(const struct policy *policy, size_t *count_out);

/* Who sends and who gets it is known without the text; all else may rest on it. */
bool predicate_reads_text(const struct predicate *predicate);

struct testimony {
	const char *message;             /* of what is asked once, a letter each */
	const char *const *recipients;   /* of each recipient, of what is asked of each */
	size_t recipient_count;
};
/* What was answered when `verdict` was made by `policy`. */
struct testimony testimony_of(struct arena *arena, const struct policy *policy, const struct verdict *verdict, size_t recipient_count);

/* A sentence of this policy has no place in the testimony: it is UNHEARD. */
#define NO_PLACE ((size_t)-1)
/* Decides again, by a policy that need not be the one that asked: `places` is parallel to its ground, and says which of the letters answers it.
 * The ladder is that of policy_judge. Nothing is told in words: no explanation, no evidence. Where an opinion is `unheard`, or its `fires` is
 * UNHEARD, no more is known than what it says besides. */
const struct verdict *policy_judge_again(struct arena *arena, const struct policy *policy, const size_t *places, const struct testimony *testimony);

/* For judge.c: as memos to which nothing is added. */
struct memo_list testimony_memos(struct arena *arena, const struct policy *policy, const size_t *places, const struct testimony *testimony);

#endif
