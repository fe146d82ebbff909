/* test_store_faults.c - whatever fails and whenever it dies, the store has the whole record or nothing, and what it said is
 * kept is there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faulty_vfs.h"
#include "store/answers.h"
#include "store/passing.h"

#define NOW ((int64_t)1772442000)
#define RAW_LENGTH ((size_t)20000) /* several pages */
#define MOST_FAULTS 2000
#define KILLS 25

static const char *const recipients[] = { "o'neill@elsewhere.example", "carl@marlbrook.example" };
static const enum outcome outcomes[] = { OUTCOME_HOLD, OUTCOME_HOLD };
static const struct envelope envelope = { .from = "ruth@marlbrook.example", .recipients = recipients, .recipient_count = 2, .auth = "ruth" };
static const struct finding_record findings[] = { { "a", "b", "hold", "enforce", "c", "[]" }, { "d", "e", "report", "advise", "f", "[]" } };

static const struct exception exception = { .rule = "a", .sentence = "s" };

struct work {
	struct arena *arena;
	const char *base, *directory;
	struct record record;
	struct notice notice;
	struct duty_start start;
	struct duty_changes duties;
	struct passing passing;
	/* what the verbs said */
	bool recorded, claimed, released, counted, passed;
};

static int set_up(void **state)
{
	struct work *work = calloc(1, sizeof *work);
	char base[] = "/tmp/copyhold-faults-XXXXXX";
	work->arena = arena_new();
	assert_non_null(mkdtemp(base));
	work->base = arena_string(work->arena, base);
	char *raw = arena_alloc(work->arena, RAW_LENGTH);
	for (size_t i = 0; i < RAW_LENGTH; i++)
		raw[i] = (char)(i * 31 % 251);
	work->notice = (struct notice){ .kind = NOTICE_HELD, .to = "ruth@marlbrook.example", .message = BYTES("Subject: x\r\n\r\ny\r\n") };
	work->record = (struct record){
		.id = "CH-1", .content_key = "k", .at = NOW, .envelope = &envelope, .outcome = "hold", .raw = { raw, RAW_LENGTH },
		.recipient_outcomes = outcomes, .findings = findings, .finding_count = 2, .notices = &work->notice, .notice_count = 1,
		.rulebook_digest = "rules", .rulebook = "{}", .answers = "Y N", .facts = "x", .conclusion = "outcome hold\n",
	};
	work->start = (struct duty_start){ .rule = "d", .key = "k", .waiting = "ruth@marlbrook.example", .owner = "carl@marlbrook.example" };
	work->duties = (struct duty_changes){ .at = NOW, .starts = &work->start, .start_count = 1 };
	work->record.duties = &work->duties;
	work->passing = (struct passing){ .id = "CH-3", .at = NOW, .notices = &work->notice, .notice_count = 1, .exceptions = &exception, .exception_count = 1 };
	*state = work;
	return 0;
}

static int tear_down(void **state)
{
	struct work *work = *state;
	assert_int_equal(system(arena_printf(work->arena, "rm -rf %s", work->base)), 0);
	arena_free(&work->arena);
	free(work);
	return 0;
}

static struct store *open_or_fail(const char *directory)
{
	struct error err = ERROR_INIT;
	struct store *store = NULL;
	if (!store_open(directory, &store, &err))
		fail_msg("%s", error_text(&err));
	return store;
}

/* The whole of what is written about one message, or nothing of it. */
static bool is_whole(struct store *store, struct arena *arena, const struct work *work, const char *id)
{
	const struct held *held = NULL;
	struct bytes raw;
	assert_true(store_find_held(store, arena, id, &held, NULL));
	if (held == NULL) {
		assert_false(store_read_raw(store, arena, id, &raw, NULL));
		return false;
	}
	assert_int_equal(held->all_recipient_count, 2);
	assert_int_equal(held->recipient_count, 2);
	assert_int_equal(held->finding_count, 2);
	assert_true(store_read_raw(store, arena, id, &raw, NULL));
	assert_true(bytes_equal(raw, work->record.raw));
	return true;
}

