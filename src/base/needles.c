/* needles.c - see needles.h. A recursive descent over the part of the PCRE2 language that settings are written in; it
 * gives up, and says that nothing is known, at the first construct it does not know.
 *
 * Whether a needle begins or ends a word is followed from left to right: what is known of the character before the next
 * atom, and which needles end just there ("open"), so that the next atom tells what stands behind them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/needles.h"

#include <string.h>

#include "base/text.h"
#include "needle_sets.h"

#define DEPTH_MOST 40

/* What stands before the next character. */
struct before {
	bool gap;  /* the beginning, or no letter of a word */
	bool edge; /* "\b": a gap if the next is a letter of a word */
};

struct reader {
	struct arena *arena;
	struct bytes regex;
	size_t at;
	unsigned depth;
	bool lost; /* something was not understood */
	struct before before;
};

/* What one item of a sequence is for our purpose. */
enum atom_kind {
	ATOM_NOTHING,
	ATOM_LETTER,
	ATOM_GAP,        /* one character that is in no word */
	ATOM_OTHER,
	ATOM_GROUP,
	ATOM_AFTER_GAP,  /* looks back at one */
	ATOM_BEFORE_GAP, /* looks forward to one */
	ATOM_EDGE,       /* of a word, either side */
};

/* What a group or a whole expression comes to. */
struct outline {
	struct set_list list;
	bool begins_with_gap;
	struct before behind;
};

struct atom {
	enum atom_kind kind;
	struct bytes letter;
	struct outline group;
};

static struct outline read_alternatives(struct reader *reader);

static bool at_end(const struct reader *reader)
{
	return reader->lost || reader->at >= reader->regex.length;
}

static char peek(const struct reader *reader)
{
	return at_end(reader) ? '\0' : reader->regex.data[reader->at];
}

static bool ahead(const struct reader *reader, struct bytes words)
{
	return bytes_starts_with(bytes_slice(reader->regex, reader->at, reader->regex.length), words);
}

static struct atom lose(struct reader *reader)
{
	reader->lost = true;
	return (struct atom){ .kind = ATOM_OTHER };
}

/* The character behind a backslash. */
static struct atom read_escape(struct reader *reader)
{
	reader->at++;
	char c = peek(reader);
	if (c == '\0' || (unsigned char)c >= 0x80)
		return lose(reader);
	reader->at++;
	static const enum atom_kind kinds[128] = {
		['b'] = ATOM_EDGE,  ['A'] = ATOM_AFTER_GAP, ['z'] = ATOM_BEFORE_GAP, ['Z'] = ATOM_BEFORE_GAP, ['W'] = ATOM_GAP,   ['s'] = ATOM_GAP,
		['h'] = ATOM_GAP,   ['v'] = ATOM_GAP,       ['n'] = ATOM_GAP,        ['r'] = ATOM_GAP,        ['t'] = ATOM_GAP,   ['R'] = ATOM_GAP,
		['w'] = ATOM_OTHER, ['d'] = ATOM_OTHER,     ['D'] = ATOM_OTHER,      ['S'] = ATOM_OTHER,      ['H'] = ATOM_OTHER, ['V'] = ATOM_OTHER,
		['X'] = ATOM_OTHER,
	};
	if (kinds[(unsigned char)c] != ATOM_NOTHING || c == 'B' || c == 'G')
		return (struct atom){ .kind = kinds[(unsigned char)c] };
	if (ascii_is_alpha(c) || ascii_is_digit(c))
		return lose(reader);
	return (struct atom){ .kind = ATOM_LETTER, .letter = bytes_slice(reader->regex, reader->at - 1, reader->at) };
}

/* [ ... ]: one character of several, so no letter of a needle. */
static struct atom read_class(struct reader *reader)
{
	bool gap = ahead(reader, BYTES("[^\\w"));
	reader->at++;
	if (peek(reader) == '^')
		reader->at++;
	for (bool first = true; !at_end(reader); first = false) {
		char c = peek(reader);
		if (c == '[' && (ahead(reader, BYTES("[:")) || ahead(reader, BYTES("[.")) || ahead(reader, BYTES("[="))))
			return lose(reader);
		if (c == '\\' && (ahead(reader, BYTES("\\Q")) || ahead(reader, BYTES("\\E")) || ahead(reader, BYTES("\\c"))))
			return lose(reader);
		reader->at += c == '\\' ? 2 : 1;
		if (c == ']' && !first)
			return (struct atom){ .kind = gap ? ATOM_GAP : ATOM_OTHER };
	}
	return lose(reader);
}

