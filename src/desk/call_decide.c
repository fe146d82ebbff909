/* call_decide.c - the calls that decide: decide, undo, confirm, mark, bulk. Thin over review/decide.h, which asks who may at each step.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "decision.h"

static json_t *texts_json(const struct request *request, const char *const *texts, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, foreign_json(request, texts[i]));
	return list;
}

/* A claim that is being carried out still waits, for whoever looks. */
static const char *state_in_words(enum decision_state state)
{
	return decision_state_name(state == DECISION_DOING ? DECISION_WAITING : state);
}

json_t *decision_json(const struct request *request, const struct decision *decision)
{
	if (decision == NULL)
		return json_null();
	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:I, s:o, s:o, s:o, s:s, s:s, s:o}", "number", (json_int_t)decision->number, "id", decision->id,
			 "deed", decision_deed_name(decision->deed), "recipients",
			 texts_json(request, decision->recipients, decision->recipient_count), "by", actor_json(request, decision->by), "at",
			 (json_int_t)decision->at, "reason", foreign_json(request, decision->reason), "note", foreign_json(request, decision->note),
			 "due_at", decision->due_at == 0 ? json_null() : json_integer(decision->due_at), "state", state_in_words(decision->state),
			 "text", decision_in_words(request->arena, decision), "second_by", actor_json(request, decision->second_by));
}

const struct decision *standing_decision(const struct decision_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].state != DECISION_UNDONE)
			return &list->items[i];
	return NULL;
}

bool add_decisions(struct request *request, const struct held *held, json_t *entry, struct error *err)
{
	struct desk desk = request_desk(request);
	struct decision_list list = { 0 };
	struct offers offers = { 0 };
	json_t *offered = json_array(), *reasons = json_array();
	request_add(request, "offers", offered);
	request_add(request, "reasons", reasons);
	if (!store_decision_list(request->store, request->arena, held->id, &list, err) ||
	    !decide_offers(&desk, request->arena, held, request->login->address, request->now, &offers, err))
		return false;
	request_add(request, "decided", decision_json(request, standing_decision(&list)));
	json_object_set_new(entry, "decision", decision_json(request, standing_decision(&list)));
	json_object_set_new(entry, "two_persons", json_boolean(offers.two_persons));
	for (size_t i = 0; i < offers.count; i++)
		json_array_append_new(offered, json_pack("{s:s, s:s, s:o, s:b, s:o}", "deed", decision_deed_name(offers.items[i].deed), "label",
							 offers.items[i].label, "will", foreign_json(request, offers.items[i].will), "prominent",
							 offers.items[i].prominent, "refused", foreign_json(request, offers.items[i].refused)));
	for (size_t i = 0; i < offers.reason_count; i++)
		json_array_append_new(reasons, json_pack("{s:s, s:s}", "key", offers.reasons[i].key, "text", offers.reasons[i].text));
	return true;
}

/* --- the calls --- */

/* Somebody was first: who, and when. A decision that failed at the mail server is no conflict: it is answered as it stands. */
static bool finish(struct request *request, bool good, const struct decision_answer *answer, struct error *err)
{
	if (!good && answer->conflict) {
		request_add(request, "by", actor_json(request, answer->by));
		request_add(request, "at", answer->at == 0 ? NULL : json_integer(answer->at));
		request->kind = "conflict";
	}
	if (answer->decision != NULL)
		request_add(request, "decision", decision_json(request, answer->decision));
	request_add(request, "already", json_boolean(answer->already));
	return good;
}

/* What is in doubt is released again only for who says that they know of it. A return from a page that showed the doubt says nothing. */
static bool is_undoubted(const struct request *request, enum decision_deed deed)
{
	const char *only = argument_text(request->asked, "only_if");
	return only == NULL ? deed == DEED_RELEASE || deed == DEED_RELEASE_OPEN : strcmp(only, "held") == 0;
}

