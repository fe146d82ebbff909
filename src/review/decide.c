/* decide.c - see decide.h. What may be decided is asked here; who was first is the store's compare and set.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/decide.h"

#include <string.h>

#include "base/text.h"
#include "carry.h"
#include "decide_run.h"
#include "recusal.h"
#include "tend_letter.h"

/* Seconds; less than the least time to undo. */
#define DONE_HERE 50

static bool conflict_with(struct arena *arena, const struct decision *decision, struct decision_answer *out, struct error *err)
{
	out->decision = decision;
	out->conflict = true;
	out->by = decision->state == DECISION_UNDONE ? decision->undone_by : decision->by;
	out->at = decision->state == DECISION_UNDONE ? decision->undone_at : decision->done_at != 0 ? decision->done_at : decision->at;
	return error_set(err, ERROR_REFUSED, "%s has been decided already: %s", decision->id, decision_in_words(arena, decision));
}

/* --- making --- */

struct making {
	struct desk *desk;
	struct arena *arena;
	const struct wish *wish;
	const struct held *held;
	struct decision decision;
	struct decision_answer *out;
	bool by_sender;   /* who wants it and has nothing to take back */
};

static bool is_named(const struct wish *wish, const char *address)
{
	for (size_t i = 0; i < wish->recipient_count; i++)
		if (bytes_equal_nocase(bytes_of(wish->recipients[i]), bytes_of(address)))
			return true;
	return false;
}

/* The rows' own spelling of whom it is about. Without names: a release means who is held; a return all who wait. */
static void choose_recipients(struct making *making)
{
	const char **chosen = NULL;
	bool returning = making->wish->deed == DEED_RETURN;
	making->decision.recipient_count = 0;
	for (size_t i = 0; making->wish->deed != DEED_PASS && i < making->held->recipient_count; i++) {
		const struct held_recipient *recipient = &making->held->recipients[i];
		bool wanted = making->wish->recipient_count > 0 ? is_named(making->wish, recipient->address)
								 : recipient->state == HOLD_HELD || (returning && carry_is_waiting(recipient->state));
		if (wanted)
			*ARENA_PUSH(making->arena, chosen, making->decision.recipient_count) = recipient->address;
	}
	making->decision.recipients = chosen;
}

static void tell_states(struct making *making)
{
	struct queue_result *results = arena_array(making->arena, making->held->recipient_count, sizeof *results);
	for (size_t i = 0; i < making->held->recipient_count; i++) {
		const struct held_recipient *recipient = &making->held->recipients[i];
		results[i] = (struct queue_result){ recipient->address, recipient->state, carry_who_and_when(making->arena, recipient), true, false };
	}
	making->out->results = results;
	making->out->result_count = making->held->recipient_count;
}

static bool has_recipient(const struct decision *decision, const char *address)
{
	for (size_t i = 0; i < decision->recipient_count; i++)
		if (bytes_equal_nocase(bytes_of(decision->recipients[i]), bytes_of(address)))
			return true;
	return false;
}

/* Is what is wished now what was decided before? */
static bool is_same(const struct making *making, const struct decision *earlier)
{
	if (earlier->deed != making->wish->deed)
		return false;
	for (size_t i = 0; i < making->decision.recipient_count; i++)
		if (!has_recipient(earlier, making->decision.recipients[i]))
			return false;
	return true;
}

/* The newest that still counts, of this deed or of another. */
static const struct decision *newest(const struct decision_list *list, enum decision_deed deed, bool other)
{
	for (size_t i = 0; i < list->count; i++)
		if ((list->items[i].deed == deed) != other && list->items[i].state <= DECISION_DONE)
			return &list->items[i];
	return NULL;
}

static bool everyone_is(const struct making *making, enum hold_state state)
{
	bool any = false;
	for (size_t i = 0; i < making->held->recipient_count; i++) {
		const struct held_recipient *recipient = &making->held->recipients[i];
		if (making->wish->recipient_count > 0 && !is_named(making->wish, recipient->address))
			continue;
		if (recipient->state != state)
			return false;
		any = true;
	}
	return any;
}

