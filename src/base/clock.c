/* clock.c - see clock.h. UTC by the C library, Europe/London by ICU, so that neither the machine's zone nor the TZ
 * variable has a say.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#define ZONE u"Europe/London"
#define LOCALE "en_GB@calendar=gregorian"

int64_t clock_now(void)
{
	return (int64_t)time(NULL);
}

/* Exactly `count` digits at *cursor, which moves past them. */
static bool take_number(const char **cursor, int count, int *out)
{
	int value = 0;
	for (int i = 0; i < count; i++) {
		if (!ascii_is_digit((*cursor)[i]))
			return false;
		value = value * 10 + ((*cursor)[i] - '0');
	}
	*cursor += count;
	*out = value;
	return true;
}

static bool take_char(const char **cursor, const char *any_of)
{
	if (**cursor == '\0' || strchr(any_of, **cursor) == NULL)
		return false;
	(*cursor)++;
	return true;
}

static bool take_date(const char **cursor, struct tm *out)
{
	if (!take_number(cursor, 4, &out->tm_year) || !take_char(cursor, "-") || !take_number(cursor, 2, &out->tm_mon) ||
	    !take_char(cursor, "-") || !take_number(cursor, 2, &out->tm_mday) || out->tm_year == 0)
		return false;
	out->tm_year -= 1900;
	out->tm_mon -= 1;
	struct tm again = { .tm_year = out->tm_year, .tm_mon = out->tm_mon, .tm_mday = out->tm_mday };
	timegm(&again); /* puts the 30th of February into March */
	return again.tm_mon == out->tm_mon && again.tm_mday == out->tm_mday && again.tm_year == out->tm_year;
}

static bool take_time(const char **cursor, struct tm *out)
{
	if (!take_number(cursor, 2, &out->tm_hour) || !take_char(cursor, ":") || !take_number(cursor, 2, &out->tm_min) ||
	    !take_char(cursor, ":") || !take_number(cursor, 2, &out->tm_sec))
		return false;
	if (take_char(cursor, ".")) {
		if (!ascii_is_digit(**cursor))
			return false;
		while (ascii_is_digit(**cursor))
			(*cursor)++;
	}
	/* Second 60 is a leap second: it counts as the first of the next minute. */
	return out->tm_hour < 24 && out->tm_min < 60 && out->tm_sec <= 60;
}

