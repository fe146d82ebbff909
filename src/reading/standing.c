/* standing.c - see standing.h.
 *
 * A marking word labels when it stands as labels stand: alone, in brackets, before a colon or dash at the start, behind
 * one at the end, or in capitals among small letters. "Confidential waste collection" has the word where a label
 * could be, but goes on without a break: a topic.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/standing.h"

#include <string.h>

#define WORDS_BYTES ((size_t)200) /* where words have no blanks */
#define NOWHERE ((size_t)-1)

static bool is_frame(char c)
{
	return c == '*' || c == '_' || c == '"' || c == '\'' || c == '#' || c == '=' || c == '~' || c == '!' || c == '>' || c == '<' ||
	       c == '{' || c == '}' ||
	       ascii_is_space(c);
}

static struct bytes trim_frame(struct bytes text)
{
	while (text.length > 0 && is_frame(text.data[0]))
		text = bytes_slice(text, 1, text.length);
	while (text.length > 0 && is_frame(text.data[text.length - 1]))
		text = bytes_slice(text, 0, text.length - 1);
	return text;
}

/* Words that belong to a marking beside it. */
static struct bytes drop_last_word(struct bytes text, const char *word)
{
	struct bytes w = bytes_of(word);
	size_t start = text.length - w.length;
	bool whole = text.length >= w.length && bytes_equal_nocase(bytes_slice(text, start, text.length), w) &&
		     (start == 0 || !utf8_is_word(text.data[start - 1]));
	return whole ? trim_frame(bytes_slice(text, 0, start)) : text;
}

static struct bytes drop_qualifiers(struct bytes before)
{
	static const char *const qualifiers[] = { "strictly", "highly", "most", "very", "private", "personal", "legally", "privileged", "and", "&", "in", "yn",
						  "staff", "hollol", "preifat", "a", "marked", "exempt", "status", "classification", "security", "marking",
						  "without prejudice", "urgent", "uk", "sec", "extremely", "hynod", "gwbl", "iawn", "ac" };
	for (bool more = true; more;) {
		size_t length = before.length;
		for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++)
			before = drop_last_word(before, qualifiers[i]);
		while (before.length > 0 && before.data[before.length - 1] == '/')
			before = trim_frame(bytes_slice(before, 0, before.length - 1));
		more = before.length < length;
	}
	return before;
}

static bool all_capitals(struct bytes text)
{
	size_t letters = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.data[i] >= 'a' && text.data[i] <= 'z')
			return false;
		letters += text.data[i] >= 'A' && text.data[i] <= 'Z';
	}
	return letters >= 5;
}

struct bytes first_word(struct bytes text)
{
	size_t end = 0;
	while (end < text.length && utf8_is_word(text.data[end]))
		end++;
	return bytes_slice(text, 0, end);
}

/* "CONFIDENTIAL waste" is rubbish, even in capitals. */
static bool names_topic(struct bytes after)
{
	static const char *const topics[] = { "waste", "shredding", "bins", "reporting", "policy", "policies", "training", "session", "sessions",
					      "helpline", "counselling", "advice", "code", "clause", "agreement", "annex", "section", "item",
					      "items", "business", "procedure", "paper", "recycling", "service", "support", "register",
					      "information", "data", "papers", "documents", "letters", "matters", "records", "material", "bin",
					      "survey", "handling", "emails", "markings", "guidance", "guide", "services", "hotline", "line", "files", "to", "and", "or", "is", "are", "as", "until" };
	struct bytes word = first_word(after);
	for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
		if (bytes_equal_nocase(word, bytes_of(topics[i])))
			return true;
	return false;
}

/* What separates a label from what it labels. */
static bool breaks_after(struct bytes after)
{
	char c = after.data[0];
	if (c == ':' || c == '|' || c == '/' || c == ']' || c == ')' || c == '[' || c == '(' || c == ';' || c == '.')
		return true;
	if (c == '-')
		return after.length == 1 || ascii_is_space(after.data[1]) || after.data[1] == '-';
	return c == ',' && (bytes_starts_with_nocase(after, BYTES(", please")) || bytes_starts_with_nocase(after, BYTES(", not")) ||
			    bytes_starts_with_nocase(after, BYTES(", do not")) || bytes_starts_with_nocase(after, BYTES(", for")));
}

