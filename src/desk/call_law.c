/* call_law.c - the calls export and legal-hold. Thin over review.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"
#include "review/export.h"
#include "review/retention.h"

bool call_export(struct request *request, struct error *err)
{
	struct export_request wanted = {
		.person = argument_text(request->asked, "person"),
		.by = request->login->address,
		.reason = argument_text(request->asked, "reason"),
		.council = request->snapshot->council.name,
		.at = request->now,
		.redact = argument_flag(request->asked, "redact"),
		.recuse = true,
	};
	struct export_document document;
	if (!export_form_parse(argument_text(request->asked, "form"), &wanted.form))
		return error_set(err, ERROR_INPUT, "there is no such form of an export");
	if (!export_make(request->store, request->snapshot->directory, request->arena, &wanted, &document, err))
		return false;
	request_add(request, "document", document_json(request->arena, document.document, document.type));
	request_add(request, "type", json_string(document.type));
	request_add(request, "name", json_string(document.name));
	request_add(request, "count", json_integer((json_int_t)document.count));
	return true;
}

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
