/* test_store_together.c - several who want the store at once: what is new is made once, and nobody waits for how long others wait.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/store_case.h"

#include <pthread.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>

#define NOW ((int64_t)1772442000)
#define TOGETHER 6
#define ROUNDS 12
#define WAITING 6
#define ONE_WAITS 5 /* s, for a store that is locked */

/* The gate, the desk and the command line, all started for the first time by one script. */
static void a_new_store_is_made_once(void **state)
{
	struct fixture *fixture = *state;
	for (int round = 0; round < ROUNDS; round++) {
		const char *folder = arena_printf(fixture->arena, "%s/new-%d", fixture->directory, round);
		pid_t children[TOGETHER];
		int gate[2], status;
		assert_int_equal(pipe(gate), 0);
		for (int i = 0; i < TOGETHER; i++) {
			children[i] = fork();
			assert_true(children[i] >= 0);
			if (children[i] == 0) {
				struct store *store = NULL;
				char word;
				close(gate[1]);
				_exit(read(gate[0], &word, 1) != 0 || !store_open(folder, &store, NULL) ||
				      !store_journal(store, "came", NULL, "copyhold", NULL, NOW, NULL));
			}
		}
		close(gate[0]);
		close(gate[1]);
		for (int i = 0; i < TOGETHER; i++) {
			assert_int_equal(waitpid(children[i], &status, 0), children[i]);
			assert_int_equal(status, 0);
		}
		struct store *store = NULL;
		int64_t lines = 0, broken = 0;
		assert_true(store_open(folder, &store, &fixture->err));
		assert_true(store_journal_verify(store, &lines, &broken, &fixture->err));
		assert_int_equal(lines, TOGETHER);
		assert_int_equal(broken, 0);
		store_close(&store);
	}
}

struct waiting {
	struct store *store;
	pthread_t thread;
	bool kept;
	struct error err;
};

static void *write_a_line(void *argument)
{
	struct waiting *waiting = argument;
	waiting->kept = store_journal(waiting->store, "came", NULL, "copyhold", NULL, NOW, &waiting->err);
	return NULL;
}

static int64_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Another process has it: all are told to come again after the time of one, not one after the other. */
static void a_locked_store_is_waited_for_once(void **state)
{
	struct fixture *fixture = *state;
	struct waiting all[WAITING] = { 0 };
	sqlite3 *other = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	int64_t began = seconds();
	for (size_t i = 0; i < WAITING; i++) {
		all[i].store = fixture->store;
		assert_int_equal(pthread_create(&all[i].thread, NULL, write_a_line, &all[i]), 0);
	}
	for (size_t i = 0; i < WAITING; i++) {
		assert_int_equal(pthread_join(all[i].thread, NULL), 0);
		assert_false(all[i].kept);
		assert_int_equal(all[i].err.kind, ERROR_RETRY);
		error_release(&all[i].err);
	}
	assert_true(seconds() - began < ONE_WAITS * (WAITING - 1));
	assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(other), SQLITE_OK);
	assert_true(store_journal(fixture->store, "came", NULL, "copyhold", NULL, NOW, &fixture->err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_new_store_is_made_once, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_locked_store_is_waited_for_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
