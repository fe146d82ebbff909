/* internal.h - what the files of this layer share and nobody else sees.
 *
 * Every message and part a caller holds is the first member of a record that also keeps what only the layer needs;
 * the budgets of a whole tree (parts, fields, decoded bytes) hang on one struct tree.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPYHOLD_MESSAGE_INTERNAL_H
#define COPYHOLD_MESSAGE_INTERNAL_H

#include <stdint.h>

#include "message/message.h"

#define NOT_FOUND ((size_t)-1)
#define DEFECT_COUNT (DEFECT_LINE_LONG + 1)

struct tree {
	struct arena *arena;
	struct message_limits limits;
	struct message *outermost;
	struct defect *defects; /* the same array outermost->defects shows */
	size_t parts, fields, decoded; /* spent so far */
	size_t others;    /* spent on other readings, which have as much again */
	bool view;        /* is itself another reading of some bytes, and spends all from `decoded` */
	bool last_fields; /* where Content- fields stand twice the last one holds, as some clients have it */
};

struct message_record {
	struct message message;
	struct tree *tree;
	struct part *inside; /* the message/rfc822 part around it; NULL for the outermost */
};

struct part_record {
	struct part part;
	uint64_t noted;       /* one bit for each defect_kind */
	bool blank_line;      /* its header block ends with an empty line */
	bool ends_exactly;    /* CRLF and a delimiter, or the end of the message */
	struct bytes boundary; /* as it stands in delimiter lines; empty when none can be used */
	struct part *last_child;
	size_t child_count;
	size_t preamble_end;  /* multiparts: where the first delimiter line begins, body_end when there is none */
	size_t epilogue_start; /* multiparts: after the close delimiter line, body_end when there is none */
	bool decoded_known, text_known; /* decoding is done, and paid for, once */
	struct bytes decoded, text;
};

static inline struct tree *tree_of(const struct message *message)
{
	return ((const struct message_record *)message)->tree;
}

static inline struct part_record *record_of(const struct part *part)
{
	return (struct part_record *)part;
}

static inline struct bytes part_body(const struct part *part)
{
	return bytes_slice(part->message->raw, part->body_start, part->body_end);
}

/* The part above, crossing from an enclosed message to the part that holds it; NULL at the top. */
const struct part *part_above(const struct part *part);
/* Scans `raw` as the outermost message of an empty tree. */
struct message *tree_scan(struct tree *tree, struct bytes raw);
/* Takes `bytes` from the tree's budget of decoded bytes; false when it is spent. */
bool tree_spend(struct tree *tree, size_t bytes);

/* header_block.c: reads the fields at part->start into the part and sets body_start. `is_delimiter` tells the lines
 * that end a block although no empty line came. */
struct delimiter_test {
	bool (*is_delimiter)(const void *context, struct bytes line);
	const void *context;
};
void header_block_read(struct part *part, struct delimiter_test test);

/* content.c: type, parameters, encoding, disposition and boundary from the fields. */
void content_read(struct part *part);
/* The Content- field that holds: the first, or in some views the last. NULL when there is none. */
const struct header *content_field(const struct part *part, const char *name);

/* file_name.c: the name of the file in a part, and what other clients would call it. */
void file_name_read(struct part *part);

/* structured.c: a cursor over a structured field (RFC 2045 5.1, RFC 5322 3.2.2). */
struct cursor {
	struct bytes text;
	size_t at;
	size_t comment_depth; /* deepest nesting of ( ) that is followed */
	bool commented;       /* a comment was passed */
	bool malformed;       /* something had to be guessed */
};
void cursor_skip(struct cursor *cursor); /* blanks, folds and comments */
bool cursor_done(const struct cursor *cursor);
bool cursor_take(struct cursor *cursor, char wanted);
struct bytes cursor_token(struct cursor *cursor); /* empty when there is none */
/* A quoted string with its quotes and escapes undone; the cursor stands on the opening quote. */
struct bytes cursor_quoted(struct cursor *cursor, struct arena *arena, bool *escaped_out);

/* parameter.c: what follows the type or disposition; RFC 2231 joined and decoded. */
struct parameter_set {
	struct parameter *items;
	size_t count;
	struct bytes boundary;   /* raw bytes of the first boundary parameter */
	bool boundary_doubtful;  /* escaped, encoded, in sections, or given twice differently */
};
struct parameter_set parameters_read(struct arena *arena, struct cursor *cursor, size_t most);

/* guard.c: whether libetpan may be given these bytes: what would crash it, exhaust its stack or take it
 * quadratic time does not pass. Judged on the raw bytes, because libetpan may see headers where our scan sees text. */
bool guard_message(struct bytes raw);
bool guard_field(struct bytes value);

/* etpan.c, the only file that knows libetpan. False when the guard or the grammar refused. */
bool etpan_addresses(struct arena *arena, struct bytes value, const char *const **addresses_out, size_t *count_out);

/* mailboxes.c: every field of the name, each parsed by `parse`. */
struct mailbox_list;
struct mailbox_list mailboxes_gather(struct arena *arena, const struct part *part, const char *field,
				     struct mailbox_list (*parse)(struct arena *arena, struct bytes value));

char *lower_string(struct arena *arena, struct bytes bytes);

#endif
