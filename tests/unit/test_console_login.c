/* test_console_login.c - the log-in in one step and in two, where it leads, how a session ends, what the desk refuses and how that is shown.
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

static void leads_to(const struct scene *scene, const char *where)
{
	const char *location = answer_header(&scene->answer, "Location");
	if (scene->answer.status != 303 || location == NULL || strcmp(location, where) != 0)
		fail_msg("%d to %s, not %s", scene->answer.status, location != NULL ? location : "nowhere", where);
}

/* The value of the Set-Cookie that sets `name`, or NULL. */
static const char *cookie_given(const struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->answer.header_count; i++) {
		const struct http_header *header = &scene->answer.headers[i];
		if (strcmp(header->name, "Set-Cookie") == 0 && strncmp(header->value, name, strlen(name)) == 0 && header->value[strlen(name)] == '=')
			return header->value + strlen(name) + 1;
	}
	return NULL;
}

static const struct answer *log_in(struct scene *scene, const char *fields)
{
	scene_form(scene, "/login", SCENE_BEFORE, fields);
	scene->headers[1].value = "__Host-copyhold-before=" SCENE_BEFORE;
	return scene_answer(scene);
}

static void first_visit(void **state)
{
	struct scene *scene = *state;
	scene_request(scene, "GET", "/message/m1?x=1");
	scene_answer(scene);
	leads_to(scene, "/login?to=%2Fmessage%2Fm1%3Fx%3D1");
	assert_int_equal(scene->asked_count, 0);
	scene_request(scene, "GET", "/");
	scene_answer(scene);
	leads_to(scene, "/login");
	scene_request(scene, "GET", "/login?to=%2Fmessage%2Fm1%3Fx%3D1");
	assert_int_equal(scene_answer(scene)->status, 200);
	assert_non_null(cookie_given(scene, "__Host-copyhold-before"));
	assert_null(cookie_given(scene, "__Host-copyhold"));
	assert_true(scene_says(scene, "name=\"to\" value=\"/message/m1?x=1\""));
	assert_true(scene_says(scene, "autocomplete=\"current-password\""));
	scene_get(scene, "/login?to=%2Fsearch");
	leads_to(scene, "/search");
}

static void logs_in(void **state)
{
	struct scene *scene = *state;
	log_in(scene, "login=clerk&password=correct+horse&to=%2Fmessage%2Fm1");
	leads_to(scene, "/message/m1");
	assert_true(strncmp(cookie_given(scene, "__Host-copyhold"), SCENE_SESSION ";", strlen(SCENE_SESSION) + 1) == 0);
	assert_non_null(strstr(cookie_given(scene, "__Host-copyhold-before"), "Max-Age=0"));
	assert_int_equal(scene->asked_count, 1);
	assert_string_equal(answer_string(scene->asked[0], "password"), "correct horse");
	assert_true(json_is_null(json_object_get(scene->asked[0], "session")));
	assert_null(json_object_get(scene->asked[0], "code"));

	scene->answers[0][0] = "login";
	scene->answers[0][1] = "{\"ok\":true,\"session\":\"bad; Domain=.example\"}";
	assert_int_equal(log_in(scene, "login=clerk&password=x")->status, 502);
	assert_null(cookie_given(scene, "__Host-copyhold"));
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"denied\",\"text\":\"Name or password is wrong.\"}";
	assert_int_equal(log_in(scene, "login=Si%C3%A2n+%3Cb%3E&password=secret-word&to=%2Fdesk")->status, 403);
	assert_true(scene_says(scene, "Name or password is wrong.") && scene_says(scene, "value=\"Si\xc3\xa2n &lt;b&gt;\"") && scene_says(scene, "value=\"/desk\""));
	assert_false(scene_says(scene, "secret-word"));
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"throttled\",\"text\":\"Too many.\",\"wait\":90}";
	assert_int_equal(log_in(scene, "login=clerk&password=x")->status, 429);
	assert_string_equal(answer_header(&scene->answer, "Retry-After"), "90");
	assert_true(scene_says(scene, "90 seconds"));
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"throttled\",\"text\":\"Too many.\",\"wait\":301}";
	log_in(scene, "login=clerk&password=x");
	assert_true(scene_says(scene, "6 minutes"));
	static const char *const lacking[] = { "login=clerk", "password=x", "login=&password=x", "login=clerk&password=", "login=a&login=b&password=x" };
	for (size_t i = 0; i < COUNT(lacking); i++) {
		assert_int_equal(log_in(scene, lacking[i])->status, 400);
		assert_int_equal(scene->asked_count, 0);
	}
}

