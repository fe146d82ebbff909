/* property_xml.c - what a file says of itself: title, subject, keywords, the council's own properties, and Purview's labels.
 *
 * A label is a group of properties "MSIP_Label_<GUID>_Enabled", "..._SiteId" and so on, or an entry of docMetadata/LabelInfo.xml;
 * both are given as an msip_labels header field has them, so that one reader judges all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/office.h"
#include "document/properties.h"

static const struct {
	const char *element, *name;
} known[] = {
	{ "title", "Title" }, { "subject", "Subject" }, { "keywords", "Keywords" }, { "keyword", "Keywords" }, { "category", "Category" },
	{ "description", "Comments" }, { "contentStatus", "Status" },
	/* Word 2003 */
	{ "Title", "Title" }, { "Subject", "Subject" }, { "Keywords", "Keywords" }, { "Category", "Category" }, { "Description", "Comments" },
};

static void read_one(struct properties *properties, struct xml *xml)
{
	const char *own = xml_is(xml, "property") || xml_is(xml, "user-defined") ? xml_attribute(xml, "name") : NULL;
	if (own != NULL) {
		const char *name = arena_string_of(xml->documents->arena, bytes_slice(bytes_of(own), 0, OFFICE_NAME));
		properties_add(properties, bytes_of(name), xml_text_of(xml, OFFICE_PROPERTY));
		return;
	}
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (xml_is(xml, known[i].element)) {
			properties_add(properties, bytes_of(known[i].name), xml_text_of(xml, OFFICE_PROPERTY));
			return;
		}
}

void properties_read(struct xml *xml, const char *place)
{
	struct properties properties = PROPERTIES_INIT;
	int depth = xml->depth;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE && !(event == XML_END && xml->depth <= depth);)
		if (event == XML_START)
			read_one(&properties, xml);
	properties_end(&properties, xml->documents, place);
}

/* <label id="{GUID}" enabled="1" method="Privileged" siteId="{GUID}"/> */
static void read_label(struct properties *properties, struct xml *xml)
{
	static const struct {
		const char *attribute, *name;
	} parts[] = { { "enabled", "Enabled" }, { "siteId", "SiteId" }, { "method", "Method" }, { "name", "Name" } };
	const char *id = xml_attribute(xml, "id");
	if (id == NULL || xml_attribute_is_on(xml, "removed", false))
		return;
	id += id[0] == '{';
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		const char *value = xml_attribute(xml, parts[i].attribute);
		if (value == NULL)
			continue;
		struct bytes bare = bytes_of(value[0] == '{' ? value + 1 : value);
		if (bare.length > 0 && bare.data[bare.length - 1] == '}')
			bare = bytes_slice(bare, 0, bare.length - 1);
		if (i == 0)
			bare = xml_attribute_is_on(xml, "enabled", false) ? BYTES("True") : BYTES("False");
		const char *name = arena_printf(xml->documents->arena, "MSIP_Label_%.*s_%s", (int)strcspn(id, "}"), id, parts[i].name);
		properties_add(properties, bytes_of(name), bare);
	}
}

void label_info_read(struct xml *xml, const char *place)
{
	struct properties properties = PROPERTIES_INIT;
	for (enum xml_event event; (event = xml_next(xml)) != XML_END_OF_FILE;)
		if (event == XML_START && xml_is(xml, "label"))
			read_label(&properties, xml);
	properties_end(&properties, xml->documents, place);
}
