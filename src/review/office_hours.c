/* office_hours.c - see office_hours.h. Time is walked day by day: each has its own length, whatever the clocks do.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/office_hours.h"

#define DAYS_MOST 3660
#define MONDAY 0
#define SATURDAY 5

/* Western Easter Sunday, by the Gregorian computus: golden number, century, epact, and the Sunday after the full moon. */
static calendar_date easter_of(int year)
{
	int golden = year % 19, century = year / 100, skipped = century - century / 4;
	int moon = (skipped - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
	moon -= (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
	int weekday = (year + year / 4 + moon + 2 - skipped) % 7;
	int march = 28 + moon - weekday; /* day of March, beyond 31 in April */
	return clock_date_add(year * 10000 + 301, march - 1);
}

/* The first Monday on or after a date. */
static calendar_date monday_from(calendar_date date)
{
	return clock_date_add(date, (7 - clock_weekday(date)) % 7);
}

/* A fixed feast on a weekend is kept on the next working day. */
static calendar_date substitute(calendar_date date)
{
	return clock_weekday(date) < SATURDAY ? date : monday_from(date);
}

/* Christmas and Boxing Day want two days: the second moves past the first one's substitute. */
static bool is_christmas(calendar_date date, int year)
{
	calendar_date christmas = year * 10000 + 1225, boxing = year * 10000 + 1226;
	if (date == christmas || date == boxing)
		return true;
	int weekday = clock_weekday(christmas);
	if (weekday == SATURDAY)
		return date == clock_date_add(christmas, 2) || date == clock_date_add(christmas, 3);
	if (weekday == SATURDAY + 1) /* Boxing Day is a Monday: Christmas is kept on the Tuesday */
		return date == clock_date_add(christmas, 2);
	return weekday == SATURDAY - 1 && date == clock_date_add(boxing, 2);
}

bool bank_holiday_is(calendar_date date)
{
	int year = date / 10000;
	calendar_date easter = easter_of(year), new_year = year * 10000 + 101;
	return date == new_year || date == substitute(new_year) || date == clock_date_add(easter, -2) || date == clock_date_add(easter, 1) ||
	       date == monday_from(year * 10000 + 501) || date == monday_from(year * 10000 + 525) || date == monday_from(year * 10000 + 825) ||
	       is_christmas(date, year);
}

bool office_is_open_on(const struct office_hours *office, calendar_date date)
{
	if (!(office->days & 1u << clock_weekday(date)))
		return false;
	for (size_t i = 0; i < office->holiday_count; i++)
		if (office->holidays[i] == date)
			return false;
	return !office->bank_holidays || !bank_holiday_is(date);
}

static int64_t later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t office_after(const struct office_hours *office, int64_t at, int64_t seconds)
{
	calendar_date date = clock_date_of(at);
	for (int i = 0; i < DAYS_MOST; i++, date = clock_date_add(date, 1)) {
		if (!office_is_open_on(office, date))
			continue;
		int64_t begins = later_of(at, clock_at_local(date, office->from)), ends = clock_at_local(date, office->to);
		if (begins >= ends)
			continue;
		if (seconds <= ends - begins)
			return begins + seconds;
		seconds -= ends - begins;
	}
	return clock_at_local(date, office->to);
}

int64_t office_days_after(const struct office_hours *office, int64_t at, int days)
{
	calendar_date date = clock_date_of(at);
	int left = days;
	if (office_is_open_on(office, date) && at >= clock_at_local(date, office->to))
		date = clock_date_add(date, 1);
	for (int i = 0; i < DAYS_MOST; i++, date = clock_date_add(date, 1))
		if (office_is_open_on(office, date) && left-- == 0)
			break;
	return clock_at_local(date, office->to);
}

int64_t office_between(const struct office_hours *office, int64_t from, int64_t to)
{
	int64_t sum = 0;
	calendar_date date = clock_date_of(from), last = clock_date_of(to);
	for (int i = 0; i < DAYS_MOST && date <= last; i++, date = clock_date_add(date, 1)) {
		if (!office_is_open_on(office, date))
			continue;
		int64_t begins = later_of(from, clock_at_local(date, office->from)), ends = clock_at_local(date, office->to);
		ends = ends < to ? ends : to;
		sum += ends > begins ? ends - begins : 0;
	}
	return sum;
}
