/* answers.c - see answers.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/answers.h"

#include "base/text.h"

static char letter(enum answer answer)
{
	return answer == YES ? 'Y' : answer == NO ? 'N' : answer == UNHEARD ? '?' : 'U';
}

const char *answers_of(struct arena *arena, const struct verdict *verdict)
{
	struct text out = TEXT_INIT;
	for (size_t i = 0; i < verdict->opinion_count; i++) {
		const struct opinion *opinion = &verdict->opinions[i];
		if (i > 0)
			text_add_char(&out, ' ');
		text_add_char(&out, letter(opinion->fires));
		for (size_t k = 0; k < opinion->asked_count; k++)
			text_add_char(&out, letter(opinion->asked[k].answer));
	}
	return text_to_arena(&out, arena).data;
}
