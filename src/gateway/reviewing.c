/* reviewing.c - see reviewing.h: a held letter is read once more, and gets its lines as the gate would have given them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "gateway/reviewing.h"

#include "gateway/gateway.h"

static struct envelope envelope_of(const struct held *held)
{
	return (struct envelope){
		.from = held->from,
		.recipients = held->all_recipients,
		.recipient_count = held->all_recipient_count,
		.auth = held->auth,
		.client = held->client,
		.at = held->at,
	};
}

/* Judged again as it was, by today's directory and rules. */
static bool judge(struct snapshot *snapshot, struct arena *arena, const struct held *held, struct bytes raw, const struct judgement **out,
		  struct error *err)
{
	struct envelope *envelope = arena_alloc(arena, sizeof *envelope);
	*envelope = envelope_of(held);
	if (snapshot->reader == NULL && !snapshot_open_reader(snapshot, 1, NULL, err)) {
		if (err != NULL)
			err->kind = ERROR_RETRY;
		return false;
	}
	struct pattern_scratch *scratch = pattern_scratch_new();
	bool good = gateway_judge(arena, snapshot, NULL, envelope, raw, scratch, out, err);
	pattern_scratch_free(&scratch);
	return good;
}

static bool open_letter(void *context, struct arena *arena, const struct held *held, struct bytes raw, const char *const **lines,
			size_t *line_count, struct bytes *letter_out, struct error *err)
{
	struct snapshot *snapshot = context;
	const struct judgement *judgement = NULL;
	struct edit_list edits = { 0 };
	if (!judge(snapshot, arena, held, raw, &judgement, err))
		return false;
	if (judgement->reader_failure != NULL)
		return error_set(err, ERROR_REFUSED, "%s cannot take a line: %s", held->id, judgement->reader_failure);
	if (*line_count == 0) {
		struct plan_options options = snapshot_plan_options(snapshot, held->id, held->at);
		*lines = plan_foot_lines(arena, judgement->facts, &options, line_count);
	}
	if (*line_count == 0)
		return error_set(err, ERROR_REFUSED, "%s hides no copy from anybody that a line could make plain", held->id);
	enum untouched why = footer_splice(arena, judgement->message, judgement->reading, *lines, *line_count, &edits);
	if (why != TOUCHED)
		return error_set(err, ERROR_REFUSED, "%s cannot take the line: %s", held->id, untouched_sentence(why));
	*letter_out = edits_apply(arena, raw, &edits);
	return true;
}

static bool is_let_through(void *context, struct arena *arena, const struct held *held, struct bytes letter, bool *through_out,
			   struct error *err)
{
	const struct judgement *judgement = NULL;
	*through_out = false;
	if (!judge(context, arena, held, letter, &judgement, err))
		return false;
	*through_out = judgement->reader_failure == NULL && judgement->plan->outcome < OUTCOME_HOLD;
	return true;
}

struct desk reviewing_desk(struct snapshot *snapshot, struct store *store, bool sends)
{
	return (struct desk){
		.store = store,
		.directory = snapshot->directory,
		.service = sends ? &snapshot->release : NULL,
		.reviewers = snapshot->reviewers,
		.reviewer_count = snapshot->reviewer_count,
		.second_reviewer = snapshot->second_reviewer,
		.notices = snapshot_plan_options(snapshot, NULL, 0),
		.policy = snapshot->policy,
		.terms = snapshot->review,
		.retention = &snapshot->retention,
		.opener = { snapshot, open_letter, is_let_through },
	};
}

struct digest_job reviewing_digest(const struct snapshot *snapshot, struct desk *desk)
{
	return (struct digest_job){
		.desk = desk,
		.settings = snapshot->daily,
		.store_directory = store_directory(desk->store),
		.console_address = snapshot->console.address,
		.mode = snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode),
		.report_days = snapshot->report_days,
	};
}
