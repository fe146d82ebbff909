/* html.c - see html.h. One walk over the parsed tree writes the text line by line and remembers where each byte came
 * from.
 *
 * Two ideas carry the rest. Line ends are not written but owed (`owed`), so that nested blocks that begin or end
 * together make one line end. And each open element remembers how much ink there was when it began: an element that
 * has shown none yet begins with the coming line, so that "before that line" can mean before the whole of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/html.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "reading/html_guard.h"
#include "reading/html_quote.h"
#include "reading/html_style.h"
#include "reading/html_tree.h"

#define NOWHERE ((size_t)-1)
#define BLANK_LINES_MOST 3 /* owed line ends kept from a run of <br> */
/* A wrapper round "On ... wrote:" and its blockquote is one quotation, not two, when the blockquote comes this soon. */
#define WRAPPER_LINES 3
#define IMAGE_WORDS 20
#define RULE "________________________________"

/* An open element. */
struct frame {
	struct frame *outer;
	const GumboElement *element;
	size_t ink;          /* writer.ink when it began */
	bool wraps_quote;    /* a quotation wrapper whose blockquote has not come */
	bool counts;         /* as one of writer.quotes */
	size_t lines;        /* writer.line_count when it began */
};

struct writer {
	struct arena *arena;
	struct bytes html;
	struct text shown, hidden, depths;
	struct text source, places; /* of size_t */
	size_t line_count;
	size_t ink;      /* visible characters so far */
	int owed;        /* line ends to write before the next character */
	bool space_owed;
	bool line_begun;
	size_t quote_start;
	size_t last_source; /* of the last visible character */
	unsigned quotes;    /* open quotation containers */
	bool too_deep;
};

enum layout { LAYOUT_INLINE, LAYOUT_BLOCK, LAYOUT_PARAGRAPH, LAYOUT_CELL, LAYOUT_SKIP };

static const struct {
	GumboTag tag;
	enum layout layout;
} layouts[] = {
	{ GUMBO_TAG_P, LAYOUT_PARAGRAPH },    { GUMBO_TAG_H1, LAYOUT_PARAGRAPH },      { GUMBO_TAG_H2, LAYOUT_PARAGRAPH },
	{ GUMBO_TAG_H3, LAYOUT_PARAGRAPH },   { GUMBO_TAG_H4, LAYOUT_PARAGRAPH },      { GUMBO_TAG_H5, LAYOUT_PARAGRAPH },
	{ GUMBO_TAG_H6, LAYOUT_PARAGRAPH },   { GUMBO_TAG_UL, LAYOUT_PARAGRAPH },      { GUMBO_TAG_OL, LAYOUT_PARAGRAPH },
	{ GUMBO_TAG_DL, LAYOUT_PARAGRAPH },   { GUMBO_TAG_PRE, LAYOUT_PARAGRAPH },     { GUMBO_TAG_BLOCKQUOTE, LAYOUT_PARAGRAPH },
	{ GUMBO_TAG_DIV, LAYOUT_BLOCK },      { GUMBO_TAG_TABLE, LAYOUT_BLOCK },       { GUMBO_TAG_TR, LAYOUT_BLOCK },
	{ GUMBO_TAG_CAPTION, LAYOUT_BLOCK },  { GUMBO_TAG_LI, LAYOUT_BLOCK },          { GUMBO_TAG_DT, LAYOUT_BLOCK },
	{ GUMBO_TAG_DD, LAYOUT_BLOCK },       { GUMBO_TAG_SECTION, LAYOUT_BLOCK },     { GUMBO_TAG_ARTICLE, LAYOUT_BLOCK },
	{ GUMBO_TAG_HEADER, LAYOUT_BLOCK },   { GUMBO_TAG_FOOTER, LAYOUT_BLOCK },      { GUMBO_TAG_ADDRESS, LAYOUT_BLOCK },
	{ GUMBO_TAG_CENTER, LAYOUT_BLOCK },   { GUMBO_TAG_FORM, LAYOUT_BLOCK },        { GUMBO_TAG_FIELDSET, LAYOUT_BLOCK },
	{ GUMBO_TAG_FIGURE, LAYOUT_BLOCK },   { GUMBO_TAG_MAIN, LAYOUT_BLOCK },        { GUMBO_TAG_ASIDE, LAYOUT_BLOCK },
	{ GUMBO_TAG_NAV, LAYOUT_BLOCK },      { GUMBO_TAG_BODY, LAYOUT_BLOCK },        { GUMBO_TAG_DETAILS, LAYOUT_BLOCK },
	{ GUMBO_TAG_SUMMARY, LAYOUT_BLOCK },  { GUMBO_TAG_OPTION, LAYOUT_BLOCK },      { GUMBO_TAG_TD, LAYOUT_CELL },
	{ GUMBO_TAG_TH, LAYOUT_CELL },        { GUMBO_TAG_SCRIPT, LAYOUT_SKIP },       { GUMBO_TAG_STYLE, LAYOUT_SKIP },
	{ GUMBO_TAG_TEMPLATE, LAYOUT_SKIP },  { GUMBO_TAG_IFRAME, LAYOUT_SKIP },       { GUMBO_TAG_NOFRAMES, LAYOUT_SKIP },
};

