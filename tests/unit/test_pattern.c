/* test_pattern.c - the phrase language: what it matches, what it must not, what it refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pattern.h"

struct match_case {
	const char *phrase, *subject;
	const char *found; /* NULL: no match */
};

#define BLANKS "                                        "

static const struct match_case match_cases[] = {
	{ "confidential", "Strictly CONFIDENTIAL.", "CONFIDENTIAL" },
	{ "confidential", "confidentiality", NULL },
	{ "accept your (quotation|quote|tender)", "we accept  your\n tender now", "accept  your\n tender" },
	{ "accept your (quotation|quote|tender)", "we accept your tenders", NULL },
	{ "accept your (quotation|quote|tender)", "we accept the tender", NULL },
	{ "[hereby] instruct you", "I hereby instruct you to", "hereby instruct you" },
	{ "[hereby] instruct you", "I instruct you to", "instruct you" },
	{ "[hereby] instruct you", "I herebyinstruct you", NULL },
	{ "accept [your] [revised] tender", "accept tender", "accept tender" },
	{ "accept [your] [revised] tender", "accept revised tender", "accept revised tender" },
	{ "accept [your] [revised] tender", "accept your revised tender", "accept your revised tender" },
	{ "accept [your] [revised] tender", "accepttender", NULL },
	{ "please proceed [with the works]", "please proceed with the works", "please proceed with the works" },
	{ "please proceed [with the works]", "please proceed at once", "please proceed" },
	{ "invoice ... council", "invoice the Council", "invoice the Council" },
	{ "invoice ... council", "invoice council", "invoice council" },
	{ "invoice ... council", "invoice, as we said, \"council\"", "invoice, as we said, \"council" },
	{ "invoice ... council", "invoice a b c d e f council", "invoice a b c d e f council" },
	{ "invoice ... council", "invoice a b c d e f g council", NULL },
	{ "invoice ... [town] council", "invoice to our town council", "invoice to our town council" },
	{ "cyfrinach*", "yn Gyfrinachol a chyfrinachol CYFRINACHOL", "CYFRINACHOL" },
	{ "(c|g|ch|ngh)yfrinachol", "mae'n gyfrinachol", "gyfrinachol" },
	{ "in the name of [the] ... council", "in the name of the whole council", "in the name of the whole council" },
	{ "in the name of [the] ... council", "in the name of our whole council", NULL },
	{ "in the name of [the] ... council", "in the name of council", "in the name of council" },
	/* a run of blanks cannot be shared out among the options */
	{ "for [and on behalf of] [the|our] [town|parish] council", "for" BLANKS BLANKS BLANKS "x council", NULL },
	{ "for [and on behalf of] [the|our] [town|parish] council", "for" BLANKS "our" BLANKS "council", "for" BLANKS "our" BLANKS "council" },
	{ "quote[s]", "two quotes", "quotes" },
	{ "organi(s|z)e* it", "organized it", "organized it" },
	{ "cllr[.] khan", "Cllr. Khan", "Cllr. Khan" },
	{ "cllr[.] khan", "Cllr Khan", "Cllr Khan" },
	{ "p\\.p\\.", "p.p. Khan", "p.p." },
	{ "what\\?", "what? now", "what?" },
	{ "tŷ", "y TŶ mawr", "TŶ" },
	{ "t", "tŷ", NULL }, /* a letter with an accent is a letter */
	{ "red|green light", "green light", "green light" },
	{ "red|green light", "red", "red" },
	{ "a.b", "a.b", "a.b" },
	{ "a.b", "axb", NULL },
	{ "/\\bPO\\s*\\d{3,}/", "see po 1042", "po 1042" },
	{ "/\\bPO\\s*\\d{3,}/", "PO 10", NULL },
};

static void test_matches(void **state)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	for (size_t i = 0; i < sizeof match_cases / sizeof *match_cases; i++) {
		const struct match_case *c = &match_cases[i];
		struct error err = ERROR_INIT;
		struct pattern *pattern = NULL;
		struct pattern_span span = { 0, 0 };
		if (!pattern_compile(c->phrase, &pattern, &err))
			fail_msg("%s", error_text(&err));
		enum answer answer = pattern_find(pattern, scratch, bytes_of(c->subject), 0, &span);
		if (answer != (c->found == NULL ? NO : YES))
			fail_msg("\"%s\" in \"%s\": %d", c->phrase, c->subject, answer);
		if (c->found != NULL) {
			struct bytes found = bytes_slice(bytes_of(c->subject), span.start, span.end);
			if (!bytes_equal(found, bytes_of(c->found)))
				fail_msg("\"%s\" found \"%.*s\"", c->phrase, (int)found.length, found.data);
		}
		assert_string_equal(pattern_source(pattern), c->phrase);
		pattern_free(&pattern);
		assert_null(pattern);
	}
	pattern_scratch_free(&scratch);
}

