/* office_art.c - see office_art.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/office_art.h"

#include "base/text.h"
#include "document/codepage.h"
#include "document/little_endian.h"

#define RECORD ((size_t)8)
#define PROPERTY ((size_t)6)
#define HOLDS_RECORDS 15
#define OPTIONS 0xF00B
#define WORD_ART 0x00C0 /* gtextUNICODE */
#define OPTIONS_MOST 10000

bool art_record_next(struct bytes records, size_t *at, struct art_record *out)
{
	uint16_t head, type;
	uint32_t length;
	if (!read_u16(records, *at, &head) || !read_u16(records, *at + 2, &type) || !read_u32(records, *at + 4, &length))
		return false;
	*out = (struct art_record){ head & 15, head >> 4, type, bytes_slice(records, *at + RECORD, *at + RECORD + length) };
	*at += RECORD + out->content.length;
	return true;
}

/* A table of numbers; the values of those that are long stand behind it in the same order. */
static void read_options(struct arena *arena, const struct art_record *record, struct text *out)
{
	size_t data = record->instance * PROPERTY;
	for (unsigned i = 0; i < record->instance; i++) {
		uint16_t id;
		uint32_t value;
		if (!read_u16(record->content, i * PROPERTY, &id) || !read_u32(record->content, i * PROPERTY + 2, &value))
			return;
		if ((id & 0x8000) == 0)
			continue;
		if (data > record->content.length || value > record->content.length - data)
			return;
		if ((id & 0x3FFF) == WORD_ART) {
			text_add_bytes(out, bytes_trim(utf16le_to_utf8(arena, bytes_slice(record->content, data, data + value))));
			text_add_char(out, '\n');
		}
		data += value;
	}
}

/* Records in records are walked by going into those that hold others as if they stood in a row; Word puts an octet before each
 * drawing, which shows as a record of a type that no drawing has. */
struct bytes office_art_text(struct arena *arena, struct bytes drawings)
{
	struct text out = TEXT_INIT;
	struct art_record record;
	size_t options = 0;
	for (size_t at = 0, before = 0; art_record_next(drawings, &at, &record); before = at) {
		if (record.type < 0xF000 || record.type > 0xF122)
			at = before + 1;
		else if (record.version == HOLDS_RECORDS)
			at = before + RECORD;
		else if (record.type == OPTIONS && options++ < OPTIONS_MOST)
			read_options(arena, &record, &out);
	}
	struct bytes text = text_to_arena(&out, arena);
	text_release(&out);
	return text;
}
