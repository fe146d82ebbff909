/* digest_html.c - the digest as a page in a mail: no script, nothing fetched, prints on A4. Whatever is foreign is escaped; what is said in
 * two languages has each tagged.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/markup.h"
#include "digest_page.h"

struct leaf {
	struct markup markup;
	const struct digest_page *page;
	const struct voices *voices;
};

/* The language of a thing, where it has one of its own. */
static const char *tag_of(const struct leaf *leaf, size_t voice)
{
	return leaf->voices->count == 1 ? NULL : leaf->voices->items[voice].tag;
}

static void add_spans(struct leaf *leaf, const char *const words[VOICES_MOST])
{
	for (size_t i = 0; i < leaf->voices->count; i++) {
		if (i > 0)
			markup_words(&leaf->markup, " / ");
		if (tag_of(leaf, i) == NULL)
			markup_words(&leaf->markup, words[i]);
		else
			markup_element(&leaf->markup, "span", words[i], "lang", tag_of(leaf, i), NULL);
	}
}

static void add_heading(struct leaf *leaf, const char *element, const char *text)
{
	voices_element(leaf->voices, &leaf->markup, element, text);
}

static void add_sentence(struct leaf *leaf, const char *(*say)(const struct voice *, const struct digest_page *))
{
	for (size_t i = 0; i < leaf->voices->count; i++) {
		const char *words = say(&leaf->voices->items[i], leaf->page);
		if (words != NULL)
			markup_element(&leaf->markup, "p", words, "lang", tag_of(leaf, i), NULL);
	}
}

/* The words are said once for both, when one has nothing of its own. */
static void add_facts(struct leaf *leaf, const struct digest_fact *facts, size_t count)
{
	struct markup *markup = &leaf->markup;
	markup_open(markup, "dl", NULL);
	for (size_t i = 0; i < count; i++) {
		const struct digest_fact *fact = &facts[i];
		markup_open(markup, "dt", NULL);
		add_spans(leaf, fact->labels);
		markup_close(markup, "dt");
		for (size_t k = 0; k < leaf->voices->count && fact->words[k] != NULL; k++) {
			bool is_shared = fact->words[1] == NULL;
			markup_open(markup, "dd", "lang", !is_shared ? tag_of(leaf, k) : fact->is_english && leaf->voices->count > 1 ? "en" : NULL, NULL);
			if (fact->at != 0)
				markup_element(markup, "time", fact->words[k], "datetime", clock_format_rfc3339(markup->arena, fact->at), NULL);
			else
				markup_foreign(markup, fact->words[k]);
			markup_close(markup, "dd");
		}
	}
	markup_close(markup, "dl");
}

/* "Look at CH-... and decide", in each language. */
static void add_link(struct leaf *leaf, const struct digest_item *item)
{
	const char *words[VOICES_MOST] = { NULL };
	for (size_t i = 0; i < leaf->voices->count; i++)
		words[i] = voice_fill(&leaf->voices->items[i], N_("Look at %{reference} and decide"), { "reference", item->held->id });
	markup_open(&leaf->markup, "p", NULL);
	markup_open(&leaf->markup, "a", "href", item->link, NULL);
	add_spans(leaf, words);
	markup_close(&leaf->markup, "a");
	markup_close(&leaf->markup, "p");
}

static void add_item(struct leaf *leaf, const struct digest_item *item)
{
	struct markup *markup = &leaf->markup;
	size_t count = 0;
	const char *words[VOICES_MOST] = { NULL };
	for (size_t i = 0; i < leaf->voices->count; i++)
		words[i] = digest_waiting(&leaf->voices->items[i], item);
	markup_open(markup, "article", "class", item->waiting.overdue ? "late" : NULL, NULL);
	markup_open(markup, "h3", NULL);
	markup_words(markup, arena_printf(markup->arena, "%s: ", item->held->id));
	add_spans(leaf, words);
	markup_close(markup, "h3");
	const struct digest_fact *facts = digest_item_facts(markup->arena, leaf->page, item, &count);
	add_facts(leaf, facts, count);
	if (item->link != NULL)
		add_link(leaf, item);
	markup_close(markup, "article");
}

