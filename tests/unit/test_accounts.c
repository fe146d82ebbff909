/* test_accounts.c - who may log in, and how often they may try: accounts, passwords, one-time codes, sessions, throttling.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "desk/accounts.h"
#include "desk/password.h"
#include "desk/sessions.h"
#include "desk/throttle.h"
#include "desk/totp.h"

#define NOW ((int64_t)1772442000)

struct fixture {
	struct arena *arena;
	const char *base, *path;
	struct error err;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	char base[] = "/tmp/copyhold-login-XXXXXX";
	fixture->arena = arena_new();
	assert_non_null(mkdtemp(base));
	fixture->base = arena_string(fixture->arena, base);
	fixture->path = arena_printf(fixture->arena, "%s/accounts", base);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(system(arena_printf(fixture->arena, "rm -rf %s", fixture->base)), 0);
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

/* --- accounts --- */

static bool add_ruth(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	struct login *items = arena_array(arena, accounts->count + 1, sizeof *items);
	memcpy(items, accounts->items, accounts->count * sizeof *items);
	items[accounts->count++] = (struct login){ context, "clerk@marlbrook.example", DESK_REVIEWER, "$y$x", "ABCD", NOW, 0 };
	accounts->items = items;
	return true;
}

static bool refuse(struct arena *arena, struct accounts *accounts, const void *context, struct error *err)
{
	accounts->count = 0;
	return error_set(err, ERROR_REFUSED, "no");
}

static void accounts_come_back_as_they_were(void **state)
{
	struct fixture *fixture = *state;
	struct accounts accounts;
	struct stat status;
	assert_true(accounts_read(fixture->arena, fixture->path, &accounts, &fixture->err));
	assert_int_equal(accounts.count, 0);
	assert_true(accounts_change(fixture->arena, fixture->path, add_ruth, "ruth", &fixture->err));
	assert_true(accounts_change(fixture->arena, fixture->path, add_ruth, "o.neill-2", &fixture->err));
	assert_false(accounts_change(fixture->arena, fixture->path, refuse, NULL, &fixture->err));
	assert_true(accounts_read(fixture->arena, fixture->path, &accounts, &fixture->err));
	assert_int_equal(accounts.count, 2);
	const struct login *login = accounts_find(&accounts, "o.neill-2");
	assert_non_null(login);
	assert_string_equal(login->address, "clerk@marlbrook.example");
	assert_int_equal(login->role, DESK_REVIEWER);
	assert_string_equal(login->totp, "ABCD");
	assert_int_equal(login->changed_at, NOW);
	assert_null(accounts_find(&accounts, "nobody"));
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void damaged_accounts_let_nobody_in(void **state)
{
#define GOOD "\"login\":\"ruth\",\"address\":\"a@b.example\",\"role\":\"member\",\"password\":\"x\",\"changed_at\":1,\"unlocked_at\":0"
	static const struct {
		const char *content;
		bool good;
	} cases[] = {
		{ "{\"v\":1,\"accounts\":[{" GOOD "}]}", true },
		{ "{\"v\":1,\"accounts\":[]}", true },
		{ "", false },
		{ "[]", false },
		{ "{\"v\":2,\"accounts\":[]}", false },
		{ "{\"v\":1}", false },
		{ "{\"v\":1,\"accounts\":[{" GOOD "},{" GOOD "}]}", false },
		{ "{\"v\":1,\"accounts\":[{" GOOD ",\"root\":true}]}", false },
		{ "{\"v\":1,\"accounts\":[{\"login\":\"ruth\"}]}", false },
		{ "{\"v\":1,\"accounts\":[{\"login\":\"../x\",\"address\":\"a\",\"role\":\"member\",\"password\":\"x\",\"changed_at\":1,\"unlocked_at\":0}]}", false },
		{ "{\"v\":1,\"accounts\":[{\"login\":\"ruth\",\"address\":\"a\",\"role\":\"king\",\"password\":\"x\",\"changed_at\":1,\"unlocked_at\":0}]}", false },
	};
	struct fixture *fixture = *state;
	struct accounts accounts;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_true(file_write(fixture->path, bytes_of(cases[i].content), &fixture->err));
		assert_int_equal(chmod(fixture->path, 0600), 0);
		assert_int_equal(accounts_read(fixture->arena, fixture->path, &accounts, &fixture->err), cases[i].good);
	}
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_true(file_write(fixture->path, bytes_of(cases[0].content), &fixture->err));
	assert_int_equal(chmod(fixture->path, 0640), 0);
	assert_false(accounts_read(fixture->arena, fixture->path, &accounts, &fixture->err));
	assert_non_null(strstr(error_text(&fixture->err), "chmod 600"));
}