static enum layout layout_of(const GumboElement *element)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (layouts[i].tag == element->tag)
			return layouts[i].layout;
	return LAYOUT_INLINE;
}

/* Word sets its paragraphs without space between them: each is one line. */
static bool stands_close(const GumboElement *element)
{
	struct bytes style = html_attribute(element, "style");
	return bytes_starts_with_nocase(html_attribute(element, "class"), BYTES("Mso")) ||
	       bytes_starts_with(html_property(style, "margin"), BYTES("0")) ||
	       bytes_starts_with(html_property(style, "margin-bottom"), BYTES("0"));
}

static int lines_round(const GumboElement *element, enum layout layout)
{
	if (layout == LAYOUT_PARAGRAPH && !stands_close(element))
		return 2;
	return layout == LAYOUT_PARAGRAPH || layout == LAYOUT_BLOCK ? 1 : 0;
}

static size_t offset_in(struct bytes html, const char *pointer)
{
	return pointer >= html.data && pointer <= html.data + html.length ? (size_t)(pointer - html.data) : NOWHERE;
}

/* Where its start tag stands; NOWHERE for elements the parser made up. */
static size_t element_start(const struct writer *writer, const GumboElement *element)
{
	return element->original_tag.length == 0 ? NOWHERE : offset_in(writer->html, element->original_tag.data);
}

static bool holds_only_its_own(const GumboElement *element)
{
	switch (element->tag) {
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
	case GUMBO_TAG_TR:
	case GUMBO_TAG_TBODY:
	case GUMBO_TAG_THEAD:
	case GUMBO_TAG_TFOOT:
	case GUMBO_TAG_CAPTION:
	case GUMBO_TAG_LI:
	case GUMBO_TAG_DT:
	case GUMBO_TAG_DD:
		return true;
	default:
		return false;
	}
}

/* The outermost place before which no ink of its containers stands. */
static size_t place_before(const struct writer *writer, const struct frame *frame, size_t here)
{
	size_t place = here;
	for (; frame != NULL && frame->ink == writer->ink; frame = frame->outer) {
		if (frame->element->tag == GUMBO_TAG_BODY || frame->element->tag == GUMBO_TAG_HTML)
			break;
		size_t start = element_start(writer, frame->element);
		if (start != NOWHERE && !holds_only_its_own(frame->element))
			place = start;
	}
	return place;
}

static void add_offset(struct text *offsets, size_t offset)
{
	if (offsets->capacity - offsets->length <= sizeof offset)
		text_reserve(offsets, sizeof offset);
	memcpy(offsets->data + offsets->length, &offset, sizeof offset);
	offsets->length += sizeof offset;
	offsets->data[offsets->length] = '\0';
}

static void put(struct writer *writer, char c, size_t source)
{
	unsigned char depth = (unsigned char)(writer->quotes > 255 ? 255 : writer->quotes);
	text_add_char(&writer->shown, c);
	text_add_char(&writer->depths, (char)depth);
	add_offset(&writer->source, source);
}

static void end_line(struct writer *writer, size_t source)
{
	if (!writer->line_begun)
		add_offset(&writer->places, source); /* a line without a character */
	writer->line_begun = false;
	writer->line_count++;
	put(writer, '\n', source);
}

