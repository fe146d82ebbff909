/* sieve_memory.c - see sieve_memory.h. A text's place follows from a quick hash; whether it is the same text is told by
 * its bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sieve_memory.h"

#include <stdlib.h>
#include <string.h>

struct sieve_memory *sieve_memory_new(void)
{
	return memory_must(calloc(1, sizeof(struct sieve_memory)));
}

static void forget(struct sieve_memory *memory)
{
	for (size_t i = 0; i < SIEVE_REMEMBERED; i++) {
		free(memory->remembered[i].text);
		free(memory->remembered[i].candidates);
	}
	free(memory->unremembered.candidates);
	free(memory->seen);
	free(memory->ticks);
	free(memory->digest);
	*memory = (struct sieve_memory){ 0 };
}

void sieve_memory_free(struct sieve_memory **memory)
{
	if (*memory == NULL)
		return;
	forget(*memory);
	free(*memory);
	*memory = NULL;
}

void sieve_memory_serve(struct sieve_memory *memory, const char *digest, size_t patterns, size_t needles)
{
	if (memory->digest != NULL && strcmp(memory->digest, digest) == 0)
		return;
	forget(memory);
	memory->digest = memory_must(strdup(digest));
	memory->words = (patterns + 63) / 64;
	memory->seen = memory_must(calloc(needles + 1, 1));
	memory->ticks = memory_must(calloc(patterns + 1, 1));
}

static void remember(struct remembered *place, uint64_t hash, struct bytes text)
{
	if (place->room < text.length) {
		place->room = text.length + text.length / 2;
		place->text = memory_must(realloc(place->text, place->room));
	}
	if (text.length > 0)
		memcpy(place->text, text.data, text.length);
	place->hash = hash;
	place->length = text.length;
	place->valid = true;
}

/* Chooses places and no more: whoever aims at them only makes us look again. */
static uint64_t hash_of(struct bytes text)
{
	uint64_t hash = text.length, word = 0;
	size_t at = 0;
	for (; at + sizeof word <= text.length; at += sizeof word) {
		memcpy(&word, text.data + at, sizeof word);
		hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	word = 0;
	if (at < text.length)
		memcpy(&word, text.data + at, text.length - at);
	hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

static bool is_same(const struct remembered *place, uint64_t hash, struct bytes text)
{
	return place->valid && place->hash == hash && place->length == text.length &&
	       (text.length == 0 || memcmp(place->text, text.data, text.length) == 0);
}

uint64_t *sieve_memory_find(struct sieve_memory *memory, struct bytes text, bool *known_out)
{
	struct remembered *place = &memory->unremembered;
	*known_out = false;
	if (text.length <= SIEVE_TEXT_MOST) {
		uint64_t hash = hash_of(text);
		struct remembered *places = &memory->remembered[hash % (SIEVE_REMEMBERED / SIEVE_PLACES) * SIEVE_PLACES];
		for (size_t i = 0; i < SIEVE_PLACES && !*known_out; i++) {
			place = &places[i];
			*known_out = is_same(place, hash, text);
		}
		if (!*known_out) {
			place = &places[memory->turn++ % SIEVE_PLACES];
			remember(place, hash, text);
		}
	}
	if (place->candidates == NULL)
		place->candidates = memory_must(calloc(memory->words + 1, sizeof *place->candidates));
	return place->candidates;
}
