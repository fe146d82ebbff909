/* pdf_files.c - the files embedded in a PDF, out of the name tree that lists them (pdf_files.h).
 *
 * qpdf, as poppler 22.12 falls over an entry that is no dictionary. qpdf hands out a stream as it lies in the file, decrypted;
 * unpacking it is zlib's, piece by piece, since qpdf itself would do it in one go whatever its size.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/pdf_files.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/text.h"

#define FILES_MOST 500
#define NODES_MOST 2000
#define DEPTH_MOST 20
#define PIECE ((size_t)65536)

struct list {
	struct documents *documents;
	const char *place;
	qpdf_data pdf;
	size_t nodes, files;
	bool told; /* that there are more */
};

static void trouble(struct list *list, const char *why)
{
	documents_add_trouble(list->documents, list->place, why);
}

/* False, with a trouble noted, where it is not all that was packed. */
static bool inflate_all(struct documents *documents, const char *place, struct bytes packed, struct text *out)
{
	z_stream stream = { .next_in = (Bytef *)packed.data, .avail_in = (uInt)packed.length };
	bool allowed = true;
	int result = inflateInit(&stream);
	while (result == Z_OK && allowed) {
		text_reserve(out, PIECE);
		stream.next_out = (Bytef *)out->data + out->length;
		stream.avail_out = PIECE;
		result = inflate(&stream, Z_NO_FLUSH);
		size_t got = PIECE - stream.avail_out;
		allowed = documents_may_unpack(documents, place, got);
		out->length += allowed ? got : 0;
		out->data[out->length] = '\0';
	}
	(void)inflateEnd(&stream);
	if (allowed && result != Z_STREAM_END)
		documents_add_trouble(documents, place, "damaged");
	return allowed && result == Z_STREAM_END;
}

enum packing { PLAIN, DEFLATED, OTHER };

static enum packing packing_of(qpdf_data pdf, qpdf_oh stream)
{
	qpdf_oh dictionary = qpdf_oh_get_dict(pdf, stream), filter = qpdf_oh_get_key(pdf, dictionary, "/Filter");
	qpdf_oh settings = qpdf_oh_get_key(pdf, dictionary, "/DecodeParms");
	if (qpdf_oh_is_array(pdf, filter) && qpdf_oh_get_array_n_items(pdf, filter) == 1)
		filter = qpdf_oh_get_array_item(pdf, filter, 0);
	if (qpdf_oh_is_array(pdf, settings) && qpdf_oh_get_array_n_items(pdf, settings) == 1)
		settings = qpdf_oh_get_array_item(pdf, settings, 0);
	if (qpdf_oh_is_null(pdf, filter) || (qpdf_oh_is_array(pdf, filter) && qpdf_oh_get_array_n_items(pdf, filter) == 0))
		return PLAIN;
	bool predicted = qpdf_oh_is_dictionary(pdf, settings) && qpdf_oh_has_key(pdf, settings, "/Predictor") &&
			 qpdf_oh_get_int_value(pdf, qpdf_oh_get_key(pdf, settings, "/Predictor")) != 1;
	bool deflated = qpdf_oh_is_name_and_equals(pdf, filter, "/FlateDecode") || qpdf_oh_is_name_and_equals(pdf, filter, "/Fl");
	return deflated && !predicted && !qpdf_oh_is_array(pdf, settings) ? DEFLATED : OTHER;
}

static void unpack(struct documents *documents, const char *place, struct bytes stored, enum packing packing, struct text *out)
{
	if (packing == OTHER)
		documents_add_trouble(documents, place, "packed in a way that is not examined");
	else if (packing == DEFLATED)
		(void)inflate_all(documents, place, stored, out);
	else if (documents_may_unpack(documents, place, stored.length))
		text_add_bytes(out, stored);
}

static void read_stream(struct list *list, qpdf_oh stream, const char *name)
{
	const char *place = document_place(list->documents->arena, list->place, name);
	unsigned char *octets = NULL;
	size_t length = 0;
	if ((qpdf_oh_get_stream_data(list->pdf, stream, qpdf_dl_none, NULL, &octets, &length) & QPDF_ERRORS) != 0) {
		documents_add_trouble(list->documents, place, "damaged");
		free(octets);
		return;
	}
	struct text content = TEXT_INIT;
	unpack(list->documents, place, (struct bytes){ (const char *)octets, length }, packing_of(list->pdf, stream), &content);
	free(octets);
	if (content.length > 0)
		(void)document_read(list->documents, place, text_bytes(&content), name, NULL);
	text_release(&content);
}

