/* import_m365.c - accounts and mailboxes of Microsoft 365 as records: the admin centre's export of users, what Exchange's PowerShell
 * exports as CSV, and the answers of Graph as JSON.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <jansson.h>

static const struct part_word headings[] = {
	{ "displayname", COLUMN_NAME },
	{ "name", PART_NONE }, /* of the object, often a number */
	{ "firstname", PART_GIVEN },
	{ "givenname", PART_GIVEN },
	{ "lastname", PART_SURNAME },
	{ "surname", PART_SURNAME },
	{ "title", PART_POST },
	{ "jobtitle", PART_POST },
	{ "mail", PART_PRIMARY },
	{ "primarysmtpaddress", PART_PRIMARY },
	{ "windowsemailaddress", COLUMN_ADDRESSES },
	{ "emailaddresses", PART_PROXY },
	{ "proxyaddresses", PART_PROXY },
	{ "userprincipalname", PART_ACCOUNT },
	{ "alternateemailaddresses", PART_DOUBTFUL },
	{ "othermails", PART_DOUBTFUL },
	{ "forwardingsmtpaddress", PART_DOUBTFUL },
	{ "blockcredential", PART_BLOCKED },
	{ "accountdisabled", PART_BLOCKED },
	{ "accountenabled", PART_ENABLED },
	{ "recipienttypedetails", PART_KIND },
	{ "odatatype", PART_KIND },
	{ "objectid", PART_KEY },
	{ "externaldirectoryobjectid", PART_KEY },
	{ "id", PART_KEY },
	{ "memberof", PART_GROUP },
	{ "members", PART_MEMBER },
	{ "softdeletiontimestamp", PART_REMOVED },
	{ "deleteddatetime", PART_REMOVED },
	{ NULL, PART_NONE },
};

/* PowerShell writes the name of a type where a cell would have to hold a list. */
static bool is_type_name(struct bytes cell)
{
	return bytes_starts_with(cell, BYTES("System.")) || bytes_starts_with(cell, BYTES("Microsoft.Exchange."));
}

static bool put_cell(struct records *records, struct record *record, const char *heading, int part, struct bytes cell, struct error *err)
{
	if (part != PART_NONE && is_type_name(cell))
		return error_set(err, ERROR_INPUT,
				 "%s:%d: the column \"%s\" has the name of a type where the addresses should be: export it with @{n='%s'; e={$_.%s -join ';'}}",
				 records->options->name, record->line, heading, heading, heading);
	if (part == PART_MEMBER || part == PART_GROUP) {
		struct bytes each;
		for (size_t offset = 0; next_in_cell(cell, ";\n", &offset, &each);)
			record_put(records, record, part, each);
		return true;
	}
	record_put(records, record, part, cell);
	return true;
}

static bool read_table(struct records *records, struct bytes content, struct error *err)
{
	struct sheet sheet;
	bool has_name = false, has_address = false;
	if (!sheet_read(records->arena, records->options->name, content, &sheet, err))
		return false;
	const struct cells *first = &sheet.rows[0];
	int *parts = arena_array(records->arena, first->count, sizeof *parts);
	for (size_t i = 0; i < first->count; i++) {
		const char *mapped = records_mapped(records, first->items[i]);
		parts[i] = part_of(headings, bytes_of(mapped != NULL ? mapped : first->items[i]));
		has_name |= parts[i] == COLUMN_NAME || parts[i] == PART_SURNAME;
		has_address |= parts[i] == PART_PRIMARY || parts[i] == PART_PROXY || parts[i] == PART_ACCOUNT;
	}
	if (!has_name || !has_address)
		return error_set(err, ERROR_INPUT, "%s:%d: no export of users or mailboxes: it wants the column DisplayName and one of UserPrincipalName, "
				 "PrimarySmtpAddress and EmailAddresses", records->options->name, first->line);
	for (size_t i = 1; i < sheet.count; i++) {
		struct record *record = records_add(records, sheet.rows[i].line, err);
		if (record == NULL)
			return false;
		for (size_t j = 0; j < sheet.rows[i].count && j < first->count; j++)
			if (!put_cell(records, record, first->items[j], parts[j], bytes_of(sheet.rows[i].items[j]), err))
				return false;
	}
	return true;
}

