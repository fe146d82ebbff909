/* arena.c - see arena.h. Blocks are chained; a request larger than a block gets one of its own, so that
 * a message's bytes do not waste the rest of a block.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)16 * 1024)

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) char room[];
};

struct arena {
	struct block *current;
	size_t asked;
};

static void *must(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

struct arena *arena_new(void)
{
	return must(calloc(1, sizeof(struct arena)));
}

void arena_free(struct arena **arena)
{
	if (*arena == NULL)
		return;
	struct block *block = (*arena)->current;
	while (block != NULL) {
		struct block *next = block->next;
		free(block);
		block = next;
	}
	free(*arena);
	*arena = NULL;
}

static struct block *block_new(size_t size)
{
	struct block *block = must(calloc(1, sizeof *block + size));
	block->size = size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t aligned = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (aligned < size || aligned > SIZE_MAX - sizeof(struct block))
		abort();
	arena->asked += aligned;
	struct block *current = arena->current;
	if (current != NULL && current->size - current->used >= aligned) {
		void *memory = current->room + current->used;
		current->used += aligned;
		return memory;
	}
	struct block *fresh = block_new(aligned > BLOCK_SIZE / 4 ? aligned : BLOCK_SIZE);
	fresh->used = aligned;
	if (current != NULL && fresh->size == aligned) {
		/* A block of its own goes behind the current one, which keeps its room. */
		fresh->next = current->next;
		current->next = fresh;
	} else {
		fresh->next = current;
		arena->current = fresh;
	}
	return fresh->room;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(count, size, &total))
		abort();
	return arena_alloc(arena, total);
}

struct bytes arena_bytes(struct arena *arena, struct bytes bytes)
{
	return (struct bytes){ arena_string_of(arena, bytes), bytes.length };
}

char *arena_string_of(struct arena *arena, struct bytes bytes)
{
	char *copy = arena_alloc(arena, bytes.length + 1);
	if (bytes.length > 0)
		memcpy(copy, bytes.data, bytes.length);
	return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
	return string == NULL ? NULL : arena_string_of(arena, bytes_of(string));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, args);
	if (length < 0)
		abort();
	char *string = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(string, (size_t)length + 1, format, again);
	va_end(again);
	return string;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *string = arena_vprintf(arena, format, args);
	va_end(args);
	return string;
}

size_t arena_used(const struct arena *arena)
{
	return arena->asked;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	/* Full exactly when count is 0 or a power of two from 4 up: the capacity is not stored. */
	if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
		return items;
	size_t capacity = count == 0 ? 4 : count * 2;
	void *moved = arena_array(arena, capacity, size);
	if (count > 0)
		memcpy(moved, items, count * size);
	return moved;
}
