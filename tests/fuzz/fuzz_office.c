/* fuzz_office.c - any bytes as the XML members of office documents: the first octet says which member they are.
 *
 * The zip around them is libarchive's to read, and its checksums would stop nearly every change: fuzz_document has whole files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "documents.h"

#include "document/office.h"
#include "document/package.h"

static void slide(struct xml *xml, const char *place)
{
	drawing_xml_read(xml, place, DOCUMENT_BODY);
}

static void master(struct xml *xml, const char *place)
{
	drawing_xml_read(xml, place, DOCUMENT_MARGIN);
}

static void sheet(struct xml *xml, const char *place)
{
	static const struct bytes items[] = { { "shared", 6 } };
	sheet_xml_read(xml, place, &(struct shared_strings){ items, 1 }, false);
}

static void strings(struct xml *xml, const char *place)
{
	struct shared_strings shared = shared_strings_read(xml);
	for (size_t i = 0; i < shared.count; i++)
		documents_add_text(xml->documents, place, shared.items[i], false);
}

static void (*const members[])(struct xml *xml, const char *place) = {
	word_xml_read, slide, master, sheet, strings, sheet_comments_read, opendocument_read, properties_read, label_info_read, fixed_page_read, other_xml_read,
};
#define MEMBERS (sizeof members / sizeof *members)

/* Set by the first octet of the input. */
static size_t chosen;

static void member_read(struct documents *documents, const char *place, struct bytes content)
{
	struct xml xml;
	xml_open(&xml, documents, place, content);
	while (xml.reader != NULL && xml_next(&xml) != XML_START)
		;
	members[chosen](&xml, place);
	xml_close(&xml);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	if (size == 0)
		return 0;
	chosen = data[0] % (MEMBERS + 1);
	read_any(chosen == MEMBERS ? lone_xml_read : member_read, data + 1, size - 1);
	return 0;
}
