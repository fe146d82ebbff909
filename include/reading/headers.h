/* headers.h - what the header fields of a message say, before any of its text is looked at.
 *
 * Our own code only: it is also all that is read of a message whose text could not be. */
#ifndef COPYHOLD_READING_HEADERS_H
#define COPYHOLD_READING_HEADERS_H

#include "reading/marking.h"
#include "reading/reading.h"

/* How the lists of mailboxes are read: by mailboxes_of, or by mailboxes_of_ours where libetpan is not to run. */
struct mailboxes_way {
	struct mailbox_list (*of)(struct arena *arena, const struct part *part, const char *field);
};

/* Subject, bare subject, reply and forward of a decoded subject; NULL leaves them empty. */
void letter_take_subject(struct arena *arena, struct letter *letter, const char *subject);
/* The letter of a message by its own fields, and the markings in them. */
void letter_of_headers(struct markings *markings, const struct message *message, struct mailboxes_way mailboxes,
		       struct letter *letter);
/* Message-ID, Sender and what claims to be automatic. */
void reading_take_headers(struct arena *arena, const struct message *message, struct mailboxes_way mailboxes, struct reading *reading);

/* The whole reading of a message whose text nobody could read: its outer letter by its fields, and one unreadable for `why`. */
const struct reading *reading_of_headers(struct arena *arena, const struct message *message, const struct lexicon *lexicon,
					 struct pattern_scratch *scratch, const char *why);

#endif
