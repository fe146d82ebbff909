/* predicates_words.c - conditions on what the author says. Families of phrases come from the configuration.
 *
 * The one thing done here by hand is to tell whose council is spoken of: "Wexshire County Council accepts ..." is not
 * ours. The words with a capital before "Council" are compared with the council's name and its domains.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/party.h"
#include "policy/predicate.h"

#include <string.h>

#include "base/unicode.h"
#include "message/address.h"
#include "reading/lexicon.h"
#include "reading/sifted.h"

/* ---- showing ------------------------------------------------------------------------------------------------ */

#define SHOWN_WORDS 12

static bool is_blank(struct bytes text, size_t at)
{
	return ascii_is_space(text.data[at]);
}

/* The end of the next word at or after `at`. */
static size_t word_end(struct bytes text, size_t at)
{
	while (at < text.length && is_blank(text, at))
		at++;
	while (at < text.length && !is_blank(text, at))
		at++;
	return at;
}

static size_t word_start(struct bytes text, size_t at)
{
	while (at > 0 && is_blank(text, at - 1))
		at--;
	while (at > 0 && !is_blank(text, at - 1))
		at--;
	return at;
}

/* The match with whole words, widened to at most SHOWN_WORDS. */
static struct bytes shown(struct bytes sentence, struct pattern_span span)
{
	size_t from = span.start, to = span.end;
	while (from > 0 && !is_blank(sentence, from - 1))
		from--;
	while (to < sentence.length && !is_blank(sentence, to))
		to++;
	size_t count = bytes_words(bytes_slice(sentence, from, to));
	for (; count < SHOWN_WORDS && from > 0; count++)
		from = word_start(sentence, from);
	for (; count < SHOWN_WORDS && to < sentence.length; count++)
		to = word_end(sentence, to);
	while (count > SHOWN_WORDS) {
		to = word_start(sentence, to);
		count--;
	}
	return bytes_trim(bytes_slice(sentence, from, to));
}

static void show(struct question *question, const char *where, struct bytes sentence, struct pattern_span span)
{
	struct bytes words = shown(sentence, span);
	question_evidence(question, where, "%.*s", (int)words.length, words.data);
}

/* ---- whose council ------------------------------------------------------------------------------------------ */

/* What kind of council; a Welsh word and its mutations are the same kind as the English one. */
static const struct {
	const char *word, *kind;
} kinds[] = {
	{ "town", "town" },	    { "tref", "town" },		{ "dref", "town" },	      { "parish", "parish" },
	{ "plwyf", "parish" },	    { "community", "community" }, { "cymuned", "community" },   { "gymuned", "community" },
	{ "city", "city" },	    { "dinas", "city" },	{ "ddinas", "city" },	      { "district", "district" },
	{ "dosbarth", "district" }, { "county", "county" },	{ "sir", "county" },	      { "borough", "borough" },
	{ "bwrdeistref", "borough" },
};
/* Words that say nothing of whose council it is; a run of capitals ends at one. */
static const char *const plain_words[] = {
	"the", "of", "and", "on", "behalf", "for", "council", "councils", "full", "whole", "our", "my", "this", "that", "mayor", "chair",
	"members", "councillors", "cyngor", "y", "yr", "ar", "ran", "i", "a", "we", "as", "hereby", "&",
};

static bool is_among(struct bytes word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal_nocase(word, bytes_of(words[i])))
			return true;
	return false;
}
#define IS_AMONG(word, words) is_among((word), (words), sizeof(words) / sizeof *(words))

static bool is_capital(struct bytes text, size_t at)
{
	unsigned char c = (unsigned char)text.data[at];
	return (c >= 'A' && c <= 'Z') || c >= 0x80; /* an accented initial: "Ynys Môn", "Île" */
}

static struct bytes word_core(struct bytes word)
{
	while (word.length > 0 && strchr("(\"'", word.data[0]) != NULL)
		word = bytes_slice(word, 1, word.length);
	while (word.length > 0 && strchr(".,;:)\"'", word.data[word.length - 1]) != NULL)
		word.length--;
	return word;
}

static bool name_has_word(const char *name, struct bytes word)
{
	struct bytes whole = bytes_of(name);
	for (size_t at = 0; at < whole.length;) {
		size_t end = word_end(whole, at);
		if (bytes_equal_nocase(word_core(bytes_trim(bytes_slice(whole, at, end))), word))
			return true;
		at = end;
	}
	return false;
}

