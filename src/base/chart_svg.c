/* chart_svg.c - the picture of a chart. Lengths are whole tenths of a unit, written without the help of a locale, in which a
 * fraction may have a comma.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chart.h"
#include "chart_parts.h"

/* In tenths. A phone shows the picture at nearly its own size, so its letters can be read there. */
#define WIDTH 4400
#define PLOT_HEIGHT 1700
#define LETTER 75      /* about as wide as a digit or letter comes */
#define LINE 190
#define SIZE "13"
#define MARGIN 60
#define ROWS_MOST 40   /* of lying bars; the table has the others too */
#define MARKED_MOST 40 /* points of a line that each have a mark */

struct drawing {
	struct markup *markup;
	const struct chart *chart;
	size_t series_count;
	int64_t most;              /* top of the scale */
	int64_t step;              /* between its lines */
	long left, top, width, height; /* of the plot */
};

static const char *length_of(const struct drawing *drawing, long tenths)
{
	return arena_printf(drawing->markup->arena, "%s%ld.%ld", tenths < 0 ? "-" : "", (tenths < 0 ? -tenths : tenths) / 10,
			    (tenths < 0 ? -tenths : tenths) % 10);
}

static long letters_of(const char *words)
{
	long count = 0;
	for (const char *c = words; *c != '\0'; c++)
		count += ((unsigned char)*c & 0xc0) != 0x80;
	return count;
}

/* So much of `whole` as `value` is of `most`: both may be as large as a number gets. */
static long share(int64_t value, int64_t most, long whole)
{
	return (long)((double)value / (double)most * (double)whole + 0.5);
}

static void add_words(const struct drawing *drawing, long x, long y, const char *anchor, const char *words)
{
	markup_element(drawing->markup, "text", words, "x", length_of(drawing, x), "y", length_of(drawing, y), "text-anchor", anchor, NULL);
}

static void add_line(const struct drawing *drawing, long x1, long y1, long x2, long y2, const char *opacity)
{
	markup_element(drawing->markup, "line", "", "x1", length_of(drawing, x1), "y1", length_of(drawing, y1), "x2", length_of(drawing, x2),
		       "y2", length_of(drawing, y2), "stroke", "currentColor", "stroke-opacity", opacity, NULL);
}

/* --- how series differ --- */

static const char *pattern_id(const struct drawing *drawing, size_t series)
{
	return arena_printf(drawing->markup->arena, "%s-pattern-%zu", drawing->chart->id, series);
}

static void add_pattern(const struct drawing *drawing, size_t series, const char *side, const char *path)
{
	markup_open(drawing->markup, "pattern", "id", pattern_id(drawing, series), "width", side, "height", side, "patternUnits", "userSpaceOnUse",
		    NULL);
	markup_element(drawing->markup, "path", "", "d", path, "stroke", "currentColor", "stroke-width", "1.5", "fill", "none", NULL);
	markup_close(drawing->markup, "pattern");
}

/* Full, empty, hatched, dotted. */
static void add_patterns(const struct drawing *drawing)
{
	if (drawing->series_count < 3)
		return;
	markup_open(drawing->markup, "defs", NULL);
	add_pattern(drawing, 2, "5", "M-1 1l2-2M0 5l5-5M4 6l2-2");
	if (drawing->series_count > 3)
		add_pattern(drawing, 3, "4", "M1 2h1.5");
	markup_close(drawing->markup, "defs");
}

static const char *fill_of(const struct drawing *drawing, size_t series)
{
	if (series == 0)
		return "currentColor";
	return series == 1 ? "none" : arena_printf(drawing->markup->arena, "url(#%s)", pattern_id(drawing, series));
}

static void add_bar(const struct drawing *drawing, size_t series, long x, long y, long width, long height)
{
	/* The stroke stands half within: a bar with an outline is no larger than one without. */
	long inset = width > 20 && height > 20 ? 5 : 0;
	markup_element(drawing->markup, "rect", "", "class", arena_printf(drawing->markup->arena, "chart-series-%zu", series), "x",
		       length_of(drawing, x + inset), "y", length_of(drawing, y + inset), "width", length_of(drawing, width - 2 * inset), "height",
		       length_of(drawing, height - 2 * inset), "fill", fill_of(drawing, series), "stroke", "currentColor", NULL);
}

static void add_mark(const struct drawing *drawing, size_t series, long x, long y)
{
	static const char *const shapes[CHART_SERIES_MOST] = { "m-3-3h6v6h-6z", "m0-4l4 7h-8z", "m-3-3l6 6m0-6l-6 6", "m0-4l4 4l-4 4l-4-4z" };
	const char *path = arena_printf(drawing->markup->arena, "M%s %s%s", length_of(drawing, x), length_of(drawing, y), shapes[series]);
	markup_element(drawing->markup, "path", "", "d", path, "stroke", "currentColor", "fill", series == 0 ? "currentColor" : "none", NULL);
}

static const char *dash_of(size_t series)
{
	static const char *const dashes[CHART_SERIES_MOST] = { "none", "6 3", "2 2", "9 3 2 3" };
	return dashes[series];
}

