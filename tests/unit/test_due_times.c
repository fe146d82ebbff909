/* test_due_times.c - when contact and answer are due, and when somebody is reminded, around weekends, feasts and changes of the clocks.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "review/duties_due.h"

static const struct rule_clock rule = { .contact_days = 3, .response_days = 7, .contact_reminder = 2, .response_reminder = 6 };

static const struct {
	const char *at, *contact, *contact_reminder, *response, *response_reminder;
} cases[] = {
	/* Monday to Thursday; day six of the answer is a Sunday, so Friday */
	{ "2026-03-02T09:00:00Z", "2026-03-05T17:00:00Z", "2026-03-04T09:00:00Z", "2026-03-09T17:00:00Z", "2026-03-06T09:00:00Z" },
	{ "2026-03-02T00:00:00Z", "2026-03-05T17:00:00Z", "2026-03-04T09:00:00Z", "2026-03-09T17:00:00Z", "2026-03-06T09:00:00Z" },
	{ "2026-03-02T23:59:59Z", "2026-03-05T17:00:00Z", "2026-03-04T09:00:00Z", "2026-03-09T17:00:00Z", "2026-03-06T09:00:00Z" },
	/* Friday evening, Saturday, Sunday: Monday is the first day */
	{ "2026-03-06T21:00:00Z", "2026-03-11T17:00:00Z", "2026-03-10T09:00:00Z", "2026-03-13T17:00:00Z", "2026-03-12T09:00:00Z" },
	{ "2026-03-07T12:00:00Z", "2026-03-11T17:00:00Z", "2026-03-10T09:00:00Z", "2026-03-14T17:00:00Z", "2026-03-13T09:00:00Z" },
	{ "2026-03-08T12:00:00Z", "2026-03-11T17:00:00Z", "2026-03-10T09:00:00Z", "2026-03-15T17:00:00Z", "2026-03-13T09:00:00Z" },
	/* Maundy Thursday: Good Friday and Easter Monday do not count; summer time has begun */
	{ "2026-04-02T09:00:00Z", "2026-04-09T16:00:00Z", "2026-04-08T08:00:00Z", "2026-04-09T16:00:00Z", "2026-04-08T08:00:00Z" },
	{ "2027-03-25T09:00:00Z", "2027-04-01T16:00:00Z", "2027-03-31T08:00:00Z", "2027-04-01T16:00:00Z", "2027-03-31T08:00:00Z" },
	/* the Friday before the clocks go forward, and back */
	{ "2026-03-27T12:00:00Z", "2026-04-01T16:00:00Z", "2026-03-31T08:00:00Z", "2026-04-03T16:00:00Z", "2026-04-02T08:00:00Z" },
	{ "2026-10-23T12:00:00Z", "2026-10-28T17:00:00Z", "2026-10-27T09:00:00Z", "2026-10-30T17:00:00Z", "2026-10-29T09:00:00Z" },
	/* 23:30 by universal time is the next day in summer */
	{ "2026-06-01T23:30:00Z", "2026-06-05T16:00:00Z", "2026-06-04T08:00:00Z", "2026-06-09T16:00:00Z", "2026-06-08T08:00:00Z" },
	/* Christmas: on weekdays; Boxing Day on a Saturday; both at a weekend; a New Year on a Saturday */
	{ "2025-12-23T10:00:00Z", "2025-12-30T17:00:00Z", "2025-12-29T09:00:00Z", "2025-12-30T17:00:00Z", "2025-12-29T09:00:00Z" },
	{ "2026-12-23T10:00:00Z", "2026-12-30T17:00:00Z", "2026-12-29T09:00:00Z", "2026-12-30T17:00:00Z", "2026-12-29T09:00:00Z" },
	{ "2027-12-23T10:00:00Z", "2027-12-30T17:00:00Z", "2027-12-29T09:00:00Z", "2027-12-30T17:00:00Z", "2027-12-29T09:00:00Z" },
	{ "2027-12-30T10:00:00Z", "2028-01-05T17:00:00Z", "2028-01-04T09:00:00Z", "2028-01-06T17:00:00Z", "2028-01-05T09:00:00Z" },
};

static int64_t instant(const char *text)
{
	struct error err = ERROR_INIT;
	int64_t at = 0;
	if (!clock_parse_rfc3339(text, &at, &err))
		fail_msg("%s", error_text(&err));
	return at;
}

static void days_are_counted(void **state)
{
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct due_times times = due_times_of(&rule, &office, instant(cases[i].at));
		const struct {
			const char *expected;
			int64_t at;
		} all[] = { { cases[i].contact, times.contact_due }, { cases[i].contact_reminder, times.contact_reminder },
			    { cases[i].response, times.due }, { cases[i].response_reminder, times.reminder } };
		for (size_t j = 0; j < sizeof all / sizeof *all; j++)
			if (strcmp(all[j].expected, clock_format_rfc3339(arena, all[j].at)) != 0)
				fail_msg("%s, %zu: %s, not %s", cases[i].at, j, clock_format_rfc3339(arena, all[j].at), all[j].expected);
	}
	arena_free(&arena);
}

