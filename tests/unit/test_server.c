/* test_server.c - who keeps the console waiting is hung up on, who uses a connection keeps it, and the end waits for what is under way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "console/server.h"
#include "console_scene.h"

#define REQUEST "GET /robots.txt HTTP/1.1\r\nHost: " SCENE_HOST "\r\n\r\n"

struct place {
	struct scene scene;
	struct server *server;
	struct sockaddr_in address;
};

static int setup(void **state)
{
	static struct place place;
	struct error err = ERROR_INIT;
	socklen_t size = sizeof place.address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	place.address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (sodium_init() < 0 || bind(fd, (const struct sockaddr *)&place.address, size) != 0 || listen(fd, 8) != 0 ||
	    getsockname(fd, (struct sockaddr *)&place.address, &size) != 0)
		return 1;
	scene_begin(&place.scene);
	place.scene.console.behind_proxy = false;
	*state = &place;
	return !server_start(&place.scene.console, &(struct server_options){ .fd = fd, .request_seconds = 1 }, &place.server, &err);
}

static int teardown(void **state)
{
	struct place *place = *state;
	if (place->server != NULL)
		server_stop(&place->server);
	scene_end(&place->scene);
	return 0;
}

static int connected(const struct place *place)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&place->address, sizeof place->address), 0);
	return fd;
}

static void rest(int milliseconds)
{
	nanosleep(&(struct timespec){ .tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L }, NULL);
}

/* Whether the other side has hung up, within that time. */
static bool is_closed(int fd, int milliseconds)
{
	char octet;
	struct pollfd ready = { fd, POLLIN, 0 };
	return poll(&ready, 1, milliseconds) > 0 && recv(fd, &octet, 1, 0) <= 0;
}

static bool gets_answer(int fd)
{
	char answer[4096] = { 0 };
	return send(fd, REQUEST, strlen(REQUEST), MSG_NOSIGNAL) == (ssize_t)strlen(REQUEST) && recv(fd, answer, sizeof answer - 1, 0) > 0 &&
	       strstr(answer, "200 OK") != NULL;
}

/* A header every now and then, and never the last one: no pause is long enough for the library to mind. */
static void drips(void **state)
{
	struct place *place = *state;
	int slow = connected(place), busy = connected(place);
	bool closed = false;
	assert_true(send(slow, REQUEST, strlen(REQUEST) - 2, MSG_NOSIGNAL) > 0);
	for (int i = 0; i < 40 && !closed; i++) {
		if (i < 12)
			assert_true(gets_answer(busy));
		server_watch(place->server);
		closed = send(slow, "a: b\r\n", 6, MSG_NOSIGNAL) < 0 || is_closed(slow, 100);
		rest(200);
	}
	assert_true(closed);
	close(slow);
	close(busy);
}

static void ends_with_open_connections(void **state)
{
	struct place *place = *state;
	int idle = connected(place), half = connected(place), used = connected(place);
	assert_true(send(half, "GET / HT", 8, MSG_NOSIGNAL) == 8);
	assert_true(gets_answer(used));
	server_stop(&place->server);
	assert_null(place->server);
	assert_true(is_closed(idle, 5000) && is_closed(half, 5000) && is_closed(used, 5000));
	int late = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_not_equal(connect(late, (const struct sockaddr *)&place->address, sizeof place->address), 0);
	assert_int_equal(errno, ECONNREFUSED);
	close(late);
	close(idle);
	close(half);
	close(used);
}

/* A proxy's connections are not kept. */
static void closes_behind_a_proxy(void **state)
{
	struct place *place = *state;
	place->scene.console.behind_proxy = true;
	int fd = connected(place);
	char octets[4096];
	assert_true(send(fd, REQUEST, strlen(REQUEST), MSG_NOSIGNAL) > 0);
	ssize_t got;
	time_t began = time(NULL);
	while ((got = recv(fd, octets, sizeof octets, 0)) > 0)
		continue;
	assert_int_equal(got, 0);
	assert_true(time(NULL) - began < IDLE_SECONDS / 2);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(closes_behind_a_proxy, setup, teardown),
		cmocka_unit_test_setup_teardown(drips, setup, teardown),
		cmocka_unit_test_setup_teardown(ends_with_open_connections, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
