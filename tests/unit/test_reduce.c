/* test_reduce.c - the journal's lines past their time: reduced under a seal, with a chain that holds and shows every forgery.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "purge_fixture.h"

static void reduced_lines_keep_the_chain(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 40; i++)
		must(fixture, store_journal(fixture->store, "viewed", "CH-1", "clerk@marlbrook.example", "{\"reason\":\"duty\"}", NOW + i * DAY, &fixture->err));
	assert_int_equal(purge_journal(fixture, NOW, NOW + 400 * DAY).removed, 0);
	assert_int_equal(purge_journal(fixture, NOW + 10 * DAY, NOW + 400 * DAY).removed, 10);
	assert_int_equal(broken_at(fixture), 0);
	assert_int_equal(purge_journal(fixture, NOW + 10 * DAY, NOW + 400 * DAY).removed, 0);
	assert_int_equal(purge_journal(fixture, NOW + 20 * DAY, NOW + 401 * DAY).removed, 10);
	assert_int_equal(broken_at(fixture), 0);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'viewed' AND number <= 20 AND id IS NULL AND by IS NULL"), 20);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE number > 20 AND detail LIKE '%reduced\":4%'"), 0);
	/* years later the seals are there still, and whole */
	assert_int_equal(purge_journal(fixture, NOW + 500 * DAY, NOW + 900 * DAY).removed, 20);
	assert_int_equal(number(fixture, "SELECT count(*) FROM journal WHERE what = 'journal-reduced' AND detail LIKE '%lines%'"), 3);
	assert_int_equal(broken_at(fixture), 0);
	must(fixture, store_journal(fixture->store, "viewed", "CH-1", "clerk", "{}", NOW + 901 * DAY, &fixture->err));
	assert_int_equal(broken_at(fixture), 0);
}

static void a_held_line_stays_whole_between_reduced_ones(void **state)
{
	struct fixture *fixture = *state;
	int64_t hold = 0;
	bool lifted = false;
	struct deed deed = { "clerk", "over", NOW + DAY };
	keep(fixture, "CH-1", NOW, OUTCOME_DELIVER, "kept");
	keep(fixture, "CH-2", NOW, OUTCOME_DELIVER, "free");
	keep(fixture, "CH-3", NOW, OUTCOME_DELIVER, "free too");
	must(fixture, store_legal_hold_add(fixture->store, &(struct legal_hold){ .scope = "message", .what = "CH-2", .by = "clerk", .reason = "claim", .at = NOW },
					   &hold, &fixture->err));
	struct counts counts = purge_journal(fixture, NOW + DAY, NOW + 800 * DAY);
	assert_int_equal(counts.removed, 2);
	assert_int_equal(counts.spared, 2); /* what was recorded, and the order of the hold itself */
	assert_int_equal(broken_at(fixture), 0);
	must(fixture, store_legal_hold_lift(fixture->store, hold, &deed, &lifted, &fixture->err));
	assert_int_equal(purge_journal(fixture, NOW + DAY, NOW + 800 * DAY).removed, 2);
	assert_int_equal(broken_at(fixture), 0);
}

static void the_schema_refuses_other_changes(void **state)
{
	static const char *const attempts[] = {
		"DELETE FROM journal WHERE number = 1",
		"UPDATE journal SET by = 'somebody' WHERE number = 1",
		"UPDATE journal SET detail = '{}' WHERE number = 1",
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":2}' WHERE number = 1",            /* line 2 is no seal */
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":99}' WHERE number = 1",           /* nor is there a line 99 */
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":5}' WHERE number = 5",            /* a seal seals before it */
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":5}', what = 'x' WHERE number = 4",
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":5}', at = 0 WHERE number = 4",
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":5}', hash = '' WHERE number = 4",
		"UPDATE journal SET id = NULL, detail = '{\"reduced\":5}' WHERE number = 4",
		"UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":5} and more' WHERE number = 4",
		"UPDATE journal SET number = 77 WHERE number = 4",
		"UPDATE journal SET id = NULL, by = NULL, detail = NULL WHERE number = 4",
	};
	struct fixture *fixture = *state;
	for (int i = 0; i < 4; i++)
		must(fixture, store_journal(fixture->store, "viewed", "CH-1", "clerk", "{}", NOW + i * DAY, &fixture->err));
	assert_int_equal(purge_journal(fixture, NOW + 2 * DAY, NOW + 400 * DAY).removed, 2);
	for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
		if (force(fixture, attempts[i]) == SQLITE_OK)
			fail_msg("%s", attempts[i]);
	assert_int_equal(broken_at(fixture), 0);
}

/* Whoever can write the file and takes the triggers away is found out all the same. */
static void a_forger_is_found_out(void **state)
{
	static const struct {
		const char *sql;
		int64_t broken; /* the line named; -1: any */
	} forgeries[] = {
		{ "UPDATE journal SET what = 'released' WHERE number = 2", 1 },           /* a reduced line: somewhere under that seal */
		{ "UPDATE journal SET at = at + 1 WHERE number = 3", 1 },
		{ "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'z') WHERE number = 2", -1 },
		{ "UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":9}' WHERE number = 6", -1 }, /* one more under the seal */
		{ "UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":8}' WHERE number = 6", 6 },  /* under one that is none */
		{ "UPDATE journal SET id = NULL, by = NULL, detail = '{\"reduced\":10}' WHERE number = 6", -1 },
		{ "UPDATE journal SET detail = replace(detail, '\"count\":\"4\"', '\"count\":\"3\"') WHERE number = 9", 9 },
		{ "DELETE FROM journal WHERE number = 2", 3 },
		{ "DELETE FROM journal WHERE number <= 4", 5 },
		{ "UPDATE journal SET detail = '{}' WHERE number = 7", 7 },
	};
	struct fixture *fixture = *state;
	for (int i = 0; i < 8; i++)
		must(fixture, store_journal(fixture->store, "viewed", "CH-1", "clerk", "{\"reason\":\"x\"}", NOW + i * DAY, &fixture->err));
	assert_int_equal(purge_journal(fixture, NOW + 4 * DAY, NOW + 400 * DAY).removed, 4);
	must(fixture, store_journal(fixture->store, "viewed", "CH-1", "clerk", "{}", NOW + 401 * DAY, &fixture->err));
	assert_int_equal(broken_at(fixture), 0);
	assert_int_equal(force(fixture, "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete"), SQLITE_OK);
	for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
		int64_t lines = 0, broken = 0;
		assert_int_equal(force(fixture, "CREATE TABLE safe AS SELECT * FROM journal"), SQLITE_OK);
		assert_int_equal(force(fixture, forgeries[i].sql), SQLITE_OK);
		must(fixture, store_journal_verify(fixture->store, &lines, &broken, &fixture->err));
		if (broken == 0 || (forgeries[i].broken > 0 && broken != forgeries[i].broken))
			fail_msg("%s: broken at %lld", forgeries[i].sql, (long long)broken);
		assert_int_equal(force(fixture, "DELETE FROM journal; INSERT INTO journal SELECT * FROM safe; DROP TABLE safe"), SQLITE_OK);
		assert_int_equal(broken_at(fixture), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reduced_lines_keep_the_chain, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_held_line_stays_whole_between_reduced_ones, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_schema_refuses_other_changes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_forger_is_found_out, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
