/* keep.c - legal holds: what a person orders, in the store's terms.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "meant.h"
#include "review/retention.h"
#include "store/purge.h"

/* The hold that the order means, but for its number. */
static bool hold_of(const struct directory *directory, struct arena *arena, const struct keep_order *order, struct legal_hold *out,
		    struct error *err)
{
	static const char *const scopes[] = { [KEEP_MESSAGE] = "message", [KEEP_PERSON] = "person", [KEEP_ALL] = "all" };
	struct reviewer who;
	*out = (struct legal_hold){ .scope = scopes[order->scope], .by = order->by, .reason = order->reason, .at = order->at, .review = order->review };
	if (order->by == NULL || order->by[0] == '\0')
		return error_set(err, ERROR_INPUT, "a legal hold needs to say who orders it");
	if (order->reason == NULL || order->reason[0] == '\0')
		return error_set(err, ERROR_INPUT, "a legal hold needs a reason: it is kept in the journal");
	if (order->scope == KEEP_ALL)
		return true;
	if (order->scope == KEEP_MESSAGE) {
		out->what = order->what;
		return (order->what != NULL && order->what[0] != '\0') || error_set(err, ERROR_INPUT, "which message? Give its reference");
	}
	if (!meant_resolve(arena, directory, order->what, order->at, &who, err))
		return false;
	out->what = meant_name(&who);
	out->addresses = meant_addresses(arena, &who);
	return true;
}

bool retention_keep(struct store *store, const struct directory *directory, struct arena *arena, const struct keep_order *order,
		    int64_t *number_out, struct error *err)
{
	struct legal_hold hold;
	if (order->review != DATE_NONE && order->review < clock_date_of(order->at))
		return error_set(err, ERROR_INPUT, "the date on which the legal hold is to be looked at again has passed");
	return hold_of(directory, arena, order, &hold, err) && store_legal_hold_add(store, &hold, number_out, err);
}

static bool is_same(const struct legal_hold *a, const struct legal_hold *b)
{
	if (strcmp(a->scope, b->scope) != 0)
		return false;
	if (a->addresses != NULL && b->addresses != NULL && strcmp(a->addresses, b->addresses) == 0)
		return true;
	return a->what == NULL ? b->what == NULL : b->what != NULL && strcmp(a->what, b->what) == 0;
}

bool retention_unkeep(struct store *store, const struct directory *directory, struct arena *arena, const struct keep_order *order,
		      int64_t number, struct error *err)
{
	struct deed deed = { order->by, order->reason, order->at };
	struct legal_hold meant = { 0 };
	const struct legal_hold *holds = NULL;
	size_t count = 0, lifted = 0;
	if (order->by == NULL || order->by[0] == '\0' || order->reason == NULL || order->reason[0] == '\0')
		return error_set(err, ERROR_INPUT, "lifting a legal hold needs who and why: both are kept in the journal");
	if ((number == 0 && !hold_of(directory, arena, order, &meant, err)) || !store_legal_holds(store, arena, &holds, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool moved = false;
		if (number != 0 ? holds[i].number != number : !is_same(&holds[i], &meant))
			continue;
		if (!store_legal_hold_lift(store, holds[i].number, &deed, &moved, err))
			return false;
		lifted += moved;
	}
	return lifted > 0 || error_set(err, ERROR_INPUT, "no such legal hold is in force; copyhold retention show lists them");
}

bool retention_holds(struct store *store, struct arena *arena, const struct legal_hold **out, size_t *count_out, struct error *err)
{
	return store_legal_holds(store, arena, out, count_out, err);
}
