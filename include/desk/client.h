/* client.h - asking the desk one question (protocol.h). What the console links: it knows no store, directory or review. */
#ifndef COPYHOLD_DESK_CLIENT_H
#define COPYHOLD_DESK_CLIENT_H

#include <jansson.h>

#include "base/error.h"

/* Connects to the unix socket at `path`, sends `request` (an object; borrowed) and waits at most `milliseconds` for all of it.
 * True with whatever object the desk answered, {"ok":false,...} too: *answer_out is the caller's, for json_decref. ERROR_UNAVAILABLE:
 * no desk there, or none that answered in time; a call that acts may have been done nevertheless, and asking again is safe.
 * ERROR_INPUT: the request is too long, or what came back is no object. */
bool desk_call(const char *path, const json_t *request, int milliseconds, json_t **answer_out, struct error *err) MUST_CHECK;

#endif
