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
#define OPENING_WORDS 36
#define LINES_WORDS 36
#define QUOTE_LEAST_WORDS 8
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
		text_add(&out, notice_fill(arena, words->words[WORD_OTHERS], NOTICE_VALUES({ "count", number(arena, count - shown) })));
	return arena_string_of(arena, text_to_arena(&out, arena));
}

const char *notice_names(struct arena *arena, const struct notice_words *words, const char *const *items, size_t count)
{
	return some_of(arena, words == NULL ? &notice_words_en : words, items, count, ADDRESSES_SHOWN);
}

/* What one language says. Every paragraph may be NULL. */
struct page {
	struct arena *arena;
	const struct notice_words *words;
	const char *const *parts; /* of the kind */
	size_t budget;
	const char *opening, *noticed, *lines, *clause, *step, *wrong;
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
	if (telling->beside)
		return notice_fill(arena, page->words->words[WORD_BESIDE],
				   NOTICE_VALUES({ "sender", cut_bytes(arena, foot_line_clean(arena, bytes_of(telling->sender)), TITLE_BYTES) }));
	if (telling->subject != NULL && telling->subject[0] != '\0')
		title = notice_fill(arena, page->words->words[WORD_TITLE],
				    NOTICE_VALUES({ "subject", cut_bytes(arena, cut_words(arena, telling->subject, TITLE_WORDS), TITLE_BYTES) }));
	const char *some = page->parts[PART_OPENING_SOME];
	if (telling->held_count == 0 || some == NULL)
		return notice_fill(arena, page->parts[PART_OPENING],
				   NOTICE_VALUES({ "title", title }, { "sender", telling->sender == NULL ? "" : telling->sender }));
	const char *held = notice_names(arena, page->words, telling->held, telling->held_count);
	return notice_fill(arena, some, NOTICE_VALUES({ "title", title }, { "held", held }));
}

/* Each line as it would stand at the foot. */
static const char *lines_in_full(struct page *page, const struct telling *telling, const char *why)
{
	struct text out = TEXT_INIT;
	enum notice_word lead = telling->asked_for ? WORD_MADE_OPEN : telling->late == LATE_TOLD ? WORD_CAME_LATER : WORD_STANDS_HERE;
	text_add(&out, notice_fill(page->arena, page->words->words[lead], NOTICE_VALUES({ "why", why })));
	for (size_t i = 0; i < telling->line_count; i++)
		text_printf(&out, "\n%s", foot_line_clean(page->arena, bytes_of(telling->lines[i])));
	const char *lines = arena_string_of(page->arena, text_to_arena(&out, page->arena));
	size_t words = count_words(lines);
	page->budget -= words < page->budget ? words : page->budget;
	return lines;
}

static const char *lines_told(struct page *page, const struct telling *telling)
{
	const char *why = page->words->untouched[telling->untouched];
	if (telling->line_count == 0)
		return NULL;
	if (why == NULL)
		why = untouched_sentence(telling->untouched);
	if (telling->kind == NOTICE_COMPANION)
		return lines_in_full(page, telling, why);
	static const enum notice_word added[] = { [LATE_NOBODY] = WORD_ADDED, [LATE_TOLD] = WORD_TOLD_LATER, [LATE_UNTOLD] = WORD_LATE_UNTOLD };
	const char *lines = some_of(page->arena, page->words, telling->lines, telling->line_count, LINES_SHOWN);
	bool apart = telling->companion_sent || telling->late == LATE_TOLD;
	enum notice_word word = telling->lines_added ? added[telling->late] : apart ? WORD_TOLD_APART : WORD_NOT_ADDED;
	return take(page, notice_fill(page->arena, page->words->words[word], NOTICE_VALUES({ "why", why }, { "lines", lines })), LINES_WORDS);
}

/* The clause, with as much of the council's own words as there is room for. */
static const char *clause_told(struct page *page, const char *clause, const char *quote)
{
	if (clause == NULL)
		return NULL;
	if (quote == NULL || page->budget < QUOTE_LEAST_WORDS)
		return notice_fill(page->arena, page->words->words[WORD_CLAUSE], NOTICE_VALUES({ "clause", clause }));
	return notice_fill(page->arena, page->words->words[WORD_CLAUSE_QUOTED],
			   NOTICE_VALUES({ "clause", clause }, { "quote", take(page, quote, page->budget) }));
}

/* How to say that it is wrong: by a reply, and where there is one by a link. */
static const char *wrong_told(const struct page *page, const struct telling *telling)
{
	const char *wrong = page->parts[PART_WRONG];
	if (telling->link == NULL || page->parts[PART_LINK] == NULL)
		return wrong;
	return arena_printf(page->arena, "%s %s", wrong, notice_fill(page->arena, page->parts[PART_LINK], NOTICE_VALUES({ "link", telling->link })));
}

