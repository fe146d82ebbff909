/* compound.c - see compound.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/compound.h"

#include <gsf/gsf.h>

#include "document/little_endian.h"
#include "document/properties.h"
#include "document/quiet.h"

#define DEPTH_MOST 40      /* each message in a message is two */
#define CHILDREN_MOST 6000
#define ENTRY ((size_t)128)
#define ENTRIES_MOST 6000  /* a message to more than two hundred people has as many */

struct loading {
	struct documents *documents;
	const char *place;
	size_t left;  /* streams of an honest file are together no longer than the file */
	size_t nodes;
	bool damaged;
};

static void load_stream(struct loading *loading, GsfInput *input, struct compound *node)
{
	gsf_off_t size = gsf_input_size(input);
	if (size <= 0)
		return;
	if ((guint64)size > loading->left) {
		loading->damaged = true;
		return;
	}
	loading->left -= (size_t)size;
	char *copy = arena_alloc(loading->documents->arena, (size_t)size + 1);
	if (gsf_input_seek(input, 0, G_SEEK_SET) || gsf_input_read(input, (size_t)size, (guint8 *)copy) == NULL)
		loading->damaged = true;
	else
		node->content = (struct bytes){ copy, (size_t)size };
}

static void load(struct loading *loading, GsfInput *input, const char *name, struct compound *node, size_t depth)
{
	struct arena *arena = loading->documents->arena;
	node->name = arena_string(arena, name == NULL ? "" : name);
	int count = GSF_IS_INFILE(input) ? gsf_infile_num_children(GSF_INFILE(input)) : -1;
	node->storage = count >= 0;
	if (count < 0) {
		load_stream(loading, input, node);
		return;
	}
	if (depth == 0 || (size_t)count > loading->nodes) {
		loading->damaged = loading->damaged || count > 0;
		return;
	}
	loading->nodes -= (size_t)count;
	struct compound *children = arena_array(arena, (size_t)count, sizeof *children);
	for (int i = 0; i < count; i++) {
		GsfInput *child = gsf_infile_child_by_index(GSF_INFILE(input), i);
		if (child == NULL)
			loading->damaged = true;
		else
			load(loading, child, gsf_infile_name_by_index(GSF_INFILE(input), i), &children[node->child_count++], depth - 1);
		g_clear_object(&child);
	}
	node->children = children;
}

/* libgsf takes a second for some ten thousand entries that hang on one another, and recurses over them until the stack ends. The entries
 * are counted where they lie, without following the file's chains: 128 octets with a length, a type and a colour that fit. */
static bool may_open(struct bytes content)
{
	size_t entries = 0;
	uint16_t length;
	for (size_t at = ENTRY; at + ENTRY <= content.length; at += ENTRY) {
		unsigned type = (unsigned char)content.data[at + 66], colour = (unsigned char)content.data[at + 67];
		bool named = read_u16(content, at + 64, &length) && length > 0 && length <= 64;
		entries += named && colour <= 1 && (type == 1 || type == 2 || type == 5);
	}
	return entries <= ENTRIES_MOST;
}

const struct compound *compound_open(struct documents *documents, const char *place, struct bytes content)
{
	if (!may_open(content)) {
		documents_add_trouble(documents, place, "more parts in it than are examined");
		return NULL;
	}
	libraries_keep_quiet();
	GsfInput *input = gsf_input_memory_new((const guint8 *)content.data, (gsf_off_t)content.length, FALSE);
	GsfInfile *file = input == NULL ? NULL : gsf_infile_msole_new(input, NULL);
	struct compound *top = NULL;
	if (file != NULL && documents_may_unpack(documents, place, content.length)) {
		struct loading loading = { documents, place, content.length, CHILDREN_MOST, false };
		top = arena_alloc(documents->arena, sizeof *top);
		load(&loading, GSF_INPUT(file), NULL, top, DEPTH_MOST);
		if (loading.damaged)
			documents_add_trouble(documents, place, "damaged");
	} else if (file == NULL)
		documents_add_trouble(documents, place, "damaged");
	g_clear_object(&file);
	g_clear_object(&input);
	return top;
}

const struct compound *compound_child(const struct compound *folder, const char *name)
{
	for (size_t i = 0; i < folder->child_count; i++)
		if (bytes_equal_nocase(bytes_of(folder->children[i].name), bytes_of(name)))
			return &folder->children[i];
	return NULL;
}

struct bytes compound_stream(const struct compound *folder, const char *name)
{
	const struct compound *child = compound_child(folder, name);
	return child == NULL ? BYTES_EMPTY : child->content;
}

struct summary_name {
	const char *gsf, *shown;
};

/* What a person typed; the rest (dates, counts, the program) says nothing. The author's own properties carry their own names. */
static const struct summary_name summary_names[] = {
	{ GSF_META_NAME_TITLE, "Title" },
	{ GSF_META_NAME_SUBJECT, "Subject" },
	{ GSF_META_NAME_KEYWORDS, "Keywords" },
	{ GSF_META_NAME_DESCRIPTION, "Comments" },
	{ GSF_META_NAME_CATEGORY, "Category" },
	{ GSF_META_NAME_COMPANY, "Company" },
	{ GSF_META_NAME_MANAGER, "Manager" },
	{ GSF_META_NAME_CREATOR, "Author" },
	{ "msole:status", "Status" },
};

static const char *shown_name(const char *gsf)
{
	for (size_t i = 0; i < sizeof summary_names / sizeof *summary_names; i++)
		if (strcmp(gsf, summary_names[i].gsf) == 0)
			return summary_names[i].shown;
	bool of_the_program = strchr(gsf, ':') != NULL && strpbrk(gsf, " ") == NULL;
	return of_the_program ? NULL : gsf;
}

static void add_value(struct properties *properties, const char *name, const GValue *value)
{
	if (value == NULL)
		return;
	if (VAL_IS_GSF_DOCPROP_VECTOR(value)) {
		char *listed = gsf_docprop_vector_as_string(gsf_value_get_docprop_vector(value));
		properties_add(properties, bytes_of(name), bytes_of(listed));
		g_free(listed);
	} else if (G_VALUE_HOLDS_STRING(value))
		properties_add(properties, bytes_of(name), bytes_of(g_value_get_string(value)));
	else if (G_VALUE_HOLDS_BOOLEAN(value))
		properties_add(properties, bytes_of(name), bytes_of(g_value_get_boolean(value) ? "true" : "false"));
}

static void add_property(gpointer key, gpointer value, gpointer data)
{
	const char *name = shown_name(key);
	if (name != NULL)
		add_value(data, name, gsf_doc_prop_get_val(value));
}

void compound_read_properties(struct documents *documents, const char *place, const struct compound *top)
{
	static const char *const streams[] = { "\005SummaryInformation", "\005DocumentSummaryInformation" };
	struct properties properties = PROPERTIES_INIT;
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		struct bytes stream = compound_stream(top, streams[i]);
		if (stream.length == 0)
			continue;
		GsfDocMetaData *summary = gsf_doc_meta_data_new();
		GsfInput *input = gsf_input_memory_new((const guint8 *)stream.data, (gsf_off_t)stream.length, FALSE);
		GError *failed = gsf_doc_meta_data_read_from_msole(summary, input);
		g_clear_error(&failed); /* what was read before it stays */
		gsf_doc_meta_data_foreach(summary, add_property, &properties);
		g_object_unref(input);
		g_object_unref(summary);
	}
	properties_end(&properties, documents, place);
}
