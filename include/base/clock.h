/* clock.h - instants, and the calendar days a council lives by.
 *
 * Stored times are UTC seconds since 1970. "On that date" always means the calendar date in
 * Europe/London (DESIGN 8), whatever the machine's own zone is. */
#ifndef COPYHOLD_BASE_CLOCK_H
#define COPYHOLD_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A calendar date as year * 10000 + month * 100 + day, so that dates compare as numbers. */
typedef int32_t calendar_date;
#define DATE_NONE ((calendar_date)0)

int64_t clock_now(void);
/* RFC 3339, any offset; fractions of a second are dropped. A date without a time is refused. */
bool clock_parse_rfc3339(const char *text, int64_t *out, struct error *err) MUST_CHECK;
/* "2026-03-02T09:00:00Z" */
char *clock_format_rfc3339(struct arena *arena, int64_t at);
/* "Mon, 02 Mar 2026 09:00:00 +0000" (RFC 5322 section 3.3) */
char *clock_format_rfc5322(struct arena *arena, int64_t at);
/* "Tuesday 3 March 2026, 14:02", local time in Europe/London, for people. */
char *clock_format_local(struct arena *arena, int64_t at);
/* The same with the names of days and months of a language: "cy", or British English for any other. */
char *clock_format_local_in(struct arena *arena, int64_t at, const char *language);
/* The date in Europe/London at that instant. */
calendar_date clock_date_of(int64_t at);
/* When that date begins in Europe/London. */
int64_t clock_day_start(calendar_date date);
/* The date so many days later, or earlier for negative ones. */
calendar_date clock_date_add(calendar_date date, int days);
/* 0 for Monday to 6 for Sunday. */
int clock_weekday(calendar_date date);
/* "2026-03-02" */
char *clock_format_date(struct arena *arena, calendar_date date);
/* "2 March 2026", for people. */
char *clock_format_day(struct arena *arena, calendar_date date);
/* "2026-03-02"; refuses days that do not exist. */
bool clock_parse_date(const char *text, calendar_date *out, struct error *err) MUST_CHECK;
/* The instant of a wall clock time in Europe/London, as minutes after midnight (24 * 60: the next midnight). A time that a change
 * of the clocks leaves out is the one an hour later; one that comes twice is the first. */
int64_t clock_at_local(calendar_date date, int minutes);

#endif
