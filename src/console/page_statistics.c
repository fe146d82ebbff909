/* page_statistics.c - the figures of a period as pictures, each with its table: by week, by rule, by quarter, and what could not be seen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/chart.h"
#include "base/clock.h"
#include "console/pages.h"
#include "page_parts.h"

/* With more weeks than this, lines are clearer than bars. */
#define BARS_MOST 27

static const char *date_words(struct page *page, int64_t at)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	calendar_date date = at > 0 && at < INT64_C(253402300799) ? clock_date_of(at) : 0;
	if (date <= 0)
		return "not known";
	return arena_printf(page->markup->arena, "%d %s %d", date % 100, months[date / 100 % 100 - 1], date / 10000);
}

/* As a date field wants it. */
static const char *date_value(struct page *page, int64_t at)
{
	calendar_date date = at > 0 && at < INT64_C(253402300799) ? clock_date_of(at) : 0;
	return date <= 0 ? "" : arena_printf(page->markup->arena, "%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);
}

static int64_t measured(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	return json_is_integer(value) ? json_integer_value(value) : CHART_NOTHING;
}

static const char *minutes_words(struct page *page, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	double minutes = json_number_value(value);
	if (!json_is_number(value) || !(minutes >= 0 && minutes < 1e9))
		return "not measured";
	if (minutes < 180)
		return page_count(page, (int64_t)(minutes + 0.5), "minute", "minutes");
	if (minutes < 48 * 60)
		return page_count(page, (int64_t)(minutes / 60 + 0.5), "hour", "hours");
	return page_count(page, (int64_t)(minutes / 1440 + 0.5), "day", "days");
}

static const char *share_words(struct page *page, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	double share = json_number_value(value);
	if (!json_is_number(value) || !(share >= 0 && share <= 1))
		return "not measured";
	return arena_printf(page->markup->arena, "%.0f of 100", share * 100);
}

static const char *from_of(struct page *page, const json_t *answer)
{
	const char *from = fields_only(page->fields, "from");
	return from != NULL && *from != '\0' ? from : date_value(page, answer_number(answer, "from"));
}

static const char *to_of(struct page *page, const json_t *answer)
{
	const char *to = fields_only(page->fields, "to");
	return to != NULL && *to != '\0' ? to : date_value(page, answer_number(answer, "to") - 1);
}

static void add_period(struct page *page, const json_t *answer)
{
	form_begin_query(page, "/statistics", "period");
	markup_open(page->markup, "fieldset", NULL);
	markup_element(page->markup, "legend", "Period", NULL);
	form_line(page, &(struct form_line){ .kind = FORM_DATE, .form = "period", .name = "from", .label = "From", .value = from_of(page, answer) });
	form_line(page, &(struct form_line){ .kind = FORM_DATE, .form = "period", .name = "to", .label = "Up to", .value = to_of(page, answer) });
	form_button(page, BUTTON_PLAIN, NULL, NULL, "Show this period", NULL);
	markup_close(page->markup, "fieldset");
	form_end(page);
}

static void add_reports(struct page *page, const json_t *answer)
{
	static const struct form_option forms[] = {
		{ "pdf", "To print (PDF)" },
		{ "html", "A page to read" },
		{ "csv", "A table for a spreadsheet (CSV)" },
		{ "annual", "One-page summary for the internal auditor" },
		{ "annual-pdf", "The same summary to print (PDF)" },
	};
	if (!page_may(page, "report"))
		return;
	markup_element(page->markup, "h2", "Take these figures along", NULL);
	page_paragraph(page, "A report has numbers and clauses, no names. That it was made is recorded, so that it can be checked later.");
	form_begin(page, "/report", "report");
	form_hidden(page, "from", from_of(page, answer));
	form_hidden(page, "to", to_of(page, answer));
	form_select(page, "report", "form", "Form of the report", forms, sizeof forms / sizeof forms[0], NULL);
	form_button(page, BUTTON_PLAIN, NULL, NULL, "Make the report", NULL);
	form_end(page);
}

static void add_glance(struct page *page, const json_t *answer)
{
	const json_t *tally = json_object_get(answer, "tally");
	markup_element(page->markup, "h2", "At a glance", NULL);
	facts_begin(page);
	facts_words(page, "Messages examined", page_measured(page, tally, "examined"));
	facts_words(page, "Findings", page_measured(page, answer, "findings"));
	facts_words(page, "Messages held", page_measured(page, answer, "held"));
	facts_words(page, "Of these released", page_measured(page, answer, "released"));
	facts_words(page, "Returned to the sender", page_measured(page, answer, "returned"));
	facts_words(page, "Still waiting", page_measured(page, answer, "waiting"));
	facts_words(page, "Share released", share_words(page, answer, "share_released"));
	facts_words(page, "Usual time to a decision", minutes_words(page, answer, "median_minutes"));
	facts_words(page, "Wrong matches marked by reviewers", page_measured(page, answer, "wrong"));
	facts_end(page);
}

/* One series: the numbers under `key` of every object. */
static const int64_t *series_of(struct page *page, const json_t *objects, const char *key)
{
	int64_t *values = arena_array(page->markup->arena, json_array_size(objects) + 1, sizeof *values);
	for (size_t i = 0; i < json_array_size(objects); i++)
		values[i] = measured(json_array_get(objects, i), key);
	return values;
}

/* What all pictures by week have: the Mondays, and a form that suits their number. */
struct weeks {
	const char **labels;
	size_t count;
	enum chart_kind kind;
};

static struct weeks weeks_of(struct page *page, const json_t *answer)
{
	const json_t *list = json_object_get(answer, "weeks");
	struct weeks weeks = { .count = json_array_size(list) };
	weeks.kind = weeks.count > BARS_MOST ? CHART_LINES : CHART_BARS;
	weeks.labels = arena_array(page->markup->arena, weeks.count + 1, sizeof *weeks.labels);
	for (size_t i = 0; i < weeks.count; i++)
		weeks.labels[i] = date_words(page, answer_number(json_array_get(list, i), "start"));
	return weeks;
}

static void add_weekly(struct page *page, const struct weeks *weeks, const char *id, const char *title, const struct chart_series *series, size_t count)
{
	chart_figure(page->markup, &(struct chart){ id, weeks->kind, title, NULL, "Week from", weeks->labels, weeks->count, series, count }, false);
}

static void add_weeks(struct page *page, const json_t *answer, const struct weeks *weeks)
{
	const json_t *list = json_object_get(answer, "weeks");
	const struct chart_series examined[] = { { "Examined", series_of(page, list, "examined") } };
	const struct chart_series found[] = { { "Findings", series_of(page, list, "findings") }, { "Held", series_of(page, list, "held") } };
	markup_element(page->markup, "h2", "Week by week", NULL);
	add_weekly(page, weeks, "weeks-examined", "Messages examined by week", examined, 1);
	add_weekly(page, weeks, "weeks-found", "Findings and held messages by week", found, 2);
}

/* The numbers of one rule, which may be fewer than there are weeks. */
static const int64_t *weekly_of(struct page *page, const json_t *rule, const char *key, size_t count)
{
	const json_t *list = json_object_get(json_object_get(rule, "weekly"), key);
	int64_t *values = arena_array(page->markup->arena, count + 1, sizeof *values);
	for (size_t i = 0; i < count; i++) {
		const json_t *value = json_array_get(list, i);
		values[i] = json_is_integer(value) ? json_integer_value(value) : CHART_NOTHING;
	}
	return values;
}

static void add_rules_weekly(struct page *page, const json_t *rules, const struct weeks *weeks)
{
	struct arena *arena = page->markup->arena;
	size_t index;
	json_t *rule;
	markup_open(page->markup, "details", NULL);
	markup_element(page->markup, "summary", "Each rule week by week", NULL);
	json_array_foreach((json_t *)rules, index, rule) {
		const struct chart_series series[] = { { "Findings", weekly_of(page, rule, "findings", weeks->count) },
						       { "Held", weekly_of(page, rule, "held", weeks->count) } };
		const char *clause = page_spoken(page, answer_string(rule, "clause"), "no clause");
		add_weekly(page, weeks, arena_printf(arena, "rule-%zu", index),
			   arena_printf(arena, "%s (%s) by week", page_rule(page, answer_string(rule, "rule")), clause), series, 2);
	}
	markup_close(page->markup, "details");
}

static void add_rule_row(struct page *page, const json_t *rule)
{
	static const char *const keys[] = { "findings", "held", "released", "returned", "waiting", "wrong" };
	markup_open(page->markup, "tr", NULL);
	markup_open(page->markup, "th", "scope", "row", NULL);
	markup_foreign(page->markup, page_rule(page, answer_string(rule, "rule")));
	markup_close(page->markup, "th");
	table_foreign(page, answer_string(rule, "clause"));
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		table_number(page, page_measured(page, rule, keys[i]));
	table_number(page, minutes_words(page, rule, "median_minutes"));
	markup_close(page->markup, "tr");
}

static void add_rule_pictures(struct page *page, const json_t *rules)
{
	size_t count = json_array_size(rules);
	const char **labels = arena_array(page->markup->arena, count, sizeof *labels);
	for (size_t i = 0; i < count; i++)
		labels[i] = page_rule(page, answer_string(json_array_get(rules, i), "rule"));
	const struct chart_series found[] = { { "Findings", series_of(page, rules, "findings") }, { "Wrong matches", series_of(page, rules, "wrong") } };
	const struct chart_series fates[] = { { "Released", series_of(page, rules, "released") }, { "Returned", series_of(page, rules, "returned") },
					      { "Waiting", series_of(page, rules, "waiting") } };
	const struct chart_series times[] = { { "Minutes", series_of(page, rules, "median_minutes") } };
	const struct chart charts[] = {
		{ "rules-found", CHART_ROWS, "Findings and wrong matches by rule", NULL, "Rule", labels, count, found, 2 },
		{ "rules-fates", CHART_ROWS, "What became of held messages, by rule", NULL, "Rule", labels, count, fates, 3 },
		{ "rules-times", CHART_ROWS, "Usual time to a decision in minutes, by rule", NULL, "Rule", labels, count, times, 1 },
	};
	for (size_t i = 0; i < sizeof charts / sizeof charts[0]; i++)
		chart_figure(page->markup, &charts[i], false);
}

static void add_rules(struct page *page, const json_t *answer, const struct weeks *weeks)
{
	static const char *const columns[] = { "Rule", "Clause", "#Findings", "#Held", "#Released", "#Returned", "#Waiting", "#Wrong matches",
					       "#Usual time to a decision", NULL };
	const json_t *rules = json_object_get(answer, "rules");
	size_t count = json_array_size(rules);
	markup_element(page->markup, "h2", "Rule by rule", NULL);
	if (count == 0) {
		page_paragraph(page, "No rule had a finding.");
		return;
	}
	add_rule_pictures(page, rules);
	table_begin(page, "What became of the findings of each rule", columns);
	for (size_t i = 0; i < count; i++)
		add_rule_row(page, json_array_get(rules, i));
	table_end(page);
	add_rules_weekly(page, rules, weeks);
}

/* Exceptions come in the order of their quarters: one number for each. */
static void add_quarters(struct page *page, const char *id, const char *title, const json_t *exceptions)
{
	size_t count = 0, index;
	json_t *exception;
	const char **labels = arena_array(page->markup->arena, json_array_size(exceptions), sizeof *labels);
	int64_t *values = arena_array(page->markup->arena, json_array_size(exceptions), sizeof *values);
	json_array_foreach((json_t *)exceptions, index, exception) {
		const char *quarter = page_spoken(page, answer_string(exception, "quarter"), "not known");
		int64_t times = measured(exception, "count");
		if (count == 0 || strcmp(labels[count - 1], quarter) != 0)
			labels[count++] = quarter;
		if (times > 0 && __builtin_add_overflow(values[count - 1], times, &values[count - 1]))
			values[count - 1] = CHART_NOTHING;
	}
	const struct chart_series series = { "Exceptions", values };
	chart_figure(page->markup, &(struct chart){ id, CHART_BARS, title, NULL, "Quarter", labels, count, &series, 1 }, false);
}

static void add_exception_table(struct page *page, const char *caption, const json_t *exceptions)
{
	static const char *const columns[] = { "Quarter", "Rule", "Exception", "#Times", NULL };
	table_begin(page, caption, columns);
	for (size_t i = 0; i < json_array_size(exceptions); i++) {
		const json_t *exception = json_array_get(exceptions, i);
		markup_open(page->markup, "tr", NULL);
		markup_element(page->markup, "th", page_spoken(page, answer_string(exception, "quarter"), "not known"), "scope", "row", NULL);
		table_foreign(page, page_rule(page, answer_string(exception, "rule")));
		table_foreign(page, answer_string(exception, "sentence"));
		table_number(page, page_measured(page, exception, "count"));
		markup_close(page->markup, "tr");
	}
	table_end(page);
}

static void add_exceptions(struct page *page, const json_t *answer)
{
	static const struct {
		const char *key, *heading, *id, *title, *caption;
	} kinds[] = {
		{ "exceptions", "Exceptions used", "quarters", "Exceptions used by quarter", "How often an exception kept a rule from applying, by quarter" },
		{ "reasons", "Exceptions chosen by reviewers", "reasons", "Exceptions chosen by reviewers by quarter",
		  "How often a message was released for an exception the clause itself allows, by quarter" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		const json_t *exceptions = json_object_get(answer, kinds[i].key);
		markup_element(page->markup, "h2", kinds[i].heading, NULL);
		if (json_array_size(exceptions) == 0) {
			page_paragraph(page, "None.");
			continue;
		}
		add_quarters(page, kinds[i].id, kinds[i].title, exceptions);
		add_exception_table(page, kinds[i].caption, exceptions);
	}
}

static void add_blind(struct page *page, const json_t *answer)
{
	const json_t *blind = json_object_get(answer, "blind"), *unseen = json_object_get(blind, "internal_unseen");
	markup_element(page->markup, "h2", "What could not be seen", NULL);
	facts_begin(page);
	facts_words(page, "Mail between colleagues",
		    json_is_true(unseen) ? "None was seen. If there was any, it does not pass this gate, and copies in it cannot be seen." :
		    json_is_false(unseen) ? "It passes this gate." : "not measured");
	facts_words(page, "Not read in full", page_measured(page, blind, "unreadable"));
	const json_t *reunion = json_object_get(blind, "reunion");
	facts_words(page, "Messages that came in several envelopes", page_measured(page, reunion, "split"));
	facts_words(page, "A hidden copy known with the visible one", page_measured(page, reunion, "in_time"));
	facts_words(page, "Known late, and told in a notice", page_measured(page, reunion, "late"));
	facts_words(page, "Copies split before they came here and not brought together", page_measured(page, reunion, "not"));
	facts_end(page);
}

void page_statistics(struct page *page, const json_t *answer)
{
	page_begin(page, "Figures");
	page_paragraph(page, "Numbers by week and by rule. There are no names here, and nobody is ranked.");
	add_period(page, answer);
	add_glance(page, answer);
	struct weeks weeks = weeks_of(page, answer);
	add_weeks(page, answer, &weeks);
	add_rules(page, answer, &weeks);
	add_exceptions(page, answer);
	add_blind(page, answer);
	add_reports(page, answer);
	page_end(page);
}
