/* test_permissions.c - permissions as a configuration writes them: whom they name, in which matter, and what is refused or warned of.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "snapshot_case.h"

static const char people[] = "name,role,addresses,offices,from,to\n"
			     "Ruth Ames,officer,clerk@marlbrook.example,clerk,,\n"
			     "Tom Birch,officer,tom.birch@marlbrook.example,head-of-service,,\n"
			     "Gareth Price,councillor,cllr.price@marlbrook.example,leader,,\n"
			     "Ray Todd,councillor,cllr.todd@marlbrook.example,,2019-05-07,2025-05-05\n"
			     "Ivy Webb,resident,ivy.webb@post.example,,,\n"
			     "Planning,list,planning@marlbrook.example,,,\n";

static int set_up(void **state)
{
	*state = snapshot_case_new("permissions", people);
	return 0;
}

/* The permission stands on line 4. */
static bool load(struct fixture *fixture, const char *permission)
{
	return snapshot_case_load(fixture, arena_printf(fixture->arena,
		"council = { name = \"Marlbrook Town Council\"; domains = [ \"marlbrook.example\" ]; };\n"
		"directory = \"people.csv\"; phrases = { bloom = { any = ( \"in bloom\" ); }; };\n"
		"permissions = (\n"
		"{ %s }\n"
		");\n",
		permission));
}

#define PRICE "who = \"cllr.price@marlbrook.example\"; "
#define BIRCH "with = \"tom.birch@marlbrook.example\"; "
#define DATED "from = \"2026-03-01\"; "
#define GIVEN "minute = \"25/071\"; "

static const struct {
	const char *permission, *said;
} refused[] = {
	{ "kind = \"instructions\"; " PRICE BIRCH DATED GIVEN, "did you mean \"instruction\"?" },
	{ PRICE BIRCH DATED GIVEN, "kind" },
	{ "kind = \"instruction\"; " BIRCH DATED GIVEN, "who" },
	{ "kind = \"instruction\"; " PRICE BIRCH GIVEN, "from" },
	{ "kind = \"instruction\"; who = [ ]; " BIRCH DATED GIVEN, "permissions.who is empty: it would allow nobody anything" },
	{ "kind = \"instruction\"; " PRICE "with = [ ]; " DATED GIVEN, "permissions.with is empty" },
	{ "kind = \"instruction\"; " PRICE DATED GIVEN, "\"instruction\" needs with = \"...\"" },
	{ "kind = \"direct-contact\"; " PRICE DATED GIVEN, "\"direct-contact\" needs with = \"...\"" },
	{ "kind = \"instruction\"; who = \"cllr.prise@marlbrook.example\"; " BIRCH DATED GIVEN,
	  "the directory does not know \"cllr.prise@marlbrook.example\" (did you mean \"cllr.price@marlbrook.example\"?)" },
	{ "kind = \"instruction\"; who = \"someone.else.entirely@nowhere.example\"; " BIRCH DATED GIVEN, "add the address to people.csv" },
	{ "kind = \"instruction\"; who = \"tom.birch@marlbrook.example\"; " BIRCH DATED GIVEN, "Tom Birch is not a councillor, and \"instruction\" is for a councillor" },
	{ "kind = \"instruction\"; " PRICE "with = \"cllr.price@marlbrook.example\"; " DATED GIVEN, "permissions.with: Gareth Price is not an officer" },
	{ "kind = \"copy\"; " PRICE BIRCH DATED GIVEN, "permissions.with: Tom Birch is not a councillor" },
	{ "kind = \"spokesperson\"; who = \"ivy.webb@post.example\"; " DATED GIVEN, "Ivy Webb is not a councillor or an officer" },
	{ "kind = \"spokesperson\"; " PRICE BIRCH DATED GIVEN, "leave \"with\" out" },
	{ "kind = \"press-approval\"; " PRICE BIRCH DATED GIVEN, "leave \"with\" out" },
	{ "kind = \"send-as\"; who = \"tom.birch@marlbrook.example\"; " DATED GIVEN, "\"send-as\" needs with = \"...\"" },
	{ "kind = \"send-as\"; who = \"ivy.webb@post.example\"; " BIRCH DATED GIVEN, "Ivy Webb is not a councillor or an officer" },
	{ "kind = \"instruction\"; who = \"leder\"; " BIRCH DATED GIVEN, "\"leder\" is no address, no office and not \"councillor\" (did you mean \"leader\"?)" },
	{ "kind = \"instruction\"; " PRICE "with = \"officers\"; " DATED GIVEN, "not \"officer\" (did you mean \"officer\"?)" },
	{ "kind = \"instruction\"; who = \"officer\"; " BIRCH DATED GIVEN, "\"officer\" is no address, no office and not \"councillor\"" },
	{ "kind = \"instruction\"; " PRICE BIRCH "from = \"2026-02-30\"; " GIVEN, "permissions.from: " },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED "to = \"30/9/2026\"; " GIVEN, "permissions.to: " },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED "to = \"2026-02-28\"; " GIVEN, "it ends on 2026-02-28, before it begins on 2026-03-01" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED, "say who allowed it: minute = \"25/071\"; or by = \"clerk\";" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED "minute = \" \"; ", "permissions.minute is empty" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED "by = \"clark\"; ", "permissions.by: \"clark\"" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED "by = \"ivy.webb@post.example\"; ", "permissions.by: Ivy Webb is not a councillor or an officer" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED GIVEN "topic = [ ]; ", "permissions.topic is empty" },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED GIVEN "topic = \"(in bloom\"; ", "permissions.topic: " },
	{ "kind = \"instruction\"; " PRICE BIRCH DATED GIVEN "topics = \"in bloom\"; ", "did you mean \"topic\"?" },
};