static const struct {
	const char *phrase, *complaint;
} bad[] = {
	{ "", "empty" },
	{ "   ", "empty" },
	{ "accept (a|b", "character 8: this \"(\" is not closed" },
	{ "tŷ (a|b", "character 4: " },
	{ "accept [a", "this \"[\" is not closed" },
	{ "a (b]", "not closed" },
	{ "accept) it", "character 7: this bracket was never opened" },
	{ "[all] [of it]", "match everywhere" },
	{ "(a|[b])", "match everywhere" },
	{ "(a|)", "a word is missing" },
	{ "a || b", "a word is missing" },
	{ "a *", "could be empty" },
	{ "... council", "between words" },
	{ "invoice ...", "between words" },
	{ "a \\", "nothing to quote" },
	{ "(((((((((((((((((((((((((a)))))))))))))))))))))))))", "nested too deeply" },
	{ "/abc", "ends with \"/\"" },
	{ "//", "ends with \"/\"" },
	{ "/(*NO_JIT)abc/", "verb" },
	{ "/a\\Cb/", "\\C" },
	{ "/a(b/", "character" },
	{ "/x*/", "match nothing" },
	{ "bad \xff byte", "UTF-8" },
};

static void test_refuses(void **state)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = ERROR_INIT;
		struct pattern *pattern = NULL;
		if (pattern_compile(bad[i].phrase, &pattern, &err))
			fail_msg("\"%s\" was taken", bad[i].phrase);
		assert_null(pattern);
		assert_int_equal(err.kind, ERROR_SETTINGS);
		if (strstr(error_text(&err), bad[i].complaint) == NULL)
			fail_msg("\"%s\": %s", bad[i].phrase, error_text(&err));
		error_release(&err);
	}
}

static void test_too_long_is_refused(void **state)
{
	char *phrase = calloc(1, PATTERN_MAX_LENGTH + 2);
	memset(phrase, 'a', PATTERN_MAX_LENGTH + 1);
	struct error err = ERROR_INIT;
	struct pattern *pattern = NULL;
	assert_false(pattern_compile(phrase, &pattern, &err));
	assert_non_null(strstr(error_text(&err), "longer than"));
	error_release(&err);
	phrase[PATTERN_MAX_LENGTH] = '\0';
	assert_true(pattern_compile(phrase, &pattern, &err));
	pattern_free(&pattern);
	free(phrase);
}

static void test_limits_answer_unknown(void **state)
{
	struct error err = ERROR_INIT;
	struct pattern *pattern = NULL;
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern_span span;
	assert_true(pattern_compile("/(x+x+)+[yz]/", &pattern, &err));
	assert_int_equal(pattern_find(pattern, scratch, bytes_of("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxw"), 0, &span),
			 UNKNOWN);
	assert_int_equal(pattern_find(pattern, scratch, bytes_of("xxxy"), 0, &span), YES);
	pattern_free(&pattern);
	pattern_scratch_free(&scratch);
}

static void test_from_and_empty_subject(void **state)
{
	struct error err = ERROR_INIT;
	struct pattern *pattern = NULL;
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern_span span;
	assert_true(pattern_compile("cc", &pattern, &err));
	assert_int_equal(pattern_find(pattern, scratch, BYTES("cc cc"), 1, &span), YES);
	assert_int_equal(span.start, 3);
	assert_int_equal(pattern_find(pattern, scratch, BYTES("cc cc"), 4, &span), NO); /* the word began before */
	assert_int_equal(pattern_find(pattern, scratch, BYTES("cc"), 3, &span), NO);
	assert_int_equal(pattern_find(pattern, scratch, BYTES_EMPTY, 0, &span), NO);
	pattern_free(&pattern);
	pattern_free(&pattern);
	pattern_scratch_free(&scratch);
	pattern_scratch_free(&scratch);
}

/* Many threads try patterns for the first time at once, some before and some after machine code is made by name. */
#define SHARED 40
#define THREADS 8

struct sharing {
	struct pattern *patterns[SHARED];
	pthread_barrier_t start;
};

static void *try_all(void *context)
{
	struct sharing *sharing = context;
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern_span span;
	size_t right = 0;
	pthread_barrier_wait(&sharing->start);
	for (size_t i = 0; i < SHARED; i++) {
		char yes[64], no[64];
		snprintf(yes, sizeof yes, "so we accept  your tender%zu", i);
		snprintf(no, sizeof no, "so we accept  your tender%zux", i);
		if (i % 4 == 0)
			pattern_make_ready(sharing->patterns[i]);
		right += pattern_find(sharing->patterns[i], scratch, bytes_of(yes), 0, &span) == YES && span.start == 6 && span.end == strlen(yes);
		right += pattern_find(sharing->patterns[i], scratch, bytes_of(no), 0, &span) == NO;
	}
	pattern_scratch_free(&scratch);
	return (void *)right;
}

static void test_shared_from_the_first_try(void **state)
{
	struct sharing sharing;
	struct error err = ERROR_INIT;
	pthread_t threads[THREADS];
	assert_int_equal(pthread_barrier_init(&sharing.start, NULL, THREADS), 0);
	for (size_t i = 0; i < SHARED; i++) {
		char phrase[64];
		snprintf(phrase, sizeof phrase, "accept [your|the] (quote|tender%zu)", i);
		assert_true(pattern_compile(phrase, &sharing.patterns[i], &err));
	}
	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, try_all, &sharing), 0);
	for (size_t i = 0; i < THREADS; i++) {
		void *right;
		assert_int_equal(pthread_join(threads[i], &right), 0);
		assert_int_equal((size_t)right, 2 * SHARED);
	}
	for (size_t i = 0; i < SHARED; i++)
		pattern_free(&sharing.patterns[i]);
	pthread_barrier_destroy(&sharing.start);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_too_long_is_refused),
		cmocka_unit_test(test_limits_answer_unknown),
		cmocka_unit_test(test_from_and_empty_subject),
		cmocka_unit_test(test_shared_from_the_first_try),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
