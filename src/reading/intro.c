/* intro.c - see intro.h.
 *
 * Three shapes, tried in this order at every line: a marker between dashes with or without header lines below it; a
 * block of header lines; an attribution, perhaps wrapped over several lines. Header lines alone begin with From and
 * name two more fields, because agendas and memos have lines like "Date:" and "To:" too.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/intro.h"

#include "base/text.h"
#include "reading/attribution.h"
#include "reading/intro_people.h"
#include "reading/intro_words.h"

#define LABEL_MOST 28           /* bytes before the colon */
#define ATTRIBUTION_LINES 4
#define ATTRIBUTION_MOST 500    /* bytes */
#define CONTINUATION_MOST 40    /* lines of a long To field */
#define RULE_LEAST 5

struct view {
	const struct text_line *const *lines;
	size_t count;
	unsigned depth;
};

static bool is_line(const struct view *view, size_t at)
{
	return at < view->count && view->lines[at]->depth == view->depth && !line_is_blank(view->lines[at]);
}

/* "From: x", "*From:* x", "De : x". */
static enum intro_field header_line(struct bytes line, struct bytes *value_out)
{
	line = bytes_strip(line, "*_ \t");
	size_t colon = bytes_find_char(bytes_slice(line, 0, LABEL_MOST), ':', 0);
	if (colon == (size_t)-1)
		return FIELD_NONE;
	enum intro_field field = intro_field_of(bytes_strip(bytes_slice(line, 0, colon), "*_ \t"));
	*value_out = bytes_strip(bytes_slice(line, colon + 1, line.length), "*_ \t");
	return field;
}

static enum intro_field field_at(const struct view *view, size_t at, struct bytes *value_out)
{
	*value_out = BYTES_EMPTY;
	return is_line(view, at) ? header_line(view->lines[at]->plain, value_out) : FIELD_NONE;
}

struct block {
	struct text values[FIELD_OTHER + 1];
	unsigned seen;      /* bits of fields */
	size_t end;         /* behind its last line */
	enum intro_field first, last;
};

static void block_release(struct block *block)
{
	for (size_t i = 0; i <= FIELD_OTHER; i++)
		text_release(&block->values[i]);
}

static void block_add(struct block *block, enum intro_field field, struct bytes value)
{
	struct text *text = &block->values[field];
	if (text->length > 0)
		text_add_char(text, ' ');
	text_add_bytes(text, value);
}

static bool names_people(enum intro_field field)
{
	return field == FIELD_FROM || field == FIELD_TO || field == FIELD_CC || field == FIELD_OTHER;
}

/* Lines from `at` to the next header line, when they can only be the rest of a long field; 0 otherwise. */
static size_t continuation(const struct view *view, const struct block *block, size_t at)
{
	struct bytes value, line = view->lines[at]->plain;
	if (block->values[block->last].length == 0)
		return 1; /* the label stood alone: its value comes below */
	if (view->lines[at]->indented && view->lines[at - 1]->depth == view->depth && !view->lines[at - 1]->indented)
		return 1;
	if (block->last == FIELD_FROM && bytes_starts_with(line, BYTES("<")))
		return 1;
	if (!names_people(block->last))
		return 0;
	for (size_t n = 1; n <= CONTINUATION_MOST && is_line(view, at + n); n++)
		if (field_at(view, at + n, &value) != FIELD_NONE)
			return n;
	return 0;
}

/* The header lines from `at` on. */
static void read_block(const struct view *view, size_t at, struct block *block)
{
	block->end = at;
	while (at < view->count) {
		struct bytes value;
		enum intro_field field = field_at(view, at, &value);
		if (field != FIELD_NONE && (field == FIELD_OTHER || (block->seen & 1u << field) == 0)) {
			if (block->seen == 0)
				block->first = field;
			block->seen |= 1u << field;
			block->last = field;
			block_add(block, field, value);
			block->end = ++at;
			continue;
		}
		if (block->seen == 0)
			return;
		size_t more = field == FIELD_NONE && is_line(view, at) ? continuation(view, block, at) : 0;
		if (more > 0) {
			for (; more > 0; more--)
				block_add(block, block->last, view->lines[at++]->plain);
			block->end = at;
			continue;
		}
		/* One blank line between, where each header is a paragraph; never after the subject. */
		bool blank = view->lines[at]->depth == view->depth && line_is_blank(view->lines[at]);
		field = blank ? field_at(view, at + 1, &value) : FIELD_NONE;
		if (field == FIELD_NONE || field == FIELD_FROM || (block->seen & 1u << FIELD_SUBJECT) != 0)
			return;
		at++;
	}
}

static unsigned fields_seen(const struct block *block)
{
	unsigned fields = block->seen & (1u << FIELD_DATE | 1u << FIELD_TO | 1u << FIELD_CC | 1u << FIELD_SUBJECT);
	return (unsigned)__builtin_popcount(fields);
}

