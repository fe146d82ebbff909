/* people.h - a directory from text, for tests.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_TESTS_PEOPLE_H
#define COPYHOLD_TESTS_PEOPLE_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "directory/directory.h"

struct people {
	struct arena *arena;
	struct directory *directory; /* NULL when refused */
	const struct directory_problem *problems;
	size_t problem_count;
	struct error err;
};

static inline struct people people_load_bytes(const void *content, size_t length)
{
	static const char *const domains[] = { "marlbrook.example", "old-marlbrook.example" };
	struct people people = { .arena = arena_new(), .err = ERROR_INIT };
	struct string_list list = { domains, 2, NULL };
	char path[] = "/tmp/people_XXXXXX";
	int fd = mkstemp(path);
	if (fd < 0 || write(fd, content, length) != (ssize_t)length || close(fd) != 0)
		abort();
	bool ok = directory_load(path, &list, &people.directory, people.arena, &people.problems, &people.problem_count, &people.err);
	if (ok != (people.directory != NULL))
		abort();
	unlink(path);
	return people;
}

static inline struct people people_load(const char *content)
{
	return people_load_bytes(content, strlen(content));
}

static inline void people_free(struct people *people)
{
	directory_free(&people->directory);
	arena_free(&people->arena);
	error_release(&people->err);
}

#endif
