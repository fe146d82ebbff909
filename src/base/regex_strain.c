/* regex_strain.c - see regex_strain.h. The expression becomes a tree of what may stand in a text; the tree is written out once for
 * each repetition in it, with that one repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/regex_strain.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DEPTH_MOST 40
#define REPEATS_MOST 24u  /* places looked at in one expression */
#define MANY 12           /* a repetition bounded by less is none */
#define UNBOUNDED 1000000

enum node_kind { NODE_NOTHING, NODE_LETTER, NODE_GROUP };

struct node;
struct sequence {
	struct node *items;
	size_t count;
};
struct node {
	enum node_kind kind;
	char letter[8];
	struct sequence *ways; /* of a group: its alternatives */
	size_t way_count;
	int least, most;
	size_t number;         /* among the repetitions, from 1; 0: none */
};

struct parser {
	struct arena *arena;
	struct pattern_scratch *scratch;
	struct bytes regex;
	size_t at;
	unsigned depth;
	size_t repeats;
};

static char peek(const struct parser *parser)
{
	return parser->at < parser->regex.length ? parser->regex.data[parser->at] : '\0';
}

static bool ahead(const struct parser *parser, const char *words)
{
	return bytes_starts_with(bytes_slice(parser->regex, parser->at, parser->regex.length), bytes_of(words));
}

static void set_letter(struct node *node, const char *letter)
{
	node->kind = NODE_LETTER;
	strncpy(node->letter, letter, sizeof node->letter - 1);
}

/* What a class or an escape matches: the commonest characters are tried, then its own. NODE_NOTHING when it matches none of them, or no
 * character at all, as \b does. */
static void find_letter(struct parser *parser, struct bytes atom, struct node *node)
{
	const char *source = arena_printf(parser->arena, "/%.*s/", (int)atom.length, atom.data);
	const char *tried = arena_printf(parser->arena, "a1 -\n\t!~%.*s", (int)atom.length, atom.data);
	struct pattern *pattern = NULL;
	struct error err = ERROR_INIT;
	if (pattern_compile(source, &pattern, &err))
		for (size_t length; node->kind == NODE_NOTHING && *tried != '\0'; tried += length) {
			struct pattern_span span;
			for (length = 1; ((unsigned char)tried[length] & 0xc0) == 0x80;)
				length++;
			if (pattern_find(pattern, parser->scratch, (struct bytes){ tried, length }, 0, &span) == YES && span.end > 0)
				set_letter(node, arena_string_of(parser->arena, (struct bytes){ tried, length }));
		}
	pattern_free(&pattern);
	error_release(&err);
}

/* \d, \p{Lu}, \x{2019}, \. */
static void read_escape(struct parser *parser, struct node *node)
{
	size_t from = parser->at++;
	char c = peek(parser);
	while (((unsigned char)peek(parser) & 0xc0) == 0x80 || parser->at == from + 1)
		parser->at++;
	if (c != '\0' && strchr("pPxoNkg", c) != NULL && peek(parser) == '{') {
		while (peek(parser) != '\0' && peek(parser) != '}')
			parser->at++;
		parser->at++;
	} else if (c == 'p' || c == 'P' || c == 'x') {
		for (size_t most = c == 'x' ? 2 : 1; most > 0 && (c != 'x' || ascii_hex_value(peek(parser)) >= 0); most--)
			parser->at++;
	}
	find_letter(parser, bytes_slice(parser->regex, from, parser->at), node);
}

/* [ ... ] */
static void read_class(struct parser *parser, struct node *node)
{
	size_t from = parser->at++;
	if (peek(parser) == '^')
		parser->at++;
	for (bool begin = true; peek(parser) != '\0' && (begin || peek(parser) != ']'); begin = false) {
		if (ahead(parser, "[:")) {
			while (peek(parser) != '\0' && !ahead(parser, ":]"))
				parser->at++;
			parser->at++;
		}
		parser->at += peek(parser) == '\\' ? 2 : 1;
	}
	parser->at++;
	find_letter(parser, bytes_slice(parser->regex, from, parser->at), node);
}

static void read_ways(struct parser *parser, struct node *node);

