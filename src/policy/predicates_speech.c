/* predicates_speech.c - conditions on whom the author speaks of: an officer, a political party, a councillor.
 *
 * What is said of an officer is told with the officer's name: recusal keeps from a reviewer what names them, so that criticism of the
 * clerk reaches the second reviewer alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/group_words.h"
#include "policy/named.h"
#include "policy/predicate.h"

#include <string.h>

#include "base/unicode.h"
#include "reading/lexicon.h"

static void show(struct question *question, const char *where, struct bytes plain, const struct phrase_match *match)
{
	size_t from = match->span.start, to = match->span.end;
	while (from > 0 && !ascii_is_space(plain.data[from - 1]))
		from--;
	while (to < plain.length && !ascii_is_space(plain.data[to]))
		to++;
	question_evidence(question, where, "%.*s", (int)(to - from), plain.data + from);
}

/* ---- officers ----------------------------------------------------------------------------------------------- */

/* By what they are called in a letter; the first that stands in the words found. */
static const struct {
	const char *word;
	unsigned office;
} offices[] = {
	{ "deputy", OFFICE_DEPUTY_CLERK }, { "dirprwy", OFFICE_DEPUTY_CLERK }, { "clerk", OFFICE_CLERK },   { "clerc", OFFICE_CLERK },
	{ "glerc", OFFICE_CLERK },	   { "chlerc", OFFICE_CLERK },	       { "chief executive", OFFICE_CLERK }, { "proper officer", OFFICE_CLERK },
	{ "rfo", OFFICE_RFO },		   { "finance officer", OFFICE_RFO },  { "financial officer", OFFICE_RFO },
	/* all of them, and so the clerk too */
	{ "officers", OFFICE_CLERK },	   { "staff", OFFICE_CLERK },	       { "employees", OFFICE_CLERK },	    { "town hall", OFFICE_CLERK },
	{ "swyddogion", OFFICE_CLERK },	   { "council office", OFFICE_CLERK },
};

/* Once each: evidence has an end, and recusal goes by these. */
static void show_person(struct question *question, const struct person *person)
{
	const char *said = arena_printf(question->arena, "said of %s", person->name);
	for (size_t i = 0; i < question->evidence_count; i++)
		if (strcmp(question->evidence[i].text, said) == 0)
			return;
	question_evidence(question, "directory", "%s", said);
}

/* Whose office the words name: each of those who hold it. */
static void show_holders(struct question *question, struct bytes words)
{
	const struct facts *facts = question->facts;
	struct bytes key = bytes_of(unicode_key(question->arena, words));
	for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
		if (!bytes_have_words(key, bytes_of(offices[i].word)))
			continue;
		struct person_list holders = directory_with_office(question->arena, facts->directory, offices[i].office, facts->on);
		for (size_t k = 0; k < holders.count; k++)
			show_person(question, holders.items[k]);
		return;
	}
}

/* What is asked, sentence or remark. */
struct uttered {
	const char *where;
	struct bytes plain;
};

/* How a question asks whom a sentence means. */
struct asking {
	struct question *question;
	struct called_list officers;
	const char *family; /* what else officers are called */
	struct uttered *own;
	size_t own_count;
};

/* Somebody of the council's staff is meant in this sentence; who it is, as far as the directory tells. */
static enum answer speaks_of_officer(struct asking *asking, struct bytes plain, bool shown)
{
	struct question *question = asking->question;
	struct phrase_match match;
	const struct naming_text text = naming_text(question->arena, plain);
	const struct person *person = somebody_named(question->facts, &asking->officers, &text, NAMED_BY_ANYTHING);
	if (person != NULL && shown)
		show_person(question, person);
	enum answer called_so = lexicon_says(question->lexicon, question->scratch, asking->family, plain, &match);
	if (called_so == YES && shown)
		show_holders(question, bytes_slice(plain, match.span.start, match.span.end));
	return answer_or(answer_of(person != NULL), called_so);
}

#define LOOK_BACK 2

