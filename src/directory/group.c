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

/* A list of the group is theirs to keep. */
static bool keeps_list(const struct directory *directory, const char *group, const struct person *person)
{
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *list = directory_at(directory, i);
		if (list->is_list && list->owner != NULL && list->tenures[0].group != NULL &&
		    bytes_equal_nocase(bytes_of(list->tenures[0].group), bytes_of(group)) && directory_by_address(directory, list->owner) == person)
			return true;
	}
	return false;
}

/* Each way only where the one before it finds nobody. */
enum leading { LEADS_BY_OFFICE, LEADS_BY_LIST, LEADS_WITH_ALL };

static struct person_list leaders_by(struct arena *arena, const struct directory *directory, const char *group, calendar_date on, enum leading way)
{
	struct person_list councillors = directory_with_role(arena, directory, ROLE_COUNCILLOR, on), out = { NULL, 0 };
	const struct person **people = arena_array(arena, councillors.count + 1, sizeof *people);
	for (size_t i = 0; i < councillors.count; i++) {
		const struct person *person = councillors.items[i];
		bool leads = way == LEADS_WITH_ALL || (way == LEADS_BY_LIST && keeps_list(directory, group, person)) ||
			     (way == LEADS_BY_OFFICE && (person_offices(person, on) & (OFFICE_GROUP_LEADER | OFFICE_LEADER)) != 0);
		if (leads && group_has(person, group, on))
			people[out.count++] = person;
	}
	out.items = people;
	return out;
}

bool group_is_led(struct arena *arena, const struct directory *directory, const char *group, calendar_date on)
{
	return leaders_by(arena, directory, group, on, LEADS_BY_OFFICE).count > 0 || leaders_by(arena, directory, group, on, LEADS_BY_LIST).count > 0;
}

struct person_list group_leaders(struct arena *arena, const struct directory *directory, const char *group, calendar_date on)
{
	struct person_list out = leaders_by(arena, directory, group, on, LEADS_BY_OFFICE);
	if (out.count == 0)
		out = leaders_by(arena, directory, group, on, LEADS_BY_LIST);
	return out.count > 0 ? out : leaders_by(arena, directory, group, on, LEADS_WITH_ALL);
}