/* Up to what the group holds: past a name, or the colon, or whatever marks the kind. */
static void skip_head(struct parser *parser)
{
	parser->at++;
	if (peek(parser) != '?')
		return;
	parser->at++;
	if (peek(parser) == 'P')
		parser->at++;
	bool looks = ahead(parser, "<=") || ahead(parser, "<!");
	if (!looks && (peek(parser) == '<' || peek(parser) == '\'')) {
		char end = peek(parser) == '<' ? '>' : '\'';
		for (parser->at++; peek(parser) != '\0' && peek(parser) != end;)
			parser->at++;
		parser->at++;
		return;
	}
	while (peek(parser) != '\0' && strchr("=!<>:|-imsxnJU#", peek(parser)) != NULL)
		if (strchr("=!:>|", parser->regex.data[parser->at++]) != NULL)
			break;
}

/* What only looks about stands for no text. */
static void read_group(struct parser *parser, struct node *node)
{
	static const char *const looks[] = { "(?=", "(?!", "(?<=", "(?<!", "(?#" };
	struct node inside = { .kind = NODE_GROUP };
	bool looking = false;
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		looking |= ahead(parser, looks[i]);
	skip_head(parser);
	parser->depth++;
	read_ways(parser, &inside);
	parser->depth--;
	if (peek(parser) == ')')
		parser->at++;
	if (!looking)
		*node = inside;
}

static void read_atom(struct parser *parser, struct node *node)
{
	switch (peek(parser)) {
	case '\\':
		read_escape(parser, node);
		break;
	case '[':
		read_class(parser, node);
		break;
	case '(':
		read_group(parser, node);
		break;
	case '.':
		parser->at++;
		set_letter(node, "a");
		break;
	case '^':
	case '$':
		parser->at++;
		break;
	default: {
		size_t from = parser->at++;
		while (((unsigned char)peek(parser) & 0xc0) == 0x80)
			parser->at++;
		set_letter(node, arena_string_of(parser->arena, bytes_slice(parser->regex, from, parser->at)));
	}
	}
}

/* {2}, {2,} or {2,5}; anything else in braces is letters. */
static bool read_braces(struct parser *parser, struct node *node)
{
	size_t at = parser->at + 1;
	const char *data = parser->regex.data;
	size_t length = parser->regex.length;
	int numbers[2] = { 0, 0 };
	size_t which = 0;
	bool digits = false;
	for (; at < length && (ascii_is_digit(data[at]) || (data[at] == ',' && which == 0)); at++) {
		if (data[at] == ',') {
			which = 1;
			continue;
		}
		digits = true;
		if (numbers[which] < UNBOUNDED / 10)
			numbers[which] = numbers[which] * 10 + (data[at] - '0');
	}
	if (!digits || at >= length || data[at] != '}')
		return false;
	node->least = numbers[0];
	node->most = which == 0 ? numbers[0] : data[at - 1] == ',' ? UNBOUNDED : numbers[1];
	parser->at = at + 1;
	return true;
}

static void read_quantifier(struct parser *parser, struct node *node)
{
	node->least = node->most = 1;
	bool read = true;
	switch (peek(parser)) {
	case '*':
		node->least = 0;
		node->most = UNBOUNDED;
		parser->at++;
		break;
	case '+':
		node->most = UNBOUNDED;
		parser->at++;
		break;
	case '?':
		node->least = 0;
		parser->at++;
		break;
	case '{':
		read = read_braces(parser, node);
		break;
	default:
		read = false;
	}
	if (read && (peek(parser) == '?' || peek(parser) == '+'))
		parser->at++;
	if (node->most >= MANY && node->kind != NODE_NOTHING && parser->repeats < REPEATS_MOST)
		node->number = ++parser->repeats;
}

static struct sequence read_sequence(struct parser *parser)
{
	struct sequence sequence = { NULL, 0 };
	while (peek(parser) != '\0' && peek(parser) != '|' && peek(parser) != ')') {
		struct node node = { .kind = NODE_NOTHING };
		read_atom(parser, &node);
		read_quantifier(parser, &node);
		*ARENA_PUSH(parser->arena, sequence.items, sequence.count) = node;
	}
	return sequence;
}

