/* load.c - people.csv into a snapshot: the file, the indexes over its people, and all mistakes in one report.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/unicode.h"

static void finish_person(struct loader *loader, const struct draft *draft)
{
	struct person *person = draft->person;
	person->tenures = draft->tenures;
	person->tenure_count = draft->tenure_count;
	person->addresses = draft->addresses;
	person->address_count = draft->address_count;
	person->logins = draft->logins;
	person->login_count = draft->login_count;
	person->members = draft->members;
	person->member_count = draft->member_count;
	if (person->is_list)
		index_add(loader->arena, &loader->directory->list_names, unicode_key(loader->arena, bytes_of(person->name)), person,
			  person->line);
}

/* A member may be written by id or full name too: then their first address stands for them from here on. */
static const char *resolve_member(const struct loader *loader, const char *member)
{
	const struct directory *directory = loader->directory;
	const struct person *named = NULL;
	size_t fitting = 0;
	if (directory_by_member(directory, member) != NULL || strchr(member, '@') != NULL)
		return member;
	for (size_t i = 0; i < directory->count; i++) {
		const struct person *person = &directory->people[i];
		bool by_id = person->id != NULL && strcmp(person->id, member) == 0;
		if (person->address_count == 0 || (!by_id && !bytes_equal_nocase(bytes_of(person->name), bytes_of(member))))
			continue;
		named = person;
		fitting++;
		if (by_id)
			return person->addresses[0];
	}
	return fitting == 1 ? named->addresses[0] : member;
}

static void resolve_members(const struct loader *loader)
{
	for (size_t i = 0; i < loader->draft_count; i++)
		for (size_t j = 0; j < loader->drafts[i].member_count; j++)
			loader->drafts[i].members[j] = resolve_member(loader, loader->drafts[i].members[j]);
}

static void index_surname(struct loader *loader, const struct person *person, const char *name, const char *already)
{
	struct name_words words = name_words_of(loader->arena, name);
	const char *last = words.count == 0 ? NULL : words.items[words.count - 1];
	if (last != NULL && (already == NULL || strcmp(already, last) != 0))
		index_add(loader->arena, &loader->directory->surnames, last, person, person->line);
}

static void index_names(struct loader *loader, const struct person *person)
{
	if (person->is_list)
		return;
	index_surname(loader, person, person->name, NULL);
	if (person->welsh_name == NULL)
		return;
	struct name_words words = name_words_of(loader->arena, person->name);
	index_surname(loader, person, person->welsh_name, words.count == 0 ? NULL : words.items[words.count - 1]);
}

static void index_offices(struct directory *directory, const struct person *person)
{
	for (size_t i = 0; i < person->tenure_count; i++)
		if (person->tenures[i].offices != 0) {
			*ARENA_PUSH(directory->arena, directory->with_office, directory->with_office_count) = person;
			return;
		}
}

static void index_roles(struct directory *directory, const struct person *person)
{
	for (size_t i = 0; i < person->tenure_count; i++) {
		enum role role = person->tenures[i].role;
		size_t count = directory->with_role_count[role];
		/* People come one after the other, so the last one tells whether this one is there. */
		if (count > 0 && directory->with_role[role][count - 1] == person)
			continue;
		*ARENA_PUSH(directory->arena, directory->with_role[role], directory->with_role_count[role]) = person;
	}
}

/* One key of two people is an error, unless a list stands first among the entries: then it is the list's, and they are its
 * members. */
static void check_shared(struct loader *loader, const struct index *index, const char *what, const char *remedy)
{
	const struct entry *first = NULL;
	for (size_t i = 0; i < index->count; i++) {
		const struct entry *entry = &index->entries[i];
		if (first == NULL || strcmp(first->key, entry->key) != 0) {
			first = entry;
			continue;
		}
		if (entry->person != first->person && (!first->person->is_list || entry->person->is_list))
			problems_add(loader->problems, entry->line, "%s \"%s\" is %s's (line %d) and %s's (line %d)%s", what,
				     entry->key, first->person->name, first->line, entry->person->name, entry->line, remedy);
	}
}

