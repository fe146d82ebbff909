/* load.c - people.csv into a snapshot: rows become people, and every mistake is gathered with its line.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "base/unicode.h"
#include "message/address.h"

#define DIRECTORY_MAX_BYTES ((size_t)16 << 20)

/* A person while rows are added. */
struct draft {
	struct person *person;
	struct tenure *tenures;
	size_t tenure_count;
	const char **addresses, **logins, **members;
	size_t address_count, login_count, member_count;
};

struct loader {
	struct arena *arena;
	struct directory *directory;
	struct problems *problems;
	struct draft *drafts;
	size_t draft_count;
};

static void complain(struct loader *loader, const struct row *row, enum column column, bool error, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
static void complain(struct loader *loader, const struct row *row, enum column column, bool error, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(loader->arena, format, args);
	va_end(args);
	problems_add(loader->problems, row->line, error, "column \"%s\": %s", column_words[column], text);
}

/* The next ';'-separated item of a field, trimmed; NULL at the end. Empty items are passed over. */
static const char *next_item(struct loader *loader, const char **cursor)
{
	while (**cursor != '\0') {
		size_t length = strcspn(*cursor, ";");
		struct bytes item = bytes_trim((struct bytes){ *cursor, length });
		*cursor += length + ((*cursor)[length] == ';');
		if (item.length > 0)
			return arena_string_of(loader->arena, item);
	}
	return NULL;
}

static const char *or_null(const char *field)
{
	return field[0] == '\0' ? NULL : field;
}

static bool has_item(const char *const *items, size_t count, const char *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i], wanted) == 0)
			return true;
	return false;
}

static void read_addresses(struct loader *loader, struct draft *draft, const struct row *row)
{
	const char *cursor = row->fields[COLUMN_ADDRESSES], *item;
	while ((item = next_item(loader, &cursor)) != NULL) {
		const char *normal = address_normal(loader->arena, item);
		if (normal == NULL) {
			complain(loader, row, COLUMN_ADDRESSES, true, "\"%s\" is no mail address%s", item,
				 strpbrk(item, ", ") != NULL ? ": several are separated by ';'" : "");
			continue;
		}
		if (!has_item(draft->addresses, draft->address_count, normal))
			*ARENA_PUSH(loader->arena, draft->addresses, draft->address_count) = normal;
		index_add(loader->arena, &loader->directory->addresses, address_key(loader->arena, normal), draft->person, row->line);
	}
}

static void read_logins(struct loader *loader, struct draft *draft, const struct row *row)
{
	const char *cursor = row->fields[COLUMN_LOGINS], *item;
	while ((item = next_item(loader, &cursor)) != NULL) {
		const char *login = unicode_key(loader->arena, bytes_of(item));
		if (has_item(draft->logins, draft->login_count, login))
			continue;
		*ARENA_PUSH(loader->arena, draft->logins, draft->login_count) = login;
		index_add(loader->arena, &loader->directory->logins, login, draft->person, row->line);
	}
}

static void read_offices(struct loader *loader, struct tenure *tenure, const struct row *row)
{
	const char *cursor = row->fields[COLUMN_OFFICES], *item;
	const char **others = NULL;
	size_t count = 0;
	while ((item = next_item(loader, &cursor)) != NULL) {
		unsigned bits;
		if (office_parse(item, &bits)) {
			tenure->offices |= bits;
			continue;
		}
		const char *close = settings_suggest(item, office_words);
		complain(loader, row, COLUMN_OFFICES, false, "no rule knows the office \"%s\"%s%s%s", item,
			 close == NULL ? "" : " (did you mean \"", close == NULL ? "" : close, close == NULL ? "" : "\"?)");
		*ARENA_PUSH(loader->arena, others, count) = item;
	}
	*ARENA_PUSH(loader->arena, others, count) = NULL;
	tenure->other_offices = others;
}

static void read_date(struct loader *loader, const struct row *row, enum column column, calendar_date *out)
{
	struct error err = ERROR_INIT;
	if (row->fields[column][0] != '\0' && !clock_parse_date(row->fields[column], out, &err))
		complain(loader, row, column, true, "%s", error_text(&err));
	error_release(&err);
}

