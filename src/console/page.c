/* page.c - see page.h: what stands around every page, and reading the desk's answers.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/page.h"

#include "base/clock.h"

const char *answer_string(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));
	return string != NULL ? string : "";
}

int64_t answer_number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool answer_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

bool page_may(const struct page *page, const char *call)
{
	const json_t *may = json_object_get(page->me, "may");
	for (size_t i = 0; i < json_array_size(may); i++) {
		const char *name = json_string_value(json_array_get(may, i));
		if (name != NULL && strcmp(name, call) == 0)
			return true;
	}
	return false;
}

const char *page_role(const struct page *page)
{
	return answer_string(page->me, "role");
}

/* The pages anybody can start from, by what they ask of the desk. */
static const struct {
	const char *call, *path, *words;
} starts[] = {
	{ "desk", "/desk", "What waits" },	     { "search", "/search", "Search" },	  { "own", "/own", "My own messages" },
	{ "statistics", "/statistics", "Figures" }, { "export", "/export", "Export" },	  { "status", "/status", "Status" },
	{ "journal", "/journal", "Journal" },
};

static bool is_here(const struct page *page, const char *path)
{
	size_t length = strlen(path);
	return strncmp(page->path, path, length) == 0 && (page->path[length] == '\0' || page->path[length] == '?');
}

static void add_start(struct page *page, const char *path, const char *words)
{
	markup_open(page->markup, "li", NULL);
	markup_element(page->markup, "a", words, "href", path, "aria-current", is_here(page, path) ? "page" : NULL, NULL);
	markup_close(page->markup, "li");
}

static void add_navigation(struct page *page)
{
	markup_open(page->markup, "nav", "aria-label", "Pages", NULL);
	markup_open(page->markup, "ul", NULL);
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (page_may(page, starts[i].call))
			add_start(page, starts[i].path, starts[i].words);
	add_start(page, "/help", "Help");
	markup_close(page->markup, "ul");
	markup_close(page->markup, "nav");
}

static const char *role_words(const char *role)
{
	static const char *const words[][2] = {
		{ "reviewer", "reviewer" }, { "second-reviewer", "second reviewer" }, { "auditor", "auditor" },
		{ "administrator", "administrator" }, { "member", "member" },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i][0], role) == 0)
			return words[i][1];
	return role;
}

static void add_person(struct page *page)
{
	markup_open(page->markup, "div", "class", "person", NULL);
	markup_open(page->markup, "p", NULL);
	markup_foreign(page->markup, answer_string(page->me, "name"));
	markup_printf(page->markup, ", %s", role_words(page_role(page)));
	markup_close(page->markup, "p");
	form_begin(page, "/logout", "leave");
	markup_element(page->markup, "button", "Log out", "type", "submit", NULL);
	form_end(page);
	markup_close(page->markup, "div");
}

static void add_head(struct page *page, const char *title)
{
	struct markup *markup = page->markup;
	markup_raw(markup, "<!DOCTYPE html>\n");
	markup_open(markup, "html", "lang", page->language, NULL);
	markup_open(markup, "head", NULL);
	markup_empty(markup, "meta", "charset", "utf-8", NULL);
	markup_empty(markup, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
	markup_empty(markup, "meta", "name", "color-scheme", "content", "light dark", NULL);
	markup_open(markup, "title", NULL);
	markup_printf(markup, "%s%s, %s: %s", page->problem != NULL ? "Problem: " : "", title, clock_format_local_in(markup->arena, page->now, page->language),
		      page->council);
	markup_close(markup, "title");
	markup_empty(markup, "link", "rel", "stylesheet", "href", page->style, NULL);
	markup_empty(markup, "link", "rel", "icon", "href", "/icon.svg", "type", "image/svg+xml", NULL);
	markup_close(markup, "head");
}

static void add_sentence(struct page *page, const char *class, const char *role, const char *sign, const char *sentence)
{
	if (sentence == NULL)
		return;
	markup_open(page->markup, "div", "class", class, "role", role, NULL);
	markup_open(page->markup, "p", NULL);
	markup_element(page->markup, "strong", sign, NULL);
	markup_printf(page->markup, " %s", sentence);
	markup_close(page->markup, "p");
	markup_close(page->markup, "div");
}

void page_speak(struct page *page, const json_t *answer)
{
	page->words = json_object_get(answer, "words");
	if (strcmp(answer_string(page->words, "language"), "cy") == 0)
		page->language = "cy";
}

const char *page_word(const struct page *page, const char *key, const char *english)
{
	const char *word = answer_string(page->words, key);
	return bytes_trim(bytes_of(word)).length > 0 ? word : english;
}

void page_begin(struct page *page, const char *title)
{
	struct markup *markup = page->markup;
	add_head(page, title);
	markup_open(markup, "body", NULL);
	markup_element(markup, "a", page_word(page, "skip", "Skip to the content"), "class", "skip", "href", "#content", NULL);
	markup_open(markup, "header", NULL);
	markup_element(markup, "p", page->council, "class", "council", NULL);
	if (page->me != NULL) {
		add_person(page);
		add_navigation(page);
	}
	markup_close(markup, "header");
	markup_open(markup, "main", "id", "content", "tabindex", "-1", NULL);
	markup_element(markup, "h1", title, NULL);
	add_sentence(page, "said", "status", "Done:", page->said);
	add_sentence(page, "problem", "alert", page_word(page, "note", "Please note:"), page->problem);
}

void page_end(struct page *page)
{
	struct markup *markup = page->markup;
	markup_close(markup, "main");
	markup_open(markup, "footer", NULL);
	markup_open(markup, "p", NULL);
	markup_printf(markup, "Copyhold. %s ", page_word(page, "as_of", "This page is as things stood on"));
	markup_time_in(markup, page->now, page->language);
	markup_words(markup, ".");
	markup_close(markup, "p");
	markup_close(markup, "footer");
	markup_close(markup, "body");
	markup_close(markup, "html");
}
