/* bytes.h - a borrowed run of bytes.
 *
 * Mail is bytes, not C strings: a NUL is data like any other. `struct bytes`
 * never owns what it points to; whoever hands one out says what it borrows from. */
#ifndef COPYHOLD_BASE_BYTES_H
#define COPYHOLD_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
	const char *data; /* may be NULL when length is 0 */
	size_t length;
};

#define BYTES_EMPTY ((struct bytes){ NULL, 0 })
/* For a string literal only. */
#define BYTES(literal) ((struct bytes){ (literal), sizeof(literal) - 1 })

/* strlen; NULL gives BYTES_EMPTY */
static inline struct bytes bytes_of(const char *string)
{
	return string == NULL ? BYTES_EMPTY : (struct bytes){ string, strlen(string) };
}
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
static inline struct bytes bytes_slice(struct bytes whole, size_t from, size_t to)
{
	if (to > whole.length)
		to = whole.length;
	if (from >= to)
		return BYTES_EMPTY;
	return (struct bytes){ whole.data + from, to - from };
}
/* Without leading and trailing space, tab, CR and LF. */
struct bytes bytes_trim(struct bytes whole);
/* Without the bytes of `edges` at either end. */
struct bytes bytes_strip(struct bytes whole, const char *edges);
/* How many runs of bytes stand between blanks (ascii_is_space). */
size_t bytes_words(struct bytes whole);
/* The words stand in the text whole: no octet that a word may have (utf8_is_word) beside them. No words stand nowhere. */
bool bytes_have_words(struct bytes text, struct bytes words);
bool bytes_are_ascii(struct bytes bytes);
/* Order of memcmp, a proper prefix first. */
int bytes_compare(struct bytes a, struct bytes b);
/* A number that tells most texts apart, for tables in memory: whoever chooses the texts can make two alike. Several are told by one number when
 * each goes on from that of the one before; the first from 0. */
uint64_t bytes_hash(uint64_t before, struct bytes bytes);

/* The next line of `whole` from *offset: `line_out` without its end, *offset moved past it.
 * A line ends at LF or CRLF; a lone CR is data. False when nothing is left. */
bool bytes_next_line(struct bytes whole, size_t *offset, struct bytes *line_out);

/* One character at a time over whole texts: worth being inline. */
static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* space, tab, CR, LF, FF, VT */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_alpha(char c)
{
	c = ascii_lower(c);
	return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* -1 when it is no hexadecimal digit. */
static inline int ascii_hex_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What does not stand at the edge of a word: a letter, a digit, the underscore. */
static inline bool ascii_is_word(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_';
}

/* An octet of UTF-8 that a word may have: a letter, a digit, or part of any character beyond ASCII. */
static inline bool utf8_is_word(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

#endif
