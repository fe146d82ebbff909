/* sieve.h - one pass over a text that tells which of many patterns may match in it.
 *
 * A pattern that is not among the candidates does not match; one that is has to be tried. Built once from the patterns'
 * needles (needles.h) as an Aho-Corasick automaton; immutable, shared by threads. */
#ifndef COPYHOLD_BASE_SIEVE_H
#define COPYHOLD_BASE_SIEVE_H

#include <stdint.h>

#include "base/pattern.h"

struct sieve;

/* Pattern i is number i below. The patterns are not needed afterwards. */
struct sieve *sieve_new(const struct pattern *const *patterns, size_t count);
void sieve_free(struct sieve **sieve);

/* Of a bit set of candidates. */
size_t sieve_words(const struct sieve *sieve);
/* The candidates in `text` as a bit set. Borrowed from the scratch, which remembers the last texts, until the next call. */
const uint64_t *sieve_candidates(const struct sieve *sieve, struct pattern_scratch *scratch, struct bytes text);
/* The first candidate in [from, to), or `to`. */
size_t sieve_next(const uint64_t *candidates, size_t from, size_t to);

#endif