static void add_legend(const struct drawing *drawing)
{
	for (size_t s = 0; drawing->series_count > 1 && s < drawing->series_count; s++) {
		long y = MARGIN + (long)s * LINE;
		if (drawing->chart->kind == CHART_LINES) {
			markup_element(drawing->markup, "path", "", "d", arena_printf(drawing->markup->arena, "M%s %sh24", length_of(drawing, MARGIN),
				       length_of(drawing, y + 60)), "stroke", "currentColor", "stroke-dasharray", dash_of(s), NULL);
			add_mark(drawing, s, MARGIN + 120, y + 60);
		} else {
			add_bar(drawing, s, MARGIN + 60, y, 120, 120);
		}
		add_words(drawing, MARGIN + 300, y + 105, "start", drawing->chart->series[s].name);
	}
}

static long legend_height(const struct drawing *drawing)
{
	return drawing->series_count > 1 ? (long)drawing->series_count * LINE : 0;
}

/* --- upright: scale, labels, bars, lines --- */

/* Lines at 1, 2 or 5 times a power of ten, five at most. */
static void choose_scale(struct drawing *drawing)
{
	static const int64_t factors[] = { 1, 2, 5 };
	int64_t most = chart_most(drawing->chart), power = 1;
	for (size_t i = 0;; i = (i + 1) % 3) {
		drawing->step = factors[i] * power;
		if (most / drawing->step < 5)
			break;
		if (i == 2)
			power *= 10;
	}
	int64_t steps = most / drawing->step + (most % drawing->step != 0);
	drawing->most = steps > INT64_MAX / drawing->step ? INT64_MAX : steps * drawing->step;
}

static void add_scale(const struct drawing *drawing)
{
	for (int64_t value = 0;; value += drawing->step) {
		long y = drawing->top + drawing->height - share(value, drawing->most, drawing->height);
		add_line(drawing, drawing->left, y, drawing->left + drawing->width, y, value == 0 ? "1" : "0.3");
		add_words(drawing, drawing->left - 50, y + 45, "end", chart_number(drawing->markup->arena, value));
		if (value > drawing->most - drawing->step)
			return;
	}
}

/* The middle of the place of a label. */
static long middle_of(const struct drawing *drawing, size_t index)
{
	return drawing->left + (long)((2 * (int64_t)index + 1) * drawing->width / (2 * (int64_t)drawing->chart->label_count));
}

/* As many labels as have room, evenly; the outermost moved inwards where half of them would stand outside the picture. */
static void add_labels(const struct drawing *drawing)
{
	long widest = 1;
	for (size_t i = 0; i < drawing->chart->label_count; i++)
		if (letters_of(drawing->chart->labels[i]) > widest)
			widest = letters_of(drawing->chart->labels[i]);
	size_t room = (size_t)(drawing->width / ((widest + 1) * LETTER));
	size_t every = room == 0 ? drawing->chart->label_count : (drawing->chart->label_count + room - 1) / room;
	for (size_t i = 0; i < drawing->chart->label_count; i += every == 0 ? 1 : every) {
		long x = middle_of(drawing, i), half = letters_of(drawing->chart->labels[i]) * LETTER / 2 + 10;
		x = x + half > WIDTH ? WIDTH - half : x;
		add_words(drawing, x < half ? half : x, drawing->top + drawing->height + 160, "middle", drawing->chart->labels[i]);
	}
}

static void add_bars(const struct drawing *drawing)
{
	long place = drawing->width / (long)drawing->chart->label_count, series = (long)drawing->series_count;
	long bar = place * 4 / 5 / series;
	bar = bar < 4 ? 4 : bar > 400 ? 400 : bar;
	for (size_t i = 0; i < drawing->chart->label_count; i++) {
		for (size_t s = 0; s < drawing->series_count; s++) {
			int64_t value = drawing->chart->series[s].values[i];
			if (value <= 0)
				continue;
			long height = share(value, drawing->most, drawing->height);
			height = height < 10 ? 10 : height; /* one of a million is not nothing */
			long x = middle_of(drawing, i) - series * bar / 2 + (long)s * bar, y = drawing->top + drawing->height - height;
			add_bar(drawing, s, x, y, bar, height);
			if (letters_of(chart_number(drawing->markup->arena, value)) * LETTER <= bar)
				add_words(drawing, x + bar / 2, y - 35, "middle", chart_number(drawing->markup->arena, value));
		}
	}
}

/* A gap ends the line; it goes on after it. */
static void add_series_line(const struct drawing *drawing, size_t s)
{
	struct text path = TEXT_INIT;
	bool down = false;
	size_t every = drawing->chart->label_count / MARKED_MOST + 1;
	for (size_t i = 0; i < drawing->chart->label_count; i++) {
		int64_t value = drawing->chart->series[s].values[i];
		if (value >= 0) {
			long x = middle_of(drawing, i), y = drawing->top + drawing->height - share(value, drawing->most, drawing->height);
			text_printf(&path, "%s%s %s", down ? "L" : "M", length_of(drawing, x), length_of(drawing, y));
			if (i % every == 0)
				add_mark(drawing, s, x, y);
		}
		down = value >= 0;
	}
	if (path.length > 0)
		markup_element(drawing->markup, "path", "", "class", arena_printf(drawing->markup->arena, "chart-series-%zu", s), "d",
			       text_string(&path), "stroke", "currentColor", "stroke-width", "1.5", "stroke-dasharray", dash_of(s), "fill", "none", NULL);
	text_release(&path);
}

