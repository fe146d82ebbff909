/* sieve.c - see sieve.h. The automaton is a table of states by classes of bytes; letters of both cases are one class, and
 * bytes in no needle share class 0. All bytes that continue a character are one class too (needles.h).
 *
 * A needle found, at the edges of words that are asked for, ticks off one of the sets of each pattern that has it; a
 * pattern with all its sets ticked is a candidate. What was found in a text is remembered with a copy of the text, since
 * one sentence is asked about by many rules. The copy is compared in full: a mistake here would be a phrase not seen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sieve.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/needles.h"
#include "base/sieve_memory.h"
#include "base/text.h"

#define STATES_MOST 0x10000u /* two bytes a step keep the table near; patterns for which there is no room are always tried */

/* A needle is in set `tick` (a bit) of the pattern. */
struct use {
	uint32_t pattern;
	uint8_t tick;
};

struct uses {
	struct use *items;
	size_t count;
};

/* A needle's uses by the edges of words that they ask for. */
#define EDGES (NEEDLE_BEGINS_WORD | NEEDLE_ENDS_WORD)
struct found {
	struct uses uses[EDGES + 1];
	size_t length;
};

struct sieve {
	struct arena *arena;
	const char *digest;    /* of all it depends on: sieves with the same one give the same answers */
	size_t count, words;
	uint8_t *wanted;       /* by pattern: the ticks that make it a candidate */
	uint64_t *always;      /* patterns without needles */
	uint8_t class_of[256];
	size_t classes;
	unsigned row;          /* a row of steps has 1 << row of them, which is quicker to find than a multiple */
	uint16_t *steps;       /* by state and class */
	size_t states, room;
	uint32_t *needle;      /* by state: the number of the needle that ends here, plus one */
	bool *tells;           /* by state: a needle ends here or at a suffix */
	uint16_t *shorter;     /* by state: the longest proper suffix at which a needle ends, or 0 */
	struct found *found;   /* by needle */
	size_t needles;
};

/* ---- building ----------------------------------------------------------------------------------------------- */

static uint16_t new_state(struct sieve *sieve)
{
	if (sieve->states == sieve->room) {
		sieve->room = sieve->room == 0 ? 1024 : sieve->room * 2;
		sieve->steps = reallocarray(sieve->steps, sieve->room << sieve->row, sizeof *sieve->steps);
		sieve->needle = reallocarray(sieve->needle, sieve->room, sizeof *sieve->needle);
		if (sieve->steps == NULL || sieve->needle == NULL)
			abort();
	}
	memset(&sieve->steps[sieve->states << sieve->row], 0, sizeof *sieve->steps << sieve->row);
	sieve->needle[sieve->states] = 0;
	return (uint16_t)sieve->states++;
}

static void choose_class(struct sieve *sieve, unsigned char c)
{
	if (sieve->class_of[c] != 0)
		return;
	sieve->class_of[c] = (uint8_t)sieve->classes++;
	if (c >= 0x80 && c < 0xC0)
		memset(&sieve->class_of[0x80], sieve->class_of[c], 0x40);
	if (c >= 'a' && c <= 'z')
		sieve->class_of[c - 'a' + 'A'] = sieve->class_of[c];
}

static void add_use(struct sieve *sieve, const struct needle *needle, uint32_t pattern, uint8_t tick)
{
	uint32_t state = 0;
	for (size_t i = 0; i < needle->letters.length; i++) {
		size_t step = ((size_t)state << sieve->row) + sieve->class_of[(unsigned char)needle->letters.data[i]];
		if (sieve->steps[step] == 0) {
			uint16_t fresh = new_state(sieve);
			sieve->steps[step] = fresh;
		}
		state = sieve->steps[step];
	}
	if (sieve->needle[state] == 0) {
		*ARENA_PUSH(sieve->arena, sieve->found, sieve->needles) = (struct found){ .length = needle->letters.length };
		sieve->needle[state] = (uint32_t)sieve->needles;
	}
	struct uses *uses = &sieve->found[sieve->needle[state] - 1].uses[needle->edges];
	*ARENA_PUSH(sieve->arena, uses->items, uses->count) = (struct use){ pattern, tick };
}

