/* fuzz_people.c - any bytes as people.csv, and every question asked of what was read.
 * Libraries: src/directory/libdirectory.a src/message/libmessage.a src/base/libbase.a $(DEPS_LIBS) -letpan -lcsv
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "directory/directory.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void ask(struct arena *arena, const struct directory *directory)
{
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *person = directory_at(directory, i);
		bool reaches_public, archive;
		if (person->is_list)
			list_members(arena, directory, person, 20260302, &reaches_public, &archive);
		person_role(person, 20260302);
		person_offices(person, 20260302);
		directory_by_name(arena, directory, person->name, ROLE_NONE, 20260302);
		/* What the file lists must be found again. */
		for (size_t j = 0; j < person->address_count; j++)
			if (directory_by_address(directory, person->addresses[j]) == NULL)
				abort();
		for (size_t j = 0; j < person->login_count; j++)
			if (directory_by_login(directory, person->logins[j]) == NULL)
				abort();
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const char *const domains[] = { "b.example" };
	struct string_list list = { domains, 1, NULL };
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct directory *directory = NULL;
	const struct directory_problem *problems = NULL;
	size_t problem_count = 0;
	int fd = memfd_create("people", 0);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	const char *path = arena_printf(arena, "/proc/self/fd/%d", fd);
	bool ok = directory_load(path, &list, &directory, arena, &problems, &problem_count, &err);
	if (ok == (err.kind != ERROR_NONE) || (!ok && problem_count == 0))
		abort();
	if (ok)
		ask(arena, directory);
	directory_free(&directory);
	close(fd);
	error_release(&err);
	arena_free(&arena);
	return 0;
}
