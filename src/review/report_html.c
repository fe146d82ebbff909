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

struct leaf {
	struct markup markup;
	const struct voices *voices; /* of headings and labels */
};

static void add_term(struct leaf *page, const char *term, const char *words)
{
	voices_element(page->voices, &page->markup, "dt", term);
	markup_element(&page->markup, "dd", words, NULL);
}

static void add_time_term(struct leaf *page, const char *term, int64_t at)
{
	voices_element(page->voices, &page->markup, "dt", term);
	markup_open(&page->markup, "dd", NULL);
	markup_time(&page->markup, at);
	markup_close(&page->markup, "dd");
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

static void add_health(struct leaf *page, const struct report *report)
{
	voices_element(page->voices, &page->markup, "h2", N_("At a glance"));
	markup_open(&page->markup, "dl", NULL);
	add_term(page, N_("Period"), report_period(page->markup.arena, report));
	add_term(page, N_("Mail"), report_counts(VOICE_ENGLISH(page->markup.arena), report));
	if (report_internal_warning(VOICE_ENGLISH(page->markup.arena), report) != NULL)
		add_term(page, N_("Note"), report_internal_warning(VOICE_ENGLISH(page->markup.arena), report));
	if (report_private_mailboxes(VOICE_ENGLISH(page->markup.arena), report) != NULL)
		add_term(page, N_("Note"), report_private_mailboxes(VOICE_ENGLISH(page->markup.arena), report));
	for (const char *const *note = report_calendar(page->markup.arena, report); *note != NULL; note++)
		add_term(page, N_("Note"), *note);
	add_term(page, N_("Mode"), report->options->mode);
	add_term(page, N_("Journal"), report_journal(VOICE_ENGLISH(page->markup.arena), report));
	add_term(page, N_("Own mail"), report_outbox(VOICE_ENGLISH(page->markup.arena), report));
	if (report_due(page->markup.arena, report) != NULL)
		add_term(page, N_("Replies"), report_due(page->markup.arena, report));
	markup_close(&page->markup, "dl");
}

static void add_finding(struct leaf *page, const struct finding_record *finding)
{
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(page->markup.arena, finding->evidence, &count);
	add_term(page, N_("Observed"), finding->explanation);
	if (count == 0)
		return;
	voices_element(page->voices, &page->markup, "dt", N_("Evidence"));
	for (size_t i = 0; i < count; i++)
		markup_element(&page->markup, "dd", arena_printf(page->markup.arena, "%s (%s)", evidence[i].text, evidence[i].where), NULL);
}

static void add_hours(struct leaf *page, const struct waiting *waiting)
{
	const char *words = report_hours(VOICE_ENGLISH(page->markup.arena), waiting);
	voices_element(page->voices, &page->markup, "dt", N_("Waiting"));
	markup_open(&page->markup, "dd", NULL);
	if (waiting->overdue)
		markup_element(&page->markup, "strong", words, "class", "late", NULL);
	else
		markup_words(&page->markup, words);
	markup_close(&page->markup, "dd");
}

static void add_waiting(struct leaf *page, const struct waiting *waiting)
{
	const struct held *held = waiting->held;
	markup_open(&page->markup, "article", "class", waiting->overdue ? "late" : NULL, NULL);
	markup_element(&page->markup, "h3", held->id, NULL);
	markup_open(&page->markup, "dl", NULL);
	add_hours(page, waiting);
	add_time_term(page, N_("Received"), held->at);
	add_term(page, N_("From"), report_sender(VOICE_ENGLISH(page->markup.arena), held));
	voices_element(page->voices, &page->markup, "dt", N_("For"));
	for (size_t i = 0; i < held->recipient_count; i++)
		markup_element(&page->markup, "dd", report_recipient(page->markup.arena, &held->recipients[i]), NULL);
	add_term(page, N_("Subject"), report_subject(VOICE_ENGLISH(page->markup.arena), held));
	for (size_t i = 0; i < held->finding_count; i++) {
		if (!report_lists(&held->findings[i]))
			continue;
		add_term(page, N_("Clause"), held->findings[i].clause);
		add_finding(page, &held->findings[i]);
	}
	markup_close(&page->markup, "dl");
	markup_close(&page->markup, "article");
}

static void add_how_to_decide(struct leaf *page)
{
	voices_element(page->voices, &page->markup, "h3", N_("How to decide"));
	markup_element(&page->markup, "p", report_how_to_decide[0], NULL);
	markup_open(&page->markup, "ul", NULL);
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++) {
		markup_open(&page->markup, "li", NULL);
		markup_element(&page->markup, "code", report_how_to_decide[i], NULL);
		markup_close(&page->markup, "li");
	}
	markup_close(&page->markup, "ul");
}

static void add_elsewhere(struct leaf *page, size_t count)
{
	if (count > 0)
		markup_element(&page->markup, "p", report_elsewhere(VOICE_ENGLISH(page->markup.arena), count), NULL);
}

static void add_all_waiting(struct leaf *page, const struct report *report)
{
	voices_element(page->voices, &page->markup, "h2", N_("Waiting for a decision"));
	for (size_t i = 0; i < report->waiting_count; i++)
		add_waiting(page, &report->waiting[i]);
	if (report->waiting_count == 0)
		voices_element(page->voices, &page->markup, "p", N_("Nothing is waiting for you."));
	add_elsewhere(page, report->waiting_elsewhere);
	if (report->waiting_count > 0)
		add_how_to_decide(page);
}

