/* copy_lead.c - the grammar of a copy line: "CC councillor Khan", "c.c. Cllrs Khan, Price & Lowe", "Copi at: Cyng. Huw Jones".
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy_lead.h"

#include <string.h>

#include "base/unicode.h"

/* Longer ones first where one begins another. */
static const char *const leads[] = {
	"bcc", "b.c.c.", "cc", "c.c.", "c.c", "c/c", "copied also to", "copied to", "copies to", "copies sent to", "copies",
	"copy also to", "copy sent to", "copy to", "copy", "a copy to", "with a copy to", "gyda chopi at", "anfonwyd copi at",
	"copi at", "copi i", "copi", "copïau at", "copÏau at", "copiau at", NULL,
};

/* Bare words need a colon: "copy Cllr Khan" may be a request, "Copy: Cllr Khan" is not. */
static bool needs_colon(const char *lead)
{
	return strcmp(lead, "copies") == 0 || strcmp(lead, "copy") == 0 || strcmp(lead, "copi") == 0;
}

/* Blanks, bullets and marks of emphasis before the first word. */
static struct bytes skip_decoration(struct bytes text)
{
	text = bytes_trim(text);
	while (text.length > 0 && strchr("*_->#|", text.data[0]) != NULL)
		text = bytes_trim(bytes_slice(text, 1, text.length));
	return text;
}

static bool after_lead(const char *lead, struct bytes rest, struct bytes *rest_out)
{
	bool full_stop = lead[strlen(lead) - 1] == '.';
	bool blank = rest.length == 0 || ascii_is_space(rest.data[0]);
	rest = bytes_trim(rest);
	if (rest.length > 0 && (rest.data[0] == '*' || rest.data[0] == '_'))
		rest = skip_decoration(rest); /* "**CC:** Cllr Khan" */
	bool colon = rest.length > 0 && strchr(":-.", rest.data[0]) != NULL;
	if (!colon && (needs_colon(lead) || !(blank || full_stop)))
		return false;
	*rest_out = skip_decoration(colon ? bytes_slice(rest, 1, rest.length) : rest);
	return true;
}

bool copy_lead(struct bytes plain, struct bytes *rest_out)
{
	struct bytes text = skip_decoration(plain);
	for (size_t i = 0; leads[i] != NULL; i++) {
		struct bytes lead = bytes_of(leads[i]);
		if (bytes_starts_with_nocase(text, lead) &&
		    after_lead(leads[i], bytes_slice(text, lead.length, text.length), rest_out))
			return true;
	}
	return false;
}

bool copy_is_all(struct arena *arena, struct bytes names)
{
	static const char *const all[] = {
		"all councillors", "all cllrs", "all members", "all town councillors", "all parish councillors", "all council members",
		"all members of council", "all members of the council", "all the councillors", "every councillor", "every member",
		"pob cynghorydd", "pob aelod", "yr holl gynghorwyr", "holl gynghorwyr", "yr holl aelodau", "holl aelodau", NULL,
	};
	names = bytes_trim(names);
	while (names.length > 0 && strchr(".*_", names.data[names.length - 1]) != NULL)
		names.length--;
	const char *key = unicode_key(arena, names);
	for (size_t i = 0; all[i] != NULL; i++)
		if (strcmp(all[i], key) == 0)
			return true;
	return false;
}

/* Length of a separator at that place, or 0. */
static size_t separator_at(struct bytes names, size_t at)
{
	static const char *const words[] = { " and ", " & ", " a ", " ac ", " + ", " / ", NULL };
	if (strchr(",;&/", names.data[at]) != NULL)
		return 1;
	for (size_t i = 0; words[i] != NULL; i++)
		if (bytes_starts_with_nocase(bytes_slice(names, at, names.length), bytes_of(words[i])))
			return strlen(words[i]);
	return 0;
}

/* What stands behind a name and is none: "(ward member)", " - for information", "for information". */
static struct bytes without_remark(struct bytes name)
{
	static const char *const remarks[] = { "(", " - ", " for info", " fyi", " er gwybodaeth", NULL };
	for (size_t i = 0; remarks[i] != NULL; i++) {
		size_t at = bytes_find_nocase(name, bytes_of(remarks[i]), 0);
		if (at != (size_t)-1)
			name = bytes_slice(name, 0, at);
	}
	name = bytes_trim(name);
	while (name.length > 0 && strchr(".*_:", name.data[name.length - 1]) != NULL)
		name.length--;
	return bytes_trim(name);
}

bool copy_next_name(struct bytes names, size_t *at, struct bytes *name_out)
{
	while (*at < names.length) {
		size_t from = *at, end = from, separator = 0;
		while (end < names.length && (separator = separator_at(names, end)) == 0)
			end++;
		*at = end + separator;
		/* The blank that ends one separator may begin the next: ", and ". */
		if (separator > 1 && *at < names.length)
			(*at)--;
		*name_out = without_remark(bytes_slice(names, from, end));
		if (name_out->length > 0)
			return true;
	}
	return false;
}

bool copy_goes_on(struct bytes names)
{
	names = bytes_trim(names);
	return bytes_ends_with(names, BYTES(",")) || bytes_ends_with(names, BYTES("&")) || bytes_ends_with(names, BYTES(" and"));
}
