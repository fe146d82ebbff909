/* test_chart.c - pictures of numbers: as high as they should be, told in words and in a table, harmless whatever is written.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/chart.h"

static const char *const weeks[] = { "2 March", "9 March", "16 March", "23 March" };

static const char *drawn(struct arena *arena, const struct chart *chart)
{
	struct markup markup = MARKUP_INIT(arena);
	chart_figure(&markup, chart, true);
	return arena_string_of(arena, markup_end(&markup));
}

static size_t times(const char *whole, const char *part)
{
	size_t count = 0;
	for (const char *at = whole; (at = strstr(at, part)) != NULL; at += strlen(part))
		count++;
	return count;
}

/* The value of an attribute of the element that begins at `at`. */
static double attribute(const char *at, const char *name)
{
	char wanted[40];
	snprintf(wanted, sizeof wanted, " %s=\"", name);
	const char *found = strstr(at, wanted);
	assert_non_null(found);
	assert_true(found < strchr(at, '>'));
	return strtod(found + strlen(wanted), NULL);
}

static struct chart a_chart(enum chart_kind kind, const struct chart_series *series, size_t count)
{
	return (struct chart){ .id = "c", .kind = kind, .title = "Held by week", .heading = "Week from", .labels = weeks, .label_count = 4,
			       .series = series, .series_count = count };
}

/* All end at one line, and are as high, within a tenth, as their share of the highest. */
static void bars_are_as_high_as_their_numbers(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t held[] = { 3, 20, 7, 11 };
	struct chart_series series = { "Held", held };
	struct chart chart = a_chart(CHART_BARS, &series, 1);
	const char *html = drawn(arena, &chart), *bar = html;
	double highest = 0, heights[4], foot = 0;
	for (size_t i = 0; i < 4; i++) {
		bar = strstr(bar + 1, "<rect");
		assert_non_null(bar);
		heights[i] = attribute(bar, "height") + 1; /* the outline's halves */
		double ends = attribute(bar, "y") + heights[i];
		assert_true(i == 0 || (ends > foot - 0.2 && ends < foot + 0.2));
		foot = ends;
		highest = heights[i] > highest ? heights[i] : highest;
	}
	for (size_t i = 0; i < 4; i++)
		assert_true(heights[i] > highest * (double)held[i] / 20 - 0.2 && heights[i] < highest * (double)held[i] / 20 + 0.2);
	assert_null(strstr(bar + 1, "<rect"));
	arena_free(&arena);
}

static void it_says_the_same_in_words_and_in_a_table(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t held[] = { 0, 1234567, CHART_NOTHING, 5 }, examined[] = { 1, 2, 3, 4 };
	const struct chart_series series[] = { { "Held", held }, { "Examined", examined } };
	for (int kind = CHART_BARS; kind <= CHART_ROWS; kind++) {
		struct chart chart = a_chart((enum chart_kind)kind, series, 2);
		const char *html = drawn(arena, &chart);
		assert_non_null(strstr(html, "role=\"img\""));
		assert_non_null(strstr(html, "aria-labelledby=\"c-title c-description\""));
		assert_non_null(strstr(html, "<title id=\"c-title\">Held by week</title>"));
		assert_non_null(strstr(html, "<desc id=\"c-description\">"));
		assert_non_null(strstr(html, "Held: 1,234,572 in all, most in 9 March with 1,234,567; not measured throughout."));
		assert_non_null(strstr(html, "Examined: 10 in all, most in 23 March with 4."));
		assert_non_null(strstr(html, "<th scope=\"row\">9 March</th>\n<td class=\"number\">1,234,567</td>\n<td class=\"number\">2</td>"));
		assert_non_null(strstr(html, "<th scope=\"row\">16 March</th>\n<td class=\"number\">not measured</td>\n<td class=\"number\">3</td>"));
		assert_int_equal(times(html, "<tr>"), 5);
		assert_int_equal(times(html, ">Held</t"), 2); /* legend, head */
		assert_null(strstr(html, "<script"));
		assert_null(strstr(html, "style="));
		assert_null(strstr(html, "http"));
	}
	arena_free(&arena);
}

