/* snapshot_case.h - a folder with a people file, and the snapshot of a configuration there, for tests of what a configuration says. */
#ifndef COPYHOLD_TESTS_SNAPSHOT_CASE_H
#define COPYHOLD_TESTS_SNAPSHOT_CASE_H

#include "council_folder.h"
#include "gateway/snapshot.h"

struct fixture {
	struct arena *arena;
	const char *folder;
	struct snapshot *snapshot; /* the last that was loaded; NULL: none */
	struct error err;
};

static inline struct fixture *snapshot_case_new(const char *name, const char *people)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	assert_non_null(fixture);
	fixture->arena = arena_new();
	fixture->folder = folder_new(fixture->arena, name);
	folder_put(fixture->arena, fixture->folder, "people.csv", people);
	return fixture;
}

static inline int snapshot_case_tear_down(void **state)
{
	struct fixture *fixture = *state;
	snapshot_drop(&fixture->snapshot);
	folder_remove(fixture->arena, fixture->folder);
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

/* Forgets what was loaded before, and what was said of it. */
static inline void snapshot_case_again(struct fixture *fixture)
{
	snapshot_drop(&fixture->snapshot);
	error_release(&fixture->err);
}

static inline bool snapshot_case_load(struct fixture *fixture, const char *configuration)
{
	snapshot_case_again(fixture);
	return snapshot_load(folder_put(fixture->arena, fixture->folder, "copyhold.conf", configuration), &fixture->snapshot, &fixture->err);
}

#endif
