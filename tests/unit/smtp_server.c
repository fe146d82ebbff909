/* smtp_server.c - see smtp_server.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "smtp_server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

void server_start(struct server *server, enum mood mood, bool utf8)
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

void server_wait(struct server *server)
{
	pthread_join(server->thread, NULL);
	close(server->listener);
	unlink(server->path);
}

void server_free(struct server *server)
{
	text_release(&server->commands);
	text_release(&server->data);
}
