/* used_codes.h - which one-time codes have served, so that each serves once (RFC 6238, 5.2).
 *
 * Of each login the newest step is kept, for as long as its code would still be taken. When there is room for no more, nobody's is forgotten
 * before that time: a code then does not serve. Not locked: its owner sees to that. */
#ifndef COPYHOLD_DESK_USED_CODES_H
#define COPYHOLD_DESK_USED_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/accounts.h"

#define USED_CODES_MOST ACCOUNTS_MOST

struct used_codes {
	struct used_code {
		char login[LOGIN_MOST + 1];
		int64_t step;
	} items[USED_CODES_MOST];
	size_t count;
};

/* Is it a code of this login's that serves now? From then on it has served. */
bool used_codes_serve(struct used_codes *codes, const struct login *login, const char *code, int64_t now);

#endif
