/* import_date.c - dates as British spreadsheets write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Excel's day 1 is 1 January 1900 and it counts a 29 February of that year, so that from March on day 0 is 30 December 1899. */
#define EXCEL_EPOCH ((calendar_date)18991230)
#define EXCEL_LEAST 20000 /* 1954 */
#define EXCEL_MOST 80000  /* 2119 */

static bool read_number(const char **cursor, size_t most, int *out)
{
	size_t digits = 0;
	for (*out = 0; ascii_is_digit(**cursor) && digits < most; (*cursor)++, digits++)
		*out = *out * 10 + (**cursor - '0');
	return digits > 0 && !ascii_is_digit(**cursor);
}

static bool read_separator(const char **cursor)
{
	const char *start = *cursor;
	*cursor += strspn(*cursor, "/.- ,");
	return *cursor > start;
}

static int read_month(const char **cursor)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	int number;
	if (ascii_is_digit(**cursor))
		return read_number(cursor, 2, &number) ? number : 0;
	for (int i = 0; i < 12; i++)
		if (bytes_starts_with_nocase(bytes_of(*cursor), bytes_of(months[i]))) {
			while (ascii_is_alpha(**cursor))
				(*cursor)++;
			return i + 1;
		}
	return 0;
}

static bool checked(int year, int month, int day, calendar_date *out)
{
	char text[48];
	struct error err = ERROR_INIT;
	snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
	bool good = clock_parse_date(text, out, &err);
	error_release(&err);
	return good;
}

/* Nothing, or a time of day, which no term of office has. */
static bool ends(const char *rest)
{
	return rest[0] == '\0' || ((rest[0] == ' ' || rest[0] == 'T') && strspn(rest + 1, "0123456789:.Z APMapm+") == strlen(rest + 1));
}

static bool read_serial(const char *text, calendar_date *out)
{
	if (strlen(text) != 5 || strspn(text, "0123456789") != 5)
		return false;
	int days = atoi(text);
	if (days < EXCEL_LEAST || days > EXCEL_MOST)
		return false;
	*out = clock_date_add(EXCEL_EPOCH, days);
	return true;
}

static bool read_year_first(const char *text, calendar_date *out)
{
	int year, month, day;
	if (strspn(text, "0123456789") != 4 || !read_number(&text, 4, &year) || !read_separator(&text) || !read_number(&text, 2, &month) ||
	    !read_separator(&text) || !read_number(&text, 2, &day))
		return false;
	return ends(text) && checked(year, month, day, out);
}

/* "9th" */
static void skip_ordinal(const char **cursor)
{
	static const char *const ends_of[] = { "st", "nd", "rd", "th" };
	for (size_t i = 0; i < sizeof ends_of / sizeof *ends_of; i++)
		if (bytes_starts_with_nocase(bytes_of(*cursor), bytes_of(ends_of[i]))) {
			*cursor += 2;
			return;
		}
}

static bool read_day_first(const char *text, calendar_date *out)
{
	int year, month, day;
	if (!read_number(&text, 2, &day))
		return false;
	skip_ordinal(&text);
	if (!read_separator(&text) || (month = read_month(&text)) == 0 || !read_separator(&text))
		return false;
	size_t digits = strspn(text, "0123456789");
	if ((digits != 2 && digits != 4) || !read_number(&text, 4, &year))
		return false;
	if (digits == 2)
		year += year < 70 ? 2000 : 1900;
	return ends(text) && checked(year, month, day, out);
}

bool import_date(const char *text, calendar_date *out)
{
	return read_serial(text, out) || read_year_first(text, out) || read_day_first(text, out);
}
