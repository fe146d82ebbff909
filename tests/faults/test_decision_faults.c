/* test_decision_faults.c - whatever fails in the store while a decision is made, confirmed, carried out or expires: it is there whole or
 * not at all, no recipient is sent to twice, and in the end all of it is done or a person's to decide.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/review_fixture.h"

#include <string.h>

#include "faulty_vfs.h"
#include "review/tend.h"

#define MOST_FAULTS 2000
#define LONG_AFTER (NOW + 20 * DAY + 4 * HOUR)

struct attempt {
	struct fixture *fixture;
	const char *id;
	bool made, undone;
	/* of the journal, once all is over */
	const struct journal_line *lines;
	size_t line_count;
};

static size_t lines_of(const struct attempt *attempt, const char *what, const char *recipient)
{
	size_t found = 0;
	for (size_t i = 0; i < attempt->line_count; i++)
		found += attempt->lines[i].id != NULL && strcmp(attempt->lines[i].id, attempt->id) == 0 &&
			 strcmp(attempt->lines[i].what, what) == 0 && (recipient == NULL || strstr(attempt->lines[i].detail, recipient) != NULL);
	return found;
}

static void tend(struct fixture *fixture, int64_t now)
{
	struct tended tended;
	if (!tend_run(&fixture->desk, now, &tended, &fixture->err))
		error_release(&fixture->err);
}

static void release(struct attempt *attempt)
{
	struct decision_answer answer;
	struct fixture *fixture = attempt->fixture;
	struct wish wish = { .id = attempt->id, .deed = DEED_RELEASE, .why = { "ruth", "x", NOW } };
	attempt->made = decide_make(&fixture->desk, fixture->arena, &wish, &answer, NULL);
	tend(fixture, NOW + 300);
}

static void confirm(struct attempt *attempt)
{
	struct decision_answer answer;
	struct fixture *fixture = attempt->fixture;
	struct wish wish = { .id = attempt->id, .deed = DEED_RELEASE, .why = { "ruth", "x", NOW } };
	struct deed dewi = { "dewi", "y", NOW };
	attempt->made = decide_make(&fixture->desk, fixture->arena, &wish, &answer, NULL) &&
			decide_confirm(&fixture->desk, fixture->arena, answer.decision->number, &dewi, false, &answer, NULL);
	tend(fixture, NOW + 300);
}

static void undo(struct attempt *attempt)
{
	struct decision_answer answer;
	struct fixture *fixture = attempt->fixture;
	struct wish wish = { .id = attempt->id, .deed = DEED_RELEASE, .why = { "ruth", "x", NOW } };
	struct deed dewi = { "dewi", "y", NOW };
	attempt->made = decide_make(&fixture->desk, fixture->arena, &wish, &answer, NULL);
	attempt->undone = attempt->made && decide_undo(&fixture->desk, fixture->arena, answer.decision->number, &dewi, &answer, NULL);
	tend(fixture, NOW + 300);
}

static void give_back(struct attempt *attempt)
{
	struct decision_answer answer;
	struct fixture *fixture = attempt->fixture;
	struct wish wish = { .id = attempt->id, .deed = DEED_RETURN, .why = { "ruth", "x", NOW } };
	attempt->made = decide_make(&fixture->desk, fixture->arena, &wish, &answer, NULL);
	tend(fixture, NOW + 300);
}

static void expire(struct attempt *attempt)
{
	tend(attempt->fixture, NOW + 20 * DAY);
	attempt->made = true;
}

static const struct {
	const char *rule;
	void (*live)(struct attempt *attempt);
	bool may_stay; /* nobody's failed wish is anybody's decision */
} cases[] = {
	{ "plain", release, true }, { "two", confirm, true }, { "plain", undo, true }, { "plain", give_back, true }, { "back", expire, false },
	{ "line", expire, false },
};

