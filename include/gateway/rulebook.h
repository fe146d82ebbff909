/* rulebook.h - the rules of a policy as they are kept with its decisions, and what they can be asked later.
 *
 * JSON, version 2: the policy's digest, what `unknown` means, a digest of all that reading uses, the rules that are not off with what decides
 * (no words for people), and the sentences that are asked, each with a digest of the phrases it asks about. Kept once for each
 * configuration under the SHA-256 of its text, so that a change to it shows. Version 1 was the list of rules alone: enough for
 * `copyhold why`, not for going through a decision again. */
#ifndef COPYHOLD_GATEWAY_RULEBOOK_H
#define COPYHOLD_GATEWAY_RULEBOOK_H

#include "policy/testimony.h"
#include "reading/lexicon.h"

const char *rulebook_write(struct arena *arena, const struct policy *policy, const struct lexicon *lexicon);

/* Over all that decides whether the rule fires and what it does, its phrases included: two rules of one digest decide alike. */
const char *rulebook_rule_digest(struct arena *arena, const struct rule *rule, const struct lexicon *lexicon);

struct asked_sentence { /* that was asked then */
	const char *sentence;
	const char *phrases;  /* digest; NULL: it asks about none */
	bool per_recipient;
	size_t place;         /* of its letter, in those of the message or of each recipient */
};
struct rulebook {
	struct arena *arena;
	const char *policy_digest, *reading;
	struct policy *policy;   /* rules as they decide, without words */
	const struct asked_sentence *asks;
	size_t ask_count, once_count, each_count;
};
/* ERROR_INPUT: it is of version 1, or names what this version does not know. */
bool rulebook_read(const char *text, struct rulebook **out, struct error *err) MUST_CHECK;
void rulebook_free(struct rulebook **rulebook);

/* Why an answer of then is none to a sentence of now. */
enum unheard_why {
	HEARD,
	UNHEARD_SENTENCE, /* nobody asked it then */
	UNHEARD_PHRASES,  /* the phrases it asks about were others */
	UNHEARD_READING,  /* what tells markings, signatures and the like was different */
};
const char *unheard_sentence(enum unheard_why why); /* "nobody asked it then" */
/* Where the answers to this policy's sentences stand, for policy_judge_again; parallel to its ground, as is *why_out. `lexicon` NULL: the
 * phrases are those of then. */
const size_t *rulebook_places(struct arena *arena, const struct rulebook *rulebook, const struct policy *policy, const struct lexicon *lexicon,
			      const enum unheard_why **why_out);

#endif
