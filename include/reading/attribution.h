/* attribution.h - the sentence above quoted text that says who wrote it, and when: "On 3 March 2026, Ruth Ames wrote:". */
#ifndef COPYHOLD_READING_ATTRIBUTION_H
#define COPYHOLD_READING_ATTRIBUTION_H

#include "reading/intro.h"

/* The line could be the first of such a sentence. */
bool attribution_begins(struct bytes line);
/* The whole sentence, its lines joined with spaces: fills kind, strong, from and date, in the arena. False, and nothing filled, when it
 * is none. */
bool attribution_read(struct arena *arena, struct bytes text, struct intro *out);
/* A time of day stands in the text. */
bool attribution_has_time(struct bytes text);

#endif