static void names_of_logins(void **state)
{
	static const struct {
		const char *typed, *name;
	} cases[] = { { "Ruth", "ruth" }, { "a.b_c-9", "a.b_c-9" }, { "", NULL }, { "9a", NULL }, { "a b", NULL }, { "a/b", NULL },
		      { "si\xc3\xa2n", NULL }, { ".a", NULL }, { "a\nb", NULL },
		      { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL } };
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *name = login_name(fixture->arena, cases[i].typed);
		if (cases[i].name == NULL)
			assert_null(name);
		else
			assert_string_equal(name, cases[i].name);
	}
}

static void stamps_change_with_what_matters(void **state)
{
	struct fixture *fixture = *state;
	const struct login login = { "ruth", "a@b.example", DESK_REVIEWER, "$y$1", NULL, NOW, 0 };
	struct login other[] = { login, login, login, login, login };
	other[0].role = DESK_MEMBER;
	other[1].password = "$y$2";
	other[2].totp = "ABCD";
	other[3].address = "c@b.example";
	other[4].unlocked_at = NOW; /* no reason to log anybody out */
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(strcmp(login_stamp(fixture->arena, &login), login_stamp(fixture->arena, &other[i])) == 0, i == 4);
}

/* --- passwords and codes --- */

static void passwords_are_weighed(void **state)
{
	static const struct {
		const char *password;
		bool good;
	} cases[] = { { "correct horse battery", true }, { "elevenchars", false }, { "twelve-chars", true }, { "aaaaaaaaaaaaaaaaaaaa", false },
		      { "Si\xc3\xa2n Si\xc3\xa2n 12", true }, { "\xc3\xa2\xc3\xa2\xc3\xa2\xc3\xa2\xc3\xa2\xc3\xa3", false }, { "ruthruth1234", false },
		      { "tab\tin the middle", false }, { "a truth that is long enough to hide the name", true } };
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(password_is_good(cases[i].password, "ruth", &fixture->err), cases[i].good);
	char *huge = arena_alloc(fixture->arena, 600);
	memset(huge, 'x', 598);
	huge[0] = 'y';
	assert_false(password_is_good(huge, "ruth", &fixture->err));
}

static void passwords_match_themselves_only(void **state)
{
	struct fixture *fixture = *state;
	const char *hash = NULL, *again = NULL;
	assert_true(password_hash(fixture->arena, "correct horse battery", &hash, &fixture->err));
	assert_true(password_hash(fixture->arena, "correct horse battery", &again, &fixture->err));
	assert_int_equal(strncmp(hash, "$y$", 3), 0);
	assert_string_not_equal(hash, again);
	assert_true(password_matches("correct horse battery", hash));
	assert_false(password_matches("correct horse batterz", hash));
	assert_false(password_matches("", hash));
	assert_false(password_matches("correct horse battery", NULL));
	assert_false(password_matches("correct horse battery", "not a hash"));
	assert_false(password_matches("*0", "*0"));
}

static void codes_serve_once(void **state)
{
	/* RFC 6238, appendix B: "12345678901234567890", the last six digits. */
	static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
	struct fixture *fixture = *state;
	const char *fresh = NULL;
	int64_t step = 0;
	assert_true(totp_matches(secret, "287082", 59, 0, &step));
	assert_int_equal(step, 1);
	assert_false(totp_matches(secret, "287082", 59, 1, &step));
	assert_true(totp_matches(secret, "081804", 1111111109 + 30, 0, &step));
	assert_false(totp_matches(secret, "081804", 1111111109 + 90, 0, &step));
	assert_true(totp_matches(secret, "005924", 1234567890, 0, &step));
	assert_false(totp_matches(secret, "28708", 59, 0, &step));
	assert_false(totp_matches(secret, "2870820", 59, 0, &step));
	assert_false(totp_matches(secret, "28708x", 59, 0, &step));
	assert_false(totp_matches("not base32!", "287082", 59, 0, &step));
	assert_true(totp_new(fixture->arena, &fresh, &fixture->err));
	assert_int_equal(strlen(fresh), 32);
	assert_string_equal(totp_uri(fixture->arena, "ABC", "O'Neill & Si\xc3\xa2n", "ruth"),
			    "otpauth://totp/O%27Neill%20%26%20Si%C3%A2n:ruth?secret=ABC&issuer=O%27Neill%20%26%20Si%C3%A2n");
}

