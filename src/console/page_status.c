/* page_status.c - whether everything runs: each figure in a sentence, trouble first.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "console/pages.h"
#include "page_parts.h"

/* Less free room than this wants somebody's eye. */
#define FREE_LEAST ((int64_t)1000000000)

static void facts_measured(struct page *page, const char *term, const json_t *object, const char *key)
{
	facts_words(page, term, page_measured(page, object, key));
}

static void facts_size(struct page *page, const char *term, const json_t *object, const char *key)
{
	bool measured = json_is_integer(json_object_get(object, key));
	facts_words(page, term, measured ? page_size(page, answer_number(object, key)) : "not measured");
}

/* yes, no, or not measured */
static void facts_whether(struct page *page, const char *term, const json_t *object, const char *key, const char *yes, const char *no)
{
	const json_t *value = json_object_get(object, key);
	facts_words(page, term, json_is_true(value) ? yes : json_is_false(value) ? no : "not measured");
}

static void facts_time_or(struct page *page, const char *term, const json_t *object, const char *key, const char *otherwise)
{
	if (answer_number(object, key) > 0)
		facts_when(page, term, object, key);
	else
		facts_words(page, term, otherwise);
}

static size_t add_trouble(struct page *page, size_t before, const char *words)
{
	if (before == 0)
		markup_open(page->markup, "ul", "class", "note", NULL);
	markup_element(page->markup, "li", words, NULL);
	return before + 1;
}

static void add_all_trouble(struct page *page, const json_t *answer)
{
	const json_t *store = json_object_get(answer, "store"), *free_octets = json_object_get(store, "free_octets");
	const json_t *internal = json_object_get(answer, "internal_seen");
	const json_t *gate = json_object_get(answer, "gate"), *configuration = json_object_get(answer, "configuration");
	size_t count = 0;
	markup_element(page->markup, "h2", "What wants attention", NULL);
	if (json_is_object(json_object_get(configuration, "refused")))
		count = add_trouble(page, count, "A changed configuration was refused. The earlier one is still in force; see below.");
	if (*answer_string(configuration, "people_trouble") != '\0' || *answer_string(gate, "people_trouble") != '\0')
		count = add_trouble(page, count, "The list of people cannot be used. The last good one is in force instead, so who came or went since is not known; see below.");
	if (json_is_object(json_object_get(gate, "refused")))
		count = add_trouble(page, count, "The gate, which judges the mail, refused a changed configuration. It goes on with the earlier one; see below.");
	else if (json_is_false(json_object_get(gate, "same")))
		count = add_trouble(page, count, "The gate judges the mail by another configuration than this desk has. Whoever looks after the machine should have both read it again.");
	if (json_is_false(json_object_get(store, "journal_good")))
		count = add_trouble(page, count, "The journal's chain is broken: lines were changed or are missing. Tell whoever looks after the machine.");
	if (json_is_false(json_object_get(json_object_get(answer, "release"), "good")))
		count = add_trouble(page, count, "The way by which messages are released does not work. A release stays here until it does; nothing is lost.");
	if (json_is_integer(free_octets) && json_integer_value(free_octets) < FREE_LEAST)
		count = add_trouble(page, count, "The disk is nearly full.");
	if (json_is_integer(internal) && json_integer_value(internal) == 0)
		count = add_trouble(page, count, "No mail between colleagues was seen. If there was any, it does not pass this gate.");
	if (count > 0)
		markup_close(page->markup, "ul");
	else
		page_paragraph(page, "Nothing.");
}

static void add_mail(struct page *page, const json_t *answer)
{
	const json_t *flow = json_object_get(answer, "mail"), *outbox = json_object_get(answer, "outbox");
	markup_element(page->markup, "h2", "Mail", NULL);
	facts_begin(page);
	facts_time_or(page, "Last message", flow, "last_message_at", "none yet");
	facts_measured(page, "Examined today", flow, "examined_today");
	facts_measured(page, "Held now", flow, "held_now");
	facts_measured(page, "Between colleagues", answer, "internal_seen");
	facts_measured(page, "Own mail waiting to go out", outbox, "waiting");
	if (answer_number(outbox, "oldest_at") > 0)
		facts_when(page, "The oldest of it from", outbox, "oldest_at");
	facts_time_or(page, "Last digest", json_object_get(answer, "digest"), "last_at", "none yet");
	facts_end(page);
}

