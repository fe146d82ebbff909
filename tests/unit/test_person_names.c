/* test_person_names.c - which people a written name fits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people.h"

static const char content[] =
	"name,role,addresses,to,welsh_name,id\n"
	"Amir Khan,councillor,k@b.example,,,\n"
	"Huw Jones,councillor,hj@b.example,,,\n"
	"Bronwen Jones,councillor,bj@b.example,,,\n"
	"Eleri Vaughan,councillor,v@b.example,,,\n"
	"Priscilla Webb-Hall,councillor,w@b.example,,,\n"
	"Ivy Webb,complainant,iw@b.example,,,\n"
	"Si\xc3\xa2n Pritchard,councillor,p@b.example,,Si\xc3\xa2n Prydderch,\n"
	"Declan O'Neill,councillor,o@b.example,,,\n"
	"Ray Todd,councillor,t@b.example,2025-05-05,,\n"
	"Ruth Ames,officer,r@b.example,,,\n"
	"Frances Lowe,councillor,l@b.example,,,\n"
	"John Major,councillor,m@b.example,,,\n"
	"Mary Lloyd Davies,councillor,d@b.example,,,\n"
	"Jan van der Berg,councillor,vb@b.example,,,\n"
	"Peter John Grant,councillor,g@b.example,,,\n"
	"Peter Grant,officer,g2@b.example,,,\n"
	"\"Secretary of State, Communities\",minister,s@b.example,,,\n"
	"All councillors,list,all@b.example,,,\n";

static const struct {
	const char *written;
	enum role role;
	const char *fits[3];
} cases[] = {
	{ "Amir Khan", ROLE_NONE, { "Amir Khan" } },
	{ "Cllr Khan", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "cllr. a khan", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "AMIR KHAN", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Cllr A. R. Khan", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Khan, Amir", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "KHAN, A.", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Khan, Town Mayor", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "The Town Mayor, Cllr Amir Khan", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Amir Khan (Mayor)", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Amir Khan, Mayor", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Town Mayor, Khan", ROLE_COUNCILLOR, { "Amir Khan" } },
	{ "Ruth Ames, Cllr Khan", ROLE_COUNCILLOR, { NULL } },
	{ "Ali Khan", ROLE_COUNCILLOR, { NULL } },
	{ "B. Khan", ROLE_COUNCILLOR, { NULL } },
	{ "Amir", ROLE_COUNCILLOR, { NULL } },
	{ "Amir Khanna", ROLE_COUNCILLOR, { NULL } },
	{ "Kahn", ROLE_COUNCILLOR, { NULL } },
	{ "", ROLE_NONE, { NULL } },
	{ "Cllr", ROLE_COUNCILLOR, { NULL } },
	{ "Mayor", ROLE_COUNCILLOR, { NULL } },
	{ ", ", ROLE_COUNCILLOR, { NULL } },
	{ "Amir Khan", ROLE_OFFICER, { NULL } },
	{ "Cllr Jones", ROLE_COUNCILLOR, { "Huw Jones", "Bronwen Jones" } },
	{ "Cyng. Huw Jones", ROLE_COUNCILLOR, { "Huw Jones" } },
	{ "Cynghorydd H Jones", ROLE_COUNCILLOR, { "Huw Jones" } },
	{ "J. Huw Jones", ROLE_COUNCILLOR, { "Huw Jones" } },
	{ "Cllr. Mrs E. Vaughan BEM", ROLE_COUNCILLOR, { "Eleri Vaughan" } },
	{ "Councillor Eleri Vaughan B.E.M.", ROLE_COUNCILLOR, { "Eleri Vaughan" } },
	{ "Vaughan, Eleri", ROLE_COUNCILLOR, { "Eleri Vaughan" } },
	{ "Cllr Webb-Hall", ROLE_COUNCILLOR, { "Priscilla Webb-Hall" } },
	{ "Priscilla Webb Hall", ROLE_COUNCILLOR, { "Priscilla Webb-Hall" } },
	{ "Webb-Hall, Priscilla", ROLE_COUNCILLOR, { "Priscilla Webb-Hall" } },
	{ "Cllr Webb", ROLE_COUNCILLOR, { NULL } },
	{ "Cllr Hall", ROLE_COUNCILLOR, { NULL } },
	{ "Mrs Webb", ROLE_NONE, { "Ivy Webb" } },
	{ "Sian Pritchard", ROLE_COUNCILLOR, { "Si\xc3\xa2n Pritchard" } },
	{ "SI\xc3\x82N PRITCHARD", ROLE_COUNCILLOR, { "Si\xc3\xa2n Pritchard" } },
	{ "Cyng. Prydderch", ROLE_COUNCILLOR, { "Si\xc3\xa2n Pritchard" } },
	{ "Cllr O\xe2\x80\x99Neill", ROLE_COUNCILLOR, { "Declan O'Neill" } },
	{ "Declan ONeill", ROLE_COUNCILLOR, { "Declan O'Neill" } },
	{ "Cllr Todd", ROLE_COUNCILLOR, { NULL } }, /* no longer one */
	{ "Ray Todd", ROLE_NONE, { "Ray Todd" } },
	{ "Ruth Ames, Town Clerk", ROLE_OFFICER, { "Ruth Ames" } },
	{ "Fran Lowe", ROLE_COUNCILLOR, { "Frances Lowe" } },
	{ "Fr Lowe", ROLE_COUNCILLOR, { "Frances Lowe" } }, /* a title */
	{ "Frank Lowe", ROLE_COUNCILLOR, { NULL } },
	{ "Cllr Major", ROLE_COUNCILLOR, { "John Major" } },
	{ "Cllr Lloyd Davies", ROLE_COUNCILLOR, { "Mary Lloyd Davies" } },
	{ "Mary Davies", ROLE_COUNCILLOR, { "Mary Lloyd Davies" } },
	{ "Mary Lloyd-Davies", ROLE_COUNCILLOR, { "Mary Lloyd Davies" } },
	{ "Mary Price-Davies", ROLE_COUNCILLOR, { NULL } },
	{ "Cllr van der Berg", ROLE_COUNCILLOR, { "Jan van der Berg" } },
	{ "Peter Grant", ROLE_NONE, { "Peter Grant" } }, /* exactly his */
	{ "P Grant", ROLE_NONE, { "Peter John Grant", "Peter Grant" } },
	{ "Peter Grant", ROLE_COUNCILLOR, { "Peter John Grant" } },
	{ "John Peter Grant", ROLE_COUNCILLOR, { NULL } },
	{ "All councillors", ROLE_NONE, { NULL } },
};

