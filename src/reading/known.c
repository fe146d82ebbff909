/* known.c - see known.h. Texts are compared by shingles, runs of four words: a changed word spoils the four runs it stands in, and the
 * words round it are still covered by others. A line counts when nearly all of its words are covered and no longer run of others
 * stands between: that would be somebody's own sentence.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/known.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/unicode.h"

#define SHINGLE 4
#define COVERED_LEAST 8 /* words in lines that stand together, unless they are the whole of a known text */
#define FOREIGN_MOST 6  /* other words in a row */
#define NOWHERE ((size_t)-1)

struct hashes {
	uint64_t *items;
	size_t count;
};

struct known {
	char **texts; /* NULL-terminated */
	size_t count;
	struct hashes shingles, wholes;
	bool sealed;
};

/* The words of some lines. */
struct words {
	uint64_t *hashes;
	size_t *lines; /* the line each stands in */
	size_t count;
};

struct known *known_new(void)
{
	struct known *known = memory_must(calloc(1, sizeof *known));
	known->texts = memory_must(calloc(1, sizeof *known->texts));
	return known;
}

void known_free(struct known **known)
{
	if (*known == NULL)
		return;
	for (size_t i = 0; i < (*known)->count; i++)
		free((*known)->texts[i]);
	free((*known)->texts);
	free((*known)->shingles.items);
	free((*known)->wholes.items);
	free(*known);
	*known = NULL;
}

static void add_hash(struct hashes *hashes, uint64_t hash)
{
	hashes->items = memory_must(reallocarray(hashes->items, hashes->count + 1, sizeof *hashes->items));
	hashes->items[hashes->count++] = hash;
}

static uint64_t mix(uint64_t hash, uint64_t more)
{
	return (hash ^ more) * 1099511628211u;
}

static void add_words(struct arena *arena, struct bytes plain, size_t line, struct words *words)
{
	struct bytes key = bytes_of(unicode_key(arena, plain));
	for (size_t at = 0; at < key.length;) {
		uint64_t hash = 1469598103934665603u;
		size_t start = at;
		for (; at < key.length && utf8_is_word(key.data[at]); at++)
			hash = mix(hash, (unsigned char)key.data[at]);
		if (at > start) {
			size_t count = words->count;
			*ARENA_PUSH(arena, words->hashes, words->count) = hash;
			*ARENA_PUSH(arena, words->lines, count) = line;
		} else {
			at++;
		}
	}
}

/* Of words [from, to). */
static uint64_t hash_of(const struct words *words, size_t from, size_t to)
{
	uint64_t hash = to - from;
	for (size_t i = from; i < to; i++)
		hash = mix(hash, words->hashes[i] ^ words->hashes[i] >> 29);
	return hash;
}

bool known_add(struct known *known, struct bytes paragraph)
{
	struct arena *arena = arena_new();
	struct words words = { 0 };
	add_words(arena, paragraph, 0, &words);
	bool long_enough = words.count >= KNOWN_WORDS_LEAST;
	if (long_enough) {
		for (size_t i = 0; i + SHINGLE <= words.count; i++)
			add_hash(&known->shingles, hash_of(&words, i, i + SHINGLE));
		add_hash(&known->wholes, hash_of(&words, 0, words.count));
		known->texts = memory_must(reallocarray(known->texts, known->count + 2, sizeof *known->texts));
		known->texts[known->count++] = memory_must(strndup(paragraph.data, paragraph.length));
		known->texts[known->count] = NULL;
	}
	arena_free(&arena);
	return long_enough;
}

/* A paragraph of a file, as it is gathered. */
struct paragraph {
	struct text text;
	size_t line; /* where it begins, from 1 */
};

static bool end_paragraph(struct known *known, const char *name, struct paragraph *paragraph, struct error *err)
{
	bool good = paragraph->text.length == 0 || known_add(known, text_bytes(&paragraph->text));
	if (!good)
		error_set(err, ERROR_SETTINGS, "%s:%zu: \"%s\" is too short to be told from what people write themselves: at least %d words",
			  name, paragraph->line, text_string(&paragraph->text), KNOWN_WORDS_LEAST);
	text_release(&paragraph->text);
	return good;
}

