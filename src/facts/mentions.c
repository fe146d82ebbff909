/* mentions.c - does the author say, in a sentence of the letter, that a hidden person has a copy?
 *
 * To name somebody is not enough, nor is a word of copying alone: the sentence must be the author's own statement that this mail
 * goes to that person. So words of copying count with the author or this mail as what acts ("I have copied in", "this is shared
 * with") at most some words before the name, or right behind it ("Cllr Khan is copied in"); and what is denied, asked, offered or of
 * another time does not count. When in doubt the person is not told of, and a footer says it once more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <string.h>

#include "base/name_title.h"
#include "base/unicode.h"

/* Bounds for a hostile letter; nobody tells of copies in hundreds of sentences. */
#define MAX_SENTENCES 200
#define MAX_WORDS 80
#define MAX_NAME_WORDS 4
/* Words between the word of copying and the name: "copied in, as ward members, Cllrs Khan and ..." */
#define MAX_GAP 8

struct word {
	struct bytes written;
	const char *key;
};

struct sentence_words {
	const struct word *items;
	size_t count;
};

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static bool is_word_byte(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '\'' || c == '-' || (unsigned char)c >= 0x80;
}

static struct sentence_words split(struct arena *arena, struct bytes plain)
{
	struct word *words = NULL;
	size_t count = 0, at = 0;
	while (at < plain.length && count < MAX_WORDS) {
		size_t from = at;
		while (at < plain.length && is_word_byte(plain.data[at]))
			at++;
		struct bytes written = bytes_slice(plain, from, at);
		if (written.length > 0)
			*ARENA_PUSH(arena, words, count) = (struct word){ written, unicode_key(arena, written) };
		else
			at++;
	}
	return (struct sentence_words){ words, count };
}

static bool has_between(const struct sentence_words *words, size_t from, size_t to, const char *const *wanted)
{
	for (size_t i = from; i < to && i < words->count; i++)
		if (is_one_of(words->items[i].key, wanted))
			return true;
	return false;
}

/* One of `wanted` stands among the `count` words before `at`. */
static bool has_before(const struct sentence_words *words, size_t at, size_t count, const char *const *wanted)
{
	return has_between(words, at > count ? at - count : 0, at, wanted);
}

/* The sentence speaks of another time than this mail's. */
static bool is_of_the_past(const struct sentence_words *words)
{
	static const char *const past[] = { "yesterday", "previously", "ago", "ddoe", NULL };
	static const char *const spans[] = { "week", "month", "year", "time", "night", "monday", "tuesday", "wednesday", "thursday", "friday",
					     "saturday", "sunday", NULL };
	for (size_t i = 0; i < words->count; i++) {
		const char *key = words->items[i].key;
		if (is_one_of(key, past) || (strcmp(key, "last") == 0 && has_between(words, i + 1, i + 2, spans)))
			return true;
	}
	return false;
}

/* "don't", "haven't" among the `count` words before `at`. */
static bool has_short_denial(const struct sentence_words *words, size_t at, size_t count)
{
	for (size_t i = at > count ? at - count : 0; i < at; i++)
		if (bytes_ends_with(bytes_of(words->items[i].key), BYTES("n't")))
			return true;
	return false;
}

/* "I have not copied", "without copying", "should I copy", "please copy". */
static bool is_denied(const struct sentence_words *words, size_t at)
{
	static const char *const denials[] = { "not", "cannot", "never", "without", "neither", "nor", "unless", "instead", "should", "could", "would",
					       "shall", "may", "might", "whether", "thank", "thanks", "heb", "nid", "na", "diolch", NULL };
	static const char *const requests[] = { "please", "can", "to", "of", NULL };
	return has_short_denial(words, at, 4) || has_before(words, at, 4, denials) || has_before(words, at, 2, requests);
}

