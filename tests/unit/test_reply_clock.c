/* test_reply_clock.c - clocks in the store: one for each matter, ended by who answers, and taken back with the message.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <string.h>

#include "store/reply_clock.h"

#define NOW INT64_C(1772442000) /* 2026-03-02T09:00:00Z */
#define DAY ((int64_t)86400)

static const char *const officers[] = { "nia@marl.example", "sam@marl.example" };
static const char *const moss[] = { "moss@marl.example" };

static struct clock_start start_as(const char *message_id, const char *const *references, size_t reference_count)
{
	return (struct clock_start){
		.rule = "reply-due", .message_id = message_id, .key = message_id, .thread = "<start>", .topic = "topic", .member = moss[0],
		.officer = officers[0], .officers = officers, .officer_count = 2, .references = references, .reference_count = reference_count,
		.contact_due = NOW + 3 * DAY, .response_due = NOW + 7 * DAY, .contact_reminder = NOW + 2 * DAY, .response_reminder = NOW + 6 * DAY,
	};
}

static struct clock_reply reply_as(const char *const *references, bool holding)
{
	return (struct clock_reply){ .rule = "reply-due", .members = moss, .member_count = 1, .officers = officers, .officer_count = 2,
				     .references = references, .reference_count = references == NULL ? 0 : 1, .holding = holding };
}

