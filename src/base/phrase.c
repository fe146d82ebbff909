/* phrase.c - see phrase.h. A recursive descent over alternatives, sequences and words.
 *
 * The one subtle matter is the blanks round optional words. In "a [b] c" the blank goes with b, so that "a c" needs
 * just one: an optional unit brings the separator behind it while a required unit is still to come, and the one
 * before it after the last required unit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/phrase.h"

#include "base/arena.h"

enum separator { SEPARATOR_NONE, SEPARATOR_BLANK, SEPARATOR_GAP };

static const char *const separator_regex[] = {
	[SEPARATOR_NONE] = "",
	[SEPARATOR_BLANK] = "\\s+",
	/* Up to six words; punctuation may cling to the words on both sides. */
	[SEPARATOR_GAP] = "[^\\w\\s]*\\s+(?:\\S+\\s+){0,6}?[^\\w\\s]*",
};

struct piece {
	struct bytes regex;
	bool nullable;             /* may match nothing */
	bool lone_option;          /* is one [ ] and nothing else */
	enum separator before;     /* what stands between it and the piece before */
};

struct parser {
	struct arena *arena;
	struct bytes phrase;
	size_t at;
	unsigned depth;
	const char *problem; /* the first one found; NULL while all is well */
	size_t problem_at;
};

static struct piece read_alternatives(struct parser *parser);

static void complain(struct parser *parser, const char *problem)
{
	if (parser->problem != NULL)
		return;
	parser->problem = problem;
	parser->problem_at = parser->at;
}

static bool at_end(const struct parser *parser)
{
	return parser->problem != NULL || parser->at >= parser->phrase.length;
}

static char peek(const struct parser *parser)
{
	return at_end(parser) ? '\0' : parser->phrase.data[parser->at];
}

static bool at_gap(const struct parser *parser)
{
	return !at_end(parser) &&
	       bytes_starts_with(bytes_slice(parser->phrase, parser->at, parser->phrase.length), BYTES("..."));
}

static enum separator read_separator(struct parser *parser)
{
	enum separator separator = SEPARATOR_NONE;
	while (!at_end(parser)) {
		if (at_gap(parser)) {
			separator = SEPARATOR_GAP;
			parser->at += 3;
		} else if (ascii_is_space(peek(parser))) {
			if (separator == SEPARATOR_NONE)
				separator = SEPARATOR_BLANK;
			parser->at++;
		} else {
			break;
		}
	}
	return separator;
}

static void add_literal(struct text *regex, char c)
{
	bool plain = ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
	if (!plain)
		text_add_char(regex, '\\');
	text_add_char(regex, c);
}

/* ( ... ) or [ ... ], the opening mark being next. */
static void read_group(struct parser *parser, struct text *regex, bool *nullable_out)
{
	char closing = peek(parser) == '(' ? ')' : ']';
	size_t opened = parser->at;
	if (parser->depth >= PHRASE_MAX_DEPTH) {
		complain(parser, "brackets are nested too deeply");
		return;
	}
	parser->depth++;
	parser->at++;
	struct piece inner = read_alternatives(parser);
	parser->depth--;
	if (parser->problem != NULL)
		return;
	if (peek(parser) != closing) {
		parser->at = opened;
		complain(parser, closing == ')' ? "this \"(\" is not closed" : "this \"[\" is not closed");
		return;
	}
	parser->at++;
	text_add(regex, "(?:");
	text_add_bytes(regex, inner.regex);
	text_add(regex, closing == ']' ? ")?" : ")");
	*nullable_out = closing == ']' || inner.nullable;
}

static void read_escaped(struct parser *parser, struct text *regex)
{
	parser->at++;
	if (at_end(parser))
		complain(parser, "a backslash at the end has nothing to quote");
	else
		add_literal(regex, parser->phrase.data[parser->at++]);
}

/* What stands between two separators: letters, groups, [ ] and * set close together. */
static struct piece read_unit(struct parser *parser)
{
	struct text regex = TEXT_INIT;
	struct piece unit = { .nullable = true };
	size_t atoms = 0;
	bool last_was_option = false;
	while (!at_end(parser) && !ascii_is_space(peek(parser)) && !at_gap(parser)) {
		char c = peek(parser);
		if (c == '|' || c == ')' || c == ']')
			break;
		bool nullable = false;
		last_was_option = c == '[';
		if (c == '(' || c == '[') {
			read_group(parser, &regex, &nullable);
		} else if (c == '*') {
			text_add(&regex, "\\w*");
			nullable = true;
			parser->at++;
		} else if (c == '\\') {
			read_escaped(parser, &regex);
		} else {
			add_literal(&regex, c);
			parser->at++;
		}
		unit.nullable = unit.nullable && nullable;
		atoms++;
	}
	unit.lone_option = atoms == 1 && last_was_option;
	unit.regex = text_to_arena(&regex, parser->arena);
	return unit;
}

