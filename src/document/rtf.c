/* rtf.c - an RTF file as pieces of text, and the files embedded in it.
 *
 * An embedded object is opened where it holds a file that can be read; a picture or equation of some program shows in the
 * text what it has to say, so one that cannot be opened is passed over unless it is a package: a file of its own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/formats.h"
#include "document/little_endian.h"
#include "document/properties.h"
#include "document/rtf.h"

const char *rtf_place_name(enum rtf_place place)
{
	static const char *const names[RTF_PLACES] = {
		[RTF_MAIN] = "", [RTF_HEADER] = "header", [RTF_FOOTER] = "footer", [RTF_FOOTNOTE] = "footnotes",
		[RTF_COMMENT] = "comments", [RTF_WATERMARK] = "watermark", [RTF_HIDDEN] = "hidden text",
		[RTF_DELETED] = "deleted text", [RTF_PROPERTIES] = "properties",
	};
	return names[place];
}

static const enum document_role roles[RTF_PLACES] = {
	[RTF_MAIN] = DOCUMENT_BODY, [RTF_HEADER] = DOCUMENT_MARGIN, [RTF_FOOTER] = DOCUMENT_MARGIN,
	[RTF_FOOTNOTE] = DOCUMENT_NOTE, [RTF_COMMENT] = DOCUMENT_NOTE, [RTF_WATERMARK] = DOCUMENT_MARGIN,
	[RTF_HIDDEN] = DOCUMENT_HIDDEN, [RTF_DELETED] = DOCUMENT_HIDDEN, [RTF_PROPERTIES] = DOCUMENT_PROPERTIES,
};

/* A length and that many octets. */
static bool counted(struct bytes object, size_t *at, struct bytes *out)
{
	uint32_t length;
	if (!read_u32(object, *at, &length) || length > object.length - *at - 4)
		return false;
	*out = bytes_slice(object, *at + 4, *at + 4 + length);
	*at += 4 + (size_t)length;
	return true;
}

/* MS-OLEDS 2.2.5: version, format (2: embedded), class name, topic, item, data. */
static bool native_data(struct bytes object, struct bytes *class_out, struct bytes *data_out)
{
	uint32_t format;
	size_t at = 8;
	struct bytes topic, item;
	return read_u32(object, 4, &format) && format == 2 && counted(object, &at, class_out) && counted(object, &at, &topic) &&
	       counted(object, &at, &item) && counted(object, &at, data_out);
}

static void read_object(struct documents *documents, const char *place, struct bytes object)
{
	const char *where = document_place(documents->arena, place, "embedded object");
	struct bytes class, data;
	if (!native_data(object, &class, &data))
		return;
	while (class.length > 0 && class.data[class.length - 1] == '\0')
		class.length--;
	if (bytes_equal_nocase(class, BYTES("Package")))
		package_read(documents, where, data);
	else if (data.length > 0)
		(void)document_read(documents, where, data, NULL, NULL);
}

static void read_properties(struct documents *documents, const char *place, struct bytes lines)
{
	struct properties properties = PROPERTIES_INIT;
	size_t at = 0;
	struct bytes line;
	while (bytes_next_line(lines, &at, &line)) {
		size_t colon = bytes_find(line, BYTES(": "), 0);
		if (colon != (size_t)-1)
			properties_add(&properties, bytes_slice(line, 0, colon), bytes_slice(line, colon + 2, line.length));
	}
	properties_end(&properties, documents, place);
}

void rtf_read_asides(struct documents *documents, const char *place, const struct rtf_text *text)
{
	for (enum rtf_place i = RTF_HEADER; i < RTF_PROPERTIES; i++)
		documents_add_aside(documents, document_place(documents->arena, place, rtf_place_name(i)), text->texts[i], roles[i]);
	read_properties(documents, place, text->texts[RTF_PROPERTIES]);
	if (text->damaged)
		documents_add_trouble(documents, place, "damaged");
	for (size_t i = 0; i < text->object_count; i++)
		read_object(documents, place, text->objects[i]);
}

void rtf_read(struct documents *documents, const char *place, struct bytes content)
{
	struct rtf_text text;
	if (!rtf_parse(documents->arena, content, documents->left.text + 1, &text)) {
		documents_add_trouble(documents, place, "damaged");
		return;
	}
	documents_add_text(documents, place, text.texts[RTF_MAIN], text.html);
	rtf_read_asides(documents, place, &text);
}