static void add_entry(struct leaf *page, const struct finding_entry *entry)
{
	markup_open(&page->markup, "article", NULL);
	markup_element(&page->markup, "h4", entry->message->id, NULL);
	markup_open(&page->markup, "dl", NULL);
	add_time_term(page, N_("Received"), entry->message->at);
	add_term(page, N_("From"), arena_printf(page->markup.arena, "%s (%s)", report_sender(VOICE_ENGLISH(page->markup.arena), entry->message),
					    entry->message->direction == NULL ? "" : entry->message->direction));
	add_term(page, N_("Subject"), report_subject(VOICE_ENGLISH(page->markup.arena), entry->message));
	add_finding(page, entry->finding);
	add_term(page, N_("Done"), report_done(page->markup.arena, entry));
	markup_close(&page->markup, "dl");
	markup_close(&page->markup, "article");
}

static void add_group(struct leaf *page, const struct rule_group *group)
{
	markup_element(&page->markup, "h3", arena_printf(page->markup.arena, "%s (%zu)", group->rule, group->entry_count + group->counted), NULL);
	markup_element(&page->markup, "p", group->clause, NULL);
	for (size_t i = 0; i < group->entry_count; i++)
		add_entry(page, group->entries[i]);
	if (group->counted > 0)
		markup_element(&page->markup, "p", report_counted(page->markup.arena, group), NULL);
}

static void add_count_row(struct leaf *page, const char *first, const char *second, int64_t count)
{
	markup_open(&page->markup, "tr", NULL);
	markup_element(&page->markup, "th", first, "scope", "row", NULL);
	markup_element(&page->markup, "td", second, NULL);
	markup_element(&page->markup, "td", arena_printf(page->markup.arena, "%lld", (long long)count), "class", "number", NULL);
	markup_close(&page->markup, "tr");
}

static void add_table_start(struct leaf *page, const char *caption, const char *second)
{
	const char *const columns[] = { N_("Rule"), second, N_("Times") };
	markup_open(&page->markup, "table", NULL);
	voices_element(page->voices, &page->markup, "caption", caption);
	markup_open(&page->markup, "thead", NULL);
	markup_open(&page->markup, "tr", NULL);
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		voices_element(page->voices, &page->markup, "th", columns[i]);
	markup_close(&page->markup, "tr");
	markup_close(&page->markup, "thead");
	markup_open(&page->markup, "tbody", NULL);
}

static void add_table_end(struct leaf *page)
{
	markup_close(&page->markup, "tbody");
	markup_close(&page->markup, "table");
}

static void add_rule_table(struct leaf *page, const struct report *report)
{
	if (report->summary.rule_count == 0)
		return;
	add_table_start(page, N_("Findings by rule"), N_("Clause"));
	for (size_t i = 0; i < report->summary.rule_count; i++)
		add_count_row(page, report->summary.rules[i].rule, report->summary.rules[i].clause, report->summary.rules[i].count);
	add_table_end(page);
}

static void add_all_findings(struct leaf *page, const struct report *report)
{
	voices_element(page->voices, &page->markup, "h2", N_("Findings in this period"));
	add_rule_table(page, report);
	for (size_t i = 0; i < report->group_count; i++)
		add_group(page, &report->groups[i]);
	if (report->group_count == 0)
		voices_element(page->voices, &page->markup, "p", N_("None to show."));
	add_elsewhere(page, report->findings_elsewhere);
	if (report->findings_unlisted > 0)
		markup_element(&page->markup, "p", arena_printf(page->markup.arena, "%lld older ones are counted but not listed.",
						       (long long)report->findings_unlisted), NULL);
	voices_element(page->voices, &page->markup, "h2", N_("Not read in full"));
	if (report->unreadable.entry_count > 0)
		add_group(page, &report->unreadable);
	else
		voices_element(page->voices, &page->markup, "p", N_("None."));
}

static void add_exception_table(struct leaf *page, const char *caption, const struct exception_count *exceptions, size_t count)
{
	if (count == 0)
		return;
	add_table_start(page, caption, N_("Exception"));
	for (size_t i = 0; i < count; i++) {
		const char *sentence = exceptions[i].sentence;
		if (exceptions[i].quarter > 0)
			sentence = arena_printf(page->markup.arena, "%s (in this quarter %lld)", sentence, (long long)exceptions[i].quarter);
		add_count_row(page, exceptions[i].rule, sentence, exceptions[i].count);
	}
	add_table_end(page);
}

static void add_exceptions(struct leaf *page, const struct summary *summary)
{
	voices_element(page->voices, &page->markup, "h2", N_("Exceptions used"));
	if (summary->exception_count + summary->reason_count == 0)
		voices_element(page->voices, &page->markup, "p", N_("None."));
	add_exception_table(page, N_("Exceptions that kept a rule from applying"), summary->exceptions, summary->exception_count);
	add_exception_table(page, N_("Exceptions chosen by reviewers as the reason of a release"), summary->reasons, summary->reason_count);
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
	struct leaf page = { .markup = MARKUP_INIT(arena), .voices = &report->voices };
	report_html_start(&page.markup, "en-GB", report_title(arena, report), clock_format_local(arena, report->options->now));
	add_health(&page, report);
	add_all_waiting(&page, report);
	add_all_findings(&page, report);
	add_exceptions(&page, &report->summary);
	return report_html_end(&page.markup);
}
