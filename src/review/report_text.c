/* report_text.c - the report for a terminal or a plain mail.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "evidence.h"
#include "report_model.h"

#define WIDTH 76
#define INDENT ((size_t)4)

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

/* The labels of a message, which make its column. */
static const char *const labels[] = { N_("Received"), N_("From"), N_("For"), N_("Subject"), N_("Clause"), N_("Observed"), N_("Evidence"), N_("Done") };

struct sheet {
	struct text out;
	struct arena *arena;
	const struct voices *voices; /* of headings and labels */
	size_t column;
};

static size_t column_of(const struct voices *voices)
{
	size_t width = 0;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		size_t own = voices_width(voices_say(voices, labels[i]));
		width = own > width ? own : width;
	}
	return INDENT + width + 2;
}

/* `label` NULL: another of the same. */
static void add_field(struct sheet *sheet, const char *label, const char *words)
{
	const char *name = label == NULL ? "" : arena_printf(sheet->arena, "%s:", voices_say(sheet->voices, label));
	text_printf(&sheet->out, "%*s%s%*s", (int)INDENT, "", name, (int)(sheet->column - INDENT - voices_width(name)), "");
	report_wrap(&sheet->out, sheet->column, sheet->column, words);
}

static void add_heading(struct sheet *sheet, const char *text)
{
	const char *words = voices_say(sheet->voices, text);
	text_printf(&sheet->out, "\n%s\n", words);
	for (size_t i = 0; i < voices_width(words); i++)
		text_add_char(&sheet->out, '-');
	text_add(&sheet->out, "\n\n");
}

static void add_line(struct sheet *sheet, const char *label, const char *words)
{
	const char *name = voices_say(sheet->voices, label);
	text_printf(&sheet->out, "%s: ", name);
	report_wrap(&sheet->out, voices_width(name) + 2, 2, words);
}

static void add_health(struct sheet *sheet, const struct report *report)
{
	add_line(sheet, N_("Period"), report_period(sheet->arena, report));
	add_line(sheet, N_("Mail"), report_counts(VOICE_ENGLISH(sheet->arena), report));
	if (report_internal_warning(VOICE_ENGLISH(sheet->arena), report) != NULL)
		add_line(sheet, N_("Note"), report_internal_warning(VOICE_ENGLISH(sheet->arena), report));
	if (report_private_mailboxes(VOICE_ENGLISH(sheet->arena), report) != NULL)
		add_line(sheet, N_("Note"), report_private_mailboxes(VOICE_ENGLISH(sheet->arena), report));
	for (const char *const *note = report_calendar(sheet->arena, report); *note != NULL; note++)
		add_line(sheet, N_("Note"), report_harmless(sheet->arena, *note));
	add_line(sheet, N_("Mode"), report_harmless(sheet->arena, report->options->mode));
	add_line(sheet, N_("Journal"), report_journal(VOICE_ENGLISH(sheet->arena), report));
	add_line(sheet, N_("Own mail"), report_outbox(VOICE_ENGLISH(sheet->arena), report));
	if (report_due(sheet->arena, report) != NULL)
		add_line(sheet, N_("Replies"), report_due(sheet->arena, report));
}

static void add_finding(struct sheet *sheet, const struct finding_record *finding)
{
	size_t count = 0;
	const struct evidence *evidence = evidence_parse(sheet->arena, finding->evidence, &count);
	add_field(sheet, N_("Observed"), report_harmless(sheet->arena, finding->explanation));
	for (size_t i = 0; i < count; i++)
		add_field(sheet, i == 0 ? N_("Evidence") : NULL,
			  arena_printf(sheet->arena, "%s (%s)", report_harmless(sheet->arena, evidence[i].text), report_harmless(sheet->arena, evidence[i].where)));
}

static void add_waiting(struct sheet *sheet, const struct waiting *waiting)
{
	const struct held *held = waiting->held;
	text_printf(&sheet->out, "%s  %s\n", report_harmless(sheet->arena, held->id), report_hours(VOICE_ENGLISH(sheet->arena), waiting));
	add_field(sheet, N_("Received"), clock_format_local(sheet->arena, held->at));
	add_field(sheet, N_("From"), report_sender(VOICE_ENGLISH(sheet->arena), held));
	for (size_t i = 0; i < held->recipient_count; i++)
		add_field(sheet, i == 0 ? N_("For") : NULL, report_recipient(sheet->arena, &held->recipients[i]));
	add_field(sheet, N_("Subject"), report_subject(VOICE_ENGLISH(sheet->arena), held));
	for (size_t i = 0; i < held->finding_count; i++) {
		if (!report_lists(&held->findings[i]))
			continue;
		add_field(sheet, N_("Clause"), report_harmless(sheet->arena, held->findings[i].clause));
		add_finding(sheet, &held->findings[i]);
	}
	text_add_char(&sheet->out, '\n');
}

