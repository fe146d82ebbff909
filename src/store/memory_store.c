/* memory_store.c - memory.db as several threads use it: one connection that writes, some that read, and a thread that writes through to the
 * disk; a file that is damaged or gone is replaced.
 *
 * Nobody who judges a message waits for the disk here: a commit ends in the log (synchronous = NORMAL), whose checkpoints are the
 * thread's. Readers never wait for whoever writes (WAL).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "memory_lane.h"
#include "store/store_memory.h"

#define READERS ((size_t)4)
#define SYNC_SECONDS 1
/* So often the log is emptied: until then it may have the recipients of envelopes whose time is over. */
#define ROUNDS_TO_EMPTY 600u
#define PATIENCE_MILLISECONDS 50
#define LOG_LONG ((off_t)64 << 20)
#define DAMAGED_SUFFIX ".damaged-"

struct store_memory {
	struct shelved shelved;
	char *directory;
	struct store *journal;
	void (*tell)(const char *sentence);
	bool serve;

	pthread_mutex_t lock;       /* guards what follows */
	pthread_cond_t stop;
	struct memory_terms terms;
	bool dirty, stopping;
	size_t next_reader;

	struct memory_lane writer, readers[READERS];
	pthread_t thread;
};

static void lane_close(struct memory_lane *lane)
{
	for (size_t i = 0; i < MEMORY_STATEMENT_COUNT; i++)
		database_finish(&lane->statements[i]);
	store_close(&lane->database);
}

static void say(struct store_memory *mine, const char *sentence)
{
	if (mine->tell != NULL)
		mine->tell(sentence);
}

/* The log goes with its database: a new one must not find it. */
static bool move_aside(struct store_memory *mine, struct arena *arena, const char *new_name, struct error *err)
{
	static const char *const endings[] = { "-wal", "" };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const char *from = arena_printf(arena, "%s/%s%s", mine->directory, memory_kind.file, endings[i]);
		const char *to = arena_printf(arena, "%s/%s%s", mine->directory, new_name, endings[i]);
		if (rename(from, to) != 0 && errno != ENOENT)
			return error_set(err, ERROR_RETRY, "memory %s: damaged, and cannot be set aside: %s", mine->directory, strerror(errno));
	}
	unlink(arena_printf(arena, "%s/%s-shm", mine->directory, memory_kind.file));
	return true;
}

/* One that is not taken, should it happen twice in a second. */
static const char *free_name(struct store_memory *mine, struct arena *arena, int64_t now)
{
	for (int n = 0;; n++) {
		const char *name = arena_printf(arena, "%s" DAMAGED_SUFFIX "%lld.%d", memory_kind.file, (long long)now, n);
		if (access(arena_printf(arena, "%s/%s", mine->directory, name), F_OK) != 0)
			return name;
	}
}

static bool set_aside(struct store_memory *mine, struct error *err)
{
	struct arena *arena = arena_new();
	int64_t now = clock_now();
	const char *name = free_name(mine, arena, now);
	bool good = move_aside(mine, arena, name, err);
	if (good)
		say(mine, arena_printf(arena, "memory was damaged and is begun anew; what was there is %s/%s: delete it when nobody wants to know why",
				       mine->directory, name));
	struct error why = ERROR_INIT;
	if (good && mine->journal != NULL &&
	    !store_journal(mine->journal, "memory-set-aside", NULL, "copyhold", arena_printf(arena, "{\"file\":\"%s\"}", name), now, &why))
		say(mine, error_text(&why));
	error_release(&why);
	arena_free(&arena);
	return good;
}

/* Of several that meet a damaged one at once, the first sets it aside and the others find what it began. */
static bool open_or_begin(struct memory_lane *lane, struct error *err)
{
	struct store_memory *mine = lane->memory;
	struct stat found;
	bool damaged = false;
	int lock;
	if (!database_lock(mine->directory, &found, &lock, err))
		return false;
	bool good = database_open(mine->directory, &found, &memory_kind, &lane->database, &damaged, err);
	if (!good && damaged) {
		good = set_aside(mine, err) && database_open(mine->directory, &found, &memory_kind, &lane->database, &damaged, err);
		if (good && err != NULL)
			error_release(err);
	}
	close(lock);
	return good;
}

/* Anew when another process has set the file aside, or somebody has taken it away. */
static bool lane_open(struct memory_lane *lane, struct error *err)
{
	if (lane->database != NULL && database_is_there(lane->database))
		return true;
	lane_close(lane);
	return open_or_begin(lane, err) && (!lane->memory->serve || database_run(lane->database, "PRAGMA wal_autocheckpoint = 0", NULL, 0, err));
}

