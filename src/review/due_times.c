/* due_times.c - the days of duties_due.h: open days of the office, days of the calendar.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "review/duties_due.h"

#define DAYS_MOST 3660

/* The so-manieth open day after a date; a calendar on which the office never opens gives the last day looked at. */
static calendar_date open_day_after(const struct office_hours *office, calendar_date date, int count)
{
	for (int i = 0; i < DAYS_MOST && count > 0; i++) {
		date = clock_date_add(date, 1);
		count -= office_is_open_on(office, date);
	}
	return date;
}

/* The last open day not later than `date` and later than `after`; DATE_NONE when there is none. */
static calendar_date open_day_by(const struct office_hours *office, calendar_date date, calendar_date after)
{
	for (; date > after; date = clock_date_add(date, -1))
		if (office_is_open_on(office, date))
			return date;
	return DATE_NONE;
}

/* `date`, or where the office is closed on it the next open day. */
static calendar_date open_day_from(const struct office_hours *office, calendar_date date)
{
	return office_is_open_on(office, date) ? date : open_day_after(office, date, 1);
}

static int64_t opening(const struct office_hours *office, calendar_date date)
{
	return date == DATE_NONE ? 0 : clock_at_local(date, office->from);
}

struct due_times due_times_of(const struct rule_clock *clock, const struct office_hours *office, int64_t at)
{
	calendar_date date = clock_date_of(at);
	struct due_times times = {
		.contact_due = clock_at_local(open_day_after(office, date, clock->contact_days), office->to),
		.due = clock_at_local(clock_date_add(date, clock->response_days), office->to),
	};
	if (clock->contact_reminder > 0)
		times.contact_reminder = opening(office, open_day_after(office, date, clock->contact_reminder));
	if (clock->response_reminder > 0)
		times.reminder = opening(office, open_day_by(office, clock_date_add(date, clock->response_reminder), date));
	return times;
}

/* The day of the calendar so many days on; where the office is closed on it, an open day on the same side of the last day as that one. */
static calendar_date calendar_reminder(const struct rule_duty *duty, const struct office_hours *office, calendar_date date)
{
	calendar_date day = clock_date_add(date, duty->remind);
	return duty->remind > duty->days ? open_day_from(office, day) : open_day_by(office, day, date);
}

struct due_times duty_times_of(const struct rule_duty *duty, const struct office_hours *office, int64_t at)
{
	calendar_date date = clock_date_of(at);
	calendar_date last = duty->calendar ? clock_date_add(date, duty->days) : open_day_after(office, date, duty->days);
	struct due_times times = { .due = clock_at_local(last, office->to), .contact_reminder = duty->silent ? 0 : at };
	if (duty->remind > 0)
		times.reminder = opening(office, duty->calendar ? calendar_reminder(duty, office, date) : open_day_after(office, date, duty->remind));
	if (duty->deputy > 0)
		times.deputy_reminder = opening(office, duty->calendar ? open_day_from(office, clock_date_add(date, duty->deputy))
								       : open_day_after(office, date, duty->deputy));
	if (duty->lapse_days > 0)
		times.lapses = clock_at_local(clock_date_add(last, duty->lapse_days), office->to);
	return times;
}

int64_t promise_due(const struct office_hours *office, calendar_date promised)
{
	return clock_at_local(promised, office->to);
}

int64_t promise_reminder(const struct rule_clock *clock, const struct office_hours *office, int64_t at, calendar_date promised)
{
	if (clock->response_reminder == 0)
		return 0;
	return opening(office, open_day_by(office, clock_date_add(promised, -1), clock_date_of(at)));
}
