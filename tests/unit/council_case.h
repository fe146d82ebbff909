/* council_case.h - a council's directory and store in a temporary folder of their own, for tests of what reviewers see and do. */
#ifndef COPYHOLD_TESTS_COUNCIL_CASE_H
#define COPYHOLD_TESTS_COUNCIL_CASE_H

#include "council_folder.h"
#include "review/queue.h"

struct own; /* what one test needs beside; it says what that is */

struct fixture {
	struct arena *arena;
	const char *base; /* folder; the store is in its folder "state" */
	struct directory *directory;
	struct store *store;
	struct desk desk; /* the test fills it in */
	struct own *own;
	struct error err;
};

/* `people`: the directory's table; all are of marlbrook.example. */
static inline struct fixture *council_case_new(const char *people)
{
	static const char *const domains[] = { "marlbrook.example" };
	struct fixture *fixture = calloc(1, sizeof *fixture);
	struct string_list list = { domains, 1, NULL };
	fixture->arena = arena_new();
	fixture->base = folder_new(fixture->arena, "council");
	const char *path = folder_put(fixture->arena, fixture->base, "people.csv", people);
	if (!directory_load(path, &list, &fixture->directory, fixture->arena, NULL, NULL, &fixture->err))
		fail_msg("%s", error_text(&fixture->err));
	assert_true(store_open(folder_path(fixture->arena, fixture->base, "state"), &fixture->store, &fixture->err));
	return fixture;
}

static inline int council_case_tear_down(void **state)
{
	struct fixture *fixture = *state;
	store_close(&fixture->store);
	directory_free(&fixture->directory);
	folder_remove(fixture->arena, fixture->base);
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

#endif
