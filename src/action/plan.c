/* plan.c - see plan.h: what the findings mean for each recipient, for the bytes, and for the sender.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan.h"

#include "action/edits.h"
#include "action/foot_text.h"
#include "action/plan_work.h"
#include "message/header.h"

#define OUR_FIELDS BYTES("X-Copyhold-")

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

static void collect_findings(struct work *work)
{
	const struct opinion **findings = NULL;
	for (size_t i = 0; i < work->verdict->opinion_count; i++)
		if (work->verdict->opinions[i].fires == YES)
			*ARENA_PUSH(work->arena, findings, work->plan->finding_count) = &work->verdict->opinions[i];
	work->plan->findings = findings;
}

/* What somebody writes to or hears from an oversight body, an auditor, their union or occupational health is not ours to keep back,
 * whatever a rule says of the message. */
static bool may_be_kept_back(const struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	/* What a stranger says of themselves counts for nothing. */
	return !party_is_protected(&facts->recipients[index].party) && !facts_is_protected_only(facts) &&
	       !(facts->sender_known && party_is_protected(&facts->sender));
}

static void raise_outcome(struct work *work, const bool *concerns, enum outcome outcome)
{
	bool keeps_back = outcome == OUTCOME_HOLD || outcome == OUTCOME_RETURN;
	for (size_t i = 0; i < work->count; i++)
		if ((concerns == NULL || concerns[i]) && work->outcomes[i] < outcome && (!keeps_back || may_be_kept_back(work, i)))
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

static void decide_outcomes(struct work *work)
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
	if (verdict->undecided && verdict->unknown == UNKNOWN_RETRIES)
		raise_outcome(work, NULL, OUTCOME_RETRY);
}

static bool somebody_gets_it(const struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] <= OUTCOME_ANNOTATE)
			return true;
	return false;
}

static bool foot_says_all(const struct facts *facts)
{
	for (size_t i = 0; i < facts->copy_line_count; i++)
		if (facts->copy_lines[i].all_councillors)
			return true;
	return false;
}

static bool comes_again(const struct facts *facts, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (facts->hidden[i].person == facts->hidden[index].person)
			return true;
	return false;
}

/* A list of all councillors says it for each of them. */
const char *const *plan_some_foot_lines(struct arena *arena, const struct facts *facts, const struct plan_options *options, const bool *wanted,
					size_t *count_out)
{
	const char **lines = NULL;
	bool any = false;
	*count_out = 0;
	for (size_t i = 0; i < facts->hidden_count; i++)
		any |= wanted[i];
	if (facts->hidden_all_list != NULL && any && !foot_says_all(facts)) {
		*ARENA_PUSH(arena, lines, *count_out) = foot_line_clean(arena, bytes_of(options->footer_all));
	} else if (facts->hidden_all_list == NULL) {
		for (size_t i = 0; i < facts->hidden_count; i++) {
			const struct hidden *hidden = &facts->hidden[i];
			if (!wanted[i] || !lacks_line(hidden) || comes_again(facts, i))
				continue;
			const char *line = line_fill(arena, options->footer_format, &hidden->person->name, 1);
			*ARENA_PUSH(arena, lines, *count_out) = foot_line_clean(arena, bytes_of(line));
		}
	}
	return lines;
}

const char *const *plan_foot_lines(struct arena *arena, const struct facts *facts, const struct plan_options *options, size_t *count_out)
{
	bool *all = arena_array(arena, facts->hidden_count + 1, sizeof *all);
	for (size_t i = 0; i < facts->hidden_count; i++)
		all[i] = true;
	return plan_some_foot_lines(arena, facts, options, all, count_out);
}

