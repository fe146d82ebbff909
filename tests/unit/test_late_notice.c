/* test_late_notice.c - a notice that waits for somebody's held copy: it goes when that is released, never when it is returned, and not
 * while the judgement that made it is taken back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <string.h>

#define NOW ((int64_t)1772442000)
#define MOSS "carl@marlbrook.example"
#define KHAN "amir@marlbrook.example"

/* A message to one recipient, with a notice that waits for another's held copy when `after` names its judgement. */
static void keep(struct fixture *fixture, const char *id, const char *to, enum outcome outcome, const char *after, int64_t at)
{
	const char *const recipients[] = { to };
	struct envelope envelope = { .from = "ruth@marlbrook.example", .recipients = recipients, .recipient_count = 1, .at = at };
	struct deferred_notice deferred = {
		.notice = { .kind = NOTICE_COMPANION, .to = MOSS, .message = BYTES("Subject: x\r\n\r\nCC councillor Amir Khan\r\n") },
		.after_id = after, .after_recipient = "CARL@marlbrook.example",
	};
	struct record record = {
		.id = id, .content_key = id, .at = at, .envelope = &envelope, .sender_address = "ruth@marlbrook.example", .outcome = outcome_name(outcome),
		.raw = BYTES("A: b\r\n\r\n"), .recipient_outcomes = &outcome, .deferred = &deferred, .deferred_count = after != NULL,
	};
	bool duplicate;
	const char *kept;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
	assert_string_equal(kept, id);
}

static const struct deed deed = { "dean@marlbrook.example", "agreed", NOW + 100 };

static void move(struct fixture *fixture, enum hold_state from, enum hold_state to)
{
	bool moved = false;
	assert_true(store_move(fixture->store, "CH-A", MOSS, from, to, &deed, NULL, &moved, &fixture->err));
	assert_true(moved);
}

static void release(struct fixture *fixture)
{
	move(fixture, HOLD_HELD, HOLD_RELEASING);
	move(fixture, HOLD_RELEASING, HOLD_RELEASED);
}

/* How many companion notices may be sent by now. */
static size_t sent(struct fixture *fixture)
{
	size_t count = 0;
	struct outgoing out;
	bool found = true;
	while (store_outbox_take(fixture->store, fixture->arena, NOW + 1000, 86400, &found, &out, &fixture->err) && found) {
		assert_string_equal(out.kind, "companion");
		assert_string_equal(out.to, MOSS);
		assert_string_equal(out.id, "CH-B");
		count++;
	}
	assert_false(found);
	return count;
}

static void it_goes_with_the_release(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-A", MOSS, OUTCOME_HOLD, NULL, NOW);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 10);
	assert_int_equal(sent(fixture), 0);
	move(fixture, HOLD_HELD, HOLD_RELEASING);
	move(fixture, HOLD_RELEASING, HOLD_HELD); /* the mail server was away */
	assert_int_equal(sent(fixture), 0);
	release(fixture);
	assert_int_equal(sent(fixture), 1);
	assert_int_equal(sent(fixture), 0);
}

static void it_goes_at_once_after_the_release(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-A", MOSS, OUTCOME_HOLD, NULL, NOW);
	release(fixture);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 200);
	assert_int_equal(sent(fixture), 1);
}

static void it_never_goes_after_a_return(void **state)
{
	struct fixture *fixture = *state;
	struct notice returned = { .kind = NOTICE_RETURNED, .to = "nobody@marlbrook.example", .message = BYTES("A: b\r\n\r\n") };
	size_t moved = 0;
	keep(fixture, "CH-A", MOSS, OUTCOME_HOLD, NULL, NOW);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 10);
	struct outgoing out;
	bool found = true;
	assert_true(store_return(fixture->store, "CH-A", &deed, &returned, &moved, &fixture->err));
	assert_int_equal(moved, 1);
	assert_true(store_outbox_take(fixture->store, fixture->arena, NOW + 1000, 86400, &found, &out, &fixture->err));
	assert_true(found);
	assert_string_equal(out.kind, "returned");
	assert_int_equal(sent(fixture), 0);
	keep(fixture, "CH-C", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 20);
	assert_int_equal(sent(fixture), 0);
}

/* What is not held, or was never there, is waited for by nobody. */
static void it_is_for_held_copies(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-A", MOSS, OUTCOME_ANNOTATE, NULL, NOW);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 10);
	keep(fixture, "CH-C", KHAN, OUTCOME_ANNOTATE, "CH-NOWHERE", NOW + 11);
	assert_int_equal(sent(fixture), 0);
}

static void what_was_taken_back_tells_nobody(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-A", MOSS, OUTCOME_HOLD, NULL, NOW);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 10);
	assert_true(store_void(fixture->store, "CH-B", NOW + 11, &fixture->err));
	release(fixture);
	assert_int_equal(sent(fixture), 0);
}

/* The mail server tried again: the notice composed then still waits. */
static void what_is_revived_tells(void **state)
{
	struct fixture *fixture = *state;
	keep(fixture, "CH-A", MOSS, OUTCOME_HOLD, NULL, NOW);
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, "CH-A", NOW + 10);
	assert_true(store_void(fixture->store, "CH-B", NOW + 11, &fixture->err));
	keep(fixture, "CH-B", KHAN, OUTCOME_ANNOTATE, NULL, NOW + 60);
	release(fixture);
	assert_int_equal(sent(fixture), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_goes_with_the_release, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(it_goes_at_once_after_the_release, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(it_never_goes_after_a_return, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(it_is_for_held_copies, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_was_taken_back_tells_nobody, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(what_is_revived_tells, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
