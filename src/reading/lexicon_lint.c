/* lexicon_lint.c - phrases that can be compiled and yet never count, count twice, or can take too long.
 *
 * Text is held against phrases in its plain form (unicode.h), in which some characters never stand; a phrase that asks for one
 * waits for ever.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/regex_strain.h"
#include "base/unicode.h"
#include "lexicon_parts.h"

enum lexicon_class { LEXICON_NEVER_MATCHES, LEXICON_WEAKENED, LEXICON_TWICE, LEXICON_STRAIN };

const struct finding_class lexicon_classes[] = {
	[LEXICON_NEVER_MATCHES] = { "phrase-never-matches", "a phrase has a character that no text has in the form phrases are held against",
				    "Write the plain character: ' and \" for curly quotes, - for dashes, a space, letters with their accents in one." },
	[LEXICON_WEAKENED] = { "phrase-always-weakened", "a phrase has in it what takes its own meaning away, so that it never counts",
			       "Take it out, put it in a family of its own, or take the family from `unless`." },
	[LEXICON_TWICE] = { "duplicate-phrase", "a family has the same phrase twice, in one file or in two", "Take one of the two out." },
	[LEXICON_STRAIN] = { "regex-blows-up", "an expression gives up on a short text, so that the rule cannot be answered",
			     "Let a repetition not hold another one of the same: (a+)+ is a+; write {0,6} for *, or [^.]* for .*" },
	{ NULL, NULL, NULL },
};

size_t lexicon_phrase_count(const struct lexicon *lexicon, const char *name)
{
	const struct family *family = lexicon_family_named(lexicon, name);
	return family == NULL ? 0 : family->pattern_count;
}

bool lexicon_phrase_at(const struct lexicon *lexicon, struct arena *arena, const char *name, size_t index, struct lexicon_phrase *out)
{
	const struct family *family = lexicon_family_named(lexicon, name);
	if (family == NULL || index >= family->sources.count || index >= family->pattern_count)
		return false;
	const char *place = family->sources.places[index], *colon = place == NULL ? NULL : strrchr(place, ':');
	*out = (struct lexicon_phrase){ .family = family->name, .written = family->sources.items[index], .pattern = family->patterns[index] };
	if (colon != NULL) {
		out->file = arena_string_of(arena, (struct bytes){ place, (size_t)(colon - place) });
		out->line = atoi(colon + 1);
	}
	return true;
}

struct looking {
	const struct lexicon *lexicon;
	struct findings *findings;
	struct arena *arena;
	struct pattern_scratch *scratch;
};

static void tell(const struct looking *looking, enum lexicon_class class, const struct lexicon_phrase *phrase, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#define SHOWN_MOST ((size_t)60)

static void tell(const struct looking *looking, enum lexicon_class class, const struct lexicon_phrase *phrase, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *words = arena_vprintf(looking->arena, format, args);
	va_end(args);
	struct bytes whole = bytes_of(phrase->written), shown = bytes_slice(whole, 0, whole.length < SHOWN_MOST ? whole.length : SHOWN_MOST);
	while (shown.length > 0 && shown.length < whole.length && ((unsigned char)whole.data[shown.length] & 0xc0) == 0x80)
		shown.length--;
	findings_add(looking->findings, &lexicon_classes[class], phrase->file, phrase->line, "%s: \"%.*s%s\" %s", phrase->family, (int)shown.length,
		     shown.data, shown.length < whole.length ? "..." : "", words);
}

/* ---- characters that never stand in a text ------------------------------------------------------------------ */

static bool is_regex(const char *written)
{
	return bytes_starts_with(bytes_trim(bytes_of(written)), BYTES("/"));
}

/* Blanks are all one; in an expression, what stands in [ ] is only one of several. */
static struct bytes required(struct arena *arena, const char *written)
{
	struct text text = TEXT_INIT;
	bool regex = is_regex(written), inside = false;
	for (const char *c = written; *c != '\0'; c++) {
		if (regex && *c == '\\' && c[1] != '\0' && (unsigned char)c[1] < 0x80)
			c++;
		else if (regex && *c == '[')
			inside = true;
		else if (regex && *c == ']')
			inside = false;
		if (!inside)
			text_add_char(&text, ascii_is_space(*c) ? ' ' : *c);
	}
	return text_to_arena(&text, arena);
}

