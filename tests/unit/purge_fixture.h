/* purge_fixture.h - a store in a folder of its own, entries whose every field bears a secret, and disposal, for tests. */
#ifndef COPYHOLD_TESTS_PURGE_FIXTURE_H
#define COPYHOLD_TESTS_PURGE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "store/browse.h"
#include "store/purge.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define DAY ((int64_t)86400)

struct fixture {
	struct arena *arena;
	const char *directory;
	struct store *store;
	struct error err;
};

static __attribute__((unused)) int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->arena = arena_new();
	/* Thousands of commits need not wait for a disk. */
	char *base = arena_printf(fixture->arena, "%s/copyhold-purge-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(base));
	fixture->directory = arena_string(fixture->arena, base);
	assert_true(store_open(base, &fixture->store, &fixture->err));
	*state = fixture;
	return 0;
}

static __attribute__((unused)) int tear_down(void **state)
{
	struct fixture *fixture = *state;
	store_close(&fixture->store);
	assert_int_equal(0, system(arena_printf(fixture->arena, "rm -rf %s", fixture->directory)));
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

static __attribute__((unused)) void must(struct fixture *fixture, bool good)
{
	if (!good)
		fail_msg("%s", error_text(&fixture->err));
}

/* A message whose every field that names anybody bears `secret`. */
static __attribute__((unused)) void keep(struct fixture *fixture, const char *id, int64_t at, enum outcome outcome, const char *secret)
{
	struct arena *arena = fixture->arena;
	const char *recipients[] = { arena_printf(arena, "rcpt-%s@elsewhere.example", secret) };
	struct envelope envelope = { .from = arena_printf(arena, "from-%s@marlbrook.example", secret), .recipients = recipients,
				     .recipient_count = 1, .auth = arena_printf(arena, "auth-%s", secret),
				     .client = arena_printf(arena, "client-%s", secret), .at = at };
	struct finding_record finding = { "confidential-third-party", "Correspondence, paragraph 3", "hold", "enforce",
					  arena_printf(arena, "It went to %s.", secret),
					  arena_printf(arena, "[{\"where\":\"subject\",\"text\":\"%s\"}]", secret) };
	struct exception exception = { "silent-copy", "hidden recipient is exempt", "auditor" };
	struct notice notice = { .kind = NOTICE_HELD, .to = arena_printf(arena, "to-%s@marlbrook.example", secret),
				 .message = bytes_of(arena_printf(arena, "Subject: %s\r\n\r\nx\r\n", secret)) };
	struct record record = {
		.id = id, .content_key = arena_printf(arena, "key-%s", secret), .at = at, .envelope = &envelope,
		.sender_name = arena_printf(arena, "Name %s", secret), .sender_address = arena_printf(arena, "sender-%s@x", secret),
		.header_from = arena_printf(arena, "header-%s@x", secret), .direction = "outgoing", .outcome = outcome_name(outcome),
		.message_id = arena_printf(arena, "<%s@x>", secret), .thread = arena_printf(arena, "<thread-%s@x>", secret),
		.subject = arena_printf(arena, "About %s", secret), .raw = bytes_of(arena_printf(arena, "From: x\r\n\r\nbody %s\r\n", secret)),
		.recipient_outcomes = &outcome, .findings = &finding, .finding_count = 1, .exceptions = &exception, .exception_count = 1,
		.notices = &notice, .notice_count = 1, .policy_digest = "p1", .directory_digest = "d1",
		.footers = arena_printf(arena, "CC councillor %s", secret),
	};
	bool duplicate = true;
	const char *kept = NULL;
	must(fixture, store_record(fixture->store, arena, &record, 5, &duplicate, &kept, &fixture->err));
	assert_false(duplicate);
}

static __attribute__((unused)) void decide(struct fixture *fixture, const char *id, const char *secret, int64_t at)
{
	bool moved = false;
	struct deed deed = { "clerk@marlbrook.example", arena_printf(fixture->arena, "reason %s", secret), at };
	const char *recipient = arena_printf(fixture->arena, "rcpt-%s@elsewhere.example", secret);
	must(fixture, store_move(fixture->store, id, recipient, HOLD_HELD, HOLD_RELEASING, &deed, NULL, &moved, &fixture->err));
	assert_true(moved);
	must(fixture, store_move(fixture->store, id, recipient, HOLD_RELEASING, HOLD_RELEASED, &deed, "250 ok", &moved, &fixture->err));
	assert_true(moved);
}

static __attribute__((unused)) void send_notices(struct fixture *fixture, int64_t at)
{
	bool found = true;
	while (found) {
		struct outgoing outgoing;
		must(fixture, store_outbox_take(fixture->store, fixture->arena, at, 60, &found, &outgoing, &fixture->err));
		if (found)
			must(fixture, store_outbox_sent(fixture->store, outgoing.number, "250 ok", at, &fixture->err));
	}
}

static __attribute__((unused)) bool stays(void *context, const struct legal_hold *holds, size_t count, const struct held *held)
{
	(void)context;
	for (size_t i = 0; i < count; i++)
		if (holds[i].what != NULL && strcmp(holds[i].what, held->id) == 0)
			return true;
	return false;
}

static __attribute__((unused)) bool line_stays(void *context, const struct legal_hold *holds, size_t count, const struct journal_line *line, const struct held *held)
{
	(void)context, (void)held;
	for (size_t i = 0; i < count; i++)
		if (holds[i].what == NULL || (line->id != NULL && strcmp(holds[i].what, line->id) == 0))
			return true;
	return false;
}

struct counts {
	int64_t removed, spared;
};

static __attribute__((unused)) struct counts purge_with(struct fixture *fixture, enum purge_class class, int64_t before, int64_t now, bool dry)
{
	struct counts counts = { -1, -1 };
	struct purge_order order = { .before = before, .now = now, .by = "copyhold", .dry = dry, .sparing = { stays, line_stays, NULL } };
	must(fixture, store_purge(fixture->store, class, &order, &counts.removed, &counts.spared, &fixture->err));
	return counts;
}

static __attribute__((unused)) struct counts purge_journal(struct fixture *fixture, int64_t before, int64_t now)
{
	struct counts counts = { -1, -1 };
	struct purge_order order = { .before = before, .now = now, .by = "copyhold", .sparing = { stays, line_stays, NULL } };
	must(fixture, store_purge_journal(fixture->store, &order, &counts.removed, &counts.spared, &fixture->err));
	return counts;
}

static __attribute__((unused)) int64_t purge(struct fixture *fixture, enum purge_class class, int64_t before)
{
	return purge_with(fixture, class, before, NOW + 400 * DAY, false).removed;
}

/* How often the octets stand in any file of the store. */
static __attribute__((unused)) size_t traces(struct fixture *fixture, const char *octets)
{
	static const char *const files[] = { "store.db", "store.db-wal", "store.db-shm" };
	struct arena *arena = arena_new();
	size_t count = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct bytes content = BYTES_EMPTY;
		const char *path = arena_printf(arena, "%s/%s", fixture->directory, files[i]);
		if (access(path, F_OK) != 0)
			continue;
		must(fixture, file_read(arena, path, (size_t)1 << 30, ERROR_RETRY, &content, &fixture->err));
		for (size_t at = bytes_find(content, bytes_of(octets), 0); at != (size_t)-1; at = bytes_find(content, bytes_of(octets), at + 1))
			count++;
	}
	arena_free(&arena);
	return count;
}

static __attribute__((unused)) int64_t number(struct fixture *fixture, const char *sql)
{
	sqlite3 *database = NULL;
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &database), SQLITE_OK);
	if (sqlite3_prepare_v2(database, sql, -1, &query, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(database));
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	int64_t answer = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	sqlite3_close(database);
	return answer;
}

/* Returns what SQLite says. */
static __attribute__((unused)) int force(struct fixture *fixture, const char *sql)
{
	sqlite3 *database = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &database), SQLITE_OK);
	int answer = sqlite3_exec(database, sql, NULL, NULL, NULL);
	sqlite3_close(database);
	return answer;
}

static __attribute__((unused)) int64_t broken_at(struct fixture *fixture)
{
	int64_t lines = 0, broken = 0;
	must(fixture, store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(lines, broken == 0 ? number(fixture, "SELECT count(*) FROM journal") : broken - 1);
	return broken;
}

#endif
