/* vcard.c - contact cards (RFC 6350, and vCard 2.1 and 3.0 before it): names, offices and notes.
 *
 * Our own: a card is a list of unfolded lines, and Debian's libraries for them belong to address books of desktops.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "document/formats.h"
#include "document/properties.h"
#include "message/decode.h"

#define LINE_MOST ((size_t)1 << 20)
#define HEAD_MOST ((size_t)1000) /* a name and its parameters */

struct reader {
	struct documents *documents;
	struct text text;
	struct properties properties;
	size_t open; /* cards begun and not ended */
};

enum handling { SHOW, PROPERTY, BEGIN, END };

struct field {
	const char *name;
	enum handling handling;
};

static const struct field fields[] = {
	{ "FN", SHOW }, { "N", SHOW }, { "NICKNAME", SHOW }, { "ORG", SHOW }, { "TITLE", SHOW }, { "ROLE", SHOW }, { "NOTE", SHOW },
	{ "ADR", SHOW }, { "LABEL", SHOW }, { "EMAIL", SHOW }, { "AGENT", SHOW }, { "CLASS", PROPERTY }, { "CATEGORIES", PROPERTY },
	{ "BEGIN", BEGIN }, { "END", END },
};

static const struct field *field_of(struct bytes name)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (bytes_equal_nocase(name, bytes_of(fields[i].name)))
			return &fields[i];
	return NULL;
}

/* "item1.NOTE;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:..." */
struct line {
	struct bytes name, parameters, value;
};

static bool split(struct bytes whole, struct line *out)
{
	size_t colon = 0;
	for (bool quoted = false; colon < whole.length && (quoted || whole.data[colon] != ':'); colon++)
		quoted = quoted != (whole.data[colon] == '"');
	if (colon == whole.length)
		return false;
	struct bytes head = bytes_slice(whole, 0, colon);
	size_t end = bytes_find_char(head, ';', 0);
	end = end == (size_t)-1 ? head.length : end;
	out->name = bytes_slice(head, 0, end);
	out->parameters = bytes_slice(head, end, head.length);
	out->value = bytes_slice(whole, colon + 1, whole.length);
	size_t dot = bytes_find_char(out->name, '.', 0);
	if (dot != (size_t)-1)
		out->name = bytes_slice(out->name, dot + 1, out->name.length);
	return true;
}

static const char *charset_of(struct arena *arena, struct bytes parameters)
{
	size_t at = bytes_find_nocase(parameters, BYTES(";CHARSET="), 0);
	if (at == (size_t)-1)
		return NULL;
	size_t from = at + strlen(";CHARSET="), to = bytes_find_char(parameters, ';', from);
	return arena_string_of(arena, bytes_slice(parameters, from, to));
}

static bool is_quoted_printable(struct bytes parameters)
{
	return bytes_find_nocase(parameters, BYTES("QUOTED-PRINTABLE"), 0) != (size_t)-1;
}

static struct bytes value_of(struct arena *arena, const struct line *line)
{
	bool clean;
	struct bytes value = line->value;
	if (is_quoted_printable(line->parameters))
		value = quoted_printable_to_bytes(arena, value, &clean);
	return document_clean(arena, charset_to_utf8(arena, value, charset_of(arena, line->parameters), &clean));
}

/* The parts of a name, office or address, divided by ";", stand behind one another. */
static void add_unescaped(struct text *text, struct bytes value)
{
	for (size_t i = 0; i < value.length; i++) {
		bool escape = value.data[i] == '\\' && i + 1 < value.length;
		i += escape;
		char c = value.data[i];
		text_add_char(text, escape && (c == 'n' || c == 'N') ? '\n' : !escape && c == ';' ? ' ' : c);
	}
}

static void read_line(struct reader *reader, struct bytes whole)
{
	struct line line;
	const struct field *field = split(whole, &line) ? field_of(line.name) : NULL;
	if (field == NULL)
		return;
	struct bytes value = value_of(reader->documents->arena, &line);
	switch (field->handling) {
	case SHOW:
		add_unescaped(&reader->text, value);
		text_add_char(&reader->text, '\n');
		break;
	case PROPERTY:
		if (!bytes_equal_nocase(bytes_trim(value), BYTES("PUBLIC")))
			properties_add(&reader->properties, bytes_of(field->name), value);
		break;
	case BEGIN: reader->open++; break;
	case END: reader->open -= reader->open > 0; break;
	}
}

/* A line goes on in the next where that begins with a blank, or behind the "=" of quoted-printable. */
static void read_lines(struct reader *reader, struct bytes content)
{
	struct text unfolded = TEXT_INIT;
	struct bytes line;
	size_t at = 0;
	bool soft = false;
	while (bytes_next_line(content, &at, &line)) {
		bool folded = line.length > 0 && (line.data[0] == ' ' || line.data[0] == '\t');
		if (!soft && !folded && unfolded.length > 0) {
			read_line(reader, text_bytes(&unfolded));
			text_truncate(&unfolded, 0);
		}
		if (soft)
			text_add(&unfolded, "\r\n");
		if (unfolded.length < LINE_MOST)
			text_add_bytes(&unfolded, folded && !soft ? bytes_slice(line, 1, line.length) : line);
		struct line head;
		soft = bytes_ends_with(line, BYTES("=")) && split(bytes_slice(text_bytes(&unfolded), 0, HEAD_MOST), &head) && is_quoted_printable(head.parameters);
	}
	read_line(reader, text_bytes(&unfolded));
	text_release(&unfolded);
}

void vcard_read(struct documents *documents, const char *place, struct bytes content)
{
	struct reader reader = { .documents = documents, .text = TEXT_INIT, .properties = PROPERTIES_INIT };
	read_lines(&reader, content);
	documents_add_text(documents, place, text_bytes(&reader.text), false);
	text_release(&reader.text);
	properties_end(&reader.properties, documents, place);
	if (reader.open > 0)
		documents_add_trouble(documents, place, "damaged");
}
