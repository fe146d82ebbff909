/* rule_duty.c - reading what a rule asks somebody to do by a day: whose it is, when it is due, what does it, and the words that ask for it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "policy/explanation.h"
#include "policy/rule.h"

#define KEY(name) .key = #name, .offset = offsetof(struct duty_keys, duty) + offsetof(struct rule_duty, name)

const char *const duty_owner_words[] = { "clerk", "sender", "recipient", NULL };
const char *const duty_each_words[] = { "message", "group", NULL };
const char *const duty_matter_words[] = { "conversation", "group", "any", NULL };

struct duty_keys {
	struct rule_duty duty;
	struct string_list met_when, at_large_when;
	const struct settings_node *asks, *draft;
};

const struct setting_row duty_rows[] = {
	{ KEY(owner), .type = SETTING_WORD, .words = duty_owner_words,
	  .meaning = "whose it is: the clerk's, who sends the message, or the officer who gets it; clerk when absent" },
	{ KEY(days), .type = SETTING_INT, .least = 1, .most = 366, .meaning = "open days of the office until it is to be done, by the hour it closes" },
	{ KEY(calendar), .type = SETTING_BOOL, .meaning = "days are those of the calendar" },
	{ KEY(remind), .type = SETTING_INT, .least = 0, .most = 366, .meaning = "the day on which its owner is reminded; 0, or absent: never" },
	{ KEY(deputy), .type = SETTING_INT, .least = 0, .most = 366,
	  .meaning = "the day, after it was due, on which the deputy clerk is told as well; 0, or absent: never" },
	{ KEY(lapse_days), .type = SETTING_INT, .least = 0, .most = 3660,
	  .meaning = "days of the calendar after it was due until nobody asks for it any more; 0, or absent: while the message is kept" },
	{ KEY(silent), .type = SETTING_BOOL, .meaning = "its owner is reminded, but not told at once" },
	{ KEY(each), .type = SETTING_WORD, .words = duty_each_words,
	  .meaning = "message: one duty; group: one for each political group but that which was advised; message when absent" },
	{ KEY(matter), .type = SETTING_WORD, .words = duty_matter_words,
	  .meaning = "what must tie the message that does it to this one: conversation, group (or names the group that was advised), any" },
	{ .key = "met_when", .type = SETTING_STRINGS, .offset = offsetof(struct duty_keys, met_when),
	  .meaning = "conditions that must all hold of the message that does it" },
	{ .key = "at_large_when", .type = SETTING_STRINGS, .offset = offsetof(struct duty_keys, at_large_when),
	  .meaning = "with matter = group, conditions that must all hold of a message that names no group and yet does it" },
	{ .key = "asks", .type = SETTING_GROUP, .offset = offsetof(struct duty_keys, asks),
	  .meaning = "{ en; cy; }: what is to be done, for its owner" },
	{ .key = "draft", .type = SETTING_GROUP, .offset = offsetof(struct duty_keys, draft),
	  .meaning = "{ en; cy; }: a letter its owner could send" },
};
const size_t duty_row_count = sizeof duty_rows / sizeof *duty_rows;

/* Duties are told of when the message is gone: only what is kept can fill their words. */
static bool check_slots(const struct settings_node *group, const char *words, struct error *err)
{
	static const char *const slots[] = { "%{group}", "%{waiting}", "%{council}" };
	for (const char *at = words == NULL ? NULL : strstr(words, "%{"); at != NULL; at = strstr(at + 1, "%{")) {
		bool known = false;
		for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
			known |= strncmp(at, slots[i], strlen(slots[i])) == 0;
		if (!known)
			return settings_complain(group, err, "the words of a duty have the slots %%{group}, %%{waiting} and %%{council}: \"%.20s\"", at);
	}
	return true;
}

static bool read_words(struct arena *arena, const struct settings_node *group, const char **en, const char **cy, struct error *err)
{
	return wording_read(arena, group, en, cy, err) && check_slots(group, *en, err) && check_slots(group, *cy, err);
}

static bool is_whole(const struct settings_node *group, const struct rule_duty *duty, struct error *err)
{
	if (duty->days == 0)
		return settings_complain(group, err, "duty: it needs days");
	if (duty->met_when == NULL || duty->met_when[0] == NULL)
		return settings_complain(group, err, "duty: it needs met_when: nothing would ever do it");
	if (duty->asks_en == NULL)
		return settings_complain(group, err, "duty: it needs asks.en, which says what is to be done");
	if (duty->deputy > 0 && duty->deputy <= duty->days)
		return settings_complain(group, err, "duty: deputy = %d is not after the %d days", duty->deputy, duty->days);
	return true;
}

/* A list that is there takes the place of an earlier file's. */
static bool read_conditions(struct arena *arena, const struct settings_node *group, const char *key, const struct string_list *sentences,
			    const struct lexicon *lexicon, const struct condition *const **out, struct error *err)
{
	const struct settings_node *node = settings_find(group, key);
	return node == NULL || conditions_read_whole(arena, node, sentences, lexicon, "a duty is met by a message", out, err);
}

bool duty_read(struct arena *arena, const struct rule_duty **duty, const struct settings_node *group, const struct lexicon *lexicon,
	       struct error *err)
{
	struct duty_keys keys = { 0 };
	if (group == NULL)
		return true;
	if (*duty != NULL)
		keys.duty = **duty;
	if (!settings_fill(group, duty_rows, duty_row_count, arena, &keys, err))
		return false;
	struct rule_duty *read = arena_alloc(arena, sizeof *read);
	*read = keys.duty;
	if (!read_conditions(arena, group, "met_when", &keys.met_when, lexicon, &read->met_when, err) ||
	    !read_conditions(arena, group, "at_large_when", &keys.at_large_when, lexicon, &read->at_large_when, err))
		return false;
	if (!read_words(arena, keys.asks, &read->asks_en, &read->asks_cy, err) ||
	    !read_words(arena, keys.draft, &read->draft_en, &read->draft_cy, err) || !is_whole(group, read, err))
		return false;
	*duty = read;
	return true;
}
