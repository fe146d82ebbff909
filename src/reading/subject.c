/* subject.c - see subject.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/subject.h"

#define PREFIXES_MOST 50

static const struct {
	const char *word;
	bool forwards;
} prefixes[] = {
	{ "Re", false },     { "Ref", false },    { "Aw", false },         { "Antw", false },   { "Antwort", false },
	{ "Sv", false },     { "Res", false },    { "Rif", false },        { "R", false },      { "Odp", false },
	{ "Vá", false },     { "Atb", false },    { "Ateb", false },       { "Ynt", false },    { "Rép", false },
	{ "Fwd", true },     { "Fw", true },      { "Wg", true },          { "Tr", true },      { "Rv", true },
	{ "I", true },       { "Enc", true },     { "Vb", true },          { "Vs", true },      { "Videresend", true },
	{ "İLT", true },     { "Ilt", true },     { "Ymlaen", true },      { "Yml", true },     { "Pd", true },
	{ "Doorst", true },  { "Továbbítás", true }, { "Reenv", true },    { "Transf", true },  { "Fwd fwd", true },
	/* what programs answer by themselves, or for a calendar */
	{ "Automatic reply", false }, { "Auto reply", false }, { "Auto-reply", false }, { "Autoreply", false }, { "Out of office", false },
	{ "Out of office autoreply", false }, { "Out of office reply", false }, { "Ateb awtomatig", false }, { "Undeliverable", false },
	{ "Out of the office", false }, { "Automatic response", false }, { "Auto response", false }, { "Automated reply", false },
	{ "Automated response", false }, { "Auto", false }, { "Vacation", false }, { "Ymateb awtomatig", false }, { "Allan o'r swyddfa", false },
	{ "Read", false }, { "Not read", false }, { "Read receipt", false }, { "Delivered", false }, { "Undelivered", false },
	{ "Accepted", false }, { "Declined", false }, { "Tentative", false },
};

static size_t skip_blanks(struct bytes text, size_t at)
{
	while (at < text.length && ascii_is_space(text.data[at]))
		at++;
	return at;
}

/* "Re:", "RE[2]:", "Fwd (3) :"; the length with the colon, or 0. */
static size_t prefix_at(struct bytes text, size_t at, bool *forwards_out)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct bytes word = bytes_of(prefixes[i].word);
		if (!bytes_starts_with_nocase(bytes_slice(text, at, text.length), word))
			continue;
		size_t end = skip_blanks(text, at + word.length);
		if (end < text.length && (text.data[end] == '[' || text.data[end] == '(' || text.data[end] == '^')) {
			size_t digits = end + 1;
			while (digits < text.length && ascii_is_digit(text.data[digits]))
				digits++;
			if (digits > end + 1)
				end = skip_blanks(text, digits + (digits < text.length && (text.data[digits] == ']' || text.data[digits] == ')')));
		}
		if (end < text.length && text.data[end] == ':') {
			*forwards_out = prefixes[i].forwards;
			return end + 1 - at;
		}
	}
	return 0;
}

struct subject subject_read(struct arena *arena, struct bytes text)
{
	struct subject subject = { .tags = BYTES_EMPTY };
	size_t at = skip_blanks(text, 0), tags_end = 0;
	for (int n = 0; n < PREFIXES_MOST; n++) {
		bool forwards;
		size_t length = prefix_at(text, at, &forwards);
		if (length > 0) {
			if (!subject.prefixed) {
				subject.is_forward = forwards;
				subject.is_reply = !forwards;
				tags_end = at;
			}
			subject.prefixed = true;
			at = skip_blanks(text, at + length);
			continue;
		}
		/* A tag counts as before the prefix only when one follows it. */
		size_t close = at < text.length && text.data[at] == '[' ? bytes_find_char(text, ']', at) : (size_t)-1;
		if (close == (size_t)-1 || close - at > 60)
			break;
		size_t after = skip_blanks(text, close + 1);
		if (prefix_at(text, after, &forwards) == 0)
			break;
		at = after;
	}
	subject.tags = bytes_trim(bytes_slice(text, 0, tags_end));
	subject.rest = bytes_trim(bytes_slice(text, at, text.length));
	subject.bare = subject.tags.length == 0 ?
			       arena_string_of(arena, subject.rest) :
			       arena_printf(arena, "%.*s %.*s", (int)subject.tags.length, subject.tags.data, (int)subject.rest.length,
					    subject.rest.data);
	return subject;
}
