/* test_directory.c - people.csv: what is read, what is refused and how it is said, and the questions asked of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <time.h>

#include "people.h"

#define HEAD "name,role,addresses\r\n"
#define FULL "id,name,role,offices,group,addresses,from,to,logins,members,owner\n"

static const struct {
	const char *content;
	int line;
	const char *said[3];
} refused[] = {
	{ "", 1, { "empty" } },
	{ "\n\n", 1, { "empty" } },
	{ "name,rol,addresses\n", 1, { "unknown column \"rol\"", "did you mean \"role\"?" } },
	{ "name,role,addresses,telephone number of home\n", 1, { "unknown column \"telephone number of home\"" } },
	{ "name;role;addresses\n", 1, { "not separated by commas" } },
	{ "name,role\n", 1, { "lacks the column \"addresses\"" } },
	{ "name,role,addresses,role\n", 1, { "column \"role\" is there twice" } },
	{ HEAD "Amir Khan,councilor,a@b.example\n", 2, { "column \"role\"", "\"councilor\"", "did you mean \"councillor\"?" } },
	{ HEAD "Amir Khan,,a@b.example\n", 2, { "a role is missing" } },
	{ HEAD ",councillor,a@b.example\n", 2, { "a name is missing" } },
	{ HEAD "\r\nAmir Khan,councillor,not an address\r\n", 3, { "column \"addresses\"", "no mail address", "separated by ';'" } },
	{ HEAD "Amir Khan,councillor,a@b.example,x\n", 2, { "4 fields", "names 3 columns", "in quotes" } },
	{ HEAD "\"Amir\nKhan\",councillor,a@b.example\nX,nothing,\n", 4, { "unknown role \"nothing\"" } },
	{ HEAD "A \"K\" B,councillor,a@b.example\n", 2, { "quote" } },
	{ HEAD "\"A K\" B,councillor,a@b.example\n", 2, { "quote" } },
	{ HEAD "A,councillor,a@b.example\n\"B,councillor,b@b.example\n\n", 3, { "not closed" } },
	{ HEAD "Si\xe2n,councillor,a@b.example\n", 2, { "save the file as UTF-8", "Excel" } },
	{ HEAD "A,councillor,a@b.example\nB,officer,c@b.example;A@B.example\n", 3, { "\"a@b.example\"", "A's (line 2) and B's (line 3)" } },
	{ HEAD "A,councillor,a.b@gmail.com\nB,officer,AB@googlemail.com\n", 3, { "A's (line 2)" } },
	{ HEAD "A,list,a@b.example\nB,list,a@b.example\n", 3, { "A's (line 2) and B's (line 3)" } },
	{ FULL ",A,councillor,,,a@b.example,05/05/2025,,,,\n", 2, { "column \"from\"", "05/05/2025", "2026-03-02" } },
	{ FULL ",A,councillor,,,a@b.example,,2025-02-29,,,\n", 2, { "column \"to\"" } },
	{ FULL ",A,councillor,,,a@b.example,2025-05-06,2025-05-05,,,\n", 2, { "2025-05-05 is before" } },
	{ FULL ",A,councillor,,,a@b.example,,,,b@b.example,\n", 2, { "only a row whose role is \"list\"" } },
	{ FULL ",A,list,,,a@b.example,,,,b@@,\n", 2, { "column \"members\"" } },
	{ FULL ",A,list,,,a@b.example,,,,,who\n", 2, { "column \"owner\"" } },
	{ FULL "x,A,list,,,a@b.example,,,,,\nx,B,officer,,,b@b.example,,,,,\n", 3, { "both a list and a person (line 2)" } },
	{ FULL ",A,officer,,,a@b.example,,,Desk,,\n,B,officer,,,b@b.example,,,desk,,\n", 3, { "the login \"desk\"" } },
};

static void test_refused(void **state)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct people people = people_load(refused[i].content);
		if (people.directory != NULL)
			fail_msg("accepted: %s", refused[i].content);
		char line[32];
		snprintf(line, sizeof line, ":%d: ", refused[i].line);
		if (strstr(error_text(&people.err), line) == NULL)
			fail_msg("case %zu: \"%s\" is not of line %d", i, error_text(&people.err), refused[i].line);
		for (size_t j = 0; j < 3 && refused[i].said[j] != NULL; j++)
			if (strstr(error_text(&people.err), refused[i].said[j]) == NULL)
				fail_msg("case %zu: \"%s\" does not say \"%s\"", i, error_text(&people.err), refused[i].said[j]);
		assert_int_equal(people.err.kind, ERROR_SETTINGS);
		assert_true(people.problem_count >= 1);
		people_free(&people);
	}
}

static void test_utf16(void **state)
{
	static const char with_mark[] = "\xff\xfen\0a\0m\0e", without[] = "n\0a\0m\0e";
	struct people people = people_load_bytes(with_mark, sizeof with_mark);
	assert_non_null(strstr(error_text(&people.err), "save the file as UTF-8"));
	people_free(&people);
	people = people_load_bytes(without, sizeof without);
	assert_non_null(strstr(error_text(&people.err), "save the file as UTF-8"));
	people_free(&people);
}

static void test_all_errors_are_listed(void **state)
{
	struct people people = people_load(HEAD "A,x,a@b.example\nB,y,b@b.example\n,officer,c\n");
	assert_null(people.directory);
	assert_int_equal(people.problem_count, 3);
	assert_int_equal(people.problems[2].line, 4);
	assert_non_null(strstr(error_text(&people.err), "(and 2 more)"));
	people_free(&people);
}

static void test_missing_file(void **state)
{
	struct string_list none = { NULL, 0, NULL };
	struct directory *directory = NULL;
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	assert_false(directory_load("/nonexistent/people.csv", &none, &directory, arena, NULL, NULL, &err));
	assert_string_equal(error_text(&err), "/nonexistent/people.csv: cannot be opened: No such file or directory");
	error_release(&err);
	arena_free(&arena);
}

/* A line the warnings must have, and how many there are in all. */
static const struct {
	const char *content, *said;
	size_t count;
} warned[] = {
	{ FULL ",A B,councillor,,,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n", NULL, 0 },
	{ FULL ",A B,councillor,,,,,,,,\n,C D,officer,,,c@b.example,,,,,\n", "councillor A B has no address", 1 },
	{ FULL ",A B,councillor,,,,,2020-01-01,,,\n,E F,councillor,,,e@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n", NULL, 0 },
	{ FULL ",A B,councillor,,,a@b.example,,,,,\n,C D,officer,clark,,c@b.example,,,,,\n", "did you mean \"clerk\"?", 1 },
	{ FULL ",A B,councillor,,,a@b.example,,,,,\n,C D,officer,tree warden,,c@b.example,,,,,\n", "no rule knows the office", 1 },
	{ FULL ",A B,councillor,,,a@b.example,,,,,\n,a  b,resident,,,z@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n",
	  "stands on line 2 too", 1 },
	{ FULL "1,A B,councillor,,,a@b.example,,,,,\n2,A B,resident,,,z@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n", NULL, 0 },
	{ FULL ",A B,councillor,,,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n,L,list,,,l@b.example,,,,x@b.example,\n",
	  "member \"x@b.example\" who is not in the directory", 1 },
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n,L,list,,Bleu,l@b.example,,,,,\n",
	  "did you mean \"Blue\"?", 1 },
	/* a group's list that reaches its agent; a member who has gone over; one who has left; who serves the group, and its own */
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n,L,list,,Blue,l@b.example,,,,x@b.example,\n",
	  "reaches x@b.example, who is no member of the Council", 1 },
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,E F,councillor,,Red,e@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n"
	  ",L,list,,Blue,l@b.example,,,,e@b.example,\n", "reaches E F, who is now of the group Red", 1 },
	{ FULL "1,E F,councillor,,Blue,e@b.example,2019-05-01,2021-05-31,,,\n1,E F,councillor,,Red,,2021-06-01,,,,\n,A B,councillor,,Blue,a@b.example,,,,,\n"
	  ",C D,officer,,,c@b.example,,,,,\n,L,list,,Blue,l@b.example,,,,e@b.example,\n", "who is now of the group Red", 1 },
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,E F,councillor,,Blue,e@b.example,2019-05-01,2021-05-31,,,\n,C D,officer,,,c@b.example,,,,,\n"
	  ",L,list,,Blue,l@b.example,,,,e@b.example,\n", "reaches E F, who is no member of the Council", 1 },
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n,L,list,,blue,l@b.example,,,,a@b.example;c@b.example,\n", NULL, 0 },
	{ FULL ",A B,councillor,,Blue,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n,L,list,,blue,l@b.example,,,,,nobody@b.example\n",
	  "the owner nobody@b.example", 1 },
	{ FULL ",A B,councillor,,,a@b.example,,2021-05-01,,,\n,C D,officer,,,c@b.example,,,,,\n",
	  "the time of every councillor has ended", 1 },
	{ FULL ",A B,resident,,,a@b.example,,,,,\n,C D,officer,,,c@b.example,,,,,\n", "there is no councillor", 1 },
};

