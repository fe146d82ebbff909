/* attribution.c - see attribution.h. Languages put date, name and verb in any order: "Am 3. März schrieb Ruth Ames:", "Ruth Ames
 * <a@x> skrev den 3 mars:". The date is what has digits and stands apart from the name; the name is what stands beside the
 * address or the verb.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/attribution.h"

#include "reading/intro_people.h"
#include "reading/intro_words.h"

#define NOWHERE ((size_t)-1)
#define EDGES ",:;<>()[]\"'*- \t"
#define WORDS_BEFORE_DATE 4
#define WORDS_BEHIND_VERB 8
#define WORDS_BEHIND_VERB_MOST 12 /* with an address among them */
#define WORDS_OF_NAME 8

bool attribution_has_time(struct bytes text)
{
	for (size_t i = 1; i + 2 < text.length; i++)
		if ((text.data[i] == ':' || text.data[i] == '.') && ascii_is_digit(text.data[i - 1]) &&
		    ascii_is_digit(text.data[i + 1]) && ascii_is_digit(text.data[i + 2]))
			return true;
	return false;
}

static size_t first_digit(struct bytes text)
{
	for (size_t i = 0; i < text.length; i++)
		if (ascii_is_digit(text.data[i]))
			return i;
	return NOWHERE;
}

bool attribution_begins(struct bytes line)
{
	size_t digit = first_digit(line);
	struct bytes address;
	if (intro_opener(line) > 0)
		return true;
	/* "Ruth Ames <a@x>" on a line of its own, "schrieb am ..." below it. */
	if (intro_find_address(line, 0, &address) && bytes_words(bytes_slice(line, 0, (size_t)(address.data - line.data))) <= WORDS_BEFORE_DATE)
		return true;
	return digit != NOWHERE && bytes_words(bytes_slice(line, 0, digit)) <= WORDS_BEFORE_DATE && bytes_find_char(line, '.', 0) != 0;
}

/* Behind the last piece of a date or time before `end`. */
static size_t date_end(struct bytes text, size_t end)
{
	static const char *const tails[] = { "AM", "PM", "a.m.", "p.m.", "GMT", "UTC", "BST", "CET", "CEST", "EST", "EDT", "CST", "CDT", "MST",
					     "MDT", "PST", "PDT", "IST", "EET", "EEST", "MEZ", "MESZ", "WET", "WEST", "Uhr", "om", "г.", "р.",
					     "tarihinde", "keltezéssel", "π.μ.", "μ.μ.", NULL };
	size_t at = 0;
	for (size_t i = 0; i < end; i++)
		if (ascii_is_digit(text.data[i]))
			at = i + 1;
	while (at < end && !ascii_is_space(text.data[at]) && text.data[at] != ',' && text.data[at] != '"')
		at++;
	for (bool more = at > 0; more;) {
		more = false;
		size_t word = at;
		while (word < end && (ascii_is_space(text.data[word]) || text.data[word] == ',' || text.data[word] == '('))
			word++;
		for (size_t i = 0; tails[i] != NULL && !more; i++) {
			struct bytes tail = bytes_of(tails[i]);
			size_t behind = word + tail.length;
			if (behind <= end && bytes_equal_nocase(bytes_slice(text, word, behind), tail) &&
			    (behind == end || !ascii_is_alpha(text.data[behind]))) {
				at = behind;
				more = true;
			}
		}
	}
	return at;
}

/* The sentence cut into its pieces. */
struct pieces {
	struct bytes text, address;
	bool has_address;
	size_t verb, verb_end;       /* both at the end where there is none */
	size_t name_start, name_end; /* of the name */
};

/* "... skrev Ruth Ames <a@x>:" */
static bool name_follows_verb(const struct pieces *pieces, size_t name_end)
{
	return pieces->verb < name_end && pieces->verb_end < pieces->text.length &&
	       bytes_strip(bytes_slice(pieces->text, pieces->verb_end, name_end), "<([:* \t-").length > 0;
}

