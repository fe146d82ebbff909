/* excel97.c - the words in Excel's .xls of 1993 to 2003 (MS-XLS): sheet names, cells, text boxes and comments, headers and footers.
 *
 * libgsf opens the compound file. Numbers come as they are stored, without their format, as those of an .xlsx do.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "document/biff.h"
#include "document/codepage.h"
#include "document/compound.h"
#include "document/little_endian.h"
#include "document/sheet_margin.h"

#define SHEETS_MOST 1000
#define STRINGS_MOST 1000000

enum biff_type {
	BIFF_FORMULA = 0x0006,
	BIFF_EOF = 0x000A,
	BIFF_HEADER = 0x0014,
	BIFF_FOOTER = 0x0015,
	BIFF_FILEPASS = 0x002F,
	BIFF_CODEPAGE = 0x0042,
	BIFF_OBJECT = 0x005D,
	BIFF_BOUNDSHEET = 0x0085,
	BIFF_MULRK = 0x00BD,
	BIFF_RSTRING = 0x00D6,
	BIFF_SST = 0x00FC,
	BIFF_LABELSST = 0x00FD,
	BIFF_TEXT_OBJECT = 0x01B6,
	BIFF_NUMBER = 0x0203,
	BIFF_LABEL = 0x0204,
	BIFF_STRING = 0x0207,
	BIFF_RK = 0x027E,
	BIFF_BOF = 0x0809,
};

#define OBJECT_NOTE 0x19

struct sheet {
	size_t start; /* of its BOF record */
	const char *name;
	bool hidden;
};

struct workbook {
	struct documents *documents;
	const char *place;
	struct sheet *sheets;
	size_t sheet_count;
	struct bytes *strings; /* the table that cells share */
	size_t string_count;
	long codepage;
	bool wide;     /* BIFF8: strings say for themselves how wide their characters are */
	bool locked, damaged;
	const struct sheet *sheet; /* the one being read; NULL in what belongs to all */
	struct text cells, notes, boxes, margin;
	long row, formula_row;
	bool note;     /* the text to come is a comment's */
	size_t left;   /* octets of text to gather yet */
};

static void add_line(struct workbook *workbook, struct text *text, struct bytes utf8, char end)
{
	utf8 = bytes_trim(bytes_slice(utf8, 0, workbook->left));
	workbook->left -= utf8.length;
	if (utf8.length == 0)
		return;
	text_add_bytes(text, utf8);
	text_add_char(text, end);
}

static void read_sheet_name(struct workbook *workbook, struct biff_reader *reader)
{
	uint32_t start;
	uint8_t state;
	struct bytes head, name;
	if (workbook->sheet_count >= SHEETS_MOST || !biff_take(reader, 6, &head) || !read_u32(head, 0, &start) || !read_u8(head, 4, &state) ||
	    !biff_take_string(reader, workbook->documents->arena, 1, workbook->wide, workbook->codepage, &name)) {
		workbook->damaged = true;
		return;
	}
	struct arena *arena = workbook->documents->arena;
	*ARENA_PUSH(arena, workbook->sheets, workbook->sheet_count) =
		(struct sheet){ start, arena_string_of(arena, document_clean(arena, name)), (state & 3) != 0 };
}

static void read_shared_strings(struct workbook *workbook, struct biff_reader *reader)
{
	uint32_t count;
	struct bytes head, string;
	if (!biff_take(reader, 8, &head) || !read_u32(head, 4, &count))
		return;
	while (workbook->string_count < count && workbook->string_count < STRINGS_MOST) {
		if (!biff_take_string(reader, workbook->documents->arena, 2, true, workbook->codepage, &string)) {
			workbook->damaged = true;
			return;
		}
		*ARENA_PUSH(workbook->documents->arena, workbook->strings, workbook->string_count) = string;
	}
	workbook->damaged = workbook->damaged || workbook->string_count < count;
}

static void add_cell(struct workbook *workbook, long row, struct bytes utf8)
{
	if (row != workbook->row && workbook->cells.length > 0 && workbook->left > 0) {
		text_add_char(&workbook->cells, '\n');
		workbook->left--;
	}
	workbook->row = row;
	add_line(workbook, &workbook->cells, utf8, '\t');
}

