/* signatory.c - who signs in a signature block, and in what capacity (signature.h).
 *
 * The block's lines are cut at commas, bars and dashes into pieces; each piece is a name, an office, both, or neither.
 * A name begins a signatory when it is the first, bears a councillor's title, or has an office right behind it; an
 * office belongs to the signatory before it. "pp" and "on behalf of" name somebody else, in whose name it goes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/signature.h"

#include <string.h>

#include "base/text.h"
#include "reading/title.h"
#include "signatories.h"

#define NOWHERE ((size_t)-1)

static bool is_edge(char c)
{
	return ascii_is_space(c) || c == '*' || c == '_' || c == '"' || c == '.' || c == ',' || c == ':' || c == '-' || c == '|' ||
	       c == '>' || c == '<' || c == '\'' || c == '(' || c == ')' || c == '#' || c == '~' || c == '=';
}

static struct bytes trim_edges(struct bytes text)
{
	while (text.length > 0 && is_edge(text.data[0]))
		text = bytes_slice(text, 1, text.length);
	while (text.length > 0 && is_edge(text.data[text.length - 1]) && text.data[text.length - 1] != ')')
		text = bytes_slice(text, 0, text.length - 1);
	return text;
}

/* The name at the start of `text`: as many words as make one, letters behind it (MBE) taken off. */
static struct bytes leading_name(struct bytes text)
{
	size_t end = 0;
	for (size_t at = 0; at < text.length;) {
		size_t start = at;
		struct title title;
		while (at < text.length && ascii_is_space(text.data[at]))
			at++;
		if (title_at(text, at, &title) > 0 && at > 0)
			break; /* an office or letters behind the name */
		while (at < text.length && !ascii_is_space(text.data[at]))
			at++;
		if (at == 1 && text.data[0] >= 'A' && text.data[0] <= 'Z')
			continue; /* an initial, before "Fox" */
		if (!is_name(bytes_slice(text, 0, at))) {
			at = start;
			break;
		}
		end = at;
	}
	struct bytes name = bytes_slice(text, 0, end);
	while (name.length > 0 && (name.data[name.length - 1] == ',' || name.data[name.length - 1] == '\''))
		name.length--;
	return name;
}

/* Titles at the start of the piece; what is left is returned. */
static struct bytes take_leading_titles(struct bytes piece, struct title *titles, size_t *count, size_t most)
{
	for (;;) {
		struct title title;
		piece = trim_edges(piece);
		size_t length = title_at(piece, 0, &title);
		if (length == 0 || title.kind == TITLE_NONE || title.kind == TITLE_LETTERS || *count == most)
			return piece;
		titles[(*count)++] = title;
		piece = bytes_slice(piece, length, piece.length);
		if (bytes_starts_with(piece, BYTES("'s")))
			return BYTES_EMPTY; /* somebody's */
		if (!title.before_name && title.kind != TITLE_HONORIFIC)
			return trim_edges(piece);
	}
}

/* "Chair of", "Member for": what follows is no name. */
static bool wants_complement(struct bytes piece, struct bytes rest)
{
	if (rest.length == 0)
		return true;
	struct bytes taken = trim_edges(bytes_slice(piece, 0, (size_t)(rest.data - piece.data)));
	return bytes_ends_with(taken, BYTES(" of")) || bytes_ends_with(taken, BYTES(" for")) || bytes_ends_with(taken, BYTES(" dros")) ||
	       bytes_ends_with(taken, BYTES(" y")) || bytes_ends_with(taken, BYTES(" OF")) || bytes_ends_with(taken, BYTES(" FOR"));
}

static bool is_complement(struct bytes rest)
{
	static const char *const words[] = { "of", "for", "to", "and", "&", "y", "yr", "dros", "o", "i" };
	struct bytes word = name_first_word(rest);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_equal_nocase(word, bytes_of(words[i])))
			return true;
	return false;
}

/* The administrator's own titles, behind the built-in ones. */
static bool find_title(const struct signatories *signatories, struct bytes piece, size_t *at, size_t *length, struct title *out)
{
	const struct wording *wording = signatories->wording;
	struct phrase_match match;
	if (title_find(piece, 0, at, length, out))
		return true;
	bool councillor = lexicon_find(wording->lexicon, wording->scratch, "councillor-title", piece, &match) == YES;
	if (!councillor && lexicon_find(wording->lexicon, wording->scratch, "officer-title", piece, &match) != YES)
		return false;
	*out = (struct title){ councillor ? TITLE_COUNCILLOR : TITLE_OFFICER, NULL, false };
	*at = match.span.start;
	*length = match.span.end - match.span.start;
	return true;
}

