/* test_regex_strain.c - expressions that give up on some short text, those that do not, and what is no expression at all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/regex_strain.h"

static const struct {
	const char *regex;
	bool strains;
} cases[] = {
	{ "(?:\\w+\\s?)+!", true },
	{ "(?:\\w+\\s)+you", false },
	{ "very (?:a|aa)+ much", true },
	{ "very (?:a|b){0,6} much", false },
	{ "-+ *-+ *-+[^a] *-+x", true },
	{ "[^.]*!", false },
	{ "a{1,6}b", false },
	/* in an alternative that is not the first, below a group that is not repeated */
	{ "(?:x|y(?:z(?:b+)+w))!", true },
	{ "q|x(?:y|z(?:(?:b+)+|c)w)!", true },
	/* whatever a class or an escape stands for */
	{ "(?:[[:digit:]]+)+!", true },
	{ "(?:[^\\w]+)+a", true },
	{ "(?:[^a0-9]+)+0", true },
	{ "(?:[éè]+)+!", true },
	{ "(?:\\p{Lu}+)+!", true },
	{ "(?:\\x{41}+)+!", true },
	{ "(?:\\x41+)+!", true },
	{ "(?:\\.+)+!", true },
	{ "(?<name>(?:b+)+)!", true },
	{ "(?'name'(?:b+)+)!", true },
	{ "(?P<name>(?:b+)+)!", true },
	{ "(?i:(?:b+)+)!", true },
	{ "(?=a)a+b", false },
	{ "(?<!a)b+c", false },
};

static void test_cases(void **state)
{
	struct arena *arena = arena_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct pattern *pattern = NULL;
		struct error err = ERROR_INIT;
		struct pattern_span span;
		if (!pattern_compile(arena_printf(arena, "/%s/", cases[i].regex), &pattern, &err))
			fail_msg("%s: %s", cases[i].regex, error_text(&err));
		const char *text = regex_strain(arena, bytes_of(cases[i].regex), pattern, scratch);
		if ((text != NULL) != cases[i].strains)
			fail_msg("%s: %s", cases[i].regex, text == NULL ? "no text" : text);
		if (text != NULL) /* an exact witness */
			assert_int_equal(pattern_find(pattern, scratch, bytes_of(text), 0, &span), UNKNOWN);
		pattern_free(&pattern);
	}
	pattern_scratch_free(&scratch);
	arena_free(&arena);
}

/* Each as it stands, and every beginning of it. */
static const char *const broken[] = {
	"(?:a|b+)+[[:alpha:]x-z\\]]{2,5}?\\p{Lu}\\x{41}\\x4(?<n>c)(?P<m>d)(?'k'e)(?#f)(?<=g)\\Qh\\E\\1\\é\\",
	"[]a]", "[^]a]", "[[:", "[^", "(?", "(?P", "(?<", "a{", "a{99999999999999999999}", "a{1,99999999999999999999}", "{2}", ")", "a)b", "|", "((|)|)*",
	"\\p{", "\\x", "\\N{U+41}", "\xc3", "\xc3+", "\x80\x80+", "[\xc3]+",
};

static void test_any_bytes(void **state)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern *pattern = NULL;
	struct error err = ERROR_INIT;
	assert_true(pattern_compile("/zz+/", &pattern, &err));
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		for (size_t length = 0; length <= strlen(broken[i]); length++) {
			struct arena *arena = arena_new();
			char *exact = malloc(length + (length == 0)); /* nothing behind it */
			assert_non_null(exact);
			memcpy(exact, broken[i], length);
			assert_null(regex_strain(arena, (struct bytes){ exact, length }, pattern, scratch));
			free(exact);
			arena_free(&arena);
		}
	pattern_free(&pattern);
	pattern_scratch_free(&scratch);
}

static void test_deep(void **state)
{
	struct arena *arena = arena_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern *pattern = NULL;
	struct error err = ERROR_INIT;
	char deep[20000];
	memset(deep, '(', sizeof deep);
	assert_true(pattern_compile("/zz+/", &pattern, &err));
	assert_null(regex_strain(arena, (struct bytes){ deep, sizeof deep }, pattern, scratch));
	for (size_t i = 0; i < sizeof deep; i += 2)
		memcpy(deep + i, "a+", 2);
	assert_null(regex_strain(arena, (struct bytes){ deep, sizeof deep }, pattern, scratch));
	pattern_free(&pattern);
	pattern_scratch_free(&scratch);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_any_bytes), cmocka_unit_test(test_deep) };
	return cmocka_run_group_tests_name("regex_strain", tests, NULL, NULL);
}
