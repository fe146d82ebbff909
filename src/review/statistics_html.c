/* statistics_html.c - the figures of a period as one HTML file that prints: numbers, pictures, and the same pictures as tables. No
 * script, nothing fetched.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chart.h"
#include "base/clock.h"
#include "paper.h"
#include "paper_html.h"

/* More bars than this are lines; more lines of a table than this are in the CSV form only. */
#define BARS_MOST 26
#define ROWS_MOST 400

static const char style[] =
	":root{color-scheme:light dark}"
	"body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:54rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}"
	"h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.3rem;margin-top:2rem;border-bottom:2px solid}h3{font-size:1.1rem;margin:1.5rem 0 .25rem}"
	"table{border-collapse:collapse;margin:.5rem 0}caption{text-align:left;font-weight:600;padding:.25rem 0}"
	"th,td{text-align:left;vertical-align:top;border:1px solid #767676;padding:.2rem .5rem;font-variant-numeric:tabular-nums}"
	"tbody th{min-width:8rem;overflow-wrap:anywhere}.facts th,.facts td{border:0;padding:.1rem 1rem .1rem 0}.facts th{width:18rem}"
	".number{text-align:right}figure{margin:1rem 0}figcaption{font-weight:600}svg{width:100%;max-width:36rem;height:auto}.scroll{overflow-x:auto}"
	"summary{padding:.25rem 0}.head{font-family:ui-monospace,monospace;font-size:.9rem}"
	"@media screen and (max-width:36rem){.facts th{width:auto}}"
	"@media (prefers-color-scheme:dark){body{color:#eee;background:#121212}}"
	"@page{size:A4;margin:16mm}"
	"@media print{body{max-width:none;padding:0;font-size:10pt;color:#000;background:#fff}figure,tr{break-inside:avoid}h2,h3,figcaption{break-after:avoid}"
	".scroll{overflow:visible}}";

void paper_begin(const struct paper *paper, struct markup *markup, const char *title, const char *sheet)
{
	markup_raw(markup, "<!DOCTYPE html>\n");
	markup_open(markup, "html", "lang", "en-GB", NULL);
	markup_open(markup, "head", NULL);
	markup_empty(markup, "meta", "charset", "utf-8", NULL);
	markup_empty(markup, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1", NULL);
	markup_empty(markup, "meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'", NULL);
	/* A PDF carries these words uncompressed, so that the hash can be read from its octets. */
	markup_empty(markup, "meta", "name", "keywords", "content", paper_mark(paper->arena, &paper->statistics->journal), NULL);
	markup_element(markup, "title", arena_printf(paper->arena, "%s, %s", title, paper_period(paper)), NULL);
	markup_open(markup, "style", NULL);
	markup_raw(markup, sheet);
	markup_close(markup, "style");
	markup_close(markup, "head");
	markup_open(markup, "body", NULL);
	markup_open(markup, "main", NULL);
	markup_element(markup, "h1", title, NULL);
}

struct bytes paper_end(struct markup *markup)
{
	markup_close(markup, "main");
	markup_close(markup, "body");
	markup_close(markup, "html");
	return markup_end(markup);
}

void paper_facts(struct markup *markup, const char *heading, const struct paper_fact *facts)
{
	markup_element(markup, "h2", heading, NULL);
	markup_open(markup, "table", "class", "facts", NULL);
	markup_open(markup, "tbody", NULL);
	for (; facts->label != NULL; facts++) {
		markup_open(markup, "tr", NULL);
		markup_element(markup, "th", facts->label, "scope", "row", NULL);
		markup_element(markup, "td", facts->value, NULL);
		markup_close(markup, "tr");
	}
	markup_close(markup, "tbody");
	markup_close(markup, "table");
}

void paper_table(struct markup *markup, const char *caption, const char *const *columns, size_t words)
{
	markup_open(markup, "div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0", NULL);
	markup_open(markup, "table", NULL);
	markup_element(markup, "caption", caption, NULL);
	markup_open(markup, "thead", NULL);
	markup_open(markup, "tr", NULL);
	for (size_t i = 0; columns[i] != NULL; i++)
		markup_element(markup, "th", columns[i], "scope", "col", "class", i < words ? NULL : "number", NULL);
	markup_close(markup, "tr");
	markup_close(markup, "thead");
	markup_open(markup, "tbody", NULL);
}

void paper_table_end(struct markup *markup)
{
	markup_close(markup, "tbody");
	markup_close(markup, "table");
	markup_close(markup, "div");
}

void paper_number(struct markup *markup, const char *words)
{
	markup_element(markup, "td", words, "class", "number", NULL);
}

/* --- by week --- */

static const char *const *week_labels(const struct paper *paper)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const char **labels = arena_array(paper->arena, paper->statistics->week_count, sizeof *labels);
	for (size_t i = 0; i < paper->statistics->week_count; i++) {
		calendar_date day = clock_date_of(paper->statistics->weeks[i].start);
		labels[i] = arena_printf(paper->arena, "%d %s %02d", day % 100, months[day / 100 % 100 - 1], day / 10000 % 100);
	}
	return labels;
}

