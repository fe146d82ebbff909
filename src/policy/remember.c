/* remember.c - the `remember` group of a configuration: which messages are remembered, so that what descends from them is known.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "policy/condition.h"
#include "policy/ruleset.h"

#define KEY(name) .key = #name, .type = SETTING_STRINGS, .offset = offsetof(struct remember_keys, name)

struct remember_keys {
	struct string_list marked, advice, issued;
};
static const struct setting_row remember_rows[] = {
	{ KEY(marked), .meaning = "conditions that make a message confidential correspondence" },
	{ KEY(advice), .meaning = "conditions that make it confidential advice, which needs no marking" },
	{ KEY(issued), .meaning = "conditions that make it the Council's open word, which is no secret" },
};
static const unsigned remember_kinds[] = { MEMORY_MARKED, MEMORY_ADVICE, MEMORY_ISSUED };
_Static_assert(sizeof remember_kinds / sizeof *remember_kinds == REMEMBER_COUNT, "a row for each kind");

static bool read_one(struct policy *policy, const struct settings_node *node, const char *sentence, const struct lexicon *lexicon,
		     const struct condition **out, struct error *err)
{
	struct error problem = ERROR_INIT;
	bool good = condition_parse(policy->arena, sentence, lexicon, out, &problem);
	if (!good)
		settings_complain(node, err, "%s", error_text(&problem));
	else if ((*out)->per_recipient)
		good = settings_complain(node, err, "a message is remembered whole: \"%s\" speaks of one recipient", sentence);
	error_release(&problem);
	return good;
}

static bool read_list(struct policy *policy, const struct settings_node *node, const struct string_list *sentences, const struct lexicon *lexicon,
		      const struct condition *const **out, struct error *err)
{
	const struct condition **conditions = arena_array(policy->arena, sentences->count + 1, sizeof *conditions);
	for (size_t i = 0; i < sentences->count; i++) {
		const struct settings_node *item = settings_string(node) != NULL ? node : settings_at(node, i);
		if (!read_one(policy, item, sentences->items[i], lexicon, &conditions[i], err))
			return false;
	}
	*out = conditions;
	return true;
}

bool policy_add_remember(struct policy *policy, const struct settings_node *remember, const struct lexicon *lexicon, struct error *err)
{
	struct remember_keys keys = { 0 };
	if (!settings_fill(remember, remember_rows, REMEMBER_COUNT, policy->arena, &keys, err))
		return false;
	for (size_t i = 0; i < REMEMBER_COUNT; i++) {
		const struct settings_node *node = settings_find(remember, remember_rows[i].key);
		const struct string_list *sentences = (const struct string_list *)(const void *)((const char *)&keys + remember_rows[i].offset);
		if (node != NULL && !read_list(policy, node, sentences, lexicon, &policy->remember[i], err))
			return false;
	}
	return true;
}

static bool all_hold(const struct condition *const *conditions, const struct question *about, struct memo_list *memos)
{
	for (size_t i = 0; conditions[i] != NULL; i++) {
		struct question question = *about;
		bool by_exemption;
		if (condition_ask(conditions[i], &question, memos, &by_exemption) != YES)
			return false;
	}
	return true;
}

/* No condition at all remembers nothing: a list that was emptied is switched off. */
unsigned remember_kinds_of(const struct policy *policy, const struct question *about, struct memo_list *memos)
{
	unsigned kinds = 0;
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		if (policy->remember[i] != NULL && policy->remember[i][0] != NULL && all_hold(policy->remember[i], about, memos))
			kinds |= remember_kinds[i];
	return kinds;
}