static bool domains_have_word(const struct council *council, struct bytes word)
{
	for (size_t i = 0; i < council->domain_count; i++)
		if (bytes_find_nocase(bytes_of(council->domains[i]), word, 0) != (size_t)-1)
			return true;
	return false;
}

/* The sender serves at a body of that name too: it stands in the domain of another address of theirs. */
static bool senders_other_body(const struct facts *facts, struct bytes word)
{
	const struct person *person = facts->sender.person;
	for (size_t i = 0; person != NULL && word.length > 3 && i < person->address_count; i++)
		if (!directory_is_council_domain(facts->directory, person->addresses[i]) &&
		    bytes_find_nocase(address_domain(person->addresses[i]), word, 0) != (size_t)-1)
			return true;
	return false;
}

static const char *kind_of(struct bytes word)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (bytes_equal_nocase(word, bytes_of(kinds[i].word)))
			return kinds[i].kind;
	return NULL;
}

/* What a council's name says of itself. */
struct own_name {
	bool proper;       /* a place: "The Town Council" has none, and no name in a letter can contradict it */
	bool any_kind;     /* "Town", "County" ... */
	bool same_kind;    /* the kind asked for */
};

static struct own_name own_name_of(const char *name, const char *kind)
{
	struct own_name own = { false, false, false };
	struct bytes whole = bytes_of(name);
	for (size_t at = 0; at < whole.length;) {
		size_t end = word_end(whole, at);
		struct bytes word = word_core(bytes_trim(bytes_slice(whole, at, end)));
		const char *own_kind = kind_of(word);
		own.any_kind |= own_kind != NULL;
		own.same_kind |= own_kind != NULL && kind != NULL && strcmp(own_kind, kind) == 0;
		own.proper |= word.length > 0 && own_kind == NULL && !IS_AMONG(word, plain_words);
		at = end;
	}
	return own;
}

/* Does this word beside "Council" make it somebody else's? */
static bool is_foreign_word(const struct facts *facts, struct bytes word)
{
	const struct council *council = facts->council;
	const char *kind = kind_of(word);
	struct own_name own = own_name_of(council->name, kind);
	if (kind != NULL)
		return own.any_kind && !own.same_kind;
	if (name_has_word(council->name, word) || domains_have_word(council, word))
		return false;
	return own.proper || senders_other_body(facts, word);
}

static bool is_english_council(struct bytes word)
{
	return bytes_equal_nocase(word, BYTES("council")) || bytes_equal_nocase(word, BYTES("council's"));
}

static bool is_welsh_council(struct bytes word)
{
	static const char *const words[] = { "cyngor", "gyngor", "nghyngor", "chyngor" };
	return IS_AMONG(word, words);
}

/* "county council" needs no capitals to be somebody else's. */
static bool ends_run(struct bytes word)
{
	if (word.length == 0 || IS_AMONG(word, plain_words))
		return true;
	return !is_capital(word, 0) && kind_of(word) == NULL;
}

/* "[Wexshire County] Council": the run of capitals that ends at `at`. A comma ends it: "Ann Hall, Marlbrook Town Council". */
static bool run_before_is_foreign(const struct facts *facts, struct bytes text, size_t at)
{
	while (at > 0) {
		size_t start = word_start(text, at);
		struct bytes written = bytes_trim(bytes_slice(text, start, at));
		struct bytes word = word_core(written);
		if (ends_run(word) || strchr(",;:", written.data[written.length - 1]) != NULL)
			return false;
		if (is_foreign_word(facts, word))
			return true;
		at = start;
	}
	return false;
}

/* Welsh puts the name behind: "Cyngor [Sir Wexshire]". */
static bool run_behind_is_foreign(const struct facts *facts, struct bytes text, size_t at)
{
	while (at < text.length) {
		size_t end = word_end(text, at);
		struct bytes word = word_core(bytes_trim(bytes_slice(text, at, end)));
		if (ends_run(word))
			return false;
		if (is_foreign_word(facts, word))
			return true;
		at = end;
	}
	return false;
}