/* Who is meant by a member or group that is an entry of its own. */
static struct bytes reference_of(const json_t *entry, int part)
{
	static const char *const of_member[] = { "mail", "userPrincipalName", "id", NULL };
	static const char *const of_group[] = { "displayName", "mail", "id", NULL };
	for (const char *const *key = part == PART_MEMBER ? of_member : of_group; *key != NULL; key++) {
		const char *value = json_string_value(json_object_get(entry, *key));
		if (value != NULL)
			return (struct bytes){ value, json_string_length(json_object_get(entry, *key)) };
	}
	return BYTES_EMPTY;
}

static void put_json(struct records *records, struct record *record, int part, const json_t *value)
{
	if (json_is_string(value))
		record_put(records, record, part, (struct bytes){ json_string_value(value), json_string_length(value) });
	else if (json_is_boolean(value))
		record_put(records, record, part, json_is_true(value) ? BYTES("true") : BYTES("false"));
	else if (json_is_object(value))
		record_put(records, record, part, reference_of(value, part));
}

static bool read_entry(struct records *records, const json_t *entry, int number, struct error *err)
{
	struct record *record = records_add(records, number, err);
	const char *key;
	const json_t *value;
	if (record == NULL)
		return false;
	json_object_foreach((json_t *)entry, key, value) {
		int part = part_of(headings, bytes_of(key));
		if (part == PART_NONE)
			continue;
		for (size_t i = 0; i < json_array_size(value); i++)
			put_json(records, record, part, json_array_get(value, i));
		if (!json_is_array(value))
			put_json(records, record, part, value);
	}
	return true;
}

static bool read_entries(struct records *records, const json_t *root, struct error *err)
{
	const json_t *entries = json_is_array(root) ? root : json_object_get(root, "value");
	const char *name = records->options->name;
	if (json_object_get(root, "@odata.nextLink") != NULL)
		return error_set(err, ERROR_INPUT, "%s: only a first page: Graph names a next one; fetch all pages and join their lists", name);
	if (!json_is_array(entries))
		return error_set(err, ERROR_INPUT, "%s: no answer of Graph: it has no list \"value\"", name);
	for (size_t i = 0; i < json_array_size(entries); i++) {
		const json_t *entry = json_array_get(entries, i);
		if (!json_is_object(entry))
			return error_set(err, ERROR_INPUT, "%s: entry %zu of the list is no object", name, i + 1);
		if (!read_entry(records, entry, (int)i + 1, err))
			return false;
	}
	return true;
}

static bool read_json(struct records *records, struct bytes text, struct error *err)
{
	json_error_t why;
	json_t *root = json_loadb(text.data, text.length, 0, &why);
	if (root == NULL)
		return error_set(err, ERROR_INPUT, "%s:%d: no JSON: %s", records->options->name, why.line, why.text);
	bool good = read_entries(records, root, err);
	json_decref(root);
	return good;
}

/* The name an account signs in with is an address of it, unless it is a guest's ("name_gmail.com#EXT#@..."). */
static void finish(struct records *records, struct record *record)
{
	record_finish(records, record);
	if (record->login == NULL || bytes_find_nocase(bytes_of(record->login), BYTES("#EXT#"), 0) != (size_t)-1) {
		record->login = NULL;
		return;
	}
	if (record->fields[COLUMN_ADDRESSES] == NULL && !record->is_list)
		record_add_address(records, record, bytes_of(record->login), false);
}

bool import_m365(struct records *records, struct bytes content, struct error *err)
{
	struct bytes text = bytes_trim(import_text(records->arena, content));
	bool json = text.length > 0 && (text.data[0] == '{' || text.data[0] == '[');
	if (!(json ? read_json(records, text, err) : read_table(records, content, err)))
		return false;
	for (size_t i = 0; i < records->count; i++)
		finish(records, &records->items[i]);
	return true;
}
