/* supervisor.h - the parent: keeps one gate running and turns signals into deeds.
 *
 * libmilter takes SIGHUP for "stop" and cannot let go of its socket, so the parent owns both. SIGHUP: the new
 * configuration is read here first; only a good one is passed on. SIGTERM, SIGINT: drain. A gate that dies is
 * replaced; meanwhile connections wait in the socket's queue. */
#ifndef COPYHOLD_MILTER_SUPERVISOR_H
#define COPYHOLD_MILTER_SUPERVISOR_H

#include "base/listener.h"
#include "gateway/snapshot.h"

#define DRAIN_SECONDS 30 /* for messages in flight when we are asked to stop */

/* Runs until told to stop; an exit code. `snapshot` is what is in force at the start. */
int supervisor_run(struct listener *listener, const struct snapshot *snapshot);

#endif
