/* beside.c - the short note beside a message that an officer gets: what it seems to be and what is to be done with it. The message itself
 * is left as it came, because it may be signed and goes to all its recipients whole; and nothing of what it says is repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "action/notice.h"
#include "action/plan_work.h"

/* Each person once, however many of their addresses it goes to. */
static bool comes_before(const struct work *work, size_t index)
{
	const struct recipient *recipients = work->facts->recipients;
	for (size_t i = 0; i < index; i++)
		if (recipients[i].party.person == recipients[index].party.person && gets_note(work, i))
			return true;
	return false;
}

/* Who wrote it, by the address that its From gives; the directory's name where the sender is known. */
static const char *writer_of(const struct facts *facts)
{
	if (facts->sender_known && facts->sender.person != NULL)
		return facts->sender.person->name;
	return facts->header_from.address != NULL ? facts->header_from.address : facts->envelope->from;
}

static void tell_one(struct work *work, size_t index, const struct opinion *opinion)
{
	const struct rule *rule = opinion->rule;
	struct telling telling = {
		.kind = NOTICE_COMPANION,
		.number = (unsigned)(work->plan->notice_count + work->plan->deferred_count) + 1,
		.to = work->facts->envelope->recipients[index],
		.sender = writer_of(work->facts),
		.message_id = work->facts->reading->message_id,
		.noticed_en = rule_words_told(work, opinion, rule->says_en, false),
		.noticed_cy = rule_words_told(work, opinion, rule->says_cy, true),
		.clause = rule->clause,
		.quote = rule->quote,
		.remedy_en = rule_words_told(work, opinion, rule->remedy_en, false),
		.remedy_cy = rule_words_told(work, opinion, rule->remedy_cy, true),
		.beside = true,
	};
	struct notice notice = notice_make(work->arena, &telling, work->options);
	notice.rule = rule->id;
	notice.private = rule->kept == KEPT_NOTHING;
	add_notice(work, notice);
}

void tell_officers(struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (gets_note(work, i) && !comes_before(work, i) && !work->facts->retried)
			tell_one(work, i, note_for(work, i));
	decide_notes(work);
}