static void test_warned(void **state)
{
	for (size_t i = 0; i < sizeof warned / sizeof *warned; i++) {
		struct people people = people_load(warned[i].content);
		if (people.directory == NULL)
			fail_msg("case %zu: %s", i, error_text(&people.err));
		if (people.problem_count != warned[i].count)
			fail_msg("case %zu: %zu warnings, first: %s", i, people.problem_count,
				 people.problem_count == 0 ? "" : people.problems[0].text);
		if (warned[i].said != NULL && strstr(people.problems[0].text, warned[i].said) == NULL)
			fail_msg("case %zu: %s", i, people.problems[0].text);
		assert_true(people.problem_count == 0 || !people.problems[0].error);
		people_free(&people);
	}
}

static void test_format(void **state)
{
	/* BOM, columns in another order, quoted comma and newline, doubled quotes, blanks, short and overlong rows, blank rows */
	struct people people = people_load("\xef\xbb\xbf" "addresses , Role,name\r\n"
					   " A@B.Example ; b@b.example ;,Councillor,\"  O'Neill,  \r\n Si\xc3\xa2n \"\"Nell\"\" \"\r\n"
					   ",,\r\n"
					   "\r\n"
					   "c@b.example,officer,Ruth,,\r\n"
					   "d@b.example,OFFICER,Last without line end");
	if (people.directory == NULL)
		fail_msg("%s", error_text(&people.err));
	assert_int_equal(directory_count(people.directory), 3);
	const struct person *first = directory_at(people.directory, 0);
	assert_string_equal(first->name, "O'Neill, Si\xc3\xa2n \"Nell\"");
	assert_int_equal(first->address_count, 2);
	assert_string_equal(first->addresses[0], "a@b.example");
	assert_string_equal(first->addresses[1], "b@b.example");
	assert_int_equal(first->line, 2);
	assert_int_equal(directory_at(people.directory, 1)->line, 6);
	assert_string_equal(directory_at(people.directory, 2)->name, "Last without line end");
	assert_null(directory_at(people.directory, 3));
	assert_int_equal(strlen(directory_digest(people.directory)), 64);
	people_free(&people);
}

