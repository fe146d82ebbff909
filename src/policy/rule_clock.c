/* rule_clock.c - reading the clock a rule starts: its days, and the families that tell a holding reply and a machine's from an answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/rule.h"

#include "reading/lexicon.h"

#define KEY(name) .key = #name, .offset = offsetof(struct rule_clock, name)

const struct setting_row clock_rows[] = {
	{ KEY(contact_days), .type = SETTING_INT, .least = 1, .most = 60,
	  .meaning = "the sender is to be contacted by the close of so many open days of the office after the message's own" },
	{ KEY(response_days), .type = SETTING_INT, .least = 1, .most = 366, .meaning = "and answered within so many days of the calendar" },
	{ KEY(contact_reminder), .type = SETTING_INT, .least = 0, .most = 60,
	  .meaning = "the officer is reminded on this open day when nobody was in touch; 0, or absent: never" },
	{ KEY(response_reminder), .type = SETTING_INT, .least = 0, .most = 366,
	  .meaning = "the same on this day of the calendar when there was no answer, or on the last open day before it" },
	{ KEY(holding), .type = SETTING_STRING,
	  .meaning = "family: a reply that says when there will be an answer counts as contact, and a date in it as the new day" },
	{ KEY(automatic), .type = SETTING_STRING,
	  .meaning = "family: a reply that says so in its text or subject is a machine's, and ends nothing; headers that say so count anyway" },
};
const size_t clock_row_count = sizeof clock_rows / sizeof *clock_rows;

static bool check_family(const struct settings_node *group, const char *key, const char *family, const struct lexicon *lexicon,
			 struct error *err)
{
	if (family == NULL || lexicon_has(lexicon, family))
		return true;
	const char *close = settings_suggest(family, lexicon_families(lexicon));
	return settings_complain(settings_find(group, key), err, "no family of phrases is called \"%s\"%s%s%s", family,
				 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
}

/* A reminder that came with the day itself would remind nobody. */
static bool check_reminder(const struct settings_node *group, const char *key, int reminder, int days, struct error *err)
{
	const struct settings_node *node = settings_find(group, key);
	return reminder == 0 || reminder < days ||
	       settings_complain(node == NULL ? group : node, err, "clock: %s = %d is not before the %d days are over", key, reminder, days);
}

bool clock_read(struct arena *arena, const struct rule_clock **clock, const struct settings_node *group, const struct lexicon *lexicon,
		struct error *err)
{
	if (group == NULL)
		return true;
	struct rule_clock *read = arena_alloc(arena, sizeof *read);
	if (*clock != NULL)
		*read = **clock;
	if (!settings_fill(group, clock_rows, clock_row_count, arena, read, err))
		return false;
	if (!check_family(group, "holding", read->holding, lexicon, err) || !check_family(group, "automatic", read->automatic, lexicon, err) ||
	    !check_reminder(group, "contact_reminder", read->contact_reminder, read->contact_days, err) ||
	    !check_reminder(group, "response_reminder", read->response_reminder, read->response_days, err))
		return false;
	*clock = read;
	return true;
}
