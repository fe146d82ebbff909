/* check.c - what the clerk should know about a file that can be loaded: warnings only.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

#define MANY ((size_t)3)

const struct finding_class directory_classes[] = {
	[DIRECTORY_DOUBTFUL] = { "doubtful-row", "a cell has a word that is kept, and that no rule knows",
				 "Correct it if it was to be one of those in copyhold-people(5)." },
	[DIRECTORY_SAME_NAME] = { "same-name", "two rows have one name and no id that tells them apart",
				  "Give the rows of one person the same id, and each of two namesakes an id of their own." },
	[DIRECTORY_NO_ADDRESS] = { "no-address", "somebody who serves, or a list, has no address",
				   "Put the address in the column addresses: without it mail from and to them is a stranger's." },
	[DIRECTORY_LIST_MEMBER] = { "list-member", "a list reaches somebody it should not, or nobody knows",
				    "Correct the members of the list, or the row of the person." },
	[DIRECTORY_EMPTY_LIST] = { "empty-list", "a list reaches nobody today",
				   "Correct its group or its members; a list that is only an archive names neither." },
	[DIRECTORY_LIST_OWNER] = { "list-owner", "the owner of a list is not in the directory",
				   "Write an address of somebody who has a row." },
	[DIRECTORY_ROLE_MISSING] = { "columns", "nobody in the file is a councillor, or an officer, or everybody is the same",
				     "Look whether the column role is where the first line says it is, and whether rows are missing." },
	[DIRECTORY_EVERYBODY_LEFT] = { "everybody-left", "the time of all councillors, or all officers, has ended",
				       "Put in who holds office now: a file left over from the last Council makes everybody a stranger." },
	[DIRECTORY_SHARED_OFFICE] = { "overlapping-office", "two people hold on one day an office of which there is one",
				      "End the row of who left (column to); if two share the post, give them a list row with both as members." },
	[DIRECTORY_SHARED_ADDRESS] = { "shared-address", "a private address of somebody who serves is read by others at home",
				       "Use an address of their own; what is confidential must not go to a household's mailbox." },
	[DIRECTORY_NO_LEADER] = { "group-without-leader", "a political group that has a list has no leader",
				  "Write group-leader in the offices of the member who leads it." },
	{ NULL, NULL, NULL },
};

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
		problems_warn(problems, DIRECTORY_SAME_NAME, person->line,
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
			problems_warn(problems, DIRECTORY_NO_ADDRESS, person->line, "the list \"%s\" has no address", person->name);
		else if (!serves(person) || !ended(person, today))
			problems_warn(problems, DIRECTORY_NO_ADDRESS, person->line, "%s %s has no address: mail to them is not recognised",
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
		problems_warn(problems, DIRECTORY_LIST_MEMBER, list->line, "the list \"%s\" stands for the %s group and reaches %s, who is no member of the Council",
			     list->name, group, name);
	else if (theirs == NULL || !bytes_equal_nocase(bytes_of(theirs), bytes_of(group)))
		problems_warn(problems, DIRECTORY_LIST_MEMBER, list->line, "the list \"%s\" stands for the %s group and reaches %s, who is now %s%s", list->name,
			     group, name, theirs == NULL ? "of no group" : "of the group ", theirs == NULL ? "" : theirs);
}

/* Named members and none of them here any more. */
static void check_reaches(const struct directory *directory, const struct person *list, calendar_date today, struct problems *problems)
{
	size_t left = 0;
	for (size_t i = 0; i < list->member_count; i++) {
		const struct person *person = directory_by_member(directory, list->members[i]);
		left += person != NULL && !person->is_list && ended(person, today);
	}
	if (party_of(list) == NULL && left > 0 && left == list->member_count)
		problems_warn(problems, DIRECTORY_EMPTY_LIST, list->line, "the list \"%s\" reaches nobody who is still here: %s", list->name,
			      left == 1 ? "its member has left" : "all of its members have left");
}

static void check_members(const struct directory *directory, const struct person *list, calendar_date today, struct problems *problems)
{
	const char *group = party_of(list);
	for (size_t i = 0; i < list->member_count; i++) {
		const struct person *person = directory_by_member(directory, list->members[i]);
		if (group != NULL)
			check_group_member(list, group, list->members[i], person, today, problems);
		else if (person == NULL)
			problems_warn(problems, DIRECTORY_LIST_MEMBER, list->line, "the list \"%s\" has a member \"%s\" who is not in the directory",
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
	problems_warn(problems, DIRECTORY_EMPTY_LIST, list->line, "the list \"%s\" reaches nobody: no councillor is of the group \"%s\"%s%s%s", list->name,
		     group, close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
}

static void check_lists(const struct directory *directory, calendar_date today, struct problems *problems)
{
	for (size_t i = 0; i < directory->with_role_count[ROLE_LIST]; i++) {
		const struct person *list = directory->with_role[ROLE_LIST][i];
		check_members(directory, list, today, problems);
		check_reaches(directory, list, today, problems);
		if (list->tenures[0].group != NULL)
			check_group(directory, list, list->tenures[0].group, problems);
		if (list->owner != NULL && directory_by_address(directory, list->owner) == NULL)
			problems_warn(problems, DIRECTORY_LIST_OWNER, list->line, "the owner %s of the list \"%s\" is not in the directory", list->owner,
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
		problems_warn(problems, DIRECTORY_ROLE_MISSING, 1, "there is no %s in the file", role_name(role));
	else if (current == 0)
		problems_warn(problems, DIRECTORY_EVERYBODY_LEFT, directory->with_role[role][0]->line,
			     "the time of every %s has ended: is this file out of date?", role_name(role));
}

/* Columns that were mixed up, mostly. */
static bool check_everybody(const struct directory *directory, struct problems *problems)
{
	static const enum role roles[] = { ROLE_COUNCILLOR, ROLE_OFFICER };
	size_t people = directory->count - directory->with_role_count[ROLE_LIST];
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (people >= MANY && directory->with_role_count[roles[i]] == people) {
			problems_warn(problems, DIRECTORY_ROLE_MISSING, directory->with_role[roles[i]][0]->line,
				      "every one of the %zu people of the file is %s", people, roles[i] == ROLE_OFFICER ? "an officer" : "a councillor");
			return false;
		}
	return true;
}

void directory_check(const struct directory *directory, struct problems *problems)
{
	calendar_date today = clock_date_of(clock_now());
	check_names(directory, problems);
	check_addresses(directory, today, problems);
	check_lists(directory, today, problems);
	if (check_everybody(directory, problems)) {
		check_role(directory, ROLE_COUNCILLOR, today, problems);
		check_role(directory, ROLE_OFFICER, today, problems);
	}
	check_offices(directory, today, problems);
}