static const char *record(struct fixture *fixture, const char *id, const char *key, int64_t at, const struct clock_changes *changes)
{
	static const char *const recipients[] = { "nia@marl.example" };
	static const enum outcome outcomes[] = { OUTCOME_DELIVER };
	struct envelope envelope = { .from = moss[0], .recipients = recipients, .recipient_count = 1, .at = at };
	struct clock_changes own = *changes;
	own.id = id;
	own.at = at;
	struct record whole = { .id = id, .content_key = key, .at = at, .envelope = &envelope, .outcome = "deliver",
				.recipient_outcomes = outcomes, .clocks = &own };
	bool duplicate;
	const char *kept;
	if (!store_record(fixture->store, fixture->arena, &whole, 5, &duplicate, &kept, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return kept;
}

static struct reply_clock_list running(struct fixture *fixture, int64_t at)
{
	struct reply_clock_list list;
	if (!store_clocks_running(fixture->store, fixture->arena, at, &list, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	return list;
}

static void replied(struct fixture *fixture, const struct clock_reply *reply, const char *id, int64_t at)
{
	struct clock_changes changes = { .id = id, .at = at, .replies = reply, .reply_count = 1 };
	if (!store_clock_replies(fixture->store, fixture->arena, &changes, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
}

static void a_matter_has_one_clock(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" }, *const chaser[] = { "<b>", "<a>" }, *const alone[] = { "<c>" };
	struct clock_start first = start_as("<a>", own, 1), second = start_as("<b>", chaser, 2), other = start_as("<c>", alone, 1);
	record(fixture, "CH-1", "1", NOW, &(struct clock_changes){ .starts = &first, .start_count = 1 });
	record(fixture, "CH-2", "1", NOW + 300, &(struct clock_changes){ .starts = &first, .start_count = 1 });
	record(fixture, "CH-3", "2", NOW + 600, &(struct clock_changes){ .starts = &second, .start_count = 1 });
	assert_int_equal(running(fixture, NOW + DAY).count, 1);
	assert_int_equal(running(fixture, NOW - 1).count, 0);
	other.thread = other.topic = NULL;
	record(fixture, "CH-4", "3", NOW + 900, &(struct clock_changes){ .starts = &other, .start_count = 1 });
	other.rule = "another-rule";
	record(fixture, "CH-5", "4", NOW + 900, &(struct clock_changes){ .starts = &other, .start_count = 1 });
	struct reply_clock_list list = running(fixture, NOW + DAY);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.items[0].id, "CH-1");
	assert_string_equal(list.items[0].from, moss[0]);
	assert_int_equal(list.items[0].response_due, NOW + 7 * DAY);
}

static void replies_end_what_they_answer(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" }, *const elsewhere[] = { "<z>" }, *const thread[] = { "<start>" };
	struct clock_start start = start_as("<a>", own, 1);
	struct clock_reply wrong = reply_as(elsewhere, false), right = reply_as(thread, false), holding = reply_as(own, true);
	record(fixture, "CH-1", "1", NOW, &(struct clock_changes){ .starts = &start, .start_count = 1 });
	replied(fixture, &wrong, "CH-9", NOW + DAY);
	replied(fixture, &right, "CH-9", NOW - 1);
	wrong = right;
	wrong.rule = "another-rule";
	replied(fixture, &wrong, "CH-9", NOW + DAY);
	wrong = right;
	wrong.officer_count = 0;
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
	record(fixture, "CH-2", "2", NOW + 6 * DAY, &(struct clock_changes){ .starts = &start, .start_count = 1 });
	assert_int_equal(running(fixture, NOW + 7 * DAY).count, 1);
}

static void what_is_taken_back_did_nothing(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct clock_start start = start_as("<a>", own, 1);
	struct clock_reply reply = reply_as(own, false);
	record(fixture, "CH-1", "1", NOW, &(struct clock_changes){ .starts = &start, .start_count = 1 });
	assert_true(store_void(fixture->store, "CH-1", NOW + 1, &fixture->err));
	assert_int_equal(running(fixture, NOW + DAY).count, 0);
	/* the sender tries again: the same record, the same clock */
	assert_string_equal(record(fixture, "CH-2", "1", NOW + 300, &(struct clock_changes){ .starts = &start, .start_count = 1 }), "CH-1");
	assert_int_equal(running(fixture, NOW + DAY).count, 1);
	record(fixture, "CH-3", "3", NOW + DAY, &(struct clock_changes){ .replies = &reply, .reply_count = 1 });
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 0);
	assert_true(store_void(fixture->store, "CH-3", NOW + DAY + 1, &fixture->err));
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
	assert_string_equal(record(fixture, "CH-4", "3", NOW + DAY + 300, &(struct clock_changes){ .replies = &reply, .reply_count = 1 }), "CH-3");
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 0);
	assert_true(store_void(fixture->store, "CH-3", NOW + DAY + 301, &fixture->err));
	assert_int_equal(running(fixture, NOW + 2 * DAY).count, 1);
}

static void marks_and_reminders_happen_once(void **state)
{
	struct fixture *fixture = *state;
	static const char *const own[] = { "<a>" };
	struct clock_start start = start_as("<a>", own, 1);
	struct deed deed = { "clerk", "phoned 12/3", NOW + 2 * DAY };
	struct notice notice = { .kind = NOTICE_REMINDER, .to = officers[0], .message = BYTES("Subject: x\r\n\r\n") };
	size_t ended = 0;
	bool done = false;
	record(fixture, "CH-1", "1", NOW, &(struct clock_changes){ .starts = &start, .start_count = 1 });
	struct reply_clock clock = running(fixture, NOW + DAY).items[0];
	assert_true(store_clock_reminded(fixture->store, &clock, CLOCK_CONTACT, &notice, NOW + DAY, &done, &fixture->err));
	assert_true(done);
	assert_true(store_clock_reminded(fixture->store, &clock, CLOCK_CONTACT, &notice, NOW + DAY, &done, &fixture->err));
	assert_false(done);
	assert_int_equal(running(fixture, NOW + DAY).items[0].contact_reminded_at, NOW + DAY);
	assert_true(store_clock_mark(fixture->store, "CH-9", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 0);
	assert_true(store_clock_mark(fixture->store, "CH-1", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 1);
	assert_true(store_clock_mark(fixture->store, "CH-1", &deed, &ended, &fixture->err));
	assert_int_equal(ended, 0);
	assert_true(store_clock_reminded(fixture->store, &clock, CLOCK_RESPONSE, &notice, NOW + 6 * DAY, &done, &fixture->err));
	assert_false(done);
	assert_int_equal(running(fixture, NOW + 3 * DAY).count, 0);
	int64_t lines = 0, broken = 0;
	assert_true(store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
	assert_int_equal(broken, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_matter_has_one_clock, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(replies_end_what_they_answer, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_is_taken_back_did_nothing, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(marks_and_reminders_happen_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
