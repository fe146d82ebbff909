/* merge_rows.c - the people file changed by a list that says what people are: what it says counts, who is missing ends.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "merging.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

static bool said(const char *field)
{
	return field != NULL && field[0] != '\0';
}

/* What the list says of a row. Addresses it lacks stay, unless it has the columns of people.csv itself: a spreadsheet with one address for each
 * does not say that the others are gone. */
static void overlay(struct merging *merging, struct row *row, const struct record *record, const struct person *person)
{
	for (int column = 0; column < COLUMN_COUNT; column++) {
		const char *field = record->fields[column];
		if (field == NULL || (field[0] == '\0' && (column == COLUMN_NAME || column == COLUMN_ROLE || column == COLUMN_ID)))
			continue;
		if (column != COLUMN_ADDRESSES || merging->records->exact)
			row->fields[column] = field;
		else
			row_add_addresses(merging, row, record, person);
	}
}

static bool same_role(const struct record *record, const struct tenure *tenure)
{
	enum role role;
	return !said(record->fields[COLUMN_ROLE]) || (role_parse(record->fields[COLUMN_ROLE], &role) && role == tenure->role);
}

static bool same_start(struct merging *merging, const struct record *record, const struct tenure *tenure)
{
	const char *from = record->fields[COLUMN_FROM];
	return from != NULL && strcmp(from, tenure->from == DATE_NONE ? "" : clock_format_date(merging->arena, tenure->from)) == 0;
}

/* The same row, whose role somebody corrected: only a people.csv of another day can say that. */
static bool is_correction(struct merging *merging, const struct record *record, const struct tenure *tenure)
{
	return merging->records->exact && same_start(merging, record, tenure);
}

/* Which record each tenure of the person goes by: (size_t)-1 none. Those of one role that begin on one day first. */
static size_t *pair(struct merging *merging, const struct person *person, const struct fate *fate, bool *used)
{
	size_t *pairs = arena_array(merging->arena, person->tenure_count, sizeof *pairs);
	for (size_t i = 0; i < person->tenure_count; i++)
		pairs[i] = (size_t)-1;
	for (int pass = 0; pass < 3; pass++)
		for (size_t i = 0; i < person->tenure_count; i++)
			for (size_t j = 0; j < fate->count && pairs[i] == (size_t)-1; j++) {
				const struct record *record = &merging->records->items[fate->records[j]];
				const struct tenure *tenure = &person->tenures[i];
				bool same = same_role(record, tenure);
				if (used[j] || !(pass == 0 ? same && same_start(merging, record, tenure) : pass == 1 ? same : is_correction(merging, record, tenure)))
					continue;
				pairs[i] = fate->records[j];
				used[j] = true;
			}
	return pairs;
}

static bool id_taken(struct merging *merging, const char *id)
{
	size_t count;
	if (index_find(&merging->ids, id, &count) != NULL)
		return true;
	for (size_t i = 0; i < merging->added_count; i++)
		if (strcmp(merging->added[i].fields[COLUMN_ID], id) == 0)
			return true;
	return false;
}

/* "lee-marsh": rows of one person need one. */
static const char *new_id(struct merging *merging, const char *name)
{
	char *id = unicode_key(merging->arena, bytes_of(name));
	for (char *c = id; *c != '\0'; c++)
		if (*c == ' ' || *c == ';' || *c == ',')
			*c = '-';
	const char *free_id = id;
	for (int number = 2; id_taken(merging, free_id); number++)
		free_id = arena_printf(merging->arena, "%s-%d", id, number);
	return free_id;
}

static struct row *add_row(struct merging *merging, const struct record *record)
{
	struct row *row = ARENA_PUSH(merging->arena, merging->added, merging->added_count);
	*row = row_empty();
	for (int column = 0; column < COLUMN_COUNT; column++)
		if (record->fields[column] != NULL)
			row->fields[column] = record->fields[column];
	return row;
}

/* A further role of somebody known: all their rows must have one id. */
static void add_role(struct merging *merging, const struct person *person, const struct record *record)
{
	const char *id = person->id;
	size_t first = merging_row(merging, person->tenures[0].line);
	if (!said(record->fields[COLUMN_ROLE])) {
		records_note(merging->records, IMPORT_DECIDE, "%s: a further row without a role", record_called(merging, record));
		return;
	}
	if (id == NULL)
		id = said(merging->rows[first].fields[COLUMN_ID]) ? merging->rows[first].fields[COLUMN_ID] : new_id(merging, person->name);
	for (size_t i = 0; i < person->tenure_count; i++)
		merging->rows[merging_row(merging, person->tenures[i].line)].fields[COLUMN_ID] = id;
	add_row(merging, record)->fields[COLUMN_ID] = id;
}

