/* process.h - asking another program one question. */
#ifndef COPYHOLD_BASE_PROCESS_H
#define COPYHOLD_BASE_PROCESS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/error.h"

/* Runs argv (found on PATH, no shell) with no input and its errors thrown away; *out is what it printed, at most `limit` octets.
 * ERROR_UNAVAILABLE when it cannot be started, fails, or prints more. */
bool process_read(struct arena *arena, const char *const *argv, size_t limit, struct bytes *out, struct error *err) MUST_CHECK;

struct process_limits {
	size_t output; /* octets */
	int seconds;
};
/* Runs argv with `input` as its standard input and without a network, where the system lets us part it from one; its errors are
 * thrown away. *missing_out: there is no such program. ERROR_UNAVAILABLE when it cannot be started, fails, takes longer (it is
 * killed) or prints more. */
bool process_filter(struct arena *arena, const char *const *argv, struct bytes input, const struct process_limits *limits, struct bytes *out,
		    bool *missing_out, struct error *err) MUST_CHECK;

#endif
