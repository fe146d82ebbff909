/* named.h - whom a text speaks of, by name, title and surname, or office. Evidence, never identity.
 *
 * A hostile letter may have thousands of sentences and a council hundreds of people: what a text is compared by is made once for all people,
 * and what somebody is called by once for all texts. Both borrow what they are made of. */
#ifndef COPYHOLD_POLICY_NAMED_H
#define COPYHOLD_POLICY_NAMED_H

#include "policy/predicate.h"

struct naming_text {
	struct bytes plain, key; /* as sentences have it; in the form of unicode_key */
};
struct naming_text naming_text(struct arena *arena, struct bytes plain);

struct called {
	const struct person *person;
	struct bytes name, welsh_name; /* in the form of unicode_key */
	enum answer first_shared;      /* somebody else has that first name; UNKNOWN: nobody has asked */
};
struct called_list {
	struct called *items;
	size_t count;
};
struct called_list called_of(struct arena *arena, const struct person_list *people);

/* How little of a name is enough. */
enum naming {
	NAMED_IN_FULL,     /* "Tom Birch", "Cllr Birch", "Mr T. Birch": what is said of somebody must not fall on another */
	NAMED_FAMILIARLY,  /* or "Tom", with its capital letter: people who work together call each other so */
	NAMED_BY_ANYTHING, /* or "Birch" and, where one person alone has it, "Tom", with their capital letters */
};
bool person_is_named(const struct facts *facts, struct called *called, const struct naming_text *text, enum naming naming);
/* The first of them, the sender left out; NULL: nobody. */
const struct person *somebody_named(const struct facts *facts, struct called_list *people, const struct naming_text *text, enum naming naming);

/* Any of these words, whole and in the form of unicode_key, stands in it. */
bool text_has_word_of(struct arena *arena, struct bytes plain, const char *const *words, size_t count);
/* "She has no idea": of whom, the sentences before it say. */
bool text_has_pronoun(struct arena *arena, struct bytes plain);

/* What the author wrote, above any signature: in the message itself, and in letters of theirs that are attached. The list is in the question's
 * arena; each letter is looked at once, however many sentences it has. */
const struct sentence *const *authors_sentences(const struct question *question, size_t *count_out);

/* One sentence of a letter's own text, quotations in quotation marks included; in the plain form. */
struct remark {
	struct bytes plain;
	bool question;
};
/* Those of the outer letter, sign-off and quoted history left out; `files`: of attached files whose text was read, too. */
const struct remark *remarks_of(struct question *question, bool files, size_t *count_out);

#endif
