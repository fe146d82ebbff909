/* relations.h - what sentences say of each other for certain (logic.h), held against every scene of test_predicates; included there behind its
 * table and its way of asking.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_RELATIONS_H
#define COPYHOLD_TESTS_RELATIONS_H

static const char *const slot_words[][10] = {
	{ "{role}", "councillor", "officer", "resident", "press", "complainant", "oversight", "adviser", "minister", NULL },
	{ "{office}", "clerk", "mayor", "leader", NULL },
	{ "{family}", "deal", "council-deal", "label", "courtesy", "told", "grievance", NULL },
	{ "{word}", "Blue", "Green", NULL },
};

/* A sentence with the slot filled; the sentence itself when it has none. */
static const char *fill_slot(struct arena *arena, const char *sentence, size_t slot, const char *word)
{
	const char *at = strstr(sentence, slot_words[slot][0]);
	if (at == NULL)
		return sentence;
	return arena_printf(arena, "%.*s%s%s", (int)(at - sentence), sentence, word, at + strlen(slot_words[slot][0]));
}

/* Whether it can be asked of this scene: the family is there, and there is a recipient to ask of. */
static bool can_ask(const struct tools *tools, const struct scene *scene, const char *sentence, const char *word)
{
	return strchr(sentence, '{') == NULL && (strstr(sentence, "this recipient") == NULL || scene->facts.recipient_count > 0) &&
	       (strstr(sentence, word) == NULL || strstr(sentence, "say") == NULL || lexicon_has(tools->lexicon, word));
}

/* What lint takes for certain holds of every scene there is. */
static void check_relation(const struct tools *tools, size_t index, const struct logic_relation *relation, size_t slot, const char *word, size_t *held)
{
	struct scene *scene = scene_new();
	const struct condition *condition;
	cases[index].change(scene);
	const char *one = fill_slot(scene->arena, relation->one, slot, word), *other = fill_slot(scene->arena, relation->other, slot, word);
	if (can_ask(tools, scene, one, word) && can_ask(tools, scene, other, word) && ask(tools, scene, one, &condition) == YES) {
		enum answer wanted = relation->excludes ? NO : YES, answer = ask(tools, scene, other, &condition);
		if (answer != wanted)
			fail_msg("case %zu: \"%s\" holds, and \"%s\" is %d", index, one, other, answer);
		++*held;
	}
	scene_free(&scene);
}

static void test_relations_hold(void **state)
{
	for (const struct logic_relation *relation = logic_relations; relation->one != NULL; relation++) {
		size_t held = 0;
		for (size_t i = 0; i < case_count; i++)
			for (size_t slot = 0; slot < sizeof slot_words / sizeof *slot_words; slot++)
				for (const char *const *word = &slot_words[slot][1]; *word != NULL; word++)
					check_relation(*state, i, relation, slot, *word, &held);
		if (held == 0)
			fail_msg("no scene shows \"%s\"", relation->one);
	}
}

#endif