static bool explain_doubt(const struct making *making, struct error *err)
{
	for (size_t i = 0; i < making->held->recipient_count; i++) {
		const struct held_recipient *recipient = &making->held->recipients[i];
		if (recipient->state == HOLD_IN_DOUBT)
			return error_set(err, ERROR_REFUSED, "%s may have reached %s already (%s); to send it again, name the recipient", making->held->id,
					 recipient->address, recipient->last_reply == NULL ? "no reply" : recipient->last_reply);
	}
	return true;
}

/* Who was before, when the store named nobody for these recipients: nothing of the message waits. */
static const struct decision *who_was_before(const struct making *making, const struct decision_list *list, bool done)
{
	const struct decision *same = newest(list, making->wish->deed, false);
	return same != NULL && (done || same->state <= DECISION_DOING) ? same : newest(list, making->wish->deed, true);
}

static bool answer_undecided(struct making *making, struct error *err)
{
	const struct held_recipient *first = making->held->recipient_count == 0 ? NULL : &making->held->recipients[0];
	making->out->conflict = true;
	making->out->by = first == NULL ? NULL : first->changed_by;
	making->out->at = first == NULL ? 0 : first->changed_at;
	return error_set(err, ERROR_REFUSED, "%s has been decided already (%s)", making->held->id,
			 first == NULL ? "nothing is held" : carry_who_and_when(making->arena, first));
}

/* Not made, since somebody was first: with the same, which is an answer, or otherwise, which is a conflict. */
static bool answer_decided(struct making *making, const struct decision *earlier, struct error *err)
{
	struct decision_list list;
	enum decision_deed deed = making->wish->deed;
	if (!carry_find(making->desk, making->arena, making->held->id, &making->held, err) ||
	    !store_decision_list(making->desk->store, making->arena, making->held->id, &list, err))
		return false;
	tell_states(making);
	bool done = deed != DEED_PASS && everyone_is(making, deed == DEED_RETURN ? HOLD_RETURNED : HOLD_RELEASED);
	if (earlier == NULL) {
		if (decision_deed_releases(deed) && !explain_doubt(making, err))
			return false;
		earlier = who_was_before(making, &list, done);
	}
	making->out->decision = earlier;
	/* From before there were decisions. */
	making->out->already = earlier == NULL ? done && deed != DEED_RELEASE_OPEN : is_same(making, earlier);
	if (making->out->already)
		return true;
	return earlier == NULL ? answer_undecided(making, err) : conflict_with(making->arena, earlier, making->out, err);
}

/* The lines as they would stand now: what was shown is what is done. */
static bool choose_lines(struct making *making, struct error *err)
{
	struct desk *desk = making->desk;
	struct bytes raw = BYTES_EMPTY, letter;
	if (making->wish->deed != DEED_RELEASE_OPEN)
		return true;
	if (desk->opener.open == NULL)
		return error_set(err, ERROR_REFUSED, "%s: nothing here can add a line to a letter", making->held->id);
	return store_read_raw(desk->store, making->arena, making->held->id, &raw, err) &&
	       desk->opener.open(desk->opener.context, making->arena, making->held, raw, &making->decision.lines, &making->decision.line_count, &letter,
				 err);
}

static bool check_wish(struct making *making, struct error *err)
{
	const struct wish *wish = making->wish;
	if (wish->deed != DEED_PASS && !queue_may_review(making->desk, making->held, wish->why.by, wish->why.at, err))
		return false;
	switch (wish->deed) {
	case DEED_RELEASE:
	case DEED_RELEASE_OPEN:
		return carry_are_held_for(making->held, wish->recipients, wish->recipient_count, err);
	case DEED_RETURN:
		if (wish->recipient_count > 0)
			return error_set(err, ERROR_INPUT, "%s is returned as a whole: name no recipients", making->held->id);
		return carry_can_be_returned(making->held, err);
	case DEED_PASS:
		/* Open to the reviewer who may not decide: that is what it is for. */
		if (making->desk->second_reviewer == NULL)
			return error_set(err, ERROR_REFUSED, "there is no second reviewer: council.second_reviewer names none");
		return queue_must_be_reviewer(making->desk, making->held, wish->why.by, err);
	case DEED_RELEASE_ANNOTATED:
	case DEED_COUNT:
		break;
	}
	return error_set(err, ERROR_INPUT, "\"%s\" is for the clock alone", decision_deed_name(wish->deed));
}

