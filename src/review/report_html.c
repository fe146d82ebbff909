/* report_html.c - the report as one HTML file: no script, nothing fetched, prints on A4. Whatever is foreign is escaped.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
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
	"code{font:.95em/1.4 ui-monospace,monospace}"
	"@media (max-width:36rem){dl{grid-template-columns:1fr}dd{grid-column:1;margin:0 0 .4rem}}"
	"@page{size:A4;margin:18mm}"
	"@media print{body{max-width:none;padding:0;font-size:10pt}article,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}}";

static void add_escaped(struct text *out, struct bytes plain)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" } };
	for (size_t i = 0; i < plain.length; i++) {
		const char *entity = NULL;
		for (size_t k = 0; k < sizeof entities / sizeof entities[0]; k++)
			if (plain.data[i] == entities[k].c)
				entity = entities[k].entity;
		if (entity != NULL)
			text_add(out, entity);
		else
			text_add_char(out, plain.data[i]);
	}
}

/* <tag>words</tag>, the words escaped. `tag` may carry attributes. */
static void add_element(struct text *out, struct arena *arena, const char *tag, const char *words)
{
	struct bytes name = bytes_slice(bytes_of(tag), 0, bytes_find_char(bytes_of(tag), ' ', 0));
	text_printf(out, "<%s>", tag);
	add_escaped(out, bytes_of(report_harmless(arena, words)));
	text_printf(out, "</%.*s>\n", (int)name.length, name.data);
}

static void add_term(struct text *out, struct arena *arena, const char *term, const char *words)
{
	add_element(out, arena, "dt", term);
	add_element(out, arena, "dd", words);
}

static void add_time_term(struct text *out, struct arena *arena, const char *term, int64_t at)
{
	add_element(out, arena, "dt", term);
	text_printf(out, "<dd><time datetime=\"%s\">%s</time></dd>\n", clock_format_rfc3339(arena, at), clock_format_local(arena, at));
}