/* The matched words name a council, and it is not this one. */
static bool names_other_council(const struct facts *facts, struct bytes sentence, struct pattern_span span)
{
	for (size_t at = span.start; at < span.end;) {
		size_t end = word_end(sentence, at);
		size_t start = word_start(sentence, end);
		struct bytes word = word_core(bytes_slice(sentence, start, end));
		if (is_english_council(word) && run_before_is_foreign(facts, sentence, start))
			return true;
		if (is_welsh_council(word) && run_behind_is_foreign(facts, sentence, end))
			return true;
		at = end;
	}
	return false;
}

/* ---- asking ------------------------------------------------------------------------------------------------- */

enum asked_of { ASKED_OF_ALL, ASKED_OF_STATEMENTS };

/* The family in one sentence; with `ours`, matches that speak of another council are passed over. */
static enum answer sentence_says(struct question *question, const char *family, const struct sentence *sentence, bool ours)
{
	struct bytes rest = sentence->plain;
	while (rest.length > 0) {
		struct phrase_match match;
		enum answer said = lexicon_says(question->lexicon, question->scratch, family, rest, &match);
		if (said != YES)
			return said;
		size_t offset = sentence->plain.length - rest.length;
		struct pattern_span span = { match.span.start + offset, match.span.end + offset };
		if (!ours || !names_other_council(question->facts, sentence->plain, span)) {
			show(question, sentence->where, sentence->plain, span);
			return YES;
		}
		rest = bytes_slice(sentence->plain, span.end > offset ? span.end : sentence->plain.length, sentence->plain.length);
	}
	return NO;
}

/* The sentence at or after `from` to ask next. */
static size_t next_sentence(const struct question *question, const char *family, size_t from)
{
	return question->sifted == NULL ? from : sifted_next(question->sifted, family, from);
}

/* How the author is asked. */
struct asking {
	enum asked_of of;
	bool signature; /* too */
	bool ours;      /* where it names no other council */
	bool attached;  /* in attached letters that a councillor signs, too */
};

static bool is_asked(const struct question *question, const struct asking *asking, const struct sentence *sentence)
{
	const struct facts *facts = question->facts;
	if (sentence->letter->kind == LETTER_ATTACHED && !(asking->attached && facts_is_councillors_letter(facts, sentence->letter)))
		return false;
	return !(sentence->question && asking->of == ASKED_OF_STATEMENTS) && (sentence->zone != ZONE_SIGNATURE || asking->signature);
}

static enum answer ask_author(struct question *question, const char *family, const struct asking *asking)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; (i = next_sentence(question, family, i)) < reading->sentence_count; i++)
		if (is_asked(question, asking, &reading->sentences[i]))
			answer = answer_or(answer, sentence_says(question, family, &reading->sentences[i], asking->ours));
	return answer;
}

static enum answer author_says(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_ALL });
}

static enum answer author_states(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_STATEMENTS });
}

static enum answer author_speaks_for_council(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_STATEMENTS, .signature = true, .ours = true });
}

/* "On behalf of the Council, may I ask you ...?" speaks for it too. */
static enum answer author_asks_for_council(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_ALL, .signature = true, .ours = true });
}

static enum answer letters_say(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_ALL, .attached = true });
}

static enum answer letters_state(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_STATEMENTS, .attached = true });
}

static enum answer letters_speak_for_council(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word,
			  &(struct asking){ .of = ASKED_OF_STATEMENTS, .signature = true, .ours = true, .attached = true });
}

static enum answer letters_ask_for_council(struct question *question, const struct argument *arguments)
{
	return ask_author(question, arguments->word, &(struct asking){ .of = ASKED_OF_ALL, .signature = true, .ours = true, .attached = true });
}

static enum answer subject_says(struct question *question, const struct argument *arguments)
{
	const struct letter *outer = question->facts->reading->outer;
	const char *subject = outer->bare_subject != NULL ? outer->bare_subject : outer->subject;
	if (subject == NULL)
		return NO;
	struct phrase_match match;
	struct bytes plain = unicode_plain(question->arena, bytes_of(subject));
	enum answer said = lexicon_says(question->lexicon, question->scratch, arguments->word, plain, &match);
	if (said == YES)
		show(question, "subject", plain, match.span);
	return said;
}

static enum answer is_about(struct question *question, const struct argument *arguments)
{
	return answer_or(subject_says(question, arguments), author_says(question, arguments));
}

enum answer question_is_about(struct question *question, const char *family)
{
	return is_about(question, &(struct argument){ .word = family });
}

