/* people_show.c - `copyhold directory show`: who is who on a day, one line for each, or all about one.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/people.h"

/* All words that stand for them, those that another one includes too: grep looks for any. */
static void print_offices(unsigned offices)
{
	for (size_t i = 0; office_words[i] != NULL; i++) {
		unsigned bits = 0;
		if (office_parse(office_words[i], &bits) && (offices & bits) == bits)
			printf(" %s", office_words[i]);
	}
}

static void print_reach(struct arena *arena, const struct directory *directory, const struct person *list, calendar_date on,
			const char *before, const char *between)
{
	bool public, archive;
	struct person_list reached = list_members(arena, directory, list, on, &public, &archive);
	for (size_t i = 0; i < reached.count; i++)
		printf("%s%s", i == 0 ? before : between, reached.items[i]->name);
	if (public)
		printf("%s%s", reached.count == 0 ? before : between, "the public");
	if (archive)
		printf("%snobody", before);
}

/* Everything of somebody on one line, so that grep finds them by whatever is known. */
static void print_line(struct arena *arena, const struct directory *directory, const struct person *person, calendar_date on)
{
	const char *group = person_group(person, on), *ward = person_ward(person, on);
	printf("%-28s %-12s", person->name, role_name(person_role(person, on)));
	print_offices(person_offices(person, on));
	if (group != NULL)
		printf(" [%s]", group);
	if (ward != NULL)
		printf(" (%s)", ward);
	for (size_t i = 0; i < person->address_count; i++)
		printf(" %s", person->addresses[i]);
	if (person->is_list)
		print_reach(arena, directory, person, on, " reaches: ", ", ");
	putchar('\n');
}

static bool reaches(struct arena *arena, const struct directory *directory, const struct person *list, const struct person *person, calendar_date on)
{
	bool public, archive;
	struct person_list reached = list_members(arena, directory, list, on, &public, &archive);
	for (size_t i = 0; i < reached.count; i++)
		if (reached.items[i] == person)
			return true;
	return false;
}

static void print_lists(struct arena *arena, const struct directory *directory, const struct person *person, calendar_date on)
{
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *list = directory_at(directory, i);
		if (list->is_list && reaches(arena, directory, list, person, on))
			printf("  reached by: %s%s%s\n", list->name, list->address_count == 0 ? "" : " ", list->address_count == 0 ? "" : list->addresses[0]);
	}
}

static void print_all(struct arena *arena, const struct directory *directory, const struct person *person, calendar_date on)
{
	printf("%s: on %s %s (line %d)\n", person->name, clock_format_day(arena, on), role_name(person_role(person, on)), person->line);
	if (person->welsh_name != NULL)
		printf("  in Welsh: %s\n", person->welsh_name);
	for (size_t i = 0; i < person->tenure_count; i++)
		printf("  %s\n", tenure_text(arena, &person->tenures[i], true));
	for (size_t i = 0; i < person->address_count; i++)
		printf("  %s\n", person->addresses[i]);
	for (size_t i = 0; i < person->login_count; i++)
		printf("  signs in as: %s\n", person->logins[i]);
	if (person->is_list)
		print_reach(arena, directory, person, on, "  reaches: ", "\n  reaches: ");
	if (person->is_list)
		putchar('\n');
	if (person->owner != NULL)
		printf("  kept by: %s\n", person->owner);
	if (person->notes != NULL)
		printf("  %s\n", person->notes);
	print_lists(arena, directory, person, on);
}

static bool show_who(struct arena *arena, const struct directory *directory, const char *who, calendar_date on, struct error *err)
{
	const struct person *person = directory_by_address(directory, who);
	for (size_t i = 0; person == NULL && i < directory_count(directory); i++) {
		const struct person *named = directory_at(directory, i);
		if ((named->id != NULL && strcmp(named->id, who) == 0) || bytes_equal_nocase(bytes_of(named->name), bytes_of(who)))
			person = named;
	}
	if (person != NULL) {
		print_all(arena, directory, person, on);
		return true;
	}
	struct person_list fitting = directory_by_name(arena, directory, who, ROLE_NONE, on);
	for (size_t i = 0; i < fitting.count; i++)
		print_all(arena, directory, fitting.items[i], on);
	if (fitting.count > 0)
		return true;
	if (strchr(who, '@') != NULL)
		return error_set(err, ERROR_REFUSED, "%s is not in the directory: %s", who,
				 directory_is_council_domain(directory, who) ? "an unknown mailbox in a domain of the Council's own" : "a third party");
	return error_set(err, ERROR_REFUSED, "nobody in the directory is called \"%s\"", who);
}

bool people_show(struct arena *arena, const struct people_file *people, const char *who, calendar_date on, struct error *err)
{
	struct directory *directory = NULL;
	bool good = true;
	if (!directory_load(people->path, &people->domains, &directory, arena, NULL, NULL, err))
		return false;
	if (who != NULL)
		good = show_who(arena, directory, who, on, err);
	for (size_t i = 0; who == NULL && i < directory_count(directory); i++)
		print_line(arena, directory, directory_at(directory, i), on);
	directory_free(&directory);
	return good;
}
