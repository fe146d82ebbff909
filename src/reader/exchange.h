/* exchange.h - transport rules out of the XML that Exchange exports, read in the cage for copyhold(1). */
#ifndef COPYHOLD_READER_EXCHANGE_H
#define COPYHOLD_READER_EXCHANGE_H

#include "base/text.h"

/* Records, each a letter, its content and a NUL: R a rule and its name; then of it C the command that makes it, as newer versions export
 * it, or E an element of its conditions and actions, with V the values it has. False when the XML is damaged or hides text in entities. */
bool exchange_read(struct arena *arena, struct bytes xml, struct text *out);
/* The whole program: caged, from standard input to standard output; an exit status. */
int exchange_run(void);

#endif
