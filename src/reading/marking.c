/* marking.c - see marking.h.
 *
 * A marking word labels when it stands as labels stand: alone, in brackets, before a colon or dash at the start, behind
 * one at the end, or in capitals among small letters. "Confidential waste collection" has the word where a label
 * could be, but goes on without a break: a topic. A sentence marks when it says so of the message ("this is
 * confidential"). Everything else is the word in running text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/marking.h"

#include "base/text.h"
#include "base/unicode.h"
#include "reading/sentence.h"
#include "reading/subject.h"

#define FIRST_LINES 3
#define FIRST_BYTES 600     /* a line of HTML is a whole paragraph */
#define FULL_LINE 45        /* a shorter line was ended by its author, not by a wrap */
#define LABEL_LINE ((size_t)400)
#define WORDS_BYTES ((size_t)200) /* where words have no blanks */
#define NOWHERE ((size_t)-1)

enum standing { STANDS_NOT, STANDS_IN_TEXT, STANDS_BRACKETED, STANDS_LABEL, STANDS_ALONE };

static bool is_frame(char c)
{
	return c == '*' || c == '_' || c == '"' || c == '\'' || c == '#' || c == '=' || c == '~' || c == '!' || c == '>' || c == '<' ||
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

static bool is_word_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* Words that belong to a marking beside it. */
static struct bytes drop_last_word(struct bytes text, const char *word)
{
	struct bytes w = bytes_of(word);
	size_t start = text.length - w.length;
	bool whole = text.length >= w.length && bytes_equal_nocase(bytes_slice(text, start, text.length), w) &&
		     (start == 0 || !is_word_byte(text.data[start - 1]));
	return whole ? trim_frame(bytes_slice(text, 0, start)) : text;
}

static struct bytes drop_qualifiers(struct bytes before)
{
	static const char *const qualifiers[] = { "strictly", "highly", "most", "very", "private", "legally", "privileged", "and", "&", "in", "yn", "staff", "hollol",
						  "preifat", "a", "marked", "exempt", "status", "classification", "security", "marking" };
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

static struct bytes first_word(struct bytes text)
{
	size_t end = 0;
	while (end < text.length && is_word_byte(text.data[end]))
		end++;
	return bytes_slice(text, 0, end);
}

/* "CONFIDENTIAL waste" is rubbish, even in capitals. */
static bool names_topic(struct bytes after)
{
	static const char *const topics[] = { "waste", "shredding", "bins", "reporting", "policy", "policies", "training", "session", "sessions",
					      "helpline", "counselling", "advice", "code", "clause", "agreement", "annex", "section", "item",
					      "items", "business", "procedure", "paper", "recycling", "service", "support", "register" };
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

static bool is_negated(const struct wording *wording, struct bytes text, const struct pattern_span *span)
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

static enum standing standing_of(const struct wording *wording, struct bytes text, const struct pattern_span *span)
{
	struct bytes match = bytes_slice(text, span->start, span->end);
	struct bytes before = drop_qualifiers(drop_tags(trim_frame(bytes_slice(text, 0, span->start))));
	struct bytes after = trim_frame(bytes_slice(text, span->end, text.length));
	if (is_negated(wording, text, span) || names_agenda_section(text))
		return STANDS_NOT;
	if (bytes_starts_with(after, BYTES("?")))
		return STANDS_IN_TEXT;
	bool starts = only_opens(before), ends = only_closes(after);
	if (starts && ends)
		return STANDS_ALONE;
	if ((starts && breaks_after(after)) || (ends && before.length > 0 && breaks_before(before)))
		return STANDS_LABEL;
	bool bracketed = before.length > 0 && after.length > 0 && (before.data[before.length - 1] == '[' || before.data[before.length - 1] == '(') &&
			 (after.data[0] == ']' || after.data[0] == ')');
	if (bracketed)
		return STANDS_BRACKETED;
	struct bytes next = first_word(after);
	bool stands_out = all_capitals(match) && !all_capitals(text) && (next.length < 2 || !all_capitals(bytes_slice(after, 0, 12)));
	if (stands_out && ((starts && !names_topic(after)) || ends))
		return STANDS_LABEL;
	return STANDS_IN_TEXT;
}

/* At most MARKING_WORDS words with the match among them. */
static const char *words_around(struct arena *arena, struct bytes text, const struct pattern_span *span)
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

static void add_marking(struct markings *markings, struct marking marking)
{
	for (size_t i = 0; i < markings->count; i++) {
		struct marking *known = &markings->items[i];
		if (known->place == marking.place && known->inherited == marking.inherited &&
		    bytes_equal_nocase(bytes_of(known->words), bytes_of(marking.words))) {
			if (marking.strength > known->strength)
				*known = marking; /* two alternatives say the same */
			return;
		}
	}
	if (markings->count < MARKINGS_MOST)
		*ARENA_PUSH(markings->arena, markings->items, markings->count) = marking;
}

static bool takes_away(const struct markings *markings, struct bytes text)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	struct phrase_match match;
	return stock_find(wording->stock, wording->scratch, STOCK_UNMARKS, text, &span) ||
	       lexicon_find(wording->lexicon, wording->scratch, "marking-cancelled", text, &match) == YES;
}

/* The match that stands best in the text, or the first that stands well enough; STANDS_NOT when there is none. */
static enum standing best_match(const struct markings *markings, struct bytes text, const char *family, enum standing enough,
				struct pattern_span *span_out)
{
	const struct wording *wording = markings->wording;
	enum standing best = STANDS_NOT;
	struct phrase_match match;
	for (size_t from = 0; best < enough && lexicon_next(wording->lexicon, wording->scratch, family, text, from, &match) == YES; from = match.span.end) {
		enum standing standing = standing_of(wording, text, &match.span);
		if (standing > best) {
			best = standing;
			*span_out = match.span;
		}
	}
	return best;
}

static enum standing best_label(const struct markings *markings, struct bytes text, struct pattern_span *span_out)
{
	struct pattern_span span = { 0, 0 }, line_span = { 0, 0 };
	enum standing best = best_match(markings, text, "marking", STANDS_ALONE, &span);
	enum standing line = best_match(markings, text, "marking-line", STANDS_ALONE, &line_span);
	if (line == STANDS_IN_TEXT)
		line = STANDS_NOT; /* these count only as labels */
	*span_out = line > best ? line_span : span;
	return line > best ? line : best;
}

static void judge_subject(struct markings *markings, struct bytes text, bool inherited, bool behind_forward)
{
	struct pattern_span span;
	enum standing standing = best_label(markings, text, &span);
	if (standing == STANDS_NOT || takes_away(markings, text)) {
		markings->unmarked = markings->unmarked || (!inherited && takes_away(markings, text));
		return;
	}
	add_marking(markings, (struct marking){
		.place = MARKING_IN_SUBJECT,
		.strength = standing >= STANDS_BRACKETED ? MARKING_EXPLICIT : MARKING_WEAK,
		.inherited = inherited,
		.behind_forward = inherited && behind_forward,
		.where = "subject",
		.words = words_around(markings->arena, text, &span),
	});
}

void markings_of_subject(struct markings *markings, const char *text)
{
	if (text == NULL)
		return;
	struct bytes plain = utf8_clip(unicode_plain(markings->arena, bytes_of(text)), LABEL_LINE * 2);
	struct subject subject = subject_read(markings->arena, plain);
	if (subject.tags.length > 0)
		judge_subject(markings, subject.tags, false, false);
	judge_subject(markings, subject.rest, subject.prefixed, subject.is_forward);
}

void markings_of_sensitivity(struct markings *markings, const char *sensitivity)
{
	if (sensitivity == NULL || !bytes_equal_nocase(bytes_of(sensitivity), BYTES("company-confidential")))
		return;
	add_marking(markings, (struct marking){ .place = MARKING_IN_HEADER, .strength = MARKING_EXPLICIT, .where = "Sensitivity",
						.words = "Company-Confidential" });
}

static const char *where_in(struct arena *arena, const char *part, size_t line)
{
	return part[0] == '\0' ? arena_printf(arena, "text, line %zu", line + 1) : arena_printf(arena, "part %s, line %zu", part, line + 1);
}

static bool greets(struct bytes plain)
{
	static const char *const greetings[] = { "dear", "hi", "hello", "annwyl", "helo", "good", "bore", "prynhawn" };
	struct bytes word = first_word(plain);
	for (size_t i = 0; i < sizeof greetings / sizeof *greetings; i++)
		if (bytes_equal_nocase(word, bytes_of(greetings[i])))
			return plain.length < 60;
	return false;
}

/* One past the last of the first full lines that the author wrote, greeting aside. */
static size_t first_lines_end(const struct found_letter *letter)
{
	size_t lines = 0, bytes = 0;
	for (size_t i = 0; i < letter->line_count; i++) {
		const struct letter_line *line = &letter->lines[i];
		bool own = line->zone == ZONE_AUTHOR || line->zone == ZONE_SIGNATURE;
		if (!own || line_is_blank(line->line) || greets(line->line->plain))
			continue;
		if (lines == FIRST_LINES || (lines > 0 && bytes + line->line->plain.length > FIRST_BYTES))
			return i;
		bytes += line->line->plain.length;
		lines++;
	}
	return letter->line_count;
}

static bool stands_apart(const struct found_letter *letter, size_t n)
{
	bool above = n == 0 || line_is_blank(letter->lines[n - 1].line) || letter->lines[n - 1].zone != letter->lines[n].zone;
	bool below = n + 1 == letter->line_count || line_is_blank(letter->lines[n + 1].line) ||
		     letter->lines[n + 1].zone != letter->lines[n].zone;
	return above && below;
}

/* A word or two that a wrap left at the start of a line: the sentence above goes on. */
static bool goes_on_from_above(const struct found_letter *letter, size_t n)
{
	if (n == 0 || letter->lines[n - 1].zone != letter->lines[n].zone || line_is_blank(letter->lines[n - 1].line))
		return false;
	struct bytes above = letter->lines[n - 1].line->plain;
	char last = above.data[above.length - 1];
	bool ended = last == '.' || last == ':' || last == '!' || last == '?' || last == '-' || last == '_' || last == '=' || last == '*';
	return !ended && above.length >= FULL_LINE;
}

/* The heading of a disclaimer says nothing of the letter. */
static bool heads_disclaimer(const struct found_letter *letter, size_t n)
{
	for (size_t i = n + 1; i < letter->line_count && letter->lines[i].zone != ZONE_HEADER; i++)
		if (!line_is_blank(letter->lines[i].line))
			return letter->lines[i].zone == ZONE_DISCLAIMER;
	return false;
}

static enum standing label_at(const struct markings *markings, const struct found_letter *letter, size_t n, bool first,
			      struct pattern_span *span_out)
{
	const struct letter_line *line = &letter->lines[n];
	bool own = line->zone == ZONE_AUTHOR || (first && line->zone == ZONE_SIGNATURE);
	if (line->zone == ZONE_HEADER || line_is_blank(line->line) || line->line->plain.length > LABEL_LINE || goes_on_from_above(letter, n))
		return STANDS_NOT;
	enum standing standing = best_label(markings, line->line->plain, span_out);
	bool alone = standing == STANDS_ALONE && (own || (stands_apart(letter, n) && !heads_disclaimer(letter, n)));
	bool labels = alone || (own && standing == STANDS_LABEL && (first || stands_apart(letter, n)));
	return labels && !takes_away(markings, line->line->plain) ? standing : STANDS_NOT;
}

/* Lines that are labels: among the first, or alone on a line further down. */
static void judge_lines(struct markings *markings, const struct found_letter *letter, const char *part, size_t first_end)
{
	for (size_t i = 0; i < letter->line_count; i++) {
		struct pattern_span span;
		if (label_at(markings, letter, i, i < first_end, &span) == STANDS_NOT)
			continue;
		add_marking(markings, (struct marking){ .place = MARKING_IN_TEXT, .strength = MARKING_EXPLICIT,
							.where = where_in(markings->arena, part, i),
							.words = words_around(markings->arena, letter->lines[i].line->plain, &span) });
	}
}

static bool is_conditional(struct bytes plain)
{
	static const char *const words[] = { "if ", "whether ", "unless ", "os ", "is this ", "should this ", "would this " };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = bytes_find_nocase(plain, bytes_of(words[i]), 0);
		if (at != NOWHERE && (at == 0 || ascii_is_space(plain.data[at - 1])))
			return true;
	}
	return false;
}

/* Sentences: one of the first may say that the message is confidential; any may say that it is not. */
static void judge_sentence(struct markings *markings, const struct said *said, const char *part, bool first)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	if (takes_away(markings, said->plain)) {
		markings->unmarked = markings->unmarked || (!said->question && !is_conditional(said->plain));
		return;
	}
	bool says = first && !said->question && !is_conditional(said->plain) &&
		    stock_find(wording->stock, wording->scratch, STOCK_MARKS, said->plain, &span) && !is_negated(wording, said->plain, &span);
	if (!says && best_match(markings, said->plain, "marking", STANDS_IN_TEXT, &span) == STANDS_NOT)
		return;
	add_marking(markings, (struct marking){ .place = MARKING_IN_TEXT, .strength = says ? MARKING_EXPLICIT : MARKING_WEAK,
						.where = where_in(markings->arena, part, said->line),
						.words = words_around(markings->arena, said->plain, &span) });
}

