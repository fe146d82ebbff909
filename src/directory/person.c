/* person.c - what somebody is on a date.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "base/unicode.h"

#include <string.h>

static bool in_force(const struct tenure *tenure, calendar_date on)
{
	return (tenure->from == DATE_NONE || tenure->from <= on) && (tenure->to == DATE_NONE || on <= tenure->to);
}

enum role person_role(const struct person *person, calendar_date on)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (in_force(&person->tenures[i], on))
			return person->tenures[i].role;
	return ROLE_NONE;
}

bool person_has_role(const struct person *person, enum role role, calendar_date on)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (person->tenures[i].role == role && in_force(&person->tenures[i], on))
			return true;
	return false;
}

bool person_serves(const struct person *person, calendar_date on)
{
	return person_has_role(person, ROLE_COUNCILLOR, on) || person_has_role(person, ROLE_OFFICER, on);
}

unsigned person_offices(const struct person *person, calendar_date on)
{
	unsigned offices = 0;
	for (size_t i = 0; i < person->tenure_count; i++)
		if (in_force(&person->tenures[i], on))
			offices |= person->tenures[i].offices;
	return offices;
}

const char *person_group(const struct person *person, calendar_date on)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (in_force(&person->tenures[i], on) && person->tenures[i].group != NULL)
			return person->tenures[i].group;
	return NULL;
}

const char *person_ward(const struct person *person, calendar_date on)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (in_force(&person->tenures[i], on) && person->tenures[i].ward != NULL)
			return person->tenures[i].ward;
	return NULL;
}

struct person_list directory_with_role(struct arena *arena, const struct directory *directory, enum role role, calendar_date on)
{
	struct person_list list = { NULL, 0 };
	const struct person **items = NULL;
	for (size_t i = 0; i < directory->with_role_count[role]; i++) {
		const struct person *person = directory->with_role[role][i];
		if (person_has_role(person, role, on))
			*ARENA_PUSH(arena, items, list.count) = person;
	}
	list.items = items;
	return list;
}

struct person_list directory_with_office(struct arena *arena, const struct directory *directory, unsigned office, calendar_date on)
{
	struct person_list list = { NULL, 0 };
	const struct person **items = NULL;
	for (size_t i = 0; i < directory->with_office_count; i++) {
		const struct person *person = directory->with_office[i];
		if (!person->is_list && (person_offices(person, on) & office) == office)
			*ARENA_PUSH(arena, items, list.count) = person;
	}
	list.items = items;
	return list;
}