static enum atom_kind kind_of_lookaround(const struct reader *reader)
{
	if (ahead(reader, BYTES("(?<!\\w)")))
		return ATOM_AFTER_GAP;
	return ahead(reader, BYTES("(?!\\w)")) ? ATOM_BEFORE_GAP : ATOM_NOTHING;
}

/* ( ... ), the kinds that only look about adding no needles. */
static struct atom read_group(struct reader *reader)
{
	static const char *const lookarounds[] = { "(?=", "(?!", "(?<=", "(?<!" };
	struct atom atom = { .kind = ATOM_GROUP };
	enum atom_kind look = kind_of_lookaround(reader);
	bool looks = false;
	size_t skip = 1;
	for (size_t i = 0; i < sizeof lookarounds / sizeof *lookarounds; i++)
		if (ahead(reader, bytes_of(lookarounds[i]))) {
			looks = true;
			skip = strlen(lookarounds[i]);
		}
	if (ahead(reader, BYTES("(?:")))
		skip = 3;
	else if (ahead(reader, BYTES("(?-i:")))
		skip = 5; /* more narrow than needles are */
	else if (!looks && (ahead(reader, BYTES("(?")) || ahead(reader, BYTES("(*"))))
		return lose(reader);
	if (++reader->depth > DEPTH_MOST)
		return lose(reader);
	reader->at += skip;
	atom.group = read_alternatives(reader);
	reader->depth--;
	if (peek(reader) != ')')
		return lose(reader);
	reader->at++;
	return looks ? (struct atom){ .kind = look } : atom;
}

/* Two bytes whose case changes the second at most, which the sieve does not look at closely: the pound sign, accented letters. Not
 * those that match a character of another length: U+00B5, U+00DF, U+00E5 and U+00FF. */
static bool is_plain_pair(unsigned char lead, unsigned char other)
{
	if (lead == 0xC2)
		return other != 0xB5;
	if (lead == 0xC3)
		return (other & 0x1F) != 0x1F && (other & 0x1F) != 0x05;
	return lead == 0xC5 && other >= 0xB4 && other <= 0xB7;
}

/* Behind its first byte. */
static struct atom read_other_letter(struct reader *reader)
{
	struct bytes pair = bytes_slice(reader->regex, reader->at - 1, reader->at + 1);
	if (pair.length < 2 || !is_plain_pair((unsigned char)pair.data[0], (unsigned char)pair.data[1]))
		return (struct atom){ .kind = ATOM_OTHER };
	reader->at++;
	return (struct atom){ .kind = ATOM_LETTER, .letter = pair };
}

static struct atom read_atom(struct reader *reader)
{
	char c = peek(reader);
	if (c == '\\')
		return read_escape(reader);
	if (c == '[')
		return read_class(reader);
	if (c == '(')
		return read_group(reader);
	reader->at++;
	if (c == '^' || c == '$')
		return (struct atom){ .kind = c == '^' ? ATOM_AFTER_GAP : ATOM_BEFORE_GAP };
	if (c == '?' || c == '*' || c == '+' || c == '{' || c == '\0')
		return lose(reader);
	if ((unsigned char)c >= 0x80)
		return read_other_letter(reader);
	if (c == '.')
		return (struct atom){ .kind = ATOM_OTHER };
	return (struct atom){ .kind = ATOM_LETTER, .letter = bytes_slice(reader->regex, reader->at - 1, reader->at) };
}

enum times { ONCE, AT_LEAST_ONCE, PERHAPS };

