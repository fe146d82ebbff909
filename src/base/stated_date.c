/* stated_date.c - see stated_date.h. The sentence becomes words; a few readers, in order, each try whether a day begins at a word.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/stated_date.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MOST 120
#define WORD_LENGTH 16
#define AHEAD_MOST 183
#define FRIDAY 4

struct words {
	char items[WORDS_MOST][WORD_LENGTH]; /* lower case; a longer word is empty: it is none of ours */
	size_t count;
	calendar_date on;
};
struct named { /* a word, and the number it stands for */
	const char *word;
	int number;
};

static const struct named months[] = {
	{ "january", 1 }, { "jan", 1 }, { "february", 2 }, { "feb", 2 }, { "march", 3 }, { "mar", 3 }, { "april", 4 }, { "apr", 4 },
	{ "may", 5 }, { "june", 6 }, { "jun", 6 }, { "july", 7 }, { "jul", 7 }, { "august", 8 }, { "aug", 8 }, { "september", 9 },
	{ "sept", 9 }, { "sep", 9 }, { "october", 10 }, { "oct", 10 }, { "november", 11 }, { "nov", 11 }, { "december", 12 }, { "dec", 12 },
	{ "ionawr", 1 }, { "chwefror", 2 }, { "mawrth", 3 }, { "fawrth", 3 }, { "ebrill", 4 }, { "mai", 5 }, { "fai", 5 },
	{ "mehefin", 6 }, { "fehefin", 6 }, { "gorffennaf", 7 }, { "orffennaf", 7 }, { "awst", 8 }, { "medi", 9 }, { "fedi", 9 },
	{ "hydref", 10 }, { "tachwedd", 11 }, { "dachwedd", 11 }, { "rhagfyr", 12 }, { "ragfyr", 12 }, { NULL, 0 },
};
static const struct named weekdays[] = {
	{ "monday", 0 }, { "mon", 0 }, { "tuesday", 1 }, { "tues", 1 }, { "tue", 1 }, { "wednesday", 2 }, { "wed", 2 }, { "thursday", 3 },
	{ "thurs", 3 }, { "thu", 3 }, { "friday", 4 }, { "fri", 4 }, { "saturday", 5 }, { "sunday", 6 }, { NULL, 0 },
};
static const struct named welsh_weekdays[] = { /* behind "dydd" */
	{ "llun", 0 }, { "mawrth", 1 }, { "mercher", 2 }, { "iau", 3 }, { "gwener", 4 }, { "sadwrn", 5 }, { "sul", 6 }, { NULL, 0 },
};
static const struct named numbers[] = {
	{ "a", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 },
	{ "nine", 9 }, { "ten", 10 }, { "fourteen", 14 }, { "un", 1 }, { "dau", 2 }, { "ddau", 2 }, { "dwy", 2 }, { "ddwy", 2 }, { "tri", 3 },
	{ "dri", 3 }, { "tair", 3 }, { "dair", 3 }, { "pum", 5 }, { "bum", 5 }, { NULL, 0 },
};
static const struct named spans[] = { /* days */
	{ "day", 1 }, { "days", 1 }, { "week", 7 }, { "weeks", 7 }, { "fortnight", 14 }, { "month", 30 }, { "diwrnod", 1 }, { "ddiwrnod", 1 },
	{ "wythnos", 7 }, { "pythefnos", 14 }, { "bythefnos", 14 }, { "mis", 30 }, { "fis", 30 }, { NULL, 0 },
};
static const struct named soon[] = {
	{ "today", 0 }, { "tonight", 0 }, { "tomorrow", 1 }, { "heddiw", 0 }, { "yfory", 1 }, { NULL, 0 },
};
static const char *const leads[] = { "by", "until", "till", "before", "within", "erbyn", "tan", "cyn", NULL };

static bool number_of(const struct named *table, const char *word, int *out)
{
	for (; table->word != NULL; table++) {
		if (strcmp(table->word, word) == 0) {
			*out = table->number;
			return true;
		}
	}
	return false;
}

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, word) == 0)
			return true;
	return false;
}

static const char *word_at(const struct words *words, size_t at)
{
	return at < words->count ? words->items[at] : "";
}

static bool is_word_octet(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' || c == '-' || c == '.' || (c & 0x80) != 0;
}

static void split(struct bytes sentence, struct words *words)
{
	for (size_t at = 0; at < sentence.length && words->count < WORDS_MOST;) {
		size_t start = at;
		while (at < sentence.length && is_word_octet(sentence.data[at]))
			at++;
		size_t end = at;
		while (end > start && (sentence.data[end - 1] == '.' || sentence.data[end - 1] == '-'))
			end--;
		char *word = words->items[words->count];
		for (size_t i = start; i < end && end - start < WORD_LENGTH; i++)
			word[i - start] = ascii_lower(sentence.data[i]);
		words->count += end > start;
		at += at == start;
	}
}

