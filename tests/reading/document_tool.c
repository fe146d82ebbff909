/* document_tool.c - prints what document_read gives of files: one line of JSON for each piece, letter and trouble.
 *
 *   document_tool FILE...
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/file.h"
#include "document/document.h"

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

static void print_all(const char *path, const struct documents *documents)
{
	for (size_t i = 0; i < documents->text_count; i++) {
		const struct document_text *text = &documents->texts[i];
		print(json_pack("{ss ss si sb so}", "file", path, "place", text->place, "role", (int)text->role, "html", (int)text->html, "text",
				text_of(text->utf8)));
	}
	for (size_t i = 0; i < documents->letter_count; i++) {
		const struct document_letter *letter = &documents->letters[i];
		print(json_pack("{ss ss ss? ss? so}", "file", path, "letter", letter->place, "from", letter->from, "subject", letter->subject, "plain",
				text_of(letter->plain)));
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
