/* people_file.c - see people_file.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/people_file.h"

#include "base/file.h"
#include "base/unicode.h"

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
