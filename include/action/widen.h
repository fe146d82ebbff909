/* widen.h - the one change of part headers a footer may make: room for characters beyond ASCII. */
#ifndef COPYHOLD_ACTION_WIDEN_H
#define COPYHOLD_ACTION_WIDEN_H

#include "action/footer.h"

/* charset becomes utf-8 when `charset`. `eight_bit`: the body gets 8-bit bytes, so the transfer encoding becomes 8bit where it
 * is 7bit, on the part and on the parts around it that declare 7bit. Only the parameter or the word is changed; what is
 * missing is added. False when a header cannot be changed exactly; edits may then be half made. */
bool widen_part(struct arena *arena, const struct message *message, const struct part *part, bool charset, bool eight_bit,
		struct edit_list *edits);

#endif