/* {3}, {2,}, {0,5} */
static enum times read_braces(struct reader *reader)
{
	bool zero = true, any = false;
	for (reader->at++; ascii_is_digit(peek(reader)); reader->at++) {
		zero = zero && peek(reader) == '0';
		any = true;
	}
	if (peek(reader) == ',')
		reader->at++;
	while (ascii_is_digit(peek(reader)))
		reader->at++;
	reader->lost = reader->lost || !any || peek(reader) != '}';
	reader->at++;
	return zero ? PERHAPS : AT_LEAST_ONCE;
}

static enum times read_quantifier(struct reader *reader)
{
	enum times times = ONCE;
	char c = peek(reader);
	if (c == '{') {
		times = read_braces(reader);
	} else if (c == '?' || c == '*' || c == '+') {
		times = c == '+' ? AT_LEAST_ONCE : PERHAPS;
		reader->at++;
	}
	if (times != ONCE && (peek(reader) == '?' || peek(reader) == '+'))
		reader->at++; /* lazy, possessive */
	return times;
}

/* What stands in a row, while it is read. */
struct sequence {
	struct reader *reader;
	struct text run; /* letters that follow one another */
	uint8_t edges;   /* of the run */
	struct set_list list;
	struct before before;
	bool begun, begins_with_gap;
};

/* The letters gathered so far become a set of their own. */
static void end_run(struct sequence *sequence)
{
	struct arena *arena = sequence->reader->arena;
	struct bytes whole = text_bytes(&sequence->run), kept = bytes_slice(whole, 0, NEEDLE_LENGTH);
	if (kept.length >= 2) {
		struct growing_set set = { NULL, 0 };
		uint8_t open = kept.length == whole.length ? NEEDLE_OPEN : 0;
		needle_add(arena, &set, (struct needle){ arena_bytes(arena, kept), sequence->edges | open });
		*ARENA_PUSH(arena, sequence->list.items, sequence->list.count) = set;
	}
	text_truncate(&sequence->run, 0);
}

/* Something that takes up room stands here; perhaps, when `times` says so. */
static void begin_with(struct sequence *sequence, bool gap, enum times times)
{
	if (sequence->begun || (gap && times == PERHAPS))
		return;
	sequence->begun = true;
	sequence->begins_with_gap = gap;
}

/* A gap that is perhaps not there changes nothing: what stands behind it tells. */
static void take_gap(struct sequence *sequence, const struct atom *atom, enum times times)
{
	end_run(sequence);
	begin_with(sequence, true, times);
	if (times == PERHAPS)
		return;
	needles_close(&sequence->list, BEHIND_GAP);
	sequence->before = (struct before){ true, false };
}

static void take_other(struct sequence *sequence, const struct atom *atom, enum times times)
{
	end_run(sequence);
	begin_with(sequence, false, times);
	needles_close(&sequence->list, BEHIND_UNKNOWN);
	sequence->before = (struct before){ false, false };
}

/* Whether a word has it is not asked of what is not ASCII. */
static void take_letter(struct sequence *sequence, const struct atom *atom, enum times times)
{
	bool sure = ascii_is_word(atom->letter.data[0]), of_word = sure || (unsigned char)atom->letter.data[0] >= 0x80;
	if (times == PERHAPS) {
		(of_word ? take_other : take_gap)(sequence, atom, times);
		return;
	}
	begin_with(sequence, !of_word, times);
	needles_close(&sequence->list, of_word ? BEHIND_UNKNOWN : BEHIND_GAP);
	if (sequence->run.length == 0)
		sequence->edges = sequence->before.gap || (sequence->before.edge && sure) ? NEEDLE_BEGINS_WORD : 0;
	for (size_t i = 0; i < atom->letter.length; i++)
		text_add_char(&sequence->run, ascii_lower(atom->letter.data[i]));
	sequence->before = (struct before){ !of_word, false };
	if (times == ONCE)
		return;
	end_run(sequence); /* it may be written again, so nothing is known of what follows */
	needles_close(&sequence->list, BEHIND_UNKNOWN);
}

