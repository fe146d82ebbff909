/* context.h - the words a rule matched, in the sentence or line they stand in. Private to src/desk. */
#ifndef COPYHOLD_DESK_CONTEXT_H
#define COPYHOLD_DESK_CONTEXT_H

#include "reading/reading.h"

#define CONTEXT_WORDS 12           /* around the matched ones, before and behind together (DOMAIN 5.1) */
#define CONTEXT_OCTETS ((size_t)400) /* before, and behind: a word may be as long as its writer likes */

struct context {
	const char *text;       /* UTF-8; an ellipsis where the sentence goes on */
	size_t start, length;   /* of the words in it, in octets */
};

/* Looks at the place that the evidence names ("subject", "part 1, line 4" ...), and nowhere else. False when the words are not there: then
 * there is no more to be shown than the words. */
bool context_of(struct arena *arena, const struct reading *reading, const char *where, const char *words, struct context *out);

#endif
