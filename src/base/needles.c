/* needles.c - see needles.h. A recursive descent over the part of the PCRE2 language that settings are written in; it
 * gives up, and says that nothing is known, at the first construct it does not know.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/needles.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define DEPTH_MOST 40

/* A needle_set that grows. */
struct set {
	struct bytes *items;
	size_t count;
};

struct set_list {
	struct set *items;
	size_t count;
};

struct reader {
	struct arena *arena;
	struct bytes regex;
	size_t at;
	unsigned depth;
	bool lost; /* something was not understood */
};

/* What one item of a sequence is for our purpose. */
enum atom_kind { ATOM_NOTHING, ATOM_LETTER, ATOM_OTHER, ATOM_GROUP };

struct atom {
	enum atom_kind kind;
	char letter;
	struct set_list sets; /* of a group */
};

static struct set_list read_alternatives(struct reader *reader);

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

/* How telling a set is: by its shortest needle. */
static size_t weight(const struct set *set)
{
	size_t shortest = NEEDLE_LENGTH;
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i].length < shortest)
			shortest = set->items[i].length;
	return shortest;
}

static bool tells_more(const struct set *a, const struct set *b)
{
	size_t x = weight(a), y = weight(b);
	return x != y ? x > y : a->count < b->count;
}

static const struct set *best_of(const struct set_list *list)
{
	const struct set *best = NULL;
	for (size_t i = 0; i < list->count; i++)
		if (best == NULL || tells_more(&list->items[i], best))
			best = &list->items[i];
	return best;
}

static void add_needle(struct reader *reader, struct set *set, struct bytes needle)
{
	for (size_t i = 0; i < set->count; i++)
		if (bytes_equal(set->items[i], needle))
			return;
	*ARENA_PUSH(reader->arena, set->items, set->count) = needle;
}

/* The letters gathered so far become a set of their own. */
static void end_run(struct reader *reader, struct text *run, struct set_list *list)
{
	struct bytes whole = bytes_slice(text_bytes(run), 0, NEEDLE_LENGTH);
	if (whole.length >= 2) {
		struct set set = { NULL, 0 };
		add_needle(reader, &set, arena_bytes(reader->arena, whole));
		*ARENA_PUSH(reader->arena, list->items, list->count) = set;
	}
	text_truncate(run, 0);
}

static struct atom lose(struct reader *reader)
{
	reader->lost = true;
	return (struct atom){ ATOM_OTHER, '\0', { NULL, 0 } };
}

/* The character behind a backslash. */
static struct atom read_escape(struct reader *reader)
{
	reader->at++;
	char c = peek(reader);
	if (c == '\0' || (unsigned char)c >= 0x80)
		return lose(reader);
	reader->at++;
	if (strchr("bBAzZG", c) != NULL)
		return (struct atom){ .kind = ATOM_NOTHING };
	if (strchr("wWdDsShHvVnrtRX", c) != NULL)
		return (struct atom){ .kind = ATOM_OTHER };
	if (ascii_is_alpha(c) || ascii_is_digit(c))
		return lose(reader);
	return (struct atom){ .kind = ATOM_LETTER, .letter = c };
}

/* [ ... ]: one character of several, so no letter of a needle. */
static struct atom read_class(struct reader *reader)
{
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
			return (struct atom){ .kind = ATOM_OTHER };
	}
	return lose(reader);
}

