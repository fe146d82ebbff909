/* civic.h - the council's civic calendar: times in which other rules hold, such as those before an election.
 *
 * Dates are the administrator's (copyhold.conf(5), `calendar`): nobody can work out when a by-election is called. Plain values, asked
 * "on a date"; both ends of a period belong to it. */
#ifndef COPYHOLD_BASE_CIVIC_H
#define COPYHOLD_BASE_CIVIC_H

#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"

enum civic_kind { CIVIC_PRE_ELECTION };
extern const char *const civic_words[]; /* NULL-terminated */

struct civic_period {
	enum civic_kind kind;
	calendar_date from, to;
	const char *what;   /* "Town Council elections, 6 May 2027" */
	int warn_days;      /* people are told so long before it begins */
	int line;
};
struct civic_calendar {
	const struct civic_period *items;
	size_t count;
};

/* The period of that kind the date lies in, or NULL. */
const struct civic_period *civic_period_on(const struct civic_calendar *calendar, enum civic_kind kind, calendar_date on);
/* One of that kind is on, or still to come. */
bool civic_is_ahead(const struct civic_calendar *calendar, enum civic_kind kind, calendar_date on);
/* What clerk and administrator should know on that day: what begins soon, is on, or has just ended; in English, one line each.
 * Ends with NULL. */
const char *const *civic_notes(struct arena *arena, const struct civic_calendar *calendar, calendar_date on);

#endif
