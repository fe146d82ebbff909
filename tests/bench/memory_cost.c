/* memory_cost.c - what asking memory costs when there is much in it: look-ups, remembering and forgetting beside a store of so many prints.
 * usage: memory_cost FOLDER [PRINTS]      fills FOLDER, which must not be there yet and is left behind; without PRINTS: one that was filled
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "store/store_memory.h"

#define PEOPLE 500
#define EACH 200           /* prints of a letter */
#define LETTERS 500        /* remembered beside the filling, as the gate would */
#define LOOKS 2000
#define NOW ((int64_t)1772442000)

struct bench {
	struct arena *arena;
	const char *folder;
	struct directory *directory;
	struct memory *memory;
	double *times, *used; /* by the clock, and of this thread: the machine may be busy with other things */
	size_t count;
};

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "memory_cost: %s\n", what);
	exit(1);
}

static double seconds(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare_times(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;
	return (first > second) - (first < second);
}

static void took(struct bench *bench, double began, double used)
{
	bench->used[bench->count] = seconds(CLOCK_THREAD_CPUTIME_ID) - used;
	bench->times[bench->count++] = seconds(CLOCK_MONOTONIC) - began;
}

static void report(struct bench *bench, const char *what)
{
	size_t count = bench->count;
	qsort(bench->times, count, sizeof *bench->times, compare_times);
	qsort(bench->used, count, sizeof *bench->used, compare_times);
	printf("%-52s p50 %7.3f  p95 %7.3f  p99 %7.3f  max %7.3f ms  CPU p50 %7.3f  p99 %7.3f ms\n", what, 1e3 * bench->times[count / 2],
	       1e3 * bench->times[count * 95 / 100], 1e3 * bench->times[count * 99 / 100], 1e3 * bench->times[count - 1],
	       1e3 * bench->used[count / 2], 1e3 * bench->used[count * 99 / 100]);
	fflush(stdout);
	bench->count = 0;
}

static void load_people(struct bench *bench)
{
	static const char *const domains[] = { "marlbrook.example" };
	const struct string_list list = { domains, 1, NULL };
	const char *path = arena_printf(bench->arena, "%s/people.csv", bench->folder);
	FILE *file = fopen(path, "w");
	struct error err = ERROR_INIT;
	if (file == NULL)
		give_up("the folder cannot be written");
	fputs("name,role,addresses,id\n", file);
	for (int i = 0; i < PEOPLE; i++)
		fprintf(file, "Person Number%d,%s,p%d@marlbrook.example,p%d\n", i, i % 10 == 0 ? "councillor" : "officer", i, i);
	fclose(file);
	if (!directory_load(path, &list, &bench->directory, bench->arena, NULL, NULL, &err))
		give_up(error_text(&err));
}

static void open_memory(struct bench *bench)
{
	const struct store_memory_options options = { .terms = MEMORY_TERMS_DEFAULT, .serve = true };
	struct error err = ERROR_INIT;
	if (!store_memory_open(bench->folder, &options, &bench->memory, &err))
		give_up(error_text(&err));
}

static void run(sqlite3 *base, const char *sql)
{
	if (sqlite3_exec(base, sql, NULL, NULL, NULL) != SQLITE_OK)
		give_up(sqlite3_errmsg(base));
}

static sqlite3_stmt *prepare(sqlite3 *base, const char *sql)
{
	sqlite3_stmt *statement;
	if (sqlite3_prepare_v2(base, sql, -1, &statement, NULL) != SQLITE_OK)
		give_up(sqlite3_errmsg(base));
	return statement;
}

static void step(sqlite3 *base, sqlite3_stmt *statement)
{
	if (sqlite3_step(statement) != SQLITE_DONE)
		give_up(sqlite3_errmsg(base));
	sqlite3_reset(statement);
}

/* Kept prints look like random numbers, whatever the key: so they are made in order, which is quick. */
static void fill(struct bench *bench, int64_t prints)
{
	sqlite3 *base = NULL;
	if (sqlite3_open(arena_printf(bench->arena, "%s/memory.db", bench->folder), &base) != SQLITE_OK)
		give_up("memory.db cannot be opened");
	run(base, "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN");
	sqlite3_stmt *print = prepare(base, "INSERT INTO print (octets, message) VALUES (?1, ?2)");
	uint64_t gap = UINT64_MAX / (uint64_t)prints;
	for (int64_t i = 0; i < prints; i++) {
		sqlite3_bind_int64(print, 1, (int64_t)((uint64_t)INT64_MIN + gap * (uint64_t)i + randombytes_uniform(1u << 20)));
		sqlite3_bind_int64(print, 2, 1 + randombytes_uniform((uint32_t)(prints / EACH)));
		step(base, print);
	}
	sqlite3_finalize(print);
	sqlite3_stmt *message = prepare(base, "INSERT INTO message (number, id, at, until, kinds, secret, same, family, print_count, file_count, readers)"
					      " VALUES (?1, 'CH-F' || ?1, ?2, ?3, 1, 1, randomblob(16), 0, ?4, 0, x'')");
	sqlite3_stmt *name = prepare(base, "INSERT INTO name (id, message) VALUES ('CH-F' || ?1, ?1)");
	for (int64_t i = 1; i <= prints / EACH; i++) {
		sqlite3_bind_int64(message, 1, i);
		sqlite3_bind_int64(message, 2, NOW - 86400 * 100);
		sqlite3_bind_int64(message, 3, NOW + 86400 * 100);
		sqlite3_bind_int64(message, 4, EACH);
		sqlite3_bind_int64(name, 1, i);
		step(base, message);
		step(base, name);
	}
	sqlite3_finalize(message);
	sqlite3_finalize(name);
	run(base, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(base);
}

static struct trace *letter(struct arena *arena, int number, size_t count)
{
	struct trace *trace = arena_alloc(arena, sizeof *trace);
	struct traced_text *text = arena_alloc(arena, sizeof *text);
	uint64_t *prints = arena_array(arena, count, sizeof *prints);
	for (size_t i = 0; i < count; i++)
		prints[i] = ((uint64_t)number << 32 | i) * 0x9e3779b97f4a7c15u;
	*text = (struct traced_text){ .where = "part 1", .count = count };
	*trace = (struct trace){
		.message_id = arena_printf(arena, "<m%d@marlbrook.example>", number), .prints = prints, .print_count = count, .texts = text, .text_count = 1,
	};
	snprintf((char *)trace->content, sizeof trace->content, "%d", number);
	return trace;
}

static void remember(struct bench *bench, int number, unsigned kinds, size_t prints)
{
	struct arena *arena = arena_new();
	const struct person *readers[] = { directory_at(bench->directory, (size_t)number % PEOPLE) };
	const char *recipients[] = { readers[0]->addresses[0] };
	const bool delivered[] = { true };
	struct error err = ERROR_INIT;
	const struct remembrance remembrance = {
		.trace = letter(arena, number, prints), .id = arena_printf(arena, "CH-M%d", number), .at = NOW, .principal = "p1", .kinds = kinds,
		.author = directory_at(bench->directory, 1), .readers = readers, .reader_count = 1, .recipients = recipients, .delivered = delivered,
		.recipient_count = 1,
	};
	double began = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_THREAD_CPUTIME_ID);
	if (!memory_remember(bench->memory, &remembrance, &err))
		give_up(error_text(&err));
	took(bench, began, used);
	arena_free(&arena);
}

static void look(struct bench *bench, int number, size_t prints, size_t least)
{
	struct arena *arena = arena_new();
	struct trace *trace = letter(arena, number, prints);
	struct recall recall;
	struct error err = ERROR_INIT;
	double began = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_THREAD_CPUTIME_ID);
	if (!memory_recall(bench->memory, arena, bench->directory, trace, "p2", NOW + 60, &recall, &err))
		give_up(error_text(&err));
	took(bench, began, used);
	if (recall.ancestor_count < least)
		give_up("what was remembered is not known again");
	arena_free(&arena);
}