#define COUNCIL                                                                                                                \
	FULL "khan,Amir Khan,councillor,mayor,Blue,cllr.khan@marlbrook.example;amir@home.example,2023-05-09,2025-05-05,,,\n"   \
	     "lowe,Frances Lowe,councillor,committee-chair;tree warden,Green,cllr.lowe@marlbrook.example,2019-05-07,,,,\n"      \
	     "khan,Amir Khan,resident,,,,2025-05-06,,,,\n"                                                                       \
	     "ames,Ruth Ames,officer,clerk;rfo,,clerk@marlbrook.example;ruth.ames@marlbrook.example,,,rames;Desk 1,,\n"         \
	     "rees,Nia Rees,officer,deputy-clerk,,nia@marlbrook.example;deputy@marlbrook.example,,,,,\n"                         \
	     "cole,Sam Cole,officer,deputy-clerk,,sam@marlbrook.example;deputy@marlbrook.example,,,,,\n"                         \
	     ",Joan Petrie,complainant,,,j.petrie@gmail.com,,,,,\n"                                                             \
	     ",Old Ames,resident,,,ames@old-marlbrook.example,,,,,\n"                                                           \
	     ",New Ames,resident,,,ames@marlbrook.example,,,,,\n"                                                               \
	     ",Tagged,resident,,,post+tag@home.example,,,,,\n"                                                                   \
	     ",All councillors,list,,councillors,all@marlbrook.example,,,,,\n"                                                  \
	     ",Deputy,list,,,deputy@marlbrook.example,,,,,\n"                                                                    \
	     ",Blue,list,,blue,blue@marlbrook.example,,,,,\n"                                                                   \
	     ",News,list,,public,news@marlbrook.example,,,,,\n"                                                                 \
	     ",Archive,list,,,archive@marlbrook.example,,,,,\n"                                                                 \
	     ",Mixed,list,,,mixed@marlbrook.example,,,,Loop;Frances Lowe;ames;x@else.example;y@marlbrook.example,\n"            \
	     ",Loop,list,,,loop@marlbrook.example,,,,mixed@marlbrook.example;Joan Petrie,\n"

static struct people council(void)
{
	struct people people = people_load(COUNCIL);
	if (people.directory == NULL)
		fail_msg("%s", error_text(&people.err));
	return people;
}