bool known_read(struct known *known, const char *name, struct bytes content, struct error *err)
{
	struct paragraph paragraph = { .text = TEXT_INIT };
	struct bytes line;
	bool good = true;
	size_t number = 1;
	for (size_t at = bytes_starts_with(content, BYTES("\xef\xbb\xbf")) ? 3 : 0; good && bytes_next_line(content, &at, &line); number++) {
		struct bytes words = bytes_trim(line);
		if (bytes_starts_with(words, BYTES("#")))
			continue;
		if (!unicode_is_utf8(words) || bytes_find_char(words, '\0', 0) != NOWHERE)
			good = error_set(err, ERROR_SETTINGS, "%s:%zu: is no UTF-8 text", name, number);
		else if (words.length == 0)
			good = end_paragraph(known, name, &paragraph, err);
		else {
			if (paragraph.text.length == 0)
				paragraph.line = number;
			else
				text_add_char(&paragraph.text, ' ');
			text_add_bytes(&paragraph.text, words);
		}
	}
	if (good)
		return end_paragraph(known, name, &paragraph, err);
	text_release(&paragraph.text);
	return false;
}

static int compare(const void *left, const void *right)
{
	const uint64_t *a = left, *b = right;
	return *a < *b ? -1 : *a > *b;
}

void known_seal(struct known *known)
{
	if (known->count > 0) {
		qsort(known->shingles.items, known->shingles.count, sizeof *known->shingles.items, compare);
		qsort(known->wholes.items, known->wholes.count, sizeof *known->wholes.items, compare);
	}
	known->sealed = true;
}

static bool has(const struct hashes *hashes, uint64_t hash)
{
	return hashes->count > 0 && bsearch(&hash, hashes->items, hashes->count, sizeof hash, compare) != NULL;
}

const char *const *known_texts(const struct known *known)
{
	return (const char *const *)known->texts;
}

bool known_is_empty(const struct known *known)
{
	return known->count == 0;
}

/* Whether words [from, to), all of one line, may be a known text's. */
static bool fits(const bool *covered, size_t from, size_t to)
{
	size_t right = 0, foreign = 0, longest = 0;
	for (size_t i = from; i < to; i++) {
		right += covered[i];
		foreign = covered[i] ? 0 : foreign + 1;
		longest = foreign > longest ? foreign : longest;
	}
	return right * 4 >= (to - from) * 3 && longest <= FOREIGN_MOST;
}

static size_t end_of_line(const struct words *words, size_t from)
{
	size_t to = from;
	while (to < words->count && words->lines[to] == words->lines[from])
		to++;
	return to;
}

/* Lines that stand together count when they hold enough of a known text. */
static bool take_run(const struct known *known, const struct words *words, const bool *covered, size_t from, size_t to, bool *known_out)
{
	size_t right = 0;
	for (size_t i = from; i < to; i++)
		right += covered[i];
	if (from == to || (right < COVERED_LEAST && !has(&known->wholes, hash_of(words, from, to))))
		return false;
	for (size_t line = words->lines[from]; line <= words->lines[to - 1]; line++)
		known_out[line] = true;
	return true;
}

bool known_lines(const struct known *known, struct arena *arena, const struct bytes *lines, size_t count, bool *known_out)
{
	struct words words = { 0 };
	bool found = false;
	memset(known_out, 0, count * sizeof *known_out);
	if (known->count == 0)
		return false;
	if (!known->sealed)
		abort();
	for (size_t i = 0; i < count; i++)
		add_words(arena, lines[i], i, &words);
	bool *covered = arena_array(arena, words.count, sizeof *covered);
	for (size_t i = 0; i + SHINGLE <= words.count; i++)
		if (has(&known->shingles, hash_of(&words, i, i + SHINGLE)))
			memset(&covered[i], true, SHINGLE * sizeof *covered);
	size_t begun = 0;
	for (size_t from = 0, to; from < words.count; from = to) {
		to = end_of_line(&words, from);
		if (fits(covered, from, to))
			continue;
		found |= take_run(known, &words, covered, begun, from, known_out);
		begun = to;
	}
	return take_run(known, &words, covered, begun, words.count, known_out) || found;
}
