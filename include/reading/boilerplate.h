/* boilerplate.h - paragraphs that an organisation puts under (or above) every message, and copy lines. */
#ifndef COPYHOLD_READING_BOILERPLATE_H
#define COPYHOLD_READING_BOILERPLATE_H

#include "reading/letters.h"
#include "reading/lexicon.h"

/* What the marking of zones needs to know words. */
struct wording {
	const struct lexicon *lexicon;
	const struct stock *stock;
	struct pattern_scratch *scratch;
};

/* Lines [start, end) of one letter without a blank or another letter between; text joined with spaces, and no longer
 * than PARAGRAPH_BYTES. */
struct paragraph {
	size_t start, end;
	struct bytes plain;
};
#define PARAGRAPH_BYTES ((size_t)6000)
/* The next paragraph at or after `from` among lines in the author's zone; false at the end. */
bool paragraph_next(struct arena *arena, const struct found_letter *letter, size_t from, struct paragraph *out);

/* Puts boilerplate lines of the letter into ZONE_DISCLAIMER: those known (known.h), and those that speak as the law does. */
void boilerplate_mark(struct arena *arena, const struct wording *wording, struct found_letter *letter);

/* "cc: Cllr Jones", "CC councillor X", "Copi at ...": never part of a signature or of boilerplate. */
bool is_copy_line(struct bytes plain);
/* The line closes a letter: "Kind regards", "Cofion gorau". *name_out is what follows on the same line. */
bool is_sign_off(const struct wording *wording, struct bytes plain, struct bytes *name_out);
/* "Sent from my iPhone" and its like. */
bool is_mobile_line(const struct wording *wording, struct bytes plain);
/* "PS", "P.S. ..." */
bool is_postscript(struct bytes plain);

#endif
