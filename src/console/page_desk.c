/* page_desk.c - what waits, oldest first, and a decision on several at once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/pages.h"
#include "page_parts.h"

/* Deeds that suit many messages at once; what must be looked at one by one is not among them. */
static const struct {
	const char *deed, *before, *after, *will;
	bool waits; /* takes effect only after the time to undo */
	enum button_look look;
} bulk_deeds[] = {
	{ "release", "Release ", "", "They go on to everybody they are held for, as they were written", true, BUTTON_MAIN },
	{ "return", "Return ", " to the senders", "Each sender gets the message back with your reason", true, BUTTON_PLAIN },
	{ "pass", "Pass ", " to the second reviewer", "They wait on the second reviewer's desk", false, BUTTON_PLAIN },
};

static void add_counts(struct page *page, const json_t *answer)
{
	int64_t count = answer_number(answer, "count"), elsewhere = answer_number(answer, "elsewhere");
	page_paragraph(page, count == 0 ? "Nothing waits for you."
					: arena_printf(page->markup->arena, "%s for a decision, the oldest first.",
						       page_count(page, count, "message waits", "messages wait")));
	if (elsewhere > 0)
		page_paragraph(page, arena_printf(page->markup->arena,
						  "%s with another reviewer: passed on, or not yours to decide on. Here they are only counted.",
						  page_count(page, elsewhere, "message is", "messages are")));
}

void page_desk(struct page *page, const json_t *answer)
{
	const json_t *entries = json_object_get(answer, "entries");
	bool bulk = page_may(page, "bulk") && json_array_size(entries) > 0;
	page_begin(page, "What waits");
	add_counts(page, answer);
	if (json_array_size(entries) > 0)
		markup_element(page->markup, "h2", "Waiting for a decision", NULL);
	if (bulk) {
		form_begin(page, "/bulk", "bulk");
		form_no_default(page);
		form_hidden(page, "page", arena_printf(page->markup->arena, "%lld", (long long)answer_number(answer, "page")));
	}
	page_entries(page, entries, &(struct entry_look){ .heading = "h3", .form = bulk ? "bulk" : NULL, .linked = true });
	if (bulk) {
		form_button(page, BUTTON_PLAIN, NULL, NULL, "Decide on those chosen",
			    "You see the list once more, with its count, before anything is done.");
		form_end(page);
	}
	page_paging(page, answer, "/desk");
	page_end(page);
}

/* The entries of the answer that were ticked, in the answer's order. */
static json_t *chosen_of(const struct page *page, const json_t *entries)
{
	json_t *chosen = json_array();
	size_t index;
	json_t *entry;
	json_array_foreach((json_t *)entries, index, entry) {
		const char *id = answer_string(entry, "id");
		if (*id != '\0' && fields_has(page->fields, "ids", id))
			json_array_append(chosen, entry);
	}
	return chosen;
}

/* What becomes of it, and when, as far as the desk says so. */
static const char *will_words(struct page *page, const char *will, bool waits, const json_t *minutes)
{
	struct arena *arena = page->markup->arena;
	if (!waits || !json_is_integer(minutes))
		return arena_printf(arena, "%s.", will);
	if (json_integer_value(minutes) <= 0)
		return arena_printf(arena, "%s, at once.", will);
	return arena_printf(arena, "%s, in %s; until then it can be undone.", will, page_count(page, json_integer_value(minutes), "minute", "minutes"));
}

