/* text.c - see text.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most of what is printed is shorter and formatted once. */
#define PRINTED_SIZE 256

void text_reserve(struct text *text, size_t more)
{
	size_t needed;
	if (__builtin_add_overflow(text->length, more, &needed) || needed == (size_t)-1)
		abort();
	needed++; /* the closing NUL */
	if (needed <= text->capacity)
		return;
	size_t capacity = text->capacity < 64 ? 64 : text->capacity;
	while (capacity < needed)
		capacity = capacity > (size_t)-1 / 2 ? needed : capacity * 2;
	char *data = realloc(text->data, capacity);
	if (data == NULL)
		abort();
	text->data = data;
	text->capacity = capacity;
}

void text_add_bytes(struct text *text, struct bytes bytes)
{
	text_reserve(text, bytes.length);
	if (bytes.length > 0)
		memcpy(text->data + text->length, bytes.data, bytes.length);
	text->length += bytes.length;
	text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, bytes_of(string));
}

void text_vprintf(struct text *text, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	text_reserve(text, PRINTED_SIZE);
	int length = vsnprintf(text->data + text->length, PRINTED_SIZE, format, args);
	if (length < 0)
		abort();
	if (length >= PRINTED_SIZE) {
		text_reserve(text, (size_t)length);
		vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
	}
	text->length += (size_t)length;
	va_end(again);
}

void text_printf(struct text *text, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	text_vprintf(text, format, args);
	va_end(args);
}

void text_truncate(struct text *text, size_t length)
{
	if (length > text->length)
		abort();
	text->length = length;
	if (text->data != NULL)
		text->data[length] = '\0';
}

struct bytes text_bytes(const struct text *text)
{
	return (struct bytes){ text->data, text->length };
}

const char *text_string(const struct text *text)
{
	return text->data == NULL ? "" : text->data;
}

struct bytes text_to_arena(struct text *text, struct arena *arena)
{
	struct bytes moved = arena_bytes(arena, text_bytes(text));
	text_release(text);
	return moved;
}

void text_release(struct text *text)
{
	free(text->data);
	*text = TEXT_INIT;
}
