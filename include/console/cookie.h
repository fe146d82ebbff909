/* cookie.h - the two cookies of the console: the session's token, and one that ties a log-in form to the browser it was sent to.
 *
 * Behind https their names begin with __Host-, so that no neighbouring site can set them. Neither holds anything but a random token. */
#ifndef COPYHOLD_CONSOLE_COOKIE_H
#define COPYHOLD_CONSOLE_COOKIE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

enum cookie { COOKIE_SESSION, COOKIE_BEFORE };

#define COOKIE_LONGEST ((size_t)200) /* octets of a token; a longer one is none of ours */

/* The value of one of ours in a Cookie header; NULL when it is not there, stands twice, or has octets that no token of ours has. */
const char *cookie_find(struct arena *arena, struct bytes header, enum cookie which, bool https);
/* Whether a token could be ours: letters, digits, - and _, of bounded length. */
bool cookie_is_token(struct bytes value);
/* The value of a Set-Cookie header; an empty or NULL value takes the cookie away. */
const char *cookie_set(struct arena *arena, enum cookie which, bool https, const char *value);

#endif
