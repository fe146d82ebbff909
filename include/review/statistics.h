/* statistics.h - what is counted over a period, and the documents that carry it.
 *
 * No name, no address, no subject, no ranking of people: rules, clauses, numbers, times. A message belongs to the period it was
 * received in; what became of it is as the store knows it now. A message held under two rules counts under both, once in the
 * totals; "held" is released + returned + waiting. */
#ifndef COPYHOLD_REVIEW_STATISTICS_H
#define COPYHOLD_REVIEW_STATISTICS_H

#include <jansson.h>

#include "base/clock.h"
#include "store/statistics.h"

/* Adds what a document says about the council; all may be NULL. */
struct statistics_options {
	const char *council_name;
	const char *mode;               /* "enforce", or "as each rule says" */
	const char *authority_minute, *authority_date;
	const char *directory_reviewed; /* "2026-04-03": when the Council last went through its directory */
	const char *by;                 /* whom the journal names for the document; NULL: "copyhold" */
	int64_t from, to, now;          /* [from, to) */
};

enum statistics_form {
	STATISTICS_TEXT,
	STATISTICS_HTML,
	STATISTICS_JSON,
	STATISTICS_CSV,
	STATISTICS_PDF,        /* of the HTML */
	STATISTICS_ANNUAL,     /* one A4 page for the internal auditor, HTML */
	STATISTICS_ANNUAL_PDF,
	STATISTICS_FORM_COUNT,
};
/* "text", "html", "json", "csv", "pdf", "annual", "annual-pdf" */
bool statistics_form_parse(const char *name, enum statistics_form *out);

struct statistics_document {
	struct bytes content;
	const char *type; /* "text/csv; charset=utf-8" */
	const char *name; /* a file name: "copyhold-2026-04-01-to-2027-03-31.csv" */
};

/* Counts, makes the document, and journals its digest with its figures, so that it can be verified. ERROR_UNAVAILABLE when a PDF is
 * asked for and what makes it is not installed or fails. */
bool statistics_make(struct store *store, struct arena *arena, const struct statistics_options *options, enum statistics_form form,
		     struct statistics_document *out, struct error *err) MUST_CHECK;

/* Holds a document against the journal, and the journal against the store. True when the chain is whole, the document is octet for octet
 * one that was issued, the journal's lines from then give its figures, and the store still agrees with the journal about its
 * period; *told_out says what was found, in sentences. ERROR_REFUSED says which of it fails. */
bool statistics_verify(struct store *store, struct arena *arena, struct bytes document, const char **told_out, struct error *err) MUST_CHECK;

/* The answer to the desk's call `statistics`: weeks, rules, exceptions, reasons, blind, share_released, median_minutes, measured and more; null
 * is "not measured" or "none yet". A new reference. */
json_t *statistics_json(struct arena *arena, const struct statistics *statistics);

#endif