/* "CONFIDENTIAL DO NOT FORWARD" */
static bool gives_order(struct bytes after)
{
	static const char *const orders[] = { "do not ", "don't ", "not for ", "please ", "not to be " };
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		if (bytes_starts_with_nocase(after, bytes_of(orders[i])))
			return true;
	return false;
}

/* "***confidential*** staffing": what frames a label ends it. */
static bool frame_follows(struct bytes raw_after)
{
	struct bytes after = bytes_trim(raw_after);
	return after.length > 0 && memchr("*#=~}>!", after.data[0], 7) != NULL;
}

bool is_unmistakable(struct bytes match)
{
	static const struct {
		const char *beginning, *holds;
	} words[] = { { "strictly ", "confiden" },	{ "highly ", "confiden" },   { "private", "confiden" },		{ "personal", "confiden" },
		      { "privileged ", "confiden" }, { "commercial", "confiden" }, { "official", "sensitive" },	{ "swyddogol", "sensitif" },
		      { "preifat", "gyfrinachol" },  { "preifat", "chyfrinachol" } };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_starts_with_nocase(match, bytes_of(words[i].beginning)) && bytes_find_nocase(match, bytes_of(words[i].holds), 0) != NOWHERE)
			return true;
	return false;
}

/* "[x] " or a ticked box. */
static bool ends_with_tick(struct bytes before)
{
	static const struct bytes ticks[] = { BYTES("[x]"), BYTES("[X]"), BYTES("(x)"), BYTES("(X)"), BYTES("\u2611"), BYTES("\u2612"), BYTES("\u2713"),
					      BYTES("\u2714"), BYTES("\u2705") };
	for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++)
		if (bytes_ends_with(before, ticks[i]))
			return true;
	return false;
}

static bool ends_with_bracket(struct bytes before)
{
	return before.length > 0 && (before.data[before.length - 1] == '[' || before.data[before.length - 1] == '(');
}

static bool breaks_before(struct bytes before)
{
	char c = before.data[before.length - 1];
	if (c == ':' || c == '|' || c == '/' || c == '(' || c == '[' || c == ';')
		return true;
	return c == '-' && (before.length == 1 || ascii_is_space(before.data[before.length - 2]) || before.data[before.length - 2] == '-');
}

static bool only_closes(struct bytes after)
{
	for (size_t i = 0; i < after.length; i++)
		if (after.data[i] != '.' && after.data[i] != ']' && after.data[i] != ')' && after.data[i] != '-' && after.data[i] != ':')
			return false;
	return true;
}

static bool only_opens(struct bytes before)
{
	for (size_t i = 0; i < before.length; i++)
		if (before.data[i] != '[' && before.data[i] != '(' && before.data[i] != '-')
			return false;
	return true;
}

/* "[EXTERNAL] " and the like before the subject proper. */
static struct bytes drop_tags(struct bytes before)
{
	while (before.length > 0 && before.data[0] == '[') {
		size_t close = bytes_find_char(before, ']', 0);
		if (close == NOWHERE)
			return before;
		before = trim_frame(bytes_slice(before, close + 1, before.length));
	}
	return before;
}

bool is_negated(const struct wording *wording, struct bytes text, const struct pattern_span *span)
{
	struct pattern_span found;
	size_t from = span->start > 200 ? span->start - 200 : 0;
	while (from < span->start && ((unsigned char)text.data[from] & 0xc0) == 0x80)
		from++;
	return stock_find(wording->stock, wording->scratch, STOCK_NEGATION, bytes_slice(text, from, span->start), &found);
}

