/* call_message.c - the call message: all there is to know of one message but its text. Journalled as a view.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "confidence.h"
#include "context.h"
#include "decision.h"
#include "review/finding.h"
#include "review/retention.h"
#include "store/own_link.h"
#include "view.h"

/* --- findings --- */

static const struct rule *rule_of(const struct request *request, const char *id)
{
	for (size_t i = 0; i < policy_count(request->snapshot->policy); i++)
		if (strcmp(policy_at(request->snapshot->policy, i)->id, id) == 0)
			return policy_at(request->snapshot->policy, i);
	return NULL;
}

/* Of the message's own words the store keeps those that matched, and no more: all of them are the mark. What a finding says of the
 * envelope or of people is told in our words, and so are words that are withheld. */
static bool quotes_message(const char *where)
{
	static const char *const places[] = { "text", "subject", "attach", "file name, part " };
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (strncmp(where, places[i], strlen(places[i])) == 0)
			return true;
	/* "part 2, line 4"; of a bare "part 2" it says in our words what is wrong with it */
	return strstr(where, " (part ") != NULL || (strncmp(where, "part ", 5) == 0 && strchr(where, ',') != NULL);
}

/* What surrounds them is read again, unless it is somebody's secret: then there are no words here, and none is by what is configured now. */
static json_t *piece_json(const struct request *request, const struct reading *reading, const char *where, const char *text)
{
	static const char withheld[] = "(words withheld"; /* how the gate begins what it puts in their place */
	struct context context = { text, 0, strlen(text) };
	bool is_withheld = strncmp(text, withheld, strlen(withheld)) == 0;
	if (!quotes_message(where) || *text == '\0' || is_withheld)
		return json_pack("{s:s, s:s, s:n, s:b}", "where", where, "text", text, "mark", "withheld", is_withheld);
	if (reading != NULL && !context_of(request->arena, reading, where, text, &context))
		context = (struct context){ text, 0, strlen(text) };
	return json_pack("{s:s, s:s, s:[I, I], s:b}", "where", where, "text", context.text, "mark", (json_int_t)context.start,
			 (json_int_t)context.length, "withheld", false);
}

static const struct reading *reading_to_show(const struct held *held, const struct view *view)
{
	return view->kept && !held->marked && view->judgement->facts->marked_count == 0 ? view->judgement->reading : NULL;
}

/* What the store keeps, made sure of: a list of pairs of texts. */
static json_t *evidence_json(const struct request *request, const struct reading *reading, const char *kept)
{
	json_t *read = json_loads(kept == NULL ? "[]" : kept, 0, NULL), *list = json_array();
	for (size_t i = 0; i < json_array_size(read); i++) {
		const char *where = json_string_value(json_object_get(json_array_get(read, i), "where"));
		const char *text = json_string_value(json_object_get(json_array_get(read, i), "text"));
		if (where != NULL && text != NULL)
			json_array_append_new(list, piece_json(request, reading, where, text));
	}
	json_decref(read);
	return list;
}

static const char *judged_of(const struct finding_mark *marks, size_t count, const char *rule)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(marks[i].rule, rule) == 0)
			return judged_name(marks[i].judged);
	return NULL;
}

static bool add_findings(struct request *request, const struct held *held, const struct view *view, struct error *err)
{
	const struct finding_mark *marks = NULL;
	size_t count = 0;
	json_t *list = json_array();
	request_add(request, "findings", list);
	if (!store_mark_list(request->store, request->arena, held->id, &marks, &count, err))
		return false;
	for (size_t i = 0; i < held->finding_count; i++) {
		const struct finding_record *finding = &held->findings[i];
		const struct rule *rule = rule_of(request, finding->rule);
		json_t *evidence = evidence_json(request, reading_to_show(held, view), finding->evidence);
		json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:s?, s:s?, s:o, s:s, s:o, s:s?}", "rule", finding->rule, "clause",
						      foreign_json(request, finding->clause),
						      "quote", foreign_json(request, rule == NULL ? NULL : rule->quote), "action", finding->action, "mode", finding->mode,
						      "explanation", foreign_json(request, finding->explanation), "confidence",
						      confidence_of(rule, evidence), "evidence", evidence, "judged",
						      judged_of(marks, count, finding->rule)));
	}
	return true;
}

/* --- recipients --- */

static const struct held_recipient *held_for(const struct held *held, const char *address)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (strcmp(held->recipients[i].address, address) == 0)
			return &held->recipients[i];
	return NULL;
}

