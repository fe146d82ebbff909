/* test_predicates.c - every sentence of the table says yes of one message and no of another.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/condition.h"
#include "policy/logic.h"
#include "predicate_cases.h"

static struct lexicon *lexicon_of(const char *text)
{
	struct settings_file *file;
	struct error err = ERROR_INIT;
	struct lexicon *lexicon = lexicon_new();
	if (!settings_open_string("phrases", text, &file, &err) ||
	    !lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), &err) || !lexicon_check(lexicon, &err))
		fail_msg("%s", error_text(&err));
	settings_close(&file);
	return lexicon;
}

struct tools {
	struct lexicon *lexicon;
	struct pattern_scratch *scratch;
};

static int set_up(void **state)
{
	struct tools *tools = calloc(1, sizeof *tools);
	tools->lexicon = lexicon_of(phrases);
	tools->scratch = pattern_scratch_new();
	*state = tools;
	return 0;
}

static int tear_down(void **state)
{
	struct tools *tools = *state;
	lexicon_free(&tools->lexicon);
	pattern_scratch_free(&tools->scratch);
	free(tools);
	return 0;
}

static enum answer ask(const struct tools *tools, struct scene *scene, const char *sentence, const struct condition **condition_out)
{
	struct error err = ERROR_INIT;
	if (!condition_parse(scene->arena, sentence, tools->lexicon, condition_out, &err))
		fail_msg("%s", error_text(&err));
	struct question question = { .arena = scene->arena, .facts = &scene->facts, .lexicon = tools->lexicon, .scratch = tools->scratch };
	struct memo_list memos = { 0 };
	bool exempting;
	return condition_ask(*condition_out, &question, &memos, &exempting);
}

#include "relations.h"

static void test_every_sentence(void **state)
{
	unsigned char seen[200] = { 0 };
	for (size_t i = 0; i < case_count; i++) {
		struct scene *scene = scene_new();
		const struct condition *condition;
		cases[i].change(scene);
		enum answer answer = ask(*state, scene, cases[i].sentence, &condition);
		if (answer != cases[i].answer)
			fail_msg("case %zu, \"%s\": %d, not %d", i, cases[i].sentence, answer, cases[i].answer);
		for (size_t j = 0; predicate_at(j) != NULL; j++)
			if (condition->count == 1 && condition->alternatives[0].terms[0].predicate == predicate_at(j))
				seen[j] |= (unsigned char)(1u << answer);
		scene_free(&scene);
	}
	for (size_t j = 0; predicate_at(j) != NULL; j++)
		if ((seen[j] & (1u << YES | 1u << NO)) != (1u << YES | 1u << NO))
			fail_msg("no case answers yes and no to \"%s\"", predicate_at(j)->sentence);
}

static void test_rows(void **state)
{
	for (size_t i = 0; predicate_at(i) != NULL; i++) {
		const struct predicate *row = predicate_at(i);
		assert_non_null(row->ask);
		assert_true(strlen(row->meaning) > 10);
		bool speaks = strstr(row->sentence, "this recipient") != NULL;
		assert_int_equal(speaks, row->per_recipient);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(row->sentence, predicate_at(j)->sentence);
	}
}

static const struct {
	const char *sentence, *said;
} refused[] = {
	{ "sender is oficer", "unknown role \"oficer\" (did you mean \"officer\"?)" },
	{ "sender holds office clark", "unknown office \"clark\" (did you mean \"clerk\"?)" },
	{ "the author states grievence", "unknown family of phrases \"grievence\" (did you mean \"grievance\"?)" },
	{ "sender has permission instuction", "unknown permission \"instuction\" (did you mean \"instruction\"?)" },
	{ "addressed to at least many councillors", "unknown number \"many\"" },
	{ "addressed to at least -1 councillors", "unknown number \"-1\"" },
	{ "addressed to at least 9999999 councillors", "unknown number" },
	{ "a councilor is hidden", "did you mean \"a councillor is hidden\"?" },
	{ "hidden councillor made clear", "did you mean" },
	{ "sendr is officer", "no condition reads \"sendr is officer\" (did you mean \"sender is {role}\"?)" },
	{ "xyzzy", "no condition reads \"xyzzy\"" },
	{ "", "a condition is empty" },
	{ "not:", "a condition is empty" },
	{ "sender is known and:", "a condition is empty" },
	{ "sender is known or: or: sender is known", "a condition is empty" },
	{ "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20", "more than 40 words" },
};

static void test_refused(void **state)
{
	struct tools *tools = *state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct arena *arena = arena_new();
		struct error err = ERROR_INIT;
		const struct condition *condition;
		if (condition_parse(arena, refused[i].sentence, tools->lexicon, &condition, &err))
			fail_msg("taken: \"%s\"", refused[i].sentence);
		if (strstr(error_text(&err), refused[i].said) == NULL)
			fail_msg("\"%s\": said %s", refused[i].sentence, error_text(&err));
		error_release(&err);
		arena_free(&arena);
	}
}

/* The whole chain, and nobody who is not of the council. */
static void test_chain_is_told(void **state)
{
	struct tools *tools = *state;
	struct scene *scene = scene_new();
	struct error err = ERROR_INIT;
	const struct condition *condition;
	scene_descend(scene, MEMORY_MARKED);
	assert_true(condition_parse(scene->arena, "it carries confidential correspondence", tools->lexicon, &condition, &err));
	struct question question = { .arena = scene->arena, .facts = &scene->facts, .lexicon = tools->lexicon, .scratch = tools->scratch };
	struct memo_list memos = { 0 };
	bool exempting;
	assert_int_equal(condition_ask(condition, &question, &memos, &exempting), YES);
	assert_int_equal(question.evidence_count, 1);
	assert_string_equal(question.evidence[0].where, "memory");
	assert_string_equal(question.evidence[0].text,
			    "part 1 repeats 7 of 9 passages of a letter marked confidential of 2 March 2026 from Ruth Ames to Carl Moss (CH-20260302-FIRST), "
			    "which Amir Khan passed on on 3 March 2026 (CH-20260303-VIA)");
	scene_free(&scene);
}

static void test_kleene(void **state)
{
	static const enum answer all[] = { NO, YES, UNKNOWN };
	static const enum answer and_table[3][3] = { { NO, NO, NO }, { NO, YES, UNKNOWN }, { NO, UNKNOWN, UNKNOWN } };
	static const enum answer or_table[3][3] = { { NO, YES, UNKNOWN }, { YES, YES, YES }, { UNKNOWN, YES, UNKNOWN } };
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < 3; j++) {
			assert_int_equal(answer_and(all[i], all[j]), and_table[i][j]);
			assert_int_equal(answer_or(all[i], all[j]), or_table[i][j]);
		}
	assert_int_equal(answer_not(UNKNOWN), UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_sentence), cmocka_unit_test(test_relations_hold),
		cmocka_unit_test(test_rows), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_chain_is_told), cmocka_unit_test(test_kleene),
	};
	return cmocka_run_group_tests_name("predicates", tests, set_up, tear_down);
}