static void check_characters(const struct looking *looking, const struct lexicon_phrase *phrase)
{
	struct bytes wanted = required(looking->arena, phrase->written), plain = unicode_plain(looking->arena, wanted);
	if (bytes_equal(wanted, plain))
		return;
	size_t at = 0;
	while (at < wanted.length && at < plain.length && wanted.data[at] == plain.data[at])
		at++;
	while (at > 0 && ((unsigned char)wanted.data[at] & 0xc0) == 0x80)
		at--;
	size_t end = at + 1;
	while (end < wanted.length && ((unsigned char)wanted.data[end] & 0xc0) == 0x80)
		end++;
	tell(looking, LEXICON_NEVER_MATCHES, phrase, "can never match where it has \"%.*s\": text is held against it with such characters made plain",
	     (int)(end - at), wanted.data + at);
}

/* ---- phrases that weaken themselves ------------------------------------------------------------------------- */

/* Nothing but words: what it matches is itself. */
static bool is_plain_words(const char *written)
{
	return strpbrk(written, "()[]{}|*/\\") == NULL && strstr(written, "...") == NULL;
}

static bool is_said(const struct looking *looking, const char *family, const char *sentence)
{
	struct phrase_match match;
	return lexicon_says(looking->lexicon, looking->scratch, family, unicode_plain(looking->arena, bytes_of(sentence)), &match) != NO;
}

/* By itself and among other words. */
static void check_weakened(const struct looking *looking, const struct lexicon_phrase *phrase)
{
	struct bytes plain = unicode_plain(looking->arena, bytes_of(phrase->written));
	struct pattern_span span;
	const char *written = phrase->written, *family = phrase->family;
	if (!is_plain_words(written) || pattern_find(phrase->pattern, looking->scratch, plain, 0, &span) != YES)
		return;
	if (!is_said(looking, family, written) && !is_said(looking, family, arena_printf(looking->arena, "zz %s zz", written)) &&
	    !is_said(looking, family, arena_printf(looking->arena, "Zz zz, %s.", written)))
		tell(looking, LEXICON_WEAKENED, phrase, "never counts: it has in it a phrase of what takes its meaning away");
}

/* ---- phrases twice ------------------------------------------------------------------------------------------ */

struct keyed {
	const char *key;
	size_t index;
};

static int compare_keyed(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order != 0 ? order : x->index < y->index ? -1 : 1;
}

static void check_twice(const struct looking *looking, const char *family)
{
	struct keyed *keys = NULL;
	size_t count = 0;
	struct lexicon_phrase phrase, other;
	for (size_t i = 0; lexicon_phrase_at(looking->lexicon, looking->arena, family, i, &phrase); i++) {
		/* In an expression, \s and \S are not the same. */
		const char *key = is_regex(phrase.written) ? phrase.written : unicode_key(looking->arena, bytes_of(phrase.written));
		*ARENA_PUSH(looking->arena, keys, count) = (struct keyed){ key, i };
	}
	if (count > 1)
		qsort(keys, count, sizeof *keys, compare_keyed);
	for (size_t i = 1; i < count; i++)
		if (strcmp(keys[i].key, keys[i - 1].key) == 0 && lexicon_phrase_at(looking->lexicon, looking->arena, family, keys[i].index, &phrase) &&
		    lexicon_phrase_at(looking->lexicon, looking->arena, family, keys[i - 1].index, &other) && phrase.file != NULL && other.file != NULL)
			tell(looking, LEXICON_TWICE, &phrase, "stands there already (%s:%d)", other.file, other.line);
}

/* ---- expressions that give up ------------------------------------------------------------------------------- */

static void check_strain(const struct looking *looking, const struct lexicon_phrase *phrase)
{
	struct bytes source = bytes_trim(bytes_of(pattern_source(phrase->pattern)));
	if (source.length < 3 || source.data[0] != '/')
		return;
	struct bytes regex = bytes_slice(source, 1, source.length - 1);
	const char *text = regex_strain(looking->arena, regex, phrase->pattern, looking->scratch);
	if (text != NULL)
		tell(looking, LEXICON_STRAIN, phrase, "gives up on a text of %zu characters that begins \"%.24s\"", strlen(text), text);
}

void lexicon_lint(const struct lexicon *lexicon, struct findings *findings)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	for (const char *const *family = lexicon_families(lexicon); *family != NULL; family++) {
		struct arena *arena = arena_new();
		const struct looking looking = { lexicon, findings, arena, scratch };
		struct lexicon_phrase phrase;
		for (size_t i = 0; lexicon_phrase_at(lexicon, arena, *family, i, &phrase); i++) {
			if (phrase.file == NULL)
				continue;
			check_characters(&looking, &phrase);
			check_weakened(&looking, &phrase);
			check_strain(&looking, &phrase);
		}
		check_twice(&looking, *family);
		arena_free(&arena);
	}
	pattern_scratch_free(&scratch);
}