static void series_differ_without_colour(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t some[] = { 4, 3, 2, 1 };
	static const struct chart_series series[] = { { "A", some }, { "B", some }, { "C", some }, { "D", some }, { "E", some } };
	struct chart chart = a_chart(CHART_BARS, series, 5);
	const char *html = drawn(arena, &chart);
	static const char *const fills[] = { "fill=\"currentColor\" stroke", "fill=\"none\" stroke", "fill=\"url(#c-pattern-2)\"", "fill=\"url(#c-pattern-3)\"" };
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(times(html, fills[i]), 5); /* four bars, one swatch */
	assert_null(strstr(html, "chart-series-4")); /* the fifth is in the table alone */
	assert_int_equal(times(html, ">E</th>"), 1);
	assert_null(strstr(html, "rgb("));
	chart.kind = CHART_LINES;
	html = drawn(arena, &chart);
	static const char *const dashes[] = { "\"none\" fill", "\"6 3\" fill", "\"2 2\" fill", "\"9 3 2 3\" fill" };
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(times(html, arena_printf(arena, "stroke-dasharray=%s", dashes[i])), 1);
	arena_free(&arena);
}

static void nothing_is_said_as_such(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t noughts[] = { 0, 0, 0, 0 }, gaps[] = { CHART_NOTHING, CHART_NOTHING, CHART_NOTHING, -1 };
	struct chart_series series = { "Held", noughts };
	struct chart chart = a_chart(CHART_BARS, &series, 1);
	const char *html = drawn(arena, &chart);
	assert_int_equal(times(html, "None in this period."), 2);
	assert_null(strstr(html, "<rect"));
	assert_int_equal(times(html, ">0</td>"), 4);
	series.values = gaps;
	html = drawn(arena, &chart);
	assert_int_equal(times(html, "Not measured in this period."), 2);
	assert_int_equal(times(html, ">not measured</td>"), 4);
	chart.label_count = 0;
	html = drawn(arena, &chart);
	assert_int_equal(times(html, "Nothing to show for this period."), 2);
	assert_null(strstr(html, "<table"));
	chart.series_count = 0;
	drawn(arena, &chart);
	arena_free(&arena);
}

static void a_gap_breaks_the_line(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t values[] = { 4, CHART_NOTHING, 2, 1 };
	struct chart_series series = { "Held", values };
	struct chart chart = a_chart(CHART_LINES, &series, 1);
	const char *line = strstr(drawn(arena, &chart), "class=\"chart-series-0\" d=\"");
	assert_non_null(line);
	line = strstr(line, "d=\"");
	size_t moves = 0, lines = 0;
	for (const char *c = line + 3; *c != '"'; c++) {
		moves += *c == 'M';
		lines += *c == 'L';
	}
	assert_int_equal(moves, 2);
	assert_int_equal(lines, 1);
	arena_free(&arena);
}

static void the_largest_numbers_fit(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t huge[] = { INT64_MAX, 1, INT64_MAX / 2, 0 };
	struct chart_series series = { "Held", huge };
	for (int kind = CHART_BARS; kind <= CHART_ROWS; kind++) {
		struct chart chart = a_chart((enum chart_kind)kind, &series, 1);
		const char *html = drawn(arena, &chart);
		assert_true(times(html, "<text") < 20);
		assert_non_null(strstr(html, "9,223,372,036,854,775,807"));
		for (const char *bar = html; (bar = strstr(bar + 1, "<rect")) != NULL;) {
			assert_true(attribute(bar, "width") > 0 && attribute(bar, "width") <= 440);
			assert_true(attribute(bar, "height") > 0 && attribute(bar, "height") <= 170);
			assert_true(attribute(bar, "x") >= 0 && attribute(bar, "y") >= 0);
		}
	}
	assert_string_equal(chart_number(arena, 0), "0");
	assert_string_equal(chart_number(arena, 999), "999");
	assert_string_equal(chart_number(arena, 1000), "1,000");
	assert_string_equal(chart_number(arena, -1234), "-1,234");
	assert_string_equal(chart_number(arena, -123), "-123");
	assert_string_equal(chart_number(arena, INT64_MAX), "9,223,372,036,854,775,807");
	assert_string_equal(chart_number(arena, CHART_NOTHING), "not measured");
	arena_free(&arena);
}

