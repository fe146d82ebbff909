/* needles.h - plain words that must stand in a text before a regular expression can match in it.
 *
 * They are sets: of each set at least one needle stands in every text that the expression matches. Taken from what is
 * plainly literal in it; whatever is not understood adds nothing, so that needles can be too few and never wrong. */
#ifndef COPYHOLD_BASE_NEEDLES_H
#define COPYHOLD_BASE_NEEDLES_H

#include <stdint.h>

#include "base/bytes.h"

#define NEEDLE_LENGTH 8     /* a longer word counts with its beginning */
#define NEEDLE_SETS_MOST 3  /* the most telling ones are kept */
#define NEEDLES_IN_SET 160

#define NEEDLE_BEGINS_WORD 1 /* no ASCII letter, digit or underscore stands before it */
#define NEEDLE_ENDS_WORD 2   /* nor behind it */

struct needle {
	struct bytes letters; /* in lower case */
	uint8_t edges;        /* NEEDLE_BEGINS_WORD and NEEDLE_ENDS_WORD */
};

/* A text holds one also where U+017F stands for its s or U+212A for its k, as in caseless matching, and where it has other bytes from
 * 0x80 to 0xBF than the needle: upper and lower case of an accented letter differ in them. */
struct needle_set {
	const struct needle *items;
	size_t count;
};

struct needles {
	struct needle_set sets[NEEDLE_SETS_MOST];
	size_t count; /* 0: nothing is known, the expression has to be tried */
};

/* Of an expression as PCRE2 reads it with UTF and CASELESS. One block of memory; free() it. */
struct needles *needles_of_regex(struct bytes regex);

#endif
