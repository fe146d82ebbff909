/* condition.c - see condition.h. Sentences are compared word by word with the rows of the predicate table; a row's slot
 * takes one word. What does not fit is answered with the nearest thing that would.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/condition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reading/lexicon.h"

#define SENTENCE_MOST_WORDS 40

struct words {
	struct bytes items[SENTENCE_MOST_WORDS];
	size_t count;
};

static const char *const articles[] = { "a", "an", "the" };

static bool is_article(struct bytes word)
{
	if (word.length > sizeof "the" - 1)
		return false;
	for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
		if (bytes_equal_nocase(word, bytes_of(articles[i])))
			return true;
	return false;
}

/* The next word, articles left out and commas cut off; false at the end. */
static bool next_word(struct bytes sentence, size_t *at, struct bytes *out)
{
	while (*at < sentence.length) {
		while (*at < sentence.length && ascii_is_space(sentence.data[*at]))
			++*at;
		size_t from = *at;
		while (*at < sentence.length && !ascii_is_space(sentence.data[*at]))
			++*at;
		*out = bytes_slice(sentence, from, *at);
		if (out->length > 1 && out->data[out->length - 1] == ',')
			out->length--;
		if (out->length > 0 && !is_article(*out))
			return true;
	}
	return false;
}

/* False when there are too many. */
static bool split_words(struct bytes sentence, struct words *out)
{
	struct bytes word;
	out->count = 0;
	for (size_t at = 0; next_word(sentence, &at, &word);) {
		if (out->count == SENTENCE_MOST_WORDS)
			return false;
		out->items[out->count++] = word;
	}
	return true;
}

