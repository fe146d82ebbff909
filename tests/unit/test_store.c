/* test_store.c - what the store promises: safe opening, whole records, retries known, deeds once, an honest journal.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */
#define DAY ((int64_t)86400)

static const char *const two_recipients[] = { "amir.khan@marlbrook.example", "o'neill+x@elsewhere.example" };
static const struct envelope envelope = {
	.from = "ruth@marlbrook.example", .recipients = two_recipients, .recipient_count = 2, .auth = "ruth", .client = "192.0.2.1", .at = NOW
};
static const enum outcome second_held[] = { OUTCOME_DELIVER, OUTCOME_HOLD };
static const enum outcome both_held[] = { OUTCOME_HOLD, OUTCOME_HOLD };
static const enum outcome none_held[] = { OUTCOME_ANNOTATE, OUTCOME_DELIVER };
static const struct finding_record one_finding[] = {
	{ "confidential-third-party", "Correspondence, paragraph 3", "hold", "enforce", "Siân's letter is marked.",
	  "[{\"where\":\"subject\",\"text\":\"Confidential\"}]" },
	{ "copy-footer", "Correspondence, paragraph 1", "footer", "enforce", "No line.", "[]" },
};
static const struct exception one_exception[] = { { "silent-copy", "hidden recipient is exempt", "auditor" } };
static const struct notice one_notice[] = { { .kind = NOTICE_HELD, .to = "ruth@marlbrook.example", .message = { "Subject: held\r\n\r\nx\r\n", 20 } } };

static struct record a_record(const char *id, const enum outcome *outcomes)
{
	return (struct record){
		.id = id, .content_key = "c0ffee", .at = NOW, .envelope = &envelope, .sender_name = "Ruth Ames",
		.sender_address = "ruth@marlbrook.example", .header_from = "ruth@marlbrook.example", .direction = "outgoing", .outcome = "hold",
		.message_id = "<a@b>", .subject = "Allotments", .raw = BYTES("From: x\r\n\r\nbody \0 with NUL\r\n"),
		.recipient_outcomes = outcomes, .findings = one_finding, .finding_count = 2, .exceptions = one_exception, .exception_count = 1,
		.notices = one_notice, .notice_count = 1, .policy_digest = "p1", .directory_digest = "d1",
	};
}

static bool keep(struct fixture *fixture, const struct record *record, bool *duplicate, const char **id)
{
	return store_record(fixture->store, fixture->arena, record, 5, duplicate, id, &fixture->err);
}

static enum hold_state state_of(struct fixture *fixture, const char *id, size_t index)
{
	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, id, &held, &fixture->err));
	assert_non_null(held);
	return held->recipients[index].state;
}

static size_t waiting(struct fixture *fixture)
{
	struct held_list list;
	assert_true(store_list_held(fixture->store, fixture->arena, false, &list, &fixture->err));
	return list.count;
}

static void record_is_whole(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", second_held);
	bool duplicate = true;
	const char *id = NULL;
	assert_true(keep(fixture, &record, &duplicate, &id));
	assert_false(duplicate);
	assert_string_equal(id, "CH-1");

	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, "CH-1", &held, &fixture->err));
	assert_int_equal(held->recipient_count, 1);
	assert_string_equal(held->recipients[0].address, two_recipients[1]);
	assert_int_equal(held->all_recipient_count, 2);
	assert_int_equal(held->finding_count, 2);
	assert_string_equal(held->findings[0].explanation, "Siân's letter is marked.");
	assert_string_equal(held->header_from, "ruth@marlbrook.example");
	struct bytes raw;
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, &fixture->err));
	assert_true(bytes_equal(raw, record.raw));
	assert_false(keep(fixture, &(struct record){ .id = "CH-1", .content_key = "other", .at = NOW, .envelope = &envelope,
						     .recipient_outcomes = both_held },
			  &duplicate, &id));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_int_equal(waiting(fixture), 1);
}

static void mail_without_a_hold_keeps_no_content(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", none_held);
	bool duplicate;
	const char *id;
	assert_true(keep(fixture, &record, &duplicate, &id));
	struct bytes raw;
	assert_false(store_read_raw(fixture->store, fixture->arena, "CH-1", &raw, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, "CH-1", &held, &fixture->err));
	assert_null(held);
}

