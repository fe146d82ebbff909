/* import_sheet.c - a clerk's own spreadsheet, or people.csv of another day, as records: headings and roles in other words, dates as Excel
 * writes them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

#include "base/text.h"

static const struct part_word headings[] = {
	{ "name", COLUMN_NAME }, { "fullname", COLUMN_NAME }, { "displayname", COLUMN_NAME }, { "councillor", COLUMN_NAME }, { "enw", COLUMN_NAME },
	{ "firstname", PART_GIVEN }, { "forename", PART_GIVEN }, { "forenames", PART_GIVEN }, { "givenname", PART_GIVEN },
	{ "lastname", PART_SURNAME }, { "surname", PART_SURNAME }, { "familyname", PART_SURNAME },
	{ "role", COLUMN_ROLE }, { "capacity", COLUMN_ROLE }, { "category", COLUMN_ROLE }, { "rôl", COLUMN_ROLE },
	{ "jobtitle", PART_POST }, { "job", PART_POST }, { "post", PART_POST },
	{ "addresses", COLUMN_ADDRESSES }, { "email", COLUMN_ADDRESSES }, { "emails", COLUMN_ADDRESSES }, { "emailaddress", COLUMN_ADDRESSES },
	{ "emailaddresses", COLUMN_ADDRESSES }, { "mail", COLUMN_ADDRESSES }, { "councilemail", PART_PRIMARY }, { "counciladdress", PART_PRIMARY },
	{ "workemail", PART_PRIMARY }, { "officialemail", PART_PRIMARY }, { "privateemail", COLUMN_ADDRESSES }, { "personalemail", COLUMN_ADDRESSES },
	{ "homeemail", COLUMN_ADDRESSES }, { "otheremail", COLUMN_ADDRESSES }, { "alternativeemail", COLUMN_ADDRESSES }, { "email1", COLUMN_ADDRESSES },
	{ "email2", COLUMN_ADDRESSES }, { "email3", COLUMN_ADDRESSES }, { "email2address", COLUMN_ADDRESSES }, { "email3address", COLUMN_ADDRESSES },
	{ "ebost", COLUMN_ADDRESSES }, { "address", PART_POSTAL },
	{ "id", COLUMN_ID }, { "personid", COLUMN_ID },
	{ "offices", COLUMN_OFFICES }, { "office", COLUMN_OFFICES }, { "officeheld", COLUMN_OFFICES }, { "officesheld", COLUMN_OFFICES },
	{ "position", COLUMN_OFFICES }, { "positions", COLUMN_OFFICES }, { "detail", COLUMN_OFFICES },
	{ "group", COLUMN_GROUP }, { "politicalgroup", COLUMN_GROUP }, { "party", COLUMN_GROUP }, { "politicalparty", COLUMN_GROUP },
	{ "grwp", COLUMN_GROUP }, { "plaid", COLUMN_GROUP },
	{ "ward", COLUMN_WARD }, { "wards", COLUMN_WARD }, { "wardname", COLUMN_WARD }, { "division", COLUMN_WARD },
	{ "from", COLUMN_FROM }, { "start", COLUMN_FROM }, { "startdate", COLUMN_FROM }, { "datefrom", COLUMN_FROM }, { "elected", COLUMN_FROM },
	{ "dateelected", COLUMN_FROM }, { "termstarts", COLUMN_FROM }, { "termstart", COLUMN_FROM }, { "appointed", COLUMN_FROM }, { "since", COLUMN_FROM },
	{ "to", COLUMN_TO }, { "end", COLUMN_TO }, { "enddate", COLUMN_TO }, { "dateto", COLUMN_TO }, { "until", COLUMN_TO }, { "ends", COLUMN_TO },
	{ "termends", COLUMN_TO }, { "termend", COLUMN_TO }, { "left", COLUMN_TO }, { "leavingdate", COLUMN_TO }, { "dateleft", COLUMN_TO },
	{ "logins", COLUMN_LOGINS }, { "login", COLUMN_LOGINS }, { "username", COLUMN_LOGINS },
	{ "members", COLUMN_MEMBERS }, { "owner", COLUMN_OWNER },
	{ "welshname", COLUMN_WELSH_NAME }, { "enwcymraeg", COLUMN_WELSH_NAME },
	{ "notes", COLUMN_NOTES }, { "note", COLUMN_NOTES }, { "comments", COLUMN_NOTES },
	{ NULL, PART_NONE },
};

/* Words of a role column, and what they say: a role, and perhaps the office that goes with it. */
struct role_word {
	const char *word, *role, *office;
};
static const struct role_word role_words_of_sheets[] = {
	{ "cllr", "councillor", NULL }, { "towncouncillor", "councillor", NULL }, { "parishcouncillor", "councillor", NULL },
	{ "electedmember", "councillor", NULL }, { "councilmember", "councillor", NULL }, { "cynghorydd", "councillor", NULL },
	{ "mayor", "councillor", "mayor" }, { "townmayor", "councillor", "mayor" }, { "maer", "councillor", "mayor" },
	{ "deputymayor", "councillor", "vice-chair" }, { "chair", "councillor", "chair" }, { "chairman", "councillor", "chair" },
	{ "chairofcouncil", "councillor", "chair" }, { "vicechair", "councillor", "vice-chair" }, { "vicechairman", "councillor", "vice-chair" },
	{ "leader", "councillor", "leader" }, { "leaderofthecouncil", "councillor", "leader" },
	{ "staff", "officer", NULL }, { "employee", "officer", NULL }, { "swyddog", "officer", NULL },
	{ "clerk", "officer", "clerk" }, { "townclerk", "officer", "clerk" }, { "parishclerk", "officer", "clerk" }, { "clerc", "officer", "clerk" },
	{ "locumclerk", "officer", "clerk" }, { "deputyclerk", "officer", "deputy-clerk" }, { "deputytownclerk", "officer", "deputy-clerk" },
	{ "rfo", "officer", "rfo" }, { "responsiblefinancialofficer", "officer", "rfo" }, { "s151officer", "officer", "rfo" },
	{ "section151officer", "officer", "rfo" }, { "headofservice", "officer", "head-of-service" },
	{ "solicitor", "adviser", NULL }, { "internalauditor", "auditor", NULL }, { "externalauditor", "auditor", NULL },
	{ "ombudsman", "oversight", NULL }, { "union", "protected", NULL }, { "occupationalhealth", "protected", NULL },
	{ "newspaper", "press", NULL }, { "supplier", "contractor", NULL }, { "mp", "authority", "elected" },
	{ "mailinglist", "list", NULL }, { "sharedmailbox", "list", NULL }, { "distributionlist", "list", NULL },
};
static const struct part_word offices_of_sheets[] = {
	{ "chairman", OFFICE_CHAIR }, { "chairperson", OFFICE_CHAIR }, { "vicechairman", OFFICE_VICE_CHAIR }, { "deputymayor", OFFICE_VICE_CHAIR },
	{ "townmayor", OFFICE_MAYOR | OFFICE_CHAIR }, { "maer", OFFICE_MAYOR | OFFICE_CHAIR }, { "townclerk", OFFICE_CLERK }, { "parishclerk", OFFICE_CLERK },
	{ "properofficer", OFFICE_CLERK }, { "clerc", OFFICE_CLERK }, { "responsiblefinancialofficer", OFFICE_RFO }, { "s151officer", OFFICE_RFO },
	{ "section151officer", OFFICE_RFO }, { "leaderofthecouncil", OFFICE_LEADER }, { "chairofcommittee", OFFICE_COMMITTEE_CHAIR },
	{ "committeechairman", OFFICE_COMMITTEE_CHAIR }, { "signatory", OFFICE_BANK_SIGNATORY }, { "chequesignatory", OFFICE_BANK_SIGNATORY },
	{ NULL, PART_NONE },
};

