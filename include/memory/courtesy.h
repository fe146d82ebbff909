/* courtesy.h - what every letter says: "I look forward to hearing from you". No passage is known by it. */
#ifndef COPYHOLD_MEMORY_COURTESY_H
#define COPYHOLD_MEMORY_COURTESY_H

#include <stdint.h>

#include "base/arena.h"

struct courtesies;

/* In the arena; pure. */
const struct courtesies *courtesies_make(struct arena *arena);
/* Takes them out of a text's words (print.h) and returns how many words are left. */
size_t courtesies_strip(const struct courtesies *courtesies, uint64_t *words, size_t count);

#endif
