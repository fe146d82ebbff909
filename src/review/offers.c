/* offers.c - which deeds are open to a reviewer on one message, in words that say what will happen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "carry.h"
#include "review/decide.h"
#include "decide_run.h"

#define ADDRESSES_TOLD 3

struct offering {
	const struct desk *desk;
	struct arena *arena;
	const struct held *held;
	const char *when;        /* "in 5 minutes; until then it can be undone", "at once" ... */
	const char *who;         /* whom a release reaches */
	const char *doubted;     /* whom it may have reached already */
	const char *general;     /* why no deed is open, or NULL */
	const char *const *lines;
	size_t line_count;
};

/* NULL: nobody. */
static const char *who_are(struct arena *arena, const struct held *held, enum hold_state state)
{
	struct text text = TEXT_INIT;
	size_t count = 0;
	for (size_t i = 0; i < held->recipient_count; i++) {
		if (held->recipients[i].state != state)
			continue;
		if (count++ < ADDRESSES_TOLD)
			text_printf(&text, "%s%s", count == 1 ? "" : ", ", held->recipients[i].address);
	}
	if (count > ADDRESSES_TOLD)
		text_printf(&text, " and %zu more", count - ADDRESSES_TOLD);
	const char *who = count == 0 ? NULL : arena_string(arena, text_string(&text));
	text_release(&text);
	return who;
}

static const char *when_it_happens(struct arena *arena, const struct desk *desk, bool two)
{
	int minutes = desk->terms.undo_minutes;
	const char *delay = minutes == 0 ? "at once"
					 : arena_printf(arena, "in %d minute%s; until then it can be undone", minutes, minutes == 1 ? "" : "s");
	return two ? arena_printf(arena, "when a second person has confirmed it (then %s)", delay) : delay;
}

static const char *lines_in_words(const struct offering *offering)
{
	struct text text = TEXT_INIT;
	for (size_t i = 0; i < offering->line_count; i++)
		text_printf(&text, "%s\u201c%s\u201d", i == 0 ? "" : ", ", offering->lines[i]);
	return text_to_arena(&text, offering->arena).data;
}

static struct offer offer_release(struct offering *offering)
{
	struct offer offer = { .deed = DEED_RELEASE, .label = "Release as it is" };
	if (offering->who == NULL && offering->doubted != NULL) {
		offer.label = "Send it again";
		offer.will = arena_printf(offering->arena, "It may have arrived already; the message is sent again, unchanged, to %s, %s.",
					  offering->doubted, offering->when);
		return offer;
	}
	offer.will = offering->who == NULL ? "There is nobody it is held for."
					   : arena_printf(offering->arena, "The message goes unchanged to %s, %s.", offering->who, offering->when);
	offer.refused = offering->who == NULL ? "it is held for nobody any more" : NULL;
	return offer;
}

/* Asked of the letter itself: only it says whether it can take a line. */
static struct offer offer_release_open(struct offering *offering)
{
	const struct letter_opener *opener = &offering->desk->opener;
	struct offer offer = { .deed = DEED_RELEASE_OPEN, .label = "Release with the copy made plain", .will = "A line at the foot makes the copy plain." };
	struct error trouble = ERROR_INIT;
	struct bytes raw = BYTES_EMPTY, letter;
	if (offering->who == NULL)
		offer.refused = "it is held for nobody any more";
	else if (opener->open == NULL)
		offer.refused = "nothing here can add a line to a letter";
	else if (!store_read_raw(offering->desk->store, offering->arena, offering->held->id, &raw, &trouble) ||
		 !opener->open(opener->context, offering->arena, offering->held, raw, &offering->lines, &offering->line_count, &letter, &trouble))
		offer.refused = arena_string(offering->arena, error_text(&trouble));
	else
		offer.will = arena_printf(offering->arena, "The foot gets %s, and the message goes to %s, %s.", lines_in_words(offering), offering->who,
					  offering->when);
	error_release(&trouble);
	return offer;
}

static struct offer offer_return(struct offering *offering)
{
	struct offer offer = { .deed = DEED_RETURN, .label = "Return to the sender" };
	struct error trouble = ERROR_INIT;
	int minutes = offering->desk->terms.undo_minutes;
	const char *sender = offering->held->sender_name == NULL ? "The sender" : offering->held->sender_name;
	offer.will = minutes == 0 ? arena_printf(offering->arena, "%s gets it back with your reason, at once; nobody else gets it.", sender)
				  : arena_printf(offering->arena,
						 "%s gets it back with your reason in %d minute%s, and nobody else gets it; until then it can be undone.",
						 sender, minutes, minutes == 1 ? "" : "s");
	if (!carry_can_be_returned(offering->held, &trouble))
		offer.refused = arena_string(offering->arena, error_text(&trouble));
	error_release(&trouble);
	return offer;
}