static void measure(struct bench *bench)
{
	for (int i = 0; i < LETTERS; i++)
		remember(bench, i, 0, EACH);
	report(bench, "remember an envelope, nothing else");
	for (int i = 0; i < LETTERS; i++)
		remember(bench, LETTERS + i, MEMORY_MARKED, EACH);
	report(bench, "remember a letter of 200 passages");
	for (int i = 0; i < LETTERS; i++)
		remember(bench, 2 * LETTERS + i, MEMORY_ISSUED, EACH);
	report(bench, "remember what was issued, 200 passages");
	for (int i = 0; i < LOOKS; i++)
		look(bench, 1000000 + i, 100, 0);
	report(bench, "look up a message nothing is known of, 100 passages");
	for (int i = 0; i < LOOKS; i++)
		look(bench, 2000000 + i, 500, 0);
	report(bench, "look up a message nothing is known of, 500 passages");
	for (int i = 0; i < LOOKS; i++)
		look(bench, LETTERS + i % LETTERS, EACH, 1);
	report(bench, "look up one that repeats a letter, 200 passages");
	for (bool more = true; more && bench->count < LETTERS;) {
		struct error err = ERROR_INIT;
		double began = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_THREAD_CPUTIME_ID);
		if (!memory_expire(bench->memory, NOW + 86400 * 91, 1000, &more, &err))
			give_up(error_text(&err));
		took(bench, began, used);
	}
	report(bench, "one step of forgetting, 1000 entries");
}

int main(int argc, char **argv)
{
	struct bench bench = { .arena = arena_new() };
	int64_t prints = argc == 3 ? strtoll(argv[2], NULL, 10) : 0;
	if (argc < 2 || argc > 3 || (argc == 3 && prints < EACH) || sodium_init() < 0)
		give_up("usage: memory_cost FOLDER [PRINTS]");
	if (argc == 3 && mkdir(argv[1], 0700) != 0)
		give_up("the folder is there already, or cannot be made");
	bench.folder = argv[1];
	bench.times = memory_must(calloc(LOOKS + LETTERS, sizeof *bench.times));
	bench.used = memory_must(calloc(LOOKS + LETTERS, sizeof *bench.used));
	load_people(&bench);
	open_memory(&bench);
	memory_close(&bench.memory);
	double began = seconds(CLOCK_MONOTONIC);
	if (prints > 0)
		fill(&bench, prints);
	open_memory(&bench);
	struct memory_figures figures;
	struct error err = ERROR_INIT;
	if (!memory_figures(bench.memory, &figures, &err))
		give_up(error_text(&err));
	printf("%" PRId64 " prints of %" PRId64 " letters, %.0f MB on disk, filled in %.0f s; %d people in the directory\n", figures.prints,
	       figures.messages, (double)figures.octets / 1e6, seconds(CLOCK_MONOTONIC) - began, PEOPLE);
	measure(&bench);
	memory_close(&bench.memory);
	directory_free(&bench.directory);
	free(bench.times);
	free(bench.used);
	arena_free(&bench.arena);
	return 0;
}
