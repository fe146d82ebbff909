/* fuzz_reading.c - any bytes as a message, read with a few families of phrases: the reading holds together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/unicode.h"
#include "phrases.h"
#include "reading/reading.h"

static const char phrases[] = "phrases = { marking = ( \"[strictly] confidential\", \"in confidence\", \"cyfrinach*\" );"
			      " marking-line = ( \"restricted\" ); marking-cancelled = ( \"cleared\" ); disclaimer = ( \"small print\" );"
			      " sign-off = ( \"toodle pip\" ); councillor-title = ( \"alderwoman\" ); officer-title = ( \"bailiff\" ); };";

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
		lexicon = lexicon_of_settings(phrases);
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
