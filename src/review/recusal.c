/* recusal.c - see recusal.h. People are compared, not strings; who is unlisted is compared by address.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "recusal.h"

#include "base/name_title.h"
#include "base/text.h"
#include "base/unicode.h"
#include "evidence.h"
#include "policy/named.h"
#include "reading/reading.h"
#include "review/queue.h"
#include "traces.h"

struct reviewer reviewer_resolve(const struct directory *directory, const char *written)
{
	return (struct reviewer){ directory_by_login(directory, written), written };
}

bool reviewer_has_address(const struct directory *directory, const struct reviewer *reviewer, const char *address)
{
	if (address == NULL || *address == '\0')
		return false;
	if (bytes_equal_nocase(bytes_of(address), bytes_of(reviewer->address)))
		return true;
	return reviewer->person != NULL && directory_by_address(directory, address) == reviewer->person;
}

bool reviewer_sent(const struct directory *directory, const struct held *held, const struct reviewer *reviewer)
{
	if (held->auth != NULL && reviewer->person != NULL && directory_by_login(directory, held->auth) == reviewer->person)
		return true;
	return reviewer_has_address(directory, reviewer, held->auth) || reviewer_has_address(directory, reviewer, held->sender_address) ||
	       reviewer_has_address(directory, reviewer, held->header_from) || reviewer_has_address(directory, reviewer, held->from);
}

static bool is_on_list(struct arena *arena, const struct directory *directory, const struct person *list, const struct person *person,
		       int64_t at)
{
	bool public = false, archive = false;
	struct person_list members = list_members(arena, directory, list, clock_date_of(at), &public, &archive);
	for (size_t i = 0; i < members.count; i++)
		if (members.items[i] == person)
			return true;
	return false;
}

/* By themselves, or through a list. */
static bool is_reached(struct arena *arena, const struct directory *directory, const char *address, const struct reviewer *reviewer, int64_t at)
{
	if (reviewer_has_address(directory, reviewer, address))
		return true;
	const struct person *found = directory_by_address(directory, address);
	return found != NULL && found->is_list && reviewer->person != NULL && is_on_list(arena, directory, found, reviewer->person, at);
}

bool reviewer_received(struct arena *arena, const struct directory *directory, const struct held *held, const struct reviewer *reviewer)
{
	for (size_t i = 0; i < held->all_recipient_count; i++)
		if (is_reached(arena, directory, held->all_recipients[i], reviewer, held->at))
			return true;
	return false;
}

/* A text in the form of unicode_key, or what traces are left of one. */
struct hearsay {
	struct bytes text;
	const struct trace_reader *traces; /* NULL: the text */
};

static bool says(const struct hearsay *hearsay, struct bytes words)
{
	return hearsay->traces != NULL ? traces_have_words(hearsay->traces, words) : bytes_have_words(hearsay->text, words);
}

/* "Amir Khan", or "Cllr Khan": a bare surname may be anybody's. */
static bool has_name(struct arena *arena, const struct hearsay *hearsay, const char *name)
{
	static const char *const stops[] = { "", "." };
	struct bytes key = bytes_of(name == NULL ? NULL : unicode_key(arena, bytes_of(name)));
	if (says(hearsay, key))
		return true;
	size_t surname = key.length;
	while (surname > 0 && key.data[surname - 1] != ' ')
		surname--;
	for (const struct name_title *title = name_titles; surname < key.length && title->words != NULL; title++)
		for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
			if (says(hearsay, bytes_of(arena_printf(arena, "%s%s %s", title->words, stops[i], key.data + surname))))
				return true;
	return false;
}

static bool is_named_by(struct arena *arena, const struct hearsay *hearsay, const struct reviewer *reviewer)
{
	if (reviewer->person == NULL)
		return says(hearsay, bytes_of(unicode_key(arena, bytes_of(reviewer->address))));
	if (has_name(arena, hearsay, reviewer->person->name) || has_name(arena, hearsay, reviewer->person->welsh_name))
		return true;
	for (size_t i = 0; i < reviewer->person->address_count; i++)
		if (says(hearsay, bytes_of(reviewer->person->addresses[i])))
			return true;
	return false;
}

static bool text_names(struct arena *arena, const char *written, const struct reviewer *reviewer)
{
	if (written == NULL)
		return false;
	struct hearsay hearsay = { bytes_of(unicode_key(arena, bytes_of(written))), NULL };
	return is_named_by(arena, &hearsay, reviewer);
}

