/* statistics_csv.c - the figures of a period as one table for a spreadsheet: RFC 4180, one number a line.
 *
 * It begins with a byte order mark: without one a spreadsheet takes UTF-8 for something older, and Welsh names of clauses suffer. A
 * field that a spreadsheet would take for a formula begins with an apostrophe, which it shows as text.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "paper.h"

/* Also the wide forms of the signs, which some spreadsheets take for the narrow ones; blanks before them do not help. */
static bool is_formula(const char *field)
{
	static const char *const signs[] = { "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0" };
	while (ascii_is_space(*field) || strncmp(field, "\xc2\xa0", 2) == 0 || strncmp(field, "\xe3\x80\x80", 3) == 0)
		field += (unsigned char)*field < 0x80 ? 1 : (unsigned char)*field == 0xc2 ? 2 : 3;
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (strncmp(field, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

static void add_field(const struct paper *paper, struct text *out, const char *field)
{
	const char *clean = harmless_line(paper->arena, bytes_of(field));
	text_add_char(out, '"');
	if (is_formula(clean))
		text_add_char(out, '\'');
	for (; *clean != '\0'; clean++)
		text_add(out, *clean == '"' ? "\"\"" : (const char[]){ *clean, '\0' });
	text_add_char(out, '"');
}

struct row {
	const char *section, *from, *rule, *clause, *measure;
	const char *value; /* NULL: the count */
	int64_t count;
};

/* A number without quotes or separators, so that it can be added up. */
static void add_line(const struct paper *paper, struct text *out, const struct row *line)
{
	const char *const fields[] = { line->section, line->from, line->rule, line->clause, line->measure };
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		add_field(paper, out, fields[i] == NULL ? "" : fields[i]);
		text_add_char(out, ',');
	}
	if (line->value != NULL)
		add_field(paper, out, line->value);
	else
		text_printf(out, "%lld", (long long)line->count);
	text_add(out, "\r\n");
}

static void add_count(const struct paper *paper, struct text *out, struct row line, const char *measure, int64_t count)
{
	line.measure = measure;
	line.value = count == STATISTICS_NONE ? "not measured" : NULL;
	line.count = count;
	add_line(paper, out, &line);
}

static void add_facts(const struct paper *paper, struct text *out, const char *section, const struct paper_fact *facts)
{
	for (; facts->label != NULL; facts++) {
		struct row line = { .section = section, .measure = facts->label, .value = facts->value };
		if (facts->number == PAPER_NO_NUMBER)
			add_line(paper, out, &line);
		else
			add_count(paper, out, line, facts->label, facts->number);
	}
}

static void add_median(const struct paper *paper, struct text *out, struct row line, const struct fates *fates)
{
	line.measure = "Median minutes to a decision";
	line.value = paper_median(paper, fates);
	if (fates->median_minutes == STATISTICS_NONE)
		add_line(paper, out, &line);
	else
		add_count(paper, out, line, line.measure, fates->median_minutes);
}

static void add_rules(const struct paper *paper, struct text *out)
{
	for (size_t i = 0; i < paper->statistics->rule_count; i++) {
		const struct statistics_rule *rule = &paper->statistics->rules[i];
		struct row line = { .section = "Rule", .rule = rule->rule, .clause = rule->clause };
		add_count(paper, out, line, "Findings", rule->findings);
		add_count(paper, out, line, "False alarms marked by reviewers", rule->wrong);
		add_count(paper, out, line, "Held", rule->fates.held);
		add_count(paper, out, line, "Released", rule->fates.released);
		add_count(paper, out, line, "Returned", rule->fates.returned);
		add_count(paper, out, line, "Waiting", rule->fates.waiting);
		add_count(paper, out, line, "In doubt", rule->fates.in_doubt);
		add_median(paper, out, line, &rule->fates);
	}
}

static void add_rule_weeks(const struct paper *paper, struct text *out, const char *from, size_t week)
{
	for (size_t i = 0; i < paper->statistics->rule_count; i++) {
		const struct statistics_rule *rule = &paper->statistics->rules[i];
		struct row line = { .section = "Rule by week", .from = from, .rule = rule->rule, .clause = rule->clause };
		if (rule->weekly_findings[week] == 0)
			continue;
		add_count(paper, out, line, "Findings", rule->weekly_findings[week]);
		add_count(paper, out, line, "Held", rule->weekly_held[week]);
	}
}

static void add_weeks(const struct paper *paper, struct text *out)
{
	for (size_t i = 0; i < paper->statistics->week_count; i++) {
		const struct statistics_week *week = &paper->statistics->weeks[i];
		const char *from = clock_format_date(paper->arena, clock_date_of(week->start));
		struct row line = { .section = "Week", .from = from };
		add_count(paper, out, line, "Examined", week->examined);
		add_count(paper, out, line, "Findings", week->findings);
		add_count(paper, out, line, "Held", week->held);
		add_rule_weeks(paper, out, from, i);
	}
}

static void add_exceptions(const struct paper *paper, struct text *out, const char *section, const struct statistics_exception *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct statistics_exception *exception = &list[i];
		struct row line = { .section = section, .rule = exception->rule, .clause = exception->sentence };
		line.from = clock_format_date(paper->arena, (exception->year * 100 + exception->quarter * 3 - 2) * 100 + 1);
		add_count(paper, out, line, "Used in the quarter", exception->count);
	}
}

static void add_envelopes(const struct paper *paper, struct text *out)
{
	const struct tally *tally = &paper->statistics->tally;
	const struct row line = { .section = "Envelopes" };
	add_count(paper, out, line, "Messages that came in several", tally->split);
	add_count(paper, out, line, "A hidden copy known with the visible one", tally->reunited);
	add_count(paper, out, line, "A hidden copy known late, told in a companion notice", tally->reunited_late);
	add_count(paper, out, line, "Not brought together", tally->not_reunited);
}

static void add_heading(const struct paper *paper, struct text *out)
{
	const struct journal_line *head = &paper->statistics->journal;
	struct row line = { .section = "Report", .measure = "Council", .value = paper->options->council_name == NULL ? "" : paper->options->council_name };
	text_add(out, "\xef\xbb\xbfSection,From,Rule,Clause,Measure,Value\r\n");
	add_line(paper, out, &line);
	add_line(paper, out, &(struct row){ .section = "Report", .measure = "From", .value = clock_format_rfc3339(paper->arena, paper->statistics->from) });
	add_line(paper, out, &(struct row){ .section = "Report", .measure = "Before", .value = clock_format_rfc3339(paper->arena, paper->statistics->to) });
	add_line(paper, out, &(struct row){ .section = "Report", .measure = "Made", .value = clock_format_rfc3339(paper->arena, paper->options->now) });
	add_count(paper, out, (struct row){ .section = "Report" }, "Journal line", head->number);
	add_line(paper, out, &(struct row){ .section = "Report", .measure = "Journal hash", .value = head->hash });
}

struct bytes paper_as_csv(const struct paper *paper)
{
	struct text out = TEXT_INIT;
	add_heading(paper, &out);
	add_facts(paper, &out, "Mail", paper_mail(paper));
	add_facts(paper, &out, "Held messages", paper_holds(paper));
	add_median(paper, &out, (struct row){ .section = "Held messages" }, &paper->statistics->fates);
	add_rules(paper, &out);
	add_exceptions(paper, &out, "Exception", paper->statistics->exceptions, paper->statistics->exception_count);
	add_exceptions(paper, &out, "Exception chosen by reviewers", paper->statistics->reasons, paper->statistics->reason_count);
	add_facts(paper, &out, "Not seen", paper_blind(paper));
	add_envelopes(paper, &out);
	add_weeks(paper, &out);
	add_facts(paper, &out, "Evidence", paper_evidence(paper));
	return text_to_arena(&out, paper->arena);
}
