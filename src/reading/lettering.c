/* lettering.c - see lettering.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/lettering.h"

#include "base/text.h"
#include "base/unicode.h"

#define SPACED_LEAST 5  /* letters set apart; fewer are initials */
#define GAP_MOST 8      /* blanks or dots between two of them */
#define RUN_MOST 120    /* letters in one row that are cut into words */
#define NOWHERE ((size_t)-1)

/* What markings are made of. A row of spaced letters without wider gaps is cut into these. */
static const char *const words[] = {
	"strictly", "highly", "most", "private", "and", "confidential", "confidence", "official", "sensitive", "restricted", "exempt",
	"secret", "top", "in", "strict", "not", "for", "publication", "circulation", "disclosure", "personal", "commercial", "legally",
	"privileged", "protect", "cyfrinachol", "gyfrinachol", "chyfrinachol", "preifat", "a", "yn", "swyddogol", "sensitif", "eithriedig",
	"addressee", "only", "information",
};

static bool is_letter(char c)
{
	return ascii_is_alpha(c);
}

static bool is_separator(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == '_' || c == '*' || c == '|' || c == '~' || c == '\t';
}

/* ---- letters set apart ---------------------------------------------------------------------------------------- */

struct run {
	size_t start, end; /* from the first letter to the last */
	size_t letters;
	size_t gap;        /* the narrowest between two letters; a wider one parts words */
};

/* Asked of every byte of every text. */
static bool is_word_byte(char c)
{
	static const bool is_one[256] = { ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true };
	return is_one[(unsigned char)c];
}

static size_t word_end(struct bytes text, size_t start)
{
	size_t end = start;
	while (end < text.length && is_word_byte(text.data[end]))
		end++;
	return end;
}

static struct run run_at(struct bytes text, size_t start)
{
	struct run run = { start, start + 1, 1, NOWHERE };
	for (size_t at = start + 1; at < text.length;) {
		size_t next = at;
		while (next < text.length && is_separator(text.data[next]))
			next++;
		if (next == at || next - at > GAP_MOST || next == text.length || !is_letter(text.data[next]) || word_end(text, next) != next + 1)
			break;
		run.gap = next - at < run.gap ? next - at : run.gap;
		run.letters++;
		run.end = next + 1;
		at = next + 1;
	}
	return run;
}

/* Where a word of the list begins in the letters that can be followed by words to their end; 0 when there is none. */
static size_t next_word(struct bytes row, size_t at, const bool *good)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct bytes word = bytes_of(words[i]);
		if (bytes_starts_with_nocase(bytes_slice(row, at, row.length), word) && good[at + word.length])
			return word.length;
	}
	return 0;
}

/* The row as the words it is made of, or as it is. */
static void add_row(struct text *out, struct bytes row)
{
	bool good[RUN_MOST + 1] = { false };
	if (row.length > RUN_MOST) {
		text_add_bytes(out, row);
		return;
	}
	good[row.length] = true;
	for (size_t at = row.length; at-- > 0;)
		good[at] = next_word(row, at, good) > 0;
	for (size_t at = 0, length; at < row.length; at += length) {
		length = good[0] ? next_word(row, at, good) : row.length;
		if (at > 0)
			text_add_char(out, ' ');
		text_add_bytes(out, bytes_slice(row, at, at + length));
	}
}

static void add_run(struct arena *arena, struct text *out, struct bytes text, const struct run *run)
{
	char *row = arena_alloc(arena, run->letters + 1);
	size_t length = 0, gap = 0;
	for (size_t at = run->start; at < run->end; at++) {
		if (is_separator(text.data[at])) {
			gap++;
			continue;
		}
		if (length > 0 && gap > run->gap) {
			add_row(out, (struct bytes){ row, length });
			text_add_char(out, ' ');
			length = 0;
		}
		row[length++] = text.data[at];
		gap = 0;
	}
	add_row(out, (struct bytes){ row, length });
}

static bool next_run(struct bytes text, size_t from, struct run *run_out)
{
	for (size_t at = from, end; at < text.length; at = end > at ? end : at + 1) {
		end = word_end(text, at);
		if (end != at + 1 || !is_letter(text.data[at]))
			continue;
		*run_out = run_at(text, at);
		if (run_out->letters >= SPACED_LEAST)
			return true;
		end = run_out->end;
	}
	return false;
}

static struct bytes close_up(struct arena *arena, struct bytes text)
{
	struct run run;
	size_t from = 0;
	if (!next_run(text, 0, &run))
		return text;
	struct text out = TEXT_INIT;
	for (; next_run(text, from, &run); from = run.end) {
		text_add_bytes(&out, bytes_slice(text, from, run.start));
		add_run(arena, &out, text, &run);
	}
	text_add_bytes(&out, bytes_slice(text, from, text.length));
	return text_to_arena(&out, arena);
}

/* ---- words broken at the end of a line ------------------------------------------------------------------------ */

static bool is_marking_word(struct bytes left, struct bytes right)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct bytes word = bytes_of(words[i]);
		if (left.length > 1 && right.length > 1 && word.length == left.length + right.length &&
		    bytes_starts_with_nocase(word, left) && bytes_equal_nocase(bytes_slice(word, left.length, word.length), right))
			return true;
	}
	return false;
}

static struct bytes letters_before(struct bytes text, size_t end)
{
	size_t start = end;
	while (start > 0 && is_letter(text.data[start - 1]))
		start--;
	return bytes_slice(text, start, end);
}

static struct bytes letters_at(struct bytes text, size_t start)
{
	size_t end = start;
	while (end < text.length && is_letter(text.data[end]))
		end++;
	return bytes_slice(text, start, end);
}

struct bytes lettering_join(struct arena *arena, struct bytes line, struct bytes next)
{
	if (line.length < 3 || line.data[line.length - 1] != '-')
		return line;
	struct bytes right = letters_at(next, 0);
	if (!is_marking_word(letters_before(line, line.length - 1), right))
		return line;
	struct text joined = TEXT_INIT;
	text_add_bytes(&joined, bytes_slice(line, 0, line.length - 1));
	text_add_bytes(&joined, right);
	return text_to_arena(&joined, arena);
}

/* "confi- dential": where lines were joined to a sentence. */
static struct bytes mend_breaks(struct arena *arena, struct bytes text)
{
	for (size_t at = bytes_find(text, BYTES("- "), 0); at != NOWHERE; at = bytes_find(text, BYTES("- "), at + 2)) {
		struct bytes left = letters_before(text, at), right = letters_at(text, at + 2);
		if (!is_marking_word(left, right))
			continue;
		struct text mended = TEXT_INIT;
		text_add_bytes(&mended, bytes_slice(text, 0, at));
		text_add_bytes(&mended, bytes_slice(text, at + 2, text.length));
		return text_to_arena(&mended, arena);
	}
	return text;
}

struct bytes lettering_read(struct arena *arena, struct bytes plain)
{
	return mend_breaks(arena, close_up(arena, unicode_alike(arena, plain)));
}
