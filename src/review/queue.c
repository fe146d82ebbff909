/* queue.c - a reviewer's deeds. The compare-and-set move in the store decides who was first; all else follows from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/queue.h"

#include "base/text.h"
#include "carry.h"
#include "recusal.h"
#include "review/decide.h"

bool queue_deed_is_complete(const struct deed *deed, struct error *err)
{
	if (deed->by == NULL || *deed->by == '\0')
		return error_set(err, ERROR_USAGE, "say who decides (--by)");
	if (deed->reason == NULL || *deed->reason == '\0')
		return error_set(err, ERROR_USAGE, "say why (--reason)");
	return true;
}

static bool is_reviewer(const struct desk *desk, const struct reviewer *reviewer)
{
	for (size_t i = 0; i < desk->reviewer_count; i++)
		if (reviewer_has_address(desk->directory, reviewer, desk->reviewers[i]))
			return true;
	return reviewer_has_address(desk->directory, reviewer, desk->second_reviewer);
}

/* The reviewers who are free to decide, for the one who is not. */
static void add_who_may(const struct desk *desk, const struct held *held, struct text *out)
{
	for (size_t i = 0; i <= desk->reviewer_count; i++) {
		const char *address = i < desk->reviewer_count ? desk->reviewers[i] : desk->second_reviewer;
		if (address == NULL)
			continue;
		struct reviewer other = reviewer_resolve(desk->directory, address);
		if (recusal_reason(desk->directory, held, &other) == NULL)
			text_printf(out, "%s%s", out->length == 0 ? "" : ", ", address);
	}
	if (out->length == 0)
		text_add(out, "nobody configured; name another second reviewer");
}

bool queue_must_be_reviewer(const struct desk *desk, const struct held *held, const char *by, struct error *err)
{
	struct reviewer reviewer = reviewer_resolve(desk->directory, by);
	if (is_reviewer(desk, &reviewer))
		return true;
	struct text who = TEXT_INIT;
	add_who_may(desk, held, &who);
	error_set(err, ERROR_REFUSED, "%s is not a reviewer; who may decide on %s: %s", by, held->id, text_string(&who));
	text_release(&who);
	return false;
}

bool queue_may_review(const struct desk *desk, const struct held *held, const char *by, int64_t at, struct error *err)
{
	if (!queue_must_be_reviewer(desk, held, by, err))
		return false;
	struct reviewer reviewer = reviewer_resolve(desk->directory, by);
	const char *reason = recusal_reason(desk->directory, held, &reviewer);
	if (reviewer.person != NULL && person_role(reviewer.person, clock_date_of(at)) == ROLE_NONE)
		reason = "the directory has them in no role on that day";
	if (reason == NULL)
		return true;
	struct text who = TEXT_INIT;
	add_who_may(desk, held, &who);
	error_set(err, ERROR_REFUSED, "%s may not decide on %s: %s; who may: %s", by, held->id, reason, text_string(&who));
	text_release(&who);
	return false;
}

static bool find_for_deed(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
			  struct error *err)
{
	return queue_deed_is_complete(deed, err) && carry_find(desk, arena, id, out, err) &&
	       queue_may_review(desk, *out, deed->by, deed->at, err);
}

/* One person's word is not enough for every message; a decision waits for the second (decide.h). */
static bool needs_one(const struct desk *desk, const struct held *held, struct error *err)
{
	return !decide_needs_two(desk, held) || error_set(err, ERROR_REFUSED, "%s: a rule asks for two persons to release it", held->id);
}

bool queue_release(struct desk *desk, struct arena *arena, const char *id, const char *const *recipients, size_t recipient_count,
		   const struct deed *deed, const struct queue_result **results_out, size_t *result_count_out, struct error *err)
{
	struct carriage carriage = {
		.desk = desk, .arena = arena, .deed = deed, .recipients = recipients, .recipient_count = recipient_count, .doubted_before = INT64_MAX,
	};
	bool any = false;
	*result_count_out = 0;
	if (!find_for_deed(desk, arena, id, deed, &carriage.held, err) ||
	    !carry_are_held_for(carriage.held, recipients, recipient_count, err) || !needs_one(desk, carriage.held, err))
		return false;
	bool good = carry_release(&carriage, results_out, result_count_out, &any, err);
	if (!any || carriage.held->sender_address == NULL)
		return good;
	struct some_recipients got = who_got(arena, carriage.held, *results_out, *result_count_out, INT64_MAX);
	struct notice notice = carry_notice(desk, arena, carriage.held, deed, NOTICE_RELEASED, got);
	return store_outbox_add(desk->store, &notice, carriage.held->id, deed->at, good ? err : NULL) && good;
}

static bool complain_of_decided(struct arena *arena, const struct held *held, struct error *err)
{
	struct text told = TEXT_INIT;
	for (size_t i = 0; i < held->recipient_count; i++)
		text_printf(&told, "%s%s: %s", i == 0 ? "" : "; ", held->recipients[i].address, carry_who_and_when(arena, &held->recipients[i]));
	error_set(err, ERROR_REFUSED, "%s has been decided already (%s)", held->id, text_string(&told));
	text_release(&told);
	return false;
}

bool queue_return(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	struct carriage carriage = { .desk = desk, .arena = arena, .deed = deed };
	size_t moved = 0;
	if (!find_for_deed(desk, arena, id, deed, &carriage.held, err) || !carry_return(&carriage, &moved, err))
		return false;
	return moved > 0 || (carry_find(desk, arena, id, &carriage.held, err) && complain_of_decided(arena, carriage.held, err));
}

static bool is_open(const struct held *held)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (carry_is_waiting(held->recipients[i].state))
			return true;
	return false;
}

/* Passing it on is open to the reviewer who may not decide: that is what it is for. */
bool queue_escalate(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	const struct held *held = NULL;
	if (!queue_deed_is_complete(deed, err) || !carry_find(desk, arena, id, &held, err) || !queue_must_be_reviewer(desk, held, deed->by, err))
		return false;
	return is_open(held) ? store_escalate(desk->store, held->id, deed, err) : complain_of_decided(arena, held, err);
}

bool queue_show(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
		struct error *err)
{
	return find_for_deed(desk, arena, id, deed, out, err) && store_view(desk->store, (*out)->id, deed, err);
}

bool queue_glance(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
		  struct error *err)
{
	return carry_find(desk, arena, id, out, err) && store_view(desk->store, (*out)->id, deed, err);
}
