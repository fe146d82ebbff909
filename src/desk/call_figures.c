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

/* Without what makes a PDF there is none, and the other forms are as good: that is said to the person. */
static bool refuse_form(struct request *request, struct error *err)
{
	err->kind = ERROR_REFUSED;
	request->kind = "retry";
	return false;
}

bool call_report(struct request *request, struct error *err)
{
	struct statistics_options options = snapshot_statistics_options(request->snapshot, argument_integer(request->asked, "from", 0),
									argument_integer(request->asked, "to", 0), request->now);
	enum statistics_form form;
	struct statistics_document document;
	if (!statistics_form_parse(argument_text(request->asked, "form"), &form))
		return error_set(err, ERROR_INPUT, "there is no such form of a report");
	options.by = request->login->address;
	if (!statistics_make(request->store, request->arena, &options, form, &document, err))
		return err->kind == ERROR_UNAVAILABLE ? refuse_form(request, err) : false;
	request_add(request, "document", document_json(request->arena, document.content, document.type));
	request_add(request, "type", json_string(document.type));
	request_add(request, "name", json_string(document.name));
	return true;
}
