/* test_lineage.c - how what memory answers is weighed: in whose letter the words stand, how many they are, and who may publish them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define WORDS "The ferry company will close the pier in March and has asked us to say nothing until its shareholders have met.\n" \
	      "We are offered the pier for one pound, with all its repairs, and I would not take it as a gift.\n"
#define A_FEW "They say the ferry company will close the pier in March and has asked us to be quiet.\n"
#define PHRASE "I hear that the ferry company will close the depot.\n"
#define BLOCK(from) "\nFrom: " from "\nSent: 27 February 2026 09:10\nTo: Carl Moss\nSubject: pier\n\n" WORDS
#define REFERENCES (1u << DESCENT_REFERENCES)
#define ENCLOSED (1u << DESCENT_ENCLOSED)
#define FILE_HOW (1u << DESCENT_FILE)

enum { THREAD = 1, PASSED = 2, BY_FILE = 4, BY_WORDS = 8, ADVICE = 16, REISSUED = 32 };

static const struct {
	const char *what, *auth, *rcpt, *subject, *body;
	unsigned hows, kinds; /* besides passages */
	bool via;
	unsigned expected;
} cases[] = {
	{ "pasted", "carl", "x@post.example", "pier", WORDS, 0, MEMORY_MARKED, false, BY_WORDS },
	{ "a phrase", "carl", "x@post.example", "pier", PHRASE, 0, MEMORY_MARKED, false, 0 },
	{ "a few words", "carl", "x@post.example", "pier", A_FEW, 0, MEMORY_MARKED, false, 0 },
	{ "a few words in the thread", "carl", "x@post.example", "Re: pier", A_FEW, REFERENCES, MEMORY_MARKED, false, THREAD },
	{ "the thread alone", "carl", "x@post.example", "Re: pier", "No news yet, I am afraid.\n", REFERENCES, MEMORY_MARKED, false, 0 },
	{ "a file in the thread", "carl", "x@post.example", "Re: pier", "See attached.\n", REFERENCES | FILE_HOW, MEMORY_MARKED, false, THREAD | BY_FILE },
	{ "under its author's name", "carl", "x@post.example", "FW: pier", "For you." BLOCK("Ruth Ames <clerk@marlbrook.example>"), 0, MEMORY_MARKED, false,
	  PASSED | BY_WORDS },
	{ "under another's name", "carl", "x@post.example", "FW: pier", "For you." BLOCK("Lena Fox <lena.fox@marlbrook.example>"), 0, MEMORY_MARKED, false,
	  BY_WORDS },
	{ "attached", "carl", "x@post.example", "pier", "See attached.\n", ENCLOSED, MEMORY_MARKED, false, PASSED },
	{ "an answer to it attached", "carl", "x@post.example", "pier", "See attached.\n", ENCLOSED, MEMORY_MARKED, true, 0 },
	{ "given back to who is quoted", "carl", "ivy.webb@post.example", "Re: pier", "Thanks." BLOCK("Ivy Webb <ivy.webb@post.example>"), 0, MEMORY_MARKED,
	  false, 0 },
	{ "given back to a stranger, twice in one envelope", "carl", "w.pugh@farm.example W.Pugh@Farm.example", "Re: pier",
	  "Thanks." BLOCK("Wil Pugh <w.pugh@farm.example>"), 0, MEMORY_MARKED, false, 0 },
	{ "given to somebody else, too", "carl", "ivy.webb@post.example x@post.example", "Re: pier", "Thanks." BLOCK("Ivy Webb <ivy.webb@post.example>"), 0,
	  MEMORY_MARKED, false, BY_WORDS },
	{ "advice to the sender", "carl", "x@post.example", "pier", WORDS, 0, MEMORY_ADVICE, false, BY_WORDS | ADVICE },
	{ "advice to somebody else", "lena.fox", "x@post.example", "pier", WORDS, 0, MEMORY_ADVICE, false, BY_WORDS },
	{ "advice that was marked", "carl", "x@post.example", "pier", WORDS, 0, MEMORY_ADVICE | MEMORY_MARKED, false, BY_WORDS },
	{ "a letter of another kind", "carl", "x@post.example", "pier", WORDS, 0, MEMORY_LETTER, false, 0 },
	{ "issued by its author", "rames", "x@post.example", "pier", WORDS, 0, MEMORY_MARKED, false, REISSUED },
	{ "sent by its author to a colleague", "rames", "lena.fox@marlbrook.example", "pier", WORDS, 0, MEMORY_MARKED, false, BY_WORDS },
	{ "left below by its author", "rames", "x@post.example", "FW: pier", "For you." BLOCK("Ruth Ames <clerk@marlbrook.example>"), 0, MEMORY_MARKED, false,
	  PASSED | BY_WORDS },
	{ "an officer says so", "lena.fox", "cllr.moss@marlbrook.example", "pier", "This is no longer confidential and may be shared.\n\n" WORDS, 0,
	  MEMORY_MARKED, false, REISSUED },
	{ "a councillor says so", "carl", "x@post.example", "pier", "This is no longer confidential and may be shared.\n\n" WORDS, 0, MEMORY_MARKED, false,
	  BY_WORDS },
};

