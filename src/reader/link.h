/* link.h - the gateway's side of a nursery: starting it, having workers forked and ended. */
#ifndef COPYHOLD_READER_LINK_H
#define COPYHOLD_READER_LINK_H

#include <pthread.h>
#include <sys/types.h>

#include "base/error.h"
#include "channel.h"

struct link {
	pid_t pid;            /* 0 when it has been reaped */
	int socket;
	pthread_mutex_t lock; /* one question at a time */
	bool lost;            /* it is dead or does not answer: of no use any more. Under the lock */
	char *room;
	char *remark;         /* what the nursery said of its cage, or NULL */
	unsigned users;       /* the pool, and each worker. Under the pool's lock */
};

struct worker {
	struct worker *next;
	struct link *link;
	pid_t pid;
	int socket;
	char *room;
	unsigned served;
};

/* The program, told the wording and caged. The thread that calls this must live as long as the nursery is to. */
struct link *link_start(const char *program, struct bytes wording, struct error *err);
/* Ends the nursery and so all its workers; once is enough, twice does no harm. */
void link_stop(struct link *link);
/* After link_stop, when nobody uses it. */
void link_free(struct link *link);
bool link_is_lost(struct link *link);
/* A worker that is ready; NULL when the nursery cannot give one. */
struct worker *link_fork(struct link *link, unsigned seconds, struct error *err);
/* Ends the worker and frees it. Its wait(2) status, or -1 when there is none to be had: the nursery is lost, and the worker with it. */
int link_bury(struct worker *worker);

#endif
