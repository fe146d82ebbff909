/* attached.h - attached files as what comes with a letter: their text, letters in them, and what could not be opened. */
#ifndef COPYHOLD_READING_ATTACHED_H
#define COPYHOLD_READING_ATTACHED_H

#include "reading/drafts.h"

/* Reads the file a part holds into the letter it comes with, or notes why not. False when the part is text that is read as such. */
bool attached_read(struct reading_work *work, struct draft *main, const struct part *part);
/* The same of content that is no part of its own: a file written into the text. `part` gives name, type and number. */
void attached_take(struct reading_work *work, struct draft *main, const struct part *part, struct bytes content);
/* Keeps the main text of a file attached to the outer letter; pages of one file follow each other. */
void attached_keep(struct reading_work *work, const struct draft *main, const char *where, struct bytes utf8);
/* Of the texts kept, those in the form of a letter become letters, behind all others. */
void attached_letters(struct reading_work *work);
/* Text for people: no calendar entry or contact card. */
bool attached_is_text(const struct part *part);
/* Its name, or what a nameless one is called. */
const char *attached_name(const struct part *part);

#endif
