/* fuzz_reading.c - any bytes as a message, read with a few families of phrases: the reading holds together.
 * Libraries: src/reading/libreading.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) -letpan -lcsv
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "base/unicode.h"
#include "reading/reading.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const char phrases[] = "phrases = { marking = ( \"[strictly] confidential\", \"in confidence\", \"cyfrinach*\" );"
			      " marking-line = ( \"restricted\" ); marking-cancelled = ( \"cleared\" ); disclaimer = ( \"small print\" );"
			      " sign-off = ( \"toodle pip\" ); councillor-title = ( \"alderwoman\" ); officer-title = ( \"bailiff\" ); };";

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct lexicon *load(void)
{
	struct lexicon *lexicon = lexicon_new();
	struct settings_file *file = NULL;
	must(settings_open_string("fuzz", phrases, &file, NULL));
	must(lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), NULL) && lexicon_check(lexicon, NULL));
	settings_close(&file);
	return lexicon;
}

static void check_letter(const struct reading *reading, size_t n)
{
	const struct letter *letter = reading->letters[n];
	bool parent_before = n == 0;
	for (size_t i = 0; i < n; i++)
		parent_before = parent_before || reading->letters[i] == letter->parent;
	must(parent_before);
	for (size_t p = 0; p < letter->passage_count; p++)
		for (size_t i = 0; i < letter->passages[p].line_count; i++) {
			const struct line *line = &letter->passages[p].lines[i];
			must(zone_name(line->zone) != NULL);
			must(unicode_is_utf8(line->plain));
		}
	for (size_t i = 0; i < letter->marking_count; i++)
		must(letter->markings[i].where != NULL && letter->markings[i].words != NULL);
	for (size_t i = 0; i < letter->signature_count; i++)
		must(letter->signatures[i].text != NULL && (letter->signatures[i].name == NULL || letter->signatures[i].name[0] != '\0'));
	for (size_t i = 0; i < letter->from.count; i++)
		must(letter->from.items[i].address != NULL);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct lexicon *lexicon;
	static struct pattern_scratch *scratch;
	if (lexicon == NULL) {
		lexicon = load();
		scratch = pattern_scratch_new();
	}
	struct arena *arena = arena_new();
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct message *message = message_scan(arena, (struct bytes){ (const char *)data, size }, &limits);
	const struct reading *reading = reading_make(arena, message, lexicon, scratch);
	must(reading->letter_count > 0 && reading->outer == reading->letters[0]);
	for (size_t i = 0; i < reading->letter_count; i++)
		check_letter(reading, i);
	for (size_t i = 0; i < reading->sentence_count; i++)
		must(unicode_is_utf8(reading->sentences[i].plain) && reading->sentences[i].plain.length > 0);
	for (size_t i = 0; i < reading->unreadable_count; i++)
		must(reading->unreadable[i].why != NULL && reading->unreadable[i].part != NULL);
	arena_free(&arena);
	return 0;
}
