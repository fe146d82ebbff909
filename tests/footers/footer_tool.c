/* footer_tool.c - adds a footer to message files, for the property tests in this folder.
 *
 *   footer_tool LINE <LIST
 * LIST has "INPUT OUTPUT" paths a line, apart by a tab. For each, the message with LINE at its feet is written to OUTPUT
 * and one JSON object to standard output: why it was not touched, its feet, the edits with their bytes in hex.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../json_tool.h"
#include "action/footer.h"
#include "reading/reading.h"

static bool write_file(const char *path, struct bytes bytes)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	bool whole = fwrite(bytes.data, 1, bytes.length, file) == bytes.length;
	return fclose(file) == 0 && whole;
}

static json_t *edits_of(const struct edit_list *edits)
{
	static const char *const kinds[] = {
		[EDIT_HEADER_REMOVE] = "remove", [EDIT_HEADER_REPLACE] = "replace", [EDIT_HEADER_INSERT] = "insert", [EDIT_BODY] = "body",
	};
	json_t *list = json_array();
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *edit = &edits->items[i];
		json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:o}", "kind", kinds[edit->kind], "offset", (json_int_t)edit->offset,
						      "length", (json_int_t)edit->length, "bytes", hex_of(edit->bytes)));
	}
	return list;
}

static json_t *feet_of(const struct reading *reading)
{
	json_t *list = json_array();
	for (size_t i = 0; i < reading->foot_count; i++) {
		const struct part *part = reading->feet[i].part;
		json_array_append_new(list, json_pack("{s:s, s:b, s:I, s:I, s:I}", "part", part->number, "html", reading->feet[i].html,
						      "header", (json_int_t)part->start, "start", (json_int_t)part->body_start,
						      "end", (json_int_t)part->body_end));
	}
	return list;
}

static bool add_footer(const char *input, const char *output, const char *line, const struct lexicon *lexicon,
		       struct pattern_scratch *scratch)
{
	struct arena *arena = arena_new();
	struct bytes raw;
	if (!input_read(arena, input, &raw)) {
		arena_free(&arena);
		return false;
	}
	struct message *message = message_scan(arena, raw, &MESSAGE_LIMITS_DEFAULT);
	message_second_opinion(arena, message);
	const struct reading *reading = reading_make(arena, message, lexicon, scratch);
	struct edit_list edits;
	enum untouched why = footer_splice(arena, message, reading, &line, 1, &edits);
	bool written = write_file(output, edits_apply(arena, message->raw, &edits));
	json_t *result = json_pack("{s:s, s:s, s:o, s:o}", "input", input, "why", untouched_code(why), "feet", feet_of(reading),
				   "edits", edits_of(&edits));
	written = json_print(result) && written;
	arena_free(&arena);
	return written;
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t size = 0;
	bool good = argc == 2;
	struct lexicon *lexicon = lexicon_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	while (good && getline(&line, &size, stdin) > 0) {
		char *input = strtok(line, "\t\n"), *output = strtok(NULL, "\t\n");
		good = output != NULL && add_footer(input, output, argv[1], lexicon, scratch);
		if (!good)
			fprintf(stderr, "footer_tool: cannot do %s\n", input != NULL ? input : "an empty line");
	}
	free(line);
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
	return good ? 0 : 1;
}
