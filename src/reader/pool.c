/* pool.c - see pool.h. Takers only take, use and give back; the keeper's thread starts nurseries and asks for workers, because a nursery
 * ends with the thread that started it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pool.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "link.h"
#include "reader/wire.h"
#include "worker.h"

#define TAKE_SECONDS 30      /* for a worker, before the sender is asked to try again */
#define LOOK_SECONDS 1       /* between looks at those that should be alive */
#define PAUSE_SECONDS 1      /* after something could not be started */
#define SERVED_MOST 1000     /* messages of one worker: what libraries leak ends with it */
#define DEAD_IN_A_ROW 16     /* workers found dead before they were given anything */

struct pool {
	struct reader reader; /* first */
	struct html_viewer viewer;
	struct pool_settings settings;
	struct bytes wording;
	struct arena *arena;
	pthread_t keeper;
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t changed, available;
	struct link *link;    /* NULL while there is no nursery */
	struct worker *idle;
	size_t idle_count, count, waiting;
	char *trouble;        /* why there are none to be had; NULL: there are */
	bool tried, stopping;
};

static struct timespec from_now(time_t seconds)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += seconds;
	return at;
}

static void tell(const struct pool *pool, const char *sentence)
{
	if (pool->settings.tell != NULL)
		pool->settings.tell(sentence);
}

/* Under the lock. Each trouble is told once, and its end. */
static void set_trouble(struct pool *pool, const char *trouble)
{
	bool same = trouble == NULL || pool->trouble == NULL ? trouble == pool->trouble : strcmp(trouble, pool->trouble) == 0;
	if (same)
		return;
	tell(pool, trouble == NULL ? "messages can be read again" : trouble);
	free(pool->trouble);
	pool->trouble = trouble == NULL ? NULL : memory_must(strdup(trouble));
}

/* Under the lock; the last one frees it. */
static void leave_link(struct link *link)
{
	if (--link->users > 0)
		return;
	link_stop(link);
	link_free(link);
}

/* Not under the lock. Its wait(2) status, or -1 when the nursery was lost with it. */
static int discard(struct pool *pool, struct worker *worker)
{
	struct link *link = worker->link;
	int status = link_bury(worker);
	pthread_mutex_lock(&pool->lock);
	pool->count--;
	leave_link(link);
	pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
	return status;
}

static void give_back(struct pool *pool, struct worker *worker)
{
	if (++worker->served >= SERVED_MOST) {
		discard(pool, worker);
		return;
	}
	pthread_mutex_lock(&pool->lock);
	worker->next = pool->idle;
	pool->idle = worker;
	pool->idle_count++;
	if (pool->waiting > 0)
		pthread_cond_signal(&pool->available);
	pthread_mutex_unlock(&pool->lock);
}

/* Under the lock. */
static struct worker *pop_idle(struct pool *pool)
{
	struct worker *worker = pool->idle;
	if (worker != NULL) {
		pool->idle = worker->next;
		pool->idle_count--;
	}
	return worker;
}

static struct worker *take(struct pool *pool, struct arena *arena, const char **why_out)
{
	struct timespec until = from_now(TAKE_SECONDS);
	int waited = 0;
	pthread_mutex_lock(&pool->lock);
	while (pool->idle == NULL && waited == 0) {
		pool->waiting++;
		pthread_cond_signal(&pool->changed);
		waited = pthread_cond_timedwait(&pool->available, &pool->lock, &until);
		pool->waiting--;
	}
	struct worker *worker = pop_idle(pool);
	if (worker == NULL)
		*why_out = pool->trouble != NULL ? arena_string(arena, pool->trouble) : "all readers are busy";
	else if (pool->idle_count < pool->settings.ready && pool->count < pool->settings.most)
		pthread_cond_signal(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
	return worker;
}

/* Said of the message, to the clerk. */
static const char *why_ended(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_OUT_OF_MEMORY)
		return "the reader needed more memory than allowed";
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return "the reader needed more time than allowed";
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		return "the reader found more in it than can be taken";
	return "the reader stopped on it";
}

enum attempt { ATTEMPT_READ, ATTEMPT_FAILED, ATTEMPT_STOPPED, ATTEMPT_AGAIN, ATTEMPT_NO_ROOM };

static enum attempt judge_answer(struct pool *pool, struct worker *worker, enum verb verb, struct parcel *answer, struct arena *arena,
				 struct message *message, const struct reading **out, const char **why_out)
{
	struct error err = ERROR_INIT;
	struct reading *reading;
	bool good = answer->head.verb == verb ? answer_unpack(arena, message, answer->bytes, &reading, &err)
					      : error_set(&err, ERROR_INPUT, "it answers another question");
	parcel_release(answer);
	if (good) {
		reading->viewer = &pool->viewer;
		*out = reading;
		give_back(pool, worker);
		return ATTEMPT_READ;
	}
	discard(pool, worker);
	*why_out = arena_printf(arena, "the reader gave no answer that holds (%s)", error_text(&err));
	error_release(&err);
	return ATTEMPT_FAILED;
}

