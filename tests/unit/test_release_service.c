/* test_release_service.c - what libcurl really does on the wire, against a server that follows a script.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "review/release_service.h"
#include "smtp_server.h"

static struct release_service service_of(const struct server *server, int timeout)
{
	return (struct release_service){ .socket = server->path, .timeout = timeout, .helo = "mail.marlbrook.example" };
}

static void bodies_arrive_byte_for_byte(void **state)
{
	static const struct {
		const char *name, *body, *arrives; /* NULL: the same */
	} cases[] = {
		{ "plain", "A: b\r\n\r\nhello\r\n", NULL },
		{ "lone dot", "A: b\r\n\r\nx\r\n.\r\ny\r\n", NULL },
		{ "lone dot at the end", "A: b\r\n\r\nx\r\n.\r\n", NULL },
		{ "two lone dots", "A: b\r\n\r\n.\r\n.\r\n", NULL },
		{ "dots at line starts", "A: b\r\n\r\n.a\r\n..b\r\n...\r\n", NULL },
		{ "first octet is a dot", ".A: b\r\n\r\nx\r\n", NULL },
		{ "no final newline", "A: b\r\n\r\nx", "A: b\r\n\r\nx\r\n" },
		{ "ends in a dot without newline", "A: b\r\n\r\nx\r\n.", "A: b\r\n\r\nx\r\n.\r\n" },
		{ "ends in CR", "A: b\r\n\r\nx\r", "A: b\r\n\r\nx\r\r\n" },
		{ "bare CR", "A: b\r\n\r\nx\ry\r\r\n.\rz\r\n", NULL },
		{ "CR CR LF dot", "A: b\r\n\r\nx\r\r\n.\r\ny\r\n", NULL },
		{ "bare LF", "A: b\r\n\r\nx\n.\ny\r\n", "A: b\r\n\r\nx\r\n.\r\ny\r\n" },
		{ "8 bit", "A: b\r\n\r\nSi\xc3\xa2n \xff\x80\r\n", NULL },
		{ "empty lines at the end", "A: b\r\n\r\nx\r\n\r\n\r\n", NULL },
		{ "header only", "A: b\r\n", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct server server;
		const char *reply = NULL;
		server_start(&server, WELL, true);
		struct release_service service = service_of(&server, 10);
		assert_int_equal(release_send(arena, &service, "a@b.example", "c@d.example", bytes_of(cases[i].body), &reply), RELEASE_ACCEPTED);
		assert_string_equal(reply, "250 2.0.0 Ok: queued as 4ABC");
		server_wait(&server);
		struct bytes arrives = bytes_of(cases[i].arrives != NULL ? cases[i].arrives : cases[i].body);
		if (!bytes_equal(text_bytes(&server.data), arrives))
			fail_msg("%s: %s", cases[i].name, text_string(&server.data));
		server_free(&server);
		arena_free(&arena);
	}
	(void)state;
}

/* 1 MB of what is likeliest to go wrong, in lines whose ends fall anywhere in libcurl's buffers; NUL included. */
static void large_bodies_arrive(void **state)
{
	static const char octets[] = { '\r', '\n', '.', '.', 'x', '\0', '\xe9', '\r' };
	struct arena *arena = arena_new();
	struct text body = TEXT_INIT;
	struct server server;
	const char *reply = NULL;
	unsigned seed = 7;
	text_add(&body, "Subject: x\r\n\r\n");
	while (body.length < (size_t)1024 * 1024) {
		seed = seed * 1103515245u + 12345u;
		char c = octets[(seed >> 16) % sizeof octets];
		if (c == '\n' && body.data[body.length - 1] != '\r')
			text_add_char(&body, '\r');
		text_add_char(&body, c);
	}
	text_add(&body, "\r\n");
	server_start(&server, WELL, true);
	struct release_service service = service_of(&server, 20);
	assert_int_equal(release_send(arena, &service, "", "c@d.example", text_bytes(&body), &reply), RELEASE_ACCEPTED);
	server_wait(&server);
	assert_true(bytes_equal(text_bytes(&server.data), text_bytes(&body)));
	server_free(&server);
	server_start(&server, MIDDLE_CLOSES, true);
	assert_int_equal(release_send(arena, &service, "", "c@d.example", text_bytes(&body), &reply), RELEASE_LATER);
	server_wait(&server);
	server_free(&server);
	text_release(&body);
	arena_free(&arena);
	(void)state;
}