static void where_it_leads(void **state)
{
	static const char *const cases[][2] = {
		{ "/desk", "/desk" }, { "/desk?page=2", "/desk?page=2" }, { "/message/a%40b", "/message/a%40b" }, { "/link/abc", "/link/abc" },
		{ "/statistics?from=2026-01-01", "/statistics?from=2026-01-01" },
		{ "//evil.example", "/" }, { "///evil.example", "/" }, { "/\\evil.example", "/" }, { "\\\\evil.example", "/" }, { "/\t/evil.example", "/" },
		{ "https://evil.example/desk", "/" }, { "javascript:alert(1)", "/" }, { "desk", "/" }, { "", "/" }, { "/desk\r\nX: y", "/" },
		{ "/nothing", "/" }, { "/login", "/" }, { "/login?to=/desk", "/" }, { "/logout", "/" }, { "/message/m1/decide", "/" }, { "/message/../x", "/" },
		{ "/message/%2e%2e", "/" }, { "/desk#x\xc3\xa9", "/" }, { "/@evil.example", "/" }, { "/robots.txt", "/" },
	};
	struct scene *scene = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		log_in(scene, arena_printf(scene->arena, "login=clerk&password=x&to=%s", markup_url_part(scene->arena, cases[i][0])));
		leads_to(scene, cases[i][1]);
		scene_get(scene, arena_printf(scene->arena, "/login?to=%s", markup_url_part(scene->arena, cases[i][0])));
		leads_to(scene, cases[i][1]);
	}
	char *overlong = arena_alloc(scene->arena, 2000);
	memset(overlong, 'a', 1999);
	memcpy(overlong, "/search?text=", 13);
	log_in(scene, arena_printf(scene->arena, "login=clerk&password=x&to=%s", overlong));
	leads_to(scene, "/");
}

/* What stands in the hidden field of the page for the code. */
static const char *carried(struct scene *scene)
{
	size_t at = bytes_find(scene->answer.body, BYTES("name=\"carried\" value=\""), 0);
	assert_true(at != (size_t)-1);
	at += strlen("name=\"carried\" value=\"");
	return arena_string_of(scene->arena, bytes_slice(scene->answer.body, at, bytes_find_char(scene->answer.body, '"', at)));
}

static int64_t much_later(void)
{
	return SCENE_NOW + 301;
}

static void second_step(void **state)
{
	struct scene *scene = *state;
	scene->answers[0][0] = "login";
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"code\",\"text\":\"A code is needed.\"}";
	assert_int_equal(log_in(scene, "login=clerk&password=secret-word&to=%2Fstatus")->status, 200);
	assert_true(scene_says(scene, "autocomplete=\"one-time-code\""));
	assert_false(scene_says(scene, "secret-word"));
	assert_null(cookie_given(scene, "__Host-copyhold"));
	const char *sealed = carried(scene);
	const char *form = arena_printf(scene->arena, "carried=%s&code=123+456&to=%%2Fstatus", sealed);
	assert_int_equal(log_in(scene, form)->status, 403);
	assert_string_equal(answer_string(scene->asked[0], "code"), "123456");
	assert_string_equal(answer_string(scene->asked[0], "password"), "secret-word");
	assert_true(scene_says(scene, "This code is not right"));
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"denied\",\"text\":\"Wrong.\"}";
	assert_int_equal(log_in(scene, form)->status, 403);
	assert_true(scene_says(scene, "This code is not right") && strcmp(carried(scene), sealed) == 0);
	scene->answers[0][0] = NULL;

	/* By another browser, spoilt, or too late: from the beginning, and the desk is not asked. */
	scene_form(scene, "/login", "token-of-another-browser", form);
	scene->headers[1].value = "__Host-copyhold-before=token-of-another-browser";
	assert_int_equal(scene_answer(scene)->status, 403);
	assert_int_equal(scene->asked_count, 0);
	assert_int_equal(log_in(scene, "carried=AAAA&code=123456")->status, 403);
	assert_int_equal(scene->asked_count, 0);
	scene->console.now = much_later;
	assert_int_equal(log_in(scene, form)->status, 403);
	assert_int_equal(scene->asked_count, 0);
	scene->console.now = scene_now;
	log_in(scene, form);
	leads_to(scene, "/status");
	assert_non_null(cookie_given(scene, "__Host-copyhold"));
	scene->console.key[0] ^= 1; /* the program was started anew in between */
	assert_int_equal(log_in(scene, form)->status, 403);
}

