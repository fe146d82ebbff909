/* catalogue.c - see catalogue.h. The format is that of "The Format of GNU MO Files" in gettext's manual: two tables of (length, offset),
 * the first sorted by text, each string ended by a NUL that its length does not count. Every place is checked before it is used.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/catalogue.h"

#include <stdint.h>

#include "base/file.h"

#define MAGIC 0x950412deu
#define FILE_MOST ((size_t)4 << 20)
#define TEXTS_MOST 100000u
#define HEAD_BYTES ((size_t)28)

struct catalogue {
	const char **texts, **translations; /* sorted by text */
	size_t count;
};

struct reader {
	struct bytes content;
	bool swapped;
};

static bool number_at(const struct reader *reader, size_t offset, uint32_t *out)
{
	uint32_t number;
	if (reader->content.length < sizeof number || offset > reader->content.length - sizeof number)
		return false;
	memcpy(&number, reader->content.data + offset, sizeof number);
	*out = reader->swapped ? __builtin_bswap32(number) : number;
	return true;
}

/* The string that the table at `table` has at `index`: whole, and ended where it says. */
static const char *string_at(const struct reader *reader, uint32_t table, uint32_t index)
{
	uint32_t length, offset;
	size_t row = (size_t)table + (size_t)index * 8;
	if (!number_at(reader, row, &length) || !number_at(reader, row + 4, &offset))
		return NULL;
	size_t end = (size_t)offset + length;
	if (end >= reader->content.length || reader->content.data[end] != '\0')
		return NULL;
	return reader->content.data + offset;
}

static bool read_tables(const struct reader *reader, struct arena *arena, struct catalogue *catalogue)
{
	uint32_t revision, count, texts, translations;
	if (!number_at(reader, 4, &revision) || revision >> 16 > 1 || !number_at(reader, 8, &count) || count > TEXTS_MOST ||
	    !number_at(reader, 12, &texts) || !number_at(reader, 16, &translations) || reader->content.length < HEAD_BYTES)
		return false;
	catalogue->texts = arena_array(arena, count, sizeof *catalogue->texts);
	catalogue->translations = arena_array(arena, count, sizeof *catalogue->translations);
	catalogue->count = count;
	for (uint32_t i = 0; i < count; i++) {
		catalogue->texts[i] = string_at(reader, texts, i);
		catalogue->translations[i] = string_at(reader, translations, i);
		if (catalogue->texts[i] == NULL || catalogue->translations[i] == NULL ||
		    (i > 0 && strcmp(catalogue->texts[i - 1], catalogue->texts[i]) >= 0))
			return false;
	}
	return true;
}

bool catalogue_open(const char *name, struct bytes content, struct arena *arena, const struct catalogue **out, struct error *err)
{
	struct catalogue *catalogue = arena_alloc(arena, sizeof *catalogue);
	struct reader reader = { content, false };
	uint32_t magic = 0;
	bool good = number_at(&reader, 0, &magic);
	reader.swapped = magic == __builtin_bswap32(MAGIC);
	if (!good || (magic != MAGIC && !reader.swapped) || !read_tables(&reader, arena, catalogue))
		return error_set(err, ERROR_SETTINGS, "%s: this is no compiled gettext catalogue, or it is damaged", name);
	*out = catalogue;
	return true;
}

bool catalogue_read(const char *path, struct arena *arena, const struct catalogue **out, struct error *err)
{
	struct bytes content;
	return file_read(arena, path, FILE_MOST, ERROR_SETTINGS, &content, err) && catalogue_open(path, content, arena, out, err);
}

const char *catalogue_text(const struct catalogue *catalogue, const char *text)
{
	size_t low = 0, high = catalogue->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(text, catalogue->texts[middle]);
		if (order == 0)
			return catalogue->translations[middle][0] == '\0' ? NULL : catalogue->translations[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