static bool is_warned(const struct fixture *fixture, const char *words)
{
	for (size_t i = 0; i < fixture->snapshot->warning_count; i++)
		if (strstr(fixture->snapshot->warnings[i], words) != NULL)
			return true;
	return false;
}

static void test_refused(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		if (load(fixture, refused[i].permission))
			fail_msg("taken: %s", refused[i].permission);
		const char *said = error_text(&fixture->err);
		if (strstr(said, refused[i].said) == NULL || strstr(said, "copyhold.conf:4: ") == NULL)
			fail_msg("%s: said %s", refused[i].permission, said);
	}
}

static const struct permission *only(const struct fixture *fixture)
{
	assert_int_equal(fixture->snapshot->council.permission_count, 1);
	return fixture->snapshot->council.permissions;
}

static void must_load(struct fixture *fixture, const char *permission)
{
	if (!load(fixture, permission))
		fail_msg("%s", error_text(&fixture->err));
}

static void test_taken(void **state)
{
	struct fixture *fixture = *state;
	must_load(fixture, "kind = \"instruction\"; who = [ \"cllr.price@marlbrook.example\", \"planning@marlbrook.example\", \"committee-chair\" ]; " BIRCH DATED
			   "to = \"2099-09-30\"; topic = \"bloom\"; " GIVEN "by = \"clerk\"; ");
	const struct permission *permission = only(fixture);
	assert_int_equal(permission->kind, PERMISSION_INSTRUCTION);
	assert_int_equal(permission->who.count, 2);
	assert_string_equal(permission->who.people[1]->name, "Planning");
	assert_int_equal(permission->who.offices, OFFICE_COMMITTEE_CHAIR);
	assert_string_equal(permission->with.people[0]->name, "Tom Birch");
	assert_int_equal(permission->from, 20260301);
	assert_int_equal(permission->to, 20990930);
	assert_string_equal(permission->family, "bloom");
	assert_string_equal(permission->said, "minute 25/071, to 30 September 2099");
	assert_false(is_warned(fixture, "permissions:"));

	must_load(fixture, "kind = \"spokesperson\"; who = \"councillor\"; " DATED "topic = [ \"[the] market\", \"bloom\" ]; by = \"clerk@marlbrook.example\"; ");
	permission = only(fixture);
	assert_int_equal(permission->who.roles, 1U << ROLE_COUNCILLOR);
	assert_int_equal(permission->to, DATE_NONE);
	assert_string_equal(permission->said, "Ruth Ames");

	must_load(fixture, "kind = \"copy\"; who = \"leader\"; " DATED "by = \"clerk\"; ");
	assert_null(only(fixture)->family);
	assert_string_equal(only(fixture)->said, "the clerk");
}

/* Phrases of its own are asked of the text like any family's. */
static void test_own_topic(void **state)
{
	struct fixture *fixture = *state;
	must_load(fixture, "kind = \"spokesperson\"; " PRICE DATED "topic = [ \"[the] market\", \"bloom[s]\" ]; " GIVEN);
	struct pattern_scratch *scratch = pattern_scratch_new();
	const char *family = only(fixture)->family;
	struct phrase_match match;
	assert_true(lexicon_has(fixture->snapshot->lexicon, family));
	assert_int_equal(lexicon_says(fixture->snapshot->lexicon, scratch, family, BYTES("the market opens on friday"), &match), YES);
	assert_int_equal(lexicon_says(fixture->snapshot->lexicon, scratch, family, BYTES("it blooms"), &match), YES);
	assert_int_equal(lexicon_says(fixture->snapshot->lexicon, scratch, family, BYTES("the hedge"), &match), NO);
	pattern_scratch_free(&scratch);
}

static void test_ended(void **state)
{
	struct fixture *fixture = *state;
	must_load(fixture, "kind = \"instruction\"; " PRICE BIRCH "from = \"2024-03-01\"; to = \"2024-09-30\"; " GIVEN);
	assert_true(is_warned(fixture, "copyhold.conf:4: permissions: \"instruction\" ended on 2024-09-30"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_taken, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_own_topic, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_ended, set_up, snapshot_case_tear_down),
	};
	return cmocka_run_group_tests_name("permissions", tests, NULL, NULL);
}
