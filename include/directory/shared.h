/* shared.h - a private mailbox that others read at home: what is confidential must not go there. */
#ifndef COPYHOLD_DIRECTORY_SHARED_H
#define COPYHOLD_DIRECTORY_SHARED_H

#include "directory/directory.h"

struct shared_mailbox {
	const struct person *serving; /* a councillor or officer */
	const char *other;            /* somebody who is neither, as the directory calls them */
};

/* Whether the list is the mailbox of a few, outside the Council's domains, of whom one serves it and one does not. */
bool shared_mailbox_of(const struct directory *directory, const struct person *list, calendar_date on, struct shared_mailbox *out);

#endif
