/* mailboxes_twice.c - lists of mailboxes read by us and by libetpan: where the two differ, the list does not follow the grammar. Apart
 * from mailboxes.c so that a process that reads headers by our code alone does not link libetpan.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"
#include "message/address.h"
#include "message/header.h"

static bool same_address(struct arena *arena, const char *a, const char *b)
{
	const char *ours = address_normal(arena, a), *theirs = address_normal(arena, b);
	return ours == NULL || theirs == NULL ? strcmp(a, b) == 0 : strcmp(ours, theirs) == 0;
}

static bool etpan_agrees(struct arena *arena, struct bytes value, struct mailbox_list list)
{
	const char *const *addresses;
	size_t count;
	if (!etpan_addresses(arena, value, &addresses, &count) || count != list.count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!same_address(arena, list.items[i].address, addresses[i]))
			return false;
	return true;
}

struct mailbox_list mailboxes_parse(struct arena *arena, struct bytes value)
{
	struct header header = { .value = value };
	struct bytes unfolded = header_unfolded(arena, &header);
	struct mailbox_list list = mailboxes_parse_ours(arena, value);
	if (unfolded.length > 0 && !list.lenient)
		list.lenient = !etpan_agrees(arena, unfolded, list);
	return list;
}

struct mailbox_list mailboxes_of(struct arena *arena, const struct part *part, const char *field)
{
	return mailboxes_gather(arena, part, field, mailboxes_parse);
}
