/* group_words.h - the words by which a political group's name is known to mean the group, in the languages councils write. */
#ifndef COPYHOLD_POLICY_GROUP_WORDS_H
#define COPYHOLD_POLICY_GROUP_WORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

/* The text, as sentences have it, speaks of that political group: "the Blue group", "the Blues", "grŵp Glas", not "the Blue Lagoon". */
bool group_is_named(struct arena *arena, struct bytes plain, const char *group);

#endif
