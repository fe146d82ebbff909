/* lineage_tool.c - prints of message files as memory would know them, one JSON object a line, for lineage.py.
 *
 *   lineage_tool PACK.conf <LIST
 * LIST has a path a line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../json_tool.h"
#include "../pack_files.h"
#include "memory/trace.h"

static json_t *lines_of(const struct letter *letter)
{
	json_t *lines = json_array();
	for (size_t i = 0; letter->kind == LETTER_OUTER && i < letter->passage_count; i++)
		for (size_t k = 0; !letter->passages[i].attachment && k < letter->passages[i].line_count; k++) {
			const struct line *line = &letter->passages[i].lines[k];
			if (line->zone == ZONE_AUTHOR)
				json_array_append_new(lines, json_stringn(line->plain.data == NULL ? "" : line->plain.data, line->plain.length));
		}
	return lines;
}

static json_t *texts_of(const struct trace *trace)
{
	json_t *texts = json_array();
	for (size_t i = 0; i < trace->text_count; i++) {
		const struct traced_text *text = &trace->texts[i];
		json_t *prints = json_array();
		for (size_t k = 0; k < text->count; k++)
			json_array_append_new(prints, json_integer((json_int_t)trace->prints[text->first + k]));
		json_array_append_new(texts, json_pack("{s:b, s:o}", "own", text->letter->kind == LETTER_OUTER, "prints", prints));
	}
	return texts;
}

static bool print_trace(const char *path, const struct lexicon *lexicon, struct pattern_scratch *scratch)
{
	struct arena *arena = arena_new();
	struct bytes raw;
	bool good = input_read(arena, path, &raw);
	if (good) {
		struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
		struct message *message = message_scan(arena, message_to_crlf(arena, raw), &limits);
		const struct reading *reading = reading_make(arena, message, lexicon, scratch);
		const struct trace *trace = trace_make(arena, message, reading);
		const struct letter *outer = reading->outer;
		json_t *references = json_array();
		for (size_t i = 0; i < trace->reference_count; i++)
			json_array_append_new(references, json_string(trace->references[i]));
		good = json_print(json_pack("{s:s, s:s?, s:s?, s:s, s:o, s:o, s:o}", "path", path, "id", trace->message_id, "subject", outer->bare_subject,
					    "from", outer->from.count > 0 ? outer->from.items[0].address : "", "references", references, "lines",
					    lines_of(outer), "texts", texts_of(trace)));
	}
	arena_free(&arena);
	return good;
}

int main(int count, char **arguments)
{
	struct error err = ERROR_INIT;
	struct lexicon *lexicon = lexicon_new();
	struct pattern_scratch *scratch = pattern_scratch_new();
	char *line = NULL;
	size_t size = 0;
	if (count != 2) {
		fputs("usage: lineage_tool PACK.conf <LIST\n", stderr);
		return 64;
	}
	bool good = pack_add_phrases(arguments[1], lexicon, &err) && lexicon_check(lexicon, &err);
	if (!good)
		fprintf(stderr, "lineage_tool: %s\n", error_text(&err));
	while (good && getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		good = print_trace(line, lexicon, scratch);
	}
	free(line);
	pattern_scratch_free(&scratch);
	lexicon_free(&lexicon);
	return good ? 0 : 1;
}
