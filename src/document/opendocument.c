/* opendocument.c - OpenDocument text: content.xml and styles.xml of odt, ods and odp, or all in one flat file.
 *
 * White space counts as in HTML, and only inside paragraphs. Of a spreadsheet each table is a place, of a presentation each page.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "document/flow.h"
#include "document/office.h"

#define STYLES_MOST 200
#define BLANKS_MOST 100

enum body { BODY_TEXT, BODY_SHEETS, BODY_PAGES };

struct opendocument {
	struct xml *xml;
	const char *place;
	struct flow flow;
	enum body body;
	unsigned paragraphs;      /* open ones: a box in a paragraph holds its own */
	const char *style;        /* being defined */
	const char **hidden;      /* names of styles that hide */
	size_t hidden_count;
	size_t pages;
	bool sheet_hidden, in_row;
};

/* ---- styles --------------------------------------------------------------------------------------------------- */

static void name_style(struct opendocument *document)
{
	document->style = xml_attribute(document->xml, "name");
}

static void read_properties_of_style(struct opendocument *document)
{
	const char *display = xml_attribute(document->xml, "display");
	bool hides = display != NULL && (strcmp(display, "none") == 0 || strcmp(display, "false") == 0);
	if (hides && document->style != NULL && document->hidden_count < STYLES_MOST)
		*ARENA_PUSH(document->xml->documents->arena, document->hidden, document->hidden_count) = document->style;
}

static bool is_hidden(struct opendocument *document)
{
	const char *style = xml_attribute(document->xml, "style-name");
	for (size_t i = 0; style != NULL && i < document->hidden_count; i++)
		if (strcmp(document->hidden[i], style) == 0)
			return true;
	return false;
}

/* ---- places --------------------------------------------------------------------------------------------------- */

/* What was read so far belongs to the place so far. */
static void begin_place(struct opendocument *document, const char *within)
{
	if (document->sheet_hidden) {
		flow_add_to(&document->flow, FLOW_HIDDEN, text_bytes(&document->flow.streams[FLOW_MAIN]));
		text_truncate(&document->flow.streams[FLOW_MAIN], 0);
	}
	flow_give(&document->flow);
	document->flow.place = document_place(document->xml->documents->arena, document->place, within);
	document->sheet_hidden = false;
}

static void begin_table(struct opendocument *document)
{
	struct arena *arena = document->xml->documents->arena;
	if (document->body != BODY_SHEETS || flow_current(&document->flow) != FLOW_MAIN)
		return;
	const char *name = xml_attribute(document->xml, "name");
	bool hidden = is_hidden(document);
	begin_place(document, arena_printf(arena, "sheet %.*s", (int)OFFICE_NAME, name == NULL ? "" : name));
	document->sheet_hidden = hidden;
}

static void begin_page(struct opendocument *document)
{
	if (document->body == BODY_PAGES)
		begin_place(document, arena_printf(document->xml->documents->arena, "slide %zu", ++document->pages));
}

static void begin_cell(struct opendocument *document)
{
	if (document->body == BODY_SHEETS && document->in_row)
		flow_add(&document->flow, BYTES("\t"));
	if (document->body != BODY_SHEETS)
		flow_begin_cell(&document->flow);
	document->in_row = true;
}

static void begin_row(struct opendocument *document)
{
	document->in_row = false;
	if (document->body != BODY_SHEETS)
		flow_begin_row(&document->flow);
}

static void be_sheets(struct opendocument *document)
{
	document->body = BODY_SHEETS;
}

static void be_pages(struct opendocument *document)
{
	document->body = BODY_PAGES;
}

/* ---- text ----------------------------------------------------------------------------------------------------- */

static void begin_paragraph(struct opendocument *document)
{
	document->paragraphs++;
}

static void add_blanks(struct opendocument *document)
{
	const char *count = xml_attribute(document->xml, "c");
	long blanks = count == NULL ? 1 : strtol(count, NULL, 10);
	for (long i = 0; i < blanks && i < BLANKS_MOST; i++)
		flow_add(&document->flow, BYTES(" "));
}

static void add_tab(struct opendocument *document)
{
	flow_add(&document->flow, BYTES("\t"));
}

static void break_line(struct opendocument *document)
{
	flow_end_line(&document->flow);
}

static void read_span(struct opendocument *document)
{
	if (is_hidden(document))
		flow_enter(&document->flow, FLOW_HIDDEN, document->xml->depth);
}

static void read_hidden_field(struct opendocument *document)
{
	flow_add_to(&document->flow, FLOW_HIDDEN, bytes_of(xml_attribute(document->xml, "string-value")));
	xml_skip(document->xml);
}

static void skip(struct opendocument *document)
{
	xml_skip(document->xml);
}

static void read_meta(struct opendocument *document)
{
	properties_read(document->xml, document->place);
}

