/* chart_parts.h - what a chart's words and its picture share. Private to src/base. */
#ifndef COPYHOLD_BASE_CHART_PARTS_H
#define COPYHOLD_BASE_CHART_PARTS_H

#include "base/chart.h"

int64_t chart_most(const struct chart *chart); /* the highest value drawn, 0 at least */
/* Why there is nothing to draw, as a sentence; NULL when there is. */
const char *chart_nothing(const struct chart *chart);
const char *chart_description(struct arena *arena, const struct chart *chart);

#endif