/* --- sessions --- */

static const struct session_terms terms = { 1800, 36000, 2 };
static const struct login ruth = { "ruth", "a@b.example", DESK_REVIEWER, "$y$1", NULL, NOW, 0 }, dewi = { "dewi", "d@b.example", DESK_MEMBER, "$y$1", NULL, NOW, 0 };

static void sessions_end_by_the_clock(void **state)
{
	struct fixture *fixture = *state;
	struct sessions *sessions = sessions_new();
	struct session session;
	const char *token = sessions_open(sessions, fixture->arena, &terms, &ruth, "127.0.0.1", NOW);
	assert_int_equal(strlen(token), 43);
	assert_false(sessions_find(sessions, fixture->arena, &terms, "", NOW, &session));
	assert_false(sessions_find(sessions, fixture->arena, &terms, "x", NOW, &session));
	assert_true(sessions_find(sessions, fixture->arena, &terms, token, NOW + 1799, &session));
	assert_string_equal(session.login, "ruth");
	assert_int_equal(session.expires_at, NOW + 1799 + 1800);
	for (int64_t at = NOW + 1799; at < NOW + 36000; at += 1700)
		assert_true(sessions_find(sessions, fixture->arena, &terms, token, at, &session));
	assert_int_equal(session.expires_at, NOW + 36000);
	assert_false(sessions_find(sessions, fixture->arena, &terms, token, NOW + 36000, &session));
	assert_int_equal(sessions_count(sessions), 0);
	token = sessions_open(sessions, fixture->arena, &terms, &ruth, "127.0.0.1", NOW);
	assert_false(sessions_find(sessions, fixture->arena, &terms, token, NOW + 1800, &session));
	sessions_free(&sessions);
}

static void sessions_end_by_deed(void **state)
{
	struct fixture *fixture = *state;
	struct sessions *sessions = sessions_new();
	struct session session;
	const char *first = sessions_open(sessions, fixture->arena, &terms, &ruth, "1", NOW);
	const char *second = sessions_open(sessions, fixture->arena, &terms, &ruth, "1", NOW + 1);
	const char *other = sessions_open(sessions, fixture->arena, &terms, &dewi, "1", NOW + 1);
	const char *third = sessions_open(sessions, fixture->arena, &terms, &ruth, "1", NOW + 2);
	assert_string_not_equal(first, second);
	assert_false(sessions_find(sessions, fixture->arena, &terms, first, NOW + 3, &session)); /* two at once, no more */
	assert_true(sessions_find(sessions, fixture->arena, &terms, second, NOW + 3, &session));
	sessions_end(sessions, second);
	assert_false(sessions_find(sessions, fixture->arena, &terms, second, NOW + 3, &session));
	assert_true(sessions_find(sessions, fixture->arena, &terms, third, NOW + 3, &session));
	assert_true(sessions_still_of(sessions, &session, &ruth));
	struct login changed = ruth;
	changed.password = "$y$2";
	assert_false(sessions_still_of(sessions, &session, &changed));
	assert_false(sessions_find(sessions, fixture->arena, &terms, third, NOW + 3, &session));
	assert_true(sessions_find(sessions, fixture->arena, &terms, other, NOW + 3, &session));
	assert_false(sessions_still_of(sessions, &session, NULL));
	assert_int_equal(sessions_count(sessions), 0);
	sessions_free(&sessions);
}

/* --- throttling --- */

/* How many of `tries`, one a second, are let through. */
static size_t let_through(struct throttle *throttle, const char *login, const char *client, int64_t from, size_t tries)
{
	size_t through = 0;
	for (size_t i = 0; i < tries; i++)
		through += throttle_begin(throttle, login, client, 0, from + (int64_t)i) == 0;
	return through;
}