/* Of the rules that want the line, the fallback that does most. Only enforcing holds. */
static void fall_back(struct work *work)
{
	struct plan *plan = work->plan;
	edits_insert_field(work->arena, &plan->edits, "X-Copyhold-Id",
			   arena_printf(work->arena, "%s; reason=%s", work->options->id, untouched_code(plan->untouched)));
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

/* Whoever reads this copy knows. */
static void note_told(struct work *work)
{
	const struct facts *facts = work->facts;
	for (size_t i = 0; i < work->count; i++)
		for (size_t k = 0; is_to_be_told(work, i) && k < facts->hidden_count; k++)
			if (lacks_line(&facts->hidden[k]))
				add_told(work, facts->envelope->recipients[i], &facts->hidden[k]);
}

/* A Bcc field that the sender's program left in goes with it; the copy that only the hidden get may keep it. */
static void remove_bcc(struct work *work)
{
	const struct part *root = work->message->root;
	bool shown = false;
	for (size_t i = 0; i < work->count; i++)
		shown |= work->facts->recipients[i].visible && work->outcomes[i] <= OUTCOME_ANNOTATE;
	for (size_t i = 0; shown && i < root->header_count; i++)
		if (bytes_equal_nocase(root->headers[i].name, BYTES("Bcc")))
			edits_remove_field(work->arena, &work->plan->edits, work->message, &root->headers[i]);
}

/* S/MIME and OpenPGP sign a part, not the fields above it; these sign the fields too. */
static bool fields_are_signed(const struct part *root)
{
	static const char *const fields[] = { "DKIM-Signature", "ARC-Message-Signature", "Sig" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (header_find(root, fields[i], 0) != NULL)
			return true;
	return false;
}

static void add_footers(struct work *work)
{
	struct plan *plan = work->plan;
	struct edit_list edits;
	plan->footers = plan_foot_lines(work->arena, work->facts, work->options, &plan->footer_count);
	if (plan->footer_count == 0)
		return;
	plan->untouched = footer_splice(work->arena, work->message, work->facts->reading, plan->footers, plan->footer_count, &edits);
	if (plan->untouched != TOUCHED) {
		fall_back(work);
		return;
	}
	plan->footer_added = true;
	edits_join(work->arena, &plan->edits, &edits);
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] == OUTCOME_DELIVER)
			work->outcomes[i] = OUTCOME_ANNOTATE;
	note_told(work);
	remove_bcc(work);
}

/* Nobody outside can speak in our fields' name. */
static void strip_our_fields(struct work *work)
{
	const struct part *root = work->message->root;
	for (size_t i = 0; i < root->header_count; i++)
		if (bytes_starts_with_nocase(root->headers[i].name, OUR_FIELDS))
			edits_remove_field(work->arena, &work->plan->edits, work->message, &root->headers[i]);
}

static void add_flags(struct work *work)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if ((deeds_of(opinion) & BIT(ACTION_FLAG)) && !opinion->rule->discreet)
			edits_insert_field(work->arena, &work->plan->edits, "X-Copyhold-Finding",
					   arena_printf(work->arena, "%s; id=%s", opinion->rule->id, work->options->id));
	}
}

static void edit_message(struct work *work)
{
	strip_our_fields(work);
	if (!somebody_gets_it(work))
		return;
	add_flags(work);
	if (all_deeds(work->verdict) & BIT(ACTION_FOOTER))
		add_footers(work);
}

static void carry_plan_out(struct work *work)
{
	edit_message(work);
	if (work->companion && !work->held_for_line)
		tell_recipients(work);
	if (work->plan->companion_sent && !fields_are_signed(work->message->root))
		remove_bcc(work);
	tell_earlier_recipients(work);
	tell_officers(work);
	tell_sender(work);
}

const struct plan *plan_make(struct arena *arena, const struct verdict *verdict, const struct facts *facts,
			     const struct message *message, const struct plan_options *options)
{
	struct work work = {
		.arena = arena, .verdict = verdict, .facts = facts, .message = message, .options = options,
		.count = facts->envelope->recipient_count,
	};
	work.plan = arena_alloc(arena, sizeof *work.plan);
	work.outcomes = arena_array(arena, work.count, sizeof *work.outcomes);
	work.plan->recipients = work.outcomes;
	collect_findings(&work);
	decide_outcomes(&work);
	if (facts->put_off)
		raise_outcome(&work, NULL, OUTCOME_RETRY);
	else
		carry_plan_out(&work);
	for (size_t i = 0; i < work.count; i++)
		if (work.outcomes[i] > work.plan->outcome)
			work.plan->outcome = work.outcomes[i];
	return work.plan;
}
