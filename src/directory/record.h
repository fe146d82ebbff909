/* record.h - what the readers of foreign lists share: records as they are gathered.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_DIRECTORY_RECORD_H
#define COPYHOLD_DIRECTORY_RECORD_H

#include "directory/import.h"
#include "internal.h"

#define IMPORT_MAX_RECORDS ((size_t)20000)
#define IMPORT_MAX_VALUE ((size_t)4000) /* octets of one value that is kept */
#define IMPORT_MAX_ADDRESSES 50         /* of one entry; nobody has as many */
#define IMPORT_MAX_MEMBERS 5000
#define IMPORT_MAX_MEMORY ((size_t)256 << 20)

/* One entry of the list: a person, a mailbox of several, a group with an address. */
struct record {
	const char *fields[COLUMN_COUNT]; /* NULL: the list does not say; several values stand as in people.csv */
	const char *written, *given, *surname; /* what the name is made of */
	const char *title;                /* the post they hold, in the list's own words */
	const char *login;                /* the name of their account */
	const char *key;                  /* by which other records name it */
	const char **groups, **members;   /* names of groups it is in; keys of those in it */
	const char **doubtful;            /* addresses somebody gave for another purpose, such as a lost password */
	size_t address_count, group_count, member_count, doubtful_count;
	bool is_list, is_mailbox;         /* a group with an address; a mailbox without a person */
	bool blocked;                     /* may not sign in */
	bool removed;                     /* no entry after all */
	int line;
};

struct records {
	struct arena *arena;
	const struct import_options *options;
	struct record *items;
	size_t count;
	bool roles; /* the list says what people are */
	bool exact; /* its addresses are all they have */
	bool said[COLUMN_COUNT]; /* columns a list of rows has */
	struct import_note *notes;
	size_t note_count;
};

void records_note(struct records *records, enum import_heading heading, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* NULL, with an error, when there are too many, or they take too much room. */
struct record *records_add(struct records *records, int line, struct error *err);
/* A value as it may stand in people.csv: repaired, without control characters, blanks tidied, and nothing in front that a spreadsheet
 * would take for a formula. NULL when nothing is left or it is too long. */
const char *record_clean(struct records *records, struct bytes value);
/* Sets a field if it is not set. */
void record_set(struct records *records, struct record *record, enum column column, struct bytes value);
/* Adds an address; what is none is noted. The first one in front when `first`. */
void record_add_address(struct records *records, struct record *record, struct bytes value, bool first);
/* The addresses of "SMTP:a@x", "smtp:b@x", "X500:...": of mail alone; the one in capitals comes first. */
void record_add_proxy(struct records *records, struct record *record, struct bytes value);
/* What a heading, attribute or property of a list means: a column of people.csv, or one of these. */
enum aspect {
	PART_GIVEN = COLUMN_COUNT,
	PART_SURNAME,
	PART_POST,
	PART_PRIMARY,  /* the first of their addresses */
	PART_POSTAL,   /* "address": of mail when there is an @ in it */
	PART_PROXY,    /* "SMTP:a@x", "smtp:b@x" */
	PART_DOUBTFUL,
	PART_ACCOUNT,  /* the name they sign in with */
	PART_BLOCKED,
	PART_ENABLED,
	PART_CONTROL,  /* Active Directory's userAccountControl */
	PART_KIND,
	PART_KEY,
	PART_GROUP,
	PART_MEMBER,
	PART_REMOVED,
	PART_NONE
};
struct part_word {
	const char *word; /* lower case, letters and digits only */
	int part;
};
/* "E-mail 2 Address" is "email2address". */
bool heading_is(struct bytes heading, const char *word);
/* The part of a heading, PART_NONE for one that has none; `words` ends with a NULL word. */
int part_of(const struct part_word *words, struct bytes heading);
void record_put(struct records *records, struct record *record, int part, struct bytes value);
/* The name of those parts as a directory prints it: without a councillor's title, given names first. */
void record_finish(struct records *records, struct record *record);
/* What the administrator says a word stands for, or NULL. */
const char *records_mapped(const struct records *records, const char *word);
/* A date as spreadsheets write it, the day first: 9/5/2023, 09.05.23, 9 May 2023, 2023-05-09 00:00:00, 45055. */
bool import_date(const char *text, calendar_date *out);

/* A table of any separator and charset, as rows of cells. */
struct cells {
	const char **items;
	size_t count;
	int line;
};
struct sheet {
	struct cells *rows; /* the first one is the headings */
	size_t count;
};
bool sheet_read(struct arena *arena, const char *name, struct bytes content, struct sheet *out, struct error *err) MUST_CHECK;
/* UTF-8 whatever Excel, Outlook or PowerShell saved. */
struct bytes import_text(struct arena *arena, struct bytes content);

/* The readers. */
bool import_sheet(struct records *records, struct bytes content, struct error *err) MUST_CHECK;
bool import_ldif(struct records *records, struct bytes content, struct error *err) MUST_CHECK;
bool import_vcard(struct records *records, struct bytes content, struct error *err) MUST_CHECK;
bool import_m365(struct records *records, struct bytes content, struct error *err) MUST_CHECK;

/* The next part of a field, at a ';'; false at its end. next_string copies it; NULL at the end. */
bool next_part(const char **cursor, struct bytes *out);
const char *next_string(struct arena *arena, const char **cursor);
/* The next part of a cell that is not blank, at any of the separators, without blanks around it; false at its end. */
bool next_in_cell(struct bytes cell, const char *separators, size_t *offset, struct bytes *out);
/* The rows of the new file. */
void import_merge(struct records *records, const struct directory *before, const struct table *present, struct table *out);
/* As people.csv, with the columns, line ends and mark of the file it replaces. */
struct bytes table_write(struct arena *arena, const struct table *table, struct bytes replaced);

#endif
