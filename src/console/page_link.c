/* page_link.c - the sender's own page: their message that waits, and what they can do about it themselves.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/pages.h"
#include "page_parts.h"

/* In the Council's languages as the desk has them, or in English. */
static const char *say(struct page *page, const json_t *answer, const char *key, const char *english)
{
	return page_spoken(page, answer_string(json_object_get(answer, "words"), key), english);
}

/* Where the link stands, in the desk's words; and what it was used for. */
static void add_standing(struct page *page, const json_t *answer, const json_t *entry)
{
	const json_t *used = json_object_get(entry, "used");
	page_passage(page, entry, "text");
	if (!json_is_object(used))
		return;
	markup_open(page->markup, "p", "class", "note", NULL);
	markup_words(page->markup, arena_printf(page->markup->arena, "%s: ", say(page, answer, "chosen", "What was chosen")));
	markup_foreign(page->markup, page_spoken(page, answer_string(used, "label"), word_of(words_of_deed, answer_string(used, "deed"))));
	markup_words(page->markup, ", ");
	page_when(page, used, "at");
	markup_words(page->markup, ".");
	markup_close(page->markup, "p");
}

static void add_addresses(struct page *page, const json_t *answer, const json_t *addresses)
{
	size_t index;
	json_t *address;
	if (json_array_size(addresses) > 0)
		markup_element(page->markup, "dt", say(page, answer, "not_sent", "Not yet sent to"), NULL);
	json_array_foreach((json_t *)addresses, index, address) {
		markup_open(page->markup, "dd", NULL);
		markup_foreign(page->markup, json_string_value(address));
		markup_close(page->markup, "dd");
	}
}

/* The hint of the field for words, by whether a deed needs them. */
static const char *words_hint(struct page *page, const json_t *answer, const json_t *deeds)
{
	size_t index, wanting = 0;
	json_t *deed;
	json_array_foreach((json_t *)deeds, index, deed)
		wanting += answer_true(deed, "wants_text");
	if (wanting == 0)
		return NULL;
	return wanting == json_array_size(deeds) ? say(page, answer, "is_read", "A reviewer reads it.")
						 : say(page, answer, "is_needed", "Needed when you give a reason; otherwise you may leave it empty.");
}

static void add_deeds(struct page *page, const json_t *answer, const json_t *deeds)
{
	size_t index;
	json_t *deed;
	markup_element(page->markup, "h2", say(page, answer, "can_do", "What you can do"), NULL);
	page_paragraph(page, say(page, answer, "choose", "Choose one. You can do so once; the clerk is told."));
	form_begin(page, page->path, "own");
	form_no_default(page);
	form_line(page, &(struct form_line){ .kind = FORM_AREA, .form = "own", .name = "text", .longest = 2000,
					     .label = say(page, answer, "remark", "Your reason or remark"), .hint = words_hint(page, answer, deeds) });
	json_array_foreach((json_t *)deeds, index, deed)
		form_button(page, BUTTON_PLAIN, "deed", answer_string(deed, "deed"),
			    page_spoken(page, answer_string(deed, "label"), "Do this"), answer_string(deed, "will"));
	form_end(page);
}

void page_link(struct page *page, const json_t *answer)
{
	const json_t *entry = json_object_get(answer, "entry"), *deeds = json_object_get(entry, "deeds");
	page_speak(page, answer);
	page_begin(page, say(page, answer, "title", "Your message"));
	add_standing(page, answer, entry);
	page_passage(page, entry, "why");
	facts_begin(page);
	facts_foreign(page, say(page, answer, "subject", "Subject"), answer_string(entry, "subject"));
	if (answer_number(entry, "at") > 0)
		facts_when(page, say(page, answer, "sent", "Sent"), entry, "at");
	add_addresses(page, answer, json_object_get(entry, "held"));
	if (json_is_object(json_object_get(entry, "clause")) || *answer_string(entry, "clause") != '\0') {
		facts_open(page, say(page, answer, "clause", "The clause"));
		page_passage_words(page, entry, "clause");
		facts_close(page);
	}
	facts_foreign(page, say(page, answer, "reference", "Reference"), answer_string(answer, "id"));
	facts_end(page);
	if (!json_is_object(json_object_get(entry, "used")) && json_array_size(deeds) > 0)
		add_deeds(page, answer, deeds);
	page_end(page);
}

void page_link_done(struct page *page, const json_t *answer)
{
	page_speak(page, answer);
	page_begin(page, say(page, answer, "thanks", "Thank you"));
	page_passage(page, answer, "text");
	page_paragraph(page, say(page, answer, "close", "You can close this page."));
	page_end(page);
}