/* In a presentation's master the frames with a class only say "click to edit". */
static void read_frame(struct opendocument *document)
{
	if (flow_current(&document->flow) == FLOW_HEADER && xml_attribute(document->xml, "class") != NULL)
		xml_skip(document->xml);
}

static void enter_header(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_HEADER, document->xml->depth);
}

static void enter_footer(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_FOOTER, document->xml->depth);
}

static void enter_notes(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_NOTES, document->xml->depth);
}

static void enter_comments(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_COMMENTS, document->xml->depth);
}

static void enter_deleted(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_DELETED, document->xml->depth);
}

static void enter_speaker(struct opendocument *document)
{
	flow_enter(&document->flow, FLOW_SPEAKER, document->xml->depth);
}

/* In a text document shapes are anchored in sentences; elsewhere they are the text. */
static void enter_shape(struct opendocument *document)
{
	if (document->body == BODY_TEXT && flow_current(&document->flow) == FLOW_MAIN)
		flow_enter(&document->flow, FLOW_BOX, document->xml->depth);
}

static const struct {
	const char *element;
	void (*start)(struct opendocument *document);
} actions[] = {
	{ "p", begin_paragraph }, { "h", begin_paragraph }, { "span", read_span }, { "s", add_blanks }, { "tab", add_tab }, { "line-break", break_line },
	{ "table", begin_table }, { "table-row", begin_row }, { "table-cell", begin_cell }, { "covered-table-cell", begin_cell }, { "page", begin_page },
	{ "spreadsheet", be_sheets }, { "presentation", be_pages }, { "style", name_style }, { "text-properties", read_properties_of_style },
	{ "table-properties", read_properties_of_style }, { "hidden-text", read_hidden_field }, { "meta", read_meta }, { "frame", read_frame },
	{ "header", enter_header }, { "header-left", enter_header }, { "header-first", enter_header }, { "master-page", enter_header },
	{ "footer", enter_footer }, { "footer-left", enter_footer }, { "footer-first", enter_footer }, { "note-body", enter_notes },
	{ "annotation", enter_comments }, { "tracked-changes", enter_deleted }, { "notes", enter_speaker }, { "text-box", enter_shape },
	{ "custom-shape", enter_shape }, { "rect", enter_shape }, { "ellipse", enter_shape }, { "circle", enter_shape }, { "polygon", enter_shape },
	{ "path", enter_shape }, { "line", enter_shape }, { "connector", enter_shape }, { "measure", enter_shape }, { "caption", enter_shape },
	/* No text that is shown: marks of notes, who commented when, alternative texts, templates of indexes, settings. */
	{ "note-citation", skip }, { "creator", skip }, { "date", skip }, { "date-string", skip }, { "change-info", skip }, { "title", skip },
	{ "desc", skip }, { "table-of-content-source", skip }, { "scripts", skip }, { "forms", skip }, { "settings", skip }, { "binary-data", skip },
	{ "ruby-text", skip }, { "font-face-decls", skip },
};

static void start(struct opendocument *document)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (xml_is(document->xml, actions[i].element)) {
			actions[i].start(document);
			return;
		}
}

static void end(struct opendocument *document)
{
	struct xml *xml = document->xml;
	bool paragraph = xml_is(xml, "p") || xml_is(xml, "h");
	if (paragraph && document->paragraphs > 0)
		document->paragraphs--;
	/* Paragraphs of a cell stay on the row's line. */
	bool in_cell = document->body == BODY_SHEETS && flow_current(&document->flow) == FLOW_MAIN;
	if (paragraph && in_cell)
		flow_add(&document->flow, BYTES(" "));
	else if (paragraph || xml_is(xml, "table-row"))
		flow_end_line(&document->flow);
	if (document->body != BODY_SHEETS && xml_is(xml, "table-cell"))
		flow_end_cell(&document->flow);
	if (document->body != BODY_SHEETS && xml_is(xml, "table-row"))
		flow_end_row(&document->flow);
	flow_leave(&document->flow, xml->depth);
}

static void add_text(struct opendocument *document, struct bytes text)
{
	struct text *stream = &document->flow.streams[flow_current(&document->flow)];
	for (size_t i = 0; i < text.length; i++) {
		bool blank = ascii_is_space(text.data[i]);
		if (!blank)
			text_add_char(stream, text.data[i]);
		else if (stream->length > 0 && !ascii_is_space(stream->data[stream->length - 1]))
			text_add_char(stream, ' ');
	}
}

void opendocument_read(struct xml *xml, const char *place)
{
	struct opendocument document = { .xml = xml, .place = place };
	flow_begin(&document.flow, xml->documents, place);
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;) {
		if (event == XML_START)
			start(&document);
		else if (event == XML_END)
			end(&document);
		else if (document.paragraphs > 0)
			add_text(&document, xml->text);
	}
	begin_place(&document, "");
}
