/* label.c - labels that mail programs and labelling tools put into the header (marking.h).
 *
 * A label is the value of a field made for labels, so its words need not stand anywhere: they only must not be denied. A number in
 * the council's own map outranks words. A label of an organisation that the map does not know is a stranger's: it came with
 * their letter, stays there when it is answered, and is reported as no more than a weak marking.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "message/header.h"
#include "reading/lettering.h"
#include "reading/marking.h"

#include "base/unicode.h"

#define FIELDS_MOST 20    /* labels are read from at most so many fields */
#define LABELS_MOST 20    /* in one msip_labels field */
#define VALUE_BYTES ((size_t)8000)
#define NOWHERE ((size_t)-1)

void markings_of_sensitivity(struct markings *markings, const char *sensitivity)
{
	if (sensitivity == NULL || !bytes_equal_nocase(bytes_of(sensitivity), BYTES("company-confidential")))
		return;
	markings_add(markings, (struct marking){ .place = MARKING_IN_HEADER, .strength = MARKING_EXPLICIT, .where = "Sensitivity",
						 .words = "Company-Confidential" });
}

static void add_label(struct markings *markings, const char *where, enum marking_strength strength, const char *words)
{
	markings_add(markings, (struct marking){ .place = MARKING_IN_HEADER, .strength = strength, .where = where, .words = words });
}

/* ---- labels in words ------------------------------------------------------------------------------------------ */

/* Classes that are words of every day elsewhere. */
static bool is_class(struct bytes value)
{
	static const char *const classes[] = { "protected", "secret", "top secret", "top-secret", "sensitive", "protect", "restricted" };
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (bytes_equal_nocase(value, bytes_of(classes[i])))
			return true;
	return false;
}

static bool words_mark(const struct markings *markings, struct bytes value)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	struct phrase_match open;
	if (markings_cancelled(markings, value))
		return false;
	/* A whole value that the council says does not mark. */
	if (lexicon_find(wording->lexicon, wording->scratch, "marking-open", value, &open) == YES && open.span.end - open.span.start == value.length)
		return false;
	return is_class(value) || markings_best(markings, value, &span) != STANDS_NOT;
}

/* The value of SEC= in "VER=2018.6, NS=gov.au, SEC=OFFICIAL:Sensitive, ORIGIN=...", or all of it. */
static struct bytes class_of(struct bytes value)
{
	size_t at = bytes_find_nocase(value, BYTES("SEC="), 0);
	if (at == NOWHERE)
		return bytes_trim(value);
	struct bytes rest = bytes_slice(value, at + 4, value.length);
	size_t end = bytes_find_char(rest, ',', 0), other = bytes_find_char(rest, ';', 0);
	end = other < end ? other : end;
	return bytes_trim(bytes_slice(rest, 0, end == NOWHERE ? rest.length : end));
}

/* The first number in the value that the map knows. */
static const struct label *mapped_in(const struct label_map *map, struct bytes value)
{
	for (size_t i = 0; i < map->count; i++)
		if (map->items[i].guid != NULL && bytes_find_nocase(value, bytes_of(map->items[i].guid), 0) != NOWHERE)
			return &map->items[i];
	return NULL;
}

static void judge_value(struct markings *markings, const char *where, struct bytes value)
{
	const struct label *label = mapped_in(lexicon_labels(markings->wording->lexicon), value);
	struct bytes class = class_of(lettering_read(markings->arena, value));
	if (label != NULL ? label->marks : words_mark(markings, class))
		add_label(markings, where, MARKING_EXPLICIT,
			  label != NULL && label->name != NULL ? label->name : arena_string_of(markings->arena, utf8_clip(class, 200)));
}

/* ---- Microsoft Purview: "MSIP_Label_GUID_Enabled=True; MSIP_Label_GUID_SiteId=...; ..." ------------------------ */

struct purview_label {
	struct bytes guid, tenant, name;
	bool enabled;
};

struct purview {
	struct purview_label items[LABELS_MOST];
	size_t count;
};

static struct purview_label *purview_label_of(struct purview *purview, struct bytes guid)
{
	for (size_t i = 0; i < purview->count; i++)
		if (bytes_equal_nocase(purview->items[i].guid, guid))
			return &purview->items[i];
	if (purview->count == LABELS_MOST)
		return NULL;
	purview->items[purview->count] = (struct purview_label){ .guid = guid };
	return &purview->items[purview->count++];
}

