/* permission.h - what the Council or the Clerk has allowed somebody once and for all: "express approval", "agreed" (copyhold.conf(5),
 * `permissions`).
 *
 * A protocol's "unless it is agreed" is a fact about people and dates, not about words; so it stands beside the directory. Plain values,
 * read by the gateway; questions are asked "on a date". */
#ifndef COPYHOLD_DIRECTORY_PERMISSION_H
#define COPYHOLD_DIRECTORY_PERMISSION_H

#include "directory/directory.h"

enum permission_kind {
	PERMISSION_DIRECT_CONTACT, /* to write to officers without going through the clerk */
	PERMISSION_INSTRUCTION,    /* to say what they are to do; and so to write to them */
	PERMISSION_COPY,           /* to be given copies of what goes between officers and somebody else */
	PERMISSION_SPOKESPERSON,   /* to speak to the press for the Council */
	PERMISSION_PRESS_APPROVAL, /* to approve what goes to the press */
	PERMISSION_SEND_AS,        /* to send with somebody else's address in From, or that of a mailbox they do not keep */
	PERMISSION_KIND_COUNT
};
extern const char *const permission_words[]; /* NULL-terminated */
bool permission_parse(const char *word, enum permission_kind *out);

/* People and lists by name, holders of offices, and everybody of a role. */
struct circle {
	const struct person *const *people;
	size_t count;
	unsigned offices; /* enum office bits: who holds any */
	unsigned roles;   /* 1 << enum role */
};
/* On that day; a list's members are in it, and so is whoever writes from the mailbox of that list. */
bool circle_has(struct arena *arena, const struct directory *directory, const struct circle *circle, const struct person *person, calendar_date on);

struct permission {
	enum permission_kind kind;
	struct circle who;       /* is allowed it */
	struct circle with;      /* which officers; of a copy: whose correspondence; of send-as: whose address. Empty: anybody's */
	const char *family;      /* of phrases that its matter is told by; NULL: any matter */
	calendar_date from, to;  /* inclusive; `to` DATE_NONE: until it is taken back */
	const char *said;        /* "minute 25/071, to 30 September 2026": by what, and until when */
	int line;
};
bool permission_in_force(const struct permission *permission, calendar_date on);

#endif
