/* trace_files.c - the digests of attached files. Logos, contact cards and signatures are left out: everybody's mail has them.
 *
 * What is inside a container is the reader's to open; its words are among the texts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace_parts.h"

#include <sodium.h>
#include <string.h>

#include "message/decode.h"

#define SMALLEST_FILE ((size_t)32)
#define SMALLEST_PICTURE ((size_t)48 << 10)         /* as an attachment */
#define SMALLEST_INLINE_PICTURE ((size_t)400 << 10) /* shown in the text: a letterhead, a banner */

static bool is_of_everybody(const struct part *part)
{
	static const char *const types[][2] = {
		{ "text", "calendar" }, { "text", "vcard" }, { "text", "x-vcard" }, { "text", "directory" },
		{ "application", "pgp-signature" }, { "application", "pgp-keys" }, { "application", "pkcs7-signature" },
		{ "application", "x-pkcs7-signature" }, { "application", "ics" },
	};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (part_is(part, types[i][0], types[i][1]))
			return true;
	return false;
}

static bool is_file(const struct part *part)
{
	return !part_is_multipart(part) && part->enclosed == NULL && !part_is(part, "message", NULL) && !part_is_shown_text(part) &&
	       !is_of_everybody(part);
}

static bool is_inline(const struct part *part)
{
	if (part->disposition != NULL)
		return strcmp(part->disposition, "inline") == 0;
	for (size_t i = 0; i < part->header_count; i++)
		if (bytes_equal_nocase(part->headers[i].name, BYTES("Content-ID")))
			return true;
	return false;
}

static size_t smallest(const struct part *part)
{
	if (!part_is(part, "image", NULL))
		return SMALLEST_FILE;
	return is_inline(part) ? SMALLEST_INLINE_PICTURE : SMALLEST_PICTURE;
}

const char *trace_file_place(struct arena *arena, const struct part *part)
{
	bool named = part->file_name != NULL && part->file_name[0] != '\0';
	return arena_printf(arena, "%s (part %s)", named ? part->file_name : "attached file", part->number);
}

/* Not by part_decode: what may be decoded of a message is for reading it. No more comes out than the message has octets. */
static struct bytes content_of(struct arena *arena, const struct part *part)
{
	struct bytes body = bytes_slice(part->message->raw, part->body_start, part->body_end);
	bool clean;
	if (part->encoding == ENCODING_BASE64)
		return base64_to_bytes(arena, body, &clean);
	if (part->encoding == ENCODING_QUOTED_PRINTABLE)
		return quoted_printable_to_bytes(arena, body, &clean);
	return body;
}

/* Line ends of text are the transport's. */
static void digest_text(struct bytes content, unsigned char *out)
{
	crypto_generichash_state state;
	size_t offset = 0;
	struct bytes line;
	crypto_generichash_init(&state, NULL, 0, TRACE_DIGEST_LENGTH);
	while (bytes_next_line(content, &offset, &line)) {
		if (line.length > 0)
			crypto_generichash_update(&state, (const unsigned char *)line.data, line.length);
		crypto_generichash_update(&state, (const unsigned char *)"\n", 1);
	}
	crypto_generichash_final(&state, out, TRACE_DIGEST_LENGTH);
}

static void take_file(struct arena *arena, const struct part *part, struct traced_file **files, size_t *count)
{
	struct arena *own = arena_new();
	struct bytes content = content_of(own, part);
	if (content.length >= smallest(part)) {
		struct traced_file *file = ARENA_PUSH(arena, *files, *count);
		if (part_is(part, "text", NULL))
			digest_text(content, file->digest);
		else
			crypto_generichash(file->digest, TRACE_DIGEST_LENGTH, (const unsigned char *)content.data, content.length, NULL, 0);
		file->size = content.length;
		file->where = trace_file_place(arena, part);
	}
	arena_free(&own);
}

static void take_files(struct arena *arena, const struct message *message, struct traced_file **files, size_t *count)
{
	for (size_t i = 0; i < message->part_count && *count < TRACE_FILES_MOST; i++) {
		const struct part *part = message->parts[i];
		if (part->enclosed != NULL)
			take_files(arena, part->enclosed, files, count);
		else if (is_file(part) && part->body_end - part->body_start >= SMALLEST_FILE)
			take_file(arena, part, files, count);
	}
}

void trace_take_files(struct arena *arena, const struct message *message, struct trace *trace)
{
	struct traced_file *files = NULL;
	take_files(arena, message, &files, &trace->file_count);
	trace->files = files;
}