/* What a second record of the same content does, by what became of the first. */
static void retries_are_known(void **state)
{
	static const struct {
		const char *name;
		const enum outcome *first, *second;
		enum hold_state moved_to; /* of the second recipient; HOLD_HELD: nobody moved it */
		int64_t later;
		bool voided, duplicate;
		const char *id;
	} cases[] = {
		{ "still held", second_held, second_held, HOLD_HELD, 600, false, true, "CH-1" },
		{ "released", second_held, second_held, HOLD_RELEASED, 600, false, false, "CH-2" },
		{ "returned", second_held, second_held, HOLD_RETURNED, 600, false, false, "CH-2" },
		{ "releasing", second_held, second_held, HOLD_RELEASING, 600, false, true, "CH-1" },
		{ "in doubt", second_held, second_held, HOLD_IN_DOUBT, 600, false, true, "CH-1" },
		{ "too long ago", second_held, second_held, HOLD_HELD, 6 * DAY, false, false, "CH-2" },
		{ "now for more people", second_held, both_held, HOLD_HELD, 600, false, false, "CH-2" },
		{ "now for fewer", both_held, second_held, HOLD_HELD, 600, false, true, "CH-1" },
		{ "one of two decided", both_held, both_held, HOLD_RELEASED, 600, false, false, "CH-2" },
		{ "now for nobody", second_held, none_held, HOLD_HELD, 600, false, false, "CH-2" },
		{ "taken back", second_held, second_held, HOLD_HELD, 600, true, false, "CH-1" },
		{ "taken back, now for more", second_held, both_held, HOLD_HELD, 600, true, false, "CH-2" },
		{ "taken back, nothing held", none_held, none_held, HOLD_HELD, 600, true, false, "CH-1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		void *inner = NULL;
		store_case_set_up(&inner);
		struct fixture *fixture = inner;
		struct record record = a_record("CH-1", cases[i].first);
		struct deed deed = { "mo", "why", NOW + 60 };
		bool flag = false;
		const char *id = NULL;
		assert_true(keep(fixture, &record, &flag, &id));
		if (cases[i].moved_to != HOLD_HELD)
			assert_true(store_move(fixture->store, "CH-1", two_recipients[1], HOLD_HELD, cases[i].moved_to, &deed, NULL, &flag,
					       &fixture->err));
		if (cases[i].voided)
			assert_true(store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
		record = a_record("CH-2", cases[i].second);
		record.at += cases[i].later;
		assert_true(keep(fixture, &record, &flag, &id));
		if (flag != cases[i].duplicate || strcmp(id, cases[i].id) != 0)
			fail_msg("%s: duplicate %d, id %s", cases[i].name, flag, id);
		store_case_tear_down(&inner);
	}
	(void)state;
}

static bool take(struct fixture *fixture, int64_t now, struct outgoing *out)
{
	bool found = false;
	assert_true(store_outbox_take(fixture->store, fixture->arena, now, 60, &found, out, &fixture->err));
	return found;
}

/* The same words to the same people twice in one second have one id: one record, and told once. */
static void one_second_is_one_record(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", none_held);
	bool duplicate = true;
	const char *id = NULL;
	assert_true(keep(fixture, &record, &duplicate, &id));
	assert_false(duplicate);
	assert_true(keep(fixture, &record, &duplicate, &id));
	assert_true(duplicate);
	assert_string_equal(id, "CH-1");
	record.policy_digest = "another"; /* a reload in between: not the same judgement, so it has to come again */
	assert_false(keep(fixture, &record, &duplicate, &id));
	record = a_record("CH-2", none_held); /* a second later */
	record.at++;
	assert_true(keep(fixture, &record, &duplicate, &id));
	assert_false(duplicate);
}

static void taking_back_withdraws_notices(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", both_held);
	struct outgoing out;
	bool flag;
	const char *id;
	assert_true(keep(fixture, &record, &flag, &id));
	assert_false(take(fixture, NOW + STORE_NOTICE_DELAY - 1, &out));
	assert_true(store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
	assert_int_equal(state_of(fixture, "CH-1", 0), HOLD_VOID);
	assert_int_equal(waiting(fixture), 0);
	assert_false(take(fixture, NOW + 600, &out));

	struct summary summary;
	assert_true(store_summary(fixture->store, fixture->arena, NOW, NOW + DAY, 10, &summary, &fixture->err));
	assert_int_equal(summary.finding_count, 0);
	assert_int_equal(summary.rule_count, 0);

	record = a_record("CH-2", both_held);
	record.at = NOW + 300;
	assert_true(keep(fixture, &record, &flag, &id));
	assert_string_equal(id, "CH-1");
	assert_int_equal(waiting(fixture), 1);
	assert_true(take(fixture, NOW + 600, &out));
	assert_string_equal(out.id, "CH-1");
	assert_false(take(fixture, NOW + 600, &out));
}

static void taking_back_leaves_a_deed(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", both_held);
	struct deed deed = { "mo", "duty", NOW };
	bool flag;
	const char *id;
	assert_true(keep(fixture, &record, &flag, &id));
	assert_true(store_move(fixture->store, id, two_recipients[0], HOLD_HELD, HOLD_RELEASING, &deed, NULL, &flag, &fixture->err));
	assert_true(store_move(fixture->store, id, two_recipients[0], HOLD_RELEASING, HOLD_HELD, &deed, "450 later", &flag, &fixture->err));
	assert_true(store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
	assert_int_equal(state_of(fixture, "CH-1", 0), HOLD_HELD);
	assert_int_equal(state_of(fixture, "CH-1", 1), HOLD_VOID);
}

static void moves_happen_once(void **state)
{
	struct fixture *fixture = *state;
	struct record record = a_record("CH-1", both_held);
	struct deed mo = { "mo@wexshire.example", "a duty to disclose", NOW + 10 }, jo = { "jo", "x", NOW + 20 };
	bool moved;
	const char *id;
	assert_true(keep(fixture, &record, &moved, &id));
	assert_true(store_move(fixture->store, id, two_recipients[1], HOLD_HELD, HOLD_RELEASING, &mo, NULL, &moved, &fixture->err));
	assert_true(moved);
	assert_true(store_move(fixture->store, id, two_recipients[1], HOLD_HELD, HOLD_RELEASING, &jo, NULL, &moved, &fixture->err));
	assert_false(moved);
	assert_true(store_move(fixture->store, id, "nobody@x", HOLD_HELD, HOLD_RELEASING, &jo, NULL, &moved, &fixture->err));
	assert_false(moved);
	assert_true(store_move(fixture->store, id, two_recipients[1], HOLD_RELEASING, HOLD_RELEASED, &mo, "250 queued", &moved,
			       &fixture->err));
	const struct held *held = NULL;
	assert_true(store_find_held(fixture->store, fixture->arena, id, &held, &fixture->err));
	assert_string_equal(held->recipients[1].last_reply, "250 queued");
	assert_string_equal(held->recipients[1].changed_by, "mo@wexshire.example");
	assert_int_equal(held->recipients[0].state, HOLD_HELD);

	size_t returned = 9;
	struct outgoing out;
	assert_true(store_return(fixture->store, id, &jo, one_notice, &returned, &fixture->err));
	assert_int_equal(returned, 1);
	assert_true(store_return(fixture->store, id, &jo, one_notice, &returned, &fixture->err));
	assert_int_equal(returned, 0);
	assert_true(take(fixture, NOW + 600, &out));
	assert_true(take(fixture, NOW + 600, &out));
	assert_false(take(fixture, NOW + 600, &out));
	assert_int_equal(waiting(fixture), 0);
	struct held_list list;
	assert_true(store_list_held(fixture->store, fixture->arena, true, &list, &fixture->err));
	assert_int_equal(list.count, 1);
}

static void prefixes_are_enough_when_unique(void **state)
{
	struct fixture *fixture = *state;
	static const char *const ids[] = { "CH-20260302-AAAA", "CH-20260302-AABB", "CH-20260302-AAAAA" };
	static const struct {
		const char *asked, *found; /* NULL: none; "?": several */
	} cases[] = {
		{ "CH-20260302-AAB", "CH-20260302-AABB" }, { "CH-20260302-AAAA", "CH-20260302-AAAA" }, { "CH-2", "?" },
		{ "CH-20260302-AAA", "?" }, { "", NULL }, { "%", NULL }, { "ch-20260302-aab", NULL }, { "CH-20260302-AABBC", NULL },
	};
	bool flag;
	const char *id;
	for (size_t i = 0; i < 3; i++) {
		struct record record = a_record(ids[i], both_held);
		record.content_key = ids[i];
		assert_true(keep(fixture, &record, &flag, &id));
	}
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct held *held = NULL;
		bool good = store_find_held(fixture->store, fixture->arena, cases[i].asked, &held, &fixture->err);
		if (cases[i].found == NULL)
			assert_true(good && held == NULL);
		else if (strcmp(cases[i].found, "?") == 0)
			assert_false(good);
		else
			assert_true(good && held != NULL && strcmp(held->id, cases[i].found) == 0);
	}
}

static void outbox_leases_and_gives_up(void **state)
{
	struct fixture *fixture = *state;
	struct outgoing out;
	assert_true(store_outbox_add(fixture->store, one_notice, "CH-9", NOW, &fixture->err));
	assert_true(take(fixture, NOW, &out));
	assert_int_equal(out.tries, 1);
	assert_int_equal(out.made_at, NOW);
	assert_true(bytes_equal(out.message, one_notice[0].message));
	assert_false(take(fixture, NOW + 59, &out));
	assert_true(take(fixture, NOW + 60, &out));
	assert_int_equal(out.tries, 2);
	assert_true(store_outbox_failed(fixture->store, out.number, "450 busy", NOW + 500, NOW + 61, &fixture->err));
	assert_false(take(fixture, NOW + 499, &out));
	assert_true(take(fixture, NOW + 500, &out));
	struct summary summary;
	assert_true(store_summary(fixture->store, fixture->arena, NOW, NOW + 1, 10, &summary, &fixture->err));
	assert_int_equal(summary.outbox_waiting, 1);
	assert_int_equal(summary.outbox_oldest, NOW);
	assert_true(store_outbox_failed(fixture->store, out.number, "550 no", 0, NOW + 501, &fixture->err));
	assert_false(take(fixture, NOW + 10 * DAY, &out));
	struct journal_line head;
	assert_true(store_journal_head(fixture->store, fixture->arena, &head, &fixture->err));
	assert_string_equal(head.what, "notice-given-up");
	assert_non_null(strstr(head.detail, "550 no"));
	assert_true(store_outbox_sent(fixture->store, out.number, "250", NOW, &fixture->err)); /* too late: nothing changes */
	struct journal_line same;
	assert_true(store_journal_head(fixture->store, fixture->arena, &same, &fixture->err));
	assert_int_equal(same.number, head.number);
}

/* The newest of its kind, and of that program. */
static void journal_knows_what_was_loaded_last(void **state)
{
	struct fixture *fixture = *state;
	static const char *const said[][3] = {
		{ "reload", "gate", "{\"digest\":\"a\"}" }, { "reload-refused", "gate", "{\"why\":\"x\"}" }, { "reload", "gate", "{\"digest\":\"b\"}" },
		{ "reload", "desk", "{\"digest\":\"c\"}" }, { "viewed", "gate", "{}" },
	};
	struct journal_line line;
	assert_true(store_journal_reload(fixture->store, fixture->arena, "reload", "gate", &line, &fixture->err));
	assert_int_equal(line.number, 0);
	for (int i = 0; i < 5; i++)
		assert_true(store_journal(fixture->store, said[i][0], NULL, said[i][1], said[i][2], NOW + i, &fixture->err));
	assert_true(store_journal_reload(fixture->store, fixture->arena, "reload", "gate", &line, &fixture->err));
	assert_string_equal(line.detail, said[2][2]);
	assert_int_equal(line.at, NOW + 2);
	assert_true(store_journal_reload(fixture->store, fixture->arena, "reload-refused", "gate", &line, &fixture->err));
	assert_int_equal(line.number, 2);
	assert_true(store_journal_reload(fixture->store, fixture->arena, "reload-refused", "desk", &line, &fixture->err));
	assert_int_equal(line.number, 0);
}

static void journal_chain_shows_meddling(void **state)
{
	struct fixture *fixture = *state;
	static const char *const meddling[] = {
		"UPDATE journal SET detail = '{\"reason\":\"y\"}' WHERE number = 2",
		"DELETE FROM journal WHERE number = 2",
		"UPDATE journal SET id = by, by = id WHERE number = 2",
	};
	char *path = arena_printf(fixture->arena, "%s/store.db", fixture->directory);
	for (int i = 0; i < 3; i++)
		assert_true(store_journal(fixture->store, "viewed", "CH-1", "mo", "{\"reason\":\"x\"}", NOW + i, &fixture->err));
	int64_t lines = 0, broken = 9;
	assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(lines, 3);
	assert_int_equal(broken, 0);
	const struct journal_line *listed = NULL;
	size_t count = 0;
	assert_true(store_journal_list(fixture->store, fixture->arena, NOW + 1, NOW + 2, &listed, &count, &fixture->err));
	assert_int_equal(count, 1);
	assert_int_equal(listed[0].number, 2);

	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "DELETE FROM journal", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(raw, "UPDATE journal SET by = 'me'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_int_equal(sqlite3_exec(raw, "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete", NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; i < sizeof meddling / sizeof meddling[0]; i++) {
		assert_int_equal(sqlite3_exec(raw, "BEGIN; CREATE TABLE kept AS SELECT * FROM journal", NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_exec(raw, meddling[i], NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_exec(raw, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
		assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
		assert_int_equal(broken, i == 1 ? 3 : 2);
		assert_int_equal(sqlite3_exec(raw, "DELETE FROM journal; INSERT INTO journal SELECT * FROM kept; DROP TABLE kept", NULL,
					      NULL, NULL),
				 SQLITE_OK);
	}
	sqlite3_close(raw);
}

static void summary_counts_the_period(void **state)
{
	struct fixture *fixture = *state;
	bool flag;
	const char *id;
	for (int i = 0; i < 4; i++) {
		char name[] = "CH-0";
		name[3] = (char)('0' + i);
		struct record record = a_record(name, i % 2 == 0 ? none_held : second_held);
		record.content_key = name;
		record.at = NOW + i * DAY;
		assert_true(keep(fixture, &record, &flag, &id));
		assert_true(store_tally_add(fixture->store, record.at, &(struct tally){ .examined = 10, .held = i }, &fixture->err));
	}
	struct summary summary;
	assert_true(store_summary(fixture->store, fixture->arena, NOW + DAY, NOW + 3 * DAY, 3, &summary, &fixture->err));
	assert_int_equal(summary.tally.examined, 20);
	assert_int_equal(summary.tally.held, 3);
	assert_int_equal(summary.rule_count, 2);
	assert_int_equal(summary.rules[0].count, 2);
	assert_int_equal(summary.exception_count, 1);
	assert_int_equal(summary.exceptions[0].count, 2);
	assert_int_equal(summary.finding_count, 3);
	assert_string_equal(summary.findings[0].message->id, "CH-2");
	assert_string_equal(summary.findings[0].finding->rule, "confidential-third-party");
	assert_string_equal(summary.findings[1].finding->rule, "copy-footer");
	assert_string_equal(summary.findings[2].message->id, "CH-1");
}

static void opening_is_careful(void **state)
{
	struct fixture *fixture = *state;
	struct store *other = NULL;
	struct stat found;
	const char *made = arena_printf(fixture->arena, "%s/new", fixture->directory);
	assert_true(store_open(made, &other, &fixture->err));
	assert_int_equal(stat(made, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0700);
	static const char *const files[] = { "store.db", "store.db-wal", "store.db-shm" };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(stat(arena_printf(fixture->arena, "%s/%s", made, files[i]), &found), 0);
		assert_int_equal(found.st_mode & 0777, 0600);
	}
	store_close(&other);

	assert_int_equal(chmod(made, 0750), 0);
	assert_false(store_open(made, &other, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_non_null(strstr(error_text(&fixture->err), "chmod 700"));
	assert_false(store_open("/nonexistent/deep/state", &other, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_false(store_open("/dev/null", &other, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
}

/* Overwrites [from, from + length) of the closed database. */
static void damage(const char *path, long from, size_t length)
{
	FILE *file = fopen(path, "r+");
	assert_non_null(file);
	fseek(file, from, SEEK_SET);
	for (size_t i = 0; i < length; i++)
		fputc('#', file);
	fclose(file);
}

/* Too large to be read whole each time it is opened: store_examine does. */
static void a_large_store_is_examined(void **state)
{
	static const char filling[] = "CREATE TABLE filling AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
				      " SELECT i, hex(randomblob(2000)) AS text FROM n; PRAGMA wal_checkpoint(TRUNCATE);";
	struct fixture *fixture = *state;
	const char *path = arena_printf(fixture->arena, "%s/store.db", fixture->directory);
	sqlite3 *raw = NULL;
	assert_true(store_examine(fixture->store, &fixture->err));
	store_close(&fixture->store);
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, filling, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	assert_true(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_true(store_examine(fixture->store, &fixture->err));
	store_close(&fixture->store);
	damage(path, 4800L * 4096, 9000);
	assert_true(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_false(store_examine(fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_non_null(strstr(error_text(&fixture->err), "damaged"));
}

static void damage_and_strangers_are_refused(void **state)
{
	struct fixture *fixture = *state;
	const char *path = arena_printf(fixture->arena, "%s/store.db", fixture->directory);
	store_close(&fixture->store);
	damage(path, 4096, 3000);
	assert_false(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_non_null(strstr(error_text(&fixture->err), "damaged"));
	damage(path, 0, 200);
	assert_false(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);

	assert_int_equal(unlink(path), 0);
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "CREATE TABLE theirs (x)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_false(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);

	assert_int_equal(unlink(path), 0);
	assert_true(store_open(fixture->directory, &fixture->store, &fixture->err));
	store_close(&fixture->store);
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_false(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_non_null(strstr(error_text(&fixture->err), "newer"));
}

/* Several threads and a second handle write at once; nothing is lost and the chain holds. */
struct writer {
	struct store *store;
	int failures;
};

static void *write_many(void *argument)
{
	struct writer *writer = argument;
	for (int i = 0; i < 40; i++)
		if (!store_journal(writer->store, "viewed", NULL, "thread", NULL, NOW, NULL))
			writer->failures++;
	return NULL;
}

static void writers_share(void **state)
{
	struct fixture *fixture = *state;
	struct store *second = NULL;
	assert_true(store_open(fixture->directory, &second, &fixture->err));
	pthread_t threads[4];
	struct writer writers[4];
	for (int i = 0; i < 4; i++) {
		writers[i] = (struct writer){ i % 2 == 0 ? fixture->store : second, 0 };
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, &writers[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(writers[i].failures, 0);
	}
	store_close(&second);
	int64_t lines, broken;
	assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(lines, 160);
	assert_int_equal(broken, 0);
}

static void locked_is_a_clear_retry(void **state)
{
	struct fixture *fixture = *state;
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_false(store_journal(fixture->store, "viewed", NULL, "x", NULL, NOW, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
	assert_non_null(strstr(error_text(&fixture->err), "locked"));
	assert_int_equal(sqlite3_exec(raw, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_true(store_journal(fixture->store, "viewed", NULL, "x", NULL, NOW, &fixture->err));
}

static void large_messages_fit(void **state)
{
	struct fixture *fixture = *state;
	size_t length = (size_t)64 * 1024 * 1024;
	char *octets = malloc(length);
	assert_non_null(octets);
	memset(octets, 'x', length);
	struct record record = a_record("CH-BIG", both_held);
	record.raw = (struct bytes){ octets, length };
	bool flag;
	const char *id;
	struct bytes raw;
	assert_true(keep(fixture, &record, &flag, &id));
	assert_true(store_read_raw(fixture->store, fixture->arena, "CH-BIG", &raw, &fixture->err));
	assert_true(bytes_equal(raw, record.raw));
	free(octets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(record_is_whole, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(mail_without_a_hold_keeps_no_content, store_case_set_up, store_case_tear_down),
		cmocka_unit_test(retries_are_known),
		cmocka_unit_test_setup_teardown(one_second_is_one_record, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(taking_back_withdraws_notices, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(taking_back_leaves_a_deed, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(moves_happen_once, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(prefixes_are_enough_when_unique, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(outbox_leases_and_gives_up, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(journal_knows_what_was_loaded_last, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(journal_chain_shows_meddling, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(summary_counts_the_period, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(opening_is_careful, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(damage_and_strangers_are_refused, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_large_store_is_examined, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(writers_share, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(locked_is_a_clear_retry, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(large_messages_fit, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