/* What is done in this very call is due a little later for all others: they take it up only if this process dies. */
static int64_t delay_of(const struct desk *desk, bool at_once)
{
	return at_once || desk->terms.undo_minutes == 0 ? DONE_HERE : (int64_t)desk->terms.undo_minutes * 60;
}

static void compose(struct making *making)
{
	const struct wish *wish = making->wish;
	int64_t delay = delay_of(making->desk, wish->at_once || making->by_sender);
	struct decision *decision = &making->decision;
	decision->id = making->held->id;
	decision->deed = wish->deed;
	decision->by = wish->why.by;
	decision->at = wish->why.at;
	decision->state = wish->deed == DEED_PASS ? DECISION_DONE : DECISION_WAITING;
	decision->due_at = wish->why.at + (wish->deed == DEED_PASS ? 0 : delay);
	if (decision_deed_releases(wish->deed) && decide_needs_two(making->desk, making->held)) {
		decision->state = DECISION_CONFIRMING;
		decision->due_at = 0;
	}
}

/* Those of whom the same was decided already drop out, when nobody was named and others are left. */
static bool drop_decided(struct making *making, struct error *err)
{
	struct decision_list list;
	if (making->wish->recipient_count > 0 || making->wish->deed == DEED_PASS)
		return true;
	if (!store_decision_list(making->desk->store, making->arena, making->held->id, &list, err))
		return false;
	const char **left = NULL;
	size_t count = 0;
	for (size_t i = 0; i < making->decision.recipient_count; i++) {
		bool decided = false;
		for (size_t k = 0; k < list.count && !decided; k++)
			decided = list.items[k].deed == making->wish->deed && list.items[k].state <= DECISION_DOING &&
				  has_recipient(&list.items[k], making->decision.recipients[i]);
		if (!decided)
			*ARENA_PUSH(making->arena, left, count) = making->decision.recipients[i];
	}
	if (count > 0) {
		making->decision.recipients = left;
		making->decision.recipient_count = count;
	}
	return true;
}

static bool load_again(struct making *making, struct error *err)
{
	return store_decision_find(making->desk->store, making->arena, making->out->decision->number, &making->out->decision, err);
}

static bool carry_out(struct making *making, int64_t number, int64_t now, bool final, struct error *err)
{
	struct run run;
	struct error trouble = ERROR_INIT;
	bool found = false;
	bool good = decision_run(making->desk, making->arena, number, now, final, &found, &run, &trouble);
	if (good && !found) /* undone, or another has taken it up: as it stands */
		return load_again(making, err);
	if (found) {
		making->out->decision = run.decision;
		making->out->results = run.results;
		making->out->result_count = run.result_count;
	}
	/* Put off is no failure here: it is tried again without anybody's doing. */
	good = good || (!final && found && run.decision->state == DECISION_WAITING) || error_set(err, trouble.kind, "%s", error_text(&trouble));
	error_release(&trouble);
	return good;
}

/* A key of the offered reasons stands for its words, which may be given themselves; "other" for the note. */
static bool choose_reason(struct making *making, struct error *err)
{
	const struct wish *wish = making->wish;
	making->decision.reason = wish->why.reason;
	making->decision.note = wish->note;
	if (strcmp(wish->why.reason, REASON_OTHER) == 0) {
		making->decision.reason = wish->note;
		making->decision.note = NULL;
		return (wish->note != NULL && *wish->note != '\0') || error_set(err, ERROR_INPUT, "please say why in your own words");
	}
	for (size_t i = 0; i < making->held->finding_count; i++) {
		const struct rule *rule = rule_of_finding(making->desk, &making->held->findings[i]);
		for (size_t k = 0; rule != NULL && k < rule->reasons.count; k++)
			if (strcmp(wish->why.reason, reason_key(making->arena, rule, k)) == 0 || strcmp(wish->why.reason, rule->reasons.items[k]) == 0) {
				making->decision.reason = rule->reasons.items[k];
				making->decision.rule = rule->id;
			}
	}
	return true;
}

static bool concerns(const struct making *making, const struct held_recipient *recipient)
{
	return making->wish->deed == DEED_PASS || has_recipient(&making->decision, recipient->address);
}

