/* test_staff.c - which officers a message is for, and which permissions are in force on its day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "case.h"

#define BODY "\nPlease cut the hedge.\n"

static const struct {
	struct case_of of;
	const char *officers; /* in the order of the directory */
} cases[] = {
	{ { "moss", "cllr.moss@marlbrook.example", NULL, "lena.fox@marlbrook.example", "To: lena.fox@marlbrook.example\n" BODY }, "Lena Fox" },
	{ { "moss", "cllr.moss@marlbrook.example", NULL, "cllr.khan@marlbrook.example", "To: cllr.khan@marlbrook.example\n" BODY }, "" },
	/* a hidden one, and one who stands in Cc but is in no envelope yet */
	{ { "moss", "cllr.moss@marlbrook.example", NULL, "clerk@marlbrook.example", "Cc: info@marlbrook.example\n" BODY }, "Ruth Ames, Lena Fox" },
	/* by a list; whoever writes from a shared mailbox is not written to */
	{ { "moss", "cllr.moss@marlbrook.example", NULL, "planning@marlbrook.example", "To: planning@marlbrook.example\n" BODY }, "Sam Cole" },
	{ { "deputy", "deputy@marlbrook.example", NULL, "planning@marlbrook.example", "To: planning@marlbrook.example, clerk@marlbrook.example\n" BODY },
	  "Ruth Ames" },
	/* once each */
	{ { "moss", "cllr.moss@marlbrook.example", NULL, "deputy@marlbrook.example nia.rees@marlbrook.example", "To: sam.cole@marlbrook.example\n" BODY },
	  "Nia Rees, Sam Cole" },
};

static void test_officers(void **state)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct fixture fixture = fixture_new();
		const struct facts *facts = facts_of(&fixture, &cases[i].of);
		const char *names = "";
		for (size_t j = 0; j < facts->officer_count; j++)
			names = arena_printf(fixture.arena, "%s%s%s", names, j == 0 ? "" : ", ", facts->officers[j]->name);
		if (strcmp(names, cases[i].officers) != 0)
			fail_msg("case %zu: %s", i, names);
		fixture_free(&fixture);
	}
}

static void test_in_force(void **state)
{
	const struct permission permission = { .from = 20260302, .to = 20260930 }, lasting = { .from = 20260302 };
	assert_false(permission_in_force(&permission, 20260301));
	assert_true(permission_in_force(&permission, 20260302));
	assert_true(permission_in_force(&permission, 20260930));
	assert_false(permission_in_force(&permission, 20261001));
	assert_false(permission_in_force(&lasting, 20260301));
	assert_true(permission_in_force(&lasting, 20990101));
}

static void test_kinds(void **state)
{
	enum permission_kind kind;
	for (size_t i = 0; i < PERMISSION_KIND_COUNT; i++) {
		assert_true(permission_parse(permission_words[i], &kind));
		assert_int_equal(kind, i);
	}
	assert_true(permission_parse("Press-Approval", &kind));
	assert_false(permission_parse("press", &kind));
}

/* A list has its members, an office its holder on the day, a role everybody of it. */
static void test_circle(void **state)
{
	struct fixture fixture = fixture_new();
	const struct directory *directory = fixture.people.directory;
	const struct person *lists[] = { directory_by_address(directory, "planning@marlbrook.example"), directory_by_address(directory, "mo@wexshire.example") };
	const struct person *lowe = directory_by_address(directory, "cllr.lowe@marlbrook.example"), *todd = directory_by_address(directory, "ray@home.example"),
			    *price = directory_by_address(directory, "cllr.price@marlbrook.example");
	const struct circle by_list = { .people = lists, .count = 2 }, by_office = { .offices = OFFICE_LEADER }, by_role = { .roles = 1U << ROLE_COUNCILLOR };
	assert_true(circle_has(fixture.arena, directory, &by_list, lowe, 20260302));
	assert_true(circle_has(fixture.arena, directory, &by_list, lists[1], 20260302));
	assert_true(circle_has(fixture.arena, directory, &by_list, lists[0], 20260302));
	assert_false(circle_has(fixture.arena, directory, &by_list, todd, 20260302));
	assert_true(circle_has(fixture.arena, directory, &by_office, price, 20260302));
	assert_false(circle_has(fixture.arena, directory, &by_office, price, 20100101));
	assert_false(circle_has(fixture.arena, directory, &by_office, lowe, 20260302));
	assert_true(circle_has(fixture.arena, directory, &by_role, todd, 20250505));
	assert_false(circle_has(fixture.arena, directory, &by_role, todd, 20250506));
	fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_officers),
		cmocka_unit_test(test_in_force),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_circle),
	};
	return cmocka_run_group_tests_name("staff", tests, NULL, NULL);
}
