/* merging.h - the present people file while a foreign list changes it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_DIRECTORY_MERGING_H
#define COPYHOLD_DIRECTORY_MERGING_H

#include "record.h"

/* What becomes of one person of the directory. */
struct fate {
	size_t *records;  /* those that are about them */
	size_t count;
	bool by_name;     /* nothing but the name says so */
};
struct merging {
	struct arena *arena;
	struct records *records;
	const struct import_options *options;
	const struct directory *before;
	struct row *rows;      /* of the present file, as changed */
	bool *dropped;
	size_t row_count;
	struct row *added;     /* new ones, which stand at the end */
	size_t added_count;
	struct fate *fates;    /* by directory_index */
	bool *known;           /* records that are about somebody in the directory */
	struct index names;    /* unicode_key of names: of the directory */
	struct index ids;
	struct index listed;   /* address_key of every address of the list */
	struct index keys;     /* of records; `line` is the record's index */
};

/* The row of the present file that stands on a line; every tenure has one. */
size_t merging_row(const struct merging *merging, int line);
/* Adds a value of several to a field of a row, unless it is there. */
void row_add(struct merging *merging, struct row *row, enum column column, const char *part);
bool row_has(struct merging *merging, const struct row *row, enum column column, const char *part);
/* Ends the role of a row on that day; a row that had not begun goes. */
void merging_end(struct merging *merging, size_t row, calendar_date last);
/* In force on that day, or later. */
bool tenure_lasts(const struct tenure *tenure, calendar_date on);
struct row row_empty(void);
/* Addresses of the record that may be added to `person` (NULL: somebody new); those that are somebody else's are noted and left there. */
void row_add_addresses(struct merging *merging, struct row *row, const struct record *record, const struct person *person);
/* Whether that may be the name of the person: "Khan, Amir" and "A. Khan" are no other names. */
bool is_called(struct merging *merging, const struct person *person, const char *name);
/* Name and addresses, for sentences. */
const char *record_called(struct merging *merging, const struct record *record);

/* For lists that say what people are, and for those that do not. */
void merge_rows(struct merging *merging);
void merge_accounts(struct merging *merging);

#endif