static void change_person(struct merging *merging, const struct person *person, const struct fate *fate)
{
	bool *used = arena_array(merging->arena, fate->count, sizeof *used);
	calendar_date today = merging->options->today, ends = merging->options->ends != DATE_NONE ? merging->options->ends : today;
	const size_t *pairs = pair(merging, person, fate, used);
	for (size_t i = 0; i < person->tenure_count; i++) {
		size_t row = merging_row(merging, person->tenures[i].line);
		if (pairs[i] != (size_t)-1)
			overlay(merging, &merging->rows[row], &merging->records->items[pairs[i]], person);
		else if (tenure_lasts(&person->tenures[i], today) && !person->is_list)
			merging_end(merging, row, ends);
	}
	for (size_t j = 0; j < fate->count; j++)
		if (!used[j])
			add_role(merging, person, &merging->records->items[fate->records[j]]);
}

/* Rows of somebody new who has several are known by one of their addresses. */
static bool is_same_newcomer(struct merging *merging, const struct row *row, const struct record *record)
{
	const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES], *address;
	if (strcmp(row->fields[COLUMN_NAME], record->fields[COLUMN_NAME]) != 0)
		return false;
	while ((address = next_string(merging->arena, &cursor)) != NULL)
		if (row_has(merging, row, COLUMN_ADDRESSES, address))
			return true;
	return false;
}

static void add_newcomer(struct merging *merging, const struct record *record, size_t first_new)
{
	if (!said(record->fields[COLUMN_ROLE])) {
		records_note(merging->records, IMPORT_DECIDE, "%s: new, and the list does not say what they are", record_called(merging, record));
		return;
	}
	const char *id = said(record->fields[COLUMN_ID]) ? record->fields[COLUMN_ID] : NULL;
	for (size_t i = first_new; id == NULL && i < merging->added_count; i++) {
		struct row *row = &merging->added[i];
		if (!is_same_newcomer(merging, row, record))
			continue;
		if (!said(row->fields[COLUMN_ID]))
			row->fields[COLUMN_ID] = new_id(merging, record->fields[COLUMN_NAME]);
		id = row->fields[COLUMN_ID];
	}
	struct row *row = add_row(merging, record);
	row->fields[COLUMN_ID] = id == NULL ? "" : id;
}

/* Which roles the list has anybody in: of the others it says nothing. */
static void roles_seen(const struct merging *merging, bool *seen)
{
	for (size_t i = 0; i < merging->records->count; i++) {
		enum role role;
		if (said(merging->records->items[i].fields[COLUMN_ROLE]) && role_parse(merging->records->items[i].fields[COLUMN_ROLE], &role))
			seen[role] = true;
	}
}

/* A list row has no term that could end: what a mailbox reaches does not change because a sheet lacks it. */
static void miss(struct merging *merging, const struct person *person, const bool *seen, size_t *untouched)
{
	calendar_date today = merging->options->today, ends = merging->options->ends != DATE_NONE ? merging->options->ends : today;
	if (person->is_list && seen[ROLE_LIST])
		records_note(merging->records, IMPORT_KEPT, "the list \"%s\" is not there: take its row out of people.csv if it is gone", person->name);
	for (size_t i = 0; i < person->tenure_count; i++) {
		const struct tenure *tenure = &person->tenures[i];
		if (!tenure_lasts(tenure, today))
			continue;
		if (!seen[tenure->role])
			untouched[tenure->role]++;
		else if (tenure->role != ROLE_LIST)
			merging_end(merging, merging_row(merging, tenure->line), ends);
	}
}

static void note_untouched(struct merging *merging, const size_t *untouched)
{
	struct text text = TEXT_INIT;
	for (enum role role = ROLE_NONE + 1; role < ROLE_COUNT; role++)
		if (untouched[role] > 0)
			text_printf(&text, "%s%s (%zu)", text.length == 0 ? "" : ", ", role_name(role), untouched[role]);
	if (text.length > 0)
		records_note(merging->records, IMPORT_KEPT, "roles in which the list has nobody, and whose people stay: %s", text_string(&text));
	text_release(&text);
}

void merge_rows(struct merging *merging)
{
	bool seen[ROLE_COUNT] = { false };
	size_t untouched[ROLE_COUNT] = { 0 };
	roles_seen(merging, seen);
	for (size_t i = 0; i < directory_count(merging->before); i++) {
		const struct person *person = directory_at(merging->before, i);
		if (merging->fates[i].count > 0)
			change_person(merging, person, &merging->fates[i]);
		else
			miss(merging, person, seen, untouched);
	}
	size_t first_new = merging->added_count;
	for (size_t i = 0; i < merging->records->count; i++)
		if (!merging->known[i] && !merging->records->items[i].removed)
			add_newcomer(merging, &merging->records->items[i], first_new);
	note_untouched(merging, untouched);
}
