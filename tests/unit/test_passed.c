/* test_passed.c - whose letter a message hands on, to which councillors, by its blocks and by memory; political groups; the Leader's mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define MOSS "cllr.moss@marlbrook.example"
#define KHAN "cllr.khan@marlbrook.example"
#define LOWE "cllr.lowe@marlbrook.example"
#define PRICE "cllr.price@marlbrook.example"
#define CLERK "clerk@marlbrook.example"
#define BLOCK(from, to, cc) "\nFrom: " from "\nSent: 27 February 2026 09:10\nTo: " to "\n" cc "Subject: Toilets\n\nWhen will they open?\n"
#define ASKED BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">", "")
#define WROTE(who) "\nOn Fri, 27 Feb 2026 at 09:10, " who " wrote:\n> When will they open?\n"

static const char *message_of(struct fixture *fixture, const char *to, const char *below)
{
	return arena_printf(fixture->arena, "From: Ruth Ames <" CLERK ">\nTo: %s\nSubject: FW: Toilets\n\nSee below.\n\nRuth\n%s", to, below);
}

/* ---- what one message shows --------------------------------------------------------------------------------- */

static const struct {
	const char *auth, *rcpt, *below;
	const char *author, *to; /* NULL: nothing is handed on */
} shown[] = {
	{ "clerk", LOWE, ASKED, "Carl Moss", "Frances Lowe" },
	{ "clerk", LOWE " " MOSS, ASKED, NULL, NULL },
	{ "clerk", LOWE " carl.moss77@gmail.com", ASKED, NULL, NULL },
	{ "clerk", "allcouncillors@marlbrook.example", ASKED, NULL, NULL },
	{ "clerk", "planning@marlbrook.example", ASKED, "Carl Moss", "Frances Lowe" },
	{ "clerk", "lena.fox@marlbrook.example", ASKED, NULL, NULL },
	{ NULL, LOWE, ASKED, NULL, NULL },
	{ "clerk", LOWE, BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">", "Cc: Frances Lowe <" LOWE ">\n"), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">", "Cc: Frances Lowe <" LOWE ">\n"), "Carl Moss", "Amir Khan" },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">; <" PRICE ">", "Cc: Frances Lowe <" LOWE ">\n"), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "planning@marlbrook.example; <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "news@marlbrook.example; <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "newsdesk@gazette.example; <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "Clerk", ""), "Carl Moss", "Amir Khan" },
	{ "clerk", KHAN, BLOCK("Carl Moss <" MOSS ">", "somebody@post.example", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Ray Todd <ray@home.example>", "Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Ivy Webb <ivy.webb@post.example>", "Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, BLOCK("Cllr Jones", "Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ "clerk", KHAN, WROTE("Carl Moss <" MOSS ">"), "Carl Moss", "Amir Khan" },
	/* a resident quotes what he wrote to them */
	{ "clerk", KHAN, BLOCK("Ivy Webb <ivy.webb@post.example>", "Ruth Ames <" CLERK ">", "") WROTE("Carl Moss <" MOSS ">"), NULL, NULL },
	/* she had it: she answered it */
	{ "clerk", LOWE, BLOCK("Frances Lowe <" LOWE ">", "Ruth Ames <" CLERK ">", "") WROTE("Carl Moss <" MOSS ">"), NULL, NULL },
	/* he answered what had gone to both */
	{ "clerk", LOWE, ASKED BLOCK("Ruth Ames <" CLERK ">", "<" MOSS ">; <" LOWE ">", ""), NULL, NULL },
	/* an elder letter of hers that he had no part in */
	{ "clerk", LOWE, ASKED BLOCK("Frances Lowe <" LOWE ">", "Ruth Ames <" CLERK ">", ""), "Carl Moss", "Frances Lowe" },
};

static bool is_named(const struct person *person, const char *name)
{
	return name != NULL && strcmp(person->name, name) == 0;
}

static void check_passed(const struct facts *facts, const char *author, const char *to, size_t i)
{
	if (author == NULL) {
		if (facts->passed_count != 0)
			fail_msg("case %zu: by %s", i, facts->passed[0].author->name);
		return;
	}
	if (facts->passed_count != 1)
		fail_msg("case %zu: %zu letters", i, facts->passed_count);
	bool found = false;
	for (size_t j = 0; j < facts->passed[0].to_count; j++)
		found |= is_named(facts->passed[0].to[j], to);
	if (!is_named(facts->passed[0].author, author) || !found)
		fail_msg("case %zu: by %s to %s", i, facts->passed[0].author->name, facts->passed[0].to[0]->name);
}

static void test_shown(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		const struct case_of of = { shown[i].auth, "", NULL, shown[i].rcpt, message_of(&fixture, "them@marlbrook.example", shown[i].below) };
		check_passed(facts_of(&fixture, &of), shown[i].author, shown[i].to, i);
	}
	fixture_free(&fixture);
}

static void test_sent_on_as_it_was(void **state)
{
	struct fixture fixture = fixture_new();
	static const char fields[] = "From: Carl Moss <" MOSS ">\nTo: Ruth Ames <" CLERK ">\nSubject: Toilets\n\nWhen will they open?\n";
	const char *resent = arena_printf(fixture.arena, "Resent-From: Ruth Ames <" CLERK ">\nResent-To: " LOWE "\n%s", fields);
	const struct case_of on = { "clerk", "", NULL, LOWE, resent }, as = { "clerk", "", NULL, LOWE, fields };
	check_passed(facts_of(&fixture, &on), "Carl Moss", "Frances Lowe", 0);
	check_passed(facts_of(&fixture, &as), NULL, NULL, 1);
	fixture_free(&fixture);
}

/* ---- with memory -------------------------------------------------------------------------------------------- */

#define BY(how) (1u << (how))

static const struct {
	const char *rcpt, *below;
	unsigned hows, kinds;
	size_t matched, of;
	const char *readers[3];
	const char *author, *to;
} remembered[] = {
	{ LOWE, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 10, { CLERK }, "Carl Moss", "Frances Lowe" },
	{ LOWE, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 3, 10, { CLERK }, NULL, NULL },
	{ LOWE, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 100, { CLERK }, NULL, NULL },
	{ LOWE, "", BY(DESCENT_PASSAGES) | BY(DESCENT_REFERENCES), MEMORY_LETTER, 2, 10, { CLERK }, "Carl Moss", "Frances Lowe" },
	{ LOWE, "", BY(DESCENT_ENCLOSED), MEMORY_LETTER, 0, 10, { CLERK }, "Carl Moss", "Frances Lowe" },
	{ LOWE, "", BY(DESCENT_FILE), MEMORY_LETTER, 0, 10, { CLERK }, NULL, NULL },
	{ LOWE, "", BY(DESCENT_REFERENCES), MEMORY_LETTER, 0, 0, { CLERK }, NULL, NULL },
	{ LOWE, "\n> When will they open?\n", BY(DESCENT_REFERENCES), MEMORY_LETTER, 0, 0, { CLERK }, "Carl Moss", "Frances Lowe" },
	{ LOWE, "", BY(DESCENT_PASSAGES), MEMORY_MARKED, 6, 10, { CLERK }, NULL, NULL },
	{ LOWE, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 10, { CLERK, LOWE }, NULL, NULL },
	{ KHAN, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 10, { CLERK, LOWE }, "Carl Moss", "Amir Khan" },
	{ KHAN, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 10, { CLERK, LOWE, PRICE }, NULL, NULL },
	{ MOSS " " LOWE, "", BY(DESCENT_PASSAGES), MEMORY_LETTER, 6, 10, { CLERK }, NULL, NULL },
	/* its block does not say who had it: memory does */
	{ LOWE, WROTE("Carl Moss <" MOSS ">"), BY(DESCENT_REFERENCES), MEMORY_LETTER, 0, 0, { CLERK, LOWE }, NULL, NULL },
	{ LOWE, WROTE("Carl Moss <" MOSS ">"), BY(DESCENT_REFERENCES), MEMORY_LETTER, 0, 0, { CLERK }, "Carl Moss", "Frances Lowe" },
	{ LOWE, WROTE("Carl Moss <" MOSS ">"), BY(DESCENT_REFERENCES), MEMORY_OPENED, 0, 0, { MOSS, LOWE }, NULL, NULL },
	{ LOWE, WROTE("Carl Moss <" MOSS ">"), BY(DESCENT_REFERENCES), MEMORY_OPENED, 0, 0, { KHAN, LOWE }, "Carl Moss", "Frances Lowe" },
};

static void test_remembered(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof remembered / sizeof *remembered; i++) {
		const struct person *readers[3];
		struct ancestor ancestor = { .hows = remembered[i].hows, .kinds = remembered[i].kinds, .id = "CH-20260227-AAAAAAAA",
					     .matched = remembered[i].matched, .of = remembered[i].of, .readers = readers };
		while ((remembered[i].hows & 1u << ancestor.how) == 0)
			ancestor.how++;
		ancestor.author = directory_by_address(fixture.people.directory, (ancestor.kinds & MEMORY_OPENED) != 0 ? CLERK : MOSS);
		while (ancestor.reader_count < 3 && remembered[i].readers[ancestor.reader_count] != NULL) {
			readers[ancestor.reader_count] = directory_by_address(fixture.people.directory, remembered[i].readers[ancestor.reader_count]);
			ancestor.reader_count++;
		}
		const struct recall recall = { .ancestors = &ancestor, .ancestor_count = 1 };
		const struct case_of of = { "clerk", "", NULL, remembered[i].rcpt,
					    message_of(&fixture, "them@marlbrook.example", remembered[i].below) };
		check_passed(facts_recalling(&fixture, &of, &recall), remembered[i].author, remembered[i].to, i);
	}
	fixture_free(&fixture);
}

