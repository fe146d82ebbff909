/* queue.c - a reviewer's deeds. The compare-and-set move in the store decides who was first; all else follows from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/queue.h"

#include <string.h>

#include "base/text.h"
#include "letter.h"
#include "recusal.h"

/* Nothing takes longer to be released: whoever began has died, and nobody knows how far they came. */
#define RELEASING_IS_STALE ((int64_t)15 * 60)

static bool deed_is_complete(const struct deed *deed, struct error *err)
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

static bool must_be_reviewer(const struct desk *desk, const struct held *held, const char *by, struct error *err)
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
	if (!must_be_reviewer(desk, held, by, err))
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

static bool find(struct desk *desk, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	if (!store_find_held(desk->store, arena, id, out, err))
		return false;
	return *out != NULL || error_set(err, ERROR_INPUT, "no message is held under \"%s\"", id);
}

static bool find_for_deed(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, const struct held **out,
			  struct error *err)
{
	return deed_is_complete(deed, err) && find(desk, arena, id, out, err) &&
	       queue_may_review(desk, *out, deed->by, deed->at, err);
}

static struct plan_options notice_options(const struct desk *desk, const struct held *held, const struct deed *deed)
{
	struct plan_options options = desk->notices;
	options.id = held->id;
	options.at = deed->at;
	return options;
}

static struct notice decision_notice(const struct desk *desk, struct arena *arena, const struct held *held, const struct deed *deed,
				     enum notice_kind kind)
{
	struct plan_options options = notice_options(desk, held, deed);
	struct decided decided = {
		.kind = kind,
		.to = held->sender_address,
		.subject = held->subject,
		.message_id = held->message_id,
		.reason = kind == NOTICE_RETURNED ? deed->reason : NULL,
		.clause = held->finding_count > 0 ? held->findings[0].clause : NULL,
	};
	return notice_of_decision(arena, &decided, &options);
}

/* --- release --- */

struct release {
	struct desk *desk;
	struct arena *arena;
	const struct held *held;
	const struct deed *deed;
	struct bytes letter;
	bool named; /* the reviewer named the recipients */
};

static const char *who_and_when(struct arena *arena, const struct held_recipient *recipient)
{
	return arena_printf(arena, "%s by %s on %s", hold_state_name(recipient->state),
			    recipient->changed_by == NULL ? "copyhold" : recipient->changed_by,
			    clock_format_local(arena, recipient->changed_at));
}

static bool move(const struct release *release, const char *recipient, enum hold_state from, enum hold_state to, const char *reply,
		 bool *moved_out, struct error *err)
{
	if (!hold_move_is_legal(from, to))
		return error_set(err, ERROR_REFUSED, "%s: %s cannot become %s", release->held->id, hold_state_name(from), hold_state_name(to));
	return store_move(release->desk->store, release->held->id, recipient, from, to, release->deed, reply, moved_out, err);
}

static enum release_answer hand_over(const struct release *release, const char *recipient, const char **reply_out)
{
	if (release->desk->service != NULL)
		return release_send(release->arena, release->desk->service, release->held->from, recipient, release->letter, reply_out);
	*reply_out = "recorded only";
	return RELEASE_ACCEPTED;
}

/* Ours alone from the moment the move to releasing was ours. */
static bool release_claimed(const struct release *release, struct queue_result *result, struct error *err)
{
	static const enum hold_state states[] = {
		[RELEASE_ACCEPTED] = HOLD_RELEASED,
		[RELEASE_LATER] = HOLD_HELD,
		[RELEASE_REFUSED] = HOLD_HELD,
		[RELEASE_IN_DOUBT] = HOLD_IN_DOUBT,
	};
	bool moved = false;
	enum release_answer answer = hand_over(release, result->recipient, &result->reply);
	if (!move(release, result->recipient, HOLD_RELEASING, states[answer], result->reply, &moved, err))
		return error_context(err, "%s for %s: the release service answered \"%s\", which could not be recorded", release->held->id,
				     result->recipient, result->reply);
	result->state = moved ? states[answer] : HOLD_IN_DOUBT;
	if (result->state == HOLD_RELEASED)
		return true;
	return error_set(err, answer == RELEASE_REFUSED ? ERROR_REFUSED : ERROR_RETRY, "%s was not released to %s: %s", release->held->id,
			 result->recipient, result->reply);
}

