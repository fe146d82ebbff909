/* test_sieve.c - needles are never wrong, and what the sieve leaves out does not match.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/needles.h"
#include "base/sieve.h"
#include "base/text.h"

struct needle_case {
	const char *regex;
	const char *needles; /* sets apart by " & ", needles by "|", "<" and ">" at edges of words; "" when nothing is known */
};

static const struct needle_case needle_cases[] = {
	{ "abc", "abc" },
	{ "ABC", "abc" },
	{ "confidential", "confiden" },
	{ "accept\\s+your\\s+(?:quotation|quote|tender)", "accept> & <quotatio|<quote|<tender & <your>" },
	{ "(?:c|g|ch|ngh)yfrinachol", "yfrinach" },
	{ "(?:i|we)\\s+may", "<may" },
	{ "colou?r", "colo" },
	{ "ab+c", "ab" },
	{ "ab{2,3}cde", "cde" },
	{ "ab{0,3}cde", "cde" },
	{ "x{0}", "" },
	{ "(?:abc)?", "" },
	{ "(?:abc)*def", "def" },
	{ "(?:abc)+", "abc" },
	{ "(?:abc|)", "" },
	{ "abc|d", "" },
	{ "abc|def|ghi", "abc|def|ghi" },
	{ "(?<!\\w)(?:les|prydles)(?!\\w)", "<les>|<prydles>" },
	{ "(?<!\\w)(?:tasks?|res*)(?!\\w)", "<task|<re" },
	{ "ask\\s+(?:(?:the)?\\s+)?clerk[^\\w\\s]*\\s+", "<clerk> & ask>" },
	{ "ask(?:\\s+now)?\\s+him", "ask> & <him" },
	{ "ask(?:ing)?\\s+him", "<him & ask" },
	{ "\\bto,\\s", "<to,>" },
	{ "\\b(?:min|res)\\.?\\s*\\d", "<min|<res" },
	{ "\\b,to", ",to" },
	{ "\\s(?:ab\\s|cd)+ef", "<ab>|<cd" },
	{ "(?:ab|cd)+(?!\\w)", "ab|cd" },
	{ "(?:ab|cd)(?!\\w)", "ab>|cd>" },
	{ "(?:,|\\s)ab|\\wab", "ab" },
	{ "^ab$", "<ab>" },
	{ "ab[^\\w]cd[^\\d]ef", "ab> & <cd" },
	{ "(?-i:AB)c", "ab" },
	{ "(?!abc)def", "def" },
	{ "(?<!abc)def(?=ghi)", "def" },
	{ "\\babc\\b", "<abc>" },
	{ "p\\.p\\.", "p.p." },
	{ "[abc]def", "def" },
	{ "[]abc]def", "def" },
	{ "[^]abc]def", "def" },
	{ "[\\]abc]def", "def" },
	{ "[[:alpha:]]def", "" },
	{ "d\xC3\xA9j\xC3\xA0 vu", "d\xC3\xA9j\xC3\xA0 v" },
	{ "\xC2\xA3\\s?\\d", "\xC2\xA3" },
	{ "\\b\xC2\xA3\xC2\xA3\\b", "\xC2\xA3\xC2\xA3" },
	{ "(?:pris|t\xC3\xA2l)(?!\\w)", "pris>|t\xC3\xA2l>" },
	{ "\xC3\xA9\xC3\xA9?\\s", "\xC3\xA9" },
	{ "ab\xC3\xA5\xC5\xBF\xC2\xB5", "ab" },
	{ "(?:staff|hr)\\s+matter", "<matter & staff>|hr>" },
	{ "(?i)abc", "" },
	{ "(?>abc)", "" },
	{ "(*UCP)abc", "" },
	{ "a{b", "" },
	{ "\\Qabc\\E", "" },
	{ "\\x41bc", "" },
	{ "abc(def", "" },
	{ "abc)def", "" },
	{ "abc\\", "" },
	{ "", "" },
};

static void describe(const struct needles *needles, struct text *out)
{
	for (size_t s = 0; s < needles->count; s++) {
		text_add(out, s > 0 ? " & " : "");
		for (size_t i = 0; i < needles->sets[s].count; i++) {
			text_add(out, i > 0 ? "|" : "");
			const struct needle *needle = &needles->sets[s].items[i];
			text_add(out, (needle->edges & NEEDLE_BEGINS_WORD) != 0 ? "<" : "");
			text_add_bytes(out, needle->letters);
			text_add(out, (needle->edges & NEEDLE_ENDS_WORD) != 0 ? ">" : "");
		}
	}
}