static void add_refused(struct page *page, const char *term, const json_t *refused)
{
	if (!json_is_object(refused))
		return;
	facts_open(page, term);
	page_when(page, refused, "at");
	markup_words(page->markup, ": ");
	markup_foreign(page->markup, answer_string(refused, "text"));
	facts_close(page);
}

static void add_configuration(struct page *page, const json_t *answer)
{
	static const struct word modes[] = {
		{ "observe", "Observe: findings are recorded, nothing is done to mail." },
		{ "advise", "Advise: senders are told and lines are added, nothing is held." },
		{ "enforce", "Enforce: rules that say so hold messages for a reviewer." },
		{ NULL, NULL },
	};
	const json_t *configuration = json_object_get(answer, "configuration"), *gate = json_object_get(answer, "gate");
	const json_t *authority = json_object_get(answer, "authority");
	markup_element(page->markup, "h2", "Configuration", NULL);
	facts_begin(page);
	facts_words(page, "Mode", word_of(modes, answer_string(answer, "mode")));
	facts_foreign(page, "Authorised by the Council, minute", answer_string(authority, "minute"));
	if (*answer_string(authority, "date") != '\0') {
		facts_open(page, "Authorised on");
		page_day(page, answer_string(authority, "date"));
		facts_close(page);
	}
	facts_time_or(page, "Loaded", configuration, "loaded_at", "not known");
	facts_foreign(page, "Fingerprint", answer_string(configuration, "digest"));
	add_refused(page, "Refused", json_object_get(configuration, "refused"));
	facts_foreign(page, "List of people", answer_string(configuration, "people_trouble"));
	facts_time_or(page, "The gate's, loaded", gate, "loaded_at", "not known");
	facts_whether(page, "The gate's is", gate, "same", "The same as the desk's.", "Another than the desk's.");
	if (json_is_false(json_object_get(gate, "same")))
		facts_foreign(page, "Its fingerprint", answer_string(gate, "digest"));
	facts_foreign(page, "The gate's list of people", answer_string(gate, "people_trouble"));
	add_refused(page, "Refused by the gate", json_object_get(gate, "refused"));
	facts_end(page);
}

static void add_store(struct page *page, const json_t *answer)
{
	const json_t *store = json_object_get(answer, "store"), *retention = json_object_get(answer, "retention");
	const json_t *memory = json_object_get(answer, "memory");
	markup_element(page->markup, "h2", "What is kept", NULL);
	facts_begin(page);
	facts_measured(page, "Messages", store, "messages");
	facts_size(page, "Room used", store, "octets");
	facts_size(page, "Room free", store, "free_octets");
	facts_measured(page, "Lines of the journal", store, "journal_lines");
	facts_whether(page, "Journal", store, "journal_good", "Its chain is whole.", "Its chain is broken.");
	if (json_is_object(memory)) {
		facts_measured(page, "Letters remembered", memory, "messages");
		facts_measured(page, "Passages, as digests", memory, "prints");
		facts_size(page, "Room of memory", memory, "octets");
		if (answer_number(memory, "set_aside") > 0)
			facts_measured(page, "Memory found damaged", memory, "set_aside");
	}
	facts_time_or(page, "Last cleared by schedule", retention, "last_at", "not yet");
	if (answer_number(retention, "last_at") > 0)
		facts_measured(page, "Removed then", retention, "removed");
	facts_time_or(page, "Next cleared", retention, "next_at", "not planned");
	facts_end(page);
}

static void add_release(struct page *page, const json_t *answer)
{
	const json_t *release = json_object_get(answer, "release");
	markup_element(page->markup, "h2", "The way out for released messages", NULL);
	facts_begin(page);
	facts_time_or(page, "Last tested", release, "tested_at", "not yet");
	facts_whether(page, "Result", release, "good", "It works.", "It does not work.");
	facts_foreign(page, "Answer of the mail system", answer_string(release, "reply"));
	facts_end(page);
}

void page_status(struct page *page, const json_t *answer)
{
	page_begin(page, "Status");
	add_all_trouble(page, answer);
	add_mail(page, answer);
	add_release(page, answer);
	add_configuration(page, answer);
	add_store(page, answer);
	page_end(page);
}
