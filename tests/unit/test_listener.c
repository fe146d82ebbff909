/* test_listener.c - which sockets are opened, and which are refused.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/listener.h"

static void test_words(void **state)
{
	static const struct {
		const char *where;
		const char *complaint; /* NULL: accepted */
	} rows[] = {
		{ "unix:/run/copyhold/milter.sock", NULL },
		{ "inet:8891@127.0.0.1", NULL },
		{ "inet:8891@127.1.2.3", NULL },
		{ "inet:8891@::1", NULL },
		{ "inet:8891@0.0.0.0", "loopback only" },
		{ "inet:8891@::", "loopback only" },
		{ "inet:8891@192.0.2.1", "loopback only" },
		{ "inet:8891@128.0.0.1", "loopback only" },
		{ "inet:8891@mail.example", "no IP address" },
		{ "inet:8891@", "no IP address" },
		{ "inet:8891", "expected inet:PORT@ADDRESS" },
		{ "inet:0@127.0.0.1", "expected inet:PORT@ADDRESS" },
		{ "inet:65536@127.0.0.1", "expected inet:PORT@ADDRESS" },
		{ "inet:@127.0.0.1", "expected inet:PORT@ADDRESS" },
		{ "unix:milter.sock", "must begin with /" },
		{ "unix:", "must begin with /" },
		{ "/run/milter.sock", "unix:/path or inet:PORT@ADDRESS" },
		{ "unix:/123456789/123456789/123456789/123456789/123456789/123456789/123456789/123456789/123456789/123456789/1234567", "longer than 107" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err = ERROR_INIT;
		assert_int_equal(listener_check(rows[i].where, &err), rows[i].complaint == NULL);
		if (rows[i].complaint != NULL) {
			assert_int_equal(err.kind, ERROR_SETTINGS);
			assert_non_null(strstr(error_text(&err), rows[i].complaint));
		}
		error_release(&err);
	}
}

struct place {
	char folder[32];
	struct text where;
	const char *path;
};

static int make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	if (place == NULL)
		return -1;
	strcpy(place->folder, "/tmp/listenerXXXXXX");
	if (mkdtemp(place->folder) == NULL)
		return -1;
	text_printf(&place->where, "unix:%s/sock", place->folder);
	place->path = place->where.data + strlen("unix:");
	*state = place;
	return 0;
}

static int remove_place(void **state)
{
	struct place *place = *state;
	unlink(place->path);
	rmdir(place->folder);
	text_release(&place->where);
	free(place);
	return 0;
}

static void test_socket_is_private_and_withdrawn(void **state)
{
	const struct place *place = *state;
	struct error err = ERROR_INIT;
	struct listener listener;
	struct stat found;
	assert_true(listener_open(place->where.data, NULL, NULL, &listener, &err));
	assert_int_equal(lstat(place->path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0600);
	listener_withdraw(&listener);
	assert_int_not_equal(lstat(place->path, &found), 0);
	close(listener.fd);
}

static void test_second_process_is_refused(void **state)
{
	const struct place *place = *state;
	struct error err = ERROR_INIT;
	struct listener first, second;
	struct stat found;
	assert_true(listener_open(place->where.data, NULL, NULL, &first, &err));
	assert_false(listener_open(place->where.data, NULL, NULL, &second, &err));
	assert_int_equal(err.kind, ERROR_UNAVAILABLE);
	assert_non_null(strstr(error_text(&err), "running already"));
	assert_int_equal(lstat(place->path, &found), 0); /* the first one's socket is still there */
	error_release(&err);
	close(first.fd);
	listener_withdraw(&first);
}

static void test_stale_socket_is_replaced(void **state)
{
	const struct place *place = *state;
	struct error err = ERROR_INIT;
	struct listener killed, next;
	assert_true(listener_open(place->where.data, NULL, NULL, &killed, &err));
	close(killed.fd); /* as after kill -9: the path stays */
	free(killed.path);
	assert_true(listener_open(place->where.data, NULL, NULL, &next, &err));
	close(next.fd);
	listener_withdraw(&next);
}

static void test_other_files_are_left_alone(void **state)
{
	const struct place *place = *state;
	struct error err = ERROR_INIT;
	struct listener listener;
	struct stat found;
	FILE *file = fopen(place->path, "w");
	assert_non_null(file);
	fclose(file);
	assert_false(listener_open(place->where.data, NULL, NULL, &listener, &err));
	assert_non_null(strstr(error_text(&err), "is no socket"));
	assert_int_equal(lstat(place->path, &found), 0);
	error_release(&err);
}

static void test_unknown_group(void **state)
{
	const struct place *place = *state;
	struct error err = ERROR_INIT;
	struct listener listener;
	struct stat found;
	assert_false(listener_open(place->where.data, "no-such-group", NULL, &listener, &err));
	assert_int_equal(err.kind, ERROR_SETTINGS);
	assert_int_not_equal(lstat(place->path, &found), 0);
	error_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test_setup_teardown(test_socket_is_private_and_withdrawn, make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_second_process_is_refused, make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_stale_socket_is_replaced, make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_other_files_are_left_alone, make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_unknown_group, make_place, remove_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