static bool exists(int year, int month, int day)
{
	calendar_date first = year * 10000 + month * 100 + 1;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 && clock_date_add(first, day - 1) == first + day - 1;
}

static bool is_ahead(const struct words *words, calendar_date date)
{
	return date >= words->on && date <= clock_date_add(words->on, AHEAD_MOST);
}

/* Without a year, the next time that day comes. */
static bool day_and_month(const struct words *words, int day, int month, int year, calendar_date *out)
{
	bool given = year != 0;
	year = !given ? words->on / 10000 : year < 100 ? 2000 + year : year;
	for (int i = 0; i < (given ? 1 : 2); i++, year++) {
		*out = year * 10000 + month * 100 + day;
		if (exists(year, month, day) && is_ahead(words, *out))
			return true;
	}
	return false;
}

/* "20", "20th", "20fed"; 0 when it is none. */
static int day_number(const char *word, bool *ordinal_out)
{
	static const char *const endings[] = { "st", "nd", "rd", "th", "af", "ail", "ydd", "fed", "eg", "ain", NULL };
	char *end;
	long day = *word >= '0' && *word <= '9' ? strtol(word, &end, 10) : 0;
	*ordinal_out = day > 0 && *end != '\0' && is_one_of(end, endings);
	return day >= 1 && day <= 31 && (*end == '\0' || *ordinal_out) ? (int)day : 0;
}

static int year_at(const struct words *words, size_t at)
{
	char *end;
	long year = strtol(word_at(words, at), &end, 10);
	return *end == '\0' && year >= 2000 && year < 2200 ? (int)year : 0;
}

/* --- readers: does a day begin at this word? --- */

static bool read_day_month(const struct words *words, size_t at, calendar_date *out)
{
	bool ordinal = false;
	int month = 0, day = day_number(word_at(words, at), &ordinal);
	size_t next = at + 1;
	if (day == 0)
		return false;
	if (strcmp(word_at(words, next), "of") == 0 || strcmp(word_at(words, next), "o") == 0)
		next++;
	if (number_of(months, word_at(words, next), &month))
		return day_and_month(words, day, month, year_at(words, next + 1), out);
	if (!ordinal)
		return false;
	/* "the 20th": of this month, or of the next. */
	int year = words->on / 10000;
	month = words->on / 100 % 100;
	for (int i = 0; i < 2; i++, year += month == 12, month = month % 12 + 1) {
		*out = year * 10000 + month * 100 + day;
		if (exists(year, month, day) && is_ahead(words, *out))
			return true;
	}
	return false;
}

static bool read_month_day(const struct words *words, size_t at, calendar_date *out)
{
	bool ordinal = false;
	int month = 0, day = day_number(word_at(words, at + 1), &ordinal);
	return day != 0 && number_of(months, word_at(words, at), &month) && day_and_month(words, day, month, year_at(words, at + 2), out);
}

/* 20/3, 20/03/26, 20.3.2026, 2026-03-20. "9.30" is a time of day: dots want a year. */
static bool read_figures(const struct words *words, size_t at, calendar_date *out)
{
	long figures[3] = { 0 };
	size_t count = 0;
	const char *rest = word_at(words, at);
	char between = '\0';
	do {
		char *end;
		if (*rest < '0' || *rest > '9')
			return false;
		figures[count++] = strtol(rest, &end, 10);
		rest = end;
		between = between == '\0' ? *rest : between;
	} while (count < 3 && *rest != '\0' && *rest == between && *++rest != '\0');
	if (*rest != '\0' || count < 2 || strchr("/.-", between) == NULL || (count == 2 && between != '/'))
		return false;
	if (figures[0] > 1999 && figures[0] < 2200)
		return day_and_month(words, (int)(figures[2] % 100), (int)(figures[1] % 100), (int)figures[0], out);
	return figures[0] < 32 && figures[1] < 13 && figures[2] < 2200 &&
	       day_and_month(words, (int)figures[0], (int)figures[1], (int)figures[2], out);
}

/* "next Friday" is one of next week; of this one nobody says "next". */
static bool read_weekday(const struct words *words, size_t at, calendar_date *out)
{
	int weekday = 0, today = clock_weekday(words->on);
	bool next = at > 0 && strcmp(words->items[at - 1], "next") == 0;
	if (strcmp(word_at(words, at), "dydd") == 0 || strcmp(word_at(words, at), "ddydd") == 0) {
		if (!number_of(welsh_weekdays, word_at(words, at + 1), &weekday))
			return false;
		next = strcmp(word_at(words, at + 2), "nesaf") == 0;
	} else if (!number_of(weekdays, word_at(words, at), &weekday)) {
		return false;
	}
	int days = (weekday - today + 7) % 7;
	if (days == 0 || (next && days < 7 - today))
		days += 7;
	*out = clock_date_add(words->on, days);
	return true;
}

