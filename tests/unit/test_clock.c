/* test_clock.c - instants and the days of Europe/London, across changes of the clocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

static const struct {
	const char *text;
	const char *utc;   /* NULL: refused */
	calendar_date day; /* in Europe/London */
} instants[] = {
	{ "2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", 20260302 },
	{ "2026-03-02t09:00:00.123456z", "2026-03-02T09:00:00Z", 20260302 },
	{ "2026-03-02 09:00:00+01:00", "2026-03-02T08:00:00Z", 20260302 },
	{ "2026-03-02T00:30:00+05:45", "2026-03-01T18:45:00Z", 20260301 },
	{ "2026-03-02T23:30:00-00:45", "2026-03-03T00:15:00Z", 20260303 },
	/* British Summer Time 2026: 29 March 01:00 UTC to 25 October 01:00 UTC */
	{ "2026-03-28T23:59:59Z", "2026-03-28T23:59:59Z", 20260328 },
	{ "2026-03-29T00:59:59Z", "2026-03-29T00:59:59Z", 20260329 },
	{ "2026-05-08T22:59:59Z", "2026-05-08T22:59:59Z", 20260508 },
	{ "2026-05-08T23:00:00Z", "2026-05-08T23:00:00Z", 20260509 },
	{ "2026-10-24T23:30:00Z", "2026-10-24T23:30:00Z", 20261025 },
	{ "2026-10-25T23:30:00Z", "2026-10-25T23:30:00Z", 20261025 },
	{ "2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z", 20240229 },
	{ "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", 19700101 }, /* London kept summer time that winter */
	{ "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", 20170101 },
	{ "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", 99991231 },
	{ "2026-03-02", NULL, 0 },
	{ "2026-03-02T09:00:00", NULL, 0 },
	{ "2026-03-02T09:00Z", NULL, 0 },
	{ "2026-02-29T09:00:00Z", NULL, 0 },
	{ "2026-13-01T09:00:00Z", NULL, 0 },
	{ "2026-00-01T09:00:00Z", NULL, 0 },
	{ "2026-03-02T24:00:00Z", NULL, 0 },
	{ "2026-03-02T09:60:00Z", NULL, 0 },
	{ "2026-03-02T09:00:61Z", NULL, 0 },
	{ "2026-03-02T09:00:00.Z", NULL, 0 },
	{ "2026-03-02T09:00:00+0100", NULL, 0 },
	{ "2026-03-02T09:00:00+24:00", NULL, 0 },
	{ "2026-03-02T09:00:00Zulu", NULL, 0 },
	{ "0000-01-01T00:00:00Z", NULL, 0 },
	{ "", NULL, 0 },
};

static void test_instants(void **state)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
		struct error err = ERROR_INIT;
		int64_t at = -1;
		bool ok = clock_parse_rfc3339(instants[i].text, &at, &err);
		if (ok != (instants[i].utc != NULL))
			fail_msg("%s: %s", instants[i].text, error_text(&err));
		if (ok) {
			assert_string_equal(clock_format_rfc3339(arena, at), instants[i].utc);
			assert_int_equal(clock_date_of(at), instants[i].day);
		} else {
			assert_int_equal(err.kind, ERROR_INPUT);
			assert_int_equal(at, -1);
		}
		error_release(&err);
	}
	arena_free(&arena);
}

static void test_formats(void **state)
{
	struct arena *arena = arena_new();
	assert_string_equal(clock_format_rfc5322(arena, 1772442000), "Mon, 02 Mar 2026 09:00:00 +0000");
	assert_string_equal(clock_format_local(arena, 1772546520), "Tuesday 3 March 2026, 14:02");
	assert_string_equal(clock_format_local_in(arena, 1772546520, "cy"), "Dydd Mawrth 3 Mawrth 2026, 14:02");
	assert_string_equal(clock_format_local_in(arena, 1778288520, "cy"), "Dydd Sadwrn 9 Mai 2026, 02:02");
	assert_string_equal(clock_format_local_in(arena, 1772546520, "en"), "Tuesday 3 March 2026, 14:02");
	assert_string_equal(clock_format_local(arena, 1778288520), "Saturday 9 May 2026, 02:02"); /* 01:02 UTC */
	/* one hour after another, the clock on the wall says the same */
	assert_string_equal(clock_format_local(arena, 1792888200), "Sunday 25 October 2026, 01:30");
	assert_string_equal(clock_format_local(arena, 1792891800), "Sunday 25 October 2026, 01:30");
	arena_free(&arena);
}

