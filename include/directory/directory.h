/* directory.h - who is who: people, offices with dates, lists.
 *
 * Loaded from people.csv (DESIGN section 8) into an immutable snapshot; questions are always asked "on a date",
 * because a councillor is one until a day. Shared by threads; freed with directory_free. */
#ifndef COPYHOLD_DIRECTORY_DIRECTORY_H
#define COPYHOLD_DIRECTORY_DIRECTORY_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/finding.h"
#include "base/settings.h"

enum role {
	ROLE_NONE, /* nobody we know, or no longer or not yet on that date */
	ROLE_COUNCILLOR,
	ROLE_OFFICER,
	ROLE_PRESS,
	ROLE_MINISTER,
	ROLE_AUTHORITY,
	ROLE_ADVISER,
	ROLE_AUDITOR,
	ROLE_OVERSIGHT,
	ROLE_PROTECTED,
	ROLE_COMPLAINANT,
	ROLE_CONTRACTOR,
	ROLE_RESIDENT,
	ROLE_BANK,
	ROLE_LIST,
	ROLE_COUNT
};
const char *role_name(enum role role);               /* "councillor"; "nobody" for ROLE_NONE */
/* Oversight bodies, auditors, union, occupational health: mail from and to them is never kept back, and never listed. */
bool role_is_protected(enum role role);
bool role_parse(const char *word, enum role *out);   /* words of people.csv, any case */
extern const char *const role_words[];               /* NULL-terminated, for suggestions */

/* Offices the rules know, as bits; other words are kept as text. */
enum office {
	OFFICE_CLERK = 1 << 0,
	OFFICE_DEPUTY_CLERK = 1 << 1,
	OFFICE_RFO = 1 << 2,
	OFFICE_HEAD_OF_SERVICE = 1 << 3,
	OFFICE_MONITORING_OFFICER = 1 << 4,
	OFFICE_CHAIR = 1 << 5, /* "mayor" sets this too */
	OFFICE_VICE_CHAIR = 1 << 6,
	OFFICE_MAYOR = 1 << 7,
	OFFICE_LEADER = 1 << 8,
	OFFICE_COMMITTEE_CHAIR = 1 << 9,
	OFFICE_BANK_SIGNATORY = 1 << 10,
	OFFICE_SPOKESPERSON = 1 << 11,
	OFFICE_GROUP_LEADER = 1 << 12,
	OFFICE_ELECTED = 1 << 13, /* of somebody of another authority, or of a parliament */
};
bool office_parse(const char *word, unsigned *bits_out); /* "mayor" gives OFFICE_MAYOR | OFFICE_CHAIR */
extern const char *const office_words[];

/* One row of the file: a role for a time. A person has one or more. */
struct tenure {
	enum role role;
	unsigned offices;       /* enum office bits */
	const char *const *other_offices; /* NULL-terminated */
	const char *group, *ward;         /* NULL when empty */
	calendar_date from, to; /* inclusive; DATE_NONE: open */
	int line;
};

struct person {
	const char *id;         /* NULL when the file gives none */
	const char *name;       /* as in the directory; printed in footers */
	const char *welsh_name; /* or NULL */
	const struct tenure *tenures;
	size_t tenure_count;
	const char *const *addresses; /* normal form (address_normal), the first one is for notices */
	size_t address_count;
	const char *const *logins;    /* lower case */
	size_t login_count;
	/* list rows only */
	bool is_list;
	const char *const *members;   /* addresses, normal form, named by the row */
	size_t member_count;
	const char *owner;            /* address, or NULL */
	const char *notes;
	int line;
};

struct directory;

/* A complaint about the file: errors stop it from being loaded, warnings do not. */
struct directory_problem {
	int line;
	bool error;
	const char *text;
	const struct finding_class *class; /* one of directory_classes; NULL for an error */
};
/* What a file that can be loaded may be warned of; the last one has no name. */
extern const struct finding_class directory_classes[];

#define DIRECTORY_MAX_BYTES ((size_t)16 << 20)
/* Loads. `domains` are the council's (A-labels, lower case), borrowed. On failure the error names file, line,
 * column and a hint; the first error is in err, all problems in problems_out (in `arena`), which may be NULL. */
bool directory_load(const char *path, const struct string_list *domains, struct directory **out, struct arena *arena,
		    const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err) MUST_CHECK;
/* The same of the file's text; `name` stands for the path in messages. */
bool directory_load_text(const char *name, struct bytes content, const struct string_list *domains, struct directory **out,
			 struct arena *arena, const struct directory_problem **problems_out, size_t *problem_count_out, struct error *err) MUST_CHECK;
void directory_free(struct directory **directory);

size_t directory_count(const struct directory *directory);
const struct person *directory_at(const struct directory *directory, size_t index);
size_t directory_index(const struct directory *directory, const struct person *person); /* the inverse */
const char *directory_digest(const struct directory *directory); /* hex SHA-256 of the file */

/* The person or list an address belongs to, whatever the date; sub-addressing (+tag) and case ignored; gmail.com and
 * googlemail.com also without dots. `address` need not be normal. NULL when unlisted. */
const struct person *directory_by_address(const struct directory *directory, const char *address);
/* DESIGN 8, Identity: an address, a logins entry, or the local part of an address in a council domain, in that order. Here
 * a +tag counts. May be a list row: a mailbox that several people share. */
const struct person *directory_by_login(const struct directory *directory, const char *auth);
bool directory_is_council_domain(const struct directory *directory, const char *address);

/* The tenures in force. A person may hold several roles at once: the first of the file decides person_role, any
 * decides person_has_role. */
enum role person_role(const struct person *person, calendar_date on);
bool person_has_role(const struct person *person, enum role role, calendar_date on);
/* As councillor or officer. */
bool person_serves(const struct person *person, calendar_date on);
unsigned person_offices(const struct person *person, calendar_date on);
const char *person_group(const struct person *person, calendar_date on);
const char *person_ward(const struct person *person, calendar_date on);
/* "councillor, mayor, group Blue, ward Castle, from 9 May 2023, until 5 May 2027"; what is not said is left out. */
const char *tenure_text(struct arena *arena, const struct tenure *tenure, bool with_end);
/* "councillors", "officers", "public": whom a list reaches, and no political group. */
bool group_is_fixed(const char *group);

/* Whom a list reaches on a date: distinct people (no lists), nested lists expanded; *reaches_public is set when
 * somebody outside the directory or the public is among them; *is_archive when it reaches nobody. */
struct person_list {
	const struct person *const *items;
	size_t count;
};
struct person_list list_members(struct arena *arena, const struct directory *directory, const struct person *list,
				calendar_date on, bool *reaches_public, bool *is_archive);
/* All current holders of a role. */
struct person_list directory_with_role(struct arena *arena, const struct directory *directory, enum role role, calendar_date on);
struct person_list directory_with_office(struct arena *arena, const struct directory *directory, unsigned office, calendar_date on);

/* People whose name fits what somebody wrote: "Amir Khan", "Cllr A. Khan", "Cyng. Huw Jones", "KHAN, Amir",
 * "Khan". Titles, post-nominals, case and accents are ignored; initials fit; a bare surname fits all who bear it; a
 * Welsh name counts as a name; a first name alone fits nobody. Evidence, never identity. All that fit, best first, but a name
 * that is exactly somebody's shuts out those it fits loosely; none when a fuller name contradicts. `role` narrows (ROLE_NONE: anybody). */
struct person_list directory_by_name(struct arena *arena, const struct directory *directory, const char *written,
				     enum role role, calendar_date on);

#endif