/* The store works again, and time passes. */
static void assert_settled(struct attempt *attempt, bool may_stay)
{
	struct fixture *fixture = attempt->fixture;
	struct arena *arena = arena_new();
	int64_t lines, broken;
	bool stays = false, lost_the_answer = false;
	fixture->desk.terms.expire_days = may_stay ? 0 : 5;
	for (int64_t now = NOW + 20 * DAY; now < LONG_AFTER; now += HOUR)
		tend(fixture, now);
	assert_true(store_journal_list(fixture->store, arena, 0, INT64_MAX, &attempt->lines, &attempt->line_count, NULL));
	for (size_t i = 0; i < 2; i++) {
		enum hold_state state = fixture_state(fixture, attempt->id, i);
		assert_true(state == HOLD_HELD || state == HOLD_RELEASED || state == HOLD_RETURNED || state == HOLD_IN_DOUBT);
		assert_true(lines_of(attempt, "releasing", fixture_to[i]) <= 1); /* what may have been sent is not sent again */
		assert_int_equal(lines_of(attempt, "released", fixture_to[i]), state == HOLD_RELEASED);
		stays = stays || state == HOLD_HELD;
		lost_the_answer = lost_the_answer || state == HOLD_IN_DOUBT;
	}
	struct decision_list list;
	assert_true(store_decision_list(fixture->store, fixture->arena, attempt->id, &list, NULL));
	for (size_t i = 0; i < list.count; i++)
		assert_true(list.items[i].state > DECISION_DOING || list.items[i].state == DECISION_CONFIRMING);
	assert_true(!stays || may_stay);
	assert_true(!attempt->made || attempt->undone || !stays);
	assert_true(!attempt->undone || (lines_of(attempt, "releasing", NULL) == 0 && stays));
	assert_true(lines_of(attempt, "returned", NULL) <= 1);
	assert_int_equal(lines_of(attempt, "decided", NULL), list.count);
	if (lost_the_answer)
		assert_int_equal(list.items[0].state, DECISION_FAILED);
	assert_true(store_journal_verify(fixture->store, &lines, &broken, NULL));
	assert_int_equal(broken, 0);
	arena_free(&arena);
}

/* A store of its own, so that its journal stays short. */
static void open_afresh(struct fixture *fixture, size_t which, enum fault fault, int nth)
{
	store_close(&fixture->store);
	fixture->state = arena_printf(fixture->arena, "%s/%zu-%d-%d", fixture->base, which, (int)fault, nth);
	assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
	fixture->desk.store = fixture->store;
}

static void strike(struct fixture *fixture, size_t which, enum fault fault)
{
	int nth = 1, tried = 0;
	for (; nth < MOST_FAULTS; nth = faulty_vfs_next(nth)) {
		struct attempt attempt = { .fixture = fixture, .id = arena_printf(fixture->arena, "CH-%zu-%d-%d", which, (int)fault, nth) };
		if (tried++ % 10 == 0)
			open_afresh(fixture, which, fault, nth);
		fixture_hold(fixture, attempt.id, cases[which].rule, NOW);
		faulty_vfs_arm(nth, fault);
		cases[which].live(&attempt);
		bool struck = faulty_vfs_struck();
		faulty_vfs_arm(0, fault);
		/* a connection that met a fault is not trusted any more */
		store_close(&fixture->store);
		assert_true(store_open(fixture->state, &fixture->store, &fixture->err));
		fixture->desk.store = fixture->store;
		assert_settled(&attempt, cases[which].may_stay);
		fixture_letters(fixture, "", NULL);
		if (!struck)
			break;
	}
	assert_true(nth > 10 && nth < MOST_FAULTS);
}

static void every_fault_leaves_all_or_nothing(void **state)
{
	struct fixture *fixture = *state;
	fixture->desk.terms.escalate_hours = 0;
	for (size_t which = 0; which < sizeof cases / sizeof *cases; which++)
		for (enum fault fault = FAULT_ONCE; fault < FAULT_COUNT; fault++)
			if (fault != FAULT_DEAD) /* the torn write is dead too */
				strike(fixture, which, fault);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_fault_leaves_all_or_nothing, fixture_set_up, fixture_tear_down),
	};
	faulty_vfs_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
