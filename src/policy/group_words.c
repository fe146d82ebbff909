/* group_words.c - see group_words.h. A name alone may be a colour or a lagoon: a word beside it says that the group is meant. What else
 * is said of groups is in the families of conf/library/groups.conf.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/group_words.h"

#include <string.h>

#include "base/unicode.h"

/* By their beginnings: "group" is "groups" as well. */
static const char *const behind[] = {
	/* English */
	"group", "party", "political group", "councillor", "members", "caucus", "cllrs", "administration", "manifesto", "candidate",
	"campaign", "majority", "opposition", "leaflet",
};
static const char *const before[] = {
	/* English */
	"group of the",
	/* Welsh */
	"grwp", "grŵp",
};

/* "the Blues" */
static bool is_plural(struct bytes rest)
{
	return rest.length > 0 && rest.data[0] == 's' && (rest.length == 1 || !utf8_is_word(rest.data[1]));
}

static bool word_follows(struct bytes rest)
{
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
		if (bytes_starts_with(bytes_trim(rest), bytes_of(behind[i])))
			return true;
	return false;
}

static bool word_precedes(struct bytes head)
{
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		if (bytes_ends_with(bytes_trim(head), bytes_of(before[i])))
			return true;
	return false;
}

/* "the Blue group", "Blue party group", "the Blues", "grŵp Glas": not "the Green Spaces working group". */
bool group_is_named(struct arena *arena, struct bytes plain, const char *group)
{
	const char *name = unicode_key(arena, bytes_of(group)), *text = unicode_key(arena, plain);
	size_t length = strlen(name);
	for (const char *at = strstr(text, name); at != NULL && length > 0; at = strstr(at + 1, name)) {
		if (at > text && utf8_is_word(at[-1]))
			continue;
		struct bytes rest = bytes_of(at + length), head = { text, (size_t)(at - text) };
		if (is_plural(rest))
			return true;
		if (rest.length > 0 && utf8_is_word(rest.data[0]))
			continue;
		if (word_follows(rest) || word_precedes(head))
			return true;
	}
	return false;
}
