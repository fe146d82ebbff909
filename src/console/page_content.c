/* page_content.c - the text of a message as its reader saw it: words only, in our escaping; what others wrote before is folded away.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "console/pages.h"
#include "page_parts.h"

static const struct word words_of_writer[] = {
	{ "author", "What the sender wrote" },
	{ "quoted", "Quoted from an earlier message" },
	{ "forwarded", "A message passed on" },
	{ "attached", "An attached message" },
	{ NULL, NULL },
};

static const struct word words_of_zone[] = {
	{ "signature", "Signature" },
	{ "disclaimer", "Disclaimer" },
	{ NULL, NULL },
};

static void add_date(struct page *page, const json_t *letter)
{
	if (json_is_integer(json_object_get(letter, "date")))
		facts_when(page, "Date", letter, "date");
	else
		facts_foreign(page, "Date, as written", answer_string(letter, "date"));
}

/* Without the blank lines at its end. */
static struct bytes zone_words(const json_t *zone)
{
	const json_t *text = json_object_get(zone, "text");
	struct bytes words = { json_string_value(text), json_string_length(text) };
	while (words.length > 0 && ascii_is_space(words.data[words.length - 1]))
		words.length--;
	return words;
}

static void add_zone(struct page *page, const json_t *zone)
{
	const char *kind = answer_string(zone, "kind");
	struct bytes words = zone_words(zone);
	if (strcmp(kind, "text") != 0 && *kind != '\0')
		markup_element(page->markup, "p", word_of(words_of_zone, kind), "class", "kind", NULL);
	markup_open(page->markup, "div", "class", "zone", "dir", "auto", NULL);
	page_marked(page, words, json_object_get(zone, "marks"), HARMLESS_LINES);
	markup_close(page->markup, "div");
}

static void add_letter_body(struct page *page, const json_t *letter)
{
	size_t index;
	json_t *zone;
	facts_begin(page);
	facts_foreign(page, "From, as written", answer_string(letter, "from"));
	add_date(page, letter);
	facts_foreign(page, "Subject", answer_string(letter, "subject"));
	facts_end(page);
	json_array_foreach(json_object_get(letter, "zones"), index, zone)
		add_zone(page, zone);
}

static size_t count_marks(struct page *page, const json_t *letter)
{
	size_t index, count = 0;
	json_t *zone;
	json_array_foreach(json_object_get(letter, "zones"), index, zone)
		count += page_mark_count(page, zone_words(zone), json_object_get(zone, "marks"));
	return count;
}

/* Folded unless it is the sender's own; whoever looks for the marked words is told which fold has them. */
static void add_letter(struct page *page, const json_t *letter)
{
	struct markup *markup = page->markup;
	const char *who = answer_string(letter, "who"), *heading = page_spoken(page, word_of(words_of_writer, who), "A text");
	size_t marks = count_marks(page, letter);
	bool own = strcmp(who, "author") == 0;
	markup_open(markup, "section", "class", "letter", NULL);
	markup_element(markup, "h2", heading, NULL);
	if (marks > 0)
		page_paragraph(page, arena_printf(markup->arena, marks == 1 ? "%zu place is marked because a rule matched its words." :
									      "%zu places are marked because a rule matched their words.", marks));
	if (!own) {
		markup_open(markup, "details", marks > 0 ? "open" : NULL, "", NULL);
		markup_element(markup, "summary", "Show this text", NULL);
	}
	add_letter_body(page, letter);
	if (!own)
		markup_close(markup, "details");
	markup_close(markup, "section");
}

/* The message's page is this path without its last part. */
static void add_way_back(struct page *page)
{
	static const char deed[] = "/content";
	size_t length = strlen(page->path);
	bool known = bytes_starts_with(bytes_of(page->path), BYTES("/message/")) && bytes_ends_with(bytes_of(page->path), BYTES(deed));
	markup_open(page->markup, "p", NULL);
	if (known)
		page_link_to(page, arena_printf(page->markup->arena, "%.*s", (int)(length - strlen(deed)), page->path), "Back to the message");
	else
		page_link_to(page, "/desk", "Back to the desk");
	markup_close(page->markup, "p");
}

void page_content(struct page *page, const json_t *answer)
{
	const json_t *letters = json_object_get(answer, "letters");
	size_t index;
	json_t *letter;
	page_begin(page, "The text of the message");
	page_paragraph(page, "This is the text as its reader would see it, and nothing else: no pictures, no links, nothing that could act. "
			     "That you read it is on record with your reason.");
	add_way_back(page);
	json_array_foreach((json_t *)letters, index, letter)
		add_letter(page, letter);
	if (json_array_size(letters) == 0)
		page_paragraph(page, "The message has no text that could be read.");
	if (answer_true(answer, "truncated"))
		page_paragraph(page, "The text is longer than this page shows; the rest is left out.");
	add_way_back(page);
	page_end(page);
}
