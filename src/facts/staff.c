/* staff.c - officers whom a message is for, and what somebody has been allowed once and for all on its day.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

/* Named in To or Cc, or reached by any envelope of it; lists expanded. */
static bool is_written_to(const struct gathering *gathering, const struct person *person)
{
	return person_set_has(&gathering->visible, person) || person_set_has(&gathering->recipients, person);
}

static void gather_officers(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct person **officers = NULL;
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *person = directory_at(facts->directory, i);
		if (!person->is_list && person_has_role(person, ROLE_OFFICER, facts->on) && is_written_to(gathering, person) &&
		    !person_set_has(&gathering->senders, person))
			*ARENA_PUSH(gathering->arena, officers, facts->officer_count) = person;
	}
	facts->officers = officers;
}

static void gather_permissions(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	const struct permission **permissions = NULL;
	for (size_t i = 0; i < facts->council->permission_count; i++)
		if (permission_in_force(&facts->council->permissions[i], facts->on))
			*ARENA_PUSH(gathering->arena, permissions, facts->permission_count) = &facts->council->permissions[i];
	facts->permissions = permissions;
}

void gather_staff(struct gathering *gathering)
{
	gather_officers(gathering);
	gather_permissions(gathering);
}
