/* test_request.c - the pieces a request is taken apart with: target, headers, cookies, forms, tokens; hostile ones first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "console/cookie.h"
#include "console/form.h"
#include "console/request.h"
#include "console/route.h"
#include "console/token.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int setup(void **state)
{
	*state = arena_new();
	return sodium_init() < 0;
}

static int teardown(void **state)
{
	struct arena *arena = *state;
	arena_free(&arena);
	return 0;
}

static void targets(void **state)
{
	static const struct {
		const char *target;
		bool good;
	} cases[] = {
		{ "/", true },		 { "/desk?page=2", true },    { "/message/a%20b", true }, { "", false },
		{ "desk", false },	 { "//evil.example/", false }, { "/\\evil.example", false }, { "http://evil.example/", false },
		{ "*", false },		 { "/a b", false },	      { "/a\tb", false },	 { "/a\r\nSet-Cookie:x", false },
		{ "/caf\xc3\xa9", false }, { "/a\x7f", false },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes path, query;
		struct request request = { .target = cases[i].target };
		if (request_target(&request, &path, &query) != cases[i].good)
			fail_msg("\"%s\" should be %s", cases[i].target, cases[i].good ? "good" : "refused");
	}
	struct text overlong = TEXT_INIT;
	text_add_char(&overlong, '/');
	while (overlong.length <= TARGET_LONGEST)
		text_add_char(&overlong, 'a');
	struct bytes path, query;
	assert_false(request_target(&(struct request){ .target = text_string(&overlong) }, &path, &query));
	text_truncate(&overlong, TARGET_LONGEST);
	assert_true(request_target(&(struct request){ .target = text_string(&overlong) }, &path, &query));
	text_release(&overlong);
	assert_true(request_target(&(struct request){ .target = "/a?b?c" }, &path, &query));
	assert_true(bytes_equal(path, BYTES("/a")) && bytes_equal(query, BYTES("b?c")));
}

static void paths(void **state)
{
	struct arena *arena = *state;
	static const struct {
		const char *path, *route, *part; /* route NULL: there is none */
	} cases[] = {
		{ "/desk", "/desk", NULL },
		{ "/desk/", NULL, NULL },
		{ "/DESK", NULL, NULL },
		{ "/message/a1", "/message/{id}", "a1" },
		{ "/message/a%40b", "/message/{id}", "a@b" },
		{ "/message/Si%C3%A2n", "/message/{id}", "Si\xc3\xa2n" },
		{ "/message/%252e", "/message/{id}", "%2e" },
		{ "/message/...", "/message/{id}", "..." },
		{ "/message/a/b", NULL, NULL },
		{ "/message/", NULL, NULL },
		{ "/message//", NULL, NULL },
		{ "/message/..", NULL, NULL },
		{ "/message/.", NULL, NULL },
		{ "/message/%2e%2E", NULL, NULL },
		{ "/message/..%2f..%2fetc%2fpasswd", NULL, NULL },
		{ "/message/a%2Fb", NULL, NULL },
		{ "/message/a%5cb", NULL, NULL },
		{ "/message/%00", NULL, NULL },
		{ "/message/a%00b", NULL, NULL },
		{ "/message/a%0ab", NULL, NULL },
		{ "/message/%7f", NULL, NULL },
		{ "/message/%", NULL, NULL },
		{ "/message/%4", NULL, NULL },
		{ "/message/%zz", NULL, NULL },
		{ "/message/%ff", NULL, NULL },
		{ "/message/%c0%ae", NULL, NULL },
		{ "/message/%ed%a0%80", NULL, NULL },
		{ "/../etc/passwd", NULL, NULL },
		{ "/style-.css", NULL, NULL },
		{ "/style-0.css", "/style-{digest}.css", "0" },
		{ "/style-0.cssx", NULL, NULL },
		{ "/", "/", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *part, *methods;
		const struct route *route = route_find(arena, METHOD_GET, bytes_of(cases[i].path), &part, &methods);
		if ((route == NULL) != (cases[i].route == NULL) || (route == NULL) != (methods == NULL))
			fail_msg("%s: %s", cases[i].path, route != NULL ? route->path : "nothing");
		if (route != NULL && (strcmp(route->path, cases[i].route) != 0 || (cases[i].part != NULL && strcmp(part, cases[i].part) != 0)))
			fail_msg("%s: %s with \"%s\"", cases[i].path, route->path, part);
	}
	char *overlong = arena_alloc(arena, 700);
	memset(overlong, 'a', 610);
	memcpy(overlong, "/message/", 9);
	const char *part, *methods;
	assert_null(route_find(arena, METHOD_GET, bytes_of(overlong), &part, &methods));
	overlong[609] = '\0';
	assert_non_null(route_find(arena, METHOD_GET, bytes_of(overlong), &part, &methods));
	assert_null(route_find(arena, METHOD_POST, BYTES("/desk"), &part, &methods));
	assert_string_equal(methods, "GET, HEAD");
	assert_null(route_find(arena, METHOD_OTHER, BYTES("/login"), &part, &methods));
	assert_string_equal(methods, "GET, HEAD, POST");
	assert_null(route_find(arena, METHOD_GET, BYTES("/logout"), &part, &methods));
	assert_string_equal(methods, "POST");
}

