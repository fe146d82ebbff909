/* console.h - one request of a browser answered, from its octets to those of the answer.
 *
 * The console remembers nothing and may do nothing: who somebody is and what they may is asked of the desk each time, with the token
 * in their cookie. What it sees to itself: that a request is whole, comes from one of our own forms when it acts, and that
 * no answer lets a browser run or load anything that is not ours. */
#ifndef COPYHOLD_CONSOLE_CONSOLE_H
#define COPYHOLD_CONSOLE_CONSOLE_H

#include <jansson.h>
#include <stdint.h>

#include "base/error.h"
#include "console/answer.h"
#include "console/token.h"

/* How the desk is asked; desk/client.h behind it, or a test. */
struct desk_door {
	/* As desk_call(): true with an object that is the caller's. */
	bool (*ask)(void *self, const json_t *request, json_t **answer_out, struct error *err);
	void *self;
};

struct console {
	const char *council;           /* its name, for pages before a log-in */
	const char *style;             /* style_path(), made once */
	const char *address;           /* where browsers find us: "https://desk.council.example", no slash at the end */
	bool https;                    /* the address is https: cookies are Secure, __Host- */
	bool behind_proxy;             /* a proxy of ours hands requests on: its X-Forwarded-For is believed */
	unsigned char key[TOKEN_KEY_LENGTH]; /* of this process */
	struct desk_door desk;
	int64_t (*now)(void);
};

/* Takes a request and answers it. Never fails: what cannot be done is an answer too. */
void console_answer(const struct console *console, const struct request *request, struct arena *arena, struct answer *answer);

/* The style sheet, and the path it is served under, which changes with it. */
struct bytes style_sheet(struct arena *arena);
const char *style_path(struct arena *arena);

#endif
