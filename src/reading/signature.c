/* signature.c - where signature blocks are (signature.h); signatory.c reads who signs.
 *
 * A block begins at a line that closes the letter, at "-- ", or, failing both, at a name in the last lines. It goes
 * on to the end of the author's text before the next letter. Copy lines and postscripts in it stay the author's text:
 * a person named there does not sign.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/signature.h"

#include "reading/greeting.h"
#include "reading/title.h"

#define BLOCK_LINES 40
#define TAIL_LINES 10     /* of a block without a sign-off */
#define JOINT_LINES 10    /* between the sign-offs of two who sign */
#define NAME_LINE 60
#define ARTICLE_WORDS 30
#define WRAPPED_WORDS 9
#define HOUSE_LINE 160
#define HEAD_LINES 2      /* of a letter that may say in whose name it goes */
#define TEAM_WORDS 6
#define DEVICE_WORDS 8
#define NOWHERE ((size_t)-1)

/* Own lines of one stretch without blank lines and boilerplate. */
struct block {
	size_t *lines; /* indexes into the letter's */
	size_t count;
};

static struct block own_lines(struct arena *arena, const struct found_letter *letter, size_t from, size_t *next_out)
{
	struct block block = { NULL, 0 };
	size_t at = from;
	for (; at < letter->line_count && letter->lines[at].stretch == letter->lines[from].stretch; at++)
		if (letter->lines[at].zone == ZONE_AUTHOR && !line_is_blank(letter->lines[at].line))
			*ARENA_PUSH(arena, block.lines, block.count) = at;
	*next_out = at;
	return block;
}

static struct bytes plain_at(const struct found_letter *letter, const struct block *block, size_t n)
{
	return letter->lines[block->lines[n]].line->plain;
}

static bool is_capital(char c)
{
	return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xc3;
}

static bool ends_sentence(struct bytes plain)
{
	if (plain.length < 3)
		return false;
	char last = plain.data[plain.length - 1];
	/* "J. Smith B.A." ends in initials. */
	return last == '?' || last == '!' || last == ':' || (last == '.' && plain.data[plain.length - 3] != '.' && bytes_words(plain) >= 3);
}

static bool follows_signature(struct bytes plain)
{
	return plain.length <= NAME_LINE + 20 && bytes_words(plain) <= 9 && !ends_sentence(plain);
}

/* Long text that is nobody's address. */
static bool is_prose(struct bytes plain)
{
	return bytes_words(plain) >= 8 && ends_sentence(plain);
}

/* "Thank you." and nothing else is what the author has to say. */
static bool is_whole_answer(const struct found_letter *letter, const struct block *block, size_t n)
{
	return n == 0 && (block->count == 1 || bytes_starts_with(plain_at(letter, block, 1), BYTES("--")));
}

/* "The Allotments Team." with its full stop, and nothing below it. */
static bool is_last_name(const struct found_letter *letter, const struct block *block, size_t n)
{
	struct bytes plain = plain_at(letter, block, n);
	return n + 1 == block->count && bytes_words(plain) <= TEAM_WORDS && bytes_ends_with(plain, BYTES(".")) && is_capital(plain.data[0]);
}

static bool closes_at(const struct wording *wording, const struct found_letter *letter, const struct block *block, size_t n)
{
	struct bytes name, plain = plain_at(letter, block, n);
	if (!is_sign_off(wording, plain, &name))
		return false;
	if (block->count - n > BLOCK_LINES || is_whole_answer(letter, block, n))
		return false;
	if (n + 1 < block->count && !follows_signature(plain_at(letter, block, n + 1)) && !is_copy_line(plain_at(letter, block, n + 1)) &&
	    !is_last_name(letter, block, n + 1))
		return false;
	for (size_t i = n + 1; i < block->count; i++)
		if (greeting_of(plain_at(letter, block, i)) != GREETING_NONE)
			return false;
	return true;
}

