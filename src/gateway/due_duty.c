/* due_duty.c - duties that are no reply (struct rule_duty): whom a message that fires lays them on, and which ones another message meets.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "due_work.h"

#include "directory/group.h"
#include "directory/post.h"
#include "facts/addressed.h"
#include "policy/group_words.h"

/* ---- whom it reaches ---------------------------------------------------------------------------------------- */

/* Not when it is kept from everybody. */
static bool reaches_anybody(const struct due_work *work)
{
	for (size_t i = 0; i < work->facts->recipient_count; i++)
		if (work->judgement->plan->recipients[i] < OUTCOME_HOLD)
			return true;
	return false;
}

static bool is_reached(const struct due_work *work, const struct due_names *reached, const struct person *person)
{
	if (person == work->facts->sender.person)
		return true;
	const char *address = due_address(person);
	for (size_t i = 0; i < reached->count && address != NULL; i++)
		if (reached->items[i] == address)
			return true;
	return false;
}

/* Its leaders, or all its members where it has none. */
static bool reaches_group(const struct due_work *work, const struct due_names *reached, const char *group)
{
	struct person_list leaders = group_leaders(work->arena, work->facts->directory, group, work->facts->on);
	for (size_t i = 0; i < leaders.count; i++)
		if (!is_reached(work, reached, leaders.items[i]))
			return false;
	return leaders.count > 0;
}

static const char *group_waiting(const struct due_work *work, const char *group)
{
	return arena_printf(work->arena, DUTY_WAITING_GROUP "%s", group);
}

static struct due_names groups_that_wait(struct due_work *work, const char *advised)
{
	struct string_list groups = group_names(work->arena, work->facts->directory, work->facts->on);
	struct due_names waiting = { NULL, 0 }, reached = due_members_reached(work);
	for (size_t i = 0; i < groups.count; i++)
		if ((advised == NULL || !bytes_equal_nocase(bytes_of(groups.items[i]), bytes_of(advised))) &&
		    !reaches_group(work, &reached, groups.items[i]))
			due_add(work, &waiting, group_waiting(work, groups.items[i]));
	return waiting;
}

static struct due_names groups_told(struct due_work *work)
{
	struct string_list groups = group_names(work->arena, work->facts->directory, work->facts->on);
	struct due_names told = { NULL, 0 }, reached = due_members_reached(work);
	for (size_t i = 0; i < groups.count; i++)
		if (reaches_group(work, &reached, groups.items[i]))
			due_add(work, &told, group_waiting(work, groups.items[i]));
	return told;
}

/* ---- laying it on ------------------------------------------------------------------------------------------- */

static const struct person *clerk_of(const struct due_work *work)
{
	struct person_list clerks = directory_with_office(work->arena, work->facts->directory, OFFICE_CLERK, work->facts->on);
	return clerks.count == 0 ? NULL : clerks.items[0];
}

/* The officer To names, else the first officer or mailbox of officers that gets it. */
static const struct person *receiving_officer(const struct due_work *work)
{
	const struct facts *facts = work->facts;
	const struct person *officer = addressed_officer(work->arena, facts);
	for (size_t i = 0; officer == NULL && i < facts->recipient_count; i++)
		if (post_is(facts->directory, facts->recipients[i].party.person, facts->on))
			officer = facts->recipients[i].party.person;
	return officer;
}

static const struct person *owner_of(const struct due_work *work, enum duty_owner owner)
{
	switch (owner) {
	case DUTY_OF_CLERK:
		return clerk_of(work);
	case DUTY_OF_SENDER:
		return work->facts->sender_known ? work->facts->sender.person : NULL;
	case DUTY_OF_RECIPIENT:
		return receiving_officer(work);
	}
	return NULL;
}

static const char *advised_group(const struct facts *facts)
{
	return facts->to_group != NULL ? facts->to_group : facts_only_group(facts);
}

