/* lettering.h - words as the eye reads them, however their letters are set: "C O N F I D E N T I A L", letters of another
 * alphabet that look the same, "CONFI-" at the end of a line and "DENTIAL" on the next. */
#ifndef COPYHOLD_READING_LETTERING_H
#define COPYHOLD_READING_LETTERING_H

#include "base/arena.h"
#include "base/bytes.h"

/* `plain` is in unicode_plain form; borrowed when nothing is set in such ways. For looking for words, not for showing. */
struct bytes lettering_read(struct arena *arena, struct bytes plain);
/* The line with the rest of its last word where that is broken over the end: only words that mark are joined. */
struct bytes lettering_join(struct arena *arena, struct bytes line, struct bytes next);

#endif
