/* name.c - does a name that somebody wrote fit a person?
 *
 * A name is taken apart into words: case, accents, apostrophes, titles before and post-nominals behind do not count, hyphens
 * part words. The written name fits when its surname is the person's, and of the two lists of given names the shorter is found
 * in the longer in the same order; an initial stands for any name that begins with it, and so does the beginning of a name from
 * three letters on (Fran for Frances).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "base/unicode.h"

/* A written "name" beyond this is a text. */
#define NAME_MAX_BYTES 200
#define NAME_MAX_WORDS 16

/* Words before a name. They are dropped while another word follows, so that somebody may be called Major. */
static const char *const titles[] = {
	"alderman", "ald",   "and",   "arweinydd", "baroness", "cadeirydd", "canon",  "capt",  "captain", "chair", "chairman",
	"chairperson", "chairwoman", "clerc", "clerk", "cllr", "cllrs", "col", "colonel", "coun", "councillor", "councillors",
	"cyng", "cynghorwr", "cynghorwyr", "cynghorydd", "dame", "deputy", "dirprwy", "dr", "father", "fr", "hon", "honourable",
	"lady", "leader", "lord", "lt", "maer", "maj", "major", "mayor", "mayoress", "miss", "mr", "mrs", "ms", "mx", "officer",
	"parish", "prof", "professor", "rev", "revd", "reverend", "rfo", "right", "rt", "sgt", "sir", "the", "town", "vice", "y", "yr",
	NULL,
};

/* Letters behind a name; they count as such only in capitals, because Ma and Dean may be surnames. */
static const char *const post_nominals[] = {
	"AM", "ACA", "ACCA", "AS", "BA", "BEM", "BSC", "CBE", "CH", "CILCA", "CIPFA", "CPFA", "DL", "ESQ", "FCA", "FCCA", "FSLCC", "JP",
	"KBE", "KC", "LLB", "LLM", "MA", "MBA", "MBE", "MD", "MEP", "MP", "MS", "MSC", "MSP", "OBE", "PHD", "PSLCC", "QC", "RN", "TD",
	NULL,
};

static bool listed(const char *const *words, const char *word)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

/* NFKD without the marks, so that "Siân" is "Sian". The input is short and valid UTF-8. */
static const char *without_accents(struct arena *arena, const char *text)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
	int32_t capacity = (int32_t)strlen(text) + 1, length = 0;
	UChar *wide = arena_array(arena, (size_t)capacity, sizeof *wide);
	u_strFromUTF8(wide, capacity, &length, text, -1, &status);
	/* One character decomposes into 18 units at most (U+FDFA). */
	UChar *apart = arena_array(arena, (size_t)length * 18 + 1, sizeof *apart);
	int32_t apart_length = unorm2_normalize(nfkd, wide, length, apart, length * 18 + 1, &status), kept = 0;
	for (int32_t i = 0; i < apart_length; i++)
		if (u_charType(apart[i]) != U_NON_SPACING_MARK)
			apart[kept++] = apart[i];
	char *plain = arena_alloc(arena, (size_t)kept * 3 + 1);
	u_strToUTF8(plain, kept * 3 + 1, NULL, apart, kept, &status);
	if (U_FAILURE(status))
		abort();
	return plain;
}

static bool is_capital_word(const char *word)
{
	bool letters = false;
	for (; *word != '\0'; word++) {
		if (*word >= 'a' && *word <= 'z')
			return false;
		letters |= *word >= 'A' && *word <= 'Z';
	}
	return letters;
}

struct written_word {
	char *text;
	bool joined; /* by a hyphen to the one before */
};

