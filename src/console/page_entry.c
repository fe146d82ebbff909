/* page_entry.c - one message in a list: why it is there, from whom to whom, how long it waits.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "page_parts.h"

/* People shown on a list; the message's own page has all. */
#define PEOPLE_MOST ((size_t)6)
/* Octets of a name or an address, and of a subject; none that is honest is longer. */
#define NAME_SHOWN ((size_t)160)
#define SUBJECT_SHOWN ((size_t)400)

/* "deputy-clerk" of the directory as people say it. */
static const char *office_words(struct page *page, const char *office)
{
	if (strcmp(office, "rfo") == 0)
		return "responsible financial officer";
	char *words = arena_string(page->markup->arena, office);
	for (char *c = words; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	return words;
}

void page_person(struct page *page, const json_t *person)
{
	const char *name = answer_string(person, "name"), *address = answer_string(person, "address");
	const char *about[] = { answer_string(person, "class"), office_words(page, answer_string(person, "office")) };
	name = page_spoken(page, page_shortened(page, name, NAME_SHOWN), "");
	address = page_spoken(page, page_shortened(page, address, NAME_SHOWN), "");
	markup_foreign(page->markup, *name != '\0' ? name : *address != '\0' ? address : "the mail system");
	for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
		if (*about[i] != '\0')
			markup_printf(page->markup, ", %s", page_shortened(page, about[i], NAME_SHOWN));
	if (*name == '\0' || *address == '\0')
		return;
	markup_words(page->markup, ", ");
	markup_foreign(page->markup, address);
}

void facts_people(struct page *page, const char *term, const json_t *people, size_t most)
{
	size_t count = json_array_size(people), shown = most == 0 || count <= most ? count : most;
	if (count == 0)
		return;
	markup_element(page->markup, "dt", term, NULL);
	for (size_t i = 0; i < shown; i++) {
		markup_open(page->markup, "dd", NULL);
		page_person(page, json_array_get(people, i));
		markup_close(page->markup, "dd");
	}
	if (shown < count)
		markup_element(page->markup, "dd", arena_printf(page->markup->arena, "and %zu more", count - shown), NULL);
}

void page_subject(struct page *page, const json_t *entry)
{
	const char *subject = answer_string(entry, "subject");
	if (answer_true(entry, "subject_withheld"))
		markup_words(page->markup, "Subject withheld");
	else
		markup_foreign(page->markup, page_spoken(page, page_shortened(page, subject, SUBJECT_SHOWN), "No subject"));
}

static void add_heading(struct page *page, const json_t *entry, const struct entry_look *look)
{
	const char *id = answer_string(entry, "id");
	bool linked = look->linked && *id != '\0';
	markup_open(page->markup, look->heading, NULL);
	if (linked)
		markup_open(page->markup, "a", "href", page_message_path(page, id, NULL), NULL);
	page_subject(page, entry);
	if (linked) {
		/* Many have one subject, or none that may be shown: the reference tells the links apart. */
		markup_words(page->markup, " ");
		markup_element(page->markup, "span", id, "class", "reference", NULL);
		markup_close(page->markup, "a");
	}
	markup_close(page->markup, look->heading);
}

static bool waits(const json_t *entry)
{
	const char *state = answer_string(entry, "state");
	return strcmp(state, "waiting") == 0 || strcmp(state, "held") == 0 || strcmp(state, "in-doubt") == 0;
}

static void add_waiting(struct page *page, const json_t *entry)
{
	facts_open(page, "Waiting");
	markup_words(page->markup, page_hours(page, answer_number(entry, "waiting_hours")));
	if (answer_true(entry, "overdue"))
		page_tag(page, "Overdue");
	if (answer_number(entry, "deadline") > 0) {
		markup_words(page->markup, ", to be decided by ");
		page_when(page, entry, "deadline");
	}
	facts_close(page);
}

static void add_state(struct page *page, const json_t *entry)
{
	const char *state = answer_string(entry, "state");
	if (json_is_object(json_object_get(entry, "decision"))) {
		facts_open(page, "Decision");
		page_decision(page, json_object_get(entry, "decision"), NULL);
		facts_close(page);
	}
	if (waits(entry))
		add_waiting(page, entry);
	else if (*state != '\0')
		facts_words(page, "State", arena_printf(page->markup->arena, "The message %s.", word_of(words_of_state, state)));
	if (answer_true(entry, "escalated"))
		facts_words(page, "Passed on", "It was passed to the second reviewer.");
	if (answer_true(entry, "two_persons"))
		facts_words(page, "Two persons", "A release needs two persons: one decides, another confirms.");
}

static void add_facts(struct page *page, const json_t *entry, const struct entry_look *look)
{
	facts_begin(page);
	add_state(page, entry);
	facts_when(page, "Received", entry, "at");
	facts_open(page, "From");
	page_person(page, json_object_get(entry, "from"));
	facts_close(page);
	facts_people(page, "Openly to", json_object_get(entry, "open"), PEOPLE_MOST);
	facts_people(page, "Hidden copy to", json_object_get(entry, "hidden"), PEOPLE_MOST);
	facts_people(page, "Held for", json_object_get(entry, "held"), PEOPLE_MOST);
	facts_foreign(page, "Clause", answer_string(entry, "clause"));
	if (!look->linked)
		facts_foreign(page, "Reference", answer_string(entry, "id"));
	facts_end(page);
}

void page_entry(struct page *page, const json_t *entry, const struct entry_look *look)
{
	struct markup *markup = page->markup;
	const char *id = answer_string(entry, "id");
	markup_open(markup, "li", "class", answer_true(entry, "overdue") ? "entry late" : "entry", NULL);
	add_heading(page, entry, look);
	page_passage(page, entry, "why");
	add_facts(page, entry, look);
	if (look->form != NULL && *id != '\0') {
		markup_open(markup, "div", "class", "choose", NULL);
		form_box(page, look->form, "ids", id, arena_printf(markup->arena, "Choose %s", id), false);
		markup_close(markup, "div");
	}
	markup_close(markup, "li");
}

void page_entries(struct page *page, const json_t *entries, const struct entry_look *look)
{
	size_t index;
	json_t *entry;
	if (json_array_size(entries) == 0)
		return;
	markup_open(page->markup, "ol", "class", "entries", NULL);
	json_array_foreach((json_t *)entries, index, entry)
		page_entry(page, entry, look);
	markup_close(page->markup, "ol");
}

static void add_page_link(struct page *page, const char *path, int64_t number, const char *words)
{
	const char *join = strchr(path, '?') == NULL ? "?" : "&";
	markup_open(page->markup, "li", NULL);
	page_link_to(page, arena_printf(page->markup->arena, "%s%spage=%lld", path, join, (long long)number), words);
	markup_close(page->markup, "li");
}

void page_paging(struct page *page, const json_t *answer, const char *path)
{
	int64_t at = answer_number(answer, "page"), pages = answer_number(answer, "pages");
	at = at < 1 ? 1 : at;
	if (pages < 2)
		return;
	markup_open(page->markup, "nav", "aria-label", "Pages of this list", NULL);
	markup_element(page->markup, "p", arena_printf(page->markup->arena, "Page %lld of %lld", (long long)at, (long long)pages), NULL);
	markup_open(page->markup, "ul", "class", "pages", NULL);
	if (at > 1) {
		add_page_link(page, path, 1, "First page");
		add_page_link(page, path, at - 1, "Page before");
	}
	if (at < pages) {
		add_page_link(page, path, at + 1, "Next page");
		add_page_link(page, path, pages, "Last page");
	}
	markup_close(page->markup, "ul");
	markup_close(page->markup, "nav");
}
