/* recusals.c - see recusals.h. An open table over a keyed 128-bit digest of person and message: nobody can write messages that meet in
 * it. When it is full it starts anew.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/recusals.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "review/queue.h"
#include "store/browse.h"

#define KEY_LENGTH crypto_shorthash_siphashx24_BYTES
#define SLOTS ((size_t)1 << 18)
#define FULL (SLOTS / 4 * 3)
#define CHUNK ((size_t)128) /* messages loaded at once, so that others are not kept from the store */

struct slot {
	unsigned char key[KEY_LENGTH];
	enum { SLOT_EMPTY, SLOT_FREE, SLOT_RECUSED } is;
};
struct recusals {
	const struct directory *directory;
	pthread_mutex_t mutex;
	unsigned char secret[crypto_shorthash_siphashx24_KEYBYTES];
	struct slot *slots;
	size_t count;
};

struct recusals *recusals_new(const struct directory *directory)
{
	struct recusals *recusals = memory_must(calloc(1, sizeof *recusals));
	recusals->directory = directory;
	recusals->slots = memory_must(calloc(SLOTS, sizeof *recusals->slots));
	randombytes_buf(recusals->secret, sizeof recusals->secret);
	if (pthread_mutex_init(&recusals->mutex, NULL) != 0)
		abort();
	return recusals;
}

void recusals_free(struct recusals **recusals)
{
	if (*recusals == NULL)
		return;
	pthread_mutex_destroy(&(*recusals)->mutex);
	free((*recusals)->slots);
	free(*recusals);
	*recusals = NULL;
}

/* The slot of that pair, or the empty one where it would stand. */
static struct slot *find_slot(struct recusals *recusals, const char *address, const char *id, unsigned char key[KEY_LENGTH])
{
	char pair[1024];
	size_t at = 0, a = strlen(address) + 1, b = strlen(id);
	if (a + b > sizeof pair)
		return NULL;
	memcpy(pair, address, a);
	memcpy(pair + a, id, b);
	crypto_shorthash_siphashx24(key, (const unsigned char *)pair, a + b, recusals->secret);
	memcpy(&at, key, sizeof at);
	for (at %= SLOTS; recusals->slots[at].is != SLOT_EMPTY; at = (at + 1) % SLOTS)
		if (memcmp(recusals->slots[at].key, key, KEY_LENGTH) == 0)
			break;
	return &recusals->slots[at];
}

static void remember(struct recusals *recusals, const char *address, const char *id, bool recused)
{
	unsigned char key[KEY_LENGTH];
	pthread_mutex_lock(&recusals->mutex);
	if (recusals->count >= FULL) {
		memset(recusals->slots, 0, SLOTS * sizeof *recusals->slots);
		recusals->count = 0;
	}
	struct slot *slot = find_slot(recusals, address, id, key);
	if (slot != NULL && slot->is == SLOT_EMPTY) {
		memcpy(slot->key, key, KEY_LENGTH);
		slot->is = recused ? SLOT_RECUSED : SLOT_FREE;
		recusals->count++;
	}
	pthread_mutex_unlock(&recusals->mutex);
}

struct asked_for {
	struct recusals *recusals;
	struct store *store;
	const char *address;
	const char *const *ids;
	bool *recused;
};

static bool load_and_ask(const struct asked_for *asked, const size_t *places, size_t count, struct error *err)
{
	struct arena *arena = arena_new();
	const char *ids[CHUNK];
	const struct held *const *messages;
	for (size_t i = 0; i < count; i++)
		ids[i] = asked->ids[places[i]];
	bool good = store_messages(asked->store, arena, ids, count, &messages, err);
	for (size_t i = 0; good && i < count; i++) {
		bool recused = messages[i] == NULL || queue_recusal(asked->recusals->directory, messages[i], asked->address) != NULL;
		asked->recused[places[i]] = recused;
		if (messages[i] != NULL)
			remember(asked->recusals, asked->address, ids[i], recused);
	}
	arena_free(&arena);
	return good;
}

static const char *first_address(const struct recusals *recusals, const char *address)
{
	const struct person *person = directory_by_login(recusals->directory, address);
	return person == NULL ? address : person->addresses[0]; /* one memory of each person, whichever address they are called by */
}

static bool ask_chunk(struct recusals *recusals, struct store *store, const char *const *addresses, size_t address_count,
		      const char *const *ids, size_t count, struct error *err)
{
	struct arena *arena = arena_new();
	const struct held *const *messages;
	bool good = store_messages(store, arena, ids, count, &messages, err);
	for (size_t i = 0; good && i < count; i++)
		for (size_t k = 0; messages[i] != NULL && k < address_count; k++) {
			const char *address = first_address(recusals, addresses[k]);
			remember(recusals, address, ids[i], queue_recusal(recusals->directory, messages[i], address) != NULL);
		}
	arena_free(&arena);
	return good;
}

bool recusals_ahead(struct recusals *recusals, struct store *store, const char *const *addresses, size_t address_count,
		    const char *const *ids, size_t count, const bool *stop, struct error *err)
{
	for (size_t i = 0; i < count && !__atomic_load_n(stop, __ATOMIC_RELAXED); i += CHUNK)
		if (!ask_chunk(recusals, store, addresses, address_count, ids + i, count - i < CHUNK ? count - i : CHUNK, err))
			return false;
	return true;
}

bool recusals_ask(struct recusals *recusals, struct arena *arena, struct store *store, const char *address, const char *const *ids,
		  size_t count, const bool **recused_out, struct error *err)
{
	address = first_address(recusals, address);
	bool *recused = arena_array(arena, count + 1, sizeof *recused);
	size_t *places = arena_array(arena, count + 1, sizeof *places), unknown = 0;
	unsigned char key[KEY_LENGTH];
	pthread_mutex_lock(&recusals->mutex);
	for (size_t i = 0; i < count; i++) {
		const struct slot *slot = find_slot(recusals, address, ids[i], key);
		recused[i] = slot != NULL && slot->is == SLOT_RECUSED;
		if (slot == NULL || slot->is == SLOT_EMPTY)
			places[unknown++] = i;
	}
	pthread_mutex_unlock(&recusals->mutex);
	const struct asked_for asked = { recusals, store, address, ids, recused };
	for (size_t i = 0; i < unknown; i += CHUNK)
		if (!load_and_ask(&asked, places + i, unknown - i < CHUNK ? unknown - i : CHUNK, err))
			return false;
	*recused_out = recused;
	return true;
}