static json_t *openness_json(enum openness openness)
{
	return openness == OPENNESS_UNKNOWN ? json_null() : json_boolean(openness == OPENNESS_OPEN);
}

static void add_recipients(struct request *request, const struct held *held)
{
	json_t *list = json_array();
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		const struct held_recipient *kept = held_for(held, held->all_recipients[i]);
		json_t *recipient = person_json(request, held->all_recipients[i], held->at);
		json_object_set_new(recipient, "visible", openness_json(held->addressed[i].openness));
		json_object_set_new(recipient, "outcome", json_string(held->addressed[i].outcome));
		json_object_set_new(recipient, "state", kept == NULL ? json_null() : json_string(hold_state_name(kept->state)));
		json_object_set_new(recipient, "reply", foreign_json(request, kept == NULL ? NULL : kept->last_reply));
		json_object_set_new(recipient, "by", actor_json(request, kept == NULL ? NULL : kept->changed_by));
		json_object_set_new(recipient, "at", kept == NULL ? json_null() : json_integer(kept->changed_at));
		json_array_append_new(list, recipient);
	}
	request_add(request, "recipients", list);
}

/* --- what went before --- */

/* Of the conversation, what this reviewer may see. */
static bool add_thread(struct request *request, const struct held *held, struct error *err)
{
	const char *const *ids;
	size_t count;
	const bool *recused;
	const struct held *const *messages;
	json_t *list = json_array();
	request_add(request, "thread", list);
	if (!store_thread(request->store, request->arena, held, &ids, &count, err) ||
	    !recusals_ask(request->edition->recusals, request->arena, request->store, request->login->address, ids, count, &recused, err) ||
	    !store_messages(request->store, request->arena, ids, count, &messages, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (recused[i] || messages[i] == NULL)
			continue;
		const struct finding_record *finding = finding_leading(messages[i]);
		json_array_append_new(list, json_pack("{s:s, s:I, s:s?, s:o}", "id", messages[i]->id, "at", (json_int_t)messages[i]->at, "outcome",
						      messages[i]->outcome, "why", foreign_json(request, finding == NULL ? NULL : finding->clause)));
	}
	return true;
}

/* What a person wants to know of a line; digests are for who verifies the journal. That somebody looked is all there is to a view. */
static json_t *detail_json(const struct journal_line *line)
{
	static const char *const told[] = { "reason", "recipient", "reply", "deed", "due", "note", "rule", "judged" };
	json_t *read = strcmp(line->what, "viewed") == 0 || line->detail == NULL ? NULL : json_loads(line->detail, 0, NULL), *words = json_object();
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		json_object_set(words, told[i], json_object_get(read, told[i]));
	json_decref(read);
	if (json_object_size(words) > 0)
		return words;
	json_decref(words);
	return json_null();
}

static bool add_history(struct request *request, const struct held *held, struct error *err)
{
	const struct journal_line *lines = NULL;
	size_t count = 0;
	json_t *list = json_array();
	request_add(request, "history", list);
	if (!store_history(request->store, request->arena, held->id, &lines, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:I, s:s, s:o, s:o}", "at", (json_int_t)lines[i].at, "what", lines[i].what, "by",
						      actor_json(request, lines[i].by), "detail", detail_json(&lines[i])));
	return true;
}

/* --- files, and what could not be read --- */

/* "minutes.docx, page 2 (part 2)", "file name, part 2", "part 2", "part 2, line 4": what comes before the number is a stranger's. */
static bool lies_in(const char *where, const char *part, struct arena *arena)
{
	struct bytes place = bytes_of(where), last = bytes_of(arena_printf(arena, " (part %s)", part));
	struct bytes plain = bytes_of(arena_printf(arena, "part %s", part));
	if (place.length >= last.length && memcmp(place.data + place.length - last.length, last.data, last.length) == 0)
		return true;
	if (bytes_starts_with(place, plain) && (place.length == plain.length || place.data[plain.length] == ','))
		return true;
	return strcmp(where, arena_printf(arena, "file name, part %s", part)) == 0;
}

static bool has_evidence_in(const struct finding_record *finding, const char *part, struct arena *arena)
{
	json_t *read = json_loads(finding->evidence == NULL ? "[]" : finding->evidence, 0, NULL);
	bool found = false;
	for (size_t i = 0; i < json_array_size(read) && !found; i++) {
		const char *where = json_string_value(json_object_get(json_array_get(read, i), "where"));
		found = where != NULL && lies_in(where, part, arena);
	}
	json_decref(read);
	return found;
}

