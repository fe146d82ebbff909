/* people_import.c - `copyhold directory import`: tells what another list would change in the people file, and changes it when asked.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/people.h"
#include "directory/import.h"

/* More than that part of those in a role, and more than one: rather a wrong file than an election. */
#define LOST_SHARE 3

static const char *const difference_headings[] = { "Ends", "Gone", "New", "Addresses", "Also" };
static const char *const note_headings[] = {
	"Cannot be read: mend it in the list",
	"Decide: nothing is done about it (an import takes --map ADDRESS=ROLE, also for a GROUP or \"TITLE\")",
	"Stays as it is, though the list differs",
	"Of no use here",
};

struct import {
	struct arena *arena;
	const struct people_file *people;
	struct bytes present;
	struct import_result result;
	struct differences differences;
	size_t errors; /* for which the result could not be loaded */
};

static void print_line(bool *headed, const char *heading, const char *text)
{
	if (!*headed)
		printf("\n%s\n", heading);
	*headed = true;
	printf("  %s\n", text);
}

static void print_differences(const struct differences *differences)
{
	for (int heading = 0; heading < DIFFERENCE_HEADINGS; heading++) {
		bool headed = false;
		for (size_t i = 0; i < differences->count; i++)
			if ((int)differences->items[i].heading == heading)
				print_line(&headed, difference_headings[heading], differences->items[i].text);
	}
}

static size_t print_notes(const struct import_result *result)
{
	size_t unreadable = 0;
	for (int heading = 0; heading < IMPORT_HEADINGS; heading++) {
		bool headed = false;
		for (size_t i = 0; i < result->note_count; i++) {
			if ((int)result->notes[i].heading != heading)
				continue;
			print_line(&headed, note_headings[heading], result->notes[i].text);
			unreadable += heading == IMPORT_UNREADABLE;
		}
	}
	return unreadable;
}

static bool was_there(const struct directory_problem *problem, const struct directory_problem *before, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(before[i].text, problem->text) == 0)
			return true;
	return false;
}

/* What would be wrong with the result that is not wrong with the present file. */
static void print_findings(struct import *import, const struct directory_problem *after, size_t count, const struct directory_problem *before,
			   size_t before_count)
{
	bool headed = false;
	for (size_t i = 0; i < count; i++) {
		import->errors += after[i].error;
		if (after[i].error || !was_there(&after[i], before, before_count))
			print_line(&headed, "The people file would then be found at fault",
				   arena_printf(import->arena, "%s: line %d: %s", after[i].error ? "error" : "warning", after[i].line, after[i].text));
	}
}

/* Both files as they load; false when there is none before and after that could be compared. */
static bool compare(struct import *import, calendar_date today, struct error *err)
{
	struct directory *before = NULL, *after = NULL;
	const struct directory_problem *problems = NULL, *problems_before = NULL;
	size_t count = 0, count_before = 0;
	struct error why = ERROR_INIT;
	struct bytes present = import->present.length == 0 ? BYTES("name,role,addresses\n") : import->present;
	if (!directory_load_text(import->people->path, present, &import->people->domains, &before, import->arena, &problems_before, &count_before, err))
		return false;
	bool good = directory_load_text("result", import->result.content, &import->people->domains, &after, import->arena, &problems, &count, &why);
	if (good)
		import->differences = directory_differences(import->arena, before, after, today);
	print_differences(&import->differences);
	print_findings(import, problems, count, problems_before, count_before);
	error_release(&why);
	directory_free(&before);
	directory_free(&after);
	return true;
}

static bool read_maps(struct arena *arena, const struct directory_flags *flags, struct import_options *options, struct error *err)
{
	struct import_map *maps = arena_array(arena, flags->maps.count + 1, sizeof *maps);
	for (size_t i = 0; i < flags->maps.count; i++) {
		const char *text = flags->maps.items[i], *equals = strrchr(text, '=');
		if (equals == NULL || equals == text || equals[1] == '\0')
			return error_set(err, ERROR_USAGE, "--map wants OLD=NEW, not \"%s\"", text);
		maps[i].from = arena_string_of(arena, bytes_trim((struct bytes){ text, (size_t)(equals - text) }));
		maps[i].to = arena_string_of(arena, bytes_trim(bytes_of(equals + 1)));
	}
	options->maps = maps;
	options->map_count = flags->maps.count;
	return true;
}

