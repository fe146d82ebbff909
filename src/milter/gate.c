/* gate.c - see gate.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "milter/gate.h"

#include <jansson.h>
#include <libmilter/mfapi.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/people_kept.h"
#include "gateway/policy_test.h"
#include "milter/callbacks.h"
#include "milter/chores.h"
#include "milter/supervisor.h"
#include "store/answers.h"
#include "store/store_memory.h"

#define THREAD_STACK ((size_t)8 << 20)
#define ANSWER_SECONDS 1
#define GATE_NAME "copyhold-milter" /* in the journal */
/* A message's bytes grow by moving pages, and go back to the system at its end; what is small stays for the next one. */
#define OWN_PAGES (1 << 20)
#define KEPT_FREE (4 << 20)
#define HEAPS_MOST 8

struct scratch_list {
	struct scratch_list *next;
	struct pattern_scratch *scratch;
};

struct snapshot *gate_snapshot(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	struct snapshot *held = snapshot_hold(gate->snapshot);
	pthread_mutex_unlock(&gate->lock);
	return held;
}

void gate_drop_snapshot(struct gate *gate, struct snapshot **snapshot)
{
	if (*snapshot == NULL)
		return;
	snapshot_drop(snapshot); /* not under the lock: with the last holder its readers end, which takes a moment */
}

static void tell_of_trouble(const char *sentence)
{
	log_warning("%s", sentence);
}

/* As many readers wait as can work at once. */
static bool open_snapshot(const char *conf, bool starts, struct snapshot **out, struct error *err)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (!(starts ? snapshot_load_to_start(conf, out, err) : snapshot_load(conf, out, err)))
		return false;
	if (snapshot_open_reader(*out, cores > 0 ? (size_t)cores : 1, tell_of_trouble, err))
		return true;
	snapshot_drop(out);
	return false;
}

/* What a running gate cannot change under its sessions. */
static void warn_of_restart(const struct snapshot *before, const struct snapshot *after)
{
	if (strcmp(before->store_directory, after->store_directory) != 0)
		log_warning("the store's folder changes at the next restart only");
	if (before->log_form != after->log_form || before->log_level != after->log_level)
		log_warning("the form of the log changes at the next restart only");
}

/* The status page learns from it what this process judges by, and whether a change was refused. */
static void journal_configuration(struct gate *gate, const char *what, json_t *detail)
{
	struct error err = ERROR_INIT;
	char *written = detail == NULL ? NULL : json_dumps(detail, JSON_COMPACT);
	if (!store_journal(gate->store, what, NULL, GATE_NAME, written, clock_now(), &err))
		log_warning("the reload is not in the journal: %s", error_text(&err));
	free(written);
	json_decref(detail);
	error_release(&err);
}

static void journal_in_force(struct gate *gate)
{
	const struct snapshot *snapshot = gate->snapshot;
	journal_configuration(gate, "reload", json_pack("{s:s, s:s*}", "digest", snapshot->digest, "people", snapshot->people_trouble));
}

/* What was in force last is in force again, with the same people file. */
static bool is_as_journalled(const struct snapshot *snapshot, const struct journal_line *loaded)
{
	json_t *detail = json_loads(loaded->detail == NULL ? "" : loaded->detail, 0, NULL);
	const char *digest = json_string_value(json_object_get(detail, "digest")), *people = json_string_value(json_object_get(detail, "people"));
	bool same = digest != NULL && strcmp(digest, snapshot->digest) == 0 &&
		    (people == NULL || snapshot->people_trouble == NULL ? people == snapshot->people_trouble : strcmp(people, snapshot->people_trouble) == 0);
	json_decref(detail);
	return same;
}

/* A gate that is started again with what was in force adds nothing. */
static void journal_start(struct gate *gate)
{
	struct arena *arena = arena_new();
	struct journal_line loaded, refused;
	struct error err = ERROR_INIT;
	bool known = store_journal_reload(gate->store, arena, "reload", GATE_NAME, &loaded, &err) &&
		     store_journal_reload(gate->store, arena, "reload-refused", GATE_NAME, &refused, &err);
	if (!known)
		log_warning("the configuration in force is not in the journal: %s", error_text(&err));
	else if (loaded.number <= refused.number || !is_as_journalled(gate->snapshot, &loaded))
		journal_in_force(gate);
	error_release(&err);
	arena_free(&arena);
}

/* For the next start, which may find a bad one. */
static void keep_people(const struct snapshot *snapshot)
{
	struct error err = ERROR_INIT;
	if (snapshot->people_trouble != NULL)
		log_error("%s", snapshot->people_trouble);
	if (!people_keep(snapshot, &err))
		log_warning("%s", error_text(&err));
	error_release(&err);
}