static void draw_upright(struct drawing *drawing)
{
	add_scale(drawing);
	add_labels(drawing);
	if (drawing->chart->kind == CHART_BARS)
		add_bars(drawing);
	for (size_t s = 0; drawing->chart->kind == CHART_LINES && s < drawing->series_count; s++)
		add_series_line(drawing, s);
}

/* --- lying bars --- */

static size_t row_count(const struct chart *chart)
{
	return chart->label_count < ROWS_MOST ? chart->label_count : ROWS_MOST;
}

static long row_height(const struct drawing *drawing)
{
	return LINE + (long)drawing->series_count * 150 + 60;
}

static void draw_row(const struct drawing *drawing, size_t index, long y)
{
	const struct chart *chart = drawing->chart;
	add_words(drawing, MARGIN, y + 130, "start", chart->labels[index]);
	for (size_t s = 0; s < drawing->series_count; s++) {
		int64_t value = chart->series[s].values[index];
		long bar = value > 0 ? share(value, drawing->most, drawing->width) : 0, top = y + LINE + (long)s * 150;
		bar = value > 0 && bar < 10 ? 10 : bar;
		if (value > 0)
			add_bar(drawing, s, MARGIN, top, bar, 120);
		add_words(drawing, MARGIN + bar + 50, top + 105, "start", chart_number(drawing->markup->arena, value < 0 ? CHART_NOTHING : value));
	}
}

static void draw_rows(struct drawing *drawing)
{
	size_t rows = row_count(drawing->chart);
	for (size_t i = 0; i < rows; i++)
		draw_row(drawing, i, drawing->top + (long)i * row_height(drawing));
	if (rows < drawing->chart->label_count)
		add_words(drawing, MARGIN, drawing->top + (long)rows * row_height(drawing) + 130, "start",
			  arena_printf(drawing->markup->arena, "and %zu more in the table", drawing->chart->label_count - rows));
}

/* --- together --- */

static void lay_out(struct drawing *drawing)
{
	const char *nothing = chart_nothing(drawing->chart);
	long longest = 0;
	drawing->top = MARGIN + legend_height(drawing) + 180;
	if (nothing != NULL) {
		drawing->top = MARGIN;
		drawing->height = LINE;
	} else if (drawing->chart->kind == CHART_ROWS) {
		drawing->most = chart_most(drawing->chart);
		longest = letters_of(chart_number(drawing->markup->arena, drawing->most));
		drawing->width = WIDTH - MARGIN - (longest + 2) * LETTER;
		drawing->height = ((long)row_count(drawing->chart) + (drawing->chart->label_count > ROWS_MOST)) * row_height(drawing);
	} else {
		choose_scale(drawing);
		longest = letters_of(chart_number(drawing->markup->arena, drawing->most));
		drawing->left = MARGIN + longest * LETTER + 50;
		drawing->width = WIDTH - drawing->left - MARGIN;
		drawing->height = PLOT_HEIGHT;
	}
}

static void open_svg(const struct drawing *drawing)
{
	struct markup *markup = drawing->markup;
	const char *id = drawing->chart->id, *width = length_of(drawing, WIDTH);
	const char *height = length_of(drawing, drawing->top + drawing->height + (drawing->chart->kind == CHART_ROWS ? MARGIN : LINE + MARGIN));
	const char *title = arena_printf(markup->arena, "%s-title", id), *description = arena_printf(markup->arena, "%s-description", id);
	markup_open(markup, "svg", "viewBox", arena_printf(markup->arena, "0 0 %s %s", width, height), "width",
		    width, "height", height, "role", "img", "aria-labelledby", arena_printf(markup->arena, "%s %s", title, description),
		    "font-size", SIZE, "fill", "currentColor", NULL);
	markup_element(markup, "title", drawing->chart->title, "id", title, NULL);
	markup_element(markup, "desc", chart_description(markup->arena, drawing->chart), "id", description, NULL);
}

void chart_svg(struct markup *markup, const struct chart *chart)
{
	struct drawing drawing = { .markup = markup, .chart = chart };
	drawing.series_count = chart->series_count < CHART_SERIES_MOST ? chart->series_count : CHART_SERIES_MOST;
	lay_out(&drawing);
	open_svg(&drawing);
	if (chart_nothing(chart) != NULL) {
		add_words(&drawing, MARGIN, drawing.top + 140, "start", chart_nothing(chart));
	} else {
		add_patterns(&drawing);
		add_legend(&drawing);
		if (chart->kind == CHART_ROWS)
			draw_rows(&drawing);
		else
			draw_upright(&drawing);
	}
	markup_close(markup, "svg");
}
