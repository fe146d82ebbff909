/* council_folder.h - a temporary folder and the files a council has there: configuration, people, or whatever a test writes. */
#ifndef COPYHOLD_TESTS_COUNCIL_FOLDER_H
#define COPYHOLD_TESTS_COUNCIL_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

/* `name` says whose it is, should it ever be left behind. */
static inline const char *folder_new(struct arena *arena, const char *name)
{
	char *folder = arena_printf(arena, "/tmp/copyhold-%s-XXXXXX", name);
	assert_non_null(mkdtemp(folder));
	return folder;
}

static inline const char *folder_path(struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

/* The file's path. */
static inline const char *folder_put(struct arena *arena, const char *folder, const char *name, const char *content)
{
	const char *path = folder_path(arena, folder, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

static inline void folder_remove(struct arena *arena, const char *folder)
{
	assert_int_equal(system(arena_printf(arena, "rm -rf %s", folder)), 0);
}

#endif