/* Sentence `i` speaks of an officer, or has a pronoun and what stands before it does. */
static enum answer meant_in(struct asking *asking, size_t i, bool shown)
{
	struct arena *arena = asking->question->arena;
	enum answer answer = speaks_of_officer(asking, asking->own[i].plain, shown);
	if (answer != NO || !text_has_pronoun(arena, asking->own[i].plain))
		return answer;
	for (size_t back = 1; back <= LOOK_BACK && back <= i && answer == NO; back++)
		answer = speaks_of_officer(asking, asking->own[i - back].plain, shown);
	const char *subject = asking->question->facts->reading->outer->subject;
	if (answer == NO && i < LOOK_BACK && subject != NULL)
		answer = speaks_of_officer(asking, unicode_plain(arena, bytes_of(subject)), shown);
	return answer;
}

static struct asking asking_of(struct question *question, const char *family)
{
	const struct facts *facts = question->facts;
	struct person_list officers = directory_with_role(question->arena, facts->directory, ROLE_OFFICER, facts->on);
	return (struct asking){ .question = question, .officers = called_of(question->arena, &officers), .family = family };
}

/* The author's own sentences. */
static void add_sentences(struct asking *asking)
{
	size_t count;
	const struct sentence *const *own = authors_sentences(asking->question, &count);
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(asking->question->arena, asking->own, asking->own_count) = (struct uttered){ own[i]->where, own[i]->plain };
}

/* "Quote me: ..." is the author's own as well. */
static void add_remarks(struct asking *asking)
{
	size_t count;
	const struct remark *remarks = remarks_of(asking->question, false, &count);
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(asking->question->arena, asking->own, asking->own_count) = (struct uttered){ "text", remarks[i].plain };
}

static enum answer ask_of_officer(struct asking *asking, const char *family)
{
	struct question *question = asking->question;
	struct phrase_match *matches = arena_array(question->arena, asking->own_count + 1, sizeof *matches);
	bool *found = arena_array(question->arena, asking->own_count + 1, sizeof *found);
	enum answer answer = NO;
	for (size_t i = 0; i < asking->own_count; i++) {
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, asking->own[i].plain, &matches[i]);
		enum answer both = said == NO ? NO : answer_and(said, meant_in(asking, i, false));
		found[i] = both == YES;
		if (found[i])
			meant_in(asking, i, true);
		answer = answer_or(answer, both);
	}
	for (size_t i = 0; i < asking->own_count; i++)
		if (found[i])
			show(question, asking->own[i].where, asking->own[i].plain, &matches[i]);
	return answer;
}

static enum answer of_officer(struct question *question, const struct argument *arguments)
{
	struct asking asking = asking_of(question, arguments[0].word);
	add_sentences(&asking);
	return ask_of_officer(&asking, arguments[1].word);
}

static enum answer of_officer_quoted(struct question *question, const struct argument *arguments)
{
	struct asking asking = asking_of(question, arguments[0].word);
	add_remarks(&asking);
	return ask_of_officer(&asking, arguments[1].word);
}

/* ---- said in quotation marks too ---------------------------------------------------------------------------- */

static enum answer remark_says(struct question *question, const char *family, const struct remark *remark, struct phrase_match *match)
{
	return remark->question ? NO : lexicon_says(question->lexicon, question->scratch, family, remark->plain, match);
}

static enum answer says_or_quotes(struct question *question, const struct argument *arguments)
{
	size_t count;
	const struct remark *remarks = remarks_of(question, false, &count);
	enum answer answer = NO;
	for (size_t i = 0; i < count && answer != YES; i++) {
		struct phrase_match match;
		enum answer said = remark_says(question, arguments->word, &remarks[i], &match);
		if (said == YES)
			show(question, "text", remarks[i].plain, &match);
		answer = answer_or(answer, said);
	}
	return answer;
}

/* ---- parties ------------------------------------------------------------------------------------------------ */

/* The first group of the directory that the text names; NULL: none. */
static const char *group_named(struct question *question, struct bytes plain)
{
	const struct facts *facts = question->facts;
	for (size_t i = 0; i < facts->group_count; i++)
		if (group_is_named(question->arena, plain, facts->groups[i]))
			return facts->groups[i];
	return NULL;
}

static enum answer names_party(struct question *question, struct bytes plain, const char *family)
{
	struct phrase_match match;
	if (group_named(question, plain) != NULL)
		return YES;
	return lexicon_find(question->lexicon, question->scratch, family, plain, &match);
}

