/* intro_people.c - see intro_people.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/intro_people.h"

static bool ends_address(char c)
{
	return ascii_is_space(c) || c == '<' || c == '>' || c == '[' || c == ']' || c == '(' || c == ')' || c == '"' || c == '\'' ||
	       c == ',' || c == ';' || c == ':' || c == '*';
}

bool intro_find_address(struct bytes text, size_t from, struct bytes *address_out)
{
	for (size_t at = bytes_find_char(text, '@', from); at != (size_t)-1; at = bytes_find_char(text, '@', at + 1)) {
		size_t start = at, end = at + 1;
		while (start > from && !ends_address(text.data[start - 1]))
			start--;
		while (end < text.length && !ends_address(text.data[end]) && text.data[end] != '@')
			end++;
		if (start < at && end > at + 1) {
			*address_out = bytes_slice(text, start, end);
			return true;
		}
	}
	return false;
}

/* Without the quotes, brackets and stars that stand round a name. */
static struct bytes bare_name(struct bytes name)
{
	static const char edges[] = "\"'*<>[]()_,;: \t";
	for (;;) {
		struct bytes before = name;
		if (name.length > 0 && bytes_find_char(BYTES(edges), name.data[0], 0) != (size_t)-1)
			name = bytes_slice(name, 1, name.length);
		if (name.length > 0 && bytes_find_char(BYTES(edges), name.data[name.length - 1], 0) != (size_t)-1)
			name = bytes_slice(name, 0, name.length - 1);
		if (name.length == before.length)
			return name;
	}
}

static struct bytes name_before(struct bytes entry)
{
	size_t end = bytes_find_char(entry, '<', 0);
	size_t bracket = bytes_find_nocase(entry, BYTES("[mailto:"), 0);
	size_t round = bytes_find_char(entry, '(', 0);
	struct bytes address;
	if (bracket < end)
		end = bracket;
	if (intro_find_address(entry, 0, &address)) {
		size_t start = (size_t)(address.data - entry.data);
		if (start < end)
			end = start;
	} else if (round < end) {
		end = round; /* "Ruth Ames (Clerk)" */
	}
	return bare_name(bytes_slice(entry, 0, end == (size_t)-1 ? entry.length : end));
}

static bool has_inner_blank(struct bytes text)
{
	return bytes_find_char(bytes_trim(text), ' ', 0) != (size_t)-1;
}

/* "Khan" and "Amir <a@x>" were one name until the comma. */
static bool is_reversed_name(struct bytes entry, struct bytes next)
{
	entry = bytes_trim(entry);
	return entry.length > 0 && bytes_find_char(entry, '@', 0) == (size_t)-1 && !has_inner_blank(entry) &&
	       (bytes_find_char(next, '<', 0) != (size_t)-1 || bytes_find_nocase(next, BYTES("[mailto:"), 0) != (size_t)-1) &&
	       name_before(next).length > 0;
}

static size_t entry_end(struct bytes value, size_t from, char separator)
{
	char quote = '\0';
	for (size_t at = from; at < value.length; at++) {
		char c = value.data[at];
		if (quote != '\0')
			quote = c == quote ? '\0' : quote;
		else if ((c == '"' || (c == '\'' && (at == from || ascii_is_space(value.data[at - 1])))) &&
			 bytes_find_char(value, c, at + 1) != (size_t)-1)
			quote = c;
		else if (c == separator)
			return at;
	}
	return value.length;
}

struct mailbox_list intro_people(struct arena *arena, struct bytes value)
{
	struct mailbox *people = NULL;
	size_t count = 0;
	char separator = entry_end(value, 0, ';') < value.length ? ';' : ',';
	for (size_t at = 0; at < value.length && count < INTRO_PEOPLE_MOST;) {
		size_t end = entry_end(value, at, separator);
		struct bytes entry = bytes_slice(value, at, end);
		if (separator == ',' && end < value.length) {
			size_t next_end = entry_end(value, end + 1, separator);
			if (is_reversed_name(entry, bytes_slice(value, end + 1, next_end))) {
				end = next_end;
				entry = bytes_slice(value, at, end);
			}
		}
		at = end + 1;
		struct bytes address = BYTES_EMPTY, name = name_before(entry);
		intro_find_address(entry, 0, &address);
		if (address.length == 0 && name.length == 0)
			continue;
		*ARENA_PUSH(arena, people, count) = (struct mailbox){
			.name = name.length == 0 ? NULL : arena_string_of(arena, name),
			.address = arena_string_of(arena, address),
		};
	}
	return (struct mailbox_list){ people, count, false };
}
