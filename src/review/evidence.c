/* evidence.c - see evidence.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence.h"

#include <jansson.h>

const struct evidence *evidence_parse(struct arena *arena, const char *json, size_t *count_out)
{
	struct evidence *items = NULL;
	json_t *list = json == NULL ? NULL : json_loads(json, 0, NULL);
	*count_out = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *where = json_string_value(json_object_get(json_array_get(list, i), "where"));
		const char *text = json_string_value(json_object_get(json_array_get(list, i), "text"));
		if (text != NULL)
			*ARENA_PUSH(arena, items, *count_out) =
				(struct evidence){ where == NULL ? "" : arena_string(arena, where), arena_string(arena, text) };
	}
	json_decref(list);
	return items;
}
