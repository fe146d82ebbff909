/* merge.c - who of a foreign list is who of the people file, and what every merge does with rows.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "merging.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

size_t merging_row(const struct merging *merging, int line)
{
	size_t low = 0, high = merging->row_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (merging->rows[middle].line <= line)
			low = middle;
		else
			high = middle;
	}
	return low;
}

bool row_has(struct merging *merging, const struct row *row, enum column column, const char *part)
{
	bool address = column == COLUMN_ADDRESSES, found = false;
	const char *cursor = row->fields[column], *wanted = address ? address_key(merging->arena, part) : part, *known;
	struct arena *scratch = arena_new();
	while (!found && wanted != NULL && (known = next_string(scratch, &cursor)) != NULL) {
		known = address ? address_key(scratch, known) : known;
		found = known != NULL && strcmp(known, wanted) == 0;
	}
	arena_free(&scratch);
	return found;
}

void row_add(struct merging *merging, struct row *row, enum column column, const char *part)
{
	const char *before = row->fields[column];
	if (before[0] == '\0')
		row->fields[column] = part;
	else if (!row_has(merging, row, column, part))
		row->fields[column] = arena_printf(merging->arena, "%s;%s", before, part);
}

bool tenure_lasts(const struct tenure *tenure, calendar_date on)
{
	return tenure->to == DATE_NONE || tenure->to >= on;
}

void merging_end(struct merging *merging, size_t row, calendar_date last)
{
	calendar_date from = DATE_NONE, to = DATE_NONE;
	struct error err = ERROR_INIT;
	struct row *ending = &merging->rows[row];
	/* The present file was read: its dates are dates. */
	if (ending->fields[COLUMN_FROM][0] != '\0' && !clock_parse_date(ending->fields[COLUMN_FROM], &from, &err))
		from = DATE_NONE;
	if (ending->fields[COLUMN_TO][0] != '\0' && !clock_parse_date(ending->fields[COLUMN_TO], &to, &err))
		to = DATE_NONE;
	error_release(&err);
	if (from != DATE_NONE && from > last)
		merging->dropped[row] = true;
	else if (to == DATE_NONE || to > last)
		ending->fields[COLUMN_TO] = clock_format_date(merging->arena, last);
}

struct row row_empty(void)
{
	struct row row = { .line = 0 };
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		row.fields[i] = "";
	return row;
}

void row_add_addresses(struct merging *merging, struct row *row, const struct record *record, const struct person *person)
{
	const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES], *address;
	bool by_name = person != NULL && merging->fates[directory_index(merging->before, person)].by_name;
	while ((address = next_string(merging->arena, &cursor)) != NULL) {
		const struct person *owner = directory_by_address(merging->before, address);
		if (owner == person && owner != NULL)
			continue;
		if (owner != NULL)
			records_note(merging->records, IMPORT_DECIDE, "%s: the list has it with %s, the directory with %s; it stays there", address,
				     record->fields[COLUMN_NAME], owner->name);
		else if (by_name && !directory_is_council_domain(merging->before, address))
			records_note(merging->records, IMPORT_DECIDE, "%s: is it an address of %s? Only the name says so; it is not taken", address,
				     person->name);
		else
			row_add(merging, row, COLUMN_ADDRESSES, address);
	}
}

const char *record_called(struct merging *merging, const struct record *record)
{
	const char *name = record->fields[COLUMN_NAME], *addresses = record->fields[COLUMN_ADDRESSES];
	struct text text = TEXT_INIT;
	text_printf(&text, "%s", name == NULL || name[0] == '\0' ? "(no name)" : name);
	if (addresses != NULL && addresses[0] != '\0')
		text_printf(&text, " <%s>", addresses);
	if (record->title != NULL)
		text_printf(&text, ", \"%s\"", record->title);
	for (size_t i = 0; i < record->group_count && i < 8; i++)
		text_printf(&text, "%s%s", i == 0 ? ", in " : ", ", record->groups[i]);
	return text_to_arena(&text, merging->arena).data;
}

bool is_called(struct merging *merging, const struct person *person, const char *name)
{
	struct arena *scratch = arena_new();
	struct person_list fitting = directory_by_name(scratch, merging->before, name, ROLE_NONE, merging->options->today);
	bool found = false;
	for (size_t i = 0; i < fitting.count && !found; i++)
		found = fitting.items[i] == person;
	arena_free(&scratch);
	return found;
}

static const struct person *by_id(const struct merging *merging, const struct record *record)
{
	size_t count;
	const char *id = record->fields[COLUMN_ID];
	const struct entry *found = id == NULL || id[0] == '\0' ? NULL : index_find(&merging->ids, id, &count);
	return found == NULL ? NULL : found->person;
}

/* A person's own row may name a list's address, when they share that mailbox: then another address says who they are. */
static const struct person *by_address(struct merging *merging, const struct record *record)
{
	const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES], *address;
	while ((address = next_string(merging->arena, &cursor)) != NULL) {
		const struct person *person = directory_by_address(merging->before, address);
		if (person != NULL && (person->is_list == record->is_list || record->is_mailbox))
			return person;
	}
	return NULL;
}

static const struct person *by_name(struct merging *merging, const struct record *record)
{
	const struct entry *found;
	size_t count;
	if (record->fields[COLUMN_NAME] == NULL || record->is_mailbox)
		return NULL;
	found = index_find(&merging->names, unicode_key(merging->arena, bytes_of(record->fields[COLUMN_NAME])), &count);
	return found == NULL || count != 1 || found->person->is_list != record->is_list ? NULL : found->person;
}