/* "From: 10am" is an event, not a letter. */
static bool from_is_somebody(const struct block *block)
{
	struct bytes from = bytes_trim(text_bytes(&block->values[FIELD_FROM]));
	return from.length > 0 && !ascii_is_digit(from.data[0]);
}

/* "Office <office@x> on behalf of Ruth Ames": the letter is hers. A bare address behind it is a mailbox that somebody answers. */
static struct bytes principal_of(struct bytes from)
{
	static const char *const words[] = { " on behalf of ", " ar ran ", " im auftrag von ", " de la part de ", " w imieniu ", " namens ",
					     " en nombre de ", " per conto di ", " em nome de " };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = bytes_find_nocase(from, bytes_of(words[i]), 0);
		if (at == (size_t)-1)
			continue;
		struct bytes rest = bytes_slice(from, at + bytes_of(words[i]).length, from.length), address;
		bool named = rest.length > 0 && (!intro_find_address(rest, 0, &address) || address.data > rest.data + 1);
		return named ? rest : bytes_slice(from, 0, at);
	}
	return from;
}

/* One person, however many commas stand in the name: "Ames, Ruth". */
static struct mailbox_list author_of(struct arena *arena, struct bytes from)
{
	struct mailbox_list people = intro_people(arena, from);
	struct bytes address;
	if (people.count > 1 && !intro_find_address(from, 0, &address) && bytes_find_char(from, ';', 0) == (size_t)-1) {
		struct mailbox *whole = arena_alloc(arena, sizeof *whole);
		*whole = (struct mailbox){ .name = arena_string_of(arena, bytes_trim(from)), .address = "" };
		return (struct mailbox_list){ whole, 1, false };
	}
	people.count = people.count > 1 ? 1 : people.count;
	return people;
}

