/* test_statistics_edges.c - counts at the edges: weeks and the change of the clocks, empty and hopeless periods, the largest numbers,
 * and a crowded year in time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store_case.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "store/statistics.h"

#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)
#define SUMMER_BEGINS ((int64_t)1774746000) /* 2026-03-29T01:00:00Z */
#define SUMMER_ENDS ((int64_t)1792890000)   /* 2026-10-25T01:00:00Z */

/* Sunday's last hour is one week, Monday's first the next, whatever the clocks did that night. */
static void weeks_begin_on_mondays_in_london(void **state)
{
	struct fixture *fixture = *state;
	const struct {
		int64_t from, to;
		const char *first;
		size_t count;
	} rows[] = {
		{ SUMMER_BEGINS - 7 * DAY, SUMMER_BEGINS, "2026-03-16T00:00:00Z", 2 },
		{ SUMMER_BEGINS + 22 * HOUR, SUMMER_BEGINS + 22 * HOUR + 1, "2026-03-29T23:00:00Z", 1 },
		{ SUMMER_BEGINS + 22 * HOUR - 1, SUMMER_BEGINS + 22 * HOUR, "2026-03-23T00:00:00Z", 1 },
		{ SUMMER_ENDS - HOUR, SUMMER_ENDS + 23 * HOUR, "2026-10-18T23:00:00Z", 1 },
		{ SUMMER_ENDS - HOUR, SUMMER_ENDS + 23 * HOUR + 1, "2026-10-18T23:00:00Z", 2 },
		{ SUMMER_ENDS, SUMMER_ENDS, NULL, 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct statistics counted;
		assert_true(store_statistics(fixture->store, fixture->arena, rows[i].from, rows[i].to, &counted, &fixture->err));
		assert_int_equal(counted.week_count, rows[i].count);
		if (rows[i].first != NULL)
			assert_string_equal(clock_format_rfc3339(fixture->arena, counted.weeks[0].start), rows[i].first);
		assert_int_equal(counted.share_released, STATISTICS_NONE);
		assert_int_equal(counted.fates.median_minutes, STATISTICS_NONE);
		assert_int_equal(counted.rule_count, 0);
	}
}

static void mail_is_counted_by_week(void **state)
{
	struct fixture *fixture = *state;
	struct tally one = { .examined = 1, .internal = 1 }, many = { .examined = INT64_C(4000000000000), .unreadable = 7, .incoming = 3 };
	int64_t monday = SUMMER_BEGINS + 22 * HOUR;
	assert_true(store_tally_add(fixture->store, monday - 1, &one, &fixture->err));
	assert_true(store_tally_add(fixture->store, monday, &many, &fixture->err));
	assert_true(store_tally_add(fixture->store, monday + 7 * DAY, &one, &fixture->err));
	struct statistics counted;
	assert_true(store_statistics(fixture->store, fixture->arena, monday - DAY, monday + 8 * DAY, &counted, &fixture->err));
	assert_int_equal(counted.week_count, 3);
	assert_int_equal(counted.weeks[0].examined, 1);
	assert_int_equal(counted.weeks[1].examined, INT64_C(4000000000000));
	assert_int_equal(counted.weeks[2].examined, 1);
	assert_int_equal(counted.tally.examined, INT64_C(4000000000002));
	assert_int_equal(counted.tally.unreadable, 7);
	assert_int_equal(counted.tally.internal, 2);
	assert_int_equal(counted.first_hour, monday - HOUR);
}

static void hopeless_periods_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct statistics counted;
	assert_false(store_statistics(fixture->store, fixture->arena, 10, 9, &counted, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_false(store_statistics(fixture->store, fixture->arena, 0, INT64_C(1) << 40, &counted, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_INPUT);
	assert_false(store_statistics_replay(fixture->store, fixture->arena, 10, 9, 0, &counted, &fixture->err));
}

/* A year of it: 10,000 held messages among 20,000 judged ones, two recipients and two findings each, and every hour counted. */
static const char crowd[] =
	"BEGIN;"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19999)"
	" INSERT INTO message (id, content_key, at, envelope_from, outcome, size)"
	" SELECT printf('CH-%06d', i), 'k' || i, 1767225600 + i * 1576, 'a@b.example', CASE i % 2 WHEN 0 THEN 'hold' ELSE 'deliver' END, 1 FROM n;"
	"INSERT INTO recipient (message, position, address, outcome, state, changed_at)"
	" SELECT id, p, 'x@y.example', outcome, CASE outcome WHEN 'hold' THEN CASE message.rowid % 3 WHEN 0 THEN 'released' WHEN 1 THEN 'returned' ELSE 'held' END END,"
	" at + 3600 FROM message CROSS JOIN (SELECT 0 AS p UNION SELECT 1);"
	"INSERT INTO finding (message, position, rule, clause, action, mode, explanation, evidence)"
	" SELECT id, p, 'rule-' || ((message.rowid + p) % 25), 'Correspondence, paragraph ' || ((message.rowid + p) % 25), 'hold', 'enforce',"
	" 'A sentence of the usual length that says what was observed in this message.', '[]' FROM message CROSS JOIN (SELECT 0 AS p UNION SELECT 1);"
	"INSERT INTO exemption SELECT id, 0, 'silent-copy', 'hidden recipient is exempt' FROM message WHERE message.rowid % 5 = 0;"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 8759)"
	" INSERT INTO tally SELECT 1767225600 + i * 3600, 40, 30, 2, 8, 0, 0, 1, 10, 20, 10, 3, 1, 1, 0, 0 FROM n;"
	"COMMIT;";

static void a_crowded_year_is_counted_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct statistics counted;
	struct timespec begin, end;
	sqlite3 *raw = NULL;
	assert_int_equal(sqlite3_open(arena_printf(fixture->arena, "%s/store.db", fixture->directory), &raw), SQLITE_OK);
	if (sqlite3_exec(raw, crowd, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(raw));
	sqlite3_close(raw);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	assert_true(store_statistics(fixture->store, fixture->arena, 1767225600, 1767225600 + 365 * DAY, &counted, &fixture->err));
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	long took = (long)(end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
	print_message("10,000 held, a year of weeks: %ld ms of processor time\n", took);
	assert_int_equal(counted.fates.held, 10000);
	assert_int_equal(counted.findings, 40000);
	assert_int_equal(counted.week_count, 53);
	assert_int_equal(counted.rule_count, 25);
	assert_int_equal(counted.tally.examined, 8760 * 40);
	assert_int_equal(counted.fates.median_minutes, 60);
	assert_true(took < 2000); /* a sanitizer; without one it is under 100 */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(weeks_begin_on_mondays_in_london, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(mail_is_counted_by_week, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(hopeless_periods_are_refused, store_case_set_up, store_case_tear_down),
		cmocka_unit_test_setup_teardown(a_crowded_year_is_counted_at_once, store_case_set_up, store_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
