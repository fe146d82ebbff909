/* test_memory_named.c - the contract of memory/memory.h for who names a remembered message, over each implementation: it is found, declassified
 * and forgotten.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory_case.h"

#include <string.h>

static void found_as_somebody_names_it(void **state)
{
	struct lab *lab = *state;
	const char *const *references = NULL;
	struct error err = ERROR_INIT;
	size_t count = 1;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50);
	assert_true(memory_find(lab->memory, lab->arena, "CH-2026-A", &references, &count, NULL));
	assert_int_equal(count, 0);
	lab_remember(lab, letter, "CH-2026-AA", NOW, MEMORY_MARKED);
	lab_remember(lab, letter, "CH-2026-BB", NOW + 5, MEMORY_MARKED);
	lab_remember(lab, lab_trace(lab, "<b@x>", 500, 50), "CH-2026-AB", NOW, MEMORY_MARKED);
	lab_pass(lab, lab_trace(lab, "<c@x>", 900, 50), "ruth", "CH-2026-CC", NOW, "amir@marlbrook.example", true);
	assert_true(memory_find(lab->memory, lab->arena, "CH-2026-B", &references, &count, NULL));
	assert_int_equal(count, 2);
	assert_string_equal(references[0], "CH-2026-BB");
	assert_string_equal(references[1], "CH-2026-AA");
	assert_true(memory_find(lab->memory, lab->arena, "CH-2026-AB", &references, &count, NULL));
	assert_int_equal(count, 1);
	assert_string_equal(references[0], "CH-2026-AB");
	assert_true(memory_find(lab->memory, lab->arena, "CH-2026-C", &references, &count, NULL));
	assert_int_equal(count, 1);
	assert_string_equal(references[0], "CH-2026-CC");
	assert_false(memory_find(lab->memory, lab->arena, "CH-2026-A", &references, &count, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_int_equal(count, 0);
	error_release(&err);
}

static void found_by_its_message_id(void **state)
{
	struct lab *lab = *state;
	const char *const *references = NULL;
	struct error err = ERROR_INIT;
	size_t count = 0;
	struct trace *letter = lab_trace(lab, "<A@x>", 1, 50);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	lab_remember(lab, letter, "CH-2", NOW + 5, MEMORY_MARKED);
	lab_remember(lab, lab_trace(lab, "<open@x>", 500, 50), "CH-3", NOW, MEMORY_ISSUED);
	assert_true(memory_find(lab->memory, lab->arena, "<A@x>", &references, &count, NULL));
	assert_int_equal(count, 2);
	assert_string_equal(references[0], "CH-1");
	assert_string_equal(references[1], "CH-2");
	static const char *const nobodys[] = { "<a@x>", "<A@x", "A@x", "<A@x> ", "<>", "<", "<open@x>" };
	for (size_t i = 0; i < sizeof nobodys / sizeof *nobodys; i++) {
		assert_true(memory_find(lab->memory, lab->arena, nobodys[i], &references, &count, NULL));
		assert_int_equal(count, 0);
	}
	/* under the next key, by somebody who took its Message-ID for other words */
	lab_remember(lab, lab_trace(lab, "<b@x>", 700, 50), "CH-4", NOW + lab->terms.key, MEMORY_MARKED);
	lab_remember(lab, lab_trace(lab, "<A@x>", 900, 50), "CH-5", NOW + lab->terms.key + 5, MEMORY_MARKED);
	assert_true(memory_find(lab->memory, lab->arena, "<b@x>", &references, &count, NULL));
	assert_int_equal(count, 1);
	assert_string_equal(references[0], "CH-4");
	assert_false(memory_find(lab->memory, lab->arena, "<A@x>", &references, &count, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	assert_non_null(strstr(error_text(&err), "CH-1"));
	assert_non_null(strstr(error_text(&err), "CH-5"));
	assert_int_equal(count, 0);
	error_release(&err);
}

static void declassified_is_not_noticed(void **state)
{
	struct lab *lab = *state;
	bool found = false;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *answer = lab_trace(lab, "<b@x>", 500, 30), *copy = lab_trace(lab, "<c@x>", 11, 20);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	lab_refer(lab, answer, "<a@x>");
	lab_append(lab, answer, letter, "part 1");
	lab_remember(lab, answer, "CH-2", NOW + HOUR, MEMORY_MARKED);
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + DAY).ancestor_count, 2);
	assert_true(memory_declassify(lab->memory, "CH-1", NOW + 2 * DAY, &found, NULL));
	assert_true(found);
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + 2 * DAY - 1).ancestor_count, 2);
	assert_int_equal(lab_recall(lab, copy, "amir", NOW + 2 * DAY).ancestor_count, 0);
	/* the answer's own words still are a secret */
	assert_int_equal(lab_recall(lab, lab_trace(lab, "<d@x>", 500, 30), "amir", NOW + 3 * DAY).ancestor_count, 1);
	assert_true(memory_declassify(lab->memory, "CH-9", NOW, &found, NULL));
	assert_false(found);
}

