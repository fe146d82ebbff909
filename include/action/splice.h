/* splice.h - putting decoded bytes into a body that stays in its transfer encoding (RFC 2045 section 6).
 *
 * A splice is one replaced run of the encoded body. It is only handed out when decoding the changed body gives exactly what was
 * there with the new bytes at their place. */
#ifndef COPYHOLD_ACTION_SPLICE_H
#define COPYHOLD_ACTION_SPLICE_H

#include "base/text.h"
#include "message/message.h"

/* RFC 2045: no encoded line is longer. */
#define ENCODED_LINE_LENGTH 76

/* RFC 5322 section 2.1.1, without the line end: some MTAs break longer ones. */
#define MAIL_LINE_LENGTH 998

struct splice {
	size_t start, end;  /* encoded[start, end) ... */
	struct bytes bytes; /* ... becomes this */
};

/* Where `inserted` goes in before decoded[at]. In quoted-printable, line ends of `inserted` are hard breaks and stand as
 * they are, so they should be those of the encoded body. False when it cannot be done exactly. */
bool splice_encoded(struct arena *arena, enum transfer_encoding encoding, struct bytes encoded, size_t at,
		    struct bytes inserted, struct splice *out);
/* The transfer encoding undone; borrows for 7bit, 8bit and binary. False when it is damaged or not one we know. */
bool splice_decode(struct arena *arena, enum transfer_encoding encoding, struct bytes encoded, struct bytes *out);

bool splice_quoted_printable(struct arena *arena, struct bytes encoded, size_t at, struct bytes inserted, struct splice *out);
bool splice_base64(struct arena *arena, struct bytes encoded, struct bytes decoded, size_t at, struct bytes inserted,
		   struct splice *out);

/* How quoted-printable is written. */
struct quoting {
	struct bytes eol; /* of soft breaks */
	bool small;       /* "=c3" and not "=C3" */
};
/* Appends quoted-printable that begins in that column; returns the column it ends in. Characters are never cut in two by a soft
 * break. */
size_t quoted_printable_encode(struct text *out, struct bytes utf8, size_t column, const struct quoting *quoting);

/* The line end in use around `at`: the last one before it, else the first after it, else CRLF. */
struct bytes line_end_near(struct bytes text, size_t at);

#endif
