/* due.c - see gateway/due.h. People are told apart by the first address the directory has for them, and so are mailboxes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "due_work.h"

#include "base/digest.h"
#include "base/stated_date.h"
#include "base/unicode.h"
#include "directory/post.h"
#include "facts/addressed.h"
#include "gateway/reference.h"
#include "review/duties_due.h"

/* The subject without Re: and Fwd:, as a digest; none of what nobody may see, and none of what says nothing. */
static const char *topic_of(struct arena *arena, const struct facts *facts)
{
	const struct letter *outer = facts->reading->outer;
	const char *subject = outer->bare_subject != NULL ? outer->bare_subject : outer->subject;
	const char *key = subject == NULL ? "" : unicode_key(arena, bytes_of(subject));
	struct digest digest;
	if (facts->marked_count > 0 || *key == '\0')
		return NULL;
	digest_begin(&digest);
	digest_add_field(&digest, bytes_of(key));
	return digest_end(&digest, arena);
}

static void find_conversation(struct due_work *work)
{
	const struct message *message = work->judgement->message;
	struct string_list references = reference_ids(work->arena, message);
	const char **all = arena_array(work->arena, references.count + 1, sizeof *all);
	for (size_t i = 0; i < references.count; i++)
		all[i] = references.items[i];
	if (work->facts->reading->message_id != NULL)
		all[references.count++] = work->facts->reading->message_id;
	work->references = (struct string_list){ all, references.count, NULL };
	work->thread = reference_thread(work->arena, message);
	work->topic = topic_of(work->arena, work->facts);
}

const char *due_address(const struct person *person)
{
	return person == NULL || person->address_count == 0 ? NULL : person->addresses[0];
}

void due_add(struct due_work *work, struct due_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->items[i] == name)
			return;
	if (name != NULL)
		*ARENA_PUSH(work->arena, names->items, names->count) = name;
}

void due_add_holders(struct due_work *work, struct due_names *addresses, const struct person *post)
{
	struct person_list holders = post_holders(work->arena, work->facts->directory, post, work->facts->on);
	for (size_t i = 0; i < holders.count; i++)
		due_add(work, addresses, due_address(holders.items[i]));
}

/* --- starting --- */

/* Kept back, a message has been put to nobody yet. Where one message comes in several envelopes, this one need not be theirs. */
static bool is_kept_from(const struct due_work *work, const struct person *officer)
{
	for (size_t i = 0; i < work->facts->recipient_count; i++)
		if (work->facts->recipients[i].party.person == officer && work->judgement->plan->recipients[i] >= OUTCOME_HOLD)
			return true;
	return false;
}

void due_describe(const struct due_work *work, const struct opinion *opinion, struct duty_start *out)
{
	const char *message_id = work->facts->reading->message_id;
	*out = (struct duty_start){
		.rule = opinion->rule->id,
		.message_id = message_id,
		.key = message_id != NULL ? message_id : reference_content_key(work->arena, work->facts->envelope, work->judgement->message),
		.thread = work->thread,
		.topic = work->topic,
		.references = work->references.items,
		.reference_count = work->references.count,
	};
}

void due_set_times(struct duty_start *start, struct due_times times)
{
	start->contact_due = times.contact_due;
	start->due = times.due;
	start->contact_reminder = times.contact_reminder;
	start->reminder = times.reminder;
	start->deputy_reminder = times.deputy_reminder;
	start->lapses = times.lapses;
}

static void start_reply(struct due_work *work, const struct opinion *opinion)
{
	const struct facts *facts = work->facts;
	const struct person *officer = addressed_officer(work->arena, facts);
	struct due_names officers = { NULL, 0 };
	if (!facts->sender_known || due_address(facts->sender.person) == NULL || due_address(officer) == NULL || is_kept_from(work, officer))
		return;
	due_add_holders(work, &officers, officer);
	struct duty_start *start = ARENA_PUSH(work->arena, work->starts, work->start_count);
	due_describe(work, opinion, start);
	start->waiting = due_address(facts->sender.person);
	start->owner = due_address(officer);
	start->owners = officers.items;
	start->owner_count = officers.count;
	due_set_times(start, due_times_of(opinion->rule->clock, &work->snapshot->review.office, facts->envelope->at));
}

/* --- ending --- */

static bool says(struct due_work *work, const char *family, struct bytes plain)
{
	struct phrase_match match;
	if (work->scratch == NULL)
		work->scratch = pattern_scratch_new();
	return family != NULL && lexicon_says(work->snapshot->lexicon, work->scratch, family, plain, &match) == YES;
}

/* The author's own sentences; NULL at the end. */
static const struct sentence *next_sentence(const struct due_work *work, size_t *at)
{
	const struct reading *reading = work->facts->reading;
	while (*at < reading->sentence_count) {
		const struct sentence *sentence = &reading->sentences[(*at)++];
		if (sentence->letter == reading->outer && sentence->zone == ZONE_AUTHOR)
			return sentence;
	}
	return NULL;
}

