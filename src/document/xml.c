/* xml.c - see xml.h. The only file that sees libxml2.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/xml.h"

#include <limits.h>

#include <libxml/xmlreader.h>

#include "base/text.h"

/* No XML_PARSE_HUGE: libxml2's own limits on depth and size of names hold. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)

/* What is wrong with a file is told as a trouble, never printed: some of libxml2's complaints heed no option. */
static void unheard(void *context, xmlErrorPtr error)
{
}

void xml_open(struct xml *xml, struct documents *documents, const char *place, struct bytes content)
{
	*xml = (struct xml){ .documents = documents, .place = place, .name = "", .space = "" };
	xmlSetStructuredErrorFunc(NULL, unheard);
	if (content.length > 0 && content.length < INT_MAX)
		xml->reader = xmlReaderForMemory(content.data, (int)content.length, NULL, NULL, OPTIONS);
	if (xml->reader == NULL)
		documents_add_trouble(documents, place, "damaged");
}

void xml_close(struct xml *xml)
{
	if (xml->reader != NULL)
		xmlFreeTextReader(xml->reader);
	xml->reader = NULL;
}

static const char *or_empty(const xmlChar *string)
{
	return string == NULL ? "" : (const char *)string;
}

static void set(struct xml *xml, const char *name, const char *space)
{
	xml->name = name;
	xml->space = space;
	xml->depth = xmlTextReaderDepth(xml->reader);
}

static enum xml_event event_of(struct xml *xml, int type)
{
	switch (type) {
	case XML_READER_TYPE_ELEMENT:
		xml->empty = xmlTextReaderIsEmptyElement(xml->reader) == 1;
		set(xml, or_empty(xmlTextReaderConstLocalName(xml->reader)), or_empty(xmlTextReaderConstNamespaceUri(xml->reader)));
		return XML_START;
	case XML_READER_TYPE_END_ELEMENT:
		set(xml, or_empty(xmlTextReaderConstLocalName(xml->reader)), or_empty(xmlTextReaderConstNamespaceUri(xml->reader)));
		return XML_END;
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_WHITESPACE:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
		set(xml, "", "");
		xml->text = bytes_of(or_empty(xmlTextReaderConstValue(xml->reader)));
		return XML_TEXT;
	default:
		return XML_END_OF_FILE;
	}
}

enum xml_event xml_next(struct xml *xml)
{
	if (xml->empty) {
		xml->empty = false;
		return XML_END;
	}
	while (xml->reader != NULL) {
		int read = xmlTextReaderRead(xml->reader);
		if (read < 0)
			documents_add_trouble(xml->documents, xml->place, "damaged");
		if (read != 1)
			break;
		int type = xmlTextReaderNodeType(xml->reader);
		if (type == XML_READER_TYPE_ENTITY_REFERENCE)
			documents_add_trouble(xml->documents, xml->place, "text kept in XML entities, which are not examined");
		enum xml_event event = event_of(xml, type);
		if (event != XML_END_OF_FILE)
			return event;
	}
	xml_close(xml);
	set(xml, "", "");
	return XML_END_OF_FILE;
}

void xml_skip(struct xml *xml)
{
	int depth = xml->depth;
	for (;;) {
		enum xml_event event = xml_next(xml);
		if (event == XML_END_OF_FILE || (event == XML_END && xml->depth <= depth))
			return;
	}
}

bool xml_is(const struct xml *xml, const char *name)
{
	return strcmp(xml->name, name) == 0;
}

const char *xml_attribute(struct xml *xml, const char *name)
{
	const char *found = NULL;
	if (xml->reader == NULL)
		return NULL;
	bool prefixed = strchr(name, ':') != NULL;
	for (int more = xmlTextReaderMoveToFirstAttribute(xml->reader); more == 1 && found == NULL; more = xmlTextReaderMoveToNextAttribute(xml->reader)) {
		const xmlChar *called = prefixed ? xmlTextReaderConstName(xml->reader) : xmlTextReaderConstLocalName(xml->reader);
		if (strcmp(or_empty(called), name) == 0)
			found = or_empty(xmlTextReaderConstValue(xml->reader));
	}
	char *copy = found == NULL ? NULL : arena_string(xml->documents->arena, found);
	xmlTextReaderMoveToElement(xml->reader);
	return copy;
}

bool xml_attribute_is_on(struct xml *xml, const char *name, bool absent)
{
	const char *value = xml_attribute(xml, name);
	if (value == NULL)
		return absent;
	return strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0;
}

struct bytes xml_text_of(struct xml *xml, size_t most)
{
	struct text text = TEXT_INIT;
	int depth = xml->depth;
	for (;;) {
		enum xml_event event = xml_next(xml);
		if (event == XML_TEXT && text.length < most)
			text_add_bytes(&text, bytes_slice(xml->text, 0, most - text.length));
		if (event == XML_END_OF_FILE || (event == XML_END && xml->depth <= depth))
			return text_to_arena(&text, xml->documents->arena);
	}
}
