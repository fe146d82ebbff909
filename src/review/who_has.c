/* who_has.c - see who_has.h. Delivered at once, released since, or kept from them: the store has a state for each recipient.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "who_has.h"

#include "base/bytes.h"

static bool is_same(const char *a, const char *b)
{
	return bytes_equal_nocase(bytes_of(a), bytes_of(b));
}

static struct some_recipients unless_all(const struct held *held, const char *const *items, size_t count)
{
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		bool named = false;
		for (size_t k = 0; k < count && !named; k++)
			named = is_same(held->all_recipients[i], items[k]);
		if (!named)
			return (struct some_recipients){ items, count };
	}
	return (struct some_recipients){ NULL, 0 };
}

struct some_recipients who_lacks(struct arena *arena, const struct held *held)
{
	const char **items = NULL;
	size_t count = 0;
	for (size_t i = 0; i < held->recipient_count; i++)
		if (held->recipients[i].state != HOLD_RELEASED)
			*ARENA_PUSH(arena, items, count) = held->recipients[i].address;
	return unless_all(held, items, count);
}

static bool had_it(const struct held *held, const char *address, int64_t since)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (is_same(held->recipients[i].address, address))
			return held->recipients[i].state == HOLD_RELEASED && held->recipients[i].changed_at < since;
	return false;
}

struct some_recipients who_got(struct arena *arena, const struct held *held, const struct queue_result *results, size_t count, int64_t since)
{
	const char **items = NULL;
	size_t got = 0;
	for (size_t i = 0; i < count; i++)
		if (results[i].state == HOLD_RELEASED && !had_it(held, results[i].recipient, since))
			*ARENA_PUSH(arena, items, got) = results[i].recipient;
	return unless_all(held, items, got);
}
