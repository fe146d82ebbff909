/* sheet_xml.c - the sheets of a workbook: a line for each row, its cells between tabs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "document/flow.h"
#include "document/office.h"
#include "document/sheet_margin.h"

#define STRINGS_MOST ((size_t)500000)
#define CELL_BYTES ((size_t)64 << 10)

struct sheet {
	struct xml *xml;
	const struct shared_strings *strings;
	struct text text, margins;
	bool in_row; /* a cell stands on this line already */
};

/* The runs of one text, the phonetic ones left out. */
static struct bytes rich_text(struct xml *xml)
{
	struct text text = TEXT_INIT;
	int depth = xml->depth;
	for (;;) {
		enum xml_event event = xml_next(xml);
		if (event == XML_START && xml_is(xml, "rPh"))
			xml_skip(xml);
		else if (event == XML_TEXT && text.length < CELL_BYTES)
			text_add_bytes(&text, xml->text);
		if (event == XML_END_OF_FILE || (event == XML_END && xml->depth <= depth))
			return text_to_arena(&text, xml->documents->arena);
	}
}

struct shared_strings shared_strings_read(struct xml *xml)
{
	struct bytes *items = NULL;
	size_t count = 0;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;)
		if (event == XML_START && xml_is(xml, "si")) {
			if (count == STRINGS_MOST) {
				documents_add_trouble(xml->documents, xml->place, "more cells than are examined");
				break;
			}
			struct bytes string = rich_text(xml);
			*ARENA_PUSH(xml->documents->arena, items, count) = string;
		}
	return (struct shared_strings){ items, count };
}

static void add_cell(struct sheet *sheet, struct bytes text)
{
	if (sheet->in_row)
		text_add_char(&sheet->text, '\t');
	sheet->in_row = true;
	text_add_bytes(&sheet->text, text);
}

static void read_cell(struct sheet *sheet)
{
	struct xml *xml = sheet->xml;
	const char *type = xml_attribute(xml, "t");
	bool shared = type != NULL && strcmp(type, "s") == 0;
	int depth = xml->depth;
	for (;;) {
		enum xml_event event = xml_next(xml);
		if (event == XML_START && xml_is(xml, "is")) {
			add_cell(sheet, rich_text(xml));
		} else if (event == XML_START && xml_is(xml, "v")) {
			struct bytes value = xml_text_of(xml, CELL_BYTES);
			size_t index = shared ? strtoul(arena_string_of(xml->documents->arena, value), NULL, 10) : 0;
			if (shared)
				value = index < sheet->strings->count ? sheet->strings->items[index] : BYTES_EMPTY;
			add_cell(sheet, value);
		}
		if (event == XML_END_OF_FILE || (event == XML_END && xml->depth <= depth))
			return;
	}
}

static void read_margin(struct sheet *sheet)
{
	sheet_margin_add_words(&sheet->margins, xml_text_of(sheet->xml, OFFICE_PROPERTY));
	text_add_char(&sheet->margins, '\n');
}

static bool is_margin(const struct xml *xml)
{
	static const char *const margins[] = { "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter" };
	for (size_t i = 0; i < sizeof margins / sizeof *margins; i++)
		if (xml_is(xml, margins[i]))
			return true;
	return false;
}

static void end_row(struct sheet *sheet)
{
	if (sheet->in_row)
		text_add_char(&sheet->text, '\n');
	sheet->in_row = false;
}

void sheet_xml_read(struct xml *xml, const char *place, const struct shared_strings *strings, bool hidden)
{
	struct sheet sheet = { .xml = xml, .strings = strings };
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;) {
		if (event == XML_START && xml_is(xml, "c"))
			read_cell(&sheet);
		else if (event == XML_START && is_margin(xml))
			read_margin(&sheet);
		else if (event == XML_END && xml_is(xml, "row"))
			end_row(&sheet);
	}
	documents_add_aside(xml->documents, place, text_bytes(&sheet.text), hidden ? DOCUMENT_HIDDEN : DOCUMENT_BODY);
	documents_add_aside(xml->documents, document_place(xml->documents->arena, place, "header"), text_bytes(&sheet.margins), DOCUMENT_MARGIN);
	text_release(&sheet.text);
	text_release(&sheet.margins);
}

/* Notes in the margin of cells, old and new, and the threads of them. */
void sheet_comments_read(struct xml *xml, const char *place)
{
	struct text text = TEXT_INIT;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;)
		if (event == XML_START && xml_is(xml, "text")) {
			text_add_bytes(&text, rich_text(xml));
			text_add_char(&text, '\n');
		}
	documents_add_aside(xml->documents, place, text_bytes(&text), DOCUMENT_NOTE);
	text_release(&text);
}
