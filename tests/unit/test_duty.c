/* test_duty.c - clocks in the store: one for each matter, ended by who answers, and taken back with the message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <sqlite3.h>
#include <string.h>

#include "store/browse.h"
#include "store/passing.h"

#define NOW INT64_C(1772442000) /* 2026-03-02T09:00:00Z */
#define BEFORE_DUTIES "15" /* the schema's version that had clocks of replies alone */
#define DAY ((int64_t)86400)

static const char *const officers[] = { "nia@marl.example", "sam@marl.example" };
static const char *const moss[] = { "moss@marl.example" };

static struct duty_start start_as(const char *message_id, const char *const *references, size_t reference_count)
{
	return (struct duty_start){
		.rule = "reply-due", .message_id = message_id, .key = message_id, .thread = "<start>", .topic = "topic", .waiting = moss[0],
		.owner = officers[0], .owners = officers, .owner_count = 2, .references = references, .reference_count = reference_count,
		.contact_due = NOW + 3 * DAY, .due = NOW + 7 * DAY, .contact_reminder = NOW + 2 * DAY, .reminder = NOW + 6 * DAY,
	};
}

static struct duty_deed reply_as(const char *const *references, bool holding)
{
	return (struct duty_deed){ .rule = "reply-due", .waiting = moss, .waiting_count = 1, .owners = officers, .owner_count = 2,
				     .references = references, .reference_count = references == NULL ? 0 : 1, .holding = holding };
}