static enum attempt attempt(struct pool *pool, struct worker *worker, enum verb verb, struct arena *arena, struct message *message,
			    const struct reading **out, const char **why_out)
{
	struct parcel answer;
	enum channel_end sent = channel_send(worker->socket, (struct packet){ .verb = verb }, message->raw, -1);
	if (sent != CHANNEL_GOOD) {
		discard(pool, worker);
		*why_out = "a message cannot be handed to its reader";
		return sent == CHANNEL_CLOSED ? ATTEMPT_AGAIN : ATTEMPT_NO_ROOM; /* it was dead before it saw the message */
	}
	enum channel_end got = channel_receive(worker->socket, worker->room, ANSWER_MOST, &answer);
	if (got == CHANNEL_GOOD)
		return judge_answer(pool, worker, verb, &answer, arena, message, out, why_out);
	int status = discard(pool, worker);
	if (got == CHANNEL_SLOW)
		*why_out = arena_printf(arena, "the reader took longer than %u s", pool->settings.limits.seconds);
	else if (got == CHANNEL_BAD)
		*why_out = "the reader gave no answer that holds";
	else
		*why_out = why_ended(status);
	/* A worker that ended with its nursery did not end of the message. */
	if (got == CHANNEL_CLOSED && status == -1)
		return ATTEMPT_AGAIN;
	return got == CHANNEL_BAD ? ATTEMPT_FAILED : ATTEMPT_STOPPED;
}

/* Libraries are what stops a reader, and they run on files only; in an ambiguous message files are sought in its text too. */
static bool may_hold_files(const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++)
		if (message->parts[i]->first_child == NULL && !part_is_shown_text(message->parts[i]))
			return true;
	return message->ambiguous;
}

static enum reader_end read_apart(struct reader *reader, struct arena *arena, struct message *message, struct pattern_scratch *scratch,
				  const struct reading **out, const char **why_out)
{
	struct pool *pool = (struct pool *)reader;
	enum verb verb = VERB_READ;
	for (unsigned n = 0; n < DEAD_IN_A_ROW; n++) {
		struct worker *worker = take(pool, arena, why_out);
		if (worker == NULL)
			return READER_AWAY;
		switch (attempt(pool, worker, verb, arena, message, out, why_out)) {
		case ATTEMPT_READ:
			return READER_READ;
		case ATTEMPT_FAILED:
			return READER_FAILED;
		case ATTEMPT_STOPPED: /* once more, so that a file costs itself and not what the message says */
			if (verb == VERB_READ_CLOSED || !may_hold_files(message))
				return READER_FAILED;
			tell(pool, arena_printf(arena, "a message is read again with its files left closed: %s", *why_out));
			verb = VERB_READ_CLOSED;
			break;
		case ATTEMPT_NO_ROOM:
			return READER_AWAY;
		case ATTEMPT_AGAIN:
			break;
		}
	}
	*why_out = "readers end as soon as they are started";
	return READER_AWAY;
}

/* Once: a line at the foot is left out when it fails, and the next message has another worker. */
static bool view_apart(const struct html_viewer *viewer, struct arena *arena, struct bytes html, struct html_text *out)
{
	struct pool *pool = (struct pool *)((uintptr_t)viewer - offsetof(struct pool, viewer));
	const char *why;
	struct parcel answer;
	struct worker *worker = take(pool, arena, &why);
	if (worker == NULL)
		return false;
	if (channel_send(worker->socket, (struct packet){ .verb = VERB_VIEW }, html, -1) != CHANNEL_GOOD ||
	    channel_receive(worker->socket, worker->room, ANSWER_MOST, &answer) != CHANNEL_GOOD) {
		discard(pool, worker);
		return false;
	}
	bool good = answer.head.verb == VERB_VIEW && view_unpack(arena, html, answer.bytes, out, NULL);
	parcel_release(&answer);
	if (good)
		give_back(pool, worker);
	else
		discard(pool, worker);
	return good;
}

/* ---- the keeper, under the lock but where it waits for others */

static void pause_for(struct pool *pool, time_t seconds)
{
	struct timespec until = from_now(seconds);
	if (!pool->stopping)
		pthread_cond_timedwait(&pool->changed, &pool->lock, &until);
}

static void drop_idle(struct pool *pool)
{
	struct worker *worker;
	while ((worker = pop_idle(pool)) != NULL) {
		pthread_mutex_unlock(&pool->lock);
		discard(pool, worker);
		pthread_mutex_lock(&pool->lock);
	}
}

static void lose_link(struct pool *pool)
{
	struct link *link = pool->link;
	pool->link = NULL;
	pthread_mutex_unlock(&pool->lock);
	link_stop(link);
	pthread_mutex_lock(&pool->lock);
	drop_idle(pool);
	leave_link(link);
}