void markings_of_text(struct markings *markings, const struct found_letter *letter, const char *part)
{
	size_t count, first_end = first_lines_end(letter);
	struct said *said = sentences_of(markings->arena, letter, false, &count);
	judge_lines(markings, letter, part, first_end);
	for (size_t i = 0; i < count; i++)
		judge_sentence(markings, &said[i], part, said[i].line < first_end);
}

void markings_of_file_name(struct markings *markings, const char *file_name, const char *part)
{
	struct bytes plain = utf8_clip(unicode_plain(markings->arena, bytes_of(file_name)), LABEL_LINE);
	size_t dot = plain.length;
	while (dot > 0 && plain.data[dot - 1] != '.')
		dot--;
	char *name = arena_string_of(markings->arena, bytes_slice(plain, 0, dot == 0 ? plain.length : dot - 1));
	for (char *c = name; *c != '\0'; c++)
		if (*c == '_' || *c == '+' || *c == '.')
			*c = ' ';
	struct bytes words = bytes_trim(bytes_of(name));
	struct pattern_span span;
	enum standing standing = best_label(markings, words, &span);
	if (standing == STANDS_NOT || takes_away(markings, words))
		return;
	add_marking(markings, (struct marking){ .place = MARKING_IN_FILE_NAME,
						.strength = standing >= STANDS_BRACKETED ? MARKING_EXPLICIT : MARKING_WEAK,
						.where = arena_printf(markings->arena, "file name, part %s", part),
						.words = words_around(markings->arena, words, &span) });
}

