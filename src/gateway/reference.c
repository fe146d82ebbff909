/* reference.c - see reference.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "message/header.h"

#define LONGEST_ID ((size_t)998) /* of a line of RFC 5322 */
#define IDS_MOST 500
#define END_BYTES ((size_t)64 << 10) /* at each end of a message: enough to tell it from others */

static const struct bytes unstable_fields[] = {
	BYTES("Received"), BYTES("Return-Path"), BYTES("Date"), BYTES("Message-ID"), BYTES("Delivered-To"), BYTES("X-Original-To"),
};

static bool is_stable(struct bytes name)
{
	name = bytes_trim(name);
	for (size_t i = 0; i < sizeof unstable_fields / sizeof *unstable_fields; i++)
		if (bytes_equal_nocase(name, unstable_fields[i]))
			return false;
	return !bytes_starts_with_nocase(name, BYTES("X-Copyhold-"));
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_envelope(struct arena *arena, struct digest *digest, const struct envelope *envelope)
{
	digest_add_field(digest, bytes_of(envelope->from));
	digest_add_field(digest, bytes_of(envelope->auth));
	const char **recipients = arena_array(arena, envelope->recipient_count, sizeof *recipients);
	for (size_t i = 0; i < envelope->recipient_count; i++)
		recipients[i] = envelope->recipients[i];
	if (envelope->recipient_count > 0)
		qsort(recipients, envelope->recipient_count, sizeof *recipients, compare_strings);
	for (size_t i = 0; i < envelope->recipient_count; i++)
		digest_add_field(digest, bytes_of(recipients[i]));
}

const char *reference_content_key(struct arena *arena, const struct envelope *envelope, const struct message *message)
{
	struct digest digest;
	digest_begin(&digest);
	add_envelope(arena, &digest, envelope);
	const struct part *root = message->root;
	for (size_t i = 0; i < root->header_count; i++) {
		if (!is_stable(root->headers[i].name))
			continue;
		digest_add_field(&digest, root->headers[i].name);
		digest_add_field(&digest, root->headers[i].value);
	}
	digest_add_field(&digest, bytes_of(digest_of_large(arena, bytes_slice(message->raw, root->body_start, message->raw.length))));
	return digest_end(&digest, arena);
}

/* Crockford's base 32 leaves out letters that look like digits. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *reference_id(struct arena *arena, const struct envelope *envelope, const struct message *message)
{
	struct digest digest;
	struct bytes raw = message->raw;
	size_t tail = raw.length > 2 * END_BYTES ? raw.length - END_BYTES : END_BYTES;
	digest_begin(&digest);
	add_envelope(arena, &digest, envelope);
	digest_add_field(&digest, bytes_of(digest_of_large(arena, bytes_slice(raw, 0, END_BYTES))));
	digest_add_field(&digest, bytes_of(digest_of_large(arena, bytes_slice(raw, tail, raw.length))));
	digest_add_field(&digest, bytes_of(arena_printf(arena, "%zu %lld", raw.length, (long long)envelope->at)));
	const char *hex = digest_end(&digest, arena);
	uint64_t bits = 0;
	for (int i = 0; i < 10; i++)
		bits = bits << 4 | (unsigned)ascii_hex_value(hex[i]);
	char word[9] = "";
	for (int i = 7; i >= 0; i--, bits >>= 5)
		word[i] = letters[bits & 31];
	return arena_printf(arena, "CH-%d-%s", (int)clock_date_of(envelope->at), word);
}

/* The next "<...>" of a field at or after *at, which is moved past it. NULL at the end; "" for what is no id. */
static const char *next_id(struct arena *arena, struct bytes value, size_t *at)
{
	size_t start = bytes_find_char(value, '<', *at);
	size_t end = start == (size_t)-1 ? start : bytes_find_char(value, '>', start);
	if (end == (size_t)-1)
		return NULL;
	*at = end + 1;
	if (end - start > LONGEST_ID || !bytes_are_ascii(bytes_slice(value, start, end)))
		return "";
	return arena_string_of(arena, arena_without_nul(arena, bytes_slice(value, start, end + 1)));
}

/* The first "<...>" of a field. */
static const char *first_id(struct arena *arena, const struct part *root, const char *field)
{
	const struct header *header = header_find(root, field, 0);
	size_t at = 0;
	const char *id = header == NULL ? NULL : next_id(arena, header_unfolded(arena, header), &at);
	return id == NULL || *id == '\0' ? NULL : id;
}

struct string_list reference_ids(struct arena *arena, const struct message *message)
{
	static const char *const fields[] = { "References", "In-Reply-To" };
	struct string_list list = { NULL, 0, NULL };
	const char **items = NULL, *id;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct header *header = header_find(message->root, fields[i], 0);
		size_t at = 0;
		struct bytes value = header == NULL ? BYTES_EMPTY : header_unfolded(arena, header);
		while (list.count < IDS_MOST && (id = next_id(arena, value, &at)) != NULL)
			if (*id != '\0')
				*ARENA_PUSH(arena, items, list.count) = id;
	}
	list.items = items;
	return list;
}

const char *reference_thread(struct arena *arena, const struct message *message)
{
	static const char *const fields[] = { "References", "In-Reply-To", "Message-ID" };
	const char *id = NULL;
	for (size_t i = 0; i < sizeof fields / sizeof *fields && id == NULL; i++)
		id = first_id(arena, message->root, fields[i]);
	return id;
}
