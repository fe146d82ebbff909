/* volatile.h - the memory in the process, as its own files know it. Private to src/memory. */
#ifndef COPYHOLD_MEMORY_VOLATILE_H
#define COPYHOLD_MEMORY_VOLATILE_H

#include <pthread.h>
#include <stddef.h>

#include "memory/shelf.h"
#include "slots.h"

struct kept_entry;
struct kept_copy;

struct volatile_memory {
	struct shelved shelved;
	struct shelf shelf;
	struct memory_terms terms;
	pthread_mutex_t mutex;
	struct arena *arena;       /* grows only: memory of this kind is short-lived */
	struct slots slots;
	struct memory_key *keys;
	size_t key_count;
	struct kept_copy *copies;  /* and who was told */
	size_t copy_count;
	struct kept_entry **entries; /* by number - 1; NULL: removed */
	size_t entry_count;
};

static inline struct volatile_memory *memory_of(struct shelf *shelf)
{
	return (struct volatile_memory *)((char *)shelf - offsetof(struct volatile_memory, shelf));
}

/* volatile_copies.c: the verbs of shelf.h on copies and on who was told. */
bool volatile_copies(struct shelf *shelf, struct arena *arena, const struct mark *same, int64_t from, int64_t to, struct shelf_copies *out,
		     struct error *err);
bool volatile_copy_put(struct shelf *shelf, const struct mark *same, const struct sibling *copy, int64_t until, struct error *err);
bool volatile_told_put(struct shelf *shelf, const struct mark *same, const struct told *told, int64_t at, int64_t until, struct error *err);
bool volatile_copies_unsend(struct shelf *shelf, const char *id, int64_t at, struct error *err);
/* By number from 0, the judgement it is of; NULL: somebody was told. */
const char *volatile_copy_id(const struct volatile_memory *mine, size_t number);
/* Every copy of one judgement. */
void volatile_copies_remove(struct volatile_memory *mine, const char *id);
/* Removes at most so many that are past their time, and says how many; *more_out: there may be more. */
size_t volatile_copies_expire(struct volatile_memory *mine, int64_t now, size_t most, bool *more_out);
int64_t volatile_copies_count(const struct volatile_memory *mine); /* those told left out */

#endif
