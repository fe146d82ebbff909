/* test_lexicon.c - families of phrases from a configuration, and what takes their meaning away.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "reading/lexicon.h"

static struct lexicon *load(const char *text, struct error *err)
{
	struct settings_file *file = NULL;
	struct lexicon *lexicon = lexicon_new();
	bool good = settings_open_string("test.conf", text, &file, err) &&
		    lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), err) && lexicon_check(lexicon, err);
	settings_close(&file);
	if (!good)
		lexicon_free(&lexicon);
	return lexicon;
}

static const char families[] = "phrases = {\n"
			       "  obligation = { any = ( \"accept your (quotation|tender)\", \"instruct you\" );\n"
			       "                 unless = ( \"hedge\" ); unless_before = ( \"negation\" ); };\n"
			       "  hedge = ( \"subject to contract\", \"in principle\" );\n"
			       "  negation = \"not\";\n"
			       "};";

static const struct {
	const char *sentence;
	enum answer find, says;
	const char *phrase;
} cases[] = {
	{ "We accept your tender.", YES, YES, "accept your (quotation|tender)" },
	{ "We accept your offer.", NO, NO, NULL },
	{ "Subject to contract we accept your tender.", YES, NO, NULL },
	{ "We do not accept your tender.", YES, NO, NULL },
	{ "We do not think it at all likely that anybody will accept your tender.", YES, YES, "accept your (quotation|tender)" },
	{ "We do not accept your tender but accept your quotation.", YES, NO, NULL },
	{ "We do not accept your tender; nor do we say more about it, though gladly do we accept your quotation.", YES, YES, "accept your (quotation|tender)" },
	{ "I cannot say, but I instruct you to start.", YES, YES, "instruct you" },
	{ "We accept your tender, not theirs.", YES, YES, "accept your (quotation|tender)" },
	{ "", NO, NO, NULL },
};

static void test_says(void **state)
{
	struct error err = ERROR_INIT;
	struct lexicon *lexicon = load(families, &err);
	struct pattern_scratch *scratch = pattern_scratch_new();
	assert_non_null(lexicon);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct phrase_match match = { 0 };
		struct bytes sentence = bytes_of(cases[i].sentence);
		if (lexicon_find(lexicon, scratch, "obligation", sentence, &match) != cases[i].find)
			fail_msg("find in: %s", cases[i].sentence);
		if (lexicon_says(lexicon, scratch, "obligation", sentence, &match) != cases[i].says)
			fail_msg("says in: %s", cases[i].sentence);
		if (cases[i].phrase != NULL) {
			assert_string_equal(match.phrase, cases[i].phrase);
			assert_string_equal(match.family, "obligation");
		}
	}
	struct phrase_match match;
	assert_int_equal(lexicon_says(lexicon, scratch, "no-such-family", BYTES("instruct you"), &match), NO);
	assert_int_equal(lexicon_next(lexicon, scratch, "obligation", BYTES("instruct you, accept your tender"), 0, &match), YES);
	assert_int_equal(match.span.start, 0);
	assert_int_equal(lexicon_next(lexicon, scratch, "obligation", BYTES("instruct you, accept your tender"), match.span.end, &match), YES);
	assert_int_equal(match.span.start, 14);
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
}

static const char composed[] = "phrases = {\n"
			       "  offer = ( \"quotation\", \"[fee] proposal\" );\n"
			       "  accept = ( \"accept your {offer}\" );\n"
			       "  speaks = ( \"(i|we) [hereby] {accept}\", \"/\\\\bso\\\\s+{accept}\\\\s+\\\\p{L}{3,5}\\\\b/\" );\n"
			       "  denied = { any = ( \"(i|we) {accept}\" ); unless_in_clause = ( \"negation\" ); };\n"
			       "  negation = ( \"cannot\", \"not\" );\n"
			       "};";

/* A council's own word for one list reaches every phrase that is made of the list. */
static void test_phrases_made_of_families(void **state)
{
	static const struct {
		const char *family, *sentence;
		enum answer says;
	} said[] = {
		{ "accept", "We accept your quotation.", YES },
		{ "speaks", "We hereby accept your fee proposal.", YES },
		{ "speaks", "We hereby accept your offer.", NO },
		{ "speaks", "We accept your tender.", YES },
		{ "speaks", "And so accept your tender then", YES },
		{ "speaks", "And so accept your tender as", NO },
		{ "denied", "We cannot come, but we accept your tender", YES },
		{ "denied", "We cannot come - we accept your tender", YES },
		{ "denied", "I cannot come on Friday; we accept your tender", YES },
		{ "denied", "I cannot, as things stand, say that we accept your tender", NO },
		{ "denied", "It is not that we accept your tender", NO },
		{ "denied", "I cannot come, and we accept your tender", YES },
	};
	static const char speaks_later[] = "phrases = { offer = ( \"tender\" ); };";
	struct error err = ERROR_INIT;
	struct settings_file *file = NULL, *more = NULL;
	struct lexicon *lexicon = lexicon_new();
	assert_true(settings_open_string("test.conf", composed, &file, &err));
	assert_true(settings_open_string("more.conf", speaks_later, &more, &err));
	assert_true(lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), &err));
	assert_true(lexicon_add(lexicon, settings_find(settings_root(more), "phrases"), &err));
	settings_close(&file);
	settings_close(&more);
	if (!lexicon_check(lexicon, &err))
		fail_msg("%s", error_text(&err));
	struct pattern_scratch *scratch = pattern_scratch_new();
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct phrase_match match;
		if (lexicon_says(lexicon, scratch, said[i].family, bytes_of(said[i].sentence), &match) != said[i].says)
			fail_msg("%s: %s", said[i].family, said[i].sentence);
	}
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
}

