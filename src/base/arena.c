/* arena.c - see arena.h. Blocks are chained; a request larger than a quarter of a block gets one of its own, so that
 * a message's bytes do not waste the rest of a block. The first block is small: many an arena lives for one line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BLOCK_SIZE ((size_t)1024)
#define BLOCK_SIZE ((size_t)16 * 1024)
/* Most of what is printed is shorter and formatted once. */
#define PRINTED_SIZE 256

struct block {
	struct block *next;
	size_t used, size;
	alignas(max_align_t) char room[];
};

struct arena {
	struct block *current;
	size_t asked;
};

void *memory_must(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

struct arena *arena_new(void)
{
	return memory_must(calloc(1, sizeof(struct arena)));
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
	struct block *block = memory_must(calloc(1, sizeof *block + size));
	block->size = size;
	return block;
}

static size_t next_size(const struct block *current)
{
	if (current == NULL)
		return FIRST_BLOCK_SIZE;
	return current->size < BLOCK_SIZE / 4 ? current->size * 4 : BLOCK_SIZE;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t aligned = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (aligned < size || aligned > SIZE_MAX - sizeof(struct block) - FIRST_BLOCK_SIZE)
		abort();
	arena->asked += aligned;
	struct block *current = arena->current;
	if (current != NULL && current->size - current->used >= aligned) {
		void *memory = current->room + current->used;
		current->used += aligned;
		return memory;
	}
	size_t usual = next_size(current);
	struct block *fresh = block_new(aligned <= usual / 4 ? usual : current == NULL ? aligned + usual : aligned);
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
	char printed[PRINTED_SIZE];
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(printed, sizeof printed, format, args);
	if (length < 0)
		abort();
	char *string = arena_alloc(arena, (size_t)length + 1);
	if ((size_t)length < sizeof printed)
		memcpy(string, printed, (size_t)length + 1);
	else
		vsnprintf(string, (size_t)length + 1, format, again);
	va_end(again);
	return string;
}

struct bytes arena_without_nul(struct arena *arena, struct bytes bytes)
{
	if (bytes_find_char(bytes, '\0', 0) == (size_t)-1)
		return bytes;
	char *kept = arena_alloc(arena, bytes.length);
	size_t length = 0;
	for (size_t i = 0; i < bytes.length; i++)
		if (bytes.data[i] != '\0')
			kept[length++] = bytes.data[i];
	return (struct bytes){ kept, length };
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