/* Rows that no verb would show are half a record too. */
static void assert_rows(const struct work *work, int64_t messages)
{
	static const struct {
		const char *table;
		int64_t each;
	} tables[] = { { "message", 1 }, { "raw", 1 }, { "recipient", 2 }, { "finding", 2 }, { "outbox WHERE message IS NOT NULL", 1 }, { "duty", 1 },
		      { "answer", 1 } };
	struct arena *arena = arena_new();
	sqlite3 *database = NULL;
	assert_int_equal(sqlite3_open(arena_printf(arena, "%s/store.db", work->directory), &database), SQLITE_OK);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		sqlite3_stmt *query = NULL;
		const char *sql = arena_printf(arena, "SELECT count(*) FROM %s", tables[i].table);
		assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &query, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_step(query), SQLITE_ROW);
		assert_int_equal(sqlite3_column_int64(query, 0), messages * tables[i].each);
		sqlite3_finalize(query);
	}
	sqlite3_close(database);
	arena_free(&arena);
}

static size_t count_lines(struct store *store, struct arena *arena, const char *what)
{
	const struct journal_line *lines = NULL;
	size_t count = 0, found = 0;
	assert_true(store_journal_list(store, arena, 0, INT64_MAX, &lines, &count, NULL));
	for (size_t i = 0; i < count; i++)
		found += strcmp(lines[i].what, what) == 0;
	return found;
}

static void assert_chain_is_whole(struct store *store)
{
	int64_t lines = 0, broken = 0;
	assert_true(store_journal_verify(store, &lines, &broken, NULL));
	assert_int_equal(broken, 0);
}

/* Two of one day, the second of them twice. */
static const struct plain_facts plain[] = {
	{ .day = NOW - NOW % 86400, .rulebook_digest = "others", .rulebook = "[]", .facts = "a", .count = 1 },
	{ .day = NOW - NOW % 86400, .rulebook_digest = "others", .rulebook = "[]", .facts = "b", .count = 2 },
};

/* All of one writing, or none of it. */
static int64_t plain_messages(struct store *store, struct arena *arena)
{
	struct kept_cursor cursor = { .plain = true };
	const struct kept_decision *items = NULL;
	size_t count = 0;
	assert_true(store_kept_next(store, arena, 0, &cursor, 10, &items, &count, NULL));
	assert_true(count == 0 || count == 2);
	return count == 0 ? 0 : items[0].count + items[1].count;
}

/* What the gate and a reviewer do with one message. */
static void live(struct work *work, struct arena *arena)
{
	struct deed deed = { "mo", "duty", NOW };
	struct store *store = NULL;
	bool duplicate, moved = false;
	const char *id;
	work->recorded = work->claimed = work->released = work->counted = work->passed = false;
	if (!store_open(work->directory, &store, NULL))
		return;
	work->recorded = store_record(store, arena, &work->record, 5, &duplicate, &id, NULL);
	work->claimed = store_move(store, "CH-1", recipients[0], HOLD_HELD, HOLD_RELEASING, &deed, NULL, &moved, NULL) && moved;
	if (work->claimed)
		work->released = store_move(store, "CH-1", recipients[0], HOLD_RELEASING, HOLD_RELEASED, &deed, "250 ok", &moved, NULL) && moved;
	work->counted = store_plain_add(store, plain, sizeof plain / sizeof *plain, NULL);
	work->passed = store_pass(store, arena, &work->passing, NULL);
	store_close(&store);
}

/* After a failure the store is as far as it said, or one verb further: an error means "perhaps", never "half". */
static void assert_honest(const struct work *work, struct arena *arena)
{
	struct store *store = open_or_fail(work->directory);
	struct summary summary;
	bool whole = is_whole(store, arena, work, "CH-1");
	assert_true(whole || !work->recorded);
	assert_rows(work, whole);
	assert_chain_is_whole(store);
	assert_true(store_summary(store, arena, NOW, NOW + 1, 10, &summary, NULL));
	bool passed = summary.exception_count > 0; /* without an entry: told and counted, or neither */
	assert_true(passed || !work->passed);
	assert_int_equal(summary.outbox_waiting, whole + passed);
	assert_int_equal(summary.finding_count, whole ? 2 : 0);
	assert_int_equal(count_lines(store, arena, "held"), whole ? 1 : 0);

	const struct held *held = NULL;
	assert_true(store_find_held(store, arena, "CH-1", &held, NULL));
	enum hold_state state = held == NULL ? HOLD_HELD : held->recipients[0].state;
	assert_true(state == HOLD_HELD || state == HOLD_RELEASING || state == HOLD_RELEASED);
	assert_true(!work->claimed || state != HOLD_HELD);
	assert_true(!work->released || state == HOLD_RELEASED);
	assert_int_equal(count_lines(store, arena, "releasing"), state == HOLD_HELD ? 0 : 1);
	assert_int_equal(count_lines(store, arena, "released"), state == HOLD_RELEASED ? 1 : 0);
	int64_t messages = plain_messages(store, arena);
	assert_true(messages == 3 || (messages == 0 && !work->counted));
	struct kept_answers kept;
	assert_true(store_answers(store, arena, "CH-1", &kept, NULL));
	assert_true(whole ? strcmp(kept.answers, "Y N") == 0 && strcmp(kept.rulebook, "{}") == 0 : kept.answers == NULL);

	/* the client tries again: one entry waits for the second recipient, not none */
	struct record again = work->record;
	struct held_list list;
	bool duplicate;
	const char *id;
	again.id = "CH-2";
	assert_true(store_record(store, arena, &again, 5, &duplicate, &id, NULL));
	assert_true(store_list_held(store, arena, false, &list, NULL));
	assert_int_equal(list.count, state == HOLD_RELEASED ? 2 : 1);
	store_close(&store);
}