/* The name for all systems, else the older one. */
static const char *name_of(struct list *list, qpdf_oh file)
{
	static const char *const keys[] = { "/UF", "/F" };
	struct arena *arena = list->documents->arena;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *name;
		size_t length;
		if (qpdf_oh_get_value_as_utf8(list->pdf, qpdf_oh_get_key(list->pdf, file, keys[i]), &name, &length) && length > 0)
			return arena_string_of(arena, document_clean(arena, (struct bytes){ name, length }));
	}
	return "attachment";
}

/* One file may be there in a form for each system, and programs differ in which they open: each that is another stream is read. */
static void read_file(struct list *list, qpdf_oh file)
{
	static const char *const systems[] = { "/UF", "/F", "/DOS", "/Mac", "/Unix" };
	qpdf_oh forms = qpdf_oh_get_key_if_dict(list->pdf, file, "/EF");
	int seen[sizeof systems / sizeof *systems];
	size_t count = 0;
	for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
		qpdf_oh stream = qpdf_oh_get_key_if_dict(list->pdf, forms, systems[i]);
		int number = qpdf_oh_get_object_id(list->pdf, stream);
		bool known = !qpdf_oh_is_stream(list->pdf, stream);
		for (size_t j = 0; j < count && !known; j++)
			known = seen[j] == number;
		if (known)
			continue;
		seen[count++] = number;
		read_stream(list, stream, name_of(list, file));
	}
	if (count == 0)
		trouble(list, "damaged");
}

static bool may_go_on(struct list *list, size_t *count, size_t most)
{
	if ((*count)++ < most && !list->documents->unpack_told)
		return true;
	if (!list->told && !list->documents->unpack_told)
		trouble(list, "more attached files than are examined");
	list->told = true;
	return false;
}

static void read_node(struct list *list, qpdf_oh node, size_t depth)
{
	qpdf_oh names = qpdf_oh_get_key_if_dict(list->pdf, node, "/Names"), kids = qpdf_oh_get_key_if_dict(list->pdf, node, "/Kids");
	int name_count = qpdf_oh_is_array(list->pdf, names) ? qpdf_oh_get_array_n_items(list->pdf, names) : 0;
	int kid_count = qpdf_oh_is_array(list->pdf, kids) ? qpdf_oh_get_array_n_items(list->pdf, kids) : 0;
	/* By pairs: what it is listed under, and the file. */
	for (int i = 1; i < name_count && may_go_on(list, &list->files, FILES_MOST); i += 2)
		read_file(list, qpdf_oh_get_array_item(list->pdf, names, i));
	if (kid_count > 0 && depth == DEPTH_MOST)
		trouble(list, "damaged");
	for (int i = 0; i < kid_count && depth < DEPTH_MOST && may_go_on(list, &list->nodes, NODES_MOST); i++)
		read_node(list, qpdf_oh_get_array_item(list->pdf, kids, i), depth + 1);
}

void pdf_files_read(struct documents *documents, const char *place, struct bytes content)
{
	struct list list = { .documents = documents, .place = place, .pdf = qpdf_init() };
	qpdf_set_suppress_warnings(list.pdf, QPDF_TRUE);
	qpdf_silence_errors(list.pdf);
	if ((qpdf_read_memory(list.pdf, "", content.data, content.length, NULL) & QPDF_ERRORS) == 0) {
		qpdf_oh names = qpdf_oh_get_key_if_dict(list.pdf, qpdf_get_root(list.pdf), "/Names");
		read_node(&list, qpdf_oh_get_key_if_dict(list.pdf, names, "/EmbeddedFiles"), 0);
	}
	if (list.files == 0)
		trouble(&list, "damaged");
	(void)qpdf_get_error(list.pdf); /* else it is printed */
	qpdf_cleanup(&list.pdf);
}
