/* remedy_open.c - see remedy_open.h. Whether anybody outside would learn of it was asked when the message was judged; here only
 * people of the Council are told, each at an address the message went to.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "remedy_open.h"

#include <string.h>

#include "action/foot_text.h"
#include "action/notice.h"
#include "carry.h"
#include "decide_run.h"
#include "review/finding.h"

/* Companion notices made with the message itself have lower numbers, and so other Message-IDs. */
#define FIRST_NUMBER 101u

struct gathering {
	const struct desk *desk;
	struct arena *arena;
	const struct held *held;
	calendar_date on;
	const char **lines, **to;
	const struct person **told;
	size_t told_count;
	struct copy_telling telling;
};

static bool has(const char *const *items, size_t count, const char *item)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i], item) == 0)
			return true;
	return false;
}

static void add_line(struct gathering *gathering, const char *line)
{
	line = foot_line_clean(gathering->arena, bytes_of(line));
	if (!has(gathering->lines, gathering->telling.line_count, line))
		*ARENA_PUSH(gathering->arena, gathering->lines, gathering->telling.line_count) = line;
}

static void add_councillor(struct gathering *gathering, const struct person *person)
{
	if (person_has_role(person, ROLE_COUNCILLOR, gathering->on))
		add_line(gathering, line_fill(gathering->arena, gathering->desk->notices.footer_format, &person->name, 1));
}

static void add_hidden(struct gathering *gathering, const struct person *person)
{
	bool public = false, archive = false;
	if (person == NULL)
		return;
	if (!person->is_list) {
		add_councillor(gathering, person);
		return;
	}
	const char *group = person_group(person, gathering->on);
	if (group != NULL && strcmp(group, "councillors") == 0) {
		add_line(gathering, gathering->desk->notices.footer_all);
		return;
	}
	struct person_list members = list_members(gathering->arena, gathering->desk->directory, person, gathering->on, &public, &archive);
	for (size_t i = 0; i < members.count; i++)
		add_councillor(gathering, members.items[i]);
}

static bool is_of_council(const struct person *person, calendar_date on)
{
	return person != NULL && (person->is_list || person_serves(person, on));
}

static void add_open(struct gathering *gathering, const char *address, const struct person *person)
{
	const struct person *sender = directory_by_address(gathering->desk->directory, gathering->held->sender_address);
	if (!is_of_council(person, gathering->on) || person == sender)
		return;
	for (size_t i = 0; i < gathering->told_count; i++)
		if (gathering->told[i] == person)
			return;
	*ARENA_PUSH(gathering->arena, gathering->told, gathering->told_count) = person;
	*ARENA_PUSH(gathering->arena, gathering->to, gathering->telling.to_count) = address;
}

struct copy_telling copy_telling_of(const struct desk *desk, struct arena *arena, const struct held *held)
{
	struct gathering gathering = { .desk = desk, .arena = arena, .held = held, .on = clock_date_of(held->at) };
	for (size_t i = 0; i < held->all_recipient_count; i++) {
		const struct person *person = directory_by_address(desk->directory, held->all_recipients[i]);
		if (held->addressed[i].openness == OPENNESS_HIDDEN)
			add_hidden(&gathering, person);
		else if (held->addressed[i].openness == OPENNESS_OPEN)
			add_open(&gathering, held->all_recipients[i], person);
	}
	gathering.telling.lines = gathering.lines;
	gathering.telling.to = gathering.to;
	return gathering.telling;
}

/* Of the rule that lets its sender make the copy plain, not of another that only kept the message back for the while. */
static const char *clause_told(const struct desk *desk, const struct held *held)
{
	const struct finding_record *finding = finding_leading(held);
	for (size_t i = 0; i < held->finding_count; i++) {
		const struct rule *rule = rule_of_finding(desk, &held->findings[i]);
		if (rule != NULL && (rule->remedies & (1u << REMEDY_OPEN_COPY)) != 0 && finding_is_acted_on(&held->findings[i])) {
			finding = &held->findings[i];
			break;
		}
	}
	return finding == NULL || !finding_is_acted_on(finding) ? NULL : finding->clause;
}

const struct notice *copy_telling_notices(const struct desk *desk, struct arena *arena, const struct held *held,
					  const struct copy_telling *telling, int64_t at)
{
	struct plan_options options = desk->notices;
	struct notice *notices = arena_array(arena, telling->to_count, sizeof *notices);
	options.id = held->id;
	options.at = at;
	for (size_t i = 0; i < telling->to_count; i++) {
		struct telling words = {
			.kind = NOTICE_COMPANION,
			.number = FIRST_NUMBER + (unsigned)i,
			.to = telling->to[i],
			.sender = held->sender_name,
			.subject = carry_subject_to_quote(held),
			.message_id = held->message_id,
			.clause = clause_told(desk, held),
			.lines = telling->lines,
			.line_count = telling->line_count,
			.asked_for = true,
		};
		notices[i] = notice_make(arena, &words, &options);
	}
	return notices;
}
