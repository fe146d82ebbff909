/* service.h - the desk's socket: connections, their deadlines, signals. */
#ifndef COPYHOLD_DESK_SERVICE_H
#define COPYHOLD_DESK_SERVICE_H

#include "base/listener.h"
#include "desk/house.h"

#define SERVICE_CONNECTIONS 32    /* at once; more wait in the kernel */
#define SERVICE_READ_SECONDS 5    /* for a whole request */
#define SERVICE_WRITE_SECONDS 10  /* for a whole answer to be taken once it is there, however long that took */
#define SERVICE_DRAIN_SECONDS 40  /* for calls under way when we are asked to stop */

/* Blocks the signals it takes: before any thread is started. */
void service_block_signals(void);
/* Serves until SIGTERM or SIGINT, then lets calls under way finish. SIGHUP reads the configuration again. Returns the exit code; *idle_out:
 * every call has ended, so nobody uses the house any longer. */
int service_run(struct house *house, struct listener *listener, const char *group, bool *idle_out);

#endif
