/* page_parts.c - what several pages show alike: passages, times, sizes, facts and tables.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "page_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/chart.h"
#include "base/clock.h"

/* The end of the year 9999: <time> knows no later. */
#define LATEST ((int64_t)253402300799)

const struct word words_of_state[] = {
	{ "waiting", "waits for a decision" },
	{ "held", "waits for a decision" },
	{ "releasing", "is being sent on now" },
	{ "released", "was sent on" },
	{ "returned", "was given back to the sender" },
	{ "in-doubt", "may have been sent on: the answer of the mail system was lost, so a person must say" },
	{ "void", "was taken back: the sending mail system broke off before it was accepted" },
	{ "annotated", "was delivered with a line or a note added" },
	{ "delivered", "was delivered" },
	{ "decided", "is decided" },
	{ "confirming", "is decided, and a second person must confirm it" },
	{ "deliver", "was delivered as it was" },
	{ "annotate", "was delivered with a line or a note added" },
	{ "hold", "was held for a reviewer" },
	{ "return", "was returned to the sender" },
	{ "retry", "was asked to come again later" },
	{ NULL, NULL },
};

const struct word words_of_deed[] = {
	{ "release", "Release as it was written" },
	{ "release-open", "Release with a line that makes the copy open" },
	{ "return", "Return to the sender" },
	{ "pass", "Pass to the second reviewer" },
	{ "escalate", "Pass to the second reviewer" },
	{ "open-copy", "Make the copy open" },
	{ "drop-hidden", "Drop the hidden copy" },
	{ "withdraw", "Withdraw the message" },
	{ "reason", "Give a reason" },
	{ NULL, NULL },
};

const struct word words_of_outcome[] = {
	{ "deliver", "delivered as it was" },
	{ "annotate", "delivered with a line or a note added" },
	{ "hold", "held for a reviewer" },
	{ "return", "returned to the sender" },
	{ "retry", "asked to come again later" },
	{ NULL, NULL },
};

const char *word_of(const struct word *table, const char *code)
{
	for (; code != NULL && table->code != NULL; table++)
		if (strcmp(table->code, code) == 0)
			return table->words;
	return code == NULL ? "" : code;
}

void page_paragraph(struct page *page, const char *words)
{
	markup_element(page->markup, "p", words, NULL);
}

/* Two letters, as in <html lang>; anything else is not a language we could tag. */
static bool is_language(const char *name)
{
	return strlen(name) == 2 && ascii_is_alpha(name[0]) && ascii_is_alpha(name[1]);
}

static void add_languages(struct page *page, const json_t *passage, const char *element)
{
	const char *language;
	json_t *words;
	json_object_foreach((json_t *)passage, language, words)
		if (is_language(language) && json_is_string(words))
			markup_element(page->markup, element, json_string_value(words), "lang", language, "dir", "auto", NULL);
}

void page_passage(struct page *page, const json_t *object, const char *key)
{
	const json_t *passage = json_object_get(object, key);
	if (json_is_object(passage))
		add_languages(page, passage, "p");
	else if (json_is_string(passage) && json_string_length(passage) > 0)
		markup_element(page->markup, "p", json_string_value(passage), "dir", "auto", NULL);
}

void page_passage_words(struct page *page, const json_t *object, const char *key)
{
	const json_t *passage = json_object_get(object, key);
	if (json_is_object(passage))
		add_languages(page, passage, "span");
	else
		markup_foreign(page->markup, answer_string(object, key));
}

void page_link_to(struct page *page, const char *href, const char *words)
{
	markup_element(page->markup, "a", words, "href", href, NULL);
}

const char *page_message_path(struct page *page, const char *id, const char *deed)
{
	struct arena *arena = page->markup->arena;
	return arena_printf(arena, "/message/%s%s%s", markup_url_part(arena, id), deed == NULL ? "" : "/", deed == NULL ? "" : deed);
}

void page_time(struct page *page, int64_t at)
{
	if (at <= 0 || at > LATEST)
		markup_words(page->markup, "not known");
	else
		markup_time_in(page->markup, at, page->language);
}