static const char *record(struct fixture *fixture, const char *id, const char *key, int64_t at, const struct duty_changes *changes)
{
	static const char *const recipients[] = { "nia@marl.example" };
	static const enum outcome outcomes[] = { OUTCOME_DELIVER };
	struct envelope envelope = { .from = moss[0], .recipients = recipients, .recipient_count = 1, .at = at };
	struct duty_changes own = *changes;
	own.id = id;
	own.at = at;
	struct record whole = { .id = id, .content_key = key, .at = at, .envelope = &envelope, .outcome = "deliver",
				.recipient_outcomes = outcomes, .duties = &own };
	bool duplicate;
	const char *kept;
	if (!store_record(fixture->store, fixture->arena, &whole, 5, &duplicate, &kept, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return kept;
}

static struct duty_list running(struct fixture *fixture, int64_t at)
{
	struct duty_list list;
	if (!store_duties_running(fixture->store, fixture->arena, at, &list, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return list;
}

static void replied(struct fixture *fixture, const struct duty_deed *reply, const char *id, int64_t at)
{
	struct duty_changes changes = { .id = id, .at = at, .deeds = reply, .deed_count = 1 };
	struct passing passing = { .id = id, .at = at, .duties = &changes };
	if (!store_pass(fixture->store, fixture->arena, &passing, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
}

static void a_matter_has_one_clock(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" }, *const chaser[] = { "<b>", "<a>" }, *const alone[] = { "<c>" };
	struct duty_start first = start_as("<a>", own, 1), second = start_as("<b>", chaser, 2), other = start_as("<c>", alone, 1);
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &first, .start_count = 1 });
	record(fixture, "CH-2", "1", NOW + 300, &(struct duty_changes){ .starts = &first, .start_count = 1 });
	record(fixture, "CH-3", "2", NOW + 600, &(struct duty_changes){ .starts = &second, .start_count = 1 });
	assert_int_equal(running(fixture, NOW + DAY).count, 1);
	assert_int_equal(running(fixture, NOW - 1).count, 0);
	other.thread = other.topic = NULL;
	record(fixture, "CH-4", "3", NOW + 900, &(struct duty_changes){ .starts = &other, .start_count = 1 });
	other.rule = "another-rule";
	record(fixture, "CH-5", "4", NOW + 900, &(struct duty_changes){ .starts = &other, .start_count = 1 });
	struct duty_list list = running(fixture, NOW + DAY);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.items[0].id, "CH-1");
	assert_string_equal(list.items[0].from, moss[0]);
	assert_int_equal(list.items[0].due, NOW + 7 * DAY);
}

static void replies_end_what_they_answer(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" }, *const elsewhere[] = { "<z>" }, *const thread[] = { "<start>" };
	struct duty_start start = start_as("<a>", own, 1);
	struct duty_deed wrong = reply_as(elsewhere, false), right = reply_as(thread, false), holding = reply_as(own, true);
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	replied(fixture, &wrong, "CH-9", NOW + DAY);
	replied(fixture, &right, "CH-9", NOW - 1);
	wrong = right;
	wrong.rule = "another-rule";
	replied(fixture, &wrong, "CH-9", NOW + DAY);
	wrong = right;
	wrong.owner_count = 0;
	replied(fixture, &wrong, "CH-9", NOW + DAY);
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
	replied(fixture, &holding, "CH-8", NOW + DAY);
	assert_int_equal(running(fixture, NOW + 2 * DAY).items[0].contacted_at, NOW + DAY);
	assert_int_equal(running(fixture, NOW + DAY / 2).items[0].contacted_at, 0);
	holding.promised = NOW + 20 * DAY;
	replied(fixture, &holding, "CH-7", NOW + 2 * DAY);
	assert_int_equal(running(fixture, NOW + 3 * DAY).items[0].promised, NOW + 20 * DAY);
	assert_int_equal(running(fixture, NOW + DAY).items[0].promised, 0);
	replied(fixture, &right, "CH-6", NOW + 4 * DAY);
	assert_int_equal(running(fixture, NOW + 5 * DAY).count, 0);
	assert_int_equal(running(fixture, NOW + 3 * DAY).count, 1);
	/* the next concern of that conversation is a new one */
	start.message_id = start.key = "<b>";
	record(fixture, "CH-2", "2", NOW + 6 * DAY, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	assert_int_equal(running(fixture, NOW + 7 * DAY).count, 1);
}

static void what_is_taken_back_did_nothing(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct duty_start start = start_as("<a>", own, 1);
	struct duty_deed reply = reply_as(own, false);
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	assert_true(store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
	assert_int_equal(running(fixture, NOW + DAY).count, 0);
	/* the sender tries again: the same record, the same clock */
	assert_string_equal(record(fixture, "CH-2", "1", NOW + 300, &(struct duty_changes){ .starts = &start, .start_count = 1 }), "CH-1");
	assert_int_equal(running(fixture, NOW + DAY).count, 1);
	record(fixture, "CH-3", "3", NOW + DAY, &(struct duty_changes){ .deeds = &reply, .deed_count = 1 });
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 0);
	assert_true(store_void(fixture->store, "CH-3", NOW + DAY + 1, &fixture->err));
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
	assert_string_equal(record(fixture, "CH-4", "3", NOW + DAY + 300, &(struct duty_changes){ .deeds = &reply, .deed_count = 1 }), "CH-3");
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 0);
	assert_true(store_void(fixture->store, "CH-3", NOW + DAY + 301, &fixture->err));
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
	/* the same of one that has no record */
	const struct duty_changes changes = { .id = "CH-5", .at = NOW + DAY, .deeds = &reply, .deed_count = 1 };
	replied(fixture, &reply, "CH-5", NOW + DAY);
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 0);
	assert_true(store_pass_take_back(fixture->store, &(struct passing){ .id = "CH-5", .at = NOW + DAY, .duties = &changes }, NOW + DAY + 1,
					 &fixture->err));
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
	/* and that it was is told of the message that waits for it, once for each */
	const struct journal_line *lines;
	size_t count = 0;
	assert_true(store_journal_of(fixture->store, fixture->arena, "reply-taken-back", &lines, &count, &fixture->err));
	assert_int_equal(count, 3);
	assert_string_equal(lines[2].id, "CH-1");
	assert_int_equal(lines[2].at, NOW + DAY + 1);
	assert_string_equal(lines[2].detail, "{\"rule\":\"reply-due\"}");
}

/* A promise moves the day and its reminder; taken back, what stood before stands again, be it another promise. */
static void a_promise_taken_back_moves_nothing(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct duty_start start = start_as("<a>", own, 1);
	struct duty_deed holding = reply_as(own, true);
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	const struct duty before = running(fixture, NOW + 2 * DAY).items[0];
	assert_int_not_equal(before.reminder, 0);
	for (int earlier = 0; earlier < 2; earlier++) {
		const int64_t promised = earlier ? NOW + 20 * DAY : 0, reminder = earlier ? NOW + 19 * DAY : before.reminder;
		holding.promised = NOW + 30 * DAY;
		holding.promised_reminder = NOW + 29 * DAY;
		const struct duty_changes changes = { .id = "CH-3", .at = NOW + DAY + 1, .deeds = &holding, .deed_count = 1 };
		replied(fixture, &holding, "CH-3", NOW + DAY + 1);
		assert_int_equal(running(fixture, NOW + 2 * DAY).items[0].reminder, NOW + 29 * DAY);
		assert_true(store_pass_take_back(fixture->store, &(struct passing){ .id = "CH-3", .at = changes.at, .duties = &changes }, changes.at,
						 &fixture->err));
		const struct duty after = running(fixture, NOW + 2 * DAY).items[0];
		assert_int_equal(after.promised, promised);
		assert_int_equal(after.reminder, reminder);
		assert_int_equal(after.contacted_at, earlier ? NOW + DAY : 0);
		holding.promised = NOW + 20 * DAY;
		holding.promised_reminder = NOW + 19 * DAY;
		replied(fixture, &holding, "CH-2", NOW + DAY);
	}
}

static void marks_and_reminders_happen_once(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct duty_start start = start_as("<a>", own, 1);
	struct deed deed = { "clerk", "phoned 12/3", NOW + 2 * DAY };
	struct notice notice = { .kind = NOTICE_REMINDER, .to = officers[0], .message = BYTES("Subject: x\r\n\r\n") };
	size_t ended = 0;
	bool done = false;
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	struct duty clock = running(fixture, NOW + DAY).items[0];
	assert_true(store_duties_reminded(fixture->store, &clock, 1, &(struct duty_reminder){ DUTY_CONTACT, DUTY_CONTACT, &notice, 1, NOW + DAY }, &done,
					  &fixture->err));
	assert_true(done);
	assert_true(store_duties_reminded(fixture->store, &clock, 1, &(struct duty_reminder){ DUTY_CONTACT, DUTY_CONTACT, &notice, 1, NOW + DAY }, &done,
					  &fixture->err));
	assert_false(done);
	assert_int_equal(running(fixture, NOW + DAY).items[0].contact_reminded_at, NOW + DAY);
	assert_true(store_duty_mark(fixture->store, "CH-9", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 0);
	assert_true(store_duty_mark(fixture->store, "CH-1", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 1);
	assert_true(store_duty_mark(fixture->store, "CH-1", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 0);
	assert_true(store_duties_reminded(fixture->store, &clock, 1, &(struct duty_reminder){ DUTY_DEED, DUTY_DEED, &notice, 1, NOW + 6 * DAY }, &done,
					  &fixture->err));
	assert_false(done);
	assert_int_equal(running(fixture, NOW + 3 * DAY).count, 0);
	int64_t lines = 0, broken = 0;
	assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(broken, 0);
}

/* One message, three groups that wait: each is told by itself, by anybody, and what it is about ties them. */
static void a_duty_may_be_owed_to_several(void **state)
{
	struct fixture *fixture = *state;
	static const char *const groups[] = { "group:Green", "group:Red" }, *const blue[] = { "Blue" }, *const others[] = { "Green" };
	struct duty_start starts[2];
	for (size_t i = 0; i < 2; i++)
		starts[i] = (struct duty_start){ .rule = "parity", .message_id = "<p>", .key = "<p>", .matter = "Blue", .waiting = groups[i],
						 .owner = officers[0], .owners = officers, .owner_count = 2, .due = NOW + 7 * DAY,
						 .contact_reminder = NOW, .lapses = NOW + 30 * DAY };
	struct duty_deed deed = { .rule = "parity", .waiting = groups, .waiting_count = 1, .matters = others, .matter_count = 1, .by_anybody = true };
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = starts, .start_count = 2 });
	record(fixture, "CH-2", "2", NOW + 60, &(struct duty_changes){ .starts = starts, .start_count = 2 });
	struct duty_list both = running(fixture, NOW + DAY), list = both;
	struct notice letter = { .kind = NOTICE_REMINDER, .to = officers[0], .message = BYTES("Subject: x\r\n\r\n") };
	bool done = false;
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0].waiting, groups[0]);
	assert_string_equal(list.items[1].matter, "Blue");
	assert_int_equal(list.items[0].contact_due, 0);
	assert_int_equal(running(fixture, NOW + 30 * DAY).count, 0);
	replied(fixture, &deed, "CH-9", NOW + DAY);
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 2);
	deed.matters = blue;
	replied(fixture, &deed, "CH-9", NOW + 30 * DAY); /* lapsed */
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 2);
	deed.by_anybody = false;
	replied(fixture, &deed, "CH-9", NOW + DAY);
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 2);
	deed.by_anybody = true;
	replied(fixture, &deed, "CH-1", NOW + DAY); /* what it lays on it does not do */
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 2);
	replied(fixture, &deed, "CH-9", NOW + DAY);
	list = running(fixture, NOW + 2 * DAY);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].waiting, groups[1]);
	struct journal_line line;
	assert_true(store_journal_last(fixture->store, fixture->arena, "reply-seen", &line, &fixture->err));
	assert_string_equal(line.detail, "{\"rule\":\"parity\",\"kind\":\"deed\"}");
	/* one letter for all that wait, as long as somebody does */
	assert_true(store_duties_reminded(fixture->store, both.items, both.count, &(struct duty_reminder){ DUTY_CONTACT, DUTY_DEED, &letter, 1, NOW + 2 * DAY }, &done,
					  &fixture->err));
	assert_true(done);
	assert_true(store_duties_reminded(fixture->store, both.items, both.count, &(struct duty_reminder){ DUTY_CONTACT, DUTY_DEED, &letter, 1, NOW + 2 * DAY }, &done,
					  &fixture->err));
	assert_false(done);
	list = running(fixture, NOW + 2 * DAY);
	assert_int_equal(list.items[0].contact_reminded_at, NOW + 2 * DAY);
	assert_int_equal(list.items[0].reminded_at, NOW + 2 * DAY);
	deed = (struct duty_deed){ .rule = "parity", .waiting = groups, .waiting_count = 2, .any_matter = true, .by_anybody = true };
	replied(fixture, &deed, "CH-10", NOW + 2 * DAY);
	assert_int_equal(running(fixture, NOW + 3 * DAY).count, 0);
}