/* A copy of the same message went to its writer in another envelope. */
static void test_other_envelope(void **state)
{
	struct fixture fixture = fixture_new();
	const struct sibling sibling = { .recipient = "carl.moss@marlbrook.example", .id = "CH-20260302-AAAAAAAA", .delivered = true };
	const struct recall recall = { .siblings = &sibling, .sibling_count = 1 };
	const struct case_of of = { "clerk", "", NULL, LOWE, message_of(&fixture, "them@marlbrook.example", ASKED) };
	check_passed(facts_recalling(&fixture, &of, &recall), NULL, NULL, 0);
	fixture_free(&fixture);
}

/* ---- exchanges, as memory knows their readers --------------------------------------------------------------- */

static void test_exchange_remembered(void **state)
{
	struct fixture fixture = fixture_new();
	const struct person *moss = directory_by_address(fixture.people.directory, MOSS);
	const struct person *readers[] = { directory_by_address(fixture.people.directory, CLERK),
					   directory_by_address(fixture.people.directory, LOWE) };
	struct ancestor ancestor = { .hows = BY(DESCENT_REFERENCES), .kinds = MEMORY_LETTER, .id = "CH-20260227-AAAAAAAA", .author = moss,
				     .readers = readers, .reader_count = 1 };
	const struct recall recall = { .ancestors = &ancestor, .ancestor_count = 1 };
	const struct case_of of = { "clerk", "", NULL, MOSS " " LOWE, message_of(&fixture, MOSS ", " LOWE, WROTE("Carl Moss <" MOSS ">")) };
	const struct facts *facts = facts_recalling(&fixture, &of, &recall);
	assert_ptr_equal(facts->exchange_with, moss);
	assert_int_equal(facts->exchange_added_count, 1);
	ancestor.reader_count = 2; /* he had copied her */
	assert_null(facts_recalling(&fixture, &of, &recall)->exchange_with);
	assert_null(facts_of(&fixture, &of)->exchange_with);
	fixture_free(&fixture);
}

