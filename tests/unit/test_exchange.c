/* test_exchange.c - whether a quoted letter shows an exchange with one councillor, and who is new in To and Cc.
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
#define CLERK "clerk@marlbrook.example"
#define BLOCK(from, to, cc) "\nFrom: " from "\nSent: 27 February 2026 09:10\nTo: " to "\n" cc "Subject: Toilets\n\nWhen will they open?\n"
#define ASKED BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">", "")

static const struct {
	const char *to, *cc, *below, *with, *added; /* NULL: no exchange; nobody */
} cases[] = {
	{ MOSS, KHAN, ASKED, "Carl Moss", "Amir Khan" },
	{ MOSS, NULL, ASKED, "Carl Moss", NULL },
	{ MOSS ", " KHAN, NULL, ASKED, "Carl Moss", "Amir Khan" },
	{ MOSS, "planning@marlbrook.example", ASKED, "Carl Moss", "Frances Lowe" },
	{ MOSS, "carl.moss77@gmail.com", ASKED, "Carl Moss", NULL },
	{ MOSS, "lena.fox@marlbrook.example", ASKED, "Carl Moss", NULL },
	/* who asked is not among those who get the answer */
	{ KHAN, NULL, ASKED, NULL, NULL },
	{ MOSS, KHAN, BLOCK("Carl Moss", "Ruth Ames", ""), "Carl Moss", "Amir Khan" },
	{ MOSS, KHAN, BLOCK("Ruth Ames <" CLERK ">", "Carl Moss <" MOSS ">", ""), "Carl Moss", "Amir Khan" },
	{ MOSS, LOWE, BLOCK("Carl Moss <" MOSS ">", "Ruth Ames <" CLERK ">", "Cc: Frances Lowe <" LOWE ">\n"), NULL, NULL },
	{ MOSS, LOWE, BLOCK("Carl Moss <" MOSS ">", "All councillors <allcouncillors@marlbrook.example>; Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ MOSS, LOWE, BLOCK("Carl Moss <" MOSS ">", "Ivy Webb <ivy.webb@post.example>; Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ MOSS, LOWE, BLOCK("Carl Moss <" MOSS ">", "Somebody <new@post.example>; Ruth Ames <" CLERK ">", ""), NULL, NULL },
	{ MOSS, LOWE, BLOCK("Carl Moss <" MOSS ">", "Amir Khan <" KHAN ">", ""), NULL, NULL },
	{ MOSS, LOWE, ASKED BLOCK("Ruth Ames <" CLERK ">", "Carl Moss <" MOSS ">", "Cc: Frances Lowe <" LOWE ">\n"), "Carl Moss", NULL },
	{ MOSS, KHAN, "\nOn Fri, 27 Feb 2026 at 09:10, Carl Moss <" MOSS "> wrote:\n> When will they open?\n", NULL, NULL },
	{ MOSS, KHAN, "", NULL, NULL },
};

static bool same(const struct person *person, const char *name)
{
	return person == NULL ? name == NULL : name != NULL && strcmp(person->name, name) == 0;
}

static void test_exchanges(void **state)
{
	struct fixture fixture = fixture_new();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *cc = cases[i].cc == NULL ? "" : arena_printf(fixture.arena, "Cc: %s\n", cases[i].cc);
		const char *message = arena_printf(fixture.arena, "From: Ruth Ames <" CLERK ">\nTo: %s\n%sSubject: RE: Toilets\n\nIn April.\n\nRuth\n%s",
						   cases[i].to, cc, cases[i].below);
		const struct case_of of = { "clerk", "", NULL, MOSS, message };
		const struct facts *facts = facts_of(&fixture, &of);
		if (!same(facts->exchange_with, cases[i].with))
			fail_msg("case %zu: with %s", i, facts->exchange_with == NULL ? "nobody" : facts->exchange_with->name);
		const struct person *added = facts->exchange_added_count == 0 ? NULL : facts->exchange_added[0];
		if (!same(added, cases[i].added))
			fail_msg("case %zu: added %s", i, added == NULL ? "nobody" : added->name);
	}
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exchanges),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
