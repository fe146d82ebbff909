/* digest_words.c - the sentences of a digest, the same in its text and its HTML. Neutral: an observation is no fault.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digest_page.h"

const char *digest_title(struct arena *arena, const struct digest_page *page)
{
	const char *council = page->options.council_name;
	if (page->waiting > 0)
		return arena_printf(arena, "%zu message%s wait%s for your decision: %s", page->waiting, page->waiting == 1 ? "" : "s",
				    page->waiting == 1 ? "s" : "", council);
	if (page->news_total > 0)
		return arena_printf(arena, "Nothing waits, %zu new observation%s: %s", page->news_total, page->news_total == 1 ? "" : "s", council);
	return arena_printf(arena, "Nothing waits and nothing is new: %s", council);
}

const char *digest_first_line(struct arena *arena, const struct digest_page *page)
{
	return arena_printf(arena, "%zu waiting for you; %zu new observation%s since the last digest.", page->waiting, page->news_total,
			    page->news_total == 1 ? "" : "s");
}

const char *digest_elsewhere(struct arena *arena, const struct digest_page *page)
{
	if (page->elsewhere == 0 || page->second)
		return NULL;
	return report_elsewhere(arena, page->elsewhere);
}

const char *digest_unlisted(struct arena *arena, const struct digest_page *page)
{
	if (page->waiting <= page->item_count)
		return NULL;
	return arena_printf(arena, "%zu more wait; these are the oldest %zu.", page->waiting - page->item_count, page->item_count);
}

/* Those the message is held for come first: they are what is to be decided about. */
static bool is_held_for(const struct held *held, const char *address)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (strcmp(held->recipients[i].address, address) == 0)
			return held->recipients[i].state != HOLD_RELEASED && held->recipients[i].state != HOLD_RETURNED;
	return false;
}

const char *digest_people(struct arena *arena, const struct held *held, enum openness openness)
{
	const char *words = NULL;
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		/* What was never known to be hidden counts as open. */
		bool hidden = held->addressed[i].openness == OPENNESS_HIDDEN;
		if (hidden != (openness == OPENNESS_HIDDEN))
			continue;
		words = arena_printf(arena, "%s%s%s%s", words == NULL ? "" : words, words == NULL ? "" : ", ",
				     report_harmless(arena, held->all_recipients[i]), is_held_for(held, held->all_recipients[i]) ? " (held)" : "");
	}
	return words;
}
