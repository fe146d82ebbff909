/* slots.h - one search tree from a kind and some octets to numbers, for the memory in the process. Private to src/memory. */
#ifndef COPYHOLD_MEMORY_SLOTS_H
#define COPYHOLD_MEMORY_SLOTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

enum slot_kind { SLOT_MARK, SLOT_PRINT, SLOT_NAME, SLOT_SAME, SLOT_ISSUED_MARK, SLOT_ISSUED_PRINT };

struct slot {
	enum slot_kind kind;
	struct bytes octets;
	int64_t *numbers;   /* for what is issued: the one time until when */
	size_t count;
};

struct slots { /* all zero but the arena: none */
	struct arena *arena; /* borrowed: octets and numbers are kept there */
	void *tree;
};

/* NULL: there is none. */
struct slot *slot_find(struct slots *slots, enum slot_kind kind, struct bytes octets);
/* An empty one when there is none. */
struct slot *slot_make(struct slots *slots, enum slot_kind kind, struct bytes octets);
/* Of marks and prints at most SHELF_ROWS_MOST numbers (shelf.h): further ones are left out. */
void slot_add(struct slots *slots, enum slot_kind kind, struct bytes octets, int64_t number);
/* Every such number in it; the others stay in order. */
void slot_take(struct slots *slots, enum slot_kind kind, struct bytes octets, int64_t number);
void slots_end(struct slots *slots);

#endif
