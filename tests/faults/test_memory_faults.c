/* test_memory_faults.c - whatever step of memory.db fails and whenever its process dies, a message is remembered whole or not at all, what
 * it said is remembered is known, and trying again gives the right answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/memory_case.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faulty_vfs.h"

#define MOST_FAULTS 3000
#define OTHERS_MAY_READ 10000 /* ms: the look at the pages goes on beside a test */
#define KILLS 10
#define TOGETHER 6
#define ROUNDS_TOGETHER 8
#define PRINTS 60

struct said {
	bool first, second, forgotten;
};

static bool remember(struct lab *lab, const char *id, const char *message_id, uint64_t first)
{
	const char *recipients[] = { "amir@marlbrook.example" };
	const bool delivered[] = { true };
	struct trace *trace = lab_trace(lab, message_id, first, PRINTS);
	lab_attach(lab, trace, (char)first, "minutes.pdf (part 2)");
	const struct remembrance remembrance = {
		.trace = trace, .id = id, .at = NOW, .principal = "ruth", .kinds = MEMORY_MARKED, .recipients = recipients, .delivered = delivered,
		.recipient_count = 1, .author = lab_person(lab, "ruth@marlbrook.example"),
	};
	return memory_remember(lab->memory, &remembrance, NULL);
}

static size_t ancestors_of(struct lab *lab, uint64_t first)
{
	return lab_recall(lab, lab_trace(lab, "<z@x>", first, PRINTS), "amir", NOW + 60).ancestor_count;
}

/* What the gate does with two messages and a reviewer with the first. */
static struct said live(struct lab *lab, const char *folder)
{
	struct said said = { false, false, false };
	const struct store_memory_options options = { .terms = lab->terms };
	const char *const *references = NULL;
	size_t count = 0;
	bool found = false;
	if (!store_memory_open(folder, &options, &lab->memory, NULL))
		return said;
	said.first = remember(lab, "CH-1", "<a@x>", 1000);
	said.second = remember(lab, "CH-2", "<b@x>", 5000);
	said.forgotten = memory_find(lab->memory, lab->arena, "CH-1", &references, &count, NULL) && count == 1 &&
			 memory_forget(lab->memory, references[0], &found, NULL) && found;
	memory_close(&lab->memory);
	return said;
}

static int64_t number_in(const char *folder, struct arena *arena, const char *sql)
{
	sqlite3 *base = NULL;
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_open(arena_printf(arena, "%s/memory.db", folder), &base), SQLITE_OK);
	assert_int_equal(sqlite3_busy_timeout(base, OTHERS_MAY_READ), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(base, sql, -1, &query, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	int64_t number = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	sqlite3_close(base);
	return number;
}

/* Rows that no verb would show are half a message too. */
static void assert_rows(const char *folder, struct arena *arena, int64_t messages)
{
	assert_int_equal(number_in(folder, arena, "SELECT count(*) FROM message"), messages);
	assert_int_equal(number_in(folder, arena, "SELECT count(*) FROM contents"), messages);
	assert_int_equal(number_in(folder, arena, "SELECT count(*) FROM name"), messages);
	assert_int_equal(number_in(folder, arena, "SELECT count(*) FROM print"), messages * PRINTS);
	assert_int_equal(number_in(folder, arena, "SELECT count(*) FROM mark"), messages * 2);
}

static void assert_honest(struct lab *lab, const char *folder, struct said said)
{
	struct error err = ERROR_INIT;
	const struct store_memory_options options = { .terms = lab->terms };
	if (!store_memory_open(folder, &options, &lab->memory, &err))
		fail_msg("%s", error_text(&err));
	assert_int_equal(store_memory_set_aside(folder), 0);
	size_t first = ancestors_of(lab, 1000), second = ancestors_of(lab, 5000);
	assert_true(first == 1 || !said.first || said.forgotten || said.second);
	assert_true(second == 1 || !said.second);
	assert_true(first == 0 || !said.forgotten);
	assert_rows(folder, lab->arena, (int64_t)(first + second));
	/* again, as the sender does */
	assert_true(remember(lab, "CH-1", "<a@x>", 1000) && remember(lab, "CH-2", "<b@x>", 5000) && remember(lab, "CH-2", "<b@x>", 5000));
	assert_int_equal(ancestors_of(lab, 1000), 1);
	assert_int_equal(ancestors_of(lab, 5000), 1);
	assert_rows(folder, lab->arena, 2);
	bool more = true;
	while (more)
		assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence + DAY, 50, &more, NULL));
	assert_rows(folder, lab->arena, 0);
	memory_close(&lab->memory);
}

