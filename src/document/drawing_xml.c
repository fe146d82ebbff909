/* drawing_xml.c - DrawingML, in which slides, charts, diagrams and the text boxes of sheets are written; and all other XML.
 *
 * A slide master's or layout's placeholders only say "click to edit"; what else stands on it is on every slide.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/flow.h"
#include "document/office.h"

struct drawing {
	struct xml *xml;
	struct flow flow;
	bool pattern;   /* a master or layout */
	size_t shape;   /* how much text there was where the shape began */
	bool placeholder;
};

static void start(struct drawing *drawing)
{
	struct xml *xml = drawing->xml;
	if (xml_is(xml, "t") || xml_is(xml, "text")) { /* "text": of a slide's comment */
		flow_add(&drawing->flow, xml_text_of(xml, (size_t)1 << 20));
		if (xml_is(xml, "text"))
			flow_end_line(&drawing->flow);
	} else if (xml_is(xml, "br")) {
		flow_end_line(&drawing->flow);
	} else if (xml_is(xml, "tr")) {
		flow_begin_row(&drawing->flow);
	} else if (xml_is(xml, "tc")) {
		flow_begin_cell(&drawing->flow);
	} else if (xml_is(xml, "sp")) {
		drawing->shape = drawing->flow.streams[FLOW_MAIN].length;
		drawing->placeholder = false;
	} else if (xml_is(xml, "ph")) {
		drawing->placeholder = true;
	}
}

static void end(struct drawing *drawing)
{
	struct xml *xml = drawing->xml;
	struct text *text = &drawing->flow.streams[FLOW_MAIN];
	if (xml_is(xml, "p"))
		flow_end_line(&drawing->flow);
	if (xml_is(xml, "tc"))
		flow_end_cell(&drawing->flow);
	if (xml_is(xml, "tr"))
		flow_end_row(&drawing->flow);
	if (xml_is(xml, "sp") && drawing->pattern && drawing->placeholder && text->length > drawing->shape)
		text_truncate(text, drawing->shape);
}

void drawing_xml_read(struct xml *xml, const char *place, enum document_role role)
{
	struct drawing drawing = { .xml = xml, .pattern = role == DOCUMENT_MARGIN };
	flow_begin(&drawing.flow, xml->documents, place);
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;) {
		if (event == XML_START)
			start(&drawing);
		else if (event == XML_END)
			end(&drawing);
	}
	documents_add_aside(xml->documents, place, text_bytes(&drawing.flow.streams[FLOW_MAIN]), role);
	text_release(&drawing.flow.streams[FLOW_MAIN]);
}

/* A page made for a printer: pieces of text in attributes. */
void fixed_page_read(struct xml *xml, const char *place)
{
	struct text text = TEXT_INIT;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;) {
		const char *piece = event == XML_START && xml_is(xml, "Glyphs") ? xml_attribute(xml, "UnicodeString") : NULL;
		if (piece != NULL)
			text_printf(&text, "%s\n", strncmp(piece, "{}", 2) == 0 ? piece + 2 : piece);
	}
	documents_add_text(xml->documents, place, text_bytes(&text), false);
	text_release(&text);
}

/* Each element's text on a line of its own. */
void other_xml_read(struct xml *xml, const char *place)
{
	struct text text = TEXT_INIT;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;) {
		if (event == XML_START && (xml_is(xml, "style") || xml_is(xml, "script")))
			xml_skip(xml);
		else if (event == XML_TEXT)
			text_add_bytes(&text, xml->text);
		else if (text.length > 0 && text.data[text.length - 1] != '\n')
			text_add_char(&text, '\n');
	}
	documents_add_text(xml->documents, place, text_bytes(&text), false);
	text_release(&text);
}