static enum chart_kind kind_for(size_t count)
{
	return count > BARS_MOST ? CHART_LINES : CHART_BARS;
}

static void add_weeks(const struct paper *paper, struct markup *markup)
{
	const struct statistics *statistics = paper->statistics;
	size_t count = statistics->week_count;
	int64_t *examined = arena_array(paper->arena, count, sizeof *examined), *findings = arena_array(paper->arena, count, sizeof *findings);
	int64_t *held = arena_array(paper->arena, count, sizeof *held);
	for (size_t i = 0; i < count; i++) {
		examined[i] = statistics->weeks[i].examined;
		findings[i] = statistics->weeks[i].findings;
		held[i] = statistics->weeks[i].held;
	}
	const struct chart_series mail[] = { { "Messages examined", examined } }, found[] = { { "Findings", findings }, { "Messages held", held } };
	markup_element(markup, "h2", "By week", NULL);
	chart_figure(markup, &(struct chart){ "week-mail", kind_for(count), "Messages examined by week", NULL, "Week from", week_labels(paper), count, mail, 1 },
		     true);
	chart_figure(markup, &(struct chart){ "week-found", kind_for(count), "Findings and messages held by week", NULL, "Week from", week_labels(paper), count,
					      found, 2 }, true);
}

/* --- by rule --- */

static void add_rule_row(const struct paper *paper, struct markup *markup, const struct statistics_rule *rule)
{
	const int64_t counts[] = { rule->findings, rule->wrong, rule->fates.held, rule->fates.released, rule->fates.returned, rule->fates.waiting,
				   rule->fates.in_doubt };
	markup_open(markup, "tr", NULL);
	markup_element(markup, "th", rule->rule, "scope", "row", NULL);
	markup_element(markup, "td", rule->clause, NULL);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		paper_number(markup, paper_count(paper, counts[i]));
	paper_number(markup, paper_median(paper, &rule->fates));
	markup_close(markup, "tr");
}

static void add_rule_picture(const struct paper *paper, struct markup *markup)
{
	const struct statistics *statistics = paper->statistics;
	size_t count = statistics->plain_rule_count;
	const char **labels = arena_array(paper->arena, count, sizeof *labels);
	int64_t *findings = arena_array(paper->arena, count, sizeof *findings), *held = arena_array(paper->arena, count, sizeof *held);
	int64_t *wrong = arena_array(paper->arena, count, sizeof *wrong);
	for (size_t i = 0; i < count; i++) {
		labels[i] = statistics->plain_rules[i].rule;
		findings[i] = statistics->plain_rules[i].findings;
		held[i] = statistics->plain_rules[i].fates.held;
		wrong[i] = statistics->plain_rules[i].wrong == STATISTICS_NONE ? CHART_NOTHING : statistics->plain_rules[i].wrong;
	}
	const struct chart_series series[] = { { "Findings", findings }, { "Messages held", held }, { "False alarms marked", wrong } };
	chart_figure(markup, &(struct chart){ "rules", CHART_ROWS, "Findings, messages held and false alarms by rule", NULL, "Rule", labels, count, series, 3 }, true);
}

static void add_rules(const struct paper *paper, struct markup *markup)
{
	static const char *const columns[] = { "Rule", "Clause", "Findings", "False alarms", "Held", "Released", "Returned", "Waiting", "In doubt",
					       "Median time to a decision", NULL };
	markup_element(markup, "h2", "By rule and clause", NULL);
	if (paper->statistics->rule_count == 0) {
		markup_element(markup, "p", "No findings.", NULL);
		return;
	}
	paper_table(markup, "What became of the findings of each rule", columns, 2);
	for (size_t i = 0; i < paper->statistics->rule_count; i++)
		add_rule_row(paper, markup, &paper->statistics->rules[i]);
	paper_table_end(markup);
	add_rule_picture(paper, markup);
}

/* --- by rule and week --- */

static size_t rule_week_rows(const struct statistics *statistics)
{
	size_t rows = 0;
	for (size_t i = 0; i < statistics->plain_rule_count; i++)
		for (size_t w = 0; w < statistics->week_count; w++)
			rows += statistics->plain_rules[i].weekly_findings[w] > 0;
	return rows;
}

