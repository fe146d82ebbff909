/* directory.c - `copyhold directory show|check|import`: the people file as the rules see it, and what a foreign list would make of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/people.h"

static const struct option_row directory_rows[] = {
	{ "on", OPTION_VALUE, offsetof(struct directory_flags, on), "DATE", "with show: who is who on that day; default: today" },
	{ "map", OPTION_MANY, offsetof(struct directory_flags, maps), "OLD=NEW", "with import: a heading of the list is that column; or an address, group or title is that role" },
	{ "ends", OPTION_VALUE, offsetof(struct directory_flags, ends), "DATE", "with import: last day of those who are not in the list any more" },
	{ "write", OPTION_FLAG, offsetof(struct directory_flags, write), NULL, "with import: write the people file" },
	{ "force", OPTION_FLAG, offsetof(struct directory_flags, force), NULL, "with import: write it although many people go or not all could be read" },
};

static void warn_of_age(struct arena *arena, const struct people_file *people)
{
	calendar_date since;
	if (people_file_is_old(people->path, people->reviewed, people->days, clock_date_of(clock_now()), &since))
		printf("warning: %s: not changed since %s: does it still say who is who?\n", people->path, clock_format_day(arena, since));
}

bool people_check(struct arena *arena, const struct people_file *people, struct error *err)
{
	struct directory *directory = NULL;
	const struct directory_problem *problems = NULL;
	size_t count = 0, errors = 0;
	bool good = directory_load(people->path, &people->domains, &directory, arena, &problems, &count, err);
	for (size_t i = 0; i < count; i++) {
		printf("%s: %s:%d: %s\n", problems[i].error ? "error" : "warning", people->path, problems[i].line, problems[i].text);
		errors += problems[i].error;
	}
	if (!good)
		return errors == 0 ? false
				   : error_set(err, ERROR_SETTINGS, "%s: %zu error%s: a daemon that is running keeps the directory it has", people->path, errors,
					       errors == 1 ? "" : "s");
	warn_of_age(arena, people);
	printf("%zu people and lists; the directory can be used.\n", directory_count(directory));
	directory_free(&directory);
	return true;
}

bool people_day(const char *option, const char *text, calendar_date *out, struct error *err)
{
	if (text == NULL || clock_parse_date(text, out, err))
		return true;
	err->kind = ERROR_USAGE;
	return error_context(err, "%s", option);
}

static size_t count_operands(const char *const *operands)
{
	size_t count = 0;
	while (operands[count] != NULL)
		count++;
	return count;
}

static bool run_show(struct invocation *invocation, const struct people_file *people, const char *const *operands,
		     const struct directory_flags *flags, struct error *err)
{
	calendar_date on = clock_date_of(clock_now());
	return people_day("--on", flags->on, &on, err) && people_show(invocation->arena, people, operands[1], on, err);
}

static bool run_check(struct invocation *invocation, const struct people_file *people, const char *const *operands,
		      const struct directory_flags *flags, struct error *err)
{
	struct people_file checked = *people;
	if (operands[1] != NULL) {
		checked.path = operands[1];
		checked.reviewed = NULL; /* that was the other one */
	}
	return people_check(invocation->arena, &checked, err);
}

static bool run_import(struct invocation *invocation, const struct people_file *people, const char *const *operands,
		       const struct directory_flags *flags, struct error *err)
{
	if (operands[1] == NULL || operands[2] == NULL)
		return error_set(err, ERROR_USAGE, "directory import wants a format (csv, ldif, vcard or m365) and a file");
	return people_import(invocation, people, operands[1], operands[2], flags, err);
}

struct task {
	const char *name;
	size_t most; /* operands, its own name among them */
	bool (*run)(struct invocation *, const struct people_file *, const char *const *, const struct directory_flags *, struct error *);
};
static const struct task tasks[] = { { "show", 2, run_show }, { "check", 2, run_check }, { "import", 3, run_import } };

static bool directory_run(struct invocation *invocation, struct error *err)
{
	struct directory_flags flags = { 0 };
	struct people_file people;
	const char *const *operands;
	if (!options_parse(invocation->arena, directory_rows, sizeof directory_rows / sizeof *directory_rows, invocation->argc,
			   invocation->argv, &flags, &operands, err))
		return false;
	for (size_t i = 0; operands[0] != NULL && i < sizeof tasks / sizeof *tasks; i++) {
		if (strcmp(tasks[i].name, operands[0]) != 0)
			continue;
		if (count_operands(operands) > tasks[i].most)
			return error_set(err, ERROR_USAGE, "directory %s does not want \"%s\"", operands[0], operands[tasks[i].most]);
		if (tasks[i].run != run_show && flags.on != NULL)
			return error_set(err, ERROR_USAGE, "--on belongs to directory show");
		if (tasks[i].run != run_import && (flags.write || flags.force || flags.ends != NULL || flags.maps.count > 0))
			return error_set(err, ERROR_USAGE, "--write, --force, --ends and --map belong to directory import");
		return people_file_of(invocation->configuration, invocation->arena, &people, err) &&
		       tasks[i].run(invocation, &people, operands, &flags, err);
	}
	return error_set(err, ERROR_USAGE, "directory wants show, check or import, not \"%s\"", operands[0] == NULL ? "" : operands[0]);
}

const struct command directory_command = {
	.name = "directory",
	.operands = "show [WHO]|check [FILE]|import FORMAT FILE",
	.summary = "who is who: show it, check the people file, see or take what another list would change",
	.options = directory_rows,
	.option_count = sizeof directory_rows / sizeof *directory_rows,
	.run = directory_run,
};
