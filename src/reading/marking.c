/* marking.c - see marking.h.
 *
 * A label marks where labels stand (standing.h, label_line.h): in the subject, among the first lines, alone on a line. A sentence marks
 * when it says so of the message ("this is confidential"). Everything else is the word in running text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/marking.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"
#include "reading/label_line.h"
#include "reading/lettering.h"
#include "reading/sentence.h"
#include "reading/standing.h"
#include "reading/subject.h"

#define NOWHERE ((size_t)-1)

/* Where one more goes: when there is no room, an explicit one in place of the last weak one. NULL: nowhere. */
static struct marking *room_for(struct markings *markings, const struct marking *marking)
{
	if (markings->count < MARKINGS_MOST)
		return ARENA_PUSH(markings->arena, markings->items, markings->count);
	for (size_t i = markings->count; marking->strength == MARKING_EXPLICIT && i-- > 0;)
		if (markings->items[i].strength < MARKING_EXPLICIT)
			return &markings->items[i];
	return NULL;
}

void markings_add(struct markings *markings, struct marking marking)
{
	for (size_t i = 0; i < markings->count; i++) {
		struct marking *known = &markings->items[i];
		bool other_file = marking.place == MARKING_IN_DOCUMENT && strcmp(known->where, marking.where) != 0;
		if (known->place == marking.place && known->inherited == marking.inherited && !other_file &&
		    bytes_equal_nocase(bytes_of(known->words), bytes_of(marking.words))) {
			if (marking.strength > known->strength)
				*known = marking; /* two alternatives say the same */
			return;
		}
	}
	struct marking *room = room_for(markings, &marking);
	if (room != NULL)
		*room = marking;
}

bool markings_cancelled(const struct markings *markings, struct bytes text)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	struct phrase_match match;
	return stock_find(wording->stock, wording->scratch, STOCK_UNMARKS, text, &span) ||
	       lexicon_find(wording->lexicon, wording->scratch, "marking-cancelled", text, &match) == YES;
}

/* A label of the council's own that does not mark, though its words would. */
static bool lies_in_open_label(const struct wording *wording, struct bytes text, const struct pattern_span *span)
{
	struct phrase_match open;
	for (size_t from = 0; lexicon_next(wording->lexicon, wording->scratch, "marking-open", text, from, &open) == YES; from = open.span.end)
		if (open.span.start <= span->start && open.span.end >= span->end)
			return true;
	return false;
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
		if (standing > best && !lies_in_open_label(wording, text, &match.span)) {
			best = standing;
			*span_out = match.span;
		}
	}
	return best;
}

