/* regex_strain.h - texts that make a regular expression work hard.
 *
 * Wherever an expression repeats something, a text is made in which that stands as often as a ruled line has dashes and what follows does
 * not, so that every way to share it out is tried. An expression that gives up on such a text has an exact witness; one that does not may
 * still be slow on another, as constructs that are not understood (back references, recursion) are passed over. */
#ifndef COPYHOLD_BASE_REGEX_STRAIN_H
#define COPYHOLD_BASE_REGEX_STRAIN_H

#include "base/arena.h"
#include "base/pattern.h"

/* Of an expression between slashes, compiled as `pattern`: the shortest of the texts tried on which it gives up, or NULL. */
const char *regex_strain(struct arena *arena, struct bytes regex, const struct pattern *pattern, struct pattern_scratch *scratch);

#endif