static void put_visible(struct writer *writer, const struct frame *frame, struct bytes character, size_t source)
{
	for (; writer->owed > 0; writer->owed--) {
		if (writer->shown.length > 0)
			end_line(writer, source);
		writer->space_owed = false;
	}
	if (!writer->line_begun) {
		add_offset(&writer->places, place_before(writer, frame, source));
		writer->line_begun = true;
		writer->space_owed = false;
	}
	if (writer->space_owed)
		put(writer, ' ', source);
	writer->space_owed = false;
	for (size_t i = 0; i < character.length; i++)
		put(writer, character.data[i], source);
	if (!bytes_equal(character, BYTES("\xc2\xa0")))
		writer->ink++;
	writer->last_source = source;
}

static void owe_lines(struct writer *writer, int lines)
{
	if (writer->owed < lines)
		writer->owed = lines;
}

static size_t character_length(const char *utf8)
{
	unsigned char lead = (unsigned char)*utf8;
	size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
	for (size_t i = 1; i < length; i++)
		if (((unsigned char)utf8[i] & 0xc0) != 0x80)
			return i;
	return length;
}

/* The offset in a text node's source of the next decoded character; *at moves past it. Tags that the parser dropped
 * may stand between, and a character may be written as an entity. */
static size_t source_of(struct bytes original, size_t *at, struct bytes character)
{
	while (*at < original.length && original.data[*at] == '<' && character.data[0] != '<') {
		size_t end = bytes_find_char(original, '>', *at);
		*at = end == NOWHERE ? original.length : end + 1;
	}
	size_t found = *at;
	if (*at >= original.length)
		return original.length == 0 ? 0 : original.length - 1;
	if (original.data[*at] == character.data[0] && character.length == 1 && character.data[0] != '&') {
		++*at; /* written as it is, as nearly all is */
		return found;
	}
	struct bytes rest = bytes_slice(original, *at, original.length);
	if (bytes_starts_with(rest, BYTES("\r\n")) && character.data[0] == '\n') {
		*at += 2;
	} else if (rest.data[0] == '&' && (character.data[0] != '&' || bytes_starts_with_nocase(rest, BYTES("&amp")) ||
					   bytes_starts_with(rest, BYTES("&#")))) {
		for (++*at; *at < original.length; ++*at) {
			char c = original.data[*at];
			if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '#')
				break;
		}
		if (*at < original.length && original.data[*at] == ';')
			++*at;
	} else {
		*at += bytes_starts_with(rest, character) ? character.length : 1;
	}
	return found;
}

/* A letter in the middle of a line, written as it is and with nothing owed: nearly all of what is read. */
static bool put_plain(struct writer *writer, struct bytes original, size_t at, char c, size_t base)
{
	if ((unsigned char)c >= 0x80 || ascii_is_space(c) || c == '&' || c == '<' || at >= original.length || original.data[at] != c)
		return false;
	if (writer->owed > 0 || writer->space_owed || !writer->line_begun)
		return false;
	put(writer, c, base + at);
	writer->ink++;
	writer->last_source = base + at;
	return true;
}

/* gumbo writes bytes that are no UTF-8 for a reference to a character beyond all numbers, as "&#99999999999;". */
static struct bytes decoded_by_gumbo(const struct writer *writer, struct bytes decoded)
{
	return unicode_repair(writer->arena, decoded);
}

static void read_text(struct writer *writer, const struct frame *frame, const GumboText *text, const struct html_style *style)
{
	struct bytes decoded = decoded_by_gumbo(writer, bytes_of(text->text));
	if (html_style_hides(style)) {
		text_add_bytes(&writer->hidden, decoded);
		return;
	}
	size_t base = offset_in(writer->html, text->original_text.data);
	struct bytes original = { text->original_text.data, base == NOWHERE ? 0 : text->original_text.length };
	if (base != NOWHERE && original.length > writer->html.length - base)
		original.length = writer->html.length - base;
	size_t at = 0;
	for (size_t i = 0; i < decoded.length;) {
		if (base != NOWHERE && put_plain(writer, original, at, decoded.data[i], base)) {
			i++;
			at++;
			continue;
		}
		struct bytes character = bytes_slice(decoded, i, i + character_length(decoded.data + i));
		size_t source = base == NOWHERE ? writer->last_source : base + source_of(original, &at, character);
		i += character.length;
		if (character.data[0] == '\n' && style->preformatted)
			writer->owed = writer->owed < BLANK_LINES_MOST ? writer->owed + 1 : writer->owed;
		else if (ascii_is_space(character.data[0]) && !style->preformatted)
			writer->space_owed = true;
		else
			put_visible(writer, frame, character, source);
	}
}

