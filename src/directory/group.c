/* group.c - see directory/group.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/group.h"

bool group_has(const struct person *person, const char *group, calendar_date on)
{
	const char *theirs = person_group(person, on);
	return theirs != NULL && bytes_equal_nocase(bytes_of(theirs), bytes_of(group));
}

static bool is_named(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal_nocase(bytes_of(names[i]), bytes_of(name)))
			return true;
	return false;
}

struct string_list group_names(struct arena *arena, const struct directory *directory, calendar_date on)
{
	const char **names = NULL;
	size_t count = 0;
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *person = directory_at(directory, i);
		const char *group = person->is_list || person_has_role(person, ROLE_COUNCILLOR, on) ? person_group(person, on) : NULL;
		if (group != NULL && !(person->is_list && group_is_fixed(group)) && !is_named(names, count, group))
			*ARENA_PUSH(arena, names, count) = group;
	}
	return (struct string_list){ names, count, NULL };
}

struct person_list group_leaders(struct arena *arena, const struct directory *directory, const char *group, calendar_date on)
{
	struct person_list councillors = directory_with_role(arena, directory, ROLE_COUNCILLOR, on), out = { NULL, 0 };
	const struct person **people = arena_array(arena, councillors.count + 1, sizeof *people);
	for (unsigned offices = OFFICE_GROUP_LEADER | OFFICE_LEADER; out.count == 0; offices = 0) {
		for (size_t i = 0; i < councillors.count; i++) {
			const struct person *person = councillors.items[i];
			if (group_has(person, group, on) && (offices == 0 || (person_offices(person, on) & offices) != 0))
				people[out.count++] = person;
		}
		if (offices == 0)
			break;
	}
	out.items = people;
	return out;
}
