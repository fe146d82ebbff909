/* fuzz_people.c - any bytes as people.csv, and every question asked of what was read.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

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
			must(directory_by_address(directory, person->addresses[j]) != NULL);
		for (size_t j = 0; j < person->login_count; j++)
			must(directory_by_login(directory, person->logins[j]) != NULL);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new();
	struct error err = ERROR_INIT;
	struct directory *directory = NULL;
	const struct directory_problem *problems = NULL;
	size_t problem_count = 0;
	struct bytes text = { (const char *)data, size };
	bool ok = directory_of_text(arena, text, &directory, &problems, &problem_count, &err);
	must(ok == (err.kind == ERROR_NONE) && (ok || problem_count > 0));
	if (ok)
		ask(arena, directory);
	directory_free(&directory);
	error_release(&err);
	arena_free(&arena);
	return 0;
}
