/* daily.c - when reviewers are mailed what waits for them, from the configuration.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gateway/build.h"

struct daily_keys {
	const char *at, *heartbeat;
	struct string_list days;
};
static const struct setting_row daily_rows[] = {
	{ "at", SETTING_STRING, offsetof(struct daily_keys, at), false, 0, 0, NULL, "time of day, HH:MM; never: no digests" },
	{ "days", SETTING_STRINGS, offsetof(struct daily_keys, days), false, 0, 0, NULL, "weekdays; default: those of the office" },
	{ "heartbeat", SETTING_STRING, offsetof(struct daily_keys, heartbeat), false, 0, 0, NULL, "weekday of the sign of life; never: none" },
};

static bool read_heartbeat(const struct settings_node *node, const char *word, int *out, struct error *err)
{
	const char *close = settings_suggest(word, day_words);
	for (*out = 0; day_words[*out] != NULL; (*out)++)
		if (strcmp(day_words[*out], word) == 0)
			return true;
	*out = DIGEST_NEVER;
	return strcmp(word, "never") == 0 ||
	       settings_complain(settings_find(node, "heartbeat"), err, "digest.heartbeat: \"%s\" is no weekday%s%s%s", word,
				 close == NULL ? " such as monday, nor never" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
}

bool build_daily(struct build *build, struct error *err)
{
	struct digest_settings *daily = &build->snapshot->daily;
	struct daily_keys keys = { 0 };
	const struct settings_node *node = build->top.digest;
	*daily = DIGEST_SETTINGS_DEFAULT;
	if (node == NULL)
		return true;
	if (!settings_fill(node, ROWS(daily_rows), build->arena, &keys, err) || !build_days(node, &keys.days, &daily->days, err) ||
	    (keys.heartbeat != NULL && !read_heartbeat(node, keys.heartbeat, &daily->heartbeat, err)))
		return false;
	if (keys.at != NULL && strcmp(keys.at, "never") == 0) {
		daily->at = DIGEST_NEVER;
		return true;
	}
	return build_time(node, "at", keys.at, &daily->at, err);
}
