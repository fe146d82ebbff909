/* call_law.c - the calls legal-hold and link. Thin over review.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"
#include "review/link.h"
#include "review/retention.h"

bool call_legal_hold(struct request *request, struct error *err)
{
	const struct held *held;
	int64_t number = 0;
	if (!request_message(request, &held, err))
		return false;
	struct keep_order order = {
		.scope = KEEP_MESSAGE,
		.what = held->id,
		.by = request->login->address,
		.reason = argument_text(request->asked, "reason"),
		.at = request->now,
		.review = DATE_NONE,
	};
	const struct directory *directory = request->snapshot->directory;
	return argument_flag(request->asked, "on") ? retention_keep(request->store, directory, request->arena, &order, &number, err)
						   : retention_unkeep(request->store, directory, request->arena, &order, 0, err);
}

/* --- the link of a digest --- */

/* It opens a page and does nothing else; who follows it must be whom it was mailed to, and may see the message. */
bool call_link(struct request *request, struct error *err)
{
	const struct link_keys *keys;
	const char *id = NULL;
	const struct held *const *messages;
	struct desk desk = request_desk(request);
	if (!link_keys_load(request->snapshot->store_directory, request->now, request->arena, &keys, err))
		return false;
	enum link_answer answer = link_check(request->arena, keys, request->snapshot->directory, argument_text(request->asked, "token"),
					     request->login->address, request->now, &id);
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
