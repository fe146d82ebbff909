/* people_kept.c - see people_kept.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/people_kept.h"

#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"

#define KEPT_NAME "people.csv.kept"

const char *people_kept_path(struct arena *arena, const struct snapshot *snapshot)
{
	return arena_printf(arena, "%s/" KEPT_NAME, snapshot->store_directory);
}

/* What was read is not at hand any more; what stands there now may be another one by now, which the next reload keeps. */
static bool keep(struct arena *arena, const struct snapshot *snapshot, struct error *err)
{
	struct bytes content;
	if (!file_read(arena, snapshot->directory_path, DIRECTORY_MAX_BYTES, ERROR_RETRY, &content, err))
		return false;
	if (strcmp(digest_of(arena, content), directory_digest(snapshot->directory)) != 0)
		return error_set(err, ERROR_RETRY, "%s: was changed meanwhile", snapshot->directory_path);
	return file_write_private(people_kept_path(arena, snapshot), content, err);
}

bool people_keep(const struct snapshot *snapshot, struct error *err)
{
	if (snapshot->people_trouble != NULL)
		return true;
	struct arena *arena = arena_new();
	bool good = keep(arena, snapshot, err);
	arena_free(&arena);
	return good || error_context(err, "the people file is not kept for the next start");
}

bool people_kept_load(struct build *build, const struct string_list *domains, const struct directory_problem **problems_out, size_t *problem_count_out,
		      struct error *err)
{
	struct snapshot *snapshot = build->snapshot;
	const char *path = people_kept_path(build->arena, snapshot);
	struct error why = ERROR_INIT;
	struct stat status;
	bool there = stat(path, &status) == 0;
	if (!there)
		return error_set(err, ERROR_SETTINGS, "%s; nor is an earlier one kept as %s", error_text(err), path);
	if (!directory_load(path, domains, &snapshot->directory, build->arena, problems_out, problem_count_out, &why)) {
		error_set(err, ERROR_SETTINGS, "%s; nor can the one that is kept be used: %s", error_text(err), error_text(&why));
		error_release(&why);
		return false;
	}
	snapshot->people_trouble = arena_printf(build->arena, "%s; the last good one, read on %s, is in force instead (%s)", error_text(err),
						clock_format_local(build->arena, (int64_t)status.st_mtime), path);
	error_release(err);
	return true;
}
