/* boilerplate.c - see boilerplate.h.
 *
 * "Confidential" stands in nearly every organisation's disclaimer, so that taking boilerplate for the author's words
 * would mark every message; taking the author's words for boilerplate would hide a marking. A paragraph counts as
 * boilerplate for the law's vocabulary (addressee, in error, unauthorised, liability), not for "confidential", and
 * one in which somebody says "I" needs more of it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/boilerplate.h"

#include "base/text.h"

#define HINTS_ALONE 4       /* so many hints make boilerplate without a legal phrase ... */
#define HINTS_ANNOUNCED 3
#define HINT_BYTES 160      /* ... in a paragraph at least this long */
#define SHORT_LINE 60
#define SIGN_OFF_MOST 70
#define MOBILE_MOST 160

bool paragraph_next(struct arena *arena, const struct found_letter *letter, size_t from, struct paragraph *out)
{
	const struct letter_line *lines = letter->lines;
	while (from < letter->line_count && (lines[from].zone != ZONE_AUTHOR || line_is_blank(lines[from].line)))
		from++;
	if (from == letter->line_count)
		return false;
	struct text plain = TEXT_INIT;
	out->start = out->end = from;
	for (; out->end < letter->line_count; out->end++) {
		const struct letter_line *line = &lines[out->end];
		if (line->zone != ZONE_AUTHOR || line_is_blank(line->line) || line->stretch != lines[from].stretch)
			break;
		if (plain.length + line->line->plain.length > PARAGRAPH_BYTES) {
			if (out->end == from)
				out->end++; /* one line beyond the limit is a paragraph without text */
			break;
		}
		if (plain.length > 0)
			text_add_char(&plain, ' ');
		text_add_bytes(&plain, line->line->plain);
	}
	out->plain = text_to_arena(&plain, arena);
	return true;
}

bool is_postscript(struct bytes plain)
{
	return bytes_starts_with(plain, BYTES("PS ")) || bytes_starts_with(plain, BYTES("PS:")) ||
	       bytes_starts_with_nocase(plain, BYTES("P.S")) || bytes_starts_with(plain, BYTES("PS,")) ||
	       bytes_starts_with(plain, BYTES("PS.")) || bytes_starts_with(plain, BYTES("O.N."));
}

bool is_copy_line(struct bytes plain)
{
	static const char *const openers[] = { "cc", "c.c.", "bcc", "copy to", "copies to", "copied to", "copi at", "copïau at",
					       "copi i", "also copied to", "with a copy to", "copy:", "copi:" };
	while (plain.length > 0 && (plain.data[0] == '*' || plain.data[0] == '_' || plain.data[0] == '-' || plain.data[0] == ' '))
		plain = bytes_slice(plain, 1, plain.length);
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		struct bytes opener = bytes_of(openers[i]);
		if (!bytes_starts_with_nocase(plain, opener))
			continue;
		char after = plain.length > opener.length ? plain.data[opener.length] : '\0';
		bool closed = opener.data[opener.length - 1] == ':' || after == ':' || after == '\0' || after == '-' || after == '.' ||
			      ascii_is_space(after) || after == '*';
		if (closed)
			return plain.length < 400;
	}
	return false;
}

/* Without the links that plain text shows behind words: "Outlook for iOS<https://aka.ms/x>". */
static struct bytes without_link(struct bytes plain)
{
	size_t open = bytes_find_char(plain, '<', 0);
	bool linked = open != (size_t)-1 && open > 0 && bytes_ends_with(plain, BYTES(">"));
	return linked ? bytes_trim(bytes_slice(plain, 0, open)) : plain;
}

bool is_mobile_line(const struct wording *wording, struct bytes plain)
{
	struct pattern_span span;
	plain = without_link(plain);
	return plain.length > 0 && plain.length < MOBILE_MOST && stock_find(wording->stock, wording->scratch, STOCK_MOBILE, plain, &span);
}

static bool closes_letter(const struct wording *wording, struct bytes plain)
{
	struct pattern_span span;
	struct phrase_match match;
	if (plain.length == 0 || plain.length > SIGN_OFF_MOST)
		return false;
	if (stock_find(wording->stock, wording->scratch, STOCK_SIGN_OFF, plain, &span))
		return true;
	return lexicon_find(wording->lexicon, wording->scratch, "sign-off", plain, &match) == YES &&
	       plain.length - (match.span.end - match.span.start) <= 4;
}