static void build(struct loader *loader, const struct table *table)
{
	struct directory *directory = loader->directory;
	rows_read(loader, table);
	for (size_t i = 0; i < loader->draft_count; i++)
		if (loader->drafts[i].person != NULL)
			finish_person(loader, &loader->drafts[i]);
	for (size_t i = 0; i < directory->count; i++) {
		index_names(loader, &directory->people[i]);
		index_roles(directory, &directory->people[i]);
		index_offices(directory, &directory->people[i]);
	}
	index_sort(&directory->addresses);
	index_sort(&directory->logins);
	index_sort(&directory->list_names);
	index_sort(&directory->surnames);
	resolve_members(loader);
	check_shared(loader, &directory->addresses, "the address", ": give an address that several people share a list row");
	check_shared(loader, &directory->logins, "the login", "");
}

static struct directory *directory_new(const struct string_list *domains, struct bytes content)
{
	struct arena *arena = arena_new();
	struct directory *directory = arena_alloc(arena, sizeof *directory);
	const char **copies = arena_array(arena, domains->count + 1, sizeof *copies);
	for (size_t i = 0; i < domains->count; i++)
		copies[i] = unicode_domain(arena, bytes_of(domains->items[i]));
	directory->arena = arena;
	directory->domains = (struct string_list){ copies, domains->count, NULL };
	directory->digest = digest_of(arena, content);
	return directory;
}

static int compare_problems(const void *a, const void *b)
{
	const struct directory_problem *x = a, *y = b;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void sort_problems(struct problems *problems)
{
	if (problems->count > 1)
		qsort(problems->items, problems->count, sizeof *problems->items, compare_problems);
}

static bool report(const char *path, const struct problems *problems, struct error *err)
{
	size_t errors = 0;
	const struct directory_problem *first = NULL;
	for (size_t i = 0; i < problems->count; i++) {
		if (!problems->items[i].error)
			continue;
		first = first == NULL ? &problems->items[i] : first;
		errors++;
	}
	if (first == NULL)
		return true;
	error_set(err, ERROR_SETTINGS, "%s:%d: %s", path, first->line, first->text);
	if (errors > 1 && err != NULL)
		error_set(err, ERROR_SETTINGS, "%s (and %zu more)", error_text(err), errors - 1);
	return false;
}

bool directory_load_text(const char *name, struct bytes content, const struct string_list *domains, struct directory **out,
			 struct arena *arena, const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err)
{
	struct problems problems = { .arena = arena };
	struct table table = { NULL, 0 };
	struct directory *directory = directory_new(domains, content);
	struct loader loader = { .arena = directory->arena, .directory = directory, .problems = &problems };
	table_read(directory->arena, content, &table, &problems);
	if (!problems_has_error(&problems))
		build(&loader, &table);
	if (!problems_has_error(&problems))
		directory_check(directory, &problems);
	sort_problems(&problems);
	if (problems_out != NULL) {
		*problems_out = problems.items;
		*problem_count_out = problems.count;
	}
	if (report(name, &problems, err)) {
		*out = directory;
		return true;
	}
	directory_free(&directory);
	return false;
}

bool directory_load(const char *path, const struct string_list *domains, struct directory **out, struct arena *arena,
		    const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err)
{
	struct arena *scratch = arena_new();
	struct bytes content;
	if (problems_out != NULL) {
		*problems_out = NULL;
		*problem_count_out = 0;
	}
	bool good = file_read(scratch, path, DIRECTORY_MAX_BYTES, ERROR_SETTINGS, &content, err) &&
		    directory_load_text(path, content, domains, out, arena, problems_out, problem_count_out, err);
	arena_free(&scratch);
	return good;
}

void directory_free(struct directory **directory)
{
	if (*directory == NULL)
		return;
	struct arena *arena = (*directory)->arena;
	*directory = NULL;
	arena_free(&arena);
}
