/* letters.h - one text cut into letters: its author's, and those quoted or passed on inside it. */
#ifndef COPYHOLD_READING_LETTERS_H
#define COPYHOLD_READING_LETTERS_H

#include "reading/intro.h"
#include "reading/reading.h"
#include "reading/text_line.h"

/* Deeper history stays with the letter it stands in; so does what is beyond the count asked for. */
#define LETTERS_MAX_LEVEL 40

/* A line of a letter. */
struct letter_line {
	const struct text_line *line;
	enum zone zone;
	unsigned stretch; /* own lines with no other letter between them have the same number */
};

struct found_letter {
	enum letter_kind kind; /* LETTER_OUTER for the first, else LETTER_QUOTED or LETTER_FORWARDED */
	struct found_letter *parent;
	struct intro intro;    /* of quoted and forwarded ones; no lines when it had none */
	bool intro_known;
	struct letter_line *lines; /* header lines first, in zone ZONE_HEADER; the rest ZONE_AUTHOR */
	size_t line_count;
	struct found_letter *const *children;
	size_t child_count;
};

/* `forward_subject`: the message's own subject says that it is a forward, so its header blocks are passed on. The
 * letters in reading order, the outer one first; about `most` at most. */
struct found_letter **letters_find(struct arena *arena, const struct text_lines *lines, bool forward_subject, size_t most,
				   size_t *count_out);

#endif