/* By an oracle that knows nothing of how it is done: the close of a day on which exactly so many open days, it included, have passed. */
static void every_hour_of_four_years(void **state)
{
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	static const calendar_date closed[] = { 20261229, 20261230, 20270827 };
	(void)state;
	office.holidays = closed;
	office.holiday_count = sizeof closed / sizeof *closed;
	for (int64_t at = instant("2025-01-01T00:30:00Z"); at < instant("2029-01-01T00:00:00Z"); at += 5 * 3600) {
		struct due_times times = due_times_of(&rule, &office, at);
		calendar_date day = clock_date_of(at), due = clock_date_of(times.contact_due);
		int open = 0;
		for (calendar_date d = clock_date_add(day, 1); d <= due; d = clock_date_add(d, 1))
			open += office_is_open_on(&office, d);
		assert_int_equal(open, 3);
		assert_true(office_is_open_on(&office, due));
		assert_int_equal(times.contact_due, clock_at_local(due, 17 * 60));
		assert_true(times.contact_reminder > at && times.contact_reminder < times.contact_due);
		assert_int_equal(clock_date_of(times.due), clock_date_add(day, 7));
		assert_true(times.reminder == 0 || (times.reminder > at && times.reminder < times.due));
		/* the office's own hours between are those of the days between: whole days, whatever the clocks do */
		assert_int_equal(office_between(&office, clock_day_start(clock_date_add(day, 1)), times.contact_due), 3 * 8 * 3600);
	}
}

static void promises_and_reminders(void **state)
{
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	struct rule_clock quiet = rule;
	int64_t at = instant("2026-03-03T10:00:00Z");
	(void)state;
	assert_int_equal(promise_due(&office, 20260403), instant("2026-04-03T16:00:00Z"));
	assert_int_equal(promise_reminder(&rule, &office, at, 20260407), instant("2026-04-02T08:00:00Z")); /* over Easter */
	assert_int_equal(promise_reminder(&rule, &office, at, 20260304), 0);
	assert_int_equal(promise_reminder(&rule, &office, at, 20260303), 0);
	quiet.contact_reminder = quiet.response_reminder = 0;
	assert_int_equal(promise_reminder(&quiet, &office, at, 20260407), 0);
	assert_int_equal(due_times_of(&quiet, &office, at).contact_reminder, 0);
	assert_int_equal(due_times_of(&quiet, &office, at).reminder, 0);
	office.days = 1u << 1; /* open on Tuesdays only */
	assert_int_equal(due_times_of(&rule, &office, at).contact_due, instant("2026-03-24T17:00:00Z"));
}

static void other_duties_have_days_of_either_kind(void **state)
{
	static const struct {
		const char *at, *due, *reminder, *lapses;
		bool calendar;
	} duties[] = {
		{ "2026-04-02T09:00:00Z", "2026-04-13T16:00:00Z", "2026-04-09T08:00:00Z", "2026-04-23T16:00:00Z", false }, /* over Easter */
		{ "2026-04-02T09:00:00Z", "2026-04-07T16:00:00Z", "", "2026-04-17T16:00:00Z", true }, /* no open day before it to remind on */
		{ "2026-03-02T09:00:00Z", "2026-03-07T17:00:00Z", "2026-03-05T09:00:00Z", "2026-03-17T17:00:00Z", true },
	};
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	(void)state;
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
		struct rule_duty duty = { .days = 5, .remind = 3, .lapse_days = 10, .calendar = duties[i].calendar };
		int64_t at = instant(duties[i].at);
		struct due_times times = duty_times_of(&duty, &office, at);
		assert_int_equal(times.contact_due, 0);
		assert_int_equal(times.contact_reminder, at);
		assert_int_equal(times.due, instant(duties[i].due));
		assert_int_equal(times.reminder, *duties[i].reminder == '\0' ? 0 : instant(duties[i].reminder));
		assert_int_equal(times.lapses, instant(duties[i].lapses));
		duty = (struct rule_duty){ .days = 5, .silent = true };
		times = duty_times_of(&duty, &office, at);
		assert_int_equal(times.contact_reminder + times.reminder + times.deputy_reminder + times.lapses, 0);
	}
}

/* Five open days, and ten, have gone by on the mornings of the sixth and the eleventh; of days of the calendar the next morning that the
 * office opens. */
static void late_duties_are_reminded_of(void **state)
{
	static const struct {
		const char *at, *reminder, *deputy;
		bool calendar;
	} duties[] = {
		{ "2026-03-02T09:00:00Z", "2026-03-10T09:00:00Z", "2026-03-17T09:00:00Z", false },
		{ "2026-04-02T09:00:00Z", "2026-04-14T08:00:00Z", "2026-04-21T08:00:00Z", false }, /* over Easter */
		{ "2026-03-03T09:00:00Z", "2026-03-09T09:00:00Z", "2026-03-16T09:00:00Z", true }, /* the eleventh day is a Saturday */
		{ "2026-03-02T09:00:00Z", "2026-03-09T09:00:00Z", "2026-03-13T09:00:00Z", true }, /* the sixth is a Sunday, the last a Saturday */
	};
	struct office_hours office = OFFICE_HOURS_DEFAULT;
	(void)state;
	for (size_t i = 0; i < sizeof duties / sizeof *duties; i++) {
		struct rule_duty duty = { .days = 5, .remind = 6, .deputy = 11, .silent = true, .calendar = duties[i].calendar };
		struct due_times times = duty_times_of(&duty, &office, instant(duties[i].at));
		assert_int_equal(times.reminder, instant(duties[i].reminder));
		assert_int_equal(times.deputy_reminder, instant(duties[i].deputy));
		assert_true(times.reminder > times.due);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted),
		cmocka_unit_test(other_duties_have_days_of_either_kind),
		cmocka_unit_test(late_duties_are_reminded_of),
		cmocka_unit_test(every_hour_of_four_years),
		cmocka_unit_test(promises_and_reminders),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