static void every_fault_leaves_all_or_nothing(void **state)
{
	struct lab *lab = *state;
	for (enum fault fault = FAULT_ONCE; fault < FAULT_COUNT; fault++) {
		int nth = 1;
		for (; nth < MOST_FAULTS; nth = faulty_vfs_next(nth)) {
			const char *folder = arena_printf(lab->arena, "%s/%d-%d", lab->folder, (int)fault, nth);
			faulty_vfs_arm(nth, fault);
			struct said said = live(lab, folder);
			bool struck = faulty_vfs_struck();
			faulty_vfs_arm(0, fault);
			assert_honest(lab, folder, said);
			assert_int_equal(system(arena_printf(lab->arena, "rm -rf %s", folder)), 0);
			if (!struck)
				break;
		}
		assert_true(nth > 20 && nth < MOST_FAULTS);
	}
}

/* Remembers until it is killed; says each number only after memory has said it is remembered. */
static void remember_until_killed(struct lab *lab, const char *folder, int end, int round)
{
	const struct store_memory_options options = { .terms = lab->terms, .serve = true };
	if (!store_memory_open(folder, &options, &lab->memory, NULL))
		_exit(1);
	for (int i = 0;; i++) {
		int number = round * 10000 + i;
		if (!remember(lab, arena_printf(lab->arena, "CH-%d", number), arena_printf(lab->arena, "<m%d@x>", number), (uint64_t)number * 1000))
			_exit(1);
		if (write(end, &number, sizeof number) != (ssize_t)sizeof number)
			_exit(1);
	}
}

