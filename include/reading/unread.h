/* unread.h - the parts of a message that nobody here looked into, and why. */
#ifndef COPYHOLD_READING_UNREAD_H
#define COPYHOLD_READING_UNREAD_H

#include "reading/reading.h"

struct unread {
	struct arena *arena;
	struct unreadable *items;
	size_t count;
};

/* Each part and reason once. */
void unread_add(struct unread *unread, const char *part, const char *why);
/* By its type: encrypted, winmail.dat, part of a message, a document or archive. */
void unread_part(struct unread *unread, const struct part *part);
/* True when nobody without a key, or without the rest of it, can open the part. */
bool unread_is_closed(const struct part *part);
/* A part that calls itself a document and whose content is none that is known. */
void unread_document(struct unread *unread, const struct part *part, const char *file);
/* What could not be examined because of limits. */
void unread_defects(struct unread *unread, const struct message *message);
/* A text part that part_text refused. */
void unread_text(struct unread *unread, const struct part *part);

#endif
