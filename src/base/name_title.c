/* name_title.c - see name_title.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/name_title.h"

#include <string.h>

const struct name_title name_titles[] = {
	{ "cllr", NAME_TITLE_COUNCILLOR },
	{ "councillor", NAME_TITLE_COUNCILLOR },
	{ "coun", NAME_TITLE_COUNCILLOR },
	{ "alderman", NAME_TITLE_COUNCILLOR },
	{ "cyng", NAME_TITLE_COUNCILLOR },
	{ "cyngh", NAME_TITLE_COUNCILLOR },
	{ "cynghorydd", NAME_TITLE_COUNCILLOR },
	{ "gynghorydd", NAME_TITLE_COUNCILLOR }, /* "Annwyl Gynghorydd" */
	{ "y cyng", NAME_TITLE_COUNCILLOR },
	{ "y cynghorydd", NAME_TITLE_COUNCILLOR },
	{ "cllrs", NAME_TITLE_COUNCILLORS },
	{ "councillors", NAME_TITLE_COUNCILLORS },
	{ "cynghorwyr", NAME_TITLE_COUNCILLORS },
	{ "mayor", NAME_TITLE_MAYOR },
	{ "town mayor", NAME_TITLE_MAYOR },
	{ "maer", NAME_TITLE_MAYOR },
	{ "mr", NAME_TITLE_HONORIFIC },
	{ "mrs", NAME_TITLE_HONORIFIC },
	{ "ms", NAME_TITLE_HONORIFIC },
	{ "miss", NAME_TITLE_HONORIFIC },
	{ "mx", NAME_TITLE_HONORIFIC },
	{ "dr", NAME_TITLE_HONORIFIC },
	{ "prof", NAME_TITLE_HONORIFIC },
	{ "professor", NAME_TITLE_HONORIFIC },
	{ "rev", NAME_TITLE_HONORIFIC },
	{ "revd", NAME_TITLE_HONORIFIC },
	{ "reverend", NAME_TITLE_HONORIFIC },
	{ "parch", NAME_TITLE_HONORIFIC },
	{ "sir", NAME_TITLE_HONORIFIC },
	{ "dame", NAME_TITLE_HONORIFIC },
	{ "lady", NAME_TITLE_HONORIFIC },
	{ "hon", NAME_TITLE_HONORIFIC },
	{ "major", NAME_TITLE_HONORIFIC },
	{ "captain", NAME_TITLE_HONORIFIC },
	{ "colonel", NAME_TITLE_HONORIFIC },
	{ NULL, NAME_TITLE_HONORIFIC },
};

const struct name_title *name_title_of(struct bytes word)
{
	if (word.length > 0 && word.data[word.length - 1] == '.')
		word.length--;
	for (const struct name_title *title = name_titles; title->words != NULL; title++)
		if (bytes_equal_nocase(word, bytes_of(title->words)))
			return title;
	return NULL;
}

struct bytes name_behind_councillor(struct bytes name)
{
	for (const struct name_title *title = name_titles; title->words != NULL; title++) {
		struct bytes words = bytes_of(title->words), left = bytes_slice(name, words.length, name.length);
		if (title->kind != NAME_TITLE_COUNCILLOR || !bytes_starts_with_nocase(name, words))
			continue;
		if (left.length > 0 && left.data[0] == '.')
			left = bytes_slice(left, 1, left.length);
		if (left.length > 0 && left.data[0] == ' ')
			return bytes_trim(left);
	}
	return name;
}
