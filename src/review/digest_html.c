/* digest_html.c - the digest as a page in a mail: no script, nothing fetched, prints on A4. Whatever is foreign is escaped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/markup.h"
#include "digest_page.h"

static void add_term(struct markup *page, const char *term, const char *words)
{
	if (words == NULL || *words == '\0')
		return;
	markup_element(page, "dt", term, NULL);
	markup_open(page, "dd", NULL);
	markup_foreign(page, words);
	markup_close(page, "dd");
}

static void add_item(struct markup *page, const struct digest_item *item)
{
	const struct held *held = item->held;
	struct arena *arena = page->arena;
	markup_open(page, "article", "class", item->waiting.overdue ? "late" : NULL, NULL);
	markup_element(page, "h3", arena_printf(arena, "%s: waiting %s", held->id, report_hours(arena, &item->waiting)), NULL);
	markup_open(page, "dl", NULL);
	add_term(page, "Why", item->why);
	add_term(page, "Clause", item->clause);
	add_term(page, "From", report_sender(arena, held));
	add_term(page, "To", digest_people(arena, held, OPENNESS_OPEN));
	add_term(page, "Hidden copy", digest_people(arena, held, OPENNESS_HIDDEN));
	add_term(page, "Subject", report_subject(arena, held));
	add_term(page, "Sender said", item->said);
	markup_element(page, "dt", "Received", NULL);
	markup_open(page, "dd", NULL);
	markup_time(page, held->at);
	markup_close(page, "dd");
	add_term(page, "Next", item->deadline);
	markup_close(page, "dl");
	if (item->link != NULL) {
		markup_open(page, "p", NULL);
		markup_element(page, "a", arena_printf(arena, "Look at %s and decide", held->id), "href", item->link, NULL);
		markup_close(page, "p");
	}
	markup_close(page, "article");
}

static void add_paragraph(struct markup *page, const char *words)
{
	if (words != NULL)
		markup_element(page, "p", words, NULL);
}

static void add_commands(struct markup *page)
{
	add_paragraph(page, report_how_to_decide[0]);
	markup_open(page, "ul", NULL);
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++) {
		markup_open(page, "li", NULL);
		markup_element(page, "code", report_how_to_decide[i], NULL);
		markup_close(page, "li");
	}
	markup_close(page, "ul");
}

static void add_how(struct markup *page, const struct digest_page *digest)
{
	markup_element(page, "h3", "How to decide", NULL);
	if (digest->job->console_address == NULL) {
		add_commands(page);
		return;
	}
	add_paragraph(page, "A link opens the page of one message, after you have logged in. It is for you alone and works for a fortnight; nothing is"
			    " done until you press a button there.");
	markup_open(page, "p", NULL);
	markup_element(page, "a", "All that waits", "href", arena_printf(page->arena, "%s/", digest->job->console_address), NULL);
	markup_close(page, "p");
}

static void add_waiting(struct markup *page, const struct digest_page *digest)
{
	markup_element(page, "h2", "Waiting for your decision", NULL);
	for (size_t i = 0; i < digest->item_count; i++)
		add_item(page, &digest->items[i]);
	if (digest->waiting == 0)
		add_paragraph(page, "Nothing is waiting for you.");
	add_paragraph(page, digest_unlisted(page->arena, digest));
	add_paragraph(page, digest_elsewhere(page->arena, digest));
	if (digest->waiting > 0)
		add_how(page, digest);
}

static void add_news(struct markup *page, const struct digest_page *digest)
{
	if (digest->second)
		return;
	markup_element(page, "h2", "New since the last digest", NULL);
	if (digest->news_count == 0) {
		add_paragraph(page, "Nothing.");
		return;
	}
	markup_open(page, "table", NULL);
	markup_element(page, "caption", "Observations by rule", NULL);
	markup_raw(page, "<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Clause</th><th scope=\"col\">Times</th></tr></thead>\n");
	markup_open(page, "tbody", NULL);
	for (size_t i = 0; i < digest->news_count; i++) {
		markup_open(page, "tr", NULL);
		markup_element(page, "th", digest->news[i].rule, "scope", "row", NULL);
		markup_element(page, "td", digest->news[i].clause, NULL);
		markup_element(page, "td", arena_printf(page->arena, "%zu", digest->news[i].count), "class", "number", NULL);
		markup_close(page, "tr");
	}
	markup_close(page, "tbody");
	markup_close(page, "table");
}

static void add_health(struct markup *page, const struct digest_page *digest)
{
	struct arena *arena = page->arena;
	markup_element(page, "h2", "The gate", NULL);
	markup_open(page, "dl", NULL);
	add_term(page, "Since", clock_format_local(arena, digest->options.from));
	add_term(page, "Mail", report_counts(arena, &digest->report));
	add_term(page, "Note", report_internal_warning(&digest->report));
	add_term(page, "Mode", digest->options.mode);
	add_term(page, "Journal", report_journal(arena, &digest->report));
	add_term(page, "Own mail", report_outbox(arena, &digest->report));
	markup_close(page, "dl");
}

struct bytes digest_as_html(struct arena *arena, const struct digest_page *digest)
{
	struct markup page = MARKUP_INIT(arena);
	report_html_start(&page, digest_title(arena, digest), clock_format_local(arena, digest->now));
	markup_element(&page, "p", digest_first_line(arena, digest), NULL);
	add_waiting(&page, digest);
	add_news(&page, digest);
	add_health(&page, digest);
	return report_html_end(&page);
}