/* A later letter that was declassified does not give away what it quoted. */
static void declassified_quotation_stays_secret(void **state)
{
	struct lab *lab = *state;
	bool found = false;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *answer = lab_trace(lab, "<b@x>", 500, 30);
	lab_remember(lab, letter, "CH-1", NOW, MEMORY_MARKED);
	lab_append(lab, answer, letter, "part 1");
	lab_remember(lab, answer, "CH-2", NOW + HOUR, MEMORY_MARKED);
	assert_true(memory_declassify(lab->memory, "CH-2", NOW + DAY, &found, NULL));
	struct recall recall = lab_recall(lab, lab_trace(lab, "<c@x>", 11, 20), "amir", NOW + 2 * DAY);
	assert_int_equal(recall.ancestor_count, 1);
	assert_string_equal(recall.ancestors[0].id, "CH-1");
}

static void forgotten_is_gone(void **state)
{
	struct lab *lab = *state;
	bool found = false;
	struct memory_figures figures;
	struct error err = ERROR_INIT;
	struct trace *letter = lab_trace(lab, "<a@x>", 1, 50), *second = lab_trace(lab, "<b@x>", 500, 20), *third = lab_trace(lab, "<c@x>", 900, 20);
	lab_attach(lab, letter, 'f', "minutes.pdf (part 2)");
	lab_remember(lab, letter, "CH-20260302-AAAA", NOW, MEMORY_MARKED);
	lab_pass(lab, letter, "ruth", "CH-20260302-AAAA", NOW, "amir@marlbrook.example", true);
	lab_refer(lab, second, "<a@x>");
	lab_remember(lab, second, "CH-20260302-BBBB", NOW + HOUR, 0);
	assert_false(memory_forget(lab->memory, "CH-20260302", &found, &err));
	assert_int_equal(err.kind, ERROR_INPUT);
	error_release(&err);
	assert_true(memory_forget(lab->memory, "CH-20260302-A", &found, NULL));
	assert_true(found);
	assert_true(memory_forget(lab->memory, "CH-20260302-A", &found, NULL));
	assert_false(found);
	lab_refer(lab, third, "<b@x>");
	assert_int_equal(lab_recall(lab, third, "amir", NOW + DAY).ancestor_count, 0);
	assert_int_equal(lab_recall(lab, letter, "amir", NOW + DAY).ancestor_count, 0);
	assert_int_equal(lab_recall(lab, letter, "ruth", NOW + 60).sibling_count, 0);
	assert_true(memory_figures(lab->memory, &figures, NULL));
	assert_int_equal(figures.messages, 1);
	assert_int_equal(figures.prints, 0);
	assert_int_equal(figures.files, 0);
}

#define OVER(set_up) \
	cmocka_unit_test_setup_teardown(found_as_somebody_names_it, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(found_by_its_message_id, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(declassified_is_not_noticed, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(declassified_quotation_stays_secret, set_up, lab_tear_down), \
	cmocka_unit_test_setup_teardown(forgotten_is_gone, set_up, lab_tear_down)

int main(void)
{
	const struct CMUnitTest in_the_process[] = { OVER(lab_set_up_volatile) };
	const struct CMUnitTest on_disk[] = { OVER(lab_set_up_store) };
	int failed = cmocka_run_group_tests(in_the_process, NULL, NULL);
	return failed + cmocka_run_group_tests(on_disk, NULL, NULL);
}