/* The wrapper that a blockquote completes, or NULL: then both are one quotation. */
static struct frame *wrapper_of(const struct writer *writer, const GumboElement *element, struct frame *frame)
{
	if (element->tag != GUMBO_TAG_BLOCKQUOTE)
		return NULL;
	for (; frame != NULL; frame = frame->outer)
		if (frame->wraps_quote)
			return writer->line_count - frame->lines <= WRAPPER_LINES ? frame : NULL;
		else if (html_quotation_of(frame->element) == QUOTATION_HOLDS)
			return NULL;
	return NULL;
}

/* What stands behind the blockquote in the same wrapper answers it: Gmail writes answers there, between the quoted paragraphs or
 * below them all. */
static void end_wrapper(struct writer *writer, struct frame *wrapper)
{
	writer->quotes -= wrapper->counts;
	wrapper->counts = wrapper->wraps_quote = false;
}

static void style_of(const GumboElement *element, struct html_style *style)
{
	if (gumbo_get_attribute(&element->attributes, "hidden") != NULL)
		style->hidden = true;
	if (element->tag == GUMBO_TAG_PRE || element->tag == GUMBO_TAG_TEXTAREA)
		style->preformatted = true;
	long ground = html_colour(html_attribute(element, "bgcolor"));
	if (ground != COLOUR_UNKNOWN)
		style->ground = ground;
	long colour = element->tag == GUMBO_TAG_FONT ? html_colour(html_attribute(element, "color")) : COLOUR_UNKNOWN;
	if (colour != COLOUR_UNKNOWN)
		style->colour = colour;
	struct bytes declarations = html_attribute(element, "style");
	if (declarations.length > 0)
		html_style_apply(style, declarations);
}

static void read_element(struct writer *writer, struct frame *outer, const GumboNode *node, struct html_style style,
			 unsigned depth);

static void read_children(struct writer *writer, struct frame *frame, const GumboElement *element,
			  const struct html_style *style, unsigned depth)
{
	for (unsigned i = 0; i < element->children.length; i++) {
		const GumboNode *child = element->children.data[i];
		if (child->type == GUMBO_NODE_ELEMENT)
			read_element(writer, frame, child, *style, depth + 1);
		else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE || child->type == GUMBO_NODE_CDATA)
			read_text(writer, frame, &child->v.text, style);
	}
}

/* <br> and <hr>; true when the element was one of them. */
static bool read_break(struct writer *writer, const struct frame *frame, const struct html_style *style)
{
	size_t start = element_start(writer, frame->element);
	if (frame->element->tag == GUMBO_TAG_BR) {
		if (html_style_hides(style))
			text_add_char(&writer->hidden, '\n');
		else if (writer->owed < BLANK_LINES_MOST)
			writer->owed++;
		return true;
	}
	if (frame->element->tag != GUMBO_TAG_HR)
		return false;
	owe_lines(writer, 1);
	if (!html_style_hides(style))
		put_visible(writer, frame, BYTES(RULE), start == NOWHERE ? writer->last_source : start);
	owe_lines(writer, 1);
	return true;
}

/* The words that stand for a picture are read as the picture is seen: a signature, a stamp. Not one word (a logo, a file's name), nor
 * what a program guessed of a photograph. */
static void read_image(struct writer *writer, const struct frame *frame, const struct html_style *style)
{
	struct bytes words = bytes_trim(decoded_by_gumbo(writer, html_attribute(frame->element, "alt")));
	size_t start = element_start(writer, frame->element), count = bytes_words(words);
	bool guessed = bytes_find_nocase(words, BYTES("automatically generated"), 0) != NOWHERE ||
		       bytes_find_nocase(words, BYTES("AI-generated"), 0) != NOWHERE;
	if (html_style_hides(style) || start == NOWHERE || count < 2 || count > IMAGE_WORDS || guessed)
		return;
	writer->space_owed = true;
	for (size_t i = 0; i < words.length;) {
		struct bytes character = bytes_slice(words, i, i + character_length(words.data + i));
		if (ascii_is_space(character.data[0]))
			writer->space_owed = true;
		else
			put_visible(writer, frame, character, start);
		i += character.length;
	}
	writer->space_owed = true;
}

