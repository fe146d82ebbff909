/* report_text.c - the report for a terminal or a plain mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "evidence.h"
#include "report_model.h"

#define WIDTH 76

void report_wrap(struct text *out, size_t column, size_t indent, const char *words)
{
	bool first = true;
	for (const char *c = words; *c != '\0';) {
		size_t blanks = strspn(c, " ");
		size_t length = strcspn(c + blanks, " ");
		if (length == 0)
			break;
		if (!first && column + 1 + length > WIDTH) {
			text_printf(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (!first) {
			text_add_char(out, ' ');
			column++;
		}
		text_add_bytes(out, (struct bytes){ c + blanks, length });
		column += length;
		first = false;
		c += blanks + length;
	}
	text_add_char(out, '\n');
}

static void add_field(struct text *out, const char *name, const char *words)
{
	text_printf(out, "    %-9s ", name);
	report_wrap(out, 14, 14, words);
}

static void add_heading(struct text *out, const char *words)
{
	text_printf(out, "\n%s\n", words);
	for (size_t i = 0; i < strlen(words); i++)
		text_add_char(out, '-');
	text_add(out, "\n\n");
}

static void add_line(struct text *out, const char *name, const char *words)
{
	text_printf(out, "%s: ", name);
	report_wrap(out, strlen(name) + 2, 2, words);
}

static void add_health(struct text *out, struct arena *arena, const struct report *report)
{
	add_line(out, "Period", report_period(arena, report));
	add_line(out, "Mail", report_counts(VOICE_ENGLISH(arena), report));
	if (report_internal_warning(VOICE_ENGLISH(arena), report) != NULL)
		add_line(out, "Note", report_internal_warning(VOICE_ENGLISH(arena), report));
	add_line(out, "Mode", report_harmless(arena, report->options->mode));
	add_line(out, "Journal", report_journal(VOICE_ENGLISH(arena), report));
	add_line(out, "Own mail", report_outbox(VOICE_ENGLISH(arena), report));
	if (report_due(arena, report) != NULL)
		add_line(out, "Replies", report_due(arena, report));
}

static void add_finding(struct text *out, struct arena *arena, const struct finding_record *finding)
{
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(arena, finding->evidence, &count);
	add_field(out, "Observed:", report_harmless(arena, finding->explanation));
	for (size_t i = 0; i < count; i++)
		add_field(out, i == 0 ? "Evidence:" : "",
			  arena_printf(arena, "%s (%s)", report_harmless(arena, evidence[i].text), report_harmless(arena, evidence[i].where)));
}

static void add_waiting(struct text *out, struct arena *arena, const struct waiting *waiting)
{
	const struct held *held = waiting->held;
	text_printf(out, "%s  %s\n", report_harmless(arena, held->id), report_hours(VOICE_ENGLISH(arena), waiting));
	add_field(out, "Received:", clock_format_local(arena, held->at));
	add_field(out, "From:", report_sender(VOICE_ENGLISH(arena), held));
	for (size_t i = 0; i < held->recipient_count; i++)
		add_field(out, i == 0 ? "For:" : "", report_recipient(arena, &held->recipients[i]));
	add_field(out, "Subject:", report_subject(VOICE_ENGLISH(arena), held));
	for (size_t i = 0; i < held->finding_count; i++) {
		add_field(out, "Clause:", report_harmless(arena, held->findings[i].clause));
		add_finding(out, arena, &held->findings[i]);
	}
	text_add_char(out, '\n');
}

static void add_entry(struct text *out, struct arena *arena, const struct finding_entry *entry)
{
	text_printf(out, "  %s  %s\n", report_harmless(arena, entry->message->id), clock_format_local(arena, entry->message->at));
	add_field(out, "From:", arena_printf(arena, "%s (%s)", report_sender(VOICE_ENGLISH(arena), entry->message),
					     report_harmless(arena, entry->message->direction)));
	add_field(out, "Subject:", report_subject(VOICE_ENGLISH(arena), entry->message));
	add_finding(out, arena, entry->finding);
	add_field(out, "Done:", report_done(arena, entry));
	text_add_char(out, '\n');
}

static void add_group(struct text *out, struct arena *arena, const struct rule_group *group)
{
	text_printf(out, "%s: %zu\n", report_harmless(arena, group->rule), group->entry_count);
	report_wrap(out, 0, 0, report_harmless(arena, group->clause));
	text_add_char(out, '\n');
	for (size_t i = 0; i < group->entry_count; i++)
		add_entry(out, arena, group->entries[i]);
}

static void add_elsewhere(struct text *out, struct arena *arena, size_t count)
{
	if (count > 0)
		text_printf(out, "%s\n", report_elsewhere(VOICE_ENGLISH(arena), count));
}

static void add_all_waiting(struct text *out, struct arena *arena, const struct report *report)
{
	add_heading(out, "Waiting for a decision");
	for (size_t i = 0; i < report->waiting_count; i++)
		add_waiting(out, arena, &report->waiting[i]);
	if (report->waiting_count == 0)
		text_add(out, "Nothing is waiting for you.\n");
	add_elsewhere(out, arena, report->waiting_elsewhere);
	for (size_t i = 0; report->waiting_count > 0 && report_how_to_decide[i] != NULL; i++) {
		text_add(out, i == 0 ? "" : "  ");
		report_wrap(out, 0, 0, report_how_to_decide[i]);
	}
}

static void add_all_findings(struct text *out, struct arena *arena, const struct report *report)
{
	add_heading(out, "Findings in this period");
	for (size_t i = 0; i < report->group_count; i++)
		add_group(out, arena, &report->groups[i]);
	if (report->group_count == 0)
		text_add(out, "None.\n");
	add_elsewhere(out, arena, report->findings_elsewhere);
	if (report->findings_unlisted > 0)
		text_printf(out, "%lld older ones are counted but not listed.\n", (long long)report->findings_unlisted);
	add_heading(out, "Not read in full");
	if (report->unreadable.entry_count > 0)
		add_group(out, arena, &report->unreadable);
	else
		text_add(out, "None.\n");
}

static void add_exceptions(struct text *out, struct arena *arena, const char *heading, const struct exception_count *list, size_t count)
{
	add_heading(out, heading);
	for (size_t i = 0; i < count; i++) {
		const struct exception_count *exception = &list[i];
		const char *quarter = exception->quarter == 0 ? "" : arena_printf(arena, " (in this quarter %lld)", (long long)exception->quarter);
		report_wrap(out, 0, 2, arena_printf(arena, "%s: %s: %lld%s", report_harmless(arena, exception->rule),
						    report_harmless(arena, exception->sentence), (long long)exception->count, quarter));
	}
	if (count == 0)
		text_add(out, "None.\n");
}

struct bytes report_as_text(struct arena *arena, const struct report *report)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "%s\n%s\n\n", report_title(arena, report), clock_format_local(arena, report->options->now));
	add_health(&out, arena, report);
	add_all_waiting(&out, arena, report);
	add_all_findings(&out, arena, report);
	add_exceptions(&out, arena, "Exceptions used", report->summary.exceptions, report->summary.exception_count);
	add_exceptions(&out, arena, "Exceptions chosen by reviewers as the reason of a release", report->summary.reasons, report->summary.reason_count);
	return text_to_arena(&out, arena);
}
