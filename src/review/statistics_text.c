/* statistics_text.c - the figures of a period as plain text, within the width of a mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "paper.h"

static const char *clean(const struct paper *paper, const char *foreign)
{
	return harmless_line(paper->arena, bytes_of(foreign));
}

static void add_heading(struct text *out, const char *heading)
{
	text_printf(out, "\n%s\n", heading);
	for (size_t i = 0; i < strlen(heading); i++)
		text_add_char(out, '-');
	text_add_char(out, '\n');
}

static void add_facts(const struct paper *paper, struct text *out, const char *heading, const struct paper_fact *facts)
{
	add_heading(out, heading);
	for (; facts->label != NULL; facts++)
		text_printf(out, "%s: %s\n", facts->label, clean(paper, facts->value));
}

static void add_rule(const struct paper *paper, struct text *out, const struct statistics_rule *rule)
{
	const struct fates *fates = &rule->fates;
	text_printf(out, "%s (%s)\n", clean(paper, rule->rule), clean(paper, rule->clause));
	text_printf(out, "  findings %s, false alarms marked %s, held %s\n", paper_count(paper, rule->findings), paper_count(paper, rule->wrong),
		    paper_count(paper, fates->held));
	if (fates->held > 0)
		text_printf(out, "  released %s, returned %s, waiting %s (in doubt %s), median time %s\n", paper_count(paper, fates->released),
			    paper_count(paper, fates->returned), paper_count(paper, fates->waiting), paper_count(paper, fates->in_doubt),
			    paper_minutes(paper, fates->median_minutes));
}

static void add_rules(const struct paper *paper, struct text *out)
{
	add_heading(out, "By rule and clause");
	for (size_t i = 0; i < paper->statistics->rule_count; i++)
		add_rule(paper, out, &paper->statistics->rules[i]);
	if (paper->statistics->rule_count == 0)
		text_add(out, "No findings.\n");
}

static void add_weeks(const struct paper *paper, struct text *out)
{
	add_heading(out, "By week");
	for (size_t i = 0; i < paper->statistics->week_count; i++) {
		const struct statistics_week *week = &paper->statistics->weeks[i];
		text_printf(out, "from %s: examined %s, findings %s, held %s\n", clock_format_day(paper->arena, clock_date_of(week->start)),
			    paper_count(paper, week->examined), paper_count(paper, week->findings), paper_count(paper, week->held));
	}
	if (paper->statistics->week_count == 0)
		text_add(out, "No week lies in this period.\n");
}

static void add_exceptions(const struct paper *paper, struct text *out, const char *heading, const struct statistics_exception *list, size_t count)
{
	add_heading(out, heading);
	for (size_t i = 0; i < count; i++) {
		const struct statistics_exception *exception = &list[i];
		text_printf(out, "%s, %s: %s: %s\n", paper_quarter(paper, exception), clean(paper, exception->rule), clean(paper, exception->sentence),
			    paper_count(paper, exception->count));
	}
	if (count == 0)
		text_add(out, "None.\n");
}

struct bytes paper_as_text(const struct paper *paper)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "%s\n%s\nMade on %s\n", clean(paper, paper_title(paper)), paper_period(paper),
		    clock_format_local(paper->arena, paper->options->now));
	add_facts(paper, &out, "Mail", paper_mail(paper));
	add_facts(paper, &out, "Held messages", paper_holds(paper));
	add_rules(paper, &out);
	add_exceptions(paper, &out, "Exceptions used, by quarter", paper->statistics->exceptions, paper->statistics->exception_count);
	add_exceptions(paper, &out, "Exceptions chosen by reviewers, by quarter", paper->statistics->reasons, paper->statistics->reason_count);
	add_facts(paper, &out, "What could not be seen", paper_blind(paper));
	add_weeks(paper, &out);
	add_facts(paper, &out, "Evidence", paper_evidence(paper));
	text_printf(&out, "\n%s\n%s\n", paper_note, paper_head(paper));
	return text_to_arena(&out, paper->arena);
}
