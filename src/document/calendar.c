/* calendar.c - calendar entries (RFC 5545): what they are about, where, who comes, how private, and the files in them.
 *
 * libical, the reference implementation. It recurses over what is nested and stops at a NUL, so both are seen to before.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <libical/ical.h>

#include "base/text.h"
#include "document/formats.h"
#include "document/properties.h"
#include "message/decode.h"

#define LONGEST ((size_t)8 << 20)
#define NESTED_MOST 20
#define ENTRIES_MOST 20000

struct reader {
	struct documents *documents;
	const char *place;
	struct text text, people, html;
	struct properties properties;
	size_t entries;
};

enum handling { SHOW, PEOPLE, PROPERTY };

struct field {
	icalproperty_kind kind;
	enum handling handling;
	const char *name;
};

static const struct field fields[] = {
	{ ICAL_SUMMARY_PROPERTY, SHOW, NULL },
	{ ICAL_DESCRIPTION_PROPERTY, SHOW, NULL },
	{ ICAL_LOCATION_PROPERTY, SHOW, NULL },
	{ ICAL_COMMENT_PROPERTY, SHOW, NULL },
	{ ICAL_CONTACT_PROPERTY, SHOW, NULL },
	{ ICAL_RESOURCES_PROPERTY, SHOW, NULL },
	{ ICAL_ORGANIZER_PROPERTY, PEOPLE, "Organizer" },
	{ ICAL_ATTENDEE_PROPERTY, PEOPLE, "Attendee" },
	{ ICAL_CATEGORIES_PROPERTY, PROPERTY, "Categories" },
	{ ICAL_CLASS_PROPERTY, PROPERTY, "Class" },
};

static const struct field *field_of(icalproperty_kind kind)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (fields[i].kind == kind)
			return &fields[i];
	return NULL;
}

/* The value as written, its escapes undone (RFC 5545 3.3.11); libical has no way to ask for that whatever the property. */
static void add_unescaped(struct text *text, const char *value)
{
	for (const char *c = value; *c != '\0'; c++) {
		bool escape = *c == '\\' && c[1] != '\0';
		c += escape;
		text_add_char(text, escape && (*c == 'n' || *c == 'N') ? '\n' : *c);
	}
	text_add_char(text, '\n');
}

static void add_person(struct reader *reader, const char *role, icalproperty *property, const char *value)
{
	icalparameter *name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
	struct bytes address = bytes_of(value);
	if (bytes_starts_with_nocase(address, BYTES("mailto:")))
		address = bytes_slice(address, strlen("mailto:"), address.length);
	text_printf(&reader->people, "%s: ", role);
	if (name != NULL && icalparameter_get_cn(name) != NULL)
		text_printf(&reader->people, "%s ", icalparameter_get_cn(name));
	text_add_char(&reader->people, '<');
	text_add_bytes(&reader->people, address);
	text_add(&reader->people, ">\n");
}

static const char *parameter_text(icalproperty *property, icalparameter_kind kind, const char *(*get)(const icalparameter *))
{
	icalparameter *parameter = icalproperty_get_first_parameter(property, kind);
	return parameter == NULL ? NULL : get(parameter);
}

static void read_file(struct reader *reader, icalproperty *property)
{
	struct arena *arena = reader->documents->arena;
	icalattach *file = icalproperty_get_attach(property);
	if (file == NULL || icalattach_get_is_url(file) || icalattach_get_data(file) == NULL)
		return;
	const char *name = parameter_text(property, ICAL_FILENAME_PARAMETER, icalparameter_get_filename);
	const char *type = parameter_text(property, ICAL_FMTTYPE_PARAMETER, icalparameter_get_fmttype);
	const char *where = document_place(arena, reader->place, name == NULL ? "attachment" : name);
	struct bytes encoded = bytes_of((const char *)icalattach_get_data(file));
	bool clean;
	if (documents_may_unpack(reader->documents, where, encoded.length / 4 * 3))
		(void)document_read(reader->documents, where, base64_to_bytes(arena, encoded, &clean), name, type);
}

