/* fate.c - what becomes of a message: decided from its verdict and its outlook alone (outlook.h), when it is judged and whenever that is gone
 * through again.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan_work.h"

/* All that is to be done for a firing rule. Observing does nothing, whatever the rule says. */
unsigned deeds_of(const struct opinion *opinion)
{
	if (opinion->fires != YES || opinion->rule->mode == MODE_OBSERVE || opinion->rule->mode == MODE_OFF)
		return 0;
	return BIT(opinion->action) | opinion->also;
}

unsigned all_deeds(const struct verdict *verdict)
{
	unsigned deeds = 0;
	for (size_t i = 0; i < verdict->opinion_count; i++)
		deeds |= deeds_of(&verdict->opinions[i]);
	return deeds;
}

static void raise_outcome(struct work *work, const bool *concerns, enum outcome outcome)
{
	bool keeps_back = outcome == OUTCOME_HOLD || outcome == OUTCOME_RETURN;
	for (size_t i = 0; i < work->count; i++)
		if ((concerns == NULL || concerns[i]) && work->outcomes[i] < outcome && (!keeps_back || work->outlook->recipients[i].keepable))
			work->outcomes[i] = outcome;
}

static bool concerns_somebody(const struct work *work, const struct opinion *opinion)
{
	for (size_t i = 0; opinion->concerns != NULL && i < work->count; i++)
		if (opinion->concerns[i])
			return true;
	return false;
}

/* The recipients a rule keeps the message from; NULL: all. A rule that names nobody means the message. */
static const bool *kept_from(const struct work *work, const struct opinion *opinion)
{
	return opinion->rule->whole_message || !concerns_somebody(work, opinion) ? NULL : opinion->concerns;
}

void decide_outcomes(struct work *work)
{
	const struct verdict *verdict = work->verdict;
	const char **rules = NULL;
	bool hold_undecided = verdict->undecided && verdict->unknown == UNKNOWN_HOLDS;
	for (size_t i = 0; i < verdict->opinion_count; i++) {
		const struct opinion *opinion = &verdict->opinions[i];
		unsigned deeds = deeds_of(opinion);
		if (deeds & BIT(ACTION_HOLD))
			raise_outcome(work, kept_from(work, opinion), OUTCOME_HOLD);
		if (deeds & BIT(ACTION_RETURN))
			raise_outcome(work, kept_from(work, opinion), OUTCOME_RETURN);
		if ((deeds & BIT(ACTION_HOLD)) || (hold_undecided && opinion->fires == UNKNOWN))
			*ARENA_PUSH(work->arena, rules, work->plan->hold_rule_count) = opinion->rule->id;
	}
	work->plan->hold_rules = rules;
	if (hold_undecided)
		raise_outcome(work, NULL, OUTCOME_HOLD);
	if (work->outlook->put_off || (verdict->undecided && verdict->unknown == UNKNOWN_RETRIES))
		raise_outcome(work, NULL, OUTCOME_RETRY);
}

bool somebody_gets_it(const struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] <= OUTCOME_ANNOTATE)
			return true;
	return false;
}

/* Of the rules that want the line, the fallback that does most. Only enforcing holds. */
static void fall_back(struct work *work)
{
	struct plan *plan = work->plan;
	const char **rules = (const char **)plan->hold_rules;
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if (!(deeds_of(opinion) & BIT(ACTION_FOOTER)))
			continue;
		work->companion = work->companion || opinion->rule->fallback == FALLBACK_COMPANION;
		if (opinion->rule->fallback != FALLBACK_HOLD || opinion->rule->mode != MODE_ENFORCE)
			continue;
		work->held_for_line = true;
		raise_outcome(work, kept_from(work, opinion), OUTCOME_HOLD);
		*ARENA_PUSH(work->arena, rules, plan->hold_rule_count) = opinion->rule->id;
	}
	plan->hold_rules = rules;
}

static void annotate_rest(struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] == OUTCOME_DELIVER)
			work->outcomes[i] = OUTCOME_ANNOTATE;
}

bool decide_line(struct work *work)
{
	const struct outlook *outlook = work->outlook;
	if (!outlook->line_missing || !somebody_gets_it(work) || !(all_deeds(work->verdict) & BIT(ACTION_FOOTER)))
		return false;
	work->plan->untouched = outlook->untouched;
	work->plan->footer_added = outlook->untouched == TOUCHED;
	if (work->plan->footer_added)
		annotate_rest(work);
	else
		fall_back(work);
	return true;
}

bool is_to_be_told(const struct work *work, size_t index)
{
	return work->outcomes[index] <= OUTCOME_ANNOTATE && work->outlook->recipients[index].reader;
}

bool companions_are_due(const struct work *work)
{
	return work->companion && !work->held_for_line && work->outlook->companions;
}

void decide_companions(struct work *work)
{
	for (size_t i = 0; i < work->count; i++) {
		if (!is_to_be_told(work, i))
			continue;
		work->plan->companion_sent = true;
		work->outcomes[i] = OUTCOME_ANNOTATE;
	}
}