static void foreign_words_stay_words(void **state)
{
	struct arena *arena = arena_new();
	static const char *const labels[] = { "</text><script>alert(1)</script>", "Si\xc3\xa2n & O'Neill \"x\"", "\xe2\x80\xaelaed", "\xff\x01" };
	static const int64_t values[] = { 1, 2, 3, 4 };
	struct chart_series series = { "</title><img src=x onerror=alert(1)>", values };
	for (int kind = CHART_BARS; kind <= CHART_ROWS; kind++) {
		struct chart chart = a_chart((enum chart_kind)kind, &series, 1);
		chart.labels = labels;
		chart.title = "<b>\"bold\"</b>";
		chart.heading = "<i>";
		const char *html = drawn(arena, &chart);
		assert_null(strstr(html, "<script"));
		assert_null(strstr(html, "<img"));
		assert_null(strstr(html, "<b>"));
		assert_null(strstr(html, "<i>"));
		assert_null(strstr(html, "\xe2\x80\xae"));
		assert_null(strchr(html, '\x01'));
		assert_non_null(strstr(html, "Si\xc3\xa2n &amp; O&#39;Neill"));
	}
	arena_free(&arena);
}

/* Many labels, and long ones: those drawn are few enough to be read, and the first is among them. */
static void labels_do_not_run_into_each_other(void **state)
{
	struct arena *arena = arena_new();
	static const char *labels[600];
	static int64_t values[600];
	struct chart_series series = { "Held", values };
	for (size_t count = 1; count <= 600; count = count * 3 / 2 + 1) {
		for (size_t i = 0; i < count; i++) {
			labels[i] = arena_printf(arena, "label %zu", i);
			values[i] = (int64_t)i + 1;
		}
		struct chart chart = a_chart(CHART_LINES, &series, 1);
		chart.labels = labels;
		chart.label_count = count;
		struct markup markup = MARKUP_INIT(arena);
		chart_svg(&markup, &chart);
		const char *svg = arena_string_of(arena, markup_end(&markup));
		assert_non_null(strstr(svg, ">label 0</text>"));
		assert_true(times(svg, ">label ") <= 8);
	}
	struct chart chart = a_chart(CHART_ROWS, &series, 1);
	chart.labels = labels;
	chart.label_count = 100;
	assert_non_null(strstr(drawn(arena, &chart), ">and 60 more in the table</text>"));
	arena_free(&arena);
}

/* Dates of some length, at 7.5 units a letter: none reaches over an edge of the picture, or into its neighbour. */
static void labels_stand_inside(void **state)
{
	struct arena *arena = arena_new();
	static const char *labels[40];
	static int64_t values[40];
	struct chart_series series = { "Held", values };
	for (size_t i = 0; i < 40; i++) {
		labels[i] = "31 August 2026";
		values[i] = 1;
	}
	const double half = 14 * 7.5 / 2;
	for (size_t count = 1; count <= 40; count++) {
		struct chart chart = a_chart(CHART_LINES, &series, 1);
		chart.labels = labels;
		chart.label_count = count;
		struct markup markup = MARKUP_INIT(arena);
		chart_svg(&markup, &chart);
		const char *svg = arena_string_of(arena, markup_end(&markup)), *label = svg;
		double before = -half, width = attribute(strstr(svg, "<svg"), "width");
		for (size_t i = 0; i < times(svg, ">31 August 2026</text>"); i++) {
			while (strncmp(strchr(label = strstr(label + 1, "<text"), '>'), ">31 Aug", 7) != 0)
				;
			double middle = attribute(label, "x");
			assert_true(middle - half >= 0 && middle + half <= width && middle - before >= 2 * half);
			before = middle;
		}
	}
	arena_free(&arena);
}

/* Where a fraction has a comma, a picture must not. */
static void the_locale_has_no_say(void **state)
{
	struct arena *arena = arena_new();
	static const int64_t values[] = { 1, 2, 3, 4 };
	struct chart_series series = { "Held", values };
	struct chart chart = a_chart(CHART_BARS, &series, 1);
	const char *before = drawn(arena, &chart);
	static const char *const locales[] = { "de_DE.UTF-8", "cy_GB.UTF-8", "fr_FR.UTF-8", "C.UTF-8" };
	for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++)
		if (setlocale(LC_ALL, locales[i]) != NULL)
			assert_string_equal(drawn(arena, &chart), before);
	setlocale(LC_ALL, "C");
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_are_as_high_as_their_numbers),
		cmocka_unit_test(it_says_the_same_in_words_and_in_a_table),
		cmocka_unit_test(series_differ_without_colour),
		cmocka_unit_test(nothing_is_said_as_such),
		cmocka_unit_test(a_gap_breaks_the_line),
		cmocka_unit_test(the_largest_numbers_fit),
		cmocka_unit_test(foreign_words_stay_words),
		cmocka_unit_test(labels_do_not_run_into_each_other),
		cmocka_unit_test(labels_stand_inside),
		cmocka_unit_test(the_locale_has_no_say),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