static void test_names(void **state)
{
	struct people people = people_load(content);
	if (people.directory == NULL)
		fail_msg("%s", error_text(&people.err));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct person_list found =
			directory_by_name(people.arena, people.directory, cases[i].written, cases[i].role, 20260302);
		size_t wanted = 0;
		for (; wanted < 3 && cases[i].fits[wanted] != NULL; wanted++)
			if (wanted >= found.count || strcmp(found.items[wanted]->name, cases[i].fits[wanted]) != 0)
				fail_msg("\"%s\" gives %zu, not %s", cases[i].written, found.count, cases[i].fits[wanted]);
		if (found.count != wanted)
			fail_msg("\"%s\" gives %zu, first %s", cases[i].written, found.count, found.items[0]->name);
	}
	people_free(&people);
}

static void test_long_and_broken(void **state)
{
	struct people people = people_load(content);
	char text[5001];
	memset(text, 'a', 5000);
	text[5000] = '\0';
	for (size_t i = 0; i < 5000; i += 2)
		text[i] = i % 3 == 0 ? ' ' : '\xe2';
	assert_int_equal(directory_by_name(people.arena, people.directory, text, ROLE_NONE, 20260302).count, 0);
	assert_int_equal(directory_by_name(people.arena, people.directory, "\xff\xfe Khan", ROLE_NONE, 20260302).count, 0);
	people_free(&people);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_names), cmocka_unit_test(test_long_and_broken) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
