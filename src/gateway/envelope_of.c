/* envelope_of.c - see envelope_of.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/envelope_of.h"

#include "message/address.h"

void envelope_add(struct arena *arena, struct envelope *envelope, const char *const *addresses, size_t count)
{
	const char **recipients = (const char **)envelope->recipients;
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(arena, recipients, envelope->recipient_count) = addresses[i];
	envelope->recipients = recipients;
}

void envelope_add_addressed(struct arena *arena, struct envelope *envelope, const struct part *root)
{
	static const char *const fields[] = { "To", "Cc" };
	for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
		struct mailbox_list list = mailboxes_of_ours(arena, root, fields[k]);
		for (size_t i = 0; i < list.count; i++)
			if (list.items[i].address[0] != '\0')
				envelope_add(arena, envelope, &list.items[i].address, 1);
	}
}