/* The words of a name as written, case kept, parentheses left out. */
static size_t split_words(struct arena *arena, const char *text, struct written_word *words)
{
	static const char ends[] = " .,-/&\"*_|:;()[]<>\t\r\n";
	size_t count = 0, depth = 0;
	bool joined = false;
	while (*text != '\0' && count < NAME_MAX_WORDS) {
		size_t length = strcspn(text, ends);
		if (length == 0) {
			depth += *text == '(';
			depth -= *text == ')' && depth > 0;
			joined = *text == '-' && count > 0;
			text++;
			continue;
		}
		char *word = arena_alloc(arena, length + 1);
		size_t kept = 0;
		for (size_t i = 0; i < length; i++)
			if (text[i] != '\'' && text[i] != '`')
				word[kept++] = text[i];
		if (kept > 0 && depth == 0)
			words[count++] = (struct written_word){ word, joined };
		joined = false;
		text += length;
	}
	return count;
}

/* How many words are left when the letters behind the name are dropped: "BEM", "B.E.M.". */
static size_t drop_post_nominals(const struct written_word *words, size_t count)
{
	size_t letters = 0;
	bool all_capitals = true;
	for (size_t i = 0; i < count; i++)
		all_capitals &= is_capital_word(words[i].text);
	while (letters < count && strlen(words[count - 1 - letters].text) == 1)
		letters++;
	if (letters >= 2 && letters < count)
		count -= letters;
	while (count > 1 && !all_capitals && listed(post_nominals, words[count - 1].text))
		count--;
	return count;
}

struct name_words name_words_of(struct arena *arena, const char *name)
{
	struct name_words out = { NULL, 0, 0 };
	struct bytes bytes = bytes_slice(bytes_of(name), 0, NAME_MAX_BYTES);
	struct bytes plain = unicode_plain(arena, unicode_repair(arena, bytes));
	struct written_word words[NAME_MAX_WORDS];
	size_t count = split_words(arena, without_accents(arena, arena_string_of(arena, plain)), words), first = 0;
	count = drop_post_nominals(words, count);
	const char **items = arena_array(arena, count + 1, sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = unicode_key(arena, bytes_of(words[i].text));
	while (first + 1 < count && listed(titles, items[first]))
		first++;
	out.items = items + first;
	out.count = count - first;
	out.surname = out.count == 0 ? 0 : out.count - 1;
	while (out.surname > 0 && words[first + out.surname].joined)
		out.surname--;
	return out;
}

enum fit { FIT_NONE, FIT_SURNAME, FIT_INITIALS, FIT_PART, FIT_EXACT };

static bool is_one_character(const char *word)
{
	size_t at = 0;
	U8_FWD_1_UNSAFE(word, at);
	return word[at] == '\0';
}

static enum fit fit_of_word(const char *a, const char *b)
{
	struct bytes x = bytes_of(a), y = bytes_of(b);
	if (bytes_equal(x, y))
		return FIT_EXACT;
	bool shortened = bytes_starts_with(y, x) && (x.length >= 3 || is_one_character(a));
	bool lengthened = bytes_starts_with(x, y) && (y.length >= 3 || is_one_character(b));
	return shortened || lengthened ? FIT_INITIALS : FIT_NONE;
}

/* The shorter run of given names within the longer, in order. */
static enum fit fit_of_given(const char *const *few, size_t few_count, const char *const *many, size_t many_count)
{
	enum fit worst = few_count == many_count ? FIT_EXACT : FIT_PART;
	size_t at = 0;
	for (size_t i = 0; i < few_count; i++) {
		enum fit fit = FIT_NONE;
		while (at < many_count && fit == FIT_NONE)
			fit = fit_of_word(few[i], many[at++]);
		if (fit == FIT_NONE)
			return FIT_NONE;
		if (fit < worst)
			worst = fit;
	}
	return worst;
}

static bool same_tail(const struct name_words *a, const struct name_words *b, size_t length)
{
	if (length > a->count || length > b->count)
		return false;
	for (size_t i = 1; i <= length; i++)
		if (strcmp(a->items[a->count - i], b->items[b->count - i]) != 0)
			return false;
	return true;
}

static enum fit fit_of_name(const struct name_words *written, const struct name_words *known)
{
	size_t surname = known->count - known->surname;
	if (known->count == 0 || !same_tail(written, known, surname))
		return FIT_NONE;
	/* "Webb-Hall" is not Hall, unless the directory writes Webb Hall. */
	size_t written_surname = written->count - written->surname;
	if (written_surname > surname && !same_tail(written, known, written_surname))
		return FIT_NONE;
	size_t given = written->count - surname, known_given = known->count - surname;
	if (given == 0)
		return known_given == 0 ? FIT_EXACT : FIT_SURNAME;
	if (given <= known_given)
		return fit_of_given(written->items, given, known->items, known_given);
	return fit_of_given(known->items, known_given, written->items, given);
}

struct candidate {
	const struct person *person;
	enum fit fit;
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->fit != y->fit)
		return x->fit > y->fit ? -1 : 1;
	return x->person->line - y->person->line;
}

