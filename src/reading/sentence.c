/* sentence.c - see sentence.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/sentence.h"

#include "base/text.h"

#define FULL_LINE 45       /* a shorter line that a capital follows was ended by the author, not by a wrap */
#define QUOTATION_WORDS 3
#define QUOTATION_BYTES ((size_t)600)
#define GROUP_BYTES ((size_t)20000)
#define GROUP_LINES 400

/* Lines that may make sentences together, joined. */
struct group {
	struct text text;
	struct { size_t offset, line; } *starts;
	size_t start_count;
	enum zone zone;
};

struct splitter {
	struct arena *arena;
	const struct found_letter *letter;
	bool drop_quotations;
	struct said *items;
	size_t count;
};

static bool is_item(struct bytes plain)
{
	if (plain.length < 2)
		return false;
	char c = plain.data[0];
	if ((c == '-' || c == '*' || c == '+' || c == 'o') && ascii_is_space(plain.data[1]))
		return true;
	if (bytes_starts_with(plain, BYTES("\xe2\x80\xa2")) || bytes_starts_with(plain, BYTES("\xc2\xb7")) ||
	    bytes_starts_with(plain, BYTES("\xe2\x97\xa6")) || bytes_starts_with(plain, BYTES("\xe2\x96\xaa")))
		return true;
	size_t at = c == '(';
	size_t start = at;
	while (at < plain.length && at < start + 4 && (ascii_is_digit(plain.data[at]) || (at == start && ascii_is_alpha(plain.data[at]))))
		at++;
	return at > start && at + 1 < plain.length && (plain.data[at] == ')' || (plain.data[at] == '.' && ascii_is_digit(plain.data[start]))) &&
	       ascii_is_space(plain.data[at + 1]);
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Whether a sentence can go on from the line above into this one. */
static bool goes_on(const struct letter_line *above, const struct letter_line *line)
{
	if (above->zone != line->zone || above->stretch != line->stretch || line_is_blank(line->line) || line_is_blank(above->line))
		return false;
	if (line->zone == ZONE_SIGNATURE || is_item(line->line->plain))
		return false;
	char last = above->line->plain.data[above->line->plain.length - 1];
	return above->line->plain.length >= FULL_LINE || last == ',' || !is_upper(line->line->plain.data[0]);
}

static size_t line_at(const struct group *group, size_t offset)
{
	size_t line = group->starts[0].line;
	for (size_t i = 0; i < group->start_count && group->starts[i].offset <= offset; i++)
		line = group->starts[i].line;
	return line;
}

static bool is_abbreviation(struct bytes text, size_t dot)
{
	static const char *const words[] = { "cllr", "cllrs", "mr",  "mrs",  "ms",   "dr",  "st",  "no",  "nos", "e.g", "i.e", "eg",  "ie",
					     "rev",  "revd",  "prof", "hon", "ref",  "tel", "para", "paras", "cyng", "ltd", "co", "vs", "v",
					     "approx", "dept", "pp", "p", "min", "mins", "art", "sch", "fig", "inc", "cf", "etc", "ext",
					     "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "a.m", "p.m" };
	size_t start = dot;
	while (start > 0 && !ascii_is_space(text.data[start - 1]) && text.data[start - 1] != '(')
		start--;
	struct bytes word = bytes_slice(text, start, dot);
	if (word.length == 1 && ascii_is_alpha(word.data[0]))
		return true;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_equal_nocase(word, bytes_of(words[i])))
			return true;
	return false;
}

/* "1." before an item. */
static bool is_item_number(struct bytes text, size_t from, size_t dot)
{
	for (size_t i = from; i < dot; i++)
		if (!ascii_is_digit(text.data[i]))
			return false;
	return dot > from;
}

/* Behind the sentence that begins at `from`. Where it begins without a capital the next one may, too. */
static size_t sentence_end(struct bytes text, size_t from)
{
	for (size_t at = from; at < text.length; at++) {
		char c = text.data[at];
		if (c != '.' && c != '?' && c != '!')
			continue;
		size_t end = at + 1;
		while (end < text.length && (text.data[end] == '.' || text.data[end] == '?' || text.data[end] == '!' || text.data[end] == '"' ||
					     text.data[end] == '\'' || text.data[end] == ')'))
			end++;
		if (end == text.length)
			return end;
		size_t next = end;
		while (next < text.length && ascii_is_space(text.data[next]))
			next++;
		bool dots = bytes_starts_with(bytes_slice(text, at, end), BYTES("..."));
		if (next == end || (c == '.' && next < text.length && !dots && is_abbreviation(text, at)))
			continue;
		bool goes_on = next < text.length && is_lower(text.data[next]) && !is_lower(text.data[from]);
		if (c == '.' && (goes_on || is_item_number(text, from, at)))
			continue;
		return end;
	}
	return text.length;
}

/* The closing mark of a quotation that opens at `at`; (size_t)-1 when none opens there. */
static size_t quotation_end(struct bytes text, size_t at)
{
	char mark = text.data[at];
	bool opens = at == 0 || ascii_is_space(text.data[at - 1]) || text.data[at - 1] == '(';
	if ((mark != '"' && mark != '\'') || !opens || at + 1 >= text.length || ascii_is_space(text.data[at + 1]))
		return (size_t)-1;
	for (size_t end = at + 1; end < text.length && end - at < QUOTATION_BYTES; end++) {
		bool closes = text.data[end] == mark && !ascii_is_space(text.data[end - 1]) &&
			      (mark == '"' || end + 1 == text.length || !(ascii_is_alpha(text.data[end + 1]) || ascii_is_digit(text.data[end + 1])));
		if (closes)
			return end;
	}
	return (size_t)-1;
}

/* The text with long quotations as "...". Lines further on keep their numbers by moving the starts along. */
static void drop_quotations(struct group *group)
{
	struct bytes whole = text_bytes(&group->text);
	struct text kept = TEXT_INIT;
	size_t n = 0;
	if (bytes_find_char(whole, '"', 0) == (size_t)-1 && bytes_find_char(whole, '\'', 0) == (size_t)-1)
		return; /* no mark opens one: most text */
	for (size_t at = 0; at < whole.length; at++) {
		while (n < group->start_count && group->starts[n].offset <= at)
			group->starts[n++].offset = kept.length;
		size_t end = quotation_end(whole, at);
		if (end != (size_t)-1 && bytes_words(bytes_slice(whole, at + 1, end)) > QUOTATION_WORDS) {
			text_printf(&kept, "%c...%c", whole.data[at], whole.data[at]);
			at = end;
		} else {
			text_add_char(&kept, whole.data[at]);
		}
	}
	while (n < group->start_count)
		group->starts[n++].offset = kept.length;
	text_release(&group->text);
	group->text = kept;
}

static void add_said(struct splitter *splitter, const struct group *group, struct bytes sentence, size_t offset)
{
	while (sentence.length > 0) {
		struct bytes piece = sentence;
		if (piece.length > SENTENCE_BYTES) {
			piece.length = SENTENCE_BYTES;
			while (piece.length > 0 && !ascii_is_space(piece.data[piece.length - 1]))
				piece.length--;
			if (piece.length == 0) /* no blank at all */
				piece = utf8_clip(sentence, SENTENCE_BYTES);
		}
		struct bytes plain = bytes_trim(piece);
		if (plain.length > 0)
			*ARENA_PUSH(splitter->arena, splitter->items, splitter->count) = (struct said){
				.plain = arena_bytes(splitter->arena, plain),
				.line = line_at(group, offset),
				.zone = group->zone,
				.question = plain.data[plain.length - 1] == '?',
			};
		offset += piece.length;
		sentence = bytes_slice(sentence, piece.length, sentence.length);
	}
}

static void finish_group(struct splitter *splitter, struct group *group)
{
	if (group->start_count == 0)
		return;
	if (splitter->drop_quotations)
		drop_quotations(group);
	struct bytes whole = text_bytes(&group->text);
	for (size_t at = 0; at < whole.length;) {
		while (at < whole.length && ascii_is_space(whole.data[at]))
			at++;
		size_t end = sentence_end(whole, at);
		add_said(splitter, group, bytes_slice(whole, at, end), at);
		at = end;
	}
	text_release(&group->text);
	group->start_count = 0;
}

struct said *sentences_of(struct arena *arena, const struct found_letter *letter, bool drop, size_t *count_out)
{
	struct splitter splitter = { .arena = arena, .letter = letter, .drop_quotations = drop };
	struct group group = { .text = TEXT_INIT };
	for (size_t i = 0; i < letter->line_count; i++) {
		const struct letter_line *line = &letter->lines[i];
		bool own = line->zone == ZONE_AUTHOR || line->zone == ZONE_SIGNATURE;
		if (group.start_count > 0 && (!own || !goes_on(&letter->lines[i - 1], line) || group.text.length > GROUP_BYTES ||
					      group.start_count >= GROUP_LINES))
			finish_group(&splitter, &group);
		if (!own || line_is_blank(line->line))
			continue;
		group.zone = line->zone;
		if (group.text.length > 0)
			text_add_char(&group.text, ' ');
		ARENA_PUSH(arena, group.starts, group.start_count);
		group.starts[group.start_count - 1].offset = group.text.length;
		group.starts[group.start_count - 1].line = i;
		text_add_bytes(&group.text, line->line->plain);
	}
	finish_group(&splitter, &group);
	*count_out = splitter.count;
	return splitter.items;
}
