/* lexicon_say.c - asking a lexicon what is said in a text; see lexicon.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lexicon_parts.h"
#include "reading/clause.h"

#define WORDS_BEFORE 6 /* between a weakening phrase and what it weakens */

/* The family that is asked for, or NULL. */
static const struct family *asked_family(const struct lexicon *lexicon, const char *name)
{
	const struct family *family = lexicon_family_named(lexicon, name);
	if (family != NULL || lexicon->only == NULL)
		return family;
	for (const char *const *only = lexicon->only; *only != NULL; only++)
		if (strcmp(*only, name) == 0)
			return NULL;
	abort();
}

/* The patterns of a family that may match in a text, in turn. What the sieve found stays while no other text is asked about. */
struct choice {
	const uint64_t *candidates; /* NULL: all */
	size_t at;
};

static struct choice choose(const struct lexicon *lexicon, struct pattern_scratch *scratch, struct bytes text)
{
	return (struct choice){ lexicon->sieve == NULL ? NULL : sieve_candidates(lexicon->sieve, scratch, text), 0 };
}

static const struct pattern *choice_next(struct choice *choice, const struct family *family)
{
	size_t next = choice->at;
	if (choice->candidates != NULL)
		next = sieve_next(choice->candidates, family->first + next, family->first + family->pattern_count) - family->first;
	choice->at = next + 1;
	return next < family->pattern_count ? family->patterns[next] : NULL;
}

static enum answer find_in(const struct lexicon *lexicon, const struct family *family, struct pattern_scratch *scratch, struct bytes plain,
			   struct phrase_match *match_out)
{
	enum answer worst = NO;
	const struct pattern *pattern;
	for (struct choice choice = choose(lexicon, scratch, plain); (pattern = choice_next(&choice, family)) != NULL;) {
		struct pattern_span span;
		enum answer answer = pattern_find(pattern, scratch, plain, 0, &span);
		if (answer == YES) {
			*match_out = (struct phrase_match){ family->name, pattern_source(pattern), span };
			return YES;
		}
		if (answer == UNKNOWN)
			worst = UNKNOWN;
	}
	return worst;
}

enum answer lexicon_find(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *family, struct bytes plain,
			 struct phrase_match *match_out)
{
	const struct family *found = asked_family(lexicon, family);
	return found == NULL ? NO : find_in(lexicon, found, scratch, plain, match_out);
}

enum answer lexicon_next(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *name, struct bytes plain,
			 size_t from, struct phrase_match *match_out)
{
	const struct family *family = asked_family(lexicon, name);
	enum answer best = NO;
	const struct pattern *pattern;
	if (family == NULL)
		return NO;
	for (struct choice choice = choose(lexicon, scratch, plain); (pattern = choice_next(&choice, family)) != NULL;) {
		struct pattern_span span;
		enum answer answer = pattern_find(pattern, scratch, plain, from, &span);
		bool better = answer == YES && (best != YES || span.start < match_out->span.start ||
						(span.start == match_out->span.start && span.end > match_out->span.end));
		if (better)
			*match_out = (struct phrase_match){ family->name, pattern_source(pattern), span };
		if (answer != NO && best != YES)
			best = answer;
	}
	return best;
}

static size_t words_between(struct bytes text, size_t from, size_t to)
{
	size_t words = 0;
	for (size_t i = from; i < to; i++)
		words += !ascii_is_space(text.data[i]) && (i == from || ascii_is_space(text.data[i - 1]));
	return words;
}

