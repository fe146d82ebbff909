/* document.c - a document as part of an answer.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <sodium.h>
#include <string.h>

#include "handlers.h"

json_t *document_json(struct arena *arena, struct bytes content, const char *type)
{
	if (strncmp(type, "text/", 5) == 0 || strncmp(type, "application/json", 16) == 0)
		return json_stringn(content.data, content.length);
	size_t room = sodium_base64_ENCODED_LEN(content.length, sodium_base64_VARIANT_ORIGINAL);
	char *encoded = arena_alloc(arena, room);
	sodium_bin2base64(encoded, room, (const unsigned char *)content.data, content.length, sodium_base64_VARIANT_ORIGINAL);
	return json_string(encoded);
}
