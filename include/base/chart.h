/* chart.h - numbers as a picture: SVG made here, and the same numbers as a table.
 *
 * Series are told apart by pattern, dash and mark, never by colour alone: all is drawn in the colour of the text around
 * it, so print, black and white and a dark page need no more. No script, no style sheet, nothing fetched; all text is
 * escaped. A page should say "svg{max-width:100%;height:auto}". */
#ifndef COPYHOLD_BASE_CHART_H
#define COPYHOLD_BASE_CHART_H

#include "base/markup.h"

enum chart_kind {
	CHART_BARS,  /* upright, for short labels in order, such as weeks */
	CHART_LINES, /* the same, for many */
	CHART_ROWS,  /* lying, each under its label: for names, such as rules */
};

/* A value that was not measured: a gap in the picture, "not measured" in the table. */
#define CHART_NOTHING INT64_MIN
/* More would not be told apart. */
#define CHART_SERIES_MOST 4

struct chart_series {
	const char *name;      /* "Held" */
	const int64_t *values; /* one for each label; one below nought is a gap too */
};

struct chart {
	const char *id;          /* unique in the page: letters, digits, hyphens */
	enum chart_kind kind;
	const char *title;       /* "Messages held by week" */
	const char *description; /* for those who do not see it; NULL: made from the numbers */
	const char *heading;     /* what the labels are: "Week from" */
	const char *const *labels;
	size_t label_count;
	const struct chart_series *series;
	size_t series_count;     /* beyond CHART_SERIES_MOST they are in the table only */
};

/* With no labels, or nothing but gaps and noughts, the picture is a sentence that says so. */
void chart_svg(struct markup *markup, const struct chart *chart);
/* <table class="chart-table"> with caption, headings and scope; numbers in <td class="number">; in a <div class="scroll"> that the
 * keyboard reaches, for narrow pages. */
void chart_table(struct markup *markup, const struct chart *chart);
/* <figure class="chart"> of title, picture and, in <details>, the table: open where it will be printed. */
void chart_figure(struct markup *markup, const struct chart *chart, bool open);
/* "1,234,567", as charts and tables write it; "not measured" for CHART_NOTHING. */
char *chart_number(struct arena *arena, int64_t value);

#endif