/* What a word of copying needs beside it to mean that somebody gets this mail. */
enum needs {
	NEEDS_TO = 1 << 0,
	NEEDS_WITH = 1 << 1,
	NEEDS_KNOW = 1 << 2,  /* "let Cllr Khan know" */
	NEEDS_SIGHT = 1 << 3, /* "let Cllr Khan have sight" */
	NEEDS_THIS = 1 << 4,  /* what is sent is this mail: "this", "also", "your email" */
	NEEDS_AUTHOR = 1 << 5, /* the author does it, not the mail */
	NEEDS_MAIL = 1 << 6,   /* "this e-mail goes to" */
	NEEDS_INTO = 1 << 7,   /* "added Cllr Khan to this thread" */
	NEEDS_IN = 1 << 8,     /* "looped Cllr Khan in" */
};
struct copy_word {
	const char *word;
	unsigned needs;
};

static const struct copy_word copy_words[] = {
	{ "copied", 0 },
	{ "copying", 0 },
	{ "copy", 0 },
	{ "copies", NEEDS_TO },
	{ "cc", 0 },
	{ "cc'd", 0 },
	{ "cc'ed", 0 },
	{ "ccd", 0 },
	{ "ccing", 0 },
	{ "cc'ing", 0 },
	{ "bcc", 0 },
	{ "bcc'd", 0 },
	{ "bcc'ing", 0 },
	{ "shared", NEEDS_WITH | NEEDS_THIS },
	{ "sharing", NEEDS_WITH | NEEDS_THIS },
	{ "share", NEEDS_WITH | NEEDS_THIS | NEEDS_AUTHOR },
	{ "sent", NEEDS_TO | NEEDS_THIS },
	{ "sending", NEEDS_TO | NEEDS_THIS },
	{ "forwarded", NEEDS_TO | NEEDS_THIS },
	{ "forwarding", NEEDS_TO | NEEDS_THIS },
	{ "letting", NEEDS_KNOW | NEEDS_AUTHOR },
	{ "letting", NEEDS_SIGHT | NEEDS_AUTHOR },
	{ "let", NEEDS_KNOW | NEEDS_AUTHOR },
	{ "let", NEEDS_SIGHT | NEEDS_AUTHOR },
	{ "giving", NEEDS_SIGHT | NEEDS_AUTHOR },
	{ "given", NEEDS_SIGHT | NEEDS_AUTHOR },
	{ "telling", NEEDS_AUTHOR },
	{ "told", NEEDS_AUTHOR },
	{ "informed", NEEDS_AUTHOR },
	{ "informing", NEEDS_AUTHOR },
	{ "goes", NEEDS_TO | NEEDS_MAIL },
	{ "going", NEEDS_TO | NEEDS_MAIL },
	{ "included", NEEDS_INTO | NEEDS_AUTHOR },
	{ "including", NEEDS_INTO | NEEDS_AUTHOR },
	{ "added", NEEDS_INTO | NEEDS_AUTHOR },
	{ "adding", NEEDS_INTO | NEEDS_AUTHOR },
	{ "brought", NEEDS_INTO | NEEDS_AUTHOR },
	{ "bringing", NEEDS_INTO | NEEDS_AUTHOR },
	{ "looped", NEEDS_IN | NEEDS_AUTHOR },
	{ "looping", NEEDS_IN | NEEDS_AUTHOR },
	{ "chopi", 0 },
	{ "copi", 0 },
	{ "gopi", 0 },
	{ "cop\u00efo", 0 },
	{ "gop\u00efo", 0 },
	{ "rhannu", NEEDS_WITH | NEEDS_AUTHOR },
	{ NULL, 0 },
};

/* Who acts: the nearest word before that can. The author ("I have"), this mail ("this is", "with a"), or, at the beginning of the
 * sentence, whoever wrote it ("Exceptionally copied to"). */