/* By themselves, or through a list that reaches them. */
static bool are_traced(struct arena *arena, const struct directory *directory, const struct trace_reader *traces, const struct reviewer *reviewer,
		       int64_t at)
{
	if (traces_have_address(traces, reviewer->address))
		return true;
	if (reviewer->person == NULL)
		return false;
	for (size_t i = 0; i < reviewer->person->address_count; i++)
		if (traces_have_address(traces, reviewer->person->addresses[i]))
			return true;
	struct person_list lists = directory_with_role(arena, directory, ROLE_LIST, clock_date_of(at));
	for (size_t i = 0; i < lists.count; i++)
		for (size_t k = 0; k < lists.items[i]->address_count; k++)
			if (traces_have_address(traces, lists.items[i]->addresses[k]) && is_on_list(arena, directory, lists.items[i], reviewer->person, at))
				return true;
	return false;
}

/* What is left of Subject, To and Cc answers for whoever asks, though they became a reviewer long after. */
static bool headers_name(struct arena *arena, const struct directory *directory, const struct held *held, const struct reviewer *reviewer)
{
	for (size_t i = 0; i < held->concerned_count; i++)
		if (reviewer_has_address(directory, reviewer, held->concerned[i]))
			return true;
	if (text_names(arena, held->subject, reviewer))
		return true;
	if (held->traces.length == 0)
		return false;
	struct trace_reader traces = trace_reader_of(arena, held->id, held->traces);
	struct hearsay hearsay = { BYTES_EMPTY, &traces };
	return is_named_by(arena, &hearsay, reviewer) || are_traced(arena, directory, &traces, reviewer, held->at);
}

static bool findings_name(struct arena *arena, const struct held *held, const struct reviewer *reviewer)
{
	for (size_t i = 0; i < held->finding_count; i++) {
		size_t count = 0;
		const struct evidence *evidence = evidence_parse(arena, held->findings[i].evidence, &count);
		if (text_names(arena, held->findings[i].explanation, reviewer))
			return true;
		for (size_t k = 0; k < count; k++)
			if (text_names(arena, evidence[k].text, reviewer))
				return true;
	}
	return false;
}

bool reviewer_is_named(struct arena *arena, const struct directory *directory, const struct held *held, const struct reviewer *reviewer)
{
	return findings_name(arena, held, reviewer) || headers_name(arena, directory, held, reviewer);
}

const char *recusal_reason(const struct directory *directory, const struct held *held, const struct reviewer *reviewer)
{
	struct arena *arena = arena_new();
	const char *reason = NULL;
	if (reviewer_sent(directory, held, reviewer))
		reason = "they sent it";
	else if (reviewer_received(arena, directory, held, reviewer))
		reason = "it was sent to them";
	else if (findings_name(arena, held, reviewer))
		reason = "its findings name them";
	else if (headers_name(arena, directory, held, reviewer))
		reason = "its subject, To or Cc names them";
	arena_free(&arena);
	return reason;
}

const char *queue_recusal(const struct directory *directory, const struct held *held, const char *by)
{
	struct reviewer reviewer = reviewer_resolve(directory, by);
	return recusal_reason(directory, held, &reviewer);
}

/* Whoever is known now is traced by all their addresses; a display name may be theirs with an address nobody knows. That somebody wrote to
 * whom is protected leaves no trace (DOMAIN X2, X4). */
static void trace_mailboxes(struct trace_maker *maker, const struct directory *directory, const struct mailbox_list *list, calendar_date on)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct person *person = directory_by_address(directory, list->items[i].address);
		if (person != NULL && person_has_role(person, ROLE_PROTECTED, on))
			continue;
		for (size_t k = 0; person != NULL && k < person->address_count; k++)
			trace_address(maker, person->addresses[k]);
		trace_address(maker, list->items[i].address);
		trace_words(maker, list->items[i].name);
	}
}

struct bytes queue_traces(struct arena *arena, const struct directory *directory, const char *id, const struct letter *letter, int64_t at)
{
	struct trace_maker *maker = trace_maker_new(arena, id);
	trace_words(maker, letter->subject);
	trace_mailboxes(maker, directory, &letter->to, clock_date_of(at));
	trace_mailboxes(maker, directory, &letter->cc, clock_date_of(at));
	return traces_end(maker);
}