/* The first of several rounds stands behind what was before, the last one before what follows. */
static void take_group(struct sequence *sequence, const struct atom *atom, enum times times)
{
	const struct outline *group = &atom->group;
	begin_with(sequence, group->begins_with_gap, times);
	if (!group->begins_with_gap || times != PERHAPS)
		needles_close(&sequence->list, group->begins_with_gap ? BEHIND_GAP : BEHIND_UNKNOWN);
	if (times == PERHAPS) {
		sequence->before = (struct before){ sequence->before.gap && group->behind.gap, false };
		return;
	}
	struct set_list list = group->list;
	if (times == AT_LEAST_ONCE)
		needles_close(&list, BEHIND_UNKNOWN);
	for (size_t i = 0; i < list.count; i++)
		*ARENA_PUSH(sequence->reader->arena, sequence->list.items, sequence->list.count) = list.items[i];
	sequence->before = (struct before){ group->behind.gap, false };
}

static void take_after_gap(struct sequence *sequence, const struct atom *atom, enum times times)
{
	end_run(sequence);
	sequence->before.gap |= times != PERHAPS;
}

static void take_before_gap(struct sequence *sequence, const struct atom *atom, enum times times)
{
	end_run(sequence);
	if (times != PERHAPS)
		needles_close(&sequence->list, BEHIND_GAP);
}

static void take_edge(struct sequence *sequence, const struct atom *atom, enum times times)
{
	end_run(sequence);
	if (times == PERHAPS)
		return;
	needles_close(&sequence->list, BEHIND_EDGE);
	sequence->before.edge = true;
}

static void take_nothing(struct sequence *sequence, const struct atom *atom, enum times times)
{
}

static void (*const take[])(struct sequence *sequence, const struct atom *atom, enum times times) = {
	[ATOM_NOTHING] = take_nothing,	   [ATOM_LETTER] = take_letter,	      [ATOM_GAP] = take_gap,
	[ATOM_OTHER] = take_other,	   [ATOM_GROUP] = take_group,	      [ATOM_AFTER_GAP] = take_after_gap,
	[ATOM_BEFORE_GAP] = take_before_gap, [ATOM_EDGE] = take_edge,
};

/* What all that stands in a row needs. */
static struct outline read_sequence(struct reader *reader)
{
	struct sequence sequence = { .reader = reader, .run = TEXT_INIT, .before = reader->before };
	while (!at_end(reader) && peek(reader) != '|' && peek(reader) != ')') {
		if (peek(reader) == '(')
			end_run(&sequence);
		reader->before = sequence.before;
		struct atom atom = read_atom(reader);
		enum times times = read_quantifier(reader);
		take[atom.kind](&sequence, &atom, times);
	}
	end_run(&sequence);
	text_release(&sequence.run);
	return (struct outline){ sequence.list, sequence.begins_with_gap, sequence.before };
}

/* One alternative alone keeps all its sets; of several, each gives its best to one common set. */
static struct outline read_alternatives(struct reader *reader)
{
	struct growing_set common = { NULL, 0 };
	struct before before = reader->before;
	struct outline whole = read_sequence(reader), one = whole;
	if (peek(reader) != '|')
		return whole;
	bool known = true;
	for (;;) {
		const struct growing_set *best = needle_sets_best(&one.list);
		known = known && best != NULL;
		for (size_t i = 0; known && i < best->count; i++)
			needle_add(reader->arena, &common, best->items[i]);
		known = known && common.count <= NEEDLES_IN_SET;
		whole.begins_with_gap &= one.begins_with_gap;
		whole.behind.gap &= one.behind.gap;
		whole.behind.edge = false;
		if (peek(reader) != '|')
			break;
		reader->at++;
		reader->before = before;
		one = read_sequence(reader);
	}
	whole.list = (struct set_list){ NULL, 0 };
	if (known)
		*ARENA_PUSH(reader->arena, whole.list.items, whole.list.count) = common;
	return whole;
}

struct needles *needles_of_regex(struct bytes regex)
{
	struct arena *arena = arena_new();
	struct reader reader = { .arena = arena, .regex = regex };
	struct set_list list = read_alternatives(&reader).list;
	if (reader.lost || reader.at != regex.length)
		list.count = 0;
	struct needles *needles = needle_sets_keep(&list);
	arena_free(&arena);
	return needles;
}