/* Whoever found the damage loses one message's judgement to it; the next one begins a new file. */
static void look_for_damage(struct memory_lane *lane)
{
	struct error err = ERROR_INIT;
	struct stat found;
	int lock;
	if (lane->database == NULL || !database_is_damaged(lane->database))
		return;
	if (database_lock(lane->memory->directory, &found, &lock, &err)) {
		if (database_is_there(lane->database))
			set_aside(lane->memory, &err);
		close(lock);
	}
	if (err.kind != ERROR_NONE)
		say(lane->memory, error_text(&err));
	error_release(&err);
	lane_close(lane);
}

static struct memory_lane *lane_take(struct store_memory *mine, bool write)
{
	pthread_mutex_lock(&mine->lock);
	struct memory_lane *lane = write ? &mine->writer : &mine->readers[mine->next_reader++ % READERS];
	struct memory_terms terms = mine->terms;
	pthread_mutex_unlock(&mine->lock);
	if (!write)
		for (size_t i = 0; i < READERS; i++)
			if (pthread_mutex_trylock(&mine->readers[i].mutex) == 0) {
				mine->readers[i].terms = terms;
				return &mine->readers[i];
			}
	pthread_mutex_lock(&lane->mutex);
	lane->terms = terms;
	return lane;
}

bool memory_begin(struct memory *memory, bool write, struct shelf **out, struct error *err)
{
	struct memory_lane *lane = lane_take((struct store_memory *)memory, write);
	if (lane_open(lane, err) && (write ? database_begin_write : database_begin_read)(lane->database, err)) {
		*out = &lane->shelf;
		return true;
	}
	look_for_damage(lane);
	pthread_mutex_unlock(&lane->mutex);
	return false;
}

bool memory_end(struct shelf *shelf, bool done, struct error *err)
{
	struct memory_lane *lane = (struct memory_lane *)shelf;
	struct store_memory *mine = lane->memory;
	for (size_t i = 0; i < MEMORY_STATEMENT_COUNT; i++)
		sqlite3_reset(lane->statements[i]);
	bool good = database_end(lane->database, done, err);
	if (good && lane == &mine->writer) {
		pthread_mutex_lock(&mine->lock);
		mine->dirty = true;
		pthread_mutex_unlock(&mine->lock);
	}
	if (!good)
		look_for_damage(lane);
	pthread_mutex_unlock(&lane->mutex);
	return good;
}

/* False once the memory is to be closed. */
static bool wait_a_second(struct store_memory *mine, bool *dirty_out)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += SYNC_SECONDS;
	pthread_mutex_lock(&mine->lock);
	int waited = 0;
	while (!mine->stopping && waited == 0)
		waited = pthread_cond_timedwait(&mine->stop, &mine->lock, &until);
	bool go_on = !mine->stopping;
	*dirty_out = mine->dirty;
	mine->dirty = false;
	pthread_mutex_unlock(&mine->lock);
	return go_on;
}

/* Somebody who reads just now is reason enough to try again later. */
static void empty_log(struct memory_lane *lane)
{
	struct error err = ERROR_INIT;
	if (!lane_open(lane, &err) || !database_empty_log(lane->database, PATIENCE_MILLISECONDS, &err))
		say(lane->memory, error_text(&err));
	error_release(&err);
}

/* Where much is written all the time a checkpoint never catches up by itself: then what little is left is waited for. */
static bool log_is_long(struct store_memory *mine)
{
	struct text path = TEXT_INIT;
	struct stat found;
	text_printf(&path, "%s/%s-wal", mine->directory, memory_kind.file);
	bool is_long = stat(text_string(&path), &found) == 0 && found.st_size > LOG_LONG;
	text_release(&path);
	return is_long;
}

static int is_stopping(void *context)
{
	struct store_memory *mine = context;
	pthread_mutex_lock(&mine->lock);
	bool stopping = mine->stopping;
	pthread_mutex_unlock(&mine->lock);
	return stopping;
}

/* A large file is not read whole while messages wait for it to be opened. */
static void examine(struct memory_lane *lane)
{
	struct error err = ERROR_INIT;
	if (!lane_open(lane, &err) || !database_examine(lane->database, is_stopping, lane->memory, &err))
		say(lane->memory, error_text(&err));
	look_for_damage(lane);
	error_release(&err);
}

/* On a connection of its own: neither who writes nor who reads waits for the disk. What fails is tried again with the next second, and
 * told once. */
