/* flow.c - see flow.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/flow.h"

static const struct {
	const char *place;
	enum document_role role;
} streams[FLOW_STREAMS] = {
	[FLOW_MAIN] = { "", DOCUMENT_BODY },
	[FLOW_HEADER] = { "header", DOCUMENT_MARGIN },
	[FLOW_FOOTER] = { "footer", DOCUMENT_MARGIN },
	[FLOW_WATERMARK] = { "watermark", DOCUMENT_MARGIN },
	[FLOW_BOX] = { "text box", DOCUMENT_BODY },
	[FLOW_NOTES] = { "footnotes", DOCUMENT_NOTE },
	[FLOW_COMMENTS] = { "comments", DOCUMENT_NOTE },
	[FLOW_SPEAKER] = { "notes", DOCUMENT_NOTE },
	[FLOW_DELETED] = { "deleted text", DOCUMENT_HIDDEN },
	[FLOW_HIDDEN] = { "hidden text", DOCUMENT_HIDDEN },
};

void flow_begin(struct flow *flow, struct documents *documents, const char *place)
{
	*flow = (struct flow){ .documents = documents, .place = place };
}

enum flow_stream flow_current(const struct flow *flow)
{
	return flow->height == 0 ? FLOW_MAIN : flow->stack[flow->height - 1].stream;
}

void flow_enter(struct flow *flow, enum flow_stream stream, int depth)
{
	if (flow->height < FLOW_DEPTH) {
		flow->stack[flow->height].stream = stream;
		flow->stack[flow->height++].depth = depth;
	}
}

void flow_leave(struct flow *flow, int depth)
{
	while (flow->height > 0 && flow->stack[flow->height - 1].depth >= depth) {
		flow_end_line(flow);
		flow->height--;
	}
}

void flow_add_to(struct flow *flow, enum flow_stream stream, struct bytes text)
{
	text_add_bytes(&flow->streams[stream], text);
}

void flow_add(struct flow *flow, struct bytes text)
{
	flow_add_to(flow, flow_current(flow), text);
}

void flow_end_line(struct flow *flow)
{
	struct text *text = &flow->streams[flow_current(flow)];
	if (text->length > 0 && text->data[text->length - 1] != '\n')
		text_add_char(text, '\n');
}

void flow_begin_row(struct flow *flow)
{
	flow_end_line(flow);
	flow->in_row = true;
	flow->row_split = false;
	flow->row_stream = flow_current(flow);
	flow->row = flow->cell = flow->streams[flow->row_stream].length;
}

void flow_begin_cell(struct flow *flow)
{
	flow->cell = flow->streams[flow_current(flow)].length;
}

void flow_end_cell(struct flow *flow)
{
	const struct text *text = &flow->streams[flow->row_stream];
	if (!flow->in_row || flow_current(flow) != flow->row_stream)
		return;
	flow_end_line(flow);
	size_t lines = 0;
	for (size_t i = flow->cell; i < text->length; i++)
		lines += text->data[i] == '\n';
	flow->row_split |= lines > 1;
}

/* A row around this one has several lines, and stays as it is. */
void flow_end_row(struct flow *flow)
{
	struct text *text = &flow->streams[flow->row_stream];
	for (size_t i = flow->row; flow->in_row && !flow->row_split && i + 1 < text->length; i++)
		if (text->data[i] == '\n')
			text->data[i] = '\t';
	flow->in_row = false;
}

size_t flow_length(const struct flow *flow)
{
	size_t length = 0;
	for (size_t i = 0; i < FLOW_STREAMS; i++)
		length += flow->streams[i].length;
	return length;
}

void flow_give(struct flow *flow)
{
	flow->height = 0;
	for (size_t i = 0; i < FLOW_STREAMS; i++) {
		const char *place = document_place(flow->documents->arena, flow->place, streams[i].place);
		documents_add_aside(flow->documents, place, text_bytes(&flow->streams[i]), streams[i].role);
		text_release(&flow->streams[i]);
	}
}
