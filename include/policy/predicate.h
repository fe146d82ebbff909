/* predicate.h - the vocabulary rules are written in: one table, one row a sentence.
 *
 * A row is a sentence with at most two slots in braces: {role}, {office}, {family}, {number}, {word}.
 * The rule parser, its suggestions, `copyhold predicates`, explain and the manual all read the rows; each row has a unit test
 * that answers yes and one that answers no (checked by a test over the table). */
#ifndef COPYHOLD_POLICY_PREDICATE_H
#define COPYHOLD_POLICY_PREDICATE_H

#include "policy/policy.h"

struct argument {
	enum role role;
	unsigned office;
	const char *word;    /* family or free word */
	long number;
};

/* What a predicate may look at, and where it leaves its evidence. */
struct question {
	struct arena *arena;
	const struct facts *facts;
	const struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	size_t recipient;              /* index for "this recipient ..." sentences */
	struct evidence *evidence;     /* grows by question_evidence */
	size_t evidence_count;
};
void question_evidence(struct question *question, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

struct predicate {
	const char *sentence;          /* "sender is {role}" */
	bool per_recipient;
	bool exemption;                /* used in `unless` it is listed among a judgement's exceptions */
	enum answer (*ask)(struct question *question, const struct argument *arguments);
	const char *meaning;           /* one line for the manual */
};

/* All rows, in the order of the manual. */
const struct predicate *const *predicate_table(size_t *count_out);

#endif