/* ( ... ), the kinds that only look about adding nothing. */
static struct atom read_group(struct reader *reader)
{
	static const char *const lookarounds[] = { "(?=", "(?!", "(?<=", "(?<!" };
	struct atom atom = { .kind = ATOM_GROUP };
	bool looks = false;
	size_t skip = 1;
	for (size_t i = 0; i < sizeof lookarounds / sizeof *lookarounds; i++)
		if (ahead(reader, bytes_of(lookarounds[i]))) {
			looks = true;
			skip = strlen(lookarounds[i]);
		}
	if (ahead(reader, BYTES("(?:")))
		skip = 3;
	else if (!looks && (ahead(reader, BYTES("(?")) || ahead(reader, BYTES("(*"))))
		return lose(reader);
	if (++reader->depth > DEPTH_MOST)
		return lose(reader);
	reader->at += skip;
	atom.sets = read_alternatives(reader);
	reader->depth--;
	if (peek(reader) != ')')
		return lose(reader);
	reader->at++;
	return looks ? (struct atom){ .kind = ATOM_NOTHING } : atom;
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
		return (struct atom){ .kind = ATOM_NOTHING };
	if (strchr("?*+{\0", c) != NULL)
		return lose(reader);
	if (c == '.' || (unsigned char)c >= 0x80)
		return (struct atom){ .kind = ATOM_OTHER };
	return (struct atom){ .kind = ATOM_LETTER, .letter = ascii_lower(c) };
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

/* What all that stands in a row needs. A quantified character of more bytes than one is no letter, so it never ends a run wrongly. */
static struct set_list read_sequence(struct reader *reader)
{
	struct set_list list = { NULL, 0 };
	struct text run = TEXT_INIT;
	while (!at_end(reader) && peek(reader) != '|' && peek(reader) != ')') {
		struct atom atom = read_atom(reader);
		enum times times = read_quantifier(reader);
		if (atom.kind == ATOM_LETTER && times != PERHAPS)
			text_add_char(&run, atom.letter);
		if (times != ONCE || atom.kind == ATOM_OTHER || atom.kind == ATOM_GROUP)
			end_run(reader, &run, &list);
		for (size_t i = 0; times != PERHAPS && i < atom.sets.count; i++)
			*ARENA_PUSH(reader->arena, list.items, list.count) = atom.sets.items[i];
	}
	end_run(reader, &run, &list);
	text_release(&run);
	return list;
}

/* One alternative alone keeps all its sets; of several, each gives its best to one common set. */
static struct set_list read_alternatives(struct reader *reader)
{
	struct set common = { NULL, 0 };
	struct set_list list = read_sequence(reader);
	if (peek(reader) != '|')
		return list;
	bool known = true;
	for (;;) {
		const struct set *best = best_of(&list);
		known = known && best != NULL;
		for (size_t i = 0; known && i < best->count; i++)
			add_needle(reader, &common, best->items[i]);
		if (peek(reader) != '|')
			break;
		reader->at++;
		list = read_sequence(reader);
	}
	list = (struct set_list){ NULL, 0 };
	if (known && common.count <= NEEDLES_IN_SET)
		*ARENA_PUSH(reader->arena, list.items, list.count) = common;
	return list;
}

/* The sets that tell most, best first. */
static size_t choose(struct set_list *list, struct set chosen[NEEDLE_SETS_MOST])
{
	size_t count = 0;
	while (count < NEEDLE_SETS_MOST && list->count > 0) {
		size_t best = (size_t)(best_of(list) - list->items);
		if (count > 0 && weight(&list->items[best]) < 3)
			break; /* a second set is to thin out the first: "of" does not */
		chosen[count++] = list->items[best];
		list->items[best] = list->items[--list->count];
	}
	return count;
}

/* All in one block: the sets, their needles, the letters. */
static struct needles *pack(const struct set *sets, size_t count)
{
	size_t items = 0, letters = 0;
	for (size_t s = 0; s < count; s++) {
		items += sets[s].count;
		for (size_t i = 0; i < sets[s].count; i++)
			letters += sets[s].items[i].length;
	}
	struct needles *needles = calloc(1, sizeof *needles + items * sizeof(struct bytes) + letters);
	if (needles == NULL)
		abort();
	struct bytes *item = (struct bytes *)(needles + 1);
	char *letter = (char *)(item + items);
	needles->count = count;
	for (size_t s = 0; s < count; s++) {
		needles->sets[s] = (struct needle_set){ item, sets[s].count };
		for (size_t i = 0; i < sets[s].count; i++, item++) {
			*item = (struct bytes){ letter, sets[s].items[i].length };
			letter = mempcpy(letter, sets[s].items[i].data, item->length);
		}
	}
	return needles;
}

struct needles *needles_of_regex(struct bytes regex)
{
	struct arena *arena = arena_new();
	struct reader reader = { .arena = arena, .regex = regex };
	struct set chosen[NEEDLE_SETS_MOST];
	struct set_list list = read_alternatives(&reader);
	bool understood = !reader.lost && reader.at == regex.length;
	struct needles *needles = pack(chosen, understood ? choose(&list, chosen) : 0);
	arena_free(&arena);
	return needles;
}
