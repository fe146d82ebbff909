/* merge_accounts.c - the people file changed by a list of accounts, mailboxes or cards, which does not say what people are: it adds addresses
 * and logins to those who are known; everybody else is for somebody to decide on.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "merging.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "message/address.h"

/* The address a member of a group is known by, or NULL. */
static const char *member_address(struct merging *merging, const char *key)
{
	size_t count;
	const struct entry *entry = index_find(&merging->keys, key, &count);
	if (entry == NULL)
		return address_normal(merging->arena, key);
	const char *cursor = merging->records->items[entry->line].fields[COLUMN_ADDRESSES];
	return cursor == NULL ? NULL : next_string(merging->arena, &cursor);
}

/* The addresses of a group's members, as people.csv lists them. */
static const char *members_of(struct merging *merging, const struct record *record)
{
	struct text text = TEXT_INIT;
	size_t unknown = 0;
	for (size_t i = 0; i < record->member_count; i++) {
		const char *address = member_address(merging, record->members[i]);
		unknown += address == NULL;
		if (address != NULL)
			text_printf(&text, "%s%s", text.length == 0 ? "" : ";", address);
	}
	if (unknown > 0)
		records_note(merging->records, IMPORT_DECIDE, "%s: %zu of its members have no entry with an address here", record->fields[COLUMN_NAME],
			     unknown);
	const char *members = text.length == 0 ? "" : arena_string_of(merging->arena, text_bytes(&text));
	text_release(&text);
	return members;
}

static bool same_members(struct merging *merging, const struct person *list, const char *members)
{
	struct row row = row_empty();
	size_t count = 0;
	const char *cursor = members;
	while (next_string(merging->arena, &cursor) != NULL)
		count++;
	row.fields[COLUMN_MEMBERS] = members;
	for (size_t i = 0; i < list->member_count; i++)
		if (!row_has(merging, &row, COLUMN_MEMBERS, list->members[i]))
			return false;
	return count == list->member_count;
}

/* Whom a list reaches its group entry knows best; where people.csv names a whole group ("councillors"), that goes on. */
static void change_list(struct merging *merging, struct row *row, const struct person *list, const struct record *record)
{
	const char *members = record->member_count == 0 || list->member_count == 0 ? "" : members_of(merging, record);
	row_add_addresses(merging, row, record, list);
	if (members[0] != '\0' && !same_members(merging, list, members))
		row->fields[COLUMN_MEMBERS] = members;
}

/* A login needs no mention when it is an address of theirs, or stands before the @ of one in a council domain. */
static bool login_is_plain(struct merging *merging, const struct row *row, const char *login)
{
	const char *cursor = row->fields[COLUMN_ADDRESSES], *address;
	while ((address = next_string(merging->arena, &cursor)) != NULL) {
		size_t local = strcspn(address, "@");
		if (bytes_equal_nocase(bytes_of(address), bytes_of(login)) ||
		    (bytes_equal_nocase((struct bytes){ address, local }, bytes_of(login)) && directory_is_council_domain(merging->before, address)))
			return true;
	}
	return false;
}

static void add_login(struct merging *merging, struct row *row, const struct record *record, const struct person *person)
{
	if (record->login == NULL || login_is_plain(merging, row, record->login))
		return;
	const struct person *owner = directory_by_login(merging->before, record->login);
	if (owner != NULL && owner != person)
		records_note(merging->records, IMPORT_DECIDE, "the login %s: the list has it with %s, the directory with %s; it stays there", record->login,
			     record->fields[COLUMN_NAME], owner->name);
	else if (owner == NULL)
		row_add(merging, row, COLUMN_LOGINS, unicode_key(merging->arena, bytes_of(record->login)));
}

static void note_doubtful(struct merging *merging, const struct record *record)
{
	for (size_t i = 0; i < record->doubtful_count; i++)
		if (directory_by_address(merging->before, record->doubtful[i]) == NULL)
			records_note(merging->records, IMPORT_DECIDE,
				     "%s: is it an address of %s? The account has it for forwarding or a lost password; it is not taken", record->doubtful[i],
				     record->fields[COLUMN_NAME]);
}

static void change_one(struct merging *merging, const struct person *person, const struct record *record)
{
	struct row *row = &merging->rows[merging_row(merging, person->line)];
	if (person->is_list) {
		change_list(merging, row, person, record);
		return;
	}
	if (record->is_mailbox) {
		records_note(merging->records, IMPORT_KEPT, "%s is a shared mailbox; in the directory it is %s's", record_called(merging, record), person->name);
		return;
	}
	/* A post's account goes from one to the next with its addresses. */
	if (!is_called(merging, person, record->fields[COLUMN_NAME])) {
		records_note(merging->records, IMPORT_DECIDE, "%s is %s in the directory: if it has passed on, say so in its row; nothing is taken",
			     record_called(merging, record), person->name);
		return;
	}
	row_add_addresses(merging, row, record, person);
	add_login(merging, row, record, person);
	if (row->fields[COLUMN_WELSH_NAME][0] == '\0' && record->fields[COLUMN_WELSH_NAME] != NULL)
		row->fields[COLUMN_WELSH_NAME] = record->fields[COLUMN_WELSH_NAME];
	if (record->blocked && person_role(person, merging->options->today) != ROLE_NONE)
		records_note(merging->records, IMPORT_DECIDE, "%s may not sign in any more: if they have left, write their last day", person->name);
	note_doubtful(merging, record);
}