static void take_other_titles(struct signatories *signatories, struct bytes piece)
{
	size_t at, length;
	struct title title;
	for (int n = 0; n < 4 && find_title(signatories, piece, &at, &length, &title); n++) {
		if (!title.before_name || title.office != NULL)
			signatories_take_office(signatories, &title);
		piece = bytes_slice(piece, at + length, piece.length);
	}
}

/* What may stand behind a bare name: nothing, letters, or an office in its own right. "Senior Planning Officer" and
 * "Independent Member for" are no names, nor are the first words of a sentence. */
static bool ends_name(struct bytes tail, bool one_word)
{
	struct title behind;
	tail = trim_edges(tail);
	if (tail.length == 0)
		return true;
	if (title_at(tail, 0, &behind) == 0)
		return false;
	return behind.kind == TITLE_LETTERS || (!one_word && (behind.office != NULL || behind.kind == TITLE_COUNCILLOR));
}

static void read_piece(struct signatories *signatories, struct bytes piece)
{
	struct title titles[4];
	size_t count = 0;
	piece = trim_edges(piece);
	if (piece.length == 0 || (title_at(piece, 0, &titles[0]) > 0 && titles[0].kind == TITLE_LETTERS))
		return;
	struct bytes rest = take_leading_titles(piece, titles, &count, 4);
	bool capacity = false, councillor = false;
	for (size_t i = 0; i < count; i++) {
		capacity = capacity || title_makes_capacity(&titles[i]);
		councillor = councillor || titles[i].kind == TITLE_COUNCILLOR;
	}
	struct bytes name = wants_complement(piece, rest) || is_complement(rest) ? BYTES_EMPTY : leading_name(rest);
	if (count == 0 && !ends_name(bytes_slice(rest, name.length, rest.length), name_has_one_word(name)))
		name = BYTES_EMPTY;
	if (name.length > 0 && (count > 0 || bytes_find_char(piece, '@', 0) == NOWHERE)) {
		signatories_take_name(signatories, name, councillor || (count > 0 && !capacity));
		rest = bytes_slice(rest, name.length, rest.length);
	}
	for (size_t i = 0; i < count; i++)
		if (title_makes_capacity(&titles[i]))
			signatories_take_office(signatories, &titles[i]);
	take_other_titles(signatories, rest);
}

/* The length of a separator at `at`, or 0. */
static size_t cut_at(struct bytes line, size_t at)
{
	struct bytes rest = bytes_slice(line, at, line.length);
	char c = line.data[at];
	if (bytes_find_char(BYTES("|,;()\t/[]~"), c, 0) != NOWHERE)
		return 1;
	if (c == '-')
		return at > 0 && at + 1 < line.length && line.data[at - 1] == ' ' && line.data[at + 1] == ' ';
	if (bytes_starts_with(rest, BYTES("   ")))
		return 3; /* columns */
	return bytes_starts_with(rest, BYTES("\xc2\xb7")) ? 2 : bytes_starts_with(rest, BYTES("\xe2\x80\xa2")) ? 3 : 0;
}

static void read_pieces(struct signatories *signatories, struct bytes text)
{
	size_t start = 0;
	for (size_t at = 0; at < text.length; at++) {
		size_t cut = cut_at(text, at);
		if (cut == 0)
			continue;
		read_piece(signatories, bytes_slice(text, start, at));
		start = at + cut;
		at = start - 1;
	}
	read_piece(signatories, bytes_slice(text, start, text.length));
}

/* "Ruth Ames and Amir Khan": two sign. */
static void read_couple(struct signatories *signatories, struct bytes text)
{
	static const char *const joints[] = { " and ", " & ", " a " };
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		size_t at = bytes_find(text, bytes_of(joints[i]), 0);
		if (at == NOWHERE)
			continue;
		struct bytes left = trim_edges(bytes_slice(text, 0, at));
		struct bytes right = trim_edges(bytes_slice(text, at + strlen(joints[i]), text.length));
		struct title title;
		bool left_names = (is_name(left) && title_at(left, 0, &title) == 0) ||
				  (title_at(left, 0, &title) > 0 && title.before_name);
		bool right_names = (is_name(right) && title_at(right, 0, &title) == 0) ||
				   (title_at(right, 0, &title) > 0 && title.before_name);
		if (!left_names || !right_names)
			continue;
		read_pieces(signatories, left);
		if (is_name(right))
			signatories_named(signatories, right);
		else
			read_pieces(signatories, right);
		return;
	}
	read_pieces(signatories, text);
}

/* "Amir Khan", "Cllr Khan"; not "Town Mayor". */
static bool is_somebody(struct bytes column)
{
	struct title title;
	size_t length = title_at(column, 0, &title);
	if (length > 0 && title.before_name)
		return is_name(trim_edges(bytes_slice(column, length, column.length)));
	return length == 0 && is_name(column) && !name_has_one_word(column);
}

