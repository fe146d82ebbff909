/* permission.c - see permission.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/permission.h"

#include <string.h>

const char *const permission_words[] = { "direct-contact", "instruction", "copy", "spokesperson", "press-approval", "send-as", NULL };
_Static_assert(sizeof permission_words / sizeof *permission_words == PERMISSION_KIND_COUNT + 1, "a word for each kind");

bool permission_parse(const char *word, enum permission_kind *out)
{
	for (size_t i = 0; i < PERMISSION_KIND_COUNT; i++)
		if (bytes_equal_nocase(bytes_of(word), bytes_of(permission_words[i]))) {
			*out = (enum permission_kind)i;
			return true;
		}
	return false;
}

static bool list_has(struct arena *arena, const struct directory *directory, const struct person *list, const struct person *person,
		     calendar_date on)
{
	bool reaches_public = false, is_archive = false;
	struct person_list members = list_members(arena, directory, list, on, &reaches_public, &is_archive);
	for (size_t i = 0; i < members.count; i++)
		if (members.items[i] == person)
			return true;
	return false;
}

static bool has_named_role(const struct circle *circle, const struct person *person, calendar_date on)
{
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if ((circle->roles & (1U << role)) != 0 && person_has_role(person, (enum role)role, on))
			return true;
	return false;
}

bool circle_has(struct arena *arena, const struct directory *directory, const struct circle *circle, const struct person *person, calendar_date on)
{
	for (size_t i = 0; i < circle->count; i++)
		if (circle->people[i] == person || (circle->people[i]->is_list && list_has(arena, directory, circle->people[i], person, on)))
			return true;
	return (person_offices(person, on) & circle->offices) != 0 || has_named_role(circle, person, on);
}

bool permission_in_force(const struct permission *permission, calendar_date on)
{
	return permission->from <= on && (permission->to == DATE_NONE || on <= permission->to);
}
