/* intro.h - the lines that introduce a quoted or forwarded letter: "-----Original Message-----", a block of From, To,
 * Subject in some language, "On ... wrote:". */
#ifndef COPYHOLD_READING_INTRO_H
#define COPYHOLD_READING_INTRO_H

#include "base/arena.h"
#include "message/address.h"
#include "reading/text_line.h"

enum intro_kind {
	INTRO_MARKER,      /* a line of words between dashes, with or without header lines */
	INTRO_HEADERS,     /* header lines alone, or below a rule */
	INTRO_ATTRIBUTION, /* "On ... wrote:" */
};

struct intro {
	enum intro_kind kind;
	size_t lines;     /* how many it takes, blank ones between included */
	bool forwards;    /* its own words say that the letter is passed on */
	bool strong;      /* an attribution with date and address, so that the letter need not be quoted with marks */
	struct mailbox_list from, to, cc;
	const char *subject;
	const char *date; /* as written there, weekday and all; NULL when it gives none */
};

/* Whether the lines at `at` introduce a letter. Only lines of one depth are joined. */
bool intro_read(struct arena *arena, const struct text_line *const *lines, size_t count, size_t at, struct intro *out);

#endif
