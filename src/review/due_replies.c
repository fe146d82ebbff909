/* due_replies.c - which replies are overdue or soon due, and whose; marking one that went another way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "carry.h"
#include "directory/post.h"
#include "due_message.h"
#include "recusal.h"
#include "review/reply_due.h"
#include "store/browse.h"

#define LAST_DAY ((int64_t)24 * 60 * 60)
#define NO_SERVICE "(no office in the directory)"

static const struct {
	unsigned office;
	const char *name;
} services[] = {
	{ OFFICE_CLERK, "Clerk" },
	{ OFFICE_DEPUTY_CLERK, "Deputy Clerk" },
	{ OFFICE_RFO, "Responsible Financial Officer" },
	{ OFFICE_MONITORING_OFFICER, "Monitoring Officer" },
	{ OFFICE_HEAD_OF_SERVICE, "Head of service" },
};

static void add_name(struct text *out, const char *name)
{
	text_printf(out, "%s%s", out->length == 0 ? "" : ", ", name);
}

static const char *offices_of(struct arena *arena, const struct person *officer, calendar_date on)
{
	struct text out = TEXT_INIT;
	unsigned offices = person_offices(officer, on);
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		if ((offices & services[i].office) != 0)
			add_name(&out, services[i].name);
	for (size_t i = 0; i < officer->tenure_count; i++) {
		const struct tenure *tenure = &officer->tenures[i];
		bool in_force = (tenure->from == DATE_NONE || tenure->from <= on) && (tenure->to == DATE_NONE || on <= tenure->to);
		for (size_t j = 0; in_force && tenure->other_offices != NULL && tenure->other_offices[j] != NULL; j++)
			add_name(&out, tenure->other_offices[j]);
	}
	const char *whole = out.length == 0 ? NULL : text_to_arena(&out, arena).data;
	if (whole == NULL)
		text_release(&out);
	return whole;
}

/* A mailbox by its name; an officer by what stands in `group`, for councils that say there where people work, else by office. */
static const char *service_of(struct arena *arena, const struct directory *directory, const char *address, calendar_date on)
{
	const struct person *officer = directory_by_address(directory, address);
	if (officer == NULL)
		return NO_SERVICE;
	if (officer->is_list)
		return officer->name;
	const char *service = person_group(officer, on);
	if (service == NULL)
		service = offices_of(arena, officer, on);
	return service == NULL ? NO_SERVICE : service;
}

static enum reply_standing standing_of(const struct reply_clock *clock, enum clock_part part, int64_t due, int64_t now)
{
	int64_t reminder = part == CLOCK_CONTACT ? clock->contact_reminder : clock->response_reminder;
	if (now >= due)
		return REPLY_OVERDUE;
	return now >= (reminder == 0 ? due - LAST_DAY : reminder) ? REPLY_SOON : REPLY_RUNNING;
}

static int compare_replies(const void *a, const void *b)
{
	const struct due_reply *first = a, *second = b;
	if (first->standing != second->standing)
		return first->standing > second->standing ? -1 : 1;
	int by_service = strcmp(first->service, second->service);
	if (by_service != 0)
		return by_service;
	if (first->due != second->due)
		return first->due < second->due ? -1 : 1;
	return strcmp(first->clock->id, second->clock->id);
}

static bool may_be_listed(const struct directory *directory, const char *address, int64_t now)
{
	const struct person *person = directory_by_address(directory, address);
	return person == NULL || !role_is_protected(person_role(person, clock_date_of(now)));
}

bool due_replies_list(struct store *store, const struct directory *directory, struct arena *arena, int64_t now, struct due_replies *out,
		      struct error *err)
{
	struct reply_clock_list clocks;
	struct due_reply *items = NULL;
	*out = (struct due_replies){ NULL, 0, 0, 0 };
	if (!store_clocks_running(store, arena, now, &clocks, err))
		return false;
	for (size_t i = 0; i < clocks.count; i++) {
		const struct reply_clock *clock = &clocks.items[i];
		enum clock_part part = clock->contacted_at == 0 ? CLOCK_CONTACT : CLOCK_RESPONSE;
		int64_t due = part == CLOCK_CONTACT ? clock->contact_due : clock->promised != 0 ? clock->promised : clock->response_due;
		enum reply_standing standing = standing_of(clock, part, due, now);
		const struct person *member = directory_by_address(directory, clock->member);
		if (standing == REPLY_RUNNING || !may_be_listed(directory, clock->member, now) || !may_be_listed(directory, clock->officer, now))
			continue;
		out->overdue += standing == REPLY_OVERDUE;
		out->soon += standing == REPLY_SOON;
		*ARENA_PUSH(arena, items, out->count) = (struct due_reply){
			clock, part, due, standing, service_of(arena, directory, clock->officer, clock_date_of(clock->started)),
			member == NULL ? clock->member : member->name,
		};
	}
	if (out->count > 0)
		qsort(items, out->count, sizeof *items, compare_replies);
	out->items = items;
	return true;
}

/* --- marking --- */

bool due_message(struct desk *desk, struct arena *arena, const char *id, const struct held **out, struct error *err)
{
	const struct held *const *found = NULL;
	if (!store_messages(desk->store, arena, &id, 1, &found, err))
		return false;
	*out = found[0];
	return true;
}

static bool answers_for(struct arena *arena, const struct desk *desk, const char *by, const char *officer, int64_t at)
{
	struct reviewer reviewer = reviewer_resolve(desk->directory, by);
	const struct person *post = directory_by_address(desk->directory, officer);
	struct person_list holders = post_holders(arena, desk->directory, post, clock_date_of(at));
	for (size_t i = 0; i < holders.count; i++)
		if (reviewer.person != NULL && holders.items[i] == reviewer.person)
			return true;
	return false;
}

/* Whom it was put to may say that they telephoned: nobody else may know, and it decides on nobody's mail. */
static bool may_mark(struct desk *desk, struct arena *arena, const struct held *held, const struct deed *deed, struct error *err)
{
	struct reply_clock_list clocks;
	if (!store_clocks_running(desk->store, arena, deed->at, &clocks, err))
		return false;
	bool any = false;
	for (size_t i = 0; i < clocks.count; i++) {
		if (strcmp(clocks.items[i].id, held->id) != 0)
			continue;
		any = true;
		if (answers_for(arena, desk, deed->by, clocks.items[i].officer, deed->at))
			return true;
	}
	if (!any)
		return error_set(err, ERROR_INPUT, "%s: no reply is due of it", held->id);
	return queue_may_review(desk, held, deed->by, deed->at, err);
}

bool due_mark(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	const struct held *held = NULL;
	size_t ended = 0;
	if (!queue_deed_is_complete(deed, err) || !due_message(desk, arena, id, &held, err))
		return false;
	if (held != NULL && (!may_mark(desk, arena, held, deed, err) || !store_clock_mark(desk->store, held->id, deed, &ended, err)))
		return false;
	return ended > 0 || error_set(err, ERROR_INPUT, "%s: no reply is due of it", id);
}
