/* plan_tell.c - the one notice the sender gets: its kind, what it says was noticed, and of what rule.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice.h"

#include <string.h>

#include "action/plan_work.h"
#include "message/header.h"
#include "policy/explanation.h"

const char *plan_sender_address(const struct facts *facts)
{
	const struct person *person = facts->sender.person;
	if (!facts->sender_known || person == NULL || person->is_list || person->address_count == 0)
		return NULL;
	return person->addresses[0];
}

void add_notice(struct work *work, struct notice notice)
{
	*ARENA_PUSH(work->arena, work->notices, work->plan->notice_count) = notice;
	work->plan->notices = work->notices;
}

const struct opinion *main_finding(const struct work *work, unsigned about)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++)
		if (deeds_of(&work->verdict->opinions[i]) & about)
			return &work->verdict->opinions[i];
	return NULL;
}

const char *rule_words_told(const struct work *work, const struct opinion *opinion, const char *words, bool welsh)
{
	return explanation_without_words(work->arena, words, work->facts, opinion, welsh);
}

/* What the main rule says, then the other rules the sender is to hear of. Two rules that ask for the same line say it once. */
static const char *explain(const struct work *work, const struct opinion *first, unsigned about, bool welsh)
{
	const char *all = rule_words_told(work, first, welsh ? first->rule->says_cy : first->rule->says_en, welsh);
	for (size_t i = 0; all != NULL && i < work->verdict->opinion_count; i++) {
		const struct opinion *other = &work->verdict->opinions[i];
		bool same = (about & BIT(ACTION_FOOTER)) != 0 && (deeds_of(other) & BIT(ACTION_FOOTER)) != 0;
		if (other == first || same || !(deeds_of(other) & TOLD))
			continue;
		const char *more = rule_words_told(work, other, welsh ? other->rule->says_cy : other->rule->says_en, welsh);
		/* Whole or not at all: half a sentence says nothing. */
		if (more != NULL && bytes_words(bytes_of(all)) + bytes_words(bytes_of(more)) <= NOTICE_SAYS_WORDS)
			all = arena_printf(work->arena, "%s %s", all, more);
	}
	return all;
}

const char *subject_to_quote(const struct facts *facts)
{
	const struct letter *outer = facts->reading->outer;
	if (outer == NULL || outer->marking_count > 0 || facts_is_confidential(facts) || facts_has_protected(facts))
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
		telling->undecided = true;
		return;
	}
	const struct rule *rule = opinion->rule;
	telling->noticed_en = explain(work, opinion, about, false);
	telling->noticed_cy = explain(work, opinion, about, true);
	telling->clause = rule->clause;
	telling->quote = rule->quote;
	telling->remedy_en = rule_words_told(work, opinion, rule->remedy_en, false);
	telling->remedy_cy = rule_words_told(work, opinion, rule->remedy_cy, true);
}

static enum late_copies late_of(const struct work *work)
{
	return work->plan->told_late ? LATE_TOLD : work->plan->late_untold ? LATE_UNTOLD : LATE_NOBODY;
}

static void note_sender_told(struct work *work, const char *to, unsigned about)
{
	for (size_t i = 0; (about & BIT(ACTION_FOOTER)) != 0 && i < work->facts->hidden_count; i++)
		if (lacks_line(&work->facts->hidden[i]))
			add_told(work, to, &work->facts->hidden[i]);
}

/* The first rule that the notice may be known by; NULL: all that ask for it keep nothing. */
static const struct opinion *finding_to_name(const struct work *work, unsigned about)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if ((deeds_of(opinion) & about) != 0 && opinion->rule->kept != KEPT_NOTHING)
			return opinion;
	}
	return NULL;
}

static bool is_foot_false(const struct facts *facts)
{
	for (size_t i = 0; i < facts->copy_line_count && !facts->copies_partly_known; i++)
		if (facts->copy_lines[i].not_copied_count > 0)
			return true;
	return false;
}

/* The main rule; but where the foot is false, one that asks for the same line and says whom the foot names has more to say. */
static const struct opinion *finding_to_tell(const struct work *work, unsigned about)
{
	const struct opinion *first = main_finding(work, about);
	bool of_line = first != NULL && (about & deeds_of(first)) == BIT(ACTION_FOOTER);
	for (size_t i = 0; of_line && is_foot_false(work->facts) && i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if ((deeds_of(opinion) & BIT(ACTION_FOOTER)) != 0 && opinion->rule->says_en != NULL && strstr(opinion->rule->says_en, "%{foot}") != NULL)
			return opinion;
	}
	return first;
}

void tell_sender(struct work *work)
{
	struct plan *plan = work->plan;
	enum notice_kind kind;
	unsigned about;
	const char *to = plan_sender_address(work->facts);
	if (!decide_notice(work, &about))
		return;
	kind = (enum notice_kind)plan->sender_notice;
	struct telling telling = {
		.kind = kind,
		.to = to,
		.subject = subject_to_quote(work->facts),
		.message_id = work->facts->reading->message_id,
		.lines = plan->footers,
		.line_count = plan->footer_count,
		.lines_added = plan->footer_added,
		.companion_sent = plan->companion_sent,
		.late = late_of(work),
		.untouched = plan->untouched,
	};
	const struct opinion *finding = finding_to_tell(work, about);
	tell_who(work, &telling);
	tell_why(work, finding, about, &telling);
	if (work->options->own_link != NULL)
		plan->own_deeds = own_deeds(work, kind, finding);
	if (plan->own_deeds != 0)
		telling.link = work->options->own_link;
	struct notice notice = notice_make(work->arena, &telling, work->options);
	/* Each message that is kept back is told of; what is only to be known is not told again at every reply. */
	const struct opinion *named = finding_to_name(work, about);
	if (named != NULL && (kind == NOTICE_ANNOTATED || kind == NOTICE_ADVICE) && !plan->told_late)
		notice.rule = named->rule->id;
	notice.private = finding != NULL && named == NULL;
	add_notice(work, notice);
	note_sender_told(work, to, about);
}