static void add_bulk_form(struct page *page, const json_t *chosen, const json_t *minutes)
{
	struct arena *arena = page->markup->arena;
	size_t count = json_array_size(chosen), index;
	const char *all = page_count(page, (int64_t)count, "message", "messages");
	json_t *entry;
	form_begin(page, "/bulk/decide", "bulk");
	form_no_default(page);
	json_array_foreach(chosen, index, entry)
		form_hidden(page, "ids", answer_string(entry, "id"));
	form_hidden(page, "count", arena_printf(arena, "%zu", count));
	form_line(page, &(struct form_line){ .kind = FORM_AREA, .form = "bulk", .name = "reason", .required = true, .longest = 2000,
					     .label = "Your reason, the same for all of them",
					     .hint = "It is kept with each decision, and whoever it concerns may ask to read it." });
	for (size_t i = 0; i < sizeof bulk_deeds / sizeof bulk_deeds[0]; i++)
		form_button(page, bulk_deeds[i].look, "deed", bulk_deeds[i].deed,
			    arena_printf(arena, "%s%s%s", bulk_deeds[i].before, all, bulk_deeds[i].after),
			    will_words(page, bulk_deeds[i].will, bulk_deeds[i].waits, minutes));
	form_end(page);
}

void page_bulk(struct page *page, const json_t *answer)
{
	struct arena *arena = page->markup->arena;
	json_t *chosen = chosen_of(page, json_object_get(answer, "entries"));
	size_t count = json_array_size(chosen), ticked = fields_count(page->fields, "ids");
	page_begin(page, "Decide on several messages");
	if (count == 0)
		page_paragraph(page, ticked == 0 ? "You have chosen no message. Tick those you mean on the desk." : "None of those you chose waits on that page of the desk any more.");
	else
		page_paragraph(page, arena_printf(arena, "You have chosen %s. Nothing is done yet. What you decide now concerns exactly these and no other.",
						  page_count(page, (int64_t)count, "message", "messages")));
	if (count > 0 && ticked > count)
		page_paragraph(page, arena_printf(arena, "%s you ticked no longer waits on that page of the desk and is left out.",
						  page_count(page, (int64_t)(ticked - count), "message", "messages")));
	if (count > 0) {
		markup_element(page->markup, "h2", "Those you chose", NULL);
		page_entries(page, chosen, &(struct entry_look){ .heading = "h3", .linked = true });
		markup_element(page->markup, "h2", "The decision", NULL);
		add_bulk_form(page, chosen, json_object_get(answer, "undo_minutes"));
	}
	json_decref(chosen);
	markup_open(page->markup, "p", NULL);
	page_link_to(page, "/desk", "Back to the desk");
	markup_close(page->markup, "p");
	page_end(page);
}

static void add_result(struct page *page, const json_t *result)
{
	struct markup *markup = page->markup;
	const char *id = answer_string(result, "id");
	markup_open(markup, "tr", NULL);
	markup_open(markup, "th", "scope", "row", NULL);
	page_link_to(page, page_message_path(page, id, NULL), page_spoken(page, id, "The message"));
	markup_close(markup, "th");
	table_cell(page, answer_true(result, "ok") ? "Decided" : "Not decided");
	markup_open(markup, "td", NULL);
	if (answer_true(result, "ok") && json_is_object(json_object_get(result, "decision")))
		page_decision(page, json_object_get(result, "decision"), NULL);
	else
		markup_foreign(markup, answer_string(result, "text"));
	markup_close(markup, "td");
	markup_close(markup, "tr");
}

void page_bulk_done(struct page *page, const json_t *answer)
{
	static const char *const columns[] = { "Message", "Decided or not", "What becomes of it", NULL };
	const json_t *results = json_object_get(answer, "results");
	size_t index, done = 0;
	json_t *result;
	json_array_foreach((json_t *)results, index, result)
		done += answer_true(result, "ok");
	page_begin(page, "Several messages decided");
	page_paragraph(page, arena_printf(page->markup->arena, "%s decided.", page_count(page, (int64_t)done, "message is", "messages are")));
	if (done < json_array_size(results))
		page_paragraph(page, arena_printf(page->markup->arena, "%s not; the table says why.",
						  page_count(page, (int64_t)(json_array_size(results) - done), "message is", "messages are")));
	if (json_array_size(results) > 0) {
		table_begin(page, "What became of each message", columns);
		json_array_foreach((json_t *)results, index, result)
			add_result(page, result);
		table_end(page);
	}
	markup_open(page->markup, "p", NULL);
	page_link_to(page, "/desk", "Back to the desk");
	markup_close(page->markup, "p");
	page_end(page);
}
