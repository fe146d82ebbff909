/* clause.c - see clause.h. Not grammar: a short list of words that begin a new statement in letters.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/clause.h"

#include <string.h>

/* After a comma or dash: a word that begins a statement of its own, perhaps behind "and". */
static bool begins_clause(struct bytes rest)
{
	static const char *const openers[] = {
		"but", "yet", "however", "though", "so", "therefore", "instead", "i", "i'm", "i'll", "i've", "we", "we're", "we'll", "we've", "the",
		"on", "you", "please", "ond", "felly", "rwy'n", "rydym", "mae'r", "ar",
	};
	while (rest.length > 0 && (ascii_is_space(rest.data[0]) || rest.data[0] == '-'))
		rest = bytes_slice(rest, 1, rest.length);
	for (unsigned skipped = 0; skipped < 2; skipped++) {
		size_t end = 0;
		while (end < rest.length && !ascii_is_space(rest.data[end]) && rest.data[end] != ',')
			end++;
		struct bytes word = bytes_slice(rest, 0, end);
		for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
			if (bytes_equal_nocase(word, bytes_of(openers[i])))
				return true;
		if (!bytes_equal_nocase(word, BYTES("and")))
			return false;
		rest = bytes_trim(bytes_slice(rest, end, rest.length));
	}
	return false;
}

/* " and you ...", " and we ...": a new subject needs no comma. */
static bool joins_subject(struct bytes rest)
{
	static const char *const joined[] = { " and you ", " and we ", " and please ", " and i ",
		" but you ", " but we ", " so you ", " so please ",
	};
	for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
		if (rest.length >= strlen(joined[i]) && bytes_equal_nocase(bytes_slice(rest, 0, strlen(joined[i])), bytes_of(joined[i])))
			return true;
	return false;
}

bool clause_ends_between(struct bytes text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		char c = text.data[i];
		bool dash = c == '-' && i > from && i + 1 < to && ascii_is_space(text.data[i - 1]) && ascii_is_space(text.data[i + 1]);
		if (c == ';' || ((c == ',' || dash) && begins_clause(bytes_slice(text, i + 1, text.length))))
			return true;
		if (c == ' ' && joins_subject(bytes_slice(text, i, text.length)))
			return true;
	}
	return false;
}
