/* test_people_kept.c - a start finds a bad people file: the last good one serves, and is said to; nothing else makes it serve.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/people_kept.h"
#include "snapshot_case.h"

#define CONF "copyhold.conf"
#define PEOPLE "people.csv"
#define KEPT "store/people.csv.kept"
#define GOOD                                                                \
	"name,role,addresses,offices\n"                                     \
	"Ruth Ames,officer,clerk@marlbrook.example,clerk\n"                 \
	"Carl Moss,councillor,cllr.moss@marlbrook.example,\n"
#define BAD "name,role,addresses\nRuth Ames,oficer,clerk@marlbrook.example\n"

static void put(struct fixture *fixture, const char *name, const char *content)
{
	folder_put(fixture->arena, fixture->folder, name, content);
}

static const char *path_of(struct fixture *fixture, const char *name)
{
	return folder_path(fixture->arena, fixture->folder, name);
}

static int set_up(void **state)
{
	struct fixture *fixture = snapshot_case_new("people", GOOD);
	assert_int_equal(mkdir(path_of(fixture, "store"), 0700), 0);
	put(fixture, CONF, "council = { name = \"Marlbrook Town Council\"; domains = [ \"marlbrook.example\" ]; };\n"
			   "directory = \"people.csv\"; store = \"store\";\n");
	*state = fixture;
	return 0;
}

static bool start(struct fixture *fixture)
{
	snapshot_case_again(fixture);
	return snapshot_load_to_start(path_of(fixture, CONF), &fixture->snapshot, &fixture->err);
}

static void test_the_last_good_one_serves(void **state)
{
	struct fixture *fixture = *state;
	struct stat status;
	assert_true(start(fixture));
	assert_null(fixture->snapshot->people_trouble);
	const char *digest = arena_string(fixture->arena, fixture->snapshot->digest);
	assert_true(people_keep(fixture->snapshot, &fixture->err));
	assert_int_equal(stat(path_of(fixture, KEPT), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);

	put(fixture, PEOPLE, BAD);
	assert_true(start(fixture));
	assert_non_null(strstr(fixture->snapshot->people_trouble, "people.csv:2: column \"role\": unknown role \"oficer\""));
	assert_non_null(strstr(fixture->snapshot->people_trouble, path_of(fixture, KEPT)));
	assert_string_equal(fixture->snapshot->digest, digest);
	assert_non_null(directory_by_address(fixture->snapshot->directory, "cllr.moss@marlbrook.example"));
	/* What serves in its place is not kept anew: its age says when the people file was last good. */
	const struct timespec old[2] = { { .tv_sec = 1000000 }, { .tv_sec = 1000000 } };
	assert_int_equal(utimensat(AT_FDCWD, path_of(fixture, KEPT), old, 0), 0);
	assert_true(people_keep(fixture->snapshot, &fixture->err));
	assert_int_equal(stat(path_of(fixture, KEPT), &status), 0);
	assert_int_equal(status.st_mtim.tv_sec, 1000000);
	assert_true(start(fixture));
	assert_non_null(strstr(fixture->snapshot->people_trouble, "12 January 1970"));

	assert_int_equal(unlink(path_of(fixture, PEOPLE)), 0);
	assert_true(start(fixture));
	assert_non_null(strstr(fixture->snapshot->people_trouble, "people.csv: cannot be opened"));
	put(fixture, PEOPLE, GOOD "Frances Lowe,councillor,cllr.lowe@marlbrook.example,\n");
	assert_true(start(fixture));
	assert_null(fixture->snapshot->people_trouble);
	assert_non_null(directory_by_address(fixture->snapshot->directory, "cllr.lowe@marlbrook.example"));
}

static void test_who_asks_for_the_file_itself_gets_the_complaint(void **state)
{
	struct fixture *fixture = *state;
	assert_true(start(fixture));
	assert_true(people_keep(fixture->snapshot, &fixture->err));
	put(fixture, PEOPLE, BAD);
	snapshot_drop(&fixture->snapshot);
	assert_false(snapshot_load(path_of(fixture, CONF), &fixture->snapshot, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	struct findings found = { .arena = fixture->arena };
	snapshot_examine(path_of(fixture, CONF), &found, &fixture->snapshot);
	bool complained = false;
	for (size_t i = 0; i < found.count; i++)
		complained |= strstr(found.items[i].reason, "unknown role \"oficer\"") != NULL;
	assert_true(complained);
	assert_null(fixture->snapshot);
}

static void test_nothing_kept_nothing_started(void **state)
{
	struct fixture *fixture = *state;
	put(fixture, PEOPLE, BAD);
	assert_false(start(fixture));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_non_null(strstr(error_text(&fixture->err), "unknown role \"oficer\""));
	assert_non_null(strstr(error_text(&fixture->err), "nor is an earlier one kept"));
	put(fixture, KEPT, "name,role\n");
	assert_false(start(fixture));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_non_null(strstr(error_text(&fixture->err), "unknown role \"oficer\""));
	assert_non_null(strstr(error_text(&fixture->err), "nor can the one that is kept be used"));
	/* Nor does it help a configuration that is at fault itself. */
	put(fixture, KEPT, GOOD);
	put(fixture, CONF, "council = { name = \"Marlbrook Town Council\"; domains = [ ]; }; directory = \"people.csv\"; store = \"store\";\n");
	assert_false(start(fixture));
}

static void test_what_changed_meanwhile_is_not_kept(void **state)
{
	struct fixture *fixture = *state;
	assert_true(start(fixture));
	put(fixture, PEOPLE, BAD);
	assert_false(people_keep(fixture->snapshot, &fixture->err));
	assert_non_null(strstr(error_text(&fixture->err), "was changed meanwhile"));
	assert_int_not_equal(access(path_of(fixture, KEPT), F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_the_last_good_one_serves, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_who_asks_for_the_file_itself_gets_the_complaint, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_kept_nothing_started, set_up, snapshot_case_tear_down),
		cmocka_unit_test_setup_teardown(test_what_changed_meanwhile_is_not_kept, set_up, snapshot_case_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