static size_t letters_in(const struct needles *needles)
{
	size_t letters = 0;
	for (size_t s = 0; s < needles->count; s++)
		for (size_t i = 0; i < needles->sets[s].count; i++)
			letters += needles->sets[s].items[i].letters.length;
	return letters;
}

static void add_pattern(struct sieve *sieve, uint32_t number, const struct needles *needles)
{
	if (needles->count == 0 || sieve->states + letters_in(needles) > STATES_MOST) {
		sieve->always[number / 64] |= UINT64_C(1) << number % 64;
		return;
	}
	for (size_t s = 0; s < needles->count; s++) {
		uint8_t tick = (uint8_t)(1u << s);
		sieve->wanted[number] |= tick;
		for (size_t i = 0; i < needles->sets[s].count; i++)
			add_use(sieve, &needles->sets[s].items[i], number, tick);
	}
}

/* Completes the trie breadth first: a step that is not there is that of the longest proper suffix which is a state too. */
static void complete(struct sieve *sieve)
{
	uint16_t *queue = calloc(sieve->states, sizeof *queue), *suffix = calloc(sieve->states, sizeof *suffix);
	sieve->shorter = calloc(sieve->states, sizeof *sieve->shorter);
	sieve->tells = calloc(sieve->states, sizeof *sieve->tells);
	if (queue == NULL || suffix == NULL || sieve->shorter == NULL || sieve->tells == NULL)
		abort();
	size_t first = 0, last = 1; /* the root is state 0 and first in the queue */
	while (first < last) {
		uint16_t state = queue[first++];
		uint16_t *steps = &sieve->steps[(size_t)state << sieve->row];
		const uint16_t *of_suffix = &sieve->steps[(size_t)suffix[state] << sieve->row];
		for (size_t c = 0; c < sieve->classes; c++) {
			uint16_t next = steps[c];
			if (next == 0) {
				steps[c] = state == 0 ? 0 : of_suffix[c];
				continue;
			}
			suffix[next] = state == 0 ? 0 : of_suffix[c];
			sieve->shorter[next] = sieve->needle[suffix[next]] != 0 ? suffix[next] : sieve->shorter[suffix[next]];
			sieve->tells[next] = sieve->needle[next] != 0 || sieve->shorter[next] != 0;
			queue[last++] = next;
		}
	}
	free(queue);
	free(suffix);
}

struct sieve *sieve_new(const struct pattern *const *patterns, size_t count)
{
	struct arena *arena = arena_new();
	struct sieve *sieve = arena_alloc(arena, sizeof *sieve);
	struct text sources = TEXT_INIT;
	*sieve = (struct sieve){ .arena = arena, .count = count, .words = (count + 63) / 64, .classes = 1 };
	sieve->wanted = arena_array(arena, count, sizeof *sieve->wanted);
	sieve->always = arena_array(arena, sieve->words, sizeof *sieve->always);
	for (size_t i = 0; i < count; i++) {
		const struct needles *needles = pattern_needles(patterns[i]);
		text_add(&sources, pattern_source(patterns[i]));
		text_add_char(&sources, '\0');
		for (size_t s = 0; s < needles->count; s++)
			for (size_t n = 0; n < needles->sets[s].count; n++)
				for (size_t k = 0; k < needles->sets[s].items[n].letters.length; k++)
					choose_class(sieve, (unsigned char)needles->sets[s].items[n].letters.data[k]);
	}
	sieve->digest = digest_of_large(arena, text_bytes(&sources));
	text_release(&sources);
	while (sieve->classes > (size_t)1 << sieve->row)
		sieve->row++;
	new_state(sieve);
	for (size_t i = 0; i < count; i++)
		add_pattern(sieve, (uint32_t)i, pattern_needles(patterns[i]));
	complete(sieve);
	return sieve;
}

void sieve_free(struct sieve **sieve)
{
	if (*sieve == NULL)
		return;
	struct arena *arena = (*sieve)->arena;
	free((*sieve)->steps);
	free((*sieve)->needle);
	free((*sieve)->tells);
	free((*sieve)->shorter);
	arena_free(&arena);
	*sieve = NULL;
}

/* ---- sifting ------------------------------------------------------------------------------------------------ */

