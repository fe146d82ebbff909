/* test_office_hours.c - the Council's open time, across weekends, holidays and changes of the clocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "review/office_hours.h"

static int64_t at(const char *text)
{
	int64_t instant = 0;
	struct error err = ERROR_INIT;
	if (!clock_parse_rfc3339(text, &instant, &err))
		fail_msg("%s", error_text(&err));
	return instant;
}

#define assert_instant(got, wanted) \
	do { \
		struct arena *arena_ = arena_new(); \
		assert_string_equal(clock_format_rfc3339(arena_, (got)), wanted); \
		arena_free(&arena_); \
	} while (0)

static void wall_clock_times_are_london(void **state)
{
	(void)state;
	assert_instant(clock_at_local(20260302, 9 * 60), "2026-03-02T09:00:00Z");
	assert_instant(clock_at_local(20260330, 9 * 60), "2026-03-30T08:00:00Z");
	assert_instant(clock_at_local(20261026, 9 * 60), "2026-10-26T09:00:00Z");
	assert_instant(clock_at_local(20260302, 24 * 60), "2026-03-03T00:00:00Z");
	assert_instant(clock_at_local(20261231, 24 * 60), "2027-01-01T00:00:00Z");
	/* 01:30 on 29 March 2026 does not exist; on 25 October it comes twice */
	assert_instant(clock_at_local(20260329, 90), "2026-03-29T01:30:00Z");
	assert_instant(clock_at_local(20261025, 90), "2026-10-25T00:30:00Z");
}

/* gov.uk/bank-holidays, England and Wales, but for those proclaimed for one year */
static void bank_holidays_are_known(void **state)
{
	static const calendar_date days[] = {
		20240101, 20240329, 20240401, 20240506, 20240527, 20240826, 20241225, 20241226,
		20250101, 20250418, 20250421, 20250505, 20250526, 20250825, 20251225, 20251226,
		20260101, 20260403, 20260406, 20260504, 20260525, 20260831, 20261225, 20261226, 20261228,
		20270101, 20270326, 20270329, 20270503, 20270531, 20270830, 20271225, 20271226, 20271227, 20271228,
		20280103, 20280414, 20280417, 20280501, 20280529, 20280828, 20281225, 20281226,
		20220103, 20221227, 20221226, 20230102, 20200410, 20200413, 20201228, 20110425, 20380423, 20380426,
	};
	static const calendar_date working[] = { 20260402, 20260407, 20260511, 20260518, 20260824, 20260907, 20261224, 20261229, 20261231,
						 20260102, 20271229, 20221228, 20241227, 20241224, 20251229, 20270325, 20270330 };
	(void)state;
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		if (!bank_holiday_is(days[i]))
			fail_msg("%d is a bank holiday", days[i]);
	for (size_t i = 0; i < sizeof working / sizeof *working; i++)
		if (bank_holiday_is(working[i]))
			fail_msg("%d is no bank holiday", working[i]);
}

/* Independent of the formula: Easter Sunday of these years, from the tables of the Book of Common Prayer. */
static void easter_is_right(void **state)
{
	static const calendar_date sundays[] = { 19000415, 19540418, 19810419, 20000423, 20010415, 20080323, 20110424, 20160327, 20190421, 20210404,
						 20240331, 20250420, 20290401, 20300421, 20350325, 20380425, 20490418, 20760419, 20850415, 20990412 };
	(void)state;
	for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++) {
		assert_true(bank_holiday_is(clock_date_add(sundays[i], -2)));
		assert_true(bank_holiday_is(clock_date_add(sundays[i], 1)));
		assert_int_equal(clock_weekday(sundays[i]), 6);
	}
}

