/* bytes.c - see bytes.h. ASCII case only: locale has no say in protocol words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"

#include <string.h>

#define NOT_FOUND ((size_t)-1)

bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

bool bytes_equal_nocase(struct bytes a, struct bytes b)
{
	return a.length == b.length && bytes_starts_with_nocase(a, b);
}

bool bytes_starts_with(struct bytes whole, struct bytes prefix)
{
	return whole.length >= prefix.length && bytes_equal(bytes_slice(whole, 0, prefix.length), prefix);
}

bool bytes_starts_with_nocase(struct bytes whole, struct bytes prefix)
{
	if (whole.length < prefix.length)
		return false;
	for (size_t i = 0; i < prefix.length; i++)
		if (ascii_lower(whole.data[i]) != ascii_lower(prefix.data[i]))
			return false;
	return true;
}

bool bytes_ends_with(struct bytes whole, struct bytes suffix)
{
	return whole.length >= suffix.length &&
	       bytes_equal(bytes_slice(whole, whole.length - suffix.length, whole.length), suffix);
}

size_t bytes_find(struct bytes whole, struct bytes needle, size_t from)
{
	if (from > whole.length || needle.length > whole.length - from)
		return NOT_FOUND;
	if (needle.length == 0)
		return from;
	const char *found = memmem(whole.data + from, whole.length - from, needle.data, needle.length);
	return found == NULL ? NOT_FOUND : (size_t)(found - whole.data);
}

size_t bytes_find_nocase(struct bytes whole, struct bytes needle, size_t from)
{
	if (needle.length == 0 || from > whole.length)
		return from <= whole.length ? from : NOT_FOUND;
	char first = ascii_lower(needle.data[0]);
	for (size_t at = from; needle.length <= whole.length - at; at++)
		if (ascii_lower(whole.data[at]) == first && bytes_starts_with_nocase(bytes_slice(whole, at, whole.length), needle))
			return at;
	return NOT_FOUND;
}

size_t bytes_find_char(struct bytes whole, char wanted, size_t from)
{
	if (from >= whole.length)
		return NOT_FOUND;
	const char *found = memchr(whole.data + from, wanted, whole.length - from);
	return found == NULL ? NOT_FOUND : (size_t)(found - whole.data);
}

struct bytes bytes_trim(struct bytes whole)
{
	while (whole.length > 0 && ascii_is_space(whole.data[0])) {
		whole.data++;
		whole.length--;
	}
	while (whole.length > 0 && ascii_is_space(whole.data[whole.length - 1]))
		whole.length--;
	return whole;
}

struct bytes bytes_strip(struct bytes whole, const char *edges)
{
	struct bytes set = bytes_of(edges);
	while (whole.length > 0 && bytes_find_char(set, whole.data[0], 0) != NOT_FOUND)
		whole = bytes_slice(whole, 1, whole.length);
	while (whole.length > 0 && bytes_find_char(set, whole.data[whole.length - 1], 0) != NOT_FOUND)
		whole = bytes_slice(whole, 0, whole.length - 1);
	return whole;
}

size_t bytes_words(struct bytes whole)
{
	size_t words = 0;
	for (size_t i = 0; i < whole.length; i++)
		words += !ascii_is_space(whole.data[i]) && (i == 0 || ascii_is_space(whole.data[i - 1]));
	return words;
}

bool bytes_have_words(struct bytes text, struct bytes words)
{
	if (words.length == 0)
		return false;
	for (size_t at = bytes_find(text, words, 0); at != NOT_FOUND; at = bytes_find(text, words, at + 1)) {
		size_t end = at + words.length;
		if ((at == 0 || !utf8_is_word(text.data[at - 1])) && (end == text.length || !utf8_is_word(text.data[end])))
			return true;
	}
	return false;
}

bool bytes_are_ascii(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.length; i++)
		if ((unsigned char)bytes.data[i] >= 0x80)
			return false;
	return true;
}

int bytes_compare(struct bytes a, struct bytes b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
	if (order != 0)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

/* FNV-1a; the length comes first, so that "ab" and "c" is not "a" and "bc". */
uint64_t bytes_hash(uint64_t before, struct bytes bytes)
{
	uint64_t hash = (UINT64_C(0xCBF29CE484222325) ^ before ^ bytes.length) * UINT64_C(0x100000001B3);
	for (size_t i = 0; i < bytes.length; i++)
		hash = (hash ^ (unsigned char)bytes.data[i]) * UINT64_C(0x100000001B3);
	return hash ^ hash >> 32;
}

bool bytes_next_line(struct bytes whole, size_t *offset, struct bytes *line_out)
{
	if (*offset >= whole.length)
		return false;
	size_t end = bytes_find_char(whole, '\n', *offset);
	size_t next = end == NOT_FOUND ? whole.length : end + 1;
	if (end == NOT_FOUND)
		end = whole.length;
	else if (end > *offset && whole.data[end - 1] == '\r')
		end--;
	*line_out = (struct bytes){ whole.data + *offset, end - *offset };
	*offset = next;
	return true;
}