/* "It would bankrupt the town": of what, the remarks before it say, or the subject. */
static enum answer party_before(struct question *question, const struct remark *remarks, size_t at, const char *family)
{
	static const char *const pronouns[] = { "it", "its", "they", "them", "their", "these", "that lot", "this lot", "nhw", "hwy", "eu", "that", "who" };
	const char *subject = question->facts->reading->outer->subject;
	if (!text_has_word_of(question->arena, remarks[at].plain, pronouns, sizeof pronouns / sizeof *pronouns))
		return NO;
	enum answer answer = at > 0 ? names_party(question, remarks[at - 1].plain, family) : NO;
	if (answer == NO && at == 0 && subject != NULL)
		answer = names_party(question, unicode_plain(question->arena, bytes_of(subject)), family);
	return answer;
}

static enum answer ask_of_party(struct question *question, const struct argument *arguments, bool or_before)
{
	size_t count;
	const struct remark *remarks = remarks_of(question, false, &count);
	enum answer answer = NO;
	for (size_t i = 0; i < count && answer != YES; i++) {
		struct phrase_match match;
		enum answer said = remark_says(question, arguments[1].word, &remarks[i], &match);
		if (said == NO)
			continue;
		enum answer named = names_party(question, remarks[i].plain, arguments[0].word);
		if (named == NO && or_before)
			named = party_before(question, remarks, i, arguments[0].word);
		said = answer_and(said, named);
		if (said == YES)
			show(question, "text", remarks[i].plain, &match);
		answer = answer_or(answer, said);
	}
	return answer;
}

static enum answer of_party(struct question *question, const struct argument *arguments)
{
	return ask_of_party(question, arguments, true);
}

static enum answer of_party_itself(struct question *question, const struct argument *arguments)
{
	return ask_of_party(question, arguments, false);
}

/* ---- councillors -------------------------------------------------------------------------------------------- */

static enum answer names_councillor(struct question *question, const struct argument *arguments)
{
	const struct facts *facts = question->facts;
	struct person_list councillors = directory_with_role(question->arena, facts->directory, ROLE_COUNCILLOR, facts->on);
	struct called_list called = called_of(question->arena, &councillors);
	size_t count;
	const struct remark *remarks = remarks_of(question, true, &count);
	enum answer answer = NO;
	for (size_t i = 0; i <= count && answer != YES; i++) {
		struct bytes plain = i < count ? remarks[i].plain : unicode_plain(question->arena, bytes_of(facts->reading->outer->subject));
		struct phrase_match match;
		const struct naming_text text = naming_text(question->arena, plain);
		const struct person *person = somebody_named(facts, &called, &text, NAMED_IN_FULL);
		enum answer named = lexicon_says(question->lexicon, question->scratch, arguments->word, plain, &match);
		const char *group = named == YES ? NULL : group_named(question, plain);
		if (person != NULL)
			question_evidence(question, i < count ? "text" : "subject", "%s is named", person->name);
		else if (named == YES)
			show(question, i < count ? "text" : "subject", plain, &match);
		else if (group != NULL)
			question_evidence(question, i < count ? "text" : "subject", "the %s group is named", group);
		answer = answer_or(answer, person != NULL || group != NULL ? YES : named);
	}
	return answer;
}

const struct predicate predicates_speech[] = {
	{ "the author speaks of an officer, by name or {family}, in {family}", false, false, of_officer,
	  "a sentence has a phrase of the second family, and it, or one of the two before a pronoun, names an officer or has a phrase of the first" },
	{ "the author says or quotes of an officer, by name or {family}, in {family}", false, false, of_officer_quoted,
	  "the same, in the letter's own text alone; what stands in quotation marks counts" },
	{ "the author says or quotes {family}", false, false, says_or_quotes,
	  "a phrase of the family in the author's own text, in no question; what stands in quotation marks counts" },
	{ "the author says or quotes of a political group, or of {family}, {family}", false, false, of_party,
	  "the same of the second family, in a sentence that names a group of the directory or has a phrase of the first, or that has "
	  "a pronoun behind one, or behind a subject, that does" },
	{ "the author says or quotes in a sentence on a political group, or on {family}, {family}", false, false, of_party_itself,
	  "the same, and no pronoun will do" },
	{ "it names a councillor, or {family}", false, false, names_councillor,
	  "a councillor other than the sender, by full name or title and surname, a group of the directory, or a phrase of the family, in the subject, the text or an attached file" },
	{ 0 },
};
