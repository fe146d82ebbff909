/* people.h - a directory from the text of a people.csv, which its loader wants as a file. */
#ifndef COPYHOLD_TESTS_FUZZ_PEOPLE_H
#define COPYHOLD_TESTS_FUZZ_PEOPLE_H

#include <sys/mman.h>
#include <unistd.h>

#include "directory/directory.h"
#include "fuzz.h"

/* directory_load of a council at b.example. */
static inline bool directory_of_text(struct arena *arena, struct bytes text, struct directory **out,
				     const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err)
{
	static const char *const domains[] = { "b.example" };
	struct string_list list = { domains, 1, NULL };
	int fd = memfd_create("people", 0);
	must(fd >= 0 && write(fd, text.data, text.length) == (ssize_t)text.length);
	bool good = directory_load(arena_printf(arena, "/proc/self/fd/%d", fd), &list, out, arena, problems_out, problem_count_out, err);
	close(fd);
	return good;
}

/* One that is in order; lives as long as the process. */
static inline struct directory *directory_of_council(const char *text)
{
	struct arena *arena = arena_new();
	struct directory *directory = NULL;
	must(directory_of_text(arena, bytes_of(text), &directory, NULL, NULL, NULL));
	arena_free(&arena);
	return directory;
}

#endif
