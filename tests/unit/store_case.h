/* store_case.h - a store in a temporary folder of its own, for tests of what a store keeps and counts. */
#ifndef COPYHOLD_TESTS_STORE_CASE_H
#define COPYHOLD_TESTS_STORE_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

struct own; /* what one test needs beside; it says what that is */

struct fixture {
	struct arena *arena;
	char *directory;
	struct store *store;
	struct own *own;
	struct error err;
};

static inline int store_case_set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	char base[] = "/tmp/copyhold-store-XXXXXX";
	fixture->arena = arena_new();
	assert_non_null(mkdtemp(base));
	fixture->directory = arena_string(fixture->arena, base);
	assert_true(store_open(base, &fixture->store, &fixture->err));
	*state = fixture;
	return 0;
}

static inline int store_case_tear_down(void **state)
{
	struct fixture *fixture = *state;
	store_close(&fixture->store);
	assert_int_equal(0, system(arena_printf(fixture->arena, "rm -rf %s", fixture->directory)));
	error_release(&fixture->err);
	arena_free(&fixture->arena);
	free(fixture);
	return 0;
}

#endif
