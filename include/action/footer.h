/* footer.h - adding lines at the foot of a letter while changing as few bytes as possible (DESIGN 6).
 *
 * The body is never re-serialised: lines are spliced into the encoded bytes of each shown text alternative, in that part's own
 * charset and transfer encoding. The one header change allowed is widening a part that cannot carry the name
 * (to utf-8 where the text is pure ASCII so far, to 8bit where it was 7bit, and 7bit to 8bit on the parts around it that declare
 * it). Every other byte stays. */
#ifndef COPYHOLD_ACTION_FOOTER_H
#define COPYHOLD_ACTION_FOOTER_H

#include "base/arena.h"
#include "message/message.h"
#include "reading/reading.h"

/* Why a message is not touched: a closed list (FIELD-LESSONS F11). One row each in untouched.c: code word for the
 * X-Copyhold-Id header, log and report; sentence for people. */
enum untouched {
	TOUCHED,                 /* the footer was placed in every shown text */
	UNTOUCHED_SIGNED,        /* signed, as a whole or some part of it */
	UNTOUCHED_ENCRYPTED,
	UNTOUCHED_AMBIGUOUS,     /* clients may disagree about its structure, or the ends of a part are not exact */
	UNTOUCHED_CHARSET,       /* a charset that cannot carry the line and cannot be widened, is unknown, or that the bytes do not fit */
	UNTOUCHED_NOT_ASCII,     /* UTF-16 without its byte order or not in base64, UTF-7 that is not ASCII too */
	UNTOUCHED_FORMAT,        /* the letter, or an alternative of it, is neither plain text nor HTML: RTF, TNEF ... */
	UNTOUCHED_ENCODING,      /* a transfer encoding we do not write, or damaged encoding */
	UNTOUCHED_NO_TEXT,       /* nothing shown that a line could be added to */
	UNTOUCHED_LINES,         /* the text has lines over 998 octets that some MTAs would break */
	UNTOUCHED_CANNOT_WIDEN,  /* the name does not fit and the part's header cannot be changed exactly */
	UNTOUCHED_NOT_SHOWN,     /* the HTML would hide the line: a comment, a hidden element, a quotation left open ... */
	UNTOUCHED_COUNT
};
const char *untouched_code(enum untouched why);     /* "signed" */
const char *untouched_sentence(enum untouched why); /* "the message is signed" */

enum edit_kind {
	EDIT_HEADER_REMOVE,  /* a whole field of the root's header block */
	EDIT_HEADER_REPLACE, /* the value of one field of the root's header block */
	EDIT_HEADER_INSERT,  /* a field at the top */
	EDIT_BODY,           /* bytes after the root's header block, headers of inner parts included */
};

/* One change of the raw message: raw[offset, offset + length) becomes `bytes`. The header kinds say the same in the words
 * the milter protocol has: field name, its number among the fields of that name (from 1), the new value. Edits are sorted by
 * offset and do not overlap. */
struct edit {
	enum edit_kind kind;
	size_t offset, length;
	struct bytes bytes;   /* whole field with its line end for header kinds */
	const char *name;
	unsigned occurrence;
	const char *value;    /* with its leading blank; folds as "\r\n " */
};
struct edit_list {
	struct edit *items;
	size_t count;
};

/* Plans the splice of `lines` (UTF-8, without line ends, one or more) at every foot. All or nothing: when one shown text
 * cannot take them, no edit is made and the reason returned. */
enum untouched footer_splice(struct arena *arena, const struct message *message, const struct reading *reading,
			     const char *const *lines, size_t line_count, struct edit_list *edits_out);

/* The message with the edits made. */
struct bytes edits_apply(struct arena *arena, struct bytes raw, const struct edit_list *edits);
/* The body (all after the root's header block) with the edits made; *changed_out tells whether it differs. */
struct bytes edits_apply_body(struct arena *arena, const struct message *message, const struct edit_list *edits, bool *changed_out);

#endif
