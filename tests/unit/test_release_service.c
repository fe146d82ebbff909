/* test_release_service.c - what libcurl really does on the wire, against a server that follows a script.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"
#include "review/release_service.h"

/* When the server behaves otherwise than well. */
enum mood {
	WELL,
	GREETS_554,
	MAIL_451,
	RCPT_450,
	RCPT_550,
	DATA_452,
	END_451,
	END_554,
	END_CLOSES,      /* takes the final dot and goes without a word */
	END_HALF_REPLY,  /* "250-" and gone */
	END_SILENT,      /* takes it and says nothing until the time is up */
	MIDDLE_CLOSES,   /* goes while the message is coming */
	QUIT_SILENT,
	MOOD_COUNT
};

struct server {
	char path[64];
	int listener;
	enum mood mood;
	bool utf8;
	pthread_t thread;
	struct text commands, data;
};

/* The client may have gone: some moods make it. */
static void say(int connection, const char *line)
{
	if (send(connection, line, strlen(line), MSG_NOSIGNAL) < 0)
		shutdown(connection, SHUT_RDWR);
}

/* One CRLF-ended line; false at the end of the connection. */
static bool hear(FILE *in, struct text *line)
{
	int c;
	text_truncate(line, 0);
	while ((c = fgetc(in)) != EOF) {
		text_add_char(line, (char)c);
		if (line->length >= 2 && line->data[line->length - 1] == '\n' && line->data[line->length - 2] == '\r')
			return true;
	}
	return false;
}

static bool take_data(struct server *server, FILE *in, struct text *line)
{
	while (hear(in, line)) {
		if (bytes_equal(text_bytes(line), BYTES(".\r\n")))
			return true;
		if (server->mood == MIDDLE_CLOSES)
			return false;
		text_add_bytes(&server->data, bytes_slice(text_bytes(line), line->data[0] == '.' ? 1 : 0, line->length));
	}
	return false;
}

static const char *end_reply(enum mood mood)
{
	switch (mood) {
	case END_451:
		return "451 4.3.0 try later\r\n";
	case END_554:
		return "554 5.7.1 refused\r\n";
	case END_HALF_REPLY:
		return "250-2.0.0 first\r\n";
	case END_CLOSES:
	case END_SILENT:
		return "";
	default:
		return "250 2.0.0 Ok: queued as 4ABC\r\n";
	}
}

static const char *command_reply(const struct server *server, struct bytes command)
{
	static const struct {
		const char *verb;
		enum mood mood;
		const char *bad, *good;
	} replies[] = {
		{ "MAIL", MAIL_451, "451 4.3.0 not now\r\n", "250 2.1.0 Ok\r\n" },
		{ "RCPT", RCPT_450, "450 4.2.0 greylisted\r\n", NULL },
		{ "RCPT", RCPT_550, "550 5.1.1 unknown\r\n", "250 2.1.5 Ok\r\n" },
		{ "DATA", DATA_452, "452 4.3.1 no room\r\n", "354 go on\r\n" },
		{ "NOOP", MOOD_COUNT, NULL, "250 2.0.0 Ok\r\n" },
		{ "QUIT", MOOD_COUNT, NULL, "221 2.0.0 Bye\r\n" },
	};
	if (bytes_starts_with(command, BYTES("EHLO")))
		return server->utf8 ? "250-test\r\n250-SIZE 99999999\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n" : "250-test\r\n250 8BITMIME\r\n";
	for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		if (!bytes_starts_with(command, bytes_of(replies[i].verb)))
			continue;
		if (server->mood == replies[i].mood)
			return replies[i].bad;
		if (replies[i].good != NULL)
			return replies[i].good;
	}
	return "502 5.5.2 no\r\n";
}

static void converse(struct server *server, int connection)
{
	FILE *in = fdopen(dup(connection), "r");
	struct text line = TEXT_INIT;
	say(connection, server->mood == GREETS_554 ? "554 no service\r\n" : "220 test ESMTP\r\n");
	while (hear(in, &line)) {
		struct bytes command = text_bytes(&line);
		text_add_bytes(&server->commands, command);
		bool data = bytes_starts_with(command, BYTES("DATA"));
		if (server->mood == QUIT_SILENT && bytes_starts_with(command, BYTES("QUIT")))
			sleep(2);
		say(connection, command_reply(server, command));
		if (!data || server->mood == DATA_452)
			continue;
		if (!take_data(server, in, &line))
			break;
		say(connection, end_reply(server->mood));
		if (server->mood == END_SILENT)
			sleep(2);
		if (server->mood == END_CLOSES || server->mood == END_HALF_REPLY)
			break;
	}
	text_release(&line);
	fclose(in);
}

static void *serve(void *argument)
{
	struct server *server = argument;
	int connection = accept(server->listener, NULL, NULL);
	assert_true(connection >= 0);
	converse(server, connection);
	shutdown(connection, SHUT_RDWR);
	close(connection);
	return NULL;
}

static void server_start(struct server *server, enum mood mood, bool utf8)
{
	*server = (struct server){ .mood = mood, .utf8 = utf8 };
	snprintf(server->path, sizeof server->path, "/tmp/copyhold-smtp-%d", (int)getpid());
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof address.sun_path, "%s", server->path);
	unlink(server->path);
	server->listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(server->listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(server->listener, 1), 0);
	assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
}

/* After this, commands and data can be looked at. */
static void server_wait(struct server *server)
{
	pthread_join(server->thread, NULL);
	close(server->listener);
	unlink(server->path);
}

static void server_free(struct server *server)
{
	text_release(&server->commands);
	text_release(&server->data);
}

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