static void add_start(struct text *out, struct arena *arena, const struct report *report)
{
	text_add(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
	add_element(out, arena, "title",
		    arena_printf(arena, "%s, %s", report_title(arena, report), clock_format_local(arena, report->options->now)));
	text_printf(out, "<style>%s</style>\n</head>\n<body>\n<main>\n", style);
	add_element(out, arena, "h1", report_title(arena, report));
	add_element(out, arena, "p", clock_format_local(arena, report->options->now));
}

static void add_health(struct text *out, struct arena *arena, const struct report *report)
{
	text_add(out, "<h2>At a glance</h2>\n<dl>\n");
	add_term(out, arena, "Period", report_period(arena, report));
	add_term(out, arena, "Mail", report_counts(arena, report));
	if (report_internal_warning(report) != NULL)
		add_term(out, arena, "Note", report_internal_warning(report));
	add_term(out, arena, "Mode", report->options->mode);
	add_term(out, arena, "Journal", report_journal(arena, report));
	add_term(out, arena, "Own mail", report_outbox(arena, report));
	text_add(out, "</dl>\n");
}

static void add_finding(struct text *out, struct arena *arena, const struct finding_record *finding)
{
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(arena, finding->evidence, &count);
	add_term(out, arena, "Observed", finding->explanation);
	if (count == 0)
		return;
	add_element(out, arena, "dt", "Evidence");
	for (size_t i = 0; i < count; i++)
		add_element(out, arena, "dd", arena_printf(arena, "%s (%s)", evidence[i].text, evidence[i].where));
}

static void add_waiting(struct text *out, struct arena *arena, const struct waiting *waiting)
{
	const struct held *held = waiting->held;
	text_add(out, waiting->overdue ? "<article class=\"late\">\n" : "<article>\n");
	add_element(out, arena, "h3", held->id);
	text_add(out, "<dl>\n<dt>Waiting</dt>\n<dd>");
	add_element(out, arena, waiting->overdue ? "strong class=\"late\"" : "span", report_hours(arena, waiting));
	text_add(out, "</dd>\n");
	add_time_term(out, arena, "Received", held->at);
	add_term(out, arena, "From", report_sender(arena, held));
	add_element(out, arena, "dt", "For");
	for (size_t i = 0; i < held->recipient_count; i++)
		add_element(out, arena, "dd", report_recipient(arena, &held->recipients[i]));
	add_term(out, arena, "Subject", report_subject(arena, held));
	for (size_t i = 0; i < held->finding_count; i++) {
		add_term(out, arena, "Clause", held->findings[i].clause);
		add_finding(out, arena, &held->findings[i]);
	}
	text_add(out, "</dl>\n</article>\n");
}

static void add_how_to_decide(struct text *out, struct arena *arena)
{
	text_add(out, "<h3>How to decide</h3>\n");
	add_element(out, arena, "p", report_how_to_decide[0]);
	text_add(out, "<ul>\n");
	for (size_t i = 1; report_how_to_decide[i] != NULL; i++) {
		text_add(out, "<li>");
		add_element(out, arena, "code", report_how_to_decide[i]);
		text_add(out, "</li>\n");
	}
	text_add(out, "</ul>\n");
}

static void add_elsewhere(struct text *out, struct arena *arena, size_t count)
{
	if (count > 0)
		add_element(out, arena, "p", report_elsewhere(arena, count));
}

static void add_all_waiting(struct text *out, struct arena *arena, const struct report *report)
{
	text_add(out, "<h2>Waiting for a decision</h2>\n");
	for (size_t i = 0; i < report->waiting_count; i++)
		add_waiting(out, arena, &report->waiting[i]);
	if (report->waiting_count == 0)
		add_element(out, arena, "p", "Nothing is waiting for you.");
	add_elsewhere(out, arena, report->waiting_elsewhere);
	if (report->waiting_count > 0)
		add_how_to_decide(out, arena);
}

static void add_entry(struct text *out, struct arena *arena, const struct finding_entry *entry)
{
	text_add(out, "<article>\n");
	add_element(out, arena, "h4", entry->message->id);
	text_add(out, "<dl>\n");
	add_time_term(out, arena, "Received", entry->message->at);
	add_term(out, arena, "From", arena_printf(arena, "%s (%s)", report_sender(arena, entry->message),
						  entry->message->direction == NULL ? "" : entry->message->direction));
	add_term(out, arena, "Subject", report_subject(arena, entry->message));
	add_finding(out, arena, entry->finding);
	add_term(out, arena, "Done", report_done(arena, entry));
	text_add(out, "</dl>\n</article>\n");
}

static void add_group(struct text *out, struct arena *arena, const struct rule_group *group)
{
	add_element(out, arena, "h3", arena_printf(arena, "%s (%zu)", group->rule, group->entry_count));
	add_element(out, arena, "p", group->clause);
	for (size_t i = 0; i < group->entry_count; i++)
		add_entry(out, arena, group->entries[i]);
}

static void add_count_row(struct text *out, struct arena *arena, const char *first, const char *second, int64_t count)
{
	text_add(out, "<tr>");
	add_element(out, arena, "th scope=\"row\"", first);
	add_element(out, arena, "td", second);
	text_printf(out, "<td class=\"number\">%lld</td></tr>\n", (long long)count);
}

static void add_table_start(struct text *out, struct arena *arena, const char *caption, const char *second)
{
	text_add(out, "<table>\n");
	add_element(out, arena, "caption", caption);
	text_add(out, "<thead><tr><th scope=\"col\">Rule</th>");
	add_element(out, arena, "th scope=\"col\"", second);
	text_add(out, "<th scope=\"col\">Times</th></tr></thead>\n<tbody>\n");
}

static void add_rule_table(struct text *out, struct arena *arena, const struct report *report)
{
	if (report->summary.rule_count == 0)
		return;
	add_table_start(out, arena, "Findings by rule", "Clause");
	for (size_t i = 0; i < report->summary.rule_count; i++)
		add_count_row(out, arena, report->summary.rules[i].rule, report->summary.rules[i].clause, report->summary.rules[i].count);
	text_add(out, "</tbody>\n</table>\n");
}

static void add_all_findings(struct text *out, struct arena *arena, const struct report *report)
{
	text_add(out, "<h2>Findings in this period</h2>\n");
	add_rule_table(out, arena, report);
	for (size_t i = 0; i < report->group_count; i++)
		add_group(out, arena, &report->groups[i]);
	if (report->group_count == 0)
		add_element(out, arena, "p", "None to show.");
	add_elsewhere(out, arena, report->findings_elsewhere);
	if (report->findings_unlisted > 0)
		add_element(out, arena, "p",
			    arena_printf(arena, "%lld older ones are counted but not listed.", (long long)report->findings_unlisted));
	text_add(out, "<h2>Not read in full</h2>\n");
	if (report->unreadable.entry_count > 0)
		add_group(out, arena, &report->unreadable);
	else
		add_element(out, arena, "p", "None.");
}

static void add_exceptions(struct text *out, struct arena *arena, const struct report *report)
{
	text_add(out, "<h2>Exceptions used</h2>\n");
	if (report->summary.exception_count == 0) {
		add_element(out, arena, "p", "None.");
		return;
	}
	add_table_start(out, arena, "Exceptions that kept a rule from applying", "Exception");
	for (size_t i = 0; i < report->summary.exception_count; i++)
		add_count_row(out, arena, report->summary.exceptions[i].rule, report->summary.exceptions[i].sentence,
			      report->summary.exceptions[i].count);
	text_add(out, "</tbody>\n</table>\n");
}

struct bytes report_as_html(struct arena *arena, const struct report *report)
{
	struct text out = TEXT_INIT;
	add_start(&out, arena, report);
	add_health(&out, arena, report);
	add_all_waiting(&out, arena, report);
	add_all_findings(&out, arena, report);
	add_exceptions(&out, arena, report);
	text_add(&out, "</main>\n</body>\n</html>\n");
	return text_to_arena(&out, arena);
}