static void test_needles(void **state)
{
	for (size_t i = 0; i < sizeof needle_cases / sizeof *needle_cases; i++) {
		struct text found = TEXT_INIT;
		struct needles *needles = needles_of_regex(bytes_of(needle_cases[i].regex));
		describe(needles, &found);
		if (strcmp(text_string(&found), needle_cases[i].needles) != 0)
			fail_msg("%s: \"%s\"", needle_cases[i].regex, text_string(&found));
		text_release(&found);
		free(needles);
	}
}

static const char *const phrases[] = {
	"accept your (quotation|quote|tender)", "[hereby] instruct you", "invoice ... [town] council", "cyfrinach*", "(c|g|ch|ngh)yfrinachol",
	"task", "thanks", "the", "he", "she", "t\xC5\xB7", "/\\bPO\\s*\\d{3,}/", "/\xC2\xA3\\s?\\d/", "(i|we) may", "/^\\W*order confirmed\\b/",
	"/(?<!if )you have/", "/[sk]{2}/", "t\xC3\xA2l", "m\xC3\x94n", "les", "/\\bp\\.?p\\.?(?=\\s)/", "(staff|hr) matter[s]",
};
#define PHRASES (sizeof phrases / sizeof *phrases)
static const char *const texts[] = {
	"", "t", "We ACCEPT your Quote.", "we accept it, your tender", "I hereby instruct you", "Instruct  you", "invoice the town council",
	"council invoice", "yn GYFRINACHOL", "chyfrinachol", "ushers", "she", "T\xC5\xB6 mawr", "po 1042", "\xC2\xA3 5", "we may", "Order confirmed",
	"if you have", "you have", "T\xC3\x82L", "Ynys M\xC3\xB4n", "ei LES", "less", "lles", "les\xC3\xA9", "p.p. me", "HR matters", "staffs matters", "ta\xC5\xBFk", "tas\xE2\x84\xAA", "\xC5\xBF\xE2\x84\xAA", "than\xE2\x84\xAA\xC5\xBF", "\xFF\xFE", "task, the thanks she",
};

struct bench {
	struct pattern *patterns[PHRASES];
	struct sieve *sieve;
	struct pattern_scratch *scratch;
};

static struct bench bench_new(size_t count)
{
	struct bench bench = { .scratch = pattern_scratch_new() };
	for (size_t i = 0; i < count; i++) {
		struct error err = ERROR_INIT;
		if (!pattern_compile(phrases[i], &bench.patterns[i], &err))
			fail_msg("%s", error_text(&err));
	}
	bench.sieve = sieve_new((const struct pattern *const *)bench.patterns, count);
	return bench;
}

static void bench_free(struct bench *bench)
{
	for (size_t i = 0; i < PHRASES; i++)
		pattern_free(&bench->patterns[i]);
	sieve_free(&bench->sieve);
	pattern_scratch_free(&bench->scratch);
}

static bool is_candidate(struct bench *bench, struct bytes text, size_t pattern)
{
	return sieve_next(sieve_candidates(bench->sieve, bench->scratch, text), pattern, pattern + 1) == pattern;
}

static void test_nothing_is_lost(void **state)
{
	struct bench bench = bench_new(PHRASES);
	size_t left_out = 0, matched = 0;
	for (size_t round = 0; round < 2; round++) /* afresh, then remembered */
		for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
			for (size_t i = 0; i < PHRASES; i++) {
				struct pattern_span span;
				bool valid = texts[t][0] != '\xFF';
				bool found = valid && pattern_find(bench.patterns[i], bench.scratch, bytes_of(texts[t]), 0, &span) == YES;
				if (found && !is_candidate(&bench, bytes_of(texts[t]), i))
					fail_msg("\"%s\" matches in \"%s\" and was left out", phrases[i], texts[t]);
				matched += found;
				left_out += !is_candidate(&bench, bytes_of(texts[t]), i);
			}
	assert_true(matched > 40);
	assert_true(left_out > 2 * PHRASES * (sizeof texts / sizeof *texts) / 2);
	bench_free(&bench);
}

/* The same place in memory with another text, and one scratch with two sieves. */
static void test_nothing_is_mixed_up(void **state)
{
	struct bench bench = bench_new(PHRASES), other = bench_new(3);
	char room[] = "cyfrinach";
	assert_true(is_candidate(&bench, bytes_of(room), 3));
	memcpy(room, "the task!", sizeof room);
	assert_false(is_candidate(&bench, bytes_of(room), 3));
	assert_true(is_candidate(&bench, bytes_of(room), 5));
	struct pattern_scratch *own = other.scratch;
	other.scratch = bench.scratch;
	assert_false(is_candidate(&other, bytes_of(room), 1));
	assert_true(is_candidate(&bench, bytes_of(room), 5));
	other.scratch = own;
	bench_free(&bench);
	bench_free(&other);
}