enum standing markings_best(const struct markings *markings, struct bytes text, struct pattern_span *span_out)
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
	text = lettering_read(markings->arena, text);
	enum standing standing = markings_best(markings, text, &span);
	if (standing == STANDS_NOT || markings_cancelled(markings, text)) {
		markings->unmarked = markings->unmarked || (!inherited && markings_cancelled(markings, text));
		return;
	}
	markings_add(markings, (struct marking){
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

static const char *where_in(struct arena *arena, const char *part, size_t line)
{
	return part[0] == '\0' ? arena_printf(arena, "text, line %zu", line + 1) : arena_printf(arena, "part %s, line %zu", part, line + 1);
}

static void add_label(struct markings *markings, struct bytes text, const struct pattern_span *span, enum marking_place place, const char *where)
{
	markings_add(markings, (struct marking){ .place = place, .strength = MARKING_EXPLICIT, .where = where,
						 .words = words_around(markings->arena, text, span) });
}

/* Lines that are labels: among the first, or alone on a line further down. */
static void judge_lines(struct markings *markings, const struct found_letter *letter, const char *part, size_t first_end)
{
	for (size_t i = 0; i < letter->line_count; i++) {
		struct pattern_span span;
		struct bytes text;
		if (label_line_at(markings, letter, i, i < first_end, &text, &span))
			add_label(markings, text, &span, MARKING_IN_TEXT, where_in(markings->arena, part, i));
	}
}

/* Whether it is said under a condition that begins no later than at `until`. */
static bool is_conditional(struct bytes plain, size_t until)
{
	static const char *const words[] = { "if ", "whether ", "unless ", "os ", "is this ", "should this ", "would this " };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct bytes word = bytes_of(words[i]);
		for (size_t at = bytes_find_nocase(plain, word, 0); at <= until && at != NOWHERE; at = bytes_find_nocase(plain, word, at + 1)) {
			bool courtesy = bytes_starts_with_nocase(bytes_slice(plain, at, plain.length), BYTES("os gwel"));
			if (!courtesy && (at == 0 || ascii_is_space(plain.data[at - 1])))
				return true;
		}
	}
	return false;
}

/* "The attached report is no longer confidential": the label still printed in the file is what this speaks of. */
static bool frees_attached(struct bytes text)
{
	static const char *const words[] = { "attach", "enclos", "appendix", "document", "report", "paper", "pdf", "no longer", " now ", "atodi",
					     "atodedig", "ynghlwm", "amgae", "adroddiad", "papur", "dogfen", "bellach", "mwyach" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_find_nocase(text, bytes_of(words[i]), 0) != NOWHERE)
			return true;
	return false;
}

/* What a letter's own text says; a file's speaks only of the file. */
static void take_cancelled(struct markings *markings, const struct said *said, struct bytes text, enum marking_place place)
{
	if (place != MARKING_IN_TEXT || said->question || is_conditional(text, text.length))
		return;
	markings->unmarked = true;
	markings->unmarked_attached = markings->unmarked_attached || frees_attached(text);
}

/* Between quotation marks somebody else speaks. */
static bool is_quoted(struct bytes text, size_t at)
{
	size_t marks = 0;
	for (size_t i = 0; i < at; i++)
		marks += text.data[i] == '"';
	return marks % 2 == 1;
}

/* A condition further on is about something else: "confidential because we do not know whether they will pay". */
static size_t word_behind(struct bytes text, const struct pattern_span *marking)
{
	size_t at = marking->end;
	while (at < text.length && ascii_is_space(text.data[at]))
		at++;
	return at;
}

static bool is_doubtful(const struct wording *wording, const struct said *said, struct bytes text, const struct pattern_span *marking)
{
	struct pattern_span span;
	return (said->question || is_conditional(text, word_behind(text, marking))) &&
	       !stock_find(wording->stock, wording->scratch, STOCK_REQUEST, text, &span);
}

/* Sentences: one of the first may say that the message is confidential; any may say that it is not. */
static void judge_sentence(struct markings *markings, const struct said *said, enum marking_place place, const char *where, bool first)
{
	const struct wording *wording = markings->wording;
	struct pattern_span span;
	struct bytes text = markings->odd_letters ? lettering_read(markings->arena, said->plain) : said->plain;
	if (markings_cancelled(markings, text)) {
		take_cancelled(markings, said, text, place);
		return;
	}
	bool says = first && stock_find(wording->stock, wording->scratch, STOCK_MARKS, text, &span) && !is_doubtful(wording, said, text, &span) &&
		    !is_negated(wording, text, &span) && !is_quoted(text, span.start);
	if (!says && best_match(markings, text, "marking", STANDS_IN_TEXT, &span) == STANDS_NOT)
		return;
	markings_add(markings, (struct marking){ .place = place, .strength = says ? MARKING_EXPLICIT : MARKING_WEAK, .where = where,
						.words = words_around(markings->arena, text, &span) });
}

void markings_of_text(struct markings *markings, const struct found_letter *letter, const char *part)
{
	size_t count, first_end = label_first_lines_end(letter);
	struct said *said = sentences_of(markings->arena, letter, false, &count);
	markings->odd_letters = label_has_odd_letters(markings->arena, letter);
	judge_lines(markings, letter, part, first_end);
	for (size_t i = 0; i < count; i++)
		judge_sentence(markings, &said[i], MARKING_IN_TEXT, where_in(markings->arena, part, said[i].line), said[i].line < first_end);
}

/* ---- attached documents --------------------------------------------------------------------------------------- */

/* "minutes.docx, page 3, header": the innermost place. */
static bool place_is(const char *place, const char *const *names, size_t count)
{
	const char *last = strrchr(place, ',');
	struct bytes inner = bytes_trim(bytes_of(last == NULL ? place : last + 1));
	for (size_t i = 0; i < count; i++)
		if (bytes_starts_with_nocase(inner, bytes_of(names[i])))
			return true;
	return false;
}

/* What frames the pages or describes the file is nothing but labels. */
static bool is_margin(const char *place)
{
	static const char *const margins[] = { "header", "footer", "watermark", "propert" };
	return place_is(place, margins, sizeof margins / sizeof *margins);
}

/* A cell that holds one word is no line that its author set apart. */
static bool is_grid(const char *place)
{
	static const char *const grids[] = { "sheet", "comment" };
	return place_is(place, grids, sizeof grids / sizeof *grids);
}

/* Where the last full lines begin. */
static size_t last_lines_start(const struct found_letter *letter)
{
	size_t lines = 0;
	for (size_t i = letter->line_count; i > 0; i--)
		if (!line_is_blank(letter->lines[i - 1].line) && ++lines == LABEL_EDGE_LINES)
			return i - 1;
	return 0;
}

static struct bytes text_of(struct arena *arena, const struct found_letter *document)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < document->line_count; i++) {
		text_add_bytes(&text, document->lines[i].line->plain);
		text_add_char(&text, '\n');
	}
	return text_to_arena(&text, arena);
}

