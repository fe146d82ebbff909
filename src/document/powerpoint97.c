/* powerpoint97.c - the words in PowerPoint's .ppt of 1997 to 2003 (MS-PPT): slides, notes, comments, headers and footers.
 *
 * libgsf opens the compound file. Its one long stream is records in records, walked in a row; what a text belongs to is told by
 * the innermost record around it that has a meaning.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "document/codepage.h"
#include "document/compound.h"
#include "document/little_endian.h"
#include "document/office_art.h"

#define ENCRYPTED 0xF3D1C4DF
#define TOKEN_AT 12
#define RECORD ((size_t)8)
#define HOLDS_RECORDS 15
#define AROUND_MOST 16
#define ROW_BEGINS 0x03F3 /* SlidePersistAtom: the next slide's texts */

enum text_type { TEXT_WIDE = 0x0FA0, TEXT_NARROW = 0x0FA8, TEXT_OTHER = 0x0FBA };

struct around {
	unsigned type;
	int instance; /* -1: any */
	const char *within;
	enum document_role role;
	bool others; /* the strings that are no slide's text (names of fonts, sounds ...) count here */
};

static const struct around arounds[] = {
	{ 0x0FF0, 0, "slides", DOCUMENT_BODY, false }, /* SlideListWithText */
	{ 0x0FF0, 2, "notes", DOCUMENT_NOTE, false },
	{ 0x0FF0, 1, "master slide", DOCUMENT_MARGIN, false },
	{ 0x03EE, -1, "slides", DOCUMENT_BODY, false },
	{ 0x03F0, -1, "notes", DOCUMENT_NOTE, false },
	{ 0x03F8, -1, "master slide", DOCUMENT_MARGIN, false },
	{ 0x0FD9, -1, "header or footer", DOCUMENT_MARGIN, true },
	{ 0x2EE0, -1, "comments", DOCUMENT_NOTE, true },
};

struct walk {
	struct documents *documents;
	const char *place;
	struct text text; /* gathered for the innermost record of `stack` */
	const struct around *stack[AROUND_MOST];
	size_t ends[AROUND_MOST];
	size_t depth, slide, left;
};

static void add_gathered(struct walk *walk)
{
	static const struct around nothing = { 0, -1, "", DOCUMENT_BODY, false };
	const struct around *around = walk->depth == 0 ? &nothing : walk->stack[walk->depth - 1];
	struct arena *arena = walk->documents->arena;
	if (walk->text.length == 0)
		return;
	bool counted = walk->slide > 0 && around->type == 0x0FF0 && around->instance == 0;
	const char *within = counted ? arena_printf(arena, "slide %zu", walk->slide) : around->within;
	documents_add_aside(walk->documents, document_place(arena, walk->place, within), text_bytes(&walk->text), around->role);
	text_release(&walk->text);
}

static void enter(struct walk *walk, const struct art_record *record, size_t end)
{
	for (size_t i = 0; i < sizeof arounds / sizeof *arounds && walk->depth < AROUND_MOST; i++)
		if (arounds[i].type == record->type && (arounds[i].instance < 0 || arounds[i].instance == (int)record->instance)) {
			add_gathered(walk);
			walk->stack[walk->depth] = &arounds[i];
			walk->ends[walk->depth++] = end;
			walk->slide = 0;
			return;
		}
}

static void leave(struct walk *walk, size_t at)
{
	while (walk->depth > 0 && at >= walk->ends[walk->depth - 1]) {
		add_gathered(walk);
		walk->depth--;
	}
}

/* One octet for each character, the upper half of it left out: Latin-1. */
static struct bytes narrow_to_utf8(struct walk *walk, struct bytes octets)
{
	return codepage_to_utf8(walk->documents->arena, octets, 28591);
}

static void add_text(struct walk *walk, struct bytes utf8)
{
	utf8 = bytes_slice(utf8, 0, walk->left);
	walk->left -= utf8.length;
	for (size_t i = 0; i < utf8.length; i++)
		text_add_char(&walk->text, utf8.data[i] == '\v' ? '\n' : utf8.data[i]);
	text_add_char(&walk->text, '\n');
}

static void read_record(struct walk *walk, const struct art_record *record)
{
	const struct around *around = walk->depth == 0 ? NULL : walk->stack[walk->depth - 1];
	struct arena *arena = walk->documents->arena;
	bool others = around != NULL && around->others;
	if (record->type == ROW_BEGINS) {
		add_gathered(walk);
		walk->slide++;
	} else if (record->type == TEXT_WIDE || (record->type == TEXT_OTHER && others))
		add_text(walk, utf16le_to_utf8(arena, record->content));
	else if (record->type == TEXT_NARROW)
		add_text(walk, narrow_to_utf8(walk, record->content));
}

static bool is_locked(const struct compound *folder)
{
	uint32_t token;
	return compound_child(folder, "EncryptedSummary") != NULL ||
	       (read_u32(compound_stream(folder, "Current User"), TOKEN_AT, &token) && token == ENCRYPTED);
}

void powerpoint97_read_folder(struct documents *documents, const char *place, const struct compound *folder)
{
	struct bytes stream = compound_stream(folder, "PowerPoint Document");
	struct walk walk = { .documents = documents, .place = place, .text = TEXT_INIT, .left = documents->left.text + 1 };
	struct art_record record;
	size_t at = 0;
	if (is_locked(folder)) {
		documents_add_trouble(documents, place, "locked with a password");
		return;
	}
	compound_read_properties(documents, place, folder);
	for (size_t before = 0; art_record_next(stream, &at, &record); before = at) {
		leave(&walk, before);
		if (record.version == HOLDS_RECORDS) {
			enter(&walk, &record, at);
			at = before + RECORD;
		} else
			read_record(&walk, &record);
	}
	leave(&walk, (size_t)-1);
	add_gathered(&walk);
	struct bytes art = office_art_text(documents->arena, stream);
	documents_add_aside(documents, document_place(documents->arena, place, "drawing"), art, DOCUMENT_BODY);
	if (stream.length == 0 || at < stream.length)
		documents_add_trouble(documents, place, "damaged");
}
