/* message.h - what the bytes of a message are: a part map with exact offsets.
 *
 * The scan is our own, linear and strict about limits (RFC 5322, 2045-2049, 2183, 2231); it never fails. What is
 * malformed, or could be read differently by another mail client, becomes a defect; what lies beyond a limit is
 * there as bytes but marked unexamined. Every offset points into `raw` of the message that holds the part.
 * A message and all below it live in the arena they were scanned into and borrow the raw bytes. */
#ifndef COPYHOLD_MESSAGE_MESSAGE_H
#define COPYHOLD_MESSAGE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

struct message_limits {
	size_t depth;        /* nesting of multiparts and enclosed messages together */
	size_t parts;        /* in the whole tree */
	size_t headers;      /* fields in one header block */
	size_t header_bytes; /* of one field, continuation lines included */
	size_t parameters;   /* of one Content-Type or Content-Disposition */
	size_t comment_depth; /* nesting of ( ) in a structured field */
	size_t decoded_bytes; /* decoded for reading, over the whole message */
};
#define MESSAGE_LIMITS_DEFAULT \
	((struct message_limits){ 20, 1000, 2000, 60000, 200, 32, (size_t)32 << 20 })

/* One row each in message/defect.c: name for reports, and whether it makes the message ambiguous (two mail
 * clients could show different text or structure). Names follow ENGINEERING A.5. */
enum defect_kind {
	DEFECT_HEADER_JUNK,         /* a line in a header block that is no field */
	DEFECT_HEADER_DUPLICATE,    /* Content-*, From, Subject ... more than once */
	DEFECT_HEADER_CONTROL,      /* NUL or bare CR in a header block */
	DEFECT_HEADER_LONG,         /* a field beyond limits.header_bytes */
	DEFECT_HEADER_MANY,
	DEFECT_HEADER_8BIT,         /* raw 8-bit bytes in a header; not ambiguous by itself */
	DEFECT_HEADER_SPACE_COLON,  /* "Subject : x" */
	DEFECT_NO_BLANK_LINE,       /* the header block is not ended by an empty line */
	DEFECT_CONTENT_TYPE,        /* does not match the grammar, or needs guessing */
	DEFECT_BOUNDARY_PARAMETER,  /* escaped, encoded, too long, duplicate, missing or with illegal characters */
	DEFECT_ENCODING_UNKNOWN,    /* transfer encoding not one of the five, commented or folded oddly */
	DEFECT_ENCODING_COMPOSITE,  /* base64 or quoted-printable on multipart or message */
	DEFECT_BOUNDARY_ABSENT,     /* a multipart without one part */
	DEFECT_BOUNDARY_UNCLOSED,   /* common in innocent mail: not ambiguous by itself */
	DEFECT_BOUNDARY_AFTER_CLOSE,
	DEFECT_BOUNDARY_GARBAGE,    /* "--boundary" followed by something else */
	DEFECT_BOUNDARY_PREFIX,     /* one boundary is the beginning of another in force */
	DEFECT_PART_EMPTY,
	DEFECT_BODY_LIKE_HEADER,    /* a blank line and then what looks like part headers */
	DEFECT_BASE64,              /* foreign characters, data after padding, wrong length */
	DEFECT_QUOTED_PRINTABLE,    /* "=" not followed by two hex digits or a line end */
	DEFECT_UUENCODE,            /* "begin 644" or "=ybegin" in text */
	DEFECT_NUL,                 /* in a text body */
	DEFECT_BARE_CR,
	DEFECT_PARTIAL,             /* message/partial, message/external-body */
	DEFECT_ENCODED_WORD,        /* RFC 2047 that does not decode */
	DEFECT_CHARSET,             /* unknown, not allowed, or the bytes do not fit it; 8-bit text under none or
	                               US-ASCII is guessed and not noted: innocent, and ASCII stays ASCII */
	DEFECT_DEPTH,
	DEFECT_PARTS,
	DEFECT_SIZE,                /* more to decode than limits.decoded_bytes */
	DEFECT_STRUCTURE_DIFFERS,   /* libetpan sees other parts than our scan */
	DEFECT_TEXT_OUTSIDE,        /* in a preamble or epilogue; not ambiguous: lists add it; read all the same */
	DEFECT_TEXT_DISGUISED,      /* HTML declared plain, text/enriched; not ambiguous, read as both */
	DEFECT_FILE_NAME,           /* fields or parameters that name the file differently; not ambiguous, all are names */
	DEFECT_LINE_LONG,           /* a body line over 998 octets; not ambiguous */
};