/* "Part II: exclusion of the press and public" names a section of an agenda. */
static bool names_agenda_section(struct bytes text)
{
	return bytes_find_nocase(text, BYTES("exclusion of"), 0) != NOWHERE &&
	       (bytes_find_nocase(text, BYTES("press"), 0) != NOWHERE || bytes_find_nocase(text, BYTES("public"), 0) != NOWHERE);
}

/* "OFFICIAL-SENSITIVE when completed" on a form that goes out blank. */
static bool waits_for_completion(struct bytes after)
{
	static const char *const when[] = { "when complete", "once complete", "if complete", "on completion", "when filled", "once filled", "pan fydd wedi", "ar \xc3\xb4l ei lenwi",
					    "wedi'i chwblhau", "ar ei chwblhau", "ar \xc3\xb4l ei chwblhau" };
	while (after.length > 0 && !utf8_is_word(after.data[0]))
		after = bytes_slice(after, 1, after.length);
	for (size_t i = 0; i < sizeof when / sizeof *when; i++)
		if (bytes_starts_with_nocase(after, bytes_of(when[i])))
			return true;
	return false;
}

enum standing standing_of(const struct wording *wording, struct bytes text, const struct pattern_span *span)
{
	struct bytes match = bytes_slice(text, span->start, span->end);
	struct bytes before = drop_qualifiers(drop_tags(trim_frame(bytes_slice(text, 0, span->start))));
	struct bytes after = trim_frame(bytes_slice(text, span->end, text.length));
	struct pattern_span found;
	if (is_negated(wording, text, span) || names_agenda_section(text) || stock_find(wording->stock, wording->scratch, STOCK_CHOICE, text, &found))
		return STANDS_NOT;
	if (bytes_starts_with(after, BYTES("?")) || waits_for_completion(after))
		return STANDS_IN_TEXT;
	if (ends_with_tick(before))
		return STANDS_LABEL;
	bool starts = only_opens(before), ends = only_closes(after);
	if (starts && ends)
		return STANDS_ALONE;
	bool breaks = after.length > 0 && (breaks_after(after) || frame_follows(bytes_slice(text, span->end, text.length)));
	if ((starts && breaks) || (ends && before.length > 0 && breaks_before(before)))
		return STANDS_LABEL;
	if (ends_with_bracket(before) && breaks)
		return STANDS_BRACKETED;
	if (before.length > 0 && breaks_before(before) && (after.data[0] == '(' || after.data[0] == '['))
		return STANDS_LABEL;
	if (all_capitals(match) && before.length > 0 && ((breaks && breaks_before(before)) || gives_order(after)))
		return STANDS_LABEL;
	if (starts && is_unmistakable(match) && !names_topic(after) && after.data[0] != '-')
		return STANDS_LABEL;
	struct bytes next = first_word(after);
	bool stands_out = all_capitals(match) && !all_capitals(text) && (next.length < 2 || !all_capitals(bytes_slice(after, 0, 12)));
	if (stands_out && ((starts && !names_topic(after)) || ends))
		return STANDS_LABEL;
	return STANDS_IN_TEXT;
}

const char *words_around(struct arena *arena, struct bytes text, const struct pattern_span *span)
{
	size_t start = span->start, end = span->end, words = 3;
	for (int back = 0; back < 3 && start > 0; back++) {
		while (start > 0 && ascii_is_space(text.data[start - 1]))
			start--;
		while (start > 0 && !ascii_is_space(text.data[start - 1]))
			start--;
	}
	for (size_t i = span->start; i < span->end; i++)
		words += ascii_is_space(text.data[i]);
	while (end < text.length && !ascii_is_space(text.data[end]))
		end++;
	for (; words + 1 < MARKING_WORDS && end < text.length; words++) {
		while (end < text.length && ascii_is_space(text.data[end]))
			end++;
		while (end < text.length && !ascii_is_space(text.data[end]))
			end++;
	}
	return arena_string_of(arena, bytes_trim(utf8_clip(bytes_slice(text, start, end), WORDS_BYTES)));
}
