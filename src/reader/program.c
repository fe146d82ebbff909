/* program.c - where copyhold-reader is, and how many of it are of use.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libgen.h>
#include <limits.h>
#include <unistd.h>

#include "reader/pool.h"

#define LEAST_MOST 4

static const char *folder_of_program(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	if (length <= 0)
		return NULL;
	path[length] = '\0';
	return arena_string(arena, dirname(path));
}

bool pool_find_program(struct arena *arena, const char *configured, const char **out, struct error *err)
{
	const char *folder = folder_of_program(arena);
	const char *places[] = {
		folder == NULL ? NULL : arena_printf(arena, "%s/copyhold-reader", folder),
		folder == NULL ? NULL : arena_printf(arena, "%s/../libexec/copyhold/copyhold-reader", folder),
		READERDIR "/copyhold-reader",
	};
	if (configured != NULL) {
		*out = configured;
		return access(configured, X_OK) == 0 || error_set(err, ERROR_SETTINGS, "reader.program: %s cannot be run", configured);
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		if (places[i] == NULL || access(places[i], X_OK) != 0)
			continue;
		*out = places[i];
		return true;
	}
	return error_set(err, ERROR_SETTINGS, "copyhold-reader is neither beside this program nor in " READERDIR "; set reader.program");
}

size_t pool_default_most(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t twice = cores > 0 ? 2 * (size_t)cores : 0;
	return twice < LEAST_MOST ? LEAST_MOST : twice;
}
