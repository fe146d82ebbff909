/* predicates_passed.c - conditions on what a councillor wrote and the sender hands to other councillors: whether its author knows of it,
 * wanted it, or wrote what is meant to be handed on.
 *
 * "I have told him" counts when what is said to have been told, or to know, is the author: by a name, or by a pronoun with no other
 * name before it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include <string.h>

#include "base/name_title.h"
#include "base/text.h"
#include "base/unicode.h"
#include "reading/lexicon.h"

/* ---- who and whom ------------------------------------------------------------------------------------------- */

static const char *where_of(const struct passed_on *passed)
{
	static const char *const names[] = { "the message sent on", "quoted letter", "forwarded letter", "enclosed message", "attached letter" };
	return passed->letter == NULL ? "memory" : names[passed->letter->kind];
}

static void show_memory(struct question *question, const struct ancestor *ancestor)
{
	static const char *const hows[] = { "by its references", "by its thread", "enclosed", "by its file", "by its words" };
	question_evidence(question, "memory", "it descends from %s, %s%s%s", ancestor->id, hows[ancestor->how],
			  ancestor->where == NULL ? "" : " in ", ancestor->where == NULL ? "" : ancestor->where);
	if (ancestor->via != NULL)
		question_evidence(question, "memory", "by way of %s", ancestor->via->id);
}

static enum answer letter_passed_on(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->passed_count; i++) {
		const struct passed_on *passed = &facts->passed[i];
		question_evidence(question, where_of(passed), "%s wrote it, and does not get this message", passed->author->name);
		if (passed->ancestor != NULL)
			show_memory(question, passed->ancestor);
		for (size_t j = 0; j < passed->to_count; j++)
			question_evidence(question, "envelope", "%s gets it, and did not have it", passed->to[j]->name);
	}
	return answer_of(facts->passed_count > 0);
}

static bool holds(const struct facts *facts, const struct passed_on *passed, unsigned office)
{
	for (size_t i = 0; i < passed->to_count; i++)
		if ((person_offices(passed->to[i], facts->on) & office) == 0)
			return false;
	return true;
}

static enum answer passed_to_office(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->passed_count; i++)
		if (!holds(facts, &facts->passed[i], arguments->office))
			return NO;
	return answer_of(facts->passed_count > 0);
}

/* ---- the author knows --------------------------------------------------------------------------------------- */

static const char *const pronouns[] = { "he", "she", "they", "him", "her", "them", "his", "their", "ef", "fe", "hi", "ei", "iddo", "iddi", NULL };
/* Capitals that name nobody, as titles do not. */
static const char *const nobody[] = { "i",   "i've", "i'm",   "y",  "yr",   "mae",  "mi", "rwyf", "rwy'n", "dw", "dwi",
				      "wedi", "with", "as", "at", "by", "gyda", NULL };

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static bool is_inside_word(char c)
{
	return utf8_is_word(c) || c == '\'' || c == '-';
}

/* The next word of the text, without the end of a genitive; false at the end. */
static bool next_word(struct bytes text, size_t *at, struct bytes *word_out)
{
	while (*at < text.length && !is_inside_word(text.data[*at]))
		(*at)++;
	size_t from = *at;
	while (*at < text.length && is_inside_word(text.data[*at]))
		(*at)++;
	*word_out = bytes_slice(text, from, *at);
	if (word_out->length > 2 && (bytes_ends_with(*word_out, BYTES("'s")) || bytes_ends_with(*word_out, BYTES("s'"))))
		word_out->length -= word_out->data[word_out->length - 1] == '\'' ? 1 : 2;
	return word_out->length > 0;
}

static bool is_of_name(struct arena *arena, const char *name, const char *key)
{
	struct bytes word;
	for (size_t at = 0; name != NULL && next_word(bytes_of(name), &at, &word);)
		if (word.length > 1 && strcmp(unicode_key(arena, word), key) == 0)
			return true;
	return false;
}

static bool speaks_of(struct arena *arena, struct bytes words, const struct person *person)
{
	struct bytes word;
	for (size_t at = 0; next_word(words, &at, &word);) {
		const char *key = unicode_key(arena, word);
		if (is_of_name(arena, person->name, key) || is_of_name(arena, person->welsh_name, key) || is_one_of(key, pronouns))
			return true;
		bool capital = word.data[0] >= 'A' && word.data[0] <= 'Z', called = at < words.length && words.data[at] == ',';
		if (capital && !called && !is_one_of(key, nobody) && name_title_of(bytes_of(key)) == NULL) /* "Frances, Carl knows": who is called is not spoken of */
			return false;
	}
	return false;
}

/* In one sentence. */
static enum answer says_of(struct question *question, const char *family, struct bytes plain, const struct person *person)
{
	while (plain.length > 0) {
		struct phrase_match match;
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, plain, &match);
		if (said != YES)
			return said;
		if (speaks_of(question->arena, bytes_slice(plain, match.span.start, match.span.end), person))
			return YES;
		plain = bytes_slice(plain, match.span.end > 0 ? match.span.end : 1, plain.length);
	}
	return NO;
}

static enum answer author_says_of(struct question *question, const char *family, const struct person *person)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; i < reading->sentence_count && answer != YES; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		if (sentence->letter->kind == LETTER_OUTER && sentence->zone == ZONE_AUTHOR && !sentence->question)
			answer = answer_or(answer, says_of(question, family, sentence->plain, person));
	}
	return answer;
}