static bool is_capital(struct bytes word)
{
	return word.length > 0 && ((word.data[0] >= 'A' && word.data[0] <= 'Z') || (unsigned char)word.data[0] >= 0xc3);
}

bool is_sign_off(const struct wording *wording, struct bytes plain, struct bytes *name_out)
{
	*name_out = BYTES_EMPTY;
	if (closes_letter(wording, plain))
		return true;
	if (plain.length > SIGN_OFF_MOST)
		return false;
	/* "Regards, Carl", "Kind regards Ruth Ames": a name of one to three words behind it. */
	size_t at = plain.length;
	for (int words = 0; words < 3; words++) {
		while (at > 0 && ascii_is_space(plain.data[at - 1]))
			at--;
		while (at > 0 && !ascii_is_space(plain.data[at - 1]))
			at--;
		struct bytes name = bytes_slice(plain, at, plain.length);
		if (at == 0 || !is_capital(name))
			return false;
		/* "Thanks Ruth," greets; "Thanks, Ruth" closes. */
		bool greets = bytes_ends_with(name, BYTES(",")) || bytes_ends_with(name, BYTES("!"));
		if (!greets && bytes_words(name) <= 3 && closes_letter(wording, bytes_trim(bytes_slice(plain, 0, at)))) {
			*name_out = name;
			return true;
		}
	}
	return false;
}

/* Somebody speaks of themselves: "I", "I'm", but not Welsh "i". */
static bool says_i(struct bytes plain)
{
	for (size_t at = bytes_find_char(plain, 'I', 0); at != (size_t)-1; at = bytes_find_char(plain, 'I', at + 1)) {
		char before = at == 0 ? ' ' : plain.data[at - 1], after = at + 1 < plain.length ? plain.data[at + 1] : ' ';
		char last = at + 2 < plain.length ? plain.data[at + 2] : ' ';
		if (ascii_is_space(before) && (ascii_is_space(after) || (after == '\'' && last != 'w' && last != 'r')))
			return true;
	}
	return false;
}

enum tone { TONE_AUTHOR, TONE_HINT, TONE_HEADING, TONE_RULE, TONE_LEGAL };

static bool is_rule(struct bytes plain)
{
	for (size_t i = 0; i < plain.length; i++)
		if (plain.data[i] != '-' && plain.data[i] != '_' && plain.data[i] != '=' && plain.data[i] != '*' && plain.data[i] != '~' &&
		    plain.data[i] != '#' && plain.data[i] != ' ')
			return false;
	return plain.length >= 3;
}

static enum tone tone_of(const struct wording *wording, struct bytes plain)
{
	struct pattern_span span;
	struct phrase_match match;
	if (is_rule(plain))
		return TONE_RULE;
	if (is_copy_line(plain) || is_postscript(plain))
		return TONE_AUTHOR;
	/* Words alone, even the law's: a label or a heading, as the place tells. */
	if (plain.length < SIGN_OFF_MOST && stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HEADING, plain, &span))
		return TONE_HEADING;
	size_t legal = stock_count(wording->stock, wording->scratch, STOCK_LEGAL, plain);
	if (lexicon_find(wording->lexicon, wording->scratch, "disclaimer", plain, &match) == YES)
		legal++;
	if (legal > (says_i(plain) ? 1u : 0u))
		return TONE_LEGAL;
	bool many = plain.length >= HINT_BYTES && !says_i(plain) &&
		    stock_count(wording->stock, wording->scratch, STOCK_LEGAL_HINT, plain) >= HINTS_ALONE;
	return many ? TONE_LEGAL : TONE_AUTHOR;
}

/* Beside boilerplate one word of its kind is enough. */
static void find_hints(const struct wording *wording, const struct paragraph *paragraphs, enum tone *tones, size_t count)
{
	struct pattern_span span;
	for (size_t i = 0; i < count; i++) {
		struct bytes plain = paragraphs[i].plain;
		if (tones[i] == TONE_AUTHOR && !is_copy_line(plain) && !is_postscript(plain) && !says_i(plain) &&
		    stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HINT, plain, &span))
			tones[i] = TONE_HINT;
	}
}

/* "Confidentiality notice", and not "Confidential", which is a label. */
static bool announces(const struct wording *wording, struct bytes plain)
{
	static const char *const kinds[] = { "notice", "disclaimer", "statement", "warning", "caution", "ymwadiad", "hysbysiad", "rhybudd", "datganiad" };
	struct pattern_span span;
	if (plain.length > SIGN_OFF_MOST || !stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HEADING, plain, &span))
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (bytes_find_nocase(plain, bytes_of(kinds[i]), 0) != (size_t)-1)
			return true;
	return false;
}