static void test_tenures(void **state)
{
	struct people people = council();
	const struct person *khan = directory_at(people.directory, 0), *lowe = directory_at(people.directory, 1);
	assert_string_equal(khan->id, "khan");
	assert_int_equal(khan->tenure_count, 2); /* the third row is the same person's */
	static const struct {
		calendar_date on;
		enum role role;
		bool mayor;
	} days[] = {
		{ 20230508, ROLE_NONE, false },
		{ 20230509, ROLE_COUNCILLOR, true },
		{ 20250505, ROLE_COUNCILLOR, true },
		{ 20250506, ROLE_RESIDENT, false },
	};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		assert_int_equal(person_role(khan, days[i].on), days[i].role);
		assert_int_equal(person_has_role(khan, ROLE_COUNCILLOR, days[i].on), days[i].role == ROLE_COUNCILLOR);
		assert_int_equal((person_offices(khan, days[i].on) & OFFICE_CHAIR) != 0, days[i].mayor);
	}
	assert_string_equal(lowe->tenures[0].other_offices[0], "tree warden");
	assert_string_equal(person_group(khan, 20250505), "Blue");
	assert_null(person_group(khan, 20250506));
	assert_int_equal(directory_with_role(people.arena, people.directory, ROLE_COUNCILLOR, 20240101).count, 2);
	assert_int_equal(directory_with_role(people.arena, people.directory, ROLE_COUNCILLOR, 20260101).count, 1);
	assert_int_equal(directory_with_office(people.arena, people.directory, OFFICE_DEPUTY_CLERK, 20260101).count, 2);
	assert_int_equal(directory_with_office(people.arena, people.directory, OFFICE_CLERK | OFFICE_RFO, 20260101).count, 1);
	people_free(&people);
}

static void test_addresses(void **state)
{
	static const struct {
		const char *address, *name; /* NULL: unlisted */
	} cases[] = {
		{ "CLLR.Khan@Marlbrook.example", "Amir Khan" },
		{ "<cllr.khan+agenda@marlbrook.example>", "Amir Khan" },
		{ "amir@home.example", "Amir Khan" },
		{ "cllr.kahn@marlbrook.example", NULL },
		{ "JPetrie@googlemail.com", "Joan Petrie" },
		{ "j.pet.rie+x@gmail.com", "Joan Petrie" },
		{ "cllrkhan@marlbrook.example", NULL }, /* dots count elsewhere */
		{ "post+tag@home.example", "Tagged" },
		{ "post@home.example", NULL },
		{ "deputy@marlbrook.example", "Deputy" }, /* the list's, whose sharers are its members */
		{ "", NULL },
		{ "khan", NULL },
	};
	struct people people = council();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct person *person = directory_by_address(people.directory, cases[i].address);
		if ((person == NULL) != (cases[i].name == NULL) || (person != NULL && strcmp(person->name, cases[i].name) != 0))
			fail_msg("%s gives %s", cases[i].address, person == NULL ? "nobody" : person->name);
	}
	assert_true(directory_is_council_domain(people.directory, "x@MARLBROOK.example"));
	assert_true(directory_is_council_domain(people.directory, "x@old-marlbrook.example"));
	assert_false(directory_is_council_domain(people.directory, "x@sub.marlbrook.example"));
	assert_false(directory_is_council_domain(people.directory, "x@notmarlbrook.example"));
	assert_false(directory_is_council_domain(people.directory, ""));
	people_free(&people);
}

static void test_logins(void **state)
{
	static const struct {
		const char *auth, *name;
	} cases[] = {
		{ "Clerk@Marlbrook.example", "Ruth Ames" },
		{ "RAMES", "Ruth Ames" },
		{ "desk 1", "Ruth Ames" },
		{ "ruth.ames", "Ruth Ames" },
		{ "cllr.khan", "Amir Khan" },
		{ "amir", NULL },                       /* the local part of a private address */
		{ "amir@home.example", "Amir Khan" },
		{ "ames", NULL },                       /* two people in two domains of the council */
		{ "ames@marlbrook.example", "New Ames" },
		{ "clerk+x", NULL },
		{ "clerk+x@marlbrook.example", NULL },
		{ "nobody", NULL },
		{ "", NULL },
	};
	struct people people = council();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct person *person = directory_by_login(people.directory, cases[i].auth);
		if ((person == NULL) != (cases[i].name == NULL) || (person != NULL && strcmp(person->name, cases[i].name) != 0))
			fail_msg("%s gives %s", cases[i].auth, person == NULL ? "nobody" : person->name);
	}
	people_free(&people);
}