/* The file itself, where the configuration names a link to it: a rename would put a file in the link's place. */
static const char *real_path(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *out = arena_string(arena, real == NULL ? path : real);
	free(real);
	return out;
}

/* Somebody may have saved the file while we thought about it. */
static bool is_as_read(const struct import *import, const char *path, struct error *err)
{
	struct bytes now = BYTES_EMPTY;
	if (access(path, F_OK) == 0 && !file_read(import->arena, path, IMPORT_MAX_BYTES, ERROR_RETRY, &now, err))
		return false;
	return bytes_equal(now, import->present) || error_set(err, ERROR_RETRY, "%s: was changed meanwhile; nothing was written", path);
}

static bool write_people(const struct import *import, const char *path, struct error *err)
{
	const char *previous = arena_printf(import->arena, "%s.1", path);
	if (!is_as_read(import, path, err))
		return false;
	if (access(path, F_OK) != 0) {
		if (!file_write(path, import->result.content, err))
			return false;
		printf("\nWritten: %s.\n", path);
		return true;
	}
	if (!file_write_like(previous, path, import->present, err) || !file_write_like(path, path, import->result.content, err))
		return false;
	printf("\nWritten: %s; what it was is kept as %s. A running daemon takes it when it is told to reload.\n", path, previous);
	return true;
}

/* Why the result must not be written, or true. */
static bool may_write(const struct import *import, size_t unreadable, bool force, struct error *err)
{
	const struct differences *differences = &import->differences;
	if (import->errors > 0)
		return error_set(err, ERROR_REFUSED, "the result does not pass the check (%zu error%s); nothing was written", import->errors,
				 import->errors == 1 ? "" : "s");
	if (!force && unreadable > 0)
		return error_set(err, ERROR_REFUSED, "the list could not be read in %zu place%s; mend it, or leave that out with --force; nothing was written",
				 unreadable, unreadable == 1 ? "" : "s");
	for (enum role role = ROLE_NONE + 1; !force && role < ROLE_COUNT; role++)
		if (differences->lost[role] > 1 && differences->lost[role] * LOST_SHARE > differences->held[role])
			return error_set(err, ERROR_REFUSED,
					 "%zu of %zu in the role \"%s\" would be nobody any more: is this the right file? If it is, give --force; nothing was written",
					 differences->lost[role], differences->held[role], role_name(role));
	return true;
}

bool people_import(struct invocation *invocation, const struct people_file *people, const char *format, const char *list,
		   const struct directory_flags *flags, struct error *err)
{
	struct import import = { .arena = invocation->arena, .people = people, .present = BYTES_EMPTY };
	struct import_options options = { .format = format, .name = list, .domains = &people->domains, .today = clock_date_of(clock_now()) };
	const char *path = real_path(invocation->arena, people->path);
	struct bytes content;
	if (!read_maps(invocation->arena, flags, &options, err) || !people_day("--ends", flags->ends, &options.ends, err) ||
	    !file_read(invocation->arena, list, IMPORT_MAX_BYTES, ERROR_INPUT, &content, err))
		return false;
	if (access(path, F_OK) == 0 && !file_read(invocation->arena, path, IMPORT_MAX_BYTES, ERROR_SETTINGS, &import.present, err))
		return false;
	if (!directory_import(invocation->arena, content, import.present, &options, &import.result, err))
		return false;
	printf("%s (%s): %zu people and lists\n", list, format, import.result.found);
	if (!compare(&import, options.today, err))
		return false;
	size_t unreadable = print_notes(&import.result);
	if (!may_write(&import, unreadable, flags->force, err))
		return false;
	if (import.differences.count == 0)
		printf("\nNothing would change in %s.\n", path);
	else if (!flags->write)
		printf("\n%zu change%s. Nothing was written: --write writes %s.\n", import.differences.count, import.differences.count == 1 ? "" : "s", path);
	else
		return write_people(&import, path, err);
	return true;
}
