/* page_search.c - looking for messages, one's own entries, and the export of one person's.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "console/pages.h"
#include "page_parts.h"

static const struct form_option states[] = {
	{ "all", "All" },
	{ "waiting", "Waiting for a decision" },
	{ "released", "Sent on" },
	{ "returned", "Returned to the sender" },
	{ "annotated", "Delivered with a line or a note added" },
};

static void add_search_form(struct page *page)
{
	static const struct form_line lines[] = {
		{ .kind = FORM_TEXT, .form = "search", .name = "text", .label = "Words",
		  .hint = "Of the subject, the reference, the clause or what was observed. The text of messages is not searched." },
		{ .kind = FORM_TEXT, .form = "search", .name = "person", .label = "Person", .hint = "A name as in the directory, or a whole address; as sender or recipient." },
		{ .kind = FORM_TEXT, .form = "search", .name = "rule", .label = "Rule", .hint = "Its short name, such as silent-copy." },
		{ .kind = FORM_DATE, .form = "search", .name = "from", .label = "Received from" },
		{ .kind = FORM_DATE, .form = "search", .name = "to", .label = "Received up to" },
	};
	form_begin_query(page, "/search", "search");
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		form_line(page, &lines[i]);
	form_select(page, "search", "state", "State", states, sizeof states / sizeof states[0], NULL);
	form_button(page, BUTTON_MAIN, NULL, NULL, "Search", NULL);
	form_end(page);
}

/* The query that was asked, for the links to its other pages. */
static const char *query_path(struct page *page)
{
	static const char *const names[] = { "text", "person", "rule", "from", "to", "state" };
	struct arena *arena = page->markup->arena;
	const char *path = "/search";
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = fields_only(page->fields, names[i]);
		if (value != NULL && *value != '\0')
			path = arena_printf(arena, "%s%s%s=%s", path, strchr(path, '?') == NULL ? "?" : "&", names[i], markup_url_part(arena, value));
	}
	return path;
}

void page_search(struct page *page, const json_t *answer)
{
	page_begin(page, "Search");
	add_search_form(page);
	if (answer != NULL) {
		int64_t count = answer_number(answer, "count");
		markup_element(page->markup, "h2", "Found", NULL);
		page_paragraph(page, count == 0 ? "No message fits. Try fewer words or a longer time."
						: arena_printf(page->markup->arena, "%s.", page_count(page, count, "message fits", "messages fit")));
		if (answer_true(answer, "more"))
			page_paragraph(page, "There are older ones that are not listed. Say more, or choose an earlier time, to find them.");
		page_entries(page, json_object_get(answer, "entries"), &(struct entry_look){ .heading = "h3", .linked = page_may(page, "message") });
		page_paging(page, answer, query_path(page));
	}
	page_end(page);
}

void page_own(struct page *page, const json_t *answer)
{
	const json_t *entries = json_object_get(answer, "entries");
	page_begin(page, "What is on record about you");
	page_paragraph(page, "These are the messages you sent, received or are named in that a rule had something to say about. "
			     "Other people's addresses are shortened. An entry says what was observed; it blames nobody.");
	if (json_array_size(entries) == 0)
		page_paragraph(page, "Nothing is on record about you.");
	else
		markup_element(page->markup, "h2",
			       page_count(page, (int64_t)json_array_size(entries), "entry", "entries"), NULL);
	page_entries(page, entries, &(struct entry_look){ .heading = "h3" });
	page_paragraph(page, "If you think an entry is wrong, tell the clerk its reference. A match that was marked wrong is not counted.");
	page_end(page);
}

void page_export(struct page *page, const json_t *answer)
{
	static const struct form_option forms[] = {
		{ "html", "A page to read and print" },
		{ "text", "Plain text" },
		{ "json", "Data for a program (JSON)" },
	};
	(void)answer;
	page_begin(page, "Export one person's entries");
	page_paragraph(page, "The document has every message of record in which the person is the sender, a recipient or named, and what they decided: when, which "
			     "clause, what was observed, what was done and by whom, and until when it is kept. It never has the text of a message, nor the "
			     "subject of one the person neither wrote nor was given.");
	page_paragraph(page, "For the person's own request (subject access) everybody else is masked: a name becomes what they are, such as a third party. For "
			     "the public (freedom of information) only those who hold an office that answers for the Council are named, and all others are "
			     "masked, the person included.");
	page_paragraph(page, "What you have a part in yourself is left out and counted; ask the other reviewer to export that. Read the document before you hand it "
			     "on. That you made it is recorded.");
	form_begin(page, "/export", "export");
	form_line(page, &(struct form_line){ .kind = FORM_TEXT, .form = "export", .name = "person", .label = "Person", .required = true,
					     .hint = "The full name or the login as in the directory, or an address." });
	form_select(page, "export", "form", "Form of the document", forms, sizeof forms / sizeof forms[0], NULL);
	form_box(page, "export", "redact", "yes", "For the public: freedom of information, not the person's own request", false);
	form_line(page, &(struct form_line){ .kind = FORM_TEXT, .form = "export", .name = "reason", .label = "Why", .required = true,
					     .hint = "For example the reference of the request." });
	form_button(page, BUTTON_MAIN, NULL, NULL, "Make the document", NULL);
	form_end(page);
	page_end(page);
}