static bool is_own_act(const struct sentence_words *words, size_t at, bool author_only)
{
	static const char *const authors[] = { "i",    "i'm",   "i've",  "i'll",  "i'd",  "am",     "we", "we've",
					       "we're", "we'll", "rwyf", "rydw", "dwi", "rwy'n", "rydym", NULL };
	static const char *const mails[] = { "this", "also", "email", "e-mail", "message", "letter", "reply", "note", "with", "a",
					     "gyda", "hefyd", "hwn", NULL };
	static const char *const others[] = { "you", "he", "she", "they", "who", "somebody", "someone", NULL };
	static const char *const passives[] = { "been", "was", "were", NULL };
	if (author_only && has_before(words, at, 1, passives))
		return false;
	for (size_t back = 1; back <= 5 && back <= at; back++) {
		const char *key = words->items[at - back].key;
		if (is_one_of(key, authors))
			return true;
		if (is_one_of(key, others))
			return false;
		if (!author_only && is_one_of(key, mails))
			return true;
	}
	return at <= 1;
}

/* What goes to and fro, and has one added to it; not "the e-mail list". */
static bool is_correspondence(const struct sentence_words *words, size_t at)
{
	static const char *const mails[] = { "email", "e-mail", "mail", "message", "reply", "note", "thread", "conversation", "chain", "copy", "loop", NULL };
	static const char *const lists[] = { "list", "lists", "group", "groups", "account", "accounts", "address", "addresses", "system", NULL };
	return has_between(words, at, at + 1, mails) && !has_between(words, at + 1, at + 2, lists);
}

static bool has_needed(const struct sentence_words *words, unsigned needs, size_t at, size_t name, size_t name_end)
{
	static const char *const to[] = { "to", "at", "i", NULL }, *const with[] = { "with", "gyda", "\u00e2", NULL };
	static const char *const know[] = { "know", NULL }, *const sight[] = { "sight", NULL };
	static const char *const this[] = { "this", "also", "it", "email", "e-mail", "message", "reply", "note", "same", NULL };
	static const char *const mails[] = { "email", "e-mail", "mail", "message", "reply", "note", NULL };
	static const char *const into[] = { "in", "into", "to", "on", NULL }, *const in[] = { "in", NULL };
	static const char *const shows[] = { "show", "prove", NULL }; /* "it goes to show" */
	bool ok = true;
	if ((needs & NEEDS_TO) != 0)
		ok &= has_between(words, at + 1, name, to);
	if ((needs & NEEDS_WITH) != 0)
		ok &= has_between(words, at + 1, name, with);
	if ((needs & NEEDS_KNOW) != 0)
		ok &= has_between(words, name_end, name_end + 3, know);
	if ((needs & NEEDS_SIGHT) != 0)
		ok &= has_between(words, at + 1, name, sight) || has_between(words, name_end, name_end + 4, sight);
	if ((needs & NEEDS_THIS) != 0)
		ok &= has_before(words, name, name - at + 5, this);
	if ((needs & NEEDS_MAIL) != 0)
		ok &= has_before(words, at, 4, this) && has_before(words, at, 3, mails) && !has_between(words, at + 1, name, shows);
	if ((needs & NEEDS_INTO) != 0)
		ok &= has_between(words, name_end, name_end + 1, into) &&
		      (is_correspondence(words, name_end + 1) || is_correspondence(words, name_end + 2));
	if ((needs & NEEDS_IN) != 0)
		ok &= has_between(words, at + 1, name, in) || has_between(words, name_end, name_end + 1, in);
	return ok;
}

/* "I have copied in Cllr Khan": a word of copying some words before the name, and nothing between that turns it round. */
static bool is_copied_before(const struct sentence_words *words, size_t name, size_t name_end)
{
	static const char *const turns[] = { "from", "by", "that", "because", "about", "when", "who", "what", "of", "which", NULL };
	for (size_t at = name > MAX_GAP ? name - MAX_GAP : 0; at < name; at++) {
		if (has_between(words, at + 1, name, turns) || is_denied(words, at))
			continue;
		for (const struct copy_word *copy = copy_words; copy->word != NULL; copy++)
			if (strcmp(words->items[at].key, copy->word) == 0 && has_needed(words, copy->needs, at, name, name_end) &&
			    is_own_act(words, at, (copy->needs & NEEDS_AUTHOR) != 0))
				return true;
	}
	return false;
}

