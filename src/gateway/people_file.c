/* people_file.c - see people_file.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/people_file.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/unicode.h"
#include "report_keys.h"

/* A report group that is at fault is lint's to tell of: here it does not keep anybody from mending the people file. */
static void read_report(const struct settings_node *report, struct arena *arena, struct people_file *out)
{
	struct error why = ERROR_INIT;
	struct report_keys keys;
	bool good = report_keys_read(report, arena, &keys, &why);
	error_release(&why);
	out->reviewed = good ? keys.directory_reviewed : NULL;
	out->days = keys.directory_days;
}

static bool read_root(const struct settings_node *root, const char *configuration, struct arena *arena, struct people_file *out, struct error *err)
{
	const struct settings_node *directory = settings_find(root, "directory"), *council = settings_find(root, "council");
	const struct settings_node *domains = council != NULL && settings_is_group(council) ? settings_find(council, "domains") : NULL;
	const char *path = directory == NULL ? NULL : settings_string(directory);
	if (path == NULL)
		return error_set(err, ERROR_SETTINGS, "%s: the key \"directory\" is missing: it names the people file", configuration);
	if (domains == NULL)
		return error_set(err, ERROR_SETTINGS, "%s: the key \"council.domains\" is missing", configuration);
	if (!settings_strings(domains, arena, &out->domains, err))
		return false;
	const char **normal = arena_array(arena, out->domains.count + 1, sizeof *normal);
	for (size_t i = 0; i < out->domains.count; i++)
		normal[i] = unicode_domain(arena, bytes_of(out->domains.items[i]));
	out->domains.items = normal;
	read_report(settings_find(root, "report"), arena, out);
	out->path = arena_string(arena, file_beside(arena, configuration, path));
	return true;
}

bool people_file_of(const char *configuration, struct arena *arena, struct people_file *out, struct error *err)
{
	struct settings_file *file = NULL;
	if (!settings_open(configuration, &file, err))
		return false;
	bool good = read_root(settings_root(file), configuration, arena, out, err);
	settings_close(&file);
	return good;
}

bool people_file_is_old(const char *path, const char *reviewed, int days, calendar_date today, calendar_date *since_out)
{
	struct stat status;
	calendar_date gone_through = DATE_NONE;
	if (days == 0 || stat(path, &status) != 0)
		return false;
	*since_out = clock_date_of(status.st_mtime);
	if (reviewed != NULL && clock_parse_date(reviewed, &gone_through, NULL) && gone_through > *since_out)
		*since_out = gone_through;
	return clock_date_add(*since_out, days) < today;
}
