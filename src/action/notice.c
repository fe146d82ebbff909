/* notice.c - see notice.h: one page a language, kept short by a budget of words that the parts share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice.h"

#include <string.h>

#include "action/foot_text.h"
#include "action/own_mail.h"
#include "base/text.h"

/* Words each part may take; what is left over of the whole goes to the council's own words, last. */
#define TITLE_WORDS 8
#define TITLE_BYTES 60
#define OPENING_WORDS 26
#define NOTICED_WORDS 46
#define LINES_WORDS 36
#define CLAUSE_WORDS 12
#define STEP_WORDS 32
#define QUOTE_LEAST_WORDS 14
#define ADDRESSES_SHOWN 3
#define LINES_SHOWN 3

static size_t count_words(const char *text)
{
	size_t words = 0;
	bool inside = false;
	for (; *text != '\0'; text++) {
		bool blank = ascii_is_space(*text);
		words += !blank && !inside;
		inside = !blank;
	}
	return words;
}

/* At most `limit` words on one line; "..." tells that there were more. */
static char *cut_words(struct arena *arena, const char *text, size_t limit)
{
	char *clean = foot_line_clean(arena, bytes_of(text));
	size_t words = 0, at = 0;
	for (; clean[at] != '\0'; at++) {
		bool begins = clean[at] != ' ' && (at == 0 || clean[at - 1] == ' ');
		words += begins;
		if (words > limit)
			break;
	}
	if (clean[at] == '\0')
		return clean;
	while (at > 0 && clean[at - 1] == ' ')
		at--;
	return arena_printf(arena, "%.*s...", (int)at, clean);
}

/* At most `limit` bytes, whole characters. */
static char *cut_bytes(struct arena *arena, char *text, size_t limit)
{
	if (strlen(text) <= limit)
		return text;
	while (limit > 0 && ((unsigned char)text[limit] & 0xc0) == 0x80)
		limit--;
	return arena_printf(arena, "%.*s...", (int)limit, text);
}

static const char *fill(struct arena *arena, const char *format, const char *first, const char *second)
{
	return line_fill(arena, format, (const char *const[]){ first, second }, 2);
}

static const char *number(struct arena *arena, size_t n)
{
	return arena_printf(arena, "%zu", n);
}

/* "a, b, c and 4 more" */
static const char *some_of(struct arena *arena, const struct notice_words *words, const char *const *items, size_t count,
			   size_t shown)
{
	struct text out = TEXT_INIT;
	for (size_t i = 0; i < count && i < shown; i++)
		text_printf(&out, "%s%s", i > 0 ? ", " : "", foot_line_clean(arena, bytes_of(items[i])));
	if (count > shown)
		text_add(&out, fill(arena, words->others, number(arena, count - shown), ""));
	return arena_string_of(arena, text_to_arena(&out, arena));
}

/* What one language says. Every paragraph may be NULL. */
struct page {
	struct arena *arena;
	const struct notice_words *words;
	size_t budget;
	const char *opening, *noticed, *lines, *clause, *step;
};

static const char *take(struct page *page, const char *text, size_t limit)
{
	if (text == NULL || page->budget == 0)
		return NULL;
	char *taken = cut_words(page->arena, text, limit < page->budget ? limit : page->budget);
	page->budget -= count_words(taken);
	return taken;
}

static const char *opening(struct page *page, const struct telling *telling)
{
	struct arena *arena = page->arena;
	const char *title = "";
	if (telling->subject != NULL && telling->subject[0] != '\0')
		title = fill(arena, page->words->title,
			     cut_bytes(arena, cut_words(arena, telling->subject, TITLE_WORDS), TITLE_BYTES), "");
	if (telling->held_count == 0)
		return fill(arena, page->words->opening[telling->kind], title, telling->sender == NULL ? "" : telling->sender);
	return fill(arena, page->words->held_for_some, title,
		    some_of(arena, page->words, telling->held, telling->held_count, ADDRESSES_SHOWN));
}

/* Each line as it would stand at the foot. */
static const char *lines_in_full(struct page *page, const struct telling *telling, const char *why)
{
	struct text out = TEXT_INIT;
	text_add(&out, fill(page->arena, page->words->stands_here, why, ""));
	for (size_t i = 0; i < telling->line_count; i++)
		text_printf(&out, "\n%s", foot_line_clean(page->arena, bytes_of(telling->lines[i])));
	const char *lines = arena_string_of(page->arena, text_to_arena(&out, page->arena));
	size_t words = count_words(lines);
	page->budget -= words < page->budget ? words : page->budget;
	return lines;
}

static const char *lines_told(struct page *page, const struct telling *telling)
{
	const char *why = page->words == &notice_words_cy ? untouched_sentence_cy(telling->untouched) : untouched_sentence(telling->untouched);
	if (telling->line_count == 0)
		return NULL;
	if (telling->kind == NOTICE_COMPANION)
		return lines_in_full(page, telling, why);
	const char *lines = some_of(page->arena, page->words, telling->lines, telling->line_count, LINES_SHOWN);
	if (telling->lines_added)
		return take(page, fill(page->arena, page->words->added, lines, ""), LINES_WORDS);
	const char *format = telling->companion_sent ? page->words->told_apart : page->words->not_added;
	return take(page, fill(page->arena, format, why, lines), LINES_WORDS);
}

