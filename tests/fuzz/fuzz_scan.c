/* fuzz_scan.c - any bytes through the whole message layer: scan, second opinion, decoding, other texts, addresses.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "fuzz.h"
#include "message/address.h"
#include "message/decode.h"
#include "message/header.h"

static void read_addresses(struct arena *arena, const struct part *part)
{
	static const char *const fields[] = { "From", "To", "Cc", "Bcc", "Reply-To" };
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		struct mailbox_list list = mailboxes_of(arena, part, fields[i]);
		for (size_t n = 0; n < list.count; n++) {
			const char *normal = address_normal(arena, list.items[n].address);
			if (normal == NULL)
				continue;
			const char *again = address_normal(arena, normal);
			must(again != NULL && strcmp(again, normal) == 0);
			must(address_normal(arena, address_without_tag(arena, normal)) != NULL);
		}
	}
}

static void read_part(struct arena *arena, const struct part *part)
{
	size_t length = part->message->raw.length;
	struct bytes bytes;
	must(part->start <= part->body_start && part->body_start <= part->body_end && part->body_end <= length);
	must(part->next == NULL || part->next->start > part->body_end);
	part_decode(arena, part, &bytes);
	part_text(arena, part, &bytes);
	for (size_t i = 0; i < part->header_count; i++) {
		must(part->headers[i].end <= part->body_start);
		header_text(arena, part, &part->headers[i]);
	}
	part_is_protected(part);
	read_addresses(arena, part);
}

static void read_message(struct arena *arena, const struct message *message)
{
	for (size_t i = 0; i < message->part_count; i++) {
		read_part(arena, message->parts[i]);
		if (message->parts[i]->enclosed != NULL)
			read_message(arena, message->parts[i]->enclosed);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct bytes raw = { (const char *)data, size };
	struct message_limits limits = MESSAGE_LIMITS_DEFAULT;
	/* Small enough for short inputs to reach them. */
	limits.depth = 6;
	limits.parts = 40;
	limits.headers = 60;
	limits.decoded_bytes = (size_t)1 << 18;
	struct message *message = message_scan(arena, message_to_crlf(arena, raw), &limits);
	struct other_readings others;
	message_second_opinion(arena, message);
	read_message(arena, message);
	message_other_readings(arena, message, &others);
	arena_free(&arena);
	return 0;
}
