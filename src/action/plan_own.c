/* plan_own.c - what the sender may do about a message of their own: what the rules offer, as far as the message lets it be done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan_work.h"

#define OFFER(remedy) (1u << (remedy))
#define ANY_TIME (OFFER(REMEDY_WITHDRAW) | OFFER(REMEDY_REASON))

static bool holds(const struct work *work, const struct opinion *opinion)
{
	unsigned deeds = deeds_of(opinion);
	bool for_line = work->held_for_line && (deeds & BIT(ACTION_FOOTER)) != 0 && opinion->rule->fallback == FALLBACK_HOLD;
	return (deeds & BIT(ACTION_HOLD)) != 0 || for_line;
}

/* Saying why, or taking it back, any of the rules may offer; what lets a message go on, all that hold it must. */
static unsigned offered_by_all(const struct work *work)
{
	unsigned any = 0, all = ~0u;
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if (!holds(work, opinion))
			continue;
		any |= opinion->rule->remedies;
		/* Where two persons must agree to a release, the sender is not one of them. */
		all &= opinion->rule->two_persons ? 0 : opinion->rule->remedies;
	}
	if (work->verdict->undecided && work->verdict->unknown == UNKNOWN_HOLDS)
		all = 0;
	return any & (all | ANY_TIME);
}

static bool is_held(const struct work *work, size_t index)
{
	return work->outcomes[index] == OUTCOME_HOLD;
}

/* A hidden copy is held, and somebody else is written to. */
static bool can_be_dropped(const struct work *work)
{
	bool hidden = false, others = false;
	for (size_t i = 0; i < work->count; i++) {
		hidden = hidden || (!work->facts->recipients[i].visible && is_held(work, i));
		others = others || work->facts->recipients[i].visible;
	}
	return hidden && others;
}

static bool hides_a_councillor(const struct facts *facts)
{
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (facts_is_hidden_councillor(&facts->hidden[i]))
			return true;
	return false;
}

static bool somebody_can_be_told(const struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (is_to_be_told(work, i))
			return true;
	return false;
}

/* The copy is not made plain already, and making it so tells nobody who must not know. */
static bool can_be_opened(const struct work *work, bool held)
{
	if (work->plan->footer_added || work->plan->companion_sent || !may_be_told(work->facts) || !hides_a_councillor(work->facts))
		return false;
	return held || somebody_can_be_told(work);
}

unsigned own_deeds(const struct work *work, enum notice_kind kind, const struct opinion *about)
{
	bool held = kind == NOTICE_HELD;
	if (kind != NOTICE_HELD && kind != NOTICE_ANNOTATED && kind != NOTICE_ADVICE)
		return 0;
	unsigned deeds = held ? offered_by_all(work) : about == NULL ? 0 : about->rule->remedies & ~OFFER(REMEDY_WITHDRAW);
	if (!held || !can_be_dropped(work))
		deeds &= ~OFFER(REMEDY_DROP_HIDDEN);
	if (!can_be_opened(work, held))
		deeds &= ~OFFER(REMEDY_OPEN_COPY);
	return deeds;
}