static void test_zone_of_the_machine_has_no_say(void **state)
{
	struct error err = ERROR_INIT;
	int64_t at;
	setenv("TZ", "Pacific/Auckland", 1);
	tzset();
	assert_true(clock_parse_rfc3339("2026-05-08T22:59:59Z", &at, &err));
	assert_int_equal(at, 1778281199);
	assert_int_equal(clock_date_of(at), 20260508);
	unsetenv("TZ");
	tzset();
}

static void test_dates(void **state)
{
	static const struct {
		const char *text;
		calendar_date date; /* DATE_NONE: refused */
	} cases[] = {
		{ "2026-03-02", 20260302 }, { "2024-02-29", 20240229 }, { "2026-02-29", DATE_NONE }, { "2026-2-3", DATE_NONE },
		{ "02/03/2026", DATE_NONE }, { "2026-03-02 ", DATE_NONE }, { "2026-04-31", DATE_NONE }, { "", DATE_NONE },
		{ "0000-01-01", DATE_NONE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = ERROR_INIT;
		calendar_date date = DATE_NONE;
		assert_int_equal(clock_parse_date(cases[i].text, &date, &err), cases[i].date != DATE_NONE);
		assert_int_equal(date, cases[i].date);
		error_release(&err);
	}
}

static const struct {
	calendar_date date, next;
	int weekday; /* Monday 0 */
	const char *starts, *words;
} dates[] = {
	{ 20260302, 20260303, 0, "2026-03-02T00:00:00Z", "2 March 2026" },
	{ 20260328, 20260329, 5, "2026-03-28T00:00:00Z", "28 March 2026" },
	{ 20260329, 20260330, 6, "2026-03-29T00:00:00Z", "29 March 2026" }, /* the clocks go forward at 01:00 */
	{ 20260330, 20260331, 0, "2026-03-29T23:00:00Z", "30 March 2026" },
	{ 20261025, 20261026, 6, "2026-10-24T23:00:00Z", "25 October 2026" },
	{ 20261026, 20261027, 0, "2026-10-26T00:00:00Z", "26 October 2026" },
	{ 20240228, 20240229, 2, "2024-02-28T00:00:00Z", "28 February 2024" },
	{ 20240229, 20240301, 3, "2024-02-29T00:00:00Z", "29 February 2024" },
	{ 20261231, 20270101, 3, "2026-12-31T00:00:00Z", "31 December 2026" },
};

static void test_days(void **state)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		assert_string_equal(clock_format_rfc3339(arena, clock_day_start(dates[i].date)), dates[i].starts);
		assert_int_equal(clock_date_of(clock_day_start(dates[i].date)), dates[i].date);
		assert_int_not_equal(clock_date_of(clock_day_start(dates[i].date) - 1), dates[i].date);
		assert_int_equal(clock_date_add(dates[i].date, 1), dates[i].next);
		assert_int_equal(clock_date_add(dates[i].next, -1), dates[i].date);
		assert_int_equal(clock_date_add(clock_date_add(dates[i].date, 400), -400), dates[i].date);
		assert_int_equal(clock_weekday(dates[i].date), dates[i].weekday);
		assert_string_equal(clock_format_day(arena, dates[i].date), dates[i].words);
	}
	assert_string_equal(clock_format_date(arena, 20260302), "2026-03-02");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_zone_of_the_machine_has_no_say),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
