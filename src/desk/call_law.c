/* call_law.c - the calls export and legal-hold. Thin over review.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"
#include "review/retention.h"

bool call_legal_hold(struct request *request, struct error *err)
{
	const struct held *held;
	int64_t number = 0;
	if (!request_message(request, &held, err))
		return false;
	struct keep_order order = {
		.scope = KEEP_MESSAGE,
		.what = held->id,
		.by = request->login->address,
		.reason = argument_text(request->asked, "reason"),
		.at = request->now,
		.review = DATE_NONE,
	};
	const struct directory *directory = request->snapshot->directory;
	return argument_flag(request->asked, "on") ? retention_keep(request->store, directory, request->arena, &order, &number, err)
						   : retention_unkeep(request->store, directory, request->arena, &order, 0, err);
}
