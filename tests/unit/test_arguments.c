/* test_arguments.c - what a call may be given: types, bounds, what is missing, what nobody knows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "../../src/desk/confidence.h"
#include "desk/call.h"

static const char *const words[] = { "held", "all", NULL };
static const struct argument rows[] = {
	{ "id", ARGUMENT_LINE, .required = true, .least = 1, .most = 5 },
	{ "note", ARGUMENT_WORDS, .least = 0, .most = 10 },
	{ "page", ARGUMENT_INTEGER, .least = 1, .most = 9 },
	{ "on", ARGUMENT_FLAG, .required = false },
	{ "ids", ARGUMENT_LINES, .least = 1, .most = 2 },
	{ "state", ARGUMENT_WORD, .or_null = true, .words = words },
	{ "reason", ARGUMENT_WORDS, .least = 1, .most = 5 },
	{ "person", ARGUMENT_LINE, .least = 0, .most = 5 },
};

static void arguments_are_as_their_rows_say(void **state)
{
	static const struct {
		const char *json, *complaint; /* NULL: good */
	} cases[] = {
		{ "\"id\":\"a\"", NULL },
		{ "\"id\":\"abcde\"", NULL },
		{ "", "\"id\" is missing" },
		{ "\"id\":\"\"", "\"id\" is not as" },
		{ "\"id\":\"abcdef\"", "\"id\" is not as" },
		{ "\"id\":\"a\\nb\"", "\"id\" is not as" },
		{ "\"id\":\"a\\u007f\"", "\"id\" is not as" },
		{ "\"id\":7", "\"id\" is not as" },
		{ "\"id\":null", "\"id\" is not as" },
		{ "\"id\":\"\xc3\xa2\xc3\xa2\"", NULL },
		{ "\"id\":\"a\",\"note\":\"\"", NULL },
		{ "\"id\":\"a\",\"note\":\"a\\tb\\r\\nc\"", NULL },
		{ "\"id\":\"a\",\"note\":\"a\\u001b\"", "\"note\" is not as" },
		{ "\"id\":\"a\",\"note\":null", "\"note\" is not as" },
		{ "\"id\":\"a\",\"page\":1", NULL },
		{ "\"id\":\"a\",\"page\":0", "\"page\" is not as" },
		{ "\"id\":\"a\",\"page\":10", "\"page\" is not as" },
		{ "\"id\":\"a\",\"page\":1.0", "\"page\" is not as" },
		{ "\"id\":\"a\",\"page\":\"1\"", "\"page\" is not as" },
		{ "\"id\":\"a\",\"on\":false", NULL },
		{ "\"id\":\"a\",\"on\":1", "\"on\" is not as" },
		{ "\"id\":\"a\",\"ids\":[\"x\",\"y\"]", NULL },
		{ "\"id\":\"a\",\"ids\":[]", "\"ids\" is not as" },
		{ "\"id\":\"a\",\"ids\":[\"x\",\"y\",\"z\"]", "\"ids\" is not as" },
		{ "\"id\":\"a\",\"ids\":[\"\"]", "\"ids\" is not as" },
		{ "\"id\":\"a\",\"ids\":[1]", "\"ids\" is not as" },
		{ "\"id\":\"a\",\"ids\":\"x\"", "\"ids\" is not as" },
		{ "\"id\":\"a\",\"state\":\"all\"", NULL },
		{ "\"id\":\"a\",\"state\":null", NULL },
		{ "\"id\":\"a\",\"state\":\"All\"", "\"state\" is not as" },
		{ "\"id\":\"a\",\"state\":\"hel\"", "\"state\" is not as" },
		{ "\"id\":\"a\",\"reason\":\"\"", "Please give your reason." },
		{ "\"id\":\"a\",\"reason\":\"abcdef\"", "\"reason\" is not as" },
		{ "\"id\":\"a\",\"reason\":7", "\"reason\" is not as" },
		{ "\"id\":\"a\",\"person\":\"\"", NULL },
		{ "\"id\":\"a\",\"<script>\":1", "a key that this call does not know" },
		{ "\"id\":\"a\",\"session\":\"s\",\"client\":null", NULL },
		{ "\"id\":\"a\",\"session\":5", "\"session\" is not as" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error err = ERROR_INIT;
		json_t *request = NULL;
		char json[300];
		snprintf(json, sizeof json, "{\"call\":\"x\"%s%s}", *cases[i].json == '\0' ? "" : ",", cases[i].json);
		assert_true(arguments_parse(bytes_of(json), &request, &err));
		if (arguments_check(request, rows, sizeof rows / sizeof *rows, &err) != (cases[i].complaint == NULL))
			fail_msg("%s: %s", json, error_text(&err));
		if (cases[i].complaint != NULL && strstr(error_text(&err), cases[i].complaint) == NULL)
			fail_msg("%s: %s", json, error_text(&err));
		assert_null(strstr(error_text(&err), "script"));
		json_decref(request);
		error_release(&err);
	}
}