static void *write_through(void *argument)
{
	struct store_memory *mine = argument;
	struct memory_lane lane = { .memory = mine };
	bool dirty = false, told = false;
	examine(&lane);
	for (unsigned round = 1; wait_a_second(mine, &dirty); round++) {
		struct error err = ERROR_INIT;
		bool good = !dirty || (lane_open(&lane, &err) && database_sync(lane.database, &err));
		if (!good && !told)
			say(mine, error_text(&err));
		told = !good;
		if (good && (round % ROUNDS_TO_EMPTY == 0 || log_is_long(mine)))
			empty_log(&lane);
		look_for_damage(&lane);
		error_release(&err);
		if (!good) {
			pthread_mutex_lock(&mine->lock);
			mine->dirty = true;
			pthread_mutex_unlock(&mine->lock);
		}
	}
	lane_close(&lane);
	return NULL;
}

static void lane_init(struct store_memory *mine, struct memory_lane *lane)
{
	lane->memory = mine;
	lane->shelf = (struct shelf){ &memory_shelf_verbs, &lane->terms };
	pthread_mutex_init(&lane->mutex, NULL);
}

static struct store_memory *memory_new(const char *directory, const struct store_memory_options *options)
{
	struct store_memory *mine = memory_must(calloc(1, sizeof *mine));
	mine->shelved.base.verbs = &shelved_verbs;
	mine->shelved.verbs = &memory_shelf_verbs;
	mine->directory = memory_must(strdup(directory));
	mine->journal = options->journal;
	mine->tell = options->tell;
	mine->terms = options->terms;
	pthread_mutex_init(&mine->lock, NULL);
	pthread_cond_init(&mine->stop, NULL);
	lane_init(mine, &mine->writer);
	for (size_t i = 0; i < READERS; i++)
		lane_init(mine, &mine->readers[i]);
	return mine;
}

bool store_memory_open(const char *directory, const struct store_memory_options *options, struct memory **out, struct error *err)
{
	struct store_memory *mine = memory_new(directory, options);
	struct memory *memory = &mine->shelved.base;
	mine->serve = options->serve;
	bool good = lane_open(&mine->writer, err);
	if (good && options->serve && pthread_create(&mine->thread, NULL, write_through, mine) != 0)
		good = error_set(err, ERROR_RETRY, "memory %s: cannot start a thread", directory);
	if (!good) {
		mine->serve = false;
		memory_close(&memory);
		return false;
	}
	*out = memory;
	return true;
}

void store_memory_set_terms(struct memory *memory, const struct memory_terms *terms)
{
	struct store_memory *mine = (struct store_memory *)memory;
	pthread_mutex_lock(&mine->lock);
	mine->terms = *terms;
	pthread_mutex_unlock(&mine->lock);
}

void memory_store_close(struct memory *memory)
{
	struct store_memory *mine = (struct store_memory *)memory;
	if (mine->serve) {
		pthread_mutex_lock(&mine->lock);
		mine->stopping = true;
		pthread_cond_broadcast(&mine->stop);
		pthread_mutex_unlock(&mine->lock);
		pthread_join(mine->thread, NULL);
	}
	for (size_t i = 0; i < READERS; i++) {
		lane_close(&mine->readers[i]);
		pthread_mutex_destroy(&mine->readers[i].mutex);
	}
	lane_close(&mine->writer);
	pthread_mutex_destroy(&mine->writer.mutex);
	pthread_cond_destroy(&mine->stop);
	pthread_mutex_destroy(&mine->lock);
	free(mine->directory);
	free(mine);
}

int64_t memory_octets(struct memory *memory)
{
	static const char *const endings[] = { "", "-wal" };
	struct store_memory *mine = (struct store_memory *)memory;
	int64_t octets = 0;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		struct text path = TEXT_INIT;
		struct stat found;
		text_printf(&path, "%s/%s%s", mine->directory, memory_kind.file, endings[i]);
		if (stat(text_string(&path), &found) == 0)
			octets += found.st_size;
		text_release(&path);
	}
	return octets;
}

size_t store_memory_set_aside(const char *directory)
{
	struct text start = TEXT_INIT;
	DIR *folder = opendir(directory);
	size_t count = 0;
	if (folder == NULL)
		return 0;
	text_printf(&start, "%s" DAMAGED_SUFFIX, memory_kind.file);
	for (struct dirent *file = readdir(folder); file != NULL; file = readdir(folder))
		count += bytes_starts_with(bytes_of(file->d_name), text_bytes(&start)) && !bytes_ends_with(bytes_of(file->d_name), BYTES("-wal"));
	closedir(folder);
	text_release(&start);
	return count;
}
