/* answer.c - see answer.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/answer.h"

/* Nothing may be run, framed, or fetched from elsewhere, and nothing we show is kept: the browser may be one that several people use.
 * Referrer-Policy: a link's token must not travel on. */
static const struct http_header standard[] = {
	{ "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Embedder-Policy", "require-corp" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()" },
	{ "X-Robots-Tag", "noindex, nofollow" },
	{ "Cache-Control", "no-store" },
};

void answer_begin(struct answer *answer, struct arena *arena, bool https)
{
	*answer = (struct answer){ .arena = arena, .status = 200 };
	for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
		answer_set(answer, standard[i].name, standard[i].value);
	if (https)
		answer_set(answer, "Strict-Transport-Security", "max-age=31536000");
}

static const char *one_line(struct arena *arena, const char *value)
{
	char *line = arena_string(arena, value);
	for (char *c = line; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
	return line;
}

void answer_set(struct answer *answer, const char *name, const char *value)
{
	const char *line = one_line(answer->arena, value);
	bool adds = strcmp(name, "Set-Cookie") == 0;
	for (size_t i = 0; !adds && i < answer->header_count; i++) {
		if (strcmp(answer->headers[i].name, name) == 0) {
			answer->headers[i].value = line;
			return;
		}
	}
	*ARENA_PUSH(answer->arena, answer->headers, answer->header_count) = (struct http_header){ name, line };
}

const char *answer_header(const struct answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->header_count; i++)
		if (strcmp(answer->headers[i].name, name) == 0)
			return answer->headers[i].value;
	return NULL;
}
