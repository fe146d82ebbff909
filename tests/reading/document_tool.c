/* document_tool.c - prints what document_read gives of files: one line of JSON for each piece, letter and trouble. HTML is
 * printed as people see it, a letter as its shown texts.
 *
 *   document_tool FILE...
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/file.h"
#include "document/document.h"
#include "base/text.h"
#include "message/decode.h"
#include "reading/html.h"

#define FILE_MOST ((size_t)64 << 20)

static void print(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
	putchar('\n');
	json_decref(object);
}

static json_t *text_of(struct bytes bytes)
{
	return bytes.length == 0 ? json_string("") : json_stringn(bytes.data, bytes.length);
}

static struct bytes shown(struct arena *arena, const struct document_text *text)
{
	return text->html ? html_read(arena, text->utf8).shown : text->utf8;
}

static struct bytes texts_of(struct arena *arena, const struct document_letter *letter)
{
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	struct text text = TEXT_INIT;
	struct bytes utf8;
	if (letter->raw.length == 0)
		return letter->plain.length > 0 ? letter->plain : html_read(arena, letter->html).shown;
	const struct message *message = message_scan(arena, message_to_crlf(arena, letter->raw), &limits);
	for (size_t i = 0; i < message->part_count; i++)
		if (part_is_shown_text(message->parts[i]) && part_text(arena, message->parts[i], &utf8))
			text_add_bytes(&text, part_is_html(message->parts[i]) ? html_read(arena, utf8).shown : utf8);
	return text_to_arena(&text, arena);
}

static void print_all(const char *path, const struct documents *documents)
{
	struct arena *arena = documents->arena;
	for (size_t i = 0; i < documents->text_count; i++) {
		const struct document_text *text = &documents->texts[i];
		print(json_pack("{ss ss si so}", "file", path, "place", text->place, "role", (int)text->role, "text", text_of(shown(arena, text))));
	}
	for (size_t i = 0; i < documents->letter_count; i++) {
		const struct document_letter *letter = &documents->letters[i];
		print(json_pack("{ss ss ss? ss? so}", "file", path, "place", letter->place, "from", letter->from, "subject", letter->subject, "text",
				text_of(texts_of(arena, letter))));
	}
	for (size_t i = 0; i < documents->trouble_count; i++)
		print(json_pack("{ss ss ss}", "file", path, "place", documents->troubles[i].place, "trouble", documents->troubles[i].why));
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct arena *arena = arena_new();
		struct documents documents = documents_begin(arena);
		struct error err = ERROR_INIT;
		struct bytes content;
		const char *name = strrchr(argv[i], '/');
		if (!file_read(arena, argv[i], FILE_MOST, ERROR_INPUT, &content, &err)) {
			fprintf(stderr, "%s\n", error_text(&err));
			return EXIT_FAILURE;
		}
		if (!document_read(&documents, "", content, name == NULL ? argv[i] : name + 1, NULL))
			print(json_pack("{ss sb}", "file", argv[i], "known", 0));
		print_all(argv[i], &documents);
		arena_free(&arena);
	}
	return EXIT_SUCCESS;
}
