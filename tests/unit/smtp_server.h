/* smtp_server.h - an SMTP server in a thread that serves one connection by a script, for tests. */
#ifndef COPYHOLD_TESTS_SMTP_SERVER_H
#define COPYHOLD_TESTS_SMTP_SERVER_H

#include <pthread.h>

#include "base/text.h"

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

/* Listens on a unix socket of its own and serves one connection. */
void server_start(struct server *server, enum mood mood, bool utf8);
/* Waits for the end of the connection; then commands and data (dots unstuffed) can be looked at. */
void server_wait(struct server *server);
void server_free(struct server *server);

#endif
