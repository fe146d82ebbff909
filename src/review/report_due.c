/* report_due.c - replies that are due, as text: by service in the order of their names, each with who waits and since when. No counts by
 * person, and no order of merit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "report_model.h"

static const char *replies(struct arena *arena, size_t count, const char *state)
{
	return arena_printf(arena, "%zu %s %s", count, count == 1 ? "reply" : "replies", state);
}

const char *report_due(struct arena *arena, const struct report *report)
{
	if (report->due.count == 0)
		return NULL;
	return arena_printf(arena, "%s, %zu due soon; `copyhold report --due` lists them", replies(arena, report->due.overdue, "overdue"),
			    report->due.soon);
}

static void add_reply(struct text *out, struct arena *arena, const struct due_reply *reply)
{
	bool late = reply->standing == REPLY_OVERDUE;
	text_printf(out, "    %s  %s, %s\n", report_harmless(arena, reply->clock->id), report_harmless(arena, reply->from),
		    clock_format_local(arena, reply->clock->started));
	text_printf(out, "      %s %s due by %s\n", reply->part == CLOCK_CONTACT ? "contact" : "an answer", late ? "was" : "is",
		    clock_format_local(arena, reply->due));
}

static void add_standing(struct text *out, struct arena *arena, const struct due_replies *due, enum reply_standing standing, const char *title)
{
	const char *service = NULL;
	text_printf(out, "\n%s\n", title);
	for (size_t i = 0; i < due->count; i++) {
		const struct due_reply *reply = &due->items[i];
		if (reply->standing != standing)
			continue;
		if (service == NULL || strcmp(service, reply->service) != 0)
			text_printf(out, "  %s\n", report_harmless(arena, reply->service));
		service = reply->service;
		add_reply(out, arena, reply);
	}
	if (service == NULL)
		text_add(out, "  none\n");
}

struct bytes report_as_due(struct arena *arena, const struct report *report)
{
	struct text out = TEXT_INIT;
	text_printf(&out, "Replies due, %s\n%s\n", report_harmless(arena, report->options->council_name),
		    clock_format_local(arena, report->options->now));
	add_standing(&out, arena, &report->due, REPLY_OVERDUE, replies(arena, report->due.overdue, "overdue"));
	add_standing(&out, arena, &report->due, REPLY_SOON, replies(arena, report->due.soon, "due soon"));
	text_add(&out, "\nWhere a reply went another way: copyhold queue answered ID --by WHO --reason TEXT\n");
	return text_to_arena(&out, arena);
}
