/* carry.c - see carry.h. The compare-and-set move in the store decides who was first; all else follows from it.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "carry.h"

#include <string.h>

#include "base/text.h"
#include "letter.h"
#include "review/finding.h"

/* Nothing takes longer to be released: whoever began has died, and nobody knows how far they came. */
#define RELEASING_IS_STALE ((int64_t)15 * 60)

int64_t carry_stale_after(const struct desk *desk)
{
	int64_t patience = desk->service == NULL ? 0 : (int64_t)desk->service->timeout + 60;
	return patience > RELEASING_IS_STALE ? patience : RELEASING_IS_STALE;
}

bool carry_is_waiting(enum hold_state state)
{
	return state == HOLD_HELD || state == HOLD_RELEASING || state == HOLD_IN_DOUBT;
}

bool carry_find(struct desk *desk, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	if (!store_find_held(desk->store, arena, id, out, err))
		return false;
	return *out != NULL || error_set(err, ERROR_INPUT, "no message is held under \"%s\"", id);
}

const char *carry_subject_to_quote(const struct held *held)
{
	return held->marked ? NULL : held->subject;
}

struct notice carry_notice(const struct desk *desk, struct arena *arena, const struct held *held, const struct deed *deed,
			   enum notice_kind kind, struct some_recipients about)
{
	struct plan_options options = desk->notices;
	options.id = held->id;
	options.at = deed->at;
	const struct finding_record *finding = finding_that_held(held);
	struct decided decided = {
		.kind = kind,
		.to = held->sender_address,
		.subject = carry_subject_to_quote(held),
		.message_id = held->message_id,
		.reason = kind == NOTICE_RETURNED ? deed->reason : NULL,
		.clause = finding == NULL ? NULL : finding->clause,
		.about = about.items,
		.about_count = about.count,
	};
	return notice_of_decision(arena, &decided, &options);
}

const char *carry_who_and_when(struct arena *arena, const struct held_recipient *recipient)
{
	return arena_printf(arena, "%s by %s on %s", hold_state_name(recipient->state),
			    recipient->changed_by == NULL ? "copyhold" : recipient->changed_by,
			    clock_format_local(arena, recipient->changed_at));
}

static bool move(struct carriage *carriage, const char *recipient, enum hold_state from, enum hold_state to, const char *reply,
		 bool *moved_out, struct error *err)
{
	if (!hold_move_is_legal(from, to))
		return error_set(err, ERROR_REFUSED, "%s: %s cannot become %s", carriage->held->id, hold_state_name(from), hold_state_name(to));
	carriage->store_failed =
		!store_move(carriage->desk->store, carriage->held->id, recipient, from, to, carriage->deed, reply, moved_out, err) ||
		carriage->store_failed;
	return !carriage->store_failed;
}

static enum release_answer hand_over(const struct carriage *carriage, const char *recipient, const char **reply_out)
{
	if (carriage->desk->service != NULL)
		return release_send(carriage->arena, carriage->desk->service, carriage->held->from, recipient, carriage->letter, reply_out);
	*reply_out = "recorded only";
	return RELEASE_ACCEPTED;
}

/* Ours alone from the moment the move to releasing was ours. */
static bool release_claimed(struct carriage *carriage, struct queue_result *result, struct error *err)
{
	static const enum hold_state states[] = {
		[RELEASE_ACCEPTED] = HOLD_RELEASED,
		[RELEASE_LATER] = HOLD_HELD,
		[RELEASE_REFUSED] = HOLD_HELD,
		[RELEASE_IN_DOUBT] = HOLD_IN_DOUBT,
	};
	bool moved = false;
	enum release_answer answer = hand_over(carriage, result->recipient, &result->reply);
	if (!move(carriage, result->recipient, HOLD_RELEASING, states[answer], result->reply, &moved, err))
		return error_context(err, "%s for %s: the release service answered \"%s\", which could not be recorded", carriage->held->id,
				     result->recipient, result->reply);
	result->state = moved ? states[answer] : HOLD_IN_DOUBT;
	result->later = moved && answer == RELEASE_LATER;
	if (result->state == HOLD_RELEASED)
		return true;
	return error_set(err, answer == RELEASE_REFUSED ? ERROR_REFUSED : ERROR_RETRY, "%s was not released to %s: %s", carriage->held->id,
			 result->recipient, result->reply);
}

/* The state as it is now, not as it was when the entry was read. */
static bool look_again(struct carriage *carriage, size_t index, struct held_recipient *out, struct error *err)
{
	const struct held *now = NULL;
	if (!carry_find(carriage->desk, carriage->arena, carriage->held->id, &now, err)) {
		carriage->store_failed = true;
		return false;
	}
	*out = now->recipients[index];
	return true;
}

/* Left in the middle by somebody who died: from here on a person's to decide. */
static bool settle_stale(struct carriage *carriage, struct held_recipient *recipient, struct error *err)
{
	bool moved = false;
	if (recipient->state != HOLD_RELEASING || carriage->deed->at - recipient->changed_at < carry_stale_after(carriage->desk))
		return true;
	if (!move(carriage, recipient->address, HOLD_RELEASING, HOLD_IN_DOUBT, "an earlier release was interrupted", &moved, err))
		return false;
	recipient->state = moved ? HOLD_IN_DOUBT : recipient->state;
	recipient->changed_at = carriage->deed->at;
	recipient->last_reply = "an earlier release was interrupted";
	return true;
}