static void every_fault_leaves_all_or_nothing(void **state)
{
	struct work *work = *state;
	for (enum fault fault = FAULT_ONCE; fault < FAULT_COUNT; fault++) {
		int nth = 1;
		for (; nth < MOST_FAULTS; nth = faulty_vfs_next(nth)) {
			struct arena *arena = arena_new();
			work->directory = arena_printf(work->arena, "%s/%d-%d", work->base, (int)fault, nth);
			faulty_vfs_arm(nth, fault);
			live(work, arena);
			bool struck = faulty_vfs_struck();
			faulty_vfs_arm(0, fault);
			assert_honest(work, arena);
			arena_free(&arena);
			if (!struck)
				break;
		}
		assert_true(nth > 20 && nth < MOST_FAULTS);
		assert_true(work->released && work->counted && work->passed);
	}
}

/* Records until it is killed; says each id only after the store has said it is kept. */
static void record_until_killed(const struct work *work, int pipe_end, int round)
{
	struct arena *arena = arena_new();
	struct store *store = NULL;
	if (!store_open(work->directory, &store, NULL))
		_exit(1);
	for (int i = 0;; i++) {
		char id[32];
		bool duplicate;
		const char *kept;
		struct record record = work->record;
		struct duty_start start = work->start;
		struct duty_changes clocks = { .at = NOW, .starts = &start, .start_count = 1 };
		snprintf(id, sizeof id, "K-%02d-%06d", round, i);
		record.id = record.content_key = start.key = id;
		record.duties = &clocks;
		if (!store_record(store, arena, &record, 5, &duplicate, &kept, NULL) || write(pipe_end, id, sizeof id) != (ssize_t)sizeof id)
			_exit(1);
	}
}

static pid_t start_child(const struct work *work, int ends[2], int round)
{
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		record_until_killed(work, ends[1], round);
	}
	close(ends[1]);
	return child;
}

static void assert_all_are_whole(struct store *store, struct arena *arena, const struct work *work)
{
	struct held_list list;
	assert_true(store_list_held(store, arena, false, &list, NULL));
	for (size_t i = 0; i < list.count; i++)
		assert_true(is_whole(store, arena, work, list.items[i].id));
	assert_rows(work, (int64_t)list.count);
	assert_chain_is_whole(store);
}

static void killed_at_any_moment(void **state)
{
	struct work *work = *state;
	unsigned seed = 11;
	size_t said = 0;
	for (int round = 0; round < KILLS; round++) {
		int ends[2], status;
		char id[32];
		struct arena *arena = arena_new();
		work->directory = arena_printf(work->arena, "%s/killed-%d", work->base, round / 5);
		pid_t child = start_child(work, ends, round);
		seed = seed * 1103515245u + 12345u;
		struct timespec pause = { 0, (long)((seed >> 8) % 40000) * 1000 };
		/* Two of three are let finish a record first, however slow the machine is; the others may die while opening. */
		bool began = round % 3 == 0 || read(ends[0], id, sizeof id) == (ssize_t)sizeof id;
		nanosleep(&pause, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		struct store *store = open_or_fail(work->directory);
		assert_true(began);
		if (round % 3 != 0) {
			assert_true(is_whole(store, arena, work, id));
			said++;
		}
		while (read(ends[0], id, sizeof id) == (ssize_t)sizeof id) {
			assert_true(is_whole(store, arena, work, id));
			said++;
		}
		assert_all_are_whole(store, arena, work);
		store_close(&store);
		close(ends[0]);
		arena_free(&arena);
	}
	assert_true(said >= KILLS / 3 * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_fault_leaves_all_or_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(killed_at_any_moment, set_up, tear_down),
	};
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
