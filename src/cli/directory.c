/* directory.c - `copyhold directory check|show`: the people file as the rules see it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/directory.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/command.h"

struct directory_flags {
	const char *at;
};

static const struct option_row directory_rows[] = {
	{ "at", OPTION_VALUE, offsetof(struct directory_flags, at), "TIME", "with show: who is who at that time; default: now" },
};

static void print_person(const struct person *person, calendar_date on)
{
	unsigned offices = person_offices(person, on);
	printf("%-28s %-12s", person->name, role_name(person_role(person, on)));
	for (size_t i = 0; office_words[i] != NULL; i++) {
		unsigned bits = 0;
		if (office_parse(office_words[i], &bits) && (offices & bits) == bits)
			printf(" %s", office_words[i]);
	}
	if (person_group(person, on) != NULL)
		printf(" [%s]", person_group(person, on));
	putchar('\n');
	for (size_t i = 0; i < person->address_count; i++)
		printf("    %s\n", person->addresses[i]);
}

static bool directory_run(struct invocation *invocation, struct error *err)
{
	struct directory_flags flags = { 0 };
	struct snapshot *snapshot = NULL;
	const char *const *operands;
	int64_t at;
	if (!options_parse(invocation->arena, directory_rows, sizeof directory_rows / sizeof *directory_rows, invocation->argc,
			   invocation->argv, &flags, &operands, err) ||
	    !command_operands(operands, 1, "directory check or directory show", err) || !command_time(flags.at, &at, err))
		return false;
	bool show = strcmp(operands[0], "show") == 0;
	if (!show && strcmp(operands[0], "check") != 0)
		return error_set(err, ERROR_USAGE, "directory wants check or show, not \"%s\"", operands[0]);
	if (!snapshot_load(invocation->configuration, &snapshot, err))
		return false;
	for (size_t i = 0; show && i < directory_count(snapshot->directory); i++)
		print_person(directory_at(snapshot->directory, i), clock_date_of(at));
	for (size_t i = 0; !show && i < snapshot->warning_count; i++)
		printf("warning: %s\n", snapshot->warnings[i]);
	if (!show)
		printf("%zu people and lists; the directory can be used.\n", directory_count(snapshot->directory));
	snapshot_drop(&snapshot);
	return true;
}

const struct command directory_command = {
	.name = "directory",
	.operands = "check|show",
	.summary = "the people file as the rules see it",
	.options = directory_rows,
	.option_count = sizeof directory_rows / sizeof *directory_rows,
	.run = directory_run,
};