/* The working week ends on a Friday. */
static bool read_week(const struct words *words, size_t at, calendar_date *out)
{
	const char *word = word_at(words, at), *before = at > 0 ? words->items[at - 1] : "";
	int today = clock_weekday(words->on), friday = today <= FRIDAY ? FRIDAY - today : 0;
	if (strcmp(word, "week") == 0 && (strcmp(before, "this") == 0 || strcmp(before, "the") == 0))
		*out = clock_date_add(words->on, friday);
	else if ((strcmp(word, "week") == 0 && strcmp(before, "next") == 0) ||
		 (strcmp(word, "wythnos") == 0 && strcmp(word_at(words, at + 1), "nesaf") == 0))
		*out = clock_date_add(words->on, 7 - today + FRIDAY);
	else if (strcmp(word, "wythnos") == 0 && strcmp(before, "yr") == 0)
		*out = clock_date_add(words->on, friday);
	else
		return false;
	return true;
}

static calendar_date month_end(int year, int month)
{
	calendar_date next = month == 12 ? (year + 1) * 10000 + 101 : year * 10000 + (month + 1) * 100 + 1;
	return clock_date_add(next, -1);
}

/* "the end of March", "the end of the month", "next month". */
static bool read_month(const struct words *words, size_t at, calendar_date *out)
{
	const char *word = word_at(words, at), *before = at > 0 ? words->items[at - 1] : "";
	int year = words->on / 10000, month = words->on / 100 % 100, named = 0;
	bool end = at >= 2 && strcmp(before, "of") == 0 && strcmp(words->items[at - 2], "end") == 0;
	end |= strcmp(before, "ddiwedd") == 0 || strcmp(before, "diwedd") == 0;
	bool named_month = end && number_of(months, word, &named);
	bool next = (strcmp(word, "month") == 0 && strcmp(before, "next") == 0) ||
		    ((strcmp(word, "mis") == 0 || strcmp(word, "fis") == 0) && strcmp(word_at(words, at + 1), "nesaf") == 0);
	bool this = strcmp(word, "month") == 0 && (strcmp(before, "this") == 0 || strcmp(before, "the") == 0);
	if (!named_month && !next && !this)
		return false;
	if (named_month) {
		year += named < month;
		month = named;
	} else if (next) {
		year += month == 12;
		month = month % 12 + 1;
	}
	*out = month_end(year, month);
	return is_ahead(words, *out);
}

/* "within ten days", "in a fortnight", "o fewn wythnos". Working days leave Saturdays and Sundays out. */
static bool read_span(const struct words *words, size_t at, calendar_date *out)
{
	static const char *const begins[] = { "within", "in", "fewn", "mewn", NULL };
	static const char *const fillers[] = { "the", "next", "about", "a", NULL };
	int count = 1, days = 0;
	size_t next = at + 1;
	char *end;
	if (!is_one_of(word_at(words, at), begins))
		return false;
	while (is_one_of(word_at(words, next), fillers) && next < at + 3)
		next++;
	long figure = strtol(word_at(words, next), &end, 10);
	if (*end == '\0' && figure >= 1 && figure <= AHEAD_MOST) {
		count = (int)figure;
		next++;
	} else if (number_of(numbers, word_at(words, next), &count)) {
		next++;
	}
	bool working = strcmp(word_at(words, next), "working") == 0;
	next += working;
	if (!number_of(spans, word_at(words, next), &days))
		return false;
	*out = words->on;
	for (int i = 0; i < count * days && i <= AHEAD_MOST;) {
		*out = clock_date_add(*out, 1);
		i += !working || clock_weekday(*out) <= FRIDAY;
	}
	return is_ahead(words, *out);
}

static bool read_soon(const struct words *words, size_t at, calendar_date *out)
{
	int days = 0;
	if (!number_of(soon, word_at(words, at), &days))
		return false;
	*out = clock_date_add(words->on, days);
	return true;
}

static bool day_at(const struct words *words, size_t at, calendar_date *out)
{
	static bool (*const readers[])(const struct words *, size_t, calendar_date *) = {
		read_day_month, read_month_day, read_figures, read_weekday, read_week, read_month, read_span, read_soon,
	};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (readers[i](words, at, out))
			return true;
	return false;
}