static void ends(void **state)
{
	struct scene *scene = *state;
	scene_post(scene, "/logout", "");
	leads_to(scene, "/login?why=out");
	assert_string_equal(scene_asked(scene, 0), "logout");
	assert_non_null(strstr(cookie_given(scene, "__Host-copyhold"), "Max-Age=0"));
	scene->away = true;
	assert_int_equal(scene_post(scene, "/logout", "")->status, 503);
	assert_non_null(strstr(cookie_given(scene, "__Host-copyhold"), "Max-Age=0"));
	scene->away = false;

	scene->answers[0][0] = "me";
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"login\",\"text\":\"Log in.\"}";
	scene_get(scene, "/message/m1");
	leads_to(scene, "/login?to=%2Fmessage%2Fm1&why=ended");
	assert_non_null(strstr(cookie_given(scene, "__Host-copyhold"), "Max-Age=0"));
	assert_string_equal(scene_asked(scene, 0), "me");
	scene->answers[0][0] = "decide";
	scene_post(scene, "/message/m1/decide", "deed=release&reason=x");
	leads_to(scene, "/login?to=%2Fmessage%2Fm1&why=lost");
	scene_request(scene, "GET", "/login?to=%2Fmessage%2Fm1&why=lost");
	scene_answer(scene);
	assert_true(scene_says(scene, "what you sent was not done"));
	scene_request(scene, "GET", "/login?why=%3Cb%3Eyou+won");
	scene_answer(scene);
	assert_false(scene_says(scene, "you won"));
}

static void said_once(void **state)
{
	struct scene *scene = *state;
	scene_post(scene, "/message/m1/decide", "deed=release&recipients=a%40b.example&recipients=c%40d.example&reason=other&note=&only_if=held");
	assert_int_equal(scene->answer.status, 303);
	assert_int_equal(scene->asked_count, 1);
	const json_t *asked = scene->asked[0];
	assert_string_equal(answer_string(asked, "id"), "m1");
	assert_int_equal(json_array_size(json_object_get(asked, "recipients")), 2);
	assert_string_equal(answer_string(asked, "only_if"), "held");
	assert_null(json_object_get(asked, "note"));
	const char *where = answer_header(&scene->answer, "Location");
	assert_int_equal(strncmp(where, "/message/m1?said=", 17), 0);
	assert_int_equal(scene_get(scene, where)->status, 200);
	assert_true(scene_says(scene, "Your decision is recorded"));
	const char *elsewhere = arena_printf(scene->arena, "/message/m2%s", strchr(where, '?'));
	scene_get(scene, elsewhere);
	assert_false(scene_says(scene, "Your decision is recorded"));
	scene->console.now = much_later;
	scene_get(scene, where);
	assert_false(scene_says(scene, "Your decision is recorded"));
	scene->console.now = scene_now;
	scene_post(scene, "/message/m1/mark", "rule=copy&judged=&reason=x");
	assert_true(json_is_null(json_object_get(scene->asked[0], "judged")));
	scene_post(scene, "/message/m1/legal-hold", "on=yes&reason=x");
	assert_true(json_is_true(json_object_get(scene->asked[0], "on")));
	scene_post(scene, "/message/m1/undo", "decision=12");
	assert_int_equal(answer_number(scene->asked[0], "decision"), 12);
}