/* Who saw it held has not weighed that it may have arrived. */
static bool check_doubt(struct making *making, struct error *err)
{
	for (size_t i = 0; making->wish->undoubted && i < making->held->recipient_count; i++) {
		const struct held_recipient *recipient = &making->held->recipients[i];
		if (recipient->state != HOLD_IN_DOUBT || !concerns(making, recipient))
			continue;
		tell_states(making);
		making->out->conflict = true;
		making->out->by = recipient->changed_by;
		making->out->at = recipient->changed_at;
		return error_set(err, ERROR_REFUSED, "%s may have reached %s already (%s): nothing was done; look at it again before you decide",
				 making->held->id, recipient->address, recipient->last_reply == NULL ? "no reply" : recipient->last_reply);
	}
	return true;
}

/* By somebody who may. */
static bool make_checked(struct making *making, struct error *err)
{
	const struct wish *wish = making->wish;
	const struct decision *made = NULL, *earlier = NULL;
	struct notice notice;
	size_t notices = 0;
	bool is_made = false;
	if (!choose_reason(making, err))
		return false;
	choose_recipients(making);
	if (wish->deed != DEED_PASS && making->decision.recipient_count == 0)
		return answer_decided(making, NULL, err);
	if (!check_doubt(making, err) || !drop_decided(making, err) || !choose_lines(making, err))
		return false;
	compose(making);
	if (wish->deed == DEED_PASS)
		notices = tend_letter_passed(making->desk, making->arena, making->held, making->decision.reason, NULL, wish->why.at, &notice);
	if (!store_decision_make(making->desk->store, making->arena, &making->decision, &notice, notices, &is_made, &made, &earlier, err))
		return false;
	if (!is_made)
		return answer_decided(making, earlier, err);
	making->out->decision = made;
	return made->state != DECISION_WAITING || made->due_at > wish->why.at + DONE_HERE ||
	       carry_out(making, made->number, wish->why.at, wish->at_once, err);
}

bool decide_make(struct desk *desk, struct arena *arena, const struct wish *wish, struct decision_answer *out, struct error *err)
{
	struct making making = { .desk = desk, .arena = arena, .wish = wish, .out = out };
	*out = (struct decision_answer){ 0 };
	return queue_deed_is_complete(&wish->why, err) && carry_find(desk, arena, wish->id, &making.held, err) && check_wish(&making, err) &&
	       make_checked(&making, err);
}

/* What no rule would hold once the copy is plain, its sender may let go. */
static bool may_be_opened(struct making *making, struct error *err)
{
	struct desk *desk = making->desk;
	const char *const *lines = NULL;
	size_t line_count = 0;
	struct bytes raw = BYTES_EMPTY, letter;
	bool through = false;
	if (decide_needs_two(desk, making->held))
		return error_set(err, ERROR_REFUSED, "%s: a rule asks for two reviewers", making->held->id);
	if (desk->opener.open == NULL || desk->opener.is_let_through == NULL)
		return error_set(err, ERROR_REFUSED, "%s: nothing here can add a line to a letter", making->held->id);
	if (!store_read_raw(desk->store, making->arena, making->held->id, &raw, err) ||
	    !desk->opener.open(desk->opener.context, making->arena, making->held, raw, &lines, &line_count, &letter, err) ||
	    !desk->opener.is_let_through(desk->opener.context, making->arena, making->held, letter, &through, err))
		return false;
	return through || error_set(err, ERROR_REFUSED, "%s would be held all the same: a reviewer decides", making->held->id);
}

bool decide_open_copy(struct desk *desk, struct arena *arena, const char *id, const struct deed *why, struct decision_answer *out,
		      struct error *err)
{
	struct wish wish = { .id = id, .deed = DEED_RELEASE_OPEN, .why = *why };
	struct making making = { .desk = desk, .arena = arena, .wish = &wish, .out = out, .by_sender = true };
	*out = (struct decision_answer){ 0 };
	return queue_deed_is_complete(why, err) && carry_find(desk, arena, id, &making.held, err) && may_be_opened(&making, err) &&
	       make_checked(&making, err);
}

/* --- afterwards --- */