static void test_families_add_up_and_are_sorted(void **state)
{
	struct error err = ERROR_INIT;
	struct lexicon *lexicon = load(families, &err);
	struct settings_file *file = NULL;
	assert_true(settings_open_string("more.conf", "phrases = { hedge = ( \"perhaps\" ); alpha = ( \"a\" ); };", &file, &err));
	assert_true(lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), &err));
	settings_close(&file);
	const char *const *names = lexicon_families(lexicon);
	static const char *const wanted[] = { "alpha", "hedge", "negation", "obligation" };
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(names[i], wanted[i]);
	assert_null(names[4]);
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct phrase_match match;
	assert_int_equal(lexicon_says(lexicon, scratch, "obligation", BYTES("Perhaps we accept your tender"), &match), NO);
	assert_true(lexicon_has(lexicon, "alpha"));
	assert_false(lexicon_has(lexicon, "beta"));
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
}

static const struct {
	const char *text, *complaint;
} bad[] = {
	{ "phrases = {\n a = ( \"fine\",\n \"bad (\" ); };", "test.conf:3" },
	{ "phrases = {\n a = { any = ( \"fine\",\n \"bad (\" ); }; };", "test.conf:3" },
	{ "phrases = { a = { any = ( \"x\" ); unless = ( \"hegde\" ); }; hedge = ( \"y\" ); };", "did you mean \"hedge\"" },
	{ "phrases = { a = { any = ( \"x\" ); unless_before = ( \"nothing\" ); }; };", "no family \"nothing\"" },
	{ "phrases = { hedge = ( \"x\" );\n a = { any = ( \"y\" ); unless = ( \"hedge\",\n \"hegde\" ); }; };",
	  "test.conf:3: phrases.a: there is no family \"hegde\"; did you mean \"hedge\"" },
	{ "phrases = { a = { any = ( \"x\" ); unles = ( \"a\" ); }; };", "unless" },
	{ "phrases = { a = { unless = ( \"a\" ); }; };", "any" },
	{ "phrases = { a = 3; };", "test.conf:1" },
	{ "phrases = { offer = ( \"x\" );\n a = ( \"y {ofer}\" ); };", "test.conf:2: there is no family \"ofer\"; did you mean \"offer\"" },
	{ "phrases = { a = ( \"x {b}\" ); b = ( \"y {a}\" ); };", "made of itself" },
	{ "phrases = { a = ( \"x {b}\" ); b = ( \"/y/\" ); };", "between slashes" },
	{ "phrases = { a = ( \"x {b\" ); b = ( \"y\" ); };", "not closed" },
	{ "phrases = { a = ( \"x {act}\" ); act = { any = ( \"y\" ); unless_in_clause = ( \"acts\" ); }; };", "did you mean \"act\"" },
};

static void test_refuses(void **state)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = ERROR_INIT;
		assert_null(load(bad[i].text, &err));
		assert_int_equal(err.kind, ERROR_SETTINGS);
		if (strstr(error_text(&err), bad[i].complaint) == NULL)
			fail_msg("%s: %s", bad[i].text, error_text(&err));
		error_release(&err);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says),
		cmocka_unit_test(test_phrases_made_of_families),
		cmocka_unit_test(test_families_add_up_and_are_sorted),
		cmocka_unit_test(test_refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
