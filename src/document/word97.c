/* word97.c - Word's .doc of 1997 to 2003 (MS-DOC), and the text of its forerunners 6 and 95.
 *
 * libgsf opens the compound file; the text is found through the piece table: runs of characters, 8 or 16 bits wide, anywhere in the
 * main stream, in the order of main text, footnotes, headers, comments, endnotes and text boxes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "document/codepage.h"
#include "document/compound.h"
#include "document/little_endian.h"
#include "document/office_art.h"

#define WORD_MAGIC 0xA5EC
#define WORD_95_MAGIC 0xA5DC
#define FLAGS_AT 0x0A
#define FLAG_ENCRYPTED 0x0100
#define FLAG_TABLE_1 0x0200
#define FIRST_WORD_97 0xC1
#define COUNTS_AT 0x4C          /* ccpText in a Word 97 header */
#define CLX_AT 0x01A2           /* where the piece table is, and how long */
#define DRAWINGS_AT 0x022A      /* fcDggInfo */
#define PIECE 8
#define PICTURE_LEAST 20000 /* octets: a page somebody scanned, not a rule or a logo */

struct story {
	const char *place;
	enum document_role role;
};

/* In the order the counts stand in; the fourth is macros' and has no text. */
static const struct story stories[] = {
	{ "", DOCUMENT_BODY }, { "footnotes", DOCUMENT_NOTE }, { "header or footer", DOCUMENT_MARGIN }, { NULL, DOCUMENT_BODY },
	{ "comments", DOCUMENT_NOTE }, { "endnotes", DOCUMENT_NOTE }, { "text box", DOCUMENT_BODY }, { "text box in the header or footer", DOCUMENT_MARGIN },
};
#define STORIES (sizeof stories / sizeof *stories)

/* The pieces one behind another, as UTF-16LE: positions in it are the characters that the counts count. */
struct characters {
	struct text text;
	size_t most;
	bool damaged;
};

static void add_narrow(struct arena *arena, struct characters *characters, struct bytes octets)
{
	struct bytes utf8 = codepage_to_utf8(arena, octets, 1252);
	for (size_t i = 0; i < utf8.length;) { /* nothing in windows-1252 is beyond three octets */
		unsigned c = (unsigned char)utf8.data[i];
		size_t more = c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
		c &= more == 2 ? 0x0F : more == 1 ? 0x1F : 0x7F;
		for (i++; more > 0 && i < utf8.length; more--)
			c = c << 6 | ((unsigned char)utf8.data[i++] & 0x3F);
		text_add_char(&characters->text, (char)c);
		text_add_char(&characters->text, (char)(c >> 8));
	}
}

static void add_piece(struct arena *arena, struct characters *characters, struct bytes stream, uint32_t where, size_t count)
{
	bool narrow = (where & 0x40000000) != 0;
	size_t from = where & 0x3FFFFFFF, width = narrow ? 1 : 2;
	from = narrow ? from / 2 : from;
	if (from > stream.length || count > (stream.length - from) / width) {
		characters->damaged = true;
		count = from > stream.length ? 0 : (stream.length - from) / width;
	}
	if (count > (characters->most - characters->text.length) / 2)
		count = (characters->most - characters->text.length) / 2;
	struct bytes octets = bytes_slice(stream, from, from + count * width);
	if (narrow)
		add_narrow(arena, characters, octets);
	else
		text_add_bytes(&characters->text, octets);
}

/* Behind the formats of paragraphs (1, length of 16 bits): 2, length of 32 bits, then where each piece begins and where it is. */
static bool find_pieces(struct bytes clx, struct bytes *out)
{
	uint16_t skip;
	uint32_t length;
	size_t at = 0;
	while (at < clx.length && clx.data[at] == 1) {
		if (!read_u16(clx, at + 1, &skip))
			return false;
		at += 3 + (size_t)skip;
	}
	if (at >= clx.length || clx.data[at] != 2 || !read_u32(clx, at + 1, &length) || length > clx.length - at - 5)
		return false;
	*out = bytes_slice(clx, at + 5, at + 5 + length);
	return out->length >= 4;
}

static bool read_pieces(struct arena *arena, struct bytes stream, struct bytes clx, struct characters *characters)
{
	struct bytes table;
	if (!find_pieces(clx, &table))
		return false;
	size_t count = (table.length - 4) / (4 + PIECE);
	for (size_t i = 0; i < count; i++) {
		uint32_t from, to, where;
		if (!read_u32(table, i * 4, &from) || !read_u32(table, i * 4 + 4, &to) || !read_u32(table, (count + 1) * 4 + i * PIECE + 2, &where))
			return false;
		if (to < from)
			return false;
		add_piece(arena, characters, stream, where, to - from);
	}
	return true;
}

struct field {
	size_t depth;          /* of fields in fields */
	size_t instructions;   /* how many of these are still in their instructions */
};

/* 19 begins a field, 20 ends its instructions, 21 the field; what stands between 20 and 21 is shown. */
static bool in_field_code(struct field *field, unsigned c)
{
	if (c == 0x13) {
		field->depth++;
		field->instructions++;
	} else if (c == 0x14 && field->instructions > 0)
		field->instructions--;
	else if (c == 0x15 && field->depth > 0) {
		field->depth--;
		if (field->instructions > field->depth)
			field->instructions = field->depth;
	}
	return field->instructions > 0 || (c >= 0x13 && c <= 0x15);
}

