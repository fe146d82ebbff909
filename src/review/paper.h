/* paper.h - the figures of a period as a document in the making. Private to src/review. */
#ifndef COPYHOLD_REVIEW_PAPER_H
#define COPYHOLD_REVIEW_PAPER_H

#include "base/markup.h"
#include "review/statistics.h"

struct paper {
	struct arena *arena;
	const struct statistics_options *options;
	const struct statistics *statistics;
	int64_t journal_lines, journal_broken_at; /* as verified when it was made */
};

struct bytes paper_as_text(const struct paper *paper);
struct bytes paper_as_html(const struct paper *paper);
struct bytes paper_as_json(const struct paper *paper);
struct bytes paper_as_csv(const struct paper *paper);
struct bytes paper_as_annual(const struct paper *paper);

/* Prints HTML of ours as PDF. ERROR_UNAVAILABLE with what to do when that cannot be. */
bool paper_print(struct arena *arena, struct bytes html, struct bytes *out, struct error *err) MUST_CHECK;

/* Words that every form uses, so that all say the same. */
struct paper_fact {
	const char *label, *value;
	int64_t number; /* PAPER_NO_NUMBER for what is no count */
};
#define PAPER_NO_NUMBER INT64_MIN
/* Each ends in a label of NULL. */
const struct paper_fact *paper_mail(const struct paper *paper);
const struct paper_fact *paper_holds(const struct paper *paper);
const struct paper_fact *paper_blind(const struct paper *paper);
const struct paper_fact *paper_evidence(const struct paper *paper); /* authority, mode, retention, directory, journal */

const char *paper_title(const struct paper *paper);
const char *paper_period(const struct paper *paper);           /* "1 April 2026 to 31 March 2027" */
const char *paper_count(const struct paper *paper, int64_t count); /* "1,234", "not measured" */
const char *paper_minutes(const struct paper *paper, int64_t minutes); /* "2 hours 5 minutes", "none decided yet" */
const char *paper_median(const struct paper *paper, const struct fates *fates); /* the same, or "none held" */
const char *paper_quarter(const struct paper *paper, const struct statistics_exception *exception); /* "April to June 2026" */
const char *paper_head(const struct paper *paper);             /* the journal's head, and how to verify */
extern const char paper_note[];                                /* what the numbers are and are not */

/* "copyhold-journal-line 16 HASH": what a document is known by. */
#define PAPER_MARK "copyhold-journal-line "
const char *paper_mark(struct arena *arena, const struct journal_line *head);

/* The figures the journal can give, "held=3" and the like, a line for each rule; the same text for the same figures. */
struct bytes paper_figures(struct arena *arena, const struct statistics *statistics);

#endif
