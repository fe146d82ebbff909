/* civic.c - see civic.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/civic.h"

#define CLOSED_DAYS 7 /* for so long people are told that a period is over */

const char *const civic_words[] = { "pre-election", NULL };

static bool has(const struct civic_period *period, enum civic_kind kind, calendar_date on)
{
	return period->kind == kind && period->from <= on && on <= period->to;
}

const struct civic_period *civic_period_on(const struct civic_calendar *calendar, enum civic_kind kind, calendar_date on)
{
	for (size_t i = 0; i < calendar->count; i++)
		if (has(&calendar->items[i], kind, on))
			return &calendar->items[i];
	return NULL;
}

bool civic_is_ahead(const struct civic_calendar *calendar, enum civic_kind kind, calendar_date on)
{
	for (size_t i = 0; i < calendar->count; i++)
		if (calendar->items[i].kind == kind && calendar->items[i].to >= on)
			return true;
	return false;
}

/* NULL: nothing to say of it on that day. */
static const char *note_of(struct arena *arena, const struct civic_period *period, calendar_date on)
{
	const char *kind = civic_words[period->kind];
	const char *from = clock_format_day(arena, period->from), *to = clock_format_day(arena, period->to);
	if (on >= clock_date_add(period->from, -period->warn_days) && on < period->from)
		return arena_printf(arena, "%s: the %s period begins on %s and ends with %s.", period->what, kind, from, to);
	if (has(period, period->kind, on))
		return arena_printf(arena, "%s: the %s period is on, from %s to %s.", period->what, kind, from, to);
	if (on > period->to && on <= clock_date_add(period->to, CLOSED_DAYS))
		return arena_printf(arena, "%s: the %s period ended with %s.", period->what, kind, to);
	return NULL;
}

const char *const *civic_notes(struct arena *arena, const struct civic_calendar *calendar, calendar_date on)
{
	const char **notes = arena_array(arena, calendar->count + 1, sizeof *notes);
	size_t count = 0;
	for (size_t i = 0; i < calendar->count; i++) {
		const char *note = note_of(arena, &calendar->items[i], on);
		if (note != NULL)
			notes[count++] = note;
	}
	return notes;
}