/* U+017F and U+212A match s and k, and are no letters of a needle. In text that was made plain they do not occur. */
static bool has_other_s_or_k(struct bytes text)
{
	return bytes_find(text, BYTES("\xC5\xBF"), 0) != (size_t)-1 || bytes_find(text, BYTES("\xE2\x84\xAA"), 0) != (size_t)-1;
}

/* The edges of words at which text[from, to) lies. */
static unsigned edges_of(struct bytes text, size_t from, size_t to)
{
	bool begins = from == 0 || !ascii_is_word(text.data[from - 1]), ends = to == text.length || !ascii_is_word(text.data[to]);
	return (begins ? NEEDLE_BEGINS_WORD : 0) | (ends ? NEEDLE_ENDS_WORD : 0);
}

static void tick_off(const struct sieve *sieve, const struct uses *uses, struct sieve_memory *memory, uint64_t *candidates)
{
	for (size_t i = 0; i < uses->count; i++) {
		uint32_t pattern = uses->items[i].pattern;
		memory->ticks[pattern] |= uses->items[i].tick;
		if (memory->ticks[pattern] == sieve->wanted[pattern])
			candidates[pattern / 64] |= UINT64_C(1) << pattern % 64;
	}
}

/* A needle that ends before text[end]: the uses that ask for no more edges than there are. */
static void take_needle(const struct sieve *sieve, size_t needle, struct bytes text, size_t end, struct sieve_memory *memory, uint64_t *candidates)
{
	const struct found *found = &sieve->found[needle];
	uint8_t *seen = &memory->seen[needle];
	unsigned edges = edges_of(text, end - found->length, end);
	if ((*seen >> edges & 1) != 0)
		return;
	for (unsigned asked = 0; asked <= edges; asked++)
		if ((asked & ~edges) == 0 && (*seen >> asked & 1) == 0) {
			*seen |= (uint8_t)(1u << asked);
			tick_off(sieve, &found->uses[asked], memory, candidates);
		}
}

/* Every needle that ends where this state stands. */
static void take_needles_at(const struct sieve *sieve, size_t state, struct bytes text, size_t end, struct sieve_memory *memory, uint64_t *candidates)
{
	for (; state != 0; state = sieve->shorter[state])
		if (sieve->needle[state] != 0)
			take_needle(sieve, sieve->needle[state] - 1, text, end, memory, candidates);
}

static void sift(const struct sieve *sieve, struct sieve_memory *memory, struct bytes text, uint64_t *candidates)
{
	const uint16_t *steps = sieve->steps;
	const uint8_t *class_of = sieve->class_of;
	const bool *tells = sieve->tells;
	const unsigned row = sieve->row;
	size_t state = 0;
	unsigned char all = 0;
	memset(memory->seen, 0, sieve->needles);
	memset(memory->ticks, 0, sieve->count);
	if (sieve->words > 0)
		memcpy(candidates, sieve->always, sieve->words * sizeof *candidates);
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.data[i];
		all |= c;
		state = steps[(state << row) + class_of[c]];
		if (tells[state])
			take_needles_at(sieve, state, text, i + 1, memory, candidates);
	}
	if (all >= 0x80 && has_other_s_or_k(text))
		memset(candidates, 0xff, sieve->words * sizeof *candidates);
}

const uint64_t *sieve_candidates(const struct sieve *sieve, struct pattern_scratch *scratch, struct bytes text)
{
	struct sieve_memory *memory = pattern_scratch_sieve_memory(scratch);
	sieve_memory_serve(memory, sieve->digest, sieve->count, sieve->needles);
	bool known;
	uint64_t *candidates = sieve_memory_find(memory, text, &known);
	if (!known)
		sift(sieve, memory, text, candidates);
	return candidates;
}

size_t sieve_words(const struct sieve *sieve)
{
	return sieve->words;
}

size_t sieve_next(const uint64_t *candidates, size_t from, size_t to)
{
	while (from < to) {
		uint64_t rest = candidates[from / 64] >> from % 64;
		if (rest != 0) {
			from += (size_t)__builtin_ctzll(rest);
			return from < to ? from : to;
		}
		from += 64 - from % 64;
	}
	return to;
}