static void a_crash_loses_nothing(void **state)
{
	struct lab *lab = *state;
	const char *folder = arena_printf(lab->arena, "%s/killed", lab->folder);
	size_t said = 0;
	for (int round = 0; round < KILLS; round++) {
		int ends[2], status, number;
		assert_int_equal(pipe(ends), 0);
		pid_t child = fork();
		assert_true(child >= 0);
		if (child == 0)
			remember_until_killed(lab, folder, ends[1], round);
		close(ends[1]);
		bool began = read(ends[0], &number, sizeof number) == (ssize_t)sizeof number;
		struct timespec pause = { 0, (round * 7919 % 40) * 1000000 };
		nanosleep(&pause, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(began && WIFSIGNALED(status));
		const struct store_memory_options options = { .terms = lab->terms };
		assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
		for (bool more = true; more; said++) {
			assert_int_equal(ancestors_of(lab, (uint64_t)number * 1000), 1);
			more = read(ends[0], &number, sizeof number) == (ssize_t)sizeof number;
		}
		memory_close(&lab->memory);
		close(ends[0]);
	}
	assert_true(said >= KILLS);
	int64_t messages = number_in(folder, lab->arena, "SELECT count(*) FROM message");
	assert_rows(folder, lab->arena, messages);
	assert_int_equal(store_memory_set_aside(folder), 0);
}

/* The file is taken away, set aside by another process, or overwritten, while it is open. */
static void a_running_memory_outlives_its_file(void **state)
{
	struct lab *lab = *state;
	const char *folder = arena_printf(lab->arena, "%s/replaced", lab->folder);
	const struct store_memory_options options = { .terms = lab->terms, .serve = true };
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	assert_int_equal(ancestors_of(lab, 1000), 1);
	assert_int_equal(system(arena_printf(lab->arena, "rm %s/memory.db*", folder)), 0);
	assert_int_equal(ancestors_of(lab, 1000), 0);
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	assert_int_equal(ancestors_of(lab, 1000), 1);
	memory_close(&lab->memory);
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	assert_int_equal(ancestors_of(lab, 1000), 1);
	memory_close(&lab->memory);
	assert_int_equal(system(arena_printf(lab->arena, "head -c 40000 /dev/zero | tr '\\0' x > %s/memory.db", folder)), 0);
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	assert_int_equal(store_memory_set_aside(folder), 1);
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	assert_int_equal(ancestors_of(lab, 1000), 1);
	/* another process finds pages gone bad, and sets the file aside under this one */
	struct memory *here = lab->memory, *there = NULL;
	assert_int_equal(number_in(folder, lab->arena, "PRAGMA wal_checkpoint(TRUNCATE)"), 0);
	assert_int_equal(system(arena_printf(lab->arena, "head -c 40000 /dev/zero | tr '\\0' x | dd of=%s/memory.db conv=notrunc status=none", folder)), 0);
	assert_true(store_memory_open(folder, &options, &there, NULL));
	assert_int_equal(store_memory_set_aside(folder), 2);
	lab->memory = there;
	assert_int_equal(ancestors_of(lab, 1000), 0);
	lab->memory = here;
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	lab->memory = there;
	assert_int_equal(ancestors_of(lab, 1000), 1);
	memory_close(&there);
	lab->memory = here;
}

/* Opens when the others do, and remembers. */
static void begin_together(struct lab *lab, const char *folder, int gate, int number)
{
	const struct store_memory_options options = { .terms = lab->terms, .serve = true };
	char word;
	if (read(gate, &word, 1) != 0 || !store_memory_open(folder, &options, &lab->memory, NULL))
		_exit(1);
	bool good = remember(lab, arena_printf(lab->arena, "CH-%d", number), arena_printf(lab->arena, "<m%d@x>", number), (uint64_t)number * 1000);
	memory_close(&lab->memory);
	_exit(!good);
}

/* What one of several processes begins anew is not taken for the damaged file by the next. */
static void a_damaged_memory_is_set_aside_once(void **state)
{
	struct lab *lab = *state;
	const struct store_memory_options options = { .terms = lab->terms };
	for (int round = 0; round < ROUNDS_TOGETHER; round++) {
		const char *folder = arena_printf(lab->arena, "%s/together-%d", lab->folder, round);
		pid_t children[TOGETHER];
		int gate[2], status;
		assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
		memory_close(&lab->memory);
		assert_int_equal(system(arena_printf(lab->arena, "head -c 40000 /dev/zero | tr '\\0' x > %s/memory.db", folder)), 0);
		assert_int_equal(pipe(gate), 0);
		for (int i = 0; i < TOGETHER; i++) {
			children[i] = fork();
			assert_true(children[i] >= 0);
			if (children[i] == 0) {
				close(gate[1]);
				begin_together(lab, folder, gate[0], i + 1);
			}
		}
		close(gate[0]);
		close(gate[1]);
		for (int i = 0; i < TOGETHER; i++) {
			assert_int_equal(waitpid(children[i], &status, 0), children[i]);
			assert_int_equal(status, 0);
		}
		assert_int_equal(store_memory_set_aside(folder), 1);
		assert_rows(folder, lab->arena, TOGETHER);
	}
}

static void fill(const char *folder, struct arena *arena)
{
	static const char script[] = "CREATE TABLE filling AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
				     " SELECT i, hex(randomblob(2000)) AS text FROM n; PRAGMA wal_checkpoint(TRUNCATE);";
	sqlite3 *base = NULL;
	assert_int_equal(sqlite3_open(arena_printf(arena, "%s/memory.db", folder), &base), SQLITE_OK);
	assert_int_equal(sqlite3_exec(base, script, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(base), SQLITE_OK);
}

/* One too large to be read whole while it is opened: its pages are looked at soon after, and what is bad is set aside all the same. */
static void a_large_memory_is_examined_once_it_serves(void **state)
{
	struct lab *lab = *state;
	const char *folder = arena_printf(lab->arena, "%s/large", lab->folder);
	struct store_memory_options options = { .terms = lab->terms };
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	memory_close(&lab->memory);
	fill(folder, lab->arena);
	options.serve = true;
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	memory_close(&lab->memory); /* sound, however large, and ended in the midst of it */
	assert_int_equal(store_memory_set_aside(folder), 0);
	assert_int_equal(system(arena_printf(lab->arena, "head -c 40000 /dev/zero | tr '\\0' x | dd of=%s/memory.db bs=4096 seek=4800 conv=notrunc status=none", folder)), 0);
	assert_true(store_memory_open(folder, &options, &lab->memory, NULL));
	for (int i = 0; i < 600 && store_memory_set_aside(folder) == 0; i++)
		usleep(50000);
	assert_int_equal(store_memory_set_aside(folder), 1);
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	assert_int_equal(ancestors_of(lab, 1000), 1);
}

/* In a program of its own, as SQLite wants it: opens memory, asks for a letter and ends. 0: it is known. */
static int know(const char *folder, const char *first)
{
	struct lab *lab = lab_new();
	const struct store_memory_options options = { .terms = lab->terms };
	bool known = store_memory_open(folder, &options, &lab->memory, NULL) && ancestors_of(lab, strtoull(first, NULL, 10)) == 1;
	lab_free(lab);
	return known ? 0 : 1;
}

static bool somebody_else_knows(struct lab *lab, uint64_t first)
{
	int status;
	const char *number = arena_printf(lab->arena, "%llu", (unsigned long long)first);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		execl("/proc/self/exe", "know", lab->folder, number, (char *)NULL);
		_exit(2);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Not the log either, while others are at it with several connections each. */
static void a_process_that_ends_takes_nothing_away(void **state)
{
	struct lab *lab = *state;
	lab_open_store(lab);
	for (uint64_t i = 1; i <= 5; i++) {
		assert_true(remember(lab, arena_printf(lab->arena, "CH-%d", (int)i), arena_printf(lab->arena, "<m%d@x>", (int)i), 1000 * i));
		assert_int_equal(ancestors_of(lab, 1000 * i), 1);
		assert_true(somebody_else_knows(lab, 1000 * i));
	}
	memory_close(&lab->memory);
	for (uint64_t i = 1; i <= 5; i++)
		assert_true(somebody_else_knows(lab, 1000 * i));
}

/* A key is of no use any more once the last entry under it is gone, so it goes. */
static void a_key_goes_with_its_last_entry(void **state)
{
	struct lab *lab = *state;
	bool more = true;
	lab_open_store(lab);
	lab_remember(lab, lab_trace(lab, "<a@x>", 1, 50), "CH-1", NOW, MEMORY_MARKED);
	lab_remember(lab, lab_trace(lab, "<b@x>", 500, 50), "CH-2", NOW + lab->terms.key + DAY, MEMORY_MARKED);
	assert_int_equal(number_in(lab->folder, lab->arena, "SELECT count(*) FROM secret"), 2);
	assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence - 1, 1000, &more, NULL));
	assert_int_equal(number_in(lab->folder, lab->arena, "SELECT count(*) FROM secret"), 2);
	assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence, 1000, &more, NULL));
	assert_int_equal(number_in(lab->folder, lab->arena, "SELECT count(*) FROM secret"), 1);
	assert_int_equal(number_in(lab->folder, lab->arena, "SELECT min(number) FROM secret"), 2);
}

