/* documents.c - what the readers of single formats find, gathered under the limits of one message (document.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/document.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define TROUBLES_MOST 200
#define LETTERS_MOST 100
#define PLACE_BYTES ((size_t)300) /* a longer one is cut: names of members are the sender's */
#define TEXT_COST ((size_t)64)    /* of a piece however short, so that a million empty ones do not come free */

static struct bytes clip(struct bytes utf8, size_t most)
{
	if (utf8.length <= most)
		return utf8;
	while (most > 0 && ((unsigned char)utf8.data[most] & 0xc0) == 0x80)
		most--;
	return bytes_slice(utf8, 0, most);
}

struct bytes document_clean(struct arena *arena, struct bytes bytes)
{
	struct bytes utf8 = unicode_repair(arena, bytes);
	bool clean = utf8.length == 0 || (memchr(utf8.data, '\r', utf8.length) == NULL && memchr(utf8.data, '\0', utf8.length) == NULL);
	if (clean)
		return utf8;
	char *copy = arena_alloc(arena, utf8.length);
	size_t length = 0;
	for (size_t i = 0; i < utf8.length; i++) {
		if (utf8.data[i] == '\r' && (i + 1 == utf8.length || utf8.data[i + 1] != '\n'))
			copy[length++] = '\n';
		else if (utf8.data[i] != '\r' && utf8.data[i] != '\0')
			copy[length++] = utf8.data[i];
	}
	return (struct bytes){ copy, length };
}

const char *document_place(struct arena *arena, const char *place, const char *within)
{
	if (place[0] == '\0' || within[0] == '\0')
		return arena_string_of(arena, clip(bytes_of(place[0] == '\0' ? within : place), PLACE_BYTES));
	const char *joined = arena_printf(arena, "%s, %s", place, within);
	return arena_string_of(arena, clip(bytes_of(joined), PLACE_BYTES));
}

static void add(struct documents *documents, struct document_text text)
{
	text.utf8 = document_clean(documents->arena, text.utf8);
	if (bytes_trim(text.utf8).length == 0)
		return;
	size_t left = documents->left.text > TEXT_COST ? documents->left.text - TEXT_COST : 0;
	struct bytes kept = clip(text.utf8, left);
	if (kept.length < text.utf8.length && !documents->text_told) {
		documents->text_told = true;
		documents_add_trouble(documents, text.place, "text too long to examine to the end");
	}
	if (kept.length == 0)
		return;
	documents->left.text = left - kept.length;
	text.utf8 = arena_bytes(documents->arena, kept);
	text.place = arena_string(documents->arena, text.place);
	*ARENA_PUSH(documents->arena, documents->texts, documents->text_count) = text;
}

void documents_add_text(struct documents *documents, const char *place, struct bytes utf8, bool html)
{
	add(documents, (struct document_text){ .place = place, .role = DOCUMENT_BODY, .utf8 = utf8, .html = html });
}

void documents_add_aside(struct documents *documents, const char *place, struct bytes utf8, enum document_role role)
{
	add(documents, (struct document_text){ .place = place, .role = role, .utf8 = utf8 });
}

void documents_add_trouble(struct documents *documents, const char *place, const char *why)
{
	for (size_t i = 0; i < documents->trouble_count; i++)
		if (strcmp(documents->troubles[i].place, place) == 0 && strcmp(documents->troubles[i].why, why) == 0)
			return;
	if (documents->trouble_count < TROUBLES_MOST)
		*ARENA_PUSH(documents->arena, documents->troubles, documents->trouble_count) =
			(struct document_trouble){ arena_string(documents->arena, place), arena_string(documents->arena, why) };
}

struct document_letter *documents_add_letter(struct documents *documents, const char *place)
{
	if (documents->letter_count >= LETTERS_MOST) {
		if (!documents->letters_told)
			documents_add_trouble(documents, place, arena_printf(documents->arena, "more than %d letters in files", LETTERS_MOST));
		documents->letters_told = true;
		return NULL;
	}
	struct document_letter *letter = ARENA_PUSH(documents->arena, documents->letters, documents->letter_count);
	letter->place = arena_string(documents->arena, place);
	return letter;
}

bool documents_may_unpack(struct documents *documents, const char *place, size_t octets)
{
	if (octets <= documents->left.unpacked) {
		documents->left.unpacked -= octets;
		return true;
	}
	documents->left.unpacked = 0;
	if (!documents->unpack_told)
		documents_add_trouble(documents, place,
				      arena_printf(documents->arena, "unpacks to more than %zu MB", DOCUMENT_LIMITS_DEFAULT.unpacked >> 20));
	documents->unpack_told = true;
	return false;
}