/* The last sign-off, drawn up over those close above it. */
static size_t find_sign_off(const struct wording *wording, const struct found_letter *letter, const struct block *block)
{
	size_t found = NOWHERE;
	for (size_t n = block->count; n-- > 0 && (found == NOWHERE || found - n <= JOINT_LINES);) {
		if (found != NOWHERE && (is_prose(plain_at(letter, block, n)) || plain_at(letter, block, n).length > NAME_LINE + 20))
			break;
		/* "Thank you for your letter." right above "Yours sincerely" is the letter's last sentence. */
		bool says = found == n + 1 && bytes_ends_with(plain_at(letter, block, n), BYTES("."));
		if (says)
			break;
		if (closes_at(wording, letter, block, n))
			found = n;
	}
	return found;
}

static size_t find_dashes(const struct found_letter *letter, const struct block *block)
{
	for (size_t n = block->count; n-- > 0 && block->count - n <= BLOCK_LINES;) {
		struct bytes plain = plain_at(letter, block, n);
		if (bytes_equal(plain, BYTES("--")) || bytes_equal(plain, BYTES("---")))
			return n;
	}
	return NOWHERE;
}

static bool is_particle(struct bytes word)
{
	static const char *const particles[] = { "de", "van", "von", "der", "den", "la", "le", "du", "da", "di", "ap", "ab", "ferch", "al", "bin" };
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (bytes_equal(word, bytes_of(particles[i])))
			return true;
	return false;
}

static bool is_no_name(struct bytes word)
{
	static const char *const words[] = {
		"council", "committee", "cyngor", "town", "parish", "district", "borough", "county", "community", "street", "road", "lane",
		"avenue", "house", "hall", "office", "offices", "centre", "center", "ltd", "limited", "plc", "department", "dept", "team",
		"services", "service", "tel", "mobile", "phone", "email", "e-mail", "fax", "web", "website", "regards", "party", "group",
		"association", "trust", "university", "school", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"please", "working", "days", "hours", "the", "and", "this", "thanks", "thank", "you", "yes", "no", "ok", "sent", "from", "of",
		"i", "we", "it", "is", "are", "will", "not", "for", "to", "in", "on", "at", "with", "sounds", "good", "fine", "noted", "agreed",
		"approved", "great", "perfect", "dear", "hi", "hello", "annwyl", "ward", "north", "south", "east", "west", "confidential", "best",
		"direct", "line", "mob", "telephone", "ffon", "ffôn", "swyddfa", "stryd", "heol", "neuadd", "y", "yr", "dref", "gwasanaethau",
		"see", "below", "above", "attached", "all", "done", "ie", "na", "attachment", "attachments", "kind", "many", "well", "sure",
		"happy", "new", "year", "christmas", "photo", "image", "agenda", "minutes", "budget", "logo", "currently", "randomly",
		"begin", "pgp", "signature", "signed", "message", "version",
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_equal_nocase(word, bytes_of(words[i])))
			return true;
	return false;
}

static bool next_word(struct bytes text, size_t *at, struct bytes *word_out)
{
	while (*at < text.length && ascii_is_space(text.data[*at]))
		++*at;
	size_t start = *at;
	while (*at < text.length && !ascii_is_space(text.data[*at]))
		++*at;
	*word_out = bytes_slice(text, start, *at);
	return word_out->length > 0;
}

static bool word_fits_name(struct bytes word)
{
	for (size_t i = 0; i < word.length; i++) {
		char c = word.data[i];
		if (!ascii_is_alpha(c) && (unsigned char)c < 0x80 && c != '.' && c != '-' && c != '\'')
			return false;
	}
	return is_particle(word) || (is_capital(word.data[0]) && !is_no_name(word));
}

bool is_name(struct bytes words)
{
	size_t at = 0, count = 0, letters = 0;
	struct bytes word;
	while (next_word(words, &at, &word)) {
		if (bytes_ends_with(word, BYTES(".")) && word.length > 3)
			return false; /* the end of a sentence */
		if (!word_fits_name(word))
			return false;
		count++;
		letters = word.length > letters ? word.length : letters;
	}
	return count >= 1 && count <= 4 && letters >= 2;
}