/* Whether a sentence of the author's own text, whatever its form, says the family. */
static enum answer neighbour_says(struct question *question, const char *family, size_t at)
{
	const struct sentence *sentence = &question->facts->reading->sentences[at];
	struct phrase_match match;
	if (!is_asked(question, &(struct asking){ .of = ASKED_OF_ALL }, sentence) || next_sentence(question, family, at) != at)
		return NO;
	enum answer said = lexicon_says(question->lexicon, question->scratch, family, sentence->plain, &match);
	if (said == YES)
		show(question, sentence->where, sentence->plain, match.span);
	return said;
}

/* In that sentence, the one before or the one behind; the subject stands before the first. */
static enum answer beside_says(struct question *question, const struct argument *family, size_t at)
{
	const struct reading *reading = question->facts->reading;
	const struct letter *letter = reading->sentences[at].letter;
	enum answer answer = neighbour_says(question, family->word, at);
	bool first = at == 0 || reading->sentences[at - 1].letter != letter;
	if (answer != YES && !first)
		answer = answer_or(answer, neighbour_says(question, family->word, at - 1));
	if (answer != YES && at + 1 < reading->sentence_count && reading->sentences[at + 1].letter == letter)
		answer = answer_or(answer, neighbour_says(question, family->word, at + 1));
	if (answer != YES && first && letter == reading->outer)
		answer = answer_or(answer, subject_says(question, family));
	return answer;
}

/* Two things that mean one only together: "the group" in one sentence, and "I want it in writing" in the next. */
static enum answer says_beside(struct question *question, const struct argument *arguments, const struct asking *asking)
{
	const struct reading *reading = question->facts->reading;
	enum answer answer = NO;
	for (size_t i = 0; answer != YES && (i = next_sentence(question, arguments[0].word, i)) < reading->sentence_count; i++) {
		if (!is_asked(question, asking, &reading->sentences[i]))
			continue;
		size_t shown_before = question->evidence_count;
		enum answer said = sentence_says(question, arguments[0].word, &reading->sentences[i], false);
		if (said != NO)
			said = answer_and(said, beside_says(question, &arguments[1], i));
		if (said != YES)
			question->evidence_count = shown_before;
		answer = answer_or(answer, said);
	}
	return answer;
}

static enum answer author_says_beside(struct question *question, const struct argument *arguments)
{
	return says_beside(question, arguments, &(struct asking){ .of = ASKED_OF_ALL });
}

static enum answer author_states_beside(struct question *question, const struct argument *arguments)
{
	return says_beside(question, arguments, &(struct asking){ .of = ASKED_OF_STATEMENTS });
}

/* What headers claim: anybody can write them, so a rule should not exempt by this alone. */
static enum answer claims_automatic(struct question *question, const struct argument *arguments)
{
	return answer_of(question->facts->reading->auto_submitted);
}

const struct predicate predicates_words[] = {
	{ "the author says {family}", false, false, author_says, "a phrase of the family in the author's own text, questions too" },
	{ "the author states {family}", false, false, author_states, "the same, but not in a question" },
	{ "the author says {family} beside {family}", false, false, author_says_beside,
	  "a phrase of the first family in a sentence of the author's own text, and one of the second in the same or the next one to it, "
	  "or in the subject where it is the first" },
	{ "the author states {family} beside {family}", false, false, author_states_beside, "the same, and the first is in no question" },
	{ "the author speaks for the council in {family}", false, false, author_speaks_for_council,
	  "the same in text or signature, and no other council is named in it" },
	{ "the author speaks or asks for the council in {family}", false, false, author_asks_for_council, "the same, in a question too" },
	{ "the author or their attached letter says {family}", false, false, letters_say,
	  "the same in the author's own text, or in a letter attached to it that a councillor signs" },
	{ "the author or their attached letter states {family}", false, false, letters_state, "the same, but not in a question" },
	{ "the author or their attached letter speaks for the council in {family}", false, false, letters_speak_for_council,
	  "the same in text or signature, and no other council is named in it" },
	{ "the author or their attached letter speaks or asks for the council in {family}", false, false, letters_ask_for_council,
	  "the same, in a question too" },
	{ "the subject says {family}", false, false, subject_says, "a phrase of the family in the subject" },
	{ "it is about {family}", false, false, is_about, "a phrase of the family in the subject or the author's text" },
	{ "it claims to be automatic", false, false, claims_automatic, "its headers say auto-reply, report or receipt" },
	{ 0 },
};
