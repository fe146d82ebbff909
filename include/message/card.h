/* card.h - the lines of contact cards (RFC 6350, and vCard 2.1 and 3.0 before it), unfolded and decoded.
 *
 * Our own: a card is a list of unfolded lines, and Debian's libraries for them belong to address books of desktops. */
#ifndef COPYHOLD_MESSAGE_CARD_H
#define COPYHOLD_MESSAGE_CARD_H

#include "base/arena.h"
#include "base/text.h"

/* "item1.NOTE;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:..." */
struct card_line {
	struct bytes name;              /* without its group: "NOTE" */
	struct bytes parameters, value; /* as they stand; card_value undoes the encoding */
};
struct card_reader {
	struct bytes content;
	size_t at;
	struct text unfolded, whole; /* the line being gathered; the one given out */
	bool soft;                   /* a "=" of quoted-printable stood at the end */
};

/* The next line that has a name, borrowed until the next call. Start from a reader with only its content set; card_end frees. */
bool card_next(struct card_reader *reader, struct card_line *out);
void card_end(struct card_reader *reader);
/* UTF-8, without its transfer encoding; escapes still in it. */
struct bytes card_value(struct arena *arena, const struct card_line *line);

#endif
