/* sieve_memory.h - working room of a sieve, and what it found in the last texts. Private to base. */
#ifndef COPYHOLD_BASE_SIEVE_MEMORY_H
#define COPYHOLD_BASE_SIEVE_MEMORY_H

#include <stdint.h>

#include "base/pattern.h"

#define SIEVE_REMEMBERED 512           /* texts */
#define SIEVE_PLACES 4                 /* where one of them may be */
#define SIEVE_TEXT_MOST ((size_t)2048) /* of a text that is remembered */

struct remembered {
	uint64_t hash;
	char *text;
	size_t length, room;
	bool valid;
	uint64_t *candidates;
};

struct sieve_memory {
	char *digest;        /* of the sieve this is for */
	size_t words;        /* of a set of candidates */
	uint8_t *seen;       /* by needle: the edges it was found at, a bit for each of four kinds */
	uint8_t *ticks;      /* by pattern */
	struct remembered remembered[SIEVE_REMEMBERED], unremembered;
	size_t turn;         /* whose place is taken next */
};

struct sieve_memory *sieve_memory_new(void);
void sieve_memory_free(struct sieve_memory **memory);
/* Forgets everything when the sieve is another one than last time. */
void sieve_memory_serve(struct sieve_memory *memory, const char *digest, size_t patterns, size_t needles);
/* Room for the candidates of a text; *known_out when they are in it from before. */
uint64_t *sieve_memory_find(struct sieve_memory *memory, struct bytes text, bool *known_out);

/* The one that lives in a scratch. */
struct sieve_memory *pattern_scratch_sieve_memory(struct pattern_scratch *scratch);

#endif
