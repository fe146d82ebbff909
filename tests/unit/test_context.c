/* test_context.c - matched words in the sentence they stand in: found where the evidence says and nowhere else, cut between words and
 * characters, whatever the message holds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "context.h"
#include "message/message.h"

#define HEBREW "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"
#define OVERRIDE "\xe2\x80\xae"
#define ACUTE_E "\xc3\xa9"
#define ELLIPSIS "\xe2\x80\xa6"

static struct part whole = { .number = "" }, second = { .number = "2" };
static struct line lines[] = {
	{ .plain = { "Dear Sirs,", 10 } },
	{ .plain = { "CONFIDENTIAL to members", 23 } },
};
static struct passage passages[] = { { .part = &whole, .lines = lines, .line_count = 2 }, { .part = &second, .lines = lines, .line_count = 1 } };
static struct letter outer = { .subject = "Re: the CONFIDENTIAL claim of Mrs Lowe", .passages = passages, .passage_count = 2 };
static const struct letter *letters[] = { &outer };

static bool look(struct arena *arena, const char *sentence, const char *where, const char *words, struct context *out)
{
	struct sentence sentences[] = { { .letter = &outer, .where = "part 1, line 4", .plain = { sentence, strlen(sentence) } },
					{ .letter = &outer, .where = "part 1, line 9", .plain = { "we accept nothing", 17 } } };
	struct reading reading = { .outer = &outer, .letters = letters, .letter_count = 1, .sentences = sentences, .sentence_count = 2 };
	return context_of(arena, &reading, where, words, out);
}

static void words_stand_in_their_sentence(void **state)
{
	static const struct {
		const char *sentence, *words, *text, *marked;
	} cases[] = {
		{ "We accept your tender.", "we accept your tender", "We accept your tender.", "We accept your tender" },
		{ "one two three four five six seven we accept eight nine ten eleven twelve thirteen fourteen", "we accept",
		  ELLIPSIS " two three four five six seven we accept eight nine ten eleven twelve thirteen " ELLIPSIS, "we accept" },
		{ "now we accept a b c d e f g h i j k l m", "we accept", "now we accept a b c d e f g h i j k " ELLIPSIS, "we accept" },
		{ "  we accept  ", ELLIPSIS "we accept" ELLIPSIS, "we accept", "we accept" },
		{ "<b>we accept</b> \"this\" & <script>", "we accept", "<b>we accept</b> \"this\" & <script>", "we accept" },
		{ HEBREW " " OVERRIDE "we accept " HEBREW, "we accept", HEBREW " " OVERRIDE "we accept " HEBREW, "we accept" },
		{ HEBREW " we " HEBREW, HEBREW, HEBREW " we " HEBREW, HEBREW },
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct context context;
		assert_true(look(arena, cases[i].sentence, "part 1, line 4", cases[i].words, &context));
		assert_string_equal(context.text, cases[i].text);
		assert_int_equal(context.length, strlen(cases[i].marked));
		assert_memory_equal(context.text + context.start, cases[i].marked, context.length);
	}
	arena_free(&arena);
}

static void other_places_are_not_looked_at(void **state)
{
	struct arena *arena = arena_new();
	struct context context;
	(void)state;
	assert_false(look(arena, "We accept your tender.", "part 1, line 5", "we accept", &context));
	assert_false(look(arena, "We accept your tender.", "envelope", "we accept", &context));
	assert_false(look(arena, "We accept your tender.", "part 1, line 4", "we refuse", &context));
	assert_false(look(arena, "We accept your tender.", "part 1, line 4", "", &context));
	assert_false(look(arena, "We accept your tender.", "part 1, line 4", ELLIPSIS ".", &context));
	assert_false(look(arena, "", "part 1, line 4", "we accept", &context));
	assert_true(look(arena, "", "part 1, line 9", "we accept", &context));
	assert_string_equal(context.text, "we accept nothing");
	assert_true(look(arena, "", "subject", "confidential", &context));
	assert_string_equal(context.text, "Re: the CONFIDENTIAL claim of Mrs Lowe");
	assert_true(look(arena, "", "text, line 2", "confidential", &context));
	assert_string_equal(context.text, "CONFIDENTIAL to members");
	static const char *const elsewhere[] = { "text, line 1", "text, line 3", "text, line 0", "text, line -1", "text, line 99999999999999999999", "text, line 2x",
						 "part 2, line 2", ", line 2", "text", "part 2", "file name, part 2", "" };
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		assert_false(look(arena, "", elsewhere[i], "confidential", &context));
	arena_free(&arena);
}

/* A word that has no end, cut between its characters; octets that are no text. */
static void context_has_bounds(void **state)
{
	struct arena *arena = arena_new();
	struct text long_one = TEXT_INIT;
	struct context context;
	(void)state;
	for (int i = 0; i < 3000; i++)
		text_add(&long_one, ACUTE_E);
	text_add(&long_one, "we accept");
	for (int i = 0; i < 3000; i++)
		text_add(&long_one, i == 0 ? "x" : ACUTE_E);
	assert_true(look(arena, text_string(&long_one), "part 1, line 4", "we accept", &context));
	assert_true(strlen(context.text) <= 2 * CONTEXT_OCTETS + 9 + 8);
	assert_true(unicode_is_utf8(bytes_of(context.text)));
	assert_memory_equal(context.text + context.start, "we accept", 9);
	text_release(&long_one);
	assert_true(look(arena, "\xff\xfe we \xc3( we accept \xed\xa0\x80", "part 1, line 4", "we accept", &context));
	assert_true(unicode_is_utf8(bytes_of(context.text)));
	assert_memory_equal(context.text + context.start, "we accept", 9);
	arena_free(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_in_their_sentence),
		cmocka_unit_test(other_places_are_not_looked_at),
		cmocka_unit_test(context_has_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