static const struct refusal_case {
	const char *json;
	int deed_status, page_status;
	const char *words, *retry;
} refusals[] = {
	{ "{\"ok\":false,\"error\":\"refused\",\"text\":\"You sent this message yourself.\"}", 403, 403, "You sent this message yourself.", NULL },
	{ "{\"ok\":false,\"error\":\"input\",\"text\":\"Give a reason <b>.\"}", 400, 400, "Give a reason &lt;b&gt;.", NULL },
	{ "{\"ok\":false,\"error\":\"retry\",\"text\":\"The store is busy.\"}", 503, 503, "The store is busy.", "5" },
	{ "{\"ok\":false,\"error\":\"conflict\",\"text\":\"Decided already.\",\"by\":\"Mo O'Neill\",\"at\":1774340000}", 409, 409, "Decided already. (Mo O&#39;Neill, Tuesday 24 March 2026, 08:13)", NULL },
	{ "{\"ok\":false,\"error\":\"gone\",\"text\":\"It is not there.\"}", 404, 404, "It is not there.", NULL },
	{ "{\"ok\":false,\"error\":\"throttled\",\"text\":\"Slow down.\",\"wait\":7}", 429, 429, "Slow down.", "7" },
	{ "{\"ok\":false,\"error\":\"surprise\",\"text\":\"What?\"}", 502, 502, "What?", NULL },
	{ "{}", 502, 502, NULL, NULL },
	{ "{\"ok\":\"true\"}", 502, 502, NULL, NULL },
};

static void refused(void **state)
{
	struct scene *scene = *state;
	for (size_t i = 0; i < COUNT(refusals); i++) {
		const struct refusal_case *want = &refusals[i];
		for (int deed = 0; deed < 2; deed++) {
			scene->answers[0][0] = deed ? "decide" : "message";
			scene->answers[0][1] = want->json;
			if (deed)
				scene_post(scene, "/message/m1/decide", "deed=release&reason=other&note=Kept+%3Cwords%3E");
			else
				scene_get(scene, "/message/m1");
			const char *retry = answer_header(&scene->answer, "Retry-After");
			if (scene->answer.status != (deed ? want->deed_status : want->page_status) || (want->words != NULL && !scene_says(scene, want->words)) ||
			    (want->retry == NULL) != (retry == NULL) || (retry != NULL && strcmp(retry, want->retry) != 0))
				fail_msg("%s, %s: %d, Retry-After %s", want->json, deed ? "deed" : "page", scene->answer.status, retry != NULL ? retry : "none");
			if (deed && strstr(want->json, "gone") == NULL)
				assert_true(scene_says(scene, "Please note:") && scene_says(scene, "<title>Problem: "));
		}
	}
	scene->answers[0][0] = "decide";
	scene->answers[0][1] = refusals[1].json;
	scene_post(scene, "/message/m1/decide", "deed=release&reason=other&note=Kept+%3Cwords%3E");
	assert_true(scene_says(scene, "Kept &lt;words&gt;"));
	assert_string_equal(scene_asked(scene, 0), "message");
	scene->answers[0][0] = NULL;
	scene->away = true;
	scene_get(scene, "/desk");
	assert_int_equal(scene->answer.status, 503);
	assert_string_equal(answer_header(&scene->answer, "Retry-After"), "30");
	scene_post(scene, "/message/m1/decide", "deed=release");
	assert_int_equal(scene->answer.status, 503);
	assert_true(scene_says(scene, "may or may not have been done") && scene_says(scene, "href=\"/message/m1\""));
	assert_false(scene_says(scene, "What you had written"));
	scene_post(scene, "/message/m1/decide", "deed=release&reason=other&note=Typed+%3Cb%3Ebefore");
	assert_true(scene_says(scene, "What you had written") && scene_says(scene, "Typed &lt;b&gt;before") && !scene_says(scene, ">other<"));
	scene_post(scene, "/message/m1/content", "reason=To+look+at+it");
	assert_true(scene_says(scene, "To look at it"));
	scene_form(scene, "/message/m1/content", "not-the-session", "reason=Of+another+site");
	assert_int_equal(scene_answer(scene)->status, 403);
	assert_false(scene_says(scene, "Of another site"));
	assert_int_equal(log_in(scene, "login=clerk&password=x")->status, 503);
}

