/* remedy.h - what a sender does about a message of their own by the link in their notice.
 *
 * The link's token is all the authority there is: for one message, one deed, once. Looking never acts: mail scanners follow links. The
 * deeds are those the rules offered when the message was judged, as far as they can still be done:
 *   open-copy    held: released with the line that makes the copy plain; or, when it cannot take the line and those who were written to
 *                may be told, released with a notice to them. Delivered: a notice to them.
 *   drop-hidden  the hidden copies that are held are not sent; the rest goes on
 *   withdraw     nothing that is held is sent; the message comes back
 *   reason       what they say stands beside the message; a reviewer reads it
 * A release is put down as a decision (decide.h) and carried out by whoever tends the store. */
#ifndef COPYHOLD_REVIEW_REMEDY_H
#define COPYHOLD_REVIEW_REMEDY_H

#include "review/decide.h"
#include "store/own_link.h"

#define REMEDY_TEXT_MOST 2000 /* octets of what a sender may say */

enum remedy_standing {
	REMEDY_OPEN,     /* the deeds of the page can be done */
	REMEDY_UNKNOWN,  /* no such link: altered or cut short */
	REMEDY_EXPIRED,
	REMEDY_USED,     /* by whoever has the mail: used_at, used_for */
	REMEDY_GONE,     /* the message is no longer kept */
	REMEDY_DECIDED,  /* nothing that was offered can be done any more */
};

struct remedy_offer {
	enum remedy remedy;
	const char *label, *will; /* on the button; what it does */
	bool wants_text;
};
struct remedy_page {
	enum remedy_standing standing;
	const char *text;            /* a sentence for the person */
	const struct held *held;     /* of the standings from REMEDY_OPEN but UNKNOWN and GONE, for whoever shows what it is about; else NULL */
	const char *person;          /* the sender's address, with `held` */
	const struct remedy_offer *offers;
	size_t offer_count;
	int64_t used_at;
	const char *used_for;        /* remedy_name */
};

/* What stands around the message on the page, by what it is for ("title", "not_sent" ...), in the Council's languages. */
struct remedy_word {
	const char *key, *text;
};
const struct remedy_word *remedy_page_words(const struct desk *desk, struct arena *arena, size_t *count_out);
/* One text of the catalogue, likewise: "Diolch / Thank you". */
const char *remedy_say(const struct desk *desk, struct arena *arena, const char *text);
/* What a deed is called on its button. */
const char *remedy_label(const struct desk *desk, struct arena *arena, enum remedy remedy);

/* What the link of this token stands for. False only on trouble with the store (ERROR_RETRY). */
bool remedy_look(struct desk *desk, struct arena *arena, const char *token, int64_t now, struct remedy_page *out, struct error *err) MUST_CHECK;

/* Does it, once: of two at the same time one is told that it was used. *text_out is what was done, for the person. `said` is for
 * REMEDY_REASON (needed there) and kept with the others. ERROR_INPUT: no such link, or a reason that is missing or too long;
 * ERROR_REFUSED: expired, used, gone, not offered, or somebody decided first, as the error says; ERROR_RETRY: nothing was done,
 * and the link is as it was. */
bool remedy_act(struct desk *desk, struct arena *arena, const char *token, enum remedy remedy, const char *said, int64_t now,
		const char **text_out, struct error *err) MUST_CHECK;

#endif
