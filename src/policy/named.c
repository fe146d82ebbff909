/* named.c - see named.h. A surname alone may be a tree or a street, so that where it is enough its capital letter is asked for.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/named.h"

#include <string.h>

#include "base/name_title.h"
#include "base/text.h"
#include "base/unicode.h"

#define NAME_LEAST ((size_t)3)
#define REMARKS_MOST ((size_t)5000)

struct naming_text naming_text(struct arena *arena, struct bytes plain)
{
	return (struct naming_text){ plain, bytes_of(unicode_key(arena, plain)) };
}

struct called_list called_of(struct arena *arena, const struct person_list *people)
{
	struct called_list list = { arena_array(arena, people->count, sizeof *list.items), people->count };
	for (size_t i = 0; i < people->count; i++) {
		const struct person *person = people->items[i];
		list.items[i] = (struct called){ person, bytes_of(unicode_key(arena, bytes_of(person->name))), BYTES_EMPTY, UNKNOWN };
		if (person->welsh_name != NULL)
			list.items[i].welsh_name = bytes_of(unicode_key(arena, bytes_of(person->welsh_name)));
	}
	return list;
}

/* The last word of a name, and the first of several. */
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

/* A title, and a blank behind it. */
static bool ends_with_title(struct bytes text)
{
	if (text.length == 0 || text.data[--text.length] != ' ')
		return false;
	size_t end = text.length > 0 && text.data[text.length - 1] == '.' ? text.length - 1 : text.length, from = end;
	while (from > 0 && utf8_is_word(text.data[from - 1]))
		from--;
	return name_title_of(bytes_slice(text, from, end)) != NULL;
}

/* "Cllr Birch", "Mr T. Birch". */
static bool is_titled(struct bytes key, struct bytes name)
{
	struct bytes surname = last_word(name), first = first_word(name);
	for (size_t at = 0; surname.length > 0 && (at = bytes_find(key, surname, at)) != (size_t)-1; at++) {
		struct bytes before = bytes_slice(key, 0, at);
		const char initial[] = { first.length > 0 ? first.data[0] : ' ', '.', ' ' };
		size_t end = at + surname.length;
		if (end < key.length && utf8_is_word(key.data[end]))
			continue;
		if (ends_with_title(before))
			return true;
		if (bytes_ends_with(before, (struct bytes){ initial, sizeof initial }) && ends_with_title(bytes_slice(before, 0, at - sizeof initial)))
			return true;
	}
	return false;
}

static bool is_called(struct bytes key, struct bytes name)
{
	return bytes_have_words(key, name) || is_titled(key, name);
}

/* Somebody else of the directory has that first name too. */
static bool shares_first_name(const struct facts *facts, struct called *called, struct bytes first)
{
	for (size_t i = 0; called->first_shared == UNKNOWN && i < directory_count(facts->directory); i++) {
		const struct person *other = directory_at(facts->directory, i);
		if (other != called->person && !other->is_list && bytes_equal_nocase(first_word(bytes_of(other->name)), first))
			called->first_shared = YES;
	}
	if (called->first_shared == UNKNOWN)
		called->first_shared = NO;
	return called->first_shared == YES;
}

bool person_is_named(const struct facts *facts, struct called *called, const struct naming_text *text, enum naming naming)
{
	struct bytes name = bytes_of(called->person->name), first = first_word(name), surname = last_word(name);
	if (is_called(text->key, called->name) || is_called(text->key, called->welsh_name))
		return true;
	if (naming == NAMED_BY_ANYTHING && surname.length >= NAME_LEAST && bytes_have_words(text->plain, surname))
		return true;
	return naming != NAMED_IN_FULL && first.length >= NAME_LEAST && bytes_have_words(text->plain, first) &&
	       (naming == NAMED_FAMILIARLY || !shares_first_name(facts, called, first));
}

const struct person *somebody_named(const struct facts *facts, struct called_list *people, const struct naming_text *text, enum naming naming)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->items[i].person != facts->sender.person && person_is_named(facts, &people->items[i], text, naming))
			return people->items[i].person;
	return NULL;
}

bool text_has_word_of(struct arena *arena, struct bytes plain, const char *const *words, size_t count)
{
	struct bytes key = bytes_of(unicode_key(arena, plain));
	for (size_t i = 0; i < count; i++)
		if (bytes_have_words(key, bytes_of(words[i])))
			return true;
	return false;
}

bool text_has_pronoun(struct arena *arena, struct bytes plain)
{
	static const char *const pronouns[] = { "he",   "she",	"they", "him", "her", "his", "their", "them", "he's", "she's", "they're",
						"this man", "this woman", "this person", "hi", "hwy", "nhw", "ef", "fe", "fo", "ei", "eu" };
	return text_has_word_of(arena, plain, pronouns, sizeof pronouns / sizeof *pronouns);
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

const struct sentence *const *authors_sentences(const struct question *question, size_t *count_out)
{
	const struct reading *reading = question->facts->reading;
	const struct sentence **own = NULL;
	const struct letter *letter = NULL;
	bool theirs = false;
	*count_out = 0;
	for (size_t i = 0; i < reading->sentence_count; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		if (sentence->letter != letter)
			theirs = facts_is_authors_letter(question->arena, question->facts, sentence->letter);
		letter = sentence->letter;
		if (theirs && sentence->zone == ZONE_AUTHOR)
			*ARENA_PUSH(question->arena, own, *count_out) = sentence;
	}
	return own;
}
