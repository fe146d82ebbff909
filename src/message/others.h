/* others.h - how the files that gather other readings of a message work together.
 *
 * other_texts.c walks over the parts; views.c divides the whole otherwise; text_guess.c turns any bytes into texts; transfer_guess.c undoes encodings
 * that nobody declared; uuencode.c finds files written into text; segment.c cuts at whatever looks like the head of a part.
 * All of it is paid for from the budget of the outermost message, so that the whole is linear.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_MESSAGE_OTHERS_H
#define COPYHOLD_MESSAGE_OTHERS_H

#include "internal.h"
#include "message/decode.h"

#define OTHERS_DEEP 3 /* encodings within encodings, views within views */

struct collector {
	struct arena *arena;
	struct tree *tree;         /* whose budget is spent: of the message, or of the view that is being read */
	const struct message *base; /* where a spent budget is told */
	const char *number;        /* the part of `base` all is said of; NULL: the part at hand has a number of its own there */
	struct other_readings *out;
	unsigned depth;
	bool utf7, utf16;          /* some field of the message names that charset */
	bool spent;
};

/* False when there is no more to spend, which is noted. */
bool others_spend(struct collector *collector, size_t bytes);
const char *others_number(const struct collector *collector, const struct part *part);
void others_add_file(struct collector *collector, const struct part *part, const char *how, const char *name, struct bytes content);
/* Whether the part has that defect of its own. */
bool others_noted(const struct part *part, enum defect_kind kind);
/* Takes what only some clients show of a message and those enclosed; `ambiguous`: each leaf in every way. */
void others_collect(struct collector *collector, const struct message *message, bool ambiguous);

/* views.c */
void views_take(struct collector *collector, const struct message *message);
/* Whether some part of `base` is the same bytes read in the same way. */
bool view_repeats(const struct message *base, const struct part *part);
enum view_kind { VIEW_PART, VIEW_WHOLE, VIEW_LAST_FIELDS };
/* Reads `raw` as a message of its own and takes all it shows. */
void others_view(struct collector *collector, const struct part *part, const char *how, struct bytes raw, enum view_kind kind);

/* text_guess.c */
/* Takes the bytes in every charset in which they are text, and nothing when they are none. */
void text_guess(struct collector *collector, const struct part *part, const char *how, struct bytes bytes);
void text_in_charset(struct collector *collector, const struct part *part, const char *how, struct bytes bytes, const char *charset);
bool looks_like_text(struct bytes bytes);
#define HTML_HEAD 1024 /* where browsers look for a charset */
/* Whether ASCII letters are written in that charset as anything but themselves. */
bool charset_is_shifty(const char *charset);
/* The next charset named behind the word "charset" from *at on; NULL when there is none. */
const char *charset_named(struct arena *arena, struct bytes where, size_t *at);
/* Whether text escapes to other alphabets as ISO 2022 has it, or writes ASCII in more bytes than UTF-8 allows. */
bool has_iso2022_escape(struct bytes bytes);
bool has_overlong(struct bytes bytes);
/* A file of a kind that holds text: what a mail client would offer to open. */
bool looks_like_document(struct bytes bytes);

/* transfer_guess.c: texts and files under an encoding that is not, or not rightly, declared. */
void transfer_guess_quoted_printable(struct collector *collector, const struct part *part, struct bytes bytes);
void transfer_guess_base64(struct collector *collector, const struct part *part, struct bytes bytes);
/* Malformed base64 or quoted-printable as other clients undo it. */
void transfer_reread(struct collector *collector, const struct part *part, struct bytes body);
/* A line that is nothing but base64, and too long for a word or two. */
bool is_long_base64_line(struct bytes line);
/* What came out of a decoder: a file, a text, or something with more encodings inside. */
void transfer_took(struct collector *collector, const struct part *part, const char *how, struct bytes bytes);

/* uuencode.c */
bool uuencode_begins(struct bytes line);
/* Files written into text: uuencode, its base64 form, yEnc. `headless`: the transfer encoding says that all of it is one. */
void uuencode_take(struct collector *collector, const struct part *part, struct bytes text, bool headless);

/* segment.c: every head of a part that stands in the bytes begins a view. */
/* Whether some line may begin such a head. */
bool mentions_content_field(struct bytes bytes);
void segments_take(struct collector *collector, const struct part *part, struct bytes bytes);

/* subject_guess.c: a Subject field as lenient clients decode it; NULL when that is what header_text gives. */
const char *subject_leniently(struct arena *arena, const struct header *header);

#endif