/* One "key=value" or "key: value". */
static void take_property(struct purview *purview, struct bytes property)
{
	static const size_t prefix = sizeof "MSIP_Label_" - 1, number = 36;
	property = bytes_trim(property);
	size_t equals = 0;
	while (equals < property.length && property.data[equals] != '=' && property.data[equals] != ':')
		equals++;
	struct bytes key = bytes_trim(bytes_slice(property, 0, equals)), value = bytes_trim(bytes_slice(property, equals + 1, property.length));
	struct bytes guid = bytes_slice(key, prefix, prefix + number), what = bytes_slice(key, prefix + number, key.length);
	if (!bytes_starts_with_nocase(key, BYTES("MSIP_Label_")) || !is_guid(guid))
		return;
	struct purview_label *label = purview_label_of(purview, guid);
	if (label == NULL)
		return;
	if (bytes_equal_nocase(what, BYTES("_Enabled")))
		label->enabled = bytes_equal_nocase(value, BYTES("true"));
	else if (bytes_equal_nocase(what, BYTES("_SiteId")))
		label->tenant = value;
	else if (bytes_equal_nocase(what, BYTES("_Name")))
		label->name = value;
}

static void judge_purview_label(struct markings *markings, const char *where, enum marking_place place, const struct purview_label *label)
{
	const struct label_map *map = lexicon_labels(markings->wording->lexicon);
	const struct label *mapped = label_map_find(map, label->guid, label->tenant);
	struct bytes name = bytes_trim(unicode_plain(markings->arena, utf8_clip(label->name, VALUE_BYTES)));
	if (!label->enabled)
		return;
	bool foreign = mapped == NULL && label_map_is_foreign(map, label->tenant);
	if (mapped != NULL ? !mapped->marks : !words_mark(markings, lettering_read(markings->arena, name)))
		return;
	const char *words = mapped != NULL && mapped->name != NULL ? mapped->name : arena_string_of(markings->arena, name);
	markings_add(markings, (struct marking){ .place = place, .strength = foreign ? MARKING_WEAK : MARKING_EXPLICIT, .where = where, .words = words });
}

static void judge_purview(struct markings *markings, const char *where, enum marking_place place, struct bytes value, const char *between)
{
	struct purview purview = { .count = 0 };
	for (size_t at = 0, end; at < value.length; at = end + 1) {
		for (end = at; end < value.length && strchr(between, value.data[end]) == NULL;)
			end++;
		take_property(&purview, bytes_slice(value, at, end));
	}
	for (size_t i = 0; i < purview.count; i++)
		judge_purview_label(markings, where, place, &purview.items[i]);
}

void markings_of_properties(struct markings *markings, struct bytes properties, const char *where)
{
	if (bytes_find_nocase(properties, BYTES("MSIP_Label_"), 0) != NOWHERE)
		judge_purview(markings, where, MARKING_IN_DOCUMENT, utf8_clip(properties, VALUE_BYTES * 8), "\r\n;");
}

/* ---- which fields --------------------------------------------------------------------------------------------- */

/* Ends of names that fields for labels have: X-Classification, X-TitusProperties-Classification, X-Protective-Marking,
 * X-MS-Exchange-Organization-Classification, x-microsoft-classification, SIO-Label (RFC 7444) ... Sensitivity is read by itself. */
static bool is_label_field(struct bytes name)
{
	static const char *const ends[] = { "-classification", "protective-marking", "security-marking", "-sensitivity", "security-label",
					    "sensitivity-label", "sio-label", "-marking" };
	if (bytes_equal_nocase(name, BYTES("Classification")))
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct bytes end = bytes_of(ends[i]);
		if (name.length >= end.length && bytes_equal_nocase(bytes_slice(name, name.length - end.length, name.length), end))
			return true;
	}
	return false;
}

void markings_of_labels(struct markings *markings, const struct part *root)
{
	size_t read = 0;
	for (size_t i = 0; i < root->header_count && read < FIELDS_MOST; i++) {
		const struct header *header = &root->headers[i];
		bool purview = bytes_equal_nocase(bytes_trim(header->name), BYTES("msip_labels"));
		if (!purview && !is_label_field(bytes_trim(header->name)))
			continue;
		const char *where = arena_string_of(markings->arena, utf8_clip(unicode_plain(markings->arena, bytes_trim(header->name)), 100));
		struct bytes text = utf8_clip(unicode_plain(markings->arena, bytes_of(header_text(markings->arena, root, header))), VALUE_BYTES);
		if (purview)
			judge_purview(markings, where, MARKING_IN_HEADER, text, ";");
		else
			judge_value(markings, where, text);
		read++;
	}
}
