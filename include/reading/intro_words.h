/* intro_words.h - the words mail programs put above a quoted or forwarded letter, in the languages councils meet. */
#ifndef COPYHOLD_READING_INTRO_WORDS_H
#define COPYHOLD_READING_INTRO_WORDS_H

#include "base/bytes.h"

enum intro_field { FIELD_NONE, FIELD_FROM, FIELD_DATE, FIELD_TO, FIELD_CC, FIELD_SUBJECT, FIELD_OTHER };

/* "From" -> FIELD_FROM, without regard to ASCII case. */
enum intro_field intro_field_of(struct bytes label);
/* The n-th label, for finding labels inside a line; NULL at the end. */
const char *intro_label(size_t n, enum intro_field *field_out);

/* Words between dashes ("Original Message"). False when they are none of those known. */
bool intro_is_marker(struct bytes words, bool *forwards_out);
/* Lines that are markers without dashes ("Begin forwarded message:"). */
bool intro_is_bare_marker(struct bytes line, bool *forwards_out);

/* The verb of "On ... wrote:" in `line`: where it stands. */
bool intro_find_verb(struct bytes line, size_t *start_out, size_t *end_out);
/* The length of the words "On ", "Le ", "Am " ... that begin such a line, their blank included; 0 when none do. */
size_t intro_opener(struct bytes line);

#endif
