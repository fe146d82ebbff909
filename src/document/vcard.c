/* vcard.c - contact cards (RFC 6350, and vCard 2.1 and 3.0 before it): names, offices and notes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "document/formats.h"
#include "document/properties.h"
#include "message/card.h"

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

static void read_line(struct reader *reader, const struct card_line *line)
{
	const struct field *field = field_of(line->name);
	if (field == NULL)
		return;
	struct bytes value = document_clean(reader->documents->arena, card_value(reader->documents->arena, line));
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

void vcard_read(struct documents *documents, const char *place, struct bytes content)
{
	struct reader reader = { .documents = documents, .text = TEXT_INIT, .properties = PROPERTIES_INIT };
	struct card_reader cards = { .content = content };
	struct card_line line;
	while (card_next(&cards, &line))
		read_line(&reader, &line);
	card_end(&cards);
	documents_add_text(documents, place, text_bytes(&reader.text), false);
	text_release(&reader.text);
	properties_end(&reader.properties, documents, place);
	if (reader.open > 0)
		documents_add_trouble(documents, place, "damaged");
}
