/* plan.c - see plan.h: what the findings mean for each recipient, for the bytes, and for the sender.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan.h"

#include <string.h>

#include "action/edits.h"
#include "action/foot_text.h"
#include "action/notice.h"
#include "policy/explanation.h"

#define OUR_FIELDS BYTES("X-Copyhold-")
#define BIT(action) (1u << (action))
#define TOLD (BIT(ACTION_NOTIFY) | BIT(ACTION_HOLD) | BIT(ACTION_RETURN))

struct work {
	struct arena *arena;
	const struct verdict *verdict;
	const struct facts *facts;
	const struct message *message;
	const struct plan_options *options;
	enum outcome *outcomes; /* per recipient */
	size_t count;           /* of recipients */
	struct plan *plan;
};

/* All that is to be done for a firing rule. Observing does nothing, whatever the rule says. */
static unsigned deeds_of(const struct opinion *opinion)
{
	if (opinion->fires != YES || opinion->rule->mode == MODE_OBSERVE || opinion->rule->mode == MODE_OFF)
		return 0;
	return BIT(opinion->action) | opinion->also;
}

static unsigned all_deeds(const struct verdict *verdict)
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

static void raise_outcome(struct work *work, const bool *concerns, enum outcome outcome)
{
	for (size_t i = 0; i < work->count; i++)
		if ((concerns == NULL || concerns[i]) && work->outcomes[i] < outcome)
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
static void write_footers(struct work *work)
{
	const struct facts *facts = work->facts;
	const char **lines = NULL;
	size_t count = 0;
	if (facts->hidden_all_list != NULL && !foot_says_all(facts)) {
		*ARENA_PUSH(work->arena, lines, count) = foot_line_clean(work->arena, bytes_of(work->options->footer_all));
	} else if (facts->hidden_all_list == NULL) {
		for (size_t i = 0; i < facts->hidden_count; i++) {
			const struct hidden *hidden = &facts->hidden[i];
			if (!facts_is_hidden_councillor(hidden) || hidden->in_foot || comes_again(facts, i))
				continue;
			const char *line = line_fill(work->arena, work->options->footer_format, &hidden->person->name, 1);
			*ARENA_PUSH(work->arena, lines, count) = foot_line_clean(work->arena, bytes_of(line));
		}
	}
	work->plan->footers = lines;
	work->plan->footer_count = count;
}

static void add_footers(struct work *work)
{
	struct plan *plan = work->plan;
	struct edit_list edits;
	write_footers(work);
	if (plan->footer_count == 0)
		return;
	plan->untouched = footer_splice(work->arena, work->message, work->facts->reading, plan->footers, plan->footer_count, &edits);
	if (plan->untouched != TOUCHED) {
		edits_insert_field(work->arena, &plan->edits, "X-Copyhold-Id",
				   arena_printf(work->arena, "%s; reason=%s", work->options->id, untouched_code(plan->untouched)));
		return;
	}
	plan->footer_added = true;
	edits_join(work->arena, &plan->edits, &edits);
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] == OUTCOME_DELIVER)
			work->outcomes[i] = OUTCOME_ANNOTATE;
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

const char *plan_sender_address(const struct facts *facts)
{
	const struct person *person = facts->sender.person;
	if (!facts->sender_known || person == NULL || person->is_list || person->address_count == 0)
		return NULL;
	return person->addresses[0];
}

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
		{ has_outcome(work, OUTCOME_HOLD), NOTICE_HELD, BIT(ACTION_HOLD) },
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

/* The rule a notice is mainly about; NULL when it is about a rule that could not be answered. */
static const struct opinion *main_finding(const struct work *work, unsigned about)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++)
		if (deeds_of(&work->verdict->opinions[i]) & about)
			return &work->verdict->opinions[i];
	return NULL;
}