static enum answer every_author_told(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = answer_of(facts->passed_count > 0);
	for (size_t i = 0; i < facts->passed_count; i++)
		answer = answer_and(answer, author_says_of(question, arguments->word, facts->passed[i].author));
	return answer;
}

/* In a letter to that councillor alone, "he knows" is of somebody else. */
static enum answer exchange_told(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	const struct person *with = facts->exchange_with;
	if (with == NULL || (facts->to_councillor_count == 1 && facts->to_councillors[0] == with))
		return NO;
	return author_says_of(question, arguments->word, with);
}

/* ---- what the letter says ----------------------------------------------------------------------------------- */

/* Words of a greeting or a name by itself say nothing. */
#define SALUTATION_WORDS 3
/* So many words besides, and a letter is about something else too. */
#define BESIDES_MOST 20

/* What its author wrote, from one of the alternatives; a blank line ends a sentence as a full stop does. */
static struct bytes own_text(struct arena *arena, const struct letter *letter)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < letter->passage_count && text_bytes(&text).length == 0; i++)
		for (size_t j = 0; j < letter->passages[i].line_count; j++) {
			const struct line *line = &letter->passages[i].lines[j];
			if (line->zone != ZONE_AUTHOR)
				continue;
			bool blank = bytes_trim(line->plain).length == 0;
			text_add_bytes(&text, blank ? BYTES(".") : line->plain);
			/* a greeting has a line of its own */
			text_add_char(&text, bytes_words(line->plain) <= SALUTATION_WORDS ? '.' : ' ');
		}
	return text_to_arena(&text, arena);
}

static bool ends_sentence(struct bytes text, size_t at)
{
	return strchr(".!?;", text.data[at]) != NULL && (at + 1 == text.length || ascii_is_space(text.data[at + 1]) || text.data[at + 1] == '.');
}

static bool next_piece(struct bytes text, size_t *at, struct bytes *out)
{
	size_t from = *at;
	if (from >= text.length)
		return false;
	while (*at < text.length && !ends_sentence(text, *at))
		(*at)++;
	*out = bytes_trim(bytes_slice(text, from, *at));
	*at += *at < text.length;
	return true;
}

static struct bytes text_of(struct question *question, const struct passed_on *passed)
{
	return own_text(question->arena, passed->letter != NULL ? passed->letter : question->facts->reading->outer);
}

struct saying {
	enum answer said;
	size_t besides; /* words of the sentences that do not say it */
};

static struct saying letter_says(struct question *question, const struct passed_on *passed, const char *family)
{
	struct saying saying = { .said = NO };
	struct bytes text = text_of(question, passed), piece;
	for (size_t at = 0; next_piece(text, &at, &piece);) {
		struct phrase_match match;
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, piece, &match);
		saying.said = answer_or(saying.said, said);
		size_t words = bytes_words(piece);
		if (said == NO && words > SALUTATION_WORDS)
			saying.besides += words;
	}
	return saying;
}

static enum answer every_letter_says(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = answer_of(facts->passed_count > 0);
	for (size_t i = 0; i < facts->passed_count; i++)
		answer = answer_and(answer, letter_says(question, &facts->passed[i], arguments->word).said);
	return answer;
}

static enum answer every_letter_hardly_more(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = answer_of(facts->passed_count > 0);
	for (size_t i = 0; i < facts->passed_count; i++) {
		struct saying saying = letter_says(question, &facts->passed[i], arguments->word);
		answer = answer_and(answer, saying.besides > BESIDES_MOST ? NO : saying.said);
	}
	return answer;
}

/* By its subject too: "FW: Formal complaint". */
static enum answer every_letter_about(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	enum answer answer = answer_of(facts->passed_count > 0);
	for (size_t i = 0; i < facts->passed_count; i++) {
		const struct letter *letter = facts->passed[i].letter;
		struct phrase_match match;
		struct bytes subject = unicode_plain(question->arena, bytes_of(letter == NULL ? NULL : letter->subject));
		enum answer said = subject.length == 0 ? NO : lexicon_says(question->lexicon, question->scratch, arguments->word, subject, &match);
		answer = answer_and(answer, answer_or(said, letter_says(question, &facts->passed[i], arguments->word).said));
	}
	return answer;
}

/* ---- the Leader --------------------------------------------------------------------------------------------- */

static enum answer leader_answers(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->answers_leaders_mail);
}

const struct predicate predicates_passed[] = {
	{ "a councillor's letter is passed on to another councillor", false, false, letter_passed_on,
	  "a letter quoted, forwarded, enclosed, sent on or remembered is of a councillor who does not get this, and goes to one who did not have it" },
	{ "letters are passed on to the {office} only", false, false, passed_to_office, "all councillors who get such a letter hold that office" },
	{ "the author states {family} of every councillor whose letter is passed on", false, false, every_author_told,
	  "a phrase of the family in the author's own text, about each of them, by name or pronoun" },
	{ "the author states {family} of the councillor whose exchange it was", false, false, exchange_told,
	  "the letter answered went between officers and one councillor alone; a phrase of the family about them in the author's own text, which"
	  " is not addressed to them alone" },
	{ "every letter passed on says {family}", false, false, every_letter_says, "a phrase of the family in the newest letter of each such councillor" },
	{ "every letter passed on is about {family}", false, false, every_letter_about, "the same, in its subject too" },
	{ "every letter passed on says hardly more than {family}", false, false, every_letter_hardly_more,
	  "the same, and but for greetings it has at most 20 other words" },
	{ "the leader answers mail addressed to the leader", false, true, leader_answers,
	  "it is in the Leader's name and answers what somebody outside wrote to the Leader as such" },
	{ 0 },
};