static void read_ways(struct parser *parser, struct node *node)
{
	if (parser->depth > DEPTH_MOST) {
		parser->at = parser->regex.length;
		return;
	}
	for (bool more = true; more;) {
		struct sequence way = read_sequence(parser);
		*ARENA_PUSH(parser->arena, node->ways, node->way_count) = way;
		more = peek(parser) == '|';
		parser->at += more;
	}
}

/* ---- writing it out ----------------------------------------------------------------------------------------- */

struct writer {
	struct text before, after; /* up to and with what is repeated; behind it */
	size_t target;
	int times;
	bool past;
};

static void write_sequence(struct writer *writer, const struct sequence *sequence);

static bool holds(const struct node *node, size_t target);

static bool way_holds(const struct sequence *way, size_t target)
{
	for (size_t i = 0; i < way->count; i++)
		if (holds(&way->items[i], target))
			return true;
	return false;
}

static bool holds(const struct node *node, size_t target)
{
	if (node->number == target)
		return true;
	for (size_t i = 0; i < node->way_count; i++)
		if (way_holds(&node->ways[i], target))
			return true;
	return false;
}

/* Of alternatives the one that leads to the target, else the first. */
static void write_node(struct writer *writer, const struct node *node)
{
	size_t way = 0;
	if (node->kind == NODE_LETTER)
		text_add(writer->past ? &writer->after : &writer->before, node->letter);
	while (way < node->way_count && !way_holds(&node->ways[way], writer->target))
		way++;
	if (node->way_count > 0)
		write_sequence(writer, &node->ways[way < node->way_count ? way : 0]);
}

/* The least number of times, but once for what holds the target, and often for the target. */
static void write_sequence(struct writer *writer, const struct sequence *sequence)
{
	for (size_t i = 0; i < sequence->count; i++) {
		const struct node *node = &sequence->items[i];
		bool is_target = node->number == writer->target;
		int times = is_target ? writer->times : node->least > 0 ? node->least : holds(node, writer->target) ? 1 : 0;
		for (int k = 0; k < times && writer->before.length + writer->after.length < PATTERN_MAX_LENGTH; k++)
			write_node(writer, node);
		writer->past |= is_target;
	}
}

/* ---- trying it ---------------------------------------------------------------------------------------------- */

static bool gives_up(const struct pattern *pattern, struct pattern_scratch *scratch, const struct text *text)
{
	struct pattern_span span;
	return pattern_find(pattern, scratch, text_bytes(text), 0, &span) == UNKNOWN;
}

/* What stands behind the repetition, so that the whole does not match, and yet has every letter that it must have. */
static bool try_ends(const struct writer *writer, const struct pattern *pattern, struct pattern_scratch *scratch, struct text *text)
{
	static const char *const ends[] = { "", "!", "~", "1", "\n" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		for (int with_rest = 0; with_rest < 2; with_rest++) {
			text_truncate(text, 0);
			text_add_bytes(text, text_bytes(&writer->before));
			text_add(text, ends[i]);
			if (with_rest)
				text_add_bytes(text, text_bytes(&writer->after));
			if (gives_up(pattern, scratch, text))
				return true;
		}
	return false;
}

const char *regex_strain(struct arena *arena, struct bytes regex, const struct pattern *pattern, struct pattern_scratch *scratch)
{
	static const int times[] = { 30, 120 }; /* enough for what doubles with each, and for what grows with their cube; as long as a ruled line */
	struct arena *own = arena_new();
	struct parser parser = { .arena = own, .scratch = scratch, .regex = regex };
	struct node whole = { .kind = NODE_GROUP };
	read_ways(&parser, &whole);
	struct text text = TEXT_INIT;
	const char *found = NULL;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		for (size_t target = 1; found == NULL && target <= parser.repeats; target++) {
			struct writer writer = { TEXT_INIT, TEXT_INIT, target, times[i], false };
			write_node(&writer, &whole);
			if (writer.past && try_ends(&writer, pattern, scratch, &text))
				found = arena_string(arena, text_string(&text));
			text_release(&writer.before);
			text_release(&writer.after);
		}
	text_release(&text);
	arena_free(&own);
	return found;
}