static void add_entry(struct sheet *sheet, const struct finding_entry *entry)
{
	text_printf(&sheet->out, "  %s  %s\n", report_harmless(sheet->arena, entry->message->id), clock_format_local(sheet->arena, entry->message->at));
	add_field(sheet, N_("From"), arena_printf(sheet->arena, "%s (%s)", report_sender(VOICE_ENGLISH(sheet->arena), entry->message),
					     report_harmless(sheet->arena, entry->message->direction)));
	add_field(sheet, N_("Subject"), report_subject(VOICE_ENGLISH(sheet->arena), entry->message));
	add_finding(sheet, entry->finding);
	add_field(sheet, N_("Done"), report_done(sheet->arena, entry));
	text_add_char(&sheet->out, '\n');
}

static void add_group(struct sheet *sheet, const struct rule_group *group)
{
	text_printf(&sheet->out, "%s: %zu\n", report_harmless(sheet->arena, group->rule), group->entry_count + group->counted);
	report_wrap(&sheet->out, 0, 0, report_harmless(sheet->arena, group->clause));
	text_add_char(&sheet->out, '\n');
	for (size_t i = 0; i < group->entry_count; i++)
		add_entry(sheet, group->entries[i]);
	if (group->counted > 0)
		text_printf(&sheet->out, "%s\n\n", report_counted(sheet->arena, group));
}

static void add_elsewhere(struct sheet *sheet, size_t count)
{
	if (count > 0)
		text_printf(&sheet->out, "%s\n", report_elsewhere(VOICE_ENGLISH(sheet->arena), count));
}

static void add_all_waiting(struct sheet *sheet, const struct report *report)
{
	add_heading(sheet, N_("Waiting for a decision"));
	for (size_t i = 0; i < report->waiting_count; i++)
		add_waiting(sheet, &report->waiting[i]);
	if (report->waiting_count == 0)
		text_printf(&sheet->out, "%s\n", voices_say(sheet->voices, N_("Nothing is waiting for you.")));
	add_elsewhere(sheet, report->waiting_elsewhere);
	for (size_t i = 0; report->waiting_count > 0 && report_how_to_decide[i] != NULL; i++) {
		text_add(&sheet->out, i == 0 ? "" : "  ");
		report_wrap(&sheet->out, 0, 0, report_how_to_decide[i]);
	}
}

static void add_all_findings(struct sheet *sheet, const struct report *report)
{
	add_heading(sheet, N_("Findings in this period"));
	for (size_t i = 0; i < report->group_count; i++)
		add_group(sheet, &report->groups[i]);
	if (report->group_count == 0)
		text_printf(&sheet->out, "%s\n", voices_say(sheet->voices, N_("None.")));
	add_elsewhere(sheet, report->findings_elsewhere);
	if (report->findings_unlisted > 0)
		text_printf(&sheet->out, "%lld older ones are counted but not listed.\n", (long long)report->findings_unlisted);
	add_heading(sheet, N_("Not read in full"));
	if (report->unreadable.entry_count > 0)
		add_group(sheet, &report->unreadable);
	else
		text_printf(&sheet->out, "%s\n", voices_say(sheet->voices, N_("None.")));
}

static void add_exceptions(struct sheet *sheet, const char *heading, const struct exception_count *list, size_t count)
{
	add_heading(sheet, heading);
	for (size_t i = 0; i < count; i++) {
		const struct exception_count *exception = &list[i];
		const char *quarter = exception->quarter == 0 ? "" : arena_printf(sheet->arena, " (in this quarter %lld)", (long long)exception->quarter);
		report_wrap(&sheet->out, 0, 2, arena_printf(sheet->arena, "%s: %s: %lld%s", report_harmless(sheet->arena, exception->rule),
						    report_harmless(sheet->arena, exception->sentence), (long long)exception->count, quarter));
	}
	if (count == 0)
		text_printf(&sheet->out, "%s\n", voices_say(sheet->voices, N_("None.")));
}

struct bytes report_as_text(struct arena *arena, const struct report *report)
{
	struct sheet sheet = { .out = TEXT_INIT, .arena = arena, .voices = &report->voices, .column = column_of(&report->voices) };
	text_printf(&sheet.out, "%s\n%s\n\n", report_title(arena, report), clock_format_local(arena, report->options->now));
	add_health(&sheet, report);
	add_all_waiting(&sheet, report);
	add_all_findings(&sheet, report);
	add_exceptions(&sheet, N_("Exceptions used"), report->summary.exceptions, report->summary.exception_count);
	add_exceptions(&sheet, N_("Exceptions chosen by reviewers as the reason of a release"), report->summary.reasons, report->summary.reason_count);
	return text_to_arena(&sheet.out, arena);
}