/* The rule's words with what it found left out: that may be words of the message, which a notice never repeats. */
static const char *words_of(const struct work *work, const struct opinion *opinion, const char *words, bool welsh)
{
	static const struct evidence left_out = { "part of the message", "..." };
	struct explanation_of of = {
		.facts = work->facts, .concerns = opinion->concerns, .evidence = &left_out, .evidence_count = 1, .welsh = welsh,
	};
	return explanation_fill(work->arena, words, &of);
}

/* What the main rule says, then the other rules the sender is to hear of. Two rules that ask for the same line say it once. */
static const char *explain(const struct work *work, const struct opinion *first, unsigned about, bool welsh)
{
	const char *all = words_of(work, first, welsh ? first->rule->says_cy : first->rule->says_en, welsh);
	for (size_t i = 0; all != NULL && i < work->verdict->opinion_count; i++) {
		const struct opinion *other = &work->verdict->opinions[i];
		bool same = (about & BIT(ACTION_FOOTER)) != 0 && (deeds_of(other) & BIT(ACTION_FOOTER)) != 0;
		if (other == first || same || !(deeds_of(other) & TOLD))
			continue;
		const char *more = words_of(work, other, welsh ? other->rule->says_cy : other->rule->says_en, welsh);
		if (more != NULL)
			all = arena_printf(work->arena, "%s %s", all, more);
	}
	return all;
}

/* A marked letter's subject is not repeated in a notice. */
static const char *subject_to_quote(const struct facts *facts)
{
	const struct letter *outer = facts->reading->outer;
	if (outer == NULL || outer->marking_count > 0 || facts->marked_count > 0)
		return NULL;
	return outer->subject;
}

/* Only when some got it: else "has not been sent" says it all. */
static void tell_who(const struct work *work, struct telling *telling)
{
	const char **held = NULL;
	size_t count = 0;
	for (size_t i = 0; i < work->count; i++)
		if (work->outcomes[i] == OUTCOME_HOLD || work->outcomes[i] == OUTCOME_RETURN)
			*ARENA_PUSH(work->arena, held, count) = work->facts->envelope->recipients[i];
	if (count == work->count)
		return;
	telling->held = held;
	telling->held_count = count;
}

static void tell_why(const struct work *work, const struct opinion *opinion, unsigned about, struct telling *telling)
{
	if (opinion == NULL) {
		telling->noticed_en = notice_words_en.undecided;
		telling->noticed_cy = notice_words_cy.undecided;
		return;
	}
	const struct rule *rule = opinion->rule;
	telling->noticed_en = explain(work, opinion, about, false);
	telling->noticed_cy = explain(work, opinion, about, true);
	telling->clause = rule->clause;
	telling->quote = rule->quote;
	telling->remedy_en = words_of(work, opinion, rule->remedy_en, false);
	telling->remedy_cy = words_of(work, opinion, rule->remedy_cy, true);
}

static void tell_sender(struct work *work)
{
	struct plan *plan = work->plan;
	enum notice_kind kind;
	unsigned about;
	const char *to = plan_sender_address(work->facts);
	if (to == NULL || work->options->notice_from == NULL || !choose_kind(work, &kind, &about))
		return;
	struct telling telling = {
		.kind = kind,
		.to = to,
		.subject = subject_to_quote(work->facts),
		.message_id = work->facts->reading->message_id,
		.lines = plan->footers,
		.line_count = plan->footer_count,
		.lines_added = plan->footer_added,
		.untouched = plan->untouched,
	};
	tell_who(work, &telling);
	tell_why(work, main_finding(work, about), about, &telling);
	struct notice *notice = arena_alloc(work->arena, sizeof *notice);
	*notice = notice_make(work->arena, &telling, work->options);
	plan->notices = notice;
	plan->notice_count = 1;
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
	edit_message(&work);
	tell_sender(&work);
	for (size_t i = 0; i < work.count; i++)
		if (work.outcomes[i] > work.plan->outcome)
			work.plan->outcome = work.outcomes[i];
	return work.plan;
}
