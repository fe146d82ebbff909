/* check_offices.c - what the clerk should know of offices, groups and private mailboxes in a file that can be loaded: warnings only.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "directory/group.h"

/* Offices of which a council has one. Whoever shares a post is a member of one mailbox with the other. */
static const struct {
	unsigned office;
	const char *name;
} single[] = {
	{ OFFICE_CLERK, "clerk" },   { OFFICE_DEPUTY_CLERK, "deputy-clerk" }, { OFFICE_RFO, "rfo" }, { OFFICE_MONITORING_OFFICER, "monitoring-officer" },
	{ OFFICE_CHAIR, "chair" }, { OFFICE_VICE_CHAIR, "vice-chair" },     { OFFICE_LEADER, "leader" },
};

static bool share_mailbox(const struct directory *directory, const struct person *one, const struct person *other)
{
	for (size_t i = 0; i < directory->with_role_count[ROLE_LIST]; i++) {
		const struct person *list = directory->with_role[ROLE_LIST][i];
		bool has_one = false, has_other = false;
		for (size_t j = 0; j < list->member_count; j++) {
			const struct person *member = directory_by_member(directory, list->members[j]);
			has_one |= member == one;
			has_other |= member == other;
		}
		if (has_one && has_other)
			return true;
	}
	return false;
}

/* The first day from today on that two tenures have in common, or DATE_NONE. */
static calendar_date common_day(const struct tenure *a, const struct tenure *b, calendar_date today)
{
	calendar_date from = today;
	from = a->from != DATE_NONE && a->from > from ? a->from : from;
	from = b->from != DATE_NONE && b->from > from ? b->from : from;
	bool over = (a->to != DATE_NONE && a->to < from) || (b->to != DATE_NONE && b->to < from);
	return over ? DATE_NONE : from;
}

struct holding {
	const struct person *person;
	const struct tenure *tenure;
};

static void check_pair(const struct directory *directory, size_t office, const struct holding *one, const struct holding *other,
		       calendar_date today, struct problems *problems)
{
	calendar_date day = common_day(one->tenure, other->tenure, today);
	if (one->person == other->person || day == DATE_NONE || share_mailbox(directory, one->person, other->person))
		return;
	problems_warn(problems, DIRECTORY_SHARED_OFFICE, other->tenure->line, "%s and %s (line %d) both hold the office of %s on %s",
		      other->person->name, one->person->name, one->tenure->line, single[office].name, clock_format_date(problems->arena, day));
}

static void check_office(const struct directory *directory, size_t office, calendar_date today, struct problems *problems)
{
	struct holding *holders = NULL;
	size_t count = 0;
	for (size_t i = 0; i < directory->with_office_count; i++) {
		const struct person *person = directory->with_office[i];
		for (size_t j = 0; j < person->tenure_count; j++) {
			struct holding mine = { person, &person->tenures[j] };
			if (person->is_list || (mine.tenure->offices & single[office].office) == 0)
				continue;
			for (size_t k = 0; k < count; k++)
				check_pair(directory, office, &holders[k], &mine, today, problems);
			*ARENA_PUSH(problems->arena, holders, count) = mine;
		}
	}
}

/* ---- groups ------------------------------------------------------------------------------------------------- */

static bool is_led(struct arena *arena, const struct directory *directory, const char *group, calendar_date today)
{
	/* one alone has nobody to lead */
	return group_is_led(arena, directory, group, today) || group_leaders(arena, directory, group, today).count < 2;
}

/* Only for those that a list stands for: who writes to the group must reach somebody who answers for it. */
static void check_leaders(const struct directory *directory, calendar_date today, struct problems *problems)
{
	for (size_t i = 0; i < directory->with_role_count[ROLE_LIST]; i++) {
		const struct person *list = directory->with_role[ROLE_LIST][i];
		const char *group = list->tenures[0].group;
		if (group != NULL && !group_is_fixed(group) && !is_led(problems->arena, directory, group, today))
			problems_warn(problems, DIRECTORY_NO_LEADER, list->line, "the group %s has a list and nobody who leads it", group);
	}
}

void check_offices(const struct directory *directory, calendar_date today, struct problems *problems)
{
	for (size_t i = 0; i < sizeof single / sizeof *single; i++)
		check_office(directory, i, today, problems);
	check_leaders(directory, today, problems);
	for (size_t i = 0; i < directory->count; i++)
		check_private_mailboxes(directory, &directory->people[i], today, problems);
}