/* In the order of what may least be missing. */
static void page_fill(struct page *page, const struct telling *telling, const char *noticed, const char *remedy)
{
	/* What always stands there: the last two paragraphs, and the words around clause and quotation. */
	page->wrong = wrong_told(page, telling);
	size_t fixed = count_words(page->wrong) + count_words(page->parts[PART_THANKS]) + count_words(page->words->words[WORD_CLAUSE_QUOTED]);
	page->budget = fixed < NOTICE_MAX_WORDS - 1 ? NOTICE_MAX_WORDS - 1 - fixed : 0;
	bool names_first = telling->kind == NOTICE_COMPANION;
	if (names_first)
		page->lines = lines_told(page, telling);
	page->opening = take(page, opening(page, telling), OPENING_WORDS);
	const char *usual = telling->beside ? page->words->words[WORD_BESIDE_STEP] : page->parts[PART_STEP];
	page->step = take(page, remedy != NULL ? remedy : usual, NOTICE_REMEDY_WORDS);
	const char *clause = take(page, telling->clause, NOTICE_CLAUSE_WORDS);
	page->noticed = take(page, noticed, NOTICE_SAYS_WORDS);
	if (!names_first)
		page->lines = lines_told(page, telling);
	page->clause = clause_told(page, clause, telling->quote);
}

static void page_print(const struct page *page, const char *reference, struct text *out)
{
	const char *paragraphs[] = { page->opening, page->noticed, page->lines, page->clause, page->step, page->wrong };
	for (size_t i = 0; i < sizeof paragraphs / sizeof paragraphs[0]; i++)
		if (paragraphs[i] != NULL && paragraphs[i][0] != '\0')
			text_printf(out, "%s\n\n", paragraphs[i]);
	text_printf(out, "%s\n", notice_fill(page->arena, page->parts[PART_THANKS], NOTICE_VALUES({ "reference", reference })));
}

static const struct notice_words *words_of(const struct plan_options *options, bool welsh)
{
	return welsh ? options->words_cy : options->words_en != NULL ? options->words_en : &notice_words_en;
}

static void tell(struct arena *arena, const struct telling *telling, const struct plan_options *options, bool welsh,
		 struct text *out)
{
	struct page page = { .arena = arena, .words = words_of(options, welsh) };
	page.parts = page.words->parts[telling->kind];
	const char *noticed = welsh && telling->noticed_cy != NULL ? telling->noticed_cy : telling->noticed_en;
	if (telling->undecided)
		noticed = page.words->words[WORD_UNDECIDED];
	page_fill(&page, telling, noticed, welsh ? telling->remedy_cy : telling->remedy_en);
	page_print(&page, options->id, out);
}

static const char *subject_of(struct arena *arena, const struct telling *telling, const struct plan_options *options)
{
	const struct notice_words *words = words_of(options, options->words_cy != NULL && options->welsh_first);
	bool quotable = telling->subject != NULL && telling->subject[0] != '\0';
	const char *about = quotable ? cut_bytes(arena, foot_line_clean(arena, bytes_of(telling->subject)), TITLE_BYTES) : options->id;
	bool apart = telling->kind == NOTICE_ADVICE && telling->companion_sent;
	const char *text = apart ? words->words[WORD_SUBJECT_APART]
			   : telling->beside ? words->words[WORD_BESIDE_SUBJECT] : words->parts[telling->kind][PART_SUBJECT];
	return notice_fill(arena, text, NOTICE_VALUES({ "about", about }));
}

size_t notice_fixed_words(const struct notice_words *words, enum notice_kind kind)
{
	static const enum notice_part always[] = { PART_STEP, PART_WRONG, PART_LINK, PART_THANKS };
	const char *const *parts = words->parts[kind];
	/* A title of TITLE_WORDS; three addresses and how many more. The slots are counted as one word already. */
	size_t opening = count_words(parts[PART_OPENING]) + TITLE_WORDS - 1;
	size_t some = parts[PART_OPENING_SOME] == NULL ? 0 : count_words(parts[PART_OPENING_SOME]) + TITLE_WORDS + ADDRESSES_SHOWN + 1;
	size_t all = opening > some ? opening : some;
	for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
		all += parts[always[i]] == NULL ? 0 : count_words(parts[always[i]]);
	return all;
}

struct notice notice_make(struct arena *arena, const struct telling *telling, const struct plan_options *options)
{
	struct text body = TEXT_INIT;
	bool both = options->words_cy != NULL, welsh_first = both && options->welsh_first;
	tell(arena, telling, options, welsh_first, &body);
	if (both) {
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
		.languages = !both ? "en" : welsh_first ? "cy, en" : "en, cy",
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
		/* Of one message there may be several such, each with an identity of its own. */
		.number = decided->kind == NOTICE_RELEASED && decided->about_count > 0 ? (unsigned)options->at : 0,
		.to = decided->to,
		.subject = decided->subject,
		.message_id = decided->message_id,
		.noticed_en = decided->reason,
		.clause = decided->clause,
		.held = decided->about,
		.held_count = decided->about_count,
	};
	return notice_make(arena, &telling, options);
}
