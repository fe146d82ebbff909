/* wards.c - see wards.h. Words are made comparable once, as a letter may have many lines and a council many streets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/wards.h"

#include "base/unicode.h"

static void add_ward(struct arena *arena, struct known_wards *wards, const char *name, const struct string_list *words)
{
	struct bytes *keys = arena_array(arena, words->count + 2, sizeof *keys);
	for (size_t i = 0; i < words->count; i++)
		keys[i] = bytes_of(unicode_key(arena, bytes_of(words->items[i])));
	keys[words->count] = bytes_of(unicode_key(arena, bytes_of(arena_printf(arena, "%s ward", name))));
	keys[words->count + 1] = bytes_of(unicode_key(arena, bytes_of(arena_printf(arena, "ward %s", name))));
	*ARENA_PUSH(arena, wards->items, wards->count) = (struct known_ward){ name, keys, words->count + 2 };
}

static bool is_known(const struct known_wards *wards, const char *name)
{
	for (size_t i = 0; i < wards->count; i++)
		if (bytes_equal_nocase(bytes_of(wards->items[i].name), bytes_of(name)))
			return true;
	return false;
}

struct known_wards wards_of(struct arena *arena, const struct facts *facts)
{
	static const struct string_list none = { 0 };
	const struct conduct *conduct = &facts->council->conduct;
	struct person_list councillors = directory_with_role(arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	struct known_wards wards = { NULL, 0 };
	for (size_t i = 0; i < conduct->ward_count; i++)
		add_ward(arena, &wards, conduct->wards[i].name, &conduct->wards[i].words);
	for (size_t i = 0; i < councillors.count; i++) {
		const char *name = person_ward(councillors.items[i], facts->on);
		if (name != NULL && !is_known(&wards, name))
			add_ward(arena, &wards, name, &none);
	}
	return wards;
}

/* A word that ends in a figure may go on: "MB1 2" begins a postcode. */
static bool has_beginning(struct bytes key, struct bytes wanted)
{
	bool open = wanted.length > 0 && ascii_is_digit(wanted.data[wanted.length - 1]) && !ascii_is_digit(wanted.data[0]);
	for (size_t at = bytes_find(key, wanted, 0); wanted.length > 0 && at != (size_t)-1; at = bytes_find(key, wanted, at + 1)) {
		size_t end = at + wanted.length;
		bool ends = end == key.length || !utf8_is_word(key.data[end]) || (open && !ascii_is_digit(key.data[end]));
		if ((at == 0 || !utf8_is_word(key.data[at - 1])) && ends)
			return true;
	}
	return false;
}

bool ward_is_named(const struct known_ward *ward, struct bytes key)
{
	for (size_t i = 0; i < ward->word_count; i++)
		if (has_beginning(key, ward->words[i]))
			return true;
	return false;
}
