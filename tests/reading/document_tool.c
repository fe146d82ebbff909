/* document_tool.c - prints what document_read gives of files: one line of JSON for each piece, letter and trouble. HTML is
 * printed as people see it, a letter as its shown texts.
 *
 *   document_tool FILE...
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../json_tool.h"
#include "document/document.h"
#include "message/decode.h"
#include "reading/html.h"

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

static bool print_all(const char *path, const struct documents *documents)
{
	struct arena *arena = documents->arena;
	bool good = true;
	for (size_t i = 0; i < documents->text_count; i++) {
		const struct document_text *text = &documents->texts[i];
		good &= json_print(json_pack("{ss ss si so}", "file", path, "place", text->place, "role", (int)text->role, "text", text_of(shown(arena, text))));
	}
	for (size_t i = 0; i < documents->letter_count; i++) {
		const struct document_letter *letter = &documents->letters[i];
		good &= json_print(json_pack("{ss ss ss? ss? so}", "file", path, "place", letter->place, "from", letter->from, "subject", letter->subject,
					     "text", text_of(texts_of(arena, letter))));
	}
	for (size_t i = 0; i < documents->trouble_count; i++)
		good &= json_print(json_pack("{ss ss ss}", "file", path, "place", documents->troubles[i].place, "trouble", documents->troubles[i].why));
	return good;
}

static bool print_file(const char *path)
{
	struct arena *arena = arena_new();
	struct documents documents = documents_begin(arena);
	struct bytes content;
	const char *slash = strrchr(path, '/');
	bool good = input_read(arena, path, &content);
	if (good && !document_read(&documents, "", content, slash == NULL ? path : slash + 1, NULL))
		good = json_print(json_pack("{ss sb}", "file", path, "known", 0));
	good = good && print_all(path, &documents);
	arena_free(&arena);
	return good;
}

int main(int argc, char **argv)
{
	bool good = true;
	for (int i = 1; good && i < argc; i++)
		good = print_file(argv[i]);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
