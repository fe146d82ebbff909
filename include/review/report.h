/* report.h - the clerk's report (DOMAIN 5.1-5.3): text, HTML that prints, JSON.
 *
 * Neutral words, evidence first, no league tables, all foreign text escaped. */
#ifndef COPYHOLD_REVIEW_REPORT_H
#define COPYHOLD_REVIEW_REPORT_H

#include "action/notice_words.h"
#include "base/civic.h"
#include "store/store.h"

/* REPORT_DUE: replies and other duties that are due, and nothing else; text. JSON has them too. */
enum report_form { REPORT_TEXT, REPORT_HTML, REPORT_JSON, REPORT_DUE };

struct report_options {
	const char *council_name;
	const char *mode;          /* "advise" or "as each rule says" */
	int64_t from, to, now;
	int escalate_hours;        /* a hold older than this is shown as overdue */
	const struct notice_words *words_cy; /* headings and labels are in both languages; NULL: in English only, as all sentences are */
	bool welsh_first;
	struct civic_calendar calendar; /* what of it begins soon, is on or has just ended is said */
	const char *reader;        /* address of the reviewer it is for: entries they may not review become stubs; NULL: all */
};

/* The report over the store, as one document. */
bool report_make(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		 enum report_form form, struct bytes *out, struct error *err) MUST_CHECK;
/* The mail that carries it: text and HTML alternatives, ready to send. */
bool report_mail(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		 const char *to, const char *from, struct bytes *out, struct error *err) MUST_CHECK;

#endif
