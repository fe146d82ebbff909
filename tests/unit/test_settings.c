/* test_settings.c - rows, complaints with file and line, suggestions.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"

static const char *const modes[] = { "observe", "advise", "enforce", NULL };

struct target {
	const char *name;
	struct string_list domains;
	int depth;
	bool welsh;
	int mode;
	const struct settings_node *store, *rules;
};

static const struct setting_row rows[] = {
	{ "name", SETTING_STRING, offsetof(struct target, name), true, 0, 0, NULL, "what the council is called" },
	{ "domains", SETTING_STRINGS, offsetof(struct target, domains), false, 0, 0, NULL, NULL },
	{ "depth", SETTING_INT, offsetof(struct target, depth), false, 1, 100, NULL, NULL },
	{ "welsh", SETTING_BOOL, offsetof(struct target, welsh), false, 0, 0, NULL, NULL },
	{ "mode", SETTING_WORD, offsetof(struct target, mode), false, 0, 0, modes, NULL },
	{ "store", SETTING_GROUP, offsetof(struct target, store), false, 0, 0, NULL, NULL },
	{ "rules", SETTING_LIST, offsetof(struct target, rules), false, 0, 0, NULL, NULL },
};
#define ROWS (sizeof rows / sizeof *rows)

static bool load(const char *content, struct arena *arena, struct target *target, struct error *err)
{
	struct settings_file *file = NULL;
	if (!settings_open_string("t.conf", content, &file, err))
		return false;
	bool ok = settings_fill(settings_root(file), rows, ROWS, arena, target, err);
	settings_close(&file);
	assert_null(file);
	return ok;
}

static void test_fill(void **state)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct target target = { .depth = 7, .mode = -1 };
	assert_true(load("name = \"Siân's \\\"council\\\"\"; # comment\ndomains = [ \"a.example\",\n \"b.example\" ];\n"
			 "welsh = true; mode = \"advise\"; store = { x = 1; }; rules = ( { id = \"a\"; } );",
			 arena, &target, &err));
	assert_string_equal(target.name, "Siân's \"council\"");
	assert_int_equal(target.domains.count, 2);
	assert_string_equal(target.domains.items[1], "b.example");
	assert_int_equal(target.domains.lines[1], 3);
	assert_int_equal(target.depth, 7); /* absent: left alone */
	assert_true(target.welsh);
	assert_int_equal(target.mode, 1);
	assert_non_null(target.store);
	assert_non_null(target.rules);

	target = (struct target){ 0 };
	assert_true(load("name = \"x\"; domains = \"one.example\"; depth = 0x10;", arena, &target, &err));
	assert_int_equal(target.domains.count, 1);
	assert_int_equal(target.depth, 16);
	assert_true(load("name = \"x\"; domains = ();", arena, &target, &err));
	assert_int_equal(target.domains.count, 0);
	assert_true(load("name = \"/* not \" \"one } @include\"; // { [ \" \n/* ( \n */", arena, &target, &err));
	assert_string_equal(target.name, "/* not one } @include");
	arena_free(&arena);
}

static void test_nodes(void **state)
{
	struct error err = ERROR_INIT;
	struct settings_file *file = NULL;
	assert_true(settings_open_string("n.conf", "rules = ( { id = \"a\"; },\n { id = \"b\"; } );\nn = 5;", &file, &err));
	assert_string_equal(settings_path(file), "n.conf");
	const struct settings_node *list = settings_find(settings_root(file), "rules");
	assert_int_equal(settings_count(list), 2);
	assert_null(settings_at(list, 2));
	const struct settings_node *second = settings_at(list, 1);
	assert_true(settings_is_group(second));
	assert_false(settings_is_group(list));
	assert_null(settings_name(second));
	assert_int_equal(settings_line(second), 2);
	assert_string_equal(settings_string(settings_find(second, "id")), "b");
	assert_null(settings_find(second, "nothing"));
	assert_null(settings_find(list, "id"));
	const struct settings_node *number = settings_find(settings_root(file), "n");
	assert_null(settings_string(number));
	assert_int_equal(settings_count(number), 0);
	assert_false(settings_complain(second, &err, "no %s", "way"));
	assert_string_equal(error_text(&err), "n.conf:2: no way");
	assert_int_equal(err.kind, ERROR_SETTINGS);
	error_release(&err);
	settings_close(&file);
}

