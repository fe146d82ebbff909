/* office_hours.h - when the Council's office is open, and the time that passes in it.
 *
 * Days and hours are those of Europe/London; a change of the clocks moves them with the people. Closed on `holidays`, and on
 * the bank holidays of England and Wales where `bank_holidays` says so. */
#ifndef COPYHOLD_REVIEW_OFFICE_HOURS_H
#define COPYHOLD_REVIEW_OFFICE_HOURS_H

#include "base/clock.h"

struct office_hours {
	unsigned days;     /* 1 << weekday, Monday 0; at least one */
	int from, to;      /* minutes after midnight; 0 <= from < to <= 24 * 60 */
	const calendar_date *holidays;
	size_t holiday_count;
	bool bank_holidays;
};
#define OFFICE_HOURS_DEFAULT ((struct office_hours){ 0x1f, 9 * 60, 17 * 60, NULL, 0, true })

/* A holiday by law or custom in England and Wales, its substitute day included; not those proclaimed for one year alone. */
bool bank_holiday_is(calendar_date date);
bool office_is_open_on(const struct office_hours *office, calendar_date date);
/* The instant when `seconds` of open time have passed since `at`. Limited to ten years ahead. */
int64_t office_after(const struct office_hours *office, int64_t at, int64_t seconds);
/* The end of the office's day, `days` open days after the one of `at`: what comes in while it is closed counts from the next
 * open day. */
int64_t office_days_after(const struct office_hours *office, int64_t at, int days);
/* Open seconds between two instants. */
int64_t office_between(const struct office_hours *office, int64_t from, int64_t to);

#endif