/* What Word's own characters stand for: NUL is "nothing". */
static unsigned shown(unsigned c)
{
	switch (c) {
	case 0x07: return '\t'; /* ends a cell or a row */
	case 0x0B:
	case 0x0C:
	case 0x0D:
	case 0x0E: return '\n';
	case 0x1E: return '-';
	case '\t':
	case '\n': return c;
	default: return c < ' ' ? 0 : c;
	}
}

static struct bytes tidy(struct arena *arena, struct bytes utf16)
{
	struct text text = TEXT_INIT;
	struct field field = { 0, 0 };
	for (size_t i = 0; i + 1 < utf16.length; i += 2) {
		unsigned c = (unsigned char)utf16.data[i] | (unsigned)(unsigned char)utf16.data[i + 1] << 8;
		c = in_field_code(&field, c) ? 0 : shown(c);
		if (c == 0)
			continue;
		text_add_char(&text, (char)c);
		text_add_char(&text, (char)(c >> 8));
	}
	struct bytes utf8 = utf16le_to_utf8(arena, text_bytes(&text));
	text_release(&text);
	return utf8;
}

/* False when there is no word in any of them. */
static bool add_stories(struct documents *documents, const char *place, struct bytes stream, struct bytes utf16)
{
	size_t at = 0, before = documents->text_count;
	for (size_t i = 0; i < STORIES; i++) {
		uint32_t count;
		if (!read_u32(stream, COUNTS_AT + i * 4, &count))
			break;
		size_t end = count > (utf16.length - at) / 2 ? utf16.length : at + (size_t)count * 2;
		if (stories[i].place != NULL)
			documents_add_aside(documents, document_place(documents->arena, place, stories[i].place),
					    tidy(documents->arena, bytes_slice(utf16, at, end)), stories[i].role);
		at = end;
	}
	return documents->text_count > before;
}

static struct bytes part_at(struct bytes table, struct bytes stream, size_t where)
{
	uint32_t from, length;
	if (!read_u32(stream, where, &from) || !read_u32(stream, where + 4, &length) || from > table.length)
		return BYTES_EMPTY;
	return bytes_slice(table, from, (size_t)from + length);
}

static bool read_97(struct documents *documents, const char *place, const struct compound *folder, struct bytes stream, struct bytes table)
{
	struct characters characters = { .text = TEXT_INIT, .most = documents->left.text * 2 + 2 };
	bool found = read_pieces(documents->arena, stream, part_at(table, stream, CLX_AT), &characters);
	bool words = add_stories(documents, place, stream, text_bytes(&characters.text));
	text_release(&characters.text);
	if (!words && compound_stream(folder, "Data").length > PICTURE_LEAST)
		documents_add_trouble(documents, place, "pictures without text");
	struct bytes art = office_art_text(documents->arena, part_at(table, stream, DRAWINGS_AT));
	documents_add_aside(documents, document_place(documents->arena, place, "watermark or drawing"), art, DOCUMENT_MARGIN);
	return found && !characters.damaged;
}

/* Word 6 and 95: the text lies in one run from fcMin to fcMac. */
static bool read_95(struct documents *documents, const char *place, struct bytes stream)
{
	uint32_t from, to;
	if (!read_u32(stream, 0x18, &from) || !read_u32(stream, 0x1C, &to) || from > to || from > stream.length)
		return false;
	struct characters characters = { .text = TEXT_INIT, .most = documents->left.text * 2 + 2 };
	add_piece(documents->arena, &characters, stream, 0x40000000 | (from * 2 & 0x3FFFFFFF), to - from);
	documents_add_text(documents, place, tidy(documents->arena, text_bytes(&characters.text)), false);
	text_release(&characters.text);
	return !characters.damaged;
}

void word97_read_folder(struct documents *documents, const char *place, const struct compound *folder)
{
	struct bytes stream = compound_stream(folder, "WordDocument");
	uint16_t magic = 0, version = 0, flags = 0;
	bool sound = read_u16(stream, 0, &magic) && read_u16(stream, 2, &version) && read_u16(stream, FLAGS_AT, &flags) &&
		     (magic == WORD_MAGIC || magic == WORD_95_MAGIC);
	compound_read_properties(documents, place, folder);
	if (sound && (flags & FLAG_ENCRYPTED) != 0) {
		documents_add_trouble(documents, place, "locked with a password");
		return;
	}
	if (sound && version >= FIRST_WORD_97)
		sound = read_97(documents, place, folder, stream, compound_stream(folder, (flags & FLAG_TABLE_1) != 0 ? "1Table" : "0Table"));
	else if (sound)
		sound = read_95(documents, place, stream);
	if (!sound)
		documents_add_trouble(documents, place, "damaged");
	const struct compound *pool = compound_child(folder, "ObjectPool");
	for (size_t i = 0; pool != NULL && i < pool->child_count; i++)
		if (pool->children[i].storage)
			embedded_read_object(documents, document_place(documents->arena, place, "embedded object"), &pool->children[i]);
}
