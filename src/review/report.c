/* report.c - gathers what the clerk is told, with recusal applied before anything is put into words.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/report.h"

#include <string.h>

#include "recusal.h"
#include "report_model.h"

#define HOUR ((int64_t)3600)

/* May the report's reviewer see this? Everybody's report (no reviewer) shows all. */
static bool is_shown(const struct directory *directory, const struct reviewer *reviewer, const struct held *held)
{
	return reviewer->address == NULL || recusal_reason(directory, held, reviewer) == NULL;
}

static bool gather_waiting(struct store *store, const struct directory *directory, const struct reviewer *reviewer, struct arena *arena,
			   struct report *report, struct error *err)
{
	struct held_list list;
	if (!store_list_held(store, arena, false, &list, err))
		return false;
	struct waiting *waiting = arena_array(arena, list.count, sizeof *waiting);
	for (size_t i = 0; i < list.count; i++) {
		int64_t age = report->options->now - list.items[i].at;
		if (!is_shown(directory, reviewer, &list.items[i])) {
			report->waiting_elsewhere++;
			continue;
		}
		waiting[report->waiting_count++] = (struct waiting){
			.held = &list.items[i],
			.hours = age / HOUR,
			.overdue = report->options->escalate_hours > 0 && age >= report->options->escalate_hours * HOUR,
		};
	}
	report->waiting = waiting;
	return true;
}

/* Actions grow in weight as policy.h lists them. */
static int seriousness(const char *action)
{
	for (int i = 0; action != NULL && i < ACTION_COUNT; i++)
		if (strcmp(action, action_name((enum action)i)) == 0)
			return i;
	return -1;
}

static struct rule_group *group_of(struct arena *arena, struct rule_group **groups, size_t *count, const struct finding_record *finding)
{
	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*groups)[i].rule, finding->rule) != 0)
			continue;
		if (seriousness(finding->action) > seriousness((*groups)[i].action))
			(*groups)[i].action = finding->action;
		return &(*groups)[i];
	}
	struct rule_group *group = ARENA_PUSH(arena, *groups, *count);
	*group = (struct rule_group){ .rule = finding->rule, .clause = finding->clause, .action = finding->action };
	return group;
}

static void add_entry(struct arena *arena, struct rule_group *group, const struct finding_entry *entry)
{
	if (!report_lists(entry->finding)) {
		group->counted++;
		return;
	}
	const struct finding_entry **entries = (const struct finding_entry **)group->entries;
	*ARENA_PUSH(arena, entries, group->entry_count) = entry;
	group->entries = entries;
}

/* Insertion keeps rules of one weight in the order they were met. */
static void sort_groups(struct rule_group *groups, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct rule_group group = groups[i];
		size_t place = i;
		for (; place > 0 && seriousness(groups[place - 1].action) < seriousness(group.action); place--)
			groups[place] = groups[place - 1];
		groups[place] = group;
	}
}

static void gather_findings(const struct directory *directory, const struct reviewer *reviewer, struct arena *arena, struct report *report)
{
	struct rule_group *groups = NULL;
	for (size_t i = 0; i < report->summary.finding_count; i++) {
		const struct finding_entry *entry = &report->summary.findings[i];
		struct rule_group *group = &report->unreadable;
		if (!is_shown(directory, reviewer, entry->message)) {
			report->findings_elsewhere++;
			continue;
		}
		if (strcmp(entry->finding->rule, "unreadable") != 0)
			group = group_of(arena, &groups, &report->group_count, entry->finding);
		else if (group->entry_count == 0)
			*group = (struct rule_group){ .rule = entry->finding->rule, .clause = entry->finding->clause };
		add_entry(arena, group, entry);
	}
	sort_groups(groups, report->group_count);
	report->groups = groups;
	for (size_t i = 0; i < report->summary.rule_count; i++)
		report->findings_unlisted += report->summary.rules[i].count;
	report->findings_unlisted -= (int64_t)report->summary.finding_count;
}

static bool gather(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		   struct report *report, struct error *err)
{
	struct reviewer reviewer = { NULL, NULL };
	if (options->reader != NULL)
		reviewer = reviewer_resolve(directory, options->reader);
	*report = (struct report){ .options = options };
	report->voices = voices_of(arena, &(struct plan_options){ .words_cy = options->words_cy, .welsh_first = options->welsh_first });
	if (!store_summary(store, arena, options->from, options->to, REPORT_FINDINGS_MOST, &report->summary, err) ||
	    !store_journal_verify(store, &report->journal_lines, &report->journal_broken_at, err) ||
	    !store_journal_head(store, arena, &report->journal_head, err) ||
	    !duties_due_list(store, directory, arena, options->now, &report->due, err) ||
	    !gather_waiting(store, directory, &reviewer, arena, report, err))
		return false;
	gather_findings(directory, &reviewer, arena, report);
	return true;
}

bool report_make(struct store *store, const struct directory *directory, struct arena *arena, const struct report_options *options,
		 enum report_form form, struct bytes *out, struct error *err)
{
	static struct bytes (*const forms[])(struct arena *, const struct report *) = {
		[REPORT_TEXT] = report_as_text,
		[REPORT_HTML] = report_as_html,
		[REPORT_JSON] = report_as_json,
		[REPORT_DUE] = report_as_due,
	};
	struct report report;
	if (!gather(store, directory, arena, options, &report, err))
		return false;
	*out = forms[form](arena, &report);
	return true;
}