/* Names side by side sign jointly, and offices side by side below them are theirs in turn. */
static void read_columns(struct signatories *signatories, struct bytes line)
{
	struct bytes columns[SIGNATURE_COLUMNS];
	size_t count = signature_columns(line, columns), names = 0, offices = 0, at, length;
	struct title title;
	for (size_t i = 0; i < count; i++) {
		columns[i] = trim_edges(columns[i]);
		bool named = is_somebody(columns[i]);
		names += named;
		offices += !named && find_title(signatories, columns[i], &at, &length, &title);
	}
	bool all_names = count > 1 && names == count, all_offices = count > 1 && offices == count;
	if (!all_names && !all_offices) {
		read_couple(signatories, line);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		signatories->column = all_offices ? i + 1 : 0;
		if (all_names && title_at(columns[i], 0, &title) == 0)
			signatories_named(signatories, columns[i]);
		else
			read_pieces(signatories, columns[i]);
	}
	signatories->column = 0;
}

/* In whose name it goes. */
static void read_principal(struct signatories *signatories, struct bytes whose)
{
	signatories->principal = true;
	signatories->candidate = BYTES_EMPTY;
	read_pieces(signatories, whose);
	signatories->principal = false;
}

static void read_behalf(struct signatories *signatories, struct bytes line, const struct pattern_span *behalf)
{
	const struct wording *wording = signatories->wording;
	struct pattern_span span;
	read_couple(signatories, bytes_slice(line, 0, behalf->start));
	struct bytes whose = bytes_slice(line, behalf->end, line.length);
	if (stock_find(wording->stock, wording->scratch, STOCK_FOR_COUNCIL, line, &span)) {
		struct signatory *signatory = signatories_current(signatories);
		if (signatory == NULL)
			signatory = signatories_add(signatories, BYTES_EMPTY);
		signatory->for_council = true;
		return;
	}
	struct title title;
	size_t at, length;
	bool office = find_title(signatories, whose, &at, &length, &title);
	if (office || stock_find(wording->stock, wording->scratch, STOCK_OTHER_BODY, whose, &span) || !is_name(trim_edges(whose))) {
		if (!office) {
			if (signatories_current(signatories) != NULL && trim_edges(whose).length > 0)
				signatories_current(signatories)->for_other_body = true;
			return;
		}
	}
	if (title_at(trim_edges(whose), 0, &title) > 0 && bytes_starts_with_nocase(trim_edges(whose), BYTES("the ")))
		whose = bytes_slice(trim_edges(whose), 4, whose.length);
	read_principal(signatories, whose);
}

/* "Signed: Cllr Amir Khan": what stands before a name to say that it is one. */
static struct bytes without_signed(struct bytes line)
{
	static const char *const words[] = { "signed by", "signed", "llofnodwyd gan", "llofnodwyd" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t length = strlen(words[i]);
		if (bytes_starts_with_nocase(line, bytes_of(words[i])) && line.length > length && (line.data[length] == ':' || line.data[length] == ' '))
			return trim_edges(bytes_slice(line, length, line.length));
	}
	return line;
}

/* "for Ruth Ames, Town Clerk", "for Town Clerk": as "pp". Not "for information". */
static bool is_for_somebody(struct bytes line, struct bytes *whose_out)
{
	struct title title;
	if (!bytes_starts_with_nocase(line, BYTES("for ")))
		return false;
	struct bytes whose = trim_edges(bytes_slice(line, 4, line.length));
	if (bytes_starts_with_nocase(whose, BYTES("the ")))
		whose = bytes_slice(whose, 4, whose.length);
	*whose_out = whose;
	size_t comma = bytes_find_char(whose, ',', 0);
	struct bytes name = bytes_slice(whose, 0, comma == NOWHERE ? whose.length : comma);
	return (title_at(whose, 0, &title) > 0 && title_makes_capacity(&title)) || (is_name(name) && !name_has_one_word(name));
}

/* "Chair - Planning Committee" is not the Council's. */
static void settle_chair(struct signatories *signatories, struct bytes line)
{
	static const char *const bodies[] = { "committee", "working party", "working group", "panel", "bwyllgor", "pwyllgor" };
	struct signatory *one = signatories_current(signatories);
	if (one == NULL || one->office == NULL || strcmp(one->office, "chair") != 0)
		return;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (bytes_find_nocase(line, bytes_of(bodies[i]), 0) != NOWHERE)
			one->office = "committee-chair";
}

