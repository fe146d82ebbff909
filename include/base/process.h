/* process.h - asking another program one question. */
#ifndef COPYHOLD_BASE_PROCESS_H
#define COPYHOLD_BASE_PROCESS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* Runs argv (found on PATH, no shell) with no input and its errors thrown away; *out is what it printed, at most `limit` octets.
 * ERROR_UNAVAILABLE when it cannot be started, fails, or prints more. */
bool process_read(struct arena *arena, const char *const *argv, size_t limit, struct bytes *out, struct error *err) MUST_CHECK;

#endif
