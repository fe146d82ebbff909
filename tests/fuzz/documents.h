/* documents.h - any bytes to a reader of documents: what it gives is well-formed and within the limits. */
#ifndef COPYHOLD_TESTS_FUZZ_DOCUMENTS_H
#define COPYHOLD_TESTS_FUZZ_DOCUMENTS_H

#include <string.h>

#include "base/unicode.h"
#include "document/formats.h"
#include "fuzz.h"

static inline void must_be_text(struct bytes bytes)
{
	must(unicode_is_utf8(bytes) && bytes_find_char(bytes, '\0', 0) == (size_t)-1 && bytes_find_char(bytes, '\r', 0) == (size_t)-1);
}

static inline void read_any(void (*read)(struct documents *, const char *, struct bytes), const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	struct document_limits most = documents.left;
	size_t octets = 0;
	read(&documents, "file", (struct bytes){ (const char *)data, size });
	for (size_t i = 0; i < documents.text_count; i++) {
		must_be_text(documents.texts[i].utf8);
		must(unicode_is_utf8(bytes_of(documents.texts[i].place)));
		octets += documents.texts[i].utf8.length;
	}
	for (size_t i = 0; i < documents.letter_count; i++)
		must(unicode_is_utf8(documents.letters[i].plain) && unicode_is_utf8(documents.letters[i].html));
	for (size_t i = 0; i < documents.trouble_count; i++)
		must(documents.troubles[i].why[0] != '\0' && unicode_is_utf8(bytes_of(documents.troubles[i].place)));
	must(octets <= most.text && documents.left.depth == most.depth && documents.left.unpacked <= most.unpacked);
	arena_free(&arena);
}

#endif
