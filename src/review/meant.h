/* meant.h - whom somebody means who writes an address, a login or a name. Private to src/review. */
#ifndef COPYHOLD_REVIEW_MEANT_H
#define COPYHOLD_REVIEW_MEANT_H

#include "recusal.h"

/* One person of the directory, or an address it does not know. ERROR_INPUT for a list, for nobody, and for a name that fits several
 * (with their addresses, to choose from). */
bool meant_resolve(struct arena *arena, const struct directory *directory, const char *written, int64_t at, struct reviewer *out,
		   struct error *err) MUST_CHECK;
/* Their name, or the address. */
const char *meant_name(const struct reviewer *who);
/* All addresses of theirs, blanks between. */
const char *meant_addresses(struct arena *arena, const struct reviewer *who);

#endif
