/* passing.c - see store/passing.h.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/passing.h"

#include "database.h"
#include "duty_steps.h"

#define DAY ((int64_t)86400)

static bool each_exemption(struct store *store, const char *sql, const struct passing *passing, struct error *err)
{
	for (size_t i = 0; i < passing->exception_count; i++)
		if (!database_run(store, sql,
				  VALUES(value_integer(passing->at - passing->at % DAY), value_text(passing->exceptions[i].rule),
					 value_text(passing->exceptions[i].sentence)),
				  err))
			return false;
	return true;
}

static bool pass_within(struct store *store, struct arena *arena, const struct passing *passing, struct error *err)
{
	static const char count[] = "INSERT INTO exemption_tally VALUES (?,?,?,1) ON CONFLICT (day, rule, sentence) DO UPDATE SET count = count + 1";
	for (size_t i = 0; i < passing->notice_count; i++)
		if (!outbox_insert(store, &passing->notices[i], NULL, passing->at + STORE_NOTICE_DELAY, err))
			return false;
	return (passing->duties == NULL || duties_end(store, arena, passing->duties, passing->id, err)) && each_exemption(store, count, passing, err);
}

bool store_pass(struct store *store, struct arena *arena, const struct passing *passing, struct error *err)
{
	bool any = passing->notice_count > 0 || passing->exception_count > 0;
	if (!any && passing->duties != NULL) {
		if (!database_begin_read(store, err) || !database_end(store, duties_end_any(store, arena, passing->duties, &any, err), err))
			return false;
	}
	if (!any)
		return true;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, pass_within(store, arena, passing, err), err);
}

static bool take_back_within(struct store *store, const struct passing *passing, int64_t at, struct error *err)
{
	static const char discount[] = "UPDATE exemption_tally SET count = count - 1 WHERE day = ? AND rule = ? AND sentence = ? AND count > 0";
	for (size_t i = 0; i < passing->notice_count; i++)
		if (!outbox_remove_private(store, &passing->notices[i], passing->at + STORE_NOTICE_DELAY, err))
			return false;
	return (passing->duties == NULL || duties_void(store, passing->id, at, err)) && each_exemption(store, discount, passing, err) &&
	       database_run(store, "DELETE FROM exemption_tally WHERE count = 0", NULL, 0, err);
}

bool store_pass_take_back(struct store *store, const struct passing *passing, int64_t at, struct error *err)
{
	if (passing->notice_count == 0 && passing->exception_count == 0 && passing->duties == NULL)
		return true;
	if (!database_begin_write(store, err))
		return false;
	return database_end(store, take_back_within(store, passing, at, err), err);
}