static bool take_offset(const char **cursor, int *seconds_out)
{
	*seconds_out = 0;
	if (take_char(cursor, "Zz"))
		return true;
	int hours, minutes, sign = **cursor == '-' ? -1 : 1;
	if (!take_char(cursor, "+-") || !take_number(cursor, 2, &hours) || !take_char(cursor, ":") ||
	    !take_number(cursor, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*seconds_out = sign * (hours * 3600 + minutes * 60);
	return true;
}

bool clock_parse_rfc3339(const char *text, int64_t *out, struct error *err)
{
	struct tm parts = { 0 };
	const char *cursor = text;
	int offset;
	if (!take_date(&cursor, &parts) || !take_char(&cursor, "Tt ") || !take_time(&cursor, &parts) ||
	    !take_offset(&cursor, &offset) || *cursor != '\0')
		return error_set(err, ERROR_INPUT, "\"%s\" is not a time like 2026-03-02T09:00:00Z", text);
	*out = (int64_t)timegm(&parts) - offset;
	return true;
}

bool clock_parse_date(const char *text, calendar_date *out, struct error *err)
{
	struct tm parts = { 0 };
	const char *cursor = text;
	if (!take_date(&cursor, &parts) || *cursor != '\0')
		return error_set(err, ERROR_INPUT, "\"%s\" is not a date like 2026-03-02", text);
	*out = (parts.tm_year + 1900) * 10000 + (parts.tm_mon + 1) * 100 + parts.tm_mday;
	return true;
}

static struct tm utc_of(int64_t at)
{
	time_t seconds = (time_t)at;
	struct tm parts = { 0 };
	if (gmtime_r(&seconds, &parts) == NULL) /* a year beyond int */
		parts = (struct tm){ .tm_mday = 1, .tm_year = 70, .tm_wday = 4 };
	return parts;
}

char *clock_format_rfc3339(struct arena *arena, int64_t at)
{
	struct tm parts = utc_of(at);
	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
			    parts.tm_hour, parts.tm_min, parts.tm_sec);
}

char *clock_format_rfc5322(struct arena *arena, int64_t at)
{
	/* Not strftime: the names are the protocol's, whatever the locale. */
	static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm parts = utc_of(at);
	return arena_printf(arena, "%s, %02d %s %04d %02d:%02d:%02d +0000", days[parts.tm_wday], parts.tm_mday,
			    months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/* ICU carries its own calendar data; without it nothing here can be right, so a failure aborts. */
static void must(UErrorCode status)
{
	if (U_FAILURE(status))
		abort();
}

static char *format_as(struct arena *arena, int64_t at, const char *locale, const UChar *pattern)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, ZONE, -1, pattern, -1, &status);
	must(status);
	UChar wide[128];
	int32_t length = udat_format(format, (UDate)at * 1000.0, wide, 128, NULL, &status);
	udat_close(format);
	must(status);
	char *text = arena_alloc(arena, (size_t)length * 3 + 1);
	u_strToUTF8(text, length * 3 + 1, NULL, wide, length, &status);
	must(status);
	return text;
}

char *clock_format_local(struct arena *arena, int64_t at)
{
	return clock_format_local_in(arena, at, "en");
}

char *clock_format_local_in(struct arena *arena, int64_t at, const char *language)
{
	return format_as(arena, at, strcmp(language, "cy") == 0 ? "cy_GB@calendar=gregorian" : LOCALE, u"EEEE d MMMM y, HH:mm");
}

calendar_date clock_date_of(int64_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(ZONE, -1, LOCALE, UCAL_GREGORIAN, &status);
	must(status);
	ucal_setMillis(calendar, (UDate)at * 1000.0, &status);
	int year = ucal_get(calendar, UCAL_YEAR, &status);
	int month = ucal_get(calendar, UCAL_MONTH, &status) + 1;
	int day = ucal_get(calendar, UCAL_DATE, &status);
	ucal_close(calendar);
	must(status);
	return year * 10000 + month * 100 + day;
}

int64_t clock_day_start(calendar_date date)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(ZONE, -1, LOCALE, UCAL_GREGORIAN, &status);
	must(status);
	ucal_clear(calendar);
	ucal_setDate(calendar, date / 10000, date / 100 % 100 - 1, date % 100, &status);
	UDate start = ucal_getMillis(calendar, &status);
	ucal_close(calendar);
	must(status);
	return (int64_t)(start / 1000.0);
}

/* Midday of the date in UTC, where days are all alike. */
static struct tm midday_of(calendar_date date, int days)
{
	struct tm parts = { .tm_year = date / 10000 - 1900, .tm_mon = date / 100 % 100 - 1, .tm_mday = date % 100 + days, .tm_hour = 12 };
	timegm(&parts); /* puts the 30th of February into March, and says the weekday */
	return parts;
}

calendar_date clock_date_add(calendar_date date, int days)
{
	struct tm parts = midday_of(date, days);
	return (parts.tm_year + 1900) * 10000 + (parts.tm_mon + 1) * 100 + parts.tm_mday;
}

int clock_weekday(calendar_date date)
{
	return (midday_of(date, 0).tm_wday + 6) % 7;
}

char *clock_format_date(struct arena *arena, calendar_date date)
{
	return arena_printf(arena, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

char *clock_format_day(struct arena *arena, calendar_date date)
{
	return format_as(arena, clock_day_start(date), LOCALE, u"d MMMM y");
}

int64_t clock_at_local(calendar_date date, int minutes)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(ZONE, -1, LOCALE, UCAL_GREGORIAN, &status);
	must(status);
	ucal_setAttribute(calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
	ucal_setAttribute(calendar, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_LAST);
	ucal_clear(calendar);
	ucal_setDateTime(calendar, date / 10000, date / 100 % 100 - 1, date % 100, minutes / 60, minutes % 60, 0, &status);
	double millis = ucal_getMillis(calendar, &status);
	ucal_close(calendar);
	must(status);
	return (int64_t)(millis / 1000.0);
}