void decide_late(struct work *work, bool told)
{
	work->plan->told_late = told;
	if (told)
		annotate_rest(work);
}

/* The first rule that has something to say to whoever gets this copy. */
const struct opinion *note_for(const struct work *work, size_t recipient)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if ((deeds_of(opinion) & BIT(ACTION_COMPANION)) != 0 && (opinion->concerns == NULL || opinion->concerns[recipient]))
			return opinion;
	}
	return NULL;
}

bool gets_note(const struct work *work, size_t index)
{
	return work->outcomes[index] <= OUTCOME_ANNOTATE && work->outlook->recipients[index].officer && note_for(work, index) != NULL;
}

void decide_notes(struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (gets_note(work, i))
			work->outcomes[i] = OUTCOME_ANNOTATE;
}

/* ---- the sender --------------------------------------------------------------------------------------------- */

static bool has_outcome(const struct work *work, enum outcome outcome)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] == outcome)
			return true;
	return false;
}

/* The kind of the one notice, and the deeds it is about. False when there is nothing to tell. */
static bool choose_kind(const struct work *work, enum notice_kind *kind_out, unsigned *about_out)
{
	unsigned deeds = all_deeds(work->verdict);
	if (has_outcome(work, OUTCOME_RETRY))
		return false; /* the sender's own server tells them, if it lasts */
	const struct {
		bool chosen;
		enum notice_kind kind;
		unsigned about;
	} rows[] = {
		{ has_outcome(work, OUTCOME_HOLD), NOTICE_HELD, BIT(ACTION_HOLD) | (work->held_for_line ? BIT(ACTION_FOOTER) : 0) },
		{ has_outcome(work, OUTCOME_RETURN), NOTICE_RETURNED, BIT(ACTION_RETURN) },
		{ work->plan->footer_added, NOTICE_ANNOTATED, BIT(ACTION_FOOTER) },
		{ work->plan->untouched != TOUCHED, NOTICE_ADVICE, BIT(ACTION_FOOTER) },
		{ (deeds & BIT(ACTION_NOTIFY)) != 0, NOTICE_ADVICE, BIT(ACTION_NOTIFY) },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!rows[i].chosen)
			continue;
		*kind_out = rows[i].kind;
		*about_out = rows[i].about;
		return true;
	}
	return false;
}

/* All of it was about copies they have been told of, or they were told when this envelope came first: not twice. */
static bool was_told_before(const struct work *work, enum notice_kind kind, unsigned about)
{
	if ((kind != NOTICE_ANNOTATED && kind != NOTICE_ADVICE) || work->plan->told_late)
		return false;
	if (work->outlook->retried)
		return true;
	if ((about & BIT(ACTION_FOOTER)) == 0 || !work->outlook->sender_knows)
		return false;
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		unsigned deeds = deeds_of(&work->verdict->opinions[i]);
		if ((deeds & TOLD) != 0 && (deeds & BIT(ACTION_FOOTER)) == 0)
			return false;
	}
	return true;
}

static bool may_hear(const struct work *work, enum notice_kind kind)
{
	bool kept_back = kind == NOTICE_HELD || kind == NOTICE_RETURNED;
	return work->outlook->sender == HEARS_ALL || (work->outlook->sender == HEARS_OF_HOLDS && kept_back);
}

bool decide_notice(struct work *work, unsigned *about_out)
{
	enum notice_kind kind;
	if (!choose_kind(work, &kind, about_out) || !may_hear(work, kind) || was_told_before(work, kind, *about_out))
		return false;
	work->plan->sender_notice = (int)kind;
	return true;
}

/* ---- the whole ---------------------------------------------------------------------------------------------- */

void plan_begin(struct work *work)
{
	const struct opinion **findings = NULL;
	work->plan = arena_alloc(work->arena, sizeof *work->plan);
	work->outcomes = arena_array(work->arena, work->count, sizeof *work->outcomes);
	work->plan->recipients = work->outcomes;
	work->plan->sender_notice = -1;
	for (size_t i = 0; i < work->verdict->opinion_count; i++)
		if (work->verdict->opinions[i].fires == YES)
			*ARENA_PUSH(work->arena, findings, work->plan->finding_count) = &work->verdict->opinions[i];
	work->plan->findings = findings;
}

void plan_end(struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] > work->plan->outcome)
			work->plan->outcome = work->outcomes[i];
}

const struct plan *plan_make_again(struct arena *arena, const struct verdict *verdict, const struct outlook *outlook)
{
	struct work work = { .arena = arena, .verdict = verdict, .outlook = outlook, .count = outlook->recipient_count };
	unsigned about;
	plan_begin(&work);
	decide_outcomes(&work);
	if (!outlook->put_off) {
		(void)decide_line(&work);
		if (companions_are_due(&work))
			decide_companions(&work);
		decide_late(&work, outlook->earlier == EARLIER_TOLD && (all_deeds(verdict) & BIT(ACTION_FOOTER)) != 0);
		decide_notes(&work);
		(void)decide_notice(&work, &about);
	}
	plan_end(&work);
	return work.plan;
}
