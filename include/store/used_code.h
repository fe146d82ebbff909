/* used_code.h - which one-time codes have served, so that each serves once (RFC 6238, 5.2), whether the desk was restarted meanwhile or not.
 *
 * Of each login the newest step that served is kept, as long as its code would still be taken: of the steps `oldest` to `newest`. */
#ifndef COPYHOLD_STORE_USED_CODE_H
#define COPYHOLD_STORE_USED_CODE_H

#include "store/store.h"

/* 0: none of those steps. */
bool store_code_used(struct store *store, const char *login, int64_t oldest, int64_t newest, int64_t *step_out, struct error *err) MUST_CHECK;
/* From now on the step has served; *mine_out is false when it, or a later one, had before. */
bool store_code_claim(struct store *store, const char *login, int64_t step, int64_t oldest, int64_t newest, bool *mine_out,
		      struct error *err) MUST_CHECK;

#endif
