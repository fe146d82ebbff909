/* page_console.c - the console's own pages: the log-in, its second step, and what cannot be shown.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/pages.h"

void page_login(struct page *page, const json_t *answer)
{
	const char *to = fields_only(page->fields, "to");
	page_begin(page, "Log in");
	form_begin(page, "/login", "login");
	if (to != NULL)
		form_hidden(page, "to", to);
	form_line(page, &(struct form_line){ FORM_TEXT, "login", "login", "Log-in name", "As the administrator told you: a short name, not your mail address.",
					     .autocomplete = "username", .required = true });
	form_line(page, &(struct form_line){ FORM_PASSWORD, "login", "password", "Password", .autocomplete = "current-password", .required = true,
					     .longest = 1000 });
	form_button(page, BUTTON_MAIN, NULL, NULL, "Log in", NULL);
	form_end(page);
	markup_element(page->markup, "p",
		       "On a computer that others use, log out when you are done. No password, or lost it? The administrator can give you a new one.",
		       "class", "hint", NULL);
	page_end(page);
}

void page_code(struct page *page, const json_t *answer)
{
	page_begin(page, "Your one-time code");
	form_begin(page, "/login", "code");
	form_hidden(page, "carried", answer_string(answer, "carried"));
	form_hidden(page, "to", answer_string(answer, "to"));
	form_line(page, &(struct form_line){ FORM_CODE, "code", "code", "Code", "The six digits that your authenticator shows now.",
					     .autocomplete = "one-time-code", .required = true, .longest = 12 });
	form_button(page, BUTTON_MAIN, NULL, NULL, "Go on", NULL);
	form_end(page);
	markup_open(page->markup, "p", NULL);
	markup_element(page->markup, "a", "Start the log-in again", "href", "/login", NULL);
	markup_close(page->markup, "p");
	page_end(page);
}

/* So that nobody has to think of it a second time. */
static void add_typed(struct page *page, const json_t *typed)
{
	size_t index;
	json_t *words;
	if (json_array_size(typed) == 0)
		return;
	markup_element(page->markup, "h2", "What you had written", NULL);
	json_array_foreach((json_t *)typed, index, words) {
		markup_open(page->markup, "blockquote", NULL);
		markup_foreign(page->markup, json_string_value(words));
		markup_close(page->markup, "blockquote");
	}
}

void page_trouble(struct page *page, const json_t *answer)
{
	const char *text = answer_string(answer, "text"), *back = answer_string(answer, "back");
	page_begin(page, answer_string(answer, "title"));
	if (text[0] != '\0')
		markup_element(page->markup, "p", text, NULL);
	add_typed(page, json_object_get(answer, "typed"));
	markup_open(page->markup, "p", NULL);
	if (back[0] != '\0' && strcmp(back, "/") != 0)
		markup_element(page->markup, "a", "Back to the page you came from", "href", back, NULL);
	else
		markup_element(page->markup, "a", "To the first page", "href", "/", NULL);
	markup_close(page->markup, "p");
	page_end(page);
}