/* ---- groups and the Leader ---------------------------------------------------------------------------------- */

static const struct {
	const char *rcpt, *below;
	const char *matter, *to_group; /* groups, or NULL */
} groups[] = {
	{ LOWE, BLOCK("Gareth Price <" PRICE ">", "blue@marlbrook.example", ""), "Blue", NULL },
	{ LOWE, BLOCK("Gareth Price <" PRICE ">", "blue@marlbrook.example; <" LOWE ">", ""), NULL, NULL },
	{ LOWE, BLOCK("Gareth Price <" PRICE ">", "<" KHAN ">; <" CLERK ">", ""), NULL, NULL },
	{ "blue@marlbrook.example", "", NULL, "Blue" },
	{ "blue@marlbrook.example lena.fox@marlbrook.example", "", NULL, "Blue" },
	{ "blue@marlbrook.example " LOWE, "", NULL, NULL },
	{ KHAN " " PRICE, "", NULL, NULL },
	{ "allcouncillors@marlbrook.example", "", NULL, NULL },
};

static void test_groups(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		const struct case_of of = { "clerk", "", NULL, groups[i].rcpt, message_of(&fixture, "them@marlbrook.example", groups[i].below) };
		const struct facts *facts = facts_of(&fixture, &of);
		assert_int_equal(facts->group_count, 2); /* Blue, Red: one Green councillor is no group */
		if (facts->group_matter_count != (groups[i].matter != NULL) ||
		    (groups[i].matter != NULL && strcmp(facts->group_matters[0].group, groups[i].matter) != 0))
			fail_msg("case %zu: %zu matters", i, facts->group_matter_count);
		if (groups[i].to_group == NULL ? facts->to_group != NULL : facts->to_group == NULL || strcmp(facts->to_group, groups[i].to_group) != 0)
			fail_msg("case %zu: to %s", i, facts->to_group == NULL ? "no group" : facts->to_group);
	}
	fixture_free(&fixture);
}

