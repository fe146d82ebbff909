/* text.h - a growing run of bytes, for building output.
 *
 * Invariant: data[length] is NUL once anything was appended, so data can be read as a C string when
 * the content has no NUL itself. Never truncates. Start from TEXT_INIT or zeroed memory. */
#ifndef COPYHOLD_BASE_TEXT_H
#define COPYHOLD_BASE_TEXT_H

#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

struct text {
	char *data;
	size_t length;
	size_t capacity;
};

#define TEXT_INIT ((struct text){ NULL, 0, 0 })

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, struct bytes bytes);
void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_vprintf(struct text *text, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* Room for `more` further bytes without another allocation. */
void text_reserve(struct text *text, size_t more);
static inline void text_add_char(struct text *text, char c)
{
	if (text->capacity - text->length < 2)
		text_reserve(text, 1);
	text->data[text->length++] = c;
	text->data[text->length] = '\0';
}
/* Cuts back to `length`, which must not be longer than the text. */
void text_truncate(struct text *text, size_t length);
struct bytes text_bytes(const struct text *text); /* borrowed until the next change */
const char *text_string(const struct text *text); /* never NULL; borrowed */
/* Moves the content into the arena and empties the text. */
struct bytes text_to_arena(struct text *text, struct arena *arena);
/* Frees the content; the text is empty and usable again. */
void text_release(struct text *text);

#endif
