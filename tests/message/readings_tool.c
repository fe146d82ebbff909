/* readings_tool.c - every reading of message files, for the tests in this folder.
 *
 *   readings_tool [-b] FILE ...
 * For each file one JSON object a line: whether it is ambiguous, its defects, and all that some mail client could show of it: parts,
 * other texts, files and the names of files; bytes in hex. -b: without the bytes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../json_tool.h"
#include "message/decode.h"

/* `readings` is NULL where they are not asked for. */
static void add_reading(json_t *readings, const char *how, struct bytes bytes)
{
	if (readings != NULL)
		json_array_append_new(readings, json_pack("{s:s, s:o}", "how", how, "hex", hex_of(bytes)));
}

static void add_names(json_t *names, const struct part *part)
{
	if (part->file_name != NULL)
		json_array_append_new(names, json_string(part->file_name));
	for (size_t i = 0; i < part->other_name_count; i++)
		json_array_append_new(names, json_string(part->other_names[i]));
}

/* False when some text could not be decoded: a named gap, not silence. */
static bool add_parts(struct arena *arena, const struct message *message, json_t *readings, json_t *names)
{
	bool whole = true;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		struct bytes bytes;
		add_names(names, part);
		if (part->enclosed != NULL)
			whole &= add_parts(arena, part->enclosed, readings, names);
		if (part_is(part, "text", NULL)) {
			whole &= part_text(arena, part, &bytes);
			add_reading(readings, "part", bytes);
		} else if (part->first_child == NULL && part_decode(arena, part, &bytes)) {
			add_reading(readings, "part", bytes);
		}
	}
	return whole;
}

static json_t *readings_of(struct arena *arena, struct bytes raw, bool brief)
{
	struct message *message = message_scan(arena, message_to_crlf(arena, raw), &MESSAGE_LIMITS_DEFAULT);
	struct other_readings others;
	json_t *readings = brief ? NULL : json_array(), *names = json_array(), *defects = json_array();
	message_second_opinion(arena, message);
	message_other_readings(arena, message, &others);
	bool whole = add_parts(arena, message, readings, names);
	for (size_t i = 0; i < others.text_count; i++)
		add_reading(readings, others.texts[i].how, others.texts[i].utf8);
	for (size_t i = 0; i < others.file_count; i++) {
		add_reading(readings, others.files[i].how, others.files[i].content);
		if (others.files[i].name != NULL)
			json_array_append_new(names, json_string(others.files[i].name));
	}
	for (size_t i = 0; i < message->defect_count; i++)
		json_array_append_new(defects, json_string(defect_name(message->defects[i].kind)));
	return json_pack("{s:b, s:b, s:o, s:o, s:o*}", "ambiguous", message->ambiguous, "whole", whole, "defects", defects, "names", names, "readings",
			 readings);
}

static bool print_readings(const char *path, bool brief)
{
	struct arena *arena = arena_new();
	struct bytes raw;
	bool good = input_read(arena, path, &raw) && json_print(readings_of(arena, raw, brief));
	arena_free(&arena);
	return good;
}

int main(int argc, char **argv)
{
	bool brief = argc > 1 && strcmp(argv[1], "-b") == 0;
	bool good = true;
	for (int i = brief ? 2 : 1; good && i < argc; i++)
		good = print_readings(argv[i], brief);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
