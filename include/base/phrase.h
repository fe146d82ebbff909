/* phrase.h - the phrase language of pattern.h, turned into a regular expression. */
#ifndef COPYHOLD_BASE_PHRASE_H
#define COPYHOLD_BASE_PHRASE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/text.h"

/* Nesting of ( ) and [ ]. */
#define PHRASE_MAX_DEPTH 20

/* Appends the expression: whole words, one group, nothing captured. A phrase that is wrongly written, or that could
 * match without any word, is ERROR_SETTINGS with the place counted in characters from 1. */
bool phrase_to_regex(struct bytes phrase, struct text *out, struct error *err) MUST_CHECK;

#endif