/* Undecoded bytes show the same words with "=20" and the like from some place on. */
static bool is_known(const struct markings *shown, const char *words, struct bytes label)
{
	struct bytes plain = bytes_of(words);
	size_t encoded = bytes_find_char(plain, '=', 0), at = bytes_find_nocase(plain, label, 0);
	bool beginning = encoded != NOWHERE && at != NOWHERE && encoded >= at + label.length;
	if (beginning)
		plain = bytes_slice(plain, 0, encoded);
	for (size_t i = 0; i < shown->count; i++) {
		struct bytes known = bytes_of(shown->items[i].words);
		if (bytes_equal_nocase(known, plain) || (beginning && bytes_starts_with_nocase(known, plain)))
			return true;
	}
	return false;
}

static bool add_other(struct markings *markings, const struct markings *shown, struct bytes text, const struct pattern_span *span,
		      const char *where)
{
	const char *words = words_around(markings->arena, text, span);
	if (is_known(shown, words, bytes_slice(text, span->start, span->end)))
		return false;
	add_marking(markings, (struct marking){ .place = MARKING_IN_OTHER_TEXT, .strength = MARKING_EXPLICIT, .where = where, .words = words });
	return true;
}

/* Behind "Re:" or "Fwd:" it is no label of this letter. */
static bool subject_labels(const struct markings *markings, const char *text, struct bytes *plain_out, struct pattern_span *span_out)
{
	if (text == NULL)
		return false;
	*plain_out = utf8_clip(unicode_plain(markings->arena, bytes_of(text)), LABEL_LINE * 2);
	return !subject_read(markings->arena, *plain_out).prefixed && best_label(markings, *plain_out, span_out) >= STANDS_BRACKETED &&
	       !takes_away(markings, *plain_out);
}