/* An address that the list does not have any more may be dead, or somebody else's soon. */
static void note_unlisted(struct merging *merging, const struct person *person)
{
	for (size_t i = 0; i < person->address_count; i++) {
		size_t count;
		if (directory_is_council_domain(merging->before, person->addresses[i]) &&
		    index_find(&merging->listed, address_key(merging->arena, person->addresses[i]), &count) == NULL)
			records_note(merging->records, IMPORT_KEPT, "%s of %s is not in the list", person->addresses[i], person->name);
	}
}

/* Accounts are of those who serve the Council and have a mailbox with it; nobody else is missed. */
static bool is_missed(const struct merging *merging, const struct person *person)
{
	calendar_date today = merging->options->today;
	if (person->is_list || (!person_has_role(person, ROLE_COUNCILLOR, today) && !person_has_role(person, ROLE_OFFICER, today)))
		return false;
	for (size_t i = 0; i < person->address_count; i++)
		if (directory_is_council_domain(merging->before, person->addresses[i]))
			return true;
	return false;
}

static void miss(struct merging *merging, const struct person *person)
{
	if (merging->options->ends == DATE_NONE) {
		records_note(merging->records, IMPORT_KEPT, "%s (%s) is not in the list: if they have left, write their last day, or give --ends",
			     person->name, role_name(person_role(person, merging->options->today)));
		return;
	}
	for (size_t i = 0; i < person->tenure_count; i++)
		if (tenure_lasts(&person->tenures[i], merging->options->today))
			merging_end(merging, merging_row(merging, person->tenures[i].line), merging->options->ends);
}

/* The role somebody said with --map: of the address, else of the title, else of the groups when these agree. */
static bool mapped_role(struct merging *merging, const struct record *record, enum role *out)
{
	const char *cursor = record->fields[COLUMN_ADDRESSES] == NULL ? "" : record->fields[COLUMN_ADDRESSES], *address, *word = NULL;
	while (word == NULL && (address = next_string(merging->arena, &cursor)) != NULL)
		word = records_mapped(merging->records, address);
	if (word == NULL && record->title != NULL)
		word = records_mapped(merging->records, record->title);
	if (word != NULL)
		return role_parse(word, out);
	bool any = false;
	for (size_t i = 0; i < record->group_count; i++) {
		enum role role;
		word = records_mapped(merging->records, record->groups[i]);
		if (word == NULL || !role_parse(word, &role))
			continue;
		if (any && role != *out)
			return false;
		*out = role;
		any = true;
	}
	return any;
}

static void add_one(struct merging *merging, const struct record *record, enum role role, const char *members)
{
	struct row *row = ARENA_PUSH(merging->arena, merging->added, merging->added_count);
	*row = row_empty();
	row->fields[COLUMN_NAME] = record->fields[COLUMN_NAME];
	row->fields[COLUMN_ROLE] = role_name(role);
	row->fields[COLUMN_MEMBERS] = members;
	if (record->fields[COLUMN_WELSH_NAME] != NULL)
		row->fields[COLUMN_WELSH_NAME] = record->fields[COLUMN_WELSH_NAME];
	row_add_addresses(merging, row, record, NULL);
	if (role != ROLE_LIST)
		add_login(merging, row, record, NULL);
	note_doubtful(merging, record);
}

/* False when there is nothing to decide on either. */
static bool newcomer(struct merging *merging, const struct record *record)
{
	enum role role;
	if (record->fields[COLUMN_ADDRESSES] == NULL)
		return false;
	const char *members = record->is_list ? members_of(merging, record) : "";
	if (record->is_list && members[0] != '\0')
		add_one(merging, record, ROLE_LIST, members);
	else if (mapped_role(merging, record, &role) && (role == ROLE_LIST || !record->is_list))
		add_one(merging, record, role, members);
	else if (record->blocked)
		return false;
	else
		records_note(merging->records, IMPORT_DECIDE, "%s%s: new; say what %s", record_called(merging, record),
			     record->is_list ? " (a list)" : record->is_mailbox ? " (a shared mailbox)" : "",
			     record->is_list || record->is_mailbox ? "it is, and whom it reaches, in a row of people.csv" : "they are");
	return true;
}

void merge_accounts(struct merging *merging)
{
	size_t left_out = 0;
	for (size_t i = 0; i < directory_count(merging->before); i++) {
		const struct person *person = directory_at(merging->before, i);
		const struct fate *fate = &merging->fates[i];
		for (size_t j = 0; j < fate->count; j++)
			change_one(merging, person, &merging->records->items[fate->records[j]]);
		if (fate->count > 0)
			note_unlisted(merging, person);
		else if (is_missed(merging, person))
			miss(merging, person);
	}
	for (size_t i = 0; i < merging->records->count; i++)
		if (!merging->known[i])
			left_out += merging->records->items[i].removed || !newcomer(merging, &merging->records->items[i]);
	if (left_out > 0)
		records_note(merging->records, IMPORT_UNUSED, "%zu entries that are deleted, blocked, rooms, machines or without an address of mail",
			     left_out);
}
