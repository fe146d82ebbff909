/* test_used_code.c - a one-time code that served is remembered for its time, also by who opens the store next.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include "store/used_code.h"

/* A code that served is known to whoever opens the store next, and no longer than it would still be taken. */
static void codes_serve_once(void **state)
{
	struct fixture *fixture = *state;
	bool mine = false;
	int64_t step = 7;
	assert_true(store_code_used(fixture->store, "ruth", 99, 101, &step, &fixture->err));
	assert_int_equal(step, 0);
	assert_true(store_code_claim(fixture->store, "ruth", 100, 99, 101, &mine, &fixture->err));
	assert_true(mine);
	assert_true(store_code_claim(fixture->store, "ruth", 100, 99, 101, &mine, &fixture->err));
	assert_false(mine);
	assert_true(store_code_claim(fixture->store, "ruth", 99, 99, 101, &mine, &fixture->err));
	assert_false(mine);
	assert_true(store_code_claim(fixture->store, "dewi", 100, 99, 101, &mine, &fixture->err));
	assert_true(mine);
	store_close(&fixture->store);
	assert_true(store_open(fixture->directory, &fixture->store, &fixture->err));
	assert_true(store_code_used(fixture->store, "ruth", 99, 101, &step, &fixture->err));
	assert_int_equal(step, 100);
	assert_true(store_code_claim(fixture->store, "ruth", 100, 99, 101, &mine, &fixture->err));
	assert_false(mine);
	assert_true(store_code_used(fixture->store, "ruth", 101, 103, &step, &fixture->err));
	assert_int_equal(step, 0);
	assert_true(store_code_claim(fixture->store, "mo", 102, 101, 103, &mine, &fixture->err));
	assert_true(mine);
	/* noted by a clock that was wrong */
	assert_true(store_code_claim(fixture->store, "mo", 90, 89, 91, &mine, &fixture->err));
	assert_true(mine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(codes_serve_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
