/* named.c - see named.h. A surname alone may be a tree or a street, so that where it is enough its capital letter is asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/named.h"

#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define SURNAME_LEAST ((size_t)3)
#define REMARKS_MOST ((size_t)5000)

bool words_stand_in(struct bytes text, struct bytes words)
{
	if (words.length == 0)
		return false;
	for (size_t i = bytes_find(text, words, 0); i != (size_t)-1; i = bytes_find(text, words, i + 1)) {
		size_t end = i + words.length;
		if ((i == 0 || !utf8_is_word(text.data[i - 1])) && (end == text.length || !utf8_is_word(text.data[end])))
			return true;
	}
	return false;
}

/* ---- people ------------------------------------------------------------------------------------------------- */

static const char *const titles[] = { "cllr", "cllr.", "councillor", "cyng", "cyng.", "cynghorydd", "mayor", "maer", "mr", "mr.", "mrs", "mrs.",
				      "ms",   "ms.",   "miss",	     "dr",   "dr." };

/* The last word of a name, and the first. */
static struct bytes last_word(struct bytes name)
{
	size_t at = name.length;
	while (at > 0 && name.data[at - 1] != ' ')
		at--;
	return bytes_slice(name, at, name.length);
}

static struct bytes first_word(struct bytes name)
{
	size_t blank = bytes_find_char(name, ' ', 0);
	return blank == (size_t)-1 ? BYTES_EMPTY : bytes_slice(name, 0, blank);
}

/* "Cllr Birch", "Mr T. Birch". */
static bool is_titled(struct arena *arena, struct bytes key, struct bytes name)
{
	struct bytes surname = last_word(name), first = first_word(name);
	for (size_t i = 0; surname.length > 0 && i < sizeof titles / sizeof *titles; i++) {
		if (words_stand_in(key, bytes_of(arena_printf(arena, "%s %.*s", titles[i], (int)surname.length, surname.data))))
			return true;
		if (first.length > 0 && words_stand_in(key, bytes_of(arena_printf(arena, "%s %c. %.*s", titles[i], first.data[0], (int)surname.length,
										  surname.data))))
			return true;
	}
	return false;
}

/* Somebody else of the directory has that first name too. */
static bool shares_first_name(struct arena *arena, const struct facts *facts, const struct person *person, struct bytes first)
{
	for (size_t i = 0; i < directory_count(facts->directory); i++) {
		const struct person *other = directory_at(facts->directory, i);
		if (other != person && !other->is_list && bytes_equal_nocase(first_word(bytes_of(other->name)), first))
			return true;
	}
	return false;
}

static bool is_named_loosely(struct arena *arena, const struct facts *facts, const struct person *person, struct bytes plain)
{
	struct bytes name = bytes_of(person->name), first = first_word(name), surname = last_word(name);
	if (surname.length >= SURNAME_LEAST && words_stand_in(plain, surname))
		return true;
	return first.length >= SURNAME_LEAST && words_stand_in(plain, first) && !shares_first_name(arena, facts, person, first);
}

bool person_is_named(struct arena *arena, const struct facts *facts, const struct person *person, struct bytes plain, enum naming naming)
{
	struct bytes key = bytes_of(unicode_key(arena, plain)), name = bytes_of(unicode_key(arena, bytes_of(person->name)));
	if (words_stand_in(key, name) || is_titled(arena, key, name))
		return true;
	if (person->welsh_name != NULL && words_stand_in(key, bytes_of(unicode_key(arena, bytes_of(person->welsh_name)))))
		return true;
	return naming == NAMED_BY_ANYTHING && is_named_loosely(arena, facts, person, plain);
}

const struct person *somebody_named(struct question *question, enum role role, struct bytes plain, enum naming naming)
{
	const struct facts *facts = question->facts;
	struct person_list people = directory_with_role(question->arena, facts->directory, role, facts->on);
	for (size_t i = 0; i < people.count; i++)
		if (people.items[i] != facts->sender.person && person_is_named(question->arena, facts, people.items[i], plain, naming))
			return people.items[i];
	return NULL;
}

/* ---- remarks ------------------------------------------------------------------------------------------------ */

struct remarks {
	struct arena *arena;
	struct remark *items;
	size_t count;
};

static bool ends_sentence(struct bytes text, size_t at)
{
	char c = text.data[at];
	if (c == '\n')
		return true;
	if (c != '.' && c != '?' && c != '!')
		return false;
	size_t next = at + 1;
	while (next < text.length && (text.data[next] == '"' || text.data[next] == '\'' || text.data[next] == ')'))
		next++;
	if (next < text.length && !ascii_is_space(text.data[next]))
		return false;
	/* "Cllr. Reid", "Mr. Birch", "J. Smith" */
	size_t start = at;
	while (start > 0 && !ascii_is_space(text.data[start - 1]))
		start--;
	return c != '.' || at - start > 4 || (at - start > 1 && text.data[start] >= 'a');
}

static void split(struct remarks *all, struct bytes text)
{
	for (size_t from = 0; from < text.length && all->count < REMARKS_MOST;) {
		size_t at = from;
		while (at < text.length && !ends_sentence(text, at))
			at++;
		size_t end = at < text.length ? at + 1 : at;
		while (end < text.length && (text.data[end] == '"' || text.data[end] == '\'' || text.data[end] == ')'))
			end++;
		struct bytes plain = bytes_trim(bytes_slice(text, from, end));
		if (plain.length > 0)
			*ARENA_PUSH(all->arena, all->items, all->count) =
				(struct remark){ plain, bytes_find_char(bytes_slice(plain, plain.length > 2 ? plain.length - 2 : 0, plain.length), '?', 0) != (size_t)-1 };
		from = end > from ? end : from + 1;
	}
}

/* Lines joined; an empty one ends a paragraph, and so does one of another zone. */
static struct bytes text_of(struct arena *arena, const struct passage *passage)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < passage->line_count; i++) {
		const struct line *line = &passage->lines[i];
		bool own = line->zone == ZONE_AUTHOR && bytes_trim(line->plain).length > 0;
		if (own)
			text_add_bytes(&text, line->plain);
		text_add_char(&text, own ? ' ' : '\n');
	}
	return text_to_arena(&text, arena);
}

const struct remark *remarks_of(struct question *question, bool files, size_t *count_out)
{
	const struct letter *outer = question->facts->reading->outer;
	struct remarks all = { .arena = question->arena };
	for (size_t i = 0; i < outer->passage_count; i++)
		if (files || !outer->passages[i].attachment)
			split(&all, text_of(question->arena, &outer->passages[i]));
	*count_out = all.count;
	return all.items;
}