/* The state as it is now, not as it was when the entry was read. */
static bool look_again(const struct release *release, size_t index, struct held_recipient *out, struct error *err)
{
	const struct held *now = NULL;
	if (!find(release->desk, release->arena, release->held->id, &now, err))
		return false;
	*out = now->recipients[index];
	return true;
}

/* Left in the middle by somebody who died: from here on a person's to decide. */
static bool settle_stale(const struct release *release, struct held_recipient *recipient, struct error *err)
{
	bool moved = false;
	if (recipient->state != HOLD_RELEASING || release->deed->at - recipient->changed_at < RELEASING_IS_STALE)
		return true;
	if (!move(release, recipient->address, HOLD_RELEASING, HOLD_IN_DOUBT, "an earlier release was interrupted", &moved, err))
		return false;
	recipient->state = moved ? HOLD_IN_DOUBT : recipient->state;
	recipient->last_reply = "an earlier release was interrupted";
	return true;
}

static bool explain_unmoved(const struct release *release, const struct held_recipient *recipient, struct queue_result *result,
			    struct error *err)
{
	result->state = recipient->state;
	result->already = recipient->state != HOLD_IN_DOUBT;
	result->reply = who_and_when(release->arena, recipient);
	if (recipient->state == HOLD_RELEASED)
		return true;
	if (recipient->state == HOLD_IN_DOUBT) {
		result->reply = recipient->last_reply;
		return error_set(err, ERROR_REFUSED, "%s may have reached %s already (%s); to send it again, name the recipient",
				 release->held->id, recipient->address, recipient->last_reply == NULL ? "no reply" : recipient->last_reply);
	}
	return error_set(err, recipient->state == HOLD_RELEASING ? ERROR_RETRY : ERROR_REFUSED, "%s for %s: %s", release->held->id,
			 recipient->address, result->reply);
}

static bool release_one(const struct release *release, size_t index, struct queue_result *result, struct error *err)
{
	struct held_recipient recipient = release->held->recipients[index];
	bool moved = false;
	result->recipient = recipient.address;
	result->state = recipient.state;
	if (!settle_stale(release, &recipient, err))
		return false;
	bool may = recipient.state == HOLD_HELD || (recipient.state == HOLD_IN_DOUBT && release->named);
	if (may && !move(release, recipient.address, recipient.state, HOLD_RELEASING, NULL, &moved, err))
		return false;
	if (moved)
		return release_claimed(release, result, err);
	if (may && !look_again(release, index, &recipient, err))
		return false;
	return explain_unmoved(release, &recipient, result, err);
}

static bool is_wanted(const char *address, const char *const *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal_nocase(bytes_of(address), bytes_of(wanted[i])))
			return true;
	return count == 0;
}

static bool all_are_held_for(const struct held *held, const char *const *wanted, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		bool known = false;
		for (size_t k = 0; k < held->recipient_count; k++)
			known = known || is_wanted(held->recipients[k].address, &wanted[i], 1);
		if (!known)
			return error_set(err, ERROR_INPUT, "%s is not held for %s", held->id, wanted[i]);
	}
	return true;
}

static bool prepare_letter(struct release *release, struct error *err)
{
	struct bytes raw = BYTES_EMPTY;
	if (release->desk->service == NULL)
		return true;
	if (!store_read_raw(release->desk->store, release->arena, release->held->id, &raw, err))
		return false;
	release->letter = letter_released(release->arena, release->held, raw, release->desk->service->helo, release->deed->at);
	return true;
}

