/* digest_facts.c - what a digest says of one message and of the gate: a label and its words in each of the Council's languages, so that
 * each fact stands once.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "digest_page.h"

static const char *harmless_or_none(const struct voice *voice, const char *words)
{
	return words == NULL || *words == '\0' ? NULL : report_harmless(voice->arena, words);
}

static const char *why(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return harmless_or_none(voice, item->why);
}

static const char *clause(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return harmless_or_none(voice, item->clause);
}

static const char *sender(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return report_sender(voice, item->held);
}

/* Those that the message is held for are told apart: they are what is to be decided about. */
static bool is_held_for(const struct held *held, const char *address)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (strcmp(held->recipients[i].address, address) == 0)
			return held->recipients[i].state != HOLD_RELEASED && held->recipients[i].state != HOLD_RETURNED;
	return false;
}

/* "wedi'i dal / held": in all languages at once, because to list everybody twice for one word helps nobody. */
static const char *held_word(struct arena *arena, const struct voices *voices)
{
	const char *all = NULL;
	for (size_t i = 0; i < voices->count; i++) {
		/* TRANSLATORS: in brackets behind an address that a message is held back from */
		const char *word = voice_say(&voices->items[i], N_("held"));
		all = all == NULL ? word : arena_printf(arena, "%s / %s", all, word);
	}
	return all;
}

static const char *people(struct arena *arena, const struct digest_page *page, const struct held *held, bool hidden)
{
	const char *words = NULL;
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		/* What was never known to be hidden counts as open. */
		if ((held->addressed[i].openness == OPENNESS_HIDDEN) != hidden)
			continue;
		const char *name = report_harmless(arena, held->all_recipients[i]);
		if (is_held_for(held, held->all_recipients[i]))
			name = arena_printf(arena, "%s (%s)", name, held_word(arena, &page->voices));
		words = words == NULL ? name : arena_printf(arena, "%s, %s", words, name);
	}
	return words;
}

static const char *open_people(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return people(voice->arena, page, item->held, false);
}

static const char *hidden_people(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return people(voice->arena, page, item->held, true);
}

static const char *subject(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return report_subject(voice, item->held);
}

static const char *said(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return harmless_or_none(voice, item->said);
}

static const char *received(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	return voice_time(voice, item->held->at);
}

static const char *deadline(const struct voice *voice, const struct digest_page *page, const struct digest_item *item)
{
	if (item->next.at == 0)
		return NULL;
	return item->next.passes_on ? voice_fill(voice, N_("passed to the second reviewer on %{when}"), { "when", voice_time(voice, item->next.at) })
				    : voice_fill(voice, N_("the time to decide ends on %{when}"), { "when", voice_time(voice, item->next.at) });
}

static const struct {
	const char *label;
	const char *(*say)(const struct voice *voice, const struct digest_page *page, const struct digest_item *item);
	bool is_english;
} item_rows[] = {
	{ N_("Why"), why, true },
	{ N_("Clause"), clause, false },
	{ N_("From"), sender, false },
	{ N_("To"), open_people, false },
	{ N_("Hidden copy"), hidden_people, false },
	{ N_("Subject"), subject, false },
	{ N_("Sender said"), said, false },
	{ N_("Received"), received, false },
	{ N_("Next"), deadline, false },
};

/* Two that say the same say it once: a name, an address. */
static void say_once(struct digest_fact *fact)
{
	if (fact->words[1] != NULL && strcmp(fact->words[0], fact->words[1]) == 0)
		fact->words[1] = NULL;
}

const struct digest_fact *digest_item_facts(struct arena *arena, const struct digest_page *page, const struct digest_item *item, size_t *count_out)
{
	struct digest_fact *facts = arena_array(arena, sizeof item_rows / sizeof item_rows[0], sizeof *facts);
	*count_out = 0;
	for (size_t i = 0; i < sizeof item_rows / sizeof item_rows[0]; i++) {
		struct digest_fact fact = { .is_english = item_rows[i].is_english, .at = item_rows[i].say == received ? item->held->at : 0 };
		for (size_t k = 0; k < page->voices.count; k++) {
			fact.labels[k] = voice_say(&page->voices.items[k], item_rows[i].label);
			fact.words[k] = item_rows[i].say(&page->voices.items[k], page, item);
		}
		if (fact.words[0] == NULL)
			continue;
		say_once(&fact);
		facts[(*count_out)++] = fact;
	}
	return facts;
}

/* --- the gate --- */

static const char *since(const struct voice *voice, const struct digest_page *page)
{
	return voice_time(voice, page->options.from);
}

static const char *counts(const struct voice *voice, const struct digest_page *page)
{
	return report_counts(voice, &page->report);
}

static const char *warning(const struct voice *voice, const struct digest_page *page)
{
	return report_internal_warning(voice, &page->report);
}

static const char *mode(const struct voice *voice, const struct digest_page *page)
{
	static const char *const names[] = {
		/* TRANSLATORS: the modes of the gate, after "Mode: " */
		N_("observe"), N_("advise"), N_("enforce"), N_("as each rule says"),
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i], page->options.mode) == 0)
			return voice_say(voice, names[i]);
	return report_harmless(voice->arena, page->options.mode);
}

static const char *journal(const struct voice *voice, const struct digest_page *page)
{
	return report_journal(voice, &page->report);
}

static const char *outbox(const struct voice *voice, const struct digest_page *page)
{
	return report_outbox(voice, &page->report);
}

static const struct {
	const char *label;
	const char *(*say)(const struct voice *voice, const struct digest_page *page);
} gate_rows[] = {
	{ N_("Since"), since }, { N_("Mail"), counts }, { N_("Note"), warning }, { N_("Mode"), mode }, { N_("Journal"), journal }, { N_("Own mail"), outbox },
};

const struct digest_fact *digest_gate_facts(struct arena *arena, const struct digest_page *page, size_t *count_out)
{
	struct digest_fact *facts = arena_array(arena, sizeof gate_rows / sizeof gate_rows[0], sizeof *facts);
	*count_out = 0;
	for (size_t i = 0; i < sizeof gate_rows / sizeof gate_rows[0]; i++) {
		struct digest_fact fact = { .at = gate_rows[i].say == since ? page->options.from : 0 };
		for (size_t k = 0; k < page->voices.count; k++) {
			fact.labels[k] = voice_say(&page->voices.items[k], gate_rows[i].label);
			fact.words[k] = gate_rows[i].say(&page->voices.items[k], page);
		}
		if (fact.words[0] == NULL)
			continue;
		say_once(&fact);
		facts[(*count_out)++] = fact;
	}
	return facts;
}