void page_when(struct page *page, const json_t *object, const char *key)
{
	page_time(page, answer_number(object, key));
}

void page_day(struct page *page, const char *date)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
					      "December" };
	calendar_date day;
	if (clock_parse_date(date, &day, NULL))
		markup_element(page->markup, "time", arena_printf(page->markup->arena, "%d %s %d", day % 100, months[day / 100 % 100 - 1], day / 10000),
			       "datetime", date, NULL);
	else
		markup_foreign(page->markup, date);
}

const char *page_count(struct page *page, int64_t count, const char *one, const char *many)
{
	struct arena *arena = page->markup->arena;
	return arena_printf(arena, "%s %s", chart_number(arena, count == CHART_NOTHING ? 0 : count), count == 1 ? one : many);
}

const char *page_hours(struct page *page, int64_t hours)
{
	const char *all = page_count(page, hours, "hour", "hours");
	return hours < 48 ? all : arena_printf(page->markup->arena, "%s (%s)", all, page_count(page, hours / 24, "day", "days"));
}

const char *page_size(struct page *page, int64_t octets)
{
	if (octets < 1000)
		return "less than 1 KB";
	if (octets < 1000000)
		return arena_printf(page->markup->arena, "%lld KB", (long long)(octets / 1000));
	if (octets < 1000000000)
		return arena_printf(page->markup->arena, "%.1f MB", (double)octets / 1e6);
	return arena_printf(page->markup->arena, "%.1f GB", (double)octets / 1e9);
}

const char *page_shortened(struct page *page, const char *words, size_t most)
{
	size_t cut = most;
	if (strlen(words) <= most)
		return words;
	while (cut > 0 && ((unsigned char)words[cut] & 0xC0) == 0x80)
		cut--;
	return arena_printf(page->markup->arena, "%.*s\xe2\x80\xa6 (shortened)", (int)cut, words);
}

const char *page_spoken(struct page *page, const char *words, const char *otherwise)
{
	return bytes_trim(bytes_of(harmless_line(page->markup->arena, bytes_of(words)))).length > 0 ? words : otherwise;
}

