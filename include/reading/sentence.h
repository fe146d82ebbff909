/* sentence.h - an author's lines as sentences. */
#ifndef COPYHOLD_READING_SENTENCE_H
#define COPYHOLD_READING_SENTENCE_H

#include "reading/letters.h"

/* Longer ones are cut: a pattern's work grows with its text. */
#define SENTENCE_BYTES ((size_t)1500)

struct said {
	struct bytes plain;
	size_t line;   /* index into the letter's lines where it begins */
	enum zone zone;
	bool question;
};

/* The sentences of the letter's author and signature lines. With `drop_quotations`, what stands in quotation marks and
 * is longer than three words is somebody else's and left out. */
struct said *sentences_of(struct arena *arena, const struct found_letter *letter, bool drop_quotations, size_t *count_out);

#endif
