/* companion.c - the short notice beside a message that could not take the line: who gets it, and that nobody else does (DESIGN 5).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/notice.h"
#include "action/plan_work.h"

bool may_be_told(const struct facts *facts)
{
	if (!facts->visible_all_council)
		return false;
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (facts->hidden[i].role == ROLE_PROTECTED)
			return false;
	return true;
}

static bool is_of_council(const struct party *party)
{
	return party->person != NULL && (party->person->is_list || party->role == ROLE_COUNCILLOR || party->role == ROLE_OFFICER);
}

bool is_to_be_told(const struct work *work, size_t index)
{
	const struct recipient *recipient = &work->facts->recipients[index];
	if (work->outcomes[index] > OUTCOME_ANNOTATE || !recipient->visible || !is_of_council(&recipient->party))
		return false;
	return recipient->party.person != work->facts->sender.person;
}

static bool was_told(const struct work *work, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_to_be_told(work, i) && work->facts->recipients[i].party.person == work->facts->recipients[index].party.person)
			return true;
	return false;
}

/* A reply's subject is not marked as one twice. */
static const char *thread_of(const struct facts *facts)
{
	const char *subject = subject_to_quote(facts), *bare = subject == NULL ? NULL : facts->reading->outer->bare_subject;
	return bare != NULL ? bare : subject;
}

static struct notice companion_to(struct work *work, size_t index)
{
	const struct opinion *finding = main_finding(work, BIT(ACTION_FOOTER));
	struct telling telling = {
		.kind = NOTICE_COMPANION,
		.number = (unsigned)work->plan->notice_count + 1,
		.to = work->facts->envelope->recipients[index],
		.sender = work->facts->sender.person->name,
		.subject = thread_of(work->facts),
		.message_id = work->facts->reading->message_id,
		.clause = finding->rule->clause,
		.lines = work->plan->footers,
		.line_count = work->plan->footer_count,
		.untouched = work->plan->untouched,
	};
	return notice_make(work->arena, &telling, work->options);
}

void tell_recipients(struct work *work)
{
	const struct facts *facts = work->facts;
	if (work->options->notice_from == NULL || plan_sender_address(facts) == NULL || !may_be_told(facts))
		return;
	for (size_t i = 0; i < facts->recipient_count; i++) {
		if (!is_to_be_told(work, i))
			continue;
		if (!was_told(work, i))
			add_notice(work, companion_to(work, i));
		work->plan->companion_sent = true;
	}
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (is_to_be_told(work, i))
			work->outcomes[i] = OUTCOME_ANNOTATE;
}