static struct wish wish_of(const struct request *request)
{
	struct wish wish = { .id = argument_text(request->asked, "id"), .note = argument_text(request->asked, "note") };
	wish.why = request_deed(request, argument_text(request->asked, "reason"));
	if (wish.note != NULL && *wish.note == '\0')
		wish.note = NULL;
	if (!decision_deed_parse(argument_text(request->asked, "deed"), &wish.deed))
		abort(); /* the row of the argument has these words and no others */
	wish.undoubted = is_undoubted(request, wish.deed);
	/* A form has its ticked boxes whichever button is pressed; only a release goes to some of those who wait. */
	if (wish.deed == DEED_RELEASE || wish.deed == DEED_RELEASE_OPEN)
		wish.recipients = argument_lines(request->arena, request->asked, "recipients", &wish.recipient_count);
	return wish;
}

bool call_decide(struct request *request, struct error *err)
{
	const struct held *held;
	struct desk desk = request_desk(request);
	struct wish wish = wish_of(request);
	struct decision_answer answer = { 0 };
	if (!request_message(request, &held, err))
		return false;
	wish.id = held->id;
	return finish(request, decide_make(&desk, request->arena, &wish, &answer, err), &answer, err);
}

/* The decision must be of a message that whoever asks may see; else even its number says nothing. */
static bool may_touch(struct request *request, int64_t number, struct error *err)
{
	const struct decision *decision = NULL;
	const struct held *const *messages;
	struct desk desk = request_desk(request);
	if (!store_decision_find(request->store, request->arena, number, &decision, err))
		return false;
	if (decision == NULL)
		return request_fail(request, err, "gone", "There is no such decision.");
	if (!store_messages(request->store, request->arena, &decision->id, 1, &messages, err))
		return false;
	if (messages[0] == NULL)
		return request_fail(request, err, "gone", "The message of that decision is no longer kept.");
	return queue_may_review(&desk, messages[0], request->login->address, request->now, err);
}

bool call_undo(struct request *request, struct error *err)
{
	struct desk desk = request_desk(request);
	struct deed deed = request_deed(request, "undone at the desk");
	struct decision_answer answer = { 0 };
	int64_t number = argument_integer(request->asked, "decision", 0);
	return may_touch(request, number, err) &&
	       finish(request, decide_undo(&desk, request->arena, number, &deed, &answer, err), &answer, err);
}

bool call_confirm(struct request *request, struct error *err)
{
	struct desk desk = request_desk(request);
	struct deed deed = request_deed(request, "confirmed at the desk");
	struct decision_answer answer = { 0 };
	int64_t number = argument_integer(request->asked, "decision", 0);
	return may_touch(request, number, err) &&
	       finish(request, decide_confirm(&desk, request->arena, number, &deed, false, &answer, err), &answer, err);
}

bool call_mark(struct request *request, struct error *err)
{
	const struct held *held;
	struct desk desk = request_desk(request);
	struct deed deed = request_deed(request, argument_text(request->asked, "reason"));
	const char *word = argument_text(request->asked, "judged");
	enum judged judged = word == NULL ? JUDGED_NONE : strcmp(word, "wrong") == 0 ? JUDGED_WRONG : JUDGED_RIGHT;
	return request_message(request, &held, err) &&
	       decide_mark(&desk, request->arena, held->id, argument_text(request->asked, "rule"), judged, &deed, err);
}

bool call_bulk(struct request *request, struct error *err)
{
	struct desk desk = request_desk(request);
	struct wish wish = wish_of(request);
	const struct bulk_result *results = NULL;
	size_t count;
	const char *const *ids = argument_lines(request->arena, request->asked, "ids", &count);
	json_t *list = json_array();
	request_add(request, "results", list);
	if (!decide_bulk(&desk, request->arena, ids, count, (size_t)argument_integer(request->asked, "count", 0), &wish, &results, err))
		return false;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:o, s:b, s:o, s:o}", "id", foreign_json(request, results[i].id), "ok", results[i].good, "text",
						      foreign_json(request, results[i].text), "decision",
						      decision_json(request, results[i].answer.decision)));
	return true;
}
