/* fuzz_directory_import.c - any bytes as somebody else's list of people: nobody becomes a councillor by a list that has no roles, nobody goes
 * without being named, and what does not load as people.csv is never called good.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/import.h"
#include "people.h"

static const char present[] =
	"id,name,role,offices,group,ward,addresses,from,to,logins,members,owner,welsh_name,notes\n"
	"khan,Amir Khan,councillor,mayor,Blue,Castle,khan@b.example;mayor@b.example;amir@home.example,2023-05-09,,,,,,\n"
	",Sian Pritchard,councillor,,Red,Mill,pritchard@b.example,2023-05-09,2027-05-05,,,,,\n"
	",Ruth Ames,officer,clerk,,,clerk@b.example,,,rames,,,,\n"
	",Gazette,press,,,,news@gazette.example,,,,,,,\n"
	",Finance,list,,,,finance@b.example,,,,clerk@b.example,,,\n"
	",All councillors,list,,councillors,,all@b.example,,,,,,,\n";

static bool is_named(const struct differences *differences, const char *name)
{
	for (size_t i = 0; i < differences->count; i++)
		if (strstr(differences->items[i].text, name) != NULL)
			return true;
	return false;
}

static void check_change(struct arena *arena, const struct directory *before, const struct directory *after, bool roles)
{
	struct differences differences = directory_differences(arena, before, after, 20260302);
	for (size_t i = 0; i < directory_count(before); i++) {
		const struct person *person = directory_at(before, i);
		for (size_t j = 0; j < person->address_count; j++)
			must(directory_by_address(after, person->addresses[j]) != NULL || is_named(&differences, person->name));
		for (calendar_date on = 20260302; on < 20300000; on += 10000) {
			const struct person *then = person->address_count == 0 ? NULL : directory_by_address(after, person->addresses[0]);
			must(then == NULL || person_role(then, on) == person_role(person, on) || is_named(&differences, person->name));
		}
	}
	if (!roles)
		must(directory_with_role(arena, after, ROLE_COUNCILLOR, 20260302).count <= directory_with_role(arena, before, ROLE_COUNCILLOR, 20260302).count);
}

static void try_format(struct arena *arena, const char *format, struct bytes list, const struct directory *before)
{
	static const char *const domains[] = { "b.example" };
	static const struct import_map maps[] = { { "Staff", "officer" }, { "Post", "role" } };
	const struct string_list names = { domains, 1, NULL };
	const struct import_options options = { format, "list", &names, maps, 2, 20260302, list.length % 2 == 0 ? 20260401 : DATE_NONE };
	struct import_result result;
	struct error err = ERROR_INIT;
	struct directory *after = NULL;
	if (directory_import(arena, list, bytes_of(present), &options, &result, &err)) {
		for (size_t i = 0; i < result.note_count; i++)
			must(result.notes[i].heading < IMPORT_HEADINGS && result.notes[i].text[0] != '\0');
		if (directory_load_text("result", result.content, &names, &after, arena, NULL, NULL, &err))
			check_change(arena, before, after, strcmp(format, "csv") == 0);
	} else {
		must(err.kind == ERROR_INPUT);
	}
	directory_free(&after);
	error_release(&err);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct directory *before;
	struct bytes list = { (const char *)data, size };
	if (before == NULL)
		before = directory_of_council(present);
	for (size_t i = 0; import_formats[i] != NULL; i++) {
		struct arena *arena = arena_new();
		try_format(arena, import_formats[i], list, before);
		arena_free(&arena);
	}
	return 0;
}
