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

bool shelved_find(struct memory *memory, struct arena *arena, const char *named, const char *const **references_out, size_t *count_out,
		  struct error *err)
{
	const struct shelf_verbs *verbs = ((struct shelved *)memory)->verbs;
	struct shelf_names names = { 0 };
	struct shelf *shelf = NULL;
	const char *whole = NULL;
	if (!verbs->begin(memory, false, &shelf, err))
		return false;
	bool good = verbs->find_id(shelf, arena, named, &whole, err);
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
