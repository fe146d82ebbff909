/* clause.h - where one statement of a sentence ends and the next begins.
 *
 * "I cannot come, but we accept": what is denied before the comma says nothing of what follows it. */
#ifndef COPYHOLD_READING_CLAUSE_H
#define COPYHOLD_READING_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/* A semicolon stands between, or a comma or dash behind which a new statement begins. */
bool clause_ends_between(struct bytes text, size_t from, size_t to);

#endif
