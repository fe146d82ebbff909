/* letter.c - what can be asked of one letter (reading.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/reading.h"

bool letter_is_below(const struct letter *letter)
{
	return letter->kind != LETTER_OUTER && letter->kind != LETTER_ATTACHED;
}

bool letter_shows_address(const struct letter *letter, const char *address)
{
	const struct mailbox_list *const lists[] = { &letter->from, &letter->to, &letter->cc };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			if (bytes_equal_nocase(bytes_of(lists[i]->items[k].address), bytes_of(address)))
				return true;
	return false;
}
