/* regex_strain.h - texts that make a regular expression work hard.
 *
 * Wherever an expression repeats something, a text is made in which that stands as often as a ruled line has dashes and what follows does
 * not, so that every way to share it out is tried. An expression that gives up on such a text has an exact witness; one that does not may
 * still be slow on another, as constructs that are not understood (back references, recursion) are passed over. */
#ifndef COPYHOLD_BASE_REGEX_STRAIN_H
#define COPYHOLD_BASE_REGEX_STRAIN_H

#include "base/arena.h"
#include "base/pattern.h"

/* Of an expression that stood between slashes, compiled as `pattern`: the first text tried on which it gives up, short ones first, in the arena;
 * or NULL. Any bytes may be given as `regex`. */
const char *regex_strain(struct arena *arena, struct bytes regex, const struct pattern *pattern, struct pattern_scratch *scratch);

#endif