/* "RA" of Ruth Ames. */
static bool is_initials(struct bytes plain, const char *from_name)
{
	struct bytes from = bytes_of(from_name), word;
	size_t at = 0, n = 0;
	while (next_word(from, &at, &word))
		if (n < plain.length && word.data[0] == plain.data[n])
			n++;
	return plain.length > 0 && plain.length <= 3 && n == plain.length && is_capital(plain.data[0]) && is_capital(plain.data[plain.length - 1]);
}

struct bytes without_kisses(struct bytes plain)
{
	size_t end = plain.length;
	while (end > 0 && (plain.data[end - 1] == 'x' || plain.data[end - 1] == 'X'))
		end--;
	bool kisses = end > 1 && end < plain.length && plain.data[end - 1] == ' ';
	return kisses ? bytes_trim(bytes_slice(plain, 0, end)) : plain;
}

/* "Lena Fox (on behalf of Ruth Ames)", "Amir Khan (Mayor)": a name, and in brackets as what or for whom. */
static bool names_in_brackets(const struct wording *wording, struct bytes plain)
{
	size_t open = bytes_find_char(plain, '(', 0), at, length;
	struct pattern_span span;
	struct title title;
	if (open == NOWHERE || !bytes_ends_with(plain, BYTES(")")) || plain.length > NAME_LINE)
		return false;
	struct bytes name = bytes_trim(bytes_slice(plain, 0, open));
	size_t titled = title_at(name, 0, &title);
	if (titled > 0 && title.before_name)
		name = bytes_trim(bytes_slice(name, titled, name.length));
	return is_name(name) && bytes_words(name) >= 2 &&
	       (title_find(plain, open, &at, &length, &title) || stock_find(wording->stock, wording->scratch, STOCK_ON_BEHALF, plain, &span));
}

/* "Signed: Ruth Ames" */
static bool says_signed(struct bytes plain)
{
	return plain.length <= NAME_LINE && (bytes_starts_with(plain, BYTES("Signed")) || bytes_starts_with(plain, BYTES("Llofnodwyd")));
}

/* "Ruth Ames", "Cllr Amir Khan", "AMIR KHAN MBE,", "Town Clerk": could be the first line of a signature. */
static bool begins_block(struct bytes plain, const char *from_name)
{
	struct title title;
	while (plain.length > 0 && (plain.data[0] == '-' || plain.data[0] == '~' || plain.data[0] == '*' || plain.data[0] == ' '))
		plain = bytes_slice(plain, 1, plain.length); /* "- Ruth Ames" */
	plain = without_kisses(plain);
	if (from_name != NULL && is_initials(plain, from_name))
		return true;
	if (plain.length > NAME_LINE || ends_sentence(plain) || bytes_ends_with(plain, BYTES(":")))
		return false;
	size_t length = title_at(plain, 0, &title);
	while (plain.length > 0 && (bytes_ends_with(plain, BYTES(",")) || bytes_ends_with(plain, BYTES("*"))))
		plain.length--;
	if (length > 0 && (title.kind == TITLE_COUNCILLOR || title.kind == TITLE_OFFICER) && bytes_words(plain) <= 8)
		return true;
	if (length > 0 && title.kind == TITLE_HONORIFIC)
		return bytes_words(plain) <= 6;
	size_t comma = bytes_find_char(plain, ',', 0);
	struct bytes name = bytes_slice(plain, 0, comma == NOWHERE ? plain.length : comma);
	if (comma != NOWHERE && is_name(name) && bytes_words(name) >= 2) {
		size_t at, found;
		return title_find(plain, comma, &at, &found, &title);
	}
	if (!is_name(plain))
		return false;
	/* One word is a name only when it is the sender's. */
	return bytes_words(plain) >= 2 || (from_name != NULL && bytes_find_nocase(bytes_of(from_name), plain, 0) != NOWHERE);
}

size_t signature_columns(struct bytes plain, struct bytes columns[SIGNATURE_COLUMNS])
{
	size_t count = 0, start = 0;
	for (size_t at = 0; at <= plain.length; at++) {
		bool gap = count + 1 < SIGNATURE_COLUMNS && bytes_starts_with(bytes_slice(plain, at, plain.length), BYTES("   "));
		bool ends = gap || at == plain.length;
		if (!ends)
			continue;
		struct bytes column = bytes_trim(bytes_slice(plain, start, at));
		if (column.length > 0)
			columns[count++] = column;
		start = at;
	}
	return count;
}

