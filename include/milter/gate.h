/* gate.h - the process that speaks with the mail server: libmilter's threads, and what they share.
 *
 * One gate a process. Its parent gives it the listening socket and talks to it by signals: SIGUSR1 reads the
 * configuration again, SIGUSR2 drains and ends. */
#ifndef COPYHOLD_MILTER_GATE_H
#define COPYHOLD_MILTER_GATE_H

#include <pthread.h>

#include "gateway/gateway.h"
#include "milter/session.h"

struct gate {
	const char *conf;
	struct store *store;
	struct memory *memory;           /* what was seen before; asked only where the snapshot's memory_kept says so */
	struct budget budget;

	pthread_mutex_t lock;            /* guards all below */
	pthread_cond_t changed;
	struct snapshot *snapshot;
	struct scratch_list *scratches;
	struct tally tally;              /* not yet in the store */
	struct plain_pile *plain;        /* the same: facts of messages without an entry */
	size_t in_flight;                /* messages between DATA and our answer */
	bool draining;
};

/* Serves on the socket until drained; an exit code. A byte is written to `ready_fd` once messages can be taken. */
int gate_run(const char *conf, int listen_fd, int ready_fd);

/* What is in force now, held for the caller. */
struct snapshot *gate_snapshot(struct gate *gate);
void gate_drop_snapshot(struct gate *gate, struct snapshot **snapshot);
/* Reads the configuration again; keeps the old one when the new one is bad. */
void gate_reload(struct gate *gate);

/* A message is on its way; false while draining. Each true is followed by one gate_message_ends. */
bool gate_message_begins(struct gate *gate);
void gate_message_ends(struct gate *gate);

/* Match data for one judgement; threads are libmilter's, so it is pooled. */
struct pattern_scratch *gate_take_scratch(struct gate *gate);
void gate_return_scratch(struct gate *gate, struct pattern_scratch *scratch);

void gate_count(struct gate *gate, const struct tally *more);
/* Facts of a message without an entry, to be written with the counts; NULL: none. They are lost when the gate is killed before, and beyond
 * some thousands while the store takes none. */
void gate_keep_plain(struct gate *gate, const struct snapshot *snapshot, int64_t at, const char *facts);
/* Writes counts and facts to the store; they are kept when that fails. */
void gate_flush_tally(struct gate *gate);

/* Waits for messages in flight, writes what is left to write and ends the process. */
_Noreturn void gate_finish(struct gate *gate, int exit_code);

#endif