void markings_of_document(struct markings *markings, const struct found_letter *document, const char *file_name, const char *place,
			  const char *part)
{
	size_t count, first_end = label_first_lines_end(document), last_start = last_lines_start(document);
	bool margin = is_margin(place), grid = is_grid(place);
	markings->odd_letters = label_has_odd_letters(markings->arena, document);
	const char *file = arena_printf(markings->arena, "%s%s%s (part %s)", file_name, place[0] == '\0' ? "" : ", ", place, part);
	for (size_t i = 0; i < document->line_count; i++) {
		struct pattern_span span;
		struct bytes text;
		bool edge = i < first_end || (!grid && i >= last_start);
		if (!margin && grid && !edge)
			continue;
		if (label_line_at(markings, document, i, margin || edge, &text, &span))
			add_label(markings, text, &span, MARKING_IN_DOCUMENT, file);
	}
	if (margin)
		markings_of_properties(markings, text_of(markings->arena, document), file);
	struct said *said = sentences_of(markings->arena, document, false, &count);
	for (size_t i = 0; i < count; i++)
		judge_sentence(markings, &said[i], MARKING_IN_DOCUMENT, file, said[i].line < first_end);
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
	struct bytes words = lettering_read(markings->arena, bytes_trim(bytes_of(name)));
	struct pattern_span span;
	enum standing standing = markings_best(markings, words, &span);
	if (standing == STANDS_NOT || markings_cancelled(markings, words))
		return;
	markings_add(markings, (struct marking){ .place = MARKING_IN_FILE_NAME,
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
	markings_add(markings, (struct marking){ .place = MARKING_IN_OTHER_TEXT, .strength = MARKING_EXPLICIT, .where = where, .words = words });
	return true;
}

/* Behind "Re:" or "Fwd:" it is no label of this letter. */
static bool subject_labels(const struct markings *markings, const char *text, struct bytes *plain_out, struct pattern_span *span_out)
{
	if (text == NULL)
		return false;
	*plain_out = lettering_read(markings->arena, utf8_clip(unicode_plain(markings->arena, bytes_of(text)), LABEL_LINE * 2));
	return !subject_read(markings->arena, *plain_out).prefixed && markings_best(markings, *plain_out, span_out) >= STANDS_BRACKETED &&
	       !markings_cancelled(markings, *plain_out);
}

bool markings_of_other_text(struct markings *markings, const struct markings *shown, const struct found_letter *text,
			    const char *where)
{
	struct pattern_span span;
	struct bytes subject;
	if (subject_labels(markings, text->intro.subject, &subject, &span) && add_other(markings, shown, subject, &span, where))
		return true;
	size_t first_end = label_first_lines_end(text);
	markings->odd_letters = label_has_odd_letters(markings->arena, text);
	for (size_t i = 0; i < text->line_count; i++) {
		struct bytes line;
		if (label_line_at(markings, text, i, i < first_end, &line, &span) && add_other(markings, shown, line, &span, where))
			return true;
	}
	return false;
}

void markings_of_hidden_text(struct markings *markings, struct bytes text, const char *where)
{
	struct bytes line;
	for (size_t at = 0; bytes_next_line(text, &at, &line);) {
		struct pattern_span span;
		struct bytes plain = lettering_read(markings->arena, bytes_trim(unicode_plain(markings->arena, utf8_clip(line, LABEL_LINE))));
		if (best_match(markings, plain, "marking", STANDS_IN_TEXT, &span) == STANDS_NOT || markings_cancelled(markings, plain))
			continue;
		markings_add(markings, (struct marking){ .place = MARKING_IN_OTHER_TEXT, .strength = MARKING_WEAK, .where = where,
							.words = words_around(markings->arena, plain, &span) });
		return;
	}
}