static char *join_words(struct arena *arena, struct bytes sentence)
{
	char *joined = arena_string_of(arena, bytes_trim(sentence));
	char *to = joined;
	for (const char *from = joined; *from != '\0'; from++)
		if (!ascii_is_space(*from))
			*to++ = *from;
		else if (to > joined && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
	return joined;
}

/* ---- slots -------------------------------------------------------------------------------------------------- */

enum slot_result { SLOT_TAKEN, SLOT_REFUSED };

struct slot_reader {
	struct arena *arena;
	const struct lexicon *lexicon;
	struct error *problem; /* why the best candidate failed */
};

static enum slot_result refuse(struct slot_reader *reader, const char *kind, const char *word, const char *const *known)
{
	const char *close = known == NULL ? NULL : settings_suggest(word, known);
	error_release(reader->problem);
	if (close != NULL)
		error_set(reader->problem, ERROR_SETTINGS, "unknown %s \"%s\" (did you mean \"%s\"?)", kind, word, close);
	else
		error_set(reader->problem, ERROR_SETTINGS, "unknown %s \"%s\"", kind, word);
	return SLOT_REFUSED;
}

static enum slot_result take_role(struct slot_reader *reader, const char *word, struct argument *out)
{
	return role_parse(word, &out->role) ? SLOT_TAKEN : refuse(reader, "role", word, role_words);
}

static enum slot_result take_office(struct slot_reader *reader, const char *word, struct argument *out)
{
	return office_parse(word, &out->office) ? SLOT_TAKEN : refuse(reader, "office", word, office_words);
}

static enum slot_result take_family(struct slot_reader *reader, const char *word, struct argument *out)
{
	if (reader->lexicon != NULL && !lexicon_has(reader->lexicon, word))
		return refuse(reader, "family of phrases", word, lexicon_families(reader->lexicon));
	return SLOT_TAKEN;
}

static enum slot_result take_number(struct slot_reader *reader, const char *word, struct argument *out)
{
	char *end;
	out->number = strtol(word, &end, 10);
	if (*end == '\0' && word[0] >= '0' && word[0] <= '9' && strlen(word) <= 6)
		return SLOT_TAKEN;
	return refuse(reader, "number", word, NULL);
}

static enum slot_result take_permission(struct slot_reader *reader, const char *word, struct argument *out)
{
	return permission_parse(word, &out->permission) ? SLOT_TAKEN : refuse(reader, "permission", word, permission_words);
}

static enum slot_result take_word(struct slot_reader *reader, const char *word, struct argument *out)
{
	return SLOT_TAKEN;
}

static const struct {
	const char *name;
	enum slot_result (*take)(struct slot_reader *reader, const char *word, struct argument *out);
} slots[] = {
	{ "{role}", take_role },	 { "{office}", take_office }, { "{family}", take_family },
	{ "{number}", take_number }, { "{permission}", take_permission }, { "{word}", take_word },
};

static const size_t slot_count = sizeof slots / sizeof *slots;

static size_t slot_of(struct bytes word)
{
	for (size_t i = 0; word.data[0] == '{' && i < slot_count; i++)
		if (bytes_equal(word, bytes_of(slots[i].name)))
			return i;
	return slot_count;
}

/* ---- one sentence ------------------------------------------------------------------------------------------- */

/* All words fit, slots taking anything. Most rows are told by their first word. */
static bool has_shape(struct bytes row, const struct words *written)
{
	struct bytes word;
	size_t count = 0;
	for (size_t at = 0; next_word(row, &at, &word); count++)
		if (count == written->count || (slot_of(word) == slot_count && !bytes_equal_nocase(word, written->items[count])))
			return false;
	return count == written->count;
}

static enum slot_result take_slots(struct slot_reader *reader, struct bytes row, const struct words *written, struct term *term)
{
	struct bytes word;
	size_t taken = 0, count = 0;
	for (size_t at = 0; taken < PREDICATE_SLOTS && next_word(row, &at, &word); count++) {
		size_t slot = slot_of(word);
		if (slot == slot_count)
			continue;
		struct argument *argument = &term->arguments[taken++];
		argument->word = arena_string_of(reader->arena, written->items[count]);
		if (slots[slot].take(reader, argument->word, argument) == SLOT_REFUSED)
			return SLOT_REFUSED;
	}
	return SLOT_TAKEN;
}

#define WORD_BYTES 64

static bool is_nearly(struct bytes word, struct bytes written)
{
	char known[WORD_BYTES], given[WORD_BYTES];
	if (bytes_equal_nocase(word, written))
		return true;
	if (word.length < 4 || word.length >= WORD_BYTES || written.length >= WORD_BYTES)
		return false;
	snprintf(known, sizeof known, "%.*s", (int)word.length, word.data);
	snprintf(given, sizeof given, "%.*s", (int)written.length, written.data);
	return settings_suggest(given, (const char *const[]){ known, NULL }) != NULL;
}

static bool has_word(const struct words *written, struct bytes word)
{
	for (size_t i = 0; i < written->count; i++)
		if (is_nearly(word, written->items[i]))
			return true;
	return false;
}

/* How like a row what was written is: words in common, misspelt or not, less half for the words that are not. What stands where a
 * slot is fills it. */
static long likeness(const struct words *row, const struct words *written)
{
	long common = 0;
	for (size_t i = 0; i < row->count; i++)
		common += slot_of(row->items[i]) != slot_count ? i < written->count : has_word(written, row->items[i]);
	return 4 * common - (long)row->count - (long)written->count;
}

static size_t table_size(void)
{
	size_t count = 0;
	while (predicate_at(count) != NULL)
		count++;
	return count;
}

static const char *closest_sentence(const char *written, const struct words *words)
{
	const char **sentences = calloc(table_size() + 1, sizeof *sentences);
	if (sentences == NULL)
		abort();
	const char *like = NULL;
	long most = 0;
	for (size_t i = 0; predicate_at(i) != NULL; i++) {
		struct words row;
		sentences[i] = predicate_at(i)->sentence;
		if (!split_words(bytes_of(sentences[i]), &row) || likeness(&row, words) <= most)
			continue;
		most = likeness(&row, words);
		like = sentences[i];
	}
	const char *close = settings_suggest(written, sentences);
	free(sentences);
	return close != NULL ? close : like;
}

static bool complain_sentence(const char *written, const struct words *words, struct error *problem, struct error *err)
{
	if (problem->kind != ERROR_NONE)
		return error_set(err, ERROR_SETTINGS, "%s in \"%s\"", error_text(problem), written);
	const char *close = closest_sentence(written, words);
	if (close != NULL)
		return error_set(err, ERROR_SETTINGS, "no condition reads \"%s\" (did you mean \"%s\"?)", written, close);
	return error_set(err, ERROR_SETTINGS, "no condition reads \"%s\"", written);
}

static uint64_t key_of(const struct term *term)
{
	uint64_t key = bytes_hash(0, bytes_of(term->predicate->sentence));
	for (size_t i = 0; i < PREDICATE_SLOTS; i++)
		key = bytes_hash(key, bytes_of(term->arguments[i].word));
	return key;
}

static bool find_row(struct slot_reader *reader, const struct words *words, struct term *out)
{
	for (const struct predicate *const *subject = predicate_subjects; *subject != NULL; subject++)
		for (const struct predicate *row = *subject; row->sentence != NULL; row++) {
			struct term term = { .predicate = row, .negated = out->negated };
			if (!has_shape(bytes_of(row->sentence), words) || take_slots(reader, bytes_of(row->sentence), words, &term) == SLOT_REFUSED)
				continue;
			term.key = key_of(&term);
			*out = term;
			return true;
		}
	return false;
}

static bool parse_term(struct arena *arena, struct bytes written, const struct lexicon *lexicon, struct term *out,
		       struct error *err)
{
	written = bytes_trim(written);
	*out = (struct term){ .negated = bytes_starts_with_nocase(written, BYTES("not:")) };
	if (out->negated)
		written = bytes_trim(bytes_slice(written, sizeof "not:" - 1, written.length));
	const char *sentence = join_words(arena, written);
	struct words words;
	if (!split_words(bytes_of(sentence), &words))
		return error_set(err, ERROR_SETTINGS, "a condition has more than %d words: \"%.60s...\"", SENTENCE_MOST_WORDS,
				 sentence);
	if (words.count == 0)
		return error_set(err, ERROR_SETTINGS, "a condition is empty");
	struct error problem = ERROR_INIT;
	struct slot_reader reader = { arena, lexicon, &problem };
	bool found = find_row(&reader, &words, out) || complain_sentence(sentence, &words, &problem, err);
	error_release(&problem);
	return found;
}

/* ---- joined sentences --------------------------------------------------------------------------------------- */

/* The piece up to `mark`, which stands between blanks; *rest_out is what follows it, or empty with *more_out false. */
static struct bytes cut_at(struct bytes whole, struct bytes mark, struct bytes *rest_out, bool *more_out)
{
	for (size_t at = bytes_find_nocase(whole, mark, 0); at != (size_t)-1; at = bytes_find_nocase(whole, mark, at + 1)) {
		if (at > 0 && !ascii_is_space(whole.data[at - 1]))
			continue;
		*rest_out = bytes_slice(whole, at + mark.length, whole.length);
		*more_out = true;
		return bytes_slice(whole, 0, at);
	}
	*rest_out = BYTES_EMPTY;
	*more_out = false;
	return whole;
}

static bool parse_alternative(struct arena *arena, struct bytes written, const struct lexicon *lexicon, struct alternative *out,
			      struct error *err)
{
	struct term *terms = NULL;
	bool more = true;
	*out = (struct alternative){ NULL, 0 };
	while (more) {
		struct bytes piece = cut_at(written, BYTES("and:"), &written, &more);
		if (!parse_term(arena, piece, lexicon, ARENA_PUSH(arena, terms, out->count), err))
			return false;
	}
	out->terms = terms;
	return true;
}

bool condition_parse(struct arena *arena, const char *written, const struct lexicon *lexicon, const struct condition **out,
		     struct error *err)
{
	struct condition *condition = arena_alloc(arena, sizeof *condition);
	struct alternative *alternatives = NULL;
	struct bytes rest = bytes_of(written);
	bool more = true;
	condition->sentence = join_words(arena, rest);
	while (more) {
		struct bytes piece = cut_at(rest, BYTES("or:"), &rest, &more);
		struct alternative *alternative = ARENA_PUSH(arena, alternatives, condition->count);
		if (!parse_alternative(arena, piece, lexicon, alternative, err))
			return false;
		for (size_t i = 0; i < alternative->count; i++)
			condition->per_recipient |= alternative->terms[i].predicate->per_recipient;
	}
	condition->alternatives = alternatives;
	*out = condition;
	return true;
}
