/* digest_text.c - the digest for a plain mail: sentences in one language after the other, each item once. Each link stands on a line of its
 * own, whole.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digest_page.h"

#define INDENT ((size_t)4)

struct sheet {
	struct text out;
	struct arena *arena;
	const struct digest_page *page;
};

/* "Pam / Why" */
static const char *join(struct arena *arena, const char *const words[VOICES_MOST])
{
	return words[1] == NULL ? words[0] : arena_printf(arena, "%s / %s", words[0], words[1]);
}

/* A paragraph in each language; nothing when there is nothing to say. */
static void add_sentence(struct sheet *sheet, const char *(*say)(const struct voice *, const struct digest_page *), const char *behind)
{
	bool any = false;
	for (size_t i = 0; i < sheet->page->voices.count; i++) {
		const char *words = say(&sheet->page->voices.items[i], sheet->page);
		if (words == NULL)
			continue;
		report_wrap(&sheet->out, 0, 0, words);
		any = true;
	}
	if (any)
		text_add(&sheet->out, behind);
}

static void add_heading(struct sheet *sheet, const char *text)
{
	const char *words = voices_say(&sheet->page->voices, text);
	text_printf(&sheet->out, "\n%s\n", words);
	for (size_t i = 0; i < voices_width(words); i++)
		text_add_char(&sheet->out, '-');
	text_add(&sheet->out, "\n\n");
}

/* Labels in a column, as wide as the widest. */
static void add_facts(struct sheet *sheet, const struct digest_fact *facts, size_t count)
{
	size_t width = 0;
	for (size_t i = 0; i < count; i++) {
		size_t own = voices_width(join(sheet->arena, facts[i].labels));
		width = own > width ? own : width;
	}
	for (size_t i = 0; i < count; i++) {
		const char *label = join(sheet->arena, facts[i].labels);
		text_printf(&sheet->out, "%*s%s:%*s", (int)INDENT, "", label, (int)(width - voices_width(label) + 1), "");
		report_wrap(&sheet->out, INDENT + width + 2, INDENT + width + 2, facts[i].words[0]);
		if (facts[i].words[1] == NULL)
			continue;
		text_printf(&sheet->out, "%*s", (int)(INDENT + width + 2), "");
		report_wrap(&sheet->out, INDENT + width + 2, INDENT + width + 2, facts[i].words[1]);
	}
}

static void add_item(struct sheet *sheet, const struct digest_item *item)
{
	size_t count = 0;
	const char *waiting[VOICES_MOST] = { NULL };
	for (size_t i = 0; i < sheet->page->voices.count; i++)
		waiting[i] = digest_waiting(&sheet->page->voices.items[i], item);
	report_wrap(&sheet->out, 0, INDENT, arena_printf(sheet->arena, "%s: %s", report_harmless(sheet->arena, item->held->id), join(sheet->arena, waiting)));
	const struct digest_fact *facts = digest_item_facts(sheet->arena, sheet->page, item, &count);
	add_facts(sheet, facts, count);
	if (item->link != NULL)
		text_printf(&sheet->out, "%*s%s:\n%s\n", (int)INDENT, "", voices_say(&sheet->page->voices, N_("Decide")), item->link);
	text_add_char(&sheet->out, '\n');
}

/* One page each where there is a console; else what to type. */
static void add_how(struct sheet *sheet)
{
	add_sentence(sheet, digest_how, "");
	if (sheet->page->job->console_address != NULL) {
		text_printf(&sheet->out, "%s: %s/\n", voices_say(&sheet->page->voices, N_("All that waits")), sheet->page->job->console_address);
		return;
	}
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++)
		text_printf(&sheet->out, "  %s\n", report_how_to_decide[i]);
}

static void add_waiting(struct sheet *sheet)
{
	add_heading(sheet, N_("Waiting for your decision"));
	for (size_t i = 0; i < sheet->page->item_count; i++)
		add_item(sheet, &sheet->page->items[i]);
	add_sentence(sheet, digest_nothing, "");
	add_sentence(sheet, digest_unlisted, "\n");
	add_sentence(sheet, digest_elsewhere, "\n");
	if (sheet->page->waiting > 0)
		add_how(sheet);
}

static void add_news(struct sheet *sheet)
{
	const struct digest_page *page = sheet->page;
	if (page->second)
		return;
	add_heading(sheet, N_("New since the last digest"));
	for (size_t i = 0; i < page->news_count; i++)
		report_wrap(&sheet->out, 0, 4, arena_printf(sheet->arena, "%s: %zu (%s)", report_harmless(sheet->arena, page->news[i].rule),
							    page->news[i].count, report_harmless(sheet->arena, page->news[i].clause)));
	if (page->news_count == 0)
		text_printf(&sheet->out, "%s\n", voices_say(&sheet->page->voices, N_("Nothing.")));
}

/* These are long: one language after the other. */
static void add_gate(struct sheet *sheet)
{
	size_t count = 0;
	const struct digest_fact *facts = digest_gate_facts(sheet->arena, sheet->page, &count);
	add_heading(sheet, N_("The gate"));
	for (size_t voice = 0; voice < sheet->page->voices.count; voice++) {
		text_add(&sheet->out, voice == 0 ? "" : "\n");
		for (size_t i = 0; i < count; i++) {
			const char *words = facts[i].words[voice] == NULL ? facts[i].words[0] : facts[i].words[voice];
			report_wrap(&sheet->out, 0, 2, arena_printf(sheet->arena, "%s: %s", facts[i].labels[voice], words));
		}
	}
}

struct bytes digest_as_text(struct arena *arena, const struct digest_page *page)
{
	struct sheet sheet = { .out = TEXT_INIT, .arena = arena, .page = page };
	add_sentence(&sheet, digest_title, "");
	add_sentence(&sheet, digest_now, "\n");
	add_sentence(&sheet, digest_first_line, "");
	add_waiting(&sheet);
	add_news(&sheet);
	add_gate(&sheet);
	return text_to_arena(&sheet.out, arena);
}
