/* own_mail.h - complete messages of our own (RFC 5322, 2045, 2047, 3834).
 *
 * Whatever the strings hold, each becomes part of its own field only: control characters are taken out. */
#ifndef COPYHOLD_ACTION_OWN_MAIL_H
#define COPYHOLD_ACTION_OWN_MAIL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct own_mail {
	const char *from_name, *from;
	const char *to;
	const char *subject;
	const char *id;          /* left side of the Message-ID; its right side is the domain of `from` */
	const char *in_reply_to; /* a Message-ID with its brackets, or NULL; left out when it is none */
	const char *languages;   /* "en, cy" */
	int64_t at;
	struct bytes body;       /* UTF-8, paragraphs and lines ended by LF; long lines are wrapped at blanks */
};

/* CRLF line ends, no line over 76 octets but a field that cannot be folded; marked Auto-Submitted. */
struct bytes own_mail_make(struct arena *arena, const struct own_mail *mail);

/* RFC 2047: as it is when it is printable ASCII, else encoded words folded apart; never a line end of its own. */
char *header_encode_text(struct arena *arena, const char *text);
/* A display name: quoted or encoded. */
char *header_encode_name(struct arena *arena, const char *name);

#endif
