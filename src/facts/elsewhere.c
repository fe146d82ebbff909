/* elsewhere.c - the other envelopes of the same message, as far as memory has them: whom they went to, and who of To and Cc has been in none
 * so far (DESIGN 5).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* An address with its number among those it stands with. */
struct numbered {
	const char *address;
	size_t number;
};

static int compare_numbered(const void *a, const void *b)
{
	const struct numbered *first = a, *second = b;
	int order = strcmp(first->address, second->address);
	return order != 0 ? order : (first->number > second->number) - (first->number < second->number);
}

static int compare_addresses(const void *a, const void *b)
{
	return strcmp(((const struct numbered *)a)->address, ((const struct numbered *)b)->address);
}

static void add_numbered(struct arena *arena, struct numbered *list, size_t *count, const char *address, size_t number)
{
	const char *comparable = comparable_address(arena, address);
	list[(*count)++] = (struct numbered){ comparable != NULL ? comparable : address, number };
}

static const struct numbered *find(const struct numbered *list, size_t count, const char *address)
{
	const struct numbered wanted = { address, 0 };
	return count == 0 ? NULL : bsearch(&wanted, list, count, sizeof *list, compare_addresses);
}

/* This envelope's recipients, sorted. */
static struct numbered *own_addresses(struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	struct numbered *list = arena_array(gathering->arena, facts->recipient_count + 1, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < facts->recipient_count; i++)
		add_numbered(gathering->arena, list, &count, facts->envelope->recipients[i], i);
	if (count > 1)
		qsort(list, count, sizeof *list, compare_numbered);
	return list;
}

/* All recipients of the siblings, sorted. */
static struct numbered *sibling_addresses(struct gathering *gathering)
{
	const struct recall *recall = gathering->facts->recall;
	struct numbered *list = arena_array(gathering->arena, recall->sibling_count + 1, sizeof *list);
	size_t count = 0;
	for (size_t i = 0; i < recall->sibling_count; i++)
		add_numbered(gathering->arena, list, &count, recall->siblings[i].recipient, i);
	if (count > 1)
		qsort(list, count, sizeof *list, compare_numbered);
	return list;
}

static bool was_sent(const struct recall *recall, const struct numbered *list, const char *address)
{
	const struct numbered *found = find(list, recall->sibling_count, address), *end = list + recall->sibling_count;
	if (found == NULL)
		return false;
	while (found > list && strcmp(found[-1].address, address) == 0)
		found--;
	for (; found < end && strcmp(found->address, address) == 0; found++)
		if (recall->siblings[found->number].delivered)
			return true;
	return false;
}

static bool is_retried(const struct gathering *gathering, const struct numbered *own, const struct numbered *siblings)
{
	const struct facts *facts = gathering->facts;
	for (size_t i = 0; i < facts->recipient_count; i++)
		if (!was_sent(facts->recall, siblings, own[i].address))
			return false;
	return facts->recipient_count > 0;
}

/* An address that was kept back once and sent another time was sent. */
static void add_elsewhere(struct gathering *gathering, struct elsewhere **items, const struct numbered *siblings, size_t first, size_t end)
{
	struct facts *facts = gathering->facts;
	const struct sibling *sibling = &facts->recall->siblings[siblings[first].number];
	for (size_t i = first; i < end && !sibling->delivered; i++)
		sibling = &facts->recall->siblings[siblings[i].number];
	struct elsewhere *item = ARENA_PUSH(gathering->arena, *items, facts->elsewhere_count);
	*item = (struct elsewhere){ .sibling = sibling, .party = party_of_address(gathering->arena, facts, sibling->recipient) };
	item->visible = gather_is_visible(gathering, &item->party);
	gather_reach(gathering, item->party.person);
}

static bool is_reached(const struct gathering *gathering, const struct person_set *reached, const struct person *person)
{
	if (person_set_has(reached, person))
		return true;
	if (!person->is_list)
		return false;
	/* A list that was taken apart before the gate. */
	struct person_list members = members_of(gathering->arena, gathering->facts, person);
	for (size_t i = 0; i < members.count; i++)
		if (!person_set_has(reached, members.items[i]))
			return false;
	return members.count > 0;
}

static size_t count_awaited(struct gathering *gathering, const struct person_set *reached)
{
	struct facts *facts = gathering->facts;
	size_t count = 0;
	struct person_set seen = person_set_new(gathering->arena, facts->directory);
	for (size_t i = 0; i < facts->visible_count; i++) {
		const struct party *party = &facts->visible[i];
		if (!party_is_council(party) || person_set_has(&gathering->senders, party->person) || !person_set_add(&seen, party->person))
			continue;
		count += !is_reached(gathering, reached, party->person);
	}
	return count;
}

/* Whom the siblings reached. */
static const struct person_set *reached_before(struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	struct gathering *before = arena_alloc(gathering->arena, sizeof *before);
	*before = *gathering;
	before->recipients = person_set_new(gathering->arena, facts->directory);
	for (size_t i = 0; i < facts->recall->sibling_count; i++)
		gather_reach(before, directory_by_address(facts->directory, facts->recall->siblings[i].recipient));
	return &before->recipients;
}

/* Without a Message-ID no envelope is known to be another of the same. */
static bool waits_for_more(const struct gathering *gathering)
{
	const struct facts *facts = gathering->facts;
	if (!gathering->remembers || !facts->sender_known || gathering->relay == NULL || facts->reading->message_id == NULL)
		return false;
	return facts->awaited_count > 0 && facts->envelope->at - facts->recall->first_at < gathering->relay->hold_window;
}

void gather_elsewhere(struct gathering *gathering)
{
	struct facts *facts = gathering->facts;
	size_t count = facts->recall->sibling_count;
	if (count > 0) {
		const struct numbered *own = own_addresses(gathering), *siblings = sibling_addresses(gathering);
		struct elsewhere *items = NULL;
		for (size_t i = 0, end; i < count; i = end) {
			for (end = i + 1; end < count && strcmp(siblings[end].address, siblings[i].address) == 0;)
				end++;
			if (find(own, facts->recipient_count, siblings[i].address) == NULL)
				add_elsewhere(gathering, &items, siblings, i, end);
		}
		facts->elsewhere = items;
		facts->retried = is_retried(gathering, own, siblings);
	}
	facts->awaited_count = count_awaited(gathering, &gathering->recipients);
	if (count > 0)
		facts->awaited_before = count_awaited(gathering, reached_before(gathering));
	facts->put_off = waits_for_more(gathering);
}