static int letters_waiting(struct fixture *fixture)
{
	sqlite3 *raw = NULL;
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw, "SELECT count(*) FROM outbox", -1, &query, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	int count = sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	return count;
}

/* The deputies are told once, each with a letter, whether the owner was or not; not of what has ended. */
static void deputies_are_told_once(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct duty_start start = start_as("<a>", own, 1);
	struct notice letters[] = { { .kind = NOTICE_REMINDER, .to = officers[0], .message = BYTES("Subject: x\r\n\r\n") },
				    { .kind = NOTICE_REMINDER, .to = officers[1], .message = BYTES("Subject: x\r\n\r\n") } };
	struct duty_reminder reminder = { DUTY_DEPUTY, DUTY_DEPUTY, letters, 2, NOW + 12 * DAY };
	struct deed deed = { "clerk", "phoned", NOW + 13 * DAY };
	size_t ended = 0;
	bool done = false;
	start.deputy_reminder = NOW + 11 * DAY;
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	struct duty duty = running(fixture, NOW + 12 * DAY).items[0];
	assert_int_equal(duty.deputy_reminder, NOW + 11 * DAY);
	assert_int_equal(duty.deputy_reminded_at, 0);
	for (size_t i = 0; i < 2; i++) {
		assert_true(store_duties_reminded(fixture->store, &duty, 1, &reminder, &done, &fixture->err));
		assert_int_equal(done, i == 0);
		assert_int_equal(letters_waiting(fixture), 2);
	}
	duty = running(fixture, NOW + 12 * DAY).items[0];
	assert_int_equal(duty.deputy_reminded_at, NOW + 12 * DAY);
	assert_int_equal(duty.reminded_at + duty.contact_reminded_at, 0);
	assert_true(store_duty_mark(fixture->store, "CH-1", &deed, &ended, &fixture->err));
	assert_true(store_duties_reminded(fixture->store, &duty, 1, &reminder, &done, &fixture->err));
	assert_false(done);
}

