/* greeting.c - see greeting.h. Whole words only: "Hi-vis jackets" and "Good neighbours" greet nobody.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/greeting.h"

static const struct {
	const char *words;
	enum greeting kind;
} greetings[] = {
	{ "dear", GREETING_FORMAL },
	{ "annwyl", GREETING_FORMAL },
	{ "to whom it may concern", GREETING_FORMAL },
	{ "i bwy bynnag", GREETING_FORMAL },
	{ "for the attention of", GREETING_FORMAL },
	{ "hi", GREETING_WARM },
	{ "hello", GREETING_WARM },
	{ "helo", GREETING_WARM },
	{ "good morning", GREETING_WARM },
	{ "good afternoon", GREETING_WARM },
	{ "good evening", GREETING_WARM },
	{ "good day", GREETING_WARM },
	{ "bore da", GREETING_WARM },
	{ "prynhawn da", GREETING_WARM },
	{ "noswaith dda", GREETING_WARM },
};

enum greeting greeting_of(struct bytes plain)
{
	for (size_t i = 0; i < sizeof greetings / sizeof *greetings; i++) {
		struct bytes words = bytes_of(greetings[i].words);
		if (!bytes_starts_with_nocase(plain, words))
			continue;
		char behind = plain.length == words.length ? ' ' : plain.data[words.length];
		if (!utf8_is_word(behind) && behind != '-' && behind != '\'')
			return greetings[i].kind;
	}
	return GREETING_NONE;
}
