/* document.h - the text of a file somebody attached, by its content and not by its name.
 *
 * One file becomes pieces of text, each with the place where a person would find it, the files and letters inside it, and
 * what could not be read with the reason a clerk understands. Formats and the libraries behind them: document.c. Runs in
 * the reader process only (DESIGN 9): a library may crash or loop on hostile bytes, which costs that one message. */
#ifndef COPYHOLD_DOCUMENT_DOCUMENT_H
#define COPYHOLD_DOCUMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"

/* For all that one message carries, together. What lies beyond a limit is a trouble, never silence. */
struct document_limits {
	size_t depth;    /* of containers in containers: a zip in a zip is 2 */
	size_t files;    /* opened, members of containers counted */
	size_t unpacked; /* octets out of compression and encoding */
	size_t ratio;    /* octets that one octet of a container may become, once it has given a mebibyte */
	size_t text;     /* octets of text given back */
};
#define DOCUMENT_LIMITS_DEFAULT \
	((struct document_limits){ 5, 500, (size_t)64 << 20, 200, (size_t)6 << 20 })

/* What a text is to the document it stands in: a word that labels in one place only speaks in another. */
enum document_role {
	DOCUMENT_BODY,        /* what its author wrote: the main text, pages, sheets, slides, a text box */
	DOCUMENT_MARGIN,      /* around every page: header, footer, watermark */
	DOCUMENT_PROPERTIES,  /* one "Name: value" a line: title, subject, keywords, category, status ... */
	DOCUMENT_SENSITIVITY, /* the file's Purview labels, as an msip_labels header field would have them */
	DOCUMENT_NOTE,        /* beside the text: comments, footnotes, speaker notes */
	DOCUMENT_HIDDEN,      /* in the file, but not shown: deleted while changes were tracked, hidden text, hidden sheets */
};

/* The places are plain phrases that follow the file's name in a sentence: "page 3", "header", "comments", "properties",
 * "sheet Budget", "slide 2, notes", and behind the name of the file in a container: "minutes.docx, footer". "" is the main
 * text. UTF-8 and NUL-terminated as all strings here. */
struct document_text {
	const char *place;
	enum document_role role;
	struct bytes utf8; /* lines end in LF; no NUL; ill-formed input became U+FFFD */
	bool html;         /* markup still to be read by reading/html.h */
};

/* A letter in the file: an e-mail saved as a file, in a zip, in winmail.dat, as Outlook's .msg. */
struct document_letter {
	const char *place;
	struct bytes raw;                      /* an RFC 5322 message; or empty, and then: */
	const char *from, *to, *cc, *subject;  /* as header fields would have them; NULL when absent */
	const char *sensitivity;               /* as the Sensitivity field would have it; NULL */
	struct bytes plain, html;              /* the text's alternatives, UTF-8; either may be empty */
};

struct document_trouble {
	const char *place;
	const char *why; /* "locked with a password", "damaged", "scanned pages without text": one plain phrase */
};

/* What is found gathers here over all files of one message. */
struct documents {
	struct arena *arena;
	struct document_limits left; /* what may still be used; document_read counts down */
	struct document_text *texts;
	size_t text_count;
	struct document_letter *letters;
	size_t letter_count;
	struct document_trouble *troubles;
	size_t trouble_count;
	/* How often a limit was met: each is told once. */
	bool text_told, unpack_told, files_told, letters_told;
};

static inline struct documents documents_begin(struct arena *arena)
{
	return (struct documents){ .arena = arena, .left = DOCUMENT_LIMITS_DEFAULT };
}

/* Reads one file and all inside it into `documents`. `place` is "" for an attachment itself, or its name in a container;
 * `name` and `type` (the file name and "application/pdf") are only hints for content that has no signature of its own,
 * and may be NULL. False when the content is of no kind that holds text (a picture, sound): nothing is added then, and whether that
 * matters is the caller's to say. */
bool document_read(struct documents *documents, const char *place, struct bytes content, const char *name, const char *type);

/* For a layer that must not link the libraries itself: the reader process hands it over. */
struct document_opener {
	bool (*read)(struct documents *documents, const char *place, struct bytes content, const char *name, const char *type); /* document_read */
	bool (*is_plain)(struct bytes start); /* by the first octets: text or HTML, whatever anybody calls it */
	bool (*is_media)(struct bytes start); /* a picture, sound or film */
};
extern const struct document_opener document_opener;

/* For the readers of single formats. Text beyond the limit is cut and a trouble noted once; place and text are copied. */
void documents_add_text(struct documents *documents, const char *place, struct bytes utf8, bool html); /* a DOCUMENT_BODY */
void documents_add_aside(struct documents *documents, const char *place, struct bytes utf8, enum document_role role);
void documents_add_trouble(struct documents *documents, const char *place, const char *why);
/* An empty letter to fill in; what it points to must live in documents->arena. NULL when there are too many. */
struct document_letter *documents_add_letter(struct documents *documents, const char *place);
/* `bytes` (UTF-8 or not) as a piece of text has them: well-formed, LF line ends, no NUL. */
struct bytes document_clean(struct arena *arena, struct bytes bytes);
/* False, with a trouble noted, when `octets` more would be too many to unpack; counts them otherwise. */
bool documents_may_unpack(struct documents *documents, const char *place, size_t octets) __attribute__((warn_unused_result));
/* "minutes.docx, footer": `place` and `within` joined; either may be "". */
const char *document_place(struct arena *arena, const char *place, const char *within);

#endif
