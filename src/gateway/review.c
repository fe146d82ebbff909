/* review.c - how long things may take in review, and when the office is open, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "gateway/build.h"

#define MINUTES_OF_DAY (24 * 60)
#define HOLIDAYS_AHEAD 92 /* days: time to look them up before they are needed */

const char *const day_words[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL };

struct review_keys {
	int undo_minutes, escalate_hours, expire_days;
};
static const struct setting_row review_rows[] = {
	{ "undo_minutes", SETTING_INT, offsetof(struct review_keys, undo_minutes), false, 0, 24 * 60, NULL,
	  "a decision can be taken back so long before it takes effect" },
	{ "escalate_hours", SETTING_INT, offsetof(struct review_keys, escalate_hours), false, 0, 1000, NULL,
	  "office hours without a decision until the second reviewer is asked; 0: never" },
	{ "expire_days", SETTING_INT, offsetof(struct review_keys, expire_days), false, 0, 366, NULL,
	  "office days without a decision until the rule's on_expiry; 0: never" },
};

struct office_keys {
	struct string_list days, holidays;
	const char *from, *to;
	bool bank_holidays;
};
static const struct setting_row office_rows[] = {
	{ "days", SETTING_STRINGS, offsetof(struct office_keys, days), false, 0, 0, NULL, "weekdays the office is open" },
	{ "from", SETTING_STRING, offsetof(struct office_keys, from), false, 0, 0, NULL, "when it opens, HH:MM" },
	{ "to", SETTING_STRING, offsetof(struct office_keys, to), false, 0, 0, NULL, "when it closes, HH:MM" },
	{ "holidays", SETTING_STRINGS, offsetof(struct office_keys, holidays), false, 0, 0, NULL, "dates it is closed, YYYY-MM-DD" },
	{ "bank_holidays", SETTING_BOOL, offsetof(struct office_keys, bank_holidays), false, 0, 0, NULL,
	  "closed on the bank holidays of England and Wales" },
};

/* "09:00" as minutes after midnight; "24:00" is the day's end. */
static bool parse_time(const char *text, int *out)
{
	for (size_t i = 0; i < 5; i++)
		if (i == 2 ? text[i] != ':' : !ascii_is_digit(text[i]))
			return false;
	int hours = (text[0] - '0') * 10 + text[1] - '0', minutes = (text[3] - '0') * 10 + text[4] - '0';
	*out = hours * 60 + minutes;
	return text[5] == '\0' && minutes < 60 && *out <= MINUTES_OF_DAY;
}

bool build_time(const struct settings_node *group, const char *key, const char *text, int *out, struct error *err)
{
	return text == NULL || parse_time(text, out) ||
	       settings_complain(settings_find(group, key), err, "%s.%s: \"%s\" is not a time like 09:00", settings_name(group), key, text);
}

bool build_days(const struct settings_node *group, const struct string_list *days, unsigned *out, struct error *err)
{
	const struct settings_node *node = settings_find(group, "days");
	if (node == NULL)
		return true;
	*out = 0;
	for (size_t i = 0; i < days->count; i++) {
		int day = 0;
		while (day_words[day] != NULL && strcmp(day_words[day], days->items[i]) != 0)
			day++;
		if (day_words[day] == NULL) {
			const char *close = settings_suggest(days->items[i], day_words);
			return settings_complain(node, err, "%s.days: \"%s\" is no weekday%s%s%s", settings_name(group), days->items[i],
						 close == NULL ? " such as monday" : " (did you mean \"", close == NULL ? "" : close,
						 close == NULL ? "" : "\"?)");
		}
		*out |= 1u << day;
	}
	return *out != 0 || settings_complain(node, err, "%s.days is empty: no such day would ever come", settings_name(group));
}

static bool read_holidays(struct build *build, const struct string_list *dates, struct office_hours *office, struct error *err)
{
	calendar_date *holidays = arena_array(build->arena, dates->count, sizeof *holidays);
	for (size_t i = 0; i < dates->count; i++)
		if (!build_date(build->top.office, "holidays", "office.holidays", dates->items[i], &holidays[i], err))
			return false;
	office->holidays = holidays;
	office->holiday_count = dates->count;
	return true;
}

