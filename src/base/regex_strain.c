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
	struct sequence first; /* alternative of a group: the others lead nowhere else */
	int least, most;
	size_t number;         /* among the repetitions, from 1; 0: none */
};

struct parser {
	struct arena *arena;
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

/* A character that an escape stands for; "" for what stands for none. */
static const char *letter_of_escape(char c)
{
	static const struct {
		const char *escapes, *letter;
	} rows[] = {
		{ "wXCN", "a" }, { "d", "1" }, { "shR", " " }, { "vn", "\n" }, { "t", "\t" }, { "D", "a" }, { "SHV", "a" }, { "W", "-" }, { "bBAzZGKQEpP", "" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strchr(rows[i].escapes, c) != NULL)
			return rows[i].letter;
	return NULL;
}

static void read_escape(struct parser *parser, struct node *node)
{
	parser->at++;
	char c = peek(parser);
	const char *letter = letter_of_escape(c);
	if (c != '\0')
		parser->at++;
	if ((c == 'p' || c == 'P') && peek(parser) == '{') {
		while (peek(parser) != '\0' && peek(parser) != '}')
			parser->at++;
		parser->at++;
		letter = "a";
	}
	if (letter != NULL && letter[0] != '\0')
		set_letter(node, letter);
	else if (letter == NULL && !ascii_is_digit(c))
		set_letter(node, (const char[]){ c, '\0' });
}

/* [ ... ]: its first character, or for one turned round some letter that is not in it. */
static void read_class(struct parser *parser, struct node *node)
{
	size_t from = ++parser->at;
	bool turned = peek(parser) == '^';
	char first[2] = "a";
	if (turned)
		parser->at++;
	for (bool begin = true; peek(parser) != '\0' && (begin || peek(parser) != ']'); begin = false) {
		bool escaped = peek(parser) == '\\';
		if (ahead(parser, "[:")) {
			while (peek(parser) != '\0' && !ahead(parser, ":]"))
				parser->at++;
			parser->at++;
		}
		parser->at += escaped ? 1 : 0;
		char c = peek(parser);
		const char *letter = escaped ? letter_of_escape(c) : NULL;
		if (begin && !turned && (unsigned char)c < 0x80 && c != '[')
			first[0] = letter != NULL && letter[0] != '\0' ? letter[0] : c;
		parser->at++;
	}
	struct bytes class = bytes_slice(parser->regex, from, parser->at);
	parser->at++;
	for (const char *c = "a1 -e~"; turned && *c != '\0'; c++)
		if (memchr(class.data, *c, class.length) == NULL) {
			first[0] = *c;
			break;
		}
	set_letter(node, first);
}

static struct sequence read_alternatives(struct parser *parser);

/* What only looks about stands for no text. */
static void read_group(struct parser *parser, struct node *node)
{
	static const char *const looks[] = { "(?=", "(?!", "(?<=", "(?<!", "(?#" };
	bool looking = false;
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		looking |= ahead(parser, looks[i]);
	parser->at++;
	if (peek(parser) == '?') { /* up to the colon, the name's end, or whatever marks the kind */
		parser->at++;
		while (strchr("=!<>:P'|-imsxJU#", peek(parser)) != NULL && peek(parser) != '\0')
			if (strchr("=!:>|", parser->regex.data[parser->at++]) != NULL)
				break;
	}
	parser->depth++;
	struct sequence inner = read_alternatives(parser);
	parser->depth--;
	if (peek(parser) == ')')
		parser->at++;
	if (!looking) {
		node->kind = NODE_GROUP;
		node->first = inner;
	}
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

/* The first one; the others are read for the repetitions in them, as alternatives of their own. */
static struct sequence read_alternatives(struct parser *parser)
{
	if (parser->depth > DEPTH_MOST) {
		parser->at = parser->regex.length;
		return (struct sequence){ NULL, 0 };
	}
	struct sequence first = read_sequence(parser);
	while (peek(parser) == '|') {
		parser->at++;
		struct sequence other = read_sequence(parser);
		/* A later alternative with a repetition says more than an earlier one without. */
		bool repeats = false, first_repeats = false;
		for (size_t i = 0; i < other.count; i++)
			repeats |= other.items[i].number > 0;
		for (size_t i = 0; i < first.count; i++)
			first_repeats |= first.items[i].number > 0;
		if (repeats && !first_repeats)
			first = other;
	}
	return first;
}

/* ---- writing it out ----------------------------------------------------------------------------------------- */

struct writer {
	struct text before, after; /* up to and with what is repeated; behind it */
	size_t target;
	int times;
	bool past;
};

static void write_sequence(struct writer *writer, const struct sequence *sequence);

static void write_node(struct writer *writer, const struct node *node)
{
	if (node->kind == NODE_LETTER)
		text_add(writer->past ? &writer->after : &writer->before, node->letter);
	else if (node->kind == NODE_GROUP)
		write_sequence(writer, &node->first);
}

static bool holds(const struct node *node, size_t target)
{
	if (node->number == target)
		return true;
	for (size_t i = 0; node->kind == NODE_GROUP && i < node->first.count; i++)
		if (holds(&node->first.items[i], target))
			return true;
	return false;
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
	struct parser parser = { .arena = own, .regex = regex };
	struct sequence whole = read_alternatives(&parser);
	struct text text = TEXT_INIT;
	const char *found = NULL;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		for (size_t target = 1; found == NULL && target <= parser.repeats; target++) {
			struct writer writer = { TEXT_INIT, TEXT_INIT, target, times[i], false };
			write_sequence(&writer, &whole);
			if (writer.past && try_ends(&writer, pattern, scratch, &text))
				found = arena_string(arena, text_string(&text));
			text_release(&writer.before);
			text_release(&writer.after);
		}
	text_release(&text);
	arena_free(&own);
	return found;
}