static void read_element(struct writer *writer, struct frame *outer, const GumboNode *node, struct html_style style,
			 unsigned depth)
{
	const GumboElement *element = &node->v.element;
	enum layout layout = layout_of(element);
	struct frame frame = { .outer = outer, .element = element, .ink = writer->ink, .lines = writer->line_count };
	if (layout == LAYOUT_SKIP)
		return;
	if (depth > HTML_MAX_DEPTH) {
		writer->too_deep = true;
		return;
	}
	style_of(element, &style);
	if (element->tag == GUMBO_TAG_HEAD)
		style.hidden = true;
	if (read_break(writer, &frame, &style))
		return;
	if (element->tag == GUMBO_TAG_IMG)
		read_image(writer, &frame, &style);
	enum quotation quotation = html_quotation_of(element);
	size_t start = element_start(writer, element);
	if (quotation != QUOTATION_NONE && !html_style_hides(&style) && start < writer->quote_start)
		writer->quote_start = start;
	struct frame *wrapper = quotation == QUOTATION_HOLDS ? wrapper_of(writer, element, outer) : NULL;
	frame.wraps_quote = quotation == QUOTATION_WRAPPER;
	frame.counts = quotation == QUOTATION_WRAPPER || (quotation == QUOTATION_HOLDS && wrapper == NULL);
	int lines = lines_round(element, layout);
	owe_lines(writer, lines);
	if (layout == LAYOUT_CELL)
		writer->space_owed = true;
	writer->quotes += frame.counts;
	read_children(writer, &frame, element, &style, depth);
	writer->quotes -= frame.counts;
	if (wrapper != NULL)
		end_wrapper(writer, wrapper);
	owe_lines(writer, lines);
	if (html_style_hides(&style) && layout != LAYOUT_INLINE)
		text_add_char(&writer->hidden, '\n');
}

static const GumboElement *find_child(const GumboNode *node, GumboTag tag)
{
	const GumboVector *children = &node->v.element.children;
	for (unsigned i = 0; i < children->length; i++) {
		const GumboNode *child = children->data[i];
		if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == tag)
			return &child->v.element;
	}
	return NULL;
}

/* Before </body>, else before </html>; but text that stands behind them shows all the same. */
static size_t find_end(const struct writer *writer, const GumboNode *root)
{
	const GumboElement *ends[] = { find_child(root, GUMBO_TAG_BODY), &root->v.element };
	for (size_t i = 0; i < 2; i++) {
		if (ends[i] == NULL || ends[i]->original_end_tag.length == 0)
			continue;
		size_t at = offset_in(writer->html, ends[i]->original_end_tag.data);
		if (at != NOWHERE && (writer->ink == 0 || at > writer->last_source))
			return at;
	}
	return writer->html.length;
}

struct html_text html_read(struct arena *arena, struct bytes html)
{
	struct bytes part = bytes_slice(html, 0, HTML_MAX_BYTES);
	part.length = html_guard_prefix(part, HTML_MAX_DEPTH);
	size_t cut;
	struct html_tree *tree = html_tree_new(part, &cut);
	struct writer writer = { .arena = arena, .html = html, .quote_start = NOWHERE };
	const GumboNode *root = html_tree_root(tree);
	read_element(&writer, NULL, root, HTML_STYLE_START, 0);
	if (writer.line_begun)
		writer.line_count++;
	struct html_text result = {
		.quote_start = writer.quote_start,
		.line_count = writer.line_count,
		.truncated = cut < html.length || writer.too_deep,
	};
	result.end = find_end(&writer, root);
	html_tree_free(&tree);
	result.shown = text_to_arena(&writer.shown, arena);
	result.hidden = text_to_arena(&writer.hidden, arena);
	result.quote_depth = (const unsigned char *)text_to_arena(&writer.depths, arena).data;
	result.source = (const size_t *)(const void *)text_to_arena(&writer.source, arena).data;
	result.line_places = (const size_t *)(const void *)text_to_arena(&writer.places, arena).data;
	return result;
}

static bool view_here(const struct html_viewer *viewer, struct arena *arena, struct bytes html, struct html_text *out)
{
	*out = html_read(arena, html);
	return true;
}

const struct html_viewer html_viewer_here = { view_here };