static void add_part(struct records *records, struct record *record, enum column column, const char *part)
{
	const char *before = record->fields[column];
	record->fields[column] = before == NULL || before[0] == '\0' ? part : arena_printf(records->arena, "%s;%s", before, part);
}

static const char *office_word(unsigned wanted)
{
	size_t i = 0;
	for (unsigned bits; office_words[i] != NULL && (!office_parse(office_words[i], &bits) || bits != wanted); i++)
		;
	return office_words[i];
}

/* Offices known by another word get ours; others stay, and `directory check` says that no rule knows them. */
static void put_offices(struct records *records, struct record *record, struct bytes cell)
{
	struct bytes each;
	cell = bytes_slice(cell, 0, IMPORT_MAX_VALUE);
	for (size_t offset = 0; next_in_cell(cell, ";,/\n", &offset, &each);) {
		const char *part = record_clean(records, each);
		unsigned bits = 0;
		int other = part == NULL ? PART_NONE : part_of(offices_of_sheets, bytes_of(part));
		if (other != PART_NONE)
			bits = (unsigned)other;
		if (part != NULL)
			add_part(records, record, COLUMN_OFFICES, bits != 0 || office_parse(part, &bits) ? office_word(bits) : part);
	}
}

static bool put_role_word(struct records *records, struct record *record, struct bytes word)
{
	for (size_t i = 0; i < sizeof role_words_of_sheets / sizeof *role_words_of_sheets; i++) {
		const struct role_word *known = &role_words_of_sheets[i];
		if (!heading_is(word, known->word))
			continue;
		record->fields[COLUMN_ROLE] = known->role;
		if (known->office != NULL)
			add_part(records, record, COLUMN_OFFICES, known->office);
		return true;
	}
	return false;
}