void gate_reload(struct gate *gate)
{
	struct error err = ERROR_INIT;
	struct snapshot *fresh = NULL;
	if (!open_snapshot(gate->conf, false, &fresh, &err) || !policy_tests_run(fresh->tests, fresh, &err)) {
		snapshot_drop(&fresh);
		log_error("%s; the configuration in force stays", error_text(&err));
		journal_configuration(gate, "reload-refused", json_pack("{s:s}", "why", error_text(&err)));
		error_release(&err);
		return;
	}
	pthread_mutex_lock(&gate->lock);
	struct snapshot *old = gate->snapshot;
	gate->snapshot = fresh;
	pthread_mutex_unlock(&gate->lock);
	log_info("new configuration in force, digest %s", fresh->digest);
	store_memory_set_terms(gate->memory, &fresh->memory_terms);
	warn_of_restart(old, fresh);
	journal_in_force(gate);
	keep_people(fresh);
	gate_drop_snapshot(gate, &old);
}

bool gate_message_begins(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	bool welcome = !gate->draining;
	if (welcome)
		gate->in_flight++;
	pthread_mutex_unlock(&gate->lock);
	return welcome;
}

void gate_message_ends(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	if (--gate->in_flight == 0)
		pthread_cond_broadcast(&gate->changed);
	pthread_mutex_unlock(&gate->lock);
}

struct pattern_scratch *gate_take_scratch(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	struct scratch_list *free_one = gate->scratches;
	if (free_one != NULL)
		gate->scratches = free_one->next;
	pthread_mutex_unlock(&gate->lock);
	if (free_one == NULL)
		return pattern_scratch_new();
	struct pattern_scratch *scratch = free_one->scratch;
	free(free_one);
	return scratch;
}

void gate_return_scratch(struct gate *gate, struct pattern_scratch *scratch)
{
	struct scratch_list *entry = malloc(sizeof *entry);
	if (entry == NULL)
		abort();
	entry->scratch = scratch;
	pthread_mutex_lock(&gate->lock);
	entry->next = gate->scratches;
	gate->scratches = entry;
	pthread_mutex_unlock(&gate->lock);
}

static void tally_add(struct tally *sum, const struct tally *more)
{
	sum->examined += more->examined;
	sum->delivered += more->delivered;
	sum->annotated += more->annotated;
	sum->held += more->held;
	sum->returned += more->returned;
	sum->retried += more->retried;
	sum->unreadable += more->unreadable;
	sum->internal += more->internal;
	sum->outgoing += more->outgoing;
	sum->incoming += more->incoming;
	sum->split += more->split;
	sum->reunited += more->reunited;
	sum->reunited_late += more->reunited_late;
	sum->not_reunited += more->not_reunited;
	sum->marked_private += more->marked_private;
}

void gate_count(struct gate *gate, const struct tally *more)
{
	pthread_mutex_lock(&gate->lock);
	tally_add(&gate->tally, more);
	pthread_mutex_unlock(&gate->lock);
}

/* Too many wait only when the store takes none: then no more is kept than what waits. */
#define PLAIN_MOST ((size_t)5000)

struct plain_pile {
	struct arena *arena;
	struct plain_facts *items;
	size_t count;
	const char *rulebook_digest, *rulebook; /* of the last one, in the arena */
};

/* Under the lock, as all that is done to gate->plain. */
static void pile_add(struct gate *gate, const struct plain_facts *facts)
{
	if (gate->plain == NULL) {
		struct arena *arena = arena_new();
		gate->plain = arena_alloc(arena, sizeof *gate->plain);
		gate->plain->arena = arena;
	}
	struct plain_pile *pile = gate->plain;
	if (pile->count >= PLAIN_MOST)
		return;
	if (pile->rulebook_digest == NULL || strcmp(pile->rulebook_digest, facts->rulebook_digest) != 0) {
		pile->rulebook_digest = arena_string(pile->arena, facts->rulebook_digest);
		pile->rulebook = arena_string(pile->arena, facts->rulebook);
	}
	*ARENA_PUSH(pile->arena, pile->items, pile->count) = (struct plain_facts){
		facts->day, pile->rulebook_digest, pile->rulebook, arena_string(pile->arena, facts->facts), facts->count
	};
}

void gate_keep_plain(struct gate *gate, const struct snapshot *snapshot, int64_t at, const char *facts)
{
	const struct plain_facts one = { plain_day(at), snapshot->rulebook_digest, snapshot->rulebook, facts, 1 };
	if (facts == NULL)
		return;
	pthread_mutex_lock(&gate->lock);
	pile_add(gate, &one);
	pthread_mutex_unlock(&gate->lock);
}

static void flush_plain(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	struct plain_pile *pile = gate->plain;
	gate->plain = NULL;
	pthread_mutex_unlock(&gate->lock);
	if (pile == NULL)
		return;
	struct error err = ERROR_INIT;
	bool good = store_plain_add(gate->store, pile->items, pile->count, &err);
	if (!good)
		log_warning("the facts of %zu messages wait: %s", pile->count, error_text(&err));
	error_release(&err);
	pthread_mutex_lock(&gate->lock);
	for (size_t i = 0; i < pile->count && !good; i++) /* beside those that have come meanwhile */
		pile_add(gate, &pile->items[i]);
	pthread_mutex_unlock(&gate->lock);
	struct arena *arena = pile->arena;
	arena_free(&arena);
}