/* All but ASCII, in their order. */
static void add_characters(struct text *all)
{
	for (uint32_t c = 0x80; c < 0x30000; c++) {
		if (c >= 0xD800 && c < 0xE000)
			continue;
		if (c < 0x800) {
			text_add_char(all, (char)(0xC0 | c >> 6));
		} else if (c < 0x10000) {
			text_add_char(all, (char)(0xE0 | c >> 12));
			text_add_char(all, (char)(0x80 | (c >> 6 & 0x3F)));
		} else {
			text_add_char(all, (char)(0xF0 | c >> 18));
			text_add_char(all, (char)(0x80 | (c >> 12 & 0x3F)));
			text_add_char(all, (char)(0x80 | (c >> 6 & 0x3F)));
		}
		text_add_char(all, (char)(0x80 | (c & 0x3F)));
	}
}

/* Needles know two letters that match an ASCII one without case. If PCRE2 learnt another, this says so. */
static void test_only_two_other_letters(void **state)
{
	struct text all = TEXT_INIT;
	struct pattern *pattern = NULL;
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct pattern_span span = { 0, 0 };
	size_t found = 0;
	add_characters(&all);
	assert_true(pattern_compile("/[\\x00-\\x7f]/", &pattern, NULL));
	for (; pattern_find(pattern, scratch, text_bytes(&all), span.end, &span) == YES; found++) {
		struct bytes letter = bytes_slice(text_bytes(&all), span.start, span.end);
		assert_true(bytes_equal(letter, BYTES("\xC5\xBF")) || bytes_equal(letter, BYTES("\xE2\x84\xAA")));
	}
	assert_int_equal(found, 2);
	pattern_free(&pattern);
	pattern_scratch_free(&scratch);
	text_release(&all);
}

/* Of the pairs of bytes that may stand in a needle, only the second may change with the case. */
static void test_accented_letters(void **state)
{
	static const unsigned char leads[] = { 0xC2, 0xC3, 0xC5 };
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct text all = TEXT_INIT;
	size_t pairs = 0;
	add_characters(&all);
	for (size_t i = 0; i < 3 * 64; i++) {
		char regex[] = { '/', (char)leads[i / 64], (char)(0x80 | i % 64), '/', '\0' };
		struct needles *needles = needles_of_regex((struct bytes){ regex + 1, 2 });
		struct pattern *pattern = NULL;
		struct pattern_span span = { 0, 0 };
		assert_true(pattern_compile(regex, &pattern, NULL));
		for (; needles->count > 0 && pattern_find(pattern, scratch, text_bytes(&all), span.end, &span) == YES; pairs++) {
			assert_int_equal(span.end - span.start, 2);
			assert_true(text_bytes(&all).data[span.start] == regex[1]);
		}
		pattern_free(&pattern);
		free(needles);
	}
	assert_int_equal(pairs, 63 + 2 * 58 + 2 + 8);
	pattern_scratch_free(&scratch);
	text_release(&all);
}

static void test_next(void **state)
{
	const uint64_t bits[] = { UINT64_C(1) << 5 | UINT64_C(1) << 63, 0, 1 };
	assert_int_equal(sieve_next(bits, 0, 190), 5);
	assert_int_equal(sieve_next(bits, 6, 190), 63);
	assert_int_equal(sieve_next(bits, 64, 190), 128);
	assert_int_equal(sieve_next(bits, 129, 190), 190);
	assert_int_equal(sieve_next(bits, 6, 60), 60);
	assert_int_equal(sieve_next(bits, 7, 7), 7);
}

static void test_long_text(void **state)
{
	struct bench bench = bench_new(PHRASES);
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < 5000; i++)
		text_add(&text, "nothing ");
	assert_false(is_candidate(&bench, text_bytes(&text), 3));
	text_add(&text, "cyfrinachol");
	assert_true(is_candidate(&bench, text_bytes(&text), 3));
	text_release(&text);
	bench_free(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_needles),		    cmocka_unit_test(test_nothing_is_lost), cmocka_unit_test(test_nothing_is_mixed_up),
		cmocka_unit_test(test_only_two_other_letters), cmocka_unit_test(test_accented_letters), cmocka_unit_test(test_next),		 cmocka_unit_test(test_long_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
