/* report_due.c - replies and other duties that are due, as text: by service in the order of their names, each with who waits and since
 * when. No counts by person, and no order of merit; of other duties the rule, never what the message said.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "report_model.h"

/* "4 replies and 1 other duty overdue" */
static const char *counted(struct arena *arena, const struct due_count *count, const char *state)
{
	const char *replies = arena_printf(arena, "%zu %s", count->replies, count->replies == 1 ? "reply" : "replies");
	const char *others = arena_printf(arena, "%zu other %s", count->others, count->others == 1 ? "duty" : "duties");
	if (count->others == 0)
		return arena_printf(arena, "%s %s", replies, state);
	return arena_printf(arena, "%s and %s %s", replies, others, state);
}

const char *report_due(struct arena *arena, const struct report *report)
{
	const struct due_duties *due = &report->due;
	if (due->count == 0)
		return NULL;
	return arena_printf(arena, "%s, %zu due soon; `copyhold report --due` lists them", counted(arena, &due->overdue, "overdue"),
			    due->soon.replies + due->soon.others);
}

static void add_duty(struct text *out, struct arena *arena, const struct due_duty *due)
{
	const char *who = due->from == NULL ? NULL : report_harmless(arena, due->from);
	const char *what = !due->reply ? report_harmless(arena, due->duty->rule) : due->part == DUTY_CONTACT ? "contact" : "an answer";
	text_printf(out, "    %s  %s%s%s\n", report_harmless(arena, due->duty->id), who == NULL ? "" : who, who == NULL ? "" : ", ",
		    clock_format_local(arena, due->duty->started));
	text_printf(out, "      %s %s due by %s\n", what, due->standing == DUE_OVERDUE ? "was" : "is", clock_format_local(arena, due->due));
}

static void add_standing(struct text *out, struct arena *arena, const struct due_duties *due, enum due_standing standing, const char *title)
{
	const char *service = NULL;
	text_printf(out, "\n%s\n", title);
	for (size_t i = 0; i < due->count; i++) {
		const struct due_duty *item = &due->items[i];
		if (item->standing != standing)
			continue;
		if (service == NULL || strcmp(service, item->service) != 0)
			text_printf(out, "  %s\n", report_harmless(arena, item->service));
		service = item->service;
		add_duty(out, arena, item);
	}
	if (service == NULL)
		text_add(out, "  none\n");
}

struct bytes report_as_due(struct arena *arena, const struct report *report)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "Replies and other duties due, %s\n%s\n", report_harmless(arena, report->options->council_name),
		    clock_format_local(arena, report->options->now));
	add_standing(&out, arena, &report->due, DUE_OVERDUE, counted(arena, &report->due.overdue, "overdue"));
	add_standing(&out, arena, &report->due, DUE_SOON, counted(arena, &report->due.soon, "due soon"));
	text_add(&out, "\nWhere it was done another way: copyhold queue answered ID --by WHO --reason TEXT\n");
	return text_to_arena(&out, arena);
}