static void read_cell(struct workbook *workbook, struct biff_reader *reader, unsigned type)
{
	struct bytes head, string, index;
	uint16_t row;
	uint32_t number;
	if (!biff_take(reader, 6, &head) || !read_u16(head, 0, &row))
		return;
	if (type == BIFF_LABELSST) {
		if (biff_take(reader, 4, &index) && read_u32(index, 0, &number) && number < workbook->string_count)
			add_cell(workbook, row, workbook->strings[number]);
	} else if (biff_take_string(reader, workbook->documents->arena, 2, workbook->wide, workbook->codepage, &string))
		add_cell(workbook, row, string);
}

static void add_number(struct workbook *workbook, long row, double number)
{
	char text[32];
	snprintf(text, sizeof text, "%.15g", number); /* as many digits as Excel keeps */
	add_cell(workbook, row, bytes_of(text));
}

static double double_of(uint32_t high, uint32_t low)
{
	uint64_t bits = (uint64_t)high << 32 | low;
	double number;
	memcpy(&number, &bits, sizeof number);
	return number;
}

/* Half a number's octets or 30 bits of a whole one, maybe in hundredths (MS-XLS 2.5.217). */
static double rk_number(uint32_t rk)
{
	double number = (rk & 2) != 0 ? (double)((int32_t)(rk & ~UINT32_C(3)) / 4) : double_of(rk & ~UINT32_C(3), 0);
	return (rk & 1) != 0 ? number / 100 : number;
}

/* Row, column, then for RK and each of MULRK a format and four octets; for the others a format and eight. A formula that gave no number
 * says so with its last two; its text comes in a record behind it. */
static void read_numbers(struct workbook *workbook, struct biff_reader *reader, unsigned type)
{
	struct bytes in;
	uint16_t row, last;
	uint32_t low, high;
	if (!biff_take(reader, reader->end - reader->at, &in) || !read_u16(in, 0, &row))
		return;
	if (type == BIFF_RK || type == BIFF_MULRK) {
		for (size_t at = 6; read_u32(in, at, &low) && (type == BIFF_MULRK || at == 6); at += 6)
			add_number(workbook, row, rk_number(low));
		return;
	}
	if (!read_u32(in, 6, &low) || !read_u32(in, 10, &high) || !read_u16(in, 12, &last))
		return;
	workbook->formula_row = row;
	if (type == BIFF_NUMBER || last != 0xFFFF)
		add_number(workbook, row, double_of(high, low));
}

static void add_margin(struct workbook *workbook, struct bytes codes)
{
	struct text words = TEXT_INIT;
	sheet_margin_add_words(&words, codes);
	add_line(workbook, &workbook->margin, text_bytes(&words), '\n');
	text_release(&words);
}

static void read_text_object(struct workbook *workbook, struct biff_reader *reader)
{
	struct bytes head, string;
	uint16_t length;
	if (!biff_take(reader, 18, &head) || !read_u16(head, 10, &length) || length == 0)
		return;
	if (biff_take_characters(reader, workbook->documents->arena, length, workbook->wide, workbook->codepage, &string))
		add_line(workbook, workbook->note ? &workbook->notes : &workbook->boxes, string, '\n');
}

static void add_gathered(struct workbook *workbook, struct text *text, const char *within, enum document_role role)
{
	const struct sheet *sheet = workbook->sheet;
	struct arena *arena = workbook->documents->arena;
	if (text->length == 0)
		return;
	const char *name = sheet == NULL ? "" : arena_printf(arena, "%s %s", sheet->hidden ? "hidden sheet" : "sheet", sheet->name);
	documents_add_aside(workbook->documents, document_place(arena, workbook->place, document_place(arena, name, within)), text_bytes(text),
			    sheet != NULL && sheet->hidden ? DOCUMENT_HIDDEN : role);
	text_release(text);
}

