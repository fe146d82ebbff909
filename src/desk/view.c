/* view.c - see view.h. The desk itself takes no body apart: the caged readers do, and their answers are checked (reader/pool.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

static const struct envelope *envelope_of(const struct request *request, const struct held *held)
{
	struct envelope *envelope = arena_alloc(request->arena, sizeof *envelope);
	*envelope = (struct envelope){
		.from = held->from,
		.recipients = held->all_recipients,
		.recipient_count = held->all_recipient_count,
		.auth = held->auth,
		.client = held->client,
		.at = held->at,
	};
	return envelope;
}

static bool is_kept(const struct held *held)
{
	return held->recipient_count > 0 && held->size > 0;
}

bool view_open(const struct request *request, const struct held *held, struct view *out, struct error *err)
{
	struct error trouble = ERROR_INIT;
	*out = (struct view){ false };
	if (!is_kept(held))
		return true;
	if (!store_read_raw(request->store, request->arena, held->id, &out->raw, &trouble)) {
		bool gone = trouble.kind == ERROR_INPUT; /* its time was over */
		if (!gone)
			error_set(err, trouble.kind, "%s", error_text(&trouble));
		error_release(&trouble);
		return gone;
	}
	struct pattern_scratch *scratch = pattern_scratch_new();
	out->kept = gateway_judge(request->arena, request->snapshot, NULL, envelope_of(request, held), out->raw, scratch, &out->judgement, err);
	pattern_scratch_free(&scratch);
	if (out->kept)
		out->trouble = out->judgement->reader_failure;
	return out->kept;
}
