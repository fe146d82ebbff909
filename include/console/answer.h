/* answer.h - what goes back to the browser: status, headers, content. All of it is in one arena. */
#ifndef COPYHOLD_CONSOLE_ANSWER_H
#define COPYHOLD_CONSOLE_ANSWER_H

#include "base/arena.h"
#include "base/bytes.h"
#include "console/request.h"

struct answer {
	struct arena *arena;
	int status;
	struct bytes body;
	struct http_header *headers;
	size_t header_count;
};

/* An answer with the headers that every answer carries; `https` adds the one that asks for https ever after. */
void answer_begin(struct answer *answer, struct arena *arena, bool https);
/* Sets a header in place of one of that name; Set-Cookie adds up. The value is made fit for one line. */
void answer_set(struct answer *answer, const char *name, const char *value);
/* NULL when it is not there. */
const char *answer_header(const struct answer *answer, const char *name);

#endif