/* A lone option without its "?": the blank beside it is optional with it, and must not be so by itself, or a run of blanks could be shared
 * out among several options in very many ways. */
static struct bytes required_regex(const struct piece *unit)
{
	return bytes_slice(unit->regex, 0, unit->regex.length - 1);
}

static struct bytes join_units(struct parser *parser, const struct piece *units, size_t count)
{
	struct text regex = TEXT_INIT;
	size_t required = 0; /* units up to and with the last required one */
	for (size_t i = 0; i < count; i++)
		if (!units[i].nullable)
			required = i + 1;
	for (size_t i = 0; i < count; i++) {
		const char *before = i >= required ? separator_regex[units[i].before] : "";
		const char *behind = i + 1 < required ? separator_regex[units[i + 1].before] : "";
		if (units[i].nullable)
			text_add(&regex, "(?:");
		text_add(&regex, before);
		text_add_bytes(&regex, units[i].nullable ? required_regex(&units[i]) : units[i].regex);
		text_add(&regex, behind);
		if (units[i].nullable)
			text_add(&regex, ")?");
	}
	return text_to_arena(&regex, parser->arena);
}

static struct piece read_sequence(struct parser *parser)
{
	struct piece *units = NULL;
	size_t count = 0;
	struct piece whole = { .nullable = true };
	enum separator separator = read_separator(parser);
	if (separator == SEPARATOR_GAP)
		complain(parser, "\"...\" stands between words only");
	while (!at_end(parser) && peek(parser) != '|' && peek(parser) != ')' && peek(parser) != ']') {
		struct piece unit = read_unit(parser);
		if (unit.nullable && !unit.lone_option)
			complain(parser, "this word could be empty: write it with letters or inside [ ]");
		unit.before = count == 0 ? SEPARATOR_NONE : separator;
		whole.nullable = whole.nullable && unit.nullable;
		*ARENA_PUSH(parser->arena, units, count) = unit;
		separator = read_separator(parser);
	}
	if (count == 0)
		complain(parser, "a word is missing here");
	else if (separator == SEPARATOR_GAP)
		complain(parser, "\"...\" stands between words only");
	whole.regex = join_units(parser, units, count);
	return whole;
}

static struct piece read_alternatives(struct parser *parser)
{
	struct text regex = TEXT_INIT;
	struct piece whole = { .nullable = false };
	for (;;) {
		struct piece sequence = read_sequence(parser);
		if (sequence.nullable)
			complain(parser, "all of this is optional: it would match everywhere");
		text_add_bytes(&regex, sequence.regex);
		if (peek(parser) != '|')
			break;
		text_add_char(&regex, '|');
		parser->at++;
	}
	whole.regex = text_to_arena(&regex, parser->arena);
	return whole;
}

/* Characters, as an administrator counts them, before a byte offset. */
static size_t characters_before(struct bytes utf8, size_t offset)
{
	size_t count = 0;
	for (size_t i = 0; i < offset && i < utf8.length; i++)
		count += ((unsigned char)utf8.data[i] & 0xc0) != 0x80;
	return count;
}

bool phrase_to_regex(struct bytes phrase, struct text *out, struct error *err)
{
	struct arena *arena = arena_new();
	struct parser parser = { .arena = arena, .phrase = phrase };
	struct piece whole = read_alternatives(&parser);
	if (parser.problem == NULL && parser.at < phrase.length)
		complain(&parser, "this bracket was never opened");
	bool good = parser.problem == NULL;
	if (good) {
		text_add(out, "(?<!\\w)(?:");
		text_add_bytes(out, whole.regex);
		text_add(out, ")(?!\\w)");
	} else {
		error_set(err, ERROR_SETTINGS, "phrase \"%.*s\", character %zu: %s", (int)phrase.length, phrase.data,
			  characters_before(phrase, parser.problem_at) + 1, parser.problem);
	}
	arena_free(&arena);
	return good;
}
