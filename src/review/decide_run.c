/* decide_run.c - see decide_run.h. Whoever claimed it may die at any step: the states of the recipients tell the next one how far
 * it had come, and what may have been sent is in doubt rather than sent again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "decide_run.h"

#include "base/text.h"
#include "carry.h"
#include "tend_letter.h"

#define FIRST_PAUSE ((int64_t)120)
#define LONGEST_PAUSE ((int64_t)3600)
/* A mail server that takes nothing for so long has more than a passing trouble. */
#define GIVE_UP_AFTER ((int64_t)2 * 86400)

struct running {
	struct desk *desk;
	struct arena *arena;
	const struct decision *decision; /* as claimed */
	const struct held *held;
	struct deed deed;
	bool final;
	struct run *out;
	struct decision_end end;
	enum error_kind trouble;
};

static int64_t pause_after(int tries)
{
	int64_t pause = FIRST_PAUSE;
	for (int i = 1; i < tries && pause < LONGEST_PAUSE; i++)
		pause *= 2;
	return pause < LONGEST_PAUSE ? pause : LONGEST_PAUSE;
}

/* Somebody has to hear of what was not done; of a failure of the clock's own, the second reviewer. */
static void tell_of_failure(struct running *running)
{
	const char *by = running->decision->by;
	struct notice *notice = arena_alloc(running->arena, sizeof *notice);
	if (tend_letter_failed(running->desk, running->arena, running->held, by, running->end.text, running->deed.at, notice)) {
		running->end.notices = notice;
		running->end.notice_count = 1;
	}
}

static void fail(struct running *running, const char *text)
{
	running->end.to = DECISION_FAILED;
	running->end.text = text;
	/* Who watches needs no letter. */
	if (!running->final || running->decision->tries > 1)
		tell_of_failure(running);
}

static void put_off_or_fail(struct running *running, const char *why)
{
	int64_t now = running->deed.at, due = now + pause_after(running->decision->tries);
	if (running->final || now - running->decision->at >= GIVE_UP_AFTER) {
		fail(running, why);
		return;
	}
	running->end.to = DECISION_WAITING;
	running->end.due_at = due;
	running->end.text = arena_printf(running->arena, "%s; it is tried again on %s", why, clock_format_local(running->arena, due));
}

/* Told with the end of the decision, so exactly once. */
static void tell_released(struct running *running)
{
	if (running->held->sender_address == NULL)
		return;
	struct notice *notice = arena_alloc(running->arena, sizeof *notice);
	struct some_recipients got = who_got(running->arena, running->held, running->out->results, running->out->result_count, running->decision->at);
	*notice = carry_notice(running->desk, running->arena, running->held, &running->deed, NOTICE_RELEASED, got);
	running->end.notices = notice;
	running->end.notice_count = 1;
}

static const char *results_in_words(struct running *running)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < running->out->result_count; i++) {
		const struct queue_result *result = &running->out->results[i];
		text_printf(&text, "%s%s: %s%s%s", i == 0 ? "" : "; ", result->recipient, hold_state_name(result->state),
			    result->reply == NULL ? "" : ", ", result->reply == NULL ? "" : result->reply);
	}
	return text_to_arena(&text, running->arena).data;
}

/* Refused for one, or in doubt: a person looks at it. Only what was put off for all that are left is tried again. */
static void judge_results(struct running *running)
{
	bool later = false, stuck = false;
	for (size_t i = 0; i < running->out->result_count; i++) {
		const struct queue_result *result = &running->out->results[i];
		later = later || result->later;
		stuck = stuck || (result->state != HOLD_RELEASED && !result->later);
	}
	const char *words = results_in_words(running);
	if (stuck)
		fail(running, words);
	else if (later)
		put_off_or_fail(running, words);
	else {
		running->end.to = DECISION_DONE;
		running->end.text = words;
		tell_released(running);
	}
}

