/* report_html.c - the report as one HTML file: no script, nothing fetched, prints on A4. Whatever is foreign is escaped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/markup.h"
#include "evidence.h"
#include "report_model.h"

static const char style[] =
	"body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:50rem;margin:0 auto;padding:1rem;"
	"overflow-wrap:anywhere}"
	"h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin-top:2rem;border-bottom:2px solid #1a1a1a}"
	"h3{font-size:1.1rem;margin:1.5rem 0 .25rem}h4{font-size:1rem;margin:1rem 0 .25rem}"
	"dl{display:grid;grid-template-columns:8rem 1fr;gap:.15rem 1rem;margin:.25rem 0 1rem}dt{grid-column:1;font-weight:600}"
	"dd{grid-column:2;margin:0}"
	"article{border-left:4px solid #595959;padding-left:1rem;margin:1rem 0}article.late{border-left:8px solid #8a1c1c}"
	"strong.late{color:#8a1c1c}"
	"table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.25rem 0}"
	"th,td{text-align:left;vertical-align:top;border:1px solid #767676;padding:.25rem .5rem}td.number{text-align:right}"
	"thead th{overflow-wrap:normal}"
	"a{display:inline-block;padding:.25rem 0;color:#0b3d91}a:focus-visible{outline:3px solid #0b3d91;outline-offset:2px}"
	"code{font:.95em/1.4 ui-monospace,monospace}"
	"@media (max-width:36rem){dl{grid-template-columns:1fr}dd{grid-column:1;margin:0 0 .4rem}}"
	"@page{size:A4;margin:18mm}"
	"@media print{body{max-width:none;padding:0;font-size:10pt}article,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}}";

static void add_term(struct markup *page, const char *term, const char *words)
{
	markup_element(page, "dt", term, NULL);
	markup_element(page, "dd", words, NULL);
}

static void add_time_term(struct markup *page, const char *term, int64_t at)
{
	markup_element(page, "dt", term, NULL);
	markup_open(page, "dd", NULL);
	markup_time(page, at);
	markup_close(page, "dd");
}

void report_html_start(struct markup *page, const char *language, const char *title, const char *now)
{
	markup_raw(page, "<!DOCTYPE html>\n");
	markup_open(page, "html", "lang", language, NULL);
	markup_open(page, "head", NULL);
	markup_empty(page, "meta", "charset", "utf-8", NULL);
	markup_empty(page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
	markup_empty(page, "meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'", NULL);
	markup_element(page, "title", arena_printf(page->arena, "%s, %s", title, now), NULL);
	markup_open(page, "style", NULL);
	markup_raw(page, style);
	markup_close(page, "style");
	markup_close(page, "head");
	markup_open(page, "body", NULL);
	markup_open(page, "main", NULL);
	markup_element(page, "h1", title, NULL);
	markup_element(page, "p", now, NULL);
}

static void add_health(struct markup *page, const struct report *report)
{
	markup_element(page, "h2", "At a glance", NULL);
	markup_open(page, "dl", NULL);
	add_term(page, "Period", report_period(page->arena, report));
	add_term(page, "Mail", report_counts(VOICE_ENGLISH(page->arena), report));
	if (report_internal_warning(VOICE_ENGLISH(page->arena), report) != NULL)
		add_term(page, "Note", report_internal_warning(VOICE_ENGLISH(page->arena), report));
	add_term(page, "Mode", report->options->mode);
	add_term(page, "Journal", report_journal(VOICE_ENGLISH(page->arena), report));
	add_term(page, "Own mail", report_outbox(VOICE_ENGLISH(page->arena), report));
	if (report_due(page->arena, report) != NULL)
		add_term(page, "Replies", report_due(page->arena, report));
	markup_close(page, "dl");
}

static void add_finding(struct markup *page, const struct finding_record *finding)
{
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(page->arena, finding->evidence, &count);
	add_term(page, "Observed", finding->explanation);
	if (count == 0)
		return;
	markup_element(page, "dt", "Evidence", NULL);
	for (size_t i = 0; i < count; i++)
		markup_element(page, "dd", arena_printf(page->arena, "%s (%s)", evidence[i].text, evidence[i].where), NULL);
}

static void add_hours(struct markup *page, const struct waiting *waiting)
{
	const char *words = report_hours(VOICE_ENGLISH(page->arena), waiting);
	markup_element(page, "dt", "Waiting", NULL);
	markup_open(page, "dd", NULL);
	if (waiting->overdue)
		markup_element(page, "strong", words, "class", "late", NULL);
	else
		markup_words(page, words);
	markup_close(page, "dd");
}

static void add_waiting(struct markup *page, const struct waiting *waiting)
{
	const struct held *held = waiting->held;
	markup_open(page, "article", "class", waiting->overdue ? "late" : NULL, NULL);
	markup_element(page, "h3", held->id, NULL);
	markup_open(page, "dl", NULL);
	add_hours(page, waiting);
	add_time_term(page, "Received", held->at);
	add_term(page, "From", report_sender(VOICE_ENGLISH(page->arena), held));
	markup_element(page, "dt", "For", NULL);
	for (size_t i = 0; i < held->recipient_count; i++)
		markup_element(page, "dd", report_recipient(page->arena, &held->recipients[i]), NULL);
	add_term(page, "Subject", report_subject(VOICE_ENGLISH(page->arena), held));
	for (size_t i = 0; i < held->finding_count; i++) {
		add_term(page, "Clause", held->findings[i].clause);
		add_finding(page, &held->findings[i]);
	}
	markup_close(page, "dl");
	markup_close(page, "article");
}

static void add_how_to_decide(struct markup *page)
{
	markup_element(page, "h3", "How to decide", NULL);
	markup_element(page, "p", report_how_to_decide[0], NULL);
	markup_open(page, "ul", NULL);
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++) {
		markup_open(page, "li", NULL);
		markup_element(page, "code", report_how_to_decide[i], NULL);
		markup_close(page, "li");
	}
	markup_close(page, "ul");
}

static void add_elsewhere(struct markup *page, size_t count)
{
	if (count > 0)
		markup_element(page, "p", report_elsewhere(VOICE_ENGLISH(page->arena), count), NULL);
}

static void add_all_waiting(struct markup *page, const struct report *report)
{
	markup_element(page, "h2", "Waiting for a decision", NULL);
	for (size_t i = 0; i < report->waiting_count; i++)
		add_waiting(page, &report->waiting[i]);
	if (report->waiting_count == 0)
		markup_element(page, "p", "Nothing is waiting for you.", NULL);
	add_elsewhere(page, report->waiting_elsewhere);
	if (report->waiting_count > 0)
		add_how_to_decide(page);
}

static void add_entry(struct markup *page, const struct finding_entry *entry)
{
	markup_open(page, "article", NULL);
	markup_element(page, "h4", entry->message->id, NULL);
	markup_open(page, "dl", NULL);
	add_time_term(page, "Received", entry->message->at);
	add_term(page, "From", arena_printf(page->arena, "%s (%s)", report_sender(VOICE_ENGLISH(page->arena), entry->message),
					    entry->message->direction == NULL ? "" : entry->message->direction));
	add_term(page, "Subject", report_subject(VOICE_ENGLISH(page->arena), entry->message));
	add_finding(page, entry->finding);
	add_term(page, "Done", report_done(page->arena, entry));
	markup_close(page, "dl");
	markup_close(page, "article");
}

static void add_group(struct markup *page, const struct rule_group *group)
{
	markup_element(page, "h3", arena_printf(page->arena, "%s (%zu)", group->rule, group->entry_count), NULL);
	markup_element(page, "p", group->clause, NULL);
	for (size_t i = 0; i < group->entry_count; i++)
		add_entry(page, group->entries[i]);
}

static void add_count_row(struct markup *page, const char *first, const char *second, int64_t count)
{
	markup_open(page, "tr", NULL);
	markup_element(page, "th", first, "scope", "row", NULL);
	markup_element(page, "td", second, NULL);
	markup_element(page, "td", arena_printf(page->arena, "%lld", (long long)count), "class", "number", NULL);
	markup_close(page, "tr");
}

static void add_table_start(struct markup *page, const char *caption, const char *second)
{
	const char *const columns[] = { "Rule", second, "Times" };
	markup_open(page, "table", NULL);
	markup_element(page, "caption", caption, NULL);
	markup_open(page, "thead", NULL);
	markup_open(page, "tr", NULL);
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		markup_element(page, "th", columns[i], "scope", "col", NULL);
	markup_close(page, "tr");
	markup_close(page, "thead");
	markup_open(page, "tbody", NULL);
}

static void add_table_end(struct markup *page)
{
	markup_close(page, "tbody");
	markup_close(page, "table");
}

static void add_rule_table(struct markup *page, const struct report *report)
{
	if (report->summary.rule_count == 0)
		return;
	add_table_start(page, "Findings by rule", "Clause");
	for (size_t i = 0; i < report->summary.rule_count; i++)
		add_count_row(page, report->summary.rules[i].rule, report->summary.rules[i].clause, report->summary.rules[i].count);
	add_table_end(page);
}

static void add_all_findings(struct markup *page, const struct report *report)
{
	markup_element(page, "h2", "Findings in this period", NULL);
	add_rule_table(page, report);
	for (size_t i = 0; i < report->group_count; i++)
		add_group(page, &report->groups[i]);
	if (report->group_count == 0)
		markup_element(page, "p", "None to show.", NULL);
	add_elsewhere(page, report->findings_elsewhere);
	if (report->findings_unlisted > 0)
		markup_element(page, "p", arena_printf(page->arena, "%lld older ones are counted but not listed.",
						       (long long)report->findings_unlisted), NULL);
	markup_element(page, "h2", "Not read in full", NULL);
	if (report->unreadable.entry_count > 0)
		add_group(page, &report->unreadable);
	else
		markup_element(page, "p", "None.", NULL);
}

static void add_exception_table(struct markup *page, const char *caption, const struct exception_count *exceptions, size_t count)
{
	if (count == 0)
		return;
	add_table_start(page, caption, "Exception");
	for (size_t i = 0; i < count; i++) {
		const char *sentence = exceptions[i].sentence;
		if (exceptions[i].quarter > 0)
			sentence = arena_printf(page->arena, "%s (in this quarter %lld)", sentence, (long long)exceptions[i].quarter);
		add_count_row(page, exceptions[i].rule, sentence, exceptions[i].count);
	}
	add_table_end(page);
}

static void add_exceptions(struct markup *page, const struct summary *summary)
{
	markup_element(page, "h2", "Exceptions used", NULL);
	if (summary->exception_count + summary->reason_count == 0)
		markup_element(page, "p", "None.", NULL);
	add_exception_table(page, "Exceptions that kept a rule from applying", summary->exceptions, summary->exception_count);
	add_exception_table(page, "Exceptions chosen by reviewers as the reason of a release", summary->reasons, summary->reason_count);
}

struct bytes report_html_end(struct markup *page)
{
	markup_close(page, "main");
	markup_close(page, "body");
	markup_close(page, "html");
	return markup_end(page);
}

struct bytes report_as_html(struct arena *arena, const struct report *report)
{
	struct markup page = MARKUP_INIT(arena);
	report_html_start(&page, "en-GB", report_title(arena, report), clock_format_local(arena, report->options->now));
	add_health(&page, report);
	add_all_waiting(&page, report);
	add_all_findings(&page, report);
	add_exceptions(&page, &report->summary);
	return report_html_end(&page);
}