/* A store of the version before duties: its clocks of replies become duties, and a second opening changes nothing. */
static void clocks_of_replies_are_carried_over(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	static const char back[] =
		"DROP TABLE plain_facts; ALTER TABLE answer DROP COLUMN facts; ALTER TABLE answer DROP COLUMN conclusion;" /* came later */
		"ALTER TABLE tally DROP COLUMN marked_private; ALTER TABLE message DROP COLUMN line;"
		"DROP TABLE duty;"
		"CREATE TABLE reply_clock ("
		" message TEXT NOT NULL REFERENCES message(id) ON DELETE CASCADE, rule TEXT NOT NULL, message_id TEXT, key TEXT NOT NULL, thread TEXT,"
		" topic TEXT, member TEXT NOT NULL, officer TEXT NOT NULL, started INTEGER NOT NULL, contact_due INTEGER NOT NULL,"
		" response_due INTEGER NOT NULL, contact_reminder INTEGER NOT NULL, response_reminder INTEGER NOT NULL, contacted_at INTEGER,"
		" contacted_by TEXT, promised_at INTEGER, promised INTEGER, promised_by TEXT, answered_at INTEGER, answered_by TEXT,"
		" contact_reminded_at INTEGER, response_reminded_at INTEGER, void INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (message, rule))"
		" STRICT, WITHOUT ROWID;"
		"INSERT INTO reply_clock SELECT id, 'reply-due', '<a>', '<a>', '<start>', 'topic', 'moss@marl.example', 'nia@marl.example', at,"
		" at + 1, at + 2, at + 3, at + 4, at + 5, 'CH-8', at + 6, at + 7, 'CH-7', NULL, NULL, at + 8, NULL, 0 FROM message;"
		"PRAGMA user_version = " BEFORE_DUTIES ";";
	struct duty_start start = start_as("<a>", own, 1);
	sqlite3 *raw = NULL;
	record(fixture, "CH-1", "1", NOW, &(struct duty_changes){ .starts = &start, .start_count = 1 });
	store_close(&fixture->store);
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, back, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(raw), SQLITE_OK);
	for (size_t i = 0; i < 2; i++) {
		store_close(&fixture->store);
		assert_true(store_open(fixture->directory, &fixture->store, &fixture->err));
		struct duty_list list = running(fixture, NOW + DAY);
		assert_int_equal(list.count, 1);
		const struct duty *duty = &list.items[0];
		assert_string_equal(duty->waiting, moss[0]);
		assert_string_equal(duty->owner, officers[0]);
		assert_string_equal(duty->message_id, "<a>");
		const int64_t numbers[] = { duty->contact_due, duty->due, duty->contact_reminder, duty->reminder, duty->contacted_at, duty->promised_at,
					    duty->promised, duty->contact_reminded_at };
		for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
			assert_int_equal(numbers[j], NOW + 1 + (int64_t)j);
		assert_int_equal(duty->reminded_at, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_matter_has_one_clock, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(replies_end_what_they_answer, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_is_taken_back_did_nothing, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_promise_taken_back_moves_nothing, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_duty_may_be_owed_to_several, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(deputies_are_told_once, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(clocks_of_replies_are_carried_over, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(marks_and_reminders_happen_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