/* Below such a heading, its own first line or the paragraph above, fewer hints will do. */
static bool is_announced(const struct wording *wording, const struct found_letter *letter, const struct paragraph *paragraphs, size_t n)
{
	struct bytes first = letter->lines[paragraphs[n].start].line->plain;
	bool headed = paragraphs[n].end > paragraphs[n].start + 1 && announces(wording, first);
	headed = headed || (n > 0 && announces(wording, paragraphs[n - 1].plain));
	return headed && !says_i(paragraphs[n].plain) &&
	       stock_count(wording->stock, wording->scratch, STOCK_LEGAL_HINT, paragraphs[n].plain) >= HINTS_ANNOUNCED;
}

struct page {
	struct paragraph *items;
	enum tone *tones;
	size_t count;
};

static struct page read_page(struct arena *arena, const struct wording *wording, const struct found_letter *letter)
{
	struct page page = { 0 };
	struct paragraph paragraph;
	for (size_t at = 0; paragraph_next(arena, letter, at, &paragraph); at = paragraph.end)
		*ARENA_PUSH(arena, page.items, page.count) = paragraph;
	page.tones = arena_array(arena, page.count, sizeof *page.tones);
	bool legal = false;
	for (size_t i = 0; i < page.count; i++) {
		page.tones[i] = tone_of(wording, page.items[i].plain);
		if (page.tones[i] == TONE_AUTHOR && is_announced(wording, letter, page.items, i))
			page.tones[i] = TONE_LEGAL;
		legal = legal || page.tones[i] == TONE_LEGAL;
	}
	if (legal)
		find_hints(wording, page.items, page.tones, page.count);
	return page;
}

static unsigned stretch_of(const struct found_letter *letter, const struct page *page, size_t n)
{
	return letter->lines[page->items[n].start].stretch;
}

/* A sign-off in lines [from, to). */
static bool signs_off(const struct wording *wording, const struct found_letter *letter, size_t from, size_t to)
{
	struct bytes name;
	for (size_t i = from; i < to; i++) {
		struct bytes plain = letter->lines[i].line->plain;
		if (is_sign_off(wording, plain, &name) || bytes_equal(plain, BYTES("--")) || is_mobile_line(wording, plain))
			return true;
	}
	return false;
}

static void mark(struct found_letter *letter, size_t from, size_t to)
{
	bool copying = false;
	for (size_t i = from; i < to; i++) {
		struct bytes plain = letter->lines[i].line->plain;
		copying = plain.length > 0 && (is_copy_line(plain) || (copying && letter->lines[i].line->indented));
		if (!copying && letter->lines[i].zone == ZONE_AUTHOR)
			letter->lines[i].zone = ZONE_DISCLAIMER;
	}
}

/* Name and office may stand right above the disclaimer, without a blank line. */
static size_t legal_start(const struct wording *wording, const struct found_letter *letter, const struct paragraph *paragraph)
{
	size_t start = paragraph->start;
	while (start + 1 < paragraph->end) {
		struct bytes plain = letter->lines[start].line->plain;
		struct pattern_span span;
		bool plain_line = plain.length <= SHORT_LINE &&
				  !stock_find(wording->stock, wording->scratch, STOCK_LEGAL, plain, &span) &&
				  !stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HINT, plain, &span) &&
				  !stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HEADING, plain, &span) && !is_rule(plain);
		struct bytes next = letter->lines[start + 1].line->plain;
		bool goes_on = next.length > 0 && next.data[0] >= 'a' && next.data[0] <= 'z';
		bool ends = bytes_ends_with(plain, BYTES(".")) || bytes_words(plain) <= 6 || !goes_on;
		if (!plain_line || !ends)
			break;
		start++;
	}
	return start;
}

/* From a legal paragraph upwards: rule, heading, and hints between two legal paragraphs. */
static size_t reach_up(const struct page *page, const struct found_letter *letter, size_t n, bool signed_above)
{
	while (n > 0 && stretch_of(letter, page, n - 1) == stretch_of(letter, page, n)) {
		enum tone above = page->tones[n - 1];
		/* At the top a lone "CONFIDENTIAL" marks the letter; under the signature it heads the disclaimer. */
		if (above != TONE_RULE && above != TONE_LEGAL && !(above == TONE_HEADING && (signed_above || n - 1 > 0)))
			break;
		n--;
	}
	return n;
}