/* "Cllr Khan is copied in", "Cllr Khan has a copy", "Cllr Khan, in copy". */
static bool is_copied_behind(const struct sentence_words *words, size_t name_end)
{
	static const char *const links[] = { "is", "are", "has", "have", "in", "on", "i", "wedi", "receives", "gets", NULL };
	static const char *const copied[] = { "copied", "copy", "cc", "cc'd", "ccd", "bcc'd", "sight", "gopi", "copi", NULL };
	static const char *const fillers[] = { "also", "been", "a", "sent", "had", "now", "in", "on", "and", "blind", "getting", "derbyn", NULL };
	static const char *const of[] = { "of", NULL }, *const this[] = { "this", NULL };
	size_t at = name_end;
	if (at >= words->count || !is_one_of(words->items[at].key, links))
		return false;
	for (at++; at < words->count && is_one_of(words->items[at].key, fillers); at++)
		continue;
	if (at >= words->count || !is_one_of(words->items[at].key, copied))
		return false;
	/* "has a copy of the lease" is about another paper. */
	return !has_between(words, at + 1, at + 2, of) || has_between(words, at + 2, at + 3, this);
}

/* This mail itself: "this", "this e-mail", "a copy of this", "the same message", "y neges hon"; the word behind it, or `from` where it is not there. */
static size_t behind_this_mail(const struct sentence_words *words, size_t from)
{
	static const char *const articles[] = { "the", "y", "yr", NULL }, *const these[] = { "this", "hwn", "hon", NULL };
	static const char *const mails[] = { "email", "e-mail", "mail", "message", "note", "reply", "letter", "answer",
					     "neges", "e-bost", "ebost", "nodyn",   "ateb", NULL };
	static const char *const sames[] = { "same", NULL };
	static const char *const copies[] = { "copy", "sight", NULL }, *const of[] = { "of", NULL }, *const a[] = { "a", NULL };
	size_t at = from + has_between(words, from, from + 1, a);
	at = has_between(words, at, at + 1, copies) && has_between(words, at + 1, at + 2, of) ? at + 2 : from;
	at += has_between(words, at, at + 1, articles);
	bool same = has_between(words, at, at + 1, sames);
	at += same;
	bool mail = has_between(words, at, at + 1, mails);
	at += mail;
	bool this = has_between(words, at, at + 1, these);
	at += this;
	if (this && !mail)
		at += has_between(words, at, at + 1, mails);
	return this || (same && mail) ? at : from;
}

/* "Cllr Khan is getting this too", "Cllr Khan also receives this e-mail", "Cllr Khan will see this as well". What is got may be another
 * thing ("will get this done"), and what is seen may be thought of ("will see this as a slight"), so that hardly anything may follow. */
static bool is_reader(const struct sentence_words *words, size_t name, size_t name_end)
{
	static const char *const helpers[] = { "is", "are", "will", "be", "also", "now", "both", "yn", "hefyd", NULL };
	static const char *const gets[] = { "gets", "get", "getting", "receives", "receive", "receiving", "has", "have", "cael", "derbyn", NULL };
	static const char *const sees[] = { "sees", "see", "seeing", "gweld", NULL }, *const too[] = { "too", "also", "hefyd", NULL };
	static const char *const as[] = { "as", NULL }, *const well[] = { "well", NULL }, *const why[] = { "because", "since", "so", "gan", NULL };
	static const char *const doubts[] = { "not",  "nor",  "never", "neither", "unless", "whether", "if",   "until", "once", "before", "when",
					      "think", "hope", "wonder", "wish",  "sure",   "want",    "wants",  "wanted", "ask", "asked", "os",
					      "doubt", "trust", "ensure", "believe", "suppose", "expect", "assume", "perhaps", "maybe", NULL };
	static const char *const please[] = { "please", NULL }, *const notes[] = { "note", "aware", "remember", NULL };
	size_t verb = name_end;
	while (has_between(words, verb, verb + 1, helpers))
		verb++;
	bool sees_it = has_between(words, verb, verb + 1, sees);
	size_t end = behind_this_mail(words, verb + 1);
	if ((!sees_it && !has_between(words, verb, verb + 1, gets)) || end == verb + 1)
		return false;
	if (has_short_denial(words, name, 5) || has_before(words, name, 5, doubts) ||
	    (has_before(words, name, 5, please) && !has_before(words, name, 3, notes)))
		return false;
	if (has_between(words, name_end, verb, too) || has_between(words, end, end + 1, too) ||
	    (has_between(words, end, end + 1, as) && has_between(words, end + 1, end + 2, well)))
		return true;
	return !sees_it && (end >= words->count || has_between(words, end, end + 1, why));
}

