/* secret.h - asking for a password: never from the command line, where other users of the machine could read it. */
#ifndef COPYHOLD_CLI_SECRET_H
#define COPYHOLD_CLI_SECRET_H

#include "base/arena.h"
#include "base/error.h"

/* One line from the open descriptor `fd` (a number, as typed), or, when it is NULL, from the terminal, twice and without echo.
 * ERROR_INPUT: the two differ, or there is none; ERROR_USAGE: no such descriptor. */
bool secret_read(struct arena *arena, const char *fd, const char **out, struct error *err) MUST_CHECK;

#endif
