/* unpack.h - the members of one packed file, one after another, under the limits of the message (libarchive). */
#ifndef COPYHOLD_DOCUMENT_UNPACK_H
#define COPYHOLD_DOCUMENT_UNPACK_H

#include "base/text.h"
#include "document/document.h"

/* More entries than anybody sends; a bomb of empty files has more. */
#define UNPACK_ENTRIES_MOST 20000

struct unpack;

struct unpack_member {
	const char *name; /* UTF-8, without control characters and leading "../"; "" for one compressed file without a name */
	bool file;        /* not a folder or link */
};

/* `content` must live until the end. NULL, with a trouble noted, when it cannot be opened at all. */
struct unpack *unpack_open(struct documents *documents, const char *place, struct bytes content);
/* The next member; its name lives in the documents' arena. False at the end, and, with a trouble noted, where it goes no further. */
bool unpack_next(struct unpack *unpack, struct unpack_member *member_out);
/* Adds the content of the member to `out`, as far as it can be had. False when that is not all of it: a trouble is noted for `place`. */
bool unpack_content(struct unpack *unpack, const char *place, struct text *out);
/* NULL is allowed. */
void unpack_close(struct unpack *unpack);

#endif
