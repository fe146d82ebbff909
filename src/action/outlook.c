/* outlook.c - see outlook.h: taken from the facts and the message, before anything is decided.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "action/outlook.h"

#include <string.h>

#include "action/plan_work.h"
#include "message/header.h"
#include "policy/party.h"

/* What somebody writes to or hears from an oversight body, an auditor, their union or occupational health is not ours to keep back,
 * whatever a rule says of the message. */
static bool may_be_kept_back(const struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	/* What a stranger says of themselves counts for nothing. */
	return !party_is_protected(&facts->recipients[index].party) && !facts_is_protected_only(facts) &&
	       !(facts->sender_known && party_is_protected(&facts->sender));
}

/* RFC 3834: what a program sent is not answered, but for telling that it was kept back; our own mail, come back by somebody's forwarding, not
 * even then, or two programs would write to each other for ever. */
static enum sender_hears may_be_answered(const struct work *work)
{
	const char *submitted = header_text_of(work->arena, work->message->root, "Auto-Submitted");
	if (submitted == NULL || bytes_equal_nocase(bytes_trim(bytes_slice(bytes_of(submitted), 0, strcspn(submitted, ";("))), BYTES("no")))
		return HEARS_ALL;
	const char *from = work->facts->header_from.address;
	bool is_own = from != NULL && bytes_equal_nocase(bytes_of(from), bytes_of(work->options->notice_from));
	return is_own ? HEARS_NOTHING : HEARS_OF_HOLDS;
}

static enum sender_hears sender_hears(const struct work *work)
{
	if (plan_sender_address(work->facts) == NULL || work->options->notice_from == NULL)
		return HEARS_NOTHING;
	return may_be_answered(work);
}

/* They were told of every copy that is still to be made plain. */
static bool sender_knows(const struct work *work)
{
	const struct facts *facts = work->facts;
	const char *to = plan_sender_address(facts);
	if (to == NULL || facts->recall->told_count == 0)
		return false;
	const struct person *sender = directory_by_address(facts->directory, to);
	for (size_t i = 0; i < facts->hidden_count; i++)
		if (lacks_line(&facts->hidden[i]) && !knows_of(work, sender, &facts->hidden[i]))
			return false;
	return true;
}

/* An officer, or a mailbox that only officers read; not the one who wrote it. */
static bool is_officers(const struct work *work, size_t index)
{
	const struct facts *facts = work->facts;
	const struct party *party = &facts->recipients[index].party;
	if (work->options->notice_from == NULL || party->person == NULL || (facts->sender_known && party->person == facts->sender.person))
		return false;
	return party->person->is_list ? list_is_officers(work->arena, facts, party->person) : party_has_role(party, ROLE_OFFICER, facts->on);
}

static const struct prospect *prospects(struct work *work)
{
	const struct facts *facts = work->facts;
	struct prospect *all = arena_array(work->arena, work->count, sizeof *all);
	for (size_t i = 0; i < work->count; i++) {
		const struct recipient *recipient = &facts->recipients[i];
		all[i].keepable = may_be_kept_back(work, i);
		all[i].officer = is_officers(work, i);
		all[i].reader = recipient->visible && is_of_council(&recipient->party) && recipient->party.person != facts->sender.person;
	}
	return all;
}

void outlook_take(struct work *work)
{
	const struct facts *facts = work->facts;
	struct outlook *outlook = arena_alloc(work->arena, sizeof *outlook);
	outlook->put_off = facts->put_off;
	outlook->retried = facts->retried;
	outlook->companions = work->options->notice_from != NULL && plan_sender_address(facts) != NULL && may_be_told(facts);
	outlook->sender_knows = sender_knows(work);
	outlook->sender = sender_hears(work);
	work->lines = plan_foot_lines(work->arena, facts, work->options, &work->line_count);
	outlook->line_missing = work->line_count > 0;
	if (outlook->line_missing)
		outlook->untouched = footer_splice(work->arena, work->message, facts->reading, work->lines, work->line_count, &work->line_edits);
	outlook->recipients = prospects(work);
	outlook->recipient_count = work->count;
	work->outlook = outlook;
}

const struct outlook *outlook_after(const struct work *work)
{
	struct outlook *outlook = arena_alloc(work->arena, sizeof *outlook);
	bool asked = (all_deeds(work->verdict) & BIT(ACTION_FOOTER)) != 0;
	*outlook = *work->outlook;
	outlook->earlier = work->plan->told_late ? EARLIER_TOLD
			   : !asked && outlook->line_missing && work->facts->elsewhere_count > 0 ? EARLIER_OPEN : EARLIER_NONE;
	return outlook;
}