static void sheet_ends(struct workbook *workbook)
{
	add_gathered(workbook, &workbook->cells, "", DOCUMENT_BODY);
	add_gathered(workbook, &workbook->boxes, "text boxes", DOCUMENT_BODY);
	add_gathered(workbook, &workbook->notes, "comments", DOCUMENT_NOTE);
	add_gathered(workbook, &workbook->margin, "header or footer", DOCUMENT_MARGIN);
}

static void begin(struct workbook *workbook, size_t at, struct biff_reader *reader)
{
	struct bytes version;
	uint16_t number;
	for (size_t i = 0; i < workbook->sheet_count; i++)
		if (workbook->sheets[i].start == at) {
			sheet_ends(workbook);
			workbook->sheet = &workbook->sheets[i];
			workbook->row = -1;
		}
	if (biff_take(reader, 2, &version) && read_u16(version, 0, &number))
		workbook->wide = number >= 0x0600;
}

static void read_record(struct workbook *workbook, size_t at, unsigned type, struct biff_reader *reader)
{
	struct arena *arena = workbook->documents->arena;
	struct bytes value;
	uint16_t number;
	switch (type) {
	case BIFF_BOF: begin(workbook, at, reader); break;
	case BIFF_FILEPASS: workbook->locked = true; break;
	case BIFF_CODEPAGE:
		if (biff_take(reader, 2, &value) && read_u16(value, 0, &number))
			workbook->codepage = number == 0x8000 ? 10000 : number == 0x8001 ? 1252 : number;
		break;
	case BIFF_BOUNDSHEET: read_sheet_name(workbook, reader); break;
	case BIFF_SST: read_shared_strings(workbook, reader); break;
	case BIFF_LABELSST:
	case BIFF_LABEL:
	case BIFF_RSTRING: read_cell(workbook, reader, type); break;
	case BIFF_FORMULA:
	case BIFF_NUMBER:
	case BIFF_RK:
	case BIFF_MULRK: read_numbers(workbook, reader, type); break;
	case BIFF_STRING: /* what the formula before it gave */
		if (biff_take_string(reader, arena, 2, workbook->wide, workbook->codepage, &value))
			add_cell(workbook, workbook->formula_row, value);
		break;
	case BIFF_HEADER:
	case BIFF_FOOTER:
		if (biff_take_string(reader, arena, workbook->wide ? 2 : 1, workbook->wide, workbook->codepage, &value))
			add_margin(workbook, value);
		break;
	case BIFF_OBJECT:
		workbook->note = biff_take(reader, 6, &value) && read_u16(value, 4, &number) && number == OBJECT_NOTE;
		break;
	case BIFF_TEXT_OBJECT: read_text_object(workbook, reader); break;
	default: break;
	}
}

static void add_sheet_names(struct workbook *workbook)
{
	struct text names = TEXT_INIT;
	for (size_t i = 0; i < workbook->sheet_count; i++)
		text_printf(&names, "%s\n", workbook->sheets[i].name);
	documents_add_aside(workbook->documents, document_place(workbook->documents->arena, workbook->place, "names of sheets"), text_bytes(&names),
			    DOCUMENT_NOTE);
	text_release(&names);
}

void excel97_read_folder(struct documents *documents, const char *place, const struct compound *folder)
{
	struct bytes stream = compound_stream(folder, "Workbook");
	if (stream.length == 0)
		stream = compound_stream(folder, "Book");
	struct workbook workbook = { .documents = documents, .place = place, .codepage = 1252, .row = -1, .left = documents->left.text + 1 };
	struct biff_reader reader;
	unsigned type;
	size_t at = 0;
	compound_read_properties(documents, place, folder);
	for (size_t start = 0; !workbook.locked && biff_next(stream, &at, &type, &reader); start = at)
		read_record(&workbook, start, type, &reader);
	if (workbook.locked)
		documents_add_trouble(documents, place, "locked with a password");
	else if (workbook.damaged || at < stream.length || stream.length == 0)
		documents_add_trouble(documents, place, "damaged");
	sheet_ends(&workbook);
	add_sheet_names(&workbook);
}