/* More than the disk is to hold: the oldest goes early, and no more than need be. Nobody waits for twenty million real ones here. */
static void too_much_makes_the_oldest_go(void **state)
{
	struct lab *lab = *state;
	sqlite3 *base = NULL;
	bool more = false;
	lab_open_store(lab);
	for (uint64_t i = 0; i < 3; i++)
		lab_remember(lab, lab_trace(lab, arena_printf(lab->arena, "<m%d@x>", (int)i), 1000 * (i + 1), PRINTS),
			     arena_printf(lab->arena, "CH-%d", (int)i), NOW + (int64_t)i, MEMORY_MARKED);
	assert_true(memory_expire(lab->memory, NOW + HOUR, 1000, &more, NULL));
	assert_int_equal(number_in(lab->folder, lab->arena, "SELECT count(*) FROM message"), 3);
	assert_int_equal(sqlite3_open(arena_printf(lab->arena, "%s/memory.db", lab->folder), &base), SQLITE_OK);
	assert_int_equal(sqlite3_exec(base, "UPDATE message SET print_count = 9000000", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(base);
	for (int i = 0; i < 3; i++)
		assert_true(memory_expire(lab->memory, NOW + HOUR, 1000, &more, NULL));
	assert_false(more);
	for (uint64_t i = 0; i < 3; i++)
		assert_int_equal(ancestors_of(lab, 1000 * (i + 1)), i > 0);
}

/* What ends gives its room back to the disk, step by step. */
static void what_ends_gives_its_room_back(void **state)
{
	struct lab *lab = *state;
	bool more = true;
	lab_open_store(lab);
	for (uint64_t i = 0; i < 300; i++)
		assert_true(remember(lab, arena_printf(lab->arena, "CH-%d", (int)i), arena_printf(lab->arena, "<m%d@x>", (int)i), 1000 * (i + 1)));
	int64_t full = number_in(lab->folder, lab->arena, "PRAGMA page_count");
	while (more)
		assert_true(memory_expire(lab->memory, NOW + lab->terms.correspondence + DAY, 1000, &more, NULL));
	assert_rows(lab->folder, lab->arena, 0);
	assert_true(full > 100);
	assert_true(number_in(lab->folder, lab->arena, "PRAGMA page_count") < full / 3);
}

/* Were the power cut now, the log might be lost and no more: within seconds what is remembered stands in the database itself. */
static void the_log_is_written_through_by_itself(void **state)
{
	struct lab *lab = *state;
	const char *folder = arena_printf(lab->arena, "%s/served", lab->folder), *copy = arena_printf(lab->arena, "%s/after", lab->folder);
	const char *take = arena_printf(lab->arena, "rm -rf %s && mkdir -m 700 %s && cp %s/memory.db %s", copy, copy, folder, copy);
	const struct store_memory_options serving = { .terms = lab->terms, .serve = true }, looking = { .terms = lab->terms };
	struct memory *served = NULL;
	size_t known = 0;
	assert_true(store_memory_open(folder, &serving, &served, NULL));
	lab->memory = served;
	assert_true(remember(lab, "CH-1", "<a@x>", 1000));
	for (int tenth = 0; known == 0 && tenth < 100; tenth++) {
		nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
		assert_int_equal(system(take), 0);
		assert_true(store_memory_open(copy, &looking, &lab->memory, NULL));
		known = ancestors_of(lab, 1000);
		memory_close(&lab->memory);
	}
	lab->memory = served;
	assert_int_equal(known, 1);
}

static int set_up(void **state)
{
	*state = lab_new();
	return 0;
}

static int tear_down(void **state)
{
	lab_free(*state);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_fault_leaves_all_or_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_crash_loses_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_running_memory_outlives_its_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_damaged_memory_is_set_aside_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_large_memory_is_examined_once_it_serves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_process_that_ends_takes_nothing_away, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_key_goes_with_its_last_entry, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_much_makes_the_oldest_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_ends_gives_its_room_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_log_is_written_through_by_itself, set_up, tear_down),
	};
	if (argc == 3)
		return know(argv[1], argv[2]);
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
