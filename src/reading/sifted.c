/* sifted.c - see sifted.h. Keeps what the sieve lets through in each text, and of all of them together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/sifted.h"

struct sifted {
	const struct lexicon *lexicon;
	uint64_t *rows; /* by text, `words` each: the candidates; NULL: all */
	uint64_t *any;  /* the candidates of all texts together */
	size_t words, count;
};

const struct sifted *sifted_make(struct arena *arena, const struct lexicon *lexicon, struct pattern_scratch *scratch,
				 const struct bytes *texts, size_t count)
{
	const struct sieve *sieve = lexicon_sieve(lexicon);
	struct sifted *sifted = arena_alloc(arena, sizeof *sifted);
	*sifted = (struct sifted){ .lexicon = lexicon, .count = count };
	if (sieve == NULL)
		return sifted;
	sifted->words = sieve_words(sieve);
	sifted->any = arena_array(arena, sifted->words + 1, sizeof *sifted->any);
	sifted->rows = arena_array(arena, count + 1, sifted->words * sizeof *sifted->rows);
	for (size_t i = 0; i < count; i++) {
		const uint64_t *candidates = sieve_candidates(sieve, scratch, texts[i]);
		for (size_t k = 0; k < sifted->words; k++) {
			sifted->rows[i * sifted->words + k] = candidates[k];
			sifted->any[k] |= candidates[k];
		}
	}
	return sifted;
}

size_t sifted_next(const struct sifted *sifted, const char *family, size_t from)
{
	size_t first, behind;
	if (!lexicon_range(sifted->lexicon, family, &first, &behind))
		return sifted->count;
	if (sifted->rows == NULL)
		return from;
	if (sieve_next(sifted->any, first, behind) == behind)
		return sifted->count;
	while (from < sifted->count && sieve_next(&sifted->rows[from * sifted->words], first, behind) == behind)
		from++;
	return from;
}