static void requests_are_one_object(void **state)
{
	static const char *const wrong[] = { "", "x", "[]", "7", "\"x\"", "null", "{", "{}{}", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\xff\"}" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct error err = ERROR_INIT;
		json_t *request = NULL;
		if (arguments_parse(bytes_of(wrong[i]), &request, &err))
			fail_msg("%s was taken", wrong[i]);
		assert_int_equal(err.kind, ERROR_INPUT);
		error_release(&err);
	}
}

static void the_table_is_in_order(void **state)
{
	const struct call *call;
	size_t open = 0;
	for (size_t i = 0; (call = call_at(i)) != NULL; i++) {
		assert_non_null(call->answer);
		open += call->roles == 0;
		assert_int_equal(call->roles & ~CALL_EVERY_ROLE, 0);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(call_at(k)->name, call->name);
		for (size_t k = 0; k < call->argument_count; k++) {
			const struct argument *row = &call->arguments[k];
			assert_true(row->type == ARGUMENT_WORD ? row->words != NULL : row->type == ARGUMENT_FLAG || row->most >= row->least);
			assert_false(strcmp(row->name, "session") == 0 || strcmp(row->name, "client") == 0 || strcmp(row->name, "call") == 0);
		}
	}
	assert_int_equal(open, 3); /* login, link, own-act */
}

static void nobody_at_the_desk_is_said_so(void **state)
{
	struct arena *arena = arena_new();
	struct bytes answer = calls_answer(arena, NULL, BYTES("{\"call\":\"me\"}"), 0);
	assert_true(bytes_find(answer, BYTES("\"error\":\"retry\""), 0) != (size_t)-1);
	answer = calls_answer(arena, NULL, BYTES("{\"call\":\"me\",\"x\":1}"), 0);
	assert_true(bytes_find(answer, BYTES("\"error\":\"input\""), 0) != (size_t)-1);
	arena_free(&arena);
}

/* What a message's envelope and headers show, its own or a quoted letter's, is near certain; one word of a text is not. */
static void confidence_is_by_the_places(void **state)
{
	static const struct {
		const char *evidence, *confidence;
	} cases[] = {
		{ "[{\"where\":\"quoted letter\"},{\"where\":\"To and Cc\"}]", "structural" },
		{ "[{\"where\":\"envelope\"},{\"where\":\"To\"}]", "structural" },
		{ "[{\"where\":\"To and Cc\"},{\"where\":\"text, line 2\"}]", "wording" },
		{ "[{\"where\":\"quoted letter, line 3\"}]", "wording" },
		{ "[{\"where\":\"signature\"}]", "wording" },
		{ "[{}]", "wording" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		json_t *evidence = json_loads(cases[i].evidence, 0, NULL);
		assert_string_equal(confidence_of(NULL, evidence), cases[i].confidence);
		json_decref(evidence);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arguments_are_as_their_rows_say),
		cmocka_unit_test(requests_are_one_object),
		cmocka_unit_test(the_table_is_in_order),
		cmocka_unit_test(nobody_at_the_desk_is_said_so),
		cmocka_unit_test(confidence_is_by_the_places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