/* A phrase of the family ends close before `start`. */
static enum answer stands_before(const struct lexicon *lexicon, const struct family *family, struct pattern_scratch *scratch,
				 struct bytes sentence, size_t start, bool in_clause)
{
	enum answer worst = NO;
	const struct pattern *pattern;
	for (struct choice choice = choose(lexicon, scratch, sentence); (pattern = choice_next(&choice, family)) != NULL;) {
		struct pattern_span span = { 0, 0 };
		for (size_t from = 0; from < start; from = span.end > from ? span.end : from + 1) {
			enum answer answer = pattern_find(pattern, scratch, sentence, from, &span);
			if (answer == UNKNOWN)
				worst = UNKNOWN;
			if (answer != YES || span.end > start)
				break;
			if (words_between(sentence, span.end, start) <= WORDS_BEFORE &&
			    !(in_clause && clause_ends_between(sentence, span.end, start)))
				return YES;
		}
	}
	return worst;
}

static enum answer one_stands_before(const struct lexicon *lexicon, struct pattern_scratch *scratch, const struct names *names,
				     struct bytes sentence, size_t start, bool in_clause)
{
	enum answer worst = NO;
	for (size_t i = 0; i < names->count; i++) {
		const struct family *other = lexicon_family_named(lexicon, names->items[i]);
		enum answer answer = other == NULL ? NO : stands_before(lexicon, other, scratch, sentence, start, in_clause);
		if (answer == YES)
			return YES;
		if (answer == UNKNOWN)
			worst = UNKNOWN;
	}
	return worst;
}

static enum answer weakened_at(const struct lexicon *lexicon, struct pattern_scratch *scratch, const struct family *family,
			       struct bytes sentence, size_t start)
{
	enum answer before = one_stands_before(lexicon, scratch, &family->unless_before, sentence, start, false);
	if (before == YES)
		return YES;
	enum answer in_clause = one_stands_before(lexicon, scratch, &family->unless_in_clause, sentence, start, true);
	return in_clause == NO ? before : in_clause;
}

static enum answer weakened_anywhere(const struct lexicon *lexicon, struct pattern_scratch *scratch, const struct family *family,
				     struct bytes sentence)
{
	enum answer worst = NO;
	struct phrase_match match;
	for (size_t i = 0; i < family->unless.count; i++) {
		enum answer answer = lexicon_find(lexicon, scratch, family->unless.items[i], sentence, &match);
		if (answer == YES)
			return YES;
		if (answer == UNKNOWN)
			worst = UNKNOWN;
	}
	return worst;
}

/* One phrase's matches in turn, until one stands that nothing before it weakens. */
static enum answer says_phrase(const struct lexicon *lexicon, struct pattern_scratch *scratch, const struct family *family,
			       const struct pattern *pattern, struct bytes sentence, struct phrase_match *match_out)
{
	enum answer worst = NO;
	struct pattern_span span = { 0, 0 };
	for (size_t from = 0; from <= sentence.length; from = span.end > from ? span.end : from + 1) {
		enum answer answer = pattern_find(pattern, scratch, sentence, from, &span);
		if (answer != YES)
			return answer == UNKNOWN ? UNKNOWN : worst;
		enum answer weakened = weakened_at(lexicon, scratch, family, sentence, span.start);
		if (weakened == YES)
			continue;
		*match_out = (struct phrase_match){ family->name, pattern_source(pattern), span };
		if (weakened == NO)
			return YES;
		worst = UNKNOWN;
	}
	return worst;
}

enum answer lexicon_says(const struct lexicon *lexicon, struct pattern_scratch *scratch, const char *name, struct bytes sentence,
			 struct phrase_match *match_out)
{
	const struct family *family = asked_family(lexicon, name);
	enum answer said = NO;
	const struct pattern *pattern;
	if (family == NULL)
		return NO;
	for (struct choice choice = choose(lexicon, scratch, sentence); said != YES && (pattern = choice_next(&choice, family)) != NULL;) {
		enum answer answer = says_phrase(lexicon, scratch, family, pattern, sentence, match_out);
		if (answer != NO)
			said = answer;
	}
	if (said == NO)
		return NO;
	enum answer weakened = weakened_anywhere(lexicon, scratch, family, sentence);
	if (weakened == YES)
		return NO;
	return weakened == UNKNOWN ? UNKNOWN : said;
}