/* Downwards: under a signature all that follows; else what has the same tone. */
static size_t reach_down(const struct page *page, const struct found_letter *letter, size_t n, bool under_signature)
{
	size_t last = n;
	for (size_t i = n + 1; i < page->count && stretch_of(letter, page, i) == stretch_of(letter, page, n); i++) {
		if (is_postscript(page->items[i].plain) || is_copy_line(page->items[i].plain))
			continue;
		if (page->tones[i] == TONE_AUTHOR && !under_signature)
			break;
		last = i;
	}
	return last;
}

static size_t stretch_end(const struct found_letter *letter, size_t from)
{
	size_t end = from;
	while (end < letter->line_count && letter->lines[end].stretch == letter->lines[from].stretch)
		end++;
	return end;
}

static size_t stretch_start(const struct found_letter *letter, size_t from)
{
	while (from > 0 && letter->lines[from - 1].stretch == letter->lines[from].stretch &&
	       letter->lines[from - 1].zone != ZONE_HEADER)
		from--;
	return from;
}

/* The next full line from `at` in that direction, or NULL. */
static struct letter_line *full_line(struct found_letter *letter, size_t at, int step)
{
	for (size_t i = at + (size_t)step; i < letter->line_count && letter->lines[i].stretch == letter->lines[at].stretch; i += (size_t)step)
		if (!line_is_blank(letter->lines[i].line))
			return &letter->lines[i];
	return NULL;
}

/* A rule beside known boilerplate, or a heading above it, is part of it; but at the top a label marks the letter. */
static void take_edges(const struct wording *wording, struct found_letter *letter, size_t at, int step)
{
	struct letter_line *edge;
	struct pattern_span span;
	for (; (edge = full_line(letter, at, step)) != NULL && edge->zone == ZONE_AUTHOR; edge->zone = ZONE_DISCLAIMER) {
		struct bytes plain = edge->line->plain;
		at = (size_t)(edge - letter->lines);
		bool heads = step < 0 && plain.length < SIGN_OFF_MOST && full_line(letter, at, step) != NULL &&
			     stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HEADING, plain, &span);
		if (!is_rule(plain) && !heads)
			return;
	}
}

/* What the administrator has named as boilerplate needs no words of the law. */
static void mark_known(struct arena *arena, const struct wording *wording, struct found_letter *letter)
{
	const struct known *known = lexicon_known(wording->lexicon);
	struct paragraph paragraph;
	for (size_t at = 0; !known_is_empty(known) && paragraph_next(arena, letter, at, &paragraph); at = paragraph.end) {
		size_t count = paragraph.end - paragraph.start;
		struct bytes *plains = arena_array(arena, count, sizeof *plains);
		bool *part = arena_array(arena, count, sizeof *part);
		for (size_t i = 0; i < count; i++)
			plains[i] = letter->lines[paragraph.start + i].line->plain;
		if (!known_lines(known, arena, plains, count, part))
			continue;
		for (size_t i = 0; i < count; i++)
			if (part[i] && !is_copy_line(plains[i]))
				letter->lines[paragraph.start + i].zone = ZONE_DISCLAIMER;
		for (size_t i = 0; i < count; i++)
			if (letter->lines[paragraph.start + i].zone == ZONE_DISCLAIMER) {
				take_edges(wording, letter, paragraph.start + i, -1);
				take_edges(wording, letter, paragraph.start + i, 1);
			}
	}
}

void boilerplate_mark(struct arena *arena, const struct wording *wording, struct found_letter *letter)
{
	mark_known(arena, wording, letter);
	struct page page = read_page(arena, wording, letter);
	for (size_t n = 0; n < page.count; n++) {
		if (page.tones[n] != TONE_LEGAL)
			continue;
		const struct paragraph *paragraph = &page.items[n];
		bool above = signs_off(wording, letter, stretch_start(letter, paragraph->start), paragraph->start);
		bool below = signs_off(wording, letter, paragraph->end, stretch_end(letter, paragraph->start));
		size_t first = reach_up(&page, letter, n, above), last = reach_down(&page, letter, n, above && !below);
		size_t start = first == n ? legal_start(wording, letter, paragraph) : page.items[first].start;
		for (size_t i = first; i <= last; i++)
			if (!is_postscript(page.items[i].plain))
				mark(letter, i == first ? start : page.items[i].start, page.items[i].end);
		n = last;
	}
}
