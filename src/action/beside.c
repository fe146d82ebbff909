/* beside.c - the short note beside a message that an officer gets: what it seems to be and what is to be done with it. The message itself
 * is left as it came, because it may be signed and goes to all its recipients whole; and nothing of what it says is repeated.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "action/notice.h"
#include "action/plan_work.h"
#include "policy/party.h"

/* The first rule that has something to say to whoever gets this copy. */
static const struct opinion *finding_for(const struct work *work, size_t recipient)
{
	for (size_t i = 0; i < work->verdict->opinion_count; i++) {
		const struct opinion *opinion = &work->verdict->opinions[i];
		if ((deeds_of(opinion) & BIT(ACTION_COMPANION)) != 0 && (opinion->concerns == NULL || opinion->concerns[recipient]))
			return opinion;
	}
	return NULL;
}

/* An officer, or a mailbox that only officers read; not the one who wrote it. */
static bool is_officers(const struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	const struct party *party = &facts->recipients[index].party;
	if (work->outcomes[index] > OUTCOME_ANNOTATE || party->person == NULL || (facts->sender_known && party->person == facts->sender.person))
		return false;
	return party->person->is_list ? list_is_officers(work->arena, facts, party->person) : party_has_role(party, ROLE_OFFICER, facts->on);
}

/* Each person once, however many of their addresses it goes to. */
static bool comes_before(const struct work *work, size_t index)
{
	const struct recipient *recipients = work->facts->recipients;
	for (size_t i = 0; i < index; i++)
		if (recipients[i].party.person == recipients[index].party.person && is_officers(work, i) && finding_for(work, i) != NULL)
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
	add_notice(work, notice);
}

void tell_officers(struct work *work)
{
	if (work->options->notice_from == NULL || (all_deeds(work->verdict) & BIT(ACTION_COMPANION)) == 0)
		return;
	for (size_t i = 0; i < work->count; i++) {
		const struct opinion *opinion = finding_for(work, i);
		if (opinion == NULL || !is_officers(work, i))
			continue;
		if (!comes_before(work, i) && !work->facts->retried)
			tell_one(work, i, opinion);
		work->outcomes[i] = OUTCOME_ANNOTATE;
	}
}
