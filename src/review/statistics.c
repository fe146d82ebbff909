/* statistics.c - counting a period and issuing a document of it. What is issued is journalled with its digest and its figures, so that
 * any copy of it can be held against the journal later.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/statistics.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/digest.h"
#include "paper.h"

static const struct form {
	const char *name, *type, *suffix;
	struct bytes (*make)(const struct paper *);
	bool printed;
} forms[STATISTICS_FORM_COUNT] = {
	[STATISTICS_TEXT] = { "text", "text/plain; charset=utf-8", ".txt", paper_as_text, false },
	[STATISTICS_HTML] = { "html", "text/html; charset=utf-8", ".html", paper_as_html, false },
	[STATISTICS_JSON] = { "json", "application/json", ".json", paper_as_json, false },
	[STATISTICS_CSV] = { "csv", "text/csv; charset=utf-8; header=present", ".csv", paper_as_csv, false },
	[STATISTICS_PDF] = { "pdf", "application/pdf", ".pdf", paper_as_html, true },
	[STATISTICS_ANNUAL] = { "annual", "text/html; charset=utf-8", "-annual.html", paper_as_annual, false },
	[STATISTICS_ANNUAL_PDF] = { "annual-pdf", "application/pdf", "-annual.pdf", paper_as_annual, true },
};

bool statistics_form_parse(const char *name, enum statistics_form *out)
{
	for (size_t i = 0; name != NULL && i < STATISTICS_FORM_COUNT; i++) {
		if (strcmp(forms[i].name, name) == 0) {
			*out = (enum statistics_form)i;
			return true;
		}
	}
	return false;
}

static const char *file_name(struct arena *arena, const struct statistics *statistics, const struct form *form)
{
	int64_t last = statistics->to > statistics->from ? statistics->to - 1 : statistics->to;
	return arena_printf(arena, "copyhold-%s-to-%s%s", clock_format_date(arena, clock_date_of(statistics->from)),
			    clock_format_date(arena, clock_date_of(last)), form->suffix);
}

static json_t *text_of(const struct bytes *bytes)
{
	return json_stringn(bytes->length == 0 ? "" : bytes->data, bytes->length);
}

/* What statistics_verify reads again. */
static bool journal_issue(struct store *store, struct arena *arena, const struct statistics_options *options, const struct form *form,
			  const struct statistics *statistics, struct bytes document, struct error *err)
{
	struct bytes figures = paper_figures(arena, statistics);
	json_t *detail = json_pack("{s:s, s:s, s:I, s:I, s:I, s:o}", "form", form->name, "document", digest_of(arena, document), "from",
				   (json_int_t)statistics->from, "to", (json_int_t)statistics->to, "line", (json_int_t)statistics->journal.number,
				   "figures", text_of(&figures));
	char *written = detail == NULL ? NULL : json_dumps(detail, JSON_COMPACT);
	if (written == NULL)
		abort();
	bool good = store_journal(store, "reported", NULL, options->by == NULL ? "copyhold" : options->by, written, options->now, err);
	free(written);
	json_decref(detail);
	return good;
}

bool statistics_make(struct store *store, struct arena *arena, const struct statistics_options *options, enum statistics_form form,
		     struct statistics_document *out, struct error *err)
{
	struct statistics statistics;
	struct paper paper = { arena, options, &statistics, 0, 0 };
	if (!store_journal_verify(store, &paper.journal_lines, &paper.journal_broken_at, err) ||
	    !store_statistics(store, arena, options->from, options->to, &statistics, err))
		return false;
	out->content = forms[form].make(&paper);
	out->type = forms[form].type;
	out->name = file_name(arena, &statistics, &forms[form]);
	if (forms[form].printed && !paper_print(arena, out->content, &out->content, err))
		return false;
	return journal_issue(store, arena, options, &forms[form], &statistics, out->content, err);
}
