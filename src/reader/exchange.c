/* exchange.c - see exchange.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange.h"

#include <string.h>

#include "document/xml.h"

#define VALUE_MOST ((size_t)64 << 10)

static void add(struct text *out, char kind, struct bytes content)
{
	text_add_char(out, kind);
	text_add_bytes(out, content);
	text_add_char(out, '\0');
}

/* What only groups others; all else under a rule asks or does something. */
static bool is_frame(const struct xml *xml)
{
	static const char *const frames[] = { "rules", "version", "condition", "and", "true", "fork", "tags" };
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
		if (xml_is(xml, frames[i]))
			return true;
	return false;
}

/* "contains Message.Subject", "action RejectMessage": what an older export calls a question or a deed. */
static void add_element(struct xml *xml, struct arena *arena, struct text *out)
{
	const char *name = arena_string(arena, xml->name), *of = xml_attribute(xml, "property");
	const char *address = xml_attribute(xml, "address");
	if (of == NULL)
		of = xml_attribute(xml, "name");
	add(out, 'E', bytes_of(of == NULL ? name : arena_printf(arena, "%s %s", name, of)));
	if (address != NULL)
		add(out, 'V', bytes_of(address));
}

static void start(struct xml *xml, struct arena *arena, struct text *out)
{
	const char *value;
	if (xml_is(xml, "rule")) {
		value = xml_attribute(xml, "name");
		add(out, 'R', bytes_of(value == NULL ? "" : value));
		value = xml_attribute(xml, "enabled");
		if (value != NULL && strcmp(value, "false") == 0)
			add(out, 'E', BYTES("disabled"));
	} else if (xml_is(xml, "commandBlock")) {
		add(out, 'C', xml_text_of(xml, VALUE_MOST));
	} else if (xml_is(xml, "value")) {
		add(out, 'V', xml_text_of(xml, VALUE_MOST));
	} else if (xml_is(xml, "argument")) {
		value = xml_attribute(xml, "value");
		add(out, 'V', bytes_of(value));
	} else if (xml_is(xml, "not") || xml_is(xml, "or")) {
		add(out, 'E', bytes_of(xml->name)); /* what is in it means something else than by itself */
		xml_skip(xml);
	} else if (!is_frame(xml)) {
		add_element(xml, arena, out);
	}
}

/* An export says that it is UTF-16, and goes on to say so when an editor has saved it as UTF-8. */
static struct bytes without_declaration(struct bytes xml)
{
	static const char start[] = "<?xml ";
	if (bytes_starts_with(xml, BYTES("\xef\xbb\xbf")))
		xml = bytes_slice(xml, 3, xml.length);
	size_t end = bytes_find(bytes_slice(xml, 0, 200), BYTES("?>"), 0);
	bool declared = bytes_starts_with(xml, bytes_of(start)) && end != (size_t)-1 &&
			bytes_find_nocase(bytes_slice(xml, 0, end), BYTES("utf-16"), 0) != (size_t)-1;
	return declared ? bytes_slice(xml, end + 2, xml.length) : xml;
}

bool exchange_read(struct arena *arena, struct bytes content, struct text *out)
{
	struct documents documents = documents_begin(arena);
	struct xml xml;
	bool rules = false;
	xml_open(&xml, &documents, "", without_declaration(content));
	for (enum xml_event event; (event = xml_next(&xml)) != XML_END_OF_FILE;) {
		rules |= event == XML_START && xml_is(&xml, "rules");
		if (event == XML_START)
			start(&xml, arena, out);
	}
	xml_close(&xml);
	return rules && documents.trouble_count == 0;
}
