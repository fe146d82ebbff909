/* conditions.c - lists of conditions that speak of a whole message: what is to be remembered, what meets a duty.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/condition.h"

static bool read_one(struct arena *arena, const struct settings_node *node, const char *sentence, const struct lexicon *lexicon, const char *what,
		     const struct condition **out, struct error *err)
{
	struct error problem = ERROR_INIT;
	bool good = condition_parse(arena, sentence, lexicon, out, &problem);
	if (!good)
		settings_complain(node, err, "%s", error_text(&problem));
	else if ((*out)->per_recipient)
		good = settings_complain(node, err, "%s whole: \"%s\" speaks of one recipient", what, sentence);
	error_release(&problem);
	return good;
}

bool conditions_read_whole(struct arena *arena, const struct settings_node *node, const struct string_list *sentences,
			   const struct lexicon *lexicon, const char *what, const struct condition *const **out, struct error *err)
{
	const struct condition **conditions = arena_array(arena, sentences->count + 1, sizeof *conditions);
	for (size_t i = 0; i < sentences->count; i++) {
		const struct settings_node *item = settings_string(node) != NULL ? node : settings_at(node, i);
		if (!read_one(arena, item, sentences->items[i], lexicon, what, &conditions[i], err))
			return false;
	}
	*out = conditions;
	return true;
}

enum answer conditions_hold(const struct condition *const *conditions, const struct question *about, struct memo_list *memos)
{
	enum answer all = conditions == NULL || conditions[0] == NULL ? NO : YES;
	for (size_t i = 0; all != NO && conditions[i] != NULL; i++) {
		struct question question = *about;
		bool by_exemption;
		all = answer_and(all, condition_ask(conditions[i], &question, memos, &by_exemption));
	}
	return all;
}
