/* gmime_tool.c - what GMime, a mail parser that shares no code with ours, sees in message files: for each path of standard input
 * one JSON array of its leaves, in order: type, file name, SHA-256 of the decoded bytes, and the text of texts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gmime/gmime.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *text_or_null(const char *text)
{
	json_t *value = text == NULL ? NULL : json_string(text);
	return value != NULL ? value : json_null();
}

static char *digest_of(GMimePart *part)
{
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	if (content != NULL)
		g_mime_data_wrapper_write_to_stream(content, stream);
	GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	char *digest = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
	g_object_unref(stream);
	return digest;
}

static void add_leaf(json_t *leaves, GMimePart *part)
{
	char *type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(GMIME_OBJECT(part)));
	char *digest = digest_of(part);
	char *text = GMIME_IS_TEXT_PART(part) ? g_mime_text_part_get_text(GMIME_TEXT_PART(part)) : NULL;
	json_array_append_new(leaves, json_pack("{s:s, s:o, s:s, s:o}", "type", type, "name", text_or_null(g_mime_part_get_filename(part)),
						"digest", digest, "text", text_or_null(text)));
	g_free(type);
	g_free(digest);
	g_free(text);
}

static void add_leaves(json_t *leaves, GMimeObject *object)
{
	if (GMIME_IS_MULTIPART(object)) {
		for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(object)); i++)
			add_leaves(leaves, g_mime_multipart_get_part(GMIME_MULTIPART(object), i));
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *enclosed = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (enclosed != NULL && g_mime_message_get_mime_part(enclosed) != NULL)
			add_leaves(leaves, g_mime_message_get_mime_part(enclosed));
	} else if (GMIME_IS_PART(object)) {
		add_leaf(leaves, GMIME_PART(object));
	}
}

static bool tell(const char *path)
{
	GMimeStream *stream = g_mime_stream_file_open(path, "r", NULL);
	if (stream == NULL)
		return false;
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	json_t *leaves = json_array();
	if (message != NULL && g_mime_message_get_mime_part(message) != NULL)
		add_leaves(leaves, g_mime_message_get_mime_part(message));
	bool written = json_dumpf(leaves, stdout, JSON_COMPACT) == 0 && putchar('\n') != EOF;
	json_decref(leaves);
	if (message != NULL)
		g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
	return written;
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	bool good = true;
	g_mime_init();
	while (good && getline(&line, &size, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		good = tell(line);
		if (!good)
			fprintf(stderr, "gmime_tool: cannot do %s\n", line);
	}
	free(line);
	g_mime_shutdown();
	return good ? 0 : 1;
}