/* A word that says nothing to us leaves the role open: it becomes the title, by which somebody can say what it means. */
static void put_role(struct records *records, struct record *record, struct bytes cell)
{
	const char *word = record_clean(records, cell), *mapped = word == NULL ? NULL : records_mapped(records, word);
	enum role role;
	if (word == NULL)
		return;
	if (role_parse(mapped != NULL ? mapped : word, &role))
		record->fields[COLUMN_ROLE] = role_name(role);
	else if (!put_role_word(records, record, bytes_of(word)) && record->title == NULL)
		record->title = word;
}

static void put_date(struct records *records, struct record *record, enum column column, struct bytes cell)
{
	const char *text = record_clean(records, cell);
	calendar_date date;
	if (text == NULL)
		return;
	if (import_date(text, &date))
		record->fields[column] = clock_format_date(records->arena, date);
	else
		records_note(records, IMPORT_UNREADABLE, "line %d: \"%s\" is no date of the kind 9/5/2023 (day, month, year) or 2023-05-09", record->line,
			     text);
}

/* Parts divided by ';', ',' or lines. */
static void put_parts(struct records *records, struct record *record, enum column column, struct bytes cell)
{
	struct bytes each;
	cell = bytes_slice(cell, 0, IMPORT_MAX_VALUE);
	for (size_t offset = 0; next_in_cell(cell, ";,\n", &offset, &each);) {
		const char *part = record_clean(records, each);
		if (part != NULL)
			add_part(records, record, column, part);
	}
}

static void put_cell(struct records *records, struct record *record, int part, struct bytes cell)
{
	switch (part) {
	case COLUMN_ROLE: put_role(records, record, cell); break;
	case COLUMN_OFFICES: put_offices(records, record, cell); break;
	case COLUMN_FROM:
	case COLUMN_TO: put_date(records, record, (enum column)part, cell); break;
	case COLUMN_LOGINS:
	case COLUMN_MEMBERS: put_parts(records, record, (enum column)part, cell); break;
	default: record_put(records, record, part, cell);
	}
}

static int heading_part(const struct records *records, const char *heading)
{
	const char *mapped = records_mapped(records, heading);
	return part_of(headings, bytes_of(mapped != NULL ? mapped : heading));
}

/* Which part each heading is; those without use are named, so that nobody thinks they came in. */
static int *read_headings(struct records *records, const struct cells *row)
{
	int *parts = arena_array(records->arena, row->count, sizeof *parts);
	for (size_t i = 0; i < row->count; i++) {
		parts[i] = heading_part(records, row->items[i]);
		if (parts[i] == PART_NONE && row->items[i][0] != '\0')
			records_note(records, IMPORT_UNUSED, "the column \"%s\"", record_clean(records, bytes_of(row->items[i])));
		if (parts[i] < (int)COLUMN_COUNT)
			records->said[parts[i]] = true;
		if (parts[i] == PART_GIVEN || parts[i] == PART_SURNAME)
			records->said[COLUMN_NAME] = true;
		if (parts[i] == PART_PRIMARY || parts[i] == PART_POSTAL)
			records->said[COLUMN_ADDRESSES] = true;
		if (bytes_equal_nocase(bytes_of(row->items[i]), BYTES("addresses")))
			records->exact = true;
	}
	records->roles = records->said[COLUMN_ROLE];
	records->exact = records->exact && records->roles;
	return parts;
}

static void read_row(struct records *records, struct record *record, const struct cells *row, const int *parts, size_t part_count)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		record->fields[i] = records->said[i] ? "" : NULL;
	for (size_t i = 0; i < row->count && i < part_count; i++)
		put_cell(records, record, parts[i], bytes_of(row->items[i]));
	record_finish(records, record);
	record->is_list = record->fields[COLUMN_ROLE] != NULL && strcmp(record->fields[COLUMN_ROLE], role_name(ROLE_LIST)) == 0;
}

bool import_sheet(struct records *records, struct bytes content, struct error *err)
{
	struct sheet sheet;
	if (!sheet_read(records->arena, records->options->name, content, &sheet, err))
		return false;
	const int *parts = read_headings(records, &sheet.rows[0]);
	if (!records->said[COLUMN_NAME] || !records->said[COLUMN_ADDRESSES])
		return error_set(err, ERROR_INPUT, "%s:%d: no column is called \"%s\", or by a word that is known for it: say which one is meant, as in --map \"Old heading=%s\"",
				 records->options->name, sheet.rows[0].line, records->said[COLUMN_NAME] ? "addresses" : "name",
				 records->said[COLUMN_NAME] ? "addresses" : "name");
	for (size_t i = 1; i < sheet.count; i++) {
		struct record *record = records_add(records, sheet.rows[i].line, err);
		if (record == NULL)
			return false;
		read_row(records, record, &sheet.rows[i], parts, sheet.rows[0].count);
	}
	return true;
}