static void read_tenure(struct loader *loader, struct draft *draft, const struct row *row, enum role role)
{
	struct tenure *tenure = ARENA_PUSH(loader->arena, draft->tenures, draft->tenure_count);
	*tenure = (struct tenure){ .role = role,
				   .group = or_null(row->fields[COLUMN_GROUP]),
				   .ward = or_null(row->fields[COLUMN_WARD]),
				   .line = row->line };
	read_offices(loader, tenure, row);
	read_date(loader, row, COLUMN_FROM, &tenure->from);
	read_date(loader, row, COLUMN_TO, &tenure->to);
	if (tenure->from != DATE_NONE && tenure->to != DATE_NONE && tenure->from > tenure->to)
		complain(loader, row, COLUMN_TO, true, "%s is before \"from\" %s", row->fields[COLUMN_TO], row->fields[COLUMN_FROM]);
}

static void read_members(struct loader *loader, struct draft *draft, const struct row *row)
{
	const char *cursor = row->fields[COLUMN_MEMBERS], *item;
	if (!draft->person->is_list && cursor[0] != '\0')
		complain(loader, row, COLUMN_MEMBERS, true, "only a row whose role is \"list\" has members");
	while ((item = next_item(loader, &cursor)) != NULL) {
		const char *normal = strchr(item, '@') == NULL ? item : address_normal(loader->arena, item);
		if (normal == NULL)
			complain(loader, row, COLUMN_MEMBERS, true, "\"%s\" is no mail address", item);
		else if (!has_item(draft->members, draft->member_count, normal))
			*ARENA_PUSH(loader->arena, draft->members, draft->member_count) = normal;
	}
}

static void read_owner(struct loader *loader, struct person *person, const struct row *row)
{
	const char *owner = row->fields[COLUMN_OWNER];
	if (owner[0] == '\0')
		return;
	person->owner = address_normal(loader->arena, owner);
	if (person->owner == NULL)
		complain(loader, row, COLUMN_OWNER, true, "\"%s\" is no mail address", owner);
}

/* False when the row cannot be used at all. */
static bool read_role(struct loader *loader, const struct row *row, enum role *out)
{
	const char *word = row->fields[COLUMN_ROLE];
	if (row->fields[COLUMN_NAME][0] == '\0')
		complain(loader, row, COLUMN_NAME, true, "a name is missing");
	if (role_parse(word, out))
		return row->fields[COLUMN_NAME][0] != '\0';
	const char *close = settings_suggest(word, role_words);
	if (word[0] == '\0')
		complain(loader, row, COLUMN_ROLE, true, "a role is missing");
	else if (close != NULL)
		complain(loader, row, COLUMN_ROLE, true, "unknown role \"%s\" (did you mean \"%s\"?)", word, close);
	else
		complain(loader, row, COLUMN_ROLE, true,
			 "unknown role \"%s\": councillor, officer, press, minister, authority, adviser, auditor, oversight, "
			 "protected, complainant, contractor, resident, bank or list",
			 word);
	return false;
}

static void start_person(struct loader *loader, struct draft *draft, const struct row *row, enum role role)
{
	struct person *person = draft->person = &loader->directory->people[loader->directory->count++];
	person->id = or_null(row->fields[COLUMN_ID]);
	person->name = row->fields[COLUMN_NAME];
	person->line = row->line;
	person->is_list = role == ROLE_LIST;
}

/* What later rows of one person may add; the first that says it counts. */
static void read_person(struct loader *loader, struct draft *draft, const struct row *row)
{
	struct person *person = draft->person;
	if (person->welsh_name == NULL)
		person->welsh_name = or_null(row->fields[COLUMN_WELSH_NAME]);
	if (person->notes == NULL)
		person->notes = or_null(row->fields[COLUMN_NOTES]);
	read_addresses(loader, draft, row);
	read_logins(loader, draft, row);
	read_members(loader, draft, row);
	read_owner(loader, person, row);
}

static void read_row(struct loader *loader, struct draft *draft, const struct row *row)
{
	enum role role;
	if (!read_role(loader, row, &role))
		return;
	if (draft->person == NULL)
		start_person(loader, draft, row, role);
	if (draft->person->is_list != (role == ROLE_LIST)) {
		complain(loader, row, COLUMN_ID, true, "\"%s\" is both a list and a person (line %d)", row->fields[COLUMN_ID],
			 draft->person->line);
		return;
	}
	read_person(loader, draft, row);
	read_tenure(loader, draft, row, role);
}

