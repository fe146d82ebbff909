/* sifted.h - many texts sifted together, for whoever asks about many families in each: most families are said in none. */
#ifndef COPYHOLD_READING_SIFTED_H
#define COPYHOLD_READING_SIFTED_H

#include "reading/lexicon.h"

struct sifted;

/* Made in the arena; the lexicon must outlive it. */
const struct sifted *sifted_make(struct arena *arena, const struct lexicon *lexicon, struct pattern_scratch *scratch,
				 const struct bytes *texts, size_t count);
/* The first text at or after `from` in which the family may be said; how many there are, when there is none. */
size_t sifted_next(const struct sifted *sifted, const char *family, size_t from);

#endif