static const struct trace *trace_of(struct fixture *fixture, const char *text)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(fixture->arena, message_to_crlf(fixture->arena, bytes_of(text)), &limits);
	return trace_make(fixture->arena, message, reading_make(fixture->arena, message, fixture->lexicon, fixture->scratch));
}

static void match(struct fixture *fixture, const struct trace *letter, const struct trace *here, struct ancestor *ancestor)
{
	size_t *prints = NULL;
	for (size_t i = 0; i < here->print_count; i++)
		for (size_t k = 0; k < letter->print_count; k++)
			if (here->prints[i] == letter->prints[k])
				*ARENA_PUSH(fixture->arena, prints, ancestor->matched) = i;
	ancestor->prints = prints;
	ancestor->of = letter->print_count;
	ancestor->hows |= ancestor->matched > 0 ? 1u << DESCENT_PASSAGES : 0;
}

static unsigned weighed(const struct facts *facts)
{
	unsigned found = facts->reissued_count > 0 ? REISSUED : 0;
	if (facts->lineage_count == 0)
		return found;
	const struct lineage *lineage = &facts->lineage[0];
	return found | (lineage->thread ? THREAD : 0) | (lineage->passed_on ? PASSED : 0) | (lineage->file ? BY_FILE : 0) |
	       (lineage->words ? BY_WORDS : 0) | (lineage->own_advice ? ADVICE : 0);
}

static void test_cases(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture fixture = fixture_new();
		const struct person *reader = directory_by_address(fixture.people.directory, "cllr.moss@marlbrook.example");
		const char *text = arena_printf(fixture.arena, "From: %s@marlbrook.example\nTo: %s\nSubject: %s\n\n%s", cases[i].auth, cases[i].rcpt,
						cases[i].subject, cases[i].body);
		struct ancestor via = { .id = "CH-2" };
		struct ancestor ancestor = { .hows = cases[i].hows, .kinds = cases[i].kinds, .id = "CH-1", .readers = &reader, .reader_count = 1,
					     .author = directory_by_address(fixture.people.directory, "clerk@marlbrook.example") };
		ancestor.via = cases[i].via ? &via : NULL;
		struct recall recall = { .trace = trace_of(&fixture, text), .ancestors = &ancestor, .ancestor_count = 1 };
		match(&fixture, trace_of(&fixture, "Subject: pier\n\n" WORDS), recall.trace, &ancestor);
		const struct case_of of = { cases[i].auth, "", NULL, cases[i].rcpt, text };
		unsigned found = weighed(facts_recalling(&fixture, &of, &recall));
		if (found != cases[i].expected)
			fail_msg("%s: %u, expected %u (%zu of %zu passages)", cases[i].what, found, cases[i].expected, ancestor.matched, ancestor.of);
		fixture_free(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases) };
	return cmocka_run_group_tests_name("lineage", tests, NULL, NULL);
}