static void take_block(struct arena *arena, const struct block *block, struct intro *out)
{
	out->from = author_of(arena, principal_of(text_bytes(&block->values[FIELD_FROM])));
	out->to = intro_people(arena, text_bytes(&block->values[FIELD_TO]));
	out->cc = intro_people(arena, text_bytes(&block->values[FIELD_CC]));
	if ((block->seen & 1u << FIELD_SUBJECT) != 0)
		out->subject = arena_string_of(arena, bytes_trim(text_bytes(&block->values[FIELD_SUBJECT])));
	struct bytes date = bytes_trim(text_bytes(&block->values[FIELD_DATE]));
	if (date.length > 0)
		out->date = arena_string_of(arena, date);
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* A header block all on one line behind a marker, as Yahoo's plain text has it: "... Von: A <a@x>An: B <b@x>Betreff: C".
 * Labels are cut where they begin with a capital right after something else ended. */
static void read_run_together(struct bytes line, struct block *block)
{
	struct { size_t at, end; enum intro_field field; } cuts[8];
	size_t count = 0;
	for (size_t colon = bytes_find_char(line, ':', 0); colon != (size_t)-1 && count < 8;
	     colon = bytes_find_char(line, ':', colon + 1)) {
		size_t best = 0, end = colon;
		enum intro_field field, found = FIELD_NONE;
		const char *label;
		while (end > 0 && line.data[end - 1] == ' ')
			end--; /* French */
		for (size_t n = 0; (label = intro_label(n, &field)) != NULL; n++) {
			struct bytes word = bytes_of(label);
			bool fits = field != FIELD_OTHER && word.length <= end && word.length > best &&
				    bytes_equal_nocase(bytes_slice(line, end - word.length, end), word) &&
				    !is_small(line.data[end - word.length]);
			if (fits) {
				best = word.length;
				found = field;
			}
		}
		if (best > 1 && (block->seen & 1u << found) == 0) {
			block->seen |= 1u << found;
			cuts[count].at = end - best;
			cuts[count].end = colon + 1;
			cuts[count++].field = found;
		}
	}
	for (size_t i = 0; i < count; i++)
		block_add(block, cuts[i].field,
			  bytes_trim(bytes_slice(line, cuts[i].end, i + 1 < count ? cuts[i + 1].at : line.length)));
}

static size_t run_of(struct bytes text, const char *of, size_t from)
{
	size_t at = from;
	while (at < text.length && bytes_find_char(bytes_of(of), text.data[at], 0) != (size_t)-1)
		at++;
	return at - from;
}

/* A line of dashes or underscores only. */
static bool is_rule(struct bytes line)
{
	return line.length >= RULE_LEAST && run_of(line, "-_=*\xe2\x80\x94\x93\x80", 0) == line.length;
}

/* "----- Words -----": the words, and what follows on the same line. */
static bool split_marker(struct bytes line, struct bytes *words_out, struct bytes *rest_out)
{
	line = bytes_strip(line, "*> \t");
	size_t start = run_of(line, "-_= ", 0);
	if (start < 2 || line.data[0] == ' ' || start == line.length)
		return false;
	static const char *const closings[] = { "--", "__", "==" };
	size_t end = (size_t)-1;
	for (size_t i = 0; i < sizeof closings / sizeof *closings && end == (size_t)-1; i++)
		end = bytes_find(line, bytes_of(closings[i]), start);
	if (end == (size_t)-1)
		return false;
	*words_out = bytes_trim(bytes_slice(line, start, end));
	*rest_out = bytes_trim(bytes_slice(line, end + run_of(line, "-_=", end), line.length));
	return true;
}

static bool read_marker(struct arena *arena, const struct view *view, size_t at, struct intro *out)
{
	struct bytes line = view->lines[at]->plain, words, rest = BYTES_EMPTY, value;
	bool known = intro_is_bare_marker(bytes_strip(line, "* \t"), &out->forwards);
	bool dashed = !known && split_marker(line, &words, &rest);
	if (dashed)
		known = intro_is_marker(words, &out->forwards);
	if (!known)
		return false;
	struct block block = { .end = at + 1 };
	size_t next = at + 1;
	for (size_t blanks = 0; next < view->count && blanks < 2 && line_is_blank(view->lines[next]); blanks++)
		next++;
	/* Apple quotes the header lines, but not the marker. */
	struct view below = *view;
	if (next < view->count && view->lines[next]->depth > view->depth)
		below.depth = view->lines[next]->depth;
	if (rest.length > 0)
		read_run_together(rest, &block);
	else if (field_at(&below, next, &value) != FIELD_NONE)
		read_block(&below, next, &block);
	out->kind = INTRO_MARKER;
	out->lines = block.end - at;
	take_block(arena, &block, out);
	block_release(&block);
	return true;
}

/* Memos and agendas have such lines too; a mail program writes an address or the time of day. */
static bool is_by_program(const struct block *block)
{
	struct bytes address;
	return intro_find_address(text_bytes(&block->values[FIELD_FROM]), 0, &address) ||
	       intro_find_address(text_bytes(&block->values[FIELD_TO]), 0, &address) || attribution_has_time(text_bytes(&block->values[FIELD_DATE]));
}

static bool read_headers(struct arena *arena, const struct view *view, size_t at, struct intro *out)
{
	struct bytes value;
	size_t start = at;
	bool ruled = is_rule(view->lines[at]->plain);
	if (ruled)
		for (start = at + 1; start < view->count && start < at + 3 && line_is_blank(view->lines[start]); start++)
			;
	enum intro_field first = field_at(view, start, &value);
	/* Inside a quotation some clients begin with the subject or date; nobody writes a memo there. */
	if (first != FIELD_FROM && (view->depth == 0 || (first != FIELD_SUBJECT && first != FIELD_DATE)))
		return false;
	if (first == FIELD_FROM && !ruled && at > 0 && field_at(view, at - 1, &value) != FIELD_NONE)
		return false; /* the middle of a memo's heading */
	struct block block = { .end = start };
	read_block(view, start, &block);
	bool plain_enough = ruled || (view->depth > 0 && is_by_program(&block));
	bool good = fields_seen(&block) >= (plain_enough ? 1u : 2u) && (block.seen & 1u << FIELD_FROM) != 0 && from_is_somebody(&block) &&
		    (ruled || view->depth > 0 || is_by_program(&block));
	if (good) {
		out->kind = INTRO_HEADERS;
		out->lines = block.end - at;
		take_block(arena, &block, out);
	}
	block_release(&block);
	return good;
}

/* Joins lines from `at` until they make an attribution. */
static bool read_attribution(struct arena *arena, const struct view *view, size_t at, struct intro *out)
{
	struct text joined = TEXT_INIT;
	bool found = false;
	for (size_t n = 0; n < ATTRIBUTION_LINES && is_line(view, at + n) && !found; n++) {
		struct bytes line = view->lines[at + n]->plain;
		if (n > 0 && (intro_opener(line) > 0 || !attribution_begins(view->lines[at]->plain)))
			break; /* it begins further down, or does not begin here */
		if (joined.length + line.length > ATTRIBUTION_MOST)
			break;
		if (n > 0)
			text_add_char(&joined, ' ');
		text_add_bytes(&joined, line);
		struct bytes end = bytes_strip(line, "*- \t");
		bool ends = bytes_ends_with(end, BYTES(":")) || bytes_find(line, BYTES("--"), 0) != (size_t)-1;
		if (ends && attribution_read(arena, text_bytes(&joined), out)) {
			out->lines = n + 1;
			found = true;
		}
	}
	text_release(&joined);
	return found;
}

bool intro_read(struct arena *arena, const struct text_line *const *lines, size_t count, size_t at, struct intro *out)
{
	*out = (struct intro){ 0 };
	struct view view = { lines, count, lines[at]->depth };
	if (line_is_blank(lines[at]))
		return false;
	if (read_marker(arena, &view, at, out) || read_headers(arena, &view, at, out))
		return true;
	return read_attribution(arena, &view, at, out);
}