static bool is_told(const struct sentence_words *words, size_t name, size_t name_end)
{
	return is_copied_before(words, name, name_end) || is_copied_behind(words, name_end) || is_reader(words, name, name_end);
}

/* ---- names in a sentence ------------------------------------------------------------------------------------- */

/* Words with nothing but blanks and full stops between them, as written. */
static const char *window_text(struct arena *arena, const struct sentence_words *words, size_t from, size_t count)
{
	struct bytes first = words->items[from].written, last = words->items[from + count - 1].written;
	struct bytes whole = { first.data, (size_t)(last.data + last.length - first.data) };
	for (size_t i = 0; i < whole.length; i++)
		if (strchr(",;:!?()\"", whole.data[i]) != NULL)
			return NULL;
	return arena_string_of(arena, whole);
}

static void mark(struct gathering *gathering, const struct person *person)
{
	for (size_t i = 0; i < gathering->facts->hidden_count; i++)
		if (gathering->hidden[i].person == person || gathering->hidden[i].via_list == person)
			gathering->hidden[i].in_text = true;
}

static void mark_if_one(struct gathering *gathering, const char *text)
{
	static const enum role roles[] = { ROLE_COUNCILLOR, ROLE_OFFICER, ROLE_NONE };
	const struct facts *facts = gathering->facts;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		struct person_list found = directory_by_name(gathering->arena, facts->directory, text, roles[i], facts->on);
		if (found.count == 1)
			mark(gathering, found.items[0]);
		if (found.count > 0)
			return;
	}
}

/* "Cllrs Khan and Price": a bare surname counts in a list that a plural title opens. */
static bool is_in_titled_list(const struct sentence_words *words, size_t at)
{
	bool joined = false;
	for (size_t back = at; back > 0 && at - back < MAX_GAP; back--) {
		const char *key = words->items[back - 1].key;
		const struct name_title *title = name_title_of(bytes_of(key));
		if (title != NULL && title->kind == NAME_TITLE_COUNCILLORS)
			return joined;
		joined |= strcmp(key, "and") == 0 || strcmp(key, "a") == 0 || strcmp(key, "ac") == 0;
	}
	return false;
}

/* Full names, and surnames with a title, that begin at that word. */
static void find_names_at(struct gathering *gathering, const struct sentence_words *words, size_t at)
{
	/* "the Khan report": an article is no given name, though the directory passes over it. */
	static const char *const articles[] = { "the", "and", "town", "parish", "y", "yr", "a", "vice", "deputy", NULL };
	bool titled = name_title_of(bytes_of(words->items[at].key)) != NULL;
	if (is_one_of(words->items[at].key, articles))
		return;
	for (size_t count = titled ? 2 : 1; count <= MAX_NAME_WORDS && at + count <= words->count; count++) {
		if (count == 1 && !is_in_titled_list(words, at))
			continue;
		const char *text = window_text(gathering->arena, words, at, count);
		if (text == NULL)
			return;
		if (is_told(words, at, at + count))
			mark_if_one(gathering, text);
	}
}

