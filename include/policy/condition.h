/* condition.h - one condition of a rule: sentences of the predicate table, joined.
 *
 * "A and: not: B or: C" is kept as alternatives of terms: any alternative will do, and all terms of it must hold. */
#ifndef COPYHOLD_POLICY_CONDITION_H
#define COPYHOLD_POLICY_CONDITION_H

#include <stdint.h>

#include "policy/predicate.h"

#define PREDICATE_SLOTS 2

struct term {
	const struct predicate *predicate;
	struct argument arguments[PREDICATE_SLOTS];
	bool negated;
	uint64_t key; /* the same for the same sentence with the same words, negated or not; mostly another for others */
};
struct alternative {
	const struct term *terms;
	size_t count;
};
struct condition {
	const char *sentence;          /* as written, blanks made single */
	const struct alternative *alternatives;
	size_t count;
	bool per_recipient;            /* some term speaks of "this recipient" */
	bool turned;                   /* holds when it would not: only mutation.h makes such */
	const char *file;              /* where it is written; NULL when no configuration has it */
	int line;
};

/* What was answered before about this message: once, or of each recipient. */
struct said {
	bool asked;
	enum answer answer;
	const struct evidence *evidence;
	size_t evidence_count;
	const char *exempt;
};
struct memo {
	struct term term; /* whether it is negated does not count */
	struct said *said;
};
struct memo_list {
	struct memo *items;
	size_t count;
	uint32_t *places; /* by key: number of the item plus one; 0: none. At least half of them are none */
	size_t room;      /* a power of two; 0 at first */
	bool closed;      /* the message is not there any more: what was not asked then is UNHEARD */
};
/* NULL when the sentence was not asked. The memo stays where it is until the next memo_add, what it points to longer. */
const struct memo *memo_find(const struct memo_list *memos, const struct term *term);
/* Of a sentence that is not there. */
void memo_add(struct arena *arena, struct memo_list *memos, struct memo memo);

/* Parses one condition. On failure err says what is unknown and, where one is close, what was meant; without file
 * and line. Borrows nothing from `written`. `lexicon` NULL: any family will do,
 * for a condition that is not to be asked of a message. */
bool condition_parse(struct arena *arena, const char *written, const struct lexicon *lexicon, const struct condition **out,
		     struct error *err) MUST_CHECK;
/* The same of a node of a configuration, which keeps where it stands; complains there. */
bool condition_read(struct arena *arena, const struct settings_node *node, const char *written, const struct lexicon *lexicon,
		    const struct condition **out, struct error *err) MUST_CHECK;

/* Asks it. The evidence of the alternatives that hold is left in the question; *by_exemption_out tells whether one of
 * them holds thanks to a predicate that exempts. Each sentence is asked once a message, or once of
 * each recipient: `memos` remembers them. */
enum answer condition_ask(const struct condition *condition, struct question *question, struct memo_list *memos,
			  bool *by_exemption_out);

/* The same sentence with the same words in its slots. */
bool term_is_same(const struct term *a, const struct term *b);
/* Its slot of that number takes a {family}, a {role} ...: `slot` as the row has it. */
bool term_has_slot(const struct term *term, size_t index, const char *slot);
/* The sentence of the table with the words in its slots. */
const char *term_sentence(struct arena *arena, const struct term *term);

/* Lists end in NULL; one that is NULL is empty. */
size_t conditions_count(const struct condition *const *conditions);
typedef void term_visitor(void *context, const struct condition *condition, const struct term *term);
void conditions_each_term(const struct condition *const *conditions, term_visitor *visit, void *context);
/* A list of conditions of a whole message, NULL-terminated; `node` is where they stand. "this recipient" is refused: "WHAT whole: ..." */
bool conditions_read_whole(struct arena *arena, const struct settings_node *node, const struct string_list *sentences,
			   const struct lexicon *lexicon, const char *what, const struct condition *const **out, struct error *err) MUST_CHECK;
/* All of them hold; none at all never do. */
enum answer conditions_hold(const struct condition *const *conditions, const struct question *about, struct memo_list *memos);

#endif