/* The first trouble is told; the others have their result. */
static bool release_each(const struct release *release, const char *const *wanted, size_t count, struct queue_result *results,
			 size_t *result_count, bool *any_out, struct error *err)
{
	bool good = true;
	for (size_t i = 0; i < release->held->recipient_count; i++) {
		struct error trouble = ERROR_INIT;
		if (!is_wanted(release->held->recipients[i].address, wanted, count))
			continue;
		struct queue_result *result = &results[(*result_count)++];
		if (release_one(release, i, result, &trouble))
			*any_out = *any_out || !result->already;
		else if (good)
			good = error_set(err, trouble.kind, "%s", error_text(&trouble));
		error_release(&trouble);
	}
	return good;
}

bool queue_release(struct desk *desk, struct arena *arena, const char *id, const char *const *recipients, size_t recipient_count,
		   const struct deed *deed, const struct queue_result **results_out, size_t *result_count_out, struct error *err)
{
	struct release release = { .desk = desk, .arena = arena, .deed = deed, .named = recipient_count > 0 };
	bool any = false;
	*result_count_out = 0;
	if (!find_for_deed(desk, arena, id, deed, &release.held, err) ||
	    !all_are_held_for(release.held, recipients, recipient_count, err) || !prepare_letter(&release, err))
		return false;
	struct queue_result *results = arena_array(arena, release.held->recipient_count, sizeof *results);
	*results_out = results;
	bool good = release_each(&release, recipients, recipient_count, results, result_count_out, &any, err);
	if (!any || release.held->sender_address == NULL)
		return good;
	struct notice notice = decision_notice(desk, arena, release.held, deed, NOTICE_RELEASED);
	return store_outbox_add(desk->store, &notice, release.held->id, deed->at, good ? err : NULL) && good;
}

/* --- the other deeds --- */

static bool complain_of_decided(struct arena *arena, const struct held *held, struct error *err)
{
	struct text told = TEXT_INIT;
	for (size_t i = 0; i < held->recipient_count; i++)
		text_printf(&told, "%s%s: %s", i == 0 ? "" : "; ", held->recipients[i].address, who_and_when(arena, &held->recipients[i]));
	error_set(err, ERROR_REFUSED, "%s has been decided already (%s)", held->id, text_string(&told));
	text_release(&told);
	return false;
}

bool queue_return(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	const struct held *held = NULL;
	struct bytes raw = BYTES_EMPTY;
	size_t moved = 0;
	if (!find_for_deed(desk, arena, id, deed, &held, err))
		return false;
	if (held->sender_address == NULL)
		return error_set(err, ERROR_REFUSED, "%s cannot be returned: its sender is not known by authentication", held->id);
	if (!store_read_raw(desk->store, arena, held->id, &raw, err))
		return false;
	struct notice notice = decision_notice(desk, arena, held, deed, NOTICE_RETURNED);
	notice.message = letter_with_original(arena, notice.message, raw);
	if (!store_return(desk->store, held->id, deed, &notice, &moved, err))
		return false;
	return moved > 0 || (find(desk, arena, held->id, &held, err) && complain_of_decided(arena, held, err));
}

static bool is_open(const struct held *held)
{
	for (size_t i = 0; i < held->recipient_count; i++)
		if (held->recipients[i].state == HOLD_HELD || held->recipients[i].state == HOLD_RELEASING ||
		    held->recipients[i].state == HOLD_IN_DOUBT)
			return true;
	return false;
}

/* Passing it on is open to the reviewer who may not decide: that is what it is for. */
bool queue_escalate(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	const struct held *held = NULL;
	if (!deed_is_complete(deed, err) || !find(desk, arena, id, &held, err) || !must_be_reviewer(desk, held, deed->by, err))
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
	return find(desk, arena, id, out, err) && store_view(desk->store, (*out)->id, deed, err);
}
