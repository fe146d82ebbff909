/* courtesy.c - see courtesy.h. Phrases of English and Welsh letters, by the same numbers as the words of a text.
 *
 * They are of few words, so that nothing said is lost with them; what stands before and behind one moves together.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/courtesy.h"

#include <stdlib.h>
#include <string.h>

#include "memory/print.h"

/* Words; "a|b" is either of them, "[a]" may be missing but for the first of a phrase. */
static const char *const phrases[] = {
	"thank|thanks [you] [very] [much] for your|the email|letter|message|note|reply|response|call|enquiry|help|time|patience|understanding|interest|comments",
	"many thanks for your|the email|letter|message|note|reply|response|call|help",
	"thank|thanks [you] [very] [much] in advance",
	"thank|thanks [you] [very] much", "thank you",
	"further to your|our|my [recent] email|letter|message|conversation|discussion|telephone [conversation|call]",
	"with reference|regard to your [recent] email|letter",
	"in reply|response to your [recent] email|letter|message",
	"i|we hope [that] this|you [email|letter|message] finds|are|is [you] [keeping] well",
	"hope [that] [this|all] [email] [finds] [you] [are|is] [keeping] well",
	"i|we am|are [very|so] sorry for the delay [in] [replying|responding|getting] [back] [to] [you]",
	"apologies|sorry for the [late|delay|delayed] reply|response|in [replying|responding]",
	"i|we am|are writing to [let|inform|tell] [you] [know]", "i|we am|are writing in response|reply|relation to",
	"i|we would|should be [very|most] grateful if you could|would", "i|we would appreciate it if you could|would",
	"please find|see [the] attached|enclosed|below", "attached please find", "as discussed", "for your information", "for information only",
	"let me|us know [if|whether|what] [you] [have|need|think|would] [any|anything] [further|other|more] [questions|queries|comments|information|like|else]",
	"please let me|us know [if|whether|what] [you] [have|need|think|would] [any|anything] [further|other|more] [questions|queries|comments|information|like|else]",
	"if|should you have|need|require any|anything [further|other|more] [questions|queries|comments|information|else|concerns] [about|on] [this]",
	"if you would like to discuss [this] [further]",
	"dont|not hesitate to contact|call|ask|get|write [me|us|in] [touch]",
	"please [do] not|dont hesitate|hestitate to contact|call|ask|get|write [me|us|in] [touch]",
	"please feel free to contact|call|ask|get|write [me|us|in] [touch]",
	"i|we look forward to hearing|seeing|meeting [from] you", "look|looking forward to hearing|seeing|meeting [from] you",
	"have a good|great|nice|lovely weekend|day|evening|week", "please accept my|our apologies", "with best|kind wishes|regards", "as soon as possible",
	"at your earliest convenience", "in due course", "to whom it may concern", "please keep this to yourself|yourselves",
	"please treat|keep this|it [as] [strictly] confidential", "this email|letter|message|note is [strictly] confidential", "between ourselves",
	"in [the] strictest|strict confidence", "private and confidential", "not for publication|circulation",
	"diolch [yn] [fawr] am|i|ichi [eich] [ebost|llythyr|neges|cymorth|ateb|amser]", "gobeithio [eich] [bod|ich] [chi|chin] [yn|cadwn] iawn",
	"maen ddrwg gen|gennyf i|fi|am am [yr] oedi", "edrychaf|edrychwn ymlaen at|i glywed|weld [gennych|eich]",
	"rwyn edrych ymlaen at|i glywed|weld [gennych|eich]", "peidiwch ag|a [â] oedi cyn|rhag cysylltu", "cysylltwch â mi|ni os oes [gennych]", "gweler ynghlwm|isod",
	"rhowch wybod [i] [mi|ni] os [oes]", "gydar bwriad o",
};
#define PHRASE_COUNT (sizeof phrases / sizeof *phrases)

#define ELEMENTS_MOST ((size_t)20)
#define WORDS_MOST ((size_t)800)
#define BEGINNINGS_MOST ((size_t)200)

