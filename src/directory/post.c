/* post.c - see post.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/post.h"

static bool is_officer(const struct person *person, calendar_date on)
{
	return person != NULL && !person->is_list && person_has_role(person, ROLE_OFFICER, on);
}

static bool is_mailbox(const struct directory *directory, const struct person *list, calendar_date on)
{
	if (!list->is_list || list->member_count == 0 || person_group(list, on) != NULL)
		return false;
	for (size_t i = 0; i < list->member_count; i++)
		if (!is_officer(directory_by_address(directory, list->members[i]), on))
			return false;
	return true;
}

bool post_has_member(const struct directory *directory, const struct person *list, const struct person *person)
{
	for (size_t i = 0; i < list->member_count; i++)
		if (directory_by_address(directory, list->members[i]) == person)
			return true;
	return false;
}

bool post_is(const struct directory *directory, const struct person *person, calendar_date on)
{
	return person != NULL && (person->is_list ? is_mailbox(directory, person, on) : is_officer(person, on));
}

struct holders {
	struct arena *arena;
	const struct person **items;
	size_t count;
};

static void add(struct holders *holders, const struct person *person)
{
	for (size_t i = 0; i < holders->count; i++)
		if (holders->items[i] == person)
			return;
	*ARENA_PUSH(holders->arena, holders->items, holders->count) = person;
}

static void add_members(struct holders *holders, const struct directory *directory, const struct person *mailbox)
{
	for (size_t i = 0; i < mailbox->member_count; i++)
		add(holders, directory_by_address(directory, mailbox->members[i]));
}

static void add_mailboxes(struct holders *holders, const struct directory *directory, const struct person *officer, calendar_date on)
{
	for (size_t i = 0; i < directory_count(directory); i++) {
		const struct person *list = directory_at(directory, i);
		if (!list->is_list || !post_has_member(directory, list, officer) || !is_mailbox(directory, list, on))
			continue;
		add(holders, list);
		if (list->member_count == 2)
			add_members(holders, directory, list);
	}
}

/* Offices of which a council has one: two holders share it. */
static void add_sharers(struct holders *holders, const struct directory *directory, const struct person *officer, calendar_date on)
{
	static const unsigned single[] = { OFFICE_CLERK, OFFICE_DEPUTY_CLERK, OFFICE_RFO, OFFICE_MONITORING_OFFICER };
	for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
		if ((person_offices(officer, on) & single[i]) == 0)
			continue;
		struct person_list sharers = directory_with_office(holders->arena, directory, single[i], on);
		for (size_t j = 0; j < sharers.count; j++)
			if (is_officer(sharers.items[j], on))
				add(holders, sharers.items[j]);
	}
}

struct person_list post_holders(struct arena *arena, const struct directory *directory, const struct person *post, calendar_date on)
{
	struct holders holders = { arena, NULL, 0 };
	if (!post_is(directory, post, on))
		return (struct person_list){ NULL, 0 };
	add(&holders, post);
	if (post->is_list) {
		add_members(&holders, directory, post);
	} else {
		add_mailboxes(&holders, directory, post, on);
		add_sharers(&holders, directory, post, on);
	}
	return (struct person_list){ holders.items, holders.count };
}