/* "by the end of next Friday": a lead reaches over a few small words. */
static bool is_led(const struct words *words, size_t at)
{
	static const char *const small[] = { "the", "end", "of", "close", "this", "next", "noon", "about", "y", "yr", "ddiwedd", "diwedd", NULL };
	if (strcmp(word_at(words, at), "within") == 0)
		return true;
	for (size_t i = at; i > 0; i--) {
		if (is_one_of(words->items[i - 1], leads))
			return true;
		if (!is_one_of(words->items[i - 1], small) && !number_of(weekdays, words->items[i - 1], &(int){ 0 }))
			return false;
	}
	return false;
}

bool stated_date(struct bytes sentence, calendar_date on, calendar_date *out)
{
	struct words words = { .on = on };
	bool any = false;
	split(sentence, &words);
	for (size_t at = 0; at < words.count; at++) {
		calendar_date date;
		if (!day_at(&words, at, &date) || !is_ahead(&words, date))
			continue;
		/* "Friday 20 March": the date is more exact than the weekday before it. */
		int weekday;
		calendar_date later;
		if (number_of(weekdays, words.items[at], &weekday) && (read_day_month(&words, at + 1, &later) || read_day_month(&words, at + 2, &later)))
			continue;
		if (!any)
			*out = date;
		any = true;
		if (is_led(&words, at)) {
			*out = date;
			return true;
		}
	}
	return any;
}

/* --- times of day --- */

struct reader {
	struct bytes text;
	size_t at;
};

static bool read_figure(struct reader *reader, int *out)
{
	size_t start = reader->at;
	for (*out = 0; reader->at < reader->text.length && reader->at < start + 3; reader->at++) {
		char c = reader->text.data[reader->at];
		if (c < '0' || c > '9')
			break;
		*out = *out * 10 + (c - '0');
	}
	return reader->at > start && reader->at <= start + 2;
}

static bool read_word(struct reader *reader, const char *word)
{
	struct bytes wanted = bytes_of(word), rest = bytes_slice(reader->text, reader->at, reader->text.length);
	if (!bytes_equal_nocase(bytes_slice(rest, 0, wanted.length), wanted))
		return false;
	if (wanted.length < rest.length && (ascii_is_alpha(rest.data[wanted.length]) || ascii_is_digit(rest.data[wanted.length])))
		return false;
	reader->at += wanted.length;
	return true;
}

/* Which half of the day: 0 or 12 hours; -1 when it is not said. */
static int read_half(struct reader *reader)
{
	static const char *const words[][5] = { { "am", "a.m", "y bore", "yb", NULL }, { "pm", "p.m", "y prynhawn", "yr hwyr", NULL } };
	while (reader->at < reader->text.length && ascii_is_space(reader->text.data[reader->at]))
		reader->at++;
	for (int half = 0; half < 2; half++)
		for (size_t i = 0; words[half][i] != NULL; i++)
			if (read_word(reader, words[half][i]))
				return half * 12;
	return -1;
}

/* "10.30", not "10.3.2026" or "1.306". */
static bool read_minutes(struct reader *reader, int *out)
{
	struct reader ahead = *reader;
	ahead.at++;
	if (ahead.at >= ahead.text.length || (reader->text.data[reader->at] != ':' && reader->text.data[reader->at] != '.') ||
	    !read_figure(&ahead, out) || ahead.at != reader->at + 3 || *out > 59)
		return false;
	if (ahead.at + 1 < ahead.text.length && ahead.text.data[ahead.at] == '.' && ascii_is_digit(ahead.text.data[ahead.at + 1]))
		return false;
	*reader = ahead;
	return true;
}

static bool time_in_figures(struct bytes sentence, size_t at, int *out)
{
	struct reader reader = { sentence, at };
	int hours, minutes = 0;
	if (!read_figure(&reader, &hours) || hours > 24)
		return false;
	bool exact = read_minutes(&reader, &minutes);
	int half = read_half(&reader);
	if ((!exact && half < 0) || (half >= 0 && hours > 12) || hours * 60 + minutes > 24 * 60)
		return false;
	*out = (half < 0 ? hours : hours % 12 + half) * 60 + minutes;
	return true;
}

bool stated_time(struct bytes sentence, int *out)
{
	static const struct named words[] = {
		{ "noon", 720 }, { "midday", 720 }, { "hanner dydd", 720 }, { "midnight", 1440 }, { "hanner nos", 1440 }, { NULL, 0 },
	};
	for (size_t at = 0; at < sentence.length; at++) {
		struct reader reader = { sentence, at };
		if (at > 0 && (is_word_octet(sentence.data[at - 1]) || sentence.data[at - 1] == ':'))
			continue;
		if (time_in_figures(sentence, at, out))
			return true;
		for (const struct named *word = words; word->word != NULL; word++)
			if (read_word(&reader, word->word)) {
				*out = word->number;
				return true;
			}
	}
	return false;
}
