/* office.h - the XML parts of office files; package.c says which member is which. */
#ifndef COPYHOLD_DOCUMENT_OFFICE_H
#define COPYHOLD_DOCUMENT_OFFICE_H

#include "document/xml.h"

/* Longer names and properties are cut. */
#define OFFICE_NAME ((size_t)200)
#define OFFICE_PROPERTY ((size_t)4000)

/* A spreadsheet's texts, which its cells name by number. */
struct shared_strings {
	const struct bytes *items;
	size_t count;
};

/* Each reads from the root element's XML_START to its end and gives its texts under `place`. */
void word_xml_read(struct xml *xml, const char *place);
void drawing_xml_read(struct xml *xml, const char *place, enum document_role role); /* slides, charts, text boxes on sheets */
void sheet_xml_read(struct xml *xml, const char *place, const struct shared_strings *strings, bool hidden);
void sheet_comments_read(struct xml *xml, const char *place);
struct shared_strings shared_strings_read(struct xml *xml);
void opendocument_read(struct xml *xml, const char *place);
void properties_read(struct xml *xml, const char *place);
void fixed_page_read(struct xml *xml, const char *place); /* XPS */
void label_info_read(struct xml *xml, const char *place);
void other_xml_read(struct xml *xml, const char *place); /* all the text there is */

#endif
