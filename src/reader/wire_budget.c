/* wire_budget.c - how much memory an answer may take while it is unpacked: it goes into the message's arena, and so with it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire.h"

/* Unpacked, an octet of an answer takes up to this many: a short string is a pointer and its copy. */
#define UNPACKED_RATIO 40
#define UNPACKED_LEAST ((size_t)64 << 10)
#define UNPACKED_MOST ((size_t)256 << 20)

struct budget budget_for(struct arena *arena, struct bytes answer)
{
	size_t room = answer.length * UNPACKED_RATIO + UNPACKED_LEAST;
	return (struct budget){ arena, room < UNPACKED_MOST ? room : UNPACKED_MOST };
}

void *budget_alloc(void *data, size_t size)
{
	struct budget *budget = data;
	if (size > budget->left)
		return NULL;
	budget->left -= size;
	return arena_alloc(budget->arena, size);
}

void budget_free(void *data, void *memory)
{
}
