/* period.h - lengths of time as people agree on them: "30 days", "6 months", in the calendar of Europe/London.
 *
 * A month is a calendar month: half a year after 31 August is over with the last day of February. */
#ifndef COPYHOLD_BASE_PERIOD_H
#define COPYHOLD_BASE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct period {
	int months, days; /* one of them is 0 */
};

/* "1 day", "30 days", "2 weeks", "6 months", "2 years": digits, one blank, a unit. Nothing else: no sign, no fraction, not
 * nought, at most 4 digits. */
bool period_parse(const char *text, struct period *out, struct error *err) MUST_CHECK;
/* As it is written: "6 months", "1 day". */
char *period_format(struct arena *arena, struct period period);
/* The instant that much earlier, at the same time of day in Europe/London; a day its month does not have becomes the month's last. */
int64_t period_before(struct period period, int64_t at);
/* When that much has passed since `at`: the earliest instant, but for the hours around a change of the clocks, whose period_before is
 * `at` or later. */
int64_t period_after(struct period period, int64_t at);
/* Less than, equal, greater than 0, as the first is shorter than, as long as or longer than the second; of two that some months
 * would order one way and some the other ("30 days", "1 month"), a month counts as 30 days and some hours. */
int period_compare(struct period a, struct period b);

#endif
