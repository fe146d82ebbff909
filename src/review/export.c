/* export.c - all entries of one person, gathered page by page, with what was withheld and why; see export.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "export_model.h"
#include "review/queue.h"
#include "meant.h"
#include "store/browse.h"
#include "store/own_link.h"
#include "store/purge.h"
#include "store/answers.h"
#include "store/duty.h"

#define PAGE 100

static const struct {
	const char *word, *type, *suffix;
} forms[] = {
	[EXPORT_JSON] = { "json", "application/json", "json" },
	[EXPORT_TEXT] = { "text", "text/plain; charset=utf-8", "txt" },
	[EXPORT_HTML] = { "html", "text/html; charset=utf-8", "html" },
};

bool export_form_parse(const char *word, enum export_form *out)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strcmp(word, forms[i].word) == 0) {
			*out = (enum export_form)i;
			return true;
		}
	return false;
}

/* What the sender said by the link in their notice: theirs to have, and nobody else's. */
static bool add_said(struct export *export, json_t *entry, const struct held *held, struct error *err)
{
	struct sender_reply reply;
	bool found = false;
	if (!store_sender_reply_find(export->store, export->arena, held->id, &found, &reply, err))
		return false;
	if (!found)
		return true;
	bool shown = reviewer_has_address(export->directory, &export->who, reply.by) && !export->request->redact &&
		     (!held->marked || export->request->marked_words);
	export->words_withheld += !shown;
	json_object_set_new(entry, "sender_said", shown ? json_string(masking_text(export->masking, reply.text)) : json_null());
	return true;
}

static json_t *time_or_null(struct export *export, int64_t at)
{
	return at == 0 ? json_null() : json_string(clock_format_rfc3339(export->arena, at));
}

/* By when it was to be answered, or what else was to be done, and whether it was; nobody is named in that. */
static json_t *duty_entry(struct export *export, const struct duty *duty)
{
	if (duty->contact_due == 0)
		return json_pack("{s:s,s:o,s:o}", "rule", duty->rule, "due", time_or_null(export, duty->due), "met",
				 time_or_null(export, duty->met_at));
	return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o}", "rule", duty->rule, "contact_due", time_or_null(export, duty->contact_due), "response_due",
			 time_or_null(export, duty->due), "contacted", time_or_null(export, duty->contacted_at), "promised",
			 time_or_null(export, duty->promised), "answered", time_or_null(export, duty->met_at));
}

static bool add_duties(struct export *export, json_t *entry, const struct held *held, struct error *err)
{
	struct duty_list duties;
	if (!store_duties_of(export->store, export->arena, held->id, &duties, err))
		return false;
	json_t *replies = json_array(), *others = json_array();
	for (size_t i = 0; i < duties.count; i++)
		json_array_append_new(duties.items[i].contact_due == 0 ? others : replies, duty_entry(export, &duties.items[i]));
	if (json_array_size(replies) > 0)
		json_object_set(entry, "reply_due", replies);
	if (json_array_size(others) > 0)
		json_object_set(entry, "duties", others);
	json_decref(replies);
	json_decref(others);
	return true;
}

/* What each rule came to, of what they sent: that a rule did not fire is kept of them, too. */
static bool add_answers(struct export *export, json_t *entry, const struct held *held, struct error *err)
{
	struct kept_answers kept;
	if (export->request->redact || !reviewer_sent(export->directory, held, &export->who))
		return true;
	if (!store_answers(export->store, export->arena, held->id, &kept, err))
		return false;
	json_t *book = kept.rulebook == NULL ? NULL : json_loads(kept.rulebook, 0, NULL), *answers = json_array();
	const json_t *rules = json_is_object(book) ? json_object_get(book, "rules") : book; /* a list in version 1 */
	const char *at = kept.answers;
	for (size_t i = 0; i < json_array_size(rules) && at != NULL; i++) {
		const char *id = json_string_value(json_object_get(json_array_get(rules, i), "id"));
		const char *words = *at == 'Y' ? "fired" : *at == 'N' ? "did not fire" : "could not be told";
		json_array_append_new(answers, json_string(arena_printf(export->arena, "%s %s", id == NULL ? "a rule" : id, words)));
		at = strchr(at, ' ');
		at += at != NULL;
	}
	if (json_array_size(answers) > 0)
		json_object_set(entry, "rules_asked", answers);
	json_decref(answers);
	json_decref(book);
	return true;
}

