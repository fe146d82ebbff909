/* naming.h - whether a text speaks of somebody, or of a ward, by name. */
#ifndef COPYHOLD_POLICY_NAMING_H
#define COPYHOLD_POLICY_NAMING_H

#include "directory/directory.h"
#include "facts/conduct.h"

/* "Carl Moss", "Cllr Moss", "Mrs Ames"; the text as sentences have it. */
bool text_names(struct arena *arena, struct bytes plain, const struct person *person);
/* The same, or the first name alone, with a capital: people who work together call each other so. */
bool text_names_familiarly(struct arena *arena, struct bytes plain, const struct person *person);
/* One of its words, or "Mill ward". */
bool text_names_ward(struct arena *arena, struct bytes plain, const struct ward *ward);

#endif
