/* transcribe.h - a line in a text's own character set: which bytes it is, and where among the text's bytes it goes.
 *
 * A foot's place counts in the UTF-8 that the text is read as. What is worked out here is only proposed: `transcribe_proves`
 * reads the changed bytes again, and must find the old text with the line in it, nothing else. */
#ifndef COPYHOLD_ACTION_TRANSCRIBE_H
#define COPYHOLD_ACTION_TRANSCRIBE_H

#include "base/arena.h"
#include "base/bytes.h"

/* How a charset takes text that is added to it. */
enum repertoire {
	REPERTOIRE_UNKNOWN,   /* not one we know */
	REPERTOIRE_WIDE,      /* two bytes to a letter: UTF-16 */
	REPERTOIRE_ASCII,     /* only ASCII is written */
	REPERTOIRE_SOME,      /* ASCII, and what characters it has */
};
enum repertoire repertoire_of(const char *charset); /* as declared; NULL: none */

/* A part's text before its transfer encoding, and what it reads as. */
struct transcript {
	const char *charset; /* as declared, or NULL */
	struct bytes bytes;
	struct bytes text;   /* charset_to_utf8 of `bytes` */
};

/* False for bytes that mail programs do not all read alike: UTF-16 that does not say which byte of two comes first, and
 * UTF-7 beyond ASCII. */
bool transcript_is_plain(const struct transcript *transcript);
/* The offset in `bytes` of the offset `at` in `text`; false when there is none that is between characters. */
bool transcribe_place(const struct transcript *transcript, size_t at, size_t *out);
/* The bytes of `utf8` in the charset of the transcript; false when a character has no place in it. */
bool transcribe(struct arena *arena, const struct transcript *transcript, struct bytes utf8, struct bytes *out);
/* Reading bytes[0, place) + inserted + the rest as `charset` gives text[0, at) + utf8 + the rest. */
bool transcribe_proves(const struct transcript *transcript, size_t place, struct bytes inserted, const char *charset, size_t at,
		       struct bytes utf8);

#endif