static bool add_entry(struct export *export, json_t *entries, const struct held *held, struct error *err)
{
	const struct export_request *request = export->request;
	export->masking = masking_new(export->arena, export->directory, &export->who, held->at, request->redact);
	json_t *entry = export_entry(export, held);
	if (entry == NULL)
		return true;
	if (request->recuse && queue_recusal(export->directory, held, request->by) != NULL) {
		export->recused++;
		json_decref(entry);
		return true;
	}
	json_t *history = add_said(export, entry, held, err) && add_duties(export, entry, held, err) && add_answers(export, entry, held, err)
				  ? export_history(export, held->id, err) : NULL;
	export->masked += masking_count(export->masking);
	if (history == NULL) {
		json_decref(entry);
		return false;
	}
	json_object_set_new(entry, "journal", history);
	json_array_append_new(entries, entry);
	return true;
}

static bool add_entries(struct export *export, json_t *entries, struct error *err)
{
	struct arena *whole = export->arena, *page = NULL;
	int64_t at = INT64_MIN;
	char *id = memory_must(strdup(""));
	bool good = true, more = true;
	while (good && more) {
		const struct held *items = NULL;
		size_t count = 0;
		page = arena_new();
		export->arena = page;
		good = store_entries(export->store, page, at, id, PAGE, &items, &count, err);
		for (size_t i = 0; good && i < count; i++)
			good = add_entry(export, entries, &items[i], err);
		more = good && count == PAGE;
		if (more) {
			at = items[count - 1].at;
			free(id);
			id = memory_must(strdup(items[count - 1].id));
		}
		arena_free(&page);
	}
	free(id);
	export->arena = whole;
	return good;
}

/* What they did themselves as a reviewer or administrator: when, what, on which message; no more. */
static bool add_own_deeds(struct export *export, json_t *deeds, struct error *err)
{
	const struct journal_line *lines = NULL;
	struct arena *arena = arena_new();
	size_t count = 0;
	bool good = store_journal_list(export->store, arena, 0, export->request->at + 1, &lines, &count, err);
	for (size_t i = 0; good && i < count; i++) {
		bool theirs = reviewer_has_address(export->directory, &export->who, lines[i].by) ||
			      (lines[i].by != NULL && export->who.person != NULL && directory_by_login(export->directory, lines[i].by) == export->who.person);
		if (theirs)
			json_array_append_new(deeds, json_pack("{s:I,s:s,s:s,s:s?}", "line", (json_int_t)lines[i].number, "at",
							       clock_format_rfc3339(arena, lines[i].at), "what", lines[i].what, "id", lines[i].id));
	}
	arena_free(&arena);
	return good;
}

static void add_withheld(json_t *list, size_t count, const char *what, const char *why)
{
	if (count > 0)
		json_array_append_new(list, json_pack("{s:s,s:I,s:s}", "what", what, "count", (json_int_t)count, "why", why));
}

static json_t *withheld_json(const struct export *export)
{
	json_t *list = json_array();
	add_withheld(list, export->masked, "names, addresses and words of other people",
		     export->request->redact ? "personal data of people who do not answer for the Council (FOIA section 40)"
					     : "personal data of others (UK GDPR article 15(4))");
	add_withheld(list, export->subjects_withheld, "subjects",
		     export->request->redact ? "they may name people (FOIA section 40)"
					     : "of messages that this person neither wrote nor was given, or that were marked confidential");
	add_withheld(list, export->words_withheld, "words found in messages",
		     "of marked mail, of protected correspondents, or of messages that this person did not write");
	add_withheld(list, export->recused, "entries",
		     "whoever made this document has a part in them themselves; another reviewer can export them");
	add_withheld(list, 1, "the messages themselves", "this is what the gateway noted of them; copies are with their senders and recipients");
	add_withheld(list, 1, "what is remembered to know letters and copies again",
		     "digests under a secret key, in which nobody can be looked up and nothing read; for some hours, whom the envelopes of a message went to");
	return list;
}

