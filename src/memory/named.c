/* named.c - a remembered message as somebody names it, and the deeds of those who may make memory forget.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "memory/shelf.h"

void shelf_names_add(struct arena *arena, struct shelf_names *names, const char *id)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], id) == 0)
			return;
	*ARENA_PUSH(arena, names->items, names->count) = arena_string(arena, id);
}

/* *whole becomes the entry's first reference. */
static bool add_entry(struct shelf *shelf, struct arena *arena, const char *message_id, int64_t number, const char **whole, struct error *err)
{
	struct shelf_entry entry;
	bool found = false;
	if (!shelf->verbs->entry(shelf, arena, number, &found, &entry, err))
		return false;
	if (found && *whole != NULL && strcmp(*whole, entry.id) != 0)
		return error_set(err, ERROR_INPUT, "several messages have the Message-ID %s, among them %s and %s; give the reference of one", message_id,
				 *whole, entry.id);
	if (found)
		*whole = entry.id;
	return true;
}

/* Exactly as it was sent, capital letters too. */
static bool find_message_id(struct shelf *shelf, struct arena *arena, const char *message_id, const char **whole, struct error *err)
{
	const struct memory_key *keys = NULL;
	size_t key_count = 0;
	if (!shelf->verbs->keys(shelf, arena, &keys, &key_count, err))
		return false;
	for (size_t k = 0; k < key_count; k++) {
		struct mark mark = mark_make(&keys[k], MARK_OF_ID, bytes_of(message_id));
		struct shelf_numbers numbers = { 0 };
		if (!shelf->verbs->with_mark(shelf, arena, &mark, &numbers, err))
			return false;
		for (size_t i = 0; i < numbers.count; i++)
			if (!add_entry(shelf, arena, message_id, numbers.items[i], whole, err))
				return false;
	}
	return true;
}

bool shelved_find(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		  struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct shelf_names names = { 0 };
	struct shelf *shelf = NULL;
	const char *whole = NULL;
	if (!verbs->begin(memory, false, &shelf, err))
		return false;
	bool good = named[0] == '<' ? find_message_id(shelf, arena, named, &whole, err) : verbs->find_id(shelf, arena, named, &whole, err);
	if (good && whole != NULL) {
		shelf_names_add(arena, &names, whole);
		good = verbs->namesakes(shelf, arena, whole, &names, err);
	}
	if (!verbs->end(shelf, good, err))
		return false;
	*references_out = names.items;
	*count_out = names.count;
	return true;
}

/* By its id or the beginning of it. */
bool shelved_forget(struct memory *memory, const char *id, bool *found_out, struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct shelf *shelf = NULL;
	const char *whole = NULL;
	if (!verbs->begin(memory, true, &shelf, err))
		return false;
	struct arena *arena = arena_new();
	bool good = verbs->find_id(shelf, arena, id, &whole, err) && (whole == NULL || verbs->remove(shelf, whole, err));
	*found_out = good && whole != NULL;
	arena_free(&arena);
	return verbs->end(shelf, good, err);
}

bool shelved_declassify(struct memory *memory, const char *id, int64_t from, bool *found_out, struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct shelf *shelf = NULL;
	const char *whole = NULL;
	int64_t number = 0;
	if (!verbs->begin(memory, true, &shelf, err))
		return false;
	struct arena *arena = arena_new();
	bool good = verbs->find_id(shelf, arena, id, &whole, err) && (whole == NULL || verbs->number_of(shelf, whole, found_out, &number, err)) &&
		    (!*found_out || verbs->entry_clear(shelf, number, from, err));
	arena_free(&arena);
	return verbs->end(shelf, good, err);
}
