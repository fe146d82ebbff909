/* compound.h - an OLE2 compound file, the little file system that old Office files and Outlook's messages are.
 *
 * Opened by libgsf and copied whole into the arena, bounded: chains of sectors that cross would make much of little. */
#ifndef COPYHOLD_DOCUMENT_COMPOUND_H
#define COPYHOLD_DOCUMENT_COMPOUND_H

#include "document/document.h"

struct compound {
	const char *name;
	struct bytes content; /* of a stream */
	bool storage;         /* a folder */
	const struct compound *children;
	size_t child_count;
};

/* NULL when it cannot be opened at all; a trouble is noted then, and where some of it could not be read. */
const struct compound *compound_open(struct documents *documents, const char *place, struct bytes content);
/* NULL when there is none; without regard to case, as in the format. */
const struct compound *compound_child(const struct compound *folder, const char *name);
/* The stream of that name; empty when there is none. */
struct bytes compound_stream(const struct compound *folder, const char *name);
/* The summary information streams (title, subject ..., and the author's own) as properties. */
void compound_read_properties(struct documents *documents, const char *place, const struct compound *top);

/* What the folder is: an Outlook message, a Word, Excel or PowerPoint document, or something a file stands in. */
void office97_read(struct documents *documents, const char *place, const struct compound *folder); /* embedded.c */
/* As office97_read, for an object that shows in its document: one that holds no file (an equation, a chart) is passed over. */
void embedded_read_object(struct documents *documents, const char *place, const struct compound *folder);
void outlook_read_folder(struct documents *documents, const char *place, const struct compound *folder);     /* .msg: MS-OXMSG */
void word97_read_folder(struct documents *documents, const char *place, const struct compound *folder);      /* .doc: MS-DOC */
void excel97_read_folder(struct documents *documents, const char *place, const struct compound *folder);     /* .xls: MS-XLS */
void powerpoint97_read_folder(struct documents *documents, const char *place, const struct compound *folder); /* .ppt: MS-PPT */

#endif