static struct offer offer_pass(struct offering *offering, const char *by, int64_t at)
{
	const char *second = offering->desk->second_reviewer;
	struct offer offer = { .deed = DEED_PASS, .label = "Ask the second reviewer" };
	struct error trouble = ERROR_INIT;
	offer.will = second == NULL ? "There is no second reviewer."
				    : arena_printf(offering->arena, "%s is asked to decide; nothing is sent until then.", second);
	if (second == NULL)
		offer.refused = "there is no second reviewer";
	else if (offering->held->escalated)
		offer.refused = "the second reviewer has been asked already";
	else if (!queue_may_review(offering->desk, offering->held, second, at, NULL))
		offer.refused = "the second reviewer may not decide on it either";
	else if (!queue_must_be_reviewer(offering->desk, offering->held, by, &trouble))
		offer.refused = arena_string(offering->arena, error_text(&trouble));
	error_release(&trouble);
	return offer;
}

/* The clauses' own exceptions, each rule's in its order; whatever else there may be is free text. */
static void add_reasons(const struct offering *offering, struct offers *out)
{
	struct reason *reasons = NULL;
	size_t count = 0;
	for (size_t i = 0; i < offering->held->finding_count; i++) {
		const struct rule *rule = rule_of_finding(offering->desk, &offering->held->findings[i]);
		for (size_t k = 0; rule != NULL && k < rule->reasons.count; k++)
			*ARENA_PUSH(offering->arena, reasons, count) =
				(struct reason){ reason_key(offering->arena, rule, k), arena_string(offering->arena, rule->reasons.items[k]) };
	}
	*ARENA_PUSH(offering->arena, reasons, count) = (struct reason){ REASON_OTHER, "Another reason" };
	out->reasons = reasons;
	out->reason_count = count;
}

/* A decision that is open already: undo it first. */
static bool find_open(struct offering *offering, struct error *err)
{
	struct decision_list list;
	if (!store_decision_list(offering->desk->store, offering->arena, offering->held->id, &list, err))
		return false;
	for (size_t i = 0; i < list.count && offering->general == NULL; i++)
		if (list.items[i].state <= DECISION_DOING)
			offering->general = decision_in_words(offering->arena, &list.items[i]);
	return true;
}

bool decide_offers(struct desk *desk, struct arena *arena, const struct held *held, const char *by, int64_t at, struct offers *out,
		   struct error *err)
{
	struct error trouble = ERROR_INIT;
	bool two = decide_needs_two(desk, held);
	struct offering offering = { .desk = desk, .arena = arena, .held = held, .when = when_it_happens(arena, desk, two),
				     .who = who_are(arena, held, HOLD_HELD), .doubted = who_are(arena, held, HOLD_IN_DOUBT) };
	*out = (struct offers){ .two_persons = two };
	bool waits = false;
	for (size_t i = 0; i < held->recipient_count; i++)
		waits = waits || carry_is_waiting(held->recipients[i].state);
	if (!waits)
		offering.general = "it has been decided";
	else if (!find_open(&offering, err))
		return false;
	bool may = queue_may_review(desk, held, by, at, &trouble);
	const char *recused = may ? NULL : arena_string(arena, error_text(&trouble));
	error_release(&trouble);

	struct offer *items = NULL;
	*ARENA_PUSH(arena, items, out->count) = offer_release(&offering);
	if (may && offering.general == NULL) /* who may not see it is not told of its letter */
		*ARENA_PUSH(arena, items, out->count) = offer_release_open(&offering);
	*ARENA_PUSH(arena, items, out->count) = offer_return(&offering);
	*ARENA_PUSH(arena, items, out->count) = offer_pass(&offering, by, at);
	bool opened = false;
	for (size_t i = 0; i < out->count; i++) {
		if (items[i].refused == NULL && items[i].deed != DEED_PASS)
			items[i].refused = recused;
		if (items[i].refused == NULL)
			items[i].refused = offering.general;
		opened = opened || (items[i].deed == DEED_RELEASE_OPEN && items[i].refused == NULL);
	}
	/* Where the copy can be made plain, that is the release that is offered first. */
	for (size_t i = 0; i < out->count; i++)
		items[i].prominent = items[i].refused == NULL && !(items[i].deed == DEED_RELEASE && opened);
	out->items = items;
	add_reasons(&offering, out);
	return true;
}
