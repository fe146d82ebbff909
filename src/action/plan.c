/* plan.c - see plan.h: what the findings mean for each recipient, for the bytes, and for the sender.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/plan.h"

#include "action/edits.h"
#include "action/foot_text.h"
#include "action/plan_work.h"
#include "message/header.h"

#define OUR_FIELDS BYTES("X-Copyhold-")

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

/* Before anything else is told to the sender, because it may keep the message back. */
static void add_footers(struct work *work)
{
	struct plan *plan = work->plan;
	if (!decide_line(work))
		return;
	plan->footers = work->lines;
	plan->footer_count = work->line_count;
	if (!plan->footer_added) {
		edits_insert_field(work->arena, &plan->edits, "X-Copyhold-Id",
				   arena_printf(work->arena, "%s; reason=%s", work->options->id, untouched_code(plan->untouched)));
		return;
	}
	edits_join(work->arena, &plan->edits, &work->line_edits);
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
	add_footers(work);
}

static void carry_plan_out(struct work *work)
{
	edit_message(work);
	if (companions_are_due(work))
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
	outlook_take(&work);
	plan_begin(&work);
	decide_outcomes(&work);
	if (!facts->put_off)
		carry_plan_out(&work);
	plan_end(&work);
	work.plan->outlook = outlook_after(&work);
	return work.plan;
}