/* The only digits stand behind the verb, so the name stands before it: "Ruth Ames schreef op 3 maart:". */
static bool date_follows_verb(const struct pieces *pieces)
{
	size_t digit = first_digit(pieces->text);
	bool name_behind = pieces->has_address && pieces->address.data > pieces->text.data + pieces->verb_end;
	return digit != NOWHERE && digit > pieces->verb_end && !name_behind &&
	       bytes_strip(bytes_slice(pieces->text, 0, pieces->verb), EDGES).length > 0 && intro_opener(pieces->text) == 0;
}

static void find_name(struct pieces *pieces)
{
	struct bytes text = pieces->text;
	pieces->name_end = pieces->has_address ? (size_t)(pieces->address.data - text.data) : text.length;
	if (!date_follows_verb(pieces) && name_follows_verb(pieces, pieces->name_end)) {
		pieces->name_start = pieces->verb_end;
	} else {
		if (pieces->verb < pieces->name_end)
			pieces->name_end = pieces->verb;
		pieces->name_start = date_end(text, pieces->name_end);
		if (first_digit(text) == NOWHERE || first_digit(text) >= pieces->name_end)
			pieces->name_start = intro_opener(text);
	}
	size_t quote = bytes_find_char(bytes_slice(text, 0, pieces->name_end), '"', pieces->name_start);
	if (quote != NOWHERE && quote + 1 < pieces->name_end)
		pieces->name_start = quote;
}

/* What Hungarian and Turkish put behind a date to say "on". */
static struct bytes without_case_word(struct bytes date)
{
	static const char *const words[] = { " keltezéssel", " tarihinde" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bytes_ends_with(date, bytes_of(words[i])))
			date.length -= bytes_of(words[i]).length;
	return date;
}

/* The digits' side of the name: before it, behind the verb, or between the address and the verb. */
static struct bytes date_of(const struct pieces *pieces)
{
	struct bytes text = pieces->text, date;
	size_t end = pieces->verb < pieces->name_start ? pieces->verb : pieces->name_start;
	date = bytes_slice(text, intro_opener(text), date_end(text, end));
	if (first_digit(date) == NOWHERE) {
		size_t from = pieces->has_address ? (size_t)(pieces->address.data - text.data) + pieces->address.length : 0;
		date = bytes_slice(text, pieces->verb_end > from ? pieces->verb_end : from, text.length);
		if (first_digit(date) == NOWHERE)
			date = bytes_slice(text, from, pieces->verb);
		date = bytes_strip(date, ",:;<>[]\"'* \t");
		date = bytes_slice(date, intro_opener(date), date.length);
	}
	date = without_case_word(bytes_strip(date, ",:;<[\"'* \t"));
	if (bytes_ends_with(date, BYTES(")")) && bytes_find_char(date, '(', 0) == NOWHERE)
		date.length--;
	return first_digit(date) == NOWHERE ? BYTES_EMPTY : date;
}

static bool is_particle(struct bytes word)
{
	static const char *const particles[] = { "via", "de", "van", "von", "der", "den", "la", "le", "of", "and", "ap", "ab", "ferch", "al",
						 "bin", "da", "do", "dos", "du", "e", "y", "i", "per", "für", "at" };
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
		if (bytes_equal(word, bytes_of(particles[i])))
			return true;
	return false;
}

/* Words as people, offices and lists are called; prose has small words among them. */
static bool is_like_name(struct bytes name)
{
	size_t words = 0;
	bool small = false;
	for (size_t at = 0; at < name.length;) {
		size_t end = at;
		while (end < name.length && !ascii_is_space(name.data[end]))
			end++;
		struct bytes word = bytes_slice(name, at, end);
		small = small || (word.data[0] >= 'a' && word.data[0] <= 'z' && !is_particle(word) && bytes_find_char(word, '@', 0) == NOWHERE);
		words++;
		for (at = end; at < name.length && ascii_is_space(name.data[at]);)
			at++;
	}
	return words <= WORDS_OF_NAME && (words <= 1 || !small);
}