static void read_line(struct signatories *signatories, struct bytes line)
{
	const struct wording *wording = signatories->wording;
	struct pattern_span span;
	struct bytes name, whose;
	if (bytes_find_char(line, '@', 0) != NOWHERE && bytes_find_char(line, ' ', 0) == NOWHERE)
		return;
	line = without_kisses(without_signed(line));
	if (is_sign_off(wording, line, &name)) {
		if (name.length > 0)
			read_couple(signatories, name);
		return;
	}
	if (is_mobile_line(wording, line))
		return;
	signatories->line++;
	if (line.length < 300 && stock_find(wording->stock, wording->scratch, STOCK_ON_BEHALF, line, &span)) {
		read_behalf(signatories, line, &span);
		return;
	}
	if (line.length < 200 && is_for_somebody(line, &whose)) {
		read_principal(signatories, whose);
		return;
	}
	if (line.length < 300 && signatories_current(signatories) != NULL && stock_find(wording->stock, wording->scratch, STOCK_OTHER_BODY, line, &span))
		signatories_current(signatories)->for_other_body = true;
	if (line.length < 200)
		read_columns(signatories, line);
	settle_chair(signatories, line);
}

/* Title of a signatory of their own on the line above: "Councillor" / "Amir Khan". Handled by the empty name. */
static bool counts(const struct signatory *signatory, bool principals_only)
{
	if (principals_only && !signatory->principal)
		return false;
	return signatory->name.length > 0 || signatory->as_councillor || signatory->as_officer || signatory->for_council;
}

static const char *block_text(struct arena *arena, const struct found_letter *letter, size_t from, size_t to)
{
	struct text text = TEXT_INIT;
	for (size_t i = from; i < to; i++) {
		if (letter->lines[i].zone != ZONE_SIGNATURE || line_is_blank(letter->lines[i].line))
			continue;
		if (text.length > 0)
			text_add(&text, " / ");
		text_add_bytes(&text, letter->lines[i].line->plain);
	}
	return text_to_arena(&text, arena).data;
}

/* The first run of signature lines with more in it than "Sent from my iPhone". */
static bool find_block(const struct wording *wording, const struct found_letter *letter, size_t *from_out, size_t *to_out)
{
	for (size_t from = 0; from < letter->line_count; from++) {
		if (letter->lines[from].zone != ZONE_SIGNATURE)
			continue;
		size_t to = from;
		bool more = false;
		for (; to < letter->line_count && letter->lines[to].stretch == letter->lines[from].stretch; to++) {
			struct bytes plain = letter->lines[to].line->plain;
			more = more || (letter->lines[to].zone == ZONE_SIGNATURE && plain.length > 0 && !is_mobile_line(wording, plain));
		}
		if (more) {
			*from_out = from;
			*to_out = to;
			return true;
		}
		from = to - 1;
	}
	return false;
}

static bool says_personal(struct arena *arena, const struct wording *wording, const struct found_letter *letter, const char *text)
{
	struct pattern_span span;
	struct paragraph paragraph;
	if (stock_find(wording->stock, wording->scratch, STOCK_PERSONAL, utf8_clip(bytes_of(text), PARAGRAPH_BYTES), &span))
		return true;
	for (size_t at = 0; paragraph_next(arena, letter, at, &paragraph); at = paragraph.end)
		if (stock_find(wording->stock, wording->scratch, STOCK_PERSONAL, paragraph.plain, &span))
			return true;
	return false;
}

const struct signature *signature_read(struct arena *arena, const struct wording *wording, const struct found_letter *letter,
				       size_t *count_out)
{
	struct signatories signatories = { .arena = arena, .wording = wording };
	size_t from, to;
	*count_out = 0;
	if (!find_block(wording, letter, &from, &to))
		return NULL;
	const char *text = block_text(arena, letter, from, to);
	for (size_t i = from; i < to; i++)
		if (letter->lines[i].zone == ZONE_SIGNATURE && !line_is_blank(letter->lines[i].line))
			read_line(&signatories, letter->lines[i].line->plain);
	bool personal = says_personal(arena, wording, letter, text), principals = false, for_council = false;
	for (size_t i = 0; i < signatories.count; i++) {
		principals = principals || (signatories.items[i].principal && signatories.items[i].as_councillor);
		for_council = for_council || signatories.items[i].for_council;
	}
	struct signature *signatures = NULL;
	for (size_t i = 0; i < signatories.count; i++) {
		const struct signatory *one = &signatories.items[i];
		if (!counts(one, principals))
			continue;
		*ARENA_PUSH(arena, signatures, *count_out) = (struct signature){
			.name = one->name.length == 0 ? NULL : arena_string_of(arena, one->name),
			.as_councillor = one->as_councillor,
			.as_officer = one->as_officer,
			.for_council = for_council,
			.for_other_body = one->for_other_body,
			.personal = personal || (one->ward && !one->council_office && !for_council),
			.office = one->office,
			.text = text,
		};
	}
	return signatures;
}
