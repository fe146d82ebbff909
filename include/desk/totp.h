/* totp.h - one-time codes of six digits that change every thirty seconds (RFC 6238), by liboath. */
#ifndef COPYHOLD_DESK_TOTP_H
#define COPYHOLD_DESK_TOTP_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A new secret, in base32. */
bool totp_new(struct arena *arena, const char **out, struct error *err) MUST_CHECK;
/* otpauth://totp/... as telephones read it from a picture or by hand. */
const char *totp_uri(struct arena *arena, const char *secret, const char *council, const char *login);
/* Is it the code of now, of the step before or of the one after, and of a step later than `used`? *step_out is its step, to be kept
 * as used. Takes six digits only. */
bool totp_matches(const char *secret, const char *code, int64_t now, int64_t used, int64_t *step_out);
/* The steps whose codes are taken at `now`. */
int64_t totp_oldest_step(int64_t now);
int64_t totp_newest_step(int64_t now);

#endif
