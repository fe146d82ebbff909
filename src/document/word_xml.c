/* word_xml.c - Word's text: the parts of a docx, a Word 2003 XML file or a flat package alike, told by their elements.
 *
 * Tracked deletions and hidden text stand in the file, but nobody sees them; the text of a header, note or box stands where its
 * element is, in a file of its own or in the middle of a sentence.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/flow.h"
#include "document/office.h"

#define CHOICES_MOST 16

struct word {
	struct xml *xml;
	struct flow flow;
	bool hidden;   /* the run is */
	int run;       /* depth of the run's element, or -1 */
	size_t choices[CHOICES_MOST]; /* how much text there was where alternatives began */
	size_t choice_count;
};

/* Of the run's formatting only whether it hides the run matters. */
static void read_run_properties(struct word *word)
{
	int depth = word->xml->depth;
	for (;;) {
		enum xml_event event = xml_next(word->xml);
		if (event == XML_START && (xml_is(word->xml, "vanish") || xml_is(word->xml, "specVanish")) && word->run >= 0)
			word->hidden = xml_attribute_is_on(word->xml, "val", true);
		if (event == XML_END_OF_FILE || (event == XML_END && word->xml->depth <= depth))
			return;
	}
}

static void read_text(struct word *word)
{
	struct bytes text = xml_text_of(word->xml, (size_t)1 << 20);
	flow_add_to(&word->flow, word->hidden ? FLOW_HIDDEN : flow_current(&word->flow), text);
}

static void read_deleted(struct word *word)
{
	flow_add_to(&word->flow, FLOW_DELETED, xml_text_of(word->xml, (size_t)1 << 20));
}

static void begin_run(struct word *word)
{
	word->run = word->xml->depth;
	word->hidden = false;
}

/* WordArt: behind the text of a header it is a watermark. */
static void read_word_art(struct word *word)
{
	struct bytes words = bytes_of(xml_attribute(word->xml, "string"));
	bool behind = flow_current(&word->flow) == FLOW_HEADER || flow_current(&word->flow) == FLOW_FOOTER;
	enum flow_stream stream = behind ? FLOW_WATERMARK : FLOW_BOX;
	flow_add_to(&word->flow, stream, words);
	flow_add_to(&word->flow, stream, BYTES("\n"));
}

static void begin_choice(struct word *word)
{
	if (word->choice_count < CHOICES_MOST)
		word->choices[word->choice_count++] = flow_length(&word->flow);
}

/* Old Word shows the fallback, new Word the choice: the same text, unless there is no choice. */
static void read_fallback(struct word *word)
{
	if (word->choice_count > 0 && flow_length(&word->flow) > word->choices[word->choice_count - 1])
		xml_skip(word->xml);
}

static void skip(struct word *word)
{
	xml_skip(word->xml);
}

static void tab(struct word *word)
{
	flow_add(&word->flow, BYTES("\t"));
}

static void hyphen(struct word *word)
{
	flow_add(&word->flow, BYTES("-"));
}

static void break_line(struct word *word)
{
	flow_end_line(&word->flow);
}

static void begin_row(struct word *word)
{
	flow_begin_row(&word->flow);
}

static void begin_cell(struct word *word)
{
	flow_begin_cell(&word->flow);
}

static void enter_header(struct word *word)
{
	flow_enter(&word->flow, FLOW_HEADER, word->xml->depth);
}

static void enter_footer(struct word *word)
{
	flow_enter(&word->flow, FLOW_FOOTER, word->xml->depth);
}

static void enter_notes(struct word *word)
{
	flow_enter(&word->flow, FLOW_NOTES, word->xml->depth);
}

static void enter_comments(struct word *word)
{
	flow_enter(&word->flow, FLOW_COMMENTS, word->xml->depth);
}

static void enter_box(struct word *word)
{
	flow_enter(&word->flow, FLOW_BOX, word->xml->depth);
}

static void enter_deleted(struct word *word)
{
	flow_enter(&word->flow, FLOW_DELETED, word->xml->depth);
}

/* Word 2003's element for comments, insertions and deletions. */
static void enter_annotation(struct word *word)
{
	const char *type = xml_attribute(word->xml, "type");
	if (type != NULL && strcmp(type, "Word.Comment") == 0)
		enter_comments(word);
}

static const struct {
	const char *element;
	void (*start)(struct word *word);
} actions[] = {
	{ "t", read_text }, { "delText", read_deleted }, { "r", begin_run }, { "rPr", read_run_properties }, { "tab", tab }, { "ptab", tab },
	{ "br", break_line }, { "cr", break_line }, { "noBreakHyphen", hyphen }, { "textpath", read_word_art },
	{ "tr", begin_row }, { "tc", begin_cell },
	{ "AlternateContent", begin_choice }, { "Fallback", read_fallback },
	{ "hdr", enter_header }, { "ftr", enter_footer }, { "footnote", enter_notes }, { "endnote", enter_notes }, { "comment", enter_comments },
	{ "annotation", enter_annotation }, { "txbxContent", enter_box }, { "del", enter_deleted },
	/* No text that is shown: settings, field codes, a move's old place, furigana, the gallery of building blocks. */
	{ "pPr", skip }, { "sdtPr", skip }, { "sdtEndPr", skip }, { "tblPr", skip }, { "tblGrid", skip }, { "trPr", skip }, { "tcPr", skip },
	{ "instrText", skip }, { "delInstrText", skip }, { "moveFrom", skip }, { "rt", skip }, { "styles", skip }, { "fonts", skip }, { "lists", skip },
	{ "binData", skip }, { "posOffset", skip }, { "glossaryDocument", skip }, { "DocumentProperties", skip },
};

static void start(struct word *word)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (xml_is(word->xml, actions[i].element)) {
			actions[i].start(word);
			return;
		}
}

static void end(struct word *word)
{
	struct xml *xml = word->xml;
	if (xml_is(xml, "p"))
		flow_end_line(&word->flow);
	if (xml_is(xml, "tc"))
		flow_end_cell(&word->flow);
	if (xml_is(xml, "tr"))
		flow_end_row(&word->flow);
	if (xml_is(xml, "r")) {
		word->run = -1;
		word->hidden = false;
	}
	if (xml_is(xml, "AlternateContent") && word->choice_count > 0)
		word->choice_count--;
	flow_leave(&word->flow, xml->depth);
}

void word_xml_read(struct xml *xml, const char *place)
{
	struct word word = { .xml = xml, .run = -1 };
	flow_begin(&word.flow, xml->documents, place);
	enum xml_event event = XML_START;
	do {
		if (event == XML_START)
			start(&word);
		else if (event == XML_END)
			end(&word);
	} while ((event = xml_next(xml)) != XML_END_OF_FILE);
	flow_give(&word.flow);
}