struct row_id {
	const char *id;
	size_t row;
};

static int compare_ids(const void *a, const void *b)
{
	const struct row_id *x = a, *y = b;
	int order = strcmp(x->id, y->id);
	return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

/* For each row the first row of the same person: rows merge by equal id, and by nothing else. */
static size_t *first_rows(struct arena *arena, const struct table *table)
{
	size_t *first = arena_array(arena, table->count, sizeof *first);
	struct row_id *ids = arena_array(arena, table->count, sizeof *ids);
	size_t count = 0;
	for (size_t i = 0; i < table->count; i++) {
		first[i] = i;
		if (table->rows[i].fields[COLUMN_ID][0] != '\0')
			ids[count++] = (struct row_id){ table->rows[i].fields[COLUMN_ID], i };
	}
	if (count > 0)
		qsort(ids, count, sizeof *ids, compare_ids);
	for (size_t i = 1; i < count; i++)
		if (strcmp(ids[i].id, ids[i - 1].id) == 0)
			first[ids[i].row] = first[ids[i - 1].row];
	return first;
}

static void read_rows(struct loader *loader, const struct table *table)
{
	const size_t *first = first_rows(loader->arena, table);
	loader->directory->people = arena_array(loader->arena, table->count, sizeof *loader->directory->people);
	loader->drafts = arena_array(loader->arena, table->count, sizeof *loader->drafts);
	loader->draft_count = table->count;
	for (size_t i = 0; i < table->count; i++)
		read_row(loader, &loader->drafts[first[i]], &table->rows[i]);
}

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
			problems_add(loader->problems, entry->line, true, "%s \"%s\" is %s's (line %d) and %s's (line %d)%s", what,
				     entry->key, first->person->name, first->line, entry->person->name, entry->line, remedy);
	}
}

static void build(struct loader *loader, const struct table *table)
{
	struct directory *directory = loader->directory;
	read_rows(loader, table);
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

static bool read_file(const char *path, struct text *out, struct error *err)
{
	FILE *stream = fopen(path, "re");
	if (stream == NULL)
		return error_set(err, ERROR_SETTINGS, "%s: cannot be opened: %s", path, strerror(errno));
	char block[16384];
	size_t got;
	while (out->length <= DIRECTORY_MAX_BYTES && (got = fread(block, 1, sizeof block, stream)) > 0)
		text_add_bytes(out, (struct bytes){ block, got });
	bool failed = ferror(stream) != 0;
	int reason = errno;
	fclose(stream);
	if (failed)
		return error_set(err, ERROR_SETTINGS, "%s: cannot be read: %s", path, strerror(reason));
	if (out->length > DIRECTORY_MAX_BYTES)
		return error_set(err, ERROR_SETTINGS, "%s: larger than %zu bytes: surely not a list of people", path,
				 DIRECTORY_MAX_BYTES);
	return true;
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

bool directory_load(const char *path, const struct string_list *domains, struct directory **out, struct arena *arena,
		    const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err)
{
	struct text content = TEXT_INIT;
	struct problems problems = { .arena = arena };
	struct table table = { NULL, 0 };
	if (problems_out != NULL) {
		*problems_out = NULL;
		*problem_count_out = 0;
	}
	if (!read_file(path, &content, err)) {
		text_release(&content);
		return false;
	}
	struct directory *directory = directory_new(domains, text_bytes(&content));
	struct loader loader = { .arena = directory->arena, .directory = directory, .problems = &problems };
	table_read(directory->arena, text_bytes(&content), &table, &problems);
	text_release(&content);
	if (!problems_has_error(&problems))
		build(&loader, &table);
	if (!problems_has_error(&problems))
		directory_check(directory, &problems);
	sort_problems(&problems);
	if (problems_out != NULL) {
		*problems_out = problems.items;
		*problem_count_out = problems.count;
	}
	if (report(path, &problems, err)) {
		*out = directory;
		return true;
	}
	directory_free(&directory);
	return false;
}

void directory_free(struct directory **directory)
{
	if (*directory == NULL)
		return;
	struct arena *arena = (*directory)->arena;
	*directory = NULL;
	arena_free(&arena);
}