/* Where no officer can be told, it is a duty all the same, of nobody known: the report has it. */
static void lay_on(struct due_work *work, const struct opinion *opinion)
{
	const struct rule_duty *duty = opinion->rule->duty;
	const struct person *owner = owner_of(work, (enum duty_owner)duty->owner);
	const char *address = due_address(owner), *advised = advised_group(work->facts);
	struct due_names owners = { NULL, 0 }, waiting = { NULL, 0 };
	if (duty->each == DUTY_EACH_GROUP)
		waiting = groups_that_wait(work, advised);
	else
		due_add(work, &waiting, "");
	if (address != NULL && post_is(work->facts->directory, owner, work->facts->on))
		due_add_holders(work, &owners, owner);
	else
		due_add(work, &owners, address == NULL ? "" : address);
	for (size_t i = 0; i < waiting.count; i++) {
		struct duty_start *start = ARENA_PUSH(work->arena, work->starts, work->start_count);
		due_describe(work, opinion, start);
		start->matter = advised;
		start->waiting = waiting.items[i];
		start->owner = address == NULL ? "" : address;
		start->owners = owners.items;
		start->owner_count = owners.count;
		due_set_times(start, duty_times_of(duty, &work->snapshot->review.office, work->facts->envelope->at));
	}
}

/* ---- meeting it --------------------------------------------------------------------------------------------- */

/* Of which groups the author writes; duties about these are meant. */
static struct due_names groups_named(struct due_work *work)
{
	const struct reading *reading = work->facts->reading;
	struct string_list groups = group_names(work->arena, work->facts->directory, work->facts->on);
	struct due_names named = { NULL, 0 };
	for (size_t i = 0; i < reading->sentence_count; i++) {
		const struct sentence *sentence = &reading->sentences[i];
		for (size_t j = 0; j < groups.count && sentence->letter == reading->outer && sentence->zone == ZONE_AUTHOR; j++)
			if (group_is_named(work->arena, sentence->plain, groups.items[j]))
				due_add(work, &named, groups.items[j]);
	}
	return named;
}

/* What an officer wrote to one group and is sent on is of that group, whatever is said with it. */
static void add_groups_carried(struct due_work *work, struct due_names *named)
{
	for (size_t i = 0; i < work->facts->group_matter_count; i++)
		if (work->facts->group_matters[i].by_officer)
			due_add(work, named, work->facts->group_matters[i].group);
}

static void meet(struct due_work *work, const struct opinion *opinion)
{
	const struct rule_duty *duty = opinion->rule->duty;
	struct due_names waiting = { NULL, 0 }, named = { NULL, 0 };
	if (duty->each == DUTY_EACH_GROUP)
		waiting = groups_told(work);
	else
		due_add(work, &waiting, "");
	if (duty->matter == DUTY_GROUP)
		named = groups_named(work);
	bool at_large = named.count == 0 && opinion->meets_at_large == YES;
	if (duty->matter == DUTY_GROUP)
		add_groups_carried(work, &named);
	if (waiting.count == 0)
		return;
	struct duty_deed *deed = ARENA_PUSH(work->arena, work->deeds, work->deed_count);
	*deed = (struct duty_deed){
		.rule = opinion->rule->id,
		.waiting = waiting.items,
		.waiting_count = waiting.count,
		.by_anybody = true, /* met_when says who */
		.references = work->references.items,
		.reference_count = work->references.count,
		.topic = work->topic,
		.matters = named.items,
		.matter_count = named.count,
		.any_matter = duty->matter == DUTY_ANY_MATTER || (duty->matter == DUTY_GROUP && at_large),
	};
}

void due_duty(struct due_work *work, const struct opinion *opinion)
{
	if (!reaches_anybody(work))
		return;
	if (opinion->fires == YES)
		lay_on(work, opinion);
	if (opinion->meets == YES && !work->facts->reading->auto_submitted)
		meet(work, opinion);
}
