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

bool policy_add_remember(struct policy *policy, const struct settings_node *remember, const struct lexicon *lexicon, struct error *err)
{
	struct remember_keys keys = { 0 };
	if (!settings_fill(remember, remember_rows, REMEMBER_COUNT, policy->arena, &keys, err))
		return false;
	for (size_t i = 0; i < REMEMBER_COUNT; i++) {
		const struct settings_node *node = settings_find(remember, remember_rows[i].key);
		const struct string_list *sentences = (const struct string_list *)(const void *)((const char *)&keys + remember_rows[i].offset);
		if (node != NULL && !conditions_read_whole(policy->arena, node, sentences, lexicon, "a message is remembered",
							   &policy->remember[i], err))
			return false;
	}
	return true;
}

/* No condition at all remembers nothing: a list that was emptied is switched off. */
unsigned remember_kinds_of(const struct policy *policy, const struct question *about, struct memo_list *memos)
{
	unsigned kinds = 0;
	for (size_t i = 0; i < REMEMBER_COUNT; i++)
		if (conditions_hold(policy->remember[i], about, memos) == YES)
			kinds |= remember_kinds[i];
	return kinds;
}
