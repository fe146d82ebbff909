/* pdf_metadata.c - XMP is RDF in XML; libxml2's reader goes through it without a tree, a network or entities.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/pdf_metadata.h"

#include <libxml/xmlreader.h>

#define PDFX "http://ns.adobe.com/pdfx/1.3/"
#define LONGEST ((size_t)1 << 20)
#define PROPERTIES_MOST 500

static bool is_pdfx(xmlTextReaderPtr reader)
{
	const xmlChar *namespace = xmlTextReaderConstNamespaceUri(reader);
	return namespace != NULL && xmlStrEqual(namespace, BAD_CAST PDFX);
}

static void add(struct properties *properties, const char *name, const xmlChar *value)
{
	if (name != NULL && value != NULL)
		properties_add(properties, bytes_of(name), bytes_of((const char *)value));
}

static void read_attributes(xmlTextReaderPtr reader, struct properties *properties)
{
	while (xmlTextReaderMoveToNextAttribute(reader) == 1)
		if (is_pdfx(reader))
			add(properties, (const char *)xmlTextReaderConstLocalName(reader), xmlTextReaderConstValue(reader));
	xmlTextReaderMoveToElement(reader);
}

void pdf_metadata_read(struct bytes xmp, struct properties *properties)
{
	if (xmp.length == 0 || xmp.length > LONGEST)
		return;
	xmlTextReaderPtr reader = xmlReaderForMemory(xmp.data, (int)xmp.length, NULL, "UTF-8",
						     XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	xmlChar *name = NULL; /* of the property whose text comes next */
	size_t count = 0;
	while (reader != NULL && count < PROPERTIES_MOST && xmlTextReaderRead(reader) == 1) {
		int type = xmlTextReaderNodeType(reader);
		if (type == XML_READER_TYPE_TEXT && name != NULL) {
			add(properties, (const char *)name, xmlTextReaderConstValue(reader));
			count++;
		}
		if (type != XML_READER_TYPE_ELEMENT)
			continue;
		xmlFree(name);
		name = is_pdfx(reader) ? xmlStrdup(xmlTextReaderConstLocalName(reader)) : NULL;
		read_attributes(reader, properties);
	}
	xmlFree(name);
	xmlFreeTextReader(reader);
}
