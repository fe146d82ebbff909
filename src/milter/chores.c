/* chores.c - see chores.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/chores.h"

#include <libmilter/mfapi.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/reviewing.h"
#include "review/queue.h"
#include "review/release_service.h"
#include "review/tend.h"

#define ROUND_SECONDS 5       /* between looks into the outbox */
#define FORGOTTEN_AT_ONCE ((size_t)1000)
#define ROUNDS_TO_TALLY 2     /* counts go to the store every other round */
#define ROUNDS_OF_PATIENCE 12 /* the mail server may start after us */

static void *obey_signals(void *argument)
{
	struct gate *gate = argument;
	sigset_t ours;
	sigemptyset(&ours);
	sigaddset(&ours, SIGUSR1);
	sigaddset(&ours, SIGUSR2);
	for (;;) {
		int got = 0;
		if (sigwait(&ours, &got) != 0)
			continue;
		if (got == SIGUSR1)
			gate_reload(gate);
		else
			gate_finish(gate, 0);
	}
	return NULL;
}

/* Held mail cannot be released while the service is away: say so once, and when it is back. */
struct service_watch {
	bool known, answers;
	int rounds;
};

static void watch_service(struct service_watch *watch, const struct snapshot *snapshot)
{
	if (watch->known && watch->answers)
		return;
	struct arena *arena = arena_new();
	const char *reply = "";
	bool answers = release_probe(arena, &snapshot->release, &reply) == RELEASE_ACCEPTED;
	if (answers)
		log_info("the release service answers");
	else if (++watch->rounds == ROUNDS_OF_PATIENCE)
		log_warning("the release service does not answer, so nothing can be released and notices wait: %s", reply);
	watch->known = answers;
	watch->answers = answers;
	arena_free(&arena);
}

static void send_own_mail(struct gate *gate, struct service_watch *watch)
{
	struct snapshot *snapshot = gate_snapshot(gate);
	struct error err = ERROR_INIT;
	watch_service(watch, snapshot);
	if (watch->answers && outbox_run(gate->store, &snapshot->release, clock_now(), &err) == 0 && err.kind != ERROR_NONE) {
		log_warning("own mail waits: %s", error_text(&err));
		watch->known = false;
		watch->rounds = 0;
	}
	error_release(&err);
	gate_drop_snapshot(gate, &snapshot);
}

/* Decisions that are due, escalation, expiry, then what reviewers are told of; another process may be at it too. */
static void tend_held_mail(struct gate *gate)
{
	struct snapshot *snapshot = gate_snapshot(gate);
	struct error err = ERROR_INIT;
	struct tended tended;
	struct desk desk = reviewing_desk(snapshot, gate->store, true);
	if (!tend_run(&desk, clock_now(), &tended, &err))
		log_warning("held mail waits to be tended: %s", error_text(&err));
	if (tended.carried_out + tended.failed + tended.put_off + tended.escalated + tended.expired > 0)
		log_info("held mail tended: %zu decisions carried out, %zu failed, %zu put off; %zu messages passed on, %zu expired", tended.carried_out,
			 tended.failed, tended.put_off, tended.escalated, tended.expired);
	if (tended.reminded > 0)
		log_info("reminders of what is due: %zu", tended.reminded);
	if (tended.disposed)
		log_info("what is past its time was disposed of by the retention schedule");
	error_release(&err);
	struct digest_job digest = reviewing_digest(snapshot, &desk);
	size_t made = 0;
	if (!digest_run(&digest, clock_now(), &made, &err))
		log_warning("a digest could not be made: %s", error_text(&err));
	if (made > 0)
		log_info("digests made: %zu", made);
	error_release(&err);
	gate_drop_snapshot(gate, &snapshot);
}

/* A little at a time: whoever remembers a message meanwhile waits for no more than that. */
static void forget_what_is_past(struct gate *gate)
{
	struct error err = ERROR_INIT;
	bool more = false;
	if (!memory_expire(gate->memory, clock_now(), FORGOTTEN_AT_ONCE, &more, &err))
		log_warning("what is past its time stays in memory for a while: %s", error_text(&err));
	error_release(&err);
}

static void *do_rounds(void *argument)
{
	struct gate *gate = argument;
	struct service_watch watch = { false, false, 0 };
	for (unsigned round = 1;; round++) {
		tend_held_mail(gate);
		send_own_mail(gate, &watch);
		forget_what_is_past(gate);
		if (round % ROUNDS_TO_TALLY == 0)
			gate_flush_tally(gate);
		sleep(ROUND_SECONDS);
	}
	return NULL;
}

/* A large store was opened without being read whole: mail does not wait for that. What is damaged is said as loudly as can be; holds that
 * fail by it are "try again" to whoever sends. */
static void *examine_store(void *argument)
{
	struct gate *gate = argument;
	struct store *store = NULL;
	struct error err = ERROR_INIT;
	pthread_detach(pthread_self()); /* nobody waits for it */
	if (!store_open(store_directory(gate->store), &store, &err) || !store_examine(store, &err))
		log_error("%s", error_text(&err));
	error_release(&err);
	store_close(&store);
	return NULL;
}

bool chores_start(struct gate *gate, struct error *err)
{
	sigset_t ours;
	sigemptyset(&ours);
	sigaddset(&ours, SIGUSR1);
	sigaddset(&ours, SIGUSR2);
	pthread_sigmask(SIG_BLOCK, &ours, NULL);
	pthread_t thread;
	int failed = pthread_create(&thread, NULL, obey_signals, gate);
	if (failed == 0)
		failed = pthread_create(&thread, NULL, do_rounds, gate);
	if (failed == 0)
		failed = pthread_create(&thread, NULL, examine_store, gate);
	if (failed != 0)
		return error_set(err, ERROR_RETRY, "cannot start a thread: %s", strerror(failed));
	return true;
}