static void test_lists(void **state)
{
	static const struct {
		const char *address;
		calendar_date on;
		const char *names[5];
		bool reaches_public, archive;
	} cases[] = {
		{ "all@marlbrook.example", 20240101, { "Amir Khan", "Frances Lowe" }, false, false },
		{ "all@marlbrook.example", 20260101, { "Frances Lowe" }, false, false },
		{ "blue@marlbrook.example", 20240101, { "Amir Khan" }, false, false },
		{ "blue@marlbrook.example", 20260101, { NULL }, false, true },
		{ "news@marlbrook.example", 20260101, { NULL }, true, false },
		{ "archive@marlbrook.example", 20260101, { NULL }, false, true },
		{ "deputy@marlbrook.example", 20260101, { "Nia Rees", "Sam Cole" }, false, false },
		/* nested both ways, by name, id and address; x@else.example is not of the council, y@ is */
		{ "mixed@marlbrook.example", 20260101, { "Joan Petrie", "Frances Lowe", "Ruth Ames" }, true, false },
		{ "loop@marlbrook.example", 20260101, { "Frances Lowe", "Ruth Ames", "Joan Petrie" }, true, false },
	};
	struct people people = council();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct person *list = directory_by_address(people.directory, cases[i].address);
		assert_true(list != NULL && list->is_list);
		bool reaches_public, archive;
		struct person_list members =
			list_members(people.arena, people.directory, list, cases[i].on, &reaches_public, &archive);
		assert_int_equal(reaches_public, cases[i].reaches_public);
		assert_int_equal(archive, cases[i].archive);
		size_t wanted = 0;
		for (; cases[i].names[wanted] != NULL; wanted++)
			if (wanted >= members.count || strcmp(members.items[wanted]->name, cases[i].names[wanted]) != 0)
				fail_msg("%s: %zu members", cases[i].address, members.count);
		assert_int_equal(members.count, wanted);
	}
	people_free(&people);
}

static void test_words(void **state)
{
	for (int role = ROLE_COUNCILLOR; role < ROLE_COUNT; role++) {
		enum role parsed;
		assert_true(role_parse(role_name((enum role)role), &parsed));
		assert_int_equal(parsed, role);
	}
	unsigned bits;
	enum role role;
	assert_string_equal(role_name(ROLE_NONE), "nobody");
	assert_false(role_parse("nobody", &role));
	assert_false(role_parse("", &role));
	assert_true(role_parse(" Officer ", &role));
	assert_true(office_parse("Mayor", &bits));
	assert_int_equal(bits, OFFICE_MAYOR | OFFICE_CHAIR);
	assert_true(office_parse("Head of Service", &bits));
	assert_int_equal(bits, OFFICE_HEAD_OF_SERVICE);
	assert_false(office_parse("deputy mayor", &bits));
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A large directory answers as fast as a small one: a walk over all would take some seconds here. */
static void test_large(void **state)
{
	char *content = malloc(1000000);
	size_t length = (size_t)sprintf(content, "name,role,addresses,id\n");
	for (int i = 0; i < 10000; i++)
		length += (size_t)sprintf(content + length, "Person %dx,%s,p%d@marlbrook.example,%d\n", i, i < 20 ? "councillor" : "resident",
					  i, i);
	struct people people = people_load(content);
	assert_non_null(people.directory);
	double start = milliseconds();
	for (int i = 0; i < 20000; i++)
		assert_non_null(directory_by_address(people.directory, "P9999+x@marlbrook.example"));
	assert_int_equal(directory_by_name(people.arena, people.directory, "Cllr Person 19x", ROLE_COUNCILLOR, 20260101).count, 1);
	assert_true(milliseconds() - start < 3000);
	people_free(&people);
	free(content);
}

static void test_fixed_groups(void **state)
{
	assert_true(group_is_fixed("councillors"));
	assert_true(group_is_fixed("Officers"));
	assert_true(group_is_fixed("public"));
	assert_false(group_is_fixed("Blue"));
	assert_false(group_is_fixed("officer"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),   cmocka_unit_test(test_all_errors_are_listed),
		cmocka_unit_test(test_utf16),     cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_warned),
		cmocka_unit_test(test_format),    cmocka_unit_test(test_tenures),
		cmocka_unit_test(test_addresses), cmocka_unit_test(test_logins),
		cmocka_unit_test(test_lists),     cmocka_unit_test(test_words),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_fixed_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