/* Two sign, side by side. */
static bool names_in_columns(struct bytes plain)
{
	struct bytes columns[SIGNATURE_COLUMNS];
	size_t count = signature_columns(plain, columns);
	for (size_t i = 0; i < count; i++)
		if (bytes_words(columns[i]) < 2 || !begins_block(columns[i], NULL))
			return false;
	return count >= 2;
}

/* "Sent on behalf of Cllr Khan": whoever typed the message signs for somebody else. */
static bool names_principal(const struct wording *wording, struct bytes plain)
{
	struct pattern_span span;
	struct title title;
	size_t at, length;
	bool dictated = bytes_starts_with_nocase(plain, BYTES("dictated by ")) || bytes_starts_with_nocase(plain, BYTES("arddywedwyd gan "));
	return plain.length <= NAME_LINE + 40 && (dictated || !ends_sentence(plain)) &&
	       stock_find(wording->stock, wording->scratch, STOCK_ON_BEHALF, plain, &span) &&
	       bytes_words(bytes_slice(plain, 0, span.start)) <= 2 && title_find(plain, span.end, &at, &length, &title);
}

/* "Carl" above "Cllr Carl Moss". */
static bool is_part_of_next(const struct found_letter *letter, const struct block *block, size_t n)
{
	struct bytes plain = plain_at(letter, block, n);
	return n + 1 < block->count && plain.length <= NAME_LINE && is_name(plain) &&
	       bytes_find_nocase(plain_at(letter, block, n + 1), plain, 0) != NOWHERE && begins_block(plain_at(letter, block, n + 1), NULL);
}

static bool ends_statement(struct bytes plain)
{
	char last = plain.length == 0 ? '\0' : plain.data[plain.length - 1];
	return ends_sentence(plain) || ((last == '.' || last == '!') && bytes_words(plain) >= 2);
}

/* Above this line something ends, or it is a title and name that need nothing above them. */
static bool begins_afresh(const struct found_letter *letter, size_t line)
{
	struct title title;
	if (line == 0 || line_is_blank(letter->lines[line - 1].line) || letter->lines[line - 1].zone != ZONE_AUTHOR ||
	    ends_statement(letter->lines[line - 1].line->plain))
		return true;
	return title_at(letter->lines[line].line->plain, 0, &title) > 0 && title.before_name && title.kind == TITLE_COUNCILLOR &&
	       letter->lines[line - 1].line->plain.length <= NAME_LINE / 2;
}

/* "We welcome correspondence in Welsh": what a council puts below every name. */
static bool is_house_line(const struct wording *wording, struct bytes plain)
{
	struct pattern_span span;
	return plain.length > NAME_LINE && plain.length <= HOUSE_LINE &&
	       stock_find(wording->stock, wording->scratch, STOCK_LEGAL_HINT, plain, &span) &&
	       !stock_find(wording->stock, wording->scratch, STOCK_MARKS, plain, &span);
}

/* Without a sign-off: a name in the last paragraphs with nothing but short lines below it. */
static size_t find_name(const struct wording *wording, const struct found_letter *letter, const struct block *block,
			const char *from_name)
{
	size_t found = NOWHERE;
	for (size_t n = block->count; n-- > 0 && block->count - n <= TAIL_LINES;) {
		struct bytes plain = plain_at(letter, block, n);
		if (is_house_line(wording, plain))
			continue;
		if (is_prose(plain) || greeting_of(plain) != GREETING_NONE || plain.length > NAME_LINE + 40 || is_copy_line(plain))
			break;
		bool fresh = begins_afresh(letter, block->lines[n]);
		bool names = begins_block(plain, from_name) || names_principal(wording, plain) || is_part_of_next(letter, block, n) ||
			     names_in_brackets(wording, plain) || names_in_columns(plain) || (says_signed(plain) && !ends_sentence(plain));
		if (fresh && n > 0 && names)
			found = n;
		else if (fresh && found != NOWHERE)
			break;
	}
	return found;
}