static void start_link(struct pool *pool)
{
	struct error err = ERROR_INIT;
	pthread_mutex_unlock(&pool->lock);
	struct link *link = link_start(pool->settings.program, pool->wording, &err);
	pthread_mutex_lock(&pool->lock);
	pool->link = link;
	if (link != NULL && link->remark != NULL)
		tell(pool, link->remark);
	if (link == NULL) {
		set_trouble(pool, error_text(&err));
		pool->tried = true;
		pthread_cond_broadcast(&pool->available);
		pause_for(pool, PAUSE_SECONDS);
	}
	error_release(&err);
}

static void add_worker(struct pool *pool)
{
	struct error err = ERROR_INIT;
	struct link *link = pool->link;
	pool->count++;
	link->users++;
	pthread_mutex_unlock(&pool->lock);
	struct worker *worker = link_fork(link, pool->settings.limits.seconds, &err);
	bool lost = worker == NULL && link_is_lost(link);
	pthread_mutex_lock(&pool->lock);
	set_trouble(pool, worker == NULL ? error_text(&err) : NULL);
	pool->tried = true;
	if (worker != NULL) {
		worker->next = pool->idle;
		pool->idle = worker;
		pool->idle_count++;
	} else {
		pool->count--;
		leave_link(link);
		if (!lost)
			pause_for(pool, PAUSE_SECONDS);
	}
	pthread_cond_broadcast(&pool->available);
	error_release(&err);
}

static bool has_ended(const struct worker *worker)
{
	struct pollfd end = { .fd = worker->socket, .events = POLLIN };
	return poll(&end, 1, 0) != 0;
}

/* One that was killed while it waited; nobody lost anything by it. */
static void replace_dead(struct pool *pool)
{
	for (struct worker **at = &pool->idle; *at != NULL; at = &(*at)->next) {
		struct worker *worker = *at;
		if (!has_ended(worker))
			continue;
		*at = worker->next;
		pool->idle_count--;
		pthread_mutex_unlock(&pool->lock);
		discard(pool, worker);
		pthread_mutex_lock(&pool->lock);
		return; /* the list may have changed; the next look finds the rest */
	}
}

static bool wants_worker(const struct pool *pool)
{
	size_t wanted = pool->waiting > pool->settings.ready ? pool->waiting : pool->settings.ready;
	return pool->idle_count < wanted && pool->count < pool->settings.most;
}

/* Under the lock, which is let go meanwhile: a nursery that does not answer keeps its own lock for seconds. */
static bool lost_its_nursery(struct pool *pool)
{
	struct link *link = pool->link;
	pthread_mutex_unlock(&pool->lock);
	bool lost = link_is_lost(link);
	pthread_mutex_lock(&pool->lock);
	return lost;
}

static void *keep(void *argument)
{
	struct pool *pool = argument;
	pthread_mutex_lock(&pool->lock);
	while (!pool->stopping) {
		if (pool->link == NULL) {
			start_link(pool);
		} else if (lost_its_nursery(pool)) {
			tell(pool, "the readers' nursery has ended; another one is started");
			lose_link(pool);
		} else if (wants_worker(pool)) {
			add_worker(pool);
		} else {
			pause_for(pool, LOOK_SECONDS);
			replace_dead(pool);
		}
	}
	if (pool->link != NULL)
		lose_link(pool);
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

/* Without its thread. */
static void pool_free(struct pool *pool)
{
	pthread_mutex_destroy(&pool->lock);
	pthread_cond_destroy(&pool->changed);
	pthread_cond_destroy(&pool->available);
	free(pool->trouble);
	arena_free(&pool->arena);
	free(pool);
}

/* Nobody reads any more when this is called. */
static void end_pool(struct reader *reader)
{
	struct pool *pool = (struct pool *)reader;
	pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->lock);
	pthread_join(pool->keeper, NULL);
	pool_free(pool);
}

static void init_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

bool pool_start(const struct pool_settings *settings, struct reader **out, struct error *err)
{
	struct pool *pool = memory_must(calloc(1, sizeof *pool));
	pool->reader = (struct reader){ read_apart, end_pool };
	pool->viewer.view = view_apart;
	pool->settings = *settings;
	pool->arena = arena_new();
	pool->wording = wording_pack(pool->arena, settings->lexicon, &settings->limits);
	pthread_mutex_init(&pool->lock, NULL);
	init_condition(&pool->changed);
	init_condition(&pool->available);
	int failed = pthread_create(&pool->keeper, NULL, keep, pool);
	if (failed != 0) {
		pool_free(pool);
		return error_set(err, ERROR_RETRY, "cannot start a thread: %s", strerror(failed));
	}
	pthread_mutex_lock(&pool->lock);
	while (!pool->tried)
		pthread_cond_wait(&pool->available, &pool->lock);
	bool good = pool->trouble == NULL;
	if (!good)
		error_set(err, ERROR_UNAVAILABLE, "%s", pool->trouble);
	pthread_mutex_unlock(&pool->lock);
	if (good)
		*out = &pool->reader;
	else
		end_pool(&pool->reader);
	return good;
}
