/* phrase_fill.c - see phrase_fill.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/phrase_fill.h"

#include <string.h>

#include "base/pattern.h"
#include "base/phrase.h"
#include "base/settings.h"

struct filler {
	const struct phrase_families *families;
	struct text *out;
	unsigned depth;
	struct error *err;
};

static bool is_expression(struct bytes phrase)
{
	return phrase.length > 2 && phrase.data[0] == '/' && phrase.data[phrase.length - 1] == '/';
}

/* "\p{", "\x{" ...: the brace belongs to the backslash, as does "\{". */
static bool follows_escape(struct bytes phrase, size_t at, bool expression)
{
	if (at > 0 && phrase.data[at - 1] == '\\')
		return true;
	return expression && at > 1 && phrase.data[at - 2] == '\\' && strchr("pPxNogk", phrase.data[at - 1]) != NULL;
}

static size_t next_family(struct bytes phrase, size_t from, bool expression)
{
	for (size_t at = from; at + 1 < phrase.length; at++)
		if (phrase.data[at] == '{' && ascii_is_alpha(phrase.data[at + 1]) && !follows_escape(phrase, at, expression))
			return at;
	return phrase.length;
}

bool phrase_has_family(const char *phrase)
{
	struct bytes trimmed = bytes_trim(bytes_of(phrase));
	return next_family(trimmed, 0, is_expression(trimmed)) < trimmed.length;
}

static bool fill(struct filler *filler, struct bytes phrase, bool in_expression);

/* One phrase of a family, as it stands inside the other. */
static bool fill_member(struct filler *filler, struct bytes member, bool in_expression)
{
	bool expression = is_expression(member);
	if (!in_expression && expression)
		return error_set(filler->err, ERROR_SETTINGS, "\"%.*s\" is an expression between slashes and cannot stand inside a phrase of words",
				 (int)member.length, member.data);
	if (in_expression == expression)
		return fill(filler, expression ? bytes_slice(member, 1, member.length - 1) : member, in_expression);
	struct text words = TEXT_INIT, *out = filler->out;
	filler->out = &words;
	bool good = fill(filler, member, false);
	filler->out = out;
	good = good && phrase_to_regex(text_bytes(&words), out, filler->err);
	text_release(&words);
	return good;
}

static bool fits(const struct filler *filler, const char *name)
{
	return filler->out->length <= PATTERN_MAX_LENGTH ||
	       error_set(filler->err, ERROR_SETTINGS, "with family \"%s\" filled in it is longer than %d bytes", name, PATTERN_MAX_LENGTH);
}

static bool fill_family(struct filler *filler, const char *name, bool in_expression)
{
	const char *const *phrases = filler->families->phrases(filler->families->keeper, name);
	if (phrases == NULL) {
		const char *close = settings_suggest(name, filler->families->names);
		return error_set(filler->err, ERROR_SETTINGS, "there is no family \"%s\"%s%s%s", name, close == NULL ? "" : "; did you mean \"",
				 close == NULL ? "" : close, close == NULL ? "" : "\"?");
	}
	if (filler->depth >= PHRASE_FILL_DEPTH)
		return error_set(filler->err, ERROR_SETTINGS, "family \"%s\" is made of itself, or nested too deeply", name);
	filler->depth++;
	bool good = true;
	text_add(filler->out, in_expression ? "(?:" : "(");
	for (size_t i = 0; good && phrases[i] != NULL; i++) {
		if (i > 0)
			text_add_char(filler->out, '|');
		good = fill_member(filler, bytes_trim(bytes_of(phrases[i])), in_expression) && fits(filler, name);
	}
	text_add_char(filler->out, ')');
	filler->depth--;
	return good;
}

static bool fill(struct filler *filler, struct bytes phrase, bool in_expression)
{
	for (size_t at = 0; at < phrase.length;) {
		size_t brace = next_family(phrase, at, in_expression);
		text_add_bytes(filler->out, bytes_slice(phrase, at, brace));
		if (brace == phrase.length)
			break;
		size_t end = bytes_find_char(phrase, '}', brace);
		if (end == (size_t)-1)
			return error_set(filler->err, ERROR_SETTINGS, "\"%.*s\": this \"{\" is not closed", (int)phrase.length, phrase.data);
		struct text name = TEXT_INIT;
		text_add_bytes(&name, bytes_slice(phrase, brace + 1, end));
		bool good = fill_family(filler, text_string(&name), in_expression);
		text_release(&name);
		if (!good)
			return false;
		at = end + 1;
	}
	return true;
}

bool phrase_fill(const struct phrase_families *families, const char *phrase, struct text *out, struct error *err)
{
	struct filler filler = { .families = families, .out = out, .err = err };
	struct bytes trimmed = bytes_trim(bytes_of(phrase));
	if (!is_expression(trimmed))
		return fill(&filler, trimmed, false);
	text_add_char(out, '/');
	bool good = fill(&filler, bytes_slice(trimmed, 1, trimmed.length - 1), true);
	text_add_char(out, '/');
	return good;
}
