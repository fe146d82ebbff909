/* list.c - whom a list reaches.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <limits.h>
#include <string.h>

struct expansion {
	struct arena *arena;
	const struct directory *directory;
	calendar_date on;
	unsigned char *seen; /* one bit a person or list, so that lists that name each other come to an end */
	const struct person **items;
	size_t count;
	bool reaches_public;
};

static bool see(struct expansion *expansion, const struct person *person)
{
	size_t index = (size_t)(person - expansion->directory->people);
	unsigned char bit = (unsigned char)(1u << index % CHAR_BIT);
	bool fresh = (expansion->seen[index / CHAR_BIT] & bit) == 0;
	expansion->seen[index / CHAR_BIT] |= bit;
	return fresh;
}

static void add_person(struct expansion *expansion, const struct person *person)
{
	if (see(expansion, person))
		*ARENA_PUSH(expansion->arena, expansion->items, expansion->count) = person;
}

static void add_role(struct expansion *expansion, enum role role, const char *group)
{
	const struct directory *directory = expansion->directory;
	for (size_t i = 0; i < directory->with_role_count[role]; i++) {
		const struct person *person = directory->with_role[role][i];
		const char *theirs = person_group(person, expansion->on);
		if (!person_has_role(person, role, expansion->on))
			continue;
		if (group == NULL || (theirs != NULL && bytes_equal_nocase(bytes_of(theirs), bytes_of(group))))
			add_person(expansion, person);
	}
}

bool group_is_fixed(const char *group)
{
	static const char *const words[] = { "councillors", "officers", "public" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_equal_nocase(bytes_of(words[i]), bytes_of(group)))
			return true;
	return false;
}

static void add_group(struct expansion *expansion, const char *group)
{
	if (bytes_equal_nocase(bytes_of(group), BYTES("public")))
		expansion->reaches_public = true;
	else if (bytes_equal_nocase(bytes_of(group), BYTES("councillors")))
		add_role(expansion, ROLE_COUNCILLOR, NULL);
	else if (bytes_equal_nocase(bytes_of(group), BYTES("officers")))
		add_role(expansion, ROLE_OFFICER, NULL);
	else
		add_role(expansion, ROLE_COUNCILLOR, group);
}

static void add_list(struct expansion *expansion, const struct person *list);

static void add_member(struct expansion *expansion, const char *member)
{
	const struct person *person = directory_by_member(expansion->directory, member);
	if (person == NULL) {
		/* An unlisted mailbox of the council is not the public. A name nobody bears was warned about at load. */
		if (strchr(member, '@') != NULL && !directory_is_council_domain(expansion->directory, member))
			expansion->reaches_public = true;
	} else if (person->is_list) {
		add_list(expansion, person);
	} else {
		add_person(expansion, person);
	}
}

/* People whose own row names the list's address: they share that mailbox. */
static void add_sharers(struct expansion *expansion, const struct person *list)
{
	for (size_t i = 0; i < list->address_count; i++) {
		size_t count;
		const char *key = address_key(expansion->arena, list->addresses[i]);
		const struct entry *entries = index_find(&expansion->directory->addresses, key, &count);
		for (size_t j = 0; j < count; j++)
			if (!entries[j].person->is_list)
				add_person(expansion, entries[j].person);
	}
}

/* Recursion is bounded by SEEN: each list is entered once. It goes as deep as lists are nested in the administrator's file. */
static void add_list(struct expansion *expansion, const struct person *list)
{
	if (!see(expansion, list))
		return;
	const char *group = person_group(list, expansion->on);
	if (group != NULL)
		add_group(expansion, group);
	for (size_t i = 0; i < list->member_count; i++)
		add_member(expansion, list->members[i]);
	add_sharers(expansion, list);
}

struct person_list list_members(struct arena *arena, const struct directory *directory, const struct person *list,
				calendar_date on, bool *reaches_public, bool *is_archive)
{
	struct expansion expansion = { .arena = arena, .directory = directory, .on = on };
	expansion.seen = arena_alloc(arena, directory->count / CHAR_BIT + 1);
	add_list(&expansion, list);
	*reaches_public = expansion.reaches_public;
	*is_archive = !expansion.reaches_public && expansion.count == 0;
	return (struct person_list){ expansion.items, expansion.count };
}