struct defect {
	enum defect_kind kind;
	const char *part; /* part number, "" for the message itself */
};
const char *defect_name(enum defect_kind kind); /* "boundary-unclosed" */
bool defect_is_known(unsigned kind); /* one of them */
bool defect_is_ambiguous(enum defect_kind kind);
const char *defect_explanation(enum defect_kind kind); /* one plain sentence for the clerk */

struct header {
	struct bytes name;  /* as written */
	struct bytes value; /* all between the colon and the final line end, blanks and folds included */
	size_t start, end;  /* the whole field in raw, its final line end included */
};

struct parameter {
	const char *name;  /* lower case, RFC 2231 section numbers and asterisks removed */
	const char *value; /* unquoted, RFC 2231 continuations joined and decoded to UTF-8 */
};

enum transfer_encoding {
	ENCODING_7BIT,
	ENCODING_8BIT,
	ENCODING_BINARY,
	ENCODING_QUOTED_PRINTABLE,
	ENCODING_BASE64,
	ENCODING_UNKNOWN,
};

struct message;

struct part {
	struct message *message; /* whose raw the offsets point into */
	struct part *parent, *first_child, *next;
	const char *number;      /* "1.2" as IMAP counts (RFC 3501); "" for the root of the outer message */
	unsigned depth;          /* 0 for the root of the outer message; goes on counting into enclosed messages */

	size_t start;            /* first byte of the header block */
	size_t body_start;       /* first byte after the empty line */
	size_t body_end;         /* one past the last body byte; the line end before a delimiter belongs to the delimiter */
	const struct header *headers;
	size_t header_count;

	const char *type, *subtype; /* lower case; the default where absent (text/plain, message/rfc822 in a digest) */
	bool type_declared;         /* a Content-Type field is there and could be read */
	const struct parameter *parameters;
	size_t parameter_count;
	const char *charset;        /* lower case, NULL when not declared */
	enum transfer_encoding encoding;
	bool encoding_declared;
	const char *disposition;    /* "attachment", "inline", other; NULL when absent */
	const char *file_name;      /* from Content-Disposition or Content-Type, UTF-8; NULL when none */
	const char *const *other_names; /* what other clients would call it: other fields, parameters, ways to read them */
	size_t other_name_count;

	bool exact;      /* both ends of the body are where every strict parser puts them: safe to splice */
	bool ambiguous;  /* a defect of its own that lets clients read it differently */
	struct message *enclosed; /* message/rfc822 and message/global: the message inside, decoded if need be */
};

struct message {
	struct bytes raw;           /* CRLF line ends expected; others are tolerated and noted */
	struct part *root;
	struct part *const *parts;  /* every part of this message in order of bytes, those of enclosed messages not included */
	size_t part_count;
	struct message *encloser;   /* NULL for the outermost */
	const struct defect *defects; /* on the outermost message: of the whole tree */
	size_t defect_count;
	bool ambiguous;             /* some defect of the tree is */
};

/* Scans. Linear in raw.length; memory bounded by limits. Always returns a message with a root. */
struct message *message_scan(struct arena *arena, struct bytes raw, const struct message_limits *limits);

/* Adds a defect found later (decoding, charset) to the outermost message; duplicates are dropped. */
void message_note(struct arena *arena, const struct part *part, enum defect_kind kind);
bool message_has_defect(const struct message *message, enum defect_kind kind);

/* Asks libetpan for its opinion on structure, after the guards that its crashes and quadratic cases need
 * (ENGINEERING A.2); notes DEFECT_STRUCTURE_DIFFERS where leaves, types or encodings differ. message/etpan.c. */
void message_second_opinion(struct arena *arena, struct message *message);

/* LF or mixed line ends made CRLF (a lone CR stays); borrows when nothing changes. */
struct bytes message_to_crlf(struct arena *arena, struct bytes raw);

bool part_is(const struct part *part, const char *type, const char *subtype); /* subtype NULL: any */
bool part_is_multipart(const struct part *part);
/* HTML, or one of its kinds that some mail clients show instead: AMP, a watch's. */
bool part_is_html(const struct part *part);
/* A text part a mail client shows as the message, not as an attachment. */
bool part_is_shown_text(const struct part *part);
/* True when the part or one above it, within its message or above, is signed or encrypted (RFC 1847, S/MIME,
 * PGP/MIME, Microsoft rpmsg). */
bool part_is_protected(const struct part *part);
const char *part_parameter(const struct part *part, const char *name); /* NULL when absent */

#endif