void gate_flush_tally(struct gate *gate)
{
	flush_plain(gate);
	static const struct tally nothing;
	pthread_mutex_lock(&gate->lock);
	struct tally counted = gate->tally;
	gate->tally = nothing;
	pthread_mutex_unlock(&gate->lock);
	if (memcmp(&counted, &nothing, sizeof counted) == 0)
		return;
	struct error err = ERROR_INIT;
	if (!store_tally_add(gate->store, clock_now(), &counted, &err)) {
		log_warning("the day's counts wait: %s", error_text(&err));
		error_release(&err);
		gate_count(gate, &counted);
	}
}

void gate_finish(struct gate *gate, int exit_code)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += DRAIN_SECONDS;
	pthread_mutex_lock(&gate->lock);
	gate->draining = true;
	int waited = 0;
	while (gate->in_flight > 0 && waited == 0)
		waited = pthread_cond_timedwait(&gate->changed, &gate->lock, &until);
	if (gate->in_flight > 0)
		log_warning("%zu messages were still under way after %d s; their senders try again", gate->in_flight, DRAIN_SECONDS);
	pthread_mutex_unlock(&gate->lock);
	gate_flush_tally(gate);
	/* libmilter sends the last answer after its callback has returned and tells nobody when. Otherwise nothing is
	 * left to wait for: its idle threads hold nothing, and every state on disk is committed. */
	sleep(ANSWER_SECONDS);
	log_info("the gate ends");
	_exit(exit_code);
}

/* At a start there is no earlier policy that could stay, and the Council's mail must not wait for a test that a change of people broke. */
static void warn_of_tests(const struct snapshot *snapshot)
{
	struct error err = ERROR_INIT;
	if (!policy_tests_run(snapshot->tests, snapshot, &err))
		log_error("%s; it is in force all the same, as there is no other", error_text(&err));
	error_release(&err);
}

static bool gate_open(struct gate *gate, struct error *err)
{
	if (!open_snapshot(gate->conf, true, &gate->snapshot, err))
		return false;
	warn_of_tests(gate->snapshot);
	if (!store_open(gate->snapshot->store_directory, &gate->store, err))
		return error_context(err, "store %s", gate->snapshot->store_directory);
	journal_start(gate);
	keep_people(gate->snapshot);
	const struct store_memory_options options = {
		.terms = gate->snapshot->memory_terms, .journal = gate->store, .tell = tell_of_trouble, .serve = true,
	};
	return store_memory_open(gate->snapshot->store_directory, &options, &gate->memory, err);
}

/* As many sessions as the system lets us have, stacks of a known size for libmilter's threads, and memory that does not pile up
 * in each of them. */
static void set_limits(void)
{
	if (!mallopt(M_MMAP_THRESHOLD, OWN_PAGES) || !mallopt(M_TRIM_THRESHOLD, KEPT_FREE) || !mallopt(M_ARENA_MAX, HEAPS_MOST))
		log_warning("memory is managed the system's way");
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_max < 1024)
			log_warning("few open files are allowed (%llu): few sessions at once", (unsigned long long)files.rlim_max);
	}
	pthread_attr_t attributes;
	if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstacksize(&attributes, THREAD_STACK) != 0 || pthread_setattr_default_np(&attributes) != 0)
		log_warning("threads keep the system's size of stack");
}

static bool gate_listen(struct gate *gate, int listen_fd, struct error *err)
{
	struct text where = TEXT_INIT;
	text_printf(&where, "fd:%d", listen_fd);
	bool ok = chores_start(gate, err) && callbacks_register(gate, err);
	if (ok && smfi_setconn(where.data) != MI_SUCCESS)
		ok = error_set(err, ERROR_UNAVAILABLE, "libmilter does not take the listening socket");
	text_release(&where);
	return ok;
}

int gate_run(const char *conf, int listen_fd, int ready_fd)
{
	struct gate *gate = calloc(1, sizeof *gate);
	if (gate == NULL)
		abort();
	gate->conf = conf;
	pthread_mutex_init(&gate->lock, NULL);
	pthread_cond_init(&gate->changed, NULL);
	set_limits();
	struct error err = ERROR_INIT;
	if (!gate_open(gate, &err) || !gate_listen(gate, listen_fd, &err)) {
		log_error("%s", error_text(&err));
		return error_exit_code(err.kind);
	}
	if (write(ready_fd, "R", 1) != 1)
		return EX_OSERR;
	close(ready_fd);
	int result = smfi_main();
	if (result != MI_SUCCESS)
		log_error("libmilter ended with %d", result);
	gate_finish(gate, result == MI_SUCCESS ? EX_OK : EX_SOFTWARE);
}