static void envelopes_are_exact(void **state)
{
	static const struct {
		const char *from, *to;
		bool utf8;
		const char *commands;
	} cases[] = {
		{ "", "c@d.example", false, "EHLO mail.marlbrook.example\r\nMAIL FROM:<>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nQUIT\r\n" },
		{ "", "c@d.example", true, "EHLO mail.marlbrook.example\r\nMAIL FROM:<> SIZE=7\r\nRCPT TO:<c@d.example>\r\nDATA\r\nQUIT\r\n" },
		{ "a+b@c.example", "o'neill@d.example", true,
		  "EHLO mail.marlbrook.example\r\nMAIL FROM:<a+b@c.example> SIZE=7\r\nRCPT TO:<o'neill@d.example>\r\nDATA\r\nQUIT\r\n" },
		{ "a@c.example", "si\xc3\xa2n@d.example", true,
		  "EHLO mail.marlbrook.example\r\nMAIL FROM:<a@c.example> SIZE=7 SMTPUTF8\r\nRCPT TO:<si\xc3\xa2n@d.example>\r\nDATA\r\nQUIT\r\n" },
		{ "\"a>b\"@c.example", "root", false,
		  "EHLO mail.marlbrook.example\r\nMAIL FROM:<\"a>b\"@c.example>\r\nRCPT TO:<root>\r\nDATA\r\nQUIT\r\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct server server;
		const char *reply = NULL;
		server_start(&server, WELL, cases[i].utf8);
		struct release_service service = service_of(&server, 10);
		assert_int_equal(release_send(arena, &service, cases[i].from, cases[i].to, BYTES("A: bb\r\n"), &reply), RELEASE_ACCEPTED);
		server_wait(&server);
		assert_string_equal(text_string(&server.commands), cases[i].commands);
		server_free(&server);
		arena_free(&arena);
	}
	(void)state;
}

static void every_mood_has_its_answer(void **state)
{
	static const struct {
		enum mood mood;
		enum release_answer answer;
		const char *reply; /* part of it */
	} cases[] = {
		{ WELL, RELEASE_ACCEPTED, "250 2.0.0" },
		{ GREETS_554, RELEASE_REFUSED, "554 no service" },
		{ MAIL_451, RELEASE_LATER, "451 4.3.0 not now" },
		{ RCPT_450, RELEASE_LATER, "450 4.2.0" },
		{ RCPT_550, RELEASE_REFUSED, "550 5.1.1 unknown" },
		{ DATA_452, RELEASE_LATER, "452 4.3.1" },
		{ END_451, RELEASE_LATER, "451 4.3.0 try later" },
		{ END_554, RELEASE_REFUSED, "554 5.7.1" },
		{ END_CLOSES, RELEASE_IN_DOUBT, "no answer" },
		{ END_HALF_REPLY, RELEASE_IN_DOUBT, "no answer" },
		{ END_SILENT, RELEASE_IN_DOUBT, "no answer" },
		{ QUIT_SILENT, RELEASE_ACCEPTED, "250 2.0.0" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena *arena = arena_new();
		struct server server;
		const char *reply = NULL;
		server_start(&server, cases[i].mood, true);
		struct release_service service = service_of(&server, cases[i].mood == WELL ? 10 : 1);
		enum release_answer answer = release_send(arena, &service, "a@b.example", "c@d.example", BYTES("A: b\r\n\r\nx\r\n"), &reply);
		if (answer != cases[i].answer || strstr(reply, cases[i].reply) == NULL)
			fail_msg("mood %d: answer %d, %s", cases[i].mood, answer, reply);
		server_wait(&server);
		server_free(&server);
		arena_free(&arena);
	}
	(void)state;
}

static void no_service_is_later(void **state)
{
	struct arena *arena = arena_new();
	const char *reply = NULL;
	struct release_service absent = { .socket = "/tmp/copyhold-nobody-listens", .timeout = 5 };
	assert_int_equal(release_send(arena, &absent, "", "c@d", BYTES("A: b\r\n"), &reply), RELEASE_LATER);
	assert_int_equal(release_probe(arena, &absent, &reply), RELEASE_LATER);
	struct release_service closed = { .host = "127.0.0.1", .port = 1, .timeout = 5 };
	assert_int_equal(release_send(arena, &closed, "", "c@d", BYTES("A: b\r\n"), &reply), RELEASE_LATER);
	arena_free(&arena);
	(void)state;
}

static void probe_greets_and_leaves(void **state)
{
	struct arena *arena = arena_new();
	struct server server;
	const char *reply = NULL;
	server_start(&server, WELL, true);
	struct release_service service = service_of(&server, 5);
	assert_int_equal(release_probe(arena, &service, &reply), RELEASE_ACCEPTED);
	server_wait(&server);
	assert_string_equal(text_string(&server.commands), "EHLO mail.marlbrook.example\r\nNOOP\r\nQUIT\r\n");
	server_free(&server);
	server_start(&server, GREETS_554, true);
	assert_int_equal(release_probe(arena, &service, &reply), RELEASE_REFUSED);
	server_wait(&server);
	server_free(&server);
	arena_free(&arena);
	(void)state;
}

static void unsafe_paths_never_connect(void **state)
{
	static const char *const paths[] = { "a@b\r\nRCPT TO:<x@y>", "a b@c", "a@b\n", "a@b>", "<a@b", "a\tb@c", "a@b> NOTIFY=NEVER", "a\x7f@b" };
	struct arena *arena = arena_new();
	struct release_service absent = { .socket = "/tmp/copyhold-nobody-listens", .timeout = 5 };
	const char *reply = NULL;
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		assert_int_equal(release_send(arena, &absent, paths[i], "c@d", BYTES("A: b\r\n"), &reply), RELEASE_REFUSED);
		assert_int_equal(release_send(arena, &absent, "c@d", paths[i], BYTES("A: b\r\n"), &reply), RELEASE_REFUSED);
	}
	assert_int_equal(release_send(arena, &absent, "c@d", "", BYTES("A: b\r\n"), &reply), RELEASE_REFUSED);
	arena_free(&arena);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_arrive_byte_for_byte),
		cmocka_unit_test(large_bodies_arrive),
		cmocka_unit_test(envelopes_are_exact),
		cmocka_unit_test(every_mood_has_its_answer),
		cmocka_unit_test(no_service_is_later),
		cmocka_unit_test(probe_greets_and_leaves),
		cmocka_unit_test(unsafe_paths_never_connect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