/* The clause, with as much of the council's own words as there is room for. */
static const char *clause_told(struct page *page, const char *clause, const char *quote)
{
	if (clause == NULL)
		return NULL;
	if (quote == NULL || page->budget < QUOTE_LEAST_WORDS)
		return fill(page->arena, page->words->clause, clause, "");
	return fill(page->arena, page->words->clause_quoted, clause, take(page, quote, page->budget));
}

/* In the order of what may least be missing. */
static void page_fill(struct page *page, const struct telling *telling, const char *noticed, const char *remedy)
{
	const struct notice_words *words = page->words;
	/* What always stands there: the last two paragraphs, and the words around clause and quotation. */
	page->budget = NOTICE_MAX_WORDS - 1 - count_words(words->wrong) - count_words(words->thanks) - count_words(words->clause_quoted);
	bool names_first = telling->kind == NOTICE_COMPANION;
	if (names_first)
		page->lines = lines_told(page, telling);
	page->opening = take(page, opening(page, telling), OPENING_WORDS);
	page->step = take(page, remedy != NULL ? remedy : words->step[telling->kind], STEP_WORDS);
	const char *clause = take(page, telling->clause, CLAUSE_WORDS);
	page->noticed = take(page, noticed, NOTICED_WORDS);
	if (!names_first)
		page->lines = lines_told(page, telling);
	page->clause = clause_told(page, clause, telling->quote);
}

static void page_print(const struct page *page, const char *reference, struct text *out)
{
	const char *paragraphs[] = { page->opening, page->noticed, page->lines, page->clause, page->step, page->words->wrong };
	for (size_t i = 0; i < sizeof paragraphs / sizeof paragraphs[0]; i++)
		if (paragraphs[i] != NULL && paragraphs[i][0] != '\0')
			text_printf(out, "%s\n\n", paragraphs[i]);
	text_printf(out, "%s\n", fill(page->arena, page->words->thanks, reference, ""));
}

static void tell(struct arena *arena, const struct telling *telling, const struct plan_options *options, bool welsh,
		 struct text *out)
{
	struct page page = { .arena = arena, .words = welsh ? &notice_words_cy : &notice_words_en };
	const char *noticed = welsh && telling->noticed_cy != NULL ? telling->noticed_cy : telling->noticed_en;
	page_fill(&page, telling, noticed, welsh ? telling->remedy_cy : telling->remedy_en);
	page_print(&page, options->id, out);
}

static const char *subject_of(struct arena *arena, const struct telling *telling, const struct plan_options *options)
{
	const struct notice_words *words = options->welsh && options->welsh_first ? &notice_words_cy : &notice_words_en;
	bool quotable = telling->subject != NULL && telling->subject[0] != '\0';
	const char *about = quotable ? cut_bytes(arena, foot_line_clean(arena, bytes_of(telling->subject)), TITLE_BYTES) : options->id;
	bool apart = telling->kind == NOTICE_ADVICE && telling->companion_sent;
	return fill(arena, apart ? words->subject_apart : words->subject[telling->kind], about, "");
}

struct notice notice_make(struct arena *arena, const struct telling *telling, const struct plan_options *options)
{
	struct text body = TEXT_INIT;
	bool welsh_first = options->welsh && options->welsh_first;
	tell(arena, telling, options, welsh_first, &body);
	if (options->welsh) {
		text_add(&body, "\n--------\n\n");
		tell(arena, telling, options, !welsh_first, &body);
	}
	struct own_mail mail = {
		.from_name = options->council_name,
		.from = options->notice_from,
		.to = telling->to,
		.subject = subject_of(arena, telling, options),
		.id = telling->number == 0 ? arena_printf(arena, "%s.%s", options->id, notice_kind_name(telling->kind))
					   : arena_printf(arena, "%s.%s-%u", options->id, notice_kind_name(telling->kind), telling->number),
		.in_reply_to = telling->message_id,
		.languages = !options->welsh ? "en" : welsh_first ? "cy, en" : "en, cy",
		.at = options->at,
		.body = text_bytes(&body),
	};
	struct notice notice = { .kind = telling->kind, .to = arena_string(arena, telling->to), .message = own_mail_make(arena, &mail) };
	text_release(&body);
	return notice;
}

struct notice notice_of_decision(struct arena *arena, const struct decided *decided, const struct plan_options *options)
{
	struct telling telling = {
		.kind = decided->kind,
		.to = decided->to,
		.subject = decided->subject,
		.message_id = decided->message_id,
		.noticed_en = decided->reason,
		.clause = decided->clause,
	};
	return notice_make(arena, &telling, options);
}