static json_t *person_json(struct export *export)
{
	json_t *addresses = json_array();
	struct masking *masking = masking_new(export->arena, export->directory, &export->who, export->request->at, export->request->redact);
	const struct person *person = export->who.person;
	for (size_t i = 0; person != NULL && i < person->address_count; i++)
		json_array_append_new(addresses, json_string(masking_address(masking, person->addresses[i])));
	if (person == NULL)
		json_array_append_new(addresses, json_string(masking_address(masking, export->who.address)));
	return json_pack("{s:s,s:o}", "name", masking_who(masking, person != NULL && person->address_count > 0 ? person->addresses[0] : export->who.address),
			 "addresses", addresses);
}

static bool make_model(struct export *export, json_t **out, size_t *count_out, struct error *err)
{
	json_t *entries = json_array(), *deeds = json_array();
	const struct export_request *request = export->request;
	bool good = add_entries(export, entries, err) && (request->own_only || request->redact || add_own_deeds(export, deeds, err));
	*count_out = json_array_size(entries);
	*out = json_pack("{s:i,s:s,s:s,s:s,s:b,s:o,s:o,s:o,s:o}", "v", 1, "council", request->council == NULL ? "" : request->council, "made",
			 clock_format_rfc3339(export->arena, request->at), "reason", request->reason, "redacted", request->redact, "person",
			 person_json(export), "entries", entries, "own_deeds", deeds, "withheld", withheld_json(export));
	return good;
}

static bool journal_export(struct export *export, size_t count, struct error *err)
{
	json_t *detail = json_pack("{s:s,s:s,s:I,s:b,s:b}", "person", meant_name(&export->who), "reason", export->request->reason, "entries",
				   (json_int_t)count, "redacted", export->request->redact, "marked_words", export->request->marked_words);
	char *text = json_dumps(detail, JSON_COMPACT);
	json_decref(detail);
	if (text == NULL)
		return error_set(err, ERROR_INPUT, "\"%s\" is not UTF-8", export->request->person);
	bool good = store_journal(export->store, "exported", NULL, export->request->by, text, export->request->at, err);
	free(text);
	return good;
}

static void write_form(struct export *export, const json_t *model, struct export_document *out)
{
	const struct export_request *request = export->request;
	if (request->form == EXPORT_JSON) {
		char *text = memory_must(json_dumps(model, JSON_INDENT(1)));
		out->document = bytes_of(arena_printf(export->arena, "%s\n", text));
		free(text);
	} else {
		out->document = request->form == EXPORT_TEXT ? export_text(export->arena, model) : export_html(export->arena, model);
	}
	out->type = forms[request->form].type;
	out->name = arena_printf(export->arena, "copyhold-export-%d.%s", (int)clock_date_of(request->at), forms[request->form].suffix);
}

bool export_make(struct store *store, const struct directory *directory, struct arena *arena, const struct export_request *request,
		 struct export_document *out, struct error *err)
{
	struct export_request clean = *request;
	struct export export = { .store = store, .directory = directory, .arena = arena, .request = &clean };
	json_t *model = NULL;
	if (request->reason == NULL || bytes_trim(bytes_of(request->reason)).length == 0)
		return error_set(err, ERROR_INPUT, "an export needs a reason: it is kept in the journal");
	if (request->by == NULL || request->by[0] == '\0')
		return error_set(err, ERROR_INPUT, "an export needs to say who makes it");
	clean.reason = arena_string_of(arena, unicode_repair(arena, bytes_of(request->reason)));
	if (!meant_resolve(arena, directory, request->person, request->at, &export.who, err))
		return false;
	bool good = make_model(&export, &model, &out->count, err);
	/* The journal first: nothing is handed out that is not on record. */
	if (good && (good = journal_export(&export, out->count, err)))
		write_form(&export, model, out);
	json_decref(model);
	return good;
}