static void add_rule_week_table(const struct paper *paper, struct markup *markup)
{
	static const char *const columns[] = { "Rule", "Week from", "Findings", "Held", NULL };
	const struct statistics *statistics = paper->statistics;
	const char *const *labels = week_labels(paper);
	paper_table(markup, "The numbers of these pictures; weeks without findings are left out", columns, 2);
	for (size_t i = 0; i < statistics->plain_rule_count; i++) {
		const struct statistics_rule *rule = &statistics->plain_rules[i];
		for (size_t w = 0; w < statistics->week_count; w++) {
			if (rule->weekly_findings[w] == 0)
				continue;
			markup_open(markup, "tr", NULL);
			markup_element(markup, "th", rule->rule, "scope", "row", NULL);
			markup_element(markup, "td", labels[w], NULL);
			paper_number(markup, paper_count(paper, rule->weekly_findings[w]));
			paper_number(markup, paper_count(paper, rule->weekly_held[w]));
			markup_close(markup, "tr");
		}
	}
	paper_table_end(markup);
}

static void add_rule_weeks(const struct paper *paper, struct markup *markup)
{
	const struct statistics *statistics = paper->statistics;
	if (statistics->plain_rule_count == 0)
		return;
	markup_element(markup, "h2", "Each rule by week", NULL);
	for (size_t i = 0; i < statistics->plain_rule_count; i++) {
		const struct statistics_rule *rule = &statistics->plain_rules[i];
		const struct chart_series series[] = { { "Findings", rule->weekly_findings }, { "Messages held", rule->weekly_held } };
		struct chart chart = { arena_printf(paper->arena, "rule-%zu", i), kind_for(statistics->week_count), rule->rule, NULL, "Week from",
				       week_labels(paper), statistics->week_count, series, 2 };
		markup_open(markup, "figure", "class", "chart", NULL);
		markup_element(markup, "figcaption", rule->rule, NULL);
		chart_svg(markup, &chart);
		markup_close(markup, "figure");
	}
	if (rule_week_rows(statistics) <= ROWS_MOST)
		add_rule_week_table(paper, markup);
	else
		markup_element(markup, "p", "The numbers of these pictures are too many for a page; the CSV form has them all.", NULL);
}

static void add_exceptions(const struct paper *paper, struct markup *markup, const char *caption, const struct statistics_exception *list, size_t count)
{
	static const char *const columns[] = { "Quarter", "Rule", "Exception", "Times", NULL };
	if (count == 0)
		return;
	paper_table(markup, caption, columns, 3);
	for (size_t i = 0; i < count; i++) {
		const struct statistics_exception *exception = &list[i];
		markup_open(markup, "tr", NULL);
		markup_element(markup, "th", paper_quarter(paper, exception), "scope", "row", NULL);
		markup_element(markup, "td", exception->rule, NULL);
		markup_element(markup, "td", exception->sentence, NULL);
		paper_number(markup, paper_count(paper, exception->count));
		markup_close(markup, "tr");
	}
	paper_table_end(markup);
}

static void add_all_exceptions(const struct paper *paper, struct markup *markup)
{
	const struct statistics *statistics = paper->statistics;
	markup_element(markup, "h2", "Exceptions used", NULL);
	if (statistics->exception_count + statistics->reason_count == 0)
		markup_element(markup, "p", "None.", NULL);
	add_exceptions(paper, markup, "How often an exception kept a rule from applying, by quarter", statistics->exceptions, statistics->exception_count);
	add_exceptions(paper, markup, "How often reviewers released a message for an exception the clause itself allows, by quarter", statistics->reasons,
		       statistics->reason_count);
}

struct bytes paper_as_html(const struct paper *paper)
{
	struct markup markup = MARKUP_INIT(paper->arena);
	paper_begin(paper, &markup, paper_title(paper), style);
	markup_element(&markup, "p", paper_period(paper), NULL);
	markup_element(&markup, "p", arena_printf(paper->arena, "Made on %s", clock_format_local(paper->arena, paper->options->now)), NULL);
	paper_facts(&markup, "Mail", paper_mail(paper));
	paper_facts(&markup, "Held messages", paper_holds(paper));
	add_rules(paper, &markup);
	add_all_exceptions(paper, &markup);
	paper_facts(&markup, "What could not be seen", paper_blind(paper));
	add_weeks(paper, &markup);
	add_rule_weeks(paper, &markup);
	paper_facts(&markup, "Evidence", paper_evidence(paper));
	markup_element(&markup, "p", paper_note, NULL);
	markup_element(&markup, "p", paper_head(paper), "class", "head", NULL);
	return paper_end(&markup);
}
