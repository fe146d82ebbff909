/* tenure.c - one term of somebody in words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include "base/text.h"

static void add_offices(struct text *text, const struct tenure *tenure)
{
	for (size_t i = 0; office_words[i] != NULL; i++) {
		unsigned bits = 0;
		/* "mayor" says "chair" as well. */
		if (!office_parse(office_words[i], &bits) || (tenure->offices & bits) != bits ||
		    (bits == OFFICE_CHAIR && (tenure->offices & OFFICE_MAYOR) != 0))
			continue;
		text_printf(text, ", %s", office_words[i]);
	}
	for (const char *const *other = tenure->other_offices; *other != NULL; other++)
		text_printf(text, ", %s", *other);
}

const char *tenure_text(struct arena *arena, const struct tenure *tenure, bool with_end)
{
	struct text text = TEXT_INIT;
	text_add(&text, role_name(tenure->role));
	add_offices(&text, tenure);
	if (tenure->group != NULL)
		text_printf(&text, ", group %s", tenure->group);
	if (tenure->ward != NULL)
		text_printf(&text, ", ward %s", tenure->ward);
	if (tenure->from != DATE_NONE)
		text_printf(&text, ", from %s", clock_format_day(arena, tenure->from));
	if (with_end && tenure->to != DATE_NONE)
		text_printf(&text, ", until %s", clock_format_day(arena, tenure->to));
	return text_to_arena(&text, arena).data;
}
