/* call_links.c - the calls link and own-act: what a link from a mail leads to. Looking never acts.
 *
 * Two kinds: a reviewer's from the digest, which leads to the message's page after a log-in, and a sender's from their notice, whose token
 * is an authority for one deed on one message of their own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "handlers.h"
#include "review/finding.h"
#include "review/link.h"
#include "review/remedy.h"

/* --- a sender's own --- */

static const char *standing_word(enum remedy_standing standing)
{
	static const char *const words[] = {
		[REMEDY_OPEN] = "open", [REMEDY_UNKNOWN] = "unknown", [REMEDY_EXPIRED] = "expired",
		[REMEDY_USED] = "used", [REMEDY_GONE] = "gone",	      [REMEDY_DECIDED] = "decided",
	};
	return words[standing];
}

/* The page is the sender's, who need not read English first; the console has no catalogue. */
static json_t *words_json(const struct request *request)
{
	struct desk desk = request_desk(request);
	size_t count;
	const struct remedy_word *words = remedy_page_words(&desk, request->arena, &count);
	bool welsh_first = desk.notices.words_cy != NULL && desk.notices.welsh_first;
	json_t *all = json_pack("{s:s}", "language", welsh_first ? "cy" : "en");
	for (size_t i = 0; i < count; i++)
		json_object_set_new(all, words[i].key, json_string(words[i].text));
	return all;
}

static json_t *used_json(const struct request *request, const struct remedy_page *page)
{
	struct desk desk = request_desk(request);
	enum remedy remedy;
	if (page->used_at == 0)
		return json_null();
	bool known = page->used_for != NULL && remedy_parse(page->used_for, &remedy);
	return json_pack("{s:I, s:s?, s:s?}", "at", (json_int_t)page->used_at, "deed", page->used_for, "label",
			 known ? remedy_label(&desk, request->arena, remedy) : NULL);
}

static json_t *own_json(const struct request *request, const struct remedy_page *page)
{
	const struct held *held = page->held;
	const struct finding_record *finding = held == NULL ? NULL : finding_leading(held);
	json_t *deeds = json_array(), *waiting = json_array();
	for (size_t i = 0; i < page->offer_count; i++)
		json_array_append_new(deeds, json_pack("{s:s, s:s, s:s, s:b}", "deed", remedy_name(page->offers[i].remedy), "label",
						       page->offers[i].label, "will", page->offers[i].will, "wants_text",
						       page->offers[i].wants_text));
	for (size_t i = 0; held != NULL && i < held->recipient_count; i++)
		if (held->recipients[i].state == HOLD_HELD || held->recipients[i].state == HOLD_IN_DOUBT)
			json_array_append_new(waiting, foreign_json(request, held->recipients[i].address));
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "standing", standing_word(page->standing), "subject", foreign_json(request, held == NULL || held->marked ? NULL : held->subject),
			 "at", held == NULL ? json_null() : json_integer(held->at), "held", waiting, "why",
			 foreign_json(request, finding == NULL ? NULL : finding->explanation), "clause",
			 foreign_json(request, finding == NULL ? NULL : finding->clause), "deeds", deeds, "used", used_json(request, page),
			 "text", foreign_json(request, page->text));
}

/* Where the Council wants it, the link alone is not enough: whoever follows it logs in as the sender. */
static bool is_the_sender(struct request *request, const struct remedy_page *page, struct error *err)
{
	const struct directory *directory = request->snapshot->directory;
	if (!request->snapshot->console.own_login || page->person == NULL)
		return true;
	if (!request_login(request, CALL_EVERY_ROLE, err))
		return false;
	if (directory_by_address(directory, page->person) == request->person)
		return true;
	return request_fail(request, err, "refused", "This link was sent to somebody else.");
}

static bool answer_own(struct request *request, const struct remedy_page *page, struct error *err)
{
	if (page->standing == REMEDY_GONE || (page->held == NULL && page->standing != REMEDY_USED))
		return request_fail(request, err, "gone", "%s", page->text);
	if (!is_the_sender(request, page, err))
		return false;
	request_add(request, "id", page->held == NULL ? NULL : json_string(page->held->id));
	request_add(request, "purpose", json_string("own"));
	request_add(request, "entry", own_json(request, page));
	request_add(request, "words", words_json(request));
	return true;
}

bool call_own_act(struct request *request, struct error *err)
{
	struct desk desk = request_desk(request);
	struct remedy_page page;
	enum remedy remedy;
	const char *token = argument_text(request->asked, "token"), *text = NULL;
	if (!remedy_parse(argument_text(request->asked, "deed"), &remedy))
		return error_set(err, ERROR_INPUT, "there is no such deed");
	if (!remedy_look(&desk, request->arena, token, request->now, &page, err) || !is_the_sender(request, &page, err) ||
	    !remedy_act(&desk, request->arena, token, remedy, argument_text(request->asked, "text"), request->now, &text, err))
		return false;
	request_add(request, "text", foreign_json(request, text));
	request_add(request, "words", words_json(request));
	return true;
}

/* --- a reviewer's --- */

/* Who follows it must be whom it was mailed to, and may see the message. */
static bool answer_desk(struct request *request, const char *token, struct error *err)
{
	const struct link_keys *keys;
	const char *id = NULL;
	const struct held *const *messages;
	struct desk desk = request_desk(request);
	if (!request_login(request, CALL_REVIEWERS, err) ||
	    !link_keys_load(request->snapshot->store_directory, request->now, request->arena, &keys, err))
		return false;
	enum link_answer answer = link_check(request->arena, keys, request->snapshot->directory, token, request->login->address, request->now, &id);
	if (answer != LINK_GOOD)
		return request_fail(request, err, answer == LINK_SOMEBODY_ELSES ? "refused" : "gone", "%s", link_answer_sentence(answer));
	if (!store_messages(request->store, request->arena, &id, 1, &messages, err))
		return false;
	if (messages[0] == NULL)
		return request_fail(request, err, "gone", "The message of this link is no longer kept.");
	if (!queue_may_review(&desk, messages[0], request->login->address, request->now, err))
		return false;
	request_add(request, "id", json_string(id));
	request_add(request, "purpose", json_string("desk"));
	request_add(request, "entry", entry_json(request, messages[0]));
	return true;
}

bool call_link(struct request *request, struct error *err)
{
	struct desk desk = request_desk(request);
	struct remedy_page page;
	const char *token = argument_text(request->asked, "token");
	if (!remedy_look(&desk, request->arena, token, request->now, &page, err))
		return false;
	return page.standing == REMEDY_UNKNOWN ? answer_desk(request, token, err) : answer_own(request, &page, err);
}
