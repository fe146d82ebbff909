/* call_table.c - every call the desk knows: who may, what it may be given, what answers it. What does not stand here cannot be done.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "handlers.h"
#include "review/remedy.h"

#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)
#define NO_ARGUMENTS NULL, 0

#define ID { "id", ARGUMENT_LINE, .required = true, .least = 1, .most = 100 }
#define PAGE { "page", ARGUMENT_INTEGER, .least = 1, .most = 1000000 }
#define REASON { "reason", ARGUMENT_WORDS, .required = true, .least = 1, .most = 2000 }
#define TIME(name) { (name), ARGUMENT_INTEGER, .required = true, .least = 0, .most = (int64_t)1 << 40 }
#define MAYBE_TIME(name) { (name), ARGUMENT_INTEGER, .or_null = true, .least = 0, .most = (int64_t)1 << 40 }
#define MAYBE_LINE(name) { (name), ARGUMENT_LINE, .or_null = true, .least = 0, .most = 200 }


static const struct argument login_rows[] = {
	{ "login", ARGUMENT_LINE, .required = true, .least = 0, .most = 200 },
	{ "password", ARGUMENT_LINE, .required = true, .least = 0, .most = 500 },
	{ "code", ARGUMENT_LINE, .or_null = true, .least = 0, .most = 20 },
};
static const struct argument page_rows[] = { PAGE };
static const struct argument id_rows[] = { ID };
static const struct argument content_rows[] = { ID, REASON };
static const char *const report_forms[] = { "text", "html", "json", "csv", "pdf", "annual", "annual-pdf", NULL };
static const struct argument period_rows[] = { TIME("from"), TIME("to") };
static const struct argument report_rows[] = {
	TIME("from"), TIME("to"), { "form", ARGUMENT_WORD, .required = true, .words = report_forms },
};
static const char *const deed_words[] = { "release", "release-open", "return", "pass", NULL };
static const char *const only_words[] = { "held", "in-doubt", NULL };
static const char *const judged_words[] = { "wrong", "right", NULL };
static const struct argument decide_rows[] = {
	ID, REASON, { "deed", ARGUMENT_WORD, .required = true, .words = deed_words },
	{ "recipients", ARGUMENT_LINES, .or_null = true, .least = 0, .most = 1000 },
	{ "note", ARGUMENT_WORDS, .or_null = true, .least = 0, .most = 2000 },
	{ "only_if", ARGUMENT_WORD, .or_null = true, .words = only_words },
};
static const struct argument decision_rows[] = {
	{ "decision", ARGUMENT_INTEGER, .required = true, .least = 1, .most = INT64_MAX },
};
static const struct argument mark_rows[] = {
	ID, REASON, { "rule", ARGUMENT_LINE, .required = true, .least = 1, .most = 100 },
	{ "judged", ARGUMENT_WORD, .required = true, .or_null = true, .words = judged_words },
};
static const struct argument bulk_rows[] = {
	REASON, { "ids", ARGUMENT_LINES, .required = true, .least = 1, .most = 1000 },
	{ "deed", ARGUMENT_WORD, .required = true, .words = deed_words },
	{ "count", ARGUMENT_INTEGER, .required = true, .least = 1, .most = 1000 },
};
static const char *const export_forms[] = { "json", "text", "html", NULL };
static const struct argument export_rows[] = {
	REASON, { "person", ARGUMENT_LINE, .required = true, .least = 1, .most = 400 },
	{ "form", ARGUMENT_WORD, .required = true, .words = export_forms },
	{ "redact", ARGUMENT_FLAG, .required = true },
};
static const struct argument keep_rows[] = { ID, REASON, { "on", ARGUMENT_FLAG, .required = true } };
static const struct argument link_rows[] = { { "token", ARGUMENT_LINE, .required = true, .least = 1, .most = 600 } };
static const struct argument own_act_rows[] = {
	{ "token", ARGUMENT_LINE, .required = true, .least = 1, .most = 600 },
	{ "deed", ARGUMENT_WORD, .required = true, .words = remedy_words },
	{ "text", ARGUMENT_WORDS, .or_null = true, .least = 0, .most = REMEDY_TEXT_MOST },
};
static const struct argument search_rows[] = {
	MAYBE_LINE("text"), MAYBE_LINE("person"), MAYBE_LINE("rule"), MAYBE_TIME("from"), MAYBE_TIME("to"),
	{ "state", ARGUMENT_WORD, .or_null = true, .words = browse_state_words }, PAGE,
};

static const struct call calls[] = {
	{ "login", 0, LIGHT, call_login, ROWS(login_rows) },
	{ "logout", CALL_EVERY_ROLE, LIGHT, call_logout, NO_ARGUMENTS },
	{ "me", CALL_EVERY_ROLE, LIGHT, call_me, NO_ARGUMENTS },
	{ "desk", CALL_REVIEWERS, LIGHT, call_desk, ROWS(page_rows) },
	{ "message", CALL_REVIEWERS, HEAVY, call_message, ROWS(id_rows) },
	{ "content", CALL_REVIEWERS, HEAVY, call_content, ROWS(content_rows) },
	{ "decide", CALL_REVIEWERS, HEAVY, call_decide, ROWS(decide_rows) },
	{ "undo", CALL_REVIEWERS, LIGHT, call_undo, ROWS(decision_rows) },
	{ "confirm", CALL_REVIEWERS, HEAVY, call_confirm, ROWS(decision_rows) },
	{ "mark", CALL_REVIEWERS, LIGHT, call_mark, ROWS(mark_rows) },
	{ "bulk", CALL_REVIEWERS, HEAVY, call_bulk, ROWS(bulk_rows) },
	{ "export", CALL_REVIEWERS, HEAVY, call_export, ROWS(export_rows) },
	{ "legal-hold", CALL_REVIEWERS, LIGHT, call_legal_hold, ROWS(keep_rows) },
	/* Open: the token is what they are asked by. A reviewer's link asks for a session all the same. */
	{ "link", 0, LIGHT, call_link, ROWS(link_rows) },
	{ "own-act", 0, HEAVY, call_own_act, ROWS(own_act_rows) },
	{ "search", CALL_REVIEWERS, LIGHT, call_search, ROWS(search_rows) },
	{ "own", CALL_ROLE(DESK_MEMBER), LIGHT, call_own, NO_ARGUMENTS },
	{ "journal", CALL_ROLE(DESK_AUDITOR), LIGHT, call_journal, ROWS(page_rows) },
	{ "statistics", CALL_REVIEWERS | CALL_ROLE(DESK_AUDITOR), LIGHT, call_statistics, ROWS(period_rows) },
	{ "report", CALL_REVIEWERS | CALL_ROLE(DESK_AUDITOR), HEAVY, call_report, ROWS(report_rows) },
	{ "status", CALL_REVIEWERS | CALL_ROLE(DESK_AUDITOR) | CALL_ROLE(DESK_ADMINISTRATOR), LIGHT, call_status, NO_ARGUMENTS },
};

const struct call *call_at(size_t index)
{
	return index < sizeof calls / sizeof *calls ? &calls[index] : NULL;
}