static bool find_decision(struct making *making, int64_t number, const struct deed *why, struct error *err)
{
	struct decision_answer *out = making->out;
	*out = (struct decision_answer){ 0 };
	if (!queue_deed_is_complete(why, err) || !store_decision_find(making->desk->store, making->arena, number, &out->decision, err))
		return false;
	if (out->decision == NULL)
		return error_set(err, ERROR_INPUT, "there is no decision %lld", (long long)number);
	return carry_find(making->desk, making->arena, out->decision->id, &making->held, err) &&
	       queue_may_review(making->desk, making->held, why->by, why->at, err);
}

bool decide_undo(struct desk *desk, struct arena *arena, int64_t number, const struct deed *why, struct decision_answer *out, struct error *err)
{
	struct making making = { .desk = desk, .arena = arena, .out = out };
	bool moved = false;
	if (!find_decision(&making, number, why, err) || !store_decision_undo(desk->store, number, why, &moved, err) || !load_again(&making, err))
		return false;
	out->already = !moved && out->decision->state == DECISION_UNDONE;
	return moved || out->already || conflict_with(arena, out->decision, out, err);
}

/* By directory; those it does not know by what they are called. */
static bool is_same_person(const struct directory *directory, const char *a, const char *b)
{
	struct reviewer one = reviewer_resolve(directory, a), other = reviewer_resolve(directory, b);
	if (one.person != NULL || other.person != NULL)
		return one.person == other.person;
	return bytes_equal_nocase(bytes_of(a), bytes_of(b));
}

bool decide_confirm(struct desk *desk, struct arena *arena, int64_t number, const struct deed *why, bool at_once, struct decision_answer *out,
		    struct error *err)
{
	struct making making = { .desk = desk, .arena = arena, .out = out };
	bool moved = false;
	int64_t due = why->at + delay_of(desk, at_once);
	if (!find_decision(&making, number, why, err))
		return false;
	if (is_same_person(desk->directory, why->by, out->decision->by))
		return error_set(err, ERROR_REFUSED, "%s: two persons are asked for, and %s is the one who decided; another has to confirm", making.held->id,
				 why->by);
	if (!store_decision_confirm(desk->store, number, why, due, &moved, err) || !load_again(&making, err))
		return false;
	if (moved)
		return due > why->at + DONE_HERE || carry_out(&making, number, why->at, at_once, err);
	out->already = out->decision->second_by != NULL && out->decision->state != DECISION_UNDONE && out->decision->state != DECISION_FAILED;
	if (out->already)
		return true;
	if (out->decision->state == DECISION_WAITING || out->decision->state == DECISION_DOING || out->decision->state == DECISION_DONE)
		return error_set(err, ERROR_INPUT, "%s: decision %lld asks for no second person", making.held->id, (long long)number);
	return conflict_with(arena, out->decision, out, err);
}

bool decide_bulk(struct desk *desk, struct arena *arena, const char *const *ids, size_t id_count, size_t expected, const struct wish *wish,
		 const struct bulk_result **results_out, struct error *err)
{
	if (id_count == 0 || id_count != expected)
		return error_set(err, ERROR_INPUT, "%zu messages were to be chosen, %zu are named: nothing was done", expected, id_count);
	for (size_t i = 0; i < id_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(ids[i], ids[k]) == 0)
				return error_set(err, ERROR_INPUT, "%s is named twice: nothing was done", ids[i]);
	struct bulk_result *results = arena_array(arena, id_count, sizeof *results);
	for (size_t i = 0; i < id_count; i++) {
		struct error trouble = ERROR_INIT;
		struct wish one = *wish;
		one.id = ids[i];
		results[i].id = ids[i];
		results[i].good = decide_make(desk, arena, &one, &results[i].answer, &trouble);
		results[i].text = !results[i].good		? arena_string(arena, error_text(&trouble))
				  : results[i].answer.decision == NULL ? "It was done before."
								       : decision_in_words(arena, results[i].answer.decision);
		error_release(&trouble);
	}
	*results_out = results;
	return true;
}

bool decide_mark(struct desk *desk, struct arena *arena, const char *id, const char *rule, enum judged judged, const struct deed *why,
		 struct error *err)
{
	const struct held *held = NULL;
	return queue_deed_is_complete(why, err) && carry_find(desk, arena, id, &held, err) &&
	       queue_may_review(desk, held, why->by, why->at, err) && store_mark(desk->store, held->id, rule, judged, why, err);
}