/* "Ruth" on a line of its own above "-- ". */
static size_t name_above(const struct found_letter *letter, const struct block *block, size_t n, const char *from_name)
{
	bool fresh = n > 1 && line_is_blank(letter->lines[block->lines[n - 1] - 1].line);
	return fresh && begins_block(plain_at(letter, block, n - 1), from_name) ? n - 1 : n;
}

static bool stands_apart(struct bytes plain)
{
	return is_copy_line(plain) || is_postscript(plain);
}

/* A paragraph of text, wrapped or in one line: an article pasted below the name, not part of a signature. */
static bool begins_article(const struct found_letter *letter, const struct block *block, size_t n)
{
	size_t words = bytes_words(plain_at(letter, block, n));
	return words >= ARTICLE_WORDS || (words >= WRAPPED_WORDS && n + 1 < block->count &&
					  bytes_words(plain_at(letter, block, n + 1)) >= WRAPPED_WORDS);
}

static void mark_block(struct found_letter *letter, const struct block *block, size_t from)
{
	bool apart = false; /* inside a postscript or a list of copies */
	for (size_t n = from; n < block->count && (n < from + 2 || !begins_article(letter, block, n)); n++) {
		struct letter_line *line = &letter->lines[block->lines[n]];
		bool fresh = block->lines[n] == 0 || line_is_blank(letter->lines[block->lines[n] - 1].line);
		bool begins = stands_apart(line->line->plain);
		bool goes_on = apart && !fresh && (line->line->indented || stands_apart(plain_at(letter, block, n - 1)));
		apart = begins || goes_on;
		if (!apart)
			line->zone = ZONE_SIGNATURE;
	}
}

/* "Sent from a magnificent torch": the last line, and no sentence. */
static bool is_device_line(const struct found_letter *letter, const struct block *block, size_t n)
{
	struct bytes plain = plain_at(letter, block, n);
	bool alone = block->lines[n] == 0 || line_is_blank(letter->lines[block->lines[n] - 1].line);
	return n > 0 && n + 1 == block->count && alone && bytes_starts_with(plain, BYTES("Sent from ")) && bytes_words(plain) <= DEVICE_WORDS &&
	       !ends_sentence(plain) && bytes_find_char(plain, ',', 0) == NOWHERE;
}

static void mark_mobile(const struct wording *wording, struct found_letter *letter, const struct block *block)
{
	for (size_t n = 0; n < block->count; n++)
		if (is_mobile_line(wording, plain_at(letter, block, n)) || is_device_line(letter, block, n))
			letter->lines[block->lines[n]].zone = ZONE_SIGNATURE;
}

void signature_mark(struct arena *arena, const struct wording *wording, struct found_letter *letter, const char *from_name)
{
	for (size_t at = 0; at < letter->line_count;) {
		struct block block = own_lines(arena, letter, at, &at);
		mark_mobile(wording, letter, &block);
		/* What is left when lines like "Sent from my iPhone" are taken away from the end. */
		while (block.count > 0 && letter->lines[block.lines[block.count - 1]].zone == ZONE_SIGNATURE)
			block.count--;
		size_t start = find_sign_off(wording, letter, &block), dashes = find_dashes(letter, &block);
		if (dashes < start)
			start = name_above(letter, &block, dashes, from_name);
		bool last = true;
		for (size_t i = at; i < letter->line_count && last; i++)
			last = line_is_blank(letter->lines[i].line) || letter->lines[i].zone != ZONE_AUTHOR;
		if (start == NOWHERE && (last || letter->child_count == 0 || letter->lines[0].stretch == letter->lines[at - 1].stretch))
			start = find_name(wording, letter, &block, from_name);
		if (start != NOWHERE)
			mark_block(letter, &block, start);
		/* "Sent on behalf of Cllr Khan" may head the letter, above or below the greeting. */
		for (size_t n = 0; n < block.count && n < HEAD_LINES; n++)
			if (names_principal(wording, plain_at(letter, &block, n)))
				letter->lines[block.lines[n]].zone = ZONE_SIGNATURE;
	}
}
