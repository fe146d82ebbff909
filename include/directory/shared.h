/* shared.h - a private mailbox that others read at home: what is confidential must not go there. */
#ifndef COPYHOLD_DIRECTORY_SHARED_H
#define COPYHOLD_DIRECTORY_SHARED_H

#include "directory/directory.h"

struct shared_mailbox {
	const struct person *serving; /* a councillor or officer */
	const char *other;            /* who is neither: the name in the directory, or the address that the list has */
};

/* Whether it is the mailbox of a few, outside the Council's domains, of whom one serves the Council on that day and one does not. False of
 * what is no list; *out is whole only when true. Both borrow from the directory. */
bool shared_mailbox_of(const struct directory *directory, const struct person *list, calendar_date on, struct shared_mailbox *out);

#endif
