/* reading_tool.c - prints what a person reads in message files, one JSON object a line, for the measurements in this folder.
 *
 *   reading_tool PACK.conf [DISCLAIMERS] <LIST
 * LIST has a path a line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../json_tool.h"
#include "../pack_files.h"
#include "reading/reading.h"

static json_t *text_of(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static json_t *people_of(const struct mailbox_list *people)
{
	json_t *list = json_array();
	for (size_t i = 0; i < people->count; i++)
		json_array_append_new(list, json_pack("[o, o]", text_of(people->items[i].name), text_of(people->items[i].address)));
	return list;
}

static json_t *signatures_of(const struct letter *letter)
{
	json_t *list = json_array();
	for (size_t i = 0; i < letter->signature_count; i++) {
		const struct signature *one = &letter->signatures[i];
		json_array_append_new(list, json_pack("{s:o, s:o, s:b, s:b, s:b, s:b, s:b}", "name", text_of(one->name), "office", text_of(one->office),
						      "councillor", one->as_councillor, "officer", one->as_officer, "for_council",
						      one->for_council, "for_other", one->for_other_body, "personal", one->personal));
	}
	return list;
}

static json_t *passages_of(const struct letter *letter)
{
	json_t *list = json_array();
	for (size_t i = 0; i < letter->passage_count; i++) {
		const struct passage *passage = &letter->passages[i];
		json_t *lines = json_array();
		for (size_t k = 0; k < passage->line_count; k++) {
			const struct line *line = &passage->lines[k];
			json_array_append_new(lines, json_pack("[s, I, s%]", zone_name(line->zone), (json_int_t)line->offset,
							       line->plain.data == NULL ? "" : line->plain.data, line->plain.length));
		}
		json_array_append_new(list, json_pack("{s:s, s:b, s:b, s:o}", "part", passage->part->number, "html", passage->html,
						      "attachment", passage->attachment, "lines", lines));
	}
	return list;
}

static json_int_t number_of(const struct reading *reading, const struct letter *letter)
{
	for (size_t i = 0; i < reading->letter_count; i++)
		if (reading->letters[i] == letter)
			return (json_int_t)i;
	return -1;
}

static json_t *letters_of(const struct reading *reading)
{
	static const char *const kinds[] = { [LETTER_OUTER] = "outer", [LETTER_QUOTED] = "quoted", [LETTER_FORWARDED] = "forwarded",
					     [LETTER_ENCLOSED] = "enclosed", [LETTER_ATTACHED] = "attached" };
	json_t *list = json_array();
	for (size_t i = 0; i < reading->letter_count; i++) {
		const struct letter *letter = reading->letters[i];
		json_array_append_new(list, json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind", kinds[letter->kind], "parent",
						      number_of(reading, letter->parent), "from", people_of(&letter->from), "to",
						      people_of(&letter->to), "cc", people_of(&letter->cc), "date", text_of(letter->date),
						      "subject", text_of(letter->subject), "signatures", signatures_of(letter),
						      "passages", passages_of(letter)));
	}
	return list;
}

static bool print_reading(const char *path, const struct lexicon *lexicon, struct pattern_scratch *scratch, struct error *err)
{
	struct arena *arena = arena_new();
	struct bytes raw;
	bool good = file_read(arena, path, INPUT_MOST, ERROR_REFUSED, &raw, err);
	if (good) {
		struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
		struct message *message = message_scan(arena, message_to_crlf(arena, raw), &limits);
		const struct reading *reading = reading_make(arena, message, lexicon, scratch);
		json_t *object = json_pack("{s:s, s:o}", "path", path, "letters", letters_of(reading));
		good = json_print(object);
		if (!good)
			error_set(err, ERROR_REFUSED, "%s: cannot be printed", path);
	}
	arena_free(&arena);
	return good;
}

static bool learn(struct lexicon *lexicon, const char *disclaimers, struct error *err)
{
	struct arena *arena = arena_new();
	struct bytes content;
	bool good = disclaimers == NULL || (file_read(arena, disclaimers, INPUT_MOST, ERROR_SETTINGS, &content, err) &&
					    lexicon_learn(lexicon, disclaimers, content, err));
	arena_free(&arena);
	return good;
}

static bool load(struct lexicon *lexicon, const char *pack, const char *disclaimers, struct error *err)
{
	return pack_add_phrases(pack, lexicon, err) && learn(lexicon, disclaimers, err) && lexicon_check(lexicon, err);
}

int main(int count, char **arguments)
{
	struct error err = ERROR_INIT;
	if (count != 2 && count != 3) {
		fputs("usage: reading_tool PACK.conf [DISCLAIMERS] <LIST\n", stderr);
		return 64;
	}
	char *line = NULL;
	size_t size = 0;
	struct lexicon *lexicon = lexicon_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	bool good = load(lexicon, arguments[1], arguments[2], &err);
	while (good && getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		good = print_reading(line, lexicon, scratch, &err);
	}
	if (!good)
		fprintf(stderr, "reading_tool: %s\n", error_text(&err));
	free(line);
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
	return good ? 0 : 1;
}
