/* tend.c - see tend.h. Found by one query each, noted as done by compare and set: whoever comes second does nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/tend.h"

#include <string.h>

#include "action/foot_text.h"
#include "action/notice_words.h"
#include "base/clock.h"
#include "carry.h"
#include "decide_run.h"
#include "review/duties_due.h"
#include "tend_letter.h"
#include "voice.h"

#define AT_ONCE_MOST 200 /* of each kind in one run */
/* When the service takes nothing, the rest would only wait for its timeouts. */
#define VAIN_MOST 3
#define SEARCH_BACK ((int64_t)400 * 86400)

struct deadlines tend_deadlines(const struct review_terms *terms, int64_t at)
{
	return (struct deadlines){
		.escalate_at = terms->escalate_hours == 0 ? 0 : office_after(&terms->office, at, (int64_t)terms->escalate_hours * 3600),
		.expire_at = terms->expire_days == 0 ? 0 : office_days_after(&terms->office, at, terms->expire_days),
	};
}

static bool has_passed(int64_t deadline, int64_t now)
{
	return deadline != 0 && deadline <= now;
}

struct next_deadline tend_next_deadline(const struct review_terms *terms, const struct held *held, int64_t now)
{
	struct deadlines deadlines = tend_deadlines(terms, held->at);
	struct next_deadline next = { .overdue = has_passed(deadlines.escalate_at, now) || has_passed(deadlines.expire_at, now) };
	next.passes_on = !held->escalated && deadlines.escalate_at > now;
	next.at = next.passes_on ? deadlines.escalate_at : deadlines.expire_at > now ? deadlines.expire_at : 0;
	return next;
}

static int64_t deadline_of(const struct review_terms *terms, enum tending what, int64_t at)
{
	struct deadlines deadlines = tend_deadlines(terms, at);
	return what == TEND_ESCALATE ? deadlines.escalate_at : deadlines.expire_at;
}

/* What came before this instant is due at `now`: deadlines never run backwards, so halving finds it. */
static int64_t due_before(const struct review_terms *terms, enum tending what, int64_t now)
{
	int64_t due = now - SEARCH_BACK, not_due = now + 1;
	while (not_due - due > 1) {
		int64_t middle = due + (not_due - due) / 2;
		if (deadline_of(terms, what, middle) <= now)
			due = middle;
		else
			not_due = middle;
	}
	return not_due;
}

/* --- decisions --- */

static bool run_one(struct desk *desk, int64_t now, bool *found_out, enum decision_state *state_out, struct error *err)
{
	struct arena *arena = arena_new();
	struct error trouble = ERROR_INIT;
	struct run run;
	bool good = decision_run(desk, arena, 0, now, false, found_out, &run, &trouble);
	*state_out = good || !*found_out ? DECISION_DONE : run.decision->state;
	if (!good && (!*found_out || *state_out == DECISION_DOING)) {
		error_set(err, trouble.kind, "%s", error_text(&trouble));
	} else if (!good && *state_out == DECISION_FAILED && strcmp(run.decision->by, DECISION_OF_CLOCK) == 0) {
		struct deed deed = { DECISION_OF_CLOCK, run.decision->text, now };
		good = store_escalate(desk->store, run.decision->id, &deed, err);
	} else {
		good = true;
	}
	error_release(&trouble);
	arena_free(&arena);
	return good;
}

static bool run_decisions(struct desk *desk, int64_t now, struct tended *out, struct error *err)
{
	size_t vain = 0;
	for (size_t i = 0; i < AT_ONCE_MOST && vain < VAIN_MOST; i++) {
		bool found = false;
		enum decision_state state;
		if (!run_one(desk, now, &found, &state, err))
			return false;
		if (!found)
			break;
		out->carried_out += state == DECISION_DONE;
		out->failed += state == DECISION_FAILED;
		out->put_off += state == DECISION_WAITING;
		vain = state == DECISION_WAITING ? vain + 1 : 0;
	}
	return true;
}

/* --- messages --- */

struct tending_run {
	struct desk *desk;
	int64_t now;
	struct tended *out;
};
struct tending_of { /* one message */
	struct desk *desk;
	struct arena *arena;
	const struct held *held;
	struct deed deed;
	struct tended *out;
};

static bool may_review(const struct tending_of *of, const char *address)
{
	return queue_may_review(of->desk, of->held, address, of->deed.at, NULL);
}

static bool is_second(const struct desk *desk, const char *address)
{
	return desk->second_reviewer != NULL && bytes_equal_nocase(bytes_of(desk->second_reviewer), bytes_of(address));
}

static bool first_reviewer_may(const struct tending_of *of)
{
	for (size_t i = 0; i < of->desk->reviewer_count; i++)
		if (!is_second(of->desk, of->desk->reviewers[i]) && may_review(of, of->desk->reviewers[i]))
			return true;
	return false;
}

