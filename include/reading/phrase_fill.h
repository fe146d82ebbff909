/* phrase_fill.h - "{family}" in a phrase stands for any one phrase of that family.
 *
 *   offer = ( "quotation", "quote", "tender" );
 *   obligation = ( "accept your {offer}" );
 *
 * So an act is put together from short lists, and whoever adds a word to a list adds it to every phrase made of it.
 * In an expression between slashes, "{" before a letter is the same, but for \p{L} and its like. */
#ifndef COPYHOLD_READING_PHRASE_FILL_H
#define COPYHOLD_READING_PHRASE_FILL_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* How families are looked up; all borrowed. */
struct phrase_families {
	const void *keeper;
	const char *const *(*phrases)(const void *keeper, const char *family); /* as written, NULL-terminated; NULL: no such family */
	const char *const *names;                                              /* NULL-terminated, to suggest from */
};

/* Families inside families inside families; more is taken for a circle. */
#define PHRASE_FILL_DEPTH 8

bool phrase_has_family(const char *phrase);
/* Appends the phrase with every "{family}" filled in. Refuses unknown families, circles, and expressions between
 * slashes inside a phrase of words. */
bool phrase_fill(const struct phrase_families *families, const char *phrase, struct text *out, struct error *err) MUST_CHECK;

#endif
