/* naming.c - see naming.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/naming.h"

#include <string.h>

#include "base/unicode.h"

static bool has_words(struct bytes text, struct bytes words)
{
	if (words.length == 0)
		return false;
	for (size_t i = bytes_find(text, words, 0); i != (size_t)-1; i = bytes_find(text, words, i + 1)) {
		size_t end = i + words.length;
		if ((i == 0 || !utf8_is_word(text.data[i - 1])) && (end == text.length || !utf8_is_word(text.data[end])))
			return true;
	}
	return false;
}

/* A bare surname may be anybody's. */
static bool has_name(struct arena *arena, struct bytes key, const char *name)
{
	static const char *const titles[] = { "cllr", "cllr.", "councillor", "cyng", "cyng.", "cynghorydd", "mr", "mr.", "mrs",
					      "mrs.", "ms",    "ms.",	     "miss", "dr",    "dr.",	    "mayor", "maer" };
	struct bytes whole = bytes_of(name == NULL ? NULL : unicode_key(arena, bytes_of(name)));
	size_t surname = whole.length;
	if (has_words(key, whole))
		return true;
	while (surname > 0 && whole.data[surname - 1] != ' ')
		surname--;
	for (size_t i = 0; surname > 0 && i < sizeof titles / sizeof *titles; i++)
		if (has_words(key, bytes_of(arena_printf(arena, "%s %s", titles[i], whole.data + surname))))
			return true;
	return false;
}

bool text_names(struct arena *arena, struct bytes plain, const struct person *person)
{
	struct bytes key = bytes_of(unicode_key(arena, plain));
	return has_name(arena, key, person->name) || has_name(arena, key, person->welsh_name);
}

bool text_names_familiarly(struct arena *arena, struct bytes plain, const struct person *person)
{
	size_t length = strcspn(person->name, " ");
	return text_names(arena, plain, person) || (length > 2 && has_words(plain, bytes_slice(bytes_of(person->name), 0, length)));
}

/* A word that ends in a figure may go on: "MB1 2" begins a postcode. */
static bool has_beginning(struct arena *arena, struct bytes plain, const char *word)
{
	struct bytes key = bytes_of(unicode_key(arena, plain)), wanted = bytes_of(unicode_key(arena, bytes_of(word)));
	bool open = wanted.length > 0 && ascii_is_digit(wanted.data[wanted.length - 1]) && !ascii_is_digit(wanted.data[0]);
	for (size_t i = bytes_find(key, wanted, 0); wanted.length > 0 && i != (size_t)-1; i = bytes_find(key, wanted, i + 1)) {
		size_t end = i + wanted.length;
		bool ends = end == key.length || !utf8_is_word(key.data[end]) || (open && !ascii_is_digit(key.data[end]));
		if ((i == 0 || !utf8_is_word(key.data[i - 1])) && ends)
			return true;
	}
	return false;
}

bool text_names_ward(struct arena *arena, struct bytes plain, const struct ward *ward)
{
	for (size_t i = 0; i < ward->words.count; i++)
		if (has_beginning(arena, plain, ward->words.items[i]))
			return true;
	return has_beginning(arena, plain, arena_printf(arena, "%s ward", ward->name)) ||
	       has_beginning(arena, plain, arena_printf(arena, "ward %s", ward->name));
}
