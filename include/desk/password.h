/* password.h - passwords of the desk's accounts: yescrypt, by crypt(3). */
#ifndef COPYHOLD_DESK_PASSWORD_H
#define COPYHOLD_DESK_PASSWORD_H

#include "base/arena.h"
#include "base/error.h"

#define PASSWORD_LEAST 12   /* characters */
#define PASSWORD_MOST 500   /* octets; crypt(3) takes no more than 511 */

/* Long enough, not too long, not made of the login or of one character, no control characters. ERROR_INPUT says what is wrong. */
bool password_is_good(const char *password, const char *login, struct error *err) MUST_CHECK;
/* As it is kept, with a salt of its own. ERROR_RETRY when the system cannot do it. */
bool password_hash(struct arena *arena, const char *password, const char **out, struct error *err) MUST_CHECK;
/* Takes as long for a wrong one as for the right one; `kept` NULL (no such account) as long as any. */
bool password_matches(const char *password, const char *kept);

#endif
