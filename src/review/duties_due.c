/* duties_due.c - which replies and other duties are overdue or soon due, and whose; marking one that was done another way.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "carry.h"
#include "directory/post.h"
#include "due_message.h"
#include "recusal.h"
#include "review/duties_due.h"
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

static enum due_standing standing_of(const struct duty *duty, enum duty_part part, int64_t due, int64_t now)
{
	int64_t reminder = part == DUTY_CONTACT ? duty->contact_reminder : duty->reminder;
	if (now >= due)
		return DUE_OVERDUE;
	return now >= (reminder == 0 || reminder >= due ? due - LAST_DAY : reminder) ? DUE_SOON : DUE_RUNNING;
}

static int compare_duties(const void *a, const void *b)
{
	const struct due_duty *first = a, *second = b;
	if (first->standing != second->standing)
		return first->standing > second->standing ? -1 : 1;
	int by_service = strcmp(first->service, second->service);
	if (by_service != 0)
		return by_service;
	if (first->due != second->due)
		return first->due < second->due ? -1 : 1;
	int by_id = strcmp(first->duty->id, second->duty->id);
	return by_id != 0 ? by_id : strcmp(first->duty->waiting, second->duty->waiting);
}

static bool may_be_listed(const struct directory *directory, const char *address, int64_t now)
{
	const struct person *person = directory_by_address(directory, address);
	return person == NULL || !role_is_protected(person_role(person, clock_date_of(now)));
}

/* Who waits, as people say it. */
static const char *waiting_name(struct arena *arena, const struct directory *directory, const char *waiting)
{
	size_t prefix = strlen(DUTY_WAITING_GROUP);
	if (strncmp(waiting, DUTY_WAITING_GROUP, prefix) == 0)
		return arena_printf(arena, "the %s group", waiting + prefix);
	const struct person *person = directory_by_address(directory, waiting);
	return *waiting == '\0' ? NULL : person == NULL ? waiting : person->name;
}

static struct due_duty describe(struct arena *arena, const struct directory *directory, const struct duty *duty, int64_t now)
{
	struct due_duty due = {
		.duty = duty,
		.reply = duty->contact_due != 0,
		.part = duty->contact_due != 0 && duty->contacted_at == 0 ? DUTY_CONTACT : DUTY_DEED,
		.service = service_of(arena, directory, duty->owner, clock_date_of(duty->started)),
		.from = waiting_name(arena, directory, duty->waiting),
	};
	due.due = due.part == DUTY_CONTACT ? duty->contact_due : duty->promised != 0 ? duty->promised : duty->due;
	due.standing = standing_of(duty, due.part, due.due, now);
	return due;
}

static void count_in(struct due_count *count, const struct due_duty *due)
{
	count->replies += due->reply;
	count->others += !due->reply;
}

bool duties_due_list(struct store *store, const struct directory *directory, struct arena *arena, int64_t now, struct due_duties *out,
		     struct error *err)
{
	struct duty_list duties;
	struct due_duty *items = NULL;
	*out = (struct due_duties){ .items = NULL };
	if (!store_duties_running(store, arena, now, &duties, err))
		return false;
	for (size_t i = 0; i < duties.count; i++) {
		const struct duty *duty = &duties.items[i];
		struct due_duty due = describe(arena, directory, duty, now);
		if (due.standing == DUE_RUNNING || !may_be_listed(directory, duty->waiting, now) || !may_be_listed(directory, duty->owner, now))
			continue;
		count_in(due.standing == DUE_OVERDUE ? &out->overdue : &out->soon, &due);
		*ARENA_PUSH(arena, items, out->count) = due;
	}
	if (out->count > 0)
		qsort(items, out->count, sizeof *items, compare_duties);
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
	struct duty_list duties;
	if (!store_duties_running(desk->store, arena, deed->at, &duties, err))
		return false;
	bool any = false;
	for (size_t i = 0; i < duties.count; i++) {
		if (strcmp(duties.items[i].id, held->id) != 0)
			continue;
		any = true;
		if (answers_for(arena, desk, deed->by, duties.items[i].owner, deed->at))
			return true;
	}
	if (!any)
		return error_set(err, ERROR_INPUT, "%s: nothing is due of it", held->id);
	return queue_may_review(desk, held, deed->by, deed->at, err);
}

bool due_mark(struct desk *desk, struct arena *arena, const char *id, const struct deed *deed, struct error *err)
{
	const struct held *held = NULL;
	size_t ended = 0;
	if (!queue_deed_is_complete(deed, err) || !due_message(desk, arena, id, &held, err))
		return false;
	if (held != NULL && (!may_mark(desk, arena, held, deed, err) || !store_duty_mark(desk->store, held->id, deed, &ended, err)))
		return false;
	return ended > 0 || error_set(err, ERROR_INPUT, "%s: nothing is due of it", id);
}