static void headers(void **state)
{
	const struct http_header list[] = { { "Host", "a" }, { "hOST", "b" }, { "Origin", "x" }, { "Cookie", NULL } };
	struct request request = { .headers = list, .header_count = 3 };
	assert_null(request_header(&request, "host"));
	assert_int_equal(request_header_count(&request, "HOST"), 2);
	assert_string_equal(request_header(&request, "origin"), "x");
	assert_null(request_header(&request, "Cookie"));
	request.header_count = 4;
	assert_string_equal(request_header(&request, "Cookie"), "");
	assert_false(request_is_swollen(&request));
	struct http_header many[HEADERS_MOST + 1];
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = (struct http_header){ "A", "b" };
	assert_true(request_is_swollen(&(struct request){ .headers = many, .header_count = COUNT(many) }));
	char *fat = arena_alloc(*state, HEADERS_LONGEST + 1);
	memset(fat, 'a', HEADERS_LONGEST);
	many[0].value = fat;
	assert_true(request_is_swollen(&(struct request){ .headers = many, .header_count = 1 }));
}

static void clients(void **state)
{
	static const struct {
		const char *peer, *told, *told_later;
		bool behind_proxy;
		const char *client;
	} cases[] = {
		{ "192.0.2.7", NULL, NULL, true, "192.0.2.7" },
		{ "192.0.2.7", "198.51.100.1", NULL, true, "192.0.2.7" },   /* no proxy of ours */
		{ "127.0.0.1", "198.51.100.1", NULL, false, "127.0.0.1" },  /* nor here */
		{ "127.0.0.1", "198.51.100.1", NULL, true, "198.51.100.1" },
		{ "::1", "198.51.100.1", NULL, true, "198.51.100.1" },
		{ "::ffff:127.0.0.1", "198.51.100.1", NULL, true, "198.51.100.1" },
		{ NULL, "198.51.100.1", NULL, true, "198.51.100.1" },
		{ NULL, "203.0.113.9, 198.51.100.1", NULL, true, "198.51.100.1" }, /* what the browser itself wrote stands first */
		{ NULL, "203.0.113.9", "198.51.100.1", true, "198.51.100.1" },
		{ NULL, "198.51.100.1, ", NULL, true, "127.0.0.1" },
		{ NULL, "2001:DB8::0:1", NULL, true, "2001:db8::1" },
		{ NULL, "[2001:db8::1]", NULL, true, "2001:db8::1" },
		{ NULL, "::ffff:198.51.100.1", NULL, true, "198.51.100.1" },
		{ NULL, "<script>", NULL, true, "127.0.0.1" },
		{ NULL, "198.51.100.1:4711", NULL, true, "127.0.0.1" },
		{ NULL, NULL, NULL, true, "127.0.0.1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct http_header list[] = { { "X-Forwarded-For", cases[i].told }, { "x-forwarded-for", cases[i].told_later } };
		struct request request = { .peer = cases[i].peer, .headers = list };
		request.header_count = cases[i].told == NULL ? 0 : cases[i].told_later == NULL ? 1 : 2;
		const char *client = request_client(&request, cases[i].behind_proxy, *state);
		if (strcmp(client, cases[i].client) != 0)
			fail_msg("case %zu: %s, not %s", i, client, cases[i].client);
	}
}

static void cookies(void **state)
{
	static const struct {
		const char *header;
		bool https;
		const char *value;
	} cases[] = {
		{ "copyhold=abc", false, "abc" },
		{ "a=b; copyhold=abc; c=d", false, "abc" },
		{ "a=b;copyhold=A-z_9", false, "A-z_9" },
		{ "copyhold=abc", true, NULL },			/* behind https only the one no neighbour can set */
		{ "__Host-copyhold=abc", true, "abc" },
		{ "__Host-copyhold=abc", false, NULL },
		{ "copyhold=other; __Host-copyhold=abc", true, "abc" },
		{ "copyhold=a; copyhold=b", false, NULL },	/* whose is it? */
		{ "Copyhold=abc", false, NULL },
		{ "xcopyhold=abc", false, NULL },
		{ "copyhold-before=abc", false, NULL },
		{ "copyhold=", false, NULL },
		{ "copyhold", false, NULL },
		{ "copyhold=\"abc\"", false, NULL },
		{ "copyhold=a b", false, NULL },
		{ "copyhold=a,b", false, NULL },
		{ "copyhold=a%00", false, NULL },
		{ "copyhold==abc", false, NULL },
		{ ";;; ; copyhold=abc;;", false, "abc" },
		{ "", false, NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *value = cookie_find(*state, bytes_of(cases[i].header), COOKIE_SESSION, cases[i].https);
		if ((value == NULL) != (cases[i].value == NULL) || (value != NULL && strcmp(value, cases[i].value) != 0))
			fail_msg("\"%s\": %s", cases[i].header, value != NULL ? value : "nothing");
	}
	char overlong[COOKIE_LONGEST + 2] = { 0 };
	memset(overlong, 'a', COOKIE_LONGEST + 1);
	assert_false(cookie_is_token(bytes_of(overlong)));
	assert_string_equal(cookie_set(*state, COOKIE_SESSION, true, "abc"), "__Host-copyhold=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
	assert_string_equal(cookie_set(*state, COOKIE_SESSION, false, "abc"), "copyhold=abc; Path=/; HttpOnly; SameSite=Lax");
	assert_string_equal(cookie_set(*state, COOKIE_BEFORE, true, NULL), "__Host-copyhold-before=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
}

static void forms(void **state)
{
	struct fields fields;
	struct error err = ERROR_INIT;
	assert_true(fields_read(*state, BYTES("a=1&b=x+y%26z&a=2&&c&d=&=e&n=O%27Neill&l=1%0D%0A2%0D3"), &fields, &err));
	assert_null(fields_only(&fields, "a"));
	assert_int_equal(fields_count(&fields, "a"), 2);
	assert_true(fields_has(&fields, "a", "2") && !fields_has(&fields, "a", "3"));
	assert_string_equal(fields_only(&fields, "b"), "x y&z");
	assert_string_equal(fields_only(&fields, "c"), "");
	assert_string_equal(fields_only(&fields, "d"), "");
	assert_string_equal(fields_only(&fields, ""), "e");
	assert_string_equal(fields_only(&fields, "n"), "O'Neill");
	assert_string_equal(fields_only(&fields, "l"), "1\n2\n3");
	assert_null(fields_only(&fields, "z"));

	static const char *const bad[] = { "a=%", "a=%1", "a=%gg", "a=%00", "%00=a", "a=%ff", "a=%c3", "a=\xff", "a=%ed%b0%80" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		if (fields_read(*state, bytes_of(bad[i]), &fields, &err))
			fail_msg("\"%s\" was read", bad[i]);
		assert_int_equal(err.kind, ERROR_INPUT);
		assert_int_equal(fields.count, 0);
		error_release(&err);
	}
	assert_false(fields_read(*state, (struct bytes){ "a=\0b", 4 }, &fields, &err));
	error_release(&err);
	struct text many = TEXT_INIT;
	for (size_t i = 0; i < FIELDS_MOST; i++)
		text_add(&many, "a=b&");
	assert_true(fields_read(*state, text_bytes(&many), &fields, &err));
	text_add(&many, "a=b");
	assert_false(fields_read(*state, text_bytes(&many), &fields, &err));
	error_release(&err);
	text_release(&many);
	char *fat = arena_alloc(*state, FORM_LONGEST + 1);
	memset(fat, 'a', FORM_LONGEST + 1);
	assert_false(fields_read(*state, (struct bytes){ fat, FORM_LONGEST + 1 }, &fields, &err));
	error_release(&err);
}

/* `text` with one character changed to another that it may have. */
static const char *spoilt(struct arena *arena, const char *text, size_t at)
{
	char *copy = arena_string(arena, text);
	copy[at] = copy[at] == 'A' ? 'B' : 'A';
	return copy;
}

static void form_tokens(void **state)
{
	const char *token = token_for_form(*state, "session-one");
	assert_true(token_is_of_form(token, "session-one"));
	assert_true(token_is_of_form(token_for_form(*state, "session-one"), "session-one"));
	assert_string_not_equal(token, token_for_form(*state, "session-one"));
	assert_false(token_is_of_form(token, "session-two"));
	assert_false(token_is_of_form(token, "session-on"));
	assert_false(token_is_of_form(token, NULL));
	assert_false(token_is_of_form(NULL, "session-one"));
	assert_false(token_is_of_form("", "session-one"));
	assert_false(token_is_of_form(arena_printf(*state, "%sA", token), "session-one"));
	for (size_t i = 0; i < strlen(token); i++)
		assert_false(token_is_of_form(spoilt(*state, token, i), "session-one"));
	/* A pad of noughts and no proof, and other proofs of the same secret. */
	assert_false(token_is_of_form("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "session-one"));
}

static void sentences(void **state)
{
	size_t number = 99;
	const char *said = token_for_sentence(*state, "session-one", "/message/a", 7, 1000);
	assert_true(token_sentence(*state, said, "session-one", "/message/a", 1000, &number));
	assert_int_equal(number, 7);
	assert_true(token_sentence(*state, said, "session-one", "/message/a", 1060, &number));
	assert_false(token_sentence(*state, said, "session-one", "/message/a", 1061, &number));
	assert_false(token_sentence(*state, said, "session-one", "/message/a", 999, &number));
	assert_false(token_sentence(*state, said, "session-one", "/message/b", 1000, &number));
	assert_false(token_sentence(*state, said, "session-two", "/message/a", 1000, &number));
	assert_false(token_sentence(*state, NULL, "session-one", "/message/a", 1000, &number));
	for (size_t i = 0; i < strlen(said); i++)
		assert_false(token_sentence(*state, spoilt(*state, said, i), "session-one", "/message/a", 1000, &number));
	static const char *const bad[] = { "", "7", "7-", "7-1000", "7-1000-", "-7-1000-x", "99999999999999999999-1000-x", "7-99999999999999999999-x", " 7-1000-x" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(token_sentence(*state, bad[i], "session-one", "/message/a", 1000, &number));
}

static void seals(void **state)
{
	unsigned char key[TOKEN_KEY_LENGTH] = { 1 }, other[TOKEN_KEY_LENGTH] = { 2 };
	struct bytes plain;
	for (size_t length = 0; length < 9; length++) {
		const char *sealed = token_seal(*state, key, (struct bytes){ "password", length });
		assert_true(token_open(*state, key, sealed, &plain));
		assert_true(bytes_equal(plain, (struct bytes){ "password", length }));
		assert_false(token_open(*state, other, sealed, &plain));
		for (size_t i = 0; i < strlen(sealed); i++)
			assert_false(token_open(*state, key, spoilt(*state, sealed, i), &plain));
	}
	static const char *const bad[] = { "", "A", "AAAA", "!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(token_open(*state, key, bad[i], &plain));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(targets, setup, teardown),     cmocka_unit_test_setup_teardown(paths, setup, teardown),
		cmocka_unit_test_setup_teardown(headers, setup, teardown),     cmocka_unit_test_setup_teardown(clients, setup, teardown),
		cmocka_unit_test_setup_teardown(cookies, setup, teardown),     cmocka_unit_test_setup_teardown(forms, setup, teardown),
		cmocka_unit_test_setup_teardown(form_tokens, setup, teardown), cmocka_unit_test_setup_teardown(sentences, setup, teardown),
		cmocka_unit_test_setup_teardown(seals, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
