/* zones_tool.c - prints how a message is cut into letters and zones, line by line, for people to read.
 *
 *   zones_tool PACK.conf MESSAGE...
 * A message that begins without a header field is taken for a bare text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"
#include "reading/reading.h"

#define MESSAGE_MOST ((size_t)64 << 20)

static const char *kind_of(const struct letter *letter)
{
	static const char *const kinds[] = { [LETTER_OUTER] = "outer", [LETTER_QUOTED] = "quoted", [LETTER_FORWARDED] = "forwarded",
					     [LETTER_ENCLOSED] = "enclosed", [LETTER_ATTACHED] = "attached" };
	return kinds[letter->kind];
}

static void print_passage(const struct passage *passage)
{
	printf("-- part \"%s\"%s%s\n", passage->part->number, passage->html ? ", html" : "", passage->attachment ? ", attached" : "");
	for (size_t i = 0; i < passage->line_count; i++) {
		const struct line *line = &passage->lines[i];
		printf("%-10s | %.*s\n", zone_name(line->zone), (int)(line->plain.length > 160 ? 160 : line->plain.length), line->plain.data);
	}
}

static void print_letter(const struct letter *letter)
{
	printf("== %s letter, subject \"%s\"\n", kind_of(letter), letter->subject == NULL ? "" : letter->subject);
	for (size_t i = 0; i < letter->from.count; i++)
		printf("from \"%s\" <%s>\n", letter->from.items[i].name == NULL ? "" : letter->from.items[i].name, letter->from.items[i].address);
	for (size_t i = 0; i < letter->signature_count; i++)
		printf("signed \"%s\"\n", letter->signatures[i].text);
	for (size_t i = 0; i < letter->marking_count; i++)
		printf("%s marking, %s: \"%s\"\n", letter->markings[i].strength == MARKING_EXPLICIT ? "explicit" : "weak",
		       letter->markings[i].where, letter->markings[i].words);
	for (size_t i = 0; i < letter->passage_count; i++)
		print_passage(&letter->passages[i]);
}

static bool begins_with_field(struct bytes raw)
{
	size_t at = 0;
	while (at < raw.length && (ascii_is_alpha(raw.data[at]) || ascii_is_digit(raw.data[at]) || raw.data[at] == '-'))
		at++;
	return at > 0 && at < raw.length && raw.data[at] == ':';
}

static bool print_message(const char *path, const struct lexicon *lexicon, struct pattern_scratch *scratch, struct error *err)
{
	struct arena *arena = arena_new();
	struct bytes raw;
	bool got = file_read(arena, path, MESSAGE_MOST, ERROR_REFUSED, &raw, err);
	if (got) {
		struct text whole = TEXT_INIT;
		if (!begins_with_field(raw))
			text_add(&whole, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
		text_add_bytes(&whole, raw);
		struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
		struct message *message = message_scan(arena, message_to_crlf(arena, text_to_arena(&whole, arena)), &limits);
		const struct reading *reading = reading_make(arena, message, lexicon, scratch);
		printf("#### %s\n", path);
		for (size_t i = 0; i < reading->letter_count; i++)
			print_letter(reading->letters[i]);
	}
	arena_free(&arena);
	return got;
}

static struct lexicon *lexicon_of_pack(const char *path, struct error *err)
{
	struct settings_file *file = NULL;
	struct lexicon *lexicon = lexicon_new();
	bool good = settings_open(path, &file, err) && lexicon_add(lexicon, settings_find(settings_root(file), "phrases"), err) &&
		    lexicon_check(lexicon, err);
	if (file != NULL)
		settings_close(&file);
	if (!good)
		lexicon_free(&lexicon);
	return lexicon;
}

int main(int count, char **arguments)
{
	struct error err = ERROR_INIT;
	if (count < 3) {
		fputs("usage: zones_tool PACK.conf MESSAGE...\n", stderr);
		return 64;
	}
	struct lexicon *lexicon = lexicon_of_pack(arguments[1], &err);
	struct pattern_scratch *scratch = pattern_scratch_new();
	bool good = lexicon != NULL;
	for (int i = 2; good && i < count; i++)
		good = print_message(arguments[i], lexicon, scratch, &err);
	if (!good)
		fprintf(stderr, "zones_tool: %s\n", error_text(&err));
	pattern_scratch_free(&scratch);
	if (lexicon != NULL)
		lexicon_free(&lexicon);
	return good ? 0 : 1;
}
