/* test_told.c - nobody is told the same twice a day for one conversation, nor without end; each message that is kept back is told of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

#define NOW ((int64_t)1772442000)
#define HOUR ((int64_t)3600)

struct own {
	int count;
};

static int set_up(void **state)
{
	store_case_set_up(state);
	struct fixture *fixture = *state;
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	return 0;
}

struct telling {
	enum notice_kind kind;
	const char *to, *rule, *thread;
	int64_t at;
};

static const char *keep(struct fixture *fixture, const struct telling *telling, int most)
{
	static const char *const recipients[] = { "carl@marlbrook.example" };
	const enum outcome outcome = telling->kind == NOTICE_HELD ? OUTCOME_HOLD : OUTCOME_ANNOTATE;
	struct envelope envelope = { .from = telling->to, .recipients = recipients, .recipient_count = 1, .at = telling->at };
	struct notice notice = { .kind = telling->kind, .to = telling->to, .message = BYTES("Subject: x\r\n\r\nx\r\n"), .rule = telling->rule };
	const char *id = arena_printf(fixture->arena, "CH-%d", ++fixture->own->count), *kept;
	struct record record = {
		.id = id, .content_key = id, .at = telling->at, .envelope = &envelope, .sender_address = telling->to, .outcome = outcome_name(outcome),
		.thread = telling->thread, .raw = BYTES("A: b\r\n\r\n"), .recipient_outcomes = &outcome, .notices = &notice, .notice_count = 1,
		.notices_a_day = most,
	};
	bool duplicate;
	assert_true(store_record(fixture->store, fixture->arena, &record, 5, &duplicate, &kept, &fixture->err));
	return id;
}

static size_t waiting(struct fixture *fixture)
{
	struct summary summary;
	assert_true(store_summary(fixture->store, fixture->arena, 0, 1, 1, &summary, &fixture->err));
	return (size_t)summary.outbox_waiting;
}

/* Whether a notice came of it. */
static bool told(struct fixture *fixture, struct telling telling, int most)
{
	size_t before = waiting(fixture);
	keep(fixture, &telling, most);
	return waiting(fixture) > before;
}

static size_t lines_of(struct fixture *fixture, const char *what)
{
	const struct journal_line *lines;
	size_t count = 0, found = 0;
	assert_true(store_journal_list(fixture->store, fixture->arena, 0, NOW + 1000 * HOUR, &lines, &count, &fixture->err));
	for (size_t i = 0; i < count; i++)
		found += strcmp(lines[i].what, what) == 0;
	return found;
}

#define RUTH "ruth@marlbrook.example"

static void once_a_day_for_rule_and_conversation(void **state)
{
	struct fixture *fixture = *state;
	struct telling telling = { NOTICE_ANNOTATED, RUTH, "silent-copy", "<1@x>", NOW };
	assert_true(told(fixture, telling, 0));
	telling.at = NOW + HOUR;
	assert_false(told(fixture, telling, 0));
	telling.kind = NOTICE_ADVICE; /* another kind says the same again */
	assert_false(told(fixture, telling, 0));
	assert_int_equal(lines_of(fixture, "notice-left-out"), 2);
	/* Another rule, conversation or person; and a conversation that is not known. */
	assert_true(told(fixture, (struct telling){ NOTICE_ADVICE, RUTH, "copy-footer", "<1@x>", NOW + HOUR }, 0));
	assert_true(told(fixture, (struct telling){ NOTICE_ADVICE, RUTH, "silent-copy", "<2@x>", NOW + HOUR }, 0));
	assert_true(told(fixture, (struct telling){ NOTICE_ADVICE, "dewi@marlbrook.example", "silent-copy", "<1@x>", NOW + HOUR }, 0));
	assert_true(told(fixture, (struct telling){ NOTICE_ADVICE, RUTH, "silent-copy", NULL, NOW + HOUR }, 0));
	assert_true(told(fixture, (struct telling){ NOTICE_ADVICE, RUTH, "silent-copy", NULL, NOW + 2 * HOUR }, 0));
	/* On the next day. */
	telling.at = NOW + 25 * HOUR;
	assert_true(told(fixture, telling, 0));
}

static void every_hold_is_told(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 5; i++)
		assert_true(told(fixture, (struct telling){ NOTICE_HELD, RUTH, NULL, "<1@x>", NOW + i }, 100));
}

static void not_without_end(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 12; i++)
		assert_int_equal(told(fixture, (struct telling){ i % 2 == 0 ? NOTICE_HELD : NOTICE_ADVICE, RUTH, NULL, NULL, NOW + i }, 10), i < 10);
	assert_int_equal(lines_of(fixture, "notice-left-out"), 2);
	assert_true(told(fixture, (struct telling){ NOTICE_COMPANION, RUTH, NULL, NULL, NOW + 20 }, 10));
	assert_true(told(fixture, (struct telling){ NOTICE_HELD, "dewi@marlbrook.example", NULL, NULL, NOW + 20 }, 10));
	assert_true(told(fixture, (struct telling){ NOTICE_HELD, RUTH, NULL, NULL, NOW + 25 * HOUR }, 10));
}

/* What was taken back has told nobody. */
static void taken_back_is_not_told(void **state)
{
	struct fixture *fixture = *state;
	struct telling telling = { NOTICE_ADVICE, RUTH, "silent-copy", "<1@x>", NOW };
	const char *id = keep(fixture, &telling, 0);
	assert_true(store_void(fixture->store, id, NOW + 1, &fixture->err));
	telling.at = NOW + 60;
	assert_true(told(fixture, telling, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(once_a_day_for_rule_and_conversation, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(every_hold_is_told, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(not_without_end, set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(taken_back_is_not_told, set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
