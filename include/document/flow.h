/* flow.h - the text of one document as it runs, and what stands beside it, gathered apart. */
#ifndef COPYHOLD_DOCUMENT_FLOW_H
#define COPYHOLD_DOCUMENT_FLOW_H

#include "base/text.h"
#include "document/document.h"

enum flow_stream {
	FLOW_MAIN,
	FLOW_HEADER,
	FLOW_FOOTER,
	FLOW_WATERMARK,
	FLOW_BOX,       /* text boxes: they stand somewhere on the page, not in the middle of the sentence they are anchored in */
	FLOW_NOTES,     /* footnotes and endnotes */
	FLOW_COMMENTS,
	FLOW_SPEAKER,   /* notes to a slide */
	FLOW_DELETED,   /* struck out while changes were tracked */
	FLOW_HIDDEN,
	FLOW_STREAMS,
};

#define FLOW_DEPTH 32 /* of text beside text beside text */

struct flow {
	struct documents *documents;
	const char *place;
	struct text streams[FLOW_STREAMS];
	struct { enum flow_stream stream; int depth; } stack[FLOW_DEPTH];
	size_t height;
	/* The innermost row of a table being read, and whether some cell of it has several lines. */
	bool in_row, row_split;
	enum flow_stream row_stream;
	size_t row, cell;
};

void flow_begin(struct flow *flow, struct documents *documents, const char *place);
/* What runs from the element at `depth` on goes to the stream, until flow_leave of that depth. */
void flow_enter(struct flow *flow, enum flow_stream stream, int depth);
void flow_leave(struct flow *flow, int depth);
enum flow_stream flow_current(const struct flow *flow);
void flow_add(struct flow *flow, struct bytes text);
void flow_add_to(struct flow *flow, enum flow_stream stream, struct bytes text);
/* A line end, unless the stream is at the start of a line. */
void flow_end_line(struct flow *flow);
/* A row of a table: one line with tabs, as it is seen, unless a cell holds several. */
void flow_begin_row(struct flow *flow);
void flow_begin_cell(struct flow *flow);
void flow_end_cell(struct flow *flow);
void flow_end_row(struct flow *flow);
/* Octets in all streams. */
size_t flow_length(const struct flow *flow);
/* Gives every stream to the documents under its place and starts anew. */
void flow_give(struct flow *flow);

#endif
