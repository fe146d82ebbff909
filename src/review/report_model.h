/* report_model.h - the report as values, before it has a form. Private to src/review. */
#ifndef COPYHOLD_REVIEW_REPORT_MODEL_H
#define COPYHOLD_REVIEW_REPORT_MODEL_H

#include "base/text.h"
#include "directory/directory.h"
#include "review/duties_due.h"
#include "review/report.h"
#include "voice.h"

/* More would not be read; the counts go on. */
#define REPORT_FINDINGS_MOST 1000

struct waiting {
	const struct held *held;
	int64_t hours;
	bool overdue;
};

/* All findings of one rule that the reader may see. */
struct rule_group {
	const char *rule, *clause, *action;
	const struct finding_entry *const *entries;
	size_t entry_count;
	size_t counted; /* and so many more that are listed nowhere */
};

struct report {
	const struct report_options *options;
	struct voices voices;
	struct summary summary;
	int64_t journal_lines, journal_broken_at;
	struct journal_line journal_head;
	const struct waiting *waiting;
	size_t waiting_count;
	const struct rule_group *groups; /* most serious first; what could not be read is apart */
	size_t group_count;
	struct rule_group unreadable;
	size_t waiting_elsewhere, findings_elsewhere; /* with the second reviewer */
	struct due_duties due;
	int64_t findings_unlisted;                    /* beyond REPORT_FINDINGS_MOST */
};

/* Words that every form uses, so that all say the same. Plain text; foreign words in them are made harmless for a
 * terminal, not for HTML. */
bool report_lists(const struct finding_record *finding); /* false of what is only counted */
const char *report_counted(struct arena *arena, const struct rule_group *group); /* "2 more are counted, and not listed." */
const char *report_harmless(struct arena *arena, const char *foreign); /* "" for NULL; see base/harmless.h */
const char *report_title(struct arena *arena, const struct report *report);
const char *report_period(struct arena *arena, const struct report *report);
const char *report_counts(const struct voice *voice, const struct report *report);
const char *report_internal_warning(const struct voice *voice, const struct report *report);  /* NULL when internal mail was seen */
const char *report_private_mailboxes(const struct voice *voice, const struct report *report); /* marked mail that went there; NULL when none did */
const char *report_journal(const struct voice *voice, const struct report *report);
const char *report_outbox(const struct voice *voice, const struct report *report);
/* What begins soon, is on or has just ended; ends with NULL. */
const char *const *report_calendar(struct arena *arena, const struct report *report);
const char *report_due(struct arena *arena, const struct report *report); /* NULL when nothing is */
const char *report_sender(const struct voice *voice, const struct held *held);
const char *report_subject(const struct voice *voice, const struct held *held);
const char *report_recipient(struct arena *arena, const struct held_recipient *recipient);
const char *report_done(struct arena *arena, const struct finding_entry *entry);
const char *report_elsewhere(const struct voice *voice, size_t count); /* NULL for none */
const char *report_hours(const struct voice *voice, const struct waiting *waiting);
extern const char *const report_how_to_decide[]; /* a sentence, then commands; NULL-terminated */

/* One paragraph in lines of a mail, wrapped at blanks: it begins in `column`, its further lines are indented by `indent`. */
void report_wrap(struct text *out, size_t column, size_t indent, const char *words);
/* The head of a page that stands alone and prints on A4, up to the time under its title; `language` as in <html lang>. <main> is left open. */
struct markup;
void report_html_start(struct markup *page, const char *language, const char *title, const char *now);
/* Ends it. */
struct bytes report_html_end(struct markup *page);

struct bytes report_as_text(struct arena *arena, const struct report *report);
struct bytes report_as_html(struct arena *arena, const struct report *report);
struct bytes report_as_json(struct arena *arena, const struct report *report);
/* report_due.c: what is due, alone. */
struct bytes report_as_due(struct arena *arena, const struct report *report);

#endif