static void read_extension(struct reader *reader, icalproperty *property, const char *value)
{
	struct bytes name = bytes_of(icalproperty_get_x_name(property));
	if (bytes_equal_nocase(name, BYTES("X-ALT-DESC")))
		add_unescaped(&reader->html, value);
	else if (bytes_equal_nocase(name, BYTES("X-WR-CALNAME")) || bytes_equal_nocase(name, BYTES("X-WR-CALDESC")))
		add_unescaped(&reader->text, value);
}

static void read_property(struct reader *reader, icalproperty *property)
{
	icalproperty_kind kind = icalproperty_isa(property);
	if (kind == ICAL_ATTACH_PROPERTY) {
		read_file(reader, property);
		return;
	}
	const struct field *field = field_of(kind);
	if (field == NULL && kind != ICAL_X_PROPERTY)
		return;
	char *value = icalproperty_get_value_as_string_r(property);
	if (value == NULL)
		return;
	if (field == NULL)
		read_extension(reader, property, value);
	else if (field->handling == SHOW)
		add_unescaped(&reader->text, value);
	else if (field->handling == PEOPLE)
		add_person(reader, field->name, property, value);
	else if (kind != ICAL_CLASS_PROPERTY || !bytes_equal_nocase(bytes_of(value), BYTES("PUBLIC")))
		properties_add(&reader->properties, bytes_of(field->name), bytes_of(value));
	icalmemory_free_buffer(value);
}

/* As deep as NESTED_MOST lets it. */
static void read_component(struct reader *reader, icalcomponent *component)
{
	if (++reader->entries > ENTRIES_MOST)
		return;
	for (icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); property != NULL;
	     property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY))
		read_property(reader, property);
	icalcompiter inner = icalcomponent_begin_component(component, ICAL_ANY_COMPONENT);
	for (icalcomponent *child = icalcompiter_deref(&inner); child != NULL; child = icalcompiter_next(&inner))
		read_component(reader, child);
}

/* False where components are left open. Hopeless where they are nested beyond reason, or end before they begin, which libical tells
 * standard error about each time. */
static bool is_sound(struct bytes text, bool *hopeless_out)
{
	size_t depth = 0, at = 0;
	struct bytes line;
	*hopeless_out = false;
	while (bytes_next_line(text, &at, &line)) {
		line = bytes_trim(line);
		if (bytes_starts_with_nocase(line, BYTES("BEGIN:")))
			depth++;
		else if (bytes_starts_with_nocase(line, BYTES("END:")) && depth-- == 0)
			*hopeless_out = true;
		*hopeless_out = *hopeless_out || depth > NESTED_MOST;
	}
	return depth == 0;
}

static void add_all(struct reader *reader)
{
	struct documents *documents = reader->documents;
	documents_add_text(documents, reader->place, text_bytes(&reader->text), false);
	documents_add_text(documents, reader->place, text_bytes(&reader->html), true);
	documents_add_aside(documents, document_place(documents->arena, reader->place, "people"), text_bytes(&reader->people), DOCUMENT_NOTE);
	properties_end(&reader->properties, documents, reader->place);
	text_release(&reader->text);
	text_release(&reader->html);
	text_release(&reader->people);
	if (reader->entries > ENTRIES_MOST)
		documents_add_trouble(documents, reader->place, "more calendar entries than are examined");
}

void calendar_read(struct documents *documents, const char *place, struct bytes content)
{
	bool clean, hopeless;
	struct arena *arena = documents->arena;
	struct bytes text = document_clean(arena, charset_to_utf8(arena, bytes_slice(content, 0, LONGEST), NULL, &clean));
	bool sound = is_sound(text, &hopeless) && content.length <= LONGEST;
	icalerror_set_errors_are_fatal(0);
	icalcomponent *calendar = hopeless ? NULL : icalparser_parse_string(arena_string_of(arena, text));
	if (calendar != NULL) {
		struct reader reader = { .documents = documents, .place = place, .properties = PROPERTIES_INIT };
		read_component(&reader, calendar);
		add_all(&reader);
		icalcomponent_free(calendar);
	}
	if (calendar == NULL || !sound)
		documents_add_trouble(documents, place, content.length > LONGEST ? "too long to examine to the end" : "damaged");
}
