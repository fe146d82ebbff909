/* test_link.c - links of a digest: good for one reader and one message, until they expire; keys that are made once and change.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "council_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sodium.h>

#include "review/link.h"

#define NOW ((int64_t)1772442000)
#define DAY ((int64_t)86400)

static const char people[] = "name,role,addresses,offices,logins\r\n"
			     "Ruth Ames,officer,ruth@marlbrook.example;clerk@marlbrook.example,clerk,ruth\r\n"
			     "Si\xc3\xa2n O'Neill,councillor,sian.o'neill@marlbrook.example,,sian\r\n";

struct own {
	const struct link_keys *keys;
};

static int set_up(void **state)
{
	struct fixture *fixture = *state = council_case_new(people);
	fixture->own = arena_alloc(fixture->arena, sizeof *fixture->own);
	assert_true(link_keys_load(fixture->base, NOW, fixture->arena, &fixture->own->keys, &fixture->err));
	return 0;
}

static enum link_answer follow(struct fixture *fixture, const char *token, const char *person, int64_t now, const char **id)
{
	*id = NULL;
	return link_check(fixture->arena, fixture->own->keys, fixture->directory, token, person, now, id);
}

static void for_its_reader_until_it_expires(void **state)
{
	struct fixture *fixture = *state;
	const char *id;
	const char *token = link_make(fixture->arena, fixture->own->keys, "CH-20260302-3F7KQ2XM", "clerk@marlbrook.example", NOW + DAY);
	assert_true(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(token));
	assert_null(strstr(token, "clerk"));
	static const char *const hers[] = { "clerk@marlbrook.example", "CLERK@Marlbrook.example", "ruth@marlbrook.example", "ruth" };
	for (size_t i = 0; i < sizeof hers / sizeof hers[0]; i++) {
		assert_int_equal(follow(fixture, token, hers[i], NOW, &id), LINK_GOOD);
		assert_string_equal(id, "CH-20260302-3F7KQ2XM");
	}
	static const char *const not_hers[] = { "sian.o'neill@marlbrook.example", "sian", "", NULL, "clerk@marlbrook.exampl", "nobody" };
	for (size_t i = 0; i < sizeof not_hers / sizeof not_hers[0]; i++) {
		assert_int_equal(follow(fixture, token, not_hers[i], NOW, &id), LINK_SOMEBODY_ELSES);
		assert_null(id);
	}
	assert_int_equal(follow(fixture, token, "ruth", NOW + DAY - 1, &id), LINK_GOOD);
	assert_int_equal(follow(fixture, token, "ruth", NOW + DAY, &id), LINK_EXPIRED);
	assert_null(id);
	assert_null(link_answer_sentence(LINK_GOOD));
	for (enum link_answer answer = LINK_FORGED; answer <= LINK_SOMEBODY_ELSES; answer++)
		assert_non_null(link_answer_sentence(answer));
}

/* Every letter changed, every length: none is taken. */
static void forged(void **state)
{
	struct fixture *fixture = *state;
	const char *id;
	const char *token = link_make(fixture->arena, fixture->own->keys, "CH-1", "ruth@marlbrook.example", NOW + DAY);
	size_t length = strlen(token);
	for (size_t i = 0; i < length; i++) {
		char *other = arena_string(fixture->arena, token);
		other[i] = other[i] == 'A' ? 'B' : 'A';
		assert_int_equal(follow(fixture, other, "ruth", NOW, &id), LINK_FORGED);
		other[i] = '\0';
		assert_int_equal(follow(fixture, other, "ruth", NOW, &id), LINK_FORGED);
		other[i] = '=';
		assert_int_equal(follow(fixture, other, "ruth", NOW, &id), LINK_FORGED);
		for (int octet = 128; octet < 256; octet++) { /* libsodium takes them for digits */
			other[i] = (char)octet;
			assert_int_equal(follow(fixture, other, "ruth", NOW, &id), LINK_FORGED);
		}
		assert_null(id);
	}
	char *long_one = arena_alloc(fixture->arena, 5000);
	memset(long_one, 'A', 4999);
	const char *const bad[] = { NULL, "", "A", "AA", "../../etc/passwd", "%00", long_one, arena_printf(fixture->arena, "%sA", token),
				    arena_printf(fixture->arena, " %s", token), "\xff\xfe" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(follow(fixture, bad[i], "ruth", NOW, &id), LINK_FORGED);
}

/* A token of one message says nothing of another: their signed parts are not to be mixed. */
static void of_another_message(void **state)
{
	struct fixture *fixture = *state;
	const char *id;
	char *one = arena_string(fixture->arena, link_make(fixture->arena, fixture->own->keys, "CH-AAAAAA", "ruth@marlbrook.example", NOW + DAY));
	const char *two = link_make(fixture->arena, fixture->own->keys, "CH-BBBBBB", "ruth@marlbrook.example", NOW + 2 * DAY);
	memcpy(one, two, strlen(one) / 2);
	assert_int_equal(follow(fixture, one, "ruth", NOW, &id), LINK_FORGED);
	/* Another store's keys. */
	const struct link_keys *others;
	const char *folder = arena_printf(fixture->arena, "%s/other", fixture->base);
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_true(link_keys_load(folder, NOW, fixture->arena, &others, &fixture->err));
	assert_int_equal(link_check(fixture->arena, others, fixture->directory, two, "ruth", NOW, &id), LINK_FORGED);
}

static void keys_change_and_old_links_live(void **state)
{
	struct fixture *fixture = *state;
	const char *id;
	int64_t later = NOW + (LINK_KEY_DAYS - 1) * DAY;
	const char *token = link_make(fixture->arena, fixture->own->keys, "CH-1", "ruth@marlbrook.example", later + LINK_DAYS * DAY);
	assert_true(link_keys_load(fixture->base, later + 2 * DAY, fixture->arena, &fixture->own->keys, &fixture->err));
	const char *newer = link_make(fixture->arena, fixture->own->keys, "CH-1", "ruth@marlbrook.example", later + LINK_DAYS * DAY);
	assert_string_not_equal(token, newer);
	assert_int_equal(follow(fixture, token, "ruth", later + 2 * DAY, &id), LINK_GOOD);
	assert_int_equal(follow(fixture, newer, "ruth", later + 2 * DAY, &id), LINK_GOOD);
	/* Past use, the old key is thrown away. */
	assert_true(link_keys_load(fixture->base, NOW + 70 * DAY, fixture->arena, &fixture->own->keys, &fixture->err));
	assert_int_equal(follow(fixture, token, "ruth", later, &id), LINK_FORGED);
}

static void key_file_is_private(void **state)
{
	struct fixture *fixture = *state;
	const struct link_keys *keys;
	struct stat status;
	const char *path = arena_printf(fixture->arena, "%s/link.key", fixture->base);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(chmod(path, 0640), 0);
	assert_false(link_keys_load(fixture->base, NOW, fixture->arena, &keys, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_int_equal(chmod(path, 0600), 0);
	FILE *file = fopen(path, "w");
	fputs("1 5 abcd\n", file);
	fclose(file);
	assert_false(link_keys_load(fixture->base, NOW, fixture->arena, &keys, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_SETTINGS);
	assert_false(link_keys_load("/nonexistent/folder", NOW, fixture->arena, &keys, &fixture->err));
	assert_int_equal(fixture->err.kind, ERROR_RETRY);
}

/* Eight processes meet an empty folder: all sign with one key. */
static void one_key_for_all(void **state)
{
	struct fixture *fixture = *state;
	const char *folder = arena_printf(fixture->arena, "%s/fresh", fixture->base);
	int pipes[2];
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(pipe(pipes), 0);
	for (int i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		const struct link_keys *keys;
		if (!link_keys_load(folder, NOW, fixture->arena, &keys, &fixture->err))
			_exit(1);
		const char *token = link_make(fixture->arena, keys, "CH-1", "ruth@marlbrook.example", NOW + DAY);
		ssize_t put = write(pipes[1], token, 96);
		_exit(put == 96 ? 0 : 1);
	}
	char first[97] = "", next[97] = "";
	for (int i = 0; i < 8; i++) {
		int status = 1;
		wait(&status);
		assert_int_equal(status, 0);
		assert_int_equal(read(pipes[0], i == 0 ? first : next, 96), 96);
		if (i > 0)
			assert_string_equal(first, next);
	}
	close(pipes[0]);
	close(pipes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(for_its_reader_until_it_expires, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(forged, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(of_another_message, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(keys_change_and_old_links_live, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(key_file_is_private, set_up, council_case_tear_down),
		cmocka_unit_test_setup_teardown(one_key_for_all, set_up, council_case_tear_down),
	};
	return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