/* An address alone does not say that somebody is who had it before: a list with roles would make them one person. */
static bool contradicts(struct merging *merging, const struct record *record, const struct person *person)
{
	const char *id = record->fields[COLUMN_ID];
	if (!merging->records->roles || person->is_list)
		return false;
	if (id != NULL && id[0] != '\0' && person->id != NULL && strcmp(id, person->id) != 0)
		return true;
	if (is_called(merging, person, record->fields[COLUMN_NAME]))
		return false;
	records_note(merging->records, IMPORT_DECIDE, "%s has an address that is %s's in the directory: mend the name, or take it out of that row first",
		     record_called(merging, record), person->name);
	return true;
}

static void know(struct merging *merging, size_t record, const struct person *person, bool by_name_only)
{
	struct fate *fate = &merging->fates[directory_index(merging->before, person)];
	fate->by_name = by_name_only;
	*ARENA_PUSH(merging->arena, fate->records, fate->count) = record;
	merging->known[record] = true;
}

static bool has_addresses(const struct record *record)
{
	return record->fields[COLUMN_ADDRESSES] != NULL && record->fields[COLUMN_ADDRESSES][0] != '\0';
}

/* By what is theirs alone first; by the name only where nothing else told who that is, for there may be two of one name. */
static void match_all(struct merging *merging)
{
	struct records *records = merging->records;
	for (size_t i = 0; i < records->count; i++) {
		const struct person *person = by_id(merging, &records->items[i]);
		if (person == NULL && !records->items[i].removed) {
			person = by_address(merging, &records->items[i]);
			person = person == NULL || contradicts(merging, &records->items[i], person) ? NULL : person;
		}
		if (person != NULL && !records->items[i].removed)
			know(merging, i, person, false);
	}
	for (size_t i = 0; i < records->count; i++) {
		struct record *record = &records->items[i];
		const struct person *person = merging->known[i] || record->removed ? NULL : by_name(merging, record);
		if (person == NULL)
			continue;
		const struct fate *fate = &merging->fates[directory_index(merging->before, person)];
		if (fate->count > 0 && !fate->by_name && has_addresses(record)) {
			records_note(records, IMPORT_DECIDE, "%s has the name of somebody in the directory and no address of theirs: taken for another person",
				     record_called(merging, record));
			continue;
		}
		if (fate->count == 0 && has_addresses(record) && person->address_count > 0)
			records_note(records, IMPORT_DECIDE, "%s is taken for %s of the directory by the name alone: see that they are one",
				     record_called(merging, record), person->name);
		know(merging, i, person, fate->count == 0 || fate->by_name);
	}
}

static void index_before(struct merging *merging)
{
	for (size_t i = 0; i < directory_count(merging->before); i++) {
		const struct person *person = directory_at(merging->before, i);
		index_add(merging->arena, &merging->names, unicode_key(merging->arena, bytes_of(person->name)), person, person->line);
		if (person->id != NULL)
			index_add(merging->arena, &merging->ids, person->id, person, person->line);
	}
	index_sort(&merging->names);
	index_sort(&merging->ids);
}

static void index_records(struct merging *merging)
{
	/* The index sorts lists first, and asks a person for that. */
	static const struct person nobody = { .name = "" };
	for (size_t i = 0; i < merging->records->count; i++) {
		const struct record *record = &merging->records->items[i];
		const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES], *address;
		while ((address = next_string(merging->arena, &cursor)) != NULL)
			index_add(merging->arena, &merging->listed, address_key(merging->arena, address), &nobody, (int)i);
		if (record->key != NULL)
			index_add(merging->arena, &merging->keys, record->key, &nobody, (int)i);
	}
	index_sort(&merging->listed);
	index_sort(&merging->keys);
}

/* Nobody has a row without a name; what an account lacks is its address. */
static void complete(struct records *records)
{
	for (size_t i = 0; i < records->count; i++) {
		struct record *record = &records->items[i];
		const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES];
		const char *first = next_string(records->arena, &cursor);
		if (record->fields[COLUMN_NAME] != NULL && record->fields[COLUMN_NAME][0] != '\0')
			continue;
		if (records->roles && !record->removed)
			records_note(records, IMPORT_UNREADABLE, "line %d: a name is missing%s%s", record->line, first == NULL ? "" : " for ",
				     first == NULL ? "" : first);
		record->removed |= records->roles || first == NULL;
		record->fields[COLUMN_NAME] = first;
	}
}

static void put_out(struct merging *merging, struct table *out)
{
	*out = (struct table){ NULL, 0 };
	for (size_t i = 0; i < merging->row_count; i++)
		if (!merging->dropped[i])
			*ARENA_PUSH(merging->arena, out->rows, out->count) = merging->rows[i];
	for (size_t i = 0; i < merging->added_count; i++)
		*ARENA_PUSH(merging->arena, out->rows, out->count) = merging->added[i];
}

void import_merge(struct records *records, const struct directory *before, const struct table *present, struct table *out)
{
	struct merging merging = { .arena = records->arena, .records = records, .options = records->options, .before = before };
	complete(records);
	merging.row_count = present->count;
	merging.rows = arena_array(records->arena, present->count + 1, sizeof *merging.rows);
	if (present->count > 0)
		memcpy(merging.rows, present->rows, present->count * sizeof *merging.rows);
	merging.dropped = arena_array(records->arena, present->count + 1, sizeof *merging.dropped);
	merging.fates = arena_array(records->arena, directory_count(before) + 1, sizeof *merging.fates);
	merging.known = arena_array(records->arena, records->count + 1, sizeof *merging.known);
	index_before(&merging);
	index_records(&merging);
	match_all(&merging);
	if (records->roles)
		merge_rows(&merging);
	else
		merge_accounts(&merging);
	put_out(&merging, out);
}
