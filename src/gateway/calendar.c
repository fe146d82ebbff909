/* calendar.c - the civic calendar from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/civic.h"
#include "gateway/build.h"

#define WARN_DAYS 14
/* Notice of a poll is given five to seven weeks before it; a year as the last day is a slip of the pen. */
#define PERIOD_DAYS_MOST 120

struct period_keys {
	int kind, warn_days;
	const char *from, *to, *what;
};
static const struct setting_row period_rows[] = {
	{ "kind", SETTING_WORD, offsetof(struct period_keys, kind), true, 0, 0, civic_words, "what kind of time it is: pre-election" },
	{ "from", SETTING_STRING, offsetof(struct period_keys, from), true, 0, 0, NULL, "its first day, YYYY-MM-DD" },
	{ "to", SETTING_STRING, offsetof(struct period_keys, to), true, 0, 0, NULL, "its last day, YYYY-MM-DD: that of the poll" },
	{ "what", SETTING_STRING, offsetof(struct period_keys, what), true, 0, 0, NULL, "what it is for, as people are told" },
	{ "warn_days", SETTING_INT, offsetof(struct period_keys, warn_days), false, 0, 366, NULL, "clerk and administrator are told so many days before it begins" },
};

static bool read_period(struct build *build, const struct settings_node *node, struct civic_period *period, struct error *err)
{
	struct period_keys keys = { .warn_days = WARN_DAYS };
	if (!settings_is_group(node))
		return settings_complain(node, err, "calendar: each entry is a group { kind = \"pre-election\"; from = ...; to = ...; what = ...; }");
	if (!settings_fill(node, ROWS(period_rows), build->arena, &keys, err) || !build_date(node, "from", "calendar.from", keys.from, &period->from, err) ||
	    !build_date(node, "to", "calendar.to", keys.to, &period->to, err))
		return false;
	if (period->to < period->from)
		return settings_complain(settings_find(node, "to"), err, "calendar.to: %s lies before its first day, %s: are the two the wrong way round?",
					 keys.to, keys.from);
	if (period->to > clock_date_add(period->from, PERIOD_DAYS_MOST))
		return settings_complain(settings_find(node, "to"), err, "calendar.to: %s is more than %d days after %s: is the year right?", keys.to,
					 PERIOD_DAYS_MOST, keys.from);
	period->kind = (enum civic_kind)keys.kind;
	period->what = keys.what;
	period->warn_days = keys.warn_days;
	period->line = settings_line(node);
	return true;
}

bool build_calendar(struct build *build, struct error *err)
{
	const struct settings_node *list = build->top.calendar;
	size_t count = list == NULL ? 0 : settings_count(list);
	struct civic_period *periods = arena_array(build->arena, count, sizeof *periods);
	for (size_t i = 0; i < count; i++)
		if (!read_period(build, settings_at(list, i), &periods[i], err))
			return false;
	build->snapshot->council.calendar = (struct civic_calendar){ periods, count };
	calendar_date today = clock_date_of(clock_now());
	for (const char *const *note = civic_notes(build->arena, &build->snapshot->council.calendar, today); *note != NULL; note++)
		build_warn(build, GATEWAY_CALENDAR, build->snapshot->path, settings_line(list), "calendar: %s", *note);
	if (count > 0 && !civic_is_ahead(&build->snapshot->council.calendar, CIVIC_PRE_ELECTION, today))
		build_warn(build, GATEWAY_CALENDAR, build->snapshot->path, settings_line(list),
			   "calendar: every pre-election period given is over: put in the next one when a poll is called");
	return true;
}