static void add_commands(struct markup *markup)
{
	markup_open(markup, "ul", NULL);
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++) {
		markup_open(markup, "li", NULL);
		markup_element(markup, "code", report_how_to_decide[i], NULL);
		markup_close(markup, "li");
	}
	markup_close(markup, "ul");
}

static void add_how(struct leaf *leaf)
{
	const char *console = leaf->page->job->console_address;
	add_heading(leaf, "h3", N_("How to decide"));
	add_sentence(leaf, digest_how);
	if (console == NULL) {
		add_commands(&leaf->markup);
		return;
	}
	markup_open(&leaf->markup, "p", NULL);
	const char *words[VOICES_MOST] = { NULL };
	for (size_t i = 0; i < leaf->voices->count; i++)
		words[i] = voice_say(&leaf->voices->items[i], N_("All that waits"));
	markup_open(&leaf->markup, "a", "href", arena_printf(leaf->markup.arena, "%s/", console), NULL);
	add_spans(leaf, words);
	markup_close(&leaf->markup, "a");
	markup_close(&leaf->markup, "p");
}

static void add_waiting(struct leaf *leaf)
{
	add_heading(leaf, "h2", N_("Waiting for your decision"));
	for (size_t i = 0; i < leaf->page->item_count; i++)
		add_item(leaf, &leaf->page->items[i]);
	add_sentence(leaf, digest_nothing);
	add_sentence(leaf, digest_unlisted);
	add_sentence(leaf, digest_elsewhere);
	if (leaf->page->waiting > 0)
		add_how(leaf);
}

static void add_news_head(struct leaf *leaf)
{
	static const char *const columns[] = { N_("Rule"), N_("Clause"), N_("Times") };
	struct markup *markup = &leaf->markup;
	add_heading(leaf, "caption", N_("Observations by rule"));
	markup_open(markup, "thead", NULL);
	markup_open(markup, "tr", NULL);
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		add_heading(leaf, "th", columns[i]);
	markup_close(markup, "tr");
	markup_close(markup, "thead");
}

static void add_news(struct leaf *leaf)
{
	struct markup *markup = &leaf->markup;
	const struct digest_page *page = leaf->page;
	if (page->second)
		return;
	add_heading(leaf, "h2", N_("New since the last digest"));
	if (page->news_count == 0) {
		add_heading(leaf, "p", N_("Nothing."));
		return;
	}
	markup_open(markup, "table", NULL);
	add_news_head(leaf);
	markup_open(markup, "tbody", NULL);
	for (size_t i = 0; i < page->news_count; i++) {
		markup_open(markup, "tr", NULL);
		markup_element(markup, "th", page->news[i].rule, "scope", "row", NULL);
		markup_element(markup, "td", page->news[i].clause, NULL);
		markup_element(markup, "td", arena_printf(markup->arena, "%zu", page->news[i].count), "class", "number", NULL);
		markup_close(markup, "tr");
	}
	markup_close(markup, "tbody");
	markup_close(markup, "table");
}

/* The title above is in the first language. */
static void add_other_titles(struct leaf *leaf)
{
	for (size_t i = 1; i < leaf->voices->count; i++) {
		markup_open(&leaf->markup, "p", "lang", tag_of(leaf, i), NULL);
		markup_element(&leaf->markup, "strong", digest_title(&leaf->voices->items[i], leaf->page), NULL);
		markup_close(&leaf->markup, "p");
	}
	for (size_t i = 1; i < leaf->voices->count; i++)
		markup_element(&leaf->markup, "p", digest_now(&leaf->voices->items[i], leaf->page), "lang", tag_of(leaf, i), NULL);
}

struct bytes digest_as_html(struct arena *arena, const struct digest_page *page)
{
	struct leaf leaf = { .markup = MARKUP_INIT(arena), .page = page, .voices = &page->voices };
	const struct voice *first = &page->voices.items[0];
	size_t count = 0;
	report_html_start(&leaf.markup, first->words == NULL ? "en-GB" : first->tag, digest_title(first, page), digest_now(first, page));
	add_other_titles(&leaf);
	add_sentence(&leaf, digest_first_line);
	add_waiting(&leaf);
	add_news(&leaf);
	add_heading(&leaf, "h2", N_("The gate"));
	const struct digest_fact *facts = digest_gate_facts(arena, page, &count);
	add_facts(&leaf, facts, count);
	return report_html_end(&leaf.markup);
}
