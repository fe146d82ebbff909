/* arena.h - memory with one owner and one end.
 *
 * Everything made while one message (or one configuration) is looked at lives in one arena and is
 * freed with it at once. Allocation succeeds or the process aborts: a size a sender can choose must
 * be checked against a limit before it gets here. An arena is used by one thread at a time. */
#ifndef COPYHOLD_BASE_ARENA_H
#define COPYHOLD_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/bytes.h"

struct arena;

struct arena *arena_new(void);
/* Frees everything in it and sets *arena to NULL; NULL is allowed. */
void arena_free(struct arena **arena);

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
/* Zeroed array; aborts when count * size overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Copies; the strings end in NUL. */
char *arena_string(struct arena *arena, const char *string); /* NULL stays NULL */
char *arena_string_of(struct arena *arena, struct bytes bytes);
struct bytes arena_bytes(struct arena *arena, struct bytes bytes);
/* All but its NUL octets; borrows when there is none. */
struct bytes arena_without_nul(struct arena *arena, struct bytes bytes);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* Bytes asked for so far, for limits and benchmarks. */
size_t arena_used(const struct arena *arena);

/* For the little that outlives any arena: what malloc gave, or the end of the process. */
void *memory_must(void *memory);

/* Makes room for one more element in an array that grows inside the arena: `items` has `count` elements of
 * `size` bytes; the room for them doubles at each power of two. Returns the array, moved or not. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t size);
/* items = arena_push(...): appends a zeroed element and yields its address. */
#define ARENA_PUSH(arena, items, count) \
	((items) = arena_grow((arena), (items), (count), sizeof *(items)), &(items)[(count)++])

#endif
