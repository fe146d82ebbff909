/* print.c - see print.h. Words become numbers, runs of words a number, and the least of each window of runs is kept.
 *
 * The numbers are no secret and need not withstand anybody: memory keys what it keeps. Who makes two texts alike on purpose has made a
 * finding for a person to look at, no more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/print.h"

#include <string.h>

#include "base/unicode.h"

#define LONGEST_WORD ((size_t)200) /* the rest of a longer one does not count */
#define NUMERAL_MOST 3             /* digits or letters of a bullet: "12.", "(iv)" */

static uint64_t mixed(uint64_t value)
{
	value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
	return value ^ (value >> 31);
}

/* ---- words ---------------------------------------------------------------------------------------------------- */

/* Inside a word or figure these are not seen: "don't", "e-mail", "12,500.00". */
static bool joins(struct bytes text, size_t at)
{
	if (at == 0 || at + 1 >= text.length || !utf8_is_word(text.data[at - 1]) || !utf8_is_word(text.data[at + 1]))
		return false;
	if (text.data[at] == '\'' || text.data[at] == '-')
		return true;
	bool figure = ascii_is_digit(text.data[at - 1]) && ascii_is_digit(text.data[at + 1]);
	return figure && (text.data[at] == ',' || text.data[at] == '.');
}

/* Where a word that begins at `at` ends. */
static size_t word_end(struct bytes text, size_t at)
{
	while (at < text.length && (utf8_is_word(text.data[at]) || joins(text, at)))
		at++;
	return at;
}

static uint64_t word_number(struct bytes open, struct bytes word)
{
	uint64_t number = UINT64_C(0xcbf29ce484222325);
	const struct bytes halves[] = { open, word };
	for (size_t half = 0; half < 2; half++)
		for (size_t i = 0; i < halves[half].length && i < LONGEST_WORD; i++)
			if (utf8_is_word(halves[half].data[i]))
				number = (number ^ (unsigned char)ascii_lower(halves[half].data[i])) * UINT64_C(0x100000001b3);
	return mixed(number);
}

uint64_t print_word(struct bytes word)
{
	return word_number(BYTES_EMPTY, word);
}

/* A web address or a mark for a picture, which a mail program puts in when it makes plain text of HTML: its length, else 0. */
static size_t insert_length(struct bytes rest)
{
	static const struct {
		const char *begins, *ends;
	} inserts[] = { { "http://", " >)]" }, { "https://", " >)]" }, { "www.", " >)]" }, { "mailto:", " >)]" }, { "[image:", "]" }, { "[cid:", "]" } };
	if (rest.length == 0 || strchr("hwm[HWM", rest.data[0]) == NULL)
		return 0;
	for (size_t i = 0; i < sizeof inserts / sizeof *inserts; i++) {
		size_t length = strlen(inserts[i].begins);
		if (!bytes_starts_with_nocase(rest, bytes_of(inserts[i].begins)))
			continue;
		while (length < rest.length && strchr(inserts[i].ends, rest.data[length]) == NULL)
			length++;
		return length;
	}
	return 0;
}

/* "3. ", "(a) ", "iv) " before an item of a list: HTML has no such words. Its length, else 0. */
static size_t numeral_length(struct bytes line)
{
	size_t start = line.length > 0 && line.data[0] == '(', at = start;
	bool digits = at < line.length && ascii_is_digit(line.data[at]);
	while (at < line.length && (digits ? ascii_is_digit(line.data[at]) : ascii_is_alpha(line.data[at])))
		at++;
	if (at == start || at - start > NUMERAL_MOST || at + 1 >= line.length || line.data[at + 1] != ' ')
		return 0;
	return line.data[at] == ')' || (line.data[at] == '.' && (digits || at - start == 1)) ? at + 1 : 0;
}

static void add_word(struct print_words *words, struct bytes word)
{
	*ARENA_PUSH(words->arena, words->items, words->count) = word_number(words->open, word);
	words->open = BYTES_EMPTY;
}

