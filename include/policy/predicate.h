/* predicate.h - the vocabulary rules are written in: one row a sentence.
 *
 * A row is a sentence with at most two slots in braces: {role}, {office}, {family}, {number}, {permission}, {word}.
 * The rule parser, its suggestions, `copyhold predicates`, explain and the manual all read the rows; each row has a unit test
 * that answers yes and one that answers no (checked by a test over the table). */
#ifndef COPYHOLD_POLICY_PREDICATE_H
#define COPYHOLD_POLICY_PREDICATE_H

#include "policy/policy.h"

struct argument {
	enum role role;
	unsigned office;
	enum permission_kind permission;
	const char *word;    /* as written */
	long number;
};

/* What a predicate may look at, and where it leaves its evidence. */
struct question {
	struct arena *arena;
	const struct facts *facts;
	const struct lexicon *lexicon;
	struct pattern_scratch *scratch;
	const struct sifted *sifted;   /* the sentences of the reading; NULL: each is asked about every family */
	size_t recipient;              /* index for "this recipient ..." sentences */
	struct evidence *evidence;     /* grows by question_evidence */
	size_t evidence_count;
	const char *exempt;            /* a predicate that says NO only because the directory exempts somebody says here whom */
};
void question_evidence(struct question *question, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* At most this many pieces of evidence are kept for one answer. */
#define EVIDENCE_MOST 8

struct predicate {
	const char *sentence;          /* "sender is {role}" */
	bool per_recipient;
	bool exemption;                /* used in `unless` it is listed among a judgement's exceptions */
	enum answer (*ask)(struct question *question, const struct argument *arguments);
	const char *meaning;           /* one line for the manual */
};

/* The rows of all subjects, in the order of the manual; NULL past the last one. */
const struct predicate *predicate_at(size_t index);

/* The rows by subject; each ends with a row without a sentence. */
extern const struct predicate predicates_sender[];
extern const struct predicate predicates_recipients[];
extern const struct predicate predicates_permissions[];
extern const struct predicate predicates_copies[];
extern const struct predicate predicates_markings[];
extern const struct predicate predicates_lineage[];
extern const struct predicate predicates_words[];
extern const struct predicate predicates_letters[];
extern const struct predicate predicates_replies[];
extern const struct predicate predicates_passed[];
extern const struct predicate predicates_groups[];
extern const struct predicate predicates_conduct[];
extern const struct predicate predicates_ways[];
extern const struct predicate predicates_press[];
extern const struct predicate predicates_speech[];
extern const struct predicate *const predicate_subjects[]; /* all of them; the list ends in NULL */

/* The row that asks for the civic calendar's time before an election. */
#define SENTENCE_PRE_ELECTION "it is in a pre-election period"

/* A permission of that kind is theirs on that day, in the matter of this message. */
enum answer person_is_allowed(struct question *question, enum permission_kind kind, const struct person *who);
/* A phrase of the family in the subject or the author's own text. */
enum answer question_is_about(struct question *question, const char *family);

enum answer answer_of(bool yes);
enum answer answer_not(enum answer answer);
enum answer answer_and(enum answer a, enum answer b);
enum answer answer_or(enum answer a, enum answer b);

#endif