static bool run_release(struct running *running, struct error *err)
{
	const struct decision *decision = running->decision;
	struct error trouble = ERROR_INIT;
	bool any = false;
	struct carriage carriage = {
		.desk = running->desk, .arena = running->arena, .held = running->held, .deed = &running->deed,
		.recipients = decision->recipients, .recipient_count = decision->recipient_count, .doubted_before = decision->at,
		.lines = decision->lines, .line_count = decision->line_count,
	};
	bool good = carry_release(&carriage, &running->out->results, &running->out->result_count, &any, &trouble);
	running->trouble = trouble.kind;
	if (carriage.store_failed) { /* the claim runs out, and the next one sees what was done */
		error_set(err, trouble.kind, "%s", error_text(&trouble));
		error_release(&trouble);
		return false;
	}
	if (!good && running->out->result_count == 0) { /* no letter to send */
		const char *why = arena_string(running->arena, error_text(&trouble));
		if (trouble.kind == ERROR_RETRY)
			put_off_or_fail(running, why);
		else
			fail(running, why);
	} else {
		judge_results(running);
	}
	error_release(&trouble);
	return true;
}

/* The return and its notice are one transaction of the store; whoever comes after finds it done. */
static bool run_return(struct running *running, struct error *err)
{
	struct carriage carriage = { .desk = running->desk, .arena = running->arena, .held = running->held, .deed = &running->deed };
	struct error trouble = ERROR_INIT;
	size_t moved = 0;
	if (!carry_return(&carriage, &moved, &trouble)) {
		running->trouble = trouble.kind;
		fail(running, arena_string(running->arena, error_text(&trouble)));
		error_release(&trouble);
		return running->trouble != ERROR_RETRY || error_set(err, ERROR_RETRY, "%s", running->end.text);
	}
	bool returned = true;
	for (size_t i = 0; moved == 0 && i < running->held->recipient_count; i++)
		for (size_t k = 0; k < running->decision->recipient_count; k++)
			if (bytes_equal(bytes_of(running->held->recipients[i].address), bytes_of(running->decision->recipients[k])))
				returned = returned && running->held->recipients[i].state == HOLD_RETURNED;
	running->end.to = DECISION_DONE;
	running->end.text = "The sender got it back with the reason.";
	if (!returned) {
		running->trouble = ERROR_REFUSED;
		fail(running, "It had gone to its recipients before it could be returned.");
	}
	return true;
}

static bool run_claimed(struct running *running, struct error *err)
{
	bool moved = false;
	const struct decision *after = NULL;
	if (!carry_find(running->desk, running->arena, running->decision->id, &running->held, err))
		return false;
	bool good = running->decision->deed == DEED_RETURN ? run_return(running, err) : run_release(running, err);
	if (!good || !store_decision_finish(running->desk->store, running->decision, &running->end, &moved, err) ||
	    !store_decision_find(running->desk->store, running->arena, running->decision->number, &after, err))
		return false;
	running->out->decision = after;
	if (running->end.to == DECISION_DONE)
		return true;
	return error_set(err, running->trouble == ERROR_NONE ? ERROR_RETRY : running->trouble, "%s: %s", running->decision->id, running->end.text);
}

bool decision_run(struct desk *desk, struct arena *arena, int64_t number, int64_t now, bool final, bool *found_out, struct run *out,
		  struct error *err)
{
	struct running running = { .desk = desk, .arena = arena, .final = final, .out = out };
	*out = (struct run){ 0 };
	/* Longer than a release in the middle takes to count as interrupted, so that the next claim finds it so. */
	if (!store_decision_claim(desk->store, arena, number, now, carry_stale_after(desk) + 60, found_out, &running.decision, err))
		return false;
	if (!*found_out)
		return true;
	out->decision = running.decision;
	running.deed = (struct deed){ running.decision->by, running.decision->reason, now };
	running.end.at = now;
	return run_claimed(&running, err);
}
