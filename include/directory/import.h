/* import.h - what people.csv would become by somebody else's list of people.
 *
 * Pure: bytes in, bytes and sentences out; who writes the file is the caller. The list is untrusted and bounded. A list that does not
 * say who is a councillor (directories of accounts do not) never makes one: roles stay as they are in the present file, and new people
 * are named for somebody to say what they are. */
#ifndef COPYHOLD_DIRECTORY_IMPORT_H
#define COPYHOLD_DIRECTORY_IMPORT_H

#include "directory/directory.h"

#define IMPORT_MAX_BYTES ((size_t)16 << 20)

/* The formats, NULL-terminated: csv, ldif, vcard, m365. */
extern const char *const import_formats[];

struct import_map {
	const char *from; /* a heading; or a group, an address or a role word of the list */
	const char *to;   /* a column of people.csv; or a role */
};

struct import_options {
	const char *format;                /* one of import_formats */
	const char *name;                  /* of the list, for messages */
	const struct string_list *domains; /* the Council's */
	const struct import_map *maps;
	size_t map_count;
	calendar_date today;
	calendar_date ends;                /* last day of those whom the list has no more; DATE_NONE: today where it has roles, else they stay */
};

enum import_heading {
	IMPORT_UNREADABLE, /* something the list says is not understood: mend it */
	IMPORT_DECIDE,     /* somebody must say */
	IMPORT_KEPT,       /* the list differs, and the present file stays as it is */
	IMPORT_UNUSED,     /* parts of the list that have no use here */
	IMPORT_HEADINGS
};
struct import_note {
	enum import_heading heading;
	const char *text;
};
struct import_result {
	struct bytes content;  /* the new people.csv */
	size_t found;          /* people and lists the list holds */
	const struct import_note *notes;
	size_t note_count;
};

/* `present` is the people file as it stands, empty when there is none. False when either cannot be used at all. */
bool directory_import(struct arena *arena, struct bytes list, struct bytes present, const struct import_options *options,
		      struct import_result *out, struct error *err) MUST_CHECK;

/* In what two directories differ, one sentence for each difference, in words for a clerk. */
enum difference_heading {
	DIFFERENCE_ENDED,
	DIFFERENCE_GONE, /* no row is left of them */
	DIFFERENCE_NEW,
	DIFFERENCE_ADDRESS,
	DIFFERENCE_OTHER,
	DIFFERENCE_HEADINGS
};
struct difference {
	enum difference_heading heading;
	const char *text;
};
struct differences {
	const struct difference *items;
	size_t count;
	/* How many hold each role today, and how many of them will be nobody when the ends of the next weeks have come. */
	size_t held[ROLE_COUNT], lost[ROLE_COUNT];
};
struct differences directory_differences(struct arena *arena, const struct directory *before, const struct directory *after, calendar_date today);

#endif