const char *page_rule(struct page *page, const char *rule)
{
	char *words = arena_string(page->markup->arena, rule);
	for (char *c = words; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	if (*words >= 'a' && *words <= 'z')
		*words = (char)(*words - 'a' + 'A');
	return page_spoken(page, words, "Rule without a name");
}

const char *page_measured(struct page *page, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	if (json_is_integer(value) && json_integer_value(value) != CHART_NOTHING)
		return chart_number(page->markup->arena, json_integer_value(value));
	if (json_is_real(value) && json_real_value(value) > -1e15 && json_real_value(value) < 1e15)
		return arena_printf(page->markup->arena, "%.1f", json_real_value(value));
	return "not measured";
}

void facts_begin(struct page *page)
{
	markup_open(page->markup, "dl", "class", "facts", NULL);
}

void facts_end(struct page *page)
{
	markup_close(page->markup, "dl");
}

void facts_open(struct page *page, const char *term)
{
	markup_element(page->markup, "dt", term, NULL);
	markup_open(page->markup, "dd", NULL);
}

void facts_close(struct page *page)
{
	markup_close(page->markup, "dd");
}

void facts_words(struct page *page, const char *term, const char *words)
{
	if (words == NULL || *words == '\0')
		return;
	facts_open(page, term);
	markup_words(page->markup, words);
	facts_close(page);
}

void facts_foreign(struct page *page, const char *term, const char *words)
{
	if (words == NULL || *words == '\0')
		return;
	facts_open(page, term);
	markup_foreign(page->markup, words);
	facts_close(page);
}

void facts_when(struct page *page, const char *term, const json_t *object, const char *key)
{
	facts_open(page, term);
	page_when(page, object, key);
	facts_close(page);
}

void table_begin(struct page *page, const char *caption, const char *const *columns)
{
	struct markup *markup = page->markup;
	markup_open(markup, "div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0", NULL);
	markup_open(markup, "table", NULL);
	markup_element(markup, "caption", caption, NULL);
	markup_open(markup, "thead", NULL);
	markup_open(markup, "tr", NULL);
	for (; *columns != NULL; columns++)
		markup_element(markup, "th", *columns + (**columns == '#'), "scope", "col", "class", **columns == '#' ? "number" : NULL, NULL);
	markup_close(markup, "tr");
	markup_close(markup, "thead");
	markup_open(markup, "tbody", NULL);
}

void table_end(struct page *page)
{
	markup_close(page->markup, "tbody");
	markup_close(page->markup, "table");
	markup_close(page->markup, "div");
}

void table_cell(struct page *page, const char *words)
{
	markup_element(page->markup, "td", words, NULL);
}

void table_foreign(struct page *page, const char *words)
{
	markup_open(page->markup, "td", NULL);
	markup_foreign(page->markup, words);
	markup_close(page->markup, "td");
}

void table_number(struct page *page, const char *words)
{
	markup_element(page->markup, "td", words, "class", "number", NULL);
}

void page_tag(struct page *page, const char *words)
{
	markup_words(page->markup, " ");
	markup_element(page->markup, "strong", words, "class", "tag", NULL);
}

void form_no_default(struct page *page)
{
	markup_element(page->markup, "button", "Enter does nothing here", "type", "submit", "disabled", "", "hidden", "", NULL);
}

/* The first octet at or after `at` that begins a character. */
static size_t character_edge(struct bytes words, size_t at)
{
	while (at < words.length && ((unsigned char)words.data[at] & 0xC0) == 0x80)
		at++;
	return at < words.length ? at : words.length;
}

struct span {
	size_t start, end;
};

static size_t span_number(const json_t *span, size_t index)
{
	json_int_t value = json_integer_value(json_array_get(span, index));
	return value < 0 ? 0 : (size_t)value;
}

static int compare_spans(const void *a, const void *b)
{
	const struct span *one = a, *other = b;
	if (one->start != other->start)
		return one->start < other->start ? -1 : 1;
	return one->end < other->end ? -1 : one->end > other->end;
}

/* Each place once, in the order of the text: the desk gives them in the order of the evidence, and two rules may match the same words. */
static struct span *places_of(struct page *page, struct bytes words, const json_t *list, size_t *count_out)
{
	size_t count = json_array_size(list), places = 0;
	struct span *spans = arena_array(page->markup->arena, count + 1, sizeof *spans);
	for (size_t i = 0; i < count; i++) {
		const json_t *span = json_array_get(list, i);
		size_t start = character_edge(words, span_number(span, 0)), length = span_number(span, 1);
		spans[i].start = start;
		spans[i].end = length > words.length - start ? words.length : character_edge(words, start + length);
	}
	if (count > 1)
		qsort(spans, count, sizeof *spans, compare_spans);
	for (size_t i = 0; i < count; i++) {
		if (places > 0 && spans[i].start < spans[places - 1].end)
			spans[places - 1].end = spans[i].end > spans[places - 1].end ? spans[i].end : spans[places - 1].end;
		else if (spans[i].start < spans[i].end)
			spans[places++] = spans[i];
	}
	*count_out = places;
	return spans;
}

size_t page_mark_count(struct page *page, struct bytes words, const json_t *list)
{
	size_t count;
	places_of(page, words, list, &count);
	return count;
}

void page_marked(struct page *page, struct bytes words, const json_t *list, enum harmless_form form)
{
	size_t count, done = 0;
	const struct span *places = places_of(page, words, list, &count);
	for (size_t i = 0; i < count; i++) {
		markup_bytes(page->markup, bytes_slice(words, done, places[i].start), form);
		markup_open(page->markup, "mark", NULL);
		markup_bytes(page->markup, bytes_slice(words, places[i].start, places[i].end), form);
		markup_close(page->markup, "mark");
		done = places[i].end;
	}
	markup_bytes(page->markup, bytes_slice(words, done, words.length), form);
}