/* "the Mayor": one person holds that office. */
static void find_offices(struct gathering *gathering, const struct sentence_words *words)
{
	static const struct {
		const char *word;
		unsigned office;
	} offices[] = {
		{ "mayor", OFFICE_MAYOR },        { "maer", OFFICE_MAYOR },         { "chair", OFFICE_CHAIR },   { "chairman", OFFICE_CHAIR },
		{ "cadeirydd", OFFICE_CHAIR },    { "leader", OFFICE_LEADER },      { "arweinydd", OFFICE_LEADER }, { "clerk", OFFICE_CLERK },
	};
	static const char *const lesser[] = { "deputy", "vice", "dirprwy", "former", "is-gadeirydd", NULL }, *const of[] = { "of", NULL };
	const struct facts *facts = gathering->facts;
	for (size_t i = 0; i < words->count; i++)
		for (size_t j = 0; j < sizeof offices / sizeof *offices; j++) {
			if (strcmp(words->items[i].key, offices[j].word) != 0 || !is_told(words, i, i + 1))
				continue;
			/* "Chair of Planning" is another chair. */
			if (has_between(words, i == 0 ? 0 : i - 1, i, lesser) || has_between(words, i + 1, i + 2, of))
				continue;
			struct person_list holders =
				directory_with_office(gathering->arena, facts->directory, offices[j].office, facts->on);
			if (holders.count == 1)
				mark(gathering, holders.items[0]);
		}
}

/* "the Blue group", "all councillors": hidden through a list, told of by the list's name. */
static void find_lists(struct gathering *gathering, const struct sentence_words *words, const char *key)
{
	const struct facts *facts = gathering->facts;
	const struct person *last = NULL;
	for (size_t i = 0; i < facts->hidden_count; i++) {
		const struct person *list = facts->hidden[i].via_list;
		if (list == NULL || list == last || gathering->hidden[i].in_text)
			continue;
		last = list;
		const char *name = unicode_key(gathering->arena, bytes_of(list->name));
		if (strstr(key, name) == NULL)
			continue;
		struct sentence_words name_words = split(gathering->arena, bytes_of(name));
		for (size_t j = 0; name_words.count > 0 && j + name_words.count <= words->count; j++)
			if (strcmp(words->items[j].key, name_words.items[0].key) == 0 && is_told(words, j, j + name_words.count))
				mark(gathering, list);
	}
}

static bool has_copy_word(const struct sentence_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		for (const struct copy_word *copy = copy_words; copy->word != NULL; copy++)
			if (strcmp(words->items[i].key, copy->word) == 0)
				return true;
	static const char *const others[] = { "sight", "this", "same", "hwn", "hon", NULL };
	return has_between(words, 0, words->count, others);
}

/* Copy lines of the foot are judged as such, not once more as sentences. */
static bool is_foot_line(const struct facts *facts, const struct sentence *sentence)
{
	struct bytes plain = bytes_trim(sentence->plain);
	for (size_t i = 0; i < facts->copy_line_count; i++)
		if (bytes_find(plain, bytes_of(facts->copy_lines[i].text), 0) != (size_t)-1 ||
		    bytes_find(bytes_of(facts->copy_lines[i].text), plain, 0) != (size_t)-1)
			return true;
	return false;
}

void gather_mentions(struct gathering *gathering)
{
	const struct reading *reading = gathering->facts->reading;
	size_t looked_at = 0;
	for (size_t i = 0; i < reading->sentence_count && looked_at < MAX_SENTENCES && gathering->facts->hidden_count > 0; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		if (sentence->letter != reading->outer || sentence->question || is_foot_line(gathering->facts, sentence))
			continue;
		struct sentence_words words = split(gathering->arena, sentence->plain);
		if (!has_copy_word(&words) || is_of_the_past(&words))
			continue;
		looked_at++;
		for (size_t at = 0; at < words.count; at++)
			find_names_at(gathering, &words, at);
		find_offices(gathering, &words);
		find_lists(gathering, &words, unicode_key(gathering->arena, sentence->plain));
	}
}
