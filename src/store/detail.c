/* detail.c - see detail.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "detail.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/unicode.h"

char *detail_text(const struct detail *details, size_t count)
{
	struct arena *arena = arena_new();
	json_t *object = json_object();
	for (size_t i = 0; i < count; i++) {
		if (details[i].text == NULL)
			continue;
		struct bytes text = unicode_repair(arena, bytes_of(details[i].text));
		if (json_object_set_new(object, details[i].name, json_stringn(text.data == NULL ? "" : text.data, text.length)) != 0)
			abort();
	}
	char *written = json_dumps(object, JSON_COMPACT);
	if (written == NULL)
		abort();
	json_decref(object);
	arena_free(&arena);
	return written;
}