static bool explain_unmoved(const struct carriage *carriage, const struct held_recipient *recipient, struct queue_result *result,
			    struct error *err)
{
	result->state = recipient->state;
	result->already = recipient->state != HOLD_IN_DOUBT;
	result->reply = carry_who_and_when(carriage->arena, recipient);
	result->later = recipient->state == HOLD_RELEASING;
	if (recipient->state == HOLD_RELEASED)
		return true;
	if (recipient->state == HOLD_IN_DOUBT) {
		result->reply = recipient->last_reply;
		return error_set(err, ERROR_REFUSED, "%s may have reached %s already (%s); to send it again, name the recipient",
				 carriage->held->id, recipient->address, recipient->last_reply == NULL ? "no reply" : recipient->last_reply);
	}
	return error_set(err, recipient->state == HOLD_RELEASING ? ERROR_RETRY : ERROR_REFUSED, "%s for %s: %s", carriage->held->id,
			 recipient->address, result->reply);
}

/* Sending again what may have arrived is a person's wish alone, who knew of the doubt. */
static bool may_be_sent(const struct carriage *carriage, const struct held_recipient *recipient)
{
	return recipient->state == HOLD_HELD ||
	       (recipient->state == HOLD_IN_DOUBT && carriage->recipient_count > 0 && recipient->changed_at <= carriage->doubted_before);
}

static bool release_one(struct carriage *carriage, size_t index, struct queue_result *result, struct error *err)
{
	struct held_recipient recipient = carriage->held->recipients[index];
	bool moved = false;
	result->recipient = recipient.address;
	result->state = recipient.state;
	if (!settle_stale(carriage, &recipient, err))
		return false;
	bool may = may_be_sent(carriage, &recipient);
	if (may && !move(carriage, recipient.address, recipient.state, HOLD_RELEASING, NULL, &moved, err))
		return false;
	if (moved)
		return release_claimed(carriage, result, err);
	if (may && !look_again(carriage, index, &recipient, err))
		return false;
	return explain_unmoved(carriage, &recipient, result, err);
}

static bool is_wanted(const char *address, const char *const *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal_nocase(bytes_of(address), bytes_of(wanted[i])))
			return true;
	return count == 0;
}

bool carry_are_held_for(const struct held *held, const char *const *wanted, size_t count, struct error *err)
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

/* The lines go into a copy; what is stored stays as it came. */
static bool prepare_letter(struct carriage *carriage, struct error *err)
{
	struct desk *desk = carriage->desk;
	struct bytes raw = BYTES_EMPTY;
	if (desk->service == NULL && carriage->line_count == 0)
		return true;
	if (!store_read_raw(desk->store, carriage->arena, carriage->held->id, &raw, err))
		return false;
	if (carriage->line_count > 0) {
		if (desk->opener.open == NULL)
			return error_set(err, ERROR_REFUSED, "%s: nothing here can add a line to a letter", carriage->held->id);
		if (!desk->opener.open(desk->opener.context, carriage->arena, carriage->held, raw, &carriage->lines, &carriage->line_count, &raw, err))
			return false;
	}
	if (desk->service != NULL)
		carriage->letter = letter_released(carriage->arena, carriage->held, raw, desk->service->helo, carriage->deed->at);
	return true;
}

/* The first trouble is told; the others have their result. */
bool carry_release(struct carriage *carriage, const struct queue_result **results_out, size_t *result_count_out, bool *any_out,
		   struct error *err)
{
	bool good = true;
	const struct held *held = carriage->held;
	if (!prepare_letter(carriage, err))
		return false;
	struct queue_result *results = arena_array(carriage->arena, held->recipient_count, sizeof *results);
	*results_out = results;
	for (size_t i = 0; i < held->recipient_count; i++) {
		struct error trouble = ERROR_INIT;
		if (!is_wanted(held->recipients[i].address, carriage->recipients, carriage->recipient_count))
			continue;
		struct queue_result *result = &results[(*result_count_out)++];
		if (release_one(carriage, i, result, &trouble))
			*any_out = *any_out || !result->already;
		else if (good)
			good = error_set(err, trouble.kind, "%s", error_text(&trouble));
		error_release(&trouble);
	}
	return good;
}

bool carry_can_be_returned(const struct held *held, struct error *err)
{
	return held->sender_address != NULL ||
	       error_set(err, ERROR_REFUSED, "%s cannot be returned: its sender is not known by authentication", held->id);
}

bool carry_return(const struct carriage *carriage, size_t *moved_out, struct error *err)
{
	struct bytes raw = BYTES_EMPTY;
	if (!carry_can_be_returned(carriage->held, err) || !store_read_raw(carriage->desk->store, carriage->arena, carriage->held->id, &raw, err))
		return false;
	bool by_clock = strcmp(carriage->deed->by, DECISION_OF_CLOCK) == 0;
	struct notice notice = carry_notice(carriage->desk, carriage->arena, carriage->held, carriage->deed, by_clock ? NOTICE_EXPIRED : NOTICE_RETURNED,
					    who_lacks(carriage->arena, carriage->held));
	notice.message = letter_with_original(carriage->arena, notice.message, raw);
	return store_return(carriage->desk->store, carriage->held->id, carriage->deed, &notice, moved_out, err);
}