bool markings_of_other_text(struct markings *markings, const struct markings *shown, const struct found_letter *text,
			    const char *where)
{
	struct pattern_span span;
	struct bytes subject;
	if (subject_labels(markings, text->intro.subject, &subject, &span) && add_other(markings, shown, subject, &span, where))
		return true;
	size_t first_end = first_lines_end(text);
	for (size_t i = 0; i < text->line_count; i++)
		if (label_at(markings, text, i, i < first_end, &span) != STANDS_NOT &&
		    add_other(markings, shown, text->lines[i].line->plain, &span, where))
			return true;
	return false;
}

void markings_of_hidden_text(struct markings *markings, struct bytes text, const char *where)
{
	struct bytes line;
	for (size_t at = 0; bytes_next_line(text, &at, &line);) {
		struct pattern_span span;
		struct bytes plain = bytes_trim(unicode_plain(markings->arena, utf8_clip(line, LABEL_LINE)));
		if (best_match(markings, plain, "marking", STANDS_IN_TEXT, &span) == STANDS_NOT || takes_away(markings, plain))
			continue;
		add_marking(markings, (struct marking){ .place = MARKING_IN_OTHER_TEXT, .strength = MARKING_WEAK, .where = where,
							.words = words_around(markings->arena, plain, &span) });
		return;
	}
}
