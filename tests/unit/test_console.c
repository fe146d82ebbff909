/* test_console.c - whole requests answered: what every answer carries, what a form must bring, the log-in, and what the desk refuses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "console_scene.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int setup(void **state)
{
	static struct scene scene;
	if (sodium_init() < 0)
		return 1;
	scene_begin(&scene);
	*state = &scene;
	return 0;
}

static int teardown(void **state)
{
	scene_end(*state);
	return 0;
}

/* A path of that route, its {part} filled. */
static const char *path_of(struct scene *scene, const struct route *route)
{
	const char *open = strchr(route->path, '{');
	if (route->kind == ROUTE_STYLE)
		return scene->console.style;
	return open == NULL ? route->path : arena_printf(scene->arena, "%.*sm1%s", (int)(open - route->path), route->path, strchr(open, '}') + 1);
}

static const char *secret_of(const struct route *route)
{
	return route->open ? SCENE_BEFORE : SCENE_SESSION;
}

static void has(const struct answer *answer, const char *name, const char *value)
{
	const char *found = answer_header(answer, name);
	if (found == NULL || strcmp(found, value) != 0)
		fail_msg("%s: %s", name, found != NULL ? found : "missing");
}

/* What each answer must have, whatever was asked and whatever became of it. */
static void is_safe(const struct scene *scene)
{
	const struct answer *answer = &scene->answer;
	has(answer, "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
	has(answer, "X-Content-Type-Options", "nosniff");
	has(answer, "Referrer-Policy", "no-referrer");
	has(answer, "X-Frame-Options", "DENY");
	has(answer, "Cross-Origin-Opener-Policy", "same-origin");
	has(answer, "Cross-Origin-Embedder-Policy", "require-corp");
	has(answer, "Cross-Origin-Resource-Policy", "same-origin");
	has(answer, "Strict-Transport-Security", "max-age=31536000");
	assert_non_null(answer_header(answer, "Permissions-Policy"));
	for (size_t i = 0; i < answer->header_count; i++) {
		const char *value = answer->headers[i].value;
		assert_null(strpbrk(value, "\r\n"));
		if (strcmp(answer->headers[i].name, "Set-Cookie") != 0)
			continue;
		assert_true(strncmp(value, "__Host-copyhold", 15) == 0);
		assert_non_null(strstr(value, "; Path=/; HttpOnly; SameSite=Lax; Secure"));
		assert_null(strstr(value, "Domain"));
	}
	const char *type = answer_header(answer, "Content-Type");
	if (answer->status == 303)
		assert_true(answer->body.length == 0 && answer_header(answer, "Location")[0] == '/' && answer_header(answer, "Location")[1] != '/');
	else
		assert_non_null(type);
	if (type == NULL || strcmp(type, "text/html; charset=utf-8") != 0 || answer_header(answer, "Content-Disposition") != NULL)
		return;
	has(answer, "Cache-Control", "no-store");
	static const char *const never[] = { "<script", "<style", " style=", " onerror=\"", " onclick=", "javascript:", "<iframe", "src=\"http", "href=\"http", "data:" };
	for (size_t i = 0; i < COUNT(never); i++)
		if (scene_says(scene, never[i]))
			fail_msg("%s has %s", scene->request.target, never[i]);
	assert_true(scene_says(scene, "<!DOCTYPE html>") && scene_says(scene, "<h1>") && scene_says(scene, "lang=\"en-GB\"") && scene_says(scene, "href=\"#content\""));
}

static void every_route(void **state)
{
	struct scene *scene = *state;
	const struct route *route;
	for (size_t i = 0; (route = route_at(i)) != NULL; i++) {
		const char *path = path_of(scene, route);
		if (route->method == METHOD_GET)
			scene_get(scene, path);
		else
			scene_form(scene, path, secret_of(route), "login=clerk&password=x&id=m1&decision=1&count=1&reason=r"), scene_answer(scene);
		if (scene->answer.status != 200 && scene->answer.status != 303)
			fail_msg("%s %s: %d", route->method == METHOD_GET ? "GET" : "POST", path, scene->answer.status);
		is_safe(scene);
		bool kept = route->kind == ROUTE_STYLE || route->kind == ROUTE_ICON;
		if (!kept)
			has(&scene->answer, "Cache-Control", "no-store");
		if (route->kind == ROUTE_DEED && scene->answer.status != 303)
			fail_msg("POST %s: %d", path, scene->answer.status);
		/* Nobody in particular, and a desk that is away. */
		scene_request(scene, route->method == METHOD_GET ? "GET" : "POST", path);
		scene_answer(scene);
		is_safe(scene);
		if (!route->open && route->method == METHOD_GET && scene->answer.status != 303)
			fail_msg("%s without a log-in: %d", path, scene->answer.status);
		scene->away = true;
		scene_form(scene, path, secret_of(route), "login=clerk&password=x&decision=1");
		scene->request.method = route->method == METHOD_GET ? "GET" : "POST";
		scene_answer(scene);
		is_safe(scene);
		scene->away = false;
	}
}

/* Calls that a GET may make: each of them only shows. */
static void get_never_acts(void **state)
{
	static const char *const showing[] = { "me", "desk", "message", "search", "own", "statistics", "status", "journal", "link" };
	static const char *const methods[] = { "GET", "HEAD" };
	struct scene *scene = *state;
	const struct route *route;
	for (size_t i = 0; (route = route_at(i)) != NULL; i++) {
		for (size_t m = 0; m < COUNT(methods); m++) {
			scene_form(scene, arena_printf(scene->arena, "%s?deed=release&reason=r&decision=1&code=1&text=x", path_of(scene, route)), SCENE_SESSION, "deed=release&decision=1");
			scene->request.method = methods[m];
			scene_answer(scene);
			if (route->method == METHOD_POST && route_at(i)->kind != ROUTE_LOGIN && strcmp(route->path, "/export") != 0 && strcmp(route->path, "/link/{token}") != 0)
				assert_int_equal(scene->answer.status, 405);
			for (size_t k = 0; k < scene->asked_count; k++) {
				bool shows = false;
				for (size_t s = 0; s < COUNT(showing); s++)
					shows |= strcmp(showing[s], scene_asked(scene, k)) == 0;
				if (!shows)
					fail_msg("%s %s called %s", methods[m], route->path, scene_asked(scene, k));
			}
		}
	}
}

static void other_methods(void **state)
{
	static const char *const methods[] = { "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "post", "PROPFIND" };
	struct scene *scene = *state;
	for (size_t i = 0; i < COUNT(methods); i++) {
		scene_form(scene, "/message/m1/decide", SCENE_SESSION, "deed=release");
		scene->request.method = methods[i];
		assert_int_equal(scene_answer(scene)->status, 405);
		has(&scene->answer, "Allow", "POST");
		assert_int_equal(scene->asked_count, 0);
		is_safe(scene);
	}
	scene_form(scene, "/nothing", SCENE_SESSION, "");
	assert_int_equal(scene_answer(scene)->status, 404);
	is_safe(scene);
}

static const struct forgery {
	const char *what, *secret, *more, *header, *value;
	int status; /* 0: it is good */
} forgeries[] = {
	{ "our own form", SCENE_SESSION, "", NULL, NULL, 0 },
	{ "from our origin", SCENE_SESSION, "", "Origin", SCENE_ADDRESS, 0 },
	{ "from a page without referrer", SCENE_SESSION, "", "Origin", "null", 0 },
	{ "the browser says it is ours", SCENE_SESSION, "", "Sec-Fetch-Site", "same-origin", 0 },
	{ "sent again by hand", SCENE_SESSION, "", "Sec-Fetch-Site", "none", 0 },
	{ "no token", NULL, "", NULL, NULL, 403 },
	{ "another's token", "session-token-of-another", "", NULL, NULL, 403 },
	{ "an empty token", NULL, "csrf=&", NULL, NULL, 403 },
	{ "two tokens", SCENE_SESSION, "csrf=x&", NULL, NULL, 403 },
	{ "another site", SCENE_SESSION, "", "Origin", "https://evil.example", 403 },
	{ "http instead of https", SCENE_SESSION, "", "Origin", "http://" SCENE_HOST, 403 },
	{ "our name as a beginning", SCENE_SESSION, "", "Origin", SCENE_ADDRESS ".evil.example", 403 },
	{ "cross-site", SCENE_SESSION, "", "Sec-Fetch-Site", "cross-site", 403 },
	{ "a neighbour", SCENE_SESSION, "", "Sec-Fetch-Site", "same-site", 403 },
	{ "nonsense", SCENE_SESSION, "", "Sec-Fetch-Site", "", 403 },
	{ "origin null and cross-site, without token", NULL, "", "Origin", "null", 403 },
};

static void forged_forms(void **state)
{
	struct scene *scene = *state;
	const struct route *route;
	for (size_t i = 0; (route = route_at(i)) != NULL; i++) {
		if (route->method != METHOD_POST)
			continue;
		for (size_t f = 0; f < COUNT(forgeries); f++) {
			const struct forgery *forgery = &forgeries[f];
			const char *secret = forgery->secret != NULL && strcmp(forgery->secret, SCENE_SESSION) == 0 ? secret_of(route) : forgery->secret;
			scene_form(scene, path_of(scene, route), secret, arena_printf(scene->arena, "%slogin=clerk&password=x&decision=1", forgery->more));
			if (forgery->header != NULL)
				scene_header(scene, forgery->header, forgery->value);
			scene_answer(scene);
			bool refused = scene->answer.status == 403;
			if (refused != (forgery->status != 0) || (refused && scene->asked_count > 0) || (!refused && scene->asked_count == 0))
				fail_msg("POST %s, %s: %d, %zu calls", route->path, forgery->what, scene->answer.status, scene->asked_count);
			is_safe(scene);
		}
		/* A token of the other kind, and one made without any cookie at all. */
		scene_form(scene, path_of(scene, route), route->open ? SCENE_SESSION : SCENE_BEFORE, "login=clerk&password=x");
		assert_int_equal(scene_answer(scene)->status, 403);
		scene_form(scene, path_of(scene, route), "", "login=clerk&password=x");
		scene->headers[1].value = "nothing=here";
		scene_answer(scene);
		assert_int_equal(scene->answer.status, route->open ? 403 : 303);
		assert_int_equal(scene->asked_count, 0);
	}
}

static void requests_that_are_none(void **state)
{
	struct scene *scene = *state;
	static const struct {
		const char *target;
		int status;
	} targets[] = { { "//evil.example/", 400 }, { "http://" SCENE_HOST "/desk", 400 }, { "*", 400 }, { "/desk\xff", 400 }, { "/message/%00", 404 },
			{ "/desk?page=1&page=2", 400 }, { "/desk?page=x", 400 }, { "/desk?page=-1", 400 }, { "/desk?page=99999999999999999999", 400 },
			{ "/desk?page=%00", 400 }, { "/desk?page=%zz", 400 }, { "/search?from=2026-02-30", 400 }, { "/search?from=x", 400 },
			{ "/desk?page=", 200 }, { "/desk?nonsense=1", 200 }, { "/style-0000000000000000.css", 404 } };
	for (size_t i = 0; i < COUNT(targets); i++) {
		if (scene_get(scene, targets[i].target)->status != targets[i].status)
			fail_msg("%s: %d", targets[i].target, scene->answer.status);
		is_safe(scene);
	}
	static const struct {
		const char *first, *second;
		int status;
	} hosts[] = { { SCENE_HOST, NULL, 200 }, { "DESK.council.example", NULL, 200 }, { "evil.example", NULL, 421 }, { SCENE_HOST ":443", NULL, 421 },
		      { "", NULL, 421 }, { SCENE_HOST, "evil.example", 400 }, { SCENE_HOST, SCENE_HOST, 400 }, { NULL, NULL, 400 } };
	for (size_t i = 0; i < COUNT(hosts); i++) {
		scene_request(scene, "GET", "/desk");
		scene->headers[0].value = hosts[i].first;
		if (hosts[i].first == NULL)
			scene->request.header_count = 0;
		if (hosts[i].second != NULL)
			scene_header(scene, "host", hosts[i].second);
		scene_cookies(scene);
		if (scene_answer(scene)->status != hosts[i].status)
			fail_msg("host %zu: %d", i, scene->answer.status);
		is_safe(scene);
	}
	scene_form(scene, "/message/m1/decide", SCENE_SESSION, "deed=release");
	scene->headers[2].value = "multipart/form-data; boundary=x";
	assert_int_equal(scene_answer(scene)->status, 415);
	scene->headers[2].value = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
	assert_int_equal(scene_answer(scene)->status, 303);
	scene_form(scene, "/message/m1/decide", SCENE_SESSION, "deed=%ff");
	assert_int_equal(scene_answer(scene)->status, 400);
	scene_form(scene, "/message/m1/decide", SCENE_SESSION, "");
	scene->request.body_too_long = true;
	assert_int_equal(scene_answer(scene)->status, 413);
	assert_int_equal(scene->asked_count, 0);
	scene_request(scene, "GET", "/desk");
	scene_cookies(scene);
	scene_header(scene, "Sec-Fetch-Site", "cross-site");
	scene_header(scene, "Sec-Fetch-Mode", "no-cors");
	assert_int_equal(scene_answer(scene)->status, 403);
	assert_int_equal(scene->asked_count, 0);
	scene->headers[scene->request.header_count - 1].value = "navigate";
	assert_int_equal(scene_answer(scene)->status, 200);
}

/* What came in a moment ago is among the figures. */
static void figures_are_up_to_now(void **state)
{
	struct scene *scene = *state;
	int64_t before = scene_now();
	assert_int_equal(scene_get(scene, "/statistics")->status, 200);
	for (size_t i = 0; i < scene->asked_count; i++) {
		json_int_t to = 0;
		if (strcmp(scene_asked(scene, i), "statistics") != 0)
			continue;
		assert_int_equal(json_unpack(scene->asked[scene->asked_count - 1 - i], "{s:I}", "to", &to), 0);
		assert_true(to > before); /* the first second that is not counted */
		return;
	}
	fail();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_route, setup, teardown),
		cmocka_unit_test_setup_teardown(get_never_acts, setup, teardown),
		cmocka_unit_test_setup_teardown(other_methods, setup, teardown),
		cmocka_unit_test_setup_teardown(figures_are_up_to_now, setup, teardown),
		cmocka_unit_test_setup_teardown(forged_forms, setup, teardown),
		cmocka_unit_test_setup_teardown(requests_that_are_none, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