static void waits_grow(void **state)
{
	struct throttle *throttle = throttle_new();
	assert_int_equal(let_through(throttle, "ruth", "192.0.2.1", NOW, LOGIN_FREE), LOGIN_FREE);
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.2", 0, NOW + 4), 1);
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.3", 0, NOW + 5), 0);
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.4", 0, NOW + 5), 2);
	assert_true(let_through(throttle, "ruth", "192.0.2.5", NOW + 6, 3000) < 25);
	assert_int_equal(throttle_begin(throttle, "dewi", "192.0.2.6", 0, NOW + 3000), 0);
	throttle_free(&throttle);
}

static void one_client_cannot_try_many_logins(void **state)
{
	struct throttle *throttle = throttle_new();
	size_t through = 0;
	for (int i = 0; i < 1000; i++) {
		char login[20];
		snprintf(login, sizeof login, "u%d", i);
		through += throttle_begin(throttle, login, i % 2 ? "2001:db8:1:2::1" : "2001:db8:1:2:ffff::9", 0, NOW) == 0;
	}
	assert_int_equal(through, CLIENT_FREE);
	assert_int_equal(throttle_begin(throttle, "u1", "2001:db8:1:3::1", 0, NOW), 0);
	throttle_free(&throttle);
}

static void a_stranger_locks_nobody_out(void **state)
{
	struct throttle *throttle = throttle_new();
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.9", 0, NOW), 0);
	throttle_succeed(throttle, "ruth", "192.0.2.9", NOW);
	for (int i = 0; i < 400; i++) {
		char client[30];
		snprintf(client, sizeof client, "198.51.%d.%d", i / 200, i % 200);
		throttle_begin(throttle, "ruth", client, 0, NOW + i);
	}
	assert_true(throttle_begin(throttle, "ruth", "203.0.113.1", 0, NOW + 400) > 0);
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.9", 0, NOW + 400), 0);
	throttle_free(&throttle);
}

static void counts_end(void **state)
{
	struct throttle *throttle = throttle_new();
	let_through(throttle, "ruth", "192.0.2.1", NOW, LOGIN_FREE);
	assert_true(throttle_begin(throttle, "ruth", "192.0.2.2", 0, NOW + 4) > 0);
	assert_int_equal(throttle_begin(throttle, "ruth", "192.0.2.2", NOW + 4, NOW + 4), 0); /* copyhold user unlock */
	let_through(throttle, "dewi", "192.0.2.3", NOW, LOGIN_FREE);
	assert_int_equal(throttle_begin(throttle, "dewi", "192.0.2.4", 0, NOW + 4 + 3601), 0);
	/* An account of one's own does not buy tries at others'. */
	for (int i = 0; i < 50; i++) {
		char other[20];
		snprintf(other, sizeof other, "other%d", i);
		if (throttle_begin(throttle, "mine", "192.0.2.5", 0, NOW + 9000) == 0)
			throttle_succeed(throttle, "mine", "192.0.2.5", NOW + 9000);
		throttle_begin(throttle, other, "192.0.2.5", 0, NOW + 9000);
	}
	assert_true(throttle_begin(throttle, "x", "192.0.2.5", 0, NOW + 9000) > 0);
	throttle_free(&throttle);
}

static void floods_push_out_the_least(void **state)
{
	struct throttle *throttle = throttle_new();
	let_through(throttle, "ruth", "192.0.2.1", NOW, LOGIN_FREE);
	for (int i = 0; i < 5000; i++) {
		char login[20], client[30];
		snprintf(login, sizeof login, "u%d", i);
		snprintf(client, sizeof client, "10.%d.%d.1", i / 250, i % 250);
		throttle_begin(throttle, login, client, 0, NOW + 4);
	}
	assert_true(throttle_begin(throttle, "ruth", "192.0.2.7", 0, NOW + 4) > 0);
	throttle_free(&throttle);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(accounts_come_back_as_they_were, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damaged_accounts_let_nobody_in, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_of_logins, set_up, tear_down),
		cmocka_unit_test_setup_teardown(stamps_change_with_what_matters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(passwords_are_weighed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(passwords_match_themselves_only, set_up, tear_down),
		cmocka_unit_test_setup_teardown(codes_serve_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sessions_end_by_the_clock, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sessions_end_by_deed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(waits_grow, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_client_cannot_try_many_logins, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_stranger_locks_nobody_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(counts_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(floods_push_out_the_least, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
