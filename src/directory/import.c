/* import.c - a foreign list of people into a new people.csv.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

const char *const import_formats[] = { "csv", "ldif", "vcard", "m365", NULL };
static bool (*const readers[])(struct records *, struct bytes, struct error *) = { import_sheet, import_ldif, import_vcard, import_m365 };

static bool check_maps(const struct import_options *options, struct error *err)
{
	for (size_t i = 0; i < options->map_count; i++) {
		const char *to = options->maps[i].to, *close = NULL;
		enum role role;
		bool known = role_parse(to, &role);
		for (size_t j = 0; column_words[j] != NULL; j++)
			known = known || strcmp(column_words[j], to) == 0;
		if (known)
			continue;
		close = settings_suggest(to, role_words);
		close = close != NULL ? close : settings_suggest(to, column_words);
		return error_set(err, ERROR_USAGE, "--map %s=%s: \"%s\" is neither a column of people.csv nor a role%s%s%s", options->maps[i].from, to, to,
				 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
	}
	return true;
}

/* The present file as rows and as a directory; none of either when it is empty. */
static bool read_present(struct arena *arena, struct bytes present, const struct string_list *domains, struct table *table,
			 struct directory **directory, struct error *err)
{
	static const struct bytes none = { "name,role,addresses\n", sizeof "name,role,addresses\n" - 1 };
	struct problems problems = { .arena = arena };
	struct bytes content = present.length == 0 ? none : present;
	table_read(arena, content, table, &problems);
	return directory_load_text("people.csv", content, domains, directory, arena, NULL, NULL, err) ||
	       error_context(err, "the present people file is not in order, mend it first");
}

bool directory_import(struct arena *arena, struct bytes list, struct bytes present, const struct import_options *options,
		      struct import_result *out, struct error *err)
{
	struct records records = { .arena = arena, .options = options };
	struct directory *before = NULL;
	struct table table, merged;
	size_t format = 0;
	while (import_formats[format] != NULL && strcmp(import_formats[format], options->format) != 0)
		format++;
	if (import_formats[format] == NULL)
		return error_set(err, ERROR_USAGE, "\"%s\" is no format: csv, ldif, vcard or m365", options->format);
	if (list.length > IMPORT_MAX_BYTES)
		return error_set(err, ERROR_INPUT, "%s: larger than %zu octets", options->name, IMPORT_MAX_BYTES);
	if (!check_maps(options, err) || !readers[format](&records, list, err) ||
	    !read_present(arena, present, options->domains, &table, &before, err))
		return false;
	import_merge(&records, before, &table, &merged);
	*out = (struct import_result){ table_write(arena, &merged, present), records.count, records.notes, records.note_count };
	directory_free(&before);
	return true;
}