static enum fit fit_of_person(struct arena *arena, const struct name_words *written, const struct person *person)
{
	struct name_words known = name_words_of(arena, person->name);
	enum fit fit = fit_of_name(written, &known);
	if (person->welsh_name == NULL)
		return fit;
	known = name_words_of(arena, person->welsh_name);
	enum fit welsh = fit_of_name(written, &known);
	return welsh > fit ? welsh : fit;
}

static struct person_list find_words(struct arena *arena, const struct directory *directory, const struct name_words *written,
				     enum role role, calendar_date on)
{
	size_t entry_count, count = 0;
	if (written->count == 0)
		return (struct person_list){ NULL, 0 };
	const struct entry *entries = index_find(&directory->surnames, written->items[written->count - 1], &entry_count);
	struct candidate *candidates = arena_array(arena, entry_count + 1, sizeof *candidates);
	for (size_t i = 0; i < entry_count; i++) {
		const struct person *person = entries[i].person;
		if (role != ROLE_NONE && !person_has_role(person, role, on))
			continue;
		enum fit fit = fit_of_person(arena, written, person);
		if (fit != FIT_NONE)
			candidates[count++] = (struct candidate){ person, fit };
	}
	if (count > 1)
		qsort(candidates, count, sizeof *candidates, compare_candidates);
	const struct person **items = arena_array(arena, count + 1, sizeof *items);
	size_t kept = 0;
	/* A name that is exactly somebody's is not meant for those it fits loosely. */
	for (; kept < count && (candidates[0].fit != FIT_EXACT || candidates[kept].fit == FIT_EXACT); kept++)
		items[kept] = candidates[kept].person;
	return (struct person_list){ items, kept };
}

/* "Vaughan, Eleri" has the surname first, "Eleri Vaughan, Town Mayor" has not, "Town Mayor, Eleri Vaughan" neither. */
static struct person_list find_with_comma(struct arena *arena, const struct directory *directory, struct bytes left,
					  struct bytes right, enum role role, calendar_date on)
{
	struct name_words words = name_words_of(arena, arena_string_of(arena, left));
	if (words.surname > 0)
		return find_words(arena, directory, &words, role, on);
	bool title_only = words.count == 0 || listed(titles, words.items[0]);
	words = name_words_of(arena, arena_printf(arena, "%.*s %.*s", (int)right.length, right.data, (int)left.length, left.data));
	struct person_list found = find_words(arena, directory, &words, role, on);
	if (found.count > 0 || !title_only)
		return found;
	words = name_words_of(arena, arena_string_of(arena, right));
	return find_words(arena, directory, &words, role, on);
}

struct person_list directory_by_name(struct arena *arena, const struct directory *directory, const char *written, enum role role,
				     calendar_date on)
{
	struct bytes text = bytes_slice(bytes_of(written), 0, NAME_MAX_BYTES);
	size_t comma = bytes_find_char(text, ',', 0);
	if (comma != (size_t)-1) {
		size_t end = bytes_find_char(text, ',', comma + 1);
		return find_with_comma(arena, directory, bytes_slice(text, 0, comma), bytes_slice(text, comma + 1, end), role, on);
	}
	struct name_words words = name_words_of(arena, arena_string_of(arena, text));
	return find_words(arena, directory, &words, role, on);
}
