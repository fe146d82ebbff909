/* formats.h - what the tests of single file formats share: reading one file, asking what was found where, and giving a reader the file
 * cut short and bent at many places. */
#ifndef COPYHOLD_TESTS_FORMATS_H
#define COPYHOLD_TESTS_FORMATS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/unicode.h"
#include "document/formats.h"

static inline struct documents read_file(struct arena *arena, struct bytes content)
{
	struct documents documents = documents_begin(arena);
	assert_true(document_read(&documents, "", content, NULL, NULL));
	return documents;
}

static inline const struct document_text *text_at(const struct documents *documents, const char *place)
{
	for (size_t i = 0; i < documents->text_count; i++)
		if (strcmp(documents->texts[i].place, place) == 0)
			return &documents->texts[i];
	return NULL;
}

/* The text at that place, ends trimmed; "" when there is none. */
static inline const char *said_at(struct arena *arena, const struct documents *documents, const char *place)
{
	const struct document_text *text = text_at(documents, place);
	return text == NULL ? "" : arena_string_of(arena, bytes_trim(text->utf8));
}

static inline bool has_trouble(const struct documents *documents, const char *place, const char *why)
{
	for (size_t i = 0; i < documents->trouble_count; i++)
		if (strcmp(documents->troubles[i].place, place) == 0 && strcmp(documents->troubles[i].why, why) == 0)
			return true;
	return false;
}

/* A bent file may be taken for another kind, so the reader is called by name. */
static inline void read_bent(void (*read)(struct documents *, const char *, struct bytes), struct bytes content)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	/* In memory of its own, so that a sanitiser sees one octet too far. */
	char *copy = test_malloc(content.length + 1);
	if (content.length > 0)
		memcpy(copy, content.data, content.length);
	read(&documents, "f", (struct bytes){ copy, content.length });
	for (size_t i = 0; i < documents.text_count; i++) {
		assert_true(unicode_is_utf8(documents.texts[i].utf8));
		assert_int_equal(bytes_find_char(documents.texts[i].utf8, '\0', 0), (size_t)-1);
	}
	for (size_t i = 0; i < documents.letter_count; i++)
		assert_true(unicode_is_utf8(documents.letters[i].plain) && unicode_is_utf8(documents.letters[i].html));
	test_free(copy);
	arena_free(&arena);
}

/* The fuzz targets begin from the files of these tests: COPYHOLD_SEEDS names a folder that takes them. */
static inline void keep_as_seed(struct bytes content)
{
	const char *folder = getenv("COPYHOLD_SEEDS");
	for (int i = 0; folder != NULL && i < 100; i++) {
		char path[500];
		snprintf(path, sizeof path, "%s/%d", folder, i);
		FILE *file = fopen(path, "wbx");
		if (file == NULL)
			continue;
		assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
		assert_int_equal(fclose(file), 0);
		return;
	}
}

/* Cut at every 7th octet (a few hundred times at most), then with single octets changed here and there. */
static inline void bend(void (*read)(struct documents *, const char *, struct bytes), struct bytes content)
{
	keep_as_seed(content);
	size_t step = content.length / 300 < 7 ? 7 : content.length / 300;
	for (size_t length = 0; length < content.length; length += step)
		read_bent(read, bytes_slice(content, 0, length));
	char *bent = test_malloc(content.length);
	memcpy(bent, content.data, content.length);
	for (size_t at = 3; at < content.length; at += 4 * step + 1) {
		static const char others[] = { '\0', '\xFF', '\x7F', '{', '\\' };
		char kept = bent[at];
		for (size_t i = 0; i < sizeof others; i++) {
			bent[at] = others[i];
			read_bent(read, (struct bytes){ bent, content.length });
		}
		bent[at] = kept;
	}
	test_free(bent);
}

static inline void add_u16(struct text *text, unsigned value)
{
	text_add_char(text, (char)value);
	text_add_char(text, (char)(value >> 8));
}

static inline void add_u32(struct text *text, uint32_t value)
{
	add_u16(text, value & 0xFFFF);
	add_u16(text, value >> 16);
}

/* ASCII only. */
static inline void add_utf16(struct text *text, const char *ascii)
{
	for (; *ascii != '\0'; ascii++)
		add_u16(text, (unsigned char)*ascii);
}

#endif
