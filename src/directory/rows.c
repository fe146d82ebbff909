/* rows.c - rows of people.csv become people; every mistake is noted with its line and column.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"
#include "message/address.h"

static void complain(struct loader *loader, const struct row *row, enum column column, bool error, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
static void complain(struct loader *loader, const struct row *row, enum column column, bool error, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *text = arena_vprintf(loader->arena, format, args);
	va_end(args);
	if (error)
		problems_add(loader->problems, row->line, "column \"%s\": %s", column_words[column], text);
	else
		problems_warn(loader->problems, DIRECTORY_DOUBTFUL, row->line, "column \"%s\": %s", column_words[column], text);
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

void rows_read(struct loader *loader, const struct table *table)
{
	const size_t *first = first_rows(loader->arena, table);
	loader->directory->people = arena_array(loader->arena, table->count, sizeof *loader->directory->people);
	loader->drafts = arena_array(loader->arena, table->count, sizeof *loader->drafts);
	loader->draft_count = table->count;
	for (size_t i = 0; i < table->count; i++)
		read_row(loader, &loader->drafts[first[i]], &table->rows[i]);
}