static void documents(void **state)
{
	struct scene *scene = *state;
	size_t asked = scene->asked_count;
	assert_int_equal(scene_get(scene, "/report?form=pdf")->status, 405);
	assert_int_equal(scene->asked_count, asked);
	assert_int_equal(scene_post(scene, "/report", "form=pdf")->status, 200);
	assert_string_equal(answer_header(&scene->answer, "Content-Type"), "application/pdf");
	assert_string_equal(answer_header(&scene->answer, "Content-Disposition"), "attachment; filename=\"report.pdf\"");
	assert_true(bytes_equal(scene->answer.body, BYTES("%PDF-1.4\n")));
	assert_int_equal(answer_number(scene->asked[0], "to"), SCENE_NOW + 1);
	assert_int_equal(answer_number(scene->asked[0], "from"), SCENE_NOW - 84 * 86400);
	scene_post(scene, "/export", "person=sian%40council.example&form=html&redact=yes&reason=x");
	assert_string_equal(answer_header(&scene->answer, "Content-Disposition"), "attachment; filename=\"-.-e-x.html\"");
	assert_true(json_is_true(json_object_get(scene->asked[0], "redact")));
	assert_true(bytes_equal(scene->answer.body, BYTES("<p>")));
	scene->answers[0][0] = "report";
	static const char *const bad[] = { "{\"ok\":true,\"document\":\"<p>\",\"type\":\"image/svg+xml\",\"name\":\"x\"}",
					   "{\"ok\":true,\"document\":\"***\",\"type\":\"application/pdf\",\"name\":\"x\"}", "{\"ok\":true}" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		scene->answers[0][1] = bad[i];
		assert_int_equal(scene_post(scene, "/report", "form=pdf")->status, 502);
	}
}

/* Dates begin and end where they do in London. */
static void dates(void **state)
{
	static const struct {
		const char *query;
		int64_t from, to;
	} cases[] = {
		{ "from=2026-01-15&to=2026-01-15", 1768435200, 1768521599 },
		{ "from=2026-07-01&to=2026-07-01", 1782860400, 1782946799 }, /* summer */
		{ "from=2026-03-29&to=2026-03-29", 1774742400, 1774825199 }, /* of 23 hours */
		{ "from=2026-10-25&to=2026-10-25", 1792882800, 1792972799 }, /* of 25 */
	};
	struct scene *scene = *state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		scene_get(scene, arena_printf(scene->arena, "/search?%s", cases[i].query));
		assert_int_equal(scene->answer.status, 200);
		assert_int_equal(answer_number(scene->asked[1], "from"), cases[i].from);
		assert_int_equal(answer_number(scene->asked[1], "to"), cases[i].to);
	}
	scene_get(scene, "/search");
	assert_string_equal(scene_asked(scene, 0), "me");
}

static void links(void **state)
{
	struct scene *scene = *state;
	scene_request(scene, "GET", "/link/abc");
	assert_int_equal(scene_answer(scene)->status, 200);
	assert_non_null(cookie_given(scene, "__Host-copyhold-before"));
	assert_true(scene_says(scene, "action=\"/link/abc\"") && scene_says(scene, "name=\"csrf\""));
	scene->answers[0][0] = "link";
	scene->answers[0][1] = "{\"ok\":true,\"id\":\"a/b ?\",\"purpose\":\"desk\",\"entry\":{}}";
	scene_request(scene, "GET", "/link/abc");
	scene_answer(scene);
	leads_to(scene, "/message/a%2Fb%20%3F");
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"gone\",\"text\":\"This link has expired.\"}";
	assert_int_equal(scene_get(scene, "/link/abc")->status, 404);
	assert_true(scene_says(scene, "This link has expired."));
	scene->answers[0][1] = "{\"ok\":false,\"error\":\"login\",\"text\":\"Log in first.\"}";
	scene_request(scene, "GET", "/link/abc");
	scene_answer(scene);
	leads_to(scene, "/login?to=%2Flink%2Fabc");
	scene->answers[0][0] = NULL;
	scene_form(scene, "/link/abc", SCENE_BEFORE, "deed=withdraw&text=");
	assert_int_equal(scene_answer(scene)->status, 200);
	assert_string_equal(scene_asked(scene, 0), "own-act");
	assert_string_equal(answer_string(scene->asked[0], "token"), "abc");
}

