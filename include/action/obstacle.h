/* obstacle.h - what forbids any change to a message, whatever its texts could carry. */
#ifndef COPYHOLD_ACTION_OBSTACLE_H
#define COPYHOLD_ACTION_OBSTACLE_H

#include "action/footer.h"

/* Looks at the whole message, enclosed ones left out: something signed or encrypted, a second copy of the letter that some
 * clients show instead of the texts (TNEF, a form among the alternatives that has no foot), nothing to add a line to.
 * TOUCHED: nothing forbids it. */
enum untouched obstacle_of(const struct message *message, const struct reading *reading);

/* The begin line of a signature or encryption that stands in the text itself; blanks before it do not count. */
enum untouched obstacle_in_line(struct bytes line);

#endif