/* Where the council keeps its own calendar of holidays, the next year's must be put in by somebody. */
static void warn_of_last_holiday(struct build *build, const struct office_hours *office)
{
	calendar_date last = DATE_NONE;
	for (size_t i = 0; i < office->holiday_count; i++)
		last = office->holidays[i] > last ? office->holidays[i] : last;
	if (office->bank_holidays || last >= clock_date_add(clock_date_of(clock_now()), HOLIDAYS_AHEAD))
		return;
	if (last == DATE_NONE)
		build_warn(build, GATEWAY_HOLIDAYS, build->snapshot->path, settings_line(build->top.office),
			   "office: bank_holidays is false and no holidays are given: the office counts as open on every one");
	else
		build_warn(build, GATEWAY_HOLIDAYS, build->snapshot->path, settings_line(build->top.office),
			   "office: bank_holidays is false, and the last of the holidays given is %s: put in those that follow",
			   clock_format_day(build->arena, last));
}

static bool build_office(struct build *build, struct error *err)
{
	struct office_hours *office = &build->snapshot->review.office;
	struct office_keys keys = { .bank_holidays = office->bank_holidays };
	const struct settings_node *node = build->top.office;
	if (node == NULL)
		return true;
	if (!settings_fill(node, ROWS(office_rows), build->arena, &keys, err) || !build_days(node, &keys.days, &office->days, err) ||
	    !build_time(node, "from", keys.from, &office->from, err) || !build_time(node, "to", keys.to, &office->to, err) ||
	    !read_holidays(build, &keys.holidays, office, err))
		return false;
	office->bank_holidays = keys.bank_holidays;
	warn_of_last_holiday(build, office);
	return office->from < office->to || settings_complain(node, err, "office: it must open (from) before it closes (to), on the same day");
}

bool build_review(struct build *build, struct error *err)
{
	struct review_terms *terms = &build->snapshot->review;
	*terms = REVIEW_TERMS_DEFAULT;
	struct review_keys keys = { terms->undo_minutes, terms->escalate_hours, terms->expire_days };
	if (build->top.review != NULL && !settings_fill(build->top.review, ROWS(review_rows), build->arena, &keys, err))
		return false;
	terms->undo_minutes = keys.undo_minutes;
	terms->escalate_hours = keys.escalate_hours;
	terms->expire_days = keys.expire_days;
	return build_office(build, err);
}

/* --- who can decide --- */

static bool is_counted(const struct build *build, const char *const *counted, size_t count, const char *address)
{
	const struct person *person = directory_by_address(build->snapshot->directory, address);
	for (size_t i = 0; i < count; i++) {
		const struct person *other = directory_by_address(build->snapshot->directory, counted[i]);
		if (person != NULL || other != NULL ? person == other : bytes_equal_nocase(bytes_of(counted[i]), bytes_of(address)))
			return true;
	}
	return false;
}

/* Persons, not addresses: clerk@ and the clerk's own are one. */
static size_t count_persons(struct build *build)
{
	const struct snapshot *snapshot = build->snapshot;
	const char **counted = NULL;
	size_t count = 0;
	for (size_t i = 0; i <= snapshot->reviewer_count; i++) {
		const char *address = i < snapshot->reviewer_count ? snapshot->reviewers[i] : snapshot->second_reviewer;
		if (address != NULL && !is_counted(build, counted, count, address))
			*ARENA_PUSH(build->arena, counted, count) = address;
	}
	return count;
}

static bool can_hold(const struct rule *rule)
{
	return rule->action == ACTION_HOLD || rule->otherwise == ACTION_HOLD || rule->fallback == FALLBACK_HOLD;
}

/* What could never be released would be kept for ever. In milder modes it is a warning. */
bool build_reviewers(struct build *build, struct error *err)
{
	size_t persons = count_persons(build);
	bool good = true;
	for (size_t i = 0; i < policy_count(build->snapshot->policy); i++) {
		const struct rule *rule = policy_at(build->snapshot->policy, i);
		size_t wanted = rule->two_persons ? 2 : 1;
		if (rule->mode == MODE_OFF || !can_hold(rule) || persons >= wanted)
			continue;
		const char *what = arena_printf(build->arena, "rule \"%s\" holds mail%s, and %s named in reviewers and council.second_reviewer",
						rule->id, rule->two_persons ? " until two persons have decided" : "",
						persons == 0 ? "nobody is" : "only one person is");
		if (rule->mode == MODE_ENFORCE)
			good = error_set(err, ERROR_SETTINGS, "%s:%d: %s", rule->file, rule->line, what);
		else if (rule->two_persons) /* for the others one warning is enough, and that is said where the mode is looked at */
			build_warn(build, GATEWAY_NO_REVIEWER, rule->file, rule->line, "%s", what);
		if (!good && !error_gathered(err))
			return false;
	}
	return good;
}