static bool is_automatic(struct due_work *work, const char *family)
{
	const struct letter *outer = work->facts->reading->outer;
	const struct sentence *sentence;
	size_t at = 0;
	if (work->facts->reading->auto_submitted)
		return true;
	if (outer->subject != NULL && says(work, family, unicode_plain(work->arena, bytes_of(outer->subject))))
		return true;
	while ((sentence = next_sentence(work, &at)) != NULL)
		if (says(work, family, sentence->plain))
			return true;
	return false;
}

static void look_for_promise(struct due_work *work, const struct rule_clock *clock, struct duty_deed *reply)
{
	const struct office_hours *office = &work->snapshot->review.office;
	int64_t now = work->facts->envelope->at;
	const struct sentence *sentence;
	size_t at = 0;
	while ((sentence = next_sentence(work, &at)) != NULL) {
		calendar_date date;
		if (!says(work, clock->holding, sentence->plain))
			continue;
		reply->holding = true;
		if (!stated_date(sentence->plain, work->facts->on, &date))
			continue;
		reply->promised = promise_due(office, date);
		reply->promised_reminder = promise_reminder(clock, office, now, date);
	}
}

struct due_names due_members_reached(struct due_work *work)
{
	const struct facts *facts = work->facts;
	struct due_names members = { NULL, 0 };
	for (size_t i = 0; i < facts->recipient_count; i++) {
		const struct person *person = facts->recipients[i].party.person;
		bool reaches_public = false, is_archive = false;
		if (person == NULL || work->judgement->plan->recipients[i] >= OUTCOME_HOLD)
			continue;
		struct person_list all = { &person, 1 };
		if (person->is_list)
			all = list_members(work->arena, facts->directory, person, facts->on, &reaches_public, &is_archive);
		for (size_t j = 0; j < all.count; j++)
			if (person_has_role(all.items[j], ROLE_COUNCILLOR, facts->on))
				due_add(work, &members, due_address(all.items[j]));
	}
	return members;
}

/* In whose name it can be: of the officer who signed in, and of one for whom they write. */
static struct due_names officers_answering(struct due_work *work)
{
	const struct facts *facts = work->facts;
	struct due_names officers = { NULL, 0 };
	if (!facts->sender_known || !post_is(facts->directory, facts->sender.person, facts->on))
		return officers;
	due_add_holders(work, &officers, facts->sender.person);
	if (facts->header_from.person != facts->sender.person)
		due_add_holders(work, &officers, facts->header_from.person);
	return officers;
}

static void look_for_reply(struct due_work *work, const struct rule *rule, const struct due_names *members, const struct due_names *officers)
{
	if (members->count == 0 || is_automatic(work, rule->clock->automatic))
		return;
	struct duty_deed *reply = ARENA_PUSH(work->arena, work->deeds, work->deed_count);
	*reply = (struct duty_deed){
		.rule = rule->id,
		.waiting = members->items,
		.waiting_count = members->count,
		.owners = officers->items,
		.owner_count = officers->count,
		.references = work->references.items,
		.reference_count = work->references.count,
		.topic = work->topic,
	};
	look_for_promise(work, rule->clock, reply);
}

static bool has_duties(const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->opinion_count; i++)
		if (verdict->opinions[i].rule->clock != NULL || verdict->opinions[i].rule->duty != NULL)
			return true;
	return false;
}

const struct duty_changes *due_changes(struct arena *arena, const struct snapshot *snapshot, const struct judgement *judgement)
{
	const struct verdict *verdict = judgement->verdict;
	struct due_work work = { .arena = arena, .snapshot = snapshot, .judgement = judgement, .facts = judgement->facts };
	if (!has_duties(verdict))
		return NULL;
	struct due_names officers = officers_answering(&work), members = { NULL, 0 };
	if (officers.count > 0)
		members = due_members_reached(&work);
	find_conversation(&work);
	for (size_t i = 0; i < verdict->opinion_count; i++) {
		const struct opinion *opinion = &verdict->opinions[i];
		if (opinion->rule->duty != NULL)
			due_duty(&work, opinion);
		if (opinion->rule->clock == NULL)
			continue;
		if (opinion->fires == YES)
			start_reply(&work, opinion);
		look_for_reply(&work, opinion->rule, &members, &officers);
	}
	pattern_scratch_free(&work.scratch);
	if (work.start_count + work.deed_count == 0)
		return NULL;
	struct duty_changes *changes = arena_alloc(arena, sizeof *changes);
	*changes = (struct duty_changes){ .id = judgement->id, .at = judgement->envelope->at, .starts = work.starts, .start_count = work.start_count,
					  .deeds = work.deeds, .deed_count = work.deed_count };
	return changes;
}
