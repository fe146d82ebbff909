/* named.h - whom a text speaks of, by name, title and surname, or office. Evidence, never identity. */
#ifndef COPYHOLD_POLICY_NAMED_H
#define COPYHOLD_POLICY_NAMED_H

#include "policy/predicate.h"

/* Both in the form of unicode_key: the words stand there whole. */
bool words_stand_in(struct bytes text, struct bytes words);

/* How little of a name is enough. */
enum naming {
	NAMED_IN_FULL,     /* "Tom Birch", "Cllr Birch", "Mr T. Birch": what is said of somebody must not fall on another */
	NAMED_BY_ANYTHING, /* "Birch" and, where one person alone has it, "Tom" too, with their capital letters */
};
bool person_is_named(struct arena *arena, const struct facts *facts, const struct person *person, struct bytes plain, enum naming naming);
/* Somebody of that role on the day, the sender left out; NULL: nobody. */
const struct person *somebody_named(struct question *question, enum role role, struct bytes plain, enum naming naming);
/* One sentence of a letter's own text, quotations in quotation marks included; in the plain form. */
struct remark {
	struct bytes plain;
	bool question;
};
/* Those of the outer letter, sign-off and quoted history left out; `files`: of attached files whose text was read, too. */
const struct remark *remarks_of(struct question *question, bool files, size_t *count_out);

#endif
