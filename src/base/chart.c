/* chart.c - a chart in words: numbers, the table that says the same as the picture, and the figure around both.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chart.h"

#include "chart_parts.h"

char *chart_number(struct arena *arena, int64_t value)
{
	if (value == CHART_NOTHING)
		return arena_string(arena, "not measured");
	struct text out = TEXT_INIT;
	char *digits = arena_printf(arena, "%lld", (long long)value);
	size_t length = strlen(digits);
	for (size_t i = 0; i < length; i++) {
		text_add_char(&out, digits[i]);
		if ((length - i - 1) % 3 == 0 && i + 1 < length && digits[i] != '-')
			text_add_char(&out, ',');
	}
	return arena_string_of(arena, text_to_arena(&out, arena));
}

int64_t chart_most(const struct chart *chart)
{
	int64_t most = 0;
	for (size_t s = 0; s < chart->series_count && s < CHART_SERIES_MOST; s++)
		for (size_t i = 0; i < chart->label_count; i++)
			if (chart->series[s].values[i] > most)
				most = chart->series[s].values[i];
	return most;
}

static bool is_measured(const struct chart *chart)
{
	for (size_t s = 0; s < chart->series_count; s++)
		for (size_t i = 0; i < chart->label_count; i++)
			if (chart->series[s].values[i] >= 0)
				return true;
	return false;
}

const char *chart_nothing(const struct chart *chart)
{
	if (chart_most(chart) > 0)
		return NULL;
	return is_measured(chart) ? "None in this period." : chart->label_count == 0 ? "Nothing to show for this period." : "Not measured in this period.";
}

static void describe_series(struct arena *arena, const struct chart *chart, const struct chart_series *series, struct text *out)
{
	uint64_t sum = 0;
	size_t highest = 0, measured = 0;
	for (size_t i = 0; i < chart->label_count; i++) {
		if (series->values[i] < 0)
			continue;
		if (measured == 0 || series->values[i] > series->values[highest])
			highest = i;
		measured++;
		sum += (uint64_t)series->values[i];
		sum = sum > INT64_MAX ? INT64_MAX : sum;
	}
	if (measured == 0) {
		text_printf(out, " %s: not measured.", series->name);
		return;
	}
	text_printf(out, " %s: %s in all", series->name, chart_number(arena, (int64_t)sum));
	if (series->values[highest] > 0)
		text_printf(out, ", most in %s with %s", chart->labels[highest], chart_number(arena, series->values[highest]));
	text_add(out, measured < chart->label_count ? "; not measured throughout." : ".");
}

const char *chart_description(struct arena *arena, const struct chart *chart)
{
	static const char *const kinds[] = { [CHART_BARS] = "Bars", [CHART_LINES] = "Lines", [CHART_ROWS] = "Lying bars" };
	if (chart->description != NULL)
		return chart->description;
	struct text out = TEXT_INIT;
	if (chart_nothing(chart) != NULL)
		text_add(&out, chart_nothing(chart));
	else
		text_printf(&out, "%s for %zu entries (%s).", kinds[chart->kind], chart->label_count, chart->heading);
	for (size_t s = 0; s < chart->series_count && s < CHART_SERIES_MOST && chart_nothing(chart) == NULL; s++)
		describe_series(arena, chart, &chart->series[s], &out);
	text_add(&out, " The table below has every number.");
	return arena_string_of(arena, text_to_arena(&out, arena));
}

static void add_head(struct markup *markup, const struct chart *chart)
{
	markup_open(markup, "thead", NULL);
	markup_open(markup, "tr", NULL);
	markup_element(markup, "th", chart->heading, "scope", "col", NULL);
	for (size_t s = 0; s < chart->series_count; s++)
		markup_element(markup, "th", chart->series[s].name, "scope", "col", "class", "number", NULL);
	markup_close(markup, "tr");
	markup_close(markup, "thead");
}

void chart_table(struct markup *markup, const struct chart *chart)
{
	markup_open(markup, "div", "class", "scroll", "role", "region", "aria-label", chart->title, "tabindex", "0", NULL);
	markup_open(markup, "table", "class", "chart-table", NULL);
	markup_element(markup, "caption", chart->title, NULL);
	add_head(markup, chart);
	markup_open(markup, "tbody", NULL);
	for (size_t i = 0; i < chart->label_count; i++) {
		markup_open(markup, "tr", NULL);
		markup_element(markup, "th", chart->labels[i], "scope", "row", NULL);
		for (size_t s = 0; s < chart->series_count; s++) {
			int64_t value = chart->series[s].values[i];
			markup_element(markup, "td", chart_number(markup->arena, value < 0 ? CHART_NOTHING : value), "class", "number", NULL);
		}
		markup_close(markup, "tr");
	}
	markup_close(markup, "tbody");
	markup_close(markup, "table");
	markup_close(markup, "div");
}

void chart_figure(struct markup *markup, const struct chart *chart, bool open)
{
	markup_open(markup, "figure", "class", "chart", NULL);
	markup_element(markup, "figcaption", chart->title, NULL);
	chart_svg(markup, chart);
	if (chart->label_count > 0) {
		markup_open(markup, "details", "open", open ? "" : NULL, NULL);
		markup_element(markup, "summary", arena_printf(markup->arena, "The numbers: %s", chart->title), NULL);
		chart_table(markup, chart);
		markup_close(markup, "details");
	}
	markup_close(markup, "figure");
}