static const struct {
	const char *to, *salutation;
	bool to_leader, greets;
} letters[] = {
	{ PRICE, "Dear Leader,", true, true },
	{ PRICE, "Dear Cllr Price", true, true },
	{ PRICE, "Annwyl Arweinydd", true, true },
	{ PRICE, "Dear Gareth", false, false },
	{ PRICE, "Dear Councillor Khan", false, false },
	{ KHAN, "Dear Leader", false, true },
};

static void test_leader(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		const char *message = arena_printf(fixture.arena, "From: tom@post.example\nTo: %s\nSubject: Market\n\n%s\n\nWhy Thursday?\n", letters[i].to,
						   letters[i].salutation);
		const struct case_of of = { NULL, "tom@post.example", NULL, letters[i].to, message };
		if (facts_of(&fixture, &of)->to_leader != letters[i].to_leader)
			fail_msg("%s", letters[i].salutation);
		const char *answer = arena_printf(fixture.arena, "From: " PRICE "\nTo: tom@post.example\nSubject: Re: Market\n\nSoon.\n\nCllr Gareth Price\n"
						  "Leader of the Council\n\nFrom: tom@post.example\nSent: 27 February 2026 09:10\nTo: %s\nSubject: Market\n\n%s\n\nWhy?\n",
						  letters[i].to, letters[i].salutation);
		const struct case_of back = { "cllr.price", PRICE, NULL, "tom@post.example", answer };
		const struct case_of elsewhere = { "cllr.price", PRICE, NULL, "another@post.example", answer };
		if (facts_of(&fixture, &back)->answers_leaders_mail != letters[i].to_leader)
			fail_msg("the answer to %s", letters[i].salutation);
		assert_false(facts_of(&fixture, &elsewhere)->answers_leaders_mail);
		/* Quoted without a word of whom it was to: the greeting tells. */
		const char *below = arena_printf(fixture.arena, "From: " PRICE "\nTo: tom@post.example\nSubject: Re: Market\n\nSoon.\n\nCllr Gareth Price\n"
						 "Leader of the Council\n\nOn Fri, 27 Feb 2026 at 09:10, Tom <tom@post.example> wrote:\n> %s\n>\n> Why?\n",
						 letters[i].salutation);
		const struct case_of quoted = { "cllr.price", PRICE, NULL, "tom@post.example", below };
		if (facts_of(&fixture, &quoted)->answers_leaders_mail != letters[i].greets)
			fail_msg("the answer to %s, quoted", letters[i].salutation);
	}
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shown),	       cmocka_unit_test(test_sent_on_as_it_was),   cmocka_unit_test(test_remembered),
		cmocka_unit_test(test_other_envelope), cmocka_unit_test(test_exchange_remembered), cmocka_unit_test(test_groups),
		cmocka_unit_test(test_leader),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
