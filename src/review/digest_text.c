/* digest_text.c - the digest for a plain mail. Each link stands on a line of its own, whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "digest_page.h"

#define COLUMN ((size_t)14)

static void add_field(struct text *out, const char *name, const char *words)
{
	if (words == NULL || *words == '\0')
		return;
	text_printf(out, "    %-9s ", name);
	report_wrap(out, COLUMN, COLUMN, words);
}

static void add_heading(struct text *out, const char *words)
{
	text_printf(out, "\n%s\n", words);
	for (size_t i = 0; i < strlen(words); i++)
		text_add_char(out, '-');
	text_add(out, "\n\n");
}

static void add_item(struct text *out, struct arena *arena, const struct digest_item *item)
{
	const struct held *held = item->held;
	text_printf(out, "%s  waiting %s\n", report_harmless(arena, held->id), report_hours(arena, &item->waiting));
	add_field(out, "Why:", item->why == NULL ? NULL : report_harmless(arena, item->why));
	add_field(out, "Clause:", item->clause == NULL ? NULL : report_harmless(arena, item->clause));
	add_field(out, "From:", report_sender(arena, held));
	add_field(out, "To:", digest_people(arena, held, OPENNESS_OPEN));
	add_field(out, "Hidden:", digest_people(arena, held, OPENNESS_HIDDEN));
	add_field(out, "Subject:", report_subject(arena, held));
	add_field(out, "Said:", item->said == NULL ? NULL : report_harmless(arena, item->said));
	add_field(out, "Received:", clock_format_local(arena, held->at));
	add_field(out, "Next:", item->deadline);
	if (item->link != NULL)
		text_printf(out, "    Decide:\n%s\n", item->link);
	text_add_char(out, '\n');
}

/* One page each where there is a console; else what to type. */
static void add_how(struct text *out, const struct digest_page *page)
{
	if (page->job->console_address != NULL) {
		report_wrap(out, 0, 0, "A link opens the page of one message, after you have logged in. It is for you alone and works for a fortnight; nothing is"
				       " done until you press a button there.");
		text_printf(out, "All that waits: %s/\n", page->job->console_address);
		return;
	}
	for (size_t i = 0; report_how_to_decide[i] != NULL; i++) {
		text_add(out, i == 0 ? "" : "  ");
		report_wrap(out, 0, 0, report_how_to_decide[i]);
	}
}

static void add_waiting(struct text *out, struct arena *arena, const struct digest_page *page)
{
	add_heading(out, "Waiting for your decision");
	for (size_t i = 0; i < page->item_count; i++)
		add_item(out, arena, &page->items[i]);
	if (page->waiting == 0)
		text_add(out, "Nothing is waiting for you.\n");
	if (digest_unlisted(arena, page) != NULL)
		text_printf(out, "%s\n\n", digest_unlisted(arena, page));
	if (digest_elsewhere(arena, page) != NULL)
		text_printf(out, "%s\n\n", digest_elsewhere(arena, page));
	if (page->waiting > 0)
		add_how(out, page);
}

static void add_news(struct text *out, struct arena *arena, const struct digest_page *page)
{
	if (page->second)
		return;
	add_heading(out, "New since the last digest");
	for (size_t i = 0; i < page->news_count; i++)
		report_wrap(out, 0, 4, arena_printf(arena, "%s: %zu (%s)", report_harmless(arena, page->news[i].rule), page->news[i].count,
						    report_harmless(arena, page->news[i].clause)));
	if (page->news_count == 0)
		text_add(out, "Nothing.\n");
}

static void add_health(struct text *out, struct arena *arena, const struct digest_page *page)
{
	add_heading(out, "The gate");
	report_wrap(out, 0, 0, arena_printf(arena, "Since %s: %s", clock_format_local(arena, page->options.from), report_counts(arena, &page->report)));
	if (report_internal_warning(&page->report) != NULL)
		report_wrap(out, 0, 0, report_internal_warning(&page->report));
	report_wrap(out, 0, 0, arena_printf(arena, "Mode: %s.", report_harmless(arena, page->options.mode)));
	report_wrap(out, 0, 0, arena_printf(arena, "Journal: %s", report_journal(arena, &page->report)));
	report_wrap(out, 0, 0, arena_printf(arena, "Own mail: %s", report_outbox(arena, &page->report)));
}

struct bytes digest_as_text(struct arena *arena, const struct digest_page *page)
{
	struct text out = TEXT_INIT;
	report_wrap(&out, 0, 0, digest_title(arena, page));
	text_printf(&out, "%s\n\n", clock_format_local(arena, page->now));
	report_wrap(&out, 0, 0, digest_first_line(arena, page));
	add_waiting(&out, arena, page);
	add_news(&out, arena, page);
	add_health(&out, arena, page);
	return text_to_arena(&out, arena);
}
