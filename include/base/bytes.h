/* bytes.h - a borrowed run of bytes.
 *
 * Mail is bytes, not C strings: a NUL is data like any other. `struct bytes`
 * never owns what it points to; whoever hands one out says what it borrows from. */
#ifndef COPYHOLD_BASE_BYTES_H
#define COPYHOLD_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
	const char *data; /* may be NULL when length is 0 */
	size_t length;
};

#define BYTES_EMPTY ((struct bytes){ NULL, 0 })
/* For a string literal only. */
#define BYTES(literal) ((struct bytes){ (literal), sizeof(literal) - 1 })

struct bytes bytes_of(const char *string); /* strlen; NULL gives BYTES_EMPTY */
bool bytes_equal(struct bytes a, struct bytes b);
/* ASCII case-insensitive, whatever the locale. */
bool bytes_equal_nocase(struct bytes a, struct bytes b);
bool bytes_starts_with(struct bytes whole, struct bytes prefix);
bool bytes_starts_with_nocase(struct bytes whole, struct bytes prefix);
bool bytes_ends_with(struct bytes whole, struct bytes suffix);
/* Offset of the first occurrence at or after `from`, or (size_t)-1. */
size_t bytes_find(struct bytes whole, struct bytes needle, size_t from);
size_t bytes_find_nocase(struct bytes whole, struct bytes needle, size_t from);
size_t bytes_find_char(struct bytes whole, char wanted, size_t from);
/* The part [from, to), clipped to the whole. */
struct bytes bytes_slice(struct bytes whole, size_t from, size_t to);
/* Without leading and trailing space, tab, CR and LF. */
struct bytes bytes_trim(struct bytes whole);
/* Order of memcmp, a proper prefix first. */
int bytes_compare(struct bytes a, struct bytes b);

/* The next line of `whole` from *offset: `line_out` without its end, *offset moved past it.
 * A line ends at LF or CRLF; a lone CR is data. False when nothing is left. */
bool bytes_next_line(struct bytes whole, size_t *offset, struct bytes *line_out);

char ascii_lower(char c);
bool ascii_is_space(char c); /* space, tab, CR, LF, FF, VT */
bool ascii_is_alpha(char c);
bool ascii_is_digit(char c);

#endif