static void hours_are_counted_while_open(void **state)
{
	static const struct {
		const char *from;
		int hours;
		const char *then;
	} cases[] = {
		{ "2026-03-02T09:00:00Z", 8, "2026-03-02T17:00:00Z" },
		{ "2026-03-02T09:00:01Z", 8, "2026-03-03T09:00:01Z" },
		{ "2026-03-02T17:00:00Z", 8, "2026-03-03T17:00:00Z" },
		{ "2026-03-02T03:00:00Z", 1, "2026-03-02T10:00:00Z" },
		{ "2026-03-06T16:00:00Z", 2, "2026-03-09T10:00:00Z" },
		{ "2026-03-07T12:00:00Z", 8, "2026-03-09T17:00:00Z" },
		/* the clocks go forward on Sunday 29 March, back on 25 October */
		{ "2026-03-27T16:30:00Z", 1, "2026-03-30T08:30:00Z" },
		{ "2026-10-23T15:30:00Z", 1, "2026-10-26T09:30:00Z" },
		/* Good Friday 3 April to Easter Monday */
		{ "2026-04-02T15:30:00Z", 1, "2026-04-07T08:30:00Z" },
		/* Christmas 2026 is a Friday: Boxing Day is kept on the Monday */
		{ "2026-12-24T16:30:00Z", 1, "2026-12-29T09:30:00Z" },
		{ "2026-12-31T16:00:00Z", 8, "2027-01-04T16:00:00Z" },
		{ "2026-03-02T09:00:00Z", 80, "2026-03-13T17:00:00Z" },
	};
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t then = office_after(&office, at(cases[i].from), cases[i].hours * 3600);
		assert_instant(then, cases[i].then);
		assert_int_equal(office_between(&office, at(cases[i].from), then), cases[i].hours * 3600);
	}
}

static void days_end_with_the_office(void **state)
{
	static const struct {
		const char *from;
		int days;
		const char *then;
	} cases[] = {
		{ "2026-03-02T09:00:00Z", 1, "2026-03-03T17:00:00Z" },
		{ "2026-03-02T16:59:59Z", 1, "2026-03-03T17:00:00Z" },
		{ "2026-03-02T17:00:00Z", 1, "2026-03-04T17:00:00Z" },
		{ "2026-03-07T12:00:00Z", 1, "2026-03-10T17:00:00Z" },
		{ "2026-03-27T10:00:00Z", 5, "2026-04-07T16:00:00Z" }, /* summer time, and Easter in between */
		{ "2026-12-23T10:00:00Z", 5, "2027-01-04T17:00:00Z" },
		{ "2026-10-23T10:00:00Z", 1, "2026-10-26T17:00:00Z" },
	};
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_instant(office_days_after(&office, at(cases[i].from), cases[i].days), cases[i].then);
}

static void councils_differ(void **state)
{
	static const calendar_date closed[] = { 20260303, 20260305 };
	struct office_hours tuesdays = { 1u << 1, 10 * 60, 12 * 60, NULL, 0, false };
	struct office_hours always = { 0x7f, 0, 24 * 60, NULL, 0, false };
	struct office_hours shut = OFFICE_HOURS_DEFAULT;
	(void)state;
	assert_instant(office_after(&tuesdays, at("2026-03-03T11:30:00Z"), 3600), "2026-03-10T10:30:00Z");
	assert_instant(office_after(&tuesdays, at("2026-03-24T11:30:00Z"), 3600), "2026-03-31T09:30:00Z");
	assert_instant(office_after(&always, at("2026-03-28T12:00:00Z"), 86400), "2026-03-29T12:00:00Z");
	assert_int_equal(office_between(&always, at("2026-03-28T00:00:00Z"), at("2026-03-29T23:00:00Z")), 47 * 3600);
	shut.holidays = closed;
	shut.holiday_count = 2;
	assert_instant(office_after(&shut, at("2026-03-02T16:00:00Z"), 2 * 3600), "2026-03-04T10:00:00Z");
	assert_instant(office_days_after(&shut, at("2026-03-02T10:00:00Z"), 2), "2026-03-06T17:00:00Z");
	shut.bank_holidays = false;
	assert_true(office_is_open_on(&shut, 20261225));
}

/* Deadlines are searched by halving, which needs that a later message is never due before an earlier one. */
static void deadlines_never_run_backwards(void **state)
{
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	int64_t hours = 0, days = 0;
	(void)state;
	for (int64_t now = at("2026-03-20T00:00:00Z"); now < at("2026-04-10T00:00:00Z"); now += 1777) {
		int64_t next_hours = office_after(&office, now, 8 * 3600), next_days = office_days_after(&office, now, 3);
		assert_true(next_hours >= hours && next_days >= days && next_hours > now && next_days > now);
		hours = next_hours;
		days = next_days;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wall_clock_times_are_london), cmocka_unit_test(bank_holidays_are_known), cmocka_unit_test(easter_is_right),
		cmocka_unit_test(hours_are_counted_while_open), cmocka_unit_test(days_end_with_the_office), cmocka_unit_test(councils_differ),
		cmocka_unit_test(deadlines_never_run_backwards),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
