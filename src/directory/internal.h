/* internal.h - what the files of the directory layer share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_DIRECTORY_INTERNAL_H
#define COPYHOLD_DIRECTORY_INTERNAL_H

#include "directory/directory.h"

/* One key of an index, sorted for bsearch: an address, a login, the last word of a name. */
struct entry {
	const char *key;
	const struct person *person;
	int line;
};
struct index {
	struct entry *entries;
	size_t count;
};
void index_add(struct arena *arena, struct index *index, const char *key, const struct person *person, int line);
/* By key, lists first, then by line. */
void index_sort(struct index *index);
/* All entries of that key, or NULL. */
const struct entry *index_find(const struct index *index, const char *key, size_t *count_out);

/* A name taken apart for comparison: words without case, accents, titles and post-nominals; the surname is the tail from
 * `surname` on. */
struct name_words {
	const char **items;
	size_t count, surname;
};
struct name_words name_words_of(struct arena *arena, const char *name);

struct directory {
	struct arena *arena;
	struct string_list domains;
	struct person *people;
	size_t count;
	struct index addresses; /* by address_key; a list's address before a person's */
	struct index logins;
	struct index list_names; /* unicode_key of a list's name */
	struct index surnames;   /* last word of a name or Welsh name */
	/* everybody who ever holds the role, so that a list is expanded without a walk over the public */
	const struct person **with_role[ROLE_COUNT];
	size_t with_role_count[ROLE_COUNT];
	const struct person **with_office; /* everybody who ever holds an office the rules know */
	size_t with_office_count;
	const char *digest;
};

/* The form addresses are indexed by: address_normal, and the dots of Gmail's local parts dropped. NULL: no address. */
char *address_key(struct arena *arena, const char *address);
/* A member of a list row: an address, or the name of a list. */
const struct person *directory_by_member(const struct directory *directory, const char *member);

/* The rows of a CSV file. Fields are trimmed, inner runs of blanks are one space, "" when absent. */
enum column {
	COLUMN_NAME,
	COLUMN_ROLE,
	COLUMN_ADDRESSES,
	COLUMN_ID,
	COLUMN_OFFICES,
	COLUMN_GROUP,
	COLUMN_WARD,
	COLUMN_FROM,
	COLUMN_TO,
	COLUMN_LOGINS,
	COLUMN_MEMBERS,
	COLUMN_OWNER,
	COLUMN_WELSH_NAME,
	COLUMN_NOTES,
	COLUMN_COUNT
};
extern const char *const column_words[]; /* NULL-terminated */
struct row {
	int line;
	const char *fields[COLUMN_COUNT];
};

/* What is wrong with the file, gathered so that all of it can be mended at once. */
struct problems {
	struct arena *arena;
	struct directory_problem *items;
	size_t count;
};
void problems_add(struct problems *problems, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A warning. */
enum directory_class {
	DIRECTORY_DOUBTFUL,
	DIRECTORY_SAME_NAME,
	DIRECTORY_NO_ADDRESS,
	DIRECTORY_LIST_MEMBER,
	DIRECTORY_EMPTY_LIST,
	DIRECTORY_LIST_OWNER,
	DIRECTORY_ROLE_MISSING,
	DIRECTORY_EVERYBODY_LEFT,
	DIRECTORY_SHARED_OFFICE,
	DIRECTORY_SHARED_ADDRESS,
	DIRECTORY_NO_LEADER,
};
void problems_warn(struct problems *problems, enum directory_class class, int line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool problems_has_error(const struct problems *problems);

struct table {
	struct row *rows;
	size_t count;
};
/* Reads the whole text; what is wrong is added to the problems. Rows without any content are left out. */
void table_read(struct arena *arena, struct bytes content, struct table *out, struct problems *problems);

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

/* Fills the people and the drafts, one for the first row of each person; addresses and logins go into their indexes. */
void rows_read(struct loader *loader, const struct table *table);

/* Warnings about a directory that can be loaded. */
void directory_check(const struct directory *directory, struct problems *problems);
/* Of them, those on offices, groups and private mailboxes. */
void check_offices(const struct directory *directory, calendar_date today, struct problems *problems);
/* shared.c */
void check_private_mailboxes(const struct directory *directory, const struct person *person, calendar_date today, struct problems *problems);

#endif