static void first_page(void **state)
{
	static const char *const cases[][2] = {
		{ "[\"desk\",\"statistics\"]", "/desk" }, { "[\"own\"]", "/own" }, { "[\"status\",\"statistics\"]", "/statistics" }, { "[\"status\"]", "/status" },
	};
	struct scene *scene = *state;
	scene->answers[0][0] = "me";
	for (size_t i = 0; i < COUNT(cases); i++) {
		scene->answers[0][1] = arena_printf(scene->arena, "{\"ok\":true,\"name\":\"n\",\"role\":\"member\",\"may\":%s}", cases[i][0]);
		scene_get(scene, "/");
		leads_to(scene, cases[i][1]);
	}
	scene->answers[0][1] = "{\"ok\":true,\"may\":[1,null]}";
	assert_int_equal(scene_get(scene, "/")->status, 403);
}

/* Whoever may not do what a form leads to is told so, with or without a question in the address, and the desk is not troubled. */
static void no_empty_forms(void **state)
{
	static const char *const paths[][3] = { { "/search", "search", "[\"desk\",\"export\"]" }, { "/search?text=x", "search", "[\"desk\",\"export\"]" },
						{ "/export", "export", "[\"desk\",\"search\"]" } };
	struct scene *scene = *state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		scene->answers[0][0] = NULL;
		assert_int_equal(scene_get(scene, paths[i][0])->status, 200);
		assert_true(scene_says(scene, arena_printf(scene->arena, "id=\"%s\"", paths[i][1])));
		scene->answers[0][0] = "me";
		scene->answers[0][1] = arena_printf(scene->arena, "{\"ok\":true,\"name\":\"n\",\"role\":\"auditor\",\"may\":%s}", paths[i][2]);
		assert_int_equal(scene_get(scene, paths[i][0])->status, 403);
		assert_true(scene_says(scene, "This is not open to the role &quot;auditor&quot;.") || scene_says(scene, "This is not open to the role \"auditor\"."));
		assert_false(scene_says(scene, arena_printf(scene->arena, "id=\"%s\"", paths[i][1])));
		assert_int_equal(scene->asked_count, 1);
	}
	scene->answers[1][0] = "export";
	scene->answers[1][1] = "{\"ok\":false,\"error\":\"refused\",\"text\":\"This is not open to the role \\\"auditor\\\".\"}";
	scene->answers[0][1] = "{\"ok\":true,\"name\":\"n\",\"role\":\"auditor\",\"may\":[\"journal\"]}";
	assert_int_equal(scene_post(scene, "/export", "person=x&form=html&reason=x")->status, 403);
	assert_false(scene_says(scene, "id=\"export\""));
}

/* On this machine only: no https, so neither __Host- nor Secure, nor a promise of https. */
static void without_https(void **state)
{
	struct scene *scene = *state;
	scene->console.https = scene->console.behind_proxy = false;
	scene->console.address = "http://127.0.0.1:8025";
	scene_request(scene, "GET", "/login");
	scene->headers[0].value = "127.0.0.1:8025";
	assert_int_equal(scene_answer(scene)->status, 200);
	assert_null(strstr(cookie_given(scene, "copyhold-before"), "Secure"));
	assert_null(answer_header(&scene->answer, "Strict-Transport-Security"));
	scene_request(scene, "GET", "/desk");
	scene->headers[0].value = "127.0.0.1:8025";
	scene_header(scene, "Cookie", "copyhold=" SCENE_SESSION);
	scene_header(scene, "X-Forwarded-For", "198.51.100.1");
	assert_int_equal(scene_answer(scene)->status, 200);
	assert_string_equal(answer_string(scene->asked[0], "client"), "127.0.0.1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(first_visit, setup, teardown),	 cmocka_unit_test_setup_teardown(logs_in, setup, teardown),
		cmocka_unit_test_setup_teardown(where_it_leads, setup, teardown), cmocka_unit_test_setup_teardown(second_step, setup, teardown),
		cmocka_unit_test_setup_teardown(ends, setup, teardown),		 cmocka_unit_test_setup_teardown(said_once, setup, teardown),
		cmocka_unit_test_setup_teardown(refused, setup, teardown),	 cmocka_unit_test_setup_teardown(documents, setup, teardown),
		cmocka_unit_test_setup_teardown(dates, setup, teardown),	 cmocka_unit_test_setup_teardown(links, setup, teardown),
		cmocka_unit_test_setup_teardown(first_page, setup, teardown),	 cmocka_unit_test_setup_teardown(without_https, setup, teardown),
		cmocka_unit_test_setup_teardown(no_empty_forms, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