struct element {
	size_t first, count; /* of its words, any of which will do */
	bool optional;
};
struct phrase {
	struct element elements[ELEMENTS_MOST];
	size_t count;
};
/* Of the phrases that begin with a word, in order of the words. */
struct beginning {
	uint64_t word;
	size_t phrase;
};
struct courtesies {
	struct phrase phrases[PHRASE_COUNT];
	uint64_t words[WORDS_MOST];
	size_t word_count;
	struct beginning beginnings[BEGINNINGS_MOST];
	size_t beginning_count;
};

static void add_words(struct courtesies *courtesies, struct bytes text, struct element *element)
{
	element->optional = text.data[0] == '[';
	element->first = courtesies->word_count;
	struct bytes left = bytes_strip(text, "[]");
	while (left.length > 0 && courtesies->word_count < WORDS_MOST) {
		size_t bar = bytes_find_char(left, '|', 0);
		courtesies->words[courtesies->word_count++] = print_word(bytes_slice(left, 0, bar));
		left = bar == (size_t)-1 ? BYTES_EMPTY : bytes_slice(left, bar + 1, left.length);
	}
	element->count = courtesies->word_count - element->first;
}

static void read_phrase(struct courtesies *courtesies, size_t number)
{
	struct bytes left = bytes_of(phrases[number]);
	struct phrase *phrase = &courtesies->phrases[number];
	while (left.length > 0 && phrase->count < ELEMENTS_MOST) {
		size_t end = bytes_find_char(left, ' ', 0);
		add_words(courtesies, bytes_slice(left, 0, end), &phrase->elements[phrase->count++]);
		left = end == (size_t)-1 ? BYTES_EMPTY : bytes_slice(left, end + 1, left.length);
	}
	const struct element *first = &phrase->elements[0];
	for (size_t i = 0; i < first->count && courtesies->beginning_count < BEGINNINGS_MOST; i++)
		courtesies->beginnings[courtesies->beginning_count++] = (struct beginning){ courtesies->words[first->first + i], number };
}

static int by_word(const void *a, const void *b)
{
	const struct beginning *x = a, *y = b;
	return x->word != y->word ? (x->word > y->word ? 1 : -1) : (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

const struct courtesies *courtesies_make(struct arena *arena)
{
	struct courtesies *courtesies = arena_alloc(arena, sizeof *courtesies);
	for (size_t i = 0; i < PHRASE_COUNT; i++)
		read_phrase(courtesies, i);
	qsort(courtesies->beginnings, courtesies->beginning_count, sizeof *courtesies->beginnings, by_word);
	return courtesies;
}

static bool is_one_of(const struct courtesies *courtesies, const struct element *element, uint64_t word)
{
	for (size_t i = element->first; i < element->first + element->count; i++)
		if (courtesies->words[i] == word)
			return true;
	return false;
}

/* How many words the phrase covers from the first one on; 0: it does not stand there. What may be missing is taken where it stands. */
static size_t phrase_length(const struct courtesies *courtesies, const struct phrase *phrase, const uint64_t *words, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; i < phrase->count; i++) {
		const struct element *element = &phrase->elements[i];
		if (at < count && is_one_of(courtesies, element, words[at]))
			at++;
		else if (!element->optional || i == 0)
			return 0;
	}
	return at;
}

static size_t longest_here(const struct courtesies *courtesies, const uint64_t *words, size_t count)
{
	size_t from = 0, to = courtesies->beginning_count, longest = 0;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (courtesies->beginnings[middle].word < words[0])
			from = middle + 1;
		else
			to = middle;
	}
	for (; from < courtesies->beginning_count && courtesies->beginnings[from].word == words[0]; from++) {
		size_t length = phrase_length(courtesies, &courtesies->phrases[courtesies->beginnings[from].phrase], words, count);
		longest = length > longest ? length : longest;
	}
	return longest;
}

size_t courtesies_strip(const struct courtesies *courtesies, uint64_t *words, size_t count)
{
	size_t kept = 0;
	for (size_t at = 0; at < count;) {
		size_t length = longest_here(courtesies, words + at, count - at);
		if (length == 0)
			words[kept++] = words[at++];
		at += length;
	}
	return kept;
}
