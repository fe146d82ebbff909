/* call_figures.c - the calls statistics and report. Thin over review: no person stands in what they give.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"
#include "review/statistics.h"

bool call_statistics(struct request *request, struct error *err)
{
	struct statistics statistics;
	if (!store_statistics(request->store, request->arena, argument_integer(request->asked, "from", 0),
			      argument_integer(request->asked, "to", 0), &statistics, err))
		return false;
	json_t *counted = statistics_json(request->arena, &statistics);
	json_object_update(request->answer, counted);
	json_decref(counted);
	return true;
}

bool call_report(struct request *request, struct error *err)
{
	const struct snapshot *snapshot = request->snapshot;
	struct statistics_options options = {
		.council_name = snapshot->council.name,
		.mode = snapshot->mode < 0 ? "as each rule says" : mode_name((enum mode)snapshot->mode),
		.authority_minute = snapshot->authority_minute,
		.authority_date = snapshot->authority_date,
		.directory_reviewed = snapshot->directory_reviewed,
		.by = request->login->address,
		.from = argument_integer(request->asked, "from", 0),
		.to = argument_integer(request->asked, "to", 0),
		.now = request->now,
	};
	enum statistics_form form;
	struct statistics_document document;
	if (!statistics_form_parse(argument_text(request->asked, "form"), &form))
		return error_set(err, ERROR_INPUT, "there is no such form of a report");
	if (!statistics_make(request->store, request->arena, &options, form, &document, err))
		return false;
	request_add(request, "document", document_json(request->arena, document.content, document.type));
	request_add(request, "type", json_string(document.type));
	request_add(request, "name", json_string(document.name));
	return true;
}
