/* slots.c - see slots.h. The C library's search tree, of slots that are the arena's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slots.h"

#include <search.h>

#include "memory/shelf.h"

static int compare_slots(const void *a, const void *b)
{
	const struct slot *first = a, *second = b;
	return first->kind != second->kind ? (first->kind < second->kind ? -1 : 1) : bytes_compare(first->octets, second->octets);
}

struct slot *slot_find(struct slots *slots, enum slot_kind kind, struct bytes octets)
{
	struct slot wanted = { .kind = kind, .octets = octets };
	struct slot **found = tfind(&wanted, &slots->tree, compare_slots);
	return found == NULL ? NULL : *found;
}

struct slot *slot_make(struct slots *slots, enum slot_kind kind, struct bytes octets)
{
	struct slot *slot = slot_find(slots, kind, octets);
	if (slot != NULL)
		return slot;
	slot = arena_alloc(slots->arena, sizeof *slot);
	slot->kind = kind;
	slot->octets = arena_bytes(slots->arena, octets);
	memory_must(tsearch(slot, &slots->tree, compare_slots));
	return slot;
}

void slot_add(struct slots *slots, enum slot_kind kind, struct bytes octets, int64_t number)
{
	struct slot *slot = slot_make(slots, kind, octets);
	if ((kind == SLOT_MARK || kind == SLOT_PRINT) && slot->count >= SHELF_ROWS_MOST)
		return;
	*ARENA_PUSH(slots->arena, slot->numbers, slot->count) = number;
}

void slot_take(struct slots *slots, enum slot_kind kind, struct bytes octets, int64_t number)
{
	struct slot *slot = slot_find(slots, kind, octets);
	size_t kept = 0;
	for (size_t i = 0; slot != NULL && i < slot->count; i++)
		if (slot->numbers[i] != number)
			slot->numbers[kept++] = slot->numbers[i];
	if (slot != NULL)
		slot->count = kept;
}

static void leave_slot(void *slot)
{
	(void)slot; /* the arena's */
}

void slots_end(struct slots *slots)
{
	tdestroy(slots->tree, leave_slot);
	slots->tree = NULL;
}
