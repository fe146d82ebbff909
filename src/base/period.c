/* period.c - see period.h. The calendar's arithmetic is ICU's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/period.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>

#define ZONE u"Europe/London"
#define LOCALE "en_GB@calendar=gregorian"
#define MOST_DIGITS 4
#define HOUR_SECONDS ((int64_t)3600)

static const struct unit {
	const char *one, *many;
	int months, days;
} units[] = {
	{ "day", "days", 0, 1 },
	{ "week", "weeks", 0, 7 },
	{ "month", "months", 1, 0 },
	{ "year", "years", 12, 0 },
};

static const struct unit *find_unit(const char *word)
{
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(word, units[i].one) == 0 || strcmp(word, units[i].many) == 0)
			return &units[i];
	return NULL;
}

bool period_parse(const char *text, struct period *out, struct error *err)
{
	size_t digits = strspn(text, "0123456789");
	const struct unit *unit = digits > 0 && digits <= MOST_DIGITS && text[0] != '0' && text[digits] == ' ' ? find_unit(text + digits + 1) : NULL;
	if (unit == NULL)
		return error_set(err, ERROR_INPUT, "\"%s\" is not a length of time like \"30 days\", \"2 weeks\", \"6 months\" or \"2 years\"", text);
	int count = atoi(text);
	*out = (struct period){ count * unit->months, count * unit->days };
	return true;
}

char *period_format(struct arena *arena, struct period period)
{
	int count = period.months > 0 ? period.months : period.days;
	const struct unit *unit = period.months > 0 ? &units[2] : &units[0];
	return arena_printf(arena, "%d %s", count, count == 1 ? unit->one : unit->many);
}

/* ICU carries its own calendar data; without it nothing here can be right, so a failure aborts. */
static void must(UErrorCode status)
{
	if (U_FAILURE(status))
		abort();
}

static UCalendar *calendar_at(int64_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = ucal_open(ZONE, -1, LOCALE, UCAL_GREGORIAN, &status);
	must(status);
	ucal_setMillis(calendar, (UDate)at * 1000.0, &status);
	must(status);
	return calendar;
}

static int64_t calendar_end(UCalendar *calendar, UErrorCode status)
{
	int64_t at = (int64_t)(ucal_getMillis(calendar, &status) / 1000.0);
	ucal_close(calendar);
	must(status);
	return at;
}

int64_t period_before(struct period period, int64_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = calendar_at(at);
	ucal_add(calendar, UCAL_MONTH, -period.months, &status);
	ucal_add(calendar, UCAL_DATE, -period.days, &status);
	return calendar_end(calendar, status);
}

/* The 31st of a month that has none is the beginning of the next one. */
int64_t period_after(struct period period, int64_t at)
{
	UErrorCode status = U_ZERO_ERROR;
	UCalendar *calendar = calendar_at(at);
	int day = ucal_get(calendar, UCAL_DATE, &status);
	ucal_add(calendar, UCAL_MONTH, period.months, &status);
	if (ucal_get(calendar, UCAL_DATE, &status) != day) {
		ucal_add(calendar, UCAL_DATE, 1, &status);
		ucal_set(calendar, UCAL_HOUR_OF_DAY, 0);
		ucal_set(calendar, UCAL_MINUTE, 0);
		ucal_set(calendar, UCAL_SECOND, 0);
	}
	ucal_add(calendar, UCAL_DATE, period.days, &status);
	int64_t after = calendar_end(calendar, status);
	/* An hour that the clocks go through twice, or never. */
	while (period_before(period, after) < at)
		after += HOUR_SECONDS;
	return after;
}

int period_compare(struct period a, struct period b)
{
	/* In 400 years there are 4800 months of 146097 days. */
	int64_t first = (int64_t)a.months * 146097 + (int64_t)a.days * 4800;
	int64_t second = (int64_t)b.months * 146097 + (int64_t)b.days * 4800;
	return (first > second) - (first < second);
}
