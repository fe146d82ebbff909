/* remedy_words.c - what stands around a sender's own message on the page of their link, in the Council's languages and their order.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice_words.h"
#include "review/remedy.h"

static const struct remedy_word words[] = {
	/* TRANSLATORS: the title of the page that a sender's link opens */
	{ "title", N_("Your message") },
	{ "subject", N_("Subject") },
	{ "sent", N_("Sent") },
	{ "not_sent", N_("Not yet sent to") },
	{ "clause", N_("The clause") },
	{ "reference", N_("Reference") },
	{ "chosen", N_("What was chosen") },
	{ "can_do", N_("What you can do") },
	{ "choose", N_("Choose one. You can do so once; the clerk is told.") },
	{ "remark", N_("Your reason or remark") },
	{ "is_read", N_("A reviewer reads it.") },
	{ "is_needed", N_("Needed when you give a reason; otherwise you may leave it empty.") },
	/* TRANSLATORS: the title of the page after a sender has chosen */
	{ "thanks", N_("Thank you") },
	{ "close", N_("You can close this page.") },
	{ "skip", N_("Skip to the content") },
	/* TRANSLATORS: before a sentence that says why something was not done */
	{ "note", N_("Please note:") },
	/* TRANSLATORS: at the foot of a page, before the day and hour */
	{ "as_of", N_("As things stood:") },
};

const char *remedy_say(const struct desk *desk, struct arena *arena, const char *text)
{
	const struct plan_options *options = &desk->notices;
	if (options->words_cy == NULL)
		return text;
	const char *welsh = notice_words_text(options->words_cy, text);
	return arena_printf(arena, "%s / %s", options->welsh_first ? welsh : text, options->welsh_first ? text : welsh);
}

const struct remedy_word *remedy_page_words(const struct desk *desk, struct arena *arena, size_t *count_out)
{
	struct remedy_word *said = arena_array(arena, sizeof words / sizeof *words, sizeof *said);
	*count_out = sizeof words / sizeof *words;
	for (size_t i = 0; i < *count_out; i++)
		said[i] = (struct remedy_word){ words[i].key, remedy_say(desk, arena, words[i].text) };
	return said;
}