/* What is wrong, and all of what must be said about it. */
static const struct {
	const char *content, *said[3];
} complaints[] = {
	{ "name = \"x\";\nmod = \"advise\";", { "t.conf:2: ", "unknown key \"mod\" in the file", "did you mean \"mode\"?" } },
	{ "name = \"x\";\n\nzzzzzz = 1;", { "t.conf:3: ", "unknown key \"zzzzzz\"", "takes \"name\", \"domains\"" } },
	{ "welsh = true;", { "t.conf: ", "lacks the key \"name\"", "what the council is called" } },
	{ "name = \"\";", { "t.conf:1: ", "\"name\" must not be empty" } },
	{ "name = 5;", { "t.conf:1: ", "\"name\" must be a string, but is a number" } },
	{ "name = \"x\"; depth = 101;", { "\"depth\" is 101, but must be from 1 to 100" } },
	{ "name = \"x\"; depth = 5000000000;", { "t.conf:1: ", "larger than 2147483647" } },
	{ "name = \"x\"; depth = 9999999999999999999;", { "t.conf:1: ", "larger than 2147483647" } },
	{ "name = \"x\"; depth = 0x1FFFFFFFF;", { "larger than 2147483647" } },
	{ "name = \"x\"; depth = -3;", { "\"depth\" is -3, but must be from 1 to 100" } },
	{ "name = \"x\"; depth = 1.5;", { "whole number, but is a number with a fraction" } },
	{ "name = \"x\"; welsh = \"yes\";", { "true or false" } },
	{ "name = \"x\"; mode = \"Enforced\";", { "\"observe\", \"advise\" or \"enforce\"", "did you mean \"enforce\"?" } },
	{ "name = \"x\"; mode = true;", { "must be a string" } },
	{ "name = \"x\"; store = ( );", { "\"store\" must be a group" } },
	{ "name = \"x\"; rules = { };", { "\"rules\" must be a list" } },
	{ "name = \"x\"; domains = 3;", { "a string or a list of strings" } },
	{ "name = \"x\"; domains = (\n\"a\",\n4);", { "t.conf:3: ", "an entry of \"domains\" must be a string" } },
	{ "name = \"x\";\ndepth = 2;\nname = \"y\";", { "t.conf:3: ", "\"name\" is set twice" } },
	{ "name = \"x\"; store = { a = 1; b = \"a = 2\"; a = 3; };", { "t.conf:1: ", "\"a\" is set twice" } },
	{ "name = \"x\";\n@include \"/etc/passwd\"\n", { "t.conf:2: ", "@include is not used" } },
	{ "name = \"x;\ndepth = 2;\n", { "t.conf:1: ", "quote opened" } },
	{ "name = \"x\"; store = {\n a = 1;\n", { "t.conf:1: ", "'{' opened on this line is not closed" } },
	{ "name = \"x\"; store = {\n a = [ 1 };\n", { "t.conf:2: ", "'}' does not close the '[' of line 2" } },
	{ "name = \"x\"; }", { "t.conf:1: ", "closes nothing" } },
	{ "name = \"x\";\n/* no end", { "t.conf:2: ", "comment" } },
	{ "name = \"x\";\ndepth 2;", { "t.conf:2: ", "syntax error", "missing quote" } },
	{ "name = \"x\"; domains = [ \"a\", 1 ];", { "t.conf:1: ", "values of one kind" } },
	{ "\nname = \"Si\xe2n\";", { "t.conf:2: ", "save the file as UTF-8" } },
};

static void test_complaints(void **state)
{
	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
		struct arena *arena = arena_new();
		struct error err = ERROR_INIT;
		struct target target = { 0 };
		if (load(complaints[i].content, arena, &target, &err))
			fail_msg("accepted: %s", complaints[i].content);
		assert_int_equal(err.kind, ERROR_SETTINGS);
		for (size_t j = 0; j < 3 && complaints[i].said[j] != NULL; j++)
			if (strstr(error_text(&err), complaints[i].said[j]) == NULL)
				fail_msg("case %zu: \"%s\" does not say \"%s\"", i, error_text(&err), complaints[i].said[j]);
		error_release(&err);
		arena_free(&arena);
	}
}

static void test_deep(void **state)
{
	char deep[1000] = "a = ";
	memset(deep + 4, '(', 900);
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	assert_false(settings_open_string("d.conf", deep, &file, &err));
	assert_non_null(strstr(error_text(&err), "nested"));
	error_release(&err);
}

static void test_files(void **state)
{
	struct settings_file *file = NULL;
	struct error err = ERROR_INIT;
	assert_false(settings_open("/nonexistent/x.conf", &file, &err));
	assert_string_equal(error_text(&err), "/nonexistent/x.conf: cannot be opened: No such file or directory");
	error_release(&err);
	assert_false(settings_open("/", &file, &err));
	assert_non_null(strstr(error_text(&err), "cannot be read"));
	error_release(&err);

	char path[] = "/tmp/test_settings_XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a = \"b\\\\c\";\n", 12), 12);
	assert_true(settings_open(path, &file, &err));
	assert_string_equal(settings_string(settings_find(settings_root(file), "a")), "b\\c");
	settings_close(&file);
	/* A NUL would end libconfig's text early: what stands behind it would be dropped unsaid. */
	assert_int_equal(write(fd, "\0b = 1;\n", 8), 8);
	assert_false(settings_open(path, &file, &err));
	assert_non_null(strstr(error_text(&err), ":2: a NUL byte"));
	error_release(&err);
	close(fd);
	unlink(path);
}

static void test_suggest(void **state)
{
	static const char *const words[] = { "councillor", "officer", "press", "rfo", "head-of-service", NULL };
	static const struct {
		const char *written, *close;
	} cases[] = {
		{ "councilor", "councillor" }, { "Councillors", "councillor" }, { "oficer", "officer" },
		{ "pres", "press" },           { "rof", "rfo" },                { "Head_of Service", "head-of-service" },
		{ "clerk", NULL },             { "x", NULL },                   { "", NULL },
		{ "press officer to the council of somewhere far away and longer than any word", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *close = settings_suggest(cases[i].written, words);
		if (cases[i].close == NULL)
			assert_null(close);
		else
			assert_string_equal(close, cases[i].close);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),  cmocka_unit_test(test_nodes), cmocka_unit_test(test_complaints),
		cmocka_unit_test(test_deep),  cmocka_unit_test(test_files), cmocka_unit_test(test_suggest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
