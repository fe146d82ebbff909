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

bool is_of_council(const struct party *party)
{
	return party->person != NULL && (party->person->is_list || party->role == ROLE_COUNCILLOR || party->role == ROLE_OFFICER);
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

struct notice companion_notice(struct work *work, const char *to, const char *const *lines, size_t line_count, bool late)
{
	const struct opinion *finding = main_finding(work, BIT(ACTION_FOOTER));
	struct telling telling = {
		.kind = NOTICE_COMPANION,
		.number = (unsigned)(work->plan->notice_count + work->plan->deferred_count) + 1,
		.to = to,
		.sender = work->facts->sender.person->name,
		.subject = thread_of(work->facts),
		.message_id = work->facts->reading->message_id,
		.clause = finding->rule->clause,
		.lines = lines,
		.line_count = line_count,
		.late = late ? LATE_TOLD : LATE_NOBODY,
		.untouched = work->plan->untouched,
	};
	return notice_make(work->arena, &telling, work->options);
}

/* What of the lines they have not been told before. */
static void tell_recipient(struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	const struct person *person = facts->recipients[index].party.person;
	bool *wanted = arena_array(work->arena, facts->hidden_count + 1, sizeof *wanted);
	size_t line_count;
	for (size_t i = 0; i < facts->hidden_count; i++)
		wanted[i] = lacks_line(&facts->hidden[i]) && !knows_of(work, person, &facts->hidden[i]);
	const char *const *lines = plan_some_foot_lines(work->arena, facts, work->options, wanted, &line_count);
	if (line_count == 0)
		return;
	add_notice(work, companion_notice(work, facts->envelope->recipients[index], lines, line_count, false));
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (wanted[i])
			add_told(work, facts->envelope->recipients[index], &facts->hidden[i]);
}

void tell_recipients(struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (is_to_be_told(work, i) && !was_told(work, i))
			tell_recipient(work, i);
	decide_companions(work);
}
