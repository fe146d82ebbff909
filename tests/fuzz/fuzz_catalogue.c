/* fuzz_catalogue.c - any bytes as a compiled catalogue, and any text as one of a notice's: refused, or read within bounds.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice_words.h"
#include "fuzz.h"

static void read_catalogue(struct arena *arena, struct bytes content)
{
	const struct catalogue *catalogue = NULL;
	struct notice_words *words = NULL;
	struct error err = ERROR_INIT;
	bool good = catalogue_open("fuzz", content, arena, &catalogue, &err);
	must(good == (err.kind == ERROR_NONE));
	if (good && notice_words_translate(arena, catalogue, &words, &err))
		must(words->parts[NOTICE_HELD][PART_OPENING] != NULL);
	error_release(&err);
}

/* What passes the check is filled without a slot left over. */
static void read_text(struct arena *arena, struct bytes content)
{
	const char *text = arena_string_of(arena, arena_without_nul(arena, content));
	for (enum notice_part part = 0; part < PART_COUNT; part++) {
		struct error err = ERROR_INIT;
		bool good = notice_part_check(NOTICE_COMPANION, part, text, &err);
		must(good == (err.kind == ERROR_NONE));
		const char *filled = notice_fill(arena, text, NOTICE_VALUES({ "title", "T" }, { "about", "%{title}" }, { "sender", "S" }));
		must(!good || part != PART_STEP || strcmp(filled, text) == 0);
		error_release(&err);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes content = { (const char *)data, size };
	read_catalogue(arena, arena_bytes(arena, content));
	read_text(arena, content);
	arena_free(&arena);
	return 0;
}