/* The sender hears of it when it has taken long. */
static bool escalate(struct tending_of *of, const char *why, const char *why_cy, bool late, struct error *err)
{
	struct notice notices[2];
	bool moved = false;
	of->deed.reason = why;
	size_t count = tend_letter_passed(of->desk, of->arena, of->held, why, why_cy, of->deed.at, &notices[0]);
	if (late && of->held->sender_address != NULL)
		notices[count++] = carry_notice(of->desk, of->arena, of->held, &of->deed, NOTICE_ESCALATED, who_lacks(of->arena, of->held));
	if (!store_tending_done(of->desk->store, of->held->id, TEND_ESCALATE, &of->deed, NULL, notices, count, &moved, err))
		return false;
	of->out->escalated += moved;
	return true;
}

/* What no first reviewer may decide on waits for none of them. */
static bool look(struct tending_of *of, struct error *err)
{
	bool moved = false;
	of->deed.reason = "looked at";
	static const char nobody[] = N_("No other reviewer may decide on it.");
	return (first_reviewer_may(of) || escalate(of, nobody, notice_words_text(of->desk->notices.words_cy, nobody), false, err)) &&
	       store_tending_done(of->desk->store, of->held->id, TEND_LOOK, &of->deed, NULL, NULL, 0, &moved, err);
}

static bool escalate_late(struct tending_of *of, struct error *err)
{
	const struct voice *english = VOICE_ENGLISH(of->arena), welsh = { of->arena, of->desk->notices.words_cy, "cy" };
	const char *one = N_("Nobody decided within %{count} working hour."), *many = N_("Nobody decided within %{count} working hours.");
	int hours = of->desk->terms.escalate_hours;
	return escalate(of, voice_count(english, hours, one, many), voice_count(&welsh, hours, one, many), true, err);
}

/* Of the rules that hold it, the most careful. */
static enum on_expiry expiry_of(const struct desk *desk, const struct held *held)
{
	bool any = false;
	enum on_expiry expiry = EXPIRY_RELEASE_ANNOTATED;
	for (size_t i = 0; i < held->finding_count; i++) {
		const struct rule *rule = rule_of_finding(desk, &held->findings[i]);
		if (!finding_holds(desk, &held->findings[i]))
			continue;
		enum on_expiry wanted = rule == NULL ? EXPIRY_ESCALATE : rule->on_expiry;
		expiry = wanted < expiry ? wanted : expiry;
		any = true;
	}
	return any ? expiry : EXPIRY_ESCALATE;
}

/* Hidden copies are named by the clock only where the rule had come to that by itself. */
static bool footer_was_reached(const struct held *held)
{
	for (size_t i = 0; i < held->finding_count; i++)
		if (held->findings[i].action != NULL && strcmp(held->findings[i].action, action_name(ACTION_FOOTER)) == 0)
			return true;
	return false;
}

static void explain_in_lines(struct tending_of *of, struct decision *decision)
{
	const struct plan_options *options = &of->desk->notices;
	const char *const values[] = { options->council_name, of->held->id };
	bool both = options->words_cy != NULL;
	const char **lines = NULL;
	for (int i = 0; i <= both; i++) {
		bool welsh = both && (i == 0) == options->welsh_first;
		/* TRANSLATORS: one line at the foot of the message itself; the Council's name, the reference */
		const char *text = notice_words_text(welsh ? options->words_cy : NULL,
						     N_("[%s held this message back; it was sent on without a decision, after the set time. Reference %s]"));
		*ARENA_PUSH(of->arena, lines, decision->line_count) = line_fill(of->arena, text, values, 2);
	}
	decision->lines = lines;
}

/* Without its line it is not released: then it stays, and a person decides. False only when it cannot be told just now. */
static bool annotate(struct tending_of *of, struct decision *decision, enum on_expiry *expiry, struct error *err)
{
	const struct letter_opener *opener = &of->desk->opener;
	struct bytes raw = BYTES_EMPTY, letter;
	struct error trouble = ERROR_INIT;
	if (!footer_was_reached(of->held))
		explain_in_lines(of, decision);
	if (opener->open == NULL) {
		*expiry = EXPIRY_ESCALATE;
		return true;
	}
	if (!store_read_raw(of->desk->store, of->arena, of->held->id, &raw, err))
		return false;
	bool good = opener->open(opener->context, of->arena, of->held, raw, &decision->lines, &decision->line_count, &letter, &trouble);
	if (!good)
		*expiry = EXPIRY_ESCALATE;
	bool known = good || trouble.kind != ERROR_RETRY || error_set(err, trouble.kind, "%s", error_text(&trouble));
	error_release(&trouble);
	return known;
}

static void choose_held(struct tending_of *of, struct decision *decision)
{
	const char **chosen = NULL;
	for (size_t i = 0; i < of->held->recipient_count; i++)
		if (of->held->recipients[i].state == HOLD_HELD ||
		    (decision->deed == DEED_RETURN && carry_is_waiting(of->held->recipients[i].state)))
			*ARENA_PUSH(of->arena, chosen, decision->recipient_count) = of->held->recipients[i].address;
	decision->recipients = chosen;
}