static void add_said(struct text *said, const char *before, const char *what)
{
	text_printf(said, "%s%s%s", said->length == 0 ? "" : "; ", before, what);
}

/* Why it could not be read, and which findings rest on it. */
static const char *said_of(const struct request *request, const struct held *held, const struct view *view, const struct part *part)
{
	const struct reading *reading = view->judgement->reading;
	struct text said = TEXT_INIT;
	for (size_t i = 0; i < reading->unreadable_count; i++)
		if (strcmp(reading->unreadable[i].part, part->number) == 0)
			add_said(&said, "", reading->unreadable[i].why);
	for (size_t i = 0; i < held->finding_count; i++)
		if (has_evidence_in(&held->findings[i], part->number, request->arena))
			add_said(&said, "What a rule found is in it: ", held->findings[i].clause == NULL ? held->findings[i].rule : held->findings[i].clause);
	const char *kept = said.length == 0 ? NULL : arena_string(request->arena, text_string(&said));
	text_release(&said);
	return kept;
}

static bool is_file(const struct part *part)
{
	return part->first_child == NULL && (part->file_name != NULL || !part_is_shown_text(part));
}

static void add_files(struct request *request, const struct held *held, const struct view *view)
{
	json_t *files = json_array(), *unread = json_array();
	request_add(request, "attachments", files);
	request_add(request, "unread", unread);
	if (!view->kept)
		return;
	const struct message *message = view->judgement->message;
	for (size_t i = 0; i < message->part_count; i++) {
		const struct part *part = message->parts[i];
		if (is_file(part))
			json_array_append_new(files, json_pack("{s:o, s:I, s:o, s:o}", "name", foreign_json(request, part->file_name), "size",
							       (json_int_t)(part->body_end - part->body_start), "type",
							       foreign_json(request, arena_printf(request->arena, "%s/%s", part->type, part->subtype)),
							       "said", foreign_json(request, said_of(request, held, view, part))));
	}
	for (size_t i = 0; i < view->judgement->reading->unreadable_count; i++)
		json_array_append_new(unread, json_pack("{s:s, s:o}", "part", view->judgement->reading->unreadable[i].part, "why",
							foreign_json(request, view->judgement->reading->unreadable[i].why)));
	if (view->trouble != NULL)
		json_array_append_new(unread, json_pack("{s:s, s:o}", "part", "", "why", foreign_json(request, view->trouble)));
}

/* --- law --- */

static bool add_law(struct request *request, const struct held *held, struct error *err)
{
	const struct legal_hold *hold = NULL;
	if (!retention_hold_on(request->store, request->snapshot->directory, request->arena, held, &hold, err))
		return false;
	int64_t until = retention_until(&request->snapshot->retention, held);
	request_add(request, "legal_hold", hold == NULL ? NULL : json_pack("{s:o, s:I, s:o}", "by", actor_json(request, hold->by), "at",
									       (json_int_t)hold->at, "reason", foreign_json(request, hold->reason)));
	request_add(request, "retention_until", until == 0 ? NULL : json_integer(until));
	return true;
}

static bool add_reply(struct request *request, const struct held *held, struct error *err)
{
	bool found = false;
	struct sender_reply reply;
	if (!store_sender_reply_find(request->store, request->arena, held->id, &found, &reply, err))
		return false;
	request_add(request, "sender_reply", !found ? NULL : json_pack("{s:I, s:o}", "at", (json_int_t)reply.at, "text",
									   foreign_json(request, reply.text)));
	return true;
}

bool call_message(struct request *request, struct error *err)
{
	const struct held *held;
	struct view view;
	struct deed deed = request_deed(request, "message page");
	if (!request_message(request, &held, err) || !view_open(request, held, &view, err) ||
	    !store_view(request->store, held->id, &deed, err))
		return false;
	json_t *entry = entry_json(request, held);
	request_add(request, "entry", entry);
	request_add(request, "received", json_string(clock_format_rfc3339(request->arena, held->at)));
	add_recipients(request, held);
	add_files(request, held, &view);
	return add_reply(request, held, err) && add_findings(request, held, &view, err) && add_decisions(request, held, entry, err) &&
	       add_thread(request, held, err) && add_law(request, held, err) && add_history(request, held, err);
}