/* The line's last word goes on in the next: "confi-" and "dential". */
static bool is_open(struct bytes line, size_t end)
{
	return end + 1 == line.length && line.data[end] == '-' && ascii_is_alpha(line.data[end - 1]);
}

static struct bytes folded(struct print_words *words, struct bytes plain)
{
	plain = bytes_trim(plain);
	return bytes_are_ascii(plain) ? plain : bytes_of(unicode_key(words->arena, plain));
}

void print_add_line(struct print_words *words, struct bytes plain)
{
	struct bytes line = folded(words, plain);
	size_t at = bytes_starts_with(line, BYTES("* ")) ? 2 : numeral_length(line);
	if (line.length > 0 && words->open.length > 0 && !ascii_is_alpha(line.data[0]))
		add_word(words, BYTES_EMPTY);
	while (at < line.length) {
		bool start = at == 0 || !utf8_is_word(line.data[at - 1]);
		size_t insert = start ? insert_length(bytes_slice(line, at, line.length)) : 0;
		if (insert > 0 || !utf8_is_word(line.data[at])) {
			at += insert > 0 ? insert : 1;
			continue;
		}
		size_t end = word_end(line, at);
		if (is_open(line, end))
			words->open = bytes_slice(line, at, end);
		else
			add_word(words, bytes_slice(line, at, end));
		at = end;
	}
}

/* ---- prints --------------------------------------------------------------------------------------------------- */

static uint64_t run_number(const uint64_t *words, size_t count)
{
	uint64_t number = count;
	for (size_t i = 0; i < count; i++)
		number = mixed(number * UINT64_C(0x9e3779b97f4a7c15) + words[i]);
	return number;
}

/* The rightmost of the least among runs [first, last]. */
static size_t least_of(const uint64_t *runs, size_t first, size_t last)
{
	size_t least = first;
	for (size_t i = first + 1; i <= last; i++)
		if (runs[i] <= runs[least])
			least = i;
	return least;
}

/* An open-addressed table, never more than half full; 0 is no entry: no print is 0. */
static bool set_add(uint64_t *table, size_t size, uint64_t print)
{
	size_t at = (size_t)print & (size - 1);
	while (table[at] != 0 && table[at] != print)
		at = (at + 1) & (size - 1);
	bool added = table[at] == 0;
	table[at] = print;
	return added;
}

static void set_grow(struct print_set *set)
{
	size_t size = set->table_size == 0 ? 64 : 2 * set->table_size;
	uint64_t *table = arena_array(set->arena, size, sizeof *table);
	for (size_t i = 0; i < set->count; i++)
		set_add(table, size, set->items[i]);
	set->table = table;
	set->table_size = size;
}

void print_set_add(struct print_set *set, uint64_t print)
{
	if (2 * (set->count + 1) > set->table_size)
		set_grow(set);
	if (set_add(set->table, set->table_size, print))
		*ARENA_PUSH(set->arena, set->items, set->count) = print;
}

static uint64_t not_zero(uint64_t number)
{
	return number == 0 ? 1 : number;
}

static void winnow(const uint64_t *runs, size_t count, struct print_set *set)
{
	size_t windows = count < PRINT_WINDOW ? 1 : count - PRINT_WINDOW + 1, before = (size_t)-1;
	for (size_t i = 0; i < windows; i++) {
		size_t end = i + PRINT_WINDOW < count ? i + PRINT_WINDOW : count;
		size_t least = least_of(runs, i, end - 1);
		if (least != before)
			print_set_add(set, not_zero(runs[least]));
		before = least;
	}
}

void print_make(struct print_words *words, struct print_set *set)
{
	if (words->open.length > 0)
		add_word(words, BYTES_EMPTY);
	if (words->courtesies != NULL)
		words->count = courtesies_strip(words->courtesies, words->items, words->count);
	if (words->count < PRINT_LEAST)
		return;
	size_t run = words->count < PRINT_WORDS ? words->count : PRINT_WORDS, count = words->count - run + 1;
	uint64_t *runs = arena_array(words->arena, count, sizeof *runs);
	for (size_t i = 0; i < count; i++)
		runs[i] = run_number(words->items + i, run);
	winnow(runs, count, set);
}