/* Words that belong to the verb, or that Google writes for "user". */
static struct bytes without_helpers(struct bytes name)
{
	static const char *const helpers[] = { "heeft", "hat", "har", "ha", "a", "on", "пользователь", "użytkownik", "uživatel", "používateľ",
					       "korisnik", "utilizatorul", "user", "from", "by", "gan", "odesílatel", "odosielateľ",
					       "je oseba", "lietotājs", "ο χρήστης", "vartotojas" };
	for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
		struct bytes helper = bytes_of(helpers[i]);
		if (bytes_starts_with(name, helper) && name.length > helper.length && ascii_is_space(name.data[helper.length]))
			return bytes_trim(bytes_slice(name, helper.length, name.length));
	}
	return name;
}

static struct bytes name_of(const struct pieces *pieces)
{
	struct bytes name = without_helpers(bytes_strip(bytes_slice(pieces->text, pieces->name_start, pieces->name_end), EDGES));
	bool somebody = !bytes_equal_nocase(name, BYTES("you")) && !bytes_equal_nocase(name, BYTES("I"));
	return somebody ? name : BYTES_EMPTY;
}

static void take_pieces(struct arena *arena, const struct pieces *pieces, struct bytes name, struct intro *out)
{
	struct bytes date = date_of(pieces);
	if (date.length > 0)
		out->date = arena_string_of(arena, date);
	if (name.length == 0 && pieces->address.length == 0)
		return;
	struct mailbox *from = arena_alloc(arena, sizeof *from);
	from->name = name.length == 0 ? NULL : arena_string_of(arena, name);
	from->address = arena_string_of(arena, pieces->address);
	out->from = (struct mailbox_list){ from, 1, false };
}

bool attribution_read(struct arena *arena, struct bytes text, struct intro *out)
{
	text = bytes_strip(text, "*- \t");
	bool colon = bytes_ends_with(text, BYTES(":"));
	struct pieces pieces = { .text = text, .address = BYTES_EMPTY, .verb = text.length, .verb_end = text.length };
	pieces.has_address = intro_find_address(text, 0, &pieces.address);
	size_t digit = first_digit(text);
	bool has_verb = intro_find_verb(text, &pieces.verb, &pieces.verb_end);
	bool verb_last = has_verb && bytes_strip(bytes_slice(text, pieces.verb_end, text.length), ": \t").length == 0;
	if (!colon && !(verb_last && pieces.has_address))
		return false;
	bool dated = digit != NOWHERE && (!pieces.has_address || digit < (size_t)(pieces.address.data - text.data) || digit > pieces.verb_end ||
					  pieces.verb > (size_t)(pieces.address.data - text.data));
	size_t most = pieces.has_address && dated ? WORDS_BEHIND_VERB_MOST : WORDS_BEHIND_VERB;
	if (has_verb && !verb_last && bytes_words(bytes_slice(text, pieces.verb_end, text.length)) > most)
		return false;
	bool named = has_verb && verb_last && bytes_words(text) <= 8; /* "Ruth Ames wrote:" */
	bool bare = !has_verb && dated && pieces.has_address && bytes_ends_with(text, BYTES(">:"));
	bool unknown_verb = !has_verb && dated && attribution_has_time(text) && intro_opener(text) > 0 && bytes_words(text) <= 20;
	if (!bare && !unknown_verb && !(has_verb && (dated || pieces.has_address || named)))
		return false;
	find_name(&pieces);
	struct bytes name = name_of(&pieces);
	out->kind = INTRO_ATTRIBUTION;
	out->strong = !unknown_verb && is_like_name(name) && (name.length > 0 || pieces.has_address) &&
		      ((digit != NOWHERE && (pieces.has_address || attribution_has_time(text))) || (pieces.has_address && verb_last));
	take_pieces(arena, &pieces, name, out);
	return true;
}
