/* trace.c - see trace.h. The ids a message gives and names, and the digest of what all its envelopes share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace_parts.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"
#include "message/header.h"

#define LONGEST_ID ((size_t)998)      /* of a line of RFC 5322 */
#define THREAD_INDEX_OCTETS ((size_t)22) /* header block of Outlook's index; what follows counts answers */

/* The next "<...>" of a field; false at its end. */
static bool next_id(struct bytes value, size_t *at, struct bytes *out)
{
	for (;;) {
		size_t start = bytes_find_char(value, '<', *at);
		size_t end = start == (size_t)-1 ? start : bytes_find_char(value, '>', start);
		if (end == (size_t)-1)
			return false;
		*at = end + 1;
		*out = bytes_slice(value, start, end + 1);
		if (out->length <= LONGEST_ID && bytes_are_ascii(*out) && memchr(out->data, '\0', out->length) == NULL)
			return true;
	}
}

struct id_list {
	struct arena *arena;
	const char **items;
	size_t count;
};

static void add_id(struct id_list *list, struct bytes id)
{
	for (size_t i = 0; i < list->count; i++)
		if (bytes_equal(id, bytes_of(list->items[i])))
			return;
	*ARENA_PUSH(list->arena, list->items, list->count) = arena_string_of(list->arena, id);
}

/* Newest first: the field names the oldest first. */
static void add_ids(struct id_list *list, const struct part *root, const char *field, size_t most)
{
	const struct header *header = header_find(root, field, 0);
	if (header == NULL)
		return;
	struct bytes value = header_unfolded(list->arena, header), id;
	struct bytes *found = NULL;
	size_t count = 0, at = 0;
	while (next_id(value, &at, &id))
		*ARENA_PUSH(list->arena, found, count) = id;
	for (size_t i = count; i-- > 0 && list->count < most;)
		add_id(list, found[i]);
}

static void take_references(struct arena *arena, const struct part *root, struct trace *trace)
{
	struct id_list list = { .arena = arena };
	add_ids(&list, root, "References", TRACE_REFERENCES_MOST);
	add_ids(&list, root, "In-Reply-To", TRACE_REFERENCES_MOST);
	trace->references = list.items;
	trace->reference_count = list.count;
}

static void add_enclosed(struct id_list *list, const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		const struct message *enclosed = message->parts[i]->enclosed;
		if (enclosed == NULL || list->count >= TRACE_REFERENCES_MOST)
			continue;
		add_ids(list, enclosed->root, "Message-ID", TRACE_REFERENCES_MOST);
		add_enclosed(list, enclosed);
	}
}

static void take_enclosed(struct arena *arena, const struct message *message, struct trace *trace)
{
	struct id_list list = { .arena = arena };
	add_enclosed(&list, message);
	trace->enclosed = list.items;
	trace->enclosed_count = list.count;
}

static const char *thread_index_of(struct arena *arena, const struct part *root)
{
	const struct header *header = header_find(root, "Thread-Index", 0);
	unsigned char octets[512];
	size_t length = 0;
	if (header == NULL)
		return NULL;
	struct bytes value = header_unfolded(arena, header);
	if (sodium_base642bin(octets, sizeof octets, value.data, value.length, " \t\r\n", &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    length < THREAD_INDEX_OCTETS)
		return NULL;
	char *hex = arena_alloc(arena, 2 * THREAD_INDEX_OCTETS + 1);
	return sodium_bin2hex(hex, 2 * THREAD_INDEX_OCTETS + 1, octets, THREAD_INDEX_OCTETS);
}

static void add_field(crypto_generichash_state *state, struct bytes bytes)
{
	unsigned char length[8];
	for (int i = 0; i < 8; i++)
		length[i] = (unsigned char)((uint64_t)bytes.length >> (8 * i));
	crypto_generichash_update(state, length, sizeof length);
	crypto_generichash_update(state, (const unsigned char *)(bytes.length > 0 ? bytes.data : ""), bytes.length);
}

/* What relays add, and what a client leaves out of some copies (Bcc), is not among it. */
static void digest_content(struct arena *arena, const struct message *message, unsigned char *out)
{
	static const char *const fields[] = { "From", "Sender", "To", "Cc", "Subject", "Date", "Content-Type" };
	const struct part *root = message->root;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, TRACE_DIGEST_LENGTH);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct header *header = header_find(root, fields[i], 0);
		add_field(&state, header == NULL ? BYTES_EMPTY : header_unfolded(arena, header));
	}
	add_field(&state, bytes_slice(message->raw, root->body_start, message->raw.length));
	crypto_generichash_final(&state, out, TRACE_DIGEST_LENGTH);
}

const struct trace *trace_make(struct arena *arena, const struct message *message, const struct reading *reading)
{
	struct trace *trace = arena_alloc(arena, sizeof *trace);
	trace->message_id = reading->message_id;
	take_references(arena, message->root, trace);
	trace->thread_index = thread_index_of(arena, message->root);
	take_enclosed(arena, message, trace);
	digest_content(arena, message, trace->content);
	trace_take_files(arena, message, trace);
	trace_take_texts(arena, reading, trace);
	return trace;
}
