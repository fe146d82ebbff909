/* check.c - what the clerk should know about a file that can be loaded: warnings only.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

struct named {
	const char *key;
	const struct person *person;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : x->person->line - y->person->line;
}

/* Two rows with one name stay two people: perhaps they are one, whose rows lack an id. */
static void check_names(const struct directory *directory, struct problems *problems)
{
	struct named *names = arena_array(problems->arena, directory->count + 1, sizeof *names);
	size_t count = 0;
	for (size_t i = 0; i < directory->count; i++) {
		const struct person *person = &directory->people[i];
		if (!person->is_list)
			names[count++] = (struct named){ unicode_key(problems->arena, bytes_of(person->name)), person };
	}
	if (count > 1)
		qsort(names, count, sizeof *names, compare_named);
	for (size_t i = 1; i < count; i++) {
		const struct person *person = names[i].person, *other = names[i - 1].person;
		if (strcmp(names[i].key, names[i - 1].key) != 0 || (person->id != NULL && other->id != NULL))
			continue;
		problems_add(problems, person->line, false,
			     "\"%s\" stands on line %d too: they count as two people; rows of one person need the same id", person->name,
			     other->line);
	}
}

static bool serves(const struct person *person)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (person->tenures[i].role == ROLE_COUNCILLOR || person->tenures[i].role == ROLE_OFFICER)
			return true;
	return false;
}

static bool ended(const struct person *person, calendar_date today)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (person->tenures[i].to == DATE_NONE || person->tenures[i].to >= today)
			return false;
	return true;
}

static void check_addresses(const struct directory *directory, calendar_date today, struct problems *problems)
{
	for (size_t i = 0; i < directory->count; i++) {
		const struct person *person = &directory->people[i];
		if (person->address_count > 0)
			continue;
		if (person->is_list)
			problems_add(problems, person->line, false, "the list \"%s\" has no address", person->name);
		else if (!serves(person) || !ended(person, today))
			problems_add(problems, person->line, false, "%s %s has no address: mail to them is not recognised",
				     role_name(person->tenures[0].role), person->name);
	}
}

/* The political group a list stands for; NULL when it is none. */
static const char *party_of(const struct person *list)
{
	const char *group = list->tenures[0].group;
	return group == NULL || group_is_fixed(group) ? NULL : group;
}

/* Who is written to as a group: its members, and perhaps an officer who serves it. Somebody outside is not bound by the code of conduct;
 * who has left the group would read what is not theirs. */
static void check_group_member(const struct person *list, const char *group, const char *member, const struct person *person,
			       calendar_date today, struct problems *problems)
{
	bool councillor = person != NULL && person_has_role(person, ROLE_COUNCILLOR, today);
	const char *theirs = councillor ? person_group(person, today) : NULL, *name = person == NULL ? member : person->name;
	if (person != NULL && (person->is_list || person_has_role(person, ROLE_OFFICER, today)))
		return;
	if (!councillor)
		problems_add(problems, list->line, false, "the list \"%s\" stands for the %s group and reaches %s, who is no member of the Council",
			     list->name, group, name);
	else if (theirs == NULL || !bytes_equal_nocase(bytes_of(theirs), bytes_of(group)))
		problems_add(problems, list->line, false, "the list \"%s\" stands for the %s group and reaches %s, who is now %s%s", list->name,
			     group, name, theirs == NULL ? "of no group" : "of the group ", theirs == NULL ? "" : theirs);
}

static void check_members(const struct directory *directory, const struct person *list, calendar_date today, struct problems *problems)
{
	const char *group = party_of(list);
	for (size_t i = 0; i < list->member_count; i++) {
		const struct person *person = directory_by_member(directory, list->members[i]);
		if (group != NULL)
			check_group_member(list, group, list->members[i], person, today, problems);
		else if (person == NULL)
			problems_add(problems, list->line, false, "the list \"%s\" has a member \"%s\" who is not in the directory",
				     list->name, list->members[i]);
	}
}

/* A group word must reach somebody: one of the three fixed words, or a group some councillor belongs to. */
static void check_group(const struct directory *directory, const struct person *list, const char *group, struct problems *problems)
{
	const char **words = NULL;
	size_t count = 0;
	*ARENA_PUSH(problems->arena, words, count) = "councillors";
	*ARENA_PUSH(problems->arena, words, count) = "officers";
	*ARENA_PUSH(problems->arena, words, count) = "public";
	for (size_t i = 0; i < directory->with_role_count[ROLE_COUNCILLOR]; i++) {
		const struct person *person = directory->with_role[ROLE_COUNCILLOR][i];
		for (size_t j = 0; j < person->tenure_count; j++)
			if (person->tenures[j].group != NULL)
				*ARENA_PUSH(problems->arena, words, count) = person->tenures[j].group;
	}
	*ARENA_PUSH(problems->arena, words, count) = NULL;
	for (size_t i = 0; words[i] != NULL; i++)
		if (bytes_equal_nocase(bytes_of(words[i]), bytes_of(group)))
			return;
	const char *close = settings_suggest(group, words);
	problems_add(problems, list->line, false, "the list \"%s\" reaches nobody: no councillor is of the group \"%s\"%s%s%s", list->name,
		     group, close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
}

static void check_lists(const struct directory *directory, calendar_date today, struct problems *problems)
{
	for (size_t i = 0; i < directory->with_role_count[ROLE_LIST]; i++) {
		const struct person *list = directory->with_role[ROLE_LIST][i];
		check_members(directory, list, today, problems);
		if (list->tenures[0].group != NULL)
			check_group(directory, list, list->tenures[0].group, problems);
		if (list->owner != NULL && directory_by_address(directory, list->owner) == NULL)
			problems_add(problems, list->line, false, "the owner %s of the list \"%s\" is not in the directory", list->owner,
				     list->name);
	}
}

/* A file that nobody kept up, or whose columns are mixed up, makes everybody a stranger. */
static void check_role(const struct directory *directory, enum role role, calendar_date today, struct problems *problems)
{
	size_t current = 0, count = directory->with_role_count[role];
	for (size_t i = 0; i < count; i++)
		current += !ended(directory->with_role[role][i], today);
	if (count == 0)
		problems_add(problems, 1, false, "there is no %s in the file", role_name(role));
	else if (current == 0)
		problems_add(problems, directory->with_role[role][0]->line, false,
			     "the time of every %s has ended: is this file out of date?", role_name(role));
}

void directory_check(const struct directory *directory, struct problems *problems)
{
	calendar_date today = clock_date_of(clock_now());
	check_names(directory, problems);
	check_addresses(directory, today, problems);
	check_lists(directory, today, problems);
	check_role(directory, ROLE_COUNCILLOR, today, problems);
	check_role(directory, ROLE_OFFICER, today, problems);
}
