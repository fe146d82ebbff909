/* properties.c - see properties.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/properties.h"

static void add_line(struct text *text, struct bytes name, const char *between, struct bytes value, const char *end)
{
	text_add_bytes(text, name);
	text_add(text, between);
	for (size_t i = 0; i < value.length; i++)
		text_add_char(text, ascii_is_space(value.data[i]) ? ' ' : value.data[i]);
	text_add(text, end);
}

void properties_add(struct properties *properties, struct bytes name, struct bytes utf8)
{
	name = bytes_trim(name);
	utf8 = bytes_trim(utf8);
	if (name.length == 0 || utf8.length == 0)
		return;
	/* A label's name is whatever its tenant called it: only who knows the label can say what it means. */
	if (bytes_starts_with_nocase(name, BYTES("MSIP_Label_")))
		add_line(&properties->labels, name, "=", utf8, "; ");
	else
		add_line(&properties->lines, name, ": ", utf8, "\n");
}

void properties_end(struct properties *properties, struct documents *documents, const char *place)
{
	const char *where = document_place(documents->arena, place, "properties");
	if (properties->lines.length > 0)
		documents_add_aside(documents, where, text_bytes(&properties->lines), DOCUMENT_PROPERTIES);
	if (properties->labels.length > 0)
		documents_add_aside(documents, where, text_bytes(&properties->labels), DOCUMENT_SENSITIVITY);
	text_release(&properties->lines);
	text_release(&properties->labels);
}