/* To every reviewer who may decide on it; where none may, to the second one all the same: it says nothing of the message. */
static const struct notice *tell_of_expiry(struct tending_of *of, enum on_expiry expiry, size_t *count_out)
{
	const struct desk *desk = of->desk;
	struct notice *notices = NULL;
	for (size_t i = 0; i <= desk->reviewer_count; i++) {
		const char *to = i < desk->reviewer_count ? desk->reviewers[i] : desk->second_reviewer;
		bool last = i == desk->reviewer_count;
		if (to != NULL && (last || !is_second(desk, to)) && (may_review(of, to) || (last && *count_out == 0)))
			*ARENA_PUSH(of->arena, notices, *count_out) = tend_letter_expired(desk, of->arena, of->held, to, expiry, of->deed.at);
	}
	struct notice still;
	if (expiry == EXPIRY_ESCALATE && tend_letter_still_waits(desk, of->arena, of->held, of->deed.at, &still))
		*ARENA_PUSH(of->arena, notices, *count_out) = still;
	return notices;
}

static bool expire(struct tending_of *of, struct error *err)
{
	int days = of->desk->terms.expire_days;
	enum on_expiry expiry = expiry_of(of->desk, of->held);
	of->deed.reason = arena_printf(of->arena, "Nobody decided within %d working day%s.", days, days == 1 ? "" : "s");
	struct decision decision = {
		.id = of->held->id, .by = of->deed.by, .reason = of->deed.reason, .at = of->deed.at, .due_at = of->deed.at,
		.state = DECISION_WAITING, .deed = expiry == EXPIRY_RETURN ? DEED_RETURN : DEED_RELEASE_ANNOTATED,
	};
	if (expiry == EXPIRY_RETURN && of->held->sender_address == NULL)
		expiry = EXPIRY_ESCALATE;
	if (expiry == EXPIRY_RELEASE_ANNOTATED && !annotate(of, &decision, &expiry, err))
		return false;
	choose_held(of, &decision);
	bool moved = false;
	size_t count = 0;
	const struct notice *notices = tell_of_expiry(of, expiry, &count);
	if (!store_tending_done(of->desk->store, of->held->id, TEND_EXPIRE, &of->deed, expiry == EXPIRY_ESCALATE ? NULL : &decision, notices, count,
				&moved, err))
		return false;
	of->out->expired += moved;
	return true;
}

static bool tend_one(const struct tending_run *run, const char *id, bool (*act)(struct tending_of *, struct error *), struct error *err)
{
	struct arena *arena = arena_new();
	struct tending_of of = { .desk = run->desk, .arena = arena, .deed = { DECISION_OF_CLOCK, NULL, run->now }, .out = run->out };
	bool good = carry_find(run->desk, arena, id, &of.held, err) && act(&of, err);
	arena_free(&arena);
	return good;
}

static bool tend_all(const struct tending_run *run, enum tending what, int64_t before, bool (*act)(struct tending_of *, struct error *),
		     struct error *err)
{
	struct arena *arena = arena_new();
	const char *const *ids = NULL;
	size_t count = 0;
	bool good = store_tending_due(run->desk->store, arena, what, before, AT_ONCE_MOST, &ids, &count, err);
	for (size_t i = 0; good && i < count; i++)
		good = tend_one(run, ids[i], act, err);
	arena_free(&arena);
	return good;
}

static bool tend_messages(const struct tending_run *run, struct error *err)
{
	const struct review_terms *terms = &run->desk->terms;
	bool second = run->desk->second_reviewer != NULL;
	/* A judgement may be taken back just after it was made. */
	if (second && !tend_all(run, TEND_LOOK, run->now - STORE_NOTICE_DELAY, look, err))
		return false;
	if (second && terms->escalate_hours > 0 && !tend_all(run, TEND_ESCALATE, due_before(terms, TEND_ESCALATE, run->now), escalate_late, err))
		return false;
	return terms->expire_days == 0 || tend_all(run, TEND_EXPIRE, due_before(terms, TEND_EXPIRE, run->now), expire, err);
}

/* Nothing that goes may go before its time, whatever time somebody wants the rest to be tended for. */
static bool dispose(struct desk *desk, int64_t now, struct tended *out, struct error *err)
{
	int64_t clock = clock_now();
	if (desk->retention == NULL)
		return true;
	return retention_tend(desk->store, desk->directory, desk->retention, desk->service != NULL && now > clock ? clock : now,
			      &out->disposed, err);
}

bool tend_run(struct desk *desk, int64_t now, struct tended *out, struct error *err)
{
	struct tending_run run = { desk, now, out };
	*out = (struct tended){ 0 };
	return run_decisions(desk, now, out, err) && tend_messages(&run, err) && (out->expired == 0 || run_decisions(desk, now, out, err)) &&
	       due_remind(desk, now, &out->reminded, err) && dispose(desk, now, out, err);
}
