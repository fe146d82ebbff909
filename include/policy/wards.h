/* wards.h - the wards there are, and by which words a text is about one. */
#ifndef COPYHOLD_POLICY_WARDS_H
#define COPYHOLD_POLICY_WARDS_H

#include "facts/facts.h"

struct known_ward {
	const char *name;          /* as the Council or the directory writes it */
	const struct bytes *words; /* in the form of unicode_key */
	size_t word_count;
};
struct known_wards {
	struct known_ward *items;
	size_t count;
};
/* Those that the Council has given words for, then those of councillors of the directory on the day: each once, and each by "Mill ward" and
 * "ward Mill" too. Borrows their names. */
struct known_wards wards_of(struct arena *arena, const struct facts *facts);
/* One of its words stands there; `key` in the form of unicode_key. */
bool ward_is_named(const struct known_ward *ward, struct bytes key);

#endif
